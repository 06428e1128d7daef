"""A scanner at the USB port is a keyboard that types very fast and ends with Enter. In a field that is what is wanted; on a button its Enter
would press what nobody meant to press."""

from __future__ import annotations

import time

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

_QUICK = 0.05  # seconds between two keys that no hand reaches for long
_SEVERAL = 4  # quick keys that make a scan


class ScannerGuard(QObject):
    """Takes Enter and Space away from the button or list that has the keyboard while a scanner types, as long as `page` is shown."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._watched: QWidget | None = None
        self._quick = 0
        self._last = 0.0
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched, self._quick = None, 0
        if isinstance(now, (QAbstractButton, QAbstractItemView)) and self._page_shown():
            self._watched = now
            now.installEventFilter(self)

    def _page_shown(self) -> bool:
        page = self.parent()
        return isinstance(page, QWidget) and page.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        presses = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        return self._goes_on(event) and presses

    def _goes_on(self, event: QKeyEvent) -> bool:
        """True if this key ends or continues a scan."""
        now = time.monotonic()
        quick = now - self._last < _QUICK
        self._last = now
        scanning = quick and self._quick >= _SEVERAL
        letter = bool(event.text()) and event.text().isprintable() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        self._quick = (self._quick + 1 if quick else 1) if letter else 0
        return scanning
