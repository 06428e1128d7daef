"""The search, the table of everybody who matches, and the chosen person at the side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.codes import shown as shown_code
from desktop.services import scan_codes, sheets
from desktop.services.filters import EVERYBODY
from desktop.services.people import BY_ARRIVAL, BY_NAME, Found, PersonPage, PersonRow
from desktop.words.labels import field_label, value_text
from ui import chips, dates, words
from ui.commands import Command
from ui.models.paged import PagedModel
from ui.page import Page
from ui.pages.people import view_names
from ui.pages.people.boxes import DaysBox, NameBox
from ui.pages.people.filter_bar import FilterBar
from ui.pages.people.state import PeopleState
from ui.records.nobody import FIRST, nobody_yet
from ui.records.sheet_numbers import SheetNote
from ui.shell import Shell, ask_before
from ui.theme import draw
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.counted_drop import CountedDrop
from ui.widgets.fields import Drop, Search
from ui.widgets.labels import ChipLabel, Note, Words, facts
from ui.widgets.layout import Part, box, clear, col, fill, row, rule, show_if
from ui.widgets.lists import CellTable
from ui.widgets.parts import Head, SidePanel
from ui.widgets.rows import Cell, Chip
from ui.words import digits, mark, tr

_WHY = {
    "code": mark("by the case number"), "phone": mark("by the phone number"), "household": mark("by somebody of the household"),
    "code_nearly": mark("by a case number with one other letter"), "sound": mark("by a name that sounds the same"),
    "spelling": mark("by a name with another letter"), "parent": mark("by a parent’s name"), "place": mark("by a place"),
    "paper": mark("by the number of a paper"),
}


def _names(person: PersonRow) -> tuple[str, str]:
    return person.name or person.call_name or tr("No name yet"), person.name_other


def _widths() -> tuple[int, ...]:
    return (0, 108, 90, 98, 146, 132) if words.language() == "my" else (0, 106, 86, 84, 216, 122)


def _marks(person: PersonRow) -> tuple[Chip, ...]:
    """The most urgent needs, as many as there is room for, and whether answers differ."""
    differ = (Chip(tr("2 answers"), "warn", "differ"),) if person.answers_differ else ()
    room = _widths()[4] - 16
    for most in (2, 1):
        found = (*chips.needs(person.needs, most), *differ)
        if sum(draw.chip_width(chip.words, chip.icon) + 6 for chip in found) <= room:
            return found
    return (*chips.needs(person.needs[:1], 1), *differ)


def _cells(person: PersonRow) -> Sequence[Cell]:
    name, other = _names(person)
    why = tr(_WHY[person.why]) if person.why in _WHY else ""
    return (
        Cell(name, why or other, key=person.key),
        Cell(shown_code(person.code), person.site),
        Cell(dates.people(max(1, person.household_size))),
        Cell(dates.since(person.arrived)),
        Cell(chips=_marks(person)),
        Cell(chips=(chips.state(person.state),) if person.state else ()),
    )


class PeopleView(Page):
    """People."""

    help = (
        mark("Type a name as it sounds, in Burmese or English letters, or a case number, or a phone number. The list changes as you type."),
        mark("Up and Down choose a person, Enter opens the page, Ctrl+P prints the arrival slip again."),
        mark("The list shows who is here now. Choose “Everyone” to look for people who moved on."),
        mark("Narrow the list by state, needs, day of arrival and who looks after them; Alt+C takes all filters away. A view keeps such a choice under a name, and is yours alone."),
    )

    def __init__(self, shell: Shell, state: PeopleState) -> None:
        super().__init__("people", tr("People"))
        self._shell, self._state = shell, state
        my = words.language() == "my"
        register = Button(tr("Register arrival"), "primary", "person-add", "Ctrl+N", name="people_register")
        register.clicked.connect(lambda: shell.open("register"))
        register.setEnabled(shell.who.role.writes)
        self._search = Search(name="people_search", hint=tr("Name, case number or phone"))
        self._search.setText(state.query)
        self._asked: Callable[[], None] | None = None  # what is to be done with who is chosen, once the list has followed
        self._search.textChanged.connect(self._look_for)
        self._views = CountedDrop(name="people_view", label=tr("Views of the list"), rest="here", width=172 if my else 160)
        self._views.picked.connect(self._pick_view)
        self._filters = FilterBar(state)
        self._order = Drop(
            [(BY_ARRIVAL, tr("Newest first")), (BY_NAME, tr("By name"))], name="people_order", current=state.order, width=164 if my else 134
        )
        self._order.setAccessibleName(tr("Order of the list"))
        self._order.picked.connect(state.put_in_order)
        self._count = Words("", "body", "hint", end=True)
        self._count.setObjectName("people_count")
        self._count.setMinimumWidth(92)
        heads = (tr("Name"), tr("Case number"), tr("Household"), tr("Since"), tr("Needs"), tr("State"))
        self._table = CellTable(heads, _widths(), name="people_list", label=tr("People"))
        self._model: PagedModel[PersonRow] = PagedModel(heads, state.fetch, _cells, self)
        self._table.setModel(self._model)
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(lambda key: state.open(self._row(key)))
        self._table.typed.connect(self._type_on)
        self._model.dataChanged.connect(self._rows_came)
        self._search.moved.connect(self._table.step)
        self._search.entered.connect(self._enter)
        self._sheet = SheetNote(shell, "people_sheet")
        self._search.textChanged.connect(self._look_for_sheet)
        self._nothing = self._nobody_found()
        self._empty = nobody_yet(self._shell)
        tools = col(
            row((self._search, 1), self._views, self._count), 8, row((self._filters, 1)), edge=(EDGE, 0, EDGE, 8),
        )
        self._sheet_box = row(self._sheet, edge=(EDGE, 0, EDGE, 6))
        self._list_box = box(col(tools, self._sheet_box, box(col((self._table, 1), (self._nothing, 1), edge=(EDGE - 8, 0, 8, 0)))), "surface")
        self._side = SidePanel("people_side", 334 if my else 304)
        self._open = Button(tr("Open"), "normal", "", "Enter", name="people_open")
        self._open.clicked.connect(self._table.open_current)
        self._slip = Button(tr("Print slip"), "normal", "", "Ctrl+P", name="people_slip")
        self._slip.clicked.connect(self._print_slip)
        fill(self._side.foot, row(self._open, self._slip, None))
        main = box(col(Head(tr("People"), "", self._order, register), (self._list_box, 1), (self._empty, 1)))
        self.setLayout(row((main, 1), self._side, gap=0))
        state.found.connect(self._show_found)
        state.grown.connect(self._show_more)
        state.counted.connect(self._show_views)
        state.ask_days.connect(self._ask_days)
        state.refreshed.connect(self._model.forget)
        state.chosen.connect(self._show_chosen)
        self._show_chosen()
        self._show_views()
        if state.result is not None:
            self._show_found()
        else:
            self._empty.hide()
            self._nothing.hide()

    def arrive(self, **where: object) -> None:
        query = where.get("query")
        if isinstance(query, str):
            self._search.setText(query)
        self._search.selectAll()  # what is typed now is another search, not the end of the last one
        self._look_for_sheet(self._search.text())
        self._state.look_for()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def commands(self) -> Sequence[Command]:
        chosen = lambda: self._state.page is not None  # noqa: E731
        return (
            Command("people.search", mark("Search people"), self._search_again, "Ctrl+F", "search"),
            Command("people.open", mark("Open the chosen person"), self._table.open_current, "", "person", ready=chosen),
            Command("people.slip", mark("Print slip"), self._print_slip, "Ctrl+P", "paper", ready=chosen),
            Command("people.clear", mark("Take all filters away"), self._state.clear, "Alt+C", "close", ready=lambda: bool(self._state.filters.set)),
            Command("people.view", mark("Choose a view of the list"), self._views.showPopup, "Alt+V", "people"),
            Command("people.keep", mark("Keep this view…"), lambda: self._pick_view(view_names.KEEP), "", "people"),
            Command(
                "people.rename", mark("Another name for this view…"), lambda: self._pick_view(view_names.RENAME), "Alt+R", "pencil",
                ready=lambda: bool(self._own_view()),
            ),
            *(
                Command(f"people.view.{key}", words, self._shows(key), f"Alt+{at}", "people", mark("View"))
                for at, (key, words) in enumerate(view_names.READY_NAMES.items(), 1)
            ),
            Command("people.doubles", mark("Look for people registered twice"), lambda: self._shell.open("doubles"), "", "people"),
        )

    def _look_for(self, text: str) -> None:
        self._asked = None
        self._state.look_for(query=text)

    def _ask_days(self) -> None:
        state = self._state
        DaysBox(self.window(), state.filters.arrived, lambda days: state.narrow(arrived=days)).open()

    def _shows(self, key: str) -> Callable[[], None]:
        return lambda: self._pick_view(key)

    def first_focus(self) -> QWidget | None:
        return self._search if self._empty.isHidden() else self.findChild(QWidget, FIRST)

    def _enter(self) -> None:
        """A number, maybe of a paper form, goes where it leads: a scanner's Enter comes before the list has followed."""
        text = self._search.text()
        if scan_codes.number_in(text) is None:
            self._with_chosen(self._table.open_current)
        else:
            self._sheet.look(text, self._sheet_known)

    def _print_slip(self) -> None:
        self._with_chosen(self._state.print_slip)

    def _with_chosen(self, act: Callable[[], None]) -> None:
        """Do it with whoever is chosen: never with somebody of the search before, for which the list is waited for."""
        self._asked = act
        if not self._state.behind:
            self._do_asked()

    def _do_asked(self) -> None:
        """Nothing is done once another page is shown."""
        act, result = self._asked, self._state.result
        if act is not None and result is not None and (result.keys or result.rest is None):
            self._asked = None
            if self._shell.page is self:
                act()

    def _sheet_known(self) -> None:
        self._sheet.go()

    def _look_for_sheet(self, text: str) -> None:
        if sheets.may_be_number(text):
            self._sheet.look(text)
        else:
            self._sheet.clear()

    def _search_again(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def back(self) -> bool:
        if self._search.text():
            self._search.clear()
            return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._search.setFocus(event.reason())

    def _nobody_found(self) -> QWidget:
        register = Button(tr("Register arrival"), "normal", "person-add", name="people_register_new")
        register.clicked.connect(lambda: self._shell.open("register"))
        register.setEnabled(self._shell.who.role.writes)
        self._everyone = Button(tr("Look among everyone"), "quiet", name="people_everyone")
        self._everyone.clicked.connect(self._look_among_everyone)
        self._nothing_title = Words("", "heading", wrap=True)
        self._nothing_title.setObjectName("people_nothing")
        self._nothing_hint = Words("", "body", "second", wrap=True)
        return box(
            col(28, self._nothing_title, 6, self._nothing_hint, 16, row(register, self._everyone, None), None, edge=(8, 0, 8, 0))
        )

    def _tell_nobody(self) -> None:
        """Why nobody is shown: no such name, or nobody who fits the filters."""
        searched = bool(self._state.query.strip())
        self._nothing_title.setText(tr("Nobody by that name") if searched else tr("Nobody fits"))
        narrowed = self._state.filters != EVERYBODY
        if searched:
            self._nothing_hint.setText(tr("Try fewer letters, the other writing, or a phone number."))
        else:
            self._nothing_hint.setText(tr("Choose another view, or take a filter away."))
        show_if(self._everyone, narrowed)

    def _look_among_everyone(self) -> None:
        self._state.show_view(EVERYBODY)
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_views(self) -> None:
        answers, current = view_names.answers(self._state.views, self._state.filters, self._state.picked)
        self._views.offer(answers, current)

    def _own_view(self) -> str:
        """The name of the volunteer's own view that is shown; "" for none."""
        state = self._state
        return view_names.own_name(view_names.key_of(state.views, state.filters, state.picked))

    def _pick_view(self, key: str) -> None:
        state = self._state
        wanted = view_names.filters_of(state.views, key)
        own = self._own_view()
        self._show_views()
        if key == view_names.KEEP:
            NameBox(self.window(), state, self._filters.told()).open()
        elif key == view_names.RENAME and own:
            NameBox(self.window(), state, self._filters.told(), own).open()
        elif key == view_names.FORGET and own:
            ask_before(
                self, tr("Forget this view?"), tr("The people in it stay as they are. Only the name and its filters go."), tr("Forget it"),
                lambda: state.forget_view(own),
            )
        elif wanted is not None:
            state.show_view(wanted, picked=key)

    def _type_on(self, text: str) -> None:
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.setText(self._search.text() + text)

    def _row(self, key: object) -> PersonRow | None:
        at = self._model.place(key) if isinstance(key, int) else -1
        return self._model.row(at) if at >= 0 else None

    def _choose(self, key: object) -> None:
        if isinstance(key, int):
            self._state.choose(key, self._row(key))

    def _rows_came(self) -> None:
        """The chosen row may have been dots when it was chosen."""
        key = self._table.current()
        if isinstance(key, int) and (self._state.page is None or self._state.page.row.key != key):
            self._choose(key)

    def _show_found(self) -> None:
        result = self._state.result
        if result is None:
            return
        before = self._state.key
        self._order.choose(self._state.order)
        self._model.show(result.keys, self._state.rows)
        self._tell_how_many(result)
        stays = self._state.again or not self._state.query
        at = self._model.place(before) if before is not None and stays else -1
        with QSignalBlocker(self._table):
            self._table.choose_row(max(0, at))
        if result.rest is not None:
            self._table.viewport().repaint()  # before anything else is read or looked for
        if result.keys:
            self._choose(self._table.current())
        else:
            self._state.choose(None, None)
        self._do_asked()

    def _show_more(self) -> None:
        """Others stand below: whatever is chosen stays chosen."""
        result = self._state.result
        if result is None:
            return
        first = not self._model.rowCount()
        self._model.grow(result.keys)
        self._tell_how_many(result)
        if first:
            self._table.choose_row(0)
        self._do_asked()

    def _tell_how_many(self, result: Found) -> None:
        """Of a search that goes on the number is not known yet, nor that nobody is found."""
        nobody, whole = result.total == 0, result.rest is None
        self._empty.setVisible(nobody)
        self._list_box.setVisible(not nobody)
        self._side.setVisible(not nobody)
        self._table.setVisible(bool(result.keys) or not whole)
        self._nothing.setVisible(not result.keys and whole)
        if not whole:
            return
        among = result.here if self._state.filters.state == "here" else result.total
        shown, every = digits(f"{len(result.keys):,}"), digits(f"{among:,}")
        self._count.setText(every if len(result.keys) == among else tr("{shown} of {all}", shown=shown, all=every))
        if not result.keys:
            self._tell_nobody()

    def _show_chosen(self) -> None:
        clear(self._side.body)
        page = self._state.page
        self._open.setEnabled(page is not None)
        self._slip.setEnabled(page is not None)
        if page is None:
            fill(self._side.body, Words(tr("Choose a person to see more."), "body", "hint", wrap=True), None)
        else:
            fill(self._side.body, *_side_of(page), None)


def _side_of(page: PersonPage) -> list[Part]:
    person, language = page.row, words.language()
    name, other = _names(person)
    needs = [chips.need(need) for need in person.needs[:1]]
    state = [chips.state(person.state)] if person.state else []
    parts: list[Part] = [Words(name, "title", wrap=True)]
    if other:
        parts += [2, Words(other, "body", "second", wrap=True)]
    parts += [8, row(*(ChipLabel(chip.words, chip.tone, chip.icon) for chip in (*state, *needs)), None, gap=6), 14]
    known: list[tuple[str, str]] = [(tr("Case number"), shown_code(person.code))]
    for name_of in ("birth", "sex", "township", "call_name", "father_name"):
        shown = page.fields.get(name_of)
        text = value_text(shown.field, shown.value, language) if shown is not None else ""
        if text:
            label = tr("Age") if name_of == "birth" else field_label("person", name_of, language)
            known.append((label, str(person.age) if name_of == "birth" and person.age is not None else text))
    known.append((tr("Household"), dates.people(max(1, person.household_size))))
    if page.caseworker:
        known.append((field_label("person", "caseworker", language), page.caseworker))
    if person.site:
        known.append((tr("Registered at"), person.site))
    parts += [facts(known), 16, rule(), 14, Words(tr("Next"), "strong"), 8]
    steps = _next_steps(page)
    parts += [part for icon, text, tone in steps for part in (Note(icon, text, tone, "body"), 6)]
    if not steps:
        parts.append(Words(tr("Nothing waits."), "body", "hint"))
    if page.withhold:
        parts += [12, Note("shield", tr("Do not share with: {who}", who=page.withhold), "warn", "body")]
    if "found_wish" in page.careful:
        said = tr("They do not want to be found. Say nothing to whoever looks for them.")
        parts += [8, Note("shield", said, "warn", "body")]
    for note in [one for one in page.notes if one.important][:2]:
        parts += [8, Note("warning", draw.fitting(note.text, 520, 1), "warn", "body")]
    return parts


def _next_steps(page: PersonPage) -> list[tuple[str, str, str]]:
    waiting = [step for step in page.steps if not step.done][:3]
    found = [
        ("clock", tr("{what}, {when}", what=step.what, when=dates.day(step.due)) if step.due else step.what, "danger" if step.late else "second")
        for step in waiting
    ]
    found += [(chip.icon, chip.words, "second") for chip in (chips.need(need) for need in page.row.needs)]
    if page.row.answers_differ:
        found.insert(0, ("differ", tr("Two different answers to settle"), "warn"))
    forms = [one for one in page.submissions if one.form == "registration"]
    if not forms:
        found.append(("form", tr("Begin the long form"), "second"))
    for one in forms:
        if one.done < one.sections:
            found.append(("form", tr("Form: {done} of {all} sections done", done=one.done, all=one.sections), "second"))
    return found
