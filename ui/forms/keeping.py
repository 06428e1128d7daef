"""Kept files for the entries of a form: taken in, looked at and copied on the thread of the vault; never anywhere else in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.services import files
from desktop.services.files import FileInfo
from desktop.services.session import Session
from ui.shell import Shell
from ui.words import tr

PHOTO, DRAWING, FILE = "photo", "drawing", "file"
Failed = Callable[[UserError], None]
Kept = tuple[str, Changes]


@dataclass(frozen=True)
class Looked:
    """A kept file as it is shown: what is known of it, and a PNG (empty for what is no picture, or not here)."""

    info: FileInfo
    picture: bytes


class Keeping:
    """What entries need of the vault. `owner`s are widgets: nothing is told to one that is gone."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    @property
    def writes(self) -> bool:
        """False for those who only read."""
        return self._shell.who.role.writes

    def take_path(self, owner: QObject, folder: Folder, path: Path, kind: str, done: Callable[[str], None], failed: Failed) -> None:
        """Keep a file from the disk or a stick; `done` gets its id."""
        self._keep(owner, lambda session: files.keep_from(session, folder=folder, path=path, kind=kind), done, failed)

    def take_picture(self, owner: QObject, folder: Folder, content: bytes, kind: str, done: Callable[[str], None], failed: Failed) -> None:
        """Keep a picture that was pasted, dropped or drawn."""
        keep = files.keep_drawing if kind == DRAWING else files.keep_photo
        self._keep(owner, lambda session: keep(session, folder=folder, content=content), done, failed)

    def look(self, owner: QObject, file: str, side: int, done: Callable[[Looked], None], failed: Failed) -> None:
        """What a file is, with a picture at most `side` pixels long."""
        self._shell.read(owner, lambda session: Looked(*files.look(session, file=file, side=side)), done, failed)

    def copy(self, owner: QObject, file: str, to: Path, done: Callable[[], None], failed: Failed) -> None:
        """Write a file out as it is."""
        self._shell.read(owner, lambda session: files.save_copy(session, file=file, to=to), lambda _none: done(), failed)

    def _keep(self, owner: QObject, work: Callable[[Session], Kept], done: Callable[[str], None], failed: Failed) -> None:
        def kept(result: Kept) -> None:
            done(result[0])
            self._shell.announce(result[1])

        self._shell.run(owner, lambda session, _progress: work(session), kept, failed, words=tr("Keeping the file"), can_cancel=False)
