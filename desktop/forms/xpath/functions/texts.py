"""Texts."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from uuid import uuid4

from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.functions.signature import Function
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import XValue, to_number, to_text


def _all_texts(values: tuple[XValue, ...]) -> list[str]:
    """Every text of every argument: a node-set gives one for each node."""
    found: list[str] = []
    for value in values:
        found += [to_text(value)] if isinstance(value, (str, float, bool)) else [to_text((node,)) for node in value]
    return found


def _substr(scope: Scope, value: XValue, begin: XValue, end: XValue | None = None) -> str:
    """Counted from 0; `end` is not included; negative numbers count from the end."""
    text, first = to_text(value), to_number(begin)
    last = float(len(text)) if end is None else to_number(end)
    if not math.isfinite(first) or not math.isfinite(last):
        return ""
    return text[int(first) : int(last)]


def _substring(scope: Scope, value: XValue, begin: XValue, length: XValue | None = None) -> str:
    """Of XPath: counted from 1, bounds rounded."""
    text, first = to_text(value), to_number(begin)
    if not math.isfinite(first) and first != -math.inf:
        return ""
    start = math.floor(first + 0.5) if math.isfinite(first) else first
    size = math.inf if length is None else to_number(length)
    end = start + (math.floor(size + 0.5) if math.isfinite(size) else size)
    return "".join(character for place, character in enumerate(text, start=1) if start <= place < end)


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


@lru_cache(maxsize=512)
def _pattern(source: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as error:
        raise EvaluationError(f"regex: {error}") from None


def _regex(scope: Scope, value: XValue, pattern: XValue) -> bool:
    """True if the whole text matches, as in JavaRosa."""
    return _pattern(to_text(pattern)).fullmatch(to_text(value)) is not None


def _uuid(scope: Scope, length: XValue | None = None) -> str:
    fresh = str(uuid4())
    return fresh if length is None else fresh.replace("-", "")[: max(0, int(to_number(length)))]


def _own(scope: Scope, value: XValue | None) -> str:
    return to_text((scope.node,) if value is None else value)


FUNCTIONS = {
    "concat": Function(lambda scope, *values: "".join(_all_texts(values)), 0, None),
    "join": Function(lambda scope, mark, *values: to_text(mark).join(_all_texts(values)), 1, None),
    "string-length": Function(lambda scope, value=None: float(len(_own(scope, value))), 0, 1),
    "normalize-space": Function(lambda scope, value=None: " ".join(_own(scope, value).split()), 0, 1),
    "contains": Function(lambda scope, value, part: to_text(part) in to_text(value), 2, 2),
    "starts-with": Function(lambda scope, value, part: to_text(value).startswith(to_text(part)), 2, 2),
    "ends-with": Function(lambda scope, value, part: to_text(value).endswith(to_text(part)), 2, 2),
    "substr": Function(_substr, 2, 3),
    "substring": Function(_substring, 2, 3),
    "substring-before": Function(_before, 2, 2),
    "substring-after": Function(_after, 2, 2),
    "translate": Function(_translate, 3, 3),
    "regex": Function(_regex, 2, 2),
    "uuid": Function(_uuid, 0, 1),
    "jr:itext": Function(lambda scope, name: scope.world.translation(to_text(name)), 1, 1),
}
