"""A box in which one row is looked for by typing, and chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.fields import Search
from ui.widgets.labels import Words
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell
from ui.words import tr

_HIGH = 340


class Chooser(Box):
    """Signals: `sought(text)` when something was typed (who listens reads what fits and calls `show_rows`), `taken(key)` when a row was
    chosen, None if there was none. `name` begins every objectName.

    `beside` stands between the main button and the way back: another way to answer.
    """

    sought = Signal(str)
    taken = Signal(object)

    def __init__(self, parent: QWidget, name: str, title: str, hint: str, label: str, *, beside: QWidget | None = None) -> None:
        super().__init__(parent, name, title, width=560)
        self._search = Search(name="choose_search", hint=hint)
        self._list = RowList(name="choose_list", label=label, tall=True)
        self._list.setFixedHeight(_HIGH)
        self._none = Words("", "body", "second", wrap=True)
        self._none.setObjectName("choose_none")
        self._behind = self._goes = False  # the rows are those of an earlier search; Enter waits for the others
        self._search.textChanged.connect(self._seek)
        self._search.moved.connect(self._move)
        self._search.entered.connect(self._go)
        self._list.opened.connect(self.taken)
        self._list.typed.connect(self._type)
        go = Button(tr("Choose"), "primary", hint="Enter", name="choose_go")
        go.clicked.connect(self._go)
        back = Button(tr("Go back"), hint="Esc", name="choose_back")
        back.clicked.connect(self.reject)
        self.body.addWidget(self._search)
        self.body.addSpacing(8)
        self.body.addWidget(self._none)
        self.body.addWidget(self._list)
        for button in (go, *([beside] if beside is not None else []), back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self._search.setFocus()

    def show_rows(self, cells: Sequence[Cell], nothing: str) -> None:
        """Show these rows, which fit what was typed last, the first one chosen; `nothing` is said when there is none."""
        self._list.show_cells(cells)
        self._list.setCurrentIndex(self._list.cells.index(0, 0))
        self._none.setText("" if cells else nothing)
        self._none.setVisible(not cells)
        self._behind, goes, self._goes = False, self._goes, False
        if goes and self.isVisible():
            self._go()

    def _seek(self, text: str) -> None:
        self._behind, self._goes = True, False
        self.sought.emit(text)

    def _go(self) -> None:
        """Take the row that is chosen; while the rows are still those of an earlier search, the first of those that come."""
        if self._behind:
            self._goes = True
        else:
            self.taken.emit(self._list.current())

    def _move(self, step: int) -> None:
        at = max(0, min(self._list.currentIndex().row() + step, self._list.cells.rowCount() - 1))
        self._list.setCurrentIndex(self._list.cells.index(at, 0))

    def _type(self, text: str) -> None:
        self._search.setFocus()
        self._search.insert(text)
