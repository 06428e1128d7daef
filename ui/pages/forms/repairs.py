"""The repairs that are offered for a form: each a row that says whether it will be done. Nothing is ticked that nobody ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.services.form_import import Repair
from ui import words
from ui.pages.forms.sentences import place, visible, what, why
from ui.widgets.lists import CellTable
from ui.widgets.rows import KEY, Cell
from ui.words import tr


class RepairTable(CellTable):
    """Space, Enter or a click changes whether a repair is done. Signal: `ticked(id, on)`."""

    ticked = Signal(str, bool)

    def __init__(self) -> None:
        my = words.language() == "my"
        super().__init__(
            (tr("What would change"), tr("Where"), tr("Before and after"), tr("Do it?")), (0, 176 if my else 160, 170, 132 if my else 112),
            name="repairs_table", label=tr("Repairs"), tall=True, fit=True,
        )
        self.clicked.disconnect()
        self.clicked.connect(self._clicked)
        self._on: frozenset[str] = frozenset()

    def show_repairs(self, repairs: Sequence[Repair], ticked: frozenset[str]) -> None:
        """Those that change what the form says first, then the harmless ones."""
        self._on = ticked
        lines: list[list[Cell]] = []
        for title, harmless in ((tr("Look at each of these"), False), (tr("Harmless"), True)):
            found = [one for one in repairs if one.harmless is harmless]
            if found:
                lines.append([Cell(title, right=str(len(found)), heading=True)])
                lines += [self._line(one) for one in found]
        self.show_lines(lines)

    def _line(self, one: Repair) -> list[Cell]:
        on = one.id in self._on
        where, cell = place(one)
        return [
            Cell(what(one), why(one), key=one.id),
            Cell(where, cell, ink="ink2"),
            Cell(visible(one.before) or tr("(nothing)"), visible(one.after) or tr("(nothing)"), ink="ink2"),
            _answer(on, needed=one.needed),
        ]

    def _flip(self, key: object) -> None:
        if isinstance(key, str):
            self.ticked.emit(key, key not in self._on)

    def _clicked(self, index: QModelIndex) -> None:
        self._flip(index.data(KEY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._flip(self.current())
        else:
            super().keyPressEvent(event)


def _answer(on: bool, *, needed: bool) -> Cell:
    if on:
        return Cell(tr("yes"), icon="done", tone="accent", role="strong")
    if needed:
        return Cell(tr("needed"), icon="warning", tone="warn", ink="warn")
    return Cell(tr("not yet"), icon="circle", ink="ink3")
