"""A list that drops down and tells beside each answer how many there are of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionComboBox, QStyleOptionViewItem

from ui.theme import draw
from ui.theme.tokens import C
from ui.words import digits

from .fields import Drop

COUNT = Qt.ItemDataRole.UserRole + 1
_ROOM = 64  # pixels for a count
_LEAST, _ARROW = 84, 44  # pixels: the narrowest, and what is beside the words


@dataclass(frozen=True)
class Answer:
    """`count` None: not counted, or not worth telling. `line`: a line stands before it."""

    key: str
    words: str
    count: int | None = None
    line: bool = False


class _Counts(QStyledItemDelegate):
    """Paints the count at the right edge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        count = index.data(COUNT)
        if isinstance(count, int):
            place = option.rect.adjusted(0, 0, -12, 0)
            draw.text(painter, place, digits(f"{count:,}"), "small", C.ink3, draw.RIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(_ROOM, 0)


class CountedDrop(Drop):
    """Shows that it is set whenever another answer than `rest` is chosen. `label` is what a screen reader says first. Signal: `looked_at` when
    the keyboard or the mouse comes to it."""

    looked_at = Signal()

    def __init__(self, *, name: str, label: str, rest: str = "", width: int = 0, widest: int = 0) -> None:
        super().__init__([], name=name, width=width)
        if widest:  # as wide as there is room for
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setMinimumWidth(_LEAST)
            self.setMaximumWidth(widest)
        self._label, self._rest = label, rest
        self._answers: tuple[Answer, ...] = ()
        self.setMaxVisibleItems(20)
        self.setItemDelegate(_Counts(self))
        self.setAccessibleName(label)
        self.currentIndexChanged.connect(lambda _at: self._look())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """What does not fit ends in dots; the whole of it is told when the mouse rests on it."""
        super().initStyleOption(option)
        fitting = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, self.width() - _ARROW)
        option.currentText = fitting  # type: ignore[attr-defined, unused-ignore]

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked_at.emit()

    def offer(self, answers: Sequence[Answer], current: str) -> None:
        """Replace the answers if they are others; choose one without telling anybody."""
        if tuple(answers) != self._answers:
            same = [one.key for one in answers] == [one.key for one in self._answers]
            self._answers = tuple(answers)
            before = self.blockSignals(True)
            if not same:
                self._fill()
            for at, one in enumerate(self._places()):
                if one is not None:
                    self.setItemText(at, one.words)
                    self.setItemData(at, one.count, COUNT)
                    told = one.words if one.count is None else f"{one.words}, {one.count}"
                    self.setItemData(at, told, Qt.ItemDataRole.AccessibleTextRole)
            self.blockSignals(before)
            wide = max((draw.width_of(one.words) for one in answers), default=0)
            self.view().setMinimumWidth(max(self.width(), wide + _ROOM + 30))
        self.choose(current)
        self._look()

    def _places(self) -> list[Answer | None]:
        """What stands at each place: an answer, or a line."""
        return [place for one in self._answers for place in ((None, one) if one.line else (one,))]

    def _fill(self) -> None:
        self.clear()
        for one in self._answers:
            if one.line:
                self.insertSeparator(self.count())
            self.addItem(one.words, one.key)

    def _look(self) -> None:
        now = "true" if self.count() and self.key() != self._rest else ""
        if self.property("set") != now:
            self.setProperty("set", now)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleDescription(self.currentText())
        self.setToolTip(self.currentText())
