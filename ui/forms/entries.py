"""Where answers are written: one class for each kind of question.

An entry speaks the stored text of a submission (``2026-11-19``, ``sick bed``): `put` shows it, `given` tells it. What the form may not
take is told all the same, so that the one who listens keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from desktop.services.intake import Choice, Node
from ui.forms import moments
from ui.forms.columns import follow_width
from ui.widgets.choices import Choices
from ui.widgets.day_entry import DayEntry
from ui.widgets.fields import Drop, Line, Lines
from ui.widgets.labels import Note
from ui.widgets.layout import clear, col, row
from ui.words import tr

FEW = 7  # answers that stand side by side as buttons
MANY = 30  # answers in a list that is searched by typing
_DIGITS = str.maketrans("၀၁၂၃၄၅၆၇၈၉", "0123456789")


class Entry(QWidget):
    """Signal: `given(text)` after the person changed the answer. `wish` is the width it wants, `least` the width it needs.
    `inside`: the field in which a silence can be shown, or None."""

    given = Signal(str)
    wish, least = 160, 90
    inside: QLineEdit | None = None

    @property
    def field(self) -> QWidget:
        """The widget that takes the keyboard and belongs to the label."""
        return self

    def put(self, node: Node, text: str) -> None:
        """Show an answer without telling anybody."""

    def parts(self) -> Sequence[QWidget]:
        """The widgets that turn red when the answer is wrong."""
        return (self.field,)

    def focus(self) -> None:
        """Put the keyboard where writing begins."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


class LineEntry(Entry):
    """Text in one line; numbers too, because an empty number is not 0 and a wheel must not change it."""

    wish = 110

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._number = node.type in ("integer", "decimal", "range") or "numbers" in node.appearance
        self.inside = self._line = Line(name=name)
        if self._number:
            self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
            self.wish = self.least = 56
        self._line.textEdited.connect(lambda text: self.given.emit(self._clean(text)))
        self.setLayout(row(self._line))

    @property
    def field(self) -> QWidget:
        return self._line

    def _clean(self, text: str) -> str:
        if not text.strip():
            return ""
        return text.strip().translate(_DIGITS) if self._number else text

    def put(self, node: Node, text: str) -> None:
        if self._clean(self._line.text()) != text:
            self._line.setText(text)


class LinesEntry(Entry):
    """Running text."""

    wish = 260

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._lines = Lines(name=name, rows=2)
        self._quiet = False
        self._lines.textChanged.connect(self._tell)
        self.setLayout(row(self._lines))

    @property
    def field(self) -> QWidget:
        return self._lines

    def _text(self) -> str:
        text = self._lines.toPlainText()
        return text if text.strip() else ""

    def _tell(self) -> None:
        if not self._quiet:
            self.given.emit(self._text())

    def put(self, node: Node, text: str) -> None:
        if self._text() != text:
            self._quiet = True
            self._lines.setPlainText(text)
            self._quiet = False


class DateEntry(Entry):
    """A day in three fields, each of which may be empty for as long as it is not known."""

    wish = least = 252

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._day = DayEntry(name=name, label=node.label, whole=True, narrow=True)
        self._day.edited.connect(lambda: self.given.emit(self._day.value() or self._day.typed()))
        self.setLayout(row(self._day))

    @property
    def field(self) -> QWidget:
        return self._day

    def parts(self) -> Sequence[QWidget]:
        return self._day.findChildren(QLineEdit)

    def put(self, node: Node, text: str) -> None:
        if (self._day.value() or self._day.typed()) != text:
            self._day.put(text)


class MomentEntry(Entry):
    """A day with a time, or a time, in one line."""

    wish = least = 152

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._day = node.type == "datetime"
        hint = tr("day/month/year hour:minute") if self._day else tr("hour:minute")
        self.inside = self._line = Line(name=name, hint=hint)
        if not self._day:
            self.wish = self.least = 80
        self._stored = ""
        self._line.textEdited.connect(self._edited)
        self._line.editingFinished.connect(self._tidy)
        self.setLayout(row(self._line))

    @property
    def field(self) -> QWidget:
        return self._line

    def _edited(self, text: str) -> None:
        self._stored = moments.read_moment(text) if self._day else moments.read_time(text)
        self.given.emit(self._stored)

    def _tidy(self) -> None:
        shown = moments.shown(self._stored)
        if shown and shown != self._line.text():
            self._line.setText(shown)

    def put(self, node: Node, text: str) -> None:
        if text != self._stored:
            self._stored = text
            self._line.setText(moments.shown(text) or text)


class ButtonsEntry(Entry):
    """Choices as buttons: one of them, or several; a check "I did that" is one button alone."""

    least = 70

    def __init__(self, node: Node, name: str, *, many: bool, fixed: Sequence[Choice] = ()) -> None:
        super().__init__()
        self._name, self._many, self._fixed = name, many, tuple(fixed)
        self._ordered = node.type == "rank"
        self._pairs: tuple[Choice, ...] = ()
        self._choices: Choices | None = None
        self._order: list[str] = []
        self._column = col()
        self.setLayout(self._column)
        follow_width(self)
        self._build(node)

    @property
    def field(self) -> QWidget:
        return self._choices or self

    def parts(self) -> Sequence[QWidget]:
        return ()

    def focus(self) -> None:
        if self._choices is not None and self._pairs:
            self._choices.focus()

    def _build(self, node: Node) -> None:
        self._pairs = self._fixed or node.choices
        clear(self._column)
        pairs = [(one.name, one.label) for one in self._pairs]
        self._choices = Choices(pairs, name=self._name, label=node.label, many=self._many)
        self._choices.picked.connect(self._picked)
        self._column.addWidget(self._choices)
        self.wish = self._choices.sizeHint().width()

    def put(self, node: Node, text: str) -> None:
        if (self._fixed or node.choices) != self._pairs:
            self._build(node)
        self._order = text.split(" ") if text and self._many else [text]
        assert self._choices is not None
        self._choices.choose(name for name in self._order if name)

    def _picked(self, chosen: set[str]) -> None:
        names = [one.name for one in self._pairs]
        if self._ordered:
            names = [*(name for name in self._order if name in chosen), *(name for name in names if name not in self._order)]
        self.given.emit(" ".join(name for name in names if name in chosen))


class DropEntry(Entry):
    """One of many choices, in a list that opens. Empty is the first line."""

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._choices = node.choices
        self._drop = Drop(self._pairs(), name=name)
        self._drop.picked.connect(self.given)
        self.wish = min(220, self._drop.sizeHint().width())
        self.setLayout(row(self._drop))

    @property
    def field(self) -> QWidget:
        return self._drop

    def _pairs(self) -> list[tuple[str, str]]:
        return [("", ""), *((one.name, one.label) for one in self._choices)]

    def put(self, node: Node, text: str) -> None:
        if node.choices != self._choices:
            self._choices = node.choices
            self._drop.clear()
            for key, shown in self._pairs():
                self._drop.addItem(shown, key)
        self._drop.choose(text)


class FindEntry(Entry):
    """One of very many choices, found by typing any part of its words."""

    wish = 200

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._choices = node.choices
        self.inside = self._line = Line(name=name, icon="search")
        self._offer()
        self._line.textEdited.connect(lambda text: self.given.emit(self._name_of(text)))
        self.setLayout(row(self._line))

    @property
    def field(self) -> QWidget:
        return self._line

    def _offer(self) -> None:
        completer = QCompleter([one.label for one in self._choices], self._line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda label: self.given.emit(self._name_of(str(label))))
        found = completer.popup()
        assert found is not None
        found.setObjectName(f"{self._line.objectName()}_found")
        found.setAccessibleName(tr("Answers that match"))
        self._line.setCompleter(completer)

    def _name_of(self, typed: str) -> str:
        wanted = typed.strip().casefold()
        return next((one.name for one in self._choices if one.label.casefold() == wanted), typed.strip())

    def put(self, node: Node, text: str) -> None:
        if node.choices != self._choices:
            self._choices = node.choices
            self._offer()
        if self._name_of(self._line.text()) != text:
            self._line.setText(next((one.label for one in self._choices if one.name == text), text))


class NotHereEntry(Entry):
    """A question that needs what a laptop does not have."""

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._note = Note("info", tr("This question cannot be answered on this laptop."), "second", name=name)
        self.setLayout(row(self._note))

    def parts(self) -> Sequence[QWidget]:
        return ()


def entry_for(node: Node, name: str) -> Entry:
    """The entry for a question. `name`: the objectName of its field."""
    if node.type in ("select_multiple", "rank"):
        return ButtonsEntry(node, name, many=True)
    if node.type == "select_one":
        if len(node.choices) > MANY or "autocomplete" in node.appearance:
            return FindEntry(node, name)
        return DropEntry(node, name) if len(node.choices) > FEW or "minimal" in node.appearance else ButtonsEntry(node, name, many=False)
    if node.type == "acknowledge":
        return ButtonsEntry(node, name, many=True, fixed=(Choice("OK", tr("Done")),))
    if node.type == "boolean":
        return ButtonsEntry(node, name, many=False, fixed=(Choice("true", tr("Yes")), Choice("false", tr("No"))))
    if node.type == "date":
        return DateEntry(node, name)
    if node.type in ("datetime", "time"):
        return MomentEntry(node, name)
    if node.type in ("geopoint", "geotrace", "geoshape", "file"):
        return NotHereEntry(node, name)
    return LinesEntry(node, name) if "multiline" in node.appearance else LineEntry(node, name)


class TakesBack(QObject):
    """Backspace in an empty field that shows a silence takes the silence back. Signal: `wanted`."""

    wanted = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        rubs = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        )
        if rubs and isinstance(watched, QLineEdit) and not watched.text():
            self.wanted.emit()
        return False
