"""Cells of a workbook that are merged: all but the first of them are empty, and whoever sees the sheet reads them as filled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from desktop.forms.importing.findings import Refusal
from desktop.forms.importing.table import Book, Merged

_RANGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_MOST = 5000
_EMPTY = frozenset({
    "import.type_missing", "import.name_missing", "import.label_missing", "import.choice_name_missing", "import.calculation_missing",
})
"""What is said of a cell that is empty."""


def merged_in(sheet: bytes) -> list[Merged]:
    """The ranges of a sheet of an xlsx."""
    found = _RANGE.findall(sheet)[:_MOST]
    return [Merged(first.decode(), int(top), last.decode(), int(bottom)) for first, top, last, bottom in found]


def named(book: Book, refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    """The same refusals; those of a cell that is empty because it is merged with another say so."""
    ranges = {sheet.name: sheet.merged for sheet in book.sheets}
    found = []
    for one in refusals:
        around = next((two for two in ranges.get(one.sheet, ()) if two.hides(one.row, one.column)), None) if one.code in _EMPTY else None
        found.append(one if around is None else replace(one, code="import.merged", fields={"cells": around.words}, text=""))
    return tuple(found)
