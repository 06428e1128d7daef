"""Dates and times."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta, timezone

from desktop.forms.xpath.elements import Scalar
from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.functions.signature import Function
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import NAN, Moment, XValue, blank, days_of, offset_of, scalar, to_number, to_text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = 86400  # seconds
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?\s*(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)


_FURTHEST = 2.0**31  # days from 1970, in JavaRosa


def _date(scope: Scope, value: XValue) -> XValue:
    """A date from a text, or from a number of days since 1970; the time of day is dropped. Blank stays blank."""
    plain = scalar(value)
    moment = plain if isinstance(plain, Moment) else Moment.read(plain) if isinstance(plain, str) else None
    if moment is not None:
        return Moment.on_day(moment.day if _is_of_here(scope, moment) else moment.days + (scope.world.now.offset or 0.0)) or ""
    return plain if blank(plain) else Moment.on_day(math.trunc(_days(plain))) or ""


def _is_of_here(scope: Scope, moment: Moment) -> bool:
    """Whether it was written by a clock in the zone of this form's clock, or names no zone."""
    return moment.offset is None or moment.offset == (scope.world.now.offset or 0.0)


def _date_time(scope: Scope, value: XValue) -> XValue:
    """A date with its time, on the clock of this form."""
    plain = scalar(value)
    moment = plain if isinstance(plain, Moment) else Moment.read(plain) if isinstance(plain, str) else None
    if moment is not None:
        return moment if _is_of_here(scope, moment) else _here(scope, moment.days)
    return plain if blank(plain) else _here(scope, _days(plain))


def _here(scope: Scope, days: float) -> XValue:
    """The moment that is so many days after 1970 in UTC, as the clock of this form shows it."""
    offset = scope.world.now.offset
    when = _from_days(days + (offset or 0.0))
    if when is None:
        return ""
    zone = None if offset is None else timezone(timedelta(days=offset))
    return Moment.of(when.replace(tzinfo=zone))


def _days(plain: Scalar) -> float:
    """EvaluationError if it is no number of days."""
    days = to_number(plain)
    if isinstance(plain, bool) or not -_FURTHEST <= days <= _FURTHEST:
        raise EvaluationError("not a date")
    return days


def _decimal_date_time(scope: Scope, value: XValue) -> XValue:
    """Days since 1970 in UTC with the time of day as their fraction."""
    plain = scalar(value)
    if blank(plain):
        return plain
    moment = plain if isinstance(plain, Moment) else Moment.read(plain) if isinstance(plain, str) else None
    if moment is None:
        return _days(plain)
    return moment.days if moment.offset is not None else moment.days - (scope.world.now.offset or 0.0)


def _decimal_time(scope: Scope, value: XValue) -> float:
    """The part of a day that has passed at this time on the clock of this form."""
    plain = scalar(value)
    if isinstance(plain, float):
        return plain - math.floor(plain) if math.isfinite(plain) else NAN
    text = str(plain)
    if days_of(text) is not None:
        text = text[11:] or "00:00"
    match = _CLOCK.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59 or float(match[3] or 0) >= 60:
        return NAN
    passed = int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3] or 0)
    offset = None if match[4] is None else offset_of(match[4])
    if match[4] is None:
        return passed / _DAY
    return NAN if offset is None else (passed + round(((scope.world.now.offset or 0.0) - offset) * _DAY)) % _DAY / _DAY


def _format(scope: Scope, value: XValue, pattern: XValue) -> str:
    """The date by a pattern of ``%Y %y %m %n %b %d %e %H %h %M %S %3 %a %W``; blank stays blank."""
    plain = scalar(value)
    if blank(plain):
        return ""
    when = _local(plain) if isinstance(plain, str) else _from_days(_days(plain))
    if when is None:
        raise EvaluationError("not a date")
    marks = {
        "Y": f"{when.year:04d}", "y": f"{when.year % 100:02d}", "m": f"{when.month:02d}", "n": str(when.month),
        "b": _MONTHS[when.month - 1], "d": f"{when.day:02d}", "e": str(when.day), "H": f"{when.hour:02d}", "h": str(when.hour),
        "M": f"{when.minute:02d}", "S": f"{when.second:02d}", "3": f"{when.microsecond // 1000:03d}",
        "a": _DAYS[when.weekday()], "W": str(when.isocalendar()[1]), "%": "%",
    }

    def mark(match: re.Match[str]) -> str:
        if match[1] not in marks:
            raise EvaluationError(f"unknown mark {match[0]} in a date")
        return marks[match[1]]

    return re.sub("%(.?)", mark, to_text(pattern), flags=re.DOTALL)


def _local(text: str) -> datetime | None:
    """The date and time as they are written: what the clock on the wall said, whatever its zone."""
    moment = Moment.read(text)
    return _from_days(_days(text) if moment is None else moment.days + (moment.offset or 0.0))


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
