"""Cells that hold what nobody meant: signs nobody sees, curly quotes, gaps in references, nothing where a label must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from desktop.forms.importing.compiling import is_text
from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.repairs.signs import cleaned, references_cleaned, straight
from desktop.forms.importing.rules import is_rule
from desktop.forms.importing.table import Book, Column, Row, Sheet

_NAMES = frozenset({("type",), ("name",), ("list_name",), ("choice_filter",), ("control", "appearance"), ("parameters",), ("trigger",)})
_LABELLED = frozenset({
    "text", "string", "integer", "int", "decimal", "date", "time", "dateTime", "datetime", "note", "image", "photo", "audio", "video",
    "file", "barcode", "geopoint", "geotrace", "geoshape", "range", "acknowledge", "trigger", "email",
})
_READ_ANYWAY = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
Changed = list[tuple[Row, str]]


def _columns(book: Book, wanted: Callable[[tuple[str, ...]], bool]) -> Iterator[tuple[Sheet, Column]]:
    for sheet in book.sheets:
        for column in sheet.columns if sheet.role else ():
            if wanted(column.canonical):
                yield sheet, column


def _in_column(code: str, sheet: Sheet, column: Column, change: Callable[[str], str], *, needed: bool, harmless: bool = True) -> Iterator[Fix]:
    """One fix for all cells of a column that `change` changes."""
    changed = [(row, after) for row in sheet.rows if (after := change(row.cells.get(column.at, ""))) != row.cells.get(column.at, "")]
    if changed:
        row, after = changed[0]
        yield fix(
            code, sheet.place(row, column), partial(_write, column, changed), before=row.cells[column.at], after=after,
            harmless=harmless, needed=needed, count=len(changed),
        )


def _write(column: Column, changed: Changed) -> None:
    for row, text in changed:
        if text:
            row.cells[column.at] = text
        else:
            row.cells.pop(column.at, None)


def invisible(book: Book) -> Iterator[Fix]:
    """Signs nobody sees in names, types, names of lists; line breaks and strange spaces too."""
    for sheet, column in _columns(book, lambda meaning: meaning in _NAMES):
        yield from _in_column("repair.unseen_signs", sheet, column, _seen, needed=True)


def _seen(text: str) -> str:
    """The text as `cleaned`, unless only ordinary spaces differ: every program pulls those together."""
    after = cleaned(text)
    return text if after == _plain(text) else after


def _plain(text: str) -> str:
    return re.sub(" +", " ", text.replace("\u00a0", " ")).strip()


def references(book: Book) -> Iterator[Fix]:
    """``${ name }`` and ``$ {name}``."""
    for sheet, column in _columns(book, lambda meaning: meaning not in (("name",), ("type",))):
        yield from _in_column("repair.reference_spaces", sheet, column, references_cleaned, needed=True)


def quotes(book: Book) -> Iterator[Fix]:
    """Curly quotes and other signs of a word processor in rules."""
    for sheet, column in _columns(book, is_rule):
        texts = [row.cells[column.at] for row in sheet.rows if column.at in row.cells]
        yield from _in_column(
            "repair.curly_quotes", sheet, column, _rule, needed=any(_rule(text) != text.translate(_READ_ANYWAY) for text in texts),
        )


def _rule(text: str) -> str:
    bare = "".join(sign for sign in text if sign not in "\u200b\ufeff\u2060\u200e\u200f\u00ad")
    return straight(bare)


def labels(book: Book) -> Iterator[Fix]:
    """Questions without any words: their name is shown instead."""
    sheet = book.sheet("survey")
    if sheet is None:
        return
    words = [column for column in sheet.columns if column.canonical[:1] in (("label",), ("hint",), ("media",))]
    bare = [row for row in sheet.rows if _must_be_labelled(sheet, row) and not any(column.at in row.cells for column in words)]
    bare = [row for row in bare if sheet.cell(row, "name")]
    label = next((column for column in words if column.canonical[0] == "label"), None)
    if bare:
        name = sheet.cell(bare[0], "name")
        yield fix(
            "repair.label_missing", sheet.place(bare[0], label), partial(_label, sheet, label, bare), before="", after=name, harmless=True,
            needed=True, count=len(bare),
        )


def _must_be_labelled(sheet: Sheet, row: Row) -> bool:
    kind = sheet.cell(row, "type")
    if sheet.cell(row, "bind", "calculate") or any(column.canonical == ("trigger",) and column.at in row.cells for column in sheet.columns):
        return False
    first = kind.split(" ")[0]
    return kind in _LABELLED or first.startswith("select") or first == "rank"


def _label(sheet: Sheet, label: Column | None, bare: list[Row]) -> None:
    if label is None:
        label = Column("AAA", "label", ("label",))
        sheet.columns.append(label)
    for row in bare:
        row.cells[label.at] = sheet.cell(row, "name")


def calculations(book: Book) -> Iterator[Fix]:
    """Calculations that calculate nothing: an empty text."""
    sheet = book.sheet("survey")
    column = sheet.column("bind", "calculate") if sheet else None
    if sheet is None:
        return
    for row in sheet.rows:
        if sheet.cell(row, "type") == "calculate" and not sheet.cell(row, "bind", "calculate") and not sheet.cell(row, "default"):
            yield fix(
                "repair.calculation_missing", sheet.place(row, column), partial(_calculate, sheet, row), before="", after="''",
                harmless=True, needed=True, question=sheet.cell(row, "name"),
            )


def _calculate(sheet: Sheet, row: Row) -> None:
    column = sheet.column("bind", "calculate")
    if column is None:
        column = Column("AAB", "calculation", ("bind", "calculate"))
        sheet.columns.append(column)
    row.cells[column.at] = "''"


def words_of(sheet: Sheet, row: Row) -> str:
    """The first words a row says to people."""
    return next((row.cells[column.at] for column in sheet.columns if is_text(column.canonical) and column.at in row.cells), "")
