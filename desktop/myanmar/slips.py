"""Names typed with a slip, as expressions for the full-text index of sounds: a letter of one syllable is wrong, missing, too many or
exchanged with its neighbour, or a space stands in the wrong place.

What may have been meant is taken from the romanisations of name words that are in use; a syllable in Burmese letters may have another
vowel or another consonant.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from desktop.myanmar.names import without_honorific
from desktop.myanmar.sound_search import Way, all_of, any_of, latin_words, wanted_tokens, ways
from desktop.resources import folder

_MOST_SYLLABLES = 6  # of a query: longer ones would cost too much, and have enough that is right
_SLIP = 0.8  # what a syllable counts that was meant and not written, of 1


def slip_queries(query: str) -> Iterator[str]:
    """Expressions over stored `desktop.myanmar.sound_search.sound_tokens`, the likelier slip first; none for one syllable alone, which
    any other may have been meant by."""
    words = latin_words(query)
    return (one for one in (any_of(_other_words(without_honorific(words))), _moved_space(words, query)) if one)


def far_slip_query(query: str) -> str:
    """The same where one syllable only begins or ends as it was typed: more names, and slower to find."""
    shortest = min(wanted_tokens(query), key=len, default=())  # without its honorific: the others ask for more
    return any_of(_other_sounds(shortest))


def _moved_space(words: Sequence[str], query: str) -> str:
    """The letters read as if they were one word."""
    if len(words) < 2:
        return ""
    known = wanted_tokens(query)
    return any_of(all_of(f'"{token}"' for token in tokens) for tokens in wanted_tokens("".join(words)) if len(tokens) > 1 and tokens not in known)


def _other_words(words: Sequence[str]) -> Iterator[str]:
    """All of the words but one, and in its place those that are one slip away from it."""
    if not 1 < len(words) <= _MOST_SYLLABLES:
        return
    sounds = [_sounds(word) for word in words]
    for at, word in enumerate(words):
        others = [*sounds[:at], *sounds[at + 1:]]
        meant = any_of(sound for one in slips(word) for sound in [_sounds(one)] if sound)
        if meant and all(others):
            yield all_of([*others, meant])


@lru_cache(maxsize=4096)
def _sounds(word: str) -> str:
    return any_of(all_of(f'"{token}"' for token in tokens) for tokens in wanted_tokens(word))


def _other_sounds(tokens: Sequence[str]) -> Iterator[str]:
    """All of the syllables but one, and in its place any that begins or ends as it does."""
    if not 1 < len(tokens) <= _MOST_SYLLABLES:
        return
    for at, token in enumerate(tokens):
        others = [f'"{one}"' for one in (*tokens[:at], *tokens[at + 1:])]
        onset, _, rhyme = token.partition("q")
        begins = [f'"{onset}q" *'] if onset else []
        meant = [*begins, *(f'"{one}"' for one in _ending(rhyme))]
        if meant:
            yield all_of([*others, any_of(meant)])


def meant_ways(query: str) -> tuple[Way, ...]:
    """The ways to say the query if one syllable of it is a slip, for `desktop.myanmar.sound_search.closeness`."""
    words = latin_words(query)
    if not 1 < len(words) <= _MOST_SYLLABLES:
        return ways(query)
    return (tuple(weights for word in words for weights in _meant(word)), *ways("".join(words)))


@lru_cache(maxsize=4096)
def _meant(word: str) -> tuple[dict[str, float], ...]:
    """The syllables of a word, and for a word of one what else it may be."""
    own = wanted_tokens(word)
    if own and len(own[0]) > 1:
        return tuple({token: 1.0} for token in own[0])
    found = {tokens[0]: _SLIP for one in slips(word) for tokens in wanted_tokens(one) if len(tokens) == 1}
    return ({tokens[0]: 1.0 for tokens in own} | {token: weight for token, weight in found.items() if (token,) not in own} or {word: 1.0},)


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word in lexicon():
        for tokens in wanted_tokens(word):
            for token in tokens:
                found.setdefault(token.partition("q")[2], {})[token] = None
    return {rhyme: tuple(tokens) for rhyme, tokens in found.items()}


def _ending(rhyme: str) -> tuple[str, ...]:
    """Tokens of all known syllables with this rhyme."""
    return _endings().get(rhyme, ())


@cache
def lexicon() -> frozenset[str]:
    """Romanisations of name words in use, one word each, in small letters. Source: ``resources/reference/names/name_words.tsv``."""
    with folder("reference", "names", "name_words.tsv").open(encoding="utf-8", newline="") as file:
        written = [f"{row['romanised_own']};{row['romanised_attested']}" for row in csv.DictReader(file, delimiter="\t")]
    return frozenset(word for line in written for name in line.lower().split(";") for word in name.split() if word.isalpha())


@cache
def _shortened() -> dict[str, tuple[str, ...]]:
    """Each word of the lexicon, whole and without one of its letters -> the words it comes from."""
    found: dict[str, list[str]] = {}
    for word in sorted(lexicon()):
        for short in {word, *_without_one(word)}:
            found.setdefault(short, []).append(word)
    return {short: tuple(words) for short, words in found.items()}


def slips(word: str) -> tuple[str, ...]:
    """Words of the lexicon that are one slip away from this one: a letter other, missing, too many, or exchanged with its neighbour."""
    found = dict.fromkeys(one for short in (word, *_without_one(word)) for one in _shortened().get(short, ()))
    return tuple(one for one in found if one != word and _one_slip(word, one))


def _without_one(word: str) -> list[str]:
    return [word[:at] + word[at + 1:] for at in range(len(word))] if len(word) > 1 else []


def _one_slip(typed: str, meant: str) -> bool:
    begin = next((at for at, (a, b) in enumerate(zip(typed, meant)) if a != b), min(len(typed), len(meant)))
    a, b = typed[begin:], meant[begin:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
