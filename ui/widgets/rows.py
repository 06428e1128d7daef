"""Rows of lists and cells of tables: what they show, and the delegates that paint them.

A model answers `CELL` with a `Cell`, and DisplayRole with `spoken(cell)`, so that a screen reader hears each row.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui import words
from ui.theme import draw, icons
from ui.theme.tokens import C, colour

CELL = Qt.ItemDataRole.UserRole + 1
KEY = Qt.ItemDataRole.UserRole + 2
_SHORTEST = 96  # pixels of a chip that gave way

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Chip:
    """A state: an icon and one or two words."""

    words: str
    tone: str = "plain"
    icon: str = ""
    gives_way: bool = False  # a name: shortened where the words of the row would else have less than half of it


@dataclass(frozen=True)
class Cell:
    """What one row of a list, or one cell of a table, shows, in this order: icon, words, chips, right, arrow."""

    words: str = ""
    second: str = ""  # a second, smaller line
    icon: str = ""
    tone: str = "plain"  # colour of the icon
    role: str = "body"
    ink: str = "ink"  # token of the colour of the words
    right: str = ""  # at the right edge: a time, a number, a shortcut
    chips: tuple[Chip, ...] = ()
    heading: bool = False
    link: bool = False  # a small arrow at the right
    end: bool = False  # words at the right edge: numbers in a column
    indent: int = 0  # steps that the row is set in
    gives_way: str = ""  # a part of the words that is shortened first, so that the rest of them is read: a name before what is to be done
    key: object = None  # what the row stands for; None cannot be chosen in a list of links


def spoken(cell: Cell) -> str:
    """The row as a screen reader reads it."""
    return ", ".join(part for part in (cell.words, cell.second, *(c.words for c in cell.chips), cell.right) if part)


def fitted(cell: Cell, room: int) -> str:
    """The words of a cell, with the part that gives way shortened as far as they need it in a room of so many pixels; a quarter is left to it."""
    part, wide = cell.gives_way, draw.width_of(cell.words, cell.role)
    if not part or wide <= room:
        return cell.words
    left = room - (wide - draw.width_of(part, cell.role))
    return cell.words.replace(part, draw.fitting(part, max(left, room // 4), 1, cell.role), 1)


def chip_widths(cell: Cell, room: int) -> list[int]:
    """The width of each chip beside words in a room of so many pixels: those that give way leave half of it to the words, as far as they can."""
    wide = [draw.chip_width(one.words, one.icon) for one in cell.chips]
    over = sum(wide) + 6 * len(wide) + 6 - room // 2
    for at, one in enumerate(cell.chips):
        if one.gives_way and over > 0:
            kept = min(wide[at], max(_SHORTEST, wide[at] - over))
            over -= wide[at] - kept
            wide[at] = kept
    return wide


def cell_of(index: Index) -> Cell:
    """The cell at an index; a model without cells gives one with its DisplayRole text."""
    found = index.data(CELL)
    return found if isinstance(found, Cell) else Cell(str(index.data() or ""))


class RowDelegate(QStyledItemDelegate):
    """Paints one row of a list or one cell of a table. `tall`: two lines. `inset`: distance to the edges. `right_width`: room kept
    for `Cell.right`, so that chips stand below each other."""

    def __init__(
        self, parent: QObject, *, tall: bool = False, rules: bool = True, inset: int = 8, plane: str = "surface", right_width: int = 0
    ) -> None:
        super().__init__(parent)
        self._tall, self._rules, self._inset, self._plane, self._right_width = tall, rules, inset, plane, right_width

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell, measures = cell_of(index), words.metrics()
        if cell.heading:
            return QSize(80, measures.row + 10)
        return QSize(80, measures.row2 if self._tall or cell.second else measures.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, rect = cell_of(index), option.rect
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(colour(self._plane)))
        if cell.heading:
            self._heading(painter, rect, cell)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._ground(painter, option, index, chosen)
            self._content(painter, rect, cell, chosen)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        high = words.metrics().row
        base = QRect(rect.left() + self._inset, rect.bottom() - high, rect.width() - 2 * self._inset, high)
        used = draw.text(painter, base, cell.words, "strong")
        if cell.right:
            draw.text(painter, base.adjusted(used + 8, 0, 0, 0), cell.right, "body", C.ink3)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(C.line2))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool) -> None:
        rect, view = option.rect, option.widget
        if chosen:
            painter.fillRect(rect, QColor(C.accent_soft))
        if self._rules:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(C.line))
        if chosen and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(C.accent))
        if not chosen or view is None or not view.hasFocus():
            return
        painter.setPen(QPen(QColor(C.accent), 2))
        painter.drawLine(rect.left(), rect.top() + 1, rect.right(), rect.top() + 1)
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if index.column() == 0:
            painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
        if not isinstance(view, QTableView) or index.column() == index.model().columnCount() - 1:
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())

    def _content(self, painter: QPainter, rect: QRect, cell: Cell, chosen: bool) -> None:
        middle = rect.center().y() + 1
        left, right = rect.left() + self._inset + 14 * cell.indent, rect.right() - self._inset
        if cell.icon:
            ink = C.ink2 if cell.tone == "plain" else colour(cell.tone)
            icons.paint(painter, cell.icon, QRectF(left, middle - 10, 20, 20), ink)
            left += 30
        if cell.link:
            icons.paint(painter, "chevron-right", QRectF(right - 14, middle - 8, 16, 16), C.ink3)
            right -= 22
        if cell.right:
            wide = draw.width_of(cell.right)
            draw.text(painter, QRect(right - wide - 1, rect.top(), wide + 2, rect.height()), cell.right, "body", C.ink2, draw.RIGHT)
            right -= max(wide, self._right_width) + 12
        if cell.chips and not cell.words and not cell.second:
            self._chips_alone(painter, cell, left, right, middle, chosen)
            return
        for one, wide in reversed(list(zip(cell.chips, chip_widths(cell, right - left)))):
            right -= wide
            draw.chip(painter, right, middle, words.metrics().chip, one.words, one.tone, one.icon, room=wide, on_chosen=chosen)
            right -= 6
        right -= 6 if cell.chips else 0
        self._words(painter, QRect(left, rect.top(), max(0, right - left), rect.height()), cell)

    def _chips_alone(self, painter: QPainter, cell: Cell, left: int, right: int, middle: int, chosen: bool) -> None:
        for one in cell.chips:
            room = right - left
            if room < 30:
                break
            left += 6 + draw.chip(
                painter, left, middle, words.metrics().chip, one.words, one.tone, one.icon, room=room, on_chosen=chosen
            )

    def _words(self, painter: QPainter, space: QRect, cell: Cell) -> None:
        align, ink = draw.RIGHT if cell.end else draw.LEFT, colour(cell.ink)
        if not cell.second:
            draw.text(painter, space, fitted(cell, space.width()), cell.role, ink, align)
            return
        tall = words.metrics().row2
        half, lift = tall // 2, (space.height() - tall) // 2 + 3
        draw.text(painter, QRect(space.left(), space.top() + lift, space.width(), half), cell.words, cell.role, ink, align)
        second = QRect(space.left(), space.top() + lift + half - 5, space.width(), half)
        draw.text(painter, second, cell.second, "small", C.ink3 if cell.ink != "faint" else C.faint, align)


class RailDelegate(QStyledItemDelegate):
    """The page list in the dark rail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, words.metrics().rail + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = cell_of(index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box: QRect = option.rect.adjusted(8, 1, -8, -1)
        view = option.widget
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(C.rail_on))
            painter.drawRoundedRect(QRectF(box), 6, 6)
            if isinstance(view, QAbstractItemView) and view.hasFocus():
                draw.ring(painter, box, C.rail_strong)
        # In high contrast the chosen page stands on the mark colour: its words take the ground.
        ink = (C.surface if C.rail_on == C.accent else C.rail_strong) if chosen else C.rail_ink
        icons.paint(painter, cell.icon, QRectF(box.left() + 10, box.center().y() - 9, 20, 20), ink)
        if cell.right:
            draw.text(painter, box.adjusted(0, 0, -10, 0), cell.right, "small", ink, draw.RIGHT)
        left = box.left() + 40
        room = box.right() - left - (12 + draw.width_of(cell.right, "small") if cell.right else 6)
        draw.text(painter, QRect(left, box.top(), room, box.height()), cell.words, "strong" if chosen else "body", ink)
        painter.restore()
