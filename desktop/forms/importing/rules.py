"""The rules of a form (expressions) that cannot be read, found in the cells they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.errors import UserError
from desktop.forms.definition import Expression
from desktop.forms.importing.compiled import is_name
from desktop.forms.importing.findings import Place, Refusal
from desktop.forms.importing.refused import refusal
from desktop.forms.importing.table import Book, Column, Row, Sheet
from desktop.forms.xpath.compiler import Place as Context
from desktop.forms.xpath.errors import ExpressionError

_PREFIXES = {"jr", "orx", "odk", "h", "ev", "xsd", "entities"}
_BINDS = frozenset({"relevant", "constraint", "calculate", "required", "readonly"})
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
_CODES = {f"form.{code}": f"import.{code}" for code in ("not_xform", "expression", "function", "cycle")}
_ERRORS = frozenset({"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"})
_WORDS = frozenset({"yes", "no", "true", "false"})


def is_rule(canonical: tuple[str, ...]) -> bool:
    """Is it a column of expressions?"""
    if canonical[:1] == ("bind",):
        return canonical[1:2] != () and canonical[1] in _BINDS
    return canonical in (("choice_filter",), ("control", "jr:count"))


def rules(book: Book) -> Iterator[tuple[Sheet, Row, Column, str]]:
    """Every cell of the survey sheet that holds an expression."""
    for sheet, row, column, text in book.cells("survey"):
        if is_rule(column.canonical) and text.lower() not in _WORDS:
            yield sheet, row, column, text


def refusals_of(book: Book | None, error: UserError) -> tuple[Refusal, ...]:
    """What the loader refused, at the cells it stands in; all unreadable rules of the workbook, not only the first."""
    code = _CODES.get(error.code, "import.compiler_failed")
    if book is not None and error.code in ("form.expression", "form.function"):
        found = tuple(_unreadable(book))
        if found:
            return found
    if book is not None and error.code == "form.not_xform":
        return tuple(strange_headers(book)) or (refusal("import.compiler_failed"),)
    place = Place() if book is None else _of_question(book, error)
    return (refusal(code, place, **error.fields),)


def strange_headers(book: Book) -> Iterator[Refusal]:
    """Columns whose header becomes a name in the compiled form and can be none, or has a prefix that nothing declares."""
    settings = book.sheet("settings")
    said = settings.cell(settings.rows[0], "namespaces") if settings and settings.rows else ""
    known = _PREFIXES | set(re.findall(r"([\w.-]+)\s*=", said))
    for sheet in book.sheets:
        for column in sheet.columns if sheet.role else ():
            if len(column.canonical) < 2 or column.canonical[0] not in ("bind", "control", "instance", "attribute"):
                continue
            prefix, mark, name = column.canonical[1].rpartition(":")
            if not is_name(name) or (mark and prefix not in known):
                yield refusal("import.header_not_known", sheet.place(None, column))


def _unreadable(book: Book) -> Iterator[Refusal]:
    for sheet, row, column, text in rules(book):
        try:
            Expression.read(_REFERENCE.sub(r"/data/\1", text), Context(("data", "here"), frozenset()))
        except ExpressionError as error:
            question = sheet.cell(row, "name")
            if text in _ERRORS:
                yield refusal("import.error_cell", sheet.place(row, column))
                continue
            code = "import.function" if error.code == "function" else "import.expression"
            yield refusal(code, sheet.place(row, column), question=question, detail=_REFERENCE_BACK.sub(r"${\1}", error.detail))


_REFERENCE_BACK = re.compile(r"/data/([\w.-]+)")


def _of_question(book: Book, error: UserError) -> Place:
    """The row of the question the error names, first on its way if it is a circle."""
    sheet = book.sheet("survey")
    if sheet is None:
        return Place()
    said = str(error.fields.get("question") or error.fields.get("way") or "").partition(" ")[0]
    name = said.rpartition("/")[2]
    row = next((row for row in sheet.rows if sheet.cell(row, "name") == name), None)
    column = next((one for one in sheet.columns if row and is_rule(one.canonical) and one.at in row.cells), None)
    return sheet.place(row, column) if row else sheet.place()
