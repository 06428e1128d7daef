"""When something breaks that is our fault: record where, say so once and calmly, go on.

What is recorded are the places in the program and the kind of error, never its text: an error's text may hold a person's data.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

_RECORD = "trouble.txt"
_LARGEST = 64_000  # bytes of record; older ones are dropped


def places(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The trace without texts and values: kind of error, then file, line and function of each step."""
    steps = [f"  {Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}" for frame, line in walk_tb(trace)]
    return "\n".join([kind.__name__, *steps])


def write(folder: Path, text: str) -> None:
    """Add to the record in the vault's folder, if there is one. A disk that cannot be written is no reason to fail again."""
    if not folder.is_dir():
        return
    path = folder / _RECORD
    try:
        before = path.read_bytes()[-_LARGEST:] if path.exists() else b""
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as record:
            record.write(before + text.encode() + b"\n")
    except OSError:
        return


class Crash:
    """Takes over `sys.excepthook`. `show()` tells the person; it is called once for each distinct trace."""

    def __init__(self, folder: Callable[[], Path], show: Callable[[], None]) -> None:
        self._folder, self._show = folder, show
        self._seen: set[str] = set()

    def install(self) -> None:
        """From now on nothing ends the program by accident, and nothing is printed."""
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self.caught(args.exc_type, args.exc_value, args.exc_traceback)
        sys.unraisablehook = lambda args: self.caught(args.exc_type, args.exc_value, args.exc_traceback)

    def caught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """One error that nobody expected."""
        if issubclass(kind, KeyboardInterrupt):
            return
        text = places(kind, trace)
        if text in self._seen:
            return
        self._seen.add(text)
        write(self._folder(), text)
        if threading.current_thread() is threading.main_thread():
            self._show()
