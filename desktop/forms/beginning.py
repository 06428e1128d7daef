"""Values that a form gives itself: when it is opened, in a new instance of a repeat, and when another question is answered."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from desktop.forms.definition import Action, Definition
from desktop.forms.evaluation import Evaluation
from desktop.forms.speech import Speech
from desktop.forms.tree import Item, Tree
from desktop.forms.xpath.values import stored

FIRST_LOAD, NEW_REPEAT, ANSWERED = "odk-instance-first-load", "odk-new-repeat", "xforms-value-changed"


class Defaults:
    """Runs the actions and the preloads of a form, and lets it come to rest."""

    def __init__(self, definition: Definition, tree: Tree, evaluation: Evaluation, speech: Speech) -> None:
        self._definition = definition
        self._tree = tree
        self._evaluation = evaluation
        self._speech = speech

    def first_load(self) -> None:
        """A new form: computed once, then metadata and the defaults that are computed."""
        self._evaluation.all()
        self._evaluation.settle()
        later = {id(item) for born in self._evaluation.born for item in born.walk()}
        items = [item for row in self._tree.items.values() for item in row if id(item) not in later]
        self._run(FIRST_LOAD, items)
        self.rest()

    def again(self) -> None:
        """A form that was begun before: computed, but nothing is set anew."""
        self._evaluation.all()
        self._evaluation.settle()
        self._evaluation.born.clear()

    def rest(self) -> None:
        """Until nothing changes any more."""
        self._evaluation.settle()
        while self._evaluation.born:
            born = self._evaluation.born.pop(0)
            self._run(NEW_REPEAT, (item for item in born.walk() if isinstance(item, Item)))
            self._evaluation.settle()

    def answered(self, item: Item) -> None:
        """Set what the form wants to be set when this question gets another answer."""
        for action in self._definition.actions:
            if ANSWERED in action.events and action.source == item.spec.path:
                for target in self._tree.near(action.target, self._shared(action, item), item):
                    self._set(action, target)

    def _shared(self, action: Action, item: Item) -> int:
        """The names of the innermost repeat that the question and the target are both in."""
        shared = 0
        for length in range(1, min(len(action.target), len(item.spec.path)) + 1):
            if action.target[:length] != item.spec.path[:length]:
                break
            if action.target[:length] in self._definition.repeats:
                shared = length
        return shared

    def _run(self, event: str, items: Iterable[Item]) -> None:
        wanted = {action.target: action for action in self._definition.actions if event in action.events}
        for item in items:
            self._preload(item)
            if item.spec.path in wanted:
                self._set(wanted[item.spec.path], item)

    def _set(self, action: Action, item: Item) -> None:
        if not item.spec.children and item.put(stored(self._evaluation.value(action.value, item))):
            self._evaluation.changed(item)
            self._evaluation.settle()

    def _preload(self, item: Item) -> None:
        """Metadata. What a laptop does not know (phone number, device, user) stays blank, and so does the end of filling."""
        kind, parameter = item.spec.preload
        if item.text or not kind:
            return
        text = {
            ("timestamp", "start"): str(self._speech.now), ("date", "today"): str(self._speech.today),
        }.get((kind, parameter), f"uuid:{uuid4()}" if kind == "uid" else "")
        if text and item.put(text):
            self._evaluation.changed(item)
