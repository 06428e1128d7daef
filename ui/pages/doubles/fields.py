"""Two records field by field: where they differ two answers to choose from, and below what only one says or both say alike."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from desktop.domain.fields import Kind
from desktop.domain.values import Value
from desktop.services.merging import Choice
from desktop.words.labels import field_label, value_text
from ui import dates, words
from ui.pages.doubles.beside import Beside, Head
from ui.pages.doubles.state import DoublesState
from ui.widgets.buttons import Button
from ui.widgets.labels import Fact, Words, facts
from ui.widgets.layout import Part, box, col, fill, row
from ui.widgets.option import Option, OptionWords
from ui.words import tr

_LABEL, _ANSWER = 150, 290
_LONGEST = 160  # letters of an answer that are shown here; all of it is on the page of the person


def _head(one: Head, at: int, state: DoublesState) -> QBoxLayout:
    since = dates.day(one.arrived) if one.arrived else ""
    told = tr("{site}, registered {when}", site=one.site, when=since) if one.site else tr("Registered {when}", when=since) if since else " "
    show = Button(tr("Open"), name=f"doubles_open_{at + 1}")
    show.setAccessibleName(tr("Open {name}", name=one.name))
    show.clicked.connect(partial(_open, state, at))
    show.setEnabled(one.person is not None)
    name = Words(one.name or tr("Nobody"), "heading", wrap=True)
    name.setObjectName(f"doubles_name_{at + 1}")
    return col(name, 2, Words(one.second or " ", "body", "second", wrap=True), Words(told, "small", "hint", wrap=True), 6, row(show, None), None)


def _open(state: DoublesState, at: int, _on: bool = False) -> None:
    state.open(at)


def said(now: Beside, choice: Choice, which: int) -> str:
    """The answer of one of the two in words."""
    value: Value = (choice.first, choice.second)[which]
    if value is None:
        return ""
    head = (now.first, now.second)[which]
    if choice.field.kind is Kind.HOUSEHOLD:
        return tr("{code}, {people}", code=head.household, people=dates.people(head.people))
    if choice.field.kind is Kind.PERSON:
        return head.name
    if choice.field.kind is Kind.MOMENT and isinstance(value, str):
        return dates.moment(value)
    return value_text(choice.field, value, words.language())


class FieldRows(QWidget):
    """Who the two are, a row with two answers for each field that differs, then the others."""

    def __init__(self, state: DoublesState, *, enabled: bool) -> None:
        super().__init__()
        self._state = state
        self._options: dict[str, tuple[Option, Option]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, _LABEL)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 200)
        if state.now is not None:
            grid.addLayout(_head(state.now.first, 0, state), 0, 1)
            grid.addLayout(_head(state.now.second, 1, state), 0, 2)
        for at, choice in enumerate(state.choices(), 1):
            self._add(grid, at, choice, enabled)
        parts: list[Part] = [grid]
        alike = self._alike()
        if alike:
            shown = box(facts(alike, first=_LABEL))
            shown.setMaximumWidth(760)
            parts += [20, Words(tr("Kept as it is"), "strong"), 8, shown]
        layout = col()
        fill(layout, *parts, None)
        self.setLayout(layout)
        self.show_pick()

    def _add(self, grid: QGridLayout, at: int, choice: Choice, enabled: bool) -> None:
        now, name = self._state.now, choice.field.name
        if now is None:
            return
        label = field_label(now.plan.kind, name, words.language())
        made = []
        for which, whose in enumerate(("one", "two")):
            text = said(now, choice, which) or tr("no answer")
            option = Option(
                OptionWords(str(which + 1), text if len(text) <= _LONGEST else f"{text[:_LONGEST - 1]}…"), name=f"doubles_{name}", label=label, many=False
            )
            option.setFixedHeight(option.height_at(_ANSWER))
            option.setEnabled(enabled)
            option.clicked.connect(partial(self._clicked, name, whose))
            made.append(option)
            grid.addWidget(option, at, which + 1)
        grid.addWidget(Words(label, "body", "second", wrap=True), at, 0, Qt.AlignmentFlag.AlignVCenter)
        self._options[name] = (made[0], made[1])

    def _alike(self) -> list[Fact]:
        now = self._state.now
        if now is None:
            return []
        language, found = words.language(), []
        for choice in now.plan.choices:
            if choice.differ:
                continue
            texts = dict.fromkeys(text for which in (0, 1) if (text := said(now, choice, which)))
            if texts:
                found.append((field_label(now.plan.kind, choice.field.name, language), ("၊ " if language == "my" else ", ").join(texts)))
        return found  # type: ignore[return-value]

    def first(self) -> QWidget | None:
        """The chosen answer of the first row."""
        for name, options in self._options.items():
            return options[self._state.take.get(name) == "two"]
        return None

    def pick(self, whose: str) -> None:
        """Choose for the row that has the keyboard, and go on to the next one."""
        names = list(self._options)
        at = next((n for n, name in enumerate(names) if any(one.hasFocus() for one in self._options[name])), -1)
        if at < 0:
            at = 0
        if not names:
            return
        self._state.choose(names[at], whose)
        after = names[min(at + 1, len(names) - 1)]
        self._options[after][self._state.take.get(after) == "two"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clicked(self, name: str, whose: str, _on: bool = False) -> None:
        self._state.choose(name, whose)
        self.show_pick()  # a click on the chosen one would take its mark away

    def show_pick(self) -> None:
        """Show whose answers would stand."""
        for name, options in self._options.items():
            for option, whose in zip(options, ("one", "two")):
                option.setChecked(self._state.take.get(name) == whose)
