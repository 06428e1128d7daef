"""Words that were agreed with people, found in what somebody says.

Many contacts are compared with many arrivals each time Today is read, so the words stand in tables by what they look like, and what is
said is looked up in them piece by piece: the work grows with what is said, not with how many contacts there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.myanmar.text import folded, has_myanmar

NEAR_FROM, NEAR_TO = 6, 60
"""Letters that words have to be compared with one letter wrong: shorter ones may be any words."""
SAID_MOST = 400
"""Characters of what is said that are looked at."""
_SIGNS = frozenset("-–—.,;:!?၊။'’\"“”")


@dataclass(frozen=True)
class Spoken:
    """What somebody said, in the three ways it is compared."""

    text: str  # as it was written down
    joined: str  # without spaces
    letters: str  # without spaces and signs
    parts: tuple[str, ...]  # its words


def spoken(text: str) -> Spoken:
    """However it is written: letters that look the same are the same."""
    text = text[:SAID_MOST]
    plain = folded(text)
    joined = "".join(plain.split())
    return Spoken(text, joined, "".join(one for one in joined if one not in _SIGNS), _parts(plain))


def holds_word(words: str, wanted: str) -> bool:
    """True if the wanted words stand in a text of any length, however they are written: as whole words, in Burmese anywhere."""
    plain, look = folded(words), folded(wanted)
    if has_myanmar(wanted):
        sought = "".join(look.split())
        return bool(sought) and sought in "".join(plain.split())
    text, parts = _parts(plain), _parts(look)
    return bool(parts) and any(text[at:at + len(parts)] == parts for at in range(len(text) - len(parts) + 1))


def _parts(plain: str) -> tuple[str, ...]:
    return tuple("".join(one if one.isalnum() else " " for one in plain).split())


class AgreedWords:
    """Words and whom they are of (a number each)."""

    def __init__(self) -> None:
        self._exact: dict[str, set[int]] = {}  # letters
        self._inside: dict[str, set[int]] = {}  # Burmese, without spaces
        self._phrases: dict[tuple[str, ...], set[int]] = {}
        self._shorter: dict[str, set[str]] = {}  # letters with one of them left out -> letters
        self._lengths: set[int] = set()
        self._most = 0

    def add(self, words: str, whose: int) -> None:
        """Look for these words too; nothing is looked for if there are none."""
        said = spoken(words)
        if not said.letters:
            return
        if said.letters not in self._exact and NEAR_FROM <= len(said.letters) <= NEAR_TO:
            for short in _one_less(said.letters):
                self._shorter.setdefault(short, set()).add(said.letters)
        self._exact.setdefault(said.letters, set()).add(whose)
        if has_myanmar(words):
            self._inside.setdefault(said.joined, set()).add(whose)
            self._lengths.add(len(said.joined))
        elif said.parts:
            self._phrases.setdefault(said.parts, set()).add(whose)
            self._most = max(self._most, len(said.parts))

    def held(self, said: Spoken) -> set[int]:
        """Whose words are all of what is said, or stand in it: as whole words, in Burmese anywhere."""
        found = set(self._exact.get(said.letters, ()))
        for length in self._lengths:
            for at in range(len(said.joined) - length + 1):
                found |= self._inside.get(said.joined[at:at + length], set())
        for at in range(len(said.parts)):
            for end in range(at + 1, min(at + self._most, len(said.parts)) + 1):
                found |= self._phrases.get(said.parts[at:end], set())
        return found

    def near(self, said: Spoken) -> set[int]:
        """Whose words are what is said but for one letter more, less or other, or two letters that changed places."""
        if not NEAR_FROM - 1 <= len(said.letters) <= NEAR_TO + 1:
            return set()
        shorts = (said.letters, *_one_less(said.letters))
        like = {letters for short in shorts for letters in self._shorter.get(short, ())}
        like |= {short for short in shorts if NEAR_FROM <= len(short) <= NEAR_TO and short in self._exact}
        return {whose for letters in like if _one_apart(said.letters, letters) for whose in self._exact[letters]}


def _one_less(letters: str) -> Iterator[str]:
    for at in range(len(letters)):
        yield letters[:at] + letters[at + 1:]


def _one_apart(one: str, two: str) -> bool:
    """True if one letter more, less or other, or two letters that changed places, make one of them the other."""
    if abs(len(one) - len(two)) > 1:
        return False
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same]:
        same += 1
    rest_one, rest_two = one[same:], two[same:]
    swapped = rest_one[:2] == rest_two[:2][::-1] and rest_one[2:] == rest_two[2:] and len(rest_one) > 1
    return swapped or rest_one[1:] == rest_two[1:] or rest_one == rest_two[1:] or rest_one[1:] == rest_two
