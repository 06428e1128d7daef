"""The page as the printer will make it, or as the scanner saw it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import draw
from ui.theme.tokens import C, colour

from .layout import ground

_STEPS = (1.0, 1.5, 2.0, 3.0)
_EDGE = 24


@dataclass(frozen=True)
class Area:
    """A part of the picture to point at: left, top, right and bottom as shares of it. The `chosen` one is drawn heavier."""

    left: float
    top: float
    right: float
    bottom: float
    tone: str = "accent"
    chosen: bool = False


class _Sheet(QWidget):
    """One picture on paper white, with a hairline around it and frames around the areas that are pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: QImage | None = None
        self.areas: tuple[Area, ...] = ()

    def place(self, area: Area) -> QRectF:
        """Where an area stands now, with air around it."""
        wide, high = self.width(), self.height()
        found = QRectF(area.left * wide, area.top * high, (area.right - area.left) * wide, (area.bottom - area.top) * high)
        return found.adjusted(-5, -5, 5, 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        if self.picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self.picture)
        painter.setPen(QColor(C.line2))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for area in self.areas:
            painter.setPen(QPen(QColor(colour(area.tone)), 3.0 if area.chosen else 1.5))
            painter.drawRoundedRect(self.place(area), 4, 4)
        painter.end()


class SheetView(QScrollArea):
    """Fits the page into the room, or shows it larger. The mouse pulls it; arrow keys scroll; Ctrl and the wheel zoom.

    Signal: `sharpness(dpi)` when the picture has to be drawn finer.
    """

    sharpness = Signal(int)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.setAccessibleName(label)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        ground(self, "paper")
        ground(self.viewport(), "paper")
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self._sheet.hide()
        self._zoom = 0
        self._pulled: QPoint | None = None
        self._wanted = 96
        self._sharpen = QTimer(self)
        self._sharpen.setSingleShot(True)
        self._sharpen.setInterval(60)  # milliseconds: while the window is being pulled larger, not every size is drawn
        self._sharpen.timeout.connect(lambda: self.sharpness.emit(self._wanted))

    @property
    def zoom(self) -> int:
        """0: the whole page; more: larger."""
        return self._zoom

    def show_picture(self, picture: QImage | None, label: str) -> None:
        """Show a page, or nothing."""
        self._sheet.picture = picture
        self._sheet.setVisible(picture is not None)
        self.setAccessibleName(label)
        self._lay_out()

    def point_at(self, areas: Sequence[Area]) -> None:
        """Frame these areas, and bring the chosen one into view."""
        self._sheet.areas = tuple(areas)
        self._sheet.update()
        chosen = next((area for area in areas if area.chosen), None)
        if chosen is not None:
            middle = self._sheet.place(chosen).center()
            self.ensureVisible(round(middle.x()), round(middle.y()), 120, 120)

    def step(self, by: int) -> None:
        """Larger or smaller."""
        self._zoom = max(0, min(len(_STEPS) - 1, self._zoom + by))
        self._lay_out()

    def _lay_out(self) -> None:
        picture = self._sheet.picture
        if picture is None:
            return
        shape = picture.width() / picture.height()
        room = QSize(self.width() - 2 * _EDGE, self.height() - _EDGE)
        high = max(60.0, min(room.height(), room.width() / shape)) * _STEPS[self._zoom]
        self._sheet.setFixedSize(round(high * shape), round(high))
        self._sheet.update()
        # As many dots to the inch as make the picture as large as it stands on this screen.
        inches = picture.height() / max(1.0, picture.dotsPerMeterY() * 0.0254)
        self._wanted = max(40, min(300, round(high * self.devicePixelRatioF() / inches)))
        self._sharpen.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.step(step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pulled = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pulled is not None:
            here = event.position().toPoint()
            moved, self._pulled = here - self._pulled, here
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pulled = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            draw.ring(painter, self.viewport().rect(), C.accent)
            painter.end()
