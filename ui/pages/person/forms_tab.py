"""The tab of filled forms: every kind, with its progress; go on, fill another, print."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services.any_form import Filled
from desktop.services.intake import ARRIVAL, REGISTRATION, DraftRow
from desktop.services.people import Submission
from ui import dates, words
from ui.pages.person.state import PersonState
from ui.records.choose_form import ChooseForm
from ui.records.fill_form import fill_form
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Words
from ui.widgets.layout import Part, col, row, show_if
from ui.widgets.lists import CellTable
from ui.widgets.rows import Cell, Chip
from ui.words import counted, tr


class FormsTab(QWidget):
    """Filled forms with their progress, what was left half filled, and the ways on."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        self._state = state
        begun = any(one.form == REGISTRATION for one in state.own_forms())
        go = Button(tr("Go on with the long form") if begun else tr("Begin the long form"), "primary", "form", name="long_form")
        go.clicked.connect(state.long_form)
        another = Button(tr("Fill another form…"), icon="plus", hint="Alt+N", name="fill_another_form")
        another.clicked.connect(lambda: choose_another(self, state))
        for button in (go, another):
            button.setEnabled(state.writes)
        self._print = Button(tr("Print"), icon="paper", name="print_filled")
        self._print.clicked.connect(self._to_paper)
        my = words.language() == "my"
        heads = (tr("Form"), tr("Version"), tr("Sections done"), tr("Last answer"), tr("By"))
        widths = (0, 120, 200 if my else 170, 190, 140)
        self._table = CellTable(heads, widths, name="forms", label=tr("Filled forms"), tall=False, fit=True)
        lines = [*(_draft(one) for one in state.drafts), *(_own(one) for one in state.own_forms()), *(_filled(one) for one in state.filled)]
        self._table.show_lines(lines)
        self._table.opened.connect(self._open)
        self._table.chosen.connect(lambda _key: self._look())
        show_if(self._table, bool(lines))
        show_if(self._print, bool(lines))
        parts: list[Part] = [self._table]
        if not lines:
            parts.append(Words(tr("No form is filled for this person yet."), "body", "hint"))
        note = Words(tr("Several volunteers can fill different sections. Every answer is saved at once."), "small", "hint", wrap=True)
        self.setLayout(col(*parts, 16, row(go, another, self._print, None), 8, note, None, edge=(EDGE, 12, EDGE, 20)))
        self._look()

    def _look(self) -> None:
        key = self._table.current()
        self._print.setEnabled(key == REGISTRATION or any(one.id == key for one in self._state.filled))

    def _open(self, key: object) -> None:
        state = self._state
        if key == REGISTRATION and state.writes:
            state.long_form()
        elif key == REGISTRATION:
            state.print("registration_filled")
        elif isinstance(key, str) and key != ARRIVAL:
            state.open_form(draft=key)
        elif any(one.id == key for one in state.filled):
            state.open_form(submission=key)

    def _to_paper(self) -> None:
        key = self._table.current()
        if key == REGISTRATION:
            self._state.print("registration_filled")
        else:
            self._state.print_form(key)


def choose_another(parent: QWidget, state: PersonState) -> None:
    """Choose a form of the library to fill about this person."""
    person = state.person
    if state.writes and state.page is not None and person is not None:
        ChooseForm(
            parent.window(), state.shell, lambda form: fill_form(parent, state.shell, form, person), title=tr("Fill which form?"),
            leave_out=frozenset({ARRIVAL}),
        ).open()


def _own(one: Submission) -> list[Cell]:
    names = {ARRIVAL: tr("Arrival card"), REGISTRATION: tr("Long registration")}
    arrival = one.form == ARRIVAL
    key = None if arrival else one.form
    return [
        Cell(names.get(one.form, one.title), icon="form", key=key), Cell(one.version, ink="ink2"),
        Cell(chips=(_progress(one.done, one.sections, finished=arrival),)), Cell(dates.moment(one.at)), Cell(one.author),
    ]


def _filled(one: Filled) -> list[Cell]:
    differs = (Chip(counted(one.conflicts, "{n} differs", "{n} differ"), "warn", "differ"),) if one.conflicts else ()
    return [
        Cell(one.title or one.form_id, icon="form", key=one.id), Cell(one.version, ink="ink2"),
        Cell(chips=(_progress(one.done, one.sections, finished=one.finished), *differs)), Cell(dates.moment(one.at)), Cell(one.author),
    ]


def _draft(one: DraftRow) -> list[Cell]:
    chip = Chip(tr("left half filled"), "warn", "pencil")
    return [Cell(one.title or one.form, icon="pencil", key=one.id), Cell(""), Cell(chips=(chip,)), Cell(dates.moment(one.at)), Cell(one.author)]


def _progress(done: int, sections: int, *, finished: bool) -> Chip:
    if finished or (sections and done >= sections):
        return Chip(tr("all done"), "good", "done")
    if not sections:
        return Chip(tr("begun"), "accent", "form")
    return Chip(tr("{done} of {all}", done=done, all=sections), "accent", "form")
