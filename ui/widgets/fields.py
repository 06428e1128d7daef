"""Fields: a label above, help or what is wrong below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui import words
from ui.theme import icons
from ui.theme.fonts import font
from ui.theme.tokens import C
from ui.words import tr

from .burmese_text import NoticesZawgyi
from .labels import Note, Words
from .layout import col, row, show_if

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAKS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")


class _OneLine(QValidator):
    """Takes what is pasted as one line, without characters that nobody sees and that would be refused later."""

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        head, tail = self._plain(text[:place]), self._plain(text[place:])
        return QValidator.State.Acceptable, head + tail, len(head)

    def _plain(self, text: str) -> str:
        return _BREAKS.sub(" ", _UNSEEN.sub("", text))


def _takes_back(event: QEvent) -> bool:
    """True if this asks whether the field wants Ctrl+Z for itself."""
    return event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)


def _are_files(event: QDragEnterEvent) -> bool:
    """True if files are dragged: they are for the window, not for the field, which would take their addresses as words."""
    return event.mimeData().hasUrls()


class Line(NoticesZawgyi, QLineEdit):
    """One line of text. Ctrl+Z belongs to the field only once something was typed in it: else it takes back the last save."""

    tidies = True

    def __init__(self, text: str = "", *, name: str, hint: str = "", width: int = 0, icon: str = "", limit: int = 500) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        self.setFont(font("body"))
        self.setFixedHeight(words.metrics().field)
        self.setMaxLength(limit)
        self.setProperty("wrong", "")
        if self.tidies:
            self.setValidator(_OneLine(self))
        if width:
            self.setFixedWidth(width)
        if icon:
            self.addAction(icons.icon(icon, 20, C.ink3), QLineEdit.ActionPosition.LeadingPosition)
        self._before = text
        self.textEdited.connect(lambda _text: self.edited_from(self._before))
        self.textChanged.connect(self._changed)

    def _changed(self, text: str) -> None:
        self._before = text
        self.settle()

    def keeps_undo(self) -> bool:
        """True if there is something of its own to take back."""
        return self.isUndoAvailable() or self.isRedoAvailable()

    def event(self, event: QEvent) -> bool:
        if _takes_back(event) and not self.keeps_undo():
            event.ignore()
            return False
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _are_files(event):
            event.ignore()
        else:
            super().dragEnterEvent(event)


class Search(Line):
    """A search field: Up and Down go to the list (`moved`), Enter opens what is chosen (`entered`), Esc empties it."""

    moved = Signal(int)
    entered = Signal()

    def __init__(self, *, name: str, hint: str) -> None:
        super().__init__(name=name, hint=hint, icon="search")
        self.setAccessibleName(hint)
        self._clear = self.addAction(icons.icon("close", 16, C.ink2), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setText(tr("Empty the search"))
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def keeps_undo(self) -> bool:
        return bool(self.property("took_offer")) and super().keeps_undo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.look_for_zawgyi()
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class Secret(Line):
    """A passphrase: dots, with an eye to look at it. `caps_lock` tells whether Caps Lock seems to be on."""

    caps_lock = Signal(bool)
    holds_words = False
    tidies = False  # what is pasted is the passphrase, to the last character

    def __init__(self, *, name: str, width: int = 0) -> None:
        super().__init__(name=name, width=width, limit=1000)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._eye = QAction(icons.icon("eye", 20, C.ink2), tr("Show what I type"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self.show_plainly)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._caps = False

    def show_plainly(self, on: bool) -> None:
        """Letters instead of dots."""
        self._eye.setChecked(on)
        self._eye.setIcon(icons.icon("eye-off" if on else "eye", 20, C.ink2))
        self.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt cannot ask for the state of Caps Lock: a letter that does not fit its Shift key tells it.
        text, shift = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock and not event.isAutoRepeat():
            self._tell(not self._caps)
        elif len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            self._tell(text.isupper() != shift)
        super().keyPressEvent(event)

    def _tell(self, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps_lock.emit(on)


class Lines(NoticesZawgyi, QPlainTextEdit):
    """Running text. Tab leaves the field."""

    def __init__(self, text: str = "", *, name: str, rows: int = 3) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setFont(font("body"))
        self.setTabChangesFocus(True)
        line = round(self.fontMetrics().height() * (1.35 if words.language() == "my" else 1.1))
        self.setFixedHeight(line * rows + 16)
        self._before = text
        self.textChanged.connect(self._changed)

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if _takes_back(event) and not document.isUndoAvailable() and not document.isRedoAvailable():
            event.ignore()
            return False
        return super().event(event)

    def _changed(self) -> None:
        before, self._before = self._before, self.toPlainText()
        self.edited_from(before)
        self.settle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _are_files(event):
            event.ignore()
        else:
            super().dragEnterEvent(event)


class Drop(QComboBox):
    """Five answers or more, one of them right. `pairs` are (key, words). The wheel scrolls the page, not the answer."""

    picked = Signal(str)

    def __init__(self, pairs: Sequence[tuple[str, str]], *, name: str, current: str = "", width: int = 0) -> None:
        super().__init__()
        self.setObjectName(name)
        for key, text in pairs:
            self.addItem(text, key)
        self.setFont(font("body"))
        self.setFixedHeight(words.metrics().field)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if width:
            self.setFixedWidth(width)
        self.choose(current)
        self.activated.connect(lambda _at: self.picked.emit(self.key()))
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(self.width() - 26, self.height() / 2 - 8, 16, 16)
        icons.paint(painter, "chevron-down", place, C.ink if self.isEnabled() else C.faint)
        painter.end()

    def key(self) -> str:
        """The key of the answer that is chosen."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose an answer without telling anybody."""
        self.setCurrentIndex(max(0, self.findData(key)))


class Labelled(QWidget):
    """A field with its label above and one line below: help, or what is wrong and what to do. In the `room` below it stand offers."""

    def __init__(self, label: str, field: QWidget, *, help: str = "", optional: bool = False, beside: QWidget | None = None) -> None:
        super().__init__()
        self.field, self._help = field, help
        self.title = Words(label, "body", "second")
        self.title.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        name = field.objectName()
        self.setObjectName(f"{name}_question")
        self._problem = Note("warning", "", "danger", name=f"{name}_problem")
        self._below = Words(help, "small", "hint", wrap=True)
        show_if(self._below, bool(help))
        head: QHBoxLayout = row(self.title, *([Words(tr("optional"), "small", "hint")] if optional else []), None, gap=6)
        line = row(field, beside, None) if beside is not None else field
        self.room = col()
        self.setLayout(col(head, words.metrics().gap, line, self.room, 3, self._problem, self._below))
        # Answers that wrap to more lines need more height than Qt foresees from one line of them.
        down = QSizePolicy.Policy.Preferred if field.hasHeightForWidth() else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, down)

    def wrong(self, text: str, *, severe: bool = True) -> None:
        """Say below the field what is wrong. Not `severe`: doubtful, the answer is kept, in amber. "" takes it back."""
        self._problem.say(text, "danger" if severe else "warn")
        self._below.setVisible(bool(self._help) and not text)
        self.field.setProperty("wrong", ("true" if severe else "warn") if text else "")
        self.field.setAccessibleDescription(text)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def problem(self) -> str:
        """What it says is wrong now."""
        return self._problem.words.text() if not self._problem.isHidden() else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.field.setFocus(event.reason())
