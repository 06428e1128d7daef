"""Names as they are searched by sound: tokens to store, and a typed query as expressions for the full-text index.

Stored are the loose codes of every syllable of every reading of a name (`desktop.myanmar.sounds`), so that both scripts and all usual
romanisations of a name are one. Codes become words that an index keeps whole: ``KH-AN`` is ``kqan``; the letter q is in no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from desktop.myanmar.names import BETWEEN
from desktop.myanmar.sounds import Codes, all_readings, begins_syllable, keys, loosened
from desktop.myanmar.text import folded

_NAMES_MOST, _KEYS_MOST = 50, 24
_ALIKE = 0.4
Way = tuple[Mapping[str, float], ...]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile("[a-z]+")
_SHORTEST, _LONGEST = 4, 9  # letters of a word in which one may be wrong: shorter ones would be other names, longer ones cost too much


def _token(code: str) -> str:
    onset, _, rhyme = loosened(code).partition("-")
    return f"{onset}q{rhyme}".lower()


def as_tokens(key: str) -> str:
    """A key of `desktop.myanmar.sounds` in the words of the index; ``*`` for a syllable left out stays."""
    return " ".join(part if part == "*" else _token(part) for part in key.split())


def _readable(key: str) -> bool:
    return bool(key) and "=" not in key


@lru_cache(maxsize=2048)
def _phrases(name: str) -> tuple[str, ...]:
    """The readings of one name as phrases of tokens."""
    return tuple(dict.fromkeys(" ".join(map(_token, key.split())) for key in sorted(keys(name)) if _readable(key)))


def sound_tokens(names: Iterable[str]) -> str:
    """What the index stores for the names of one person. Parts that are no syllables are not there."""
    kept = dict.fromkeys(phrase for name in islice(names, _NAMES_MOST) for phrase in _phrases(name))
    return f" {BETWEEN} ".join(islice(kept, _KEYS_MOST))


def sound_query(query: str) -> str:
    """The query as an expression over stored `sound_tokens`, or "": every syllable in any order; a last piece that is no syllable yet is
    left out."""
    return any_of(all_of(f'"{token}"' for token in tokens) for tokens in wanted_tokens(query))


@lru_cache(maxsize=64)
def wanted_tokens(query: str) -> tuple[tuple[str, ...], ...]:
    """The ways to say the query, at most 8 of each reading, each as tokens. A last piece that is no syllable yet is left out; a query with others is none."""
    found: dict[tuple[str, ...], None] = {}
    for reading in all_readings(query):
        whole = reading[:-1] if reading and _unfinished(reading[-1]) else reading
        if not whole or any(code.startswith("=") for codes in whole for code in codes):
            continue
        tokens = [sorted({_token(code) for code in codes}) for codes in whole]
        for way in islice(_ways(tokens), 8):
            found[way] = None
    return tuple(found)


def _unfinished(codes: Codes) -> bool:
    """True for a piece that is no syllable, but may become one when typing goes on."""
    return all(code.startswith("=") and begins_syllable(code[1:]) for code in codes)


def _ways(tokens: list[list[str]]) -> Iterator[tuple[str, ...]]:
    if not tokens:
        yield ()
        return
    for rest in _ways(tokens[1:]):
        for token in tokens[0]:
            yield (token, *rest)


def latin_words(query: str) -> list[str]:
    """The words of a query in Latin letters only; [] for any other."""
    words = folded(query).split()
    return words if all(_WORD.fullmatch(word) for word in words) else []


def spelling_query(words: Sequence[str], wrong: str) -> str:
    """An expression over stored `name_tokens`: all of these words, of which `wrong` has one letter wrong, missing, too many or exchanged with its
    neighbour. "" if that word is too short or too long to say."""
    if not _SHORTEST <= len(wrong) <= _LONGEST:
        return ""
    return all_of([*(f'"{word}"' for word in words if word != wrong), any_of(f'"{one}"' for one in _variants(wrong))])


def ways(query: str) -> tuple[Way, ...]:
    """The ways to say the query: for each syllable its token."""
    return tuple(tuple({token: 1.0} for token in tokens) for tokens in wanted_tokens(query))


def closeness(ways: Iterable[Way], stored: str) -> float:
    """How much of a query stored `sound_tokens` hold, 0 to 1, for the order of a list. `ways` are those to say it: for each syllable the tokens
    it may be, the likeliest first, with their weights. What begins or ends as the likeliest counts a little; between equals the name in the
    order of the query is closer, then the shorter one."""
    phrases = [phrase.split() for phrase in stored.split(f" {BETWEEN} ")]
    return max((_fit(way, phrase) for way in ways for phrase in phrases), default=0.0)


def _fit(way: Way, phrase: Sequence[str]) -> float:
    left, score, ordered = list(phrase), 0.0, 0.0
    for at, weights in enumerate(way):
        best, most = "", 0.0
        for token in left:  # asked for hundreds of names at each key: no calls
            weight = weights.get(token, 0.0)
            if weight > most:
                best, most = token, weight
        if most:
            left.remove(best)
            score += most
            ordered += at < len(phrase) and phrase[at] == best
        elif left:
            score += _ALIKE * any(map(_alike, [next(iter(weights))] * len(left), left))
    return 0.8 * score / len(way) + 0.1 * ordered / len(way) + 0.1 * score / max(len(phrase), len(way))


@lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> bool:
    """True for syllables that begin, or end, in the same way."""
    (onset, _, rhyme), (other_onset, _, other_rhyme) = one.partition("q"), other.partition("q")
    return rhyme == other_rhyme or (onset == other_onset and bool(onset))


def _variants(word: str) -> list[str]:
    """Every word that is one mistake away."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = [a + b[1:] for a, b in cuts if b]
    found += [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    found += [a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS]
    found += [a + letter + b for a, b in cuts for letter in _LETTERS]
    return [one for one in dict.fromkeys(found) if one != word]


def all_of(terms: Iterable[str]) -> str:
    """An expression that asks for all of the terms."""
    return "(" + " AND ".join(terms) + ")"


def any_of(expressions: Iterable[str]) -> str:
    """An expression that asks for one of them at least; "" for none."""
    found = list(dict.fromkeys(expressions))
    return "(" + " OR ".join(found) + ")" if found else ""
