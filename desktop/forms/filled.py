"""A form being filled: answers, and what follows from them.

The window, the paper and the command line all read a form through `Node`. Paths are absolute with a 1-based index for each repeat
on the way (``/data/person[2]/age``), as in the contract of ``forms play``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.values import Silence
from desktop.forms import drafts
from desktop.forms.answers import accepts
from desktop.forms.beginning import Defaults
from desktop.forms.definition import Definition, Spec
from desktop.forms.evaluation import CHOOSING, Evaluation
from desktop.forms.graph import graph_of
from desktop.forms.names import named_path, names_in
from desktop.forms.showing import NO_MEDIA, PLAIN, Media, Widget
from desktop.forms.speech import Speech
from desktop.forms.tree import Item, Tree
from desktop.forms.xpath.effort import TOO_MUCH
from desktop.forms.xpath.elements import Element
from desktop.words.catalogue import translate


@dataclass(frozen=True)
class Choice:
    """One choice on offer: its stored name and its words. `short`: its short words, where the form has such."""

    name: str
    label: str
    media: Media = NO_MEDIA
    short: str = ""


@dataclass(frozen=True)
class Node:
    """One node as it stands now, in the chosen language. `kind`: group, repeat (one instance) or question; data nodes (calculations,
    metadata) are never among the children of a node. `type`, of questions: text integer decimal date time datetime select_one
    select_multiple rank geopoint geotrace geoshape acknowledge range file boolean, or note (text to read, no answer).
    `appearance` is a set of words; of ours are ``w1`` to ``w12`` (columns of twelve that a question takes on a wide page).
    `silences` are the silences the form allows here. `folder` is the compartment its answers belong to, ``reception`` if the form
    says nothing. `save_to` is ``kind.field`` (for example ``person.name``), ``kind.field.part`` where several questions make one value
    (``person.birth.age``) or ""; see `docs/decisions/0003-forms-to-records.md`. `guidance` is a longer hint, for training and paper.
    `media` are the files shown with the label. `widget` is what the form says about the look of the control, `data_type` what an answer
    is stored as (integer or decimal for a range). A question of type text may have choices (`widget.listed`): they are offered, and any
    text is taken. `instance` is the name of a repeat's instance, which never changes: see `FilledForm.instance_names`."""

    path: str
    kind: str
    type: str
    label: str
    hint: str
    appearance: frozenset[str]
    relevant: bool
    required: bool
    readonly: bool
    value: str
    silence: Silence | None
    silences: tuple[Silence, ...]
    valid: bool
    message: str  # what is wrong, in the form's words, if not valid
    choices: tuple[Choice, ...]
    folder: str
    save_to: str
    guidance: str = ""
    media: Media = NO_MEDIA
    widget: Widget = PLAIN
    data_type: str = ""
    short: str = ""
    instance: str = ""


@dataclass(frozen=True)
class FormProblem:
    """`code`: required, constraint, bad_value."""

    path: str
    code: str
    message: str  # the form's own words, or ""


class FilledForm:
    """Answers to one definition. Everything that depends on an answer is brought up to date before a call returns."""

    def __init__(
        self, definition: Definition, *, language: str = "en", now: datetime | None = None, state: Mapping[str, object] | None = None,
        last_saved: Mapping[str, object] | None = None,
    ) -> None:
        """A new form with its defaults, or one that continues from `state`. `now` is the clock of the form for as long as it is
        open (local time, with or without a zone). `last_saved`: the state of the form of this kind that was saved last, for forms that ask
        for it; without it they find nothing there."""
        self.definition = definition
        self._beginning = (now, last_saved)
        self._tree = Tree(definition)
        self._speech = Speech(definition, self._tree, now or datetime.now().astimezone())
        if last_saved is not None and definition.last_saved:
            before = Tree(definition)
            drafts.restore(before, last_saved)
            self._speech.last_saved = before.document
        self._evaluation = Evaluation(graph_of(definition), self._tree, self._speech)
        self._speech.evaluation = self._evaluation
        self._defaults = Defaults(definition, self._tree, self._evaluation, self._speech)
        self._unplaced = drafts.Unplaced()
        self._offers: dict[Item, tuple[Sequence[Element], str, tuple[Choice, ...]]] = {}
        self.language = language
        self._speech.language = definition.language(language)
        with self._speech.effort.answering():
            if state is None:
                self._defaults.first_load()
            else:
                self._unplaced = drafts.restore(self._tree, state)
                self._defaults.again()

    @classmethod
    def from_state(
        cls, definition: Definition, state: Mapping[str, object], *, language: str = "en", now: datetime | None = None,
        last_saved: Mapping[str, object] | None = None,
    ) -> FilledForm:
        """The form as it was when `state` was taken. Answers that have no place in this definition are kept and stay in its state."""
        return cls(definition, language=language, now=now, state=state, last_saved=last_saved)

    def copy_with(self, state: Mapping[str, object]) -> FilledForm:
        """The same form in the same language, by the same clock and beside the same form saved last, with the answers of a state."""
        now, last_saved = self._beginning
        return FilledForm(self.definition, language=self.language, now=now, state=state, last_saved=last_saved)

    @property
    def form_id(self) -> str:
        return self.definition.form_id

    @property
    def version(self) -> str:
        return self.definition.version

    @property
    def root(self) -> Item:
        """All nodes as they stand, for writing the form out. Nobody may change them."""
        return self._tree.root

    @property
    def title(self) -> str:
        """In the language chosen now where the program knows this title; XLSForm itself has only one."""
        return translate(self.definition.title, self.language)

    def use_language(self, language: str) -> None:
        """``en`` or ``my``; the form's default language where it lacks that one."""
        self.language = language
        self._speech.language = self.definition.language(language)
        with self._speech.effort.answering():
            self._evaluation.speaking()
            self._defaults.rest()

    def sections(self) -> list[Node]:
        """The top-level groups that are relevant now, in order."""
        return [node for node in self.children("") if node.kind == "group" and node.relevant]

    def children(self, path: str) -> list[Node]:
        """The nodes directly inside a group, a repeat instance or the root (path "" or "/data"), relevant or not, in document order.
        Instances of a repeat appear one after another as nodes of kind ``repeat``."""
        return [self._node(child) for child in self._item(path).children if isinstance(child, Item) and child.spec.shown]

    def node(self, path: str) -> Node:
        """KeyError if there is none."""
        return self._node(self._item(path))

    def set(self, path: str, value: str) -> str:
        """Answer a question with text as stored in a submission ("" clears). Returns "" or the reason of the refusal: no-such-node,
        not-a-question, not-relevant, read-only, not-a-choice, bad-value. An answer that breaks its constraint is kept and not valid."""
        item = self._tree.find(path)
        reason = self._closed(item)
        if item is None or reason:
            return reason
        if item.spec.type in CHOOSING[1:]:
            value = " ".join(value.split()) or value
        reason = self._misfit(item, value)
        if not reason:
            self._answer(item, value, None)
        return reason

    def be_silent(self, path: str, silence: Silence | None) -> str:
        """Unknown, refused or not asked instead of an answer (which is cleared); None takes it back. Returns "" or the reason of the
        refusal: those of `set`, or not-allowed if the form does not take this silence here."""
        item = self._tree.find(path)
        reason = self._closed(item)
        if item is None or reason:
            return reason
        if silence is not None and silence not in item.spec.silences:
            return "not-allowed"
        self._answer(item, item.text if silence is None else "", silence)
        return ""

    def add(self, repeat: str) -> str:
        """A new instance at the end of a repeat (``/data/person``): its path. ValueError with the reason of `refuses_add`."""
        reason = self.refuses_add(repeat)
        if reason:
            raise ValueError(reason)
        parent, spec = self._repeat(repeat)
        assert parent is not None
        assert spec is not None
        made = self._tree.add(parent, spec)
        with self._speech.effort.answering():
            self._evaluation.begin(made)
            self._defaults.rest()
        return made.path

    def refuses_add(self, repeat: str) -> str:
        """Why no instance can be added: no-such-node (of the parent), not-a-repeat, count-controlled, not-relevant; "" if one can."""
        parent, spec = self._repeat(repeat)
        if parent is None:
            return "no-such-node"
        if spec is None:
            return "not-a-repeat"
        if spec.counted is not None or spec.fixed:
            return "count-controlled"
        return "" if self._evaluation.repeat_relevant(parent, spec) else "not-relevant"

    def repeats(self, group: str = "") -> list[tuple[str, str, int]]:
        """Repeats directly in a group that can be seen now: (path without index, label, number of instances); those with none are there
        too."""
        item = self._item(group)
        return [
            (f"{item.path}/{spec.name}", self._speech.say(spec.label, item), len(item.named.get(spec.name, ())))
            for spec in item.spec.children
            if spec.kind == "repeat" and spec.shown and self._evaluation.repeat_relevant(item, spec)
        ]

    def remove(self, path: str) -> str:
        """Remove a repeat instance; later ones move up. "" or the reason of the refusal: no-such-node, not-a-repeat, count-controlled,
        not-relevant."""
        item = self._tree.find(path)
        if item is None:
            return "no-such-node"
        if item.spec.kind != "repeat":
            return "not-a-repeat"
        if item.spec.counted is not None or item.spec.fixed:
            return "count-controlled"
        if not item.relevant:
            return "not-relevant"
        self._tree.remove(item)
        with self._speech.effort.answering():
            self._evaluation.structure(item.spec)
            self._defaults.rest()
        return ""

    def problems(self, section: str = "") -> list[FormProblem]:
        """Required questions without an answer or a silence, broken constraints, in document order; below `section` if given. What is only
        read can be neither missing nor mistyped, and what the form gives itself cannot be mistyped: nobody could put it right."""
        found = []
        for item in self._questions(section):
            if item.text and not item.locked and item.spec.calculate is None and self._misfit(item, item.text):
                found.append(FormProblem(item.path, "bad_value", ""))
            elif not item.valid:
                found.append(FormProblem(item.path, "constraint", self._speech.say(item.spec.constraint_message, item)))
            elif item.required and not item.locked and not item.text and item.silence is None and item.spec.type != "note":
                found.append(FormProblem(item.path, "required", self._speech.say(item.spec.required_message, item)))
        return found

    def progress(self, section: str) -> tuple[int, int]:
        """(questions answered or silent, relevant questions) of a section. Notes and what nobody can answer do not count."""
        asked = [item for item in self._questions(section) if item.spec.type != "note" and not item.locked]
        return sum(1 for item in asked if item.text or item.silence), len(asked)

    def tally(self, paths: Sequence[str]) -> tuple[int, int, int]:
        """Of all that stands at these paths (a repeat without its number: every instance): (questions answered or silent, relevant questions,
        nodes that are seen now: those questions, notes, and repeats without an instance). Heads of shared answers are no questions."""
        answered = asked = seen = 0
        for path in paths:
            above, _, name = path.rpartition("/")
            parent = self._tree.find(above) if above else self._tree.document
            row = [] if parent is None else [one for one in parent.named.get(name, ()) if isinstance(one, Item)]
            if not row and "[" not in name and not self.refuses_add(path):
                seen += 1
            for leaf in (leaf for item in ([self._item(path)] if "[" in name else row) for leaf in item.walk()):
                if not isinstance(leaf, Item) or leaf.spec.kind != "question" or not leaf.relevant:
                    continue
                seen += 1
                if leaf.spec.type != "note" and not leaf.locked and "label" not in leaf.spec.appearance:
                    asked += 1
                    answered += bool(leaf.text or leaf.silence)
        return answered, asked, seen

    def answers(self) -> Sequence[Node]:
        """Every relevant question that has a value or a silence, in document order; also data nodes (of kind ``data``) that have a
        value and are to be saved to a record."""
        return [
            self._node(item)
            for item in self._leaves("")
            if item.relevant and (item.text or item.silence) and (item.spec.kind == "question" or item.spec.save_to)
        ]

    def drop_beside_the_point(self) -> None:
        """Forget every answer and silence that is not relevant now, calculations too: for a form that is declared done. Expressions saw
        blanks there already."""
        for item in self._leaves(""):
            if not item.relevant:
                item.put("")
                item.silence = None

    def overworked(self) -> tuple[str, ...]:
        """The paths of nodes that have a rule which was stopped because it took too many steps: what depends on it is blank."""
        return tuple(dict.fromkeys(path for path, why in self.failed() if why == TOO_MUCH))

    def failures(self) -> Mapping[str, str]:
        """Expressions that failed while they were evaluated: path of the node -> why, for the author of the form."""
        return dict(self.failed())

    def failed(self) -> list[tuple[str, str]]:
        """Each expression that has no result now: (path of its node, why)."""
        return self._evaluation.failures()

    def items(self) -> Iterator[Item]:
        """Every node below the root in document order, data nodes too, with all instances of repeats. To be read, not to be changed."""
        return (node for node in self._tree.root.walk() if isinstance(node, Item) and node is not self._tree.root)

    def find(self, path: str) -> Item | None:
        """The node at a path, to be read only; None if there is none."""
        return self._tree.find(path)

    def offered(self, item: Item) -> tuple[str, ...]:
        """The names of the choices that a question offers now, in order."""
        return self._evaluation.offered(item)

    def instance_names(self) -> dict[str, tuple[str, ...]]:
        """Path of a repeat without its last number -> names of its instances in order; also of repeats without any. A name never changes,
        is different in every instance, and lies in `state`; `from_state` takes it back, and takes paths with names (``/data/person[k3f…]/age``)
        as well as with numbers, in ``answers``, ``silences`` and ``instances`` alike. Every path given to this class may hold names too."""
        return names_in(self._tree)

    def named(self, path: str) -> str:
        """A path with the names of its instances in place of their numbers. KeyError if there is no such node."""
        return named_path(self._item(path))

    def numbered(self, path: str) -> str:
        """A path with the numbers that its instances have now. KeyError if there is no such node."""
        return self._item(path).path

    def state(self) -> dict[str, object]:
        """All answers, silences and instances of repeats as plain values, for a draft. Its paths hold numbers."""
        return drafts.state_of(self._tree, self._unplaced)

    def _item(self, path: str) -> Item:
        item = self._tree.find(path) if path else self._tree.root
        if item is None:
            raise KeyError(path)
        return item

    def _repeat(self, path: str) -> tuple[Item | None, Spec | None]:
        """(parent, repeat) that a path without a last number names."""
        above, _, name = path.rpartition("/")
        parent = self._tree.find(above) if above else None
        if parent is None:
            return None, None
        return parent, next((spec for spec in parent.spec.children if spec.name == name and spec.kind == "repeat"), None)

    def _closed(self, item: Item | None) -> str:
        """Why this node takes no answer now, or ""."""
        if item is None:
            return "no-such-node"
        if item.spec.kind != "question":
            return "not-a-question"
        if not item.relevant:
            return "not-relevant"
        return "read-only" if item.locked else ""

    def _misfit(self, item: Item, value: str) -> str:
        """Why this question cannot hold this text, or ""."""
        if not value:
            return ""
        if item.spec.type in CHOOSING:
            chosen = [value] if item.spec.type == "select_one" else value.split()
            offered = self._evaluation.offered(item)
            if any(name not in offered for name in chosen):
                return "not-a-choice"
            return "" if chosen and len(set(chosen)) == len(chosen) else "bad-value"
        kind = item.spec.data_type if item.spec.type == "range" else item.spec.type
        return "" if accepts(kind, value) else "bad-value"

    def _answer(self, item: Item, value: str, silence: Silence | None) -> None:
        item.silence = None if value else silence
        with self._speech.effort.answering():
            if item.put(value):
                self._evaluation.changed(item)
                self._defaults.answered(item)
            self._defaults.rest()

    def _leaves(self, path: str) -> Iterator[Item]:
        for item in self._item(path).walk():
            if isinstance(item, Item) and item.spec.leaf:
                yield item

    def _questions(self, path: str) -> Iterator[Item]:
        return (item for item in self._leaves(path) if item.spec.kind == "question" and item.relevant)

    def _choices(self, item: Item) -> tuple[Choice, ...]:
        """The choices on offer: the same tuple until an answer changes them, because a list may have 50,000."""
        rows = self._evaluation.choice_nodes(item) if item.spec.itemset is not None else ()
        kept = self._offers.get(item)
        if kept is not None and kept[0] is rows and kept[1] == self._speech.language:
            return kept[2]
        words = list(self._speech.choice_words(item))
        made = tuple(
            Choice(name, self._speech.say(label, item), self._speech.media(label, item), self._speech.form(label, "short", item))
            for name, label in words
        )
        from_answers = any(isinstance(row, Item) for row in rows[:1])  # their words change while the items stay the same
        if not from_answers and not any(self._speech.has_gaps(label) for _, label in words):
            self._offers[item] = (rows, self._speech.language, made)
        return made

    def _node(self, item: Item) -> Node:
        spec = item.spec
        valid = item.valid or not item.relevant
        return Node(
            path=item.path, kind=spec.kind, type=spec.type, label=self._speech.say(spec.label, item),
            hint=self._speech.say(spec.hint, item), appearance=spec.appearance, relevant=item.relevant, required=item.required,
            readonly=item.locked, value=item.text, silence=item.silence, silences=spec.silences, valid=valid,
            message="" if valid else self._speech.say(spec.constraint_message, item),
            choices=self._choices(item) if item.relevant else (), folder=spec.folder, save_to=spec.save_to,
            guidance=self._speech.form(spec.hint, "guidance", item), media=self._speech.media(spec.label, item), widget=spec.widget,
            data_type=spec.data_type, short=self._speech.form(spec.label, "short", item),
            instance=item.instance_name if spec.kind == "repeat" else "",
        )
