"""Help for a page (F1): a few sentences and the shortcuts that work there. It needs no network and no browser."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.commands import Command
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import box, col, scroll
from ui.words import tr


class HelpBox(Box):
    """`sentences` are English, inside `mark`; `commands` are shown with their shortcuts."""

    def __init__(self, parent: QWidget, page: str, sentences: Sequence[str], commands: Sequence[Command]) -> None:
        super().__init__(parent, "help", tr("Help: {page}", page=page), icon="help", width=640)
        for sentence in sentences:
            self.body.addWidget(Note("chevron-right", tr(sentence), "second", "body"))
            self.body.addSpacing(8)
        keys = [(one.shown, one.shortcut) for one in commands if one.shortcut and not one.id.startswith("go.")]
        self.body.addSpacing(8)
        self.body.addWidget(Words(tr("Shortcuts that work here"), "strong"))
        self.body.addSpacing(6)
        area = scroll(box(col(facts([(words, shortcut) for words, shortcut in keys], first=330), None)), "help_keys")
        area.setFixedHeight(200)
        self.body.addWidget(area)
        close = Button(tr("Close"), "primary", hint="Esc", name="help_close")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        self.buttons.addWidget(close)
        self.buttons.addStretch(1)
        close.setFocus()
        self.fit()
