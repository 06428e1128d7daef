"""The line at the foot of the window: saved, what waits, the last stick; and two commands everybody needs."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note
from ui.widgets.layout import box, col, ground, row, rule
from ui.words import metrics, tr


class StatusLine(QWidget):
    """Signals: `differ` when the person wants to settle answers, `find_wanted` for the command palette, `help_wanted`."""

    differ = Signal()
    find_wanted = Signal()
    help_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status_line")
        ground(self, "paper")
        self.setFixedHeight(metrics().chip + 10)
        self._saved = Note("done", tr("Ready"), "second", wrap=False, name="status_saved")
        self._saved.mark.show_icon("done", "good")
        self._busy = Note("clock", "", "second", wrap=False, name="status_busy")
        self._differ = Button("", "quiet", "differ", name="status_differ", small="warn")
        self._differ.clicked.connect(self.differ)
        self._differ.hide()
        self._stick = Note("stick", "", "second", wrap=False, name="status_stick")
        find = Button(tr("Find a command"), "quiet", hint="Ctrl+K", name="status_find", small="ink3")
        find.clicked.connect(self.find_wanted)
        help_ = Button(tr("Help"), "quiet", hint="F1", name="status_help", small="ink3")
        help_.clicked.connect(self.help_wanted)
        line = row(self._saved, 8, self._busy, self._differ, self._stick, None, find, help_, gap=8, edge=(EDGE, 0, EDGE - 8, 0))
        self.setLayout(col(rule(), (box(line), 1)))

    def saved(self, at: datetime | None) -> None:
        """The time of the last save since unlocking."""
        self._saved.say(tr("Saved {time}", time=at.strftime("%H:%M")) if at else tr("Ready"), "second")
        self._saved.mark.show_icon("done", "good")

    def waits(self, answers: int) -> None:
        """How many pairs of different answers have to be settled."""
        self._differ.say(tr("Different answers to settle: {n}", n=answers))
        self._differ.setVisible(answers > 0)

    def stick(self, words: str) -> None:
        """When the last stick went where."""
        self._stick.say(words, "second")

    def busy(self, words: str) -> None:
        """What is taking longer than a moment; "" when it is over."""
        self._busy.say(words, "second")
