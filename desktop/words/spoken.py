"""Our list of 2,048 short plain English words: for passphrases that we suggest and for fingerprints that are read aloud.

Chosen for this program (``resources/words/words.txt``): three to seven letters, nothing warlike or shameful, no two that sound
the same or differ in a single letter put in another's place. Never change or reorder them: fingerprints would read differently.
"""

from __future__ import annotations

import secrets
from functools import cache

from desktop.resources import folder

COUNT = 2048  # eleven bits a word


@cache
def words() -> tuple[str, ...]:
    """The words in their fixed order."""
    return tuple(folder("words", "words.txt").read_text(encoding="ascii").split())


def suggestion(count: int) -> str:
    """That many words, drawn from the system's random source, joined by spaces."""
    return " ".join(secrets.choice(words()) for _ in range(count))
