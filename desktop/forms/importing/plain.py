"""Forms written as text to cells: csv (the first column names the sheet) and tables of markdown."""

from __future__ import annotations

import csv
import re

from desktop.forms.importing.content import delimiter_of, text_of
from desktop.forms.importing.excel import MOST_CELLS
from desktop.forms.importing.refused import Refused
from desktop.forms.importing.table import Book, sheet_of

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[\s|:-]+$")
Lines = list[tuple[int, list[str]]]


def read_csv(content: bytes) -> Book:
    """Refused: import.not_a_form, import.too_many_cells, import.open_quote. A csv without names of sheets is taken for the survey sheet."""
    text = text_of(content)
    lines: Lines = []
    written, delimiter = text.splitlines(keepends=True), delimiter_of(text)
    reader = csv.reader(written, delimiter=delimiter)
    above = 0
    try:
        for cells in reader:
            if reader.line_num > above + 1:
                _closed(written[above : reader.line_num], delimiter, above + 1)
            above = reader.line_num
            lines.append((reader.line_num, [cell.strip() for cell in cells]))
    except csv.Error:
        raise Refused("import.damaged") from None
    _bounded(lines)
    if not any(cells and cells[0] for _, cells in lines):
        raise Refused("import.not_a_form")
    first = next(cells for _, cells in lines if any(cells))
    if "type" in (cell.lower() for cell in first):
        book = Book("csv")
        book.sheets.append(sheet_of("survey", [line for line in lines if any(line[1])]))
        return book
    return _parted("csv", lines)


def _closed(record: list[str], delimiter: str, row: int) -> None:
    """Refused import.open_quote if one row took the next ones in, because a quotation mark in it has no other."""
    try:
        list(csv.reader(record, delimiter=delimiter, strict=True))
    except csv.Error:
        raise Refused("import.open_quote", row=row) from None


def read_md(content: bytes) -> Book:
    """Refused: import.not_a_form, import.too_many_cells."""
    lines: Lines = []
    for number, line in enumerate(text_of(content).splitlines(), 1):
        bare = line.strip()
        if bare.startswith("|") and not _RULE.match(bare):
            cells = _PIPE.split(bare)[1:]
            lines.append((number, [cell.strip().replace(r"\|", "|") for cell in (cells[:-1] if bare.endswith("|") else cells)]))
    _bounded(lines)
    return _parted("md", lines)


def _bounded(lines: Lines) -> None:
    if sum(len(cells) for _, cells in lines) > MOST_CELLS:
        raise Refused("import.too_many_cells", most=MOST_CELLS)


def _parted(kind: str, lines: Lines) -> Book:
    """Sheets begin where the first cell says a name."""
    parts: list[tuple[str, Lines]] = []
    for number, cells in lines:
        if cells and cells[0]:
            parts.append((cells[0], []))
        if parts and any(cells[1:]):
            parts[-1][1].append((number, cells[1:]))
    if not parts:
        raise Refused("import.not_a_form")
    book = Book(kind)
    book.sheets = [sheet_of(name, rows, first=1) for name, rows in parts]
    return book
