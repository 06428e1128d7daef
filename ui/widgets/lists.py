"""Lists and tables of cells. No widgets stand inside them: delegates paint, and every row can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QSizePolicy, QTabBar, QTableView

from ui import words
from ui.models.cells import CellModel
from ui.theme import draw, icons
from ui.theme.fonts import font
from ui.theme.tokens import C

from .rows import KEY, Cell, Index, RowDelegate


def _common(view: QListView | QTableView, name: str, label: str, plane: str) -> None:
    view.setObjectName(name)
    view.setAccessibleName(label)
    view.setProperty("plane", plane)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAutoScroll(False)


class RowList(QListView):
    """One row below the other; headings in between cannot be chosen.

    Signals: `opened(key)` when a row is clicked or Enter is pressed on it, `chosen(key)` when the current row changes,
    `typed(text)` when somebody types letters in it (a page puts them into its search field).
    `fit`: as high as its rows, for lists that stand inside a page.
    """

    opened = Signal(object)
    chosen = Signal(object)
    typed = Signal(str)

    def __init__(
        self, *, name: str, label: str, plane: str = "surface", inset: int = 8, tall: bool = False, rules: bool = True,
        fit: bool = False, right_width: int = 0,
    ) -> None:
        super().__init__()
        _common(self, name, label, plane)
        self._fit = fit
        self.cells = CellModel(parent=self)
        self.setModel(self.cells)
        self.setItemDelegate(RowDelegate(self, tall=tall, rules=rules, inset=inset, plane=plane, right_width=right_width))
        self.setUniformItemSizes(False)
        if fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Replace the rows; the chosen key stays chosen if it is still there."""
        before = self.current()
        self.cells.show([(cell,) for cell in cells])
        if self._fit:
            self.setFixedHeight(sum(self.sizeHintForRow(at) for at in range(self.cells.rowCount())) + 2)
        if before is not None:
            self.choose(before)

    def choose(self, key: object) -> bool:
        """Make the row with this key the current one. False if there is none."""
        for at in self.cells.rows_with(key):
            self.setCurrentIndex(self.cells.index(at, 0))
            return True
        return False

    def choose_first(self) -> None:
        """Make the first row that can be chosen the current one, unless there is one."""
        if self.currentIndex().isValid():
            return
        for at in range(self.cells.rowCount()):
            if not self.cells.line(at)[0].heading:
                self.setCurrentIndex(self.cells.index(at, 0))
                return

    def current(self) -> object:
        """The key of the current row, or None."""
        return self.currentIndex().data(KEY) if self.currentIndex().isValid() else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(current.data(KEY))

    def focusInEvent(self, event: QFocusEvent) -> None:
        fresh = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if fresh:  # Qt makes a row current without choosing it
            self.selectionModel().clearCurrentIndex()
        self.choose_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _takes(self, event):
            super().keyPressEvent(event)
            self.scrollTo(self.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        _tell_opened(self, index)


class CellTable(QTableView):
    """Rows with columns. `widths`: pixels, 0 takes what is left. `numbers`: columns aligned right. Signals as `RowList`.

    Use `show_lines` for short tables, or `setModel` with a `PagedModel` for long ones. `fit`: as high as its rows, with `most` as high as that
    many of them; the others are scrolled to.
    """

    opened = Signal(object)
    chosen = Signal(object)
    typed = Signal(str)

    def __init__(
        self, heads: Sequence[str], widths: Sequence[int], *, name: str, label: str, tall: bool = True, fit: bool = False,
        most: int = 0, inset: int = 8, numbers: Sequence[int] = (), plane: str = "surface",
    ) -> None:
        super().__init__()
        _common(self, name, label, plane)
        self._widths, self._fit, self._most, self._tall = tuple(widths), fit, most, tall
        self.cells = CellModel(heads, self, numbers=numbers)
        self.setItemDelegate(RowDelegate(self, tall=tall, inset=inset, plane=plane))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        measures = words.metrics()
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(10)
        rows.setDefaultSectionSize(measures.row2 if tall else measures.row if words.language() == "my" else measures.row + 2)
        head = self.horizontalHeader()
        head.setFont(font("small"))
        head.setDefaultAlignment(draw.LEFT)
        head.setFixedHeight(measures.row - 2)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setVisible(any(heads))
        if fit:
            bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(bar)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setModel(self.cells)
        self.clicked.connect(self._open)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show another model; the widths of the columns stay."""
        super().setModel(model)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for at, wide in enumerate(self._widths):
            if wide:
                head.resizeSection(at, wide)
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        if model is not None and model is not self.cells:
            model.modelReset.connect(self._fit_height)

    def show_lines(self, lines: Sequence[Sequence[Cell]]) -> None:
        """Replace the rows of a short table. A line whose first cell is a heading spans the table."""
        before = self.current()
        self.clearSpans()
        self.cells.show(lines)
        measures = words.metrics()
        for at, line in enumerate(lines):
            if line[0].heading:
                if self.cells.columnCount() > 1:
                    self.setSpan(at, 0, 1, self.cells.columnCount())
                self.setRowHeight(at, measures.row + 10)
            else:
                self.setRowHeight(at, self.verticalHeader().defaultSectionSize())
        self._fit_height()
        if before is not None:
            self.choose(before)

    def _fit_height(self) -> None:
        if self._fit:
            head = self.horizontalHeader()
            rows = self.model().rowCount()
            high = sum(self.rowHeight(at) for at in range(min(rows, self._most) if self._most else rows))
            self.setFixedHeight(high + 2 + (head.height() if not head.isHidden() else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 60) if not self._fit else super().minimumSizeHint()

    def choose(self, key: object) -> bool:
        """Make the row with this key of a short table the current one. False if there is none."""
        for at in self.cells.rows_with(key):
            self.setCurrentIndex(self.cells.index(at, 0))
            return True
        return False

    def choose_row(self, at: int) -> None:
        """Make a row current and bring it into sight."""
        if 0 <= at < self.model().rowCount():
            self.setCurrentIndex(self.model().index(at, 0))
            self.scrollTo(self.currentIndex())

    def step(self, step: int) -> None:
        """Go up or down by rows, over headings, from outside (a search field)."""
        at, last = self.currentIndex().row() + step, self.model().rowCount() - 1
        at = max(0, min(at, last))
        while 0 <= at <= last and not self.model().flags(self.model().index(at, 0)) & Qt.ItemFlag.ItemIsEnabled:
            at += 1 if step > 0 else -1
        self.choose_row(at)

    def current(self) -> object:
        """The key of the current row, or None."""
        return self.currentIndex().data(KEY) if self.currentIndex().isValid() else None

    def open_current(self) -> None:
        """As if Enter was pressed on the current row."""
        self._open(self.currentIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(current.data(KEY))

    def focusInEvent(self, event: QFocusEvent) -> None:
        fresh = not self.currentIndex().isValid()
        super().focusInEvent(event)
        if fresh and self.model().rowCount():  # Qt makes a row current without choosing it
            self.selectionModel().clearCurrentIndex()
            self.step(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _takes(self, event):
            super().keyPressEvent(event)
            self.scrollTo(self.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        _tell_opened(self, index)


def _takes(view: RowList | CellTable, event: QKeyEvent) -> bool:
    """Enter opens the current row, letters are told to the page. False for every other key."""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        _tell_opened(view, view.currentIndex())
    elif _is_letter(event):
        view.typed.emit(event.text())
    else:
        return False
    return True


def _tell_opened(view: RowList | CellTable, index: QModelIndex) -> None:
    if index.isValid() and index.data(KEY) is not None:
        view.opened.emit(index.data(KEY))


def _is_letter(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
    return bool(plain and event.text() and event.text().isprintable() and not event.text().isspace())


class Tabs(QTabBar):
    """The tabs of a page. `tabs` are (key, words); those in `locked` show a lock and can be opened, to say who may see them.

    Signal: `opened(key)`.
    """

    opened = Signal(str)

    def __init__(self, tabs: Sequence[tuple[str, str]], *, name: str, label: str, locked: Sequence[str] = ()) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setIconSize(QSize(16, 16))
        self._keys = [key for key, _ in tabs]
        for _, text in tabs:
            self.addTab(text)
        self.show_locks(locked)
        self.currentChanged.connect(lambda at: self.opened.emit(self._keys[at]))

    def show_locks(self, locked: Sequence[str]) -> None:
        """Show a lock on these tabs only."""
        for at, key in enumerate(self._keys):
            self.setTabIcon(at, icons.icon("lock", 16, C.ink3) if key in locked else QIcon())

    def open(self, key: str) -> None:
        """Open a tab by its key."""
        self.setCurrentIndex(self._keys.index(key))

    def key(self) -> str:
        """The key of the open tab."""
        return self._keys[self.currentIndex()]
