"""A document being drawn: pages, text and lines in millimetres from the top left corner of the sheet.

Every text remembers where its ink lies, so that `Page.faults` can say what a printer or a tired reader would send back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from desktop.paper import breaking, shaping
from desktop.paper.drawing import Setter, number
from desktop.paper.faults import Mark, Shape, page_faults
from desktop.paper.shaping import Face, Shaped

MM = 72 / 25.4
SIZES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
SIDE = 12.0
"""Live area: 12 mm from left and right."""
ROLL, ROLL_SIDE = 80.0, 4.0
"""Width of a roll for a thermal printer, and what it leaves white at each side."""
HAIR, RULE, FRAME = 0.5, 0.8, 1.4
"""Line widths in points. Nothing thinner than 0.5 survives a copier."""
MARGIN = 10.0
"""Cheap printers clip what is nearer to the edge."""

Dash = tuple[float, float]


def shape(text: str, bold: bool = False, face: Face | None = None) -> Shaped:
    """The text in the face of documents (or another)."""
    return (face or (shaping.bold() if bold else shaping.regular())).shape(text)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width in mm of a text set in `size` points."""
    return shape(text, bold).width * size / 1000 / MM


def readable(text: str, size: float, bold: bool = False) -> float:
    """The size, or the smallest one that the script of this text may be printed in."""
    return max([size, *(run.font.floor for run in shape(text, bold).runs)])


@lru_cache(maxsize=8192)
def lines_of(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The text broken to a width in mm; the lines join to the text."""
    return tuple(breaking.wrap(text, width, lambda piece: width_of(piece, size, bold)))


@dataclass(frozen=True)
class TickBox:
    """A box to tick and where it stands, mm from the top left corner. `asked`: the number of its question; `option` counts its answers from 1,
    0 for a box that says why there is no answer: then `silence` is which."""

    asked: str
    option: int
    silence: str
    x: float
    y: float
    side: float
    round: bool


@dataclass
class Page:
    """One page. Coordinates in mm from the top left, sizes and line widths in points; a text's y is its baseline."""

    width: float
    height: float
    setter: Setter
    code: list[str]
    side: float = SIDE
    margin: float = MARGIN
    _texts: list[tuple[Shaped, float, float, float, float, bool, bool]] = field(default_factory=list)
    _shapes: list[tuple[str, float, float, float, float]] = field(default_factory=list)
    ticks: list[TickBox] = field(default_factory=list)
    """The boxes drawn so far that answer a question."""
    rings: list[tuple[float, float]] = field(default_factory=list)
    """The middles of the scan marks drawn so far."""
    asking: str = ""
    """The number of the question whose boxes are being drawn."""
    asked: list[str] = field(default_factory=list)
    """The numbers of the questions drawn so far."""

    @property
    def marks(self) -> list[Mark]:
        """The ink of every text so far. Worked out when asked for: printing does not need it."""
        return [Mark.of_text(*text) for text in self._texts]

    @property
    def shapes(self) -> list[Shape]:
        """Every line, fill and pattern so far."""
        return [Shape(*shape) for shape in self._shapes]

    @property
    def right(self) -> float:
        """Right edge of the live area."""
        return self.width - self.side

    @property
    def live(self) -> float:
        """Width of the live area: 186 mm on A4."""
        return self.width - 2 * self.side

    def column(self, count: float) -> float:
        """Width of so many of the twelve columns."""
        return self.live / 12 * count

    def _x(self, x: float) -> str:
        return number(x * MM)

    def _y(self, y: float) -> str:
        return number((self.height - y) * MM)

    # -- text ---------------------------------------------------------------------------------------------------

    def text(
        self, x: float, y: float, text: str, size: float, *, bold: bool = False, align: str = "left", fit: float = 0.0,
        white: bool = False, face: Face | None = None, stretch: float = 0.0,
    ) -> float:
        """Set one line with its baseline at y; `align` says what x is: left, centre or right. With `fit` (mm) the size shrinks as far as
        the floor allows until the text is no wider. Returns its width in mm."""
        shaped = shape(text, bold, face)
        if not shaped.runs:
            return 0.0
        if fit:
            size = self._fitting(shaped, size, fit)
        wide = shaped.width * size / 1000 / MM
        x -= {"left": 0.0, "centre": wide / 2, "right": wide}[align]
        drawn = self.setter.operators(shaped, size, x * MM, (self.height - y) * MM, stretch * MM)
        self.code.append(f"1 g {drawn} 0 g" if white else drawn)
        spread = stretch * text.count(" ")
        self._texts.append((shaped, size, x, y, spread, white, bool(fit) and wide > fit + 0.05))
        return wide + spread

    @staticmethod
    def _fitting(shaped: Shaped, size: float, fit: float) -> float:
        floor = max(run.font.floor for run in shaped.runs)
        wide = shaped.width * size / 1000 / MM
        # Rounded down to a tenth of a point, so that the size in the file is never larger than the one that fits.
        return size if wide <= fit else max(floor, int(size * fit / wide * 10) / 10)

    def paragraph(
        self, x: float, y: float, text: str, width: float, size: float, *, bold: bool = False, align: str = "left",
        leading: float = 1.72,
    ) -> float:
        """Set a text in as many lines as it needs, the first baseline at y, `leading` times the size apart; `align` may also be
        justify. Returns the baseline of the next line."""
        lines = lines_of(text, width, size, bold)
        at = {"left": x, "justify": x, "centre": x + width / 2, "right": x + width}[align]
        for place, line in enumerate(lines):
            words = line.strip()
            if words:
                stretch = self._stretch(words, width, size, bold) if align == "justify" and place < len(lines) - 1 else 0.0
                self.text(at, y, words, size, bold=bold, align="left" if align == "justify" else align, stretch=stretch)
            y += size * leading / MM
        return y

    @staticmethod
    def _stretch(line: str, width: float, size: float, bold: bool) -> float:
        """Millimetres to add at each space: none where the holes would show (few spaces, much to fill)."""
        spaces = line.count(" ")
        slack = width - width_of(line, size, bold)
        return slack / spaces if spaces >= 3 and 0 < slack < 0.12 * width else 0.0

    def ask(self, number: str) -> None:
        """The boxes that are drawn next answer the question with this number; "" for none."""
        self.asking = number
        if number and number not in self.asked:
            self.asked.append(number)

    # -- lines and shapes ---------------------------------------------------------------------------------------

    def line(self, x0: float, y0: float, x1: float, y1: float, thick: float = RULE, dash: Dash | None = None) -> None:
        """A straight line."""
        self._shapes.append(("line", min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        path = f"{self._x(x0)} {self._y(y0)} m {self._x(x1)} {self._y(y1)} l S"
        self.code.append(self._dashed(path, thick, dash))

    def box(self, x: float, y: float, width: float, height: float, thick: float = RULE, dash: Dash | None = None) -> None:
        """The frame of a rectangle."""
        right, bottom = x + width, y + height
        self._shapes += (
            ("line", x, y, right, y), ("line", x, bottom, right, bottom), ("line", x, y, x, bottom), ("line", right, y, right, bottom),
        )
        path = f"{self._x(x)} {self._y(y + height)} {number(width * MM)} {number(height * MM)} re S"
        self.code.append(self._dashed(path, thick, dash))

    def fill(self, x: float, y: float, width: float, height: float) -> None:
        """A solid black rectangle."""
        self._shapes.append(("fill", x, y, x + width, y + height))
        self.code.append(f"{self._x(x)} {self._y(y + height)} {number(width * MM)} {number(height * MM)} re f")

    def curve(self, points: list[tuple[float, float]], thick: float, *, dash: Dash | None = None, solid: bool = False) -> None:
        """A closed path of cubic curves: a start point, then three points for each curve."""
        places = [f"{self._x(x)} {self._y(y)}" for x, y in points]
        curves = " ".join(f"{' '.join(places[at:at + 3])} c" for at in range(1, len(places), 3))
        self.code.append(self._dashed(f"{places[0]} m {curves} {'f' if solid else 's'}", thick, dash))

    def oval(
        self, x: float, y: float, across: float, down: float, thick: float, *, dash: Dash | None = None, solid: bool = False,
    ) -> None:
        """An ellipse around (x, y), `across` and `down` mm wide and high."""
        a, b, k = across / 2, down / 2, 0.5523
        self.curve([
            (x + a, y), (x + a, y + k * b), (x + k * a, y + b), (x, y + b), (x - k * a, y + b), (x - a, y + k * b), (x - a, y),
            (x - a, y - k * b), (x - k * a, y - b), (x, y - b), (x + k * a, y - b), (x + a, y - k * b), (x + a, y),
        ], thick, dash=dash, solid=solid)

    def triangle(self, x: float, y: float, width: float, height: float) -> None:
        """A solid triangle that points to the right."""
        corners = ((x, y), (x, y + height), (x + width, y + height / 2))
        a, b, c = (f"{self._x(cx)} {self._y(cy)}" for cx, cy in corners)
        self.code.append(f"{a} m {b} l {c} l f")

    def squares(self, x: float, y: float, side: float, modules: int, rectangles: str) -> None:
        """A bit pattern as one path: `rectangles` are PDF operators in units of modules from the top left corner."""
        self._shapes.append(("pattern", x, y, x + side, y + side))
        unit = side * MM / modules
        self.code.append(f"q {unit:.5f} 0 0 {-unit:.5f} {self._x(x)} {self._y(y)} cm {rectangles} f Q")

    @staticmethod
    def _dashed(path: str, thick: float, dash: Dash | None) -> str:
        if dash is None:
            return f"{number(thick)} w {path}"
        return f"{number(thick)} w 1 J [{number(dash[0])} {number(dash[1])}] 0 d {path} [] 0 d 2 J"

    def faults(self) -> list[str]:
        """What is wrong with the page as drawn so far; empty if nothing is."""
        return page_faults(self.marks, self.shapes, self.width, self.height, self.margin)


class Print:
    """One PDF in memory. `title` is what its properties say: a form's id, never a person or a case.

    With `checked` the pages are kept so that `faults` can look at all of them; otherwise each is forgotten when the next begins.
    """

    def __init__(self, title: str, size: str = "A4", *, checked: bool = False) -> None:
        self.width, self.height = SIZES[size]
        rl_config.useA85 = 0
        self._out = _Taken()
        self._canvas = Canvas(
            self._out, pagesize=(self.width * MM, self.height * MM), pageCompression=1, invariant=1, lang="my",
            initialFontName=shaping.regular().fonts[0].fontName,
        )
        self._canvas.setTitle(title)
        for blank in (self._canvas.setAuthor, self._canvas.setSubject, self._canvas.setCreator, self._canvas.setProducer):
            blank("")
        self._setter = Setter(self._canvas._doc)
        self._checked = checked
        self.pages: list[Page] = []
        self.count = 0

    def page(self) -> Page:
        """Begin the next page."""
        return self._begin(self.width, self.height, SIDE, MARGIN)

    def strip(self, height: float) -> Page:
        """Begin a strip of a roll of 80 mm, so many mm long; 4 mm at each side are not printed."""
        return self._begin(ROLL, height, ROLL_SIDE, ROLL_SIDE)

    def _begin(self, width: float, height: float, side: float, margin: float) -> Page:
        if self.count:
            self._end_page()
        self._canvas.setPageSize((width * MM, height * MM))
        self._canvas._code.append("2 J")
        made = Page(width, height, self._setter, self._canvas._code, side, margin)
        self.pages = [*self.pages, made] if self._checked else [made]
        self.count += 1
        return made

    def faults(self) -> list[str]:
        """What `Page.faults` says of each page."""
        return [f"page {at}: {fault}" for at, page in enumerate(self.pages, 1) for fault in page.faults()]

    def _end_page(self) -> None:
        """The page is made small as soon as it is drawn: hundreds of them as they were written would take most of the memory."""
        self._canvas.showPage()
        made = self._canvas._doc.Pages.pages[-1]
        made.Contents = _Content(made.stream)
        made.stream = None

    def pdf(self) -> bytes:
        """Finish: the bytes of the file. Nothing can be drawn afterwards."""
        self._end_page()
        self._canvas.save()
        return _without_marks(self._out.data)


class _Content(PDFStream):  # type: ignore[misc]  # the library has no types
    """What is drawn on a page, compressed. It is let go when it stands in the file."""

    def __init__(self, code: str) -> None:
        super().__init__(PDFDictionary({"Filter": PDFArray([PDFName(PDFZCompress.pdfname)])}), PDFZCompress.encode(code), [])

    def format(self, document: PDFDocument) -> bytes:
        made: bytes = super().format(document)
        self.content = b""
        return made


class _Taken:
    """Stands where a file is written to, and takes the bytes as they are, without a copy."""

    data = b""

    def write(self, data: bytes) -> None:
        self.data = data


_TOOL_MARKS = (b"ReportLab Generated PDF document (opensource)", b"ReportLab generated PDF document -- digest (opensource)")
_EDGE = 2000  # bytes at the beginning and at the end where the marks stand; what lies between is not copied twice


def _without_marks(pdf: bytes) -> bytes:
    """The file without the comments that name the program that made it: a carried paper says nothing about where it comes from.
    Spaces of the same length, for the file is full of offsets."""
    edge = min(_EDGE, len(pdf) // 2)
    return b"".join((_cleared(pdf[:edge]), memoryview(pdf)[edge:len(pdf) - edge], _cleared(pdf[len(pdf) - edge:])))


def _cleared(part: bytes) -> bytes:
    for mark in _TOOL_MARKS:
        part = part.replace(mark, b" " * len(mark))
    return part
