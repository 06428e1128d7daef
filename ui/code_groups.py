"""The recovery code in groups of four characters: as it stands on the sheet, is read aloud and is typed back."""

from __future__ import annotations

import secrets

SIZE = 4
_READ_AS = str.maketrans("OIL", "011", " -")


def groups(code: str) -> list[str]:
    """The code (with or without marks between its characters) in its groups."""
    plain = "".join(character for character in code if character.isalnum())
    return [plain[at : at + SIZE] for at in range(0, len(plain), SIZE)]


def two_of(code: str) -> tuple[int, int]:
    """Two groups drawn at random to be typed back: their numbers from 0, in their order."""
    first, second = sorted(secrets.SystemRandom().sample(range(len(groups(code))), 2))
    return first, second


def right(code: str, asked: tuple[int, int], typed: tuple[str, str]) -> tuple[bool, bool]:
    """Whether each of the two groups that were typed back is that of the sheet. O is read as 0, I and L as 1."""
    parts = groups(code)
    read = [text.upper().translate(_READ_AS) for text in typed]
    return read[0] == parts[asked[0]], read[1] == parts[asked[1]]
