"""Words of a form in the language chosen now, with the gaps filled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.forms.definition import Definition, Itemset, Label, Words
from desktop.forms.evaluation import Evaluation
from desktop.forms.reading.document import steps
from desktop.forms.tree import Item, Tree
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.values import Moment, stored, to_text


class Speech:
    """The world that expressions see: clock, secondary instances, and labels in `language` (the form's own name of it)."""

    def __init__(self, definition: Definition, tree: Tree, now: datetime) -> None:
        self._definition = definition
        self._tree = tree
        self.document: Element = tree.document
        self.now = Moment.of(now)
        self.today = Moment.of(now.date())
        self.language = definition.default_language
        self.evaluation: Evaluation

    def instance(self, name: str) -> Sequence[Element]:
        """See `desktop.forms.xpath.scope.World`."""
        found = self._definition.instances.get(name)
        return () if found is None else (found,)

    def translation(self, name: str) -> str:
        """See `desktop.forms.xpath.scope.World`."""
        return self._fill(self._words(name), self._tree.root)

    def choice_label(self, value: str, question: str, at: Element) -> str:
        """See `desktop.forms.xpath.scope.World`. Of the question's nodes the first in the same instance as `at` counts."""
        above = at.spec.path if isinstance(at, Item) else ()
        path = steps(question, above)
        rows = self._tree.items.get(path, [])
        item = max(rows, key=lambda row: _common(row, at), default=None)
        if item is None:
            return ""
        return next((label for name, label in self.choices(item) if name == value), "")

    def say(self, label: Label, item: Item) -> str:
        """A label as a person reads it at this item."""
        return self._fill(self._words(label.text) if label.text else label.words, item)

    def choices(self, item: Item) -> list[tuple[str, str]]:
        """(name, label) of the choices on offer, in order."""
        itemset = item.spec.itemset
        if itemset is None:
            return [(choice.name, self.say(choice.label, item)) for choice in item.spec.choices]
        return [(self._text(itemset, node, "name"), self._text(itemset, node, "label")) for node in self.evaluation.choice_nodes(item)]

    def _text(self, itemset: Itemset, node: Element, part: str) -> str:
        return to_text(self.evaluation.value(itemset.name if part == "name" else itemset.label, node))

    def _words(self, name: str) -> Words:
        texts = self._definition.texts
        for language in (self.language, self._definition.default_language):
            words = texts.get(language, {}).get(name)
            if words is not None:
                return words
        return Words()

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
