"""Pictures of the screens: a real window over a real vault, page after page.

It needs no screen of its own: without an application it makes one that draws unseen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from desktop.domain.ids import RecordId
from desktop.services import people
from desktop.services.session import Session
from ui import words
from ui.window import Window

_LOOK_EVERY = 40  # milliseconds between two looks whether a page has come to rest
_QUIET = 4  # looks without work after which it has
_PATIENCE = 1500  # looks after which a page that never rests is taken as it is


@dataclass(frozen=True)
class Shot:
    """One picture. `prepare(window)` brings the screen there; `language` "" keeps the one that is spoken."""

    name: str
    prepare: Callable[[Window], None]
    language: str = ""


@dataclass
class _Rest:
    quiet: int = 0
    looks: int = 0


@dataclass(frozen=True)
class Subjects:
    """Whom the pictures are about, read once the vault is open."""

    person: RecordId | None = None


class Album(QObject):
    """Takes the shots one after the other, then closes the window. Calls `done` at the end."""

    def __init__(self, window: Window, shots: Sequence[Shot], out: Path, done: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._out, self._done = window, out, done
        self._waiting = list(shots)
        self._now: Shot | None = None
        self._rest = _Rest()
        self.made: list[Path] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Start with the first shot."""
        self._next()
        self._timer.start(_LOOK_EVERY)

    def _next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            self._done()
            return
        self._now, self._rest = self._waiting.pop(0), _Rest()
        self._speak(self._now.language)
        self._now.prepare(self._window)

    def _speak(self, language: str) -> None:
        shell = self._window.shell
        if language and language != words.language() and shell is not None:
            shell.changed_language()

    def _look(self) -> None:
        rest = self._rest
        rest.looks += 1
        shell = self._window.shell
        rest.quiet = rest.quiet + 1 if shell is None or shell.resting else 0
        if self._now is not None and (rest.quiet >= _QUIET or rest.looks > _PATIENCE):
            self._take(self._now)
            self._next()

    def _take(self, shot: Shot) -> None:
        boxes = [one for one in self._window.findChildren(QDialog) if one.isVisible()]
        picture = (boxes[0] if boxes else self._window).grab()
        path = self._out / f"{shot.name}.png"
        picture.save(str(path))
        self.made.append(path)
        for one in boxes:
            one.reject()


def application() -> QApplication:
    """The application of this process; a new one draws unseen and has our look."""
    found = QApplication.instance()
    if found is not None:
        return cast(QApplication, found)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.theme import style

    made = QApplication(sys.argv[:1])
    made.setQuitOnLastWindowClosed(False)
    style.apply(made)
    return made


def take(vault: Path, passphrase: str, out: Path, shots: Callable[[Subjects], Sequence[Shot]], size: tuple[int, int] = (1366, 768)) -> list[Path]:
    """Open the vault, take the pictures, lock it. `shots` gets whom they may be about. Returns the files in their order."""
    app = application()
    out.mkdir(parents=True, exist_ok=True)
    window = Window(vault)
    window.resize(*size)
    window.show()
    window.activateWindow()
    albums: list[Album] = []

    def opened() -> None:
        shell = window.shell
        if shell is None:
            return
        shell.read(window, _first_person, lambda person: begin(Subjects(person)))

    def close() -> None:
        window.close()

    def begin(subjects: Subjects) -> None:
        album = Album(window, shots(subjects), out, close)
        albums.append(album)
        album.begin()

    window.opened.connect(opened)
    window.over.connect(lambda _again: app.exit(0))
    window.opening.failed.connect(lambda _error: window.close())
    window.opening.unlock(passphrase)
    app.exec()
    window.deleteLater()
    return albums[0].made if albums else []


def _first_person(session: Session) -> RecordId | None:
    rows = people.rows(session, keys=list(people.find(session, state="").keys)[:1])
    return rows[0].id if rows else None
