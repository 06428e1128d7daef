"""What of a person can be compared with another, made ready once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desktop.myanmar import nrc, places
from desktop.myanmar.sounds import Syllables, all_readings, keys_of, loosened
from desktop.myanmar.text import ascii_digits, folded

_PHONE_MOST, _PHONE_LEAST = 8, 6  # the last digits are compared: the beginning is written in many ways (09, +95 9)


@dataclass(frozen=True)
class Sound:
    """The names of one person by sound: every reading, its tight and its loose keys, and loose keys with one syllable left out."""

    ways: tuple[Syllables, ...] = ()
    tight: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    partly: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.ways)


@dataclass(frozen=True)
class Profile:
    """`key` is the caller's. `age` in years today; `household` tells who came together, "" if nobody knows; `site` registered them."""

    key: int
    names: Sound
    father: Sound
    mother: Sound
    age: int | None
    sex: str
    township: str
    phone: str
    paper: str
    household: str


@lru_cache(maxsize=65536)
def _sound_of(name: str) -> Sound:
    ways = all_readings(name)
    tight = frozenset(key for way in ways for key in keys_of(way))
    loose = frozenset(_loosely(key) for key in tight)
    return Sound(ways, tight, loose, frozenset(short for key in loose for short in _without_one(key)))


@lru_cache(maxsize=65536)
def _loosely(key: str) -> str:
    return " ".join(map(loosened, key.split()))


def _without_one(key: str) -> Iterable[str]:
    parts = key.split()
    if len(parts) < 2:
        return
    for at in range(len(parts)):
        yield " ".join([*parts[:at], "*", *parts[at + 1:]])


def sound(names: Iterable[str]) -> Sound:
    """All names of one person together."""
    found = [_sound_of(name) for name in dict.fromkeys(names) if name]
    if len(found) == 1:
        return found[0]
    return Sound(
        tuple(way for one in found for way in one.ways), frozenset().union(*(one.tight for one in found)),
        frozenset().union(*(one.loose for one in found)), frozenset().union(*(one.partly for one in found)),
    )


def profile(
    key: int, *, names: Iterable[str], father: str = "", mother: str = "", age: int | None = None, sex: str = "", township: str = "",
    phone: str = "", paper: str = "", household: str = "",
) -> Profile:
    """Make the facts of one person ready. Texts are as they were written; "" is not known."""
    return Profile(
        key, sound(names), sound([father]), sound([mother]), age, sex, places.key(township), _digits(phone), _number(paper), household,
    )


def _digits(phone: str) -> str:
    digits = "".join(c for c in ascii_digits(phone) if c.isdigit())
    return digits[-_PHONE_MOST:] if len(digits) >= _PHONE_LEAST else ""


def _number(paper: str) -> str:
    """The number of a paper in the one way that two spellings share: of citizenship cards the state and the digits."""
    found = nrc.read(paper) if paper else None
    if found is not None:
        return f"{found.state}/{found.code or '?'}/{found.digits}"
    plain = "".join(c for c in folded(paper) if c.isalnum())
    return plain if sum(c.isdigit() for c in plain) >= 4 else ""
