"""Whether two spellings may be the name of one person, and why, in words a volunteer can check.

Never joins anybody: *same* means that the names agree as far as spelling can tell (thousands share a name), *possible* that a person
should look. Same-sounding names in two romanisations, or in two scripts, are the same; two Burmese spellings that differ in tone or in an
aspirate are two names that are easily confused, hence possible. One syllable with another vowel makes another name (Htet, Htut).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise, product

from desktop.myanmar.names import second_names, words_of
from desktop.myanmar.sounds import Codes, Syllables, loosened, one_word_readings, readings
from desktop.myanmar.text import folded, has_myanmar, sound_syllables
from desktop.myanmar.zawgyi import in_unicode
from desktop.resources import folder

SAME, POSSIBLE, DIFFERENT = "same", "possible", "different"

_ALIKE_LETTERS = 0.9  # of 1; measured: at 0.75 a third of the names that differ in one syllable would count as alike
_OF_MEN = frozenset({"u", "ko", "maung", "mg", "sai", "sine", "salai", "ဦး", "ကို", "မောင်", "စိုင်း", "ဆလိုင်း"})
_OF_WOMEN = frozenset({"daw", "ma", "naw", "ဒေါ်", "မ", "နော်"})
_FAMILIES = {
    **dict.fromkeys(("AN", "IN", "EN", "ON", "UN", "AG", "WG"), "nasal"), **dict.fromkeys(("AT", "IT", "ET", "OT", "UT", "AK", "WK"), "stop"),
    **dict.fromkeys(("A", "I", "U", "E", "W", "O"), "open"),
}


@dataclass(frozen=True)
class Likeness:
    """`verdict`: same, possible or different. `why`: codes of what agrees or differs, the weightiest first: same_spelling, same_sound,
    other_script, without_honorific, other_title, other_tone, second_name, nearly_same_sound, other_order, part_missing, one_syllable_near,
    nearly_same_letters, other_sound, no_name."""

    verdict: str
    why: tuple[str, ...]


def compare(one: str, two: str) -> Likeness:
    """Two spellings of names, in either script. A name in brackets, or behind (a) or (ခ), is a name of that person too."""
    one, two = in_unicode(one), in_unicode(two)
    found = _compared(one, two)
    if found.verdict == DIFFERENT:
        names = [(a, b) for a in _all_names(one) for b in _all_names(two) if (a, b) != (one, two)]
        if any(_compared(a, b).verdict == SAME for a, b in names):
            return Likeness(POSSIBLE, ("second_name",))
    return found


def _all_names(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((name, *second_names(name))))


def _compared(one: str, two: str) -> Likeness:
    ways_one, ways_two = readings(one), readings(two)
    if not ways_one or not ways_two:
        return Likeness(DIFFERENT, ("no_name",))
    if _letters(one) == _letters(two):
        return Likeness(SAME, ("same_spelling",))
    scripts = ("other_script",) if has_myanmar(one) != has_myanmar(two) else ()
    whole = any(_meet(a, b) for a, b in _pairs(ways_one[:1], ways_two[:1]))
    if whole or any(_meet(a, b) for a, b in _pairs(ways_one, ways_two)):
        why = ("same_sound", *scripts) if whole else ("same_sound", "without_honorific", *scripts)
        if has_myanmar(one) and has_myanmar(two) and not _one_in_burmese(one, two):
            return Likeness(POSSIBLE, (*why, "other_tone"))
        if not whole and {_sex_of_title(one), _sex_of_title(two)} == {"man", "woman"}:
            return Likeness(POSSIBLE, (*why, "other_title"))
        return Likeness(SAME, why)
    if any(_meet(a, b) for a, b in _pairs(one_word_readings(one), one_word_readings(two))):
        return Likeness(POSSIBLE, ("same_sound", "without_honorific", *scripts))
    for reason, test in _POSSIBLE:
        if any(test(a, b) for a, b in _pairs(ways_one, ways_two)):
            return Likeness(POSSIBLE, (reason, *scripts))
    fewest = 3 if _ethnic(one, two) else 4
    if any(len(a) >= fewest and one_near(a, b) for a, b in _pairs(_joined(ways_one), _joined(ways_two))):
        return Likeness(POSSIBLE, ("one_syllable_near", *scripts))
    if not scripts and _unread(ways_one, ways_two) and SequenceMatcher(None, _letters(one), _letters(two)).ratio() >= _ALIKE_LETTERS:
        return Likeness(POSSIBLE, ("nearly_same_letters",))
    return Likeness(DIFFERENT, ("other_sound", *scripts))


def _sex_of_title(name: str) -> str:
    words = words_of(name)[:1]
    first = words[0] if words else ""
    if has_myanmar(first):
        first = sound_syllables(first)[0]
    return "man" if first in _OF_MEN else "woman" if first in _OF_WOMEN else ""


def _letters(name: str) -> str:
    return "".join(c for c in folded(name) if c.isalnum() or has_myanmar(c) or "\u102b" <= c <= "\u103e")


def _pairs(one: tuple[Syllables, ...], two: tuple[Syllables, ...]) -> Iterator[tuple[Syllables, Syllables]]:
    return product(one, two)


def _one_in_burmese(one: str, two: str) -> bool:
    """True if two Burmese spellings differ in an honorific only."""
    first, second = (sound_syllables(folded(name)) for name in (one, two))
    short, long = sorted((first, second), key=len)
    return len(long) > len(short) and long[len(long) - len(short):] == short


def _meet(one: Syllables, two: Syllables) -> bool:
    return len(one) == len(two) and all(a & b for a, b in zip(one, two))


@lru_cache(maxsize=4096)
def _loosely(codes: Codes) -> Codes:
    return frozenset(map(loosened, codes))


def _meet_loosely(one: Syllables, two: Syllables) -> bool:
    return _meet(tuple(map(_loosely, one)), tuple(map(_loosely, two)))


def _other_order(one: Syllables, two: Syllables) -> bool:
    """The same syllables in another order: names typed family part first."""
    if len(one) != len(two) or len(one) < 2:
        return False
    first, second = (Counter(min(codes) for codes in name) for name in (one, two))
    return first == second


def part_missing(one: Syllables, two: Syllables) -> bool:
    """One has one syllable more, and at least two agree in order; names of two against three syllables agree in too many people."""
    short, long = sorted((one, two), key=len)
    if len(long) != len(short) + 1 or len(short) < 3:
        return False
    return any(_meet(short, long[:at] + long[at + 1:]) for at in range(len(long)))


def one_near(one: Syllables, two: Syllables) -> bool:
    """All syllables agree, but for one at most whose vowel is of the same family: names of other languages have no fixed Burmese spelling, and
    long names are rarely another's but for a vowel."""
    if len(one) != len(two):
        return False
    differing = [(a, b) for a, b in zip(one, two) if not _loosely(a) & _loosely(b)]
    return not differing or (len(differing) == 1 and bool(_near(differing[0][0]) & _near(differing[0][1])))


def _joined(ways: tuple[Syllables, ...]) -> tuple[Syllables, ...]:
    """Each way, and with a weak syllable joined to the next: la-yan is lyan."""
    found = list(ways)
    for way in ways:
        for at, (weak, next_one) in enumerate(pairwise(way)):
            joined = frozenset(
                f"{first.partition('-')[0]}y-{second.partition('-')[2]}"
                for first in weak for second in next_one if first.endswith("-A") and not first.startswith("-") and second.startswith("Y-")
            )
            if joined:
                found.append((*way[:at], joined, *way[at + 2:]))
    return tuple(found)


@lru_cache(maxsize=4096)
def _near(codes: Codes) -> Codes:
    parts = (loosened(code).partition("-") for code in codes)
    return frozenset(f"{onset.rstrip('w')}-{_FAMILIES.get(rhyme, rhyme)}" for onset, _, rhyme in parts)


def _unread(*names: tuple[Syllables, ...]) -> bool:
    """True if a part of a name is no syllable we can read."""
    return any(code.startswith("=") for ways in names for codes in ways[0] for code in codes)


@cache
def _particles() -> frozenset[str]:
    """Words that other peoples' names begin with (Sai, Nang, Saw, Naw ...), in both scripts."""
    lines = folder("reference", "names", "particles.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found: set[str] = set()
    for line in lines:
        burmese, romanised = line.split("\t")[:2]
        found.update(folded(word) for word in (burmese, *romanised.split(";")) if word)
    return frozenset(found)


def _ethnic(*names: str) -> bool:
    """True if one of them begins as names of other peoples than the Burmese do."""
    for name in names:
        words = folded(name).split()
        if words and (words[0] in _particles() or (has_myanmar(words[0]) and sound_syllables(words[0])[0] in _particles())):
            return True
    return False


_POSSIBLE = (("nearly_same_sound", _meet_loosely), ("other_order", _other_order), ("part_missing", part_missing))
