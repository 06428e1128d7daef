"""Shaped text as PDF operators: glyphs from the embedded parts of the fonts, the true text beside them for copying and searching."""

from __future__ import annotations

from reportlab.pdfbase import pdfdoc

from desktop.paper.shaping import Run, Shaped


def number(value: float) -> str:
    """A number as PDF writes it: two digits after the point, no more than needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Setter:
    """Sets text into one document. Each text in one size is worked out once: the labels of a thousand forms cost one look-up."""

    def __init__(self, document: pdfdoc.PDFDocument) -> None:
        self._document = document
        self._done: dict[tuple[Shaped, float, float], str] = {}

    def operators(self, shaped: Shaped, size: float, x: float, y: float, stretch: float = 0.0) -> str:
        """The text with its origin at (x, y) in points from the lower left corner. `stretch` points are added at each space."""
        key = (shaped, size, stretch) if stretch == 0 else None
        body = self._done.get(key) if key else None
        if body is None:
            body = self._body(shaped, size, stretch)
            if key:
                self._done[key] = body
        return f"BT 1 0 0 1 {number(x)} {number(y)} Tm {body} ET"

    def _body(self, shaped: Shaped, size: float, stretch: float) -> str:
        out: list[str] = []
        behind = 0.0  # how far the place of the next glyph is from where the last run left the pen, in thousandths of an em
        for run in shaped.runs:
            body, behind = self._run(run, size, stretch * 1000 / size, behind)
            if self._needs_words(run):
                words = run.text.encode("utf-16-be").hex().upper()
                out.append(f"/Span <</ActualText <FEFF{words}>>> BDC {body} EMC")
            else:
                out.append(body)
        return " ".join(out)

    def _needs_words(self, run: Run) -> bool:
        """False if the glyphs alone say the text: one glyph for each cluster, and each glyph for one text only."""
        meanings = list(run.meanings())
        plain = all(alone for _, _, alone in meanings)
        for glyph, text, alone in meanings:
            if alone and not run.font.stands_for(glyph, text, self._document):
                plain = False
        return not plain

    def _run(self, run: Run, size: float, stretch: float, behind: float) -> tuple[str, float]:
        """Operators of one run, and how far the pen stands from the true end of the run afterwards."""
        out: list[str] = []
        shown: list[str] = []
        part, rise, at, pen = "", 0.0, behind, 0.0

        def flush() -> None:
            if shown:
                out.append(f"[{''.join(shown)}] TJ")
                shown.clear()

        for glyph in run.glyphs:
            name, code = run.font.slot(glyph.id, self._document)
            if name != part:
                flush()
                out.append(f"{name} {number(size)} Tf")
                part = name
            if abs(glyph.dy - rise) > 0.5:
                flush()
                rise = glyph.dy
                out.append(f"{number(rise * size / 1000)} Ts")
            gap = at + glyph.dx - pen
            if abs(gap) > 0.5:
                shown.append(number(-gap))
                pen += gap
            shown.append(f"<{code}>")
            pen += run.font.advance(glyph.id)
            at += glyph.advance + (stretch if run.text[glyph.cluster] == " " else 0.0)
        flush()
        if rise:
            out.append("0 Ts")
        return " ".join(out), at - pen
