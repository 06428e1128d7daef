"""Files that a person drags over a window and lets go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.window import Window

_BUTTON, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def carried(files: Sequence[Path]) -> QMimeData:
    """Files as a file manager carries them, with their names as text besides."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    data.setText("\n".join(str(path) for path in files))
    return data


def hang(window: Window, data: QMimeData, over: QWidget) -> bool:
    """Drag over the middle of a widget; True if the window would take it."""
    place = over.mapTo(window, over.rect().center())
    event = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, _BUTTON, _NO_KEY)
    handle = window.windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, event)
    return event.isAccepted()


def let_go(window: Window, data: QMimeData, over: QWidget) -> None:
    """Let go over the middle of a widget."""
    place: QPoint = over.mapTo(window, over.rect().center())
    handle = window.windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, _BUTTON, _NO_KEY))


def take_away(window: Window) -> None:
    """Drag out of the window again."""
    handle = window.windowHandle()
    assert handle is not None
    QApplication.sendEvent(handle, QDragLeaveEvent())


def drop(window: Window, files: Sequence[Path], over: QWidget) -> bool:
    """Drag files over a widget and let them go there; True if they were taken."""
    data = carried(files)
    if not hang(window, data, over):
        return False
    let_go(window, data, over)
    return True
