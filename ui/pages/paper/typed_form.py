"""What a volunteer writes for a paper: a small form at the side of the page, with what is wrong below each answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.changes import Problem
from desktop.domain.errors import UserError
from desktop.services.papers import Ask
from ui.present_errors import brief
from ui.widgets.choices import Choices
from ui.widgets.day_entry import DayEntry
from ui.widgets.fields import Drop, Labelled, Line, Lines
from ui.widgets.labels import Words
from ui.widgets.layout import Part, col, show_if
from ui.words import tr

_MANY = 4  # more answers than this, one of them right: a list to drop down
_PAUSE = 400  # milliseconds without a key until the page is drawn anew
_WIDE = 252
_TEXT_ROWS = 4


def label(ask: Ask) -> str:
    """The words above a question."""
    return tr(ask.label, **dict(ask.fields))


def _as_high_as_needed(widget: QWidget) -> None:
    """In a narrow panel answers and hints go on over several lines: the height follows the width."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


class TypedForm(QWidget):
    """Signal: `edited(answers)` with every answer by its key, a moment after something was typed or chosen."""

    edited = Signal(object)

    def __init__(self, asks: Sequence[Ask], answers: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("paper_typed")
        self._asks = tuple(asks)
        self._fields: dict[str, QWidget] = {}
        self._rows: dict[str, Labelled] = {}
        self._touched: set[str] = set()
        self._typing: set[str] = set()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE)
        self._wait.timeout.connect(self._tell)
        parts: list[Part] = [
            Words(tr("What to write"), "heading"), 6,
            Words(tr("Write here what no record knows yet. It stands on the paper and is not kept."), "small", "hint", wrap=True), 10,
        ]
        for ask in self._asks:
            field = self._field(ask, answers.get(ask.key, ""))
            self._fields[ask.key] = field
            self._rows[ask.key] = Labelled(label(ask), field, help=tr(ask.hint) if ask.hint else "", optional=not ask.needed)
            _as_high_as_needed(self._rows[ask.key])
            parts += [self._rows[ask.key], 10]
        self.setLayout(col(*parts))
        _as_high_as_needed(self)
        self._show_due()

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The questions it was made for."""
        return self._asks

    def answers(self) -> dict[str, str]:
        """Every answer as it stands there now."""
        return {ask.key: self._answer(ask) for ask in self._asks}

    def show_problems(self, problems: Sequence[Problem], *, everywhere: bool = False) -> None:
        """Say what is wrong below those that were touched, or `everywhere`."""
        found = {one.where: one for one in problems}
        for key, row in self._rows.items():
            one = found.get(key) if everywhere or key in self._touched else None
            row.wrong(brief(UserError(one.code, **dict(one.fields))) if one else "")

    def to_first(self, problems: Sequence[Problem]) -> None:
        """Put the keyboard where the first of these is, and say all of them."""
        wrong = {one.where for one in problems}
        self._touched |= wrong
        self.show_problems(problems)
        for ask in self._asks:
            if ask.key in wrong:
                field = self._fields[ask.key]
                (field.start() if isinstance(field, Choices) else field).setFocus()
                return

    def _field(self, ask: Ask, value: str) -> QWidget:
        name = f"paper_{ask.key.replace(':', '_')}"
        pairs = [(key, tr(words)) for key, words in ask.choices]
        if ask.kind == "day":
            day = DayEntry(name=name, label=label(ask), value=value, whole=True, narrow=True)
            day.edited.connect(lambda: self._later(ask.key))
            return day
        if ask.kind == "one" and len(pairs) > _MANY:
            drop = Drop([("", tr("Choose")), *pairs], name=name, current=value, width=_WIDE)
            drop.picked.connect(lambda _key: self._now(ask.key))
            return drop
        if ask.kind in ("one", "many"):
            chosen = [key for key in value.split(",") if key]
            choices = Choices(pairs, name=name, label=label(ask), many=ask.kind == "many", chosen=chosen)
            choices.picked.connect(lambda _keys: self._now(ask.key))
            return choices
        if ask.kind == "text":
            lines = Lines(value, name=name, rows=_TEXT_ROWS)
            lines.textChanged.connect(lambda: self._later(ask.key))
            return lines
        line = Line(value, name=name, limit=ask.most if ask.kind == "line" else 15)
        line.textEdited.connect(lambda _text: self._later(ask.key))
        return line

    def _answer(self, ask: Ask) -> str:
        field = self._fields[ask.key]
        if isinstance(field, DayEntry):
            return field.value() or field.typed()
        if isinstance(field, Drop):
            return field.key()
        if isinstance(field, Choices):
            return ",".join(key for key, _ in ask.choices if key in field.chosen())
        if isinstance(field, Lines):
            return field.toPlainText()
        return field.text() if isinstance(field, Line) else ""

    def _show_due(self) -> None:
        """Hide what is not asked as the other answers are now."""
        said = self.answers()
        for ask in (one for one in self._asks if one.when is not None):
            show_if(self._rows[ask.key], ask.due(said))

    def _later(self, key: str) -> None:
        self._typing.add(key)  # while somebody types nothing is called wrong
        self._wait.start()

    def _now(self, key: str) -> None:
        self._touched.add(key)
        self._wait.stop()
        self._tell()

    def _tell(self) -> None:
        self._touched |= self._typing
        self._typing.clear()
        self._show_due()
        self.edited.emit(self.answers())
