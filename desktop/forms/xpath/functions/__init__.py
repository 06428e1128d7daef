"""All functions by name."""

from __future__ import annotations

from desktop.forms.xpath.errors import ExpressionError
from desktop.forms.xpath.functions import dates, nodes, numbers, selects, texts
from desktop.forms.xpath.functions.signature import Function

FUNCTIONS: dict[str, Function] = {
    **numbers.FUNCTIONS, **texts.FUNCTIONS, **dates.FUNCTIONS, **nodes.FUNCTIONS, **selects.FUNCTIONS,
}
_SPECIAL = {"if": (3, 3), "coalesce": (1, None), "once": (1, 1), "indexed-repeat": (3, None)}


def check_count(name: str, given: int) -> None:
    """ExpressionError if the function cannot take so many arguments."""
    if name in _SPECIAL:
        least, most = _SPECIAL[name]
    else:
        least, most = FUNCTIONS[name].least, FUNCTIONS[name].most
    if given < least or (most is not None and given > most):
        raise ExpressionError("arguments", name)
