"""What a volunteer does before a page goes out: looks at it."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OPENING
from tests.ui.walk import clipped, nameless
from ui.look_first import LookFirst
from ui.window import Window


def opened(window: Window, qtbot: QtBot) -> LookFirst:
    """The box with the page, once the page stands in it."""

    def found() -> LookFirst | None:
        return next((one for one in window.findChildren(LookFirst) if one.isVisible() and one._go.isEnabled()), None)

    qtbot.waitUntil(lambda: found() is not None, timeout=OPENING)
    box = found()
    assert box is not None
    return box


def picture(box: LookFirst) -> QImage:
    """The page as it is shown."""
    shown = box._sheet._sheet.picture
    assert shown is not None
    return shown


def go_on(window: Window, qtbot: QtBot) -> None:
    """Look at the page and let it go out."""
    box = opened(window, qtbot)
    assert clipped(box) == []
    assert nameless(box) == []
    assert picture(box).height() > 300
    go = box.findChild(QPushButton, "look_go")
    assert isinstance(go, QPushButton)
    go.click()
    window.activateWindow()  # without a screen no window manager gives the keyboard back
