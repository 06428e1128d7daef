"""Columns that other programs wrote for themselves, and several columns of one meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from desktop.forms.importing.compiled import is_name
from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.table import Book, Column, Sheet

_DIALECT = re.compile(
    r"^(\$|kobo--|cht::|instance::tag$|instance::db-doc|model\.|display\.|inputs\.|clause$|branch_label$|validation_tags$|isSessionVariable$"
    r"|templatePath$|hideInContents$|_isValid$|\$given_name$|library_|wq:)", re.IGNORECASE,
)


def left_out(book: Book) -> Iterator[Fix]:
    """Columns of other programs, and columns of the choices whose header can be no name."""
    for sheet in book.sheets:
        if sheet.role not in ("survey", "choices", "settings", "external_choices"):
            continue
        for column in list(sheet.columns):
            broken = sheet.role in ("choices", "external_choices") and len(column.canonical) == 1 and not is_name(column.header.replace(" ", "_"))
            if not (_DIALECT.match(column.header) or broken) or _used(book, column.header):
                continue
            example = next((row.cells[column.at] for row in sheet.rows if column.at in row.cells), "")
            yield fix(
                "repair.column_left_out", sheet.place(None, column), partial(_drop, sheet, column), before=column.header, after="",
                harmless=True, needed=broken or column.canonical[:1] == ("instance",), example=example[:60],
            )


def _used(book: Book, header: str) -> bool:
    """Does a rule of the form read this column of the choices?"""
    return any(header in text for _, _, column, text in book.cells("survey") if column.canonical in (("choice_filter",), ("bind", "calculate")))


def _drop(sheet: Sheet, column: Column) -> None:
    sheet.columns = [one for one in sheet.columns if one is not column]


def alike(book: Book) -> Iterator[Fix]:
    """Columns that mean the same: put together cell by cell."""
    for sheet in book.sheets:
        seen: dict[tuple[str, ...], Column] = {}
        for column in list(sheet.columns) if sheet.role else ():
            first = seen.setdefault(column.canonical, column)
            if first is column:
                continue
            pairs = [(row.cells.get(first.at, ""), row.cells.get(column.at, "")) for row in sheet.rows]
            differing = [pair for pair in pairs if all(pair) and pair[0] != pair[1]]
            code = "repair.columns_differ" if differing else "repair.columns_alike"
            yield fix(
                code, sheet.place(None, column), partial(_put_together, sheet, first, column),
                before=f"{first.header} | {column.header}", after=first.header, harmless=not differing, needed=True,
                differing=len(differing), other=f"{first.at} ({first.header})",
                example=" | ".join(differing[0])[:120] if differing else "",
            )


def _put_together(sheet: Sheet, kept: Column, other: Column) -> None:
    for row in sheet.rows:
        if other.at in row.cells:
            row.cells.setdefault(kept.at, row.cells[other.at])
    _drop(sheet, other)
