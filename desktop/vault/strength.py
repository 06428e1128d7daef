"""How long a passphrase would hold: a careful guess, never a flattering one.

The thief has the laptop's folder, about sixteen of the best graphics cards, word lists in many languages and knows how people
choose. One guess costs Argon2id over 256 MiB with three passes, which is bound by the speed of memory: a card that moves
1,000 GB a second manages about 600, sixteen of them 10,000 a second. `GUESSES_PER_SECOND` is that figure.

The estimate is the cheapest way to cut the passphrase into pieces that such a thief tries: words of our list (11 bits), things that
many people choose, runs on the keyboard, counting, years and dates, what stood there before, words of some language, single
characters. Burmese is counted by characters at 2.2 bits each: a syllable of three to four is worth what a syllable is.
"""

from __future__ import annotations

import math
import re
from functools import cache

from desktop.resources import folder
from desktop.vault.hardness import plain
from desktop.words.spoken import COUNT, words

GUESSES_PER_SECOND = 10_000
YEAR = 365.25 * 86_400
_LIST_WORD = math.log2(COUNT)
_FAVOURITE = 7.0
_ROWS = ("`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "abcdefghijklmnopqrstuvwxyz",
         "၁၂၃၄၅၆၇၈၉၀", "ကခဂဃငစဆဇ")  # fmt: skip
_RUNS = tuple(run for row in _ROWS for run in (row, row[::-1]))
_DATE = re.compile(r"(?:\d{1,2}[ ./-]?){2}(?:19|20)\d\d|(?:19|20)\d\d[ ./-]?\d{1,2}[ ./-]?\d{1,2}|\d{6}")
_YEAR = re.compile(r"(?:19|20)\d\d|1[34]\d\d")  # also the Burmese era
_LEET = str.maketrans("013457@$!", "oieastasi")
_LONGEST = 24


def seconds_to_guess(passphrase: str) -> float:
    """How long the thief of this module's first lines needs on average, in seconds."""
    return float(2 ** min(bits(passphrase), 300) / 2 / GUESSES_PER_SECOND)


def bits(passphrase: str) -> float:
    """The cheapest cutting of the passphrase, as the number of halvings a thief needs."""
    text = plain(passphrase)
    low = text.lower()
    best = [0.0] + [math.inf] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - _LONGEST), end):
            best[end] = min(best[end], best[start] + _piece(text, low, start, end))
    separators = {c for c in text if not c.isalnum() and c.isascii()}
    return best[-1] + len(separators)


def _piece(text: str, low: str, start: int, end: int) -> float:
    piece, lowered = text[start:end], low[start:end]
    capitals = 0.0 if piece == lowered else 1.0 if piece[0] != lowered[0] and piece[1:] == lowered[1:] else 3.0
    if len(piece) == 1:
        return _character(piece)
    choices = [math.inf]
    if lowered in _words():
        choices.append(_LIST_WORD + capitals)
    if lowered in _favourites():
        choices.append(_FAVOURITE + capitals)
    elif lowered.translate(_LEET) in _favourites() or lowered.translate(_LEET) in _words():
        choices.append(_LIST_WORD + 2 + capitals)
    if len(piece) >= 3:
        choices.append(_repeated(low, lowered, start) + capitals)
        choices.append(_run(lowered) + capitals)
    if len(piece) >= 4:
        choices.append(_dated(piece))
        choices.append(_some_word(lowered) + capitals)
    return min(choices)


def _character(one: str) -> float:
    if one == " ":
        return 0.0  # spaces between words are what everybody writes; one bit for having them is counted once
    if one.isdigit():
        return 3.3
    if "\u1000" <= one <= "\u109f" or "\uaa60" <= one <= "\uaa7f":
        return 2.2
    return 5.0 if not one.isalpha() or one.isupper() else 4.0


def _repeated(low: str, lowered: str, start: int) -> float:
    """Something that stood there before, or one character many times."""
    if len(set(lowered)) == 1:
        return _character(lowered[0]) + math.log2(len(lowered))
    return 2 + math.log2(len(lowered)) if lowered in low[: start + len(lowered) - 1] else math.inf


def _run(lowered: str) -> float:
    """Neighbours on the keyboard, the alphabet, counting; forwards or backwards."""
    return 4 + math.log2(len(lowered)) if any(lowered in run for run in _RUNS) else math.inf


def _dated(piece: str) -> float:
    if _YEAR.fullmatch(piece):
        return 6.0
    return 14.0 if _DATE.fullmatch(piece) else math.inf


def _some_word(lowered: str) -> float:
    """A word of some language, or a name: what can be spoken is in somebody's list."""
    if not (lowered.isascii() and lowered.isalpha()) or re.search("[^aeiouy]{4}", lowered):
        return math.inf
    vowels = sum(letter in "aeiouy" for letter in lowered) / len(lowered)
    return 13.0 + 2.0 * max(0, len(lowered) - 8) if 0.2 <= vowels <= 0.7 else math.inf


@cache
def _favourites() -> frozenset[str]:
    """Passwords, names, places and lines that many people choose."""
    return frozenset(folder("words", "favourites.txt").read_text(encoding="utf-8").splitlines())


@cache
def _words() -> frozenset[str]:
    return frozenset(words())
