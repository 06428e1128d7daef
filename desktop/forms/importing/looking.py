"""Look at a form file: what it is, what it would need, what stands in its way."""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from desktop.domain.errors import UserError
from desktop.forms.compile import CompilerRefusal
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm
from desktop.forms.importing import compiled as compiled_form
from desktop.forms.importing.alike import all_alike
from desktop.forms.importing.compiling import compile_book, name_columns
from desktop.forms.importing.content import kind_of
from desktop.forms.importing.excel import read_xls, read_xlsx
from desktop.forms.importing.explain import explain
from desktop.forms.importing.findings import Import, Place, Refusal, Repair
from desktop.forms.importing.limits import limits_of
from desktop.forms.importing.merged import named
from desktop.forms.importing.plain import read_csv, read_md
from desktop.forms.importing.refused import Refused, refusal
from desktop.forms.importing.repairing import mend
from desktop.forms.importing.rules import refusals_of, strange_headers
from desktop.forms.importing.table import Book

_COPY = re.compile(r"(?: ?\(\d+\)| - copy(?: \(\d+\))?)$", re.IGNORECASE)
"""What is added to a name when a file is copied or fetched twice."""
_READERS = {"xlsx": read_xlsx, "xls": read_xls, "csv": read_csv, "md": read_md}


def look(
    content: bytes, file_name: str = "", media: Mapping[str, bytes] | None = None, accepted: Collection[str] = (),
) -> Import:
    """All about a form file. `file_name` is only used for the form's id where the workbook has none; `media`: companion files by name;
    `accepted`: ids of repairs to apply. Never raises for anything a file may hold."""
    kind = ""
    try:
        kind = kind_of(content)
        if kind == "xform":
            return _compiled(content, media or {})
        book = _READERS[kind](content)
    except Refused as error:
        return Import(kind, refusals=error.refusals)
    return _workbook(book, file_name, media or {}, frozenset(accepted))


@dataclass(frozen=True)
class _Tried:
    """A table as far as it came: `xml` and `definition`, or why not."""

    xml: bytes | None = None
    definition: Definition | None = None
    refusals: tuple[Refusal, ...] = ()


def _compiled(content: bytes, media: Mapping[str, bytes]) -> Import:
    xml = compiled_form.guard(content)
    try:
        definition = compiled_form.read(xml, media)
    except UserError as error:
        return Import("xform", refusals=refusals_of(None, error))
    return _finished(Import("xform"), _Tried(xml, definition), None, media)


def _workbook(book: Book, file_name: str, media: Mapping[str, bytes], accepted: frozenset[str]) -> Import:
    fallback = form_id_of(file_name)
    repairs = mend(book, accepted) + _extension(file_name, book.kind, accepted)
    found = Import(book.kind, repairs=repairs)
    tried = _try(book, fallback, media)
    if tried.xml is not None:
        return _finished(replace(found, repairs=tuple(replace(one, needed=False) for one in repairs)), tried, book, media)
    whole, healed = _all_repaired(book, fallback, media)
    if healed.xml is None or not [one for one in repairs if not one.accepted]:
        return replace(found, refusals=named(book, healed.refusals or tried.refusals))
    if not found.needed:
        found = replace(found, repairs=tuple(replace(one, needed=not one.accepted) for one in repairs))
    return replace(_finished(found, healed, whole, media), compiled=None)


def _all_repaired(book: Book, fallback: str, media: Mapping[str, bytes]) -> tuple[Book, _Tried]:
    """What would become of the book if everything offered were accepted, until nothing more is offered."""
    whole = copy.deepcopy(book)
    mend(whole, None)
    return whole, _try(whole, fallback, media)


def _try(book: Book, fallback: str, media: Mapping[str, bytes]) -> _Tried:
    name_columns(book)
    try:
        xml = compile_book(book, fallback)
    except Refused as error:
        return _Tried(refusals=error.refusals)
    except CompilerRefusal as error:
        strange = () if error.words else tuple(strange_headers(book))
        return _Tried(refusals=strange or all_alike(book, explain(book, error.words)))
    try:
        return _Tried(xml, compiled_form.read(xml, media))
    except UserError as error:
        return _Tried(refusals=refusals_of(book, error))
    except Refused as error:
        return _Tried(refusals=error.refusals)


def _finished(found: Import, tried: _Tried, book: Book | None, media: Mapping[str, bytes]) -> Import:
    definition, xml = tried.definition, tried.xml
    if definition is None or xml is None:
        raise ValueError(found.kind)
    overworked = FilledForm(definition).overworked()
    if overworked:
        return replace(found, refusals=(_too_heavy(book, overworked[0]),))
    asked = [spec for spec in definition.root.walk() if spec.kind == "question" and spec.type != "note"]
    return replace(
        found, form_id=definition.form_id, title=definition.title, version=definition.version, languages=tuple(definition.texts),
        questions=len(asked), limits=limits_of(definition, xml, book), compiled=xml,
        missing_media=tuple(name for name in compiled_form.wanted_files(xml) if name not in media),
    )


def _too_heavy(book: Book | None, path: str) -> Refusal:
    """A rule that was stopped, at the row of the question it belongs to."""
    name = re.sub(r"\[\d+\]$", "", path).rpartition("/")[2]
    sheet = book.sheet("survey") if book is not None else None
    row = next((row for row in sheet.rows if sheet.cell(row, "name") == name), None) if sheet is not None else None
    return refusal("import.too_heavy", sheet.place(row) if sheet is not None else Place(), question=name)


def _extension(file_name: str, kind: str, accepted: Collection[str]) -> tuple[Repair, ...]:
    """A file that is named as another kind than it is: told, for other programs go by the name."""
    said = PurePath(file_name).suffix.lower()
    usual = {"xlsx": (".xlsx", ".xlsm"), "csv": (".csv", ".txt", ".tsv"), "md": (".md", ".txt")}.get(kind, (f".{kind}",))
    if said not in (".xlsx", ".xlsm", ".xls", ".csv", ".md", ".xml") or said in usual:
        return ()
    told = Repair("extension", "", 0, "", "repair.extension", {"count": 1}, said, usual[0], True, accepted="extension" in accepted)
    return (told,)


def form_id_of(file_name: str) -> str:
    """The id that a form without one takes from its file's name, as in every other program, without the mark of a copy."""
    stem = PurePath(file_name.replace("\\", "/")).stem
    return re.sub(r"\s+", "_", _COPY.sub("", stem).strip())
