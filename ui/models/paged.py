"""A table of any length: the keys in order, the rows fetched a page at a time.

Only the keys are in memory, so a million rows open at once, the scroll bar tells the truth, and a jump to the end is a jump. A row
that is not there yet is shown as dots and painted again when its page has come.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.rows import CELL, KEY, Cell, spoken

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
Fetch = Callable[[Sequence[int], Callable[[Sequence[Row]], None]], None]

PAGE = 200
PAGES_KEPT = 50


@dataclass(frozen=True)
class _Page(Generic[Row]):
    """Rows that came, and for how many keys they were asked: there may be fewer of them, and more keys since. `cells` of those that were
    looked at."""

    keys: int
    rows: Sequence[Row]
    cells: dict[int, tuple[Cell, ...]] = field(default_factory=dict)


class PagedModel(QAbstractTableModel, Generic[Row]):
    """`fetch(keys, arrived)` gets rows for these keys, in their order, and gives them to `arrived` on this thread, now or later.
    `cells(row)` says what the columns show. A page that fails to come is asked for again when it is looked at again."""

    def __init__(self, heads: Sequence[str], fetch: Fetch[Row], cells: Callable[[Row], Sequence[Cell]], parent: QObject) -> None:
        super().__init__(parent)
        self._heads, self._fetch, self._cells = tuple(heads), fetch, cells
        self._keys: Sequence[int] = ()
        self._pages: OrderedDict[int, _Page[Row]] = OrderedDict()
        self._asked: dict[int, int] = {}  # page under way -> for how many keys
        self._turn = 0

    def show(self, keys: Sequence[int], first: Sequence[Row] = ()) -> None:
        """Show these rows instead of the ones before. Pages asked for earlier are forgotten. `first`: rows of the first of the keys, at most a
        page, that are here already."""
        self.beginResetModel()
        self._keys, self._turn = keys, self._turn + 1
        self._pages.clear()
        self._asked.clear()
        if first:
            self._pages[0] = _Page(len(first), first)
        self.endResetModel()

    def grow(self, keys: Sequence[int]) -> None:
        """More rows stand below: `keys` begin with those that are shown, which stay as they are."""
        before = len(self._keys)
        if len(keys) > before:
            self.beginInsertRows(QModelIndex(), before, len(keys) - 1)
            self._keys = keys
            self.endInsertRows()

    def forget(self) -> None:
        """Fetch what is on the screen again: rows have changed, their order has not."""
        self._turn += 1
        self._pages.clear()
        self._asked.clear()
        if self._keys:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(self._heads) - 1))

    def key(self, at: int) -> int:
        """The key of a row."""
        return self._keys[at]

    def row(self, at: int) -> Row | None:
        """The row itself if its page is here."""
        page = self._pages.get(at // PAGE)
        return page.rows[at % PAGE] if page is not None and at % PAGE < len(page.rows) else None

    def place(self, key: int) -> int:
        """Where a key stands, or -1."""
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self._heads):
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == KEY:
            return self._keys[index.row()]
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self._cell(index.row(), index.column())
        return cell if role == CELL else spoken(cell)

    def _cell(self, at: int, column: int) -> Cell:
        number = at // PAGE
        page = self._pages.get(number)
        if page is None or at % PAGE >= page.keys:
            self._ask(number)
            page = self._pages.get(number)  # it may have come at once
        if page is None or at % PAGE >= len(page.rows):
            return Cell("…" if column == 0 else "", ink="ink3")
        self._pages.move_to_end(number)
        cells = page.cells.get(at)
        if cells is None:
            cells = page.cells[at] = tuple(self._cells(page.rows[at % PAGE]))
        return cells[column]

    def _ask(self, number: int) -> None:
        keys = self._keys[number * PAGE : (number + 1) * PAGE]
        if self._asked.get(number, 0) >= len(keys):
            return
        self._asked[number] = len(keys)
        turn = self._turn
        self._fetch(keys, lambda rows: self._arrived(turn, number, len(keys), rows))

    def _arrived(self, turn: int, number: int, asked: int, rows: Sequence[Row]) -> None:
        if turn != self._turn:
            return
        if self._asked.get(number) == asked:
            del self._asked[number]
        self._pages[number] = _Page(asked, rows)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        first = number * PAGE
        last = min(first + PAGE, len(self._keys)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._heads) - 1))
