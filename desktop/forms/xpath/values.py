"""Values of expressions and how they turn into each other."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Union

from desktop.forms.xpath.elements import Element, Scalar

XValue = Union[str, float, bool, Sequence[Element]]
NAN = math.nan
_EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*")
_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d(?:\.\d+)?))?\s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?"
)


class Moment(str):
    """A date, or a date with a time: its ISO text. As a number it is the whole days since 1970 of the date that is written
    (`day`); `days` is exact, with the time of day, in UTC."""

    __slots__ = ("day", "days")
    day: float
    days: float

    @classmethod
    def read(cls, text: str) -> Moment | None:
        """The moment that a text names, or None."""
        days = days_of(text)
        if days is None:
            return None
        made = cls(text)
        made.days = days
        made.day = days if len(text) <= 10 else days_of(text[:10]) or 0.0
        return made

    @classmethod
    def of(cls, when: date | datetime) -> Moment:
        """Dates as ``2026-01-15``, datetimes as ``2026-01-15T09:30:00.000Z`` (no zone if `when` has none)."""
        if isinstance(when, datetime):
            text = when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        else:
            text = when.isoformat()
        made = cls.read(text)
        if made is None:
            raise ValueError(text)
        return made

    @classmethod
    def on_day(cls, days: float) -> Moment | None:
        """The date that is so many whole days after 1970; None outside the years 1 to 9999."""
        try:
            return cls.of(_EPOCH + timedelta(days=math.floor(days)))
        except (OverflowError, ValueError):
            return None


def days_of(text: str) -> float | None:
    """Days since 1970 (UTC) of an ISO date or datetime; None if the text is none or there is no such day."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        days: float = (date(int(match["year"]), int(match["month"]), int(match["day"])) - _EPOCH).days
    except ValueError:
        return None
    if match["hour"] is None:
        return float(days)
    days += (int(match["hour"]) * 3600 + int(match["minute"]) * 60 + float(match["second"] or 0)) / 86400
    zone = match["zone"]
    if zone and zone != "Z":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:] if len(zone) > 3 else 0)
        days -= (minutes if zone[0] == "+" else -minutes) / 1440
    return float(days)


def scalar(value: XValue) -> Scalar:
    """A node-set as the value of its first node (blank if it has none); anything else as it is."""
    if isinstance(value, (str, float, bool)):
        return value
    if not value:
        return ""
    first = value[0]
    return first.content() if first.children else first.value


def to_text(value: XValue) -> str:
    """As expressions join and compare it: numbers without a needless ``.0``, truth as ``true`` and ``false``, of a date with a time
    the date alone (as JavaRosa does)."""
    plain = scalar(value)
    if isinstance(plain, Moment):
        return plain[:10]
    return plain if isinstance(plain, str) else _number_or_truth(plain)


def stored(value: XValue) -> str:
    """As it is stored in a form: what is not a number is blank, a date keeps its time."""
    plain = scalar(value)
    if isinstance(plain, float) and plain != plain:
        return ""
    return str(plain) if isinstance(plain, str) else _number_or_truth(plain)  # str(): a plain text, also for a moment


def _number_or_truth(plain: float | bool) -> str:
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return number_text(plain)


def number_text(number: float) -> str:
    """A number as XPath prints it: never in the form 1e+20."""
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    shortest = repr(number)
    return shortest if "e" not in shortest else f"{number:.20f}".rstrip("0")


def to_number(value: XValue) -> float:
    """Numbers and texts of numbers; dates as whole days since 1970; truth as 1 and 0; else not a number, also texts that only look
    like dates."""
    plain = scalar(value)
    if isinstance(plain, bool):
        return 1.0 if plain else 0.0
    if isinstance(plain, float):
        return plain
    if isinstance(plain, Moment):
        return plain.day
    return float(plain) if _NUMBER.fullmatch(plain) else NAN


def to_boolean(value: XValue) -> bool:
    """Texts are true unless blank, numbers unless zero. One node counts as its value, several are true."""
    if not isinstance(value, (str, float, bool)) and len(value) > 1:
        return True
    plain = scalar(value)
    if isinstance(plain, float):
        return plain == plain and plain != 0
    return bool(plain)
