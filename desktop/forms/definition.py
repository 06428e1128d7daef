"""A form as its author defined it: immutable, shared by everybody who fills it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Union

from desktop.domain.values import Silence
from desktop.forms.showing import PLAIN, Language, Widget, language_of
from desktop.forms.xpath.compiler import Place, Run, compile_expression
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import ExpressionError
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.references import Reference, references

Names = tuple[str, ...]


@dataclass(frozen=True)
class Expression:
    """An expression of the form, ready to run at nodes of one path. `reads`: what it depends on."""

    source: str
    run: Run
    reads: frozenset[Reference]

    @classmethod
    def read(cls, source: str, place: Place) -> Expression:
        """ExpressionError if the text is no expression."""
        try:
            tree = parse(source)
            return cls(source, compile_expression(tree, place), references(tree, place))
        except RecursionError:  # thousands of terms in one line
            raise ExpressionError("syntax", source[:20]) from None


@dataclass(frozen=True)
class Words:
    """A text with gaps: each part is text, or an expression whose value stands there."""

    parts: tuple[Union[str, Expression], ...] = ()


@dataclass(frozen=True)
class Label:
    """Words in the form itself, or the name of a translated text (`text`)."""

    words: Words = Words()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.words.parts)


@dataclass(frozen=True)
class FixedChoice:
    """A choice that stands in the question itself."""

    name: str
    label: Label


@dataclass(frozen=True)
class Itemset:
    """Choices that are computed: `nodes` gives the items, `name` and `label` read one item; `text` reads the name of its translated
    text, where the label is one. `moves`: they depend on answers; `names` then stands for reading the names of all items."""

    nodes: Expression
    name: Expression
    label: Expression
    moves: bool
    text: Expression | None = None
    names: Expression | None = None


@dataclass(frozen=True)
class Action:
    """Set the question `target` to a value when something happens. `events`: odk-instance-first-load (also xforms-ready),
    odk-instance-load, odk-new-repeat, xforms-value-changed (of the question `source`)."""

    target: Names
    events: frozenset[str]
    value: Expression
    source: Names = ()


@dataclass(frozen=True, eq=False)
class Spec:
    """One node of a form: `kind` is group, repeat, question (has a control) or data (calculation, metadata).

    `type` is one of text integer decimal date time datetime select_one select_multiple rank geopoint geotrace geoshape acknowledge
    range file boolean note, or data for data nodes. `default` is the stored text a fresh node has. `begins` is how many instances
    a repeat has in a new form. `anew` is how many it begins with wherever it appears, None if the form does not say: then a new instance of
    the repeat around it begins with none (as in JavaRosa). `counted` gives their number where the form computes it. `preload` is (kind, parameter). `widget`
    is what the form says about the look of a control."""

    path: Names
    kind: str
    type: str = ""
    data_type: str = ""
    children: tuple[Spec, ...] = ()
    label: Label = Label()
    hint: Label = Label()
    widget: Widget = PLAIN
    appearance: frozenset[str] = frozenset()
    default: str = ""
    relevant: Expression | None = None
    calculate: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Label = Label()
    required_message: Label = Label()
    choices: tuple[FixedChoice, ...] = ()
    itemset: Itemset | None = None
    counted: Expression | None = None
    fixed: bool = False
    begins: int = 1
    anew: int | None = None
    preload: tuple[str, str] = ("", "")
    silences: tuple[Silence, ...] = ()
    folder: str = "reception"
    save_to: str = ""

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def leaf(self) -> bool:
        """True for what holds a value: questions and data."""
        return self.kind in ("question", "data")

    @property
    def asked(self) -> bool:
        """True for a question that a person answers: the form has nothing to put there by itself."""
        return self.kind == "question" and self.type != "note" and self.calculate is None and not self.default

    @property
    def shown(self) -> bool:
        """False for what a person never sees: data, and groups of nothing but data."""
        if self.kind == "question":
            return True
        return self.kind != "data" and any(child.shown for child in self.children)

    def walk(self) -> Iterator[Spec]:
        """This node and all below it in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, eq=False)
class Definition:
    """A whole form. `texts`: language -> name -> words. `forms`: language -> name -> form (short, image, big-image, audio, video,
    guidance) -> words; of pictures and sound the name of the file. `model`: the data of a new form as the author wrote it. `instances`:
    secondary instances by name, each the document above its root. `media`: names of the companion files it wants, each once.
    `last_saved`: the name of the secondary instance that stands for the filled form saved last, "" if there is none. `ignored`: what the
    form asks for and this program does not do, one sentence each, for its author."""

    form_id: str
    version: str
    title: str
    root: Spec
    model: Element
    specs: Mapping[Names, Spec]
    texts: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, Mapping[str, Words]]] = field(default_factory=dict)
    default_language: str = ""
    instances: Mapping[str, Element] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    media: tuple[str, ...] = ()
    last_saved: str = ""
    ignored: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the form in its own order; none if all its words are in one that it does not name."""
        return tuple(language_of(name) for name in self.texts)

    @property
    def repeats(self) -> frozenset[Names]:
        """The paths of all repeats."""
        return frozenset(path for path, spec in self.specs.items() if spec.kind == "repeat")

    def language(self, wanted: str) -> str:
        """The form's own name of a language, told by that name or by its code (``English (en)`` or ``en``); its default language if it
        lacks that one."""
        if wanted in self.texts:
            return wanted
        return next((language.name for language in self.languages if language.code == wanted), self.default_language)

    def words(self, label: Label, language: str) -> Words:
        """The words of a label in one of the form's languages, else in its default language; no words if both lack it."""
        if not label.text:
            return label.words
        found = (self.texts.get(one, {}).get(label.text) for one in (language, self.default_language))
        return next((words for words in found if words is not None), Words())

    def form(self, label: Label, form: str, language: str) -> Words | None:
        """Another form of a label (see `forms`) in the same way; None if it has none."""
        found = (self.forms.get(one, {}).get(label.text, {}).get(form) for one in (language, self.default_language))
        return next((words for words in found if words is not None), None)
