"""The same forms through other writers of PDF: Qt's, typst and WeasyPrint. Each is given every text, line and code of the pages at its
place, so it lays out nothing and breaks no line; it chooses fonts, shapes and writes. ``python -m tests.benchmarks.paper_peers PEER FILE``
prints pages a second, the most megabytes held and the megabytes written; FILE is what `content` made. Exit status `ABSENT` where the peer, or
a library of the system that it needs, is not here.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from desktop.paper.codes import squares
from desktop.paper.documents import filled_form
from desktop.paper.page import Page, Print
from desktop.resources import folder
from tests.benchmarks.table import peak_megabytes

ABSENT = 4
A4 = 210, 297
FONTS = (
    "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "paper/NotoSansMyanmar_400Regular.ttf", "paper/NotoSansMyanmar_700Bold.ttf",
    "paper/NotoSansMono_700Bold.ttf",
)
PLAIN, CODE = ("Noto Sans", "Noto Sans Myanmar"), ("Noto Sans Mono", "Noto Sans Myanmar")


class Text(NamedTuple):
    """A line of text: its origin in mm from the top left, its size in points."""

    words: str
    x: float
    y: float
    size: float
    bold: bool
    code: bool
    white: bool


class Sheet(NamedTuple):
    """A page: texts, lines and fills (left, top, right, bottom) in mm, and its code: (left, top, side in mm, what it says)."""

    texts: list[Text]
    lines: list[tuple[float, float, float, float]]
    fills: list[tuple[float, float, float, float]]
    code: tuple[float, float, float, str]


def content(forms: int) -> list[list[Sheet]]:
    """The pages of each form."""
    from tests.desktop.paper.models import registration

    made = []
    for at in range(forms):
        model = registration(at)
        paper = Print("R2", checked=True)
        filled_form.draw(paper, model)
        made.append([_sheet(page, f"{model.code}/R2/{number}") for number, page in enumerate(paper.pages, 1)])
    return made


def _sheet(page: Page, said: str) -> Sheet:
    texts = [
        Text(shaped.text, round(x, 2), round(y, 2), size, "bold" in shaped.runs[0].font.fontName, "mono" in shaped.runs[0].font.fontName, white)
        for shaped, size, x, y, _, white, _ in page._texts
    ]
    boxes = {kind: [(s.left, s.top, s.right, s.bottom) for s in page.shapes if s.kind == kind] for kind in ("line", "fill", "pattern")}
    (left, top, right, _), = boxes["pattern"]
    return Sheet(texts, boxes["line"], boxes["fill"], (left, top, right - left, said))


def read(path: Path) -> list[list[Sheet]]:
    """What `content` gave, from the file it was kept in."""
    return [
        [Sheet([Text(*text) for text in texts], lines, fills, tuple(code)) for texts, lines, fills, code in form]
        for form in json.loads(path.read_text(encoding="utf-8"))
    ]


def dark(said: str) -> tuple[int, list[tuple[int, int, int]]]:
    """A QR code as rows of dark modules: (modules to a side, [(column, row, how many)])."""
    rows, runs = squares(said), []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            wide = next((n for n, value in enumerate(row[x:]) if value >= 128), len(row) - x)
            if wide:
                runs.append((x, y, wide))
            x += wide or 1
    return len(rows), runs


def picture(sheet: Sheet) -> str:
    """The lines, fills and the code of a page as one SVG picture of A4."""
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{A4[0]}mm" height="{A4[1]}mm" viewBox="0 0 {A4[0]} {A4[1]}"><path d="']
    parts += [f"M{a:.2f} {b:.2f}L{c:.2f} {d:.2f}" for a, b, c, d in sheet.lines]
    parts.append('" stroke="black" stroke-width="0.28"/><path d="')
    parts += [f"M{a:.2f} {b:.2f}H{c:.2f}V{d:.2f}H{a:.2f}Z" for a, b, c, d in sheet.fills]
    left, top, side, said = sheet.code
    modules, runs = dark(said)
    unit = side / modules
    parts += [f"M{left + x * unit:.3f} {top + y * unit:.3f}h{wide * unit:.3f}v{unit:.3f}h-{wide * unit:.3f}Z" for x, y, wide in runs]
    parts.append('"/></svg>')
    return "".join(parts)


def by_qt(forms: Sequence[Sequence[Sheet]]) -> bytes:
    """Qt's PDF writer."""
    from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QPointF, QRectF
    from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QGuiApplication, QPageSize, QPainter, QPdfWriter, QPen

    app = QGuiApplication.instance() or QGuiApplication([])
    for name in FONTS:
        QFontDatabase.addApplicationFont(str(folder("fonts", *name.split("/"))))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(2540)
    painter = QPainter(writer)
    black, white = QPen(QColor("black"), 28), QPen(QColor("white"))
    solid = QBrush(QColor("black"))
    fonts: dict[tuple[float, bool, bool], QFont] = {}
    for number, sheet in enumerate(sheet for form in forms for sheet in form):
        if number:
            writer.newPage()
        painter.setPen(black)
        painter.drawLines([QLineF(a * 100, b * 100, c * 100, d * 100) for a, b, c, d in sheet.lines])
        for a, b, c, d in sheet.fills:
            painter.fillRect(QRectF(a * 100, b * 100, (c - a) * 100, (d - b) * 100), solid)
        left, top, side, said = sheet.code
        modules, runs = dark(said)
        unit = side / modules * 100
        for x, y, wide in runs:
            painter.fillRect(QRectF(left * 100 + x * unit, top * 100 + y * unit, wide * unit, unit), solid)
        for text in sheet.texts:
            style = text.size, text.bold, text.code
            if style not in fonts:
                font = QFont([*(CODE if text.code else PLAIN)])
                font.setPointSizeF(text.size)
                font.setBold(text.bold)
                fonts[style] = font
            painter.setFont(fonts[style])
            painter.setPen(white if text.white else black)
            painter.drawText(QPointF(text.x * 100, text.y * 100), text.words)
    painter.end()
    del app
    return bytes(buffer.data().data())


_TYPST = """
#set page(width: 210mm, height: 297mm, margin: 0mm)
#set text(font: ("Noto Sans", "Noto Sans Myanmar"), top-edge: "baseline", bottom-edge: "baseline")
#for sheet in json("sheets.json") {
  place(image(bytes(sheet.picture), format: "svg", width: 210mm))
  for (words, x, y, size, bold, code, white) in sheet.texts {
    let weight = if bold { "bold" } else { "regular" }
    let fill = if white { luma(255) } else { luma(0) }
    let set-in = if code { ("Noto Sans Mono", "Noto Sans Myanmar") } else { ("Noto Sans", "Noto Sans Myanmar") }
    place(dx: x * 1mm, dy: y * 1mm, text(size: size * 1pt, weight: weight, fill: fill, font: set-in, words))
  }
  pagebreak(weak: true)
}
"""


def by_typst(forms: Sequence[Sequence[Sheet]]) -> bytes:
    """typst, from a template and the pages as JSON."""
    import tempfile

    import typst

    with tempfile.TemporaryDirectory() as place:
        sheets = [{"picture": picture(sheet), "texts": sheet.texts} for form in forms for sheet in form]
        Path(place, "sheets.json").write_text(json.dumps(sheets), encoding="utf-8")
        Path(place, "form.typ").write_text(_TYPST, encoding="utf-8")
        fonts = [str(folder("fonts")), str(folder("fonts", "paper"))]
        return bytes(typst.compile(str(Path(place, "form.typ")), font_paths=fonts, ignore_system_fonts=True))


def by_weasyprint(forms: Sequence[Sequence[Sheet]]) -> bytes:
    """WeasyPrint, from HTML."""
    import weasyprint

    faces = "".join(
        f"@font-face {{ font-family: '{name}'; font-weight: {weight}; src: url('{folder('fonts', *file.split('/')).as_uri()}') }}\n"
        for file, (name, weight) in zip(FONTS, (
            ("Noto Sans", 400), ("Noto Sans", 700), ("Noto Sans Myanmar", 400), ("Noto Sans Myanmar", 700), ("Noto Sans Mono", 700),
        ))
    )
    html = [f"""<html lang="my"><style>{faces}
        @page {{ size: A4; margin: 0 }} body {{ margin: 0; font-family: 'Noto Sans', 'Noto Sans Myanmar' }}
        section {{ position: relative; width: 210mm; height: 297mm; break-after: page; overflow: hidden }}
        svg, p {{ position: absolute; left: 0; top: 0; margin: 0 }} p {{ white-space: pre; line-height: 0 }}
        .b {{ font-weight: 700 }} .c {{ font-family: 'Noto Sans Mono', 'Noto Sans Myanmar' }} .w {{ color: white }}</style>"""]
    for sheet in (sheet for form in forms for sheet in form):
        html.append(f"<section>{picture(sheet)}")
        for text in sheet.texts:
            kind = "b " * text.bold + "c " * text.code + "w" * text.white
            place = f"left:{text.x}mm;top:{text.y - text.size * 0.127:.2f}mm;font-size:{text.size}pt"
            html.append(f'<p class="{kind}" style="{place}">{escape(text.words)}</p>')
        html.append("</section>")
    return bytes(weasyprint.HTML(string="".join(html)).write_pdf())


MODULES = {"qt": "PySide6.QtGui", "typst": "typst", "weasyprint": "weasyprint"}
PEERS: dict[str, Callable[[Sequence[Sequence[Sheet]]], bytes]] = {"qt": by_qt, "typst": by_typst, "weasyprint": by_weasyprint}


def main(arguments: list[str]) -> int:
    """Measure one peer; its loading is not counted."""
    name, path, *out = arguments
    try:
        import_module(MODULES[name])
    except (ImportError, OSError):
        return ABSENT
    forms = read(Path(path))
    begun = time.perf_counter()
    pdf = PEERS[name](forms)
    took = time.perf_counter() - begun
    print(sum(map(len, forms)) / took, peak_megabytes(), len(pdf) / 1e6)
    if out:
        Path(out[0]).write_bytes(pdf)
    return 0


def keep(forms: int, path: Path) -> None:
    """Write `content` to a file."""
    made: Any = content(forms)
    path.write_text(json.dumps(made), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
