"""The tree of an expression to a Python function of a scope."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.forms.xpath.axes import children, parents, walk_axis
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import EvaluationError, ExpressionError
from desktop.forms.xpath.functions import FUNCTIONS, check_count
from desktop.forms.xpath.functions.signature import nodes_of
from desktop.forms.xpath.operators import ARITHMETIC, COMPARISONS
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Literal, Negation, Path, Step
from desktop.forms.xpath.values import XValue, to_boolean, to_number, to_text

Run = Callable[[Scope], XValue]
Nodes = Sequence[Element]
Names = tuple[str, ...]
Predicate = Callable[[Nodes, Scope], Nodes]


@dataclass(frozen=True)
class Place:
    """Where an expression stands in a form: the names on the way to its node, and the paths that are repeats."""

    path: Names = ()
    repeats: frozenset[Names] = frozenset()

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


def compile_expression(expression: Expression, place: Place) -> Run:
    """A function that evaluates the expression. ExpressionError for a function that does not exist or lacks arguments."""
    return _Compiler(place).run(expression)


class _Compiler:
    def __init__(self, place: Place) -> None:
        self._place = place

    def run(self, expression: Expression) -> Run:
        if isinstance(expression, Literal):
            value = expression.value
            return lambda scope: value
        if isinstance(expression, Negation):
            operand = self.run(expression.operand)
            return lambda scope: -to_number(operand(scope))
        if isinstance(expression, Binary):
            return self._binary(expression)
        if isinstance(expression, Call):
            return self._call(expression)
        if isinstance(expression, Filter):
            return self._filter(expression)
        return self._path(expression)

    def _binary(self, expression: Binary) -> Run:
        left, right = self.run(expression.left), self.run(expression.right)
        if expression.operator == "or":
            return lambda scope: to_boolean(left(scope)) or to_boolean(right(scope))
        if expression.operator == "and":
            return lambda scope: to_boolean(left(scope)) and to_boolean(right(scope))
        if expression.operator == "|":
            return lambda scope: in_order([*nodes_of(left(scope)), *nodes_of(right(scope))])
        compare = COMPARISONS.get(expression.operator)
        if compare is not None:
            test = compare
            return lambda scope: test(left(scope), right(scope))
        count = ARITHMETIC[expression.operator]
        return lambda scope: count(to_number(left(scope)), to_number(right(scope)))

    def _call(self, call: Call) -> Run:
        arguments = [self.run(argument) for argument in call.arguments]
        if call.name in ("if", "coalesce", "once", "indexed-repeat"):
            check_count(call.name, len(arguments))
            return self._special(call, arguments)
        function = FUNCTIONS.get(call.name)
        if function is None:
            raise ExpressionError("function", call.name)
        check_count(call.name, len(arguments))
        work = function.work
        if len(arguments) == 1:
            only = arguments[0]
            return lambda scope: work(scope, only(scope))
        return lambda scope: work(scope, *[argument(scope) for argument in arguments])

    def _special(self, call: Call, arguments: list[Run]) -> Run:
        """Functions that do not evaluate all they are given."""
        if call.name == "if":
            test, yes, no = arguments
            return lambda scope: yes(scope) if to_boolean(test(scope)) else no(scope)
        if call.name == "once":
            first = arguments[0]
            return lambda scope: scope.current.value if scope.current.text else first(scope)
        if call.name == "coalesce":
            def coalesce(scope: Scope) -> XValue:
                for argument in arguments:
                    value = argument(scope)
                    if to_text(value):
                        return value
                return ""

            return coalesce
        return self._indexed_repeat(call, arguments)

    def _indexed_repeat(self, call: Call, arguments: list[Run]) -> Run:
        """The value of a question in the numbered instances of repeats: every named repeat is replaced by the one counted."""
        target = call.arguments[0]
        if not isinstance(target, Path) or len(arguments) % 2 == 0:
            raise ExpressionError("syntax", call.name)
        names = resolve_names(target, self._place.path)
        pairs = []
        for repeat, count in zip(call.arguments[1::2], arguments[2::2]):
            if not isinstance(repeat, Path):
                raise ExpressionError("syntax", call.name)
            pairs.append((len(resolve_names(repeat, self._place.path)), count))
        shared = self._place.shared([Step("child", name) for name in names]) if pairs else 0
        context = len(self._place.path)

        def indexed(scope: Scope) -> Nodes:
            wanted = {length: to_number(count(scope)) for length, count in pairs}
            free = min((length for length, _ in pairs), default=1) - 1
            begin = min(shared, free)
            at: list[Element] = [_up(scope.current, context - begin) if begin else scope.world.document]
            for length in range(begin + 1, len(names) + 1):
                at = [child for node in at for child in node.named.get(names[length - 1], ())]
                if length in wanted:
                    number = int(wanted[length]) if wanted[length] >= 1 else 1  # blank or less than 1: the first
                    at = at[number - 1 : number]
            return [node for node in at if node.relevant]

        return indexed

    def _filter(self, expression: Filter) -> Run:
        base = self.run(expression.base)
        predicates = [self._predicate(predicate) for predicate in expression.predicates]

        def filtered(scope: Scope) -> XValue:
            nodes = nodes_of(base(scope))
            for predicate in predicates:
                nodes = predicate(nodes, scope)
            return nodes

        return filtered

    def _predicate(self, expression: Expression) -> Predicate:
        test = self.run(expression)

        def keep(nodes: Nodes, scope: Scope) -> Nodes:
            inner = Scope(scope.node, scope.world, scope.current, 0, len(nodes))
            kept = []
            for position, node in enumerate(nodes, start=1):
                inner.node, inner.position = node, position
                value = test(inner)
                if value == position if isinstance(value, float) else to_boolean(value):
                    kept.append(node)
            return kept

        return keep

    def _path(self, path: Path) -> Run:
        steps = path.steps
        if path.base is not None:
            base = self.run(path.base)
            return self._walk(lambda scope: nodes_of(base(scope)), steps)
        if not path.absolute:
            return self._walk(lambda scope: (scope.node,), steps)
        shared = self._place.shared(steps)
        if not shared:
            return self._walk(lambda scope: (scope.world.document,), steps)
        rise = len(self._place.path) - shared
        return self._walk(lambda scope: (_up(scope.current, rise),), steps[shared:])

    def _walk(self, begin: Callable[[Scope], Nodes], steps: Sequence[Step]) -> Run:
        moving = [step for step in steps if step.axis != "self" or step.test != "node()" or step.predicates]
        keeps_irrelevant = not moving or moving[-1].axis in ("parent", "attribute", "ancestor", "ancestor-or-self")
        if all(step.axis in ("child", "parent") and not step.predicates for step in moving):
            return _plain_walk(begin, [(step.axis, step.test) for step in moving], keeps_irrelevant)
        prepared = [(step, [self._predicate(predicate) for predicate in step.predicates]) for step in moving]

        def walk(scope: Scope) -> Nodes:
            nodes = begin(scope)
            for step, predicates in prepared:
                found: list[Element] = []
                for node in nodes:
                    reached: Nodes = walk_axis(node, step.axis, step.test)
                    for predicate in predicates:
                        reached = predicate(reached, scope)
                    found.extend(reached)
                nodes = in_order(found) if step.axis not in ("child", "attribute", "self") else found
            return nodes if keeps_irrelevant else [node for node in nodes if node.relevant]

        return walk


def _plain_walk(begin: Callable[[Scope], Nodes], moves: list[tuple[str, str]], keeps_irrelevant: bool) -> Run:
    """Steps down and up without predicates: nearly all paths of real forms."""

    def walk(scope: Scope) -> Nodes:
        nodes = begin(scope)
        for axis, test in moves:
            nodes = children(nodes, test) if axis == "child" else parents(nodes)
        return nodes if keeps_irrelevant else [node for node in nodes if node.relevant]

    return walk


def _up(node: Element, levels: int) -> Element:
    for _ in range(levels):
        if node.parent is None:
            raise EvaluationError("no such ancestor")
        node = node.parent
    return node


def in_order(nodes: Sequence[Element]) -> Nodes:
    """Without repetition, in document order."""
    if len(nodes) < 2:
        return nodes
    unique = {id(node): node for node in nodes}
    if len(unique) == 1:
        return list(unique.values())
    return sorted(unique.values(), key=lambda node: node.place())


def resolve_names(path: Path, context: Names) -> Names:
    """The names from the root that a path of plain steps leads along. ExpressionError if it has other steps."""
    names: list[str] = [] if path.absolute else list(context)
    if path.base is not None and path.base != Call("current", ()):
        raise ExpressionError("syntax", "indexed-repeat")
    for step in path.steps:
        if step.axis == "child":
            names.append(step.test)
        elif step.axis == "parent" and names:
            names.pop()
        elif step.axis != "self":
            raise ExpressionError("syntax", step.axis)
    return tuple(names)
