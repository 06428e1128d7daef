"""Where a line may end.

Burmese puts spaces between phrases, not words, so a long phrase must be broken inside; it may only be broken where a syllable of the
Myanmar script starts. The rules are those of the script (Unicode Standard 16.4, and the syllable structure of Burmese, S'gaw and Pwo
Karen, Shan and Mon), not of one language's dictionary: dictionaries for Burmese cut Karen, Shan and Mon inside syllables. Among the
syllables of Burmese those are preferred that begin a word (`phrases`).

Thai is broken at spaces, before the vowels that are written first in their syllable, and after the signs that always end one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from unicodedata import category

from desktop.paper.phrases import torn_at

STACKER, ASAT = "\u1039", "\u103a"
_KEEPS_ASAT_AWAY = frozenset("\u103b\u103c\u103d\u103e\u105e\u105f\u1060\u1082\u1037")  # may stand between a final and its asat
_NEVER_FIRST = frozenset("\u104a\u104b\u104c\u104d\u104f\u109e\u109f\ua9e6\uaa70\uaa77\uaa78\uaa79")  # ၊ ။ ၌ ၍ ၏ ...
_OPENS = frozenset("([{<\u201c\u2018\u00ab\u2039")
_STICKS = frozenset("\"'/\u00a0\u2060\u200d\u202f")  # no break after these
_CLOSES = frozenset(")]}>\u201d\u2019\u00bb\u203a,.;:!?%\"'/\u00a0\u2060\u202f")
_THAI_FIRST_VOWELS = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44")
_THAI_NOT_FIRST = frozenset("\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46")
_THAI_LAST = frozenset("\u0e30\u0e33\u0e46")  # sara a, sara am, the sign of repetition
_BREAKS_AFTER = frozenset(" \t\n\u200b\u104a\u104b-\u2010\u2013\u2014")
_GREAT_SA = "\u103f"  # one letter that ends a syllable and begins the next


def is_mark(character: str) -> bool:
    """A character that stands on, under or around the one before it (or joins), so that nothing may start with it."""
    return category(character)[0] == "M" or character in "\u200c\u200d"


@lru_cache(maxsize=4096)
def _starts(character: str) -> bool:
    """A Myanmar letter or digit that may begin a syllable."""
    code = ord(character)
    if not (0x1000 <= code <= 0x109F or 0xAA60 <= code <= 0xAA7F or 0xA9E0 <= code <= 0xA9FF):
        return False
    return category(character) in ("Lo", "Nd") or character == "\u104e"  # ၎ as in ၎င်း


def syllable_starts(text: str) -> list[int]:
    """Offsets (never 0) at which a syllable of the Myanmar script starts and a line may start too."""
    return [at for at in range(1, len(text)) if _starts(text[at]) and _syllable_at(text, at)]


def _syllable_at(text: str, at: int) -> bool:
    now, before = text[at], text[at - 1]
    if before == STACKER or before in _OPENS or before in _STICKS or now == _GREAT_SA or now in _NEVER_FIRST:
        return False
    if category(now) == "Nd" and (category(before) == "Nd" or (before in ",.:-" and _digit(text, at - 2))):
        return False
    after = at + 1
    if text[after:after + 1] == STACKER:  # first half of a stack: the final of the syllable before
        return False
    while after < len(text) and text[after] in _KEEPS_ASAT_AWAY:
        after += 1
    return text[after:after + 1] != ASAT  # killed: a final, not a start


def _digit(text: str, at: int) -> bool:
    return at >= 0 and category(text[at]) == "Nd"


def _thai_starts(text: str) -> Iterator[int]:
    """Offsets at which a Thai syllable starts for certain. Others need a dictionary: a bare consonant may end the syllable before."""
    since = 0
    for at in range(1, len(text)):
        before, now = text[at - 1], text[at]
        if not _thai(before):
            since = at
        elif at - since > 1 and (
            (now in _THAI_FIRST_VOWELS and before not in _THAI_FIRST_VOWELS)
            or (before in _THAI_LAST and _thai_letter(now))
        ):
            since = at
            yield at


def _thai(character: str) -> bool:
    return "\u0e01" <= character <= "\u0e4e"


def break_offsets(text: str) -> list[int]:
    """Every offset at which a new line may start, in order; never 0 and never the end."""
    found = {*syllable_starts(text), *_thai_starts(text)}
    for at in range(1, len(text)):
        before, now = text[at - 1], text[at]
        if before not in _BREAKS_AFTER or now in " \t\n" or is_mark(now) or now in _NEVER_FIRST or now in _CLOSES:
            continue
        if before in "-\u2010\u2013" and (_digit(text, at) or text[at - 2:at - 1] in ("", " ")):
            continue  # a date, a range or a sign, not a hyphen
        found.add(at)
    return sorted(found)


def _thai_letter(character: str) -> bool:
    return "\u0e01" <= character <= "\u0e2e"


def clusters(text: str) -> list[str]:
    """The text in pieces that must never be torn or set in two fonts: a letter with its marks, and what is stacked under it."""
    pieces: list[str] = []
    for at, character in enumerate(text):
        joined = at and (
            is_mark(character) or text[at - 1] in (STACKER, "\u200d")
            or character in _THAI_NOT_FIRST or (text[at - 1] in _THAI_FIRST_VOWELS and _thai_letter(character))
        )
        if joined:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


_FULL, _WORD_FULL = 0.45, 0.3  # of the width, at least: a line ended early, at a space or where a word of the list ends
_SPACES = " \t\n\u104a\u104b\u200b"


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The text cut into lines no wider than `width` (in the unit of `measure`). The lines join to the text: spaces stay at their ends
    and are not counted. At a space if that leaves a line full enough, else between words of Burmese, else between syllables; a word
    without any such place is cut between clusters. A line feed ends a line."""
    lines: list[str] = []
    for part in re.split(r"(?<=\n)", text):
        lines += _wrap_part(part, width, measure)
    return lines


def _wrap_part(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    if not text:
        return []
    if measure(text.rstrip()) <= width:
        return [text]
    offsets = break_offsets(text)
    offsets.append(len(text))
    lines, start, first = [], 0, 0
    while start < len(text):
        end = _last_fitting(text, start, offsets[first:], width, measure)
        if end is None:
            end = start + _torn(text[start:offsets[first]], width, measure)
        lines.append(text[start:end])
        start = end
        while first < len(offsets) and offsets[first] <= start:
            first += 1
    return lines


def _last_fitting(
    text: str, start: int, offsets: Sequence[int], width: float, measure: Callable[[str], float],
) -> int | None:
    """Where the line ends that begins at `start`. Syllables are measured one by one and added up, which is the work of a moment for a
    long text; then the whole line is measured as it will stand."""
    fitting: list[tuple[int, float]] = []  # each end, and how wide the line then is
    at, wide = start, 0.0
    for end in offsets:
        piece = text[at:end]
        without_space = wide + measure(piece.rstrip())
        if without_space > width:
            break
        fitting.append((end, without_space / width))
        wide += measure(piece)
        at = end
    for ends in _preferred(text, fitting):
        for end in reversed(ends):
            if measure(text[start:end].rstrip()) <= width:
                return end
    return None


def _preferred(text: str, fitting: Sequence[tuple[int, float]]) -> Iterator[list[int]]:
    """The possible ends of a line, the better kinds first; in each kind the longest line comes last."""
    yield [end for end, _ in fitting if end == len(text)]
    yield [end for end, full in fitting if full >= _FULL and text[end - 1] in _SPACES]
    torn = _torn_words(text)
    yield [end for end, full in fitting if full >= _WORD_FULL and end not in torn]
    yield [end for end, _ in fitting]


@lru_cache(maxsize=64)  # a text is asked for again at each of its lines
def _torn_words(text: str) -> frozenset[int]:
    return torn_at(text, syllable_starts(text))


def _torn(word: str, width: float, measure: Callable[[str], float]) -> int:
    """How much of a word that fits on no line goes on this one: at least one cluster."""
    taken = ""
    for piece in clusters(word):
        if taken and measure(taken + piece) > width:
            break
        taken += piece
    return len(taken)
