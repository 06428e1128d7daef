"""The library: every form in a table, and at its side what is known about the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.services.form_library import StoredForm
from ui import dates, words
from ui.pages.forms.chosen import ChosenSide
from ui.pages.forms.doing import Doing
from ui.pages.forms.pane import Pane, languages
from ui.pages.forms.state import FormsState
from ui.records.choose_form import title_of
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.fields import Search
from ui.widgets.labels import Mark, Words
from ui.widgets.layout import box, col, has_keyboard, row, rule
from ui.widgets.lists import CellTable
from ui.widgets.parts import Head
from ui.widgets.rows import Cell, Chip
from ui.words import counted, tr

_SEARCH = 300
_ANY = 16_777_215  # Qt's own word for no limit


class Library(Pane):
    """Up and Down go through the forms, typing searches them, Enter opens what was filled with the chosen one."""

    def __init__(self, state: FormsState, doing: Doing) -> None:
        super().__init__()
        self._state, self._doing = state, doing
        my = words.language() == "my"
        add = Button(tr("Add a form…"), icon="plus", hint="Ctrl+N", name="add_form")
        add.clicked.connect(doing.ask_for_file)
        add.setEnabled(state.may_add)
        self._add = add
        self._search = Search(name="forms_search", hint=tr("Search title or form name"))
        self._search.setFixedWidth(_SEARCH)
        self._search.setText(state.query)
        self._search.textChanged.connect(state.look_for)
        self._count = Words("", "body", "second")
        self._count.setObjectName("forms_count")
        self._retired = Button(tr("Not used any more"), "choice", "plus", name="show_retired")
        self._retired.setChecked(state.retired)
        self._retired.clicked.connect(lambda on=False: state.show_retired(bool(on)))
        self._head = Head(tr("Forms"), "", add)
        tools = row(self._search, self._retired, None, self._count, gap=10, edge=(EDGE, 0, EDGE, 10))
        heads = (tr("Form"), tr("Version"), tr("Questions"), tr("Filled"), tr("Added"))
        self._table = CellTable(
            heads, (0, 116, 100 if my else 92, 84 if my else 76, 172 if my else 170), name="forms_table", label=tr("Forms"), numbers=(2, 3)
        )
        self._table.chosen.connect(state.choose)
        self._table.opened.connect(lambda _key: doing.filled())
        self._table.typed.connect(self._type)
        self._search.moved.connect(self._table.step)
        self._search.entered.connect(self._table.open_current)
        self._none = Words("", "body", "second", wrap=True)
        self._none.setObjectName("forms_none")
        nothing = box(row(self._none, edge=(EDGE, 12, EDGE, 0)))
        self._none_box = nothing
        listing = box(row(self._table, edge=(EDGE - 8, 0, 8, 0)))
        self._listing = listing
        self._own, self._rest = self._none_of_our_own(), box(col(None))
        self._side = ChosenSide(state, doing)
        main = box(col(self._head, box(tools), nothing, (listing, 1), self._own, self._rest))
        self.setLayout(row((main, 1), self._side, gap=0))
        self._came = False  # the rows were shown once
        state.loaded.connect(self._show)
        state.chosen.connect(self._show_chosen)
        self._show()

    def first_focus(self) -> QWidget | None:
        return self._table if self._state.shown() else self._search

    def to_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.setFocus()
        self._search.selectAll()

    def _type(self, text: str) -> None:
        self._search.setFocus()
        self._search.insert(text)

    def _none_of_our_own(self) -> QWidget:
        """What a form is and how it comes here, for as long as nobody has brought one."""
        add = Button(tr("Add a form…"), icon="plus", hint="Ctrl+N", name="first_form")
        add.clicked.connect(self._doing.ask_for_file)
        add.setEnabled(self._state.may_add)
        stick = Button(tr("Read a stick"), "quiet", "stick", name="forms_stick")
        stick.clicked.connect(self._doing.to_stick)
        text = tr("A form is a workbook in the XLSForm way of writing, as KoboToolbox, ODK and many organisations use it. Drop the file on this window, "
                  "or choose it.")
        title = Words(tr("No form of your own is here yet"), "title", wrap=True)
        other = row(Mark("stick"), (box(col(None, Words(tr("Does another site use a form already?"), wrap=True), None)), 1), stick, gap=10)
        column = box(col(title, 6, Words(text, "body", "second", wrap=True), 18, row(add, None), 24, rule(), 12, other))
        column.setMaximumWidth(600)
        return box(row((column, 100), None, edge=(EDGE, 36, EDGE, 12)))

    def _show(self) -> None:
        state = self._state
        had = has_keyboard(self)
        rows = state.shown()
        self._listing.setVisible(bool(rows))
        self._none_box.setVisible(state.read and not rows)
        alone = state.read and not state.query and all(one.shipped for one in state.forms)
        self._own.setVisible(alone)
        self._rest.setVisible(alone or not rows)
        self._none.setText(tr("No form is called that. Try fewer letters."))
        self._count.setText(counted(len(rows), "{n} form", "{n} forms"))
        self._table.show_lines([_line(one, state.filled_with(one)) for one in rows])
        high = self._table.horizontalHeader().height() + sum(self._table.rowHeight(at) for at in range(len(rows))) + 2
        self._listing.setMaximumHeight(high if alone else _ANY)
        self._show_chosen()
        first, came = self.first_focus(), bool(rows) and not self._came
        self._came = self._came or bool(rows)
        if had and first is not None and (came or not has_keyboard(self)):
            first.setFocus()

    def _show_chosen(self) -> None:
        form = self._state.form
        known = {one.id for one in self._state.shown()}
        if form is not None and form.id in known and form.id != self._table.current():
            self._table.choose(form.id)


def _line(one: StoredForm, filled: int) -> Sequence[Cell]:
    chips = []
    if one.state == "retired":
        chips.append(Chip(tr("not used"), "plain", "close"))
    elif not one.here:
        chips.append(Chip(tr("on its way"), "warn", "clock"))
    ink = "ink2" if one.state == "retired" else "ink"
    return (
        Cell(title_of(one), languages(one.languages), icon="form", ink=ink, chips=tuple(chips), key=one.id),
        Cell(one.version, ink=ink), Cell(f"{one.questions:,}" if one.questions else "", ink=ink, end=True),
        Cell(f"{filled:,}" if filled else "", ink=ink, end=True),
        Cell(tr("built in"), icon="shield", ink="ink2") if one.shipped else Cell(dates.moment(one.added), one.added_by, ink="ink2"),
    )
