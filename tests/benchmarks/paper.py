"""Filled two-page forms: the first from a cold process, and a batch of 500 in one file; how fast text is shaped and broken. Beside each:
other writers of PDF with the same texts, lines and codes (`paper_peers`), which are given every place and break no line. Then papers of 500
people out of a real vault, as the Paper page makes them: slips, household lists, cards and receipts with the sheet for handing out. Last,
pages sent from memory to a printer program on this computer (left out where there is none).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import paper_peers
from tests.benchmarks.table import Row
from tests.desktop.paper.printing.real import TOOLS

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

_MANY = f"""
import tempfile, time
from pathlib import Path
from desktop.services import batches, papers, practice
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.table import peak_megabytes
from tests.stretching import quick
with tempfile.TemporaryDirectory() as folder:
    with quick():  # else the peak would be that of stretching the passphrase
        vault, _ = Vault.create(Path(folder) / "vault", site="Riverside", name="Naw Eh", passphrase="amber river stone lantern", hardness=FLOOR)
    session = Session(vault)
    practice.fill(session, count=200, waiting=0)
    people = batches.everybody_here(session)[:{FORMS}]
    assert len(people) == {FORMS}
    typed = {{"card": "D", "amount": "200000", "for": "November", "currency": "MMK", "building": "3"}}
    for documents in (
        [papers.ARRIVAL_SLIP], [papers.ARRIVAL_SLIP, papers.HOUSEHOLD_LIST], [papers.STIPEND_RECEIPT],
        [papers.RATION_CARD, papers.BED_ASSIGNMENT, papers.CONSENT],
        [papers.ARRIVAL_SLIP, papers.HOUSEHOLD_LIST, papers.CONSENT, papers.STIPEND_RECEIPT],
    ):
        begun = time.perf_counter()
        made = batches.make(session, people=people, documents=documents, order=batches.BY_HOUSEHOLD, typed=typed)
        print(made.paper.pages / (time.perf_counter() - begun))
    print(peak_megabytes())
    session.close()
"""


_PRINTED = """
import tempfile, time
from pathlib import Path
from desktop.paper.documents import filled_form
from desktop.paper.page import Print
from desktop.paper.printing import printer
from tests.benchmarks.table import peak_megabytes
from tests.desktop.paper.models import registration as model
from tests.desktop.paper.printing.real import running
for kind, forms in (("application/pdf", 50), ("image/pwg-raster", 10)):
    paper = Print("R2")
    for at in range(forms):
        filled_form.draw(paper, model(at))
    pages, pdf = paper.count, paper.pdf()
    with tempfile.TemporaryDirectory() as place, running(Path(place), formats=kind) as real:
        begun = time.perf_counter()
        printer.send(real.address, pdf, pages, size="A4", report=lambda done, total: None)
        print(pages / (time.perf_counter() - begun))
        assert len(real.pages()) == 1
print(peak_megabytes())
"""

PEERS = {"qt": ("Qt's PDF writer", FORMS), "typst": ("typst", FORMS), "weasyprint": ("WeasyPrint, 25 forms only", 25)}


def _figures(*arguments: str) -> list[float]:
    """The numbers that a new Python prints; none from a peer that is not installed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, env=environment)
    if done.returncode != paper_peers.ABSENT:
        done.check_returncode()
    return [float(word) for word in done.stdout.split()]


def _peers() -> dict[str, list[float]]:
    """Pages a second, memory and size of each; nothing of one that is not here."""
    found = {}
    with tempfile.TemporaryDirectory() as place:
        for module, (name, forms) in PEERS.items():
            pages = Path(place, f"{forms}.json")
            if not pages.exists():
                paper_peers.keep(forms, pages)
            figures = _figures("-m", "tests.benchmarks.paper_peers", module, str(pages))
            found[name if figures else f"{name}: not here"] = figures
    return found


def _beside(peers: dict[str, list[float]], place: int, what: str, figure: float, unit: str, bar: float | None) -> list[Row]:
    """One figure in a row for each peer."""
    return [
        Row(what, figure, unit, bar, peer, figures[place] if figures else None, more_is_better=unit == "pages/s")
        for peer, figures in peers.items()
    ]


def rows() -> list[Row]:
    """Seconds to the first form; pages a second, memory and size of the batch, a row for each that did the same."""
    first = min(_figures("-c", _FIRST)[0] for _ in range(3))
    pace, memory, size = _figures("-c", _BATCH)
    shaped, broken = _figures("-c", _SHAPING)
    slips, both, receipts, desk, four, many = _figures("-c", _MANY)
    sent = _figures("-c", _PRINTED) if all(map(shutil.which, TOOLS)) else []
    peers = _peers()
    return [
        Row("first two-page form, cold process", first, "s", 0.5),
        *_beside(peers, 0, f"{FORMS} two-page forms with codes, one file", pace, "pages/s", 150),
        *_beside(peers, 1, "memory of that process", memory, "MB", 150),
        *_beside({name: figures for name, figures in peers.items() if "forms only" not in name}, 2, "size of that file", size, "MB", None),
        Row("new text shaped", shaped, "letters/s"),
        Row("new text broken into lines of 90 mm", broken, "letters/s"),
        Row(f"slips of {FORMS} people from the vault, with the sheet to cross off", slips, "pages/s", 150, more_is_better=True),
        Row("slips and household lists of the same people", both, "pages/s", 150, more_is_better=True),
        Row("receipts of the same people, each with its own number", receipts, "pages/s", 150, more_is_better=True),
        Row("ration cards, beds and consent of the same people", desk, "pages/s", 150, more_is_better=True),
        Row("slips, household lists, consent and receipts of the same people in one file", four, "pages/s", 150, more_is_better=True),
        Row("memory of that process, the vault in it", many, "MB", 150),
        *(
            Row(what, figure, unit, more_is_better=unit != "MB") for what, figure, unit in zip((
                "printed by a printer program on this computer, as PDF", "printed by one that takes only pictures", "memory of that process",
            ), sent, ("pages/s", "pages/s", "MB"))
        ),
    ]
