"""Where a line had better not end inside a Burmese phrase: in a known word.

The words are a list (resources/reference/words). It only chooses among the places where a syllable starts, so what it does not know, and
Karen, Shan and Mon, are still broken between syllables and never inside one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from desktop.resources import folder

_LONGEST = 6  # syllables in a word of the list
_BEHIND = re.compile("[^\u1000-\u103f]+$")


@cache
def words() -> frozenset[str]:
    """The known words of two to six syllables."""
    return frozenset(folder("reference", "words", "burmese.txt").read_text(encoding="utf-8").split())


def torn_at(text: str, starts: Sequence[int]) -> frozenset[int]:
    """Those of `starts` (offsets at which a syllable starts, in order) at which a new line would tear a word."""
    edges = [0, *starts, len(text)]
    return frozenset(starts).difference(_word_starts(text, edges))


def _word_starts(text: str, edges: Sequence[int]) -> list[int]:
    """The offsets at which a word starts, if the text is read as the fewest words; the longer one first where that leaves a choice."""
    syllables = [_BEHIND.sub("", text[start:end]) for start, end in pairwise(edges)]
    count, known = len(syllables), words()
    fewest, following = [0] * (count + 1), [0] * count
    for first in range(count - 1, -1, -1):
        fewest[first], following[first] = fewest[first + 1] + 1, first + 1
        for last in range(first + 1, min(count, first + _LONGEST)):
            word = text[edges[first]:edges[last]] + syllables[last]
            if fewest[last + 1] + 1 <= fewest[first] and word in known:
                fewest[first], following[first] = fewest[last + 1] + 1, last + 1
    found, at = [], 0
    while at < count:
        at = following[at]
        found.append(edges[at])
    return found
