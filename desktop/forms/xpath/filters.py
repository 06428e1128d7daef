"""Which predicates can be answered by looking a value up."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Literal, Path, parts_of

_OF_THE_ROW = frozenset({"position", "last"})
_NEVER_TWICE_THE_SAME = frozenset({"random", "uuid", "randomize", "now"})
_OF_THE_NODE_IN_HAND = frozenset(
    {"string", "number", "string-length", "normalize-space", "name", "local-name", "namespace-uri", "lang"}
)


@dataclass(frozen=True)
class Lookup:
    """``column = wanted and other = another and rest``: every wanted value is the same for all rows; `rest` is what else a row must
    fulfil (None: nothing)."""

    columns: tuple[tuple[tuple[str, ...], Expression], ...]
    rest: Expression | None


def lookup_in(predicate: Expression) -> Lookup | None:
    """The predicate as a look-up, or None if every row has to be asked."""
    conditions: list[Expression] = []
    at = predicate
    while isinstance(at, Binary) and at.operator == "and":
        conditions.append(at.right)
        at = at.left
    conditions = [at, *reversed(conditions)]
    columns = []
    while conditions:
        column = _compared(conditions[0])
        if column is None:
            break
        columns.append(column)
        conditions.pop(0)
    rest = None
    for condition in conditions:
        rest = condition if rest is None else Binary("and", rest, condition)
    if not columns or (rest is not None and _counts_rows(rest)):
        return None
    return Lookup(tuple(columns), rest)


def _compared(condition: Expression) -> tuple[tuple[str, ...], Expression] | None:
    """(column, wanted) of ``column = wanted``, either way round."""
    if not isinstance(condition, Binary) or condition.operator != "=":
        return None
    for one, two in ((condition.left, condition.right), (condition.right, condition.left)):
        column = _column(one)
        if column is not None and _same_for_all(two):
            return column, two
    return None


def _column(side: Expression) -> tuple[str, ...] | None:
    """Names on the way from a row down to what is compared; () for the row itself."""
    if not isinstance(side, Path) or side.base is not None or side.absolute:
        return None
    names = []
    for step in side.steps:
        if step.predicates or step.prefix or step.test in ("*", "text()", "comment()", "processing-instruction()"):
            return None
        if step.axis == "child" and step.test != "node()":
            names.append(step.test)
        elif step.axis != "self" or step.test != "node()":
            return None
    return tuple(names)


def _same_for_all(side: Expression) -> bool:
    """Whether the side of a comparison has nothing to do with the row."""
    if isinstance(side, Literal):
        return True
    if isinstance(side, Path):
        return side.absolute if side.base is None else _same_for_all(side.base)
    if isinstance(side, Filter):
        return _same_for_all(side.base)
    if isinstance(side, Call):
        own = side.name in _OF_THE_NODE_IN_HAND and (not side.arguments or side.name == "lang")
        barred = own or side.name in _OF_THE_ROW or side.name in _NEVER_TWICE_THE_SAME
        return not barred and all(_same_for_all(argument) for argument in side.arguments)
    return all(_same_for_all(part) for part in parts_of(side))


def _counts_rows(expression: Expression) -> bool:
    """Whether the place of a row among all rows may matter."""
    waiting = [expression]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Call) and at.name in _OF_THE_ROW and not at.arguments:
            return True
        waiting.extend(parts_of(at))
    return False
