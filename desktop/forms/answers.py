"""Which texts a question of each type takes, and how they are stored."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.forms.xpath.values import days_of

_INTEGER = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"-?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_POINT = re.compile(r"-?\d{1,3}(\.\d+)?( -?\d{1,3}(\.\d+)?( -?\d+(\.\d+)?){0,2})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def accepts(kind: str, text: str) -> bool:
    """Whether a question of that type can hold the text; "" always fits. Choices are judged elsewhere."""
    if not text:
        return True
    test = _TESTS.get(kind)
    if test is None:
        return _CONTROL.search(text) is None
    return test(text)


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None and days_of(text) is not None


def _is_datetime(text: str) -> bool:
    day, mark, clock = text.partition("T")
    return bool(mark) and _is_date(day) and _TIME.fullmatch(clock) is not None


def _is_point(text: str) -> bool:
    if _POINT.fullmatch(text) is None:
        return False
    latitude, longitude = (float(part) for part in text.split()[:2])
    return abs(latitude) <= 90 and abs(longitude) <= 180


_TESTS: dict[str, Callable[[str], bool]] = {
    "integer": lambda text: _INTEGER.fullmatch(text) is not None,
    "decimal": lambda text: _DECIMAL.fullmatch(text) is not None,
    "range": lambda text: _DECIMAL.fullmatch(text) is not None,
    "date": _is_date,
    "datetime": _is_datetime,
    "time": lambda text: _TIME.fullmatch(text) is not None,
    "geopoint": _is_point,
    "acknowledge": lambda text: text == "OK",
    "file": lambda text: _CONTROL.search(text) is None and not {"/", "\\"} & set(text) and text not in (".", ".."),
    "boolean": lambda text: text in ("true", "false"),
}
