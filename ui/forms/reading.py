"""Answers that are only read here: calculated by the form, or not to be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services.intake import Node
from desktop.words.labels import date_text
from ui import words
from ui.forms.columns import follow_width
from ui.forms.days import month_text
from ui.forms.entry import Entry
from ui.forms.moments import shown as moment_shown
from ui.forms.writing import HIDDEN
from ui.widgets.labels import Words
from ui.widgets.layout import row
from ui.words import tr

_DOTS = "\u2022" * 5


def answer_words(node: Node, text: str) -> str:
    """A stored answer as people read it: words of choices, days by their names; dots for what nobody should see."""
    if not text:
        return ""
    if node.appearance & HIDDEN:
        return _DOTS
    if node.type in ("select_one", "select_multiple", "rank"):
        names = [text] if node.type == "select_one" else text.split()
        labels = {one.name: one.label or one.name for one in node.choices}
        return ", ".join(labels.get(name, name) for name in names)
    if node.type == "boolean":
        return tr("Yes") if text == "true" else tr("No")
    if node.type == "acknowledge":
        return tr("Done")
    if node.type == "date":
        return month_text(text, node.appearance) or date_text(text, words.language())
    return moment_shown(text) or text


class ReadEntry(Entry):
    """An answer as words."""

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._words = Words("", "body", wrap=True)
        self._words.setObjectName(name)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(row(self._words))
        follow_width(self)

    @property
    def field(self) -> QWidget:
        return self._words

    def parts(self) -> Sequence[QWidget]:
        return ()

    def put(self, node: Node, text: str) -> None:
        said = answer_words(node, text) or "–"
        if self._words.text() != said:
            self._words.setText(said)
