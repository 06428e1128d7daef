"""Choice buttons: a row of answers that wraps to the next line, one or many of them right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .buttons import Button
from .wrapping import Wrapping


class Flow(Wrapping):
    """Widgets beside each other, and on the next line where there is no room."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        self._gap = gap

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        wide = sum(item.sizeHint().width() + self._gap for item in self._items)
        return QSize(max(0, wide - self._gap), self.heightForWidth(max(wide, 1)))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def place(self, rect: QRect, *, move: bool) -> int:
        left, top, high = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if left > rect.x() and left + size.width() > rect.right() + 1:
                left, top, high = rect.x(), top + high + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), size))
            left, high = left + size.width() + self._gap, max(high, size.height())
        return top + high - rect.y()


class Choices(QWidget):
    """`pairs` are (key, words). One answer (pressing it again takes it back) or, with `many`, several.

    Signals: `picked(set of keys)` after the person changed something. Left and Right move between the answers.
    """

    picked = Signal(object)

    def __init__(self, pairs: Sequence[tuple[str, str]], *, name: str, label: str, many: bool = False, chosen: Iterable[str] = ()) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._many = many
        self._buttons: dict[str, Button] = {}
        flow = Flow()
        for key, text in pairs:
            made = Button(text, "choice", "plus" if many else "circle", name=f"{name}_{key}")
            made.setAccessibleName(f"{label}: {text}")
            made.clicked.connect(lambda _on=False, key=key: self._pressed(key))
            self._buttons[key] = made
            flow.addWidget(made)
        self.setLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choose(chosen)

    def chosen(self) -> set[str]:
        """The keys that are ticked."""
        return {key for key, button in self._buttons.items() if button.isChecked()}

    def one(self) -> str:
        """The key that is ticked, or ""."""
        return next(iter(self.chosen()), "")

    def choose(self, keys: Iterable[str]) -> None:
        """Tick these and no others, without telling anybody."""
        wanted = set(keys)
        for key, button in self._buttons.items():
            button.setChecked(key in wanted)

    def button(self, key: str) -> Button:
        """The button of an answer. KeyError if there is none."""
        return self._buttons[key]

    def start(self) -> QWidget:
        """The ticked answer or the first one: where the keyboard goes."""
        return next((b for b in self._buttons.values() if b.isChecked()), None) or next(iter(self._buttons.values()), self)

    def focus(self) -> None:
        """Put the keyboard on the ticked answer or the first one."""
        self.start().setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self, key: str) -> None:
        if not self._many and self._buttons[key].isChecked():
            self.choose([key])
        self.picked.emit(self.chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = [b for b in self._buttons.values() if b.isEnabled()]
        here = next((at for at, b in enumerate(buttons) if b.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
