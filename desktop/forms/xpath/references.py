"""Which nodes of a form an expression reads."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.forms.xpath.compiler import Place
from desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Literal, Negation, Path, Step, parts_of

Names = tuple[str, ...]
_BELOW_ANY = frozenset({"descendant", "descendant-or-self", "ancestor", "ancestor-or-self", "following", "preceding"})
_ELSEWHERE = "#"  # begins a path in a secondary instance, which never changes


@dataclass(frozen=True)
class Reference:
    """`path` may hold ``*`` (any one name) and ``**`` (any names, or none). The first `pinned` names mean the very instances that
    the expression's own node is in. `chosen`: a predicate or a number picks among the instances of a repeat, so that an expression
    may read another instance of its own question."""

    path: Names
    pinned: int
    chosen: bool = False


def references(expression: Expression, place: Place) -> frozenset[Reference]:
    """All references of the expression."""
    walker = _Walker(place)
    here = Reference(place.path, len(place.path))
    walker.read(expression, here)
    return frozenset(walker.found)


class _Walker:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._own = Reference(place.path, len(place.path))
        self.found: set[Reference] = set()

    def read(self, expression: Expression, here: Reference) -> Reference | None:
        """Note all references; the answer is where the expression leads, if it is a path."""
        if isinstance(expression, Literal):
            return None
        if isinstance(expression, Path):
            return self._path(expression, here)
        if isinstance(expression, Filter):
            lead = self.read(expression.base, here)
            for predicate in expression.predicates:
                self.read(predicate, lead or here)
            return lead
        if isinstance(expression, Call):
            return self._call(expression, here)
        waiting: list[Expression] = [expression]
        while waiting:  # thousands of terms stand to the left of each other
            for part in parts_of(waiting.pop()):
                if isinstance(part, (Binary, Negation)):
                    waiting.append(part)
                else:
                    self.read(part, here)
        return None

    def _call(self, call: Call, here: Reference) -> Reference | None:
        if call.name == "current":
            return self._own
        if call.name == "instance":
            return Reference((_ELSEWHERE,), 0)
        if call.name == "indexed-repeat":
            self._indexed(call, here)
            return None
        if call.name == "id":
            self.found.add(Reference(("**",), 0))
        begun = call
        while call.name == "if" and call.arguments and isinstance(call.arguments[-1], Call):  # hundreds inside each other
            for argument in call.arguments[:-1]:
                self.read(argument, here)
            call = call.arguments[-1]
        if call.name != begun.name:
            return self._call(call, here)
        for argument in call.arguments:
            self.read(argument, here)
        return None

    def _indexed(self, call: Call, here: Reference) -> None:
        for place, argument in enumerate(call.arguments):
            if place == 0 and isinstance(argument, Path):
                lead = self._lead(argument, here)
                self.found.add(Reference(lead.path, 0, chosen=True))
            elif place % 2 == 0:
                self.read(argument, here)

    def _path(self, path: Path, here: Reference) -> Reference:
        lead = self._lead(path, here)
        if lead.path[:1] != (_ELSEWHERE,):
            self.found.add(lead)
        return lead

    def _lead(self, path: Path, here: Reference) -> Reference:
        if path.base is not None:
            at = self.read(path.base, here) or Reference(("**",), 0)
        elif path.absolute:
            at = Reference((), self._place.shared(path.steps))
        else:
            at = here
        pinned, chosen = at.pinned, at.chosen
        names = list(at.path)
        for step in path.steps:
            if step.axis == "parent":
                if names and names[-1] != "**":
                    names.pop()
                pinned = pinned if path.absolute else min(pinned, len(names))
            elif step.axis in ("child", "attribute", "namespace"):
                names.append("*" if step.test in ("*", "node()") else step.test)
            elif step.axis in ("following-sibling", "preceding-sibling"):
                names[-1:] = [step.test if step.test != "node()" else "*"]
                pinned, chosen = min(pinned, len(names) - 1), True
            elif step.axis in _BELOW_ANY:
                names, pinned = [*_spread(names, step)], 0
            for predicate in step.predicates:
                self.read(predicate, Reference(tuple(names), pinned, chosen))
            chosen = chosen or bool(step.predicates)
        return Reference(tuple(names), min(pinned, len(names)), chosen)


def _spread(names: list[str], step: Step) -> list[str]:
    root = names if step.axis.startswith("descendant") else []
    tail = [] if step.test == "node()" else [step.test]
    return [*root, "**", *tail]
