"""All repairs in their order: sheets before columns, columns before cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from desktop.forms.importing.compiling import name_columns
from desktop.forms.importing.findings import Repair
from desktop.forms.importing.repairs import cells, choices, columns, dialect, groups, headers, names, settings, sheets, types
from desktop.forms.importing.repairs.fix import Fix
from desktop.forms.importing.table import Book

_FINDERS: tuple[Callable[[Book], Iterator[Fix]], ...] = (
    sheets.roles, sheets.header_rows, headers.signs, headers.colons, headers.languages, headers.misspelled, columns.left_out,
    columns.alike, cells.invisible, cells.references, cells.quotes, dialect.functions, types.spelled, types.external, groups.ends, groups.kinds, groups.inside,
    choices.lists,
    choices.nameless, choices.numbers, choices.same_rows, choices.spaces, choices.twice, types.without_list, names.missing, names.reserved,
    names.not_valid, names.twice, names.case, cells.labels, cells.calculations, settings.language, settings.identity,
)
_PASSES, _MOST = 5, 400


def mend(book: Book, accepted: frozenset[str] | None) -> tuple[Repair, ...]:
    """Find every repair and apply those that are accepted (None: all) to the book, in place."""
    found: dict[str, Repair] = {}
    for _ in range(_PASSES):
        applied = False
        for finder in _FINDERS:
            name_columns(book)
            for one in finder(book):
                told = one.repair
                if accepted is None or told.id in accepted:
                    one.apply()
                    applied = True
                    told = replace(told, accepted=True)
                elif len(found) >= _MOST and told.id not in found:
                    continue
                found[told.id] = told
        if not applied:
            break
    name_columns(book)
    return tuple(found.values())
