"""Sixty strings of the scripts that people here write, and how HarfBuzz itself draws them: the outlines of its glyphs at its places, filled
by Qt. Paper is drawn by pdfium from the embedded fonts; where the two leave ink on the same dots, the layer between has lost nothing.
"""

from __future__ import annotations

from functools import cache

import pypdfium2
import uharfbuzz as hb
from PIL import Image, ImageChops
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QTransform

from desktop.paper import shaping
from desktop.paper.fonts import PaperFont
from desktop.paper.page import MM, Print

STRINGS = {
    "stacks": ("ဗုဒ္ဓဘာသာ", "ပတ္တမြား ဝတ္ထု", "သတ္တဝါ သမ္မတ", "ဥက္ကဋ္ဌ", "တက္ကသိုလ်", "မသဉ္ဇာ အန္တရာယ်", "ဗြဟ္မစိုရ်", "ကမ္ဘာ စက္ကူ", "ပုပ္ပါး ဌာန္တရ"),
    "kinzi": ("အင်္ဂလိပ်", "မင်္ဂလာပါ", "သင်္ဘော လင်္ကာ", "အင်္ဂါ တနင်္လာ", "သင်္ချိုင်း", "ဂင်္ဂါ ရာဇင်္ဂနာ"),
    "medials": ("ကျွန်ုပ် ကြွေ", "လွှဲပြောင်း မြှုပ်", "ယောက်ျားလေး", "ညွှန်ကြား ငြင်းဆို", "မြို့နယ် ကျွဲ ရွှေ", "ဟုတ်ကဲ့ တို့ နှင့်", "ဝှက် ချွှန် ဖြူ",
                "ပြဿနာ ဿ ဉာဏ်", "ဤ ဥ ဩ ဪ ဧ", "နေ့ ပေါ် ဒေါ်"),
    "digits": ("၁၉၈၇ ခုနှစ်", "၀၁၂၃၄၅၆၇၈၉", "၁၂/ကမန(နိုင်)၁၂၃၄၅၆", "၁၈:၀၀ နာရီ၊ ၂၁ ရက်။"),
    "mixed": ("စကားလုံး ၁၂ လုံး (ABC)", "Naw Paw နော်ဖော, 29", "R2 ပုံစံ / form 1,234.50", "“Saw Bwe” – စောဘွဲ", "ဖုန်း +95 9 420 000 000", "ชื่อ Saw အမည် စော"),
    "karen": ("ကညီကျိၥ်", "ဖိၣ်ဖိၣ် ဘူၣ်အိၣ်", "ပှၤကညီ အတၢ်", "တၢ်ဒုးသ့ၣ်ညါ", "ကီၢ်စဲၣ် လံာ်", "ဟံၣ်ဃီ မိၢ်ပၢ်"),
    "shan": ("မိူင်းတႆး", "ၵူၼ်းမိူင်း လၢႆး", "ၶဝ်ႈ ၸၼ်ႉ တီႈ", "ႁဝ်းၶႃႈ ပဵၼ်", "ၵႃႈၶၼ် ႁူဝ်ၼပ်ႉ", "ဝၼ်းထီႉ ႑႒႓"),
    "mon": ("ဘာသာမန်", "ဍုၚ်မန် ဂကူ", "ကၠောန် ဗၞာ", "သ္ၚိ ပ္ဍဲ ကၟာတ်", "မၞိဟ် ဇၟာပ်"),
    "pali": ("ဗုဒ္ဓံ သရဏံ ဂစ္ဆာမိ", "နမော တဿ ဘဂဝတော", "သမ္မာသမ္ဗုဒ္ဓဿ", "ဓမ္မစက္ကပ္ပဝတ္တန"),
    "thai": ("ภาษาไทย", "ที่อยู่ น้ำ ผู้ใหญ่", "กรุณาเขียนชื่อ", "๑๒๓ ฿ ปี่ ฎุ ญู"),
}
SIZE, DPI = 30.0, 200
_LEFT, _BASE, _WIDTH, _HEIGHT = 15.0, 30.0, 195, 45  # mm: origin of the text, and what is compared of the sheet


class _Path:
    """Takes the outline of a glyph, in font units."""

    def __init__(self) -> None:
        self.path = QPainterPath()
        self.path.setFillRule(Qt.FillRule.WindingFill)

    def moveTo(self, at: tuple[float, float]) -> None:
        self.path.moveTo(*at)

    def lineTo(self, at: tuple[float, float]) -> None:
        self.path.lineTo(*at)

    def qCurveTo(self, by: tuple[float, float], at: tuple[float, float]) -> None:
        self.path.quadTo(*by, *at)

    def curveTo(self, by: tuple[float, float], then: tuple[float, float], at: tuple[float, float]) -> None:
        self.path.cubicTo(*by, *then, *at)

    def closePath(self) -> None:
        self.path.closeSubpath()


def by_harfbuzz(parts: list[tuple[PaperFont, str]], language: str) -> bytes:
    """One byte for each dot, 0 where HarfBuzz's drawing of the parts, one behind the other, has ink."""
    picture, painter = _sheet(_WIDTH, _HEIGHT, DPI)
    _draw(painter, parts, language, SIZE, _LEFT, _BASE, DPI)
    painter.end()
    return _dots(picture)


def _sheet(width: float, height: float, dpi: int) -> tuple[QImage, QPainter]:
    """A white picture of so many millimetres."""
    picture = QImage(round(width * dpi / 25.4), round(height * dpi / 25.4), QImage.Format.Format_Grayscale8)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return picture, painter


def _draw(painter: QPainter, parts: list[tuple[PaperFont, str]], language: str, size: float, x: float, y: float, dpi: int) -> None:
    """The parts in `size` points from (x, y) mm."""
    dot = dpi / 72
    pen = x * MM * dot
    for used, text in parts:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = language
        hb.shape(used.hb, buffer)
        k = size * dot / used.hb.face.upem
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions):
            painter.setTransform(QTransform(k, 0, 0, -k, pen + place.x_offset * k, y * MM * dot - place.y_offset * k))
            painter.fillPath(_outline(used, info.codepoint), QColor("black"))
            pen += place.x_advance * k


@cache
def _outline(used: PaperFont, glyph: int) -> QPainterPath:
    outline = _Path()
    used.hb.draw_glyph_with_pen(glyph, outline)
    return outline.path


def _dots(picture: QImage) -> bytes:
    wide, line = picture.width(), picture.bytesPerLine()
    dots = bytes(picture.constBits())
    return b"".join(dots[row * line:row * line + wide] for row in range(picture.height()))


def by_paper(text: str, bold: bool) -> bytes:
    """The same of the text as it is printed."""
    paper = Print("T")
    paper.page().text(_LEFT, _BASE, text, SIZE, bold=bold)
    document = pypdfium2.PdfDocument(paper.pdf())
    page = document[0]
    high = round(_HEIGHT * DPI / 25.4)
    picture = page.render(scale=DPI / 72, grayscale=True).to_pil().crop((0, 0, round(_WIDTH * DPI / 25.4), high))
    document.close()
    return bytes(picture.tobytes())


def parts_of(text: str, bold: bool) -> list[tuple[PaperFont, str]]:
    """The text as it is shared out between the fonts."""
    face = shaping.bold() if bold else shaping.regular()
    return [(used, text[start:end]) for used, start, end in face.itemise(text)]


def overlap(one: bytes, other: bytes) -> float:
    """Dots that both have inked, as a share of those that either has: 1 for the same picture."""
    black = bytes(255 if value < 128 else 0 for value in range(256))
    a, b = int.from_bytes(one.translate(black), "big"), int.from_bytes(other.translate(black), "big")
    return (a & b).bit_count() / max(1, (a | b).bit_count())


def overlaps(paper: Print, pdf: bytes, dpi: int = 600) -> list[tuple[float, str]]:
    """For each text on the pages of `paper`, of which `pdf` was made: how much of its ink HarfBuzz has at the same dots, within the box of the ink."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page, printed in zip(paper.pages, document):
        ours = printed.render(scale=dpi / 72, grayscale=True).to_pil()
        picture, painter = _sheet(page.width, page.height, dpi)
        for shaped, size, x, y, *_ in page._texts:
            _draw(painter, [(run.font, run.text) for run in shaped.runs], shaping.language_of(shaped.text), size, x, y, dpi)
        painter.end()
        theirs = Image.frombytes("L", (picture.width(), picture.height()), _dots(picture))
        for mark in page.marks:
            k = dpi / 25.4
            box = round(mark.left * k) - 1, round(mark.top * k) - 1, round(mark.right * k) + 1, round(mark.bottom * k) + 1
            crop = ours.crop(box)
            share = overlap(theirs.crop(box).tobytes(), (ImageChops.invert(crop) if mark.white else crop).tobytes())
            found.append((share, mark.text))
    document.close()
    return found
