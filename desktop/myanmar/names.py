"""Names as they are searched: tokens to store, and a typed query as an expression for the full-text index.

A Burmese name is cut into sound syllables, a romanised one into words and once more into one joined word, so that "AungMyo" and
"Aung Myo" find each other. Honorifics (ဦး, Ko, Daw ...) at the beginning of a query are ignored unless they are all of it; they
are never cut from a stored name, because some of them are also parts of names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import islice

from desktop.myanmar.text import folded, has_myanmar, sound_syllables
from desktop.myanmar.zawgyi import in_unicode
from desktop.resources import folder

BETWEEN = "\u01c1"  # a letter that no name has: keeps a phrase from matching across two names
_LONGEST, _NAMES_MOST, _SECOND_MOST = 200, 50, 4
_WORD = re.compile(r"\w", re.UNICODE)
_UNFINISHED = re.compile("\u1039+$")
_LONE_CONSONANT = re.compile("[\u1000-\u1021]\u1037?")
_APART = re.compile(r"[\s,;/.\-_'’`()\[\]{}@\u104a\u104b]+")
_JOINING = re.compile("(?<![a-z])([a-z])['’ʼ`](?=[a-z])")
_ALSO = frozenset({"a", "b", "aka", "alias", "ခ", "ခေါ်"})  # what stands between two names of one person
_SECOND = re.compile(r"[()\[\]{}@]|\b(?:aka|a\.k\.a|alias)\b\.?|(?<=\s)ခေါ်(?=\s)", re.IGNORECASE)
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


def words_of(text: str) -> list[str]:
    """The words of a name, folded. A sign behind a single letter joins it to the word (N'Hkum, K'ler are one word), elsewhere it parts."""
    return [word for word in _APART.split(_JOINING.sub(r"\1", folded(text))) if word]


def second_names(text: str) -> tuple[str, ...]:
    """The names in a name: the first, and those in brackets or behind (a), alias, @, (ခ); four at most. One, if it is a name alone;
    none in an empty text."""
    parts = (part.strip() for part in _SECOND.split(text[:_LONGEST]))
    found = tuple(dict.fromkeys(part for part in parts if part and part.lower() not in _ALSO))[:_SECOND_MOST]
    return found or tuple(one for one in (text.strip(),) if one)


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    for word in _APART.split(folded(text)):
        found += [piece for piece in sound_syllables(word) if _WORD.search(piece) or has_myanmar(piece)]
    return found


def name_tokens(names: Iterable[str]) -> str:
    """What the index stores for these names of one person, tokens parted by spaces. Of what is longer or more than any person's names
    (another site may send what it likes) only the beginning is looked at."""
    kept: dict[str, None] = {}
    written = (one for name in islice(names, _NAMES_MOST) for one in _ways_to_write(name[:_LONGEST]))
    for name in written:
        tokens = _tokens(name[:_LONGEST])
        latin = [token for token in tokens if not has_myanmar(token)]
        if tokens:
            kept[" ".join(tokens)] = None
        if len(latin) > 1:
            kept["".join(latin)] = None
    return f" {BETWEEN} ".join(kept)


def _ways_to_write(name: str) -> Iterable[str]:
    """The name; if it stands there in Zawgyi, in Unicode; with signs joined to their letters; each name in it."""
    read = in_unicode(name)
    return dict.fromkeys((name, read, " ".join(words_of(read)), *second_names(read)))


def code_tokens(code: str) -> str:
    """A case code and its second half, so that either half finds it."""
    code = code[:_LONGEST]
    return f"{code} {code[4:]}".lower() if len(code) > 4 else code.lower()


def phone_tokens(phone: str) -> str:
    """Every ending of three and more digits of a telephone number, so that any three digits in a row find it."""
    digits = "".join(c for c in folded(phone[:_LONGEST]) if c.isdigit())
    return " ".join(digits[at:] for at in range(max(1, len(digits) - 2))) if digits else ""


def handle_tokens(phone: str) -> str:
    """What people are called on a service that was written in place of a telephone number, or beside it: each word with a letter in it."""
    return " ".join(_handles(phone[:_LONGEST]))


def _handles(text: str) -> list[str]:
    words = ("".join(c for c in word if c.isalnum()).translate(_AS_CODE) for word in folded(text).split() if re.search("[a-z]", word))
    return [word for word in words if len(word) > 2 and word.isascii()]


Phrase = list[str]  # tokens that stand one behind the other; the last may be the beginning of a word
Ways = list[list[Phrase]]  # ways to match one word of a query; of each way all phrases must match


def _readings(word: str) -> list[Phrase]:
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


def _latin_ways(latin: list[str]) -> Ways:
    ways = [[[token] for token in tokens] for tokens in (latin, without_honorific(latin))]
    if len(latin) > 1:
        ways += [[["".join(latin)]], [["".join(without_honorific(latin))]]]
    return [way for at, way in enumerate(ways) if way not in ways[:at]]


def _groups(query: str) -> list[Ways]:
    """One group of ways for each Burmese word, one for all Latin words together."""
    words = [word for word in _APART.split(folded(query)) if word]
    if len(words) > 1 and has_myanmar(words[0]) and tuple(_tokens(words[0])) in honorifics():
        del words[0]
    groups = [[[reading] for reading in _readings(word)] for word in words if has_myanmar(word)]
    latin = [token for word in words if not has_myanmar(word) for token in _tokens(word)]
    return [ways for ways in [*groups, _latin_ways(latin) if latin else []] if ways]


def _quoted(phrase: Phrase) -> str:
    return '"' + " ".join(token.replace('"', "") for token in phrase) + '" *'


def _any(expressions: Iterable[str]) -> str:
    return "(" + " OR ".join(dict.fromkeys(expressions)) + ")"


def name_query(query: str) -> str:
    """The query as an expression over stored `name_tokens`, or "" if there is nothing to look for. Every word must match, in any
    order; each may be the beginning of a word; a Burmese word may begin at any syllable."""
    return " AND ".join(_any("(" + " AND ".join(map(_quoted, way)) + ")" for way in ways) for ways in _groups(query))


def name_fits(query: str) -> Callable[[str], bool]:
    """A test whether stored `name_tokens` match the query: the same rule as `name_query`, for a few names at hand."""
    groups = _groups(query)

    def fits(stored: str) -> bool:
        text = f" {stored}"
        return bool(groups) and all(any(all(f" {' '.join(phrase)}" in text for phrase in way) for way in ways) for ways in groups)

    return fits


def _id_beginnings(query: str) -> list[str]:
    """Beginnings of codes and of endings of telephone numbers that the query may mean."""
    plain = _NOT_DIGITS.sub("", folded(query))
    found = []
    if len(plain) >= 3 and plain.isdigit():
        found.append(plain)
        if plain.startswith(("95", "66")):
            found.append("0" + plain[2:])
    code = plain.translate(_AS_CODE)
    if 2 <= len(code) <= 8 and code.isascii() and code.isalnum():
        found.append(code)
    found += _handles(query) if len(query.split()) == 1 else []
    return list(dict.fromkeys(found))


def id_query(query: str) -> str:
    """The query as an expression over codes and telephone numbers, or "" if it cannot be either."""
    beginnings = _id_beginnings(query)
    return _any(_quoted([one]) for one in beginnings) if beginnings else ""


def id_fits(query: str) -> Callable[[str], bool]:
    """A test whether stored codes and numbers match the query: the same rule as `id_query`."""
    beginnings = _id_beginnings(query)
    return lambda stored: any(f" {one}" in f" {stored}" for one in beginnings)
