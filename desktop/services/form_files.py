"""Files that came together: which of them are forms, and which belong to a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.services.form_import import Given, given

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".md"})
_PERHAPS = frozenset({".csv", ".tsv", ".txt"})
_MARK = b"http://www.w3.org/2002/xforms"
_MARK_WITHIN = 65_536
"""Bytes of an XML file in which a form says what it is."""

_MOST = 64 << 20
"""Bytes of all companions of one form."""


def sorted_files(files: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """(forms, companions) among files that came together, at least one form. A table of plain text is a companion where a workbook is
    there too; without one, the first file is taken for the form, and looking at it says what it is."""
    forms = tuple(path for path in files if _is_form(path))
    if not forms:
        forms = tuple(path for path in files if path.suffix.casefold() in _PERHAPS)[:1] or tuple(files[:1])
    return forms, tuple(path for path in files if path not in forms)


def read_files(form: Path, companions: Mapping[str, Path]) -> Given:
    """The form and its companions as they stand on the disk now. UserError: import.unreadable, import.too_much_media."""
    media: dict[str, bytes] = {}
    for name, path in companions.items():
        try:
            with path.open("rb") as stream:
                media[name] = stream.read(_MOST + 1)
        except OSError:
            raise UserError("import.unreadable", name=name) from None
        if sum(len(content) for content in media.values()) > _MOST:
            raise UserError("import.too_much_media", most=_MOST // 2**20)
    return given(form, media)


def _is_form(path: Path) -> bool:
    ending = path.suffix.casefold()
    if ending in _WORKBOOKS:
        return True
    return ending in (".xml", ".xhtml") and _MARK in _begin(path)


def _begin(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_MARK_WITHIN)
    except OSError:
        return b""
