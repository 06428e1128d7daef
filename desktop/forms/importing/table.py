"""A workbook as cells: what each says and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.forms.importing.findings import Place

ROLES = ("survey", "choices", "settings", "external_choices", "entities", "osm")
EMPTY_ROWS, EMPTY_COLUMNS = 60, 20
"""So many empty ones end a sheet, as for every other program that reads these workbooks."""


@dataclass
class Column:
    """`at`: its letters; `header` as repaired; `canonical`: the same for every spelling of one column, ("label", "English")."""

    at: str
    header: str
    canonical: tuple[str, ...] = ()


@dataclass
class Row:
    """`number` as the spreadsheet shows it; cells by the letters of their column, empty ones left out."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Merged:
    """A range of cells that are merged: letters of the first column, its first row, and the last ones."""

    first: str
    top: int
    last: str
    bottom: int

    @property
    def words(self) -> str:
        """As a spreadsheet writes it: ``A2:A4``."""
        return f"{self.first}{self.top}:{self.last}{self.bottom}"

    def hides(self, row: int, column: str) -> bool:
        """True if the cell is in the range, and is not the one that holds its text. Without a column: if any cell of the row is."""
        across = not column or _number(self.first) <= _number(column) <= _number(self.last)
        return self.top <= row <= self.bottom and across and (row, column or self.first) != (self.top, self.first)


def _number(column: str) -> int:
    """The place of a column by its letters."""
    return sum((ord(letter) - 64) * 26**at for at, letter in enumerate(reversed(column)))


@dataclass
class Sheet:
    """`name` as in the workbook, `role` what it is taken for ("" for a sheet that is none of the form's). `grid` is kept until the
    header row is known. `header_row`: its number. `merged`: ranges of cells that are merged, where the file tells them."""

    name: str
    role: str
    header_row: int = 1
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)

    def column(self, *canonical: str) -> Column | None:
        """The column of that meaning."""
        return next((column for column in self.columns if column.canonical == canonical), None)

    def cell(self, row: Row, *canonical: str) -> str:
        """The text of a row in the column of that meaning; "" if there is none."""
        return next((row.cells[c.at] for c in self.columns if c.canonical == canonical and c.at in row.cells), "")

    def place(self, row: Row | None = None, column: Column | None = None) -> Place:
        """Where a cell, a row or a column of this sheet stands."""
        if row is None:
            return Place(self.name, self.header_row if column else 0, column.at if column else "", column.header if column else "")
        if column is None:
            return Place(self.name, row.number)
        return Place(self.name, row.number, column.at, column.header, row.cells.get(column.at, ""))


@dataclass
class Book:
    """All sheets of a form, in order."""

    kind: str
    sheets: list[Sheet] = field(default_factory=list)

    def sheet(self, role: str) -> Sheet | None:
        """The sheet of that role."""
        return next((sheet for sheet in self.sheets if sheet.role == role), None)

    def cells(self, role: str) -> Iterator[tuple[Sheet, Row, Column, str]]:
        """Every cell of a sheet that is not empty."""
        sheet = self.sheet(role)
        for row in sheet.rows if sheet else ():
            for column in sheet.columns if sheet else ():
                if column.at in row.cells:
                    yield sheet, row, column, row.cells[column.at]  # type: ignore[misc]  # mypy: sheet is not None here


def letters(index: int) -> str:
    """The letters of a column; 0 is A."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found


def sheet_of(name: str, grid: list[tuple[int, list[str]]], first: int = 0) -> Sheet:
    """A sheet from its rows (number, texts); the first is that of the headers. `first`: which column the first text stands in."""
    role = name.lower() if name.lower() in ROLES else ""
    made = Sheet(name, role)
    if not grid:
        return made
    made.header_row, heads = grid[0]
    blank = 0
    for index, head in enumerate(heads):
        blank = 0 if head.strip() else blank + 1
        if blank > EMPTY_COLUMNS:
            break
        if head.strip():
            made.columns.append(Column(letters(first + index), re.sub(r" +", " ", head.strip())))
    for number, texts in grid[1:]:
        made.rows.append(Row(number, {letters(first + index): text for index, text in enumerate(texts) if text}))
    while made.rows and not made.rows[-1].cells:
        made.rows.pop()
    return made
