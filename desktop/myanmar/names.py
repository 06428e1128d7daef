"""Names as they are searched: tokens to store, and a typed query as an expression for the full-text index.

A Burmese name is cut into sound syllables, a romanised one into words and once more into one joined word, so that "AungMyo" and
"Aung Myo" find each other. Honorifics (ဦး, Ko, Daw ...) at the beginning of a query are ignored unless they are all of it; they
are never cut from a stored name, because some of them are also parts of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from desktop.myanmar.text import folded, has_myanmar, sound_syllables
from desktop.resources import folder

BETWEEN = "\u01c1"  # a letter that no name has: keeps a phrase from matching across two names
_WORD = re.compile(r"\w", re.UNICODE)
_UNFINISHED = re.compile("\u1039+$")
_LONE_CONSONANT = re.compile("[\u1000-\u1021]\u1037?")
_APART = re.compile(r"[\s,;/.\-_'’()\u104a\u104b]+")
_NOT_DIGITS = re.compile(r"[\s\-+()/.]+")
_AS_CODE = str.maketrans({"o": "0", "i": "1", "l": "1"})


@cache
def honorifics() -> frozenset[tuple[str, ...]]:
    """Every honorific as its tokens, Burmese and romanised."""
    found: set[tuple[str, ...]] = set()
    for line in folder("reference", "names", "honorifics.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        burmese, romanised = line.split("\t")[:2]
        found.update(tuple(_tokens(one)) for one in (burmese, *romanised.split(";")))
    return frozenset(found)


def without_honorific(tokens: list[str]) -> list[str]:
    """The tokens of a name without a leading honorific; all of them if nothing else would be left."""
    for length in (2, 1):
        if len(tokens) > length and tuple(tokens[:length]) in honorifics():
            return tokens[length:]
    return tokens


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for word in _APART.split(folded(text)):
        found += [piece for piece in sound_syllables(word) if _WORD.search(piece) or has_myanmar(piece)]
    return found


def name_tokens(names: Iterable[str]) -> str:
    """What the index stores for these names of one person, tokens parted by spaces."""
    kept: dict[str, None] = {}
    for name in names:
        tokens = _tokens(name)
        latin = [token for token in tokens if not has_myanmar(token)]
        if tokens:
            kept[" ".join(tokens)] = None
        if len(latin) > 1:
            kept["".join(latin)] = None
    return f" {BETWEEN} ".join(kept)


def code_tokens(code: str) -> str:
    """A case code and its second half, so that either half finds it."""
    return f"{code} {code[4:]}".lower() if len(code) > 4 else code.lower()


def phone_tokens(phone: str) -> str:
    """Every ending of three and more digits of a telephone number, so that any three digits in a row find it."""
    digits = "".join(c for c in folded(phone) if c.isdigit())
    return " ".join(digits[at:] for at in range(max(1, len(digits) - 2))) if digits else ""


def _quoted(tokens: list[str]) -> str:
    return '"' + " ".join(token.replace('"', "") for token in tokens) + '" *'


def _readings(word: str) -> list[list[str]]:
    """The ways to cut a Burmese word that may still be in the middle of being typed: a last lone consonant may be a syllable of
    its own or become the final of the one before it."""
    tokens = _tokens(_UNFINISHED.sub("", word))
    if not tokens:
        return []
    readings = [tokens]
    if len(tokens) > 1 and _LONE_CONSONANT.fullmatch(tokens[-1]):
        readings.append([*tokens[:-2], tokens[-2] + tokens[-1]])
    readings += [short for reading in readings if (short := without_honorific(reading)) != reading]
    return readings


def _any(expressions: list[str]) -> str:
    return "(" + " OR ".join(dict.fromkeys(expressions)) + ")"


def name_query(query: str) -> str:
    """The query as an expression over stored `name_tokens`, or "" if there is nothing to look for. Every word must match, in any
    order; each may be the beginning of a word; a Burmese word may begin at any syllable."""
    words = [word for word in _APART.split(folded(query)) if word]
    if len(words) > 1 and has_myanmar(words[0]) and tuple(_tokens(words[0])) in honorifics():
        del words[0]
    burmese = [_readings(word) for word in words if has_myanmar(word)]
    latin = [token for word in words if not has_myanmar(word) for token in _tokens(word)]
    groups = [_any([_quoted(reading) for reading in readings]) for readings in burmese if readings]
    if latin:
        ways = [" AND ".join(_quoted([token]) for token in latin)]
        short = without_honorific(latin)
        if short != latin:
            ways.append(" AND ".join(_quoted([token]) for token in short))
        if len(latin) > 1:
            ways += [_quoted(["".join(latin)]), *([_quoted(["".join(short)])] if short != latin else [])]
        groups.append(_any([f"({way})" for way in ways]))
    return " AND ".join(groups)


def id_query(query: str) -> str:
    """The query as an expression over codes and telephone numbers, or "" if it cannot be either."""
    plain = folded(query)
    digits = _NOT_DIGITS.sub("", plain)
    found: list[str] = []
    if len(digits) >= 3 and digits.isdigit():
        found.append(_quoted([digits]))
        if digits.startswith(("95", "66")):
            found.append(_quoted(["0" + digits[2:]]))
    code = _NOT_DIGITS.sub("", plain).translate(_AS_CODE)
    if 2 <= len(code) <= 8 and code.isascii() and code.isalnum():
        found.append(_quoted([code]))
    return _any(found) if found else ""
