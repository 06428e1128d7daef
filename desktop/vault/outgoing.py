"""Plain files that leave the vault because a person said so: whole or not at all, readable by their owner only, nowhere else on the disk."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from desktop.domain.errors import KnownFault
from desktop.vault.durable import sync_folder
from desktop.vault.faults import explained


class Outgoing:
    """Files are written beside their places, under a name of their own, and take their places together in `finish`. Left without it, for
    whatever reason, nothing stays behind."""

    def __init__(self) -> None:
        self._open: list[tuple[Path, Path, BinaryIO]] = []

    def __enter__(self) -> Outgoing:
        return self

    def open(self, path: Path) -> BinaryIO:
        """A stream for the file that is to stand there. KnownFault: disk.full, disk.readonly, disk.failed, paper.no_place (the folder is gone,
        or it is no name for a file)."""
        beside = path.with_name(f".{path.name}.part")
        with explained():
            if path.is_dir():
                raise KnownFault("paper.no_place")
            flags = os.O_CREAT | os.O_TRUNC | os.O_RDWR | getattr(os, "O_BINARY", 0)
            try:
                made = os.fdopen(os.open(beside, flags, 0o600), "w+b")
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
                raise KnownFault("paper.no_place") from error
        self._open.append((path, beside, made))
        return made

    def finish(self) -> list[Path]:
        """Put every file in its place; all are on the disk before the first is renamed. The paths, in the order they were opened."""
        with explained():
            for _, _, stream in self._open:
                stream.flush()
                os.fsync(stream.fileno())
                stream.close()
            for path, beside, _ in self._open:
                os.replace(beside, path)
            for folder in {path.parent for path, _, _ in self._open}:
                sync_folder(folder)
        return [path for path, _, _ in self._open]

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for _, beside, stream in self._open:
            with suppress(OSError):
                stream.close()
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        if isinstance(error, OSError):
            with explained():
                raise error
