"""Workbooks made for tests: xlsx by openpyxl, xls byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

from desktop.forms.importing import Import, look

Rows = Sequence[Sequence[object]]


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with these sheets."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def rows(*lines: str) -> list[list[object]]:
    """Rows from lines ``text | name | Label``; an empty cell is None."""
    return [[cell.strip(" ") or None for cell in line.split("|")] for line in lines]


def form(survey: Sequence[str], choices: Sequence[str] = (), settings: Sequence[str] = (), **more: Sequence[str]) -> bytes:
    """An xlsx form from lines for each sheet."""
    sheets = {"survey": survey, "choices": choices, "settings": settings, **more}
    return xlsx({name: rows(*lines) for name, lines in sheets.items() if lines})


def looked(survey: Sequence[str], choices: Sequence[str] = (), settings: Sequence[str] = (), **more: Sequence[str]) -> Import:
    """What is said of such a form."""
    return look(form(survey, choices, settings, **more), "test.xlsx")


def xls(table: Rows) -> bytes:
    """A book of the oldest kind (BIFF2): one sheet, texts and numbers."""
    made = [struct.pack("<HHHH", 0x0009, 4, 2, 0x0010)]
    for number, row in enumerate(table):
        for at, value in enumerate(row):
            if isinstance(value, (int, float)):
                made.append(struct.pack("<HHHH3sd", 0x0003, 15, number, at, b"\x00\x00\x00", float(value)))
            elif value:
                text = str(value).encode("cp1252")
                made.append(struct.pack("<HHHH3sB", 0x0004, 8 + len(text), number, at, b"\x00\x00\x00", len(text)) + text)
    made.append(struct.pack("<HH", 0x000A, 0))
    return b"".join(made)


SURVEY = ("type | name | label", "text | who | Who?")
"""The smallest form."""
