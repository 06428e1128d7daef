"""Paths and predicates to Python functions of a scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.forms.xpath.axes import REVERSE, children, parents, walker
from desktop.forms.xpath.effort import WALKED
from desktop.forms.xpath.elements import Document, Element
from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.filters import Lookup, lookup_in
from desktop.forms.xpath.functions.signature import nodes_of
from desktop.forms.xpath.lists import rows_equal_to
from desktop.forms.xpath.operators import each
from desktop.forms.xpath.order import in_order
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.syntax import Call, Expression, Path, Step
from desktop.forms.xpath.values import XValue, to_boolean

Run = Callable[[Scope], XValue]
Nodes = Sequence[Element]
Names = tuple[str, ...]
Predicate = Callable[[Nodes, Scope], Nodes]
Move = Callable[[Nodes, Scope], Nodes]
_OFTEN = 63  # after so many nodes the clock is looked at
_MANY = 64  # nodes from which it counts how many are walked over
_OWN = Step("self", "node()")
_DESCENT = Step("descendant-or-self", "node()")
_LEVEL = frozenset({"child", "parent", "self", "attribute", "namespace", "following-sibling", "preceding-sibling"})
_LEADS_OUT = frozenset({"parent", "attribute", "ancestor", "ancestor-or-self"})


@dataclass(frozen=True)
class Place:
    """Where an expression stands in a form: the names on the way to its node, and the paths that are repeats. `namespaces` says
    what prefixes mean; one that is not among them is ignored, because data of forms is known by its local names."""

    path: Names = ()
    repeats: frozenset[Names] = frozenset()
    namespaces: Mapping[str, str] = field(default_factory=dict, compare=False)

    def shared(self, steps: Sequence[Step]) -> int:
        """How many leading steps of an absolute path mean the very instance this place is in: up to the innermost repeat that both
        are inside of. 0 if there is none. A step with a predicate says itself which instance it means."""
        deepest = 0
        for length, step in enumerate(steps[:-1], start=1):
            if step.axis != "child" or step.predicates or length > len(self.path) or step.test != self.path[length - 1]:
                break
            if self.path[:length] in self.repeats:
                deepest = length
        return deepest


class PathCompiler:
    """`run` compiles the expressions inside a path."""

    def __init__(self, place: Place, run: Callable[[Expression], Run]) -> None:
        self._place = place
        self._run = run

    def run(self, path: Path) -> Run:
        """A function that gives the nodes a path leads to."""
        if path.base is not None:
            base = self._run(path.base)
            still = path.base.name in ("instance", "current") if isinstance(path.base, Call) else False
            listed = isinstance(path.base, Call) and path.base.name == "instance"
            return self._walk(lambda scope: nodes_of(base(scope)), path.steps, still, listed)
        if not path.absolute:
            return self._walk(lambda scope: (scope.node,), path.steps)
        shared = self._place.shared(path.steps)
        if not shared:
            return self._walk(lambda scope: (scope.world.document,), path.steps)
        rise = len(self._place.path) - shared
        return self._walk(lambda scope: (up(scope.current, rise),), path.steps[shared:])

    def _walk(self, begin: Callable[[Scope], Nodes], steps: Sequence[Step], level: bool = True, listed: bool = False) -> Run:
        """`level`: what it begins with is one node or several beside each other. `listed`: it begins at a secondary instance."""
        moving = _shortened([step for step in steps if step != _OWN])
        keeps_irrelevant = not moving or moving[-1].axis in _LEADS_OUT
        if level and all(map(_is_simple, moving)):
            return _plain_walk(begin, [(step.axis, self._key(step)) for step in moving], keeps_irrelevant)
        moves: list[Move] = []
        for step in moving:
            listed = listed and step.axis == "child" and _is_plain(step)
            moves.append(self._move(step, level, listed))
            listed = listed and not step.predicates
            level = level and step.axis in _LEVEL

        def walk(scope: Scope) -> Nodes:
            nodes = begin(scope)
            for move in moves:
                nodes = move(nodes, scope)
            return nodes if keeps_irrelevant else [node for node in nodes if node.relevant]

        return walk

    def _key(self, step: Step) -> str:
        namespace = self._place.namespaces.get(step.prefix, "") if step.prefix else ""
        return f"{{{namespace}}}{step.test}" if namespace else step.test

    def _move(self, step: Step, level: bool, listed: bool) -> Move:
        """From some nodes along one step. Only what can be out of order is sorted."""
        namespace = self._place.namespaces.get(step.prefix) if step.prefix and step.test == "*" else None
        along = walker(step.axis, step.test, self._key(step), namespace, step.target)
        predicates = [predicate_of(self._run(predicate)) for predicate in step.predicates]
        ordered = level and step.axis in ("child", "self", "attribute", "namespace")

        def move(nodes: Nodes, scope: Scope) -> Nodes:
            found: list[Element] = []
            spend = scope.world.effort.spend
            for node in nodes:
                reached: Nodes = along(node, spend)
                for predicate in predicates:
                    reached = predicate(reached, scope)
                found.extend(reached)
            if ordered:
                return found
            if len(nodes) == 1:
                return found[::-1] if step.axis in REVERSE else found
            return in_order(found)

        lookup = lookup_in(step.predicates[0]) if listed and step.predicates else None
        return move if lookup is None else self._look_up(step, lookup, move)

    def _look_up(self, step: Step, lookup: Lookup, otherwise: Move) -> Move:
        """The same in a list that never changes, by an index where there is one node to start from."""
        columns = [(column, self._run(wanted)) for column, wanted in lookup.columns]
        key = self._key(step)
        predicates = [predicate_of(self._run(predicate)) for predicate in step.predicates[1:]]
        if lookup.rest is not None:
            rest = self._run(lookup.rest)
            predicates.insert(0, predicate_of(lambda scope: to_boolean(rest(scope))))

        def look_up(nodes: Nodes, scope: Scope) -> Nodes:
            document = _document(nodes[0]) if len(nodes) == 1 else None
            if document is None or not nodes[0].named.get(key):
                return otherwise(nodes, scope)
            asked = [(column, lambda wanted=wanted: each(wanted(scope))) for column, wanted in columns]
            found = rows_equal_to(document, nodes[0], key, asked)
            if found is None:
                return otherwise(nodes, scope)
            for predicate in predicates:
                found = predicate(found, scope)
            return found

        return look_up


def predicate_of(test: Run) -> Predicate:
    """A function that keeps the nodes for which the test holds; a number means the place, a node-set that there is such a node."""

    def keep(nodes: Nodes, scope: Scope) -> Nodes:
        inner = Scope(scope.node, scope.world, scope.current, 0, len(nodes))
        spend = scope.world.effort.spend
        spend(len(nodes))
        kept = []
        for position, node in enumerate(nodes, start=1):
            if not position & _OFTEN:
                spend(0)
            inner.node, inner.position = node, position
            value = test(inner)
            if value == position if isinstance(value, float) else value if isinstance(value, bool) else len(value) > 0:
                kept.append(node)
        return kept

    return keep


def up(node: Element, levels: int) -> Element:
    """The ancestor so many levels above. EvaluationError if there is none."""
    for _ in range(levels):
        if node.parent is None:
            raise EvaluationError("no such ancestor")
        node = node.parent
    return node


def _document(node: Element) -> Document | None:
    at: Element | None = node
    while at is not None:
        if isinstance(at, Document):
            return at
        at = at.parent
    return None


def _is_plain(step: Step) -> bool:
    return step.test not in ("text()", "comment()", "processing-instruction()") and not (step.prefix and step.test == "*")


def _is_simple(step: Step) -> bool:
    """Down to children of a name or up to the parent, whoever that is."""
    if step.predicates or not _is_plain(step):
        return False
    return step.axis == "child" or (step.axis == "parent" and step.test == "node()")


def _shortened(steps: list[Step]) -> list[Step]:
    """``//name`` as one step where no predicate counts places."""
    found: list[Step] = []
    for step in steps:
        if found and found[-1] == _DESCENT and step.axis == "child" and not step.predicates:
            found.pop()
            step = Step("descendant", step.test, (), step.prefix, step.target)
        found.append(step)
    return found


def _plain_walk(begin: Callable[[Scope], Nodes], moves: list[tuple[str, str]], keeps_irrelevant: bool) -> Run:
    """Steps down and up without predicates: nearly all paths of real forms."""

    def walk(scope: Scope) -> Nodes:
        nodes = begin(scope)
        for axis, test in moves:
            nodes = children(nodes, test) if axis == "child" else parents(nodes)
            if len(nodes) > _MANY:
                scope.world.effort.spend(len(nodes) >> WALKED)
        return nodes if keeps_irrelevant else [node for node in nodes if node.relevant]

    return walk
