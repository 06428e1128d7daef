"""Values that a form gives itself: when it is opened, in a new instance of a repeat, and when another question is answered."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from desktop.forms.definition import Action, Definition, Names
from desktop.forms.evaluation import Evaluation
from desktop.forms.speech import Speech
from desktop.forms.tree import Item, Tree

FIRST_LOAD = frozenset({"odk-instance-first-load", "xforms-ready", "odk-instance-load"})
LOAD = frozenset({"odk-instance-load"})
NEW_REPEAT = frozenset({"odk-new-repeat"})
ANSWERED = "xforms-value-changed"
_LONGEST_CHAIN = 20  # of questions that set each other


class Defaults:
    """Runs the actions and the preloads of a form, and lets it come to rest."""

    def __init__(self, definition: Definition, tree: Tree, evaluation: Evaluation, speech: Speech) -> None:
        self._definition = definition
        self._tree = tree
        self._evaluation = evaluation
        self._speech = speech

    def first_load(self) -> None:
        """A new form: metadata, then the defaults that are computed, then all that follows (the order of JavaRosa)."""
        self._run(FIRST_LOAD, [item for row in self._tree.items.values() for item in row])
        self._evaluation.all()
        self.rest()

    def again(self) -> None:
        """A form that was begun before: only what the form sets each time it is opened is set anew."""
        self._act(LOAD, [item for row in self._tree.items.values() for item in row])
        self._evaluation.all()
        self.rest()

    def rest(self) -> None:
        """Until nothing changes any more."""
        self._evaluation.settle()
        while self._evaluation.born:
            born = [instance for instance in self._evaluation.born if not instance.gone]
            self._evaluation.born.clear()
            for instance in born:
                self._run(NEW_REPEAT, (item for item in instance.walk() if isinstance(item, Item)))
                self._evaluation.fresh(instance)
            self._evaluation.settle()

    def answered(self, item: Item, chain: int = 0) -> None:
        """Set what the form wants to be set when this question gets another answer; what is set may set others."""
        for action in self._definition.actions:
            if ANSWERED in action.events and action.source == item.spec.path and chain < _LONGEST_CHAIN:
                for target in list(self._tree.near(action.target, self._shared(action, item), item)):
                    if self._set(action, target):
                        self.answered(target, chain + 1)

    def _shared(self, action: Action, item: Item) -> int:
        """The names of the innermost repeat that the question and the target are both in."""
        shared = 0
        for length in range(1, min(len(action.target), len(item.spec.path)) + 1):
            if action.target[:length] != item.spec.path[:length]:
                break
            if action.target[:length] in self._definition.repeats:
                shared = length
        return shared

    def _run(self, events: frozenset[str], items: Iterable[Item]) -> None:
        row = list(items)
        for item in row:
            self._preload(item)
        self._act(events, row)

    def _act(self, events: frozenset[str], items: Iterable[Item]) -> None:
        """Actions in the order of the form, each on all of these items that it is about."""
        wanted = [action for action in self._definition.actions if action.events & events]
        if not wanted:
            return
        found: dict[Names, list[Item]] = {}
        for item in items:
            found.setdefault(item.spec.path, []).append(item)
        for action in wanted:
            for item in found.get(action.target, ()):
                if self._set(action, item):
                    self.answered(item)

    def _set(self, action: Action, item: Item) -> bool:
        """True if the question got another answer."""
        if not item.spec.leaf or not self._evaluation.put(item, self._evaluation.value(action.value, item)):
            return False
        self._evaluation.changed(item)
        self._evaluation.settle()
        return True

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
