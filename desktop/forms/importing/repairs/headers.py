"""Headers that mean a column and do not say so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial

from desktop.forms.compile import canonical_headers, known_headers, other_spellings
from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.repairs.signs import cleaned
from desktop.forms.importing.table import Book, Column, Sheet

_TRANSLATED = ("label", "hint", "guidance_hint", "caption", "constraint_message", "required_message", "image", "audio", "video", "media")
_COLON = re.compile(rf"^({'|'.join(_TRANSLATED)})\s*:(?!:)\s*(\S.*)$", re.IGNORECASE)

_OFTEN = {
    "constraint_msg": "constraint_message", "required_msg": "required_message", "constraintmessage": "constraint_message", "choicefilter": "choice_filter",
    "requiredmessage": "required_message", "repeatcount": "repeat_count", "listname": "list_name", "formid": "form_id", "formtitle": "form_title",
    "skip_logic": "relevant", "validation": "constraint", "question": "label", "question_text": "label",
}


def _rename(column: Column, header: str) -> None:
    column.header = header


def signs(book: Book) -> Iterator[Fix]:
    """Signs nobody sees, and line breaks, in a header."""
    for sheet in _sheets(book):
        for column in sheet.columns:
            after = cleaned(column.header)
            if after != column.header and after:
                yield fix(
                    "repair.header_signs", sheet.place(None, column), partial(_rename, column, after), before=column.header, after=after,
                    harmless=True, needed=True,
                )


def colons(book: Book) -> Iterator[Fix]:
    """``label:English`` beside ``label::Burmese``: with one colon it would be left out."""
    for sheet in _sheets(book, "survey", "choices"):
        if not any("::" in column.header for column in sheet.columns):
            continue
        for column in sheet.columns:
            found = _COLON.match(column.header)
            if found:
                after = f"{found[1]}::{found[2]}"
                yield fix(
                    "repair.header_colon", sheet.place(None, column), partial(_rename, column, after), before=column.header, after=after,
                    harmless=True,
                )


def languages(book: Book) -> Iterator[Fix]:
    """One language spelled in several ways would become several languages."""
    spelled: dict[str, Counter[str]] = {}
    for sheet in _sheets(book, "survey", "choices"):
        for column in sheet.columns:
            language = _language(column)
            if language:
                spelled.setdefault("".join(language.casefold().split()), Counter())[language] += 1
    best = {bare: ways.most_common(1)[0][0] for bare, ways in spelled.items() if len(ways) > 1}
    for sheet in _sheets(book, "survey", "choices"):
        for column in sheet.columns:
            language = _language(column)
            wanted = best.get("".join(language.casefold().split()), language)
            if language and wanted != language:
                after = "::".join([*column.header.split("::")[:-1], wanted])
                yield fix(
                    "repair.language", sheet.place(None, column), partial(_rename, column, after), before=column.header, after=after,
                    harmless=True,
                )


def _language(column: Column) -> str:
    parts = column.header.split("::")
    return parts[-1].strip() if len(parts) > 1 and parts[0].strip().lower() in _TRANSLATED and len(column.canonical) > 1 else ""


def misspelled(book: Book) -> Iterator[Fix]:
    """A header one letter away from one that is known and missing."""
    for sheet in _sheets(book, "survey", "choices", "settings"):
        meant = _meanings(sheet)
        there = {column.canonical for column in sheet.columns}
        for column in sheet.columns:
            head, mark, rest = column.header.partition("::")
            bare = "_".join(head.lower().split())
            if bare in meant or column.canonical[0] in known_headers(sheet.role) or len(bare) < 4 or ":" in bare or bare.startswith("_"):
                continue
            wanted = _nearest(bare, meant)
            if wanted and canonical_headers(sheet.role, [wanted])[0] not in there:
                after = wanted + mark + rest
                yield fix(
                    "repair.header_misspelled", sheet.place(None, column), partial(_rename, column, after), before=column.header, after=after,
                    harmless=False, needed=wanted in ("type", "name", "list_name", "label"),
                )


def _nearest(header: str, known: list[str]) -> str:
    """The header that was meant: one often written otherwise, or one letter away."""
    often = _OFTEN.get(header.replace("-", "_"), "")
    if often in known:
        return often
    close = get_close_matches(header, known, n=1, cutoff=0.8)
    return close[0] if close and abs(len(close[0]) - len(header)) < 2 else ""


def _meanings(sheet: Sheet) -> list[str]:
    usual = {
        "survey": ("type", "name", "label", "hint", "default", "parameters", "choice_filter", "trigger", "guidance_hint"),
        "choices": ("list_name", "name", "label"),
        "settings": ("form_title", "form_id", "version", "default_language", "instance_name", "allow_choice_duplicates", "style"),
    }
    return sorted({*usual[sheet.role], *(name for name in other_spellings(sheet.role) if sheet.role != "choices")})


def _sheets(book: Book, *roles: str) -> Iterator[Sheet]:
    for sheet in book.sheets:
        if sheet.role and (not roles or sheet.role in roles):
            yield sheet
