"""Dates and times."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta

from desktop.forms.xpath.elements import Scalar
from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.functions.signature import Function
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import NAN, Moment, XValue, days_of, scalar, to_number, to_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(?:Z|[+-]\d\d:?\d\d)?")


def _date(scope: Scope, value: XValue) -> XValue:
    """A date from a text, or from a number of days since 1970; the time of day is dropped. Blank stays blank."""
    plain = scalar(value)
    if isinstance(plain, str) and days_of(plain) is not None:
        return Moment.read(plain[:10]) or _date_of_short(plain)
    return Moment.on_day(_days(plain)) or "" if plain != "" else ""


def _date_of_short(text: str) -> XValue:
    """Of dates written without leading zeros."""
    days = days_of(text)
    return Moment.on_day(days) or "" if days is not None else ""


def _date_time(scope: Scope, value: XValue) -> XValue:
    plain = scalar(value)
    if isinstance(plain, str) and days_of(plain) is not None:
        return Moment.read(plain) or plain
    when = _from_days(_days(plain)) if plain != "" else None
    return "" if when is None else Moment.of(when)


def _days(plain: Scalar) -> float:
    """EvaluationError if it is no number of days."""
    days = to_number(plain)
    if not math.isfinite(days):
        raise EvaluationError("not a date")
    return days


def _decimal_date_time(scope: Scope, value: XValue) -> float:
    """Days since 1970 with the time of day as their fraction."""
    plain = scalar(value)
    if isinstance(plain, Moment):
        return plain.days
    if isinstance(plain, str):
        days = days_of(plain)
        return to_number(plain) if days is None else days
    return to_number(plain)


def _decimal_time(scope: Scope, value: XValue) -> float:
    """The part of a day that has passed at this time."""
    match = _CLOCK.fullmatch(to_text(value))
    if match is None:
        return NAN
    return (int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3] or 0)) / 86400


def _format(scope: Scope, value: XValue, pattern: XValue) -> str:
    """The date by a pattern of ``%Y %y %m %n %b %d %e %H %h %M %S %3 %a %W``; blank stays blank."""
    plain = scalar(value)
    if plain == "":
        return ""
    when = _local(plain) if isinstance(plain, str) else _from_days(to_number(plain))
    if when is None:
        raise EvaluationError("not a date")
    marks = {
        "Y": f"{when.year:04d}", "y": f"{when.year % 100:02d}", "m": f"{when.month:02d}", "n": str(when.month),
        "b": _MONTHS[when.month - 1], "d": f"{when.day:02d}", "e": str(when.day), "H": f"{when.hour:02d}", "h": str(when.hour),
        "M": f"{when.minute:02d}", "S": f"{when.second:02d}", "3": f"{when.microsecond // 1000:03d}",
        "a": _DAYS[when.weekday()], "W": str(when.isocalendar()[1]), "%": "%",
    }
    return re.sub("%(.)", lambda match: marks.get(match[1], ""), to_text(pattern))


def _local(text: str) -> datetime | None:
    """The date and time as they are written: what the clock on the wall said, whatever its zone."""
    if days_of(text) is None:
        return _from_days(to_number(text))
    bare = re.sub(r"\s*(Z|[+-]\d\d(:?\d\d)?)$", "", text) if len(text) > 10 else text
    days = days_of(bare)
    return None if days is None else _from_days(days)


def _from_days(days: float) -> datetime | None:
    if not math.isfinite(days):
        return None
    try:
        return datetime(1970, 1, 1) + timedelta(milliseconds=round(days * 86400_000))
    except OverflowError:
        return None


FUNCTIONS = {
    "today": Function(lambda scope: scope.world.today, 0, 0),
    "now": Function(lambda scope: scope.world.now, 0, 0),
    "date": Function(_date, 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "decimal-date-time": Function(_decimal_date_time, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
    "format-date": Function(_format, 2, 2),
    "format-date-time": Function(_format, 2, 2),
}
