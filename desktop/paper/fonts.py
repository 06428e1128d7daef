"""The faces paper is set in. Loaded once for each process: ReportLab mixes up two objects made from one file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts

from desktop.resources import folder

PRIVATE = 0xF0000
"""Every glyph is asked of ReportLab's subsetter under the code PRIVATE + glyph id, so that one glyph is one code."""

_NO_LETTERS = (0x2028, 0x2029, 0xFFFF)  # line ends, and what closes a font's table: in the table of some fonts


class PaperFont(ttfonts.TTFont):  # type: ignore[misc]
    """One static TrueType file: measured and shaped by HarfBuzz, embedded by ReportLab.

    `covers` are the code points it has; `floor` is the smallest size in points it may be printed in.
    """

    def __init__(self, name: str, path: Path, floor: float) -> None:
        super().__init__(name, str(path), asciiReadable=0, shapable=False)
        face = hb.Face(hb.Blob(path.read_bytes()))
        if "fvar" in face.table_tags:
            raise ValueError(f"{path.name}: a variable font prints in its lightest weight only")
        self.hb = hb.Font(face)
        self.scale = 1000.0 / int(face.upem)
        self.covers = frozenset(code for code in self.face.charToGlyph if code < PRIVATE and code not in _NO_LETTERS)
        self.floor = floor
        self._letter_of: dict[int, str] = {}
        for code, glyph in sorted(self.face.charToGlyph.items()):
            if code not in (0xA0, 0xAD, 0x200B):
                self._letter_of.setdefault(glyph, chr(code))
        self._texts: WeakKeyDictionary[object, dict[int, str]] = WeakKeyDictionary()
        self._boxes: dict[int, tuple[float, float, float, float] | None] = {}

    def advance(self, glyph: int) -> float:
        """Width of a glyph in thousandths of an em, as it is written into the file."""
        return float(self.hb.get_glyph_h_advance(glyph)) * self.scale

    def box(self, glyph: int) -> tuple[float, float, float, float] | None:
        """(left, bottom, right, top) of the ink in thousandths of an em from the origin; None for a glyph without ink."""
        if glyph not in self._boxes:
            found = self.hb.get_glyph_extents(glyph)
            k = self.scale
            self._boxes[glyph] = None if found is None or not found.width else (
                found.x_bearing * k, (found.y_bearing + found.height) * k,
                (found.x_bearing + found.width) * k, found.y_bearing * k,
            )
        return self._boxes[glyph]

    def slot(self, glyph: int, document: pdfdoc.PDFDocument) -> tuple[str, str]:
        """(name of the embedded part, two hex digits) under which the glyph is shown in this document."""
        code = PRIVATE + glyph
        if code not in self.face.charToGlyph:
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self.advance(glyph)
        ((part, shown),) = self.splitString(chr(code), document)
        return self.getSubsetInternalName(part, document), f"{shown[0]:02X}"

    def stands_for(self, glyph: int, text: str, document: pdfdoc.PDFDocument) -> bool:
        """Note that the glyph was drawn for this text; False if it already stands for another one in this document."""
        return self._texts.setdefault(document, {}).setdefault(glyph, text) == text

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:
        """ReportLab's own, then each ToUnicode table replaced: ReportLab would write the private codes into it."""
        parts = [list(part) for part in self.state[doc].subsets]
        super().addObjects(doc)
        texts = self._texts.get(doc, {})
        for number, part in enumerate(parts):
            name = b"".join((ttfonts.SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject["toUnicodeCMap:" + name].content = _to_unicode(
                [self._meaning(code, texts) if slot else "" for slot, code in enumerate(part)]
            )

    def _meaning(self, code: int, texts: dict[int, str]) -> str:
        if code < PRIVATE:
            return chr(code)
        glyph = code - PRIVATE
        return texts.get(glyph) or self._letter_of.get(glyph, "")


def _to_unicode(texts: list[str]) -> str:
    """A ToUnicode table for one embedded part: the text of each code, "" where a code has none of its own."""
    rows = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts) if text]
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def", "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
    ]
    for start in range(0, len(rows), 100):
        block = rows[start:start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


_LATIN_FLOOR, _TALL_FLOOR = 8.0, 9.0  # points: smaller type does not survive a worn copier


@cache
def font(name: str) -> PaperFont:
    """One of latin, latin-bold, myanmar, myanmar-bold, thai, thai-bold, mono-bold."""
    file, floor = {
        "latin": ("NotoSans-Regular.ttf", _LATIN_FLOOR),
        "latin-bold": ("NotoSans-Bold.ttf", _LATIN_FLOOR),
        "myanmar": ("paper/NotoSansMyanmar_400Regular.ttf", _TALL_FLOOR),
        "myanmar-bold": ("paper/NotoSansMyanmar_700Bold.ttf", _TALL_FLOOR),
        "thai": ("NotoSansThai-Regular.ttf", _TALL_FLOOR),
        "thai-bold": ("NotoSansThai-Bold.ttf", _TALL_FLOOR),
        "mono-bold": ("paper/NotoSansMono_700Bold.ttf", _LATIN_FLOOR),
    }[name]
    made = PaperFont(f"F-{name}", folder("fonts", *file.split("/")), floor)
    pdfmetrics.registerFont(made)  # a canvas wants its first font by name
    return made
