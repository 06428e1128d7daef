"""Settings: the form's id, and the language it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from desktop.forms.importing.compiling import is_text
from desktop.forms.importing.repairs.choices import put_setting
from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.table import Book

_ID = re.compile(r"[\w.:\-]+$")


def language(book: Book) -> Iterator[Fix]:
    """``default_language`` that names no language of the form: the one spelled nearly so is meant."""
    settings = book.sheet("settings")
    if settings is None or not settings.rows:
        return
    said = settings.cell(settings.rows[0], "default_language")
    there = {
        column.canonical[-1]: None
        for sheet in book.sheets for column in sheet.columns
        if sheet.role in ("survey", "choices") and is_text(column.canonical) and column.canonical[0] != "bind" and len(column.canonical) > 1
    }
    if not said or said in there:
        return
    bare = _bare(said)
    near = [name for name in there if _bare(name) == bare or _bare(name.partition("(")[0]) == bare or f"({bare})" in _bare(name)]
    if len(near) == 1:
        column = settings.column("default_language")
        yield fix(
            "repair.default_language", settings.place(settings.rows[0], column), partial(put_setting, book, "default_language", near[0]),
            before=said, after=near[0], harmless=True,
        )


def _bare(name: str) -> str:
    return "".join(name.casefold().split())


def identity(book: Book) -> Iterator[Fix]:
    """A form id with spaces or signs that other programs refuse."""
    settings = book.sheet("settings")
    if settings is None or not settings.rows:
        return
    column, said = settings.column("id_string"), settings.cell(settings.rows[0], "id_string")
    if column is not None and said and not _ID.match(said):
        after = re.sub(r"[^\w.:\-]+", "_", said).strip("_") or "form"
        yield fix(
            "repair.form_id", settings.place(settings.rows[0], column), partial(put_setting, book, "form_id", after), before=said,
            after=after, harmless=True,
        )
