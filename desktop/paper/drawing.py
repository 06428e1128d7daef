"""Shaped text as PDF operators: glyphs from the embedded parts of the fonts, the true text beside them for copying and searching."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from reportlab.pdfbase import pdfdoc

from desktop.paper.fonts import PaperFont
from desktop.paper.shaping import Glyph, Shaped


def number(value: float) -> str:
    """A number as PDF writes it: two digits after the point, no more than needed."""
    return f"{round(value, 2):.7g}"


class _Piece(NamedTuple):
    """A cluster: its text, its font and its glyphs."""

    text: str
    font: PaperFont
    glyphs: tuple[Glyph, ...]


@dataclass
class _Pen:
    """Writes glyphs of one line, in one size. Places are in thousandths of an em from the start of the line: `at` is where the next
    glyph belongs, `pen` where the file's own pen stands."""

    size: float
    document: pdfdoc.PDFDocument
    out: list[str] = field(default_factory=list)
    at: float = 0.0
    pen: float = 0.0
    part: str = ""
    rise: float = 0.0
    shown: list[str] = field(default_factory=list)

    def put(self, used: PaperFont, glyph: Glyph) -> None:
        name, code = used.slot(glyph.id, self.document)
        if name != self.part:
            self.flush()
            self.out.append(f"{name} {number(self.size)} Tf")
            self.part = name
        if abs(glyph.dy - self.rise) > 0.5:
            self.flush()
            self.rise = glyph.dy
            self.out.append(f"{number(self.rise * self.size / 1000)} Ts")
        gap = self.at + glyph.dx - self.pen
        if abs(gap) > 0.5:
            self.shown.append(number(-gap))
            self.pen += gap
        self.shown.append(f"<{code}>")
        self.pen += used.advance(glyph.id)
        self.at += glyph.advance

    def flush(self) -> None:
        if self.shown:
            self.out.append(f"[{''.join(self.shown)}] TJ")
            self.shown.clear()


class Setter:
    """Sets text into one document. Each text in one size is worked out once: the labels of a thousand forms cost one look-up."""

    def __init__(self, document: pdfdoc.PDFDocument) -> None:
        self._document = document
        self._done: dict[tuple[Shaped, float], str] = {}

    def operators(self, shaped: Shaped, size: float, x: float, y: float, stretch: float = 0.0) -> str:
        """The text with its origin at (x, y) in points from the lower left corner. `stretch` points are added at each space."""
        if stretch:
            body = self._body(shaped, size, stretch)
        else:
            body = self._done.get((shaped, size), "")
            if not body:
                body = self._done[shaped, size] = self._body(shaped, size, 0.0)
        return f"BT 1 0 0 1 {number(x)} {number(y)} Tm {body} ET"

    def _body(self, shaped: Shaped, size: float, stretch: float) -> str:
        pen = _Pen(size, self._document)
        for word in _words(shaped):
            told = self._needs_telling(word)
            if told:
                pen.flush()
                text = "".join(piece.text for piece in word).encode("utf-16-be").hex().upper()
                pen.out.append(f"/Span <</ActualText <FEFF{text}>>> BDC")
            for piece in word:
                for glyph in piece.glyphs:
                    pen.put(piece.font, glyph)
                if piece.text == " ":
                    pen.at += stretch * 1000 / size
            if told:
                pen.flush()
                pen.out.append("EMC")
        pen.flush()
        if pen.rise:
            pen.out.append("0 Ts")
        return " ".join(pen.out)

    def _needs_telling(self, word: list[_Piece]) -> bool:
        """False if the glyphs alone say the text: one font, one glyph for each cluster, and each glyph for one text only."""
        plain = len({piece.font for piece in word}) == 1
        for piece in word:
            alone = len(piece.glyphs) == 1
            plain = plain and alone
            if alone and not piece.font.stands_for(piece.glyphs[0].id, piece.text, self._document):
                plain = False
        return not plain


def _words(shaped: Shaped) -> Iterator[list[_Piece]]:
    """The pieces of a line up to and with each space: readers put a space of their own where one stretch of told text ends."""
    word: list[_Piece] = []
    for run in shaped.runs:
        for text, glyphs in run.clusters():
            word.append(_Piece(text, run.font, glyphs))
            if text.endswith(" "):
                yield word
                word = []
    if word:
        yield word
