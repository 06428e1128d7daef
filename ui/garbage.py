"""Rings of dead objects are taken away on the thread of the window alone.

Python takes them away on whichever thread happens to make the next object. A ring may hold a widget, and Qt ends the program when a widget goes
on another thread than its own. What is in no ring goes at once, as ever.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

_EVERY = 250  # milliseconds between two looks
_WHOLE_EVERY = 30.0  # seconds between two looks at everything there is: the longest, felt as a short stop
_at_work: set[int] = set()  # those that look; while there is one, Python does not look by itself


class Garbage(QObject):
    """Looks while it is not ended. Made and ended on the thread of the window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._whole_at = time.monotonic()
        _at_work.add(id(self))
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Take away what is due by Python's own thresholds, the oldest first."""
        young, middle, old = gc.get_count()
        most_young, most_middle, most_old = gc.get_threshold()
        now = time.monotonic()
        if old > most_old and now - self._whole_at > _WHOLE_EVERY:
            gc.collect()
            self._whole_at = time.monotonic()
        elif middle > most_middle:
            gc.collect(1)
        elif young > most_young:
            gc.collect(0)

    def end(self) -> None:
        """Look no more. Call it when no other thread is at work any more: from then on Python looks by itself again."""
        self._timer.stop()
        _at_work.discard(id(self))
        if not _at_work:
            gc.enable()
