"""Files that are dropped on the window, wherever they fall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import draw, icons
from ui.theme.tokens import C
from ui.words import tr

Dropped = Callable[[tuple[Path, ...]], None]


def files_in(data: QMimeData) -> tuple[Path, ...]:
    """The files of this laptop in what is dragged, in the order they were picked."""
    return tuple(path for url in data.urls() if url.isLocalFile() and (path := Path(url.toLocalFile())).is_file())


_PAGES = frozenset({".jpg", ".jpeg", ".jfif", ".png", ".tif", ".tiff", ".pdf", ".bmp", ".webp", ".heic", ".heif", ".avif"})
_FORMS = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".md", ".xml", ".json", ".geojson"})


def are_pages(files: Sequence[Path]) -> bool:
    """True if these files come from a scanner or a telephone. A form may have pictures beside it; what else lies in a folder of pictures is told when they
    are read."""
    kinds = {path.suffix.lower() for path in files}
    return bool(kinds & _PAGES) and not kinds & _FORMS


class _Veil(QWidget):
    """Over the window while files hang above it: what happens when they are let go. The mouse passes through it."""

    def __init__(self, parent: QWidget, text: str, icon: str) -> None:
        super().__init__(parent)
        self.setObjectName("drop_veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words, self._icon = text, icon
        self.setAccessibleName(text)
        self.setGeometry(parent.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(C.surface)
        ground.setAlpha(228)
        painter.fillRect(self.rect(), ground)
        pen = QPen(QColor(C.accent), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 12, 12)
        middle = self.rect().center()
        icons.paint(painter, self._icon, QRectF(middle.x() - 24, middle.y() - 60, 48, 48), C.accent)
        draw.text(painter, self.rect().adjusted(0, 30, 0, 30), self._words, "title", C.ink, Qt.AlignmentFlag.AlignCenter)
        painter.end()


class Dropping(QObject):
    """Takes files that are dropped on `window` (on any part of it that does not want them itself) and gives them to `dropped`. `pages` says
    whether they are taken for scanned pages. While a box stands over the window nothing is taken."""

    def __init__(self, window: QWidget, dropped: Dropped, pages: Callable[[Sequence[Path]], bool] = are_pages) -> None:
        super().__init__(window)
        self._window, self._dropped, self._pages = window, dropped, pages
        self._veil: _Veil | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDropEvent):
            self._hang(event)
        elif kind == QEvent.Type.DragLeave:
            self._lift()
        elif kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._let_go(event)
        else:
            return False
        return True

    def _hang(self, event: QDropEvent) -> None:
        if QApplication.activeModalWidget() is not None or not files_in(event.mimeData()):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if isinstance(event, QDragEnterEvent) and self._veil is None:
            pages = self._pages(files_in(event.mimeData()))
            text = tr("Let go here to read the pages") if pages else tr("Let go here to look at the form")
            self._veil = _Veil(self._window, text, "paper" if pages else "form")
            self._veil.show()

    def _lift(self) -> None:
        if self._veil is not None:
            self._veil.deleteLater()
            self._veil = None

    def _let_go(self, event: QDropEvent) -> None:
        self._lift()
        found = files_in(event.mimeData())
        if found:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._dropped(found)
