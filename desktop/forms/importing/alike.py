"""The compiler stops at the first thing it does not take. Where more of the same is easily seen, all of it is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.forms.importing.findings import Refusal
from desktop.forms.importing.refused import refusal
from desktop.forms.importing.repairs.types import known
from desktop.forms.importing.table import Book

_REFERENCE = re.compile(r"\$\{(?:last-saved#)?([^{}]+)\}")
_MOST = 100
_NOT_EXPLAINED = "import.compiler_says"
"""Nothing of ours fits the compiler's words: types that it does not take come first then."""


def all_alike(book: Book, first: Refusal) -> tuple[Refusal, ...]:
    """The refusal and those of its kind elsewhere in the book, in the order of the rows."""
    found: list[Refusal] = []
    if first.code == "import.reference_unknown":
        found = list(_unknown_references(book))
    elif first.code in ("import.type_unknown", _NOT_EXPLAINED):
        found = list(_unknown_types(book))
    same = [one for one in found if (one.sheet, one.row, one.column) == (first.sheet, first.row, first.column)]
    return tuple(found[:_MOST]) if same or (found and first.code == _NOT_EXPLAINED) else (first, *found[: _MOST - 1])


def _unknown_references(book: Book) -> Iterator[Refusal]:
    names = {text for _, _, column, text in book.cells("survey") if column.canonical == ("name",)} | {"instanceID"}
    counted = {f"{name}_count" for name in names}
    for sheet, row, column, text in book.cells("survey"):
        for wanted in dict.fromkeys(_REFERENCE.findall(text)):
            if wanted not in names and wanted not in counted:
                yield refusal("import.reference_unknown", sheet.place(row, column), wanted=wanted)


def _unknown_types(book: Book) -> Iterator[Refusal]:
    for sheet, row, column, text in book.cells("survey"):
        bare = " ".join(text.split())
        if column.canonical == ("type",) and not known(bare):
            yield refusal("import.type_unknown", sheet.place(row, column), type=bare)
