"""Words of a form in the language chosen now, with the gaps filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop.forms.definition import Definition, Expression, Itemset, Label, Words
from desktop.forms.evaluation import Evaluation
from desktop.forms.reading.document import steps
from desktop.forms.reading.texts import MEDIA_FORMS
from desktop.forms.showing import NO_MEDIA, Media
from desktop.forms.tree import Item, Tree
from desktop.forms.xpath.effort import Effort
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.values import Moment, stored, to_text


class Speech:
    """The world that expressions see: clock, secondary instances, and labels in `language` (the form's own name of it)."""

    def __init__(self, definition: Definition, tree: Tree, now: datetime) -> None:
        self._definition = definition
        self._tree = tree
        self.document: Element = tree.document
        self.version = definition.version
        self.effort = Effort()
        self.now = Moment.of(now)
        self.today = Moment.of(now.date())
        self.language = definition.default_language
        self.last_saved: Element | None = None
        self.evaluation: Evaluation

    def instance(self, name: str) -> Sequence[Element]:
        """See `desktop.forms.xpath.scope.World`."""
        found = self._definition.instances.get(name)
        if self.last_saved is not None and name == self._definition.last_saved:
            found = self.last_saved
        return () if found is None else (found,)

    def translation(self, name: str) -> str:
        """See `desktop.forms.xpath.scope.World`."""
        return self._fill(self._definition.words(Label(text=name), self.language), self._tree.root)

    def choice_label(self, value: str, question: str, at: Element) -> str:
        """See `desktop.forms.xpath.scope.World`. Of the question's nodes the first in the same instance as `at` counts."""
        above = at.spec.path if isinstance(at, Item) else ()
        path = steps(question, above)
        rows = self._tree.items.get(path, [])
        item = max(rows, key=lambda row: _common(row, at), default=None)
        if item is None:
            return ""
        return next((self.say(label, item) for name, label in self.choice_words(item) if name == value), "")

    def say(self, label: Label, item: Item) -> str:
        """A label as a person reads it at this item."""
        return self._fill(self._definition.words(label, self.language), item)

    def has_gaps(self, label: Label) -> bool:
        """True if answers flow into a label, in any of its forms."""
        said = [self._definition.words(label, self.language)]
        for language in (self.language, self._definition.default_language) if label.text else ():
            said += self._definition.forms.get(language, {}).get(label.text, {}).values()
        return any(not isinstance(part, str) for words in said for part in words.parts)

    def form(self, label: Label, form: str, item: Item) -> str:
        """Another form of a translated text (see `Definition.forms`), "" if there is none."""
        words = self._definition.form(label, form, self.language)
        return "" if words is None else self._fill(words, item)

    def media(self, label: Label, item: Item) -> Media:
        """The files that are shown with a label."""
        if not label.text or not self._definition.forms:
            return NO_MEDIA
        return Media(*(self.form(label, form, item).rpartition("/")[2] for form in MEDIA_FORMS))

    def choice_words(self, item: Item) -> Iterator[tuple[str, Label]]:
        """(name, label as the form has it) of the choices on offer, in order."""
        yield from ((choice.name, choice.label) for choice in item.spec.choices)
        itemset = item.spec.itemset
        if itemset is not None:
            yield from ((self._text(itemset.name, node), self._label(itemset, node)) for node in self.evaluation.choice_nodes(item))

    def _label(self, itemset: Itemset, node: Element) -> Label:
        if itemset.text is not None:
            return Label(text=self._text(itemset.text, node))
        own = next((child for child in node.children if child.name == f"label::{self.language}"), None)  # of itemsets.csv
        return Label(Words((self._text(itemset.label, node) if own is None else own.text,)))

    def _text(self, expression: Expression, node: Element) -> str:
        return to_text(self.evaluation.value(expression, node))

    def _fill(self, words: Words, item: Item) -> str:
        return "".join(
            part if isinstance(part, str) else stored(self.evaluation.value(part, item)) for part in words.parts
        ).strip()


def _common(one: Element, two: Element) -> int:
    """How many ancestors two nodes share."""
    above = {id(at) for at in _line(one)}
    return sum(1 for at in _line(two) if id(at) in above)


def _line(node: Element) -> list[Element]:
    found = [node]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return found
