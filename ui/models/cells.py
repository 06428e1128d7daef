"""Short lists and tables that are held in memory."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.rows import CELL, KEY, Cell, spoken

Index = QModelIndex | QPersistentModelIndex


class CellModel(QAbstractTableModel):
    """Rows of cells. The key of a row is that of its first cell; a heading cannot be chosen."""

    def __init__(self, heads: Sequence[str] = ("",), parent: QObject | None = None, *, numbers: Sequence[int] = ()) -> None:
        super().__init__(parent)
        self._heads, self._numbers = tuple(heads), frozenset(numbers)
        self._lines: list[tuple[Cell, ...]] = []

    def show(self, lines: Sequence[Sequence[Cell]]) -> None:
        """Replace every row. Rows shorter than the heads (a heading) are allowed."""
        self.beginResetModel()
        self._lines = [tuple(line) for line in lines]
        self.endResetModel()

    def line(self, at: int) -> tuple[Cell, ...]:
        """The cells of a row."""
        return self._lines[at]

    def rows_with(self, key: object) -> list[int]:
        """Where a key stands."""
        return [at for at, line in enumerate(self._lines) if line and line[0].key is not None and line[0].key == key]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in self._numbers else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._lines[index.row()][0].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self._lines[index.row()]
        cell = line[index.column()] if index.column() < len(line) else Cell()
        if role == CELL:
            return cell
        if role == KEY:
            return line[0].key
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(cell)
        return None
