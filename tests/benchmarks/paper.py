"""Filled two-page forms: the first from a cold process, and a batch of 500 in one file; how fast text is shaped and broken. Beside each:
Qt's own PDF writer with the same lines of text, each set by Qt, which breaks and shapes Burmese properly but was given the places. Then
papers of 500 people out of a real vault, as the Paper page makes them: slips, and slips with household lists and the sheet for handing out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.table import Row

FORMS = 500
ROOT = Path(__file__).parent.parent.parent

_FIRST = """
import time, sys
begun = time.perf_counter()
from desktop.paper.documents import filled_form
from desktop.paper.page import Print
model = __import__("tests.desktop.paper.models", fromlist=["registration"]).registration(0)
paper = Print("R2")
filled_form.draw(paper, model)
paper.pdf()
print(time.perf_counter() - begun)
"""

_BATCH = f"""
import time
from desktop.paper.documents import filled_form
from desktop.paper.page import Print
from tests.benchmarks.table import peak_megabytes
from tests.desktop.paper.models import registration as model
begun = time.perf_counter()
paper = Print("R2")
for at in range({FORMS}):
    filled_form.draw(paper, model(at))
size = len(paper.pdf())
print(paper.count / (time.perf_counter() - begun), peak_megabytes(), size / 1e6)
"""

_SHAPING = """
import time
from desktop.paper import breaking, shaping
from tests.desktop.paper.samples import LINES
face = shaping.regular()
lines = [f"{line} {at}" for at in range(200) for line in LINES]  # none is met twice
begun = time.perf_counter()
for line in lines:
    face.shape(line)
shaped = sum(map(len, lines)) / (time.perf_counter() - begun)
texts = [" ".join(LINES) + str(at) for at in range(100)]
begun = time.perf_counter()
for text in texts:
    breaking.wrap(text, 90, lambda piece: face.shape(piece).width * 11 / 1000 / 2.835)
print(shaped, sum(map(len, texts)) / (time.perf_counter() - begun))
"""

_QT = f"""
import time
from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPageSize, QPainter, QPdfWriter
from desktop.resources import folder
from desktop.paper.documents import filled_form
from desktop.paper.page import Print
from tests.benchmarks.table import peak_megabytes
from tests.desktop.paper.models import registration as model
paper = Print("R2", checked=True)
filled_form.draw(paper, model(0))
pages = [[(m.text, m.left, m.bottom, m.size) for m in page.marks] for page in paper.pages]
app = QGuiApplication([])
for name in ("NotoSans-Regular.ttf", "paper/NotoSansMyanmar_400Regular.ttf"):
    QFontDatabase.addApplicationFont(str(folder("fonts", *name.split("/"))))
begun = time.perf_counter()
buffer = QBuffer()
buffer.open(QIODevice.OpenModeFlag.WriteOnly)
writer = QPdfWriter(buffer)
writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
writer.setResolution(254)
painter = QPainter(writer)
fonts = {{}}
for at in range({FORMS}):
    for number, texts in enumerate(pages):
        if at or number:
            writer.newPage()
        for text, x, y, size in texts:
            font = fonts.get(size)
            if font is None:
                font = fonts[size] = QFont(["Noto Sans", "Noto Sans Myanmar"])
                font.setPointSizeF(size)
            painter.setFont(font)
            painter.drawText(QPointF(x * 10, y * 10), text)
painter.end()
print(len(pages) * {FORMS} / (time.perf_counter() - begun), peak_megabytes(), buffer.size() / 1e6)
"""

_MANY = f"""
import tempfile, time
from pathlib import Path
from desktop.services import batches, papers, practice
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.table import peak_megabytes
from tests.desktop.exchange.places import quick
with tempfile.TemporaryDirectory() as folder:
    with quick():  # else the peak would be that of stretching the passphrase
        vault, _ = Vault.create(Path(folder) / "vault", site="Riverside", name="Naw Eh", passphrase="amber river stone lantern", hardness=FLOOR)
    session = Session(vault)
    practice.fill(session, count=200, waiting=0)
    people = batches.everybody_here(session)[:{FORMS}]
    assert len(people) == {FORMS}
    for documents in ([papers.ARRIVAL_SLIP], [papers.ARRIVAL_SLIP, papers.HOUSEHOLD_LIST]):
        begun = time.perf_counter()
        made = batches.make(session, people=people, documents=documents, order=batches.BY_HOUSEHOLD)
        print(made.paper.pages / (time.perf_counter() - begun))
    print(peak_megabytes())
    session.close()
"""


def _figures(script: str) -> list[float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, env=environment)
    return [float(word) for word in done.stdout.split()]


def rows() -> list[Row]:
    """Seconds to the first form; pages a second, memory and size of the batch."""
    first = min(_figures(_FIRST)[0] for _ in range(3))
    pace, memory, size = _figures(_BATCH)
    shaped, broken = _figures(_SHAPING)
    qt_pace, qt_memory, qt_size = _figures(_QT)
    slips, both, many = _figures(_MANY)
    qt = "Qt's PDF writer (texts only)"
    return [
        Row("first two-page form, cold process", first, "s", 0.5),
        Row("new text shaped", shaped, "letters/s"),
        Row("new text broken into lines of 90 mm", broken, "letters/s"),
        Row(f"{FORMS} two-page forms with codes, one file", pace, "pages/s", 150, qt, qt_pace, more_is_better=True),
        Row("memory of that process", memory, "MB", 150, qt, qt_memory),
        Row("size of that file", size, "MB", None, qt, qt_size),
        Row(f"slips of {FORMS} people from the vault, with the sheet to cross off", slips, "pages/s", 150, more_is_better=True),
        Row("slips and household lists of the same people", both, "pages/s", 150, more_is_better=True),
        Row("memory of that process, the vault in it", many, "MB", 150),
    ]
