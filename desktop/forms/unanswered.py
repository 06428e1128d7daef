"""A form as nobody has answered it yet: its words in one language with their gaps marked, and every choice of its lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice

from desktop.forms.conditions import question_read
from desktop.forms.definition import Definition, Itemset, Label, Names, Spec, Words
from desktop.forms.xpath.effort import Effort
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import EvaluationError, ExpressionError
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.syntax import Call, Filter, Literal, Path
from desktop.forms.xpath.values import Moment, to_text

GAP = "…"


class Unanswered:
    """Reads a definition in `language` (the form's own name of it). `mark(path)` is what stands in a gap for the answer to a question, ""
    if the gap cannot be told."""

    def __init__(self, definition: Definition, language: str, mark: Callable[[Names], str] = lambda _path: "") -> None:
        self._definition = definition
        self.language = language
        self._mark = mark
        # What an expression in the words of a choice may ask of the world:
        now = datetime.now().astimezone()
        self.document, self.version, self.effort = Element("#document"), definition.version, Effort()
        self.now, self.today = Moment.of(now), Moment.of(now.date())

    def instance(self, name: str) -> Sequence[Element]:
        """See `desktop.forms.xpath.scope.World`."""
        found = self._definition.instances.get(name)
        return () if found is None else (found,)

    def translation(self, name: str) -> str:
        """See `desktop.forms.xpath.scope.World`."""
        return self._fill(self._definition.words(Label(text=name), self.language), ())

    def choice_label(self, value: str, question: str, at: Element) -> str:
        """See `desktop.forms.xpath.scope.World`: nobody has chosen anything."""
        return ""

    def say(self, label: Label, path: Names) -> str:
        """A label of the node `path`."""
        return self._fill(self._definition.words(label, self.language), path)

    def form(self, label: Label, form: str, path: Names) -> str:
        """Another form of a label: ``guidance``, ``short``; "" if it has none."""
        words = self._definition.form(label, form, self.language)
        return "" if words is None else self._fill(words, path)

    def choices(self, spec: Spec, most: int) -> list[tuple[str, str]] | None:
        """(name, label) of every choice that may ever be on offer, at most `most` + 1 of them; None if they come from answers."""
        if spec.itemset is None:
            return [(one.name, self.say(one.label, spec.path)) for one in spec.choices[: most + 1]]
        nodes = self._items(spec.itemset)
        if nodes is None:
            return None
        try:
            return [
                (to_text(spec.itemset.name.run(Scope(node, self))), to_text(spec.itemset.label.run(Scope(node, self))).strip())
                for node in islice(nodes, most + 1)
            ]
        except EvaluationError:
            return None

    def _items(self, itemset: Itemset) -> Sequence[Element] | None:
        """The items of the list in a secondary instance, whatever the filter would leave of them."""
        try:
            found = parse(itemset.nodes.source)
        except (ExpressionError, RecursionError):
            return None
        while isinstance(found, (Call, Filter)):
            if isinstance(found, Filter):
                found = found.base
            elif found.name == "randomize" and found.arguments:
                found = found.arguments[0]
            else:
                break
        if not isinstance(found, Path) or not isinstance(found.base, Call) or found.base.name != "instance":
            return None
        name = found.base.arguments[0] if found.base.arguments else None
        if not isinstance(name, Literal) or any(step.axis != "child" for step in found.steps):
            return None
        nodes: Sequence[Element] = self.instance(str(name.value))
        for step in found.steps:
            nodes = [child for node in nodes for child in (node.children if step.test == "*" else node.named.get(step.test, ()))]
        return nodes

    def _fill(self, words: Words, path: Names) -> str:
        return "".join(part if isinstance(part, str) else self._gap(part.source, path) for part in words.parts).strip()

    def _gap(self, source: str, path: Names) -> str:
        question = question_read(self._definition, source, path)
        return (self._mark(question) if question else "") or GAP
