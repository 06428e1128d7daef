"""What Today shows: read from the services, and turned into lines that lead somewhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.changes import Changes
from desktop.services import family_access, sought, today, twice
from desktop.services.today import TodayPage
from ui.shell import Shell

_TOUCHED = frozenset({
    "person", "household", "contact", "conflict", "submission", "draft", "site", "setting", "volunteer", "health", "step",
    "tracing", "reply", "left_behind", "child",
})
_LOOK_AGAIN = 60_000  # milliseconds: somebody becomes late while nobody touches anything


class TodayState(QObject):
    """Signal: `loaded` when `page` is new."""

    loaded = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.page: TodayPage | None = None
        self._again = QTimer(self)
        self._again.setInterval(_LOOK_AGAIN)
        self._again.timeout.connect(self.load)

    def arrive(self) -> None:
        """The page is shown: read it, then look for people registered twice if that takes a moment only."""
        self.load()
        self._shell.read(self, lambda session: len(twice.review(session)) if twice.soon(session) else 0, self._looked)
        self._shell.read(self, lambda session: len(sought.glance(session)) if family_access.may(session) else 0, self._sought)

    def load(self) -> None:
        """Read it, and again from time to time until the page is left."""
        self._again.start(_LOOK_AGAIN)
        self._shell.read(self, lambda session: today.today(session), self._arrived)

    def leave(self) -> None:
        """Another page is shown."""
        self._again.stop()

    def changed(self, changes: Changes) -> None:
        """Read it again if these changes can be seen on it."""
        if changes.kinds & _TOUCHED:
            self.load()

    def _looked(self, found: int) -> None:
        if self.page is not None and found and found != self.page.doubles:
            self.load()

    def _sought(self, found: int) -> None:
        if self.page is not None and found and found != (self.page.families.to_ask if self.page.families is not None else None):
            self.load()

    def _arrived(self, page: TodayPage) -> None:
        self.page = page
        self.loaded.emit()

    def open(self, key: object) -> None:
        """Go where a line leads: its key is the name of a page and what it is given."""
        if isinstance(key, tuple):
            name, where = key
            self._shell.open(name, **dict(where))
