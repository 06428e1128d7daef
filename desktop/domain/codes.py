"""Case codes: seven random Crockford characters and a check character, never sequential.

The check is a weighted sum over GF(32) with the distinct weights a^1 ... a^8 (a = x, modulus x^5 + x^2 + 1): it catches every
single wrong character and every swap of two neighbours.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: at for at, character in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"}) | {first + at: str(at) for first in (0x1040, 0x1090) for at in range(10)}
"""Letters that are taken for digits, and the digits of Burmese and Shan keyboards."""
_BESIDE = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212\u200b\u200c\u200d\ufeff")
"""Dashes of every kind, and what a keyboard writes without showing it."""
LENGTH = 8


def _times(one: int, two: int) -> int:
    product = 0
    while two:
        if two & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= 0b100101
        two >>= 1
    return product


def _powers(count: int) -> list[int]:
    weights, now = [], 1
    for _ in range(count):
        now = _times(now, 2)
        weights.append(now)
    return weights


_WEIGHTS = _powers(LENGTH)
_INVERSE_LAST = next(n for n in range(1, 32) if _times(n, _WEIGHTS[-1]) == 1)


def _sum(characters: str) -> int:
    total = 0
    for weight, character in zip(_WEIGHTS, characters):
        total ^= _times(weight, _VALUE[character])
    return total


def check_character(seven: str) -> str:
    """The eighth character that makes the weighted sum zero."""
    return ALPHABET[_times(_sum(seven), _INVERSE_LAST)]


def new() -> str:
    """A fresh code of eight characters without a dash, from the system's random source."""
    seven = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return seven + check_character(seven)


def shown(code: str) -> str:
    """As people read it: ``K7M4-2QXP``."""
    return f"{code[:4]}-{code[4:]}"


def read_as(text: str) -> str:
    """Part of a code as it was typed, in the letters that codes have: O read as 0, I and L as 1, digits of Burmese and Shan as 0 to 9."""
    return text.upper().translate(_READ_AS)


def _bare(text: str) -> str:
    return read_as("".join(c for c in text if c not in _BESIDE and not c.isspace()))


def parse(text: str) -> str | None:
    """The code that a person typed, or None if it is not one: dashes, spaces and case ignored, else as `read_as`."""
    plain = _bare(text)
    if len(plain) != LENGTH or any(c not in _VALUE for c in plain) or _sum(plain):
        return None
    return plain


def meant(text: str) -> list[str]:
    """The codes that a person may have meant who typed eight characters of which one is wrong; [] for anything else, and for a right code."""
    plain = _bare(text)
    if len(plain) != LENGTH or any(c not in _VALUE for c in plain) or parse(plain):
        return []
    tried = (plain[:at] + character + plain[at + 1:] for at in range(LENGTH) for character in ALPHABET)
    return [one for one in tried if not _sum(one)]
