"""The table of what was filled with one form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.services.any_form import Filled
from ui import dates, words
from ui.commands import Command
from ui.pages.forms.doing import Doing
from ui.pages.forms.filled_state import FILTERS, Left
from ui.pages.forms.pane import Pane
from ui.pages.forms.state import FormsState
from ui.shell import ask_before
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Search
from ui.widgets.labels import Note, Words
from ui.widgets.layout import box, col, has_keyboard, row
from ui.widgets.lists import CellTable
from ui.widgets.parts import Head, foot
from ui.widgets.rows import Cell, Chip
from ui.words import counted, mark, tr

_FILTERS = {"all": mark("All"), "begun": mark("Begun"), "finished": mark("Finished"), "differ": mark("Different answers")}


class FilledPane(Pane):
    """Up and Down go through them, typing searches, Enter opens."""

    def __init__(self, state: FormsState, doing: Doing) -> None:
        super().__init__()
        self._state, self._filled, self._doing = state, state.filled, doing
        my = words.language() == "my"
        export = Button(tr("Export…"), icon="put", hint="Ctrl+E", name="export_filled")
        export.clicked.connect(doing.export)
        go = Button(tr("Fill it"), "primary", "pencil", "Ctrl+Enter", name="fill_another")
        go.clicked.connect(doing.fill)
        go.setEnabled(doing.can_fill())
        self._go = go
        self._head = Head(" ", " ", row_of(export, go), above=tr("Filled forms"))
        self._search = Search(name="filled_search", hint=tr("Search person, code, volunteer"))
        self._search.setFixedWidth(300)
        self._search.setText(self._filled.query)
        self._search.textChanged.connect(self._filled.look_for)
        self._only = Choices([(key, tr(_FILTERS[key])) for key in FILTERS], name="filled_only", label=tr("Show"), chosen=[self._filled.filter])
        self._only.picked.connect(lambda keys: self._filled.only(next(iter(keys))))
        heads = (tr("About"), tr("Version"), tr("Sections done"), tr("Last answer"), tr("By"), "")
        self._table = CellTable(
            heads, (0, 110, 170 if my else 150, 180 if my else 160, 150, 170 if my else 150), name="filled_table", label=tr("Filled forms"), tall=False
        )
        self._table.chosen.connect(self._filled.choose)
        self._table.opened.connect(lambda _key: self._filled.open())
        self._table.typed.connect(self._type)
        self._search.moved.connect(self._table.step)
        self._search.entered.connect(self._table.open_current)
        self._none = Words("", "body", "second", wrap=True)
        self._none.setObjectName("filled_none")
        self._none_box = box(row(self._none, edge=(EDGE, 16, EDGE, 0)))
        self._listing = box(row(self._table, edge=(EDGE - 8, 0, EDGE - 8, 0)))
        tools = row(self._search, (self._only, 1), gap=14, edge=(EDGE, 0, EDGE, 10))
        self._foot = self._buttons()
        self.setLayout(col(self._head, tools, self._none_box, (self._listing, 1), self._foot))
        self._filled.loaded.connect(self._show)
        self._filled.chosen.connect(self._show_foot)
        state.told.connect(self._show_foot)
        state.chosen.connect(self._show_foot)
        self._first_rows = False  # the table has come
        self._show()

    def _buttons(self) -> QWidget:
        self._open = self._button(tr("Open"), "form", "Enter", "open_one", self._filled.open)
        self._print = self._button(tr("Print"), "paper", "Ctrl+P", "print_one", self._filled.print)
        self._move = self._button(tr("Move to another version…"), "moved", "Alt+M", "move_one", self._to_move)
        self._delete = Button(tr("Delete…"), "danger", name="delete_one")
        self._delete.clicked.connect(self._ask_delete)
        self._said = Note("done", "", "good", "body", name="filled_said")
        return foot(self._open, self._print, self._move, (box(col(None, self._said, None)), 1), self._delete)

    def _button(self, text: str, icon: str, hint: str, name: str, do: Callable[[], None]) -> Button:
        made = Button(text, icon=icon, hint=hint, name=name)
        made.clicked.connect(do)
        return made

    # ---- what the page asks -------------------------------------------------------------------------------------------

    def first_focus(self) -> QWidget | None:
        if not self._filled.all and not self._filled.left and self._filled.read:
            return self._go if self._go.isEnabled() else self._search
        return self._table if self._filled.rows() or self._filled.halves() else self._search

    def to_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.setFocus()
        self._search.selectAll()

    def commands(self) -> Sequence[Command]:
        return (
            Command("forms.print_filled", mark("Print"), self._filled.print, "Ctrl+P", "paper", ready=self._one),
            Command("forms.move", mark("Move to another version…"), self._to_move, "Alt+M", "moved", ready=self._movable),
            Command("forms.delete", mark("Delete the filled form…"), self._ask_delete, "", "close", ready=self._deletable),
        )

    def _one(self) -> bool:
        return self._filled.one is not None

    def _deletable(self) -> bool:
        return self._one() and self._filled.writes

    def _movable(self) -> bool:
        one = self._filled.one
        return one is not None and self._deletable() and bool(self._state.targets(one))

    def _to_move(self) -> None:
        if self._movable():
            self._state.open_move()

    def _ask_delete(self) -> None:
        one = self._filled.one
        if one is None or not self._deletable():
            return
        ask_before(
            self, tr("Delete this filled form?"), tr("Its answers are not shown any more, here and at the sites that get your news. Ctrl+Z brings it back."),
            tr("Delete it"), self._filled.delete, danger=True,
        )

    # ---- showing ------------------------------------------------------------------------------------------------------

    def _type(self, text: str) -> None:
        self._search.setFocus()
        self._search.insert(text)

    def _show(self) -> None:
        filled = self._filled
        had = has_keyboard(self)
        title = filled.form.title if filled.form is not None else " "
        rows, halves = filled.rows(), filled.halves()
        self._head.say(title, counted(len(filled.all), "{n} filled form", "{n} filled forms") if filled.read else " ", tr("Filled forms"))
        self._listing.setVisible(bool(rows or halves))
        self._none_box.setVisible(filled.read and not rows and not halves)
        if filled.all or filled.left:
            self._none.setText(tr("Nothing fits. Try fewer letters, or show all."))
        else:
            self._none.setText(tr("Nothing is filled with this form yet. Fill it with Ctrl+Enter, or from the page of a person."))
        self._table.show_lines([*(self._half(one) for one in halves), *(_line(one) for one in rows)])
        if filled.half is not None:
            self._table.choose(filled.half.draft.id)
        elif filled.one is not None:
            self._table.choose(filled.one.id)
        self._show_foot()
        first = self.first_focus()
        came, self._first_rows = filled.read and not self._first_rows, self._first_rows or filled.read
        if had and first is not None and (came or not has_keyboard(self)):
            first.setFocus()

    def _half(self, one: Left) -> list[Cell]:
        version = next((form.version for form in self._state.versions if form.digest == one.draft.digest), "")
        return [
            _about(one.about, one.draft.id), Cell(version), Cell(chips=(Chip(tr("left half filled"), "warn", "pencil"),)), Cell(dates.moment(one.draft.at)),
            Cell(one.draft.author), Cell(),
        ]

    def _show_foot(self) -> None:
        one = self._one()
        self._open.setEnabled(one or (self._filled.half is not None and self._filled.writes))
        self._print.setEnabled(one)
        self._move.setEnabled(self._movable())
        self._delete.setEnabled(self._deletable())
        self._said.say(self._state.said, "good", "done")
        self._go.setEnabled(self._doing.can_fill())


def row_of(*buttons: Button) -> QWidget:
    """Buttons side by side in the head of a page."""
    return box(row(*buttons))


def _about(name: str, key: object) -> Cell:
    return Cell(name or tr("nobody"), icon="person" if name else "form", ink="ink" if name else "ink2", key=key)


def _line(one: Filled) -> list[Cell]:
    if one.finished:
        chip = Chip(tr("finished"), "good", "done")
    elif one.sections:
        chip = Chip(tr("{done} of {all}", done=one.done, all=one.sections), "accent", "form")
    else:
        chip = Chip(tr("begun"), "accent", "form")
    differs = (Chip(counted(one.conflicts, "{n} differs", "{n} differ"), "warn", "differ"),) if one.conflicts else ()
    return [
        _about(one.about, one.id), Cell(one.version), Cell(chips=(chip,)), Cell(dates.moment(one.at)), Cell(one.author), Cell(chips=differs),
    ]
