"""A place to sign or to draw, with mouse, pen or finger. What is drawn stays in memory until it is kept."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from ui.shell import ask_before
from ui.theme import draw
from ui.theme.tokens import C
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.labels import Words
from ui.words import tr

_INK = QColor("#10233F")  # on paper: dark blue, as a pen writes
_WIDTH = 2.4
_FINER = 2  # picture points for one of the screen: the lines stay smooth when they are printed
_SIGNATURE, _DRAWING = QSize(640, 220), QSize(640, 400)


class Pad(QWidget):
    """Lines on white, or on a picture. Signal: `changed` when there are more or fewer lines.

    Every line is kept as the points it went through, so that the last one can be taken back.
    """

    changed = Signal()

    def __init__(self, size: QSize, below: QPixmap | None, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._below = below
        self._lines: list[list[QPointF]] = []
        self._drawing = False

    @property
    def empty(self) -> bool:
        """True if nothing was drawn."""
        return not self._lines

    def clear(self) -> None:
        """Take every line away."""
        self._lines.clear()
        self._new()

    def take_back(self) -> None:
        """Take the last line away."""
        del self._lines[-1:]
        self._new()

    def png(self) -> bytes:
        """The picture as it stands."""
        image = QImage(self.size() * _FINER, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(_FINER, _FINER)
        self._draw(painter)
        painter.end()
        return png_of(image)

    def _new(self) -> None:
        self.update()
        self.changed.emit()

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._below is not None:
            painter.drawPixmap(self._place(), self._below, QRectF(self._below.rect()))
        painter.setPen(QPen(_INK, _WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for points in self._lines:
            painter.drawPath(_smooth(points))

    def _place(self) -> QRectF:
        """Where the picture below lies: whole, in the middle."""
        assert self._below is not None
        size = self._below.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        self._draw(painter)
        painter.setPen(QPen(QColor(C.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.hasFocus():
            draw.ring(painter, self.rect())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drawing = True
            self._lines.append([event.position()])
            self._new()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            self._lines[-1].append(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drawing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.take_back()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _smooth(points: list[QPointF]) -> QPainterPath:
    """A line through the points without corners; a dot for a single one."""
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0.1))
        return path
    for before, after in pairwise(points):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(points[-1])
    return path


def png_of(image: QImage) -> bytes:
    """A picture as PNG, in memory."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    buffer.close()
    return bytes(data.data())


class DrawingBox(Box):
    """A pad with its buttons. `then` gets the PNG when it is kept; nothing is called when the box is closed."""

    def __init__(self, parent: QWidget, label: str, then: Callable[[bytes], None], *, signs: bool, below: QPixmap | None = None) -> None:
        title = tr("Sign here") if signs else tr("Draw here")
        super().__init__(parent, "drawing", title, icon="pencil", tone="accent", width=760)
        self._then = then
        self.pad = Pad(_SIGNATURE if signs else _DRAWING, below, "drawing_pad", label or title)
        hint = tr("Use the mouse, a pen or a finger. Backspace takes the last line back.")
        self.body.addWidget(Words(hint, "small", "hint", wrap=True))
        self.body.addSpacing(8)
        self.body.addWidget(self.pad)
        self._keep = Button(tr("Keep it"), "primary", name="drawing_keep")
        self._keep.clicked.connect(self._done)
        self._back = Button(tr("Take the last line back"), name="drawing_back")
        self._back.clicked.connect(self.pad.take_back)
        self._clear = Button(tr("Clear"), name="drawing_clear")
        self._clear.clicked.connect(self.pad.clear)
        leave = Button(tr("Go back"), "quiet", name="drawing_leave")
        leave.clicked.connect(self.reject)
        for one in (self._keep, self._back, self._clear, leave):
            self.buttons.addWidget(one)
        self.buttons.addStretch(1)
        self.pad.changed.connect(self._show)
        self._show()
        self.fit()
        self.pad.setFocus()

    def _show(self) -> None:
        for one in (self._keep, self._back, self._clear):
            one.setEnabled(not self.pad.empty)

    def reject(self) -> None:
        """Closed without keeping: asked once if there is anything to lose."""
        if self.pad.empty:
            super().reject()
        else:
            ask_before(
                self, tr("Throw the drawing away?"), tr("It was not kept yet."), tr("Throw it away"), super().reject, danger=True
            )

    def _done(self) -> None:
        picture = self.pad.png()
        self.accept()
        self._then(picture)
