"""All functions by name."""

from __future__ import annotations

from desktop.forms.xpath.errors import ExpressionError
from desktop.forms.xpath.functions import coded, dates, nodes, numbers, places, selects, texts
from desktop.forms.xpath.functions.signature import Function
from desktop.forms.xpath.syntax import Call, Expression, parts_of

FUNCTIONS: dict[str, Function] = {
    **numbers.FUNCTIONS, **texts.FUNCTIONS, **coded.FUNCTIONS, **dates.FUNCTIONS, **nodes.FUNCTIONS, **selects.FUNCTIONS,
    **places.FUNCTIONS,
}
_SPECIAL = {"if": (3, 3), "coalesce": (1, None), "once": (1, 1), "indexed-repeat": (3, None)}


def check_calls(expression: Expression) -> None:
    """ExpressionError if anywhere in it is a function that does not exist or cannot take so many arguments."""
    waiting = [expression]
    while waiting:
        at = waiting.pop()
        if isinstance(at, Call):
            check_count(at.name, len(at.arguments))
        waiting.extend(parts_of(at))


def check_count(name: str, given: int) -> None:
    """ExpressionError if there is no such function, or it cannot take so many arguments."""
    if name in _SPECIAL:
        least, most = _SPECIAL[name]
        even = False
    else:
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError("function", name)
        least, most, even = function.least, function.most, function.even
    if given < least or (most is not None and given > most) or (even and given % 2):
        raise ExpressionError("arguments", name)
