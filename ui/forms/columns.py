"""Questions in rows of twelve columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QSizePolicy, QWidget

from ui.widgets.wrapping import Wrapping

TWELVE = 12


class Headed(QWidget):
    """A widget with words above its field: in a row of `Columns` the fields stand level, however many lines the words take."""

    def head_height(self, width: int) -> int:
        """How high the words are at this width."""
        return 0

    def field_wish(self) -> int:
        """How wide the field wants to be; its words may wrap."""
        return 0


class Columns(Wrapping):
    """Widgets with a span of one to twelve columns, beside each other while they fit and on the next row where not. Hidden ones take no
    room. In a row, who needs more width than its columns gets it from those who can spare some."""

    def __init__(self, across: int = 16, down: int = 14) -> None:
        super().__init__()
        self._spans: dict[QWidget, int] = {}
        self._across, self._down = across, down

    def add(self, widget: QWidget, span: int) -> None:
        """A widget that takes so many columns."""
        self._spans[widget] = max(1, min(TWELVE, span))
        self.addWidget(widget)

    def put_in_order(self, order: Sequence[QWidget]) -> bool:
        """Let the widgets stand in this order. False if they do already."""
        places: dict[QWidget | None, int] = {widget: at for at, widget in enumerate(order)}
        items = sorted(self._items, key=lambda item: places[item.widget()])
        if items == self._items:
            return False
        self._items = items
        self.invalidate()
        return True

    def sizeHint(self) -> QSize:
        return QSize(600, self.heightForWidth(600))

    def minimumSize(self) -> QSize:
        return QSize(max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0), 0)

    def _rows(self) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            span = self._span(item)
            if span > left or not rows:
                rows.append([])
                left = TWELVE
            rows[-1].append(item)
            left -= span
        return rows

    def _span(self, item: QLayoutItem) -> int:
        widget = item.widget()
        return self._spans[widget] if widget is not None else TWELVE

    def _widths(self, row: list[QLayoutItem], width: int) -> list[int]:
        one = (width + self._across) / TWELVE
        given = [round(one * self._span(item)) - self._across for item in row]
        given[-1] += min(0, width - sum(given) - self._across * (len(row) - 1))
        least = [item.minimumSize().width() for item in row]
        for wanted in (least, [_field_wish(item) for item in row], [item.sizeHint().width() for item in row]):
            free = width - sum(given) - self._across * (len(row) - 1)
            given = _top_up(given, wanted, least, max(0, free))
        return given

    def place(self, rect: QRect, *, move: bool) -> int:
        top = rect.y()
        for row in self._rows():
            widths = self._widths(row, rect.width())
            heads = [_head(item, wide) for item, wide in zip(row, widths)]
            drops = [max(heads) - head if head else 0 for head in heads]
            high = max(drop + _height(item, wide) for item, wide, drop in zip(row, widths, drops))
            left = rect.x()
            for item, wide, drop in zip(row, widths, drops):
                if move:
                    item.setGeometry(QRect(left, top + drop, wide, _height(item, wide)))
                left += wide + self._across
            top += high + self._down
        return max(0, top - self._down - rect.y())


def _top_up(given: list[int], wanted: list[int], least: list[int], free: int) -> list[int]:
    """The widths with what is lacking added: from the free room of the row, then from those with most to spare; as they were if
    all of that is not enough."""
    lacking = sum(max(0, want - wide) for wide, want in zip(given, wanted))
    spare = [max(0, wide - max(want, small)) for wide, want, small in zip(given, wanted, least)]
    if not lacking:
        return given
    if lacking > free + sum(spare):
        spare = [max(0, wide - small) if wide >= want else 0 for wide, want, small in zip(given, wanted, least)]
        if lacking > free + sum(spare):
            return given
    made = [max(wide, want) for wide, want in zip(given, wanted)]
    lacking -= min(free, lacking)
    while lacking > 0:
        most = max(range(len(spare)), key=lambda at: spare[at])
        taken = min(lacking, max(1, spare[most] // 2))
        made[most] -= taken
        spare[most] -= taken
        lacking -= taken
    return made


def _field_wish(item: QLayoutItem) -> int:
    widget = item.widget()
    return widget.field_wish() if isinstance(widget, Headed) else item.sizeHint().width()


def _head(item: QLayoutItem, width: int) -> int:
    widget = item.widget()
    return widget.head_height(width) if isinstance(widget, Headed) else 0


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def follow_width(widget: QWidget) -> None:
    """Let the height of a widget depend on its width."""
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
