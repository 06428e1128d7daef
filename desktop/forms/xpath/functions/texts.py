"""Texts."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.functions.signature import Function, texts_of
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import XValue, to_number, to_text

_LONGEST = 1_000_000
"""Signs that a text of several parts may have: texts that double themselves a few times would fill any memory."""

_SPACE = re.compile(r"[ \t\r\n]+")  # what XML calls space


def _substr(scope: Scope, value: XValue, begin: XValue, end: XValue | None = None) -> str:
    """Counted from 0; `end` is not included; negative numbers count from the end; what is no number is 0."""
    text = to_text(value)
    return text[_index(text, begin) : len(text) if end is None else _index(text, end)]


def _index(text: str, value: XValue) -> int:
    number = to_number(value)
    return int(max(-len(text), min(len(text), number))) if number == number else 0


def _substring(scope: Scope, value: XValue, begin: XValue, length: XValue | None = None) -> str:
    """Of XPath: counted from 1, bounds rounded."""
    text, first = to_text(value), _rounded(to_number(begin))
    end = math.inf if length is None else first + _rounded(to_number(length))
    return "".join(character for place, character in enumerate(text, start=1) if first <= place < end)


def _rounded(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _after(scope: Scope, value: XValue, mark: XValue) -> str:
    return to_text(value).partition(to_text(mark))[2] if to_text(mark) else to_text(value)


def _before(scope: Scope, value: XValue, mark: XValue) -> str:
    head, found, _ = to_text(value).partition(to_text(mark)) if to_text(mark) else ("", "", "")
    return head if found else ""


def _translate(scope: Scope, value: XValue, old: XValue, new: XValue) -> str:
    table: dict[int, str | None] = {}
    becomes = to_text(new)
    for place, character in enumerate(to_text(old)):
        table.setdefault(ord(character), becomes[place] if place < len(becomes) else None)
    return to_text(value).translate(table)


def _joined(mark: str, values: Sequence[XValue]) -> str:
    parts = list(texts_of(values))
    if sum(map(len, parts)) + len(mark) * len(parts) > _LONGEST:
        raise EvaluationError("the text is too long")
    return mark.join(parts)


def _own(scope: Scope, value: XValue | None) -> str:
    return to_text((scope.node,) if value is None else value)


def _normalized(scope: Scope, value: XValue | None = None) -> str:
    return _SPACE.sub(" ", _own(scope, value)).strip(" ")


FUNCTIONS = {
    "string": Function(lambda scope, value=None: _own(scope, value), 0, 1),
    "concat": Function(lambda scope, *values: _joined("", values), 0, None),
    "join": Function(lambda scope, mark, *values: _joined(to_text(mark), values), 1, None),
    "string-length": Function(lambda scope, value=None: float(len(_own(scope, value))), 0, 1),
    "normalize-space": Function(_normalized, 0, 1),
    "contains": Function(lambda scope, value, part: to_text(part) in to_text(value), 2, 2),
    "starts-with": Function(lambda scope, value, part: to_text(value).startswith(to_text(part)), 2, 2),
    "ends-with": Function(lambda scope, value, part: to_text(value).endswith(to_text(part)), 2, 2),
    "substr": Function(_substr, 2, 3),
    "substring": Function(_substring, 2, 3),
    "substring-before": Function(_before, 2, 2),
    "substring-after": Function(_after, 2, 2),
    "translate": Function(_translate, 3, 3),
    "jr:itext": Function(lambda scope, name: scope.world.translation(to_text(name)), 1, 1),
}
