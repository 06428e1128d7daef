"""The dark rail at the left: whose laptop this is, the pages, language and lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop.domain.folders import Role
from ui import words
from ui.models.cells import CellModel
from ui.who import Who
from ui.widgets.buttons import RailButton
from ui.widgets.labels import ChipLabel, Words, on_rail
from ui.widgets.layout import col, ground, row
from ui.widgets.rows import KEY, Cell, RailDelegate
from ui.words import mark, metrics, tr

ROLES = {
    Role.COORDINATOR: mark("coordinator"), Role.CASEWORKER: mark("caseworker"), Role.REGISTRAR: mark("registrar"),
    Role.MEDIC: mark("medic"), Role.OBSERVER: mark("observer"),
}


class _Pages(QListView):
    """The list of pages. Up and Down go to a page at once; Enter or Right moves the keyboard into it."""

    wanted = Signal(str)
    into_page = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setObjectName("pages")
        self.setAccessibleName(tr("Pages"))
        self.setProperty("plane", "rail")
        self._pages = tuple(pages)
        self.cells = CellModel(parent=self)
        self.setModel(self.cells)
        self.setItemDelegate(RailDelegate(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight((metrics().rail + 2) * len(self._pages) + 2)
        self.counts({})
        self.clicked.connect(self._clicked)

    def counts(self, numbers: Mapping[str, int]) -> None:
        """Show how many things wait on a page."""
        here = self.currentIndex().data(KEY) if self.currentIndex().isValid() else ""
        made = [
            (Cell(text, icon=icon, right=str(numbers[name]) if numbers.get(name) else "", key=name),) for name, text, icon in self._pages
        ]
        self.blockSignals(True)
        self.cells.show(made)
        self.blockSignals(False)
        self.show_place(str(here))

    def show_place(self, name: str) -> None:
        """Mark a page as the one that is shown, without going there."""
        for at in self.cells.rows_with(name):
            self._quiet = True
            self.setCurrentIndex(self.cells.index(at, 0))
            self._quiet = False

    _quiet = False

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and self.hasFocus() and current.isValid():
            self.wanted.emit(str(current.data(KEY)))

    def _clicked(self, index: QModelIndex) -> None:
        self.wanted.emit(str(index.data(KEY)))
        self.into_page.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.into_page.emit()
        else:
            super().keyPressEvent(event)


class Rail(QWidget):
    """Signals: `wanted(page)`, `into_page` (put the keyboard into the page), `language`, `lock`."""

    wanted = Signal(str)
    into_page = Signal()
    language = Signal()
    lock = Signal()

    def __init__(self, who: Who, pages: Sequence[tuple[str, str, str]], *, practice: bool = False) -> None:
        super().__init__()
        self.setObjectName("rail")
        ground(self, "rail")
        self.setFixedWidth(metrics().rail_width)
        self._site = on_rail(Words(who.site, "heading", wrap=True), strong=True)
        self._site.setObjectName("rail_site")
        volunteer = on_rail(Words(tr("{name} · {role}", name=who.volunteer, role=tr(ROLES[who.role])), "small", wrap=True), strong=False)
        volunteer.setObjectName("rail_volunteer")
        self._pages = _Pages(pages)
        self._pages.wanted.connect(self.wanted)
        self._pages.into_page.connect(self.into_page)
        speak = RailButton(words.NAMES[words.other()], "globe", "F2", name="rail_language")
        speak.clicked.connect(self.language)
        lock = RailButton(tr("Lock"), "lock", "Ctrl+L", name="rail_lock", strong=True)
        lock.clicked.connect(self.lock)
        head = col(self._site, 2, volunteer, edge=(18, 18, 12, 14))
        if practice:
            head.insertLayout(0, row(ChipLabel(tr("Practice"), "warn", "people"), None))
            head.insertSpacing(1, 8)
        self.setLayout(col(head, self._pages, None, speak, lock, 10))

    def counts(self, numbers: Mapping[str, int]) -> None:
        """How many things wait on each page."""
        self._pages.counts(numbers)

    def show_place(self, name: str) -> None:
        """Mark the page that is shown."""
        self._pages.show_place(name)

    def rename(self, site: str) -> None:
        """The site has another name."""
        self._site.setText(site)

    def has_keyboard(self) -> bool:
        """True while the person moves through the list of pages."""
        return self._pages.hasFocus()
