"""Sheets under other names, and rows above the headers."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import partial

from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.table import ROLES, Book, Column, Sheet

_OTHER_NAMES = {
    "questions": "survey", "question": "survey", "form": "survey", "options": "choices", "answers": "choices", "setting": "settings",
    "external choices": "external_choices",
}
_UNMISTAKABLE = {"survey": {"type", "name"}, "choices": {"list_name", "name"}}
_HEADS = {"survey": {"type", "name"}, "choices": {"name"}, "settings": {"form_id", "form_title", "id_string", "version"}}
_DEEPEST = 10


def roles(book: Book) -> Iterator[Fix]:
    """Sheets that are meant and spelled otherwise. A book of one sheet is its survey, as everywhere."""
    if len(book.sheets) == 1 and not book.sheets[0].role:
        book.sheets[0].role = "survey"
    for role in ROLES[:5]:
        if book.sheet(role) is not None:
            continue
        free = [sheet for sheet in book.sheets if not sheet.role and sheet.columns and not sheet.name.startswith("_")]
        alike = [sheet for sheet in free if _meant(sheet.name) == role]
        if not alike:
            alike = [sheet for sheet in free if _headed(sheet, role)]
        if len(alike) == 1:
            sheet = alike[0]
            needed = role in ("survey", "choices")
            yield fix(
                "repair.sheet_name", sheet.place(), partial(_take, sheet, role), before=sheet.name, after=role, harmless=True, needed=needed,
            )


def _headed(sheet: Sheet, role: str) -> bool:
    """Do its headers say that it is this sheet?"""
    return role in _UNMISTAKABLE and _UNMISTAKABLE[role] <= {"_".join(column.header.lower().split()) for column in sheet.columns}


def _take(sheet: Sheet, role: str) -> None:
    sheet.role = role


def _meant(name: str) -> str:
    bare = " ".join(name.replace("_", " ").lower().split())
    if bare in _OTHER_NAMES:
        return _OTHER_NAMES[bare]
    near = {role: SequenceMatcher(None, bare, role.replace("_", " ")).ratio() for role in ROLES[:5]}
    best = max(near, key=lambda role: near[role])
    return best if near[best] >= 0.8 else ""


def header_rows(book: Book) -> Iterator[Fix]:
    """Titles and remarks above the row of the headers."""
    for sheet in book.sheets:
        wanted = _HEADS.get(sheet.role)
        if wanted is None or _holds(wanted, [column.header for column in sheet.columns]):
            continue
        for index, row in enumerate(sheet.rows[:_DEEPEST]):
            if _holds(wanted, list(row.cells.values())):
                yield fix(
                    "repair.header_row", sheet.place(row), partial(_begin_at, sheet, index),
                    before=" | ".join(column.header for column in sheet.columns), after=" | ".join(row.cells.values()),
                    harmless=True, needed=True, skipped=row.number - 1,
                )
                break


def _holds(wanted: set[str], texts: list[str]) -> bool:
    return bool(wanted & {"_".join(text.lower().split()) for text in texts}) if "form_id" in wanted else wanted <= {
        "_".join(text.lower().split()) for text in texts
    }


def _begin_at(sheet: Sheet, index: int) -> None:
    row = sheet.rows[index]
    sheet.header_row = row.number
    sheet.columns = [Column(at, text) for at, text in row.cells.items()]
    sheet.rows = sheet.rows[index + 1 :]
