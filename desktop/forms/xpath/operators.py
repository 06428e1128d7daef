"""Comparisons and arithmetic."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from desktop.forms.xpath.elements import Scalar
from desktop.forms.xpath.values import NAN, XValue, to_boolean, to_number, to_text

_BLANK: tuple[Scalar, ...] = ("",)


def _each(value: XValue) -> tuple[Scalar, ...]:
    """The values that take part in a comparison: of all nodes; blank for a node-set without nodes."""
    if isinstance(value, (str, float, bool)):
        return (value,)
    return tuple(node.content() if node.children else node.value for node in value) or _BLANK


def equal(left: XValue, right: XValue) -> bool:
    """True if any pair of values is equal."""
    return any(_same(one, two) for one in _each(left) for two in _each(right))


def unequal(left: XValue, right: XValue) -> bool:
    """True if any pair of values differs: with node-sets this is not the opposite of `equal`."""
    return any(not _same(one, two) for one in _each(left) for two in _each(right))


def _same(one: Scalar, two: Scalar) -> bool:
    if isinstance(one, bool) or isinstance(two, bool):
        return to_boolean(one) == to_boolean(two)
    if isinstance(one, float) or isinstance(two, float):
        return to_number(one) == to_number(two)
    return to_text(one) == to_text(two)


def _ordered(test: Callable[[float, float], bool]) -> Callable[[XValue, XValue], bool]:
    def compare(left: XValue, right: XValue) -> bool:
        return any(test(to_number(one), to_number(two)) for one in _each(left) for two in _each(right))

    return compare


def _divide(left: float, right: float) -> float:
    if right != 0:
        return left / right
    if left == 0 or left != left:
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    if right == 0 or math.isinf(left) or left != left or right != right:
        return NAN
    return math.fmod(left, right)


COMPARISONS: dict[str, Callable[[XValue, XValue], bool]] = {
    "=": equal, "!=": unequal,
    "<": _ordered(operator.lt), "<=": _ordered(operator.le), ">": _ordered(operator.gt), ">=": _ordered(operator.ge),
}
ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "div": _divide, "mod": _remainder,
}
