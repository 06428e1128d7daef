"""Names as they are searched by sound: tokens to store, and a typed query as expressions for the full-text index.

Stored are the loose codes of every syllable of every reading of a name (`desktop.myanmar.sounds`), so that both scripts and all usual
romanisations of a name are one. Codes become words that an index keeps whole: ``KH-AN`` is ``kqan``; the letter q is in no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from desktop.myanmar.names import BETWEEN
from desktop.myanmar.sounds import Codes, begins_syllable, keys, loosened, readings
from desktop.myanmar.text import folded

_NAMES_MOST, _KEYS_MOST = 50, 24
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
    return _any(_all(f'"{token}"' for token in tokens) for tokens in _wanted(query))


def near_query(query: str) -> str:
    """The same with any vowel in one of the syllables, or "" for fewer than two syllables: one letter may be wrong."""
    return _any(
        _all(f'"{_onset(token)}" *' if at == wrong else f'"{token}"' for at, token in enumerate(tokens))
        for tokens in _wanted(query)
        if len(tokens) > 1
        for wrong in range(len(tokens))
        if _onset(tokens[wrong]) != "q"
    )


def _onset(token: str) -> str:
    return token[: token.index("q") + 1]


@lru_cache(maxsize=64)
def _wanted(query: str) -> tuple[tuple[str, ...], ...]:
    """The ways to say the query, each as tokens. A last piece that is no syllable yet is left out; a query with others is none."""
    found: dict[tuple[str, ...], None] = {}
    for reading in readings(query):
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
    return _all([*(f'"{word}"' for word in words if word != wrong), _any(f'"{one}"' for one in _variants(wrong))])


def closeness(query: str, stored: str) -> float:
    """How much of what was typed stored `sound_tokens` hold, 0 to 1, for the order of a list: syllables that sound the same count fully, those
    that begin the same way less; between equals the shorter name is closer."""
    best = 0.0
    phrases = [phrase.split() for phrase in stored.split(f" {BETWEEN} ")]
    for wanted in _wanted(query):
        for phrase in phrases:
            begins = {_onset(token) for token in phrase if token not in wanted}
            score = sum(1.0 if token in phrase else 0.4 if _onset(token) in begins else 0.0 for token in wanted)
            best = max(best, 0.9 * score / len(wanted) + 0.1 * score / max(len(phrase), len(wanted)))
    return best


def _variants(word: str) -> list[str]:
    """Every word that is one mistake away."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = [a + b[1:] for a, b in cuts if b]
    found += [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    found += [a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS]
    found += [a + letter + b for a, b in cuts for letter in _LETTERS]
    return [one for one in dict.fromkeys(found) if one != word]


def _all(terms: Iterable[str]) -> str:
    return "(" + " AND ".join(terms) + ")"


def _any(expressions: Iterable[str]) -> str:
    found = list(dict.fromkeys(expressions))
    return "(" + " OR ".join(found) + ")" if found else ""
