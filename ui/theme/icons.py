"""Line icons of ``resources/icons``, drawn in the colour that is asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.resources import folder

from .tokens import C

FOLDER = folder("icons")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(text.encode()))


def paint(painter: QPainter, name: str, rect: QRectF, colour: str = "") -> None:
    """Draw the icon into `rect`, in ink if no colour is given."""
    _renderer(name, colour or C.ink).render(painter, rect)


def pixmap(name: str, size: int = 20, colour: str = "") -> QPixmap:
    """A square picture of `size` logical pixels."""
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, name, QRectF(0, 0, size, size), colour)
    painter.end()
    return picture


def icon(name: str, size: int = 20, colour: str = "") -> QIcon:
    """For widgets that want a QIcon; paler where they are switched off."""
    made = QIcon(pixmap(name, size, colour))
    made.addPixmap(pixmap(name, size, C.faint), QIcon.Mode.Disabled)
    return made
