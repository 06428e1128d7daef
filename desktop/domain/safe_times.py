"""When it is safe to talk with somebody: days of the week and from-to, on their own clock.

Only the distance between their clock and ours is known, in minutes, and never a place. A span is stored as one short text
(``135 18:00-19:30``: Monday, Wednesday and Friday; ``1234567``: any day), so that two volunteers who add different spans never disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

EVERY_DAY = frozenset(range(1, 8))
AHEAD_MOST = 26 * 60
"""Two clocks on earth are never further apart, in minutes."""

_TEXT = re.compile(r"([1-7]{1,7}) (\d\d):(\d\d)-(\d\d):(\d\d)")
_DAY = 24 * 60


@dataclass(frozen=True)
class Span:
    """`days`: 1 Monday to 7 Sunday. `start` and `end` are minutes of the day; an end before the start is on the day after."""

    days: frozenset[int]
    start: int
    end: int

    def text(self) -> str:
        """As it is stored."""
        return f"{''.join(map(str, sorted(self.days)))} {clock(self.start)}-{clock(self.end)}"

    @property
    def length(self) -> int:
        """Minutes from start to end."""
        return (self.end - self.start) % _DAY


def clock(minutes: int) -> str:
    """``18:00`` for minutes of a day."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def read(text: str) -> Span | None:
    """The span that a text says, or None."""
    found = _TEXT.fullmatch(text)
    if found is None:
        return None
    hours = [int(part) for part in found.groups()[1:]]
    if hours[0] > 23 or hours[2] > 23 or hours[1] > 59 or hours[3] > 59:
        return None
    made = Span(frozenset(map(int, found[1])), hours[0] * 60 + hours[1], hours[2] * 60 + hours[3])
    return made if made.length else None


def spans(texts: Iterable[str]) -> tuple[Span, ...]:
    """The spans that can be read, the earliest days first."""
    found = [span for text in texts if (span := read(text)) is not None]
    return tuple(sorted(found, key=lambda span: (min(span.days), span.start, span.text())))


def _openings(known: Sequence[Span], theirs: datetime) -> Iterable[tuple[datetime, datetime]]:
    """Start and end of every span from the day before to eight days after a moment on their clock."""
    midnight = theirs.replace(hour=0, minute=0, second=0, microsecond=0)
    for apart in range(-1, 9):
        day = midnight + timedelta(days=apart)
        for span in known:
            if day.isoweekday() in span.days:
                start = day + timedelta(minutes=span.start)
                yield start, start + timedelta(minutes=span.length)


def safe_until(known: Sequence[Span], theirs: datetime) -> datetime | None:
    """The end of the span that a moment on their clock lies in (the latest of them), or None if it lies in none."""
    ends = [end for start, end in _openings(known, theirs) if start <= theirs < end]
    return max(ends) if ends else None


def next_start(known: Sequence[Span], theirs: datetime) -> datetime | None:
    """When the next span begins after a moment on their clock; None if no span is known."""
    starts = [start for start, _ in _openings(known, theirs) if start > theirs]
    return min(starts) if starts else None
