"""Values of expressions and how they turn into each other."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple, Union

from desktop.forms.xpath.elements import Element, Scalar

XValue = Union[str, float, bool, Sequence[Element]]
NAN = math.nan
WHOLE = 1e-12
_EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"-?([0-9]+([.,][0-9]*)?|[.,][0-9]+)")  # digits of the West alone, as in JavaRosa
_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d(?:\.\d+)?))?\s*(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)


class Moment(str):
    """A date, or a date with a time: its ISO text. As a number it is the whole days since 1970 of the date that is written
    (`day`); `days` has the time of day too, in UTC if the text names a zone, else by the clock that wrote it. `offset` is that
    zone: how many days its clocks are before UTC; None if none is named."""

    __slots__ = ("day", "days", "offset")
    day: float
    days: float
    offset: float | None

    @classmethod
    def read(cls, text: str) -> Moment | None:
        """The moment that a text names, or None."""
        parts = _parts(text)
        if parts is None:
            return None
        made = cls(text)
        made.day, made.days, made.offset = parts.day, parts.days, parts.offset
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


class _Parts(NamedTuple):
    day: float
    time: float
    offset: float | None

    @property
    def days(self) -> float:
        return self.day + self.time - (self.offset or 0.0)


def _parts(text: str) -> _Parts | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        day = float((date(int(match["year"]), int(match["month"]), int(match["day"])) - _EPOCH).days)
    except ValueError:
        return None
    if match["hour"] is None:
        return _Parts(day, 0.0, None)
    hour, minute, second = int(match["hour"]), int(match["minute"]), float(match["second"] or 0)
    offset = None if match["zone"] is None else offset_of(match["zone"])
    if hour > 23 or minute > 59 or second >= 60 or (offset is None and match["zone"]):
        return None
    return _Parts(day, (hour * 3600 + minute * 60 + second) / 86400, offset)


def days_of(text: str) -> float | None:
    """Days since 1970 of an ISO date or datetime, in UTC if it names its zone; None if the text is none or there is no such day."""
    parts = _parts(text)
    return None if parts is None else parts.days


def offset_of(zone: str) -> float | None:
    """The part of a day by which clocks in a zone (``Z``, ``+06:30``, ``-07``) are before those in UTC; None if there is no such zone."""
    if zone == "Z":
        return 0.0
    hours, minutes = int(zone[1:3]), int(zone[-2:] if len(zone) > 3 else 0)
    if hours > 23 or minutes > 59:
        return None
    return (hours * 60 + minutes) / 1440 * (1 if zone[0] == "+" else -1)


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
    """A number as XPath prints it: never in the form 1e+20; within `WHOLE` of a whole number, that (as JavaRosa)."""
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    nearest = round(number)
    if abs(number - nearest) < WHOLE:
        return str(nearest)
    shortest = repr(number)
    return shortest if "e" not in shortest else f"{Decimal(shortest):f}"


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
    bare = plain.strip()
    return float(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else NAN


def to_boolean(value: XValue) -> bool:
    """Texts are true unless blank, numbers unless zero or none at all. One node counts as its value, several are true."""
    if not isinstance(value, (str, float, bool)) and len(value) > 1:
        return True
    plain = scalar(value)
    if isinstance(plain, float):
        return abs(plain) > WHOLE
    return bool(plain)


def blank(value: XValue) -> bool:
    """Whether it is no answer: a blank text, no node, not a number."""
    plain = scalar(value)
    return plain != plain if isinstance(plain, float) else plain == ""
