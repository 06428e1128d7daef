"""The recovery code: 30 random Crockford characters (150 bits) and two that check them, in eight groups of four.

The check is public arithmetic over the other thirty characters; it only tells a slip of the pen from another code.

A code may be kept in three parts, of which any two give it back. For each two of the three, one keeps random characters and the other the
code masked with them (a one-time pad, in the five bits of a character), so a part alone is as good as random: it says nothing of the code,
whatever computer looks at it. Each part therefore has two rows, one for each of the others.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations, permutations

from desktop.domain.codes import ALPHABET

_RANDOM, _CHECK = 30, 2
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A fresh code, 32 characters without spaces."""
    random = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    return random + _check(random)


def shown(code: str) -> str:
    """As it is printed: eight groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def parse(text: str) -> str | None:
    """The code that a person typed, or None if it was mistyped: spaces, dashes and case ignored, O read as 0, I and L as 1."""
    plain = _plain(text)
    return plain if plain and _check(plain[:_RANDOM]) == plain[_RANDOM:] else None


def _plain(text: str) -> str | None:
    plain = "".join(c for c in text.upper() if not c.isspace() and c not in "-–—").translate(_READ_AS)
    return plain if len(plain) == _RANDOM + _CHECK and all(c in ALPHABET for c in plain) else None


def _check(random: str, purpose: bytes = b"waystation recovery check v1") -> str:
    number = int.from_bytes(hashlib.sha256(purpose + random.encode()).digest()[:2], "big")
    return ALPHABET[number & 31] + ALPHABET[number >> 5 & 31]


PARTS = (1, 2, 3)


@dataclass(frozen=True)
class Part:
    """One of three parts. `rows`: the number of another part -> the 32 characters that give the code together with its own."""

    number: int
    rows: Mapping[int, str] = field(repr=False)


def parts(code: str) -> tuple[Part, ...]:
    """Three parts of this code, other ones each time."""
    rows: dict[int, dict[int, str]] = {number: {} for number in PARTS}
    for one, other in combinations(PARTS, 2):
        pad = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
        for part, along, random in ((one, other, pad), (other, one, _masked(code[:_RANDOM], pad))):
            rows[part][along] = random + _check(random, _purpose(part, along))
    return tuple(Part(number, rows[number]) for number in PARTS)


def written(part: Part) -> str:
    """A part as one text, for the picture that a scanner reads: its rows with a plus between them."""
    return "+".join(part.rows[other] for other in sorted(part.rows))


def joined(first: str, second: str) -> tuple[str, ...]:
    """The codes that two parts may mean as they were typed, a row of each or all their rows with a plus between; none if no two rows of them
    belong together. Nearly always it is one. A row says by its check alone which it is, and one in a few hundred fits another place too: then
    there are more, and only what they open tells which is right. ValueError if one of the texts holds no row (its place, 1 or 2)."""
    rows = []
    for place, text in enumerate((first, second), 1):
        found = [(way, random) for piece in text.split("+") for way, random in _rows(piece)]
        if not found:
            raise ValueError(place)
        rows.append(found)
    codes = dict.fromkeys(_masked(one, other) for (part, along), one in rows[0] for way, other in rows[1] if way == (along, part))
    return tuple(random + _check(random) for random in codes)


def _rows(text: str) -> list[tuple[tuple[int, int], str]]:
    """What a typed row may be: ((its part, the part it goes with), its random characters). Its check says which; none if it was mistyped."""
    plain = _plain(text)
    if plain is None:
        return []
    random, check = plain[:_RANDOM], plain[_RANDOM:]
    return [(way, random) for way in permutations(PARTS, 2) if _check(random, _purpose(*way)) == check]


def _purpose(part: int, along: int) -> bytes:
    return b"waystation recovery part check v1 %d with %d" % (part, along)


def _masked(one: str, other: str) -> str:
    return "".join(ALPHABET[ALPHABET.index(a) ^ ALPHABET.index(b)] for a, b in zip(one, other, strict=True))
