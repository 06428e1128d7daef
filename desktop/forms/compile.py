"""An XLSForm workbook to compiled XForm XML, by pyxform: the only door to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from desktop.domain.errors import UserError

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*", re.IGNORECASE)
_SHEET = re.compile(r"'(survey|choices|settings|entities|external_choices)'")


@dataclass(frozen=True)
class Compiled:
    """`warnings` are the compiler's own English sentences, for the author of the form."""

    xml: bytes
    warnings: tuple[str, ...]


def compile_workbook(source: bytes | str) -> Compiled:
    """Compile an XLSForm: the bytes of an xlsx or xls file, or markdown or csv as text. What the bytes are is judged by themselves,
    not by a file's name. UserError: form.not_workbook; form.refused with the compiler's reason, or
    form.refused_at with sheet and row too."""
    # Imported here: it costs 0.25 s, and a form in use is never compiled again.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    kind = workbook_kind(source)
    try:
        made = convert(BytesIO(source) if isinstance(source, bytes) else source, file_type=kind, validate=False, pretty_print=True)
    except PyXFormError as error:
        raise _refusal(str(error)) from None
    except Exception as error:  # the compiler fails in many ways on workbooks nobody foresaw: all mean that it cannot read this one
        raise UserError("form.refused", reason=type(error).__name__) from error
    return Compiled(made.xform.encode("utf-8"), tuple(made.warnings))


class CompilerRefusal(Exception):
    """The compiler's own English words about a form it does not take; "" if it failed without any."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class SheetTable:
    """A sheet for the compiler: each row by its headers; the compiler calls the first of `rows` row 2."""

    headers: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def compile_tables(tables: Mapping[str, SheetTable], fallback_id: str = "") -> Compiled:
    """Compile a form from its sheets by name (survey, choices, …). `fallback_id`: the form's id where settings name none.
    CompilerRefusal, whatever the compiler failed with."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    book: dict[str, object] = {"sheet_names": list(tables), "fallback_form_name": fallback_id or None}
    for name, table in tables.items():
        book[name] = [dict(row) for row in table.rows]
        book[f"{name}_header"] = [dict.fromkeys(table.headers)]
    try:
        made = convert(book, validate=False, pretty_print=False)
    except PyXFormError as error:
        raise CompilerRefusal(str(error)) from None
    except Exception as error:  # the compiler fails in many ways on workbooks nobody foresaw: all mean that it cannot read this one
        raise CompilerRefusal("") from error
    return Compiled(made.xform.encode("utf-8"), tuple(made.warnings))


def canonical_headers(sheet: str, headers: Iterable[str]) -> list[tuple[str, ...]]:
    """What each header of a sheet (survey, choices, settings, …) means to the compiler: ``relevance`` and ``relevant`` are both
    ("bind", "relevant"), ``caption::English`` is ("label", "English")."""
    from pyxform import aliases, constants
    from pyxform.parsing.sheet_headers import process_header

    names = {"survey": aliases.survey_header, "settings": aliases.settings_header, "entities": aliases.entities_header}
    known, alike = known_headers(sheet), names.get(sheet, aliases.list_header)
    found, listed = [], list(headers)
    double = any("::" in header for header in listed)
    for header in listed:
        try:
            tokens = process_header(header, double, alike, known)[1]
        except (IndexError, ValueError):
            tokens = (header,)
        found.append(tuple("list_name" if token == constants.LIST_NAME_S else token for token in tokens[:1]) + tuple(tokens[1:]))
    return found


@cache
def known_headers(sheet: str) -> frozenset[str]:
    """The headers of a sheet that mean something, without their other spellings."""
    from pyxform import constants
    from pyxform.question import MultipleChoiceQuestion, Option
    from pyxform.survey import Survey

    sources = {"survey": MultipleChoiceQuestion.get_slot_names, "settings": Survey.get_slot_names}
    if sheet == "entities":
        return frozenset(column.value for column in constants.EntityColumns.value_list())
    return frozenset(sources.get(sheet, Option.get_slot_names)())


@cache
def other_spellings(sheet: str) -> frozenset[str]:
    """The spellings of headers that the compiler takes for another."""
    from pyxform import aliases

    names = {"survey": aliases.survey_header, "settings": aliases.settings_header, "entities": aliases.entities_header}
    return frozenset(names.get(sheet, aliases.list_header))


@cache
def question_types() -> frozenset[str]:
    """Types of questions that stand alone, without a list of choices."""
    from pyxform import aliases
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    return frozenset(QUESTION_TYPE_DICT) | frozenset(aliases._type_alias_map) | frozenset(aliases.settings_header)


def workbook_kind(source: bytes | str) -> str:
    """``.xlsx``, ``.xls``, ``.md`` or ``.csv``. UserError: form.not_workbook."""
    if isinstance(source, str):
        return ".md" if source.lstrip().startswith("|") else ".csv"
    if source.startswith(b"PK\x03\x04"):
        return ".xlsx"
    if source.startswith(b"\xd0\xcf\x11\xe0"):
        return ".xls"
    raise UserError("form.not_workbook")


def _refusal(message: str) -> UserError:
    """The compiler's sentence taken apart: where, and why."""
    row, sheet = _ROW.search(message), _SHEET.search(message)
    reason = " ".join(_ROW.sub("", message).split())
    if row is None:
        return UserError("form.refused", reason=reason)
    return UserError("form.refused_at", sheet=sheet[1] if sheet else "survey", row=row[1], reason=reason)
