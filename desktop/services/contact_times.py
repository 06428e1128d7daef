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


def is_clock(stored: Value) -> bool:
    """True for what can be the distance of a clock from the world's."""
    return isinstance(stored, int) and abs(stored) <= AHEAD_MOST


def ahead(session: Session, stored: Value) -> int:
    """Minutes that their clock is ahead of ours, from what is stored: minutes ahead of the world's clock, which every site reads right."""
    return stored - our_offset(session) if isinstance(stored, int) and is_clock(stored) else 0


def on_our_clock(session: Session, moment: str) -> str:
    """A moment as it is stored (with the clock of the site that wrote it, or of no site) in ISO text on our clock."""
    if not moment:
        return ""
    found = datetime.fromisoformat(moment)
    return (found.astimezone(session.now().tzinfo) if found.tzinfo else found).strftime("%Y-%m-%dT%H:%M")


def shifted(moment: str, minutes: int) -> str:
    """A moment so many minutes later; "" for ""."""
    return (datetime.fromisoformat(moment) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M") if moment else ""


def as_seen(session: Session, name: str, stored: Value) -> Value:
    """A value of a contact as it is read here: moments on our clock, and their clock beside ours. The other way round: `with_clock`."""
    if name == "clock_ahead" and is_clock(stored):
        return ahead(session, stored)
    if name == "next_talk" and isinstance(stored, str):
        try:
            return on_our_clock(session, stored)
        except (ValueError, OverflowError):
            return stored
    return stored


def with_clock(session: Session, values: Mapping[str, Value]) -> dict[str, Value]:
    """Values of a contact as they are stored: a moment with the clock it was told on, and their clock, told beside ours, beside the
    world's: so a site with another clock reads both right, and two sites that mean the same never disagree."""
    stored = dict(values)
    moment = stored.get("next_talk")
    if isinstance(moment, str) and moment:
        told = datetime.fromisoformat(moment)
        if told.tzinfo is None:
            stored["next_talk"] = told.replace(tzinfo=session.now().tzinfo).isoformat(timespec="minutes")
    clock = stored.get("clock_ahead")
    if isinstance(clock, int):
        stored["clock_ahead"] = clock + our_offset(session)
    return stored


def safe_now(session: Session, values: Mapping[str, Value]) -> SafeTimes:
    """The safe times of a contact with these values, seen from now."""
    told = values.get("safe_hours")
    known = safe_times.spans(told) if isinstance(told, (list, tuple)) else ()
    minutes = ahead(session, values.get("clock_ahead"))
    theirs = session.now().replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=minutes)
    until, coming = safe_times.safe_until(known, theirs), safe_times.next_start(known, theirs)
    return SafeTimes(
        known, minutes, is_clock(values.get("clock_ahead")), _text(theirs), _text(until, minutes), _text(coming, minutes)
    )


def is_safe(times: SafeTimes, moment: str) -> bool:
    """True if a moment on our clock lies in a safe time, or if no safe times are known."""
    if not times.spans or not moment:
        return True
    return safe_times.safe_until(times.spans, datetime.fromisoformat(shifted(moment, times.ahead))) is not None


def _text(theirs: datetime | None, minutes: int = 0) -> str:
    """A moment on their clock, taken back to ours, as text."""
    return "" if theirs is None else (theirs - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
