"""Boxes that stand over the window until they are answered. They are opened, never executed: no nested event loops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.jobs import Handle
from ui.messages import Message
from ui.words import tr

from .buttons import Button
from .labels import Mark, Words
from .layout import col, row


class Box(QDialog):
    """A modal box with a title, a body to fill and buttons. It lets itself go when it is closed."""

    def __init__(self, parent: QWidget, name: str, title: str, *, icon: str = "", tone: str = "second", width: int = 560) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(width)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        head = Words(title, "heading", wrap=True)
        head.setObjectName(f"{name}_title")
        right = col(head, 8, self.body, 20, self.buttons)
        parts = (col(Mark(icon, tone, 28), None), (right, 1)) if icon else ((right, 1),)
        self.setLayout(row(*parts, gap=16, edge=(24, 22, 24, 20)))

    def fit(self) -> None:
        """As high as its words need at its width. It follows by itself when something in it is shown or hidden."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(layout.heightForWidth(self.width()) if layout.hasHeightForWidth() else layout.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return done


class MessageBox(Box):
    """A message with its answers. `then` is called once, with "" if the box was closed."""

    def __init__(self, parent: QWidget, message: Message, then: Callable[[str], None]) -> None:
        super().__init__(parent, "message", message.title, icon=message.icon, tone=message.tone)
        self._then, self._answer = then, ""
        for at, paragraph in enumerate(part for part in message.text.split("\n") if part):
            if at:
                self.body.addSpacing(6)
            self.body.addWidget(Words(paragraph, "body", "second", wrap=True))
        for at, answer in enumerate(message.answers):
            made = Button(answer.words, answer.kind, name=f"answer_{answer.key}")
            made.setDefault(at == 0)
            made.clicked.connect(lambda _on=False, key=answer.key: self._answered(key))
            self.buttons.addWidget(made)
            if at == 0:
                made.setFocus()
        self.buttons.addStretch(1)
        self.finished.connect(lambda _code: self._then(self._answer))
        self.fit()

    def _answered(self, key: str) -> None:
        self._answer = key
        self.accept()


class ProgressBox(Box):
    """Work that takes longer than 300 ms: what is being done, how far it is, and a way to stop it."""

    def __init__(self, parent: QWidget, handle: Handle) -> None:
        super().__init__(parent, "progress", handle.words, icon="clock", width=460)
        self._handle = handle
        self._bar = QProgressBar()
        self._bar.setObjectName("progress_bar")
        self._bar.setAccessibleName(handle.words)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self.body.addWidget(self._bar)
        handle.steps.connect(self._show)
        if handle.can_cancel:
            self._stop = Button(tr("Stop"), hint="Esc", name="progress_stop")
            self._stop.clicked.connect(self._cancel)
            self.buttons.addWidget(self._stop)
        self.buttons.addStretch(1)
        self.fit()

    def _show(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._handle.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._handle.can_cancel:
                self._cancel()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._handle.over:
            event.accept()
        else:
            event.ignore()


def _dialog(parent: QWidget, title: str, name: str) -> QFileDialog:
    made = QFileDialog(parent, title, str(Path.home()))
    made.setObjectName(name)
    # Qt's own dialog: the system's would remember the file in its list of recent files.
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.setWindowModality(Qt.WindowModality.WindowModal)
    before = _visited()
    made.destroyed.connect(lambda: _forget_visits(before))
    return made


_VISITED = ("FileDialog/history", "FileDialog/lastVisited")


def _visited() -> dict[str, object]:
    """What Qt's dialog remembers of folders that were visited, with this program and others made with Qt: in a plain file."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    return {name: kept.value(name) for name in _VISITED if kept.contains(name)}


def _forget_visits(before: Mapping[str, object]) -> None:
    """Where a file was chosen says too much: the dialog writes it down when it closes, and what stood there before is put back."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in _VISITED:
        if name in before:
            kept.setValue(name, before[name])
        else:
            kept.remove(name)
    kept.sync()


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Choose a folder."""
    made = _dialog(parent, title, "choose_folder")
    made.setFileMode(QFileDialog.FileMode.Directory)
    made.setOption(QFileDialog.Option.ShowDirsOnly)
    made.fileSelected.connect(lambda chosen: then(Path(chosen)))
    made.open()


def choose_file(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Choose a file that exists."""
    made = _dialog(parent, title, "choose_file")
    made.setFileMode(QFileDialog.FileMode.ExistingFile)
    made.fileSelected.connect(lambda chosen: then(Path(chosen)))
    made.open()


def choose_files(parent: QWidget, title: str, then: Callable[[tuple[Path, ...]], None]) -> None:
    """Choose one file or several that exist."""
    made = _dialog(parent, title, "choose_files")
    made.setFileMode(QFileDialog.FileMode.ExistingFiles)
    made.filesSelected.connect(lambda chosen: then(tuple(Path(one) for one in chosen)))
    made.open()


def choose_place(parent: QWidget, title: str, suggested: str, then: Callable[[Path], None]) -> None:
    """Choose where to write a file; Qt asks before an existing one is written over."""
    made = _dialog(parent, title, "choose_place")
    made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    made.setDefaultSuffix(Path(suggested).suffix.lstrip("."))
    made.selectFile(suggested)
    made.fileSelected.connect(lambda chosen: then(Path(chosen)))
    made.open()
