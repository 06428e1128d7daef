"""How a name sounds, the same for Burmese letters and for any usual romanisation.

There is no one way to romanise Burmese: ထွန်း is Tun, Htun, Htoon. Both scripts are therefore brought to codes of the same kind, one for each
syllable: ``onset[w]-rhyme``. Tones, the medial ha, and t/ht/d, s/hs, p/ph, y/r fall together; k and kh, th and t, s and z, b and p stay
apart. Where a spelling may be read in several ways there are several codes, so a name has a set of keys, and two names sound alike when
their sets meet. The loose key makes more of them one (k and kh, an and un ...) and is for second lists only.

The tables are in ``resources/reference/names/sound_classes.json``; the rules for Burmese letters are here. A key tells the name nearly as
well as the name does: it is kept inside encrypted databases only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, product

from desktop.myanmar.names import second_names, without_honorific, words_of
from desktop.myanmar.text import has_myanmar, sound_syllables
from desktop.myanmar.zawgyi import in_unicode
from desktop.resources import folder

Codes = frozenset[str]  # the ways one syllable may sound
Syllables = tuple[Codes, ...]
_MOST_KEYS, _MOST_SYLLABLES, _MOST_WAYS = 16, 12, 4
_LONGEST, _LONGEST_SYLLABLE = 120, 9  # characters

_SYLLABLE = re.compile(
    "(?P<base>[\u1000-\u102a])(?P<medials>\u103a?[\u103b-\u103e]*)(?P<vowel>[\u102b-\u1032\u1036]*\u103a?)(?P<tone>[\u1037\u1038]*)"
    "(?:(?P<final>[\u1000-\u1021])\u1037?\u103a)?"
)
_INDEPENDENT = {
    "\u1023": "\u102d", "\u1024": "\u102e", "\u1025": "\u102f", "\u1026": "\u1030", "\u1027": "\u1031", "\u1029": "\u1031\u102c",
    "\u102a": "\u1031\u102c\u103a",
}
_OPEN = {
    "": "A", "\u102c": "A", "\u102d": "I", "\u102e": "I", "\u102f": "U", "\u1030": "U", "\u1031": "E", "\u1032": "E", "\u1031\u102c": "W",
    "\u1031\u102c\u103a": "W", "\u102d\u102f": "O", "\u1036": "AN", "\u102f\u1036": "ON", "\u102d\u1036": "EN",
}
_NASALS, _STOPS = frozenset("နဏမ"), frozenset("တပဋဒ")


@cache
def _tables() -> dict[str, dict[str, object]]:
    tables: dict[str, dict[str, object]] = json.loads(folder("reference", "names", "sound_classes.json").read_text(encoding="utf-8"))
    return tables


# -- Burmese letters


def _burmese(syllable: str) -> Codes:
    """The codes of one spoken syllable in Burmese letters; nothing for what is none."""
    found = _SYLLABLE.match(syllable)
    if found is None:
        return frozenset()
    base, medials, vowel, final = found["base"], found["medials"].replace("\u103a", ""), found["vowel"], found["final"] or ""
    if base in _INDEPENDENT:
        base, vowel = "အ", _INDEPENDENT[base]
    rounded = "\u103d" in medials
    rhymes = _burmese_rhymes(vowel, final, rounded)
    return frozenset(f"{onset}{rhyme}" for onset in _burmese_onsets(base, medials) for rhyme in rhymes)


def _burmese_onsets(base: str, medials: str) -> tuple[str, ...]:
    onset = str(_tables()["burmese_onset"].get(base, ""))
    with_y, with_h = "\u103b" in medials or "\u103c" in medials, "\u103e" in medials
    if with_h and (base == "ရ" or (base == "သ" and with_y)):
        return ("SH",)
    if base in "လဠ" and with_y:
        return ("SH", "Ly") if with_h else ("Y", "Ly")
    if base == "ဘ":
        return ("By", "Py") if with_y else ("B", "P")
    if not with_y or base in "ယရ":
        return (onset,)
    return ({"K": "C", "KH": "CH", "NG": "NY"}.get(onset, f"{onset}y"),)


def _burmese_rhymes(vowel: str, final: str, rounded: bool) -> tuple[str, ...]:
    """Rhymes with what joins them to their onset: ``w-`` where the lips are rounded, else ``-``."""
    joint = "w-" if rounded else "-"
    if rounded and (final in _NASALS or (not final and vowel == "\u1036")) and vowel in ("", "\u1036", "\u102c"):
        return ("-UN", "w-AN")
    if rounded and final in _STOPS and vowel in ("", "\u102c"):
        return ("-UT", "w-AT")
    if not final:
        return (joint + _OPEN.get(vowel, "A"),)
    return tuple(joint + rhyme for rhyme in _closed(vowel, final))


def _closed(vowel: str, final: str) -> tuple[str, ...]:
    own = str(_tables()["burmese_final_with_inherent_vowel"].get(final, ""))
    nasal, stop = own in ("AN", "IN"), own in ("AT", "IT")
    if vowel in ("", "\u102c"):
        return ("I", "E") if final == "ည" else (own or "A",)
    if vowel.startswith("\u1031\u102c"):
        return ("WG" if nasal else "WK" if stop else "W",)
    if vowel == "\u102d\u102f":
        return ("AG" if nasal else "AK" if stop else "O",)
    if vowel in ("\u102d", "\u102e"):
        return ("EN" if nasal else "ET" if stop else "I",)
    if vowel in ("\u102f", "\u1030", "\u102f\u1036"):
        return ("ON" if nasal else "OT" if stop else "U",)
    return (_OPEN.get(vowel, "E"),)


# -- Latin letters


@cache
def _roman_tables() -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[list[str]]]]:
    tables = _tables()
    return tables["roman_onset"], tables["roman_rhyme"], tables["exceptions"]  # type: ignore[return-value]


@lru_cache(maxsize=4096)
def _roman(token: str) -> tuple[Syllables, ...]:
    """The ways to read one romanised word as syllables: with the fewest that begin with a vowel inside the word, then the fewest at all. A
    word that cannot be read stands as itself."""
    exceptions = _roman_tables()[2]
    if token in exceptions:
        return tuple(tuple(frozenset(code.split("/")) for code in way) for way in exceptions[token])
    best: list[tuple[tuple[int, int], list[Syllables]] | None] = [None] * (len(token) + 1)
    best[0] = ((0, 0), [()])
    for end in range(1, len(token) + 1):
        for begin in range(max(0, end - _LONGEST_SYLLABLE), end):
            before, here = best[begin], _roman_syllable(token[begin:end], begin == 0)
            if before is None or here is None:
                continue
            cost = (before[0][0] + here[0], before[0][1] + 1)
            ways = [(*way, here[1]) for way in before[1]]
            known = best[end]
            if known is None or cost < known[0]:
                best[end] = (cost, ways)
            elif cost == known[0]:
                best[end] = (cost, (known[1] + ways)[:_MOST_WAYS])
    whole = best[-1]
    return tuple(whole[1]) if whole and token else ((frozenset({f"={token}"}),),)


@lru_cache(maxsize=8192)
def _roman_syllable(text: str, first: bool) -> tuple[int, Codes] | None:
    """(1 for a syllable that begins with a vowel inside a word, codes) of a piece of a word, or None if it is no syllable."""
    onsets, rhymes, _ = _roman_tables()
    codes: set[str] = set()
    bare = 1
    for cut in range(min(5, len(text))):
        onset, rest = text[:cut], text[cut:]
        joint = "-"
        if onset not in onsets and onset.endswith("w") and onset[:-1] in onsets and len(onset) > 1:
            onset, joint = onset[:-1], "w-"
        if onset not in onsets or rest not in rhymes:
            continue
        bare = min(bare, 0 if cut or first else 1)
        for rhyme in _rhymes_after(onset, rest):
            codes.update(f"{one}{joint}{rhyme}" for one in onsets[onset])
    return (bare, frozenset(codes)) if codes else None


def _rhymes_after(onset: str, rhyme: str) -> Sequence[str]:
    """Some rhymes mean less after certain onsets."""
    if rhyme == "ei" and onset:
        return ("E",)
    if rhyme == "y" and onset and onset != "m":
        return ("I",)
    if rhyme in ("ut", "utt") and onset in ("t", "ht", "tt", "d", "k", "kh", "z", "s"):
        return ("UT",)
    return _roman_tables()[1][rhyme]


# -- names


@lru_cache(maxsize=2048)
def begins_syllable(piece: str) -> bool:
    """True if some romanised syllable begins with this piece: it may still be in the middle of being typed."""
    onsets, rhymes, _ = _roman_tables()
    return any(
        piece[:cut].removesuffix("w") in onsets and any(rhyme.startswith(piece[cut:]) for rhyme in rhymes)
        for cut in range(min(5, len(piece)) + 1)
    )


@lru_cache(maxsize=2048)
def readings(name: str) -> tuple[Syllables, ...]:
    """The ways to read a name, each as the codes of its syllables in order: as it is, and without an honorific at its beginning where two
    or more syllables remain. What is neither Burmese nor readable romanisation stands as itself, marked with ``=``."""
    words = words_of(name[:_LONGEST])
    if not words:
        return ()
    short = _untitled(words)
    found = list(_of_words(words))
    if short != words:
        found += [reading for reading in _of_words(short) if len(reading) > 1]
    return tuple(dict.fromkeys(found))


def _untitled(words: list[str]) -> list[str]:
    if len(words) == 1 and has_myanmar(words[0]):  # written together: ဦးကျော်ဇော်
        return ["".join(without_honorific(sound_syllables(words[0])))]
    return without_honorific(words)


@lru_cache(maxsize=2048)
def one_word_readings(name: str) -> tuple[Syllables, ...]:
    """The ways to read a name of one syllable, with an honorific before it or without; none for a longer name."""
    words = words_of(name[:_LONGEST])
    return tuple(dict.fromkeys(way for way in _of_words(_untitled(words)) if len(way) == 1)) if words else ()


@lru_cache(maxsize=2048)
def all_readings(name: str) -> tuple[Syllables, ...]:
    """`readings` of a name and of every second name in it, those of one syllable also without an honorific: what somebody may be looked for
    by, and who may be the same person. Zawgyi is read as what it is."""
    parts = second_names(in_unicode(name))
    found = [*readings(" ".join(parts)), *(way for part in parts for way in (*readings(part), *one_word_readings(part)))]
    return tuple(dict.fromkeys(found))


def _of_words(words: Sequence[str]) -> Iterator[Syllables]:
    """Names that Muslims have, in any usual spelling, as units of their own first; then all words as they are read."""
    words = words[:_MOST_SYLLABLES]
    plain = [(_burmese_word(word),) if has_myanmar(word) else _roman(word) for word in words]
    own = [_unit(word) for word in words]
    if any(own):
        yield tuple(codes for unit, ways in zip(own, plain) for codes in (unit or ways[0]))[:_MOST_SYLLABLES]
    for way in islice(product(*plain), _MOST_WAYS):
        yield tuple(codes for syllables in way for codes in syllables)[:_MOST_SYLLABLES]


@cache
def _units() -> dict[str, frozenset[str]]:
    """Spelling -> the one code of the name. Source: ``resources/reference/names/muslim_names.tsv``."""
    lines = folder("reference", "names", "muslim_names.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {spelling: frozenset({f"-{name.upper()}"}) for name, spellings, _ in rows for spelling in spellings.split(";")}


@lru_cache(maxsize=4096)
def _unit(word: str) -> Syllables:
    """The code of such a name, two where two are written together (Abdulkarim, Hafizullah); () for any other word."""
    units = _units()
    if word in units:
        return (units[word],)
    cuts = (at for at in range(3, len(word) - 2) if word[:at] in units and word[at:] in units)
    return next(((units[word[:at]], units[word[at:]]) for at in cuts), ())


def _burmese_word(word: str) -> Syllables:
    return tuple(_burmese(syllable) or frozenset({f"={syllable}"}) for syllable in sound_syllables(word))


def keys(name: str) -> frozenset[str]:
    """The tight keys of a name (mostly one or two). Two names sound the same when a key is in both sets. Empty for no name."""
    return frozenset(key for reading in all_readings(name) for key in keys_of(reading))


def keys_of(reading: Syllables) -> Iterable[str]:
    """The tight keys of one reading, at most 16."""
    return islice((" ".join(way) for way in product(*(sorted(codes) for codes in reading))), _MOST_KEYS)


@lru_cache(maxsize=4096)
def loosened(code: str) -> str:
    """The loose form of one code."""
    onset, _, rhyme = code.partition("-")
    loose = _tables()["loose"]
    for one, other in loose["onset"]:  # type: ignore[attr-defined]
        if onset.startswith(one):
            onset = other + onset[len(one):]
            break
    return f"{onset}-{loose['rhyme'].get(rhyme, rhyme)}"  # type: ignore[attr-defined]
