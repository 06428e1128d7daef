"""Numbers, truth and sums."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, localcontext

from desktop.forms.xpath.functions.signature import Function, nodes_of, numbers_of, truths_of
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import NAN, XValue, stored, to_boolean, to_number

_MOST_PLACES = 30  # JavaRosa: more is not a number


def _round(scope: Scope, value: XValue, digits: XValue = 0.0) -> float:
    """To so many decimals, halves upwards; fewer than none rounds to tens and hundreds."""
    number, wanted = to_number(value), to_number(digits)
    places = int(wanted) if math.isfinite(wanted) else 0
    if not math.isfinite(number):
        return number
    if abs(places) > _MOST_PLACES:
        return NAN
    with localcontext() as context:
        context.prec = 400
        halves = ROUND_HALF_UP if number >= 0 else ROUND_HALF_DOWN
        return float(Decimal(repr(number)).scaleb(places).quantize(Decimal(1), halves).scaleb(-places))


def _whole(change: Callable[[float], int]) -> Callable[[Scope, XValue], float]:
    def work(scope: Scope, value: XValue) -> float:
        number = to_number(value)
        return float(change(number)) if math.isfinite(number) else number

    return work


def _real(change: Callable[[float], float]) -> Callable[[Scope, XValue], float]:
    """A function of the mathematics library; not a number where it has no value."""

    def work(scope: Scope, value: XValue) -> float:
        try:
            return change(to_number(value))
        except OverflowError:
            return math.inf
        except ValueError:
            return NAN

    return work


def _logarithm(change: Callable[[float], float]) -> Callable[[Scope, XValue], float]:
    """Of 0 it is endlessly far below."""
    work = _real(change)
    return lambda scope, value: -math.inf if to_number(value) == 0 else work(scope, value)


def _power(scope: Scope, base: XValue, exponent: XValue) -> float:
    try:
        return math.pow(to_number(base), to_number(exponent))
    except OverflowError:
        return math.inf
    except ValueError:
        return NAN


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., float]:
    """Among what is a number; not a number if nothing is."""

    def work(scope: Scope, *values: XValue) -> float:
        numbers = [number for number in numbers_of(values) if number == number]
        return choose(numbers) if numbers else NAN

    return work


def _sum(scope: Scope, nodes: XValue) -> float:
    """Of what is a number; of nothing it is 0."""
    return float(sum(number for number in numbers_of((nodes_of(nodes),)) if number == number))


def _count_non_empty(scope: Scope, nodes: XValue) -> float:
    return float(sum(1 for node in nodes_of(nodes) if node.content() != ""))


def _boolean_from_string(scope: Scope, value: XValue) -> bool:
    return stored(value).lower() in ("true", "1")


def _within(amount: float, least: XValue, most: XValue) -> bool:
    low, high = to_number(least), to_number(most)
    return (low < 0 or amount >= low) and (high < 0 or amount <= high)


def _checklist(scope: Scope, least: XValue, most: XValue, *values: XValue) -> bool:
    return _within(float(sum(truths_of(values))), least, most)


def _weighted_checklist(scope: Scope, least: XValue, most: XValue, *pairs: XValue) -> bool:
    flags, weights = truths_of(pairs[::2]), numbers_of(pairs[1::2])
    return _within(sum(weight for flag, weight in zip(flags, weights) if flag), least, most)


def _number(scope: Scope, value: XValue | None = None) -> float:
    return to_number((scope.node,) if value is None else value)


def _int(scope: Scope, value: XValue) -> float:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


FUNCTIONS = {
    "true": Function(lambda scope: True, 0, 0),
    "false": Function(lambda scope: False, 0, 0),
    "not": Function(lambda scope, value: not to_boolean(value), 1, 1),
    "boolean": Function(lambda scope, value: to_boolean(value), 1, 1),
    "boolean-from-string": Function(_boolean_from_string, 1, 1),
    "number": Function(_number, 0, 1),
    "int": Function(_int, 1, 1),
    "round": Function(_round, 1, 2),
    "floor": Function(_whole(math.floor), 1, 1),
    "ceiling": Function(_whole(math.ceil), 1, 1),
    "abs": Function(lambda scope, value: abs(to_number(value)), 1, 1),
    "pow": Function(_power, 2, 2),
    "sqrt": Function(_real(math.sqrt), 1, 1),
    "exp": Function(_real(math.exp), 1, 1),
    "exp10": Function(_real(lambda number: math.pow(10.0, number)), 1, 1),
    "log": Function(_logarithm(math.log), 1, 1),
    "log10": Function(_logarithm(math.log10), 1, 1),
    "sin": Function(_real(math.sin), 1, 1),
    "cos": Function(_real(math.cos), 1, 1),
    "tan": Function(_real(math.tan), 1, 1),
    "asin": Function(_real(math.asin), 1, 1),
    "acos": Function(_real(math.acos), 1, 1),
    "atan": Function(_real(math.atan), 1, 1),
    "atan2": Function(lambda scope, y, x: math.atan2(to_number(y), to_number(x)), 2, 2),
    "pi": Function(lambda scope: math.pi, 0, 0),
    "random": Function(lambda scope: random.random(), 0, 0),  # noqa: S311  (nothing secret comes from it)
    "sum": Function(_sum, 1, 1),
    "count": Function(lambda scope, nodes: float(len(nodes_of(nodes))), 1, 1),
    "count-non-empty": Function(_count_non_empty, 1, 1),
    "min": Function(_extreme(min), 0, None),
    "max": Function(_extreme(max), 0, None),
    "checklist": Function(_checklist, 2, None),
    "weighted-checklist": Function(_weighted_checklist, 2, None, even=True),
}
