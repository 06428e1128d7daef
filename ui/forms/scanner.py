"""A scanner at the USB port is a keyboard that types very fast and ends with Enter. In a field that is what is wanted; on a button its Enter
would press what nobody meant to press."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

_QUICK = 0.05  # seconds between two keys that no hand reaches for long
_SEVERAL = 4  # quick keys that make a scan


class ScannerGuard(QObject):
    """Takes Enter and Space away from buttons and lists while a scanner types, on one page (`page`) while it is shown."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._quick = 0
        self._last = 0.0
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if watched is not QApplication.focusWidget() or not self._page.isVisible():
            return False
        scanning = self._counts(event)
        presses = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        return scanning and presses and isinstance(watched, (QAbstractButton, QAbstractItemView))

    def _counts(self, event: QKeyEvent) -> bool:
        """True if this key ends or continues a scan."""
        now = time.monotonic()
        quick = now - self._last < _QUICK
        self._last = now
        scanning = quick and self._quick >= _SEVERAL
        letter = bool(event.text()) and event.text().isprintable() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        self._quick = (self._quick + 1 if quick else 1) if letter else 0
        return scanning
