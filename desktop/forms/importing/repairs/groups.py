"""Groups and repeats that are not closed, or closed twice, or closed as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.table import Book, Column, Row, Sheet

_FRAME = re.compile(r"^(begin|end)[ _](group|repeat|loop|lgroup|looped group)\b")

_OWN = re.compile(r"(?<![.\w/])\./([\w.-]+)|\$\{([\w.-]+)\}")


def _frames(sheet: Sheet) -> Iterator[tuple[Row, str, str]]:
    for row in sheet.rows:
        found = _FRAME.match(sheet.cell(row, "type"))
        if found:
            yield row, found[1], "repeat" if found[2] in ("lgroup", "looped group") else found[2]


def kinds(book: Book) -> Iterator[Fix]:
    """``end repeat`` where a group was begun."""
    sheet = book.sheet("survey")
    column = sheet.column("type") if sheet else None
    if sheet is None or column is None:
        return
    open_ones: list[str] = []
    for row, act, kind in list(_frames(sheet)):
        if act == "begin":
            open_ones.append(kind)
        elif open_ones:
            wanted = open_ones.pop()
            if wanted != kind:
                yield fix(
                    "repair.end_kind", sheet.place(row, column), partial(_set, row, column, f"end {wanted}"), before=row.cells[column.at],
                    after=f"end {wanted}", harmless=False, needed=True,
                )


def ends(book: Book) -> Iterator[Fix]:
    """Ends without a beginning are taken out, beginnings without an end are closed at the end of the sheet."""
    sheet = book.sheet("survey")
    column = sheet.column("type") if sheet else None
    if sheet is None or column is None:
        return
    open_ones: list[tuple[Row, str]] = []
    for row, act, kind in list(_frames(sheet)):
        if act == "begin":
            open_ones.append((row, kind))
        elif open_ones:
            open_ones.pop()
        else:
            yield fix(
                "repair.end_alone", sheet.place(row, column), partial(row.cells.clear), before=row.cells[column.at], after="",
                harmless=False, needed=True,
            )
    for row, kind in reversed(open_ones):
        yield fix(
            "repair.begin_alone", sheet.place(row, column), partial(_close, sheet, column, kind), before=row.cells[column.at],
            after=f"end {kind}", harmless=False, needed=True, group=sheet.cell(row, "name"),
        )


def inside(book: Book) -> Iterator[Fix]:
    """A group that is shown only if a question within it says so: while it is hidden nobody can say so, and engines refuse the circle."""
    sheet = book.sheet("survey")
    column = sheet.column("bind", "relevant") if sheet else None
    if sheet is None or column is None:
        return
    open_ones: list[tuple[Row, set[str]]] = []
    for row in list(sheet.rows):
        found = _FRAME.match(sheet.cell(row, "type"))
        if found and found[1] == "end":
            begun, names = open_ones.pop() if open_ones else (row, set())
            rule = begun.cells.get(column.at, "")
            if any(one and one in names for pair in _OWN.findall(rule) for one in pair):
                yield fix(
                    "repair.group_asks_itself", sheet.place(begun, column), partial(_take_out, begun, column), before=rule, after="",
                    harmless=False, needed=True, group=sheet.cell(begun, "name"),
                )
            continue
        for _, names in open_ones:
            names.add(sheet.cell(row, "name"))
        if found:
            open_ones.append((row, set()))


def _take_out(row: Row, column: Column) -> None:
    row.cells.pop(column.at, None)


def _set(row: Row, column: Column, text: str) -> None:
    row.cells[column.at] = text


def _close(sheet: Sheet, column: Column, kind: str) -> None:
    last = max((row.number for row in sheet.rows), default=1)
    sheet.rows.append(Row(last + 1, {column.at: f"end {kind}"}))
