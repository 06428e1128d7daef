"""Pages that come back from the pen: what is suggested against what was meant, over every way of scanning, and how long a page takes."""

from __future__ import annotations

import random
import time
from io import BytesIO
from statistics import median

from desktop.paper.scanning import apart, ink, marks, pages
from desktop.services.scan_codes import read
from tests.benchmarks.table import Row
from tests.desktop.paper import pens, scan_measure
from tests.desktop.paper.scan_measure import LOOKS, Figures

_PAGES = (0, 1, 3, 8, 9, 12)
_SEEDS = 2


def rows() -> list[Row]:
    """Shares in percent; wrong are suggestions that say something else than was crossed, or say something where nothing was."""
    whole = Figures()
    for name, look in LOOKS.items():
        for seed in range(_SEEDS):
            for page in _PAGES:
                whole.add(scan_measure.measure(look, f"{name}{seed}", page))
    crossed, suggested = max(1, whole.crossed), max(1, whole.suggested)
    return [
        Row("ticks that were crossed and are suggested as clear", 100 * whole.right / crossed, "%", 80.0, more_is_better=True),
        Row("ticks that were crossed and are suggested as to be looked at", 100 * whole.looked / crossed, "%"),
        Row("ticks that were crossed and not noticed", 100 * whole.missed / crossed, "%", 1.0),
        Row("wrong suggestions", 100 * whole.wrong / suggested, "%", 1.0),
        Row("wrong suggestions that are called clear", 100 * whole.sure_wrong / suggested, "%", 0.1),
        Row("pages of which nothing was read", 100 * whole.unread / whole.pages, "%", 2.0),
        Row("one page at 200 dpi: found, straightened, boxes measured", _seconds(), "s", 1.0),
        *_opened(),
    ]


def _opened() -> list[Row]:
    """What it costs that files are opened in a process of their own."""
    pdf, _ = scan_measure.sheet()
    out = BytesIO()
    pens.scanned(pens.blank(pdf, 1), pens.Look(tilt=1), random.Random(1)).save(out, "JPEG")
    content, pages_here = out.getvalue(), []
    for _ in range(9):
        begun = time.perf_counter()
        pages.page(content, 0)
        pages_here.append(time.perf_counter() - begun)
    begun, apart_each = time.perf_counter(), []
    with apart.Opener() as opener:
        opener.count(content, lambda: None)
        first = time.perf_counter() - begun
        for _ in range(9):
            begun = time.perf_counter()
            opener.page(content, 0, lambda: None)
            apart_each.append(time.perf_counter() - begun)
    here = "in the program itself"
    return [
        Row("a process to open files in, started and given one", first, "s", 0.5),
        Row("one page opened there", median(apart_each), "s", 0.1, here, median(pages_here)),
    ]


def _seconds() -> float:
    pdf, plates = scan_measure.sheet()
    scan = pens.scanned(pens.blank(pdf, 1), pens.Look(tilt=1), random.Random(1))
    start = time.perf_counter()
    code = next(one for one in marks.codes_in(scan) if read(one.text) is not None)
    flat = marks.laid(scan, code, plates[1])
    assert flat is not None
    assert ink.measured(marks.straightened(scan, flat, plates[1]), plates[1])
    return time.perf_counter() - start
