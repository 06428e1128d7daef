"""Text into placed glyphs: HarfBuzz, one run for each font, with a fallback from font to font by what each has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category

import uharfbuzz as hb

from desktop.paper.breaking import clusters
from desktop.paper.fonts import PaperFont, font

UNKNOWN_LETTER = "\ufffd"
"""Drawn for a character that no font has; copying still gives the character itself."""

_REMEMBERED = 20_000  # shaped texts: the labels of all documents and the names of a long batch


# The characters that Unicode calls ignorable by default: HarfBuzz leaves them out. Other format characters (Arabic number signs) are drawn.
_NO_SHAPE = re.compile("[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")
_OWN_LETTERS = (("mnw", "\u105a", "\u1060"), ("ksw", "\u1061", "\u1065"), ("shn", "\u1075", "\u108a"), ("mnw", "\u1033", "\u1035"))


SIGN = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u102b-\u1032\u1036-\u103e\u1056-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u109a-\u109d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
"""Signs that stand on, under or around a letter. No word of any language has more than nine on one letter, names that mean harm have eighty."""
_PILED = re.compile(f"(?<={SIGN}{{12}}){SIGN}")


class Glyph(NamedTuple):
    """Lengths in thousandths of an em. `cluster` is the offset in the run's text of the character it belongs to."""

    id: int
    advance: float
    dx: float
    dy: float
    cluster: int


class Run(NamedTuple):
    """Consecutive characters set in one font."""

    font: PaperFont
    text: str
    glyphs: tuple[Glyph, ...]

    def clusters(self) -> Iterator[tuple[str, tuple[Glyph, ...]]]:
        """The smallest pieces of text that have glyphs of their own, with those glyphs, in order."""
        edges = [*sorted({glyph.cluster for glyph in self.glyphs}), len(self.text)]
        for start, end in pairwise(edges):
            yield self.text[start:end], tuple(glyph for glyph in self.glyphs if glyph.cluster == start)


@dataclass(frozen=True, eq=False)
class Shaped:
    """One line of text in one face; compared by identity, for a face gives the same object for the same text.

    `width` and `ink` (left, bottom, right, top from the origin) in thousandths of an em; `unknown` are characters no font has."""

    text: str
    runs: tuple[Run, ...]
    width: float
    ink: tuple[float, float, float, float]
    unknown: str


class Face:
    """Fonts in the order in which they are asked for a character."""

    def __init__(self, *fonts: PaperFont) -> None:
        self.fonts = fonts
        self._remembered: dict[tuple[str, str], Shaped] = {}

    def shape(self, text: str, language: str = "") -> Shaped:
        """The text as placed glyphs. `language` (my, ksw, shn, mnw, en, ...) chooses the forms of letters that differ by language;
        without one the letters themselves tell (`language_of`)."""
        known = self._remembered.get((text, language))
        if known is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            known = self._remembered[text, language] = self._shape(text, language or language_of(text))
        return known

    def _shape(self, text: str, language: str) -> Shaped:
        runs, width = [], 0.0
        left, bottom, right, top = 0.0, 0.0, 0.0, 0.0
        inked = False
        for used, start, end in self.itemise(text):
            glyphs = _glyphs(used, self._visible(text[start:end]), language)
            runs.append(Run(used, text[start:end], glyphs))
            for glyph in glyphs:
                box = used.box(glyph.id)
                if box:
                    x, y = width + glyph.dx, glyph.dy
                    edges = x + box[0], y + box[1], x + box[2], y + box[3]
                    left, bottom = (min(left, edges[0]), min(bottom, edges[1])) if inked else edges[:2]
                    right, top = (max(right, edges[2]), max(top, edges[3])) if inked else edges[2:]
                    inked = True
                width += glyph.advance
        unknown = "".join(c for c in text if not _invisible(c) and not self._has(c))
        return Shaped(text, tuple(runs), width, (left, bottom, right, top), unknown)

    def itemise(self, text: str) -> list[tuple[PaperFont, int, int]]:
        """(font, start, end) of each run. A letter and its marks stay together as far as one font has them all; spaces stay with what
        stands before them."""
        runs: list[tuple[PaperFont, int, int]] = []
        at = 0
        for piece in clusters(text):
            for part in (piece,) if self._fonts_of(piece) else piece:  # a Latin letter under a Burmese mark: each in its own font
                end = at + len(part)
                now = runs[-1][0] if runs else None
                able = self._fonts_of(part)
                stays = now in able and (part.isspace() or len(able) == len(self.fonts))
                chosen = now if now is not None and stays else able[0]
                if chosen is now:
                    runs[-1] = (chosen, runs[-1][1], end)
                else:
                    runs.append((chosen, at, end))
                at = end
        return runs

    def _fonts_of(self, part: str) -> list[PaperFont]:
        """The fonts that have every character of it; all of them for what draws nothing."""
        needed = {ord(c) for c in self._visible(part) if not _invisible(c)}
        return [used for used in self.fonts if needed <= used.covers]

    def _has(self, character: str) -> bool:
        return any(ord(character) in f.covers for f in self.fonts)

    def _visible(self, text: str) -> str:
        """As it is shaped: controls as spaces, characters that no font has as the sign for an unknown letter, signs piled up without end
        left out. Same length."""
        if len(text) > 12:
            text = _PILED.sub("\u200b", text)
        if all(self._has(c) and c >= " " for c in text):
            return text
        return "".join(
            " " if category(c) in ("Cc", "Zl", "Zp") else c if self._has(c) or _invisible(c) else UNKNOWN_LETTER for c in text
        )


def language_of(text: str) -> str:
    """Mon, S'gaw Karen or Shan where the text has a letter of theirs alone, else Burmese. A name comes without its language, and
    these three shape shared letters in their own way."""
    for character in text:
        for language, first, last in _OWN_LETTERS:
            if first <= character <= last:
                return language
    return "my"


def _invisible(character: str) -> bool:
    """Draws nothing whatever the font: controls, separators, variation selectors, and those format characters that have no shape."""
    return category(character) in ("Cc", "Zl", "Zp") or bool(_NO_SHAPE.match(character))


def _glyphs(used: PaperFont, text: str, language: str) -> tuple[Glyph, ...]:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.add_codepoints([ord(c) for c in text])
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    buffer.language = language
    hb.shape(used.hb, buffer)
    k = used.scale
    return tuple(
        Glyph(info.codepoint, place.x_advance * k, place.x_offset * k, place.y_offset * k, info.cluster)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions)
    )


@cache
def regular() -> Face:
    """Latin first, then Myanmar, then Thai: all Noto, of one colour side by side."""
    return Face(font("latin"), font("myanmar"), font("thai"))


@cache
def bold() -> Face:
    """As `regular`, bold."""
    return Face(font("latin-bold"), font("myanmar-bold"), font("thai-bold"))


@cache
def codes() -> Face:
    """For case codes: every letter of one width, the zero with a slash."""
    return Face(font("mono-bold"), font("myanmar-bold"))
