"""Days and moments as people say them, in both languages. Input is ISO text as the services give it; "" gives ""."""

from __future__ import annotations

from datetime import date, datetime

from desktop.words.labels import date_text
from ui import words
from ui.words import counted, digits, mark, tr

_DAYS = (mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"), mark("Sunday"))
_SHORT_DAYS = (
    mark("Mon {time}"), mark("Tue {time}"), mark("Wed {time}"), mark("Thu {time}"), mark("Fri {time}"), mark("Sat {time}"), mark("Sun {time}"),
)
_MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July"), mark("August"),
    mark("September"), mark("October"), mark("November"), mark("December"),
)


def today() -> date:
    """The day on this laptop."""
    return date.today()


def _moment(iso: str) -> datetime:
    """The moment in the time of this laptop; an ISO text with a zone is brought into it."""
    found = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    return found.astimezone().replace(tzinfo=None) if found.tzinfo else found


def day(iso: str, *, weekday: bool = False) -> str:
    """``21 November``, with the year if it is not this one; ``Saturday 21 November`` with `weekday`. Where only the month or the year is known,
    ``November 2026`` or ``2026``."""
    if not iso:
        return ""
    try:
        found = _moment(iso).date()
    except ValueError:  # a month or a year; another site may also write days that only `desktop.domain.births.earliest` reads
        return digits(date_text(iso, words.language()))
    number, month = digits(str(found.day)), tr(_MONTHS[found.month - 1])
    if weekday:
        return tr("{weekday} {day} {month}", weekday=tr(_DAYS[found.weekday()]), day=number, month=month)
    if found.year != today().year:
        return tr("{day} {month} {year}", day=number, month=month, year=digits(str(found.year)))
    return tr("{day} {month}", day=number, month=month)


def short_days() -> tuple[str, ...]:
    """``Mon`` to ``Sun``."""
    return tuple(tr(day, time="").strip() for day in _SHORT_DAYS)


def month(number: int) -> str:
    """The name of a month, 1 to 12."""
    return tr(_MONTHS[number - 1])


def clock(iso: str) -> str:
    """``14:32``, in digits that people compare."""
    return _moment(iso).strftime("%H:%M") if iso else ""


def moment(iso: str) -> str:
    """``today 14:32``, ``yesterday 19:05``, ``Thu 18:00`` within six days, else ``19 November, 16:40``. A day without a time has none."""
    if not iso:
        return ""
    found = _moment(iso)
    time = found.strftime("%H:%M") if len(iso) > 10 else ""
    apart = (found.date() - today()).days
    near = {0: mark("today {time}"), -1: mark("yesterday {time}"), 1: mark("tomorrow {time}")}.get(apart)
    if near is None and -7 < apart < 7:
        near = _SHORT_DAYS[found.weekday()]
    if near is not None:
        return tr(near, time=time).strip()
    return tr("{day}, {time}", day=day(iso), time=time) if time else day(iso)


def ago(iso: str) -> str:
    """``today``, ``yesterday``, ``3 days ago``, ``4 months ago``; "never" for ""."""
    if not iso:
        return tr("never")
    days = (today() - _moment(iso).date()).days
    if days <= 0:
        return tr("today")
    if days == 1:
        return tr("yesterday")
    if days < 60:
        return counted(days, "{n} day ago", "{n} days ago")
    return counted(days // 30, "{n} month ago", "{n} months ago")


def since(iso: str) -> str:
    """How long somebody is here: ``today``, ``2 days``, ``3 months``."""
    if not iso:
        return ""
    days = (today() - _moment(iso).date()).days
    if days <= 0:
        return tr("today")
    if days < 60:
        return counted(days, "{n} day", "{n} days")
    return counted(days // 30, "{n} month", "{n} months")


def late(hours: int) -> str:
    """``2 h late`` up to a day, then ``2 days late``."""
    if hours < 24:
        return tr("{n} h late", n=max(1, hours))
    return counted(hours // 24, "{n} day late", "{n} days late")


def size(number: int) -> str:
    """Bytes as people say them: ``14.2 GB``, ``0.3 MB``, ``12 KB``."""
    for unit, step in (("GB", 10**9), ("MB", 10**6)):
        if number >= step // 10:
            return f"{number / step:.1f} {unit}" if number < 100 * step else f"{number / step:.0f} {unit}"
    return f"{-(-number // 1000)} KB"


def people(number: int) -> str:
    """``1 person``, ``4 people``."""
    return counted(number, "{n} person", "{n} people")

