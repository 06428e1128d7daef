"""The hybrid clock that orders entries: real time in milliseconds, and a counter where real time stands still or goes back.

A moment is one whole number, milliseconds since 1970 shifted left by 16 bits, plus the counter. Each device's own moments only grow,
and an entry is later than everything its author had read. An entry from a device whose clock is far ahead is kept, but does not
drag ours along: else one laptop with the wrong year would spoil the times of all.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

AHEAD = timedelta(hours=48)
COUNTER_BITS = 16
MOST = 1 << 62
_START = datetime(1970, 1, 1, tzinfo=timezone.utc)
_AHEAD = int(AHEAD.total_seconds()) * 1000 << COUNTER_BITS


def moment(when: datetime) -> int:
    """The first moment of that millisecond. `when` knows its time zone."""
    return max(0, (when - _START) // timedelta(milliseconds=1)) << COUNTER_BITS


def when(at: int) -> datetime:
    """The real time of a moment, UTC. A moment that no calendar holds is shown as the last year it has."""
    try:
        return _START + timedelta(milliseconds=at >> COUNTER_BITS)
    except OverflowError:
        return datetime.max.replace(tzinfo=timezone.utc)


def is_ahead(at: int, now: int) -> bool:
    """True if the moment is more than 48 hours after `now`."""
    return at > now + _AHEAD


def following(last: int, now: int) -> int:
    """The moment for the next entry: now, or just after `last`, the latest moment seen; unless that one is far ahead of `now`."""
    return now if is_ahead(last, now) else max(last + 1, now)
