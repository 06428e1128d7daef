"""An XLSForm workbook to compiled XForm XML, by pyxform."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
