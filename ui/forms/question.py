"""One question: its words, where it is answered, why it is not, and what is wrong."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from desktop.domain.values import Silence
from desktop.services.intake import Node
from desktop.words.labels import silence_label
from ui import words
from ui.forms.columns import Headed, follow_width
from ui.forms.entries import entry_for, kind_of
from ui.forms.entry import Entry, TakesBack
from ui.forms.file_entry import FileEntry
from ui.forms.filling import Filling
from ui.forms.markdown import plain, say
from ui.theme import draw
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, clear, col, focus_soon, has_keyboard, row
from ui.words import tr

_SPAN = re.compile(r"w(\d{1,2})")
_HEADS = re.compile(r"/generated_table_list_label_\d+$")  # what the compiler makes of the words of a group with one shared head
_WIDEST = 16_777_215  # what Qt takes for "no limit"
_PICTURE = QSize(420, 260)
_PROBLEM = 200  # what is wrong gets this much room, however narrow its field is
_ICONS = {Silence.UNKNOWN: "help", Silence.REFUSED: "close", Silence.NOT_ASKED: "clock"}


def name_of(path: str) -> str:
    """The objectName of what stands for a node: ``/data/with_you[2]/age`` is ``with_you_2_age``."""
    return "_".join(re.findall(r"\w+", path)[1:])


def span_of(node: Node) -> int:
    """How many columns of twelve a question takes: all, unless the form says less."""
    found = next((match for one in node.appearance if (match := _SPAN.fullmatch(one))), None)
    return int(found[1]) if found and 1 <= int(found[1]) <= 12 else 12


class SilenceChip(QPushButton):
    """The silence that was chosen, inside the field or below the answers. Pressing it takes it back."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon = ""
        self.hide()

    def say(self, label: str, silence: Silence) -> None:
        """Show this silence of the question with that label."""
        self._icon = _ICONS[silence]
        self.setText(silence_label(silence, words.language()))
        self.setAccessibleName(tr("{question}: {answer}. Press to take it back.", question=label, answer=self.text()))
        self.setToolTip(self.text())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(draw.chip_width(self.text(), self._icon), words.metrics().chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw.chip(painter, 0, self.height() / 2, self.height(), self.text(), "accent", self._icon, room=self.width())
        painter.end()


class Picture(QLabel):
    """The picture of a label or a note, no larger than it needs to be."""

    def __init__(self, picture: QPixmap, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        if picture.width() > _PICTURE.width() or picture.height() > _PICTURE.height():
            picture = picture.scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self.setPixmap(picture)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)


class QuestionView(Headed):
    """Shows one question of a form and tells `filling` what is answered. `strong`: its words in bold, for forms of few questions.

    The way to the silences is F4 (a command of the page, which calls `open_silences`) or the small button that stands at the right of
    the words while the keyboard is here. Signal: `onward(this question)` when Enter says that it is done.
    """

    onward = Signal(object)

    def __init__(self, filling: Filling, node: Node, *, strong: bool = False) -> None:
        super().__init__()
        self._filling, self._node = filling, node
        self._name = name_of(node.path)
        self.setObjectName(f"{self._name}_question")
        self._title = Words("", "strong" if strong else "body", "" if strong else "second", wrap=True)
        self._needed = Words(tr("needed"), "small", "hint")
        self._hint = Words("", "small", "hint", wrap=True)
        self._guide: Guidance | None = None
        self._problem = Note("warning", "", "danger", name=f"{self._name}_problem")
        self._problem.words.setAccessibleName("")
        self._chip = SilenceChip(self, f"{self._name}_silence")
        self._chip.clicked.connect(self._take_back)
        self._none: Button | None = None
        self._below = col()
        self._under = col(self._hint)
        self._more = col()
        self._place = col()
        self.room = col()
        self._kind = ""
        self._shown = ""
        self._make_entry(node)
        self._build()
        self.show_node(node)

    def _make_entry(self, node: Node) -> None:
        """The entry that fits the question as it is now."""
        self._kind = self._kind_of(node)
        if self._place.count():
            clear(self._place)
            self._chip.setParent(self)
        self.entry: Entry = self._new_entry(node)
        self.entry.setMaximumWidth(self.entry.most or _WIDEST)
        self.entry.given.connect(self._given)
        self.entry.onward.connect(self._done)
        self._place.addWidget(self.entry)
        inside = self.entry.inside
        if inside is not None:
            back = TakesBack(inside)
            back.wanted.connect(self._take_back)
            inside.installEventFilter(back)
        self._title.setBuddy(self.entry.field)

    def _kind_of(self, node: Node) -> str:
        """The kind of entry it needs now. A field does not change between one line and several under the hands of somebody who types."""
        kind = kind_of(node)
        if {kind, self._kind} != {"text", "lines"} or not has_keyboard(self.entry):
            return kind
        return kind if len(node.value.splitlines()) > 1 else self._kind

    def _new_entry(self, node: Node) -> Entry:
        filling = self._filling
        return entry_for(node, self._name, filling.picture, lambda: FileEntry(node, self._name, filling.keeping, filling.folder_of(node)))

    def _build(self) -> None:
        # The words take the room they need up to the whole width, then they wrap; "needed" follows them closely.
        head = row((self._title, 1000), self._needed, None, gap=8)
        picture = self._filling.picture(self._node.media.image) if self._node.media.image else None
        above: list[Part] = [Picture(picture, plain(self._node.label)), 4] if picture is not None else []
        gap = words.metrics().gap
        self.setLayout(col(head, *above, gap, self._place, self.room, self._below, self._under, self._more, self._problem))
        follow_width(self)

    @property
    def path(self) -> str:
        """Where it stands in the form now."""
        return self._node.path

    @property
    def can_answer(self) -> bool:
        """False for what is only read."""
        return not self._node.readonly

    # ---- showing ----------------------------------------------------------------------------------------------------

    def show_node(self, node: Node) -> None:
        """Show the question as it stands. Only what is different is touched."""
        self._node = node
        if self._kind_of(node) != self._kind:
            held = has_keyboard(self.entry)
            self._make_entry(node)
            if held:
                focus_soon(self.entry.start)
        label = plain(node.label)
        if not self._shown or label != self._shown:
            self._shown = label
            say(self._title, node.label)
            self._title.setMaximumWidth(max(self._title.fontMetrics().horizontalAdvance(line) for line in label.split("\n")) + 4)
        self.entry.put(node, self._filling.shown_text(node))
        field = self.entry.field
        if field.accessibleName() != label:
            field.setAccessibleName(label or self._name)
        self._needed.setVisible(node.required and not node.readonly)
        if self._hint.text() != node.hint:
            say(self._hint, node.hint)
        text, severe = self._filling.complaint(node)
        hinted = bool(node.hint) and not text
        self._hint.setVisible(hinted)
        self._under.setContentsMargins(0, 3 if hinted else 0, 0, 0)
        self._show_guidance(node.guidance)
        self._say_wrong(text, severe)
        self._show_silence()

    def _show_guidance(self, text: str) -> None:
        if text and self._guide is None:
            self._guide = Guidance(self._name)
            self._more.addWidget(self._guide)
        if self._guide is not None:
            self._guide.say(text)

    def _say_wrong(self, text: str, severe: bool) -> None:
        tone, state = ("danger", "true") if severe else ("warn", "warn")
        self._problem.say(text, tone)
        for part in self.entry.parts():
            wanted = state if text else ""
            if part.property("wrong") != wanted:
                part.setProperty("wrong", wanted)
                part.style().unpolish(part)
                part.style().polish(part)
        said = ". ".join(one for one in (text or self._node.hint, self._silence_words()) if one)
        if self.entry.field.accessibleDescription() != said:
            self.entry.field.setAccessibleDescription(said)

    def _silence_words(self) -> str:
        silence = self._node.silence
        return silence_label(silence, words.language()) if silence is not None else ""

    def _show_silence(self) -> None:
        silence = self._node.silence
        if silence is None:
            self._chip.hide()
            self._below.setContentsMargins(0, 0, 0, 0)
            self._below.removeWidget(self._chip)
            return
        self._chip.say(self._node.label, silence)
        self._place_chip()
        self._chip.show()

    def _place_chip(self) -> None:
        inside, wanted = self.entry.inside, self._chip.sizeHint()
        # A chip inside the field moves nothing; where the field is too narrow, or there is none, it stands below.
        if inside is not None and inside.width() >= wanted.width() + 16:
            self._below.removeWidget(self._chip)
            self._below.setContentsMargins(0, 0, 0, 0)
            self._chip.setParent(inside)
            self._chip.setGeometry(QRect(QPoint(7, (inside.height() - wanted.height()) // 2), wanted))
        else:
            self._chip.setParent(self)
            self._chip.setMaximumWidth(wanted.width())
            self._below.setContentsMargins(0, 4, 0, 0)
            self._below.addWidget(self._chip)
        self._chip.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._node.silence is not None:
            self._place_chip()
        self._place_button()

    def _place_button(self) -> None:
        if self._none is None:
            return
        size, head = self._none.sizeHint(), self._title.height()
        used = draw.width_of(self._shown, "strong") + (60 if self._node.required else 0)
        fits = self.width() - min(used, self._title.width() + 60) >= size.width() and used + size.width() <= self.width()
        self._none.setGeometry(self.width() - size.width(), (head - size.height()) // 2, size.width(), size.height())
        self._none.setVisible(self._none.isEnabled() and self._holds_keyboard and fits)
        self._none.raise_()

    _holds_keyboard = False

    def keyboard(self, here: bool) -> None:
        """The keyboard has come to this question, or has left it."""
        self._holds_keyboard = here
        if self._none is None and here and self._ways_out():
            self._none = Button(tr("No answer"), "quiet", hint="F4", small="accent", name=f"{self._name}_no_answer")
            self._none.setParent(self)
            self._none.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._none.clicked.connect(self.open_silences)
        if self._none is not None:
            self._none.setEnabled(bool(self._ways_out()))
        self._place_button()

    def head_height(self, width: int) -> int:
        beside = self._needed.sizeHint().width() + 8 if self._node.required else 0
        return max(self._title.heightForWidth(min(self._title.maximumWidth(), width - beside)), self._needed.height() if beside else 0)

    def field_wish(self) -> int:
        if self._problem.isHidden():
            return self.entry.wish
        words = self._problem.words
        return max(self.entry.wish, min(_PROBLEM, words.fontMetrics().horizontalAdvance(words.text()) + 26))

    def sizeHint(self) -> QSize:
        label = self._title.maximumWidth()
        label += self._needed.sizeHint().width() + 8 if self._node.required else 0
        return QSize(max(self.entry.wish, min(label, 260)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self.entry.least, 40), super().minimumSizeHint().height())

    # ---- answering --------------------------------------------------------------------------------------------------

    def _given(self, text: str) -> None:
        if not text and self._node.silence is not None:
            return
        self._filling.answer(self.path, text)

    def _done(self) -> None:
        self.onward.emit(self)

    def _take_back(self) -> None:
        if self._node.silence is not None:
            self._filling.be_silent(self.path, None)
            self.entry.focus()

    def _ways_out(self) -> tuple[Silence, ...] | bool:
        """The silences the form allows here; True if there is only an answer to take out."""
        if self._node.readonly:
            return False
        return self._node.silences or bool(self._filling.shown_text(self._node))

    def open_silences(self) -> None:
        """The menu of reasons why there is no answer; digits choose."""
        if not self._ways_out():
            return
        menu = QMenu(self)
        menu.setObjectName(f"{self.objectName()}_silences")
        for at, silence in enumerate(self._node.silences, 1):
            action = menu.addAction(f"&{at}   {silence_label(silence, words.language())}")
            action.setObjectName(f"silence_{silence.value}")
            action.setCheckable(True)
            action.setChecked(silence is self._node.silence)
            action.triggered.connect(partial(self._choose, silence))
        if self._node.silence is not None:
            menu.addSeparator()
            menu.addAction(f"&0   {tr('There is an answer')}").triggered.connect(self._take_back)
        elif self._filling.shown_text(self._node):
            menu.addSeparator()
            menu.addAction(f"&9   {tr('Take the answer out')}").triggered.connect(self._empty)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self._title.height() + 4)))

    def turn_guidance(self) -> None:
        """Show or hide the longer hint."""
        if self._guide is not None:
            self._guide.turn()

    def _empty(self) -> None:
        self._filling.answer(self.path, "")

    def _choose(self, silence: Silence, _on: bool = False) -> None:
        self._filling.be_silent(self.path, silence)


class Guidance(QWidget):
    """A longer hint, on demand."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._more = Button(tr("How to ask this"), "quiet", "help", small="accent", name=f"{name}_guidance")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.clicked.connect(self.turn)
        self._words = Words("", "small", "second", wrap=True)
        self._words.hide()
        self._text = ""
        self.setLayout(col(row(self._more, None), self._words, gap=2))
        self.hide()

    def say(self, text: str) -> None:
        """The hint of the question now; "" for none."""
        if text != self._text:
            self._text = text
            say(self._words, text)
            self.setVisible(bool(text))

    def turn(self) -> None:
        """Show or hide it."""
        self._words.setVisible(self._words.isHidden() and bool(self._text))


class NoteView(QWidget):
    """Text of a form that is read, not answered. What comes up because of an answer is a warning."""

    def __init__(self, filling: Filling, node: Node, *, warns: bool) -> None:
        super().__init__()
        self.setObjectName(name_of(node.path))
        tone = "warn" if warns else "second"
        self._text = ""
        heads = bool(_HEADS.search(node.path))
        self._note = Note("warning" if warns else "info", plain(node.label) or plain(node.hint), tone, "strong" if heads else "body")
        if heads:
            self._note.mark.hide()
        picture = filling.picture(node.media.image) if node.media.image else None
        above: list[Part] = [Picture(picture, plain(node.label)), 4] if picture is not None else []
        self._hint = Words("", "small", "hint", wrap=True)
        self.setLayout(col(*above, self._note, row(22, (self._hint, 1), gap=0)))
        follow_width(self)
        self.show_node(node)

    def show_node(self, node: Node) -> None:
        """Show the text as it stands, with what flows into it."""
        if node.label != self._text:
            self._text = node.label
            self._note.say(plain(node.label))
            say(self._note.words, node.label)
        said = node.hint if node.label else ""
        if self._hint.text() != said:
            say(self._hint, said)
        self._hint.setVisible(bool(said))
