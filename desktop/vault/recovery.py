"""The recovery code: 30 random Crockford characters (150 bits) and two that check them, in eight groups of four.

The check is public arithmetic over the other thirty characters; it only tells a slip of the pen from another code.
"""

from __future__ import annotations

import hashlib
import secrets

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
    plain = "".join(c for c in text.upper() if not c.isspace() and c not in "-–—").translate(_READ_AS)
    if len(plain) != _RANDOM + _CHECK or any(c not in ALPHABET for c in plain):
        return None
    return plain if _check(plain[:_RANDOM]) == plain[_RANDOM:] else None


def _check(random: str) -> str:
    number = int.from_bytes(hashlib.sha256(b"waystation recovery check v1" + random.encode()).digest()[:2], "big")
    return ALPHABET[number & 31] + ALPHABET[number >> 5 & 31]
