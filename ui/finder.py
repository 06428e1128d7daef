"""Find a command (Ctrl+K): one field over the page, every command with its shortcut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.commands import Command, Commands
from ui.theme.tokens import RADIUS, C
from ui.widgets.fields import Search
from ui.widgets.labels import Words
from ui.widgets.layout import col, row, rule
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell
from ui.words import digits, tr

_SHOWN = 9


class Finder(QWidget):
    """Stands over the window until a command is chosen, Esc is pressed or the focus goes elsewhere."""

    def __init__(self, window: QWidget, commands: Commands) -> None:
        super().__init__(window)
        self.setObjectName("finder")
        self.setAccessibleName(tr("Find a command"))
        self._commands = commands
        self._before = window.focusWidget()
        self._found: list[Command] = []
        self._list: RowList = RowList(name="finder_list", label=tr("Commands"), inset=16, rules=False, fit=True)
        self.search = Search(name="finder_search", hint=tr("Find a command"))
        self.search.textChanged.connect(self._look)
        self.search.moved.connect(self._move)
        self.search.entered.connect(lambda: self._do(self._list.current()))
        self.search.installEventFilter(self)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.opened.connect(self._do)
        self._none = Words(tr("No command begins like that. Try one word of what you want to do."), "body", "second", wrap=True)
        self._count = Words("", "small", "hint")
        foot = row(Words(tr("Up and Down choose, Enter does it, Esc goes back"), "small", "hint"), None, self._count, edge=(18, 8, 18, 10))
        none = row(self._none, edge=(16, 8, 16, 8))
        self.setLayout(col(row(self.search, edge=(12, 12, 12, 10)), rule(), 4, self._list, none, 4, rule(), foot, edge=(2, 2, 2, 2)))
        self.setFixedWidth(600)
        self._look("")

    def open(self) -> None:
        """Show it in the middle of the window, the keyboard in its field."""
        window = self.parentWidget()
        if window is not None:
            self.move((window.width() - self.width()) // 2, 96)
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self, text: str) -> None:
        self._found = self._commands.matching(text)
        shown = self._found[:_SHOWN]
        self._list.show_cells(
            [Cell(one.shown, tr(one.where) if one.where else "", icon=one.icon or "chevron-right", right=one.shortcut, key=one.id) for one in shown]
        )
        self._list.setVisible(bool(shown))
        self._none.setVisible(not shown)
        self._list.setCurrentIndex(self._list.cells.index(0, 0))
        self._count.setText(digits(str(len(self._found))))
        self.adjustSize()

    def _move(self, step: int) -> None:
        at = max(0, min(self._list.currentIndex().row() + step, self._list.cells.rowCount() - 1))
        self._list.setCurrentIndex(self._list.cells.index(at, 0))

    def _do(self, id: object) -> None:
        command = next((one for one in self._found if one.id == id), None)
        # The page that had the keyboard gets it back first: while it is hidden, Qt would hand it to the rail.
        self._away(back=True)
        if command is not None:
            command.do()

    def go_away(self) -> None:
        """Close it; the keyboard stays where it is."""
        self._away(back=False)

    def _away(self, *, back: bool) -> None:
        self.search.removeEventFilter(self)
        self.hide()
        self.setParent(None)
        self.deleteLater()
        if back and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and not self.isHidden():
            self._away(back=False)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._away(back=True)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(C.edge), 1))
        painter.setBrush(QColor(C.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
