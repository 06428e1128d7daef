"""A number between two ends: a slider, a list, or a row of figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from desktop.services.intake import Choice, Node
from ui.forms.choosing import ButtonsEntry
from ui.forms.columns import follow_width
from ui.forms.entry import Entry
from ui.widgets.fields import Drop
from ui.widgets.labels import Words
from ui.widgets.layout import col, row
from ui.words import tr

_MOST_STEPS = 10_000
_MOST_FIGURES = 12


def steps_of(node: Node) -> list[str]:
    """Every number of a range as it is stored, from its start; none where the form says no range."""
    start, end, step = node.widget.start, node.widget.end, node.widget.step
    if start is None or end is None or not step:
        return []
    size = abs(step) if end >= start else -abs(step)
    count = int((end - start) / size)
    return [_plain(start + size * at) for at in range(count + 1)] if count <= _MOST_STEPS else []


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def place_of(text: str, numbers: Sequence[str]) -> int:
    """Where a stored number stands among the numbers of a range, -1 if it is none of them."""
    try:
        return numbers.index(_plain(Decimal(text)))
    except (InvalidOperation, ValueError):
        return -1


class CalmSlider(QSlider):
    """A slider that says when it was moved by a person, also to the value where it stands. The wheel scrolls the page. Signals:
    `chosen(place)`, `rubbed` on Delete, `onward` on Enter."""

    chosen = Signal(int)
    rubbed = Signal()
    onward = Signal()

    def __init__(self, *, name: str, label: str, last: int, upright: bool) -> None:
        super().__init__(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setRange(0, last)
        self.setPageStep(max(1, last // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.actionTriggered.connect(lambda _action: self.chosen.emit(self.sliderPosition()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        super().mousePressEvent(event)
        self.chosen.emit(self.sliderPosition())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.rubbed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.onward.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self.sliderPosition())
        else:
            super().keyPressEvent(event)


class SliderEntry(Entry):
    """A slider with its number beside it. Until somebody moves it (or presses Space where it stands) there is no answer, and it says so."""

    wish = 320
    most = 620

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._numbers = steps_of(node)
        last = len(self._numbers) - 1
        upright = "vertical" in node.appearance
        self._slider = CalmSlider(name=name, label=node.label, last=last, upright=upright)
        if "no-ticks" not in node.appearance and last <= 100:
            self._slider.setTickPosition(QSlider.TickPosition.TicksBothSides if upright else QSlider.TickPosition.TicksBelow)
            self._slider.setTickInterval(1 if last <= 25 else max(1, last // 10))
        self._slider.chosen.connect(lambda at: self.given.emit(self._numbers[at]))
        self._slider.rubbed.connect(lambda: self.given.emit(""))
        self._slider.onward.connect(self.onward)
        self._said = Words("", "strong")
        self._said.setObjectName(f"{name}_value")
        self._said.setMinimumWidth(120)
        low, high = Words(self._numbers[0], "small", "hint"), Words(self._numbers[-1], "small", "hint")
        if upright:
            self._slider.setFixedHeight(200)
            ends = col(high, None, low)
            self.setLayout(row(self._slider, ends, 16, self._said, None, gap=8))
            self.least = 200
        else:
            self._slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.setLayout(row((col(self._slider, row(low, None, high)), 1), 16, self._said))
            follow_width(self)
            self.least = 220

    @property
    def field(self) -> QWidget:
        return self._slider

    def parts(self) -> Sequence[QWidget]:
        return ()

    def put(self, node: Node, text: str) -> None:
        at = place_of(text, self._numbers)
        self._slider.setValue(max(0, at))
        self._slider.setProperty("unanswered", "" if text else "true")
        self._slider.style().unpolish(self._slider)
        self._slider.style().polish(self._slider)
        self._said.setText(text or tr("Not answered"))
        self._said.set_tone("" if text else "hint")


class PickerEntry(Entry):
    """The numbers of a range in a list that opens."""

    wish = 110
    most = 220

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._numbers = steps_of(node)
        self._drop = Drop([("", ""), *((one, one) for one in self._numbers)], name=name)
        self._drop.picked.connect(self.given)
        self.setLayout(row(self._drop))

    @property
    def field(self) -> QWidget:
        return self._drop

    def put(self, node: Node, text: str) -> None:
        at = place_of(text, self._numbers)
        self._drop.choose(self._numbers[at] if at >= 0 else "")


class FiguresEntry(ButtonsEntry):
    """A rating: its numbers side by side."""

    def __init__(self, node: Node, name: str) -> None:
        super().__init__(node, name, many=False, fixed=tuple(Choice(one, one) for one in steps_of(node)))


def range_entry(node: Node, name: str) -> Entry | None:
    """The entry for a range; None where the form does not say from where to where."""
    numbers = steps_of(node)
    if len(numbers) < 2:
        return None
    if "rating" in node.appearance and len(numbers) <= _MOST_FIGURES:
        return FiguresEntry(node, name)
    return PickerEntry(node, name) if "picker" in node.appearance else SliderEntry(node, name)
