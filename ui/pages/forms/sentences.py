"""What was found in a form's file, in words: where it stands in the spreadsheet, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.services.form_import import Refusal, Repair
from desktop.services.form_preview import Difference, Limit
from desktop.words.errors import Sentence, sentence
from ui import words
from ui.widgets.labels import Note, Words
from ui.widgets.layout import box, col, row
from ui.words import counted, mark, tr

_NAMED = 4  # questions that are named one by one
_LONG = 400  # letters of one cell that are shown


class _Placed(Protocol):
    @property
    def sheet(self) -> str: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def header(self) -> str: ...


def place(one: _Placed) -> tuple[str, str]:
    """Where it stands, in two lines: sheet and row, then the column with its heading."""
    if not one.sheet:
        return tr("the file itself"), ""
    first = tr("{sheet}, row {row}", sheet=one.sheet, row=str(one.row)) if one.row else one.sheet
    if getattr(one, "count", 1) > 1:
        first = tr("{where} and {n} more", where=first, n=one.count - 1)  # type: ignore[attr-defined]
    if not one.column:
        return first, ""
    return first, tr("column {column}, {header}", column=one.column, header=one.header) if one.header else tr("column {column}", column=one.column)


def place_line(one: _Placed) -> str:
    """The same in one line."""
    if not one.sheet:
        return ""
    where, cell = place(one)
    return tr("Sheet {where}, {cell}", where=where, cell=cell) if cell else tr("Sheet {where}", where=where)


def told(code: str, fields: object) -> Sentence:
    """The sentences of a finding."""
    return sentence(UserError(code, **dict(fields)), words.language())  # type: ignore[call-overload]


def what(one: Repair) -> str:
    """What is odd about a cell, or about several of them."""
    return told(one.what_code, one.fields).happened


def why(one: Repair) -> str:
    """What a repair does, and what it means for the answers."""
    said = told(one.what_code, one.fields)
    return " ".join(part for part in (said.means, said.todo) if part)


def visible(text: str) -> str:
    """A cell's text with the white space at its ends to be seen."""
    inside = text.strip()
    if not inside:
        return "·" * len(text)
    front, back = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    whole = f"{'·' * front}{inside}{'·' * back}".replace("\n", " ")
    return whole if len(whole) <= _LONG else f"{whole[:_LONG]}…"


def refusal(one: Refusal) -> QWidget:
    """Why the form cannot be used: what is wrong, where it stands, what to do in the spreadsheet."""
    said = told(one.code, one.fields)
    lines: list[QWidget] = [Note("warning", said.happened, "danger", "strong")]
    where = place_line(one)
    if where:
        lines.append(_indented(Words(where, "body", "", wrap=True)))
    cell = getattr(one, "text", "")
    if cell:
        lines.append(_indented(Words(tr("There stands: {words}", words=visible(cell)), "body", "second", wrap=True)))
    for line in (said.means, *said.todo.split("\n")):
        if line:
            lines.append(_indented(Words(line, "body", "second", wrap=True)))
    return box(col(*lines, gap=3))


def _indented(one: QWidget) -> QWidget:
    return box(row(22, (one, 1), gap=0))


def limit(one: Limit) -> Note:
    """What this laptop cannot do, and which questions that concerns."""
    said = told(one.code, {})
    names = one.questions
    shown = tr(", ").join(names[:_NAMED])
    if len(names) > _NAMED:
        shown = counted(len(names) - _NAMED, "{names} and {n} more", "{names} and {n} more", names=shown)
    text = " ".join(part for part in (said.happened, said.means) if part)
    if shown:
        text = tr("{what} Concerns: {questions}", what=text, questions=shown)
    return Note("info", text, "second", "body")


_CHANGED = {
    "new": (mark("new"), "plus", "good"), "gone": (mark("gone"), "close", "warn"), "type": (mark("another kind of answer"), "pencil", "warn"),
    "choices": (mark("other choices"), "pencil", "plain"), "words": (mark("other words"), "pencil", "plain"),
}


def change(one: Difference) -> tuple[str, str, str]:
    """(words, icon, tone) of what happened to a question between two versions."""
    text, icon, tone = _CHANGED[one.what]
    return tr(text), icon, tone


def limits(found: Sequence[Limit]) -> list[Note]:
    """All of them."""
    return [limit(one) for one in found]
