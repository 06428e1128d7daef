"""The one window of the program: first the unlock screen (or the first run), then the shell, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.services.session import Session
from ui import present_errors, words
from ui.idle import IdleLock
from ui.jobs import Jobs
from ui.pages.open.state import Opened, OpenState
from ui.pages.open.view import OpenView
from ui.shell import Shell
from ui.widgets.labels import Words
from ui.widgets.layout import box, clear, col
from ui.words import tr

SMALLEST = (1000, 600)
USUAL = (1366, 768)
FRAME = 40  # what a system puts around a window, at most


class Window(QMainWindow):
    """A main window, because screen readers look for one. `folder`: where the vault lies or will lie. Signals: `opened` when the shell stands, `over(again)` when everything is locked and
    the process has to end; `again` asks for a fresh one that shows the unlock screen."""

    opened = Signal()
    over = Signal(bool)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Waystation")
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.jobs = Jobs(self._unhandled)
        self.shell: Shell | None = None
        self._idle: IdleLock | None = None
        self._leaving = False
        self._layout: QVBoxLayout = col()
        self.setCentralWidget(box(self._layout, "surface"))
        self.opening = OpenState(self, self.jobs, folder)
        self.opening.opened.connect(self._show_shell)
        self.open_view: OpenView | None = None
        self._keys = [self._key("F2", self._change_language), self._key("F1", self._help)]
        self._show_opening()

    @property
    def folder(self) -> Path:
        """Where the vault of this window lies."""
        return self.opening.folder

    @property
    def leaving(self) -> bool:
        """True once it was told to lock or to close."""
        return self._leaving

    def appear(self) -> None:
        """Show it: in its usual size where the screen has room for that and for a frame, else over all of the screen."""
        room = self.screen().availableSize()
        if room.width() >= USUAL[0] + FRAME and room.height() >= USUAL[1] + FRAME:
            self.show()
        else:
            self.showMaximized()

    def lock(self) -> None:
        """Keep what is half typed, lock the vault, end the process, and let a fresh one show the unlock screen."""
        self._finish(again=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving:
            event.accept()
            return
        event.ignore()
        self._finish(again=False)

    # ---- before the vault is open -----------------------------------------------------------------------------------

    def _key(self, key: str, do: Callable[[], None]) -> QShortcut:
        made = QShortcut(QKeySequence(key), self)
        made.activated.connect(do)
        return made

    def _show_opening(self) -> None:
        clear(self._layout)
        self.open_view = OpenView(self.opening)
        self.open_view.language.connect(self._change_language)
        self._layout.addWidget(self.open_view)
        # The field can take the keyboard only once it stands in the window.
        QTimer.singleShot(0, self.open_view, self.open_view.take_keyboard)

    def _change_language(self) -> None:
        if self.open_view is not None:
            typed = self.open_view.keep_typed()
            self.opening.chose_language = True
            words.use(words.other())
            self._show_opening()
            self.open_view.put_typed(typed)

    def _help(self) -> None:
        if self.open_view is not None:
            self.open_view.show_help()

    # ---- open -------------------------------------------------------------------------------------------------------

    def _show_shell(self, opened: Opened) -> None:
        if self._leaving:
            return
        for key in self._keys:
            key.setEnabled(False)
        words.use(opened.language)
        clear(self._layout)
        self.open_view = None
        self.shell = Shell(self.jobs, opened.session, opened.who, practice=opened.practice)
        self.shell.locking.connect(self.lock)
        self._layout.addWidget(self.shell)
        self.shell.show()
        self._idle = IdleLock(self, opened.lock_minutes, self.lock)
        self.shell.lock_minutes_changed.connect(self._lock_after)
        self.shell.open("today")
        self.shell.do(self.shell, _take_waiting)
        self.opened.emit()

    def _lock_after(self, minutes: int) -> None:
        if self._idle is not None:
            self._idle.minutes = minutes

    def _unhandled(self, owner: QObject, error: UserError) -> None:
        present_errors.box(owner if isinstance(owner, QWidget) else self, error)

    # ---- the ways out -----------------------------------------------------------------------------------------------

    def _finish(self, *, again: bool) -> None:
        if self._leaving:
            return
        self._leaving = True
        if self._idle is not None:
            self._idle.end()
        page = self.shell.page if self.shell is not None else None
        if page is not None:
            page.leave()
        self._cover()
        opening = self.opening

        def lock_vault() -> None:
            if opening.session is not None:  # also one that was opened after the window was told to close
                from desktop.services import vaults

                vaults.lock(opening.session)
            opening.finish()

        self.jobs.close(lock_vault, lambda: self.over.emit(again))

    def _cover(self) -> None:
        """Nothing of anybody stays on the screen while the vault is being locked."""
        for dialog in self.findChildren(QWidget):
            if dialog.isWindow():
                dialog.hide()
        clear(self._layout)
        self.shell = None
        self.open_view = None
        told = Words(tr("Locking…"), "heading")
        told.setObjectName("locking")
        told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout.addWidget(told)


def _take_waiting(session: Session) -> Changes:
    """News that came for a folder which nobody before could open is taken in as soon as somebody can."""
    from desktop.services import stick

    return stick.take_waiting(session)
