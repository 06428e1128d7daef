"""Locks the window when nobody has touched it for a while, the time a laptop slept included."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod, QEvent.Type.TabletPress,
    }
)
_LOOK_EVERY = 2_000  # milliseconds


def seconds_awake_or_asleep() -> float:
    """A clock that nobody can set and that goes on while the laptop sleeps, where the system has one."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boottime) if boottime is not None else time.time()


class IdleLock(QObject):
    """Calls `lock` once after `minutes` without input."""

    def __init__(self, parent: QObject, minutes: int, lock: Callable[[], None], clock: Callable[[], float] = seconds_awake_or_asleep) -> None:
        super().__init__(parent)
        self.minutes = minutes
        self._lock, self._clock, self._last = lock, clock, clock()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_EVERY)
        # The window system's window sees every key and every move first; watching all events of all widgets would cost more.
        self._app = cast(QGuiApplication, QCoreApplication.instance())
        self._app.focusWindowChanged.connect(self.watch)
        self.watch(self._app.focusWindow())

    def watch(self, window: QWindow | None) -> None:
        """Take what is typed or moved in this window as a sign of life."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def look(self) -> None:
        """Lock if it is time."""
        if self._clock() - self._last >= self.minutes * 60:
            self.end()
            self._lock()

    def end(self) -> None:
        """Watch no longer."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._app.focusWindowChanged.disconnect(self.watch)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._last = self._clock()
        return False
