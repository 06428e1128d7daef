"""Types of questions under other names, and lists that live elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from desktop.forms.compile import question_types
from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.table import Book, Column, Row, Sheet

_SAME = {
    "tel": "text", "phone": "text", "telephone": "text", "phone number": "text", "free text": "text", "freetext": "text", "short text": "text",
    "long text": "text", "longtext": "text", "textarea": "text", "paragraph": "text", "str": "text", "char": "text", "url": "text",
    "number": "decimal", "numeric": "decimal", "float": "decimal", "double": "decimal", "whole number": "integer",
    "picture": "image", "camera": "image", "signature": "image", "sound": "audio", "movie": "video", "document": "file", "upload": "file",
    "date time": "dateTime", "date_time": "dateTime", "timestamp": "dateTime", "day": "date",
    "calculation": "calculate", "calc": "calculate", "formula": "calculate", "compute": "calculate", "message": "note", "info": "note",
    "information": "note", "statement": "note", "instruction": "note", "display": "note", "acknowledgement": "acknowledge", "consent": "acknowledge",
    "location": "geopoint", "coordinates": "geopoint", "bar code": "barcode", "qr": "barcode", "qr code": "barcode", "qrcode": "barcode",
    "slider": "range", "device id": "deviceid", "device_id": "deviceid", "start time": "start", "end time": "end", "hidden field": "hidden",
}
_ONE = re.compile(r"^(?:select[ _-]*(?:one|1|single)|single[ _-]*(?:select|choice)|one[ _-]*choice|radio|dropdown|choice|select)(?:[ _-]+from)?\s+(\S.*)$", re.I)
_MANY = re.compile(r"^(?:select[ _-]*(?:multiple|multi|many|all|any)|multi(?:ple)?[ _-]*(?:select|choice)s?|checkbox(?:es)?)(?:[ _-]+from)?\s+(\S.*)$", re.I)
_FRAME = re.compile(r"^(begin|start|open|end|close|finish)[ _-]*(group|repeat|loop)$|^(group|repeat|loop)[ _-]*(begin|start|open|end|close)$", re.I)
_ADD = re.compile(r"^(?:add|q)\s+(.+?)(?:\s+(?:prompt|question))?$", re.I)
_OTHER = re.compile(r"\s+(?:or[ _-]other|or specify other|with other)$", re.I)
_KNOWN_SELECT = re.compile(
    r"^(add select one prompt using|add select multiple prompt using|select all that apply from|select one from|select1|select_one|select one"
    r"|select_multiple|select all that apply|select_one_external|select_one_from_file|select_multiple_from_file|select one from file"
    r"|select multiple from file|rank) \S+( (or specify other|or_other|or other))?$"
)
_WITHOUT_LIST = frozenset({
    "add select multiple prompt using", "add select one prompt using", "q select", "q select1", "rank", "select all that apply",
    "select all that apply from", "select multiple", "select multiple from", "select multiple from file", "select multiple using", "select one",
    "select one external", "select one from file", "select one using",
})
"""The compiler has them among its types; alone they say nothing."""
_KNOWN_FRAME = re.compile(r"^(begin|end)[ _](group|repeat|lgroup|looped group)$|^begin[ _]loop over \S+$|^end[ _]loop$")


def known(kind: str) -> bool:
    """Is it a type the compiler takes as it is?"""
    return (kind in question_types() and kind not in _WITHOUT_LIST) or bool(_KNOWN_SELECT.match(kind) or _KNOWN_FRAME.match(kind)) or kind.startswith("osm ")


def spelled(book: Book) -> Iterator[Fix]:
    """Types that are meant and written otherwise."""
    sheet = book.sheet("survey")
    column = sheet.column("type") if sheet else None
    if sheet is None or column is None:
        return
    for row in sheet.rows:
        before = row.cells.get(column.at, "")
        bare = re.sub("[ \u00a0]+", " ", before).strip()
        after = _meant(book, before) if bare and not known(bare) else ""
        if after and after != before:
            harmless = after.lower() == before.lower() or not after.startswith(("text", "decimal", "dateTime"))
            yield fix(
                "repair.type_name", sheet.place(row, column), partial(_set, row, column, after), before=before, after=after,
                harmless=harmless or before.lower() in ("tel", "phone", "url", "email", "str"), needed=True, question=sheet.cell(row, "name"),
            )


def _set(row: Row, column: Column, text: str) -> None:
    row.cells[column.at] = text


def _meant(book: Book, kind: str) -> str:
    """The type that was meant; "" if nobody can tell."""
    bare = " ".join(kind.split())
    lower = bare.lower()
    if lower.replace("_", " ") in _WITHOUT_LIST:
        return ""
    for candidate in (bare, lower, lower.replace("-", "_"), lower.replace("_", " "), _SAME.get(lower.replace("_", " "), "")):
        if candidate and known(candidate):
            return candidate
    frame = _FRAME.match(bare)
    if frame:
        act, what = (frame[1], frame[2]) if frame[1] else (frame[4], frame[3])
        return f"{'begin' if act.lower() in ('begin', 'start', 'open') else 'end'} {what.lower()}"
    asked = _ADD.match(bare)
    if asked:
        return _meant(book, asked[1])
    other = _OTHER.search(bare)
    ending = " or_other" if other else ""
    core = bare[: other.start()] if other else bare
    for pattern, command in ((_MANY, "select_multiple"), (_ONE, "select_one")):
        chosen = pattern.match(core)
        if chosen:
            return f"{command} {_list(book, chosen[1])}{ending}"
    return ""


def _list(book: Book, said: str) -> str:
    """The name of a list as the choices spell it."""
    lists = list_names(book)
    bare = "_".join(said.split())
    return said if said in lists else next((name for name in lists if name.lower() == bare.lower()), bare)


def list_names(book: Book, role: str = "choices") -> dict[str, None]:
    """The names of all lists of choices, in order."""
    sheet = book.sheet(role)
    return dict.fromkeys(name for row in sheet.rows if (name := sheet.cell(row, "list_name"))) if sheet else {}


def external(book: Book) -> Iterator[Fix]:
    """``select_one_external`` keeps its list in a sheet of its own, made for old telephones. As an ordinary list it asks the same."""
    sheet = book.sheet("survey")
    column = sheet.column("type") if sheet else None
    if sheet is None or column is None:
        return
    for row in sheet.rows:
        command, _, name = row.cells.get(column.at, "").partition(" ")
        if command == "select_one_external" and name:
            after = f"select_one {name}"
            yield fix(
                "repair.external_list", sheet.place(row, column), partial(_bring_home, book, row, column, name), harmless=True, needed=True,
                before=row.cells[column.at], after=after, list=name,
            )


def _bring_home(book: Book, row: Row, column: Column, name: str) -> None:
    row.cells[column.at] = f"select_one {name}"
    away, home = book.sheet("external_choices"), book.sheet("choices")
    if away is None or name in list_names(book):
        return
    if home is None:
        home = Sheet(away.name, "choices", away.header_row)
        book.sheets.append(home)
    for far in away.rows:
        if away.cell(far, "list_name") != name:
            continue
        made = Row(far.number)
        for one in away.columns:
            if one.at in far.cells:
                made.cells[_same_column(home, one).at] = far.cells[one.at]
        home.rows.append(made)


def _same_column(home: Sheet, wanted: Column) -> Column:
    found = home.column(*wanted.canonical)
    if found is None:
        found = Column(f"EX{wanted.at}", wanted.header, wanted.canonical)
        home.columns.append(found)
    return found


def without_list(book: Book) -> Iterator[Fix]:
    """Choices of a list that is nowhere: of one spelled nearly so, else the question takes any words."""
    sheet = book.sheet("survey")
    column = sheet.column("type") if sheet else None
    if sheet is None or column is None:
        return
    lists = list_names(book)
    for row in sheet.rows if lists else ():  # without any list it is the sheet that is missing
        kind = row.cells.get(column.at, "")
        found = _KNOWN_SELECT.match(kind)
        if found is None or "file" in found[1] or "external" in found[1]:
            continue
        name = kind[len(found[1]) + 1 :].split(" ")[0]
        if name in lists or "${" in name or name.endswith((".csv", ".xml", ".geojson")):
            continue
        bare = name.lower().replace("_", "").replace("-", "")
        near = [one for one in lists if one.lower().replace("_", "").replace("-", "").replace(" ", "") == bare]
        if near and " " not in near[0]:
            after = kind.replace(f" {name}", f" {near[0]}", 1)
            yield fix(
                "repair.list_spelled", sheet.place(row, column), partial(_set, row, column, after), before=kind, after=after, harmless=True,
                needed=True, list=name, other=near[0],
            )
        else:
            yield fix(
                "repair.list_missing", sheet.place(row, column), partial(_set, row, column, "text"), before=kind, after="text",
                harmless=False, needed=True, list=name, question=sheet.cell(row, "name"),
            )
