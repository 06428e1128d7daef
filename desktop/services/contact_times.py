"""Clocks of contacts: when it is safe to talk, on their clock and on ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain import safe_times
from desktop.domain.safe_times import AHEAD_MOST, Span
from desktop.domain.values import Value
from desktop.services.session import Session


@dataclass(frozen=True)
class SafeTimes:
    """When it is safe to talk with somebody. Moments are ISO text with minutes; "" where there is none."""

    spans: tuple[Span, ...]  # on their clock
    ahead: int  # minutes that their clock is ahead of ours; below 0 behind
    clock_known: bool  # False: nobody has said it, and 0 is taken for it
    theirs: str  # the time on their clock now
    until: str  # on our clock: until when it is safe now; "" if now is not a safe time
    next: str  # on our clock: when the next safe time begins


def our_offset(session: Session) -> int:
    """Minutes of our own clock from the world's, now."""
    return int((session.now().utcoffset() or timedelta()).total_seconds()) // 60


def ahead(session: Session, told: Value, told_from: Value) -> int:
    """Minutes that their clock is ahead of ours: what was told, and told from a clock that may have been that of another site."""
    ours = our_offset(session)
    base = told_from if isinstance(told_from, int) and abs(told_from) <= AHEAD_MOST else ours
    return told + base - ours if isinstance(told, int) and abs(told) <= AHEAD_MOST else 0


def on_our_clock(session: Session, moment: str) -> str:
    """A moment as it is stored (with the clock of the site that wrote it, or of no site) in ISO text on our clock."""
    if not moment:
        return ""
    found = datetime.fromisoformat(moment)
    return (found.astimezone(session.now().tzinfo) if found.tzinfo else found).strftime("%Y-%m-%dT%H:%M")


def shifted(moment: str, minutes: int) -> str:
    """A moment so many minutes later; "" for ""."""
    return (datetime.fromisoformat(moment) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M") if moment else ""


def with_clock(session: Session, values: Mapping[str, Value]) -> dict[str, Value]:
    """Values of a contact as they are stored: a moment with the clock it was told on, another clock with ours that it was compared to, so
    that a site with another clock reads both right."""
    stored = dict(values)
    moment = stored.get("next_talk")
    if isinstance(moment, str) and moment:
        told = datetime.fromisoformat(moment)
        if told.tzinfo is None:
            stored["next_talk"] = told.replace(tzinfo=session.now().tzinfo).isoformat(timespec="minutes")
    if "clock_ahead" in stored:
        stored["clock_from"] = our_offset(session) if isinstance(stored["clock_ahead"], int) else None
    return stored


def safe_now(session: Session, values: Mapping[str, Value]) -> SafeTimes:
    """The safe times of a contact with these values, seen from now."""
    told = values.get("safe_hours")
    known = safe_times.spans(told) if isinstance(told, (list, tuple)) else ()
    minutes = ahead(session, values.get("clock_ahead"), values.get("clock_from"))
    theirs = session.now().replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=minutes)
    until, coming = safe_times.safe_until(known, theirs), safe_times.next_start(known, theirs)
    return SafeTimes(
        known, minutes, isinstance(values.get("clock_ahead"), int), _text(theirs), _text(until, minutes), _text(coming, minutes)
    )


def is_safe(times: SafeTimes, moment: str) -> bool:
    """True if a moment on our clock lies in a safe time, or if no safe times are known."""
    if not times.spans or not moment:
        return True
    return safe_times.safe_until(times.spans, datetime.fromisoformat(shifted(moment, times.ahead))) is not None


def _text(theirs: datetime | None, minutes: int = 0) -> str:
    """A moment on their clock, taken back to ours, as text."""
    return "" if theirs is None else (theirs - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
