"""What leaves from a form's definition: blank sheets of a form of about 450 questions, and 10,000 filled forms of 50 answers as files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.table import Row

ROOT = Path(__file__).parent.parent.parent
FORMS, ANSWERS = 10_000, 50

_BLANK = """
import time
from desktop.paper.documents import blank_form
from desktop.paper.page import Print
from desktop.services.form_on_paper_blank import blank_form as on_paper
from tests.benchmarks.forms_out import questions
definition = questions(450)
begun = time.perf_counter()
paper = Print("F1")
blank_form.draw(paper, on_paper(definition))
paper.pdf()
print(paper.count / (time.perf_counter() - begun))
"""

_WRITE = f"""
import os, sys, time
from desktop.forms.exporting.tables import rows_of, tables_of
from desktop.forms.exporting.writing import CommaFile, Workbook
from tests.benchmarks.forms_out import filled, questions
from tests.benchmarks.table import peak_megabytes
definition = questions({ANSWERS})
tables = tables_of([definition], [""], labels=False)
with open("/proc/self/clear_refs", "w") as peaks:
    peaks.write("5")  # compiling the form took more than writing does: the peak is counted from here
before = peak_megabytes()
begun = time.perf_counter()
with open(sys.argv[2], "w+b") as stream:
    made = CommaFile(stream, tables[0]) if sys.argv[1] == "csv" else Workbook(stream, tables, "survey")
    for number in range({FORMS}):
        for place, cells in rows_of(filled(definition, number), tables):
            made.add(cells) if sys.argv[1] == "csv" else made.add(place, cells)
    made.close()
print(time.perf_counter() - begun, peak_megabytes() - before, os.path.getsize(sys.argv[2]) / 1e6)
"""

_OPENPYXL = f"""
import sys, time
import openpyxl
from desktop.forms.exporting.tables import rows_of, tables_of
from tests.benchmarks.forms_out import filled, questions
from tests.benchmarks.table import peak_megabytes
definition = questions({ANSWERS})
tables = tables_of([definition], [""], labels=False)
with open("/proc/self/clear_refs", "w") as peaks:
    peaks.write("5")  # compiling the form took more than writing does: the peak is counted from here
before = peak_megabytes()
begun = time.perf_counter()
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet("survey")
sheet.append(tables[0].heads)
for number in range({FORMS}):
    for _, cells in rows_of(filled(definition, number), tables):
        sheet.append(cells)
book.save(sys.argv[2])
print(time.perf_counter() - begun, peak_megabytes() - before)
"""


def questions(count: int):  # type: ignore[no-untyped-def]
    """A form with so many questions of the usual kinds, some of them asked only after another answer."""
    from desktop.forms.compile import compile_workbook
    from desktop.forms.loading import load

    kinds = ("text", "integer", "select_one yes", "select_one kind", "date")
    rows = [
        f"| | {kinds[at % 5]} | q{at} | Question {at}: what do you say to this? | {f'${{q{at - 1}}} != {chr(39)}{chr(39)}' if at % 3 == 2 else ''} |"
        for at in range(count)
    ]
    choices = ["yes | yes | Yes", "yes | no | No", *(f"kind | k{at} | Kind number {at}" for at in range(7))]
    return load(compile_workbook("\n".join((
        "| survey |", "| | type | name | label | relevant |", *rows, "| choices |", "| | list_name | name | label |",
        *(f"| | {row} |" for row in choices),
    ))).xml)


def filled(definition, number: int):  # type: ignore[no-untyped-def]
    """One filled form: an answer to every question."""
    from desktop.forms.exporting.given import Instance
    from desktop.forms.exporting.tables import Filled

    texts = {spec.path[1:]: f"{number % 97}" if at % 5 == 1 else f"အဖြေ answer {number} to {at}" for at, spec in enumerate(definition.root.children)}
    return Filled(f"uuid:{number}", "1", "", True, "2026-01-15T09:30", Instance(texts))


def _figures(script: str, *arguments: str) -> list[float]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=True, env=environment)
    return [float(word) for word in done.stdout.split()]


def rows() -> list[Row]:
    """Pages a second of a blank form; seconds and memory of an export."""
    from tempfile import TemporaryDirectory

    (pace,) = _figures(_BLANK)
    with TemporaryDirectory() as folder:
        target = str(Path(folder) / "out")
        comma, comma_memory, _ = _figures(_WRITE, "csv", target)
        book, book_memory, size = _figures(_WRITE, "xlsx", target)
        peer, peer_memory = _figures(_OPENPYXL, "", target)
    what, openpyxl = f"{FORMS:,} filled forms of {ANSWERS} answers", "openpyxl, row by row"
    return [
        Row("blank form of 450 questions, worded and drawn, cold", pace, "pages/s", None, more_is_better=True),
        Row(f"{what} as comma separated values", comma, "s", 3),
        Row("memory added by that", comma_memory, "MB", 20),
        Row(f"{what} as a workbook", book, "s", 6, openpyxl, peer),
        Row("memory added by that", book_memory, "MB", 20, openpyxl, peer_memory),
        Row("size of that workbook", size, "MB", None),
    ]
