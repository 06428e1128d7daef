"""Moments and times as they are typed, and as they are stored."""

from __future__ import annotations

import re
from datetime import datetime

from ui.digits import plain_digits

_TIME = re.compile(r"(\d{1,2})\s*[:.]?\s*(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})")


def read_time(text: str) -> str:
    """``9.30``, ``930`` or ``09:30`` as ``09:30``; any other text as it is."""
    found = _TIME.fullmatch(plain_digits(text.strip()))
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return text.strip()
    return f"{int(found[1]):02}:{found[2]}"


def read_moment(text: str) -> str:
    """``21/11/2026 14:30`` as a stored moment with the zone of this laptop (``2026-11-21T14:30:00+06:30``). What is no moment keeps its
    parts, a ``T`` between them."""
    plain = " ".join(plain_digits(text).replace(",", " ").split())
    day, _, clock = plain.rpartition(" ")
    found = _DAY_FIRST.fullmatch(day)
    if found:
        parts = (found[3], found[2], found[1])
    elif year_first := _YEAR_FIRST.fullmatch(day):
        parts = (year_first[1], year_first[2], year_first[3])
    else:
        return text.strip()
    time = read_time(clock)
    try:
        moment = datetime.fromisoformat(f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}T{time}").astimezone()
    except (ValueError, OverflowError):
        return f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}T{time}"
    return moment.isoformat(timespec="seconds")


def shown(stored: str) -> str:
    """A stored moment or time as it stands in its field; "" for what is neither."""
    if re.fullmatch(r"\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)?", stored):
        return stored[:5]
    try:
        moment = datetime.fromisoformat(re.sub(r"\.\d+", "", stored).replace("Z", "+00:00"))
    except ValueError:
        found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(.*)", stored)
        return f"{found[3]}/{found[2]}/{found[1]} {found[4]}" if found else ""
    if "T" not in stored:
        return ""
    local = moment.astimezone() if moment.tzinfo else moment
    return local.strftime("%d/%m/%Y %H:%M")
