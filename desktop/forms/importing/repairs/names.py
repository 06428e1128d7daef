"""Names of questions and groups: missing, not valid, reserved, or given twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

from desktop.forms.importing.compiled import is_name
from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.repairs.signs import cleaned
from desktop.forms.importing.table import Book, Column, Row, Sheet

_FRAME = re.compile(r"^(begin|end)[ _]")
_END = re.compile(r"^end[ _](group|repeat|loop|lgroup|looped group)$")
_SETTINGS = ("form_title", "form_id", "set_form_title", "set_form_id", "prefix")


def _named(book: Book) -> Iterator[tuple[Sheet, Column, Row, str, str]]:
    """(sheet, column of names, row, type, name) of every row that has a type and needs a name."""
    sheet = book.sheet("survey")
    column = sheet.column("name") if sheet else None
    if sheet is None or column is None:
        return
    for row in list(sheet.rows):
        kind = sheet.cell(row, "type")
        if kind and not _END.match(kind) and kind not in _SETTINGS:
            yield sheet, column, row, kind, row.cells.get(column.at, "")


def _all(book: Book) -> set[str]:
    return {name for _, _, _, _, name in _named(book) if name}


def missing(book: Book) -> Iterator[Fix]:
    """Rows without a name: one is made of what they ask."""
    taken = _all(book)
    for sheet, column, row, kind, name in _named(book):
        if name or kind in ("note", "audit"):
            continue
        label = next((row.cells[one.at] for one in sheet.columns if one.canonical[:1] == ("label",) and one.at in row.cells), "")
        stem = "group" if kind.startswith("begin") else kind.split(" ")[0].replace("-", "_")
        wanted = re.sub(r"\W+", "_", cleaned(label).lower(), flags=re.ASCII).strip("_")[:30]
        after = free(wanted if is_name(wanted) else f"{stem}_{row.number}", taken)
        yield fix(
            "repair.name_missing", sheet.place(row, column), partial(rename, book, row, column, after), before="", after=after,
            harmless=False, needed=True, type=kind,
        )


def not_valid(book: Book) -> Iterator[Fix]:
    """Names that begin with a digit or hold spaces and other signs."""
    taken = _all(book)
    for sheet, column, row, _kind, name in _named(book):
        if not name or is_name(name):
            continue
        bare = re.sub(r"[^\w.\-]+", "_", name).strip("_.-")
        if not is_name(f"q_{bare}"):
            bare = re.sub(r"[^\w.\-]+", "_", name, flags=re.ASCII).strip("_.-")
        bare = bare if is_name(bare) else f"q_{bare}" if bare else f"question_{row.number}"
        after = free(bare, taken)
        yield fix(
            "repair.name_not_valid", sheet.place(row, column), partial(rename, book, row, column, after), before=name, after=after,
            harmless=False, needed=True,
        )


def reserved(book: Book) -> Iterator[Fix]:
    """The name ``meta`` at the top of a form belongs to every form's own remarks."""
    taken = _all(book)
    for depth, sheet, column, row, name in _by_depth(book):
        if name == "meta":
            after = free("meta_group", taken)
            yield fix(
                "repair.name_reserved", sheet.place(row, column), partial(rename, book, row, column, after), before=name, after=after,
                harmless=False, needed=True,
            )
        elif name == "data" and depth >= 0 and sheet.cell(row, "type").endswith("repeat"):
            after = free("data_repeat", taken)
            yield fix(
                "repair.name_reserved", sheet.place(row, column), partial(rename, book, row, column, after), before=name, after=after,
                harmless=False, needed=True,
            )


def _by_depth(book: Book) -> Iterator[tuple[int, Sheet, Column, Row, str]]:
    sheet = book.sheet("survey")
    column = sheet.column("name") if sheet else None
    if sheet is None or column is None:
        return
    depth = 0
    for row in list(sheet.rows):
        kind = sheet.cell(row, "type")
        frame = _FRAME.match(kind)
        if frame and frame[1] == "end":
            depth -= 1
            continue
        if kind:
            yield depth, sheet, column, row, row.cells.get(column.at, "")
        depth += bool(frame)


def twice(book: Book) -> Iterator[Fix]:
    """The same name twice in one group, or for two repeats: the later one gets a number."""
    taken = _all(book)
    levels: list[set[str]] = [set()]
    repeats: set[str] = set()
    sheet = book.sheet("survey")
    column = sheet.column("name") if sheet else None
    if sheet is None or column is None:
        return
    for row in list(sheet.rows):
        kind, name = sheet.cell(row, "type"), row.cells.get(column.at, "")
        frame = _FRAME.match(kind)
        if frame and frame[1] == "end":
            levels = levels[:-1] or [set()]
            continue
        repeat = bool(frame) and "repeat" in kind
        if name and kind and (name in levels[-1] or (repeat and name in repeats)):
            after = free(name, taken)
            yield fix(
                "repair.name_twice", sheet.place(row, column), partial(_renumber, row, column, after), before=name, after=after,
                harmless=False, needed=True,
            )
            name = row.cells.get(column.at, "")
        if kind:
            levels[-1].add(name)
        if repeat:
            repeats.add(name)
        if frame:
            levels.append(set())


def case(book: Book) -> Iterator[Fix]:
    """``${Age}`` where the question is called ``age``."""
    counted = Counter(name for _, _, _, _, name in _named(book) if name)
    bare = {name.lower(): name for name in reversed(list(counted))}
    for role in ("survey", "settings", "entities"):
        for sheet, row, column, text in list(book.cells(role)):
            after = _REFERENCE.sub(lambda found: _found(found, counted, bare), text)
            if after != text:
                yield fix(
                    "repair.reference_case", sheet.place(row, column), partial(_renumber, row, column, after), before=text, after=after,
                    harmless=True, needed=True,
                )


_REFERENCE = re.compile(r"\$\{(last-saved#)?([^{}]+)\}")


def _found(found: re.Match[str], names: Counter[str], bare: dict[str, str]) -> str:
    name = found[2]
    wanted = name if name in names else bare.get(name.lower(), name)
    return "${" + (found[1] or "") + wanted + "}"


def free(wanted: str, taken: set[str]) -> str:
    """A name nobody has, near the wanted one; it is taken from now on."""
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}_{number}", number + 1
    taken.add(found)
    return found


def _renumber(row: Row, column: Column, text: str) -> None:
    row.cells[column.at] = text


def rename(book: Book, row: Row, column: Column, after: str) -> None:
    """Give a row another name and let every ``${…}`` follow."""
    before = row.cells.get(column.at, "")
    row.cells[column.at] = after
    if before:
        for role in ("survey", "choices", "settings", "entities"):
            for _, other, where, text in list(book.cells(role)):
                for old in (f"${{{before}}}", f"${{last-saved#{before}}}"):
                    text = text.replace(old, old.replace(before + "}", after + "}"))
                other.cells[where.at] = text
