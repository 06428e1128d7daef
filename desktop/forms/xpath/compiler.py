"""The tree of an expression to a Python function of a scope."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.forms.xpath.effort import Overworked
from desktop.forms.xpath.errors import EvaluationError, ExpressionError
from desktop.forms.xpath.functions import FUNCTIONS, check_calls, check_count
from desktop.forms.xpath.functions.signature import nodes_of
from desktop.forms.xpath.operators import ARITHMETIC, COMPARISONS
from desktop.forms.xpath.order import in_order
from desktop.forms.xpath.paths import Nodes, PathCompiler, Place, Run, predicate_of, up
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Literal, Negation, Path, Step
from desktop.forms.xpath.values import XValue, blank, to_boolean, to_number

__all__ = ["Place", "Run", "compile_expression"]
_CHOICE = 3  # arguments of ``if``
_SPECIAL = frozenset({"if", "coalesce", "once", "indexed-repeat"})
_GROUPS = (frozenset({"=", "!="}), frozenset({"<", "<=", ">", ">="}), frozenset({"+", "-"}), frozenset({"*", "div", "mod"}))
_UNFORESEEN = (ArithmeticError, ValueError, RecursionError, MemoryError)
"""What Python raises for numbers, texts and depths beyond all measure."""


def compile_expression(expression: Expression, place: Place, checked: bool = True) -> Run:
    """A function that evaluates the expression; it raises nothing but EvaluationError. ExpressionError for a function that does not
    exist or cannot take these arguments (not `checked`: such a call fails when it is reached), and for what is too deep to evaluate."""
    if checked:
        check_calls(expression)
    try:
        run = _Compiler(place).run(expression)
    except RecursionError:
        raise ExpressionError("syntax", "") from None

    return _guarded(run)


def _guarded(run: Run) -> Run:
    """The same within the steps that are left. One that was stopped is not tried again: a window that hangs at every key is no better."""
    stopped = False

    def within(scope: Scope) -> XValue:
        nonlocal stopped
        if stopped:
            raise Overworked
        try:
            return run(scope)
        except Overworked:
            stopped = True
            raise
        except _UNFORESEEN as error:
            raise EvaluationError(type(error).__name__) from None

    def guarded(scope: Scope) -> XValue:
        effort = scope.world.effort
        if effort.busy:
            return within(scope)
        effort.begin()
        try:
            return within(scope)
        finally:
            effort.end()

    return guarded


class _Compiler:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._paths = PathCompiler(place, self.run)

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
        return self._paths.run(expression)

    def _binary(self, expression: Binary) -> Run:
        operator = expression.operator
        if operator in ("or", "and", "|"):
            return self._many(operator, [self.run(operand) for _, operand in _spine(expression, frozenset({operator}))])
        group = next(group for group in _GROUPS if operator in group)
        (_, first), *rest = [(sign, self.run(operand)) for sign, operand in _spine(expression, group)]
        if operator in COMPARISONS:
            return self._compared(first, rest)
        steps = [(ARITHMETIC[sign], run) for sign, run in rest]
        if len(steps) == 1:
            count, right = steps[0]
            return lambda scope: count(to_number(first(scope)), to_number(right(scope)))

        def counted(scope: Scope) -> XValue:
            result = to_number(first(scope))
            for work, run in steps:
                result = work(result, to_number(run(scope)))
            return result

        return counted

    def _compared(self, first: Run, rest: list[tuple[str, Run]]) -> Run:
        tests = [(COMPARISONS[sign], run) for sign, run in rest]
        if len(tests) == 1:
            test, right = tests[0]
            return lambda scope: test(first(scope), right(scope))

        def compared(scope: Scope) -> XValue:
            result: XValue = first(scope)
            for work, run in tests:
                result = work(result, run(scope))
            return result

        return compared

    def _many(self, operator: str, runs: list[Run]) -> Run:
        """However many alternatives, one after another and not inside each other."""
        if operator == "|":
            return lambda scope: in_order([node for run in runs for node in nodes_of(run(scope))])
        if len(runs) == 2:
            left, right = runs
            if operator == "or":
                return lambda scope: to_boolean(left(scope)) or to_boolean(right(scope))
            return lambda scope: to_boolean(left(scope)) and to_boolean(right(scope))
        if operator == "or":
            return lambda scope: any(to_boolean(run(scope)) for run in runs)
        return lambda scope: all(to_boolean(run(scope)) for run in runs)

    def _call(self, call: Call) -> Run:
        try:
            check_count(call.name, len(call.arguments))
        except ExpressionError as error:
            return _failing(error)
        if call.name == "if":
            return self._choice(call)
        arguments = [self.run(argument) for argument in call.arguments]
        if call.name in _SPECIAL:
            return self._special(call, arguments)
        work = FUNCTIONS[call.name].work
        if len(arguments) == 1:
            only = arguments[0]
            return lambda scope: work(scope, only(scope))
        return lambda scope: work(scope, *[argument(scope) for argument in arguments])

    def _choice(self, call: Call) -> Run:
        """``if``: the ifs in its last argument are asked one after another."""
        cases: list[tuple[Run, Run]] = []
        at: Expression = call
        while isinstance(at, Call) and at.name == "if":
            if len(at.arguments) != _CHOICE:
                break
            cases.append((self.run(at.arguments[0]), self.run(at.arguments[1])))
            at = at.arguments[2]
        last = self.run(at)
        if len(cases) == 1:
            test, yes = cases[0]
            return lambda scope: yes(scope) if to_boolean(test(scope)) else last(scope)

        def chosen(scope: Scope) -> XValue:
            for condition, result in cases:
                if to_boolean(condition(scope)):
                    return result(scope)
            return last(scope)

        return chosen

    def _special(self, call: Call, arguments: list[Run]) -> Run:
        """Functions that do not evaluate all they are given."""
        if call.name == "once":
            first = arguments[0]
            return lambda scope: scope.current.value if scope.current.text else first(scope)
        if call.name == "coalesce":
            def coalesce(scope: Scope) -> XValue:
                for argument in arguments:
                    value = argument(scope)
                    if not blank(value):
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
            at: Nodes = [up(scope.current, context - begin) if begin else scope.world.document]
            for length in range(begin + 1, len(names) + 1):
                at = [child for node in at for child in node.named.get(names[length - 1], ())]
                if length in wanted:
                    number = int(wanted[length]) if wanted[length] >= 1 else 1  # blank or less than 1: the first
                    at = at[number - 1 : number]
            return [node for node in at if node.relevant]

        return indexed

    def _filter(self, expression: Filter) -> Run:
        base = self.run(expression.base)
        predicates = [predicate_of(self.run(predicate)) for predicate in expression.predicates]

        def filtered(scope: Scope) -> XValue:
            nodes = nodes_of(base(scope))
            for predicate in predicates:
                nodes = predicate(nodes, scope)
            return nodes

        return filtered


def _failing(error: ExpressionError) -> Run:
    def fail(scope: Scope) -> XValue:
        raise EvaluationError(str(error))

    return fail


def _spine(expression: Binary, group: frozenset[str]) -> list[tuple[str, Expression]]:
    """(operator before it, operand) of ``a + b - c``, in order: read in a loop, because there may be thousands."""
    found: list[tuple[str, Expression]] = []
    at: Expression = expression
    while isinstance(at, Binary) and at.operator in group:
        found.append((at.operator, at.right))
        at = at.left
    found.append(("", at))
    return found[::-1]


def resolve_names(path: Path, context: Sequence[str]) -> tuple[str, ...]:
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
