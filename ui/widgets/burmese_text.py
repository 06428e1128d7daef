"""Zawgyi is noticed as text is typed or pasted, and an offer stands beneath the field: the text before and after, and two ways to go on.

Nothing is changed before the person chose; what was chosen is taken back with Ctrl+Z in the field; a text that was kept as it is is not
asked about again. It is looked for when the keyboard leaves the field, when something was pasted, and when Ctrl+Enter would save; never
while an input method is composing. All fields for words have this by `NoticesZawgyi`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.services.burmese import ASK, KEEP, Verdict, reading
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import col, fill, ground
from ui.words import tr

USE, LEAVE = "F9", "Shift+F9"
_NARROW = 330  # pixels: in less the two buttons stand below each other
_FLOATING, _WIDEST = 460, 560
_DOTS = "•" * 8
_NOT_LEFT = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
_HINT = Qt.InputMethodHint
_NO_WORDS = _HINT.ImhDigitsOnly | _HINT.ImhPreferNumbers | _HINT.ImhFormattedNumbersOnly
_kept: set[str] = set()  # texts that were kept as they are, as long as the program runs

if TYPE_CHECKING:
    _Field = QWidget
else:
    _Field = object


class NoticesZawgyi(_Field):
    """What a field for words has beside its own behaviour. Mixed into a QLineEdit or QPlainTextEdit, before it."""

    holds_words = True  # False for what is no language: passphrases
    secret = False  # True for words that stand as dots: an offer does not write them out
    _composing = False  # an input method holds letters that are not in the text yet
    _by_method = False  # the change under way comes from an input method
    _holds_back = False  # the Ctrl+Enter under way does not save
    _pasted: Verdict | None = None  # about a text into which Zawgyi was pasted between Unicode
    _shown_offer: Offer | None = None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _NOT_LEFT:
            self.look_for_zawgyi()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing, self._by_method = bool(event.preeditString()), True
        super().inputMethodEvent(event)
        self._by_method = False

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter saves without leaving the field: the first one shows the offer, the next one saves.
        saves = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if saves and cast(QKeyEvent, event).modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.type() == QEvent.Type.ShortcutOverride and self._first_told():
                self._holds_back = True
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._holds_back:
                self._holds_back = False
                return True
        return super().event(event)

    def _first_told(self) -> bool:
        """True if this text is Zawgyi and nobody was told yet; then they are now."""
        before = self._shown_offer
        self._look()
        return self._shown_offer is not None and self._shown_offer is not before

    def edited_from(self, before: str) -> None:
        """Called after the person changed the text from what it was: several letters more at once were pasted."""
        text = self.words()
        if len(text) > len(before) + 1 and not self._by_method:
            self._pasted = _of_pasted(before, text)
            self.look_for_zawgyi()

    def look_for_zawgyi(self) -> None:
        """Look, as soon as what is happening now is over."""
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        looks = self.isVisible() and not self._composing and self._is_words() and self._typed_in()  # the page may be gone by now
        found = self._reading() if looks else None
        if found is None or found.verdict == KEEP or found.text in _kept:
            self._close()
        elif self._shown_offer is None or self._shown_offer.found != found:
            self._close()
            self._shown_offer = Offer(self, found)

    def _reading(self) -> Verdict:
        text = self.words()
        return self._pasted if self._pasted is not None and self._pasted.text == text else reading(text)

    def _close(self) -> None:
        if self._shown_offer is not None:
            self._shown_offer.go()
            self._shown_offer = None

    def chose(self, found: Verdict, use: bool) -> None:
        """The person chose: write the text in Unicode, so that the field can undo it, or remember that it stays."""
        self._close()
        if not use:
            _kept.add(found.text)
        elif self.words() == found.text:
            self.write_over(found.converted)
            self.setProperty("took_offer", True)

    def settle(self) -> None:
        """Called when the text may have changed or the field may be gone from the page: an offer about something else goes."""
        if self._shown_offer is not None and (self._shown_offer.found.text != self.words() or not self.isVisible()):
            self._close()

    def words(self) -> str:
        """What is in the field."""
        return self.toPlainText() if isinstance(self, QPlainTextEdit) else cast(QLineEdit, self).text()

    def write_over(self, text: str) -> None:
        """Put another text in place of all of it, in one step that Ctrl+Z takes back."""
        if isinstance(self, QPlainTextEdit):
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
        else:
            line = cast(QLineEdit, self)
            line.selectAll()
            line.insert(text)

    def _typed_in(self) -> bool:
        return self.document().isModified() if isinstance(self, QPlainTextEdit) else cast(QLineEdit, self).isModified()

    def _is_words(self) -> bool:
        return self.holds_words and not self.inputMethodHints() & _NO_WORDS


def _alike(one: str, two: str) -> int:
    """How many letters two texts share from their beginning."""
    return next((at for at, (mine, other) in enumerate(zip(one, two)) if mine != other), min(len(one), len(two)))


def _of_pasted(before: str, text: str) -> Verdict | None:
    """The verdict about Zawgyi that was pasted into a text that is none: only what was pasted is converted. None if that is not so."""
    begin = _alike(before, text)
    end = _alike(before[begin:][::-1], text[begin:][::-1])
    part = reading(text[begin:len(text) - end])
    if not before[:begin] + before[len(before) - end:] or part.verdict == KEEP or reading(before).verdict != KEEP:
        return None
    return Verdict(text, part.verdict, text[:begin] + part.converted + text[len(text) - end:])


class Offer(QFrame):
    """The offer beneath a field. A part of a page around it that has an attribute `room` (a QVBoxLayout) takes it in; elsewhere it floats."""

    _open: ClassVar[list[Offer]] = []  # the last one has the keys

    def __init__(self, field: NoticesZawgyi, found: Verdict) -> None:
        super().__init__()
        self.found, self._field = found, field
        name = f"{field.objectName()}_zawgyi"
        self.setObjectName(name)
        self.setProperty("offer", "true")
        ground(self, "surface")
        asks = found.verdict == ASK
        said = tr("This can be read in two ways. Which one is right?") if asks else tr("This looks like Zawgyi, the older writing.")
        self.setAccessibleName(said)
        room = self._room(field)
        around = room.parentWidget() if room is not None else None
        wide = around.width() if around is not None else _FLOATING
        self._use = self._button(tr("Use this"), "normal", USE, f"{name}_use", lambda: self._choose(True))
        self._keep = self._button(tr("Keep as it is"), "quiet", "" if wide < _NARROW else LEAVE, f"{name}_keep", lambda: self._choose(False))
        before, after = (_DOTS, _DOTS) if field.secret else (found.text, found.converted)
        self._use.setAccessibleDescription(f"{after}. {USE}")
        self._keep.setAccessibleDescription(f"{before}. {LEAVE}")
        ways = QBoxLayout(QBoxLayout.Direction.TopToBottom if wide < _NARROW else QBoxLayout.Direction.LeftToRight)
        ways.setSpacing(4 if wide < _NARROW else 8)
        fill(ways, self._use, self._keep, None)
        self.setLayout(col(
            Note("info", said, "second"), 6,
            Words(tr("As typed (Zawgyi)") if not asks else tr("As typed"), "small", "hint", wrap=True), self._text(before, f"{name}_before"), 4,
            Words(tr("In Unicode"), "small", "hint", wrap=True), self._text(after, f"{name}_after"), 6, ways, edge=(10, 8, 10, 8),
        ))
        self._keys = [self._key(USE, self._use), self._key(LEAVE, self._keep)]
        Offer._open.append(self)
        self._give_keys()
        field.destroyed.connect(self.go)
        self._place(field, room)
        QWidget.setTabOrder(field, self._use)
        QWidget.setTabOrder(self._use, self._keep)

    def _text(self, text: str, name: str) -> Words:
        made = Words(text if len(text) <= 300 else f"{text[:300]}…", "strong", wrap=True)
        made.setObjectName(name)
        return made

    def _button(self, text: str, kind: str, hint: str, name: str, work: Callable[[], None]) -> Button:
        made = Button(text, kind, hint=hint, name=name)
        made.clicked.connect(work)
        return made

    def _key(self, keys: str, button: Button) -> QShortcut:
        made = QShortcut(QKeySequence(keys), self)
        made.activated.connect(button.click)
        return made

    @staticmethod
    def _give_keys() -> None:
        for one in Offer._open:
            for key in one._keys:
                key.setEnabled(one is Offer._open[-1])

    def _choose(self, use: bool) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.chose(self.found, use)

    @staticmethod
    def _room(field: QWidget) -> QVBoxLayout | None:
        at = field.parentWidget()
        while at is not None:
            room = getattr(at, "room", None)
            if isinstance(room, QVBoxLayout):
                return room
            at = at.parentWidget()
        return None

    def _place(self, field: QWidget, room: QVBoxLayout | None) -> None:
        if room is not None:
            room.setContentsMargins(0, 4, 0, 0)
            room.addWidget(self)
            self.setMaximumWidth(_WIDEST)
            self.show()
            if field.hasFocus():
                QTimer.singleShot(0, self, self._bring_into_sight)
            return
        self.setParent(field.window())
        field.installEventFilter(self)
        field.window().installEventFilter(self)
        self._float()
        self.show()
        self.raise_()

    def _bring_into_sight(self) -> None:
        at = self.parentWidget()
        while at is not None and not isinstance(at, QScrollArea):
            at = at.parentWidget()
        if isinstance(at, QScrollArea):
            at.ensureWidgetVisible(self, 0, 12)

    def _float(self) -> None:
        window = self._field.window()
        wide = min(_FLOATING, window.width() - 16)
        self.setFixedSize(wide, self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height())
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + 4))
        above = self._field.mapTo(window, QPoint(0, -4 - self.height()))
        y = corner.y() if corner.y() + self.height() <= window.height() or above.y() < 0 else above.y()
        self.move(max(8, min(corner.x(), window.width() - wide - 8)), y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._float()
        elif event.type() == QEvent.Type.Hide:
            self._field.settle()
        return False

    def go(self) -> None:
        """Take it off the page."""
        if self not in Offer._open:
            return
        Offer._open.remove(self)
        self._give_keys()
        at = self.parentWidget()
        room = getattr(at, "room", None) if at is not None else None
        self.hide()
        if isinstance(room, QVBoxLayout):
            room.removeWidget(self)
            room.setContentsMargins(0, 4 if room.count() else 0, 0, 0)
        self.setParent(None)
        self.deleteLater()
