"""Putting answers in order: by the keyboard, by buttons, by dragging."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.services.intake import Choice, Node
from ui import words
from ui.forms.columns import follow_width
from ui.forms.entry import Entry
from ui.widgets.buttons import Button
from ui.widgets.labels import Words
from ui.widgets.layout import col, row
from ui.widgets.rows import CELL, KEY, Cell, RowDelegate
from ui.words import tr


class RankList(QListWidget):
    """Rows that change places. Ctrl+Up and Ctrl+Down move the current one. Signals: `moved` after a change, `onward` on Enter, `rubbed` on
    Delete."""

    moved = Signal()
    onward = Signal()
    rubbed = Signal()

    def __init__(self, *, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("framed", "true")
        self.setItemDelegate(RowDelegate(self, inset=8))
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def names(self) -> list[str]:
        """The keys in their order."""
        return [str(self.item(at).data(KEY)) for at in range(self.count())]

    def show_order(self, choices: Sequence[Choice], *, answered: bool) -> None:
        """Show these in this order; without numbers while nobody has put them in order."""
        at = self.currentRow()
        self.clear()
        for place, one in enumerate(choices, 1):
            made = QListWidgetItem(one.label or one.name)
            made.setData(KEY, one.name)
            said = f"{place}.  {one.label or one.name}" if answered else one.label or one.name
            made.setData(CELL, Cell(said, key=one.name))
            made.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            self.addItem(made)
        self.setFixedHeight(min(10, max(1, len(choices))) * words.metrics().row + 4)
        self.setCurrentRow(max(0, min(at, self.count() - 1)))

    def shift(self, by: int) -> None:
        """Move the current row up (-1) or down (1)."""
        at = self.currentRow()
        if at >= 0 and 0 <= at + by < self.count():
            taken = self.takeItem(at)
            self.insertItem(at + by, taken)
            self.setCurrentRow(at + by)
            self.moved.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.shift(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.onward.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.rubbed.emit()
        else:
            super().keyPressEvent(event)


class RankEntry(Entry):
    """All answers on offer, the most important first. It is an answer once somebody has moved one, or said that the order is right."""

    wish = 300
    most = 560

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._choices: Sequence[Choice] = ()
        self._text: str | None = None
        self._list = RankList(name=name, label=node.label)
        self._list.moved.connect(self._tell)
        self._list.onward.connect(self.onward)
        self._list.rubbed.connect(lambda: self.given.emit(""))
        up = Button(tr("Up"), "quiet", hint="Ctrl+Up", name=f"{name}_up")
        up.clicked.connect(lambda: self._list.shift(-1))
        down = Button(tr("Down"), "quiet", hint="Ctrl+Down", name=f"{name}_down")
        down.clicked.connect(lambda: self._list.shift(1))
        self._right = Button(tr("This order is right"), "quiet", "check", name=f"{name}_right")
        self._right.clicked.connect(self._tell)
        self._state = Words("", "small", "hint", wrap=True)
        self._state.setObjectName(f"{name}_state")
        self.setLayout(col(self._list, row(up, down, self._right, None, gap=0), self._state, gap=4))
        follow_width(self)

    @property
    def field(self) -> QWidget:
        return self._list

    def parts(self) -> Sequence[QWidget]:
        return ()

    def put(self, node: Node, text: str) -> None:
        if node.choices == self._choices and text == self._text:
            return
        self._choices, self._text = node.choices, text
        places = {name: at for at, name in enumerate(text.split())}
        ordered = sorted(node.choices, key=lambda one: places.get(one.name, len(places)))
        self._list.show_order(ordered, answered=bool(text))
        self._right.setVisible(not text)
        self._state.setText(tr("The first is the most important.") if text else tr("Not answered yet. Move the most important to the top."))

    def _tell(self) -> None:
        self.given.emit(" ".join(self._list.names()))
