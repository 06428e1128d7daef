"""Lists of choices: names that occur twice, hold spaces, or are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.repairs.signs import cleaned
from desktop.forms.importing.rules import rules
from desktop.forms.importing.table import Book, Column, Row, Sheet

_MANY = re.compile(r"^(?:select_multiple|select multiple from|select all that apply(?: from)?|rank|add select multiple prompt using) (\S+)")
_POINT = re.compile(r"(\d+)\.0$")
_TRUE = frozenset({"yes", "true", "true()"})


def _rows(sheet: Sheet) -> Iterator[tuple[Row, str, str]]:
    for row in sheet.rows:
        name, value = sheet.cell(row, "list_name"), sheet.cell(row, "name")
        if name:
            yield row, name, value


def lists(book: Book) -> Iterator[Fix]:
    """The name of a list only at its first choice: it is meant for those below too. A choice without a name takes its label's words."""
    sheet = book.sheet("choices")
    column = sheet.column("list_name") if sheet else None
    if sheet is None or column is None:
        return
    above, bare = "", []
    for row in sheet.rows:
        if not row.cells:
            above = ""
        elif column.at in row.cells:
            above = row.cells[column.at]
        elif above and sheet.cell(row, "name"):
            bare.append((row, above))
    if bare:
        yield fix(
            "repair.list_name_below", sheet.place(bare[0][0], column), partial(_fill, column, bare), before="", after=bare[0][1],
            harmless=False, count=len(bare),
        )


def _fill(column: Column, bare: list[tuple[Row, str]]) -> None:
    for row, text in bare:
        row.cells[column.at] = text


def nameless(book: Book) -> Iterator[Fix]:
    """Choices without a value: an ordinary word is made of the label."""
    sheet = book.sheet("choices")
    column = sheet.column("name") if sheet else None
    if sheet is None or column is None:
        return
    label = next((one for one in sheet.columns if one.canonical[:1] == ("label",)), None)
    for row, name, value in list(_rows(sheet)):
        words = row.cells.get(label.at, "") if label else ""
        if not value and not words:
            yield fix(
                "repair.choice_empty", sheet.place(row), partial(row.cells.clear), before=name, after="", harmless=True, needed=True,
                list=name,
            )
        elif not value:
            after = re.sub(r"\W+", "_", cleaned(words).lower(), flags=re.ASCII).strip("_")[:30] or f"choice_{row.number}"
            yield fix(
                "repair.choice_name", sheet.place(row, column), partial(_set, row, column, after), before="", after=after, harmless=False,
                needed=True, list=name,
            )


def _set(row: Row, column: Column, text: str) -> None:
    row.cells[column.at] = text


def same_rows(book: Book) -> Iterator[Fix]:
    """The same choice written down twice, word for word."""
    sheet = book.sheet("choices")
    if sheet is None or _duplicates_wanted(book):
        return
    seen: set[tuple[tuple[str, str], ...]] = set()
    known = [column.at for column in sheet.columns]
    for row, name, value in list(_rows(sheet)):
        content = tuple((at, row.cells[at]) for at in known if at in row.cells)
        if content in seen:
            yield fix(
                "repair.choice_row_twice", sheet.place(row), partial(row.cells.clear), before=f"{name} | {value}", after="", harmless=True,
                needed=True, list=name, choice=value,
            )
        seen.add(content)


def twice(book: Book) -> Iterator[Fix]:
    """The same value for several choices of a list: forms that filter their lists mean it so, and a setting says it."""
    sheet = book.sheet("choices")
    if sheet is None or _duplicates_wanted(book):
        return
    seen: dict[tuple[str, str], Row] = {}
    again = []
    for row, name, value in _rows(sheet):
        if value and seen.setdefault((name, value), row) is not row:
            again.append((row, name, value))
    if again:
        row, name, value = again[0]
        filtered = any(sheet_row for sheet_row in _filtered(book))
        yield fix(
            "repair.choices_twice", sheet.place(row, sheet.column("name")), partial(_allow, book), before=value, after=value,
            harmless=filtered, needed=True, count=len(again), list=name, choice=value, first=seen[(name, value)].number,
        )


def _filtered(book: Book) -> Iterator[Row]:
    return (row for _, row, column, _ in book.cells("survey") if column.canonical == ("choice_filter",))


def _duplicates_wanted(book: Book) -> bool:
    settings = book.sheet("settings")
    return bool(settings and settings.rows and settings.cell(settings.rows[0], "allow_choice_duplicates").lower() in _TRUE)


def _allow(book: Book) -> None:
    put_setting(book, "allow_choice_duplicates", "yes")


def put_setting(book: Book, name: str, value: str) -> None:
    """Write a setting; a sheet and a column for it are made where there are none."""
    settings = book.sheet("settings")
    if settings is None:
        settings = Sheet("settings", "settings")
        book.sheets.append(settings)
    column = settings.column(name)
    if column is None:
        canonical = {"form_id": "id_string", "form_title": "title"}.get(name, name)
        column = settings.column(canonical) or Column(f"NEW{len(settings.columns)}", name, (canonical,))
        if column not in settings.columns:
            settings.columns.append(column)
    if not settings.rows:
        settings.rows.append(Row(settings.header_row + 1))
    settings.rows[0].cells[column.at] = value


def spaces(book: Book) -> Iterator[Fix]:
    """Values with spaces where several may be chosen: the answer parts its values by spaces."""
    sheet = book.sheet("choices")
    column = sheet.column("name") if sheet else None
    if sheet is None or column is None:
        return
    many = {found[1] for _, _, one, text in book.cells("survey") if one.canonical == ("type",) and (found := _MANY.match(text))}
    taken = {(name, value) for _, name, value in _rows(sheet)}
    for row, name, value in list(_rows(sheet)):
        if name in many and re.search(r"\s", value):
            after = _free(re.sub(r"\s+", "_", value.strip()), name, taken)
            yield fix(
                "repair.choice_space", sheet.place(row, column), partial(_rename, book, row, column, after), before=value, after=after,
                harmless=False, needed=True, list=name,
            )


def numbers(book: Book) -> Iterator[Fix]:
    """``1.0`` where a spreadsheet shows 1: a csv was made of a workbook by a program that took its names for amounts."""
    sheet = book.sheet("choices")
    column = sheet.column("name") if sheet else None
    if sheet is None or column is None:
        return
    odd = [(row, found[1]) for row in sheet.rows if (found := _POINT.match(row.cells.get(column.at, "")))]
    if odd:
        yield fix(
            "repair.choice_number", sheet.place(odd[0][0], column), partial(_fill, column, odd), before=odd[0][0].cells[column.at],
            after=odd[0][1], harmless=False, count=len(odd),
        )


def _free(wanted: str, name: str, taken: set[tuple[str, str]]) -> str:
    found, number = wanted, 2
    while (name, found) in taken:
        found, number = f"{wanted}_{number}", number + 1
    taken.add((name, found))
    return found


def _rename(book: Book, row: Row, column: Column, after: str) -> None:
    before = row.cells[column.at]
    row.cells[column.at] = after
    for _, other, where, text in list(rules(book)):
        for quote in "'\"":
            text = text.replace(f"{quote}{before}{quote}", f"{quote}{after}{quote}")
        other.cells[where.at] = text
