"""Errors as people meet them: what happened, what it means, what to do. Never a code first, never a trace."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.words.errors import Sentence, sentence
from ui import messages, words
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, col, row
from ui.widgets.parts import Sentence as BigSentence
from ui.words import tr


def describe(error: UserError) -> Sentence:
    """The words for an error in the language of the window."""
    return sentence(error, words.language())


def brief(error: UserError) -> str:
    """One line, to stand below a field: what happened and what to do."""
    told = describe(error)
    return " ".join(part for part in (told.happened, told.todo.replace("\n", " ")) if part)


def box(parent: QWidget, error: UserError, then: Callable[[], None] | None = None) -> None:
    """A box over the window, for what did not happen where the person looks."""
    told = describe(error)
    text = "\n".join(part for part in (told.means, told.todo) if part)
    messages.tell(parent, told.happened, text, icon="warning", tone="danger", then=then)


class FailurePanel(QWidget):
    """An error in place of what a page wanted to show. `again` are the buttons below it, the main one first."""

    def __init__(self, error: UserError, *again: Button) -> None:
        super().__init__()
        told = describe(error)
        parts: list[Part] = []
        if told.todo:
            parts += [Words(tr("What you can do"), "heading"), 10]
            for line in told.todo.split("\n"):
                parts += [Note("chevron-right", line, "second", "body"), 8]
        if again:
            parts += [16, row(*again, None)]
        self.sentence = BigSentence("warning", told.happened, told.means, "danger")
        self.setLayout(col(self.sentence, 24, row(58, (col(*parts, None), 1), gap=0), None))
