"""Comparisons and arithmetic."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable

from desktop.forms.xpath.elements import Scalar
from desktop.forms.xpath.values import NAN, XValue, to_boolean, to_number, to_text

_BLANK: tuple[Scalar, ...] = ("",)
CLOSE = 1e-12
"""Numbers that differ by less are equal, as in JavaRosa: 0.1 + 0.2 = 0.3."""


def each(value: XValue) -> tuple[Scalar, ...]:
    """The values that take part in a comparison: of all nodes; blank for a node-set without nodes."""
    if isinstance(value, (str, float, bool)):
        return (value,)
    return tuple(node.content() if node.children else node.value for node in value) or _BLANK


def _sides(left: XValue, right: XValue) -> tuple[tuple[Scalar, ...], tuple[Scalar, ...]]:
    """What is compared with what. Beside a truth a node-set is one truth, not many values."""
    if isinstance(left, bool) and not isinstance(right, (str, float, bool)):
        return (left,), (to_boolean(right),) if len(right) > 1 else each(right)
    if isinstance(right, bool) and not isinstance(left, (str, float, bool)):
        return (to_boolean(left),) if len(left) > 1 else each(left), (right,)
    return each(left), each(right)


def equal(left: XValue, right: XValue) -> bool:
    """True if any pair of values is equal."""
    ones, twos = _sides(left, right)
    return any(same(one, two) for one in ones for two in twos)


def unequal(left: XValue, right: XValue) -> bool:
    """True if any pair of values differs: with node-sets this is not the opposite of `equal`."""
    ones, twos = _sides(left, right)
    return any(not same(one, two) for one in ones for two in twos)


def same(one: Scalar, two: Scalar) -> bool:
    """Whether two values are equal: as truths if one is a truth, as numbers if one is a number, else as texts."""
    if isinstance(one, bool) or isinstance(two, bool):
        return to_boolean(one) == to_boolean(two)
    if isinstance(one, float) or isinstance(two, float):
        left, right = to_number(one), to_number(two)
        return left == right or abs(left - right) < CLOSE
    return to_text(one) == to_text(two)


def _ordered(test: Callable[[float, float], bool]) -> Callable[[XValue, XValue], bool]:
    def compare(left: XValue, right: XValue) -> bool:
        ones, twos = each(left), each(right)
        return any(test(to_number(one), to_number(two)) for one in ones for two in twos)

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
