"""Files that are either the old ones or the new ones, whole, whatever happens; and the lock that keeps a second window out."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from desktop.domain.errors import KnownFault
from desktop.vault.faults import explained


def write_all(files: Mapping[Path, bytes]) -> None:
    """Replace files of one folder, readable by their owner only: all are written beside the old ones and synced before the first
    is renamed, so that a full disk changes none. KnownFault: disk.full, disk.readonly, disk.failed."""
    beside = {path: path.with_name(path.name + ".part") for path in files}
    with explained():
        try:
            for path, data in files.items():
                _write_synced(beside[path], data)
            for path, part in beside.items():
                os.replace(part, path)
                sync_folder(path.parent)
        except BaseException:
            for part in beside.values():
                with suppress(OSError):
                    part.unlink()
            raise


def _write_synced(path: Path, data: bytes) -> None:
    opened = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut. Windows does it by itself."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


class FolderLock:
    """Held while a vault is open. The system lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """KnownFault vault.in_use if somebody else holds it."""
        with explained():
            self._file = os.open(folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise KnownFault("vault.in_use") from error

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _lock(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
