"""Several lines of text as one block, spaced by their true ink: two lines never touch, whatever stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.paper.breaking import clusters
from desktop.paper.page import MM, Page, lines_of, readable, shape, width_of
from desktop.paper.shaping import SIGN
from desktop.paper.words import Pair

_MORE = "…"
_AIR = 0.3  # mm between the ink of two lines
_PILES = (12, 6, 3, 1, 0)  # signs on a letter, tried one after the other
_MARKER = re.compile(r"\s*(?:\(?\d{1,3}[.)။]|[-–•*])\s+(?=\S)")  # of an item in a list; digits of any script
_PITCH_LATIN, _PITCH_TALL = 1.32, 1.62  # baseline to baseline, times the size, unless the ink needs more


@dataclass(frozen=True)
class Line:
    """One line of a block: a text, its size in points, and how far it stands in from the left in mm."""

    text: str
    size: float
    bold: bool = False
    inset: float = 0.0

    @property
    def width(self) -> float:
        """In mm, with the inset."""
        return self.inset + width_of(self.text, self.size, self.bold)

    @property
    def ink(self) -> tuple[float, float]:
        """How far the ink reaches above and below the baseline, in mm."""
        _, bottom, _, top = shape(self.text, self.bold).ink
        k = self.size / 1000 / MM
        return top * k, -bottom * k

    @property
    def pitch(self) -> float:
        """The usual distance from the baseline before to this one, in mm."""
        tall = any(used.font.floor > 8 for used in shape(self.text, self.bold).runs)  # Myanmar, Thai: marks above and below
        return self.size / MM * (_PITCH_TALL if tall else _PITCH_LATIN)


@dataclass(frozen=True)
class Block:
    """Lines with their baselines below the top of the block, in mm."""

    lines: tuple[tuple[float, Line], ...]
    height: float

    @property
    def width(self) -> float:
        """Of the widest line, in mm."""
        return max((line.width for _, line in self.lines), default=0.0)

    def draw(self, page: Page, x: float, y: float, align: str = "left") -> None:
        """Set the block with its top at y."""
        for baseline, line in self.lines:
            page.text(x + line.inset, y + baseline, line.text, line.size, bold=line.bold, align=align)

    def cut(self, height: float) -> list[Block]:
        """The block in pieces that are no higher (each has at least one line)."""
        parts: list[list[Line]] = []
        for _, line in self.lines:
            if parts and block([*parts[-1], line]).height <= height:
                parts[-1].append(line)
            else:
                parts.append([line])
        return [block(part) for part in parts]

    def fitted(self, width: float, height: float) -> Block:
        """The block itself if it is no higher; else as many lines as there is room for, the last one with a sign that there is more: better
        than over what stands below."""
        if self.height <= height:
            return self
        *before, last = (line for _, line in self.cut(height)[0].lines)
        pieces = clusters(last.text)
        while len(pieces) > 1 and last.inset + width_of("".join(pieces) + _MORE, last.size, last.bold) > width:
            pieces.pop()
        return block([*before, replace(last, text="".join(pieces) + _MORE)])


def block(lines: Sequence[Line]) -> Block:
    """The lines under each other."""
    placed: list[tuple[float, Line]] = []
    at = down = 0.0
    for line in lines:
        up, below = line.ink
        at = max(at + line.pitch, at + down + up + _AIR) if placed else max(line.size / MM, up)
        placed.append((at, line))
        down = below
    return Block(tuple(placed), at + max(down, 0.35 * lines[-1].size / MM) if placed else 0.0)


def running(text: str, width: float, size: float, *, bold: bool = False, inset: float = 0.0) -> list[Line]:
    """A text as lines of at most `width` mm, in no smaller size than its script can be read in."""
    size = readable(text, size, bold)
    broken = (line.strip() for line in lines_of(text, width - inset, size, bold))
    return [Line(line, size, bold, inset) for line in broken if line]


def held(text: str, width: float, height: float, sizes: Sequence[float], *, bold: bool = False) -> Block:
    """A short text in the first of these sizes in which it keeps to a room of `width` and `height` mm; in none of them, in the last one with a sign that
    there is more, and of signs piled on a letter only as many as there is room for."""
    for most in _PILES:
        thin = re.sub(f"({SIGN}{{{most}}}){SIGN}+", r"\1", text)
        for size in sizes:
            made = block(running(thin, width, size, bold=bold))
            if made.height <= height:
                return made
        short = made.fitted(width, height)
        if short.height <= height:
            return short
    return short


def paragraphs(text: str, width: float, size: float, *, bold: bool = False) -> list[Line]:
    """A text of several paragraphs as lines of at most `width` mm: a gap where a line of it is empty; items that begin with a number (of any
    script) or a dash hang, so that the numbers stand free at the left."""
    lines: list[Line] = []
    for part in text.strip().splitlines():
        marker = _MARKER.match(part)
        if marker:
            lines += _item(marker.group().lstrip(), part[marker.end():], width, readable(part, size, bold), bold)
        else:
            lines += running(part, width, size, bold=bold) or [Line("", size / 2)]
    return lines


def _item(marker: str, text: str, width: float, size: float, bold: bool) -> list[Line]:
    inset = width_of(marker, size, bold)
    first, *rest = running(text, width, size, bold=bold, inset=inset)
    return [Line(marker + first.text, size, bold), *rest]


def bilingual(words: Pair, width: float, size: float, english: float, *, bold: bool = False, inset: float = 0.0) -> Block:
    """Burmese above English, each in as many lines as it needs."""
    first = running(words.my or words.en, width, size, bold=bold, inset=inset)
    return block(first if words.one else [*first, *running(words.en, width, english, inset=inset)])
