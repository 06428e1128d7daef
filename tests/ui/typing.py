"""The keyboard of a person: keys go to the widget that has the focus, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import settle
from ui.window import Window


def letters(target: Callable[[], QWidget], text: str) -> None:
    """Type into whatever `target` gives before each letter; letters without a key of their own come as an input method sends them."""
    for letter in text:
        if ord(letter) < 128:
            QTest.keyClick(target(), letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(target(), event)


class Keyboard:
    """Types into a window as a person would."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self._window, self._qtbot = window, qtbot

    @property
    def at(self) -> QWidget:
        """The widget that has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, *keys: str) -> Keyboard:
        """Press keys as Qt writes them: ``Tab``, ``Ctrl+S``, ``Shift+Tab``."""
        for name in keys:
            combination = QKeySequence(name)[0]
            target = QApplication.activePopupWidget() or self.at
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            self._qtbot.wait(1)
        return self

    def write(self, text: str) -> Keyboard:
        """Type letters where the keyboard is."""
        letters(lambda: self.at, text)
        return self

    def tab_to(self, name: str, most: int = 80) -> Keyboard:
        """Press Tab until the widget of that name has the keyboard."""
        for _ in range(most):
            if self.at.objectName() == name:
                return self
            QTest.keyClick(self.at, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name}")

    def rest(self) -> Keyboard:
        """Wait until everything is kept and read."""
        settle(self._window, self._qtbot)
        return self
