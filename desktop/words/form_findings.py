"""The words for what was found in a form file: where it stands, what is wrong, what would be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Union

from desktop.domain.errors import UserError
from desktop.words.catalogue import translate
from desktop.words.errors import Sentence, sentence


def place(sheet: str, row: int, column: str, header: str, language: str) -> str:
    """``Sheet survey, row 12, column D (relevant)``; "" where there is no place."""
    if not sheet:
        return ""
    if not column:
        said = translate("Sheet {sheet}, row {row}", language) if row else translate("Sheet {sheet}", language)
    elif not header:
        said = translate("Sheet {sheet}, row {row}, column {column}", language)
    elif row:
        said = translate("Sheet {sheet}, row {row}, column {column} ({header})", language)
    else:
        said = translate("Sheet {sheet}, column {column} ({header})", language)
    return said.format(sheet=sheet, row=row, column=column, header=header)


def finding(code: str, fields: Mapping[str, Union[str, int]], language: str) -> Sentence:
    """The sentence of a refusal, a repair (`happened`: what is odd, `means`: what would be done) or a limit (`means`: what happens
    instead)."""
    return sentence(UserError(code, **dict(fields)), language)


def cell(text: str, language: str) -> str:
    """``In the cell: …``; "" for an empty one. Long texts are cut."""
    shown = text if len(text) <= 200 else f"{text[:200]}…"
    return translate("In the cell: {text}", language).format(text=shown) if text else ""
