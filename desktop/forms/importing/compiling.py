"""Cells to a compiled form, with every text of a person kept as it was written."""

from __future__ import annotations

import re

from desktop.forms.compile import SheetTable, canonical_headers, compile_tables
from desktop.forms.importing.findings import Place
from desktop.forms.importing.refused import Refused
from desktop.forms.importing.table import ROLES, Book, Sheet

_TEXTS = frozenset({"label", "hint", "guidance_hint", "title"})
_MESSAGES = frozenset({"jr:constraintMsg", "jr:requiredMsg", "jr:noAppErrorString"})
_KEPT = {"\u2018": "\uf7f0", "\u2019": "\uf7f1", "\u201c": "\uf7f2", "\u201d": "\uf7f3", "  ": " \uf7f4"}
"""The compiler straightens quotes and pulls spaces together, in labels too: there they travel in disguise."""
_SPACES = str.maketrans("\u00a0", " ")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Signs that no XML may hold; nobody ever meant them."""


def name_columns(book: Book) -> None:
    """Say for every column what it means."""
    for sheet in book.sheets:
        if sheet.role:
            meanings = canonical_headers(sheet.role, [column.header for column in sheet.columns])
            for column, meaning in zip(sheet.columns, meanings):
                column.canonical = meaning


def is_text(canonical: tuple[str, ...]) -> bool:
    """Is it a column of words for people?"""
    return canonical[:1] != () and (canonical[0] in _TEXTS or (canonical[0] == "bind" and canonical[1:2] != () and canonical[1] in _MESSAGES))


def compile_book(book: Book, fallback_id: str) -> bytes:
    """The compiled form. Refused where the cells cannot be handed over, CompilerRefusal where the compiler does not take them."""
    tables = {}
    for role in ROLES:
        sheet = book.sheet(role)
        if sheet is not None and sheet.columns:
            tables[role] = _table(sheet)
    if "survey" not in tables:
        raise Refused("import.no_survey")
    xml = compile_tables(tables, fallback_id).xml.decode("utf-8")
    for sign, disguise in _KEPT.items():
        xml = xml.replace(disguise[-1], sign[-1])
    return xml.encode("utf-8")


def _table(sheet: Sheet) -> SheetTable:
    heads: dict[str, str] = {}
    for column in sheet.columns:
        if column.header in heads.values():
            raise Refused("import.header_twice", Place(sheet.name, sheet.header_row, column.at, column.header, column.header))
        heads[column.at] = column.header
    told = {column.at for column in sheet.columns if is_text(column.canonical)}
    rows = [
        {head: _kept(row.cells[at]) if at in told else _CONTROL.sub("", row.cells[at].translate(_SPACES)) for at, head in heads.items() if at in row.cells}
        for row in sheet.rows
    ]
    return SheetTable(tuple(heads.values()), tuple(rows))


def _kept(text: str) -> str:
    for sign, disguise in _KEPT.items():
        text = text.replace(sign, disguise)
    return _CONTROL.sub("", text)
