"""Answers that are found by typing: one of very many choices, or several of many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QWidget

from desktop.services.intake import Choice, Node
from ui import words
from ui.forms.columns import follow_width
from ui.forms.entry import Entry
from ui.models.choices import MOST, ChoiceModel
from ui.widgets.fields import Line, Search
from ui.widgets.labels import Words
from ui.widgets.layout import col
from ui.widgets.rows import KEY, RowDelegate
from ui.words import counted, tr

_ROWS = 6
_PAUSE = 400  # milliseconds after which what is typed is kept, though it is no answer yet


class ChoiceList(QListView):
    """The choices that fit. Signal: `picked(name)` on a click or Enter; Space too where several may be chosen."""

    picked = Signal(str)

    def __init__(self, model: ChoiceModel, *, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setItemDelegate(RowDelegate(self, inset=8))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("framed", "true")
        self.clicked.connect(lambda index: self.picked.emit(str(index.data(KEY))))

    def fit(self, rows: int) -> None:
        """As high as so many rows."""
        self.setFixedHeight(rows * words.metrics().row + 4)

    def step(self, by: int) -> None:
        """Move the current row from the field above."""
        last = self.model().rowCount() - 1
        at = self.currentIndex().row() + by if self.currentIndex().isValid() else (0 if by > 0 else last)
        if last >= 0:
            self.setCurrentIndex(self.model().index(max(0, min(at, last)), 0))

    def pick_current(self) -> bool:
        """Choose the current row. False if there is none."""
        index = self.currentIndex()
        if index.isValid():
            self.picked.emit(str(index.data(KEY)))
        return index.isValid()


class FindLine(Line):
    """The field above a list: Up and Down move in the list, Enter chooses. Signals: `moved(rows)`, `entered`, `left`."""

    moved = Signal(int)
    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_ROWS, Qt.Key.Key_PageDown: _ROWS}
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in steps:
            self.moved.emit(steps[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().event(event)


class FindEntry(Entry):
    """One of very many choices. While somebody types, the list below shows what fits; nothing is an answer until it is chosen or written
    out. `free`: any text is an answer, the list only offers."""

    wish = 200
    most = 560

    def __init__(self, node: Node, name: str, *, free: bool = False) -> None:
        super().__init__()
        self._free = free
        self._model = ChoiceModel(self)
        self._choices: Sequence[Choice] = ()
        self._told = ""
        self.inside = self._line = FindLine(name=name, icon="search")
        self._list = ChoiceList(self._model, name=f"{name}_found", label=tr("Answers that match"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.hide()
        self._few = Words("", "small", "hint")
        self._few.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._tell)
        self._line.textEdited.connect(self._typed)
        self._line.moved.connect(self._move)
        self._line.entered.connect(self._enter)
        self._line.left.connect(self._leave)
        self._list.picked.connect(self._take)
        self.setLayout(col(self._line, self._list, self._few, gap=2))
        follow_width(self)
        self._offer(node)

    @property
    def field(self) -> QWidget:
        return self._line

    def _offer(self, node: Node) -> None:
        self._choices = node.choices
        self._model.offer(node.choices)

    def put(self, node: Node, text: str) -> None:
        if node.choices is not self._choices and node.choices != self._choices:
            self._offer(node)
        elif text == self._told:
            return
        if text == self._told and self._pause.isActive():
            return
        self._told = text
        shown = self._model.label(text) or text
        if self._line.text() != shown:
            self._line.setText(shown)
        self._model.tick({text})

    # ---- typing -----------------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._model.narrow(text)
        self._open()
        if text.strip():
            self._pause.start()
        else:
            self._say("")

    def _open(self) -> None:
        self._list.setVisible(self._model.found > 0)
        self._list.fit(min(_ROWS, self._model.found))
        if self._model.found and self._line.text().strip() and not self._free:
            self._list.setCurrentIndex(self._model.index(0, 0))
        self._few.setText(self._how_many())
        self._few.setVisible(not self._free or self._model.found > 0)

    def _how_many(self) -> str:
        found = self._model.found
        if not found:
            return tr("No answer fits. Write less of it.")
        if found == MOST:
            return tr("More than {n} answers fit. Write more of it.", n=found)
        return counted(found, "{n} answer fits", "{n} answers fit")

    def _close(self) -> None:
        self._list.hide()
        self._few.hide()

    def _move(self, by: int) -> None:
        if self._list.isHidden():
            self._model.narrow("" if self._model.label(self._told) else self._line.text())
            self._open()
        else:
            self._list.step(by)

    def _enter(self) -> None:
        """Enter takes what is marked in the list; without a list it leads on."""
        if not self._list.isHidden() and self._list.pick_current():
            self.onward.emit()
            return
        self._tell()
        self._close()
        self.onward.emit()

    def _take(self, name: str) -> None:
        self._line.setText(self._model.label(name))
        self._close()
        self._say(name)

    def _tell(self) -> None:
        """What is typed counts as it is: a choice that is written out, or a text that the form will not take."""
        self._pause.stop()
        typed = self._line.text().strip()
        if typed != (self._model.label(self._told) or self._told):
            self._say(self._model.named(typed) or typed)

    def _say(self, text: str) -> None:
        self._pause.stop()
        self._told = text
        self._model.tick({text})
        self.given.emit(text)

    def settle(self) -> None:
        if self._pause.isActive():
            self._tell()

    def _leave(self) -> None:
        self.settle()
        if not self._list.underMouse():
            self._close()


class ChecklistEntry(Entry):
    """Several of many choices: a list with ticks, and a field that narrows it."""

    wish = 260
    most = 560

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._model = ChoiceModel(self, many=True)
        self._choices: Sequence[Choice] = ()
        self._chosen: list[str] = []
        self._search = Search(name=f"{name}_search", hint=tr("Find an answer"))
        self._list = ChoiceList(self._model, name=name, label=node.label)
        self._list.installEventFilter(self)
        self._said = Words("", "small", "second", wrap=True)
        self._said.setObjectName(f"{name}_chosen")
        self._search.textChanged.connect(self._narrow)
        self._search.moved.connect(self._list.step)
        self._search.entered.connect(self._list.pick_current)
        self._list.picked.connect(self._turn)
        self.setLayout(col(self._search, self._list, self._said, gap=4))
        follow_width(self)
        self._offer(node)

    @property
    def field(self) -> QWidget:
        return self._list

    def parts(self) -> Sequence[QWidget]:
        return (self._search,)

    @property
    def start(self) -> QWidget:
        return self._search

    def _offer(self, node: Node) -> None:
        self._choices = node.choices
        self._model.offer(node.choices)
        self._list.fit(min(_ROWS, max(1, len(node.choices))))

    def put(self, node: Node, text: str) -> None:
        if node.choices is not self._choices and node.choices != self._choices:
            self._offer(node)
        self._chosen = [one for one in text.split(" ") if one]
        self._model.tick(self._chosen)
        labels = [self._model.label(one) or one for one in self._chosen[:12]]
        self._said.setText(tr("Chosen: {answers}", answers=", ".join(labels)) if labels else tr("Nothing is chosen yet."))

    def _narrow(self, text: str) -> None:
        self._model.narrow(text)
        if self._model.found:
            self._list.setCurrentIndex(self._model.index(0, 0))

    def _turn(self, name: str) -> None:
        chosen = set(self._chosen) ^ {name}
        self.given.emit(" ".join(one.name for one in self._choices if one.name in chosen))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._list:
            if event.key() == Qt.Key.Key_Space:
                return self._list.pick_current()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.onward.emit()
                return True
            if event.text().isprintable() and event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._search.setFocus(Qt.FocusReason.OtherFocusReason)
                self._search.setText(self._search.text() + event.text())
                return True
        return super().eventFilter(watched, event)
