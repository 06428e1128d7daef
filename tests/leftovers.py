"""What a test may leave behind by mistake: threads, running timers, temporary files, lines in the log."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import threading
import time
import weakref
from dataclasses import dataclass
from functools import wraps
from typing import Any

KINDS = ("thread", "timer", "temp", "log")
PATIENCE = 1.0
"""Seconds that a thread or timer, already told to end, gets for ending."""

_started: weakref.WeakSet[Any] = weakref.WeakSet()


def watch_qt() -> None:
    """Remembers every QTimer and QThread started from now on, once a test has loaded Qt. Qt itself keeps no such list."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return
    for kind in (core.QTimer, core.QThread):
        if not hasattr(kind.start, "watched"):
            kind.start = _watched(kind.start)


def _watched(start: Any) -> Any:
    @wraps(start)
    def remembered(self: Any, *arguments: Any, **settings: Any) -> Any:
        if self is not None and not isinstance(self, int):
            _started.add(self)
        return start(self, *arguments, **settings)

    remembered.watched = True  # type: ignore[attr-defined]
    return remembered


@dataclass(frozen=True)
class Leftovers:
    """What is there at one moment."""

    threads: frozenset[int]
    files: frozenset[str]
    running: frozenset[int]

    @classmethod
    def now(cls) -> Leftovers:
        """Looks around."""
        return cls(
            frozenset(thread.ident or 0 for thread in _threads()),
            frozenset(os.listdir(tempfile.gettempdir())),
            frozenset(id(thing) for thing in _running()),
        )

    def since(self, logged: list[logging.LogRecord]) -> dict[str, list[str]]:
        """Kind -> what is there now and was not then. Waits a moment for what is about to end."""
        deadline = time.monotonic() + PATIENCE
        _settle_qt()
        while (self._new_threads() or self._new_timers()) and time.monotonic() < deadline:
            time.sleep(0.01)
            _settle_qt()
        return {
            "thread": self._new_threads(),
            "timer": self._new_timers(),
            "temp": [f"the temporary file {name}" for name in sorted(set(os.listdir(tempfile.gettempdir())) - self.files)],
            "log": [f"the log line {record.getMessage()!r}" for record in logged if record.levelno >= logging.WARNING],
        }

    def _new_threads(self) -> list[str]:
        return [f"the thread {thread.name}" for thread in _threads() if thread.ident not in self.threads]

    def _new_timers(self) -> list[str]:
        return [f"a running {_describe(thing)}" for thing in _running() if id(thing) not in self.running]


def _threads() -> list[threading.Thread]:
    # Dummies stand for threads of other makers, whose end Python does not see.
    return [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]


def _running() -> list[Any]:
    if "PySide6.QtCore" not in sys.modules:
        return []
    import shiboken6
    from PySide6.QtCore import QThreadPool

    alive = [thing for thing in list(_started) if shiboken6.isValid(thing)]
    busy = [thing for thing in alive if (thing.isRunning() if hasattr(thing, "isRunning") else thing.isActive())]
    pool = QThreadPool.globalInstance()
    return [*busy, pool] if pool.activeThreadCount() else busy


def _describe(thing: Any) -> str:
    owner = thing.parent()
    of = f" of {type(owner).__name__} {owner.objectName()!r}" if owner is not None else ""
    return f"{type(thing).__name__} {thing.objectName()!r}{of}"


def _settle_qt() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
        core.QCoreApplication.processEvents()
