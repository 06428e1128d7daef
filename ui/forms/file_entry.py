"""Answers that are files: a photo, a paper, a signature. They go into the encrypted folder at once; the answer is the id of the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.services.intake import Node
from ui import dates, messages, present_errors
from ui.forms.columns import follow_width
from ui.forms.drawing import DrawingBox, png_of
from ui.forms.entry import Entry
from ui.forms.keeping import DRAWING, FILE, PHOTO, Keeping, Looked
from ui.shell import ask_before
from ui.theme import draw, icons
from ui.theme.tokens import RADIUS, C
from ui.widgets.buttons import Button, Pressable
from ui.widgets.dialogs import Box
from ui.widgets.labels import Note, Words
from ui.widgets.layout import col, has_keyboard, row, show_if
from ui.words import tr

_FRAME = QSize(148, 112)
_SMALL, _LARGE = 296, 1400  # pixels of the long side: in the frame at twice the scale, and in the box
_DRAWN = ("signature", "draw", "annotate")


def kind_of_file(node: Node) -> str:
    """``drawing``, ``photo`` or ``file``."""
    if node.appearance & {*_DRAWN}:
        return DRAWING
    return PHOTO if node.widget.media_type.startswith("image") else FILE


class Frame(Pressable):
    """The place of the file: empty with a broken line, or its picture. It is pressed, dropped on and pasted into.

    Signals: `came(mime)` when something was dropped or pasted.
    """

    came = Signal(QMimeData)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedSize(_FRAME)
        self.setAutoDefault(False)
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = QPixmap()
        self._icon, self._over, self._broken = "folder", False, True

    def show_picture(self, picture: QPixmap, icon: str, *, empty: bool) -> None:
        """Show this picture, or the icon where there is none."""
        self._picture, self._icon, self._broken = picture, icon, empty
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wrong = self.property("wrong")
        edge = C.accent if self._over else C.danger if wrong == "true" else C.warn if wrong == "warn" else C.edge
        painter.setPen(QPen(QColor(edge), 2 if self._over else 1, Qt.PenStyle.DashLine if self._broken else Qt.PenStyle.SolidLine))
        painter.setBrush(QColor(C.accent_soft if self._over else C.surface if self._broken else C.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        if self._picture.isNull():
            icons.paint(painter, self._icon, QRectF(self.width() / 2 - 16, self.height() / 2 - 16, 32, 32), C.accent if self.isEnabled() else C.faint)
        else:
            painter.drawPixmap(self._inside(), self._picture)
        if self.hasFocus():
            draw.ring(painter, self.rect())
        painter.end()

    def _inside(self) -> QRect:
        room = self.rect().adjusted(5, 5, -5, -5)
        size = self._picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(room.left() + (room.width() - size.width()) // 2, room.top() + (room.height() - size.height()) // 2, size.width(), size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.came.emit(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.isEnabled() and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._hover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(False)
        event.setDropAction(Qt.DropAction.CopyAction)  # never moved: what lies there stays there
        event.accept()
        self.came.emit(event.mimeData())

    def _hover(self, over: bool) -> None:
        self._over = over
        self.update()


class FileEntry(Entry):
    """A photo, a file or a drawing. `folder`: where its answers belong."""

    wish, least = 460, 320

    def __init__(self, node: Node, name: str, keeping: Keeping, folder: Folder) -> None:
        super().__init__()
        self._keeping, self._folder, self._label = keeping, folder, node.label
        self._kind, self._appearance = kind_of_file(node), node.appearance
        self._may = keeping.writes and not node.readonly
        self._file, self._busy, self._shown = "", False, False
        self._picture = QPixmap()
        self.frame = Frame(name)
        self.frame.clicked.connect(self._pressed)
        self.frame.came.connect(self._came)
        self._title = Words("", "body", wrap=True)
        self._second = Words("", "small", "hint", wrap=True)
        self._wrong = Note("warning", "", "danger", name=f"{name}_file_problem")
        self._draw = Button(tr("Sign here") if "signature" in node.appearance else tr("Draw"), "normal", "pencil", name=f"{name}_draw")
        self._draw.clicked.connect(self._open_pad)
        self._choose = Button(tr("Choose a file"), "normal", "folder", name=f"{name}_choose")
        self._choose.clicked.connect(self._ask_for_file)
        self._look = Button(tr("Look"), "quiet", "eye", name=f"{name}_look")
        self._look.clicked.connect(self._open_look)
        self._copy = Button(tr("Save a copy"), "quiet", "put", name=f"{name}_copy")
        self._copy.clicked.connect(self._ask_for_copy)
        self._out = Button(tr("Take out"), "quiet", "close", name=f"{name}_take_out")
        self._out.clicked.connect(self._take_out)
        ways = row(self._draw, self._choose, self._look, self._copy, self._out, None, gap=4)
        self.setLayout(row(col(self.frame, None), (col(self._title, 2, self._second, 8, ways, 4, self._wrong, None), 1), gap=14))
        follow_width(self)
        self._show(None)

    @property
    def field(self) -> QWidget:
        return self.frame

    def parts(self) -> Sequence[QWidget]:
        return (self.frame,)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def put(self, node: Node, text: str) -> None:
        self._label = node.label
        if text == self._file and self._shown:
            return
        self._file, self._shown = text, True
        self._wrong.say("")
        self._show(None)
        if text:
            self._keeping.look(self, text, _SMALL, self._looked, self._cannot_look)

    def _looked(self, looked: Looked) -> None:
        if looked.info.id == self._file:
            self._show(looked)

    def _cannot_look(self, error: UserError) -> None:
        self._show(None)
        self._say_wrong(error)

    def _show(self, looked: Looked | None) -> None:
        """The file that is kept, or the ways to one."""
        self._picture = QPixmap()
        if looked is not None and looked.picture:
            self._picture.loadFromData(looked.picture)
        icon = "form" if self._file else {PHOTO: "camera", DRAWING: "pencil", FILE: "folder"}[self._kind]
        self.frame.show_picture(self._picture, icon, empty=not self._file)
        self._title.setText(self._name_of(looked))
        self._second.setText(self._facts_of(looked))
        here = looked is not None and looked.info.here
        drawn = self._kind == DRAWING
        show_if(self._draw, self._may and drawn and not self._file)
        show_if(self._choose, self._may and not self._file and (not drawn or "annotate" in self._appearance))
        show_if(self._look, here and not self._picture.isNull())
        show_if(self._copy, here and self._picture.isNull())
        show_if(self._out, self._may and bool(self._file))
        self.frame.setEnabled(self._may or here)
        for button in (self._draw, self._choose, self._out):
            button.setEnabled(not self._busy)

    def _name_of(self, looked: Looked | None) -> str:
        if self._busy:
            return tr("Keeping the file")
        if not self._file:
            return {PHOTO: tr("No picture yet"), DRAWING: tr("Nothing drawn yet"), FILE: tr("No file yet")}[self._kind]
        if looked is not None and not looked.info.here:
            return tr("This file has not come yet.")
        if looked is not None and looked.info.name:
            return looked.info.name
        return {PHOTO: tr("Picture"), DRAWING: tr("Drawing"), FILE: tr("File")}[self._kind]

    def _facts_of(self, looked: Looked | None) -> str:
        if self._file or not self._may:
            return dates.size(looked.info.size) if looked is not None else ""
        if self._kind == DRAWING and "annotate" not in self._appearance:
            return ""
        return tr("Drop it on the frame, or paste it with Ctrl+V. It is locked away at once; the file you chose stays where it is.")

    def _say_wrong(self, error: UserError) -> None:
        self._wrong.say(present_errors.brief(error))

    # ---- taking in --------------------------------------------------------------------------------------------------

    def _pressed(self) -> None:
        if self._busy:
            return
        if self._file:
            self._open_look()
        elif self._kind == DRAWING:
            self._open_pad()
        else:
            self._ask_for_file()

    def _ask_for_file(self) -> None:
        messages.choose_file(self, self._label or tr("Choose a file"), self._take_path)

    def _came(self, mime: QMimeData) -> None:
        """Something was dropped or pasted: a file before a picture, because the clipboard of some systems has both."""
        if not self._may or self._busy:
            return
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        image = mime.imageData() if mime.hasImage() else None
        if paths:
            self._take_path(paths[0])
        elif isinstance(image, (QImage, QPixmap)):
            picture = image if isinstance(image, QImage) else image.toImage()
            self._take_picture(png_of(picture), DRAWING if self._kind == DRAWING else PHOTO)

    def _take_path(self, path: Path) -> None:
        self._begin()
        self._keeping.take_path(self, self._folder, path, self._kind, self._kept, self._not_kept)

    def _take_picture(self, content: bytes, kind: str) -> None:
        self._begin()
        self._keeping.take_picture(self, self._folder, content, kind, self._kept, self._not_kept)

    def _begin(self) -> None:
        if has_keyboard(self):
            self.focus()  # a button that goes away would send the keyboard to the next question
        self._busy = True
        self._wrong.say("")
        self._show(None)

    def _kept(self, file: str) -> None:
        self._busy = False
        if file != self._file:
            self._file = file
            self.given.emit(file)
        self._show(None)
        self._keeping.look(self, file, _SMALL, self._looked, self._cannot_look)

    def _not_kept(self, error: UserError) -> None:
        self._busy = False
        self._show(None)
        if self._file:
            self._keeping.look(self, self._file, _SMALL, self._looked, self._cannot_look)
        self._say_wrong(error)

    def _take_out(self) -> None:
        self._file = ""
        self._wrong.say("")
        self._show(None)
        self.given.emit("")
        self.focus()

    # ---- drawing and looking ----------------------------------------------------------------------------------------

    def _open_pad(self) -> None:
        if self._may and not self._busy:
            signs = "signature" in self._appearance
            DrawingBox(self.window(), self._label, lambda png: self._take_picture(png, DRAWING), signs=signs).open()

    def _open_look(self) -> None:
        if self._picture.isNull():
            return

        def show(looked: Looked) -> None:
            picture = QPixmap()
            picture.loadFromData(looked.picture)
            box = LookBox(self.window(), self._label or self._title.text(), picture)
            if self._may and "annotate" in self._appearance:
                box.offer(tr("Draw on it"), lambda: self._draw_on(picture))
            if self._may:
                box.offer(tr("Replace"), self._open_pad if self._kind == DRAWING and "annotate" not in self._appearance else self._ask_for_file)
            box.offer(tr("Save a copy"), self._ask_for_copy)
            box.open()

        self._keeping.look(self, self._file, _LARGE, show, self._say_wrong)

    def _draw_on(self, picture: QPixmap) -> None:
        DrawingBox(self.window(), self._label, lambda png: self._take_picture(png, DRAWING), signs=False, below=picture).open()

    def _ask_for_copy(self) -> None:
        file, name = self._file, self._title.text()

        def choose() -> None:
            messages.choose_place(self, tr("Save a copy"), name, lambda to: self._keeping.copy(self, file, to, lambda: None, self._say_wrong))

        ask_before(
            self, tr("The copy is not locked."),
            tr("Anybody who gets it can read it. Keep it only as long as it is needed, and never on a stick that travels."),
            tr("Save a copy"), choose, danger=True,
        )


class LookBox(Box):
    """A picture as large as the window allows. `instead`: what is said where there is none to show."""

    def __init__(self, parent: QWidget, title: str, picture: QPixmap, *, instead: str = "") -> None:
        room = QSize(max(320, min(1000, parent.width() - 120)), max(200, parent.height() - 240))
        shown = picture
        if not picture.isNull():
            shown = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        super().__init__(parent, "look", title, width=max(560, shown.width() + 48))
        label = QLabel(instead)
        label.setObjectName("look_picture")
        label.setAccessibleName(title)
        if not picture.isNull():
            label.setPixmap(shown)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(label)
        close = Button(tr("Close"), "primary", hint="Esc", name="look_close")
        close.clicked.connect(self.reject)
        self.buttons.addWidget(close)
        self.buttons.addStretch(1)
        self._last = self.buttons.count() - 1
        self.fit()
        close.setFocus()

    def offer(self, words: str, then: Callable[[], None]) -> None:
        """One more thing to do with it; the box closes first."""
        made = Button(words, name=f"look_way_{self.buttons.count()}")
        made.clicked.connect(self.accept)
        made.clicked.connect(lambda: then())
        self.buttons.insertWidget(self._last, made)
        self._last += 1
        self.fit()
