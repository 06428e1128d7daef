"""What a number that was typed, or a code that was scanned, says: the number, and of a sheet which form, page and layout."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.domain import codes

_PARTS = re.compile(r"([0-9A-Z]{8}|-)/([^/\s]{1,100})/([1-9][0-9]{0,2})(?:/([AL][01][0-9]{2}[0-9A-Z]{0,2}))?")


@dataclass(frozen=True)
class SheetCode:
    """The code on a page. `code` is "" where no number was printed. `form` is the id of a form or document; where there is a `layout` it is the
    mark of an exact form (see `form_layouts.mark_of`). `page` counts from 1."""

    code: str
    form: str
    page: int
    layout: str = ""


def read(text: str) -> SheetCode | None:
    """The code to scan of a page of ours; None for anything else."""
    found = _PARTS.fullmatch(text.strip())
    if found is None:
        return None
    code, form, page, layout = found.groups("")
    plain = "" if code == "-" else codes.parse(code)
    return None if plain is None else SheetCode(plain, form, int(page), layout)


def number_in(text: str) -> str | None:
    """The number in what was typed or scanned: a code alone, or the code of a page. None if there is none. A scanner at the USB port is a
    keyboard: with Caps Lock on, capital letters come as small ones."""
    whole = read(text) or read(text.upper())
    return (whole.code or None) if whole is not None else codes.parse(text)
