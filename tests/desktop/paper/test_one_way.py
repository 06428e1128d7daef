"""All text on paper goes through the text layer: read from the source of the package."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import desktop.paper

FOLDER = Path(desktop.paper.__file__).parent
SHAPES = "signs.py"  # writes the paths of its signs into the page itself
INK = str(Path("scanning", "ink.py"))  # marks what it read on the picture of a scanned page, with lines
LAYER = {"fonts.py", "shaping.py", "drawing.py", "page.py"}
SETTERS = {
    "drawString", "drawRightString", "drawCentredString", "drawAlignedString", "beginText", "drawText", "textOut", "textLine", "textLines",
    "setFont", "Paragraph", "platypus", "stringWidth", "shapeStr", "showText", "drawCentreString", "ImageDraw", "ImageFont",
}
DRAWERS = {"reportlab", "uharfbuzz", "PySide6", "fpdf", "cairo", "weasyprint"}
OPERATOR = re.compile(r"(?<![\w/])(BT|ET|Tj|TJ|Tf|Tm|Td|Ts)(?!\w)")
"""What a page's program sets text with."""


def faults(source: str, layer: bool) -> set[str]:
    """What in this source sets text by itself; the modules of the layer may use the libraries, not their ways of setting text."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    found: set[str] = set()
    for node in ast.walk(tree):
        names = {getattr(node, "attr", ""), getattr(node, "id", "")}
        if isinstance(node, ast.ImportFrom | ast.Import):
            modules = [(getattr(node, "module", "") or "").split("."), *(alias.name.split(".") for alias in node.names)]
            names |= {part for parts in modules for part in parts}
            if not layer:
                found |= {parts[0] for parts in modules} & DRAWERS
        found |= names & SETTERS
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and not layer and id(node) not in said:
            found |= set(OPERATOR.findall(node.value))
        if isinstance(node, ast.Attribute) and node.attr == "code" and not layer and isinstance(node.value, ast.Name) and node.value.id == "page":
            found.add("page.code")
    return found


def test_nothing_in_the_package_sets_text_another_way() -> None:
    found = {
        str(path.relative_to(FOLDER)): faults(path.read_text(encoding="utf-8"), path.parent == FOLDER and path.name in LAYER)
        for path in FOLDER.rglob("*.py")
    }
    found[SHAPES] -= {"page.code"}
    assert ".text(" not in (FOLDER / INK).read_text(encoding="utf-8")
    found[INK] -= {"ImageDraw"}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("bad", [
    "canvas.drawString(1, 2, 'x')",
    "from reportlab.platypus import Paragraph",
    "import reportlab.pdfgen.canvas",
    "from PySide6.QtGui import QPainter",
    "page.code.append('BT /F1 9 Tf (x) Tj ET')",
    "parts = f'[<01>] TJ {x}'",
    "page.code.append(drawn)",
    "from PIL import ImageDraw",
])
def test_another_way_is_seen(bad: str) -> None:
    assert faults(bad, layer=False)
