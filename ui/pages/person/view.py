"""The case file of one person: head, tabs, side, and the form that changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.domain.changes import Changes
from desktop.domain.ids import Stamp
from ui import messages
from ui.commands import Command
from ui.messages import Answer
from ui.page import Page
from ui.pages.person import overview, told
from ui.pages.person.carer import ChooseCarer
from ui.pages.person.change_form import change_form
from ui.pages.person.forms_tab import FormsTab, choose_another
from ui.pages.person.head import PersonHead
from ui.pages.person.health_tab import HealthTab
from ui.pages.person.history_tab import HistoryTab, one_change
from ui.pages.person.household_tab import HouseholdTab
from ui.pages.person.notes_tab import NotesTab
from ui.pages.person.papers_tab import PapersTab
from ui.pages.person.photos_tab import PhotosTab
from ui.pages.person.state import TABS, PersonState
from ui.present_errors import FailurePanel
from ui.records.choose_person import ChoosePerson
from ui.records.form_page import FormPage, keyboard_first
from ui.shell import Shell
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.layout import box, clear, col, drop, fill, focus_soon, has_keyboard, row, scroll, scroll_soon
from ui.widgets.parts import SidePanel
from ui.words import mark, tr

_SIDED = ("overview", "history")  # tabs with something at their side


class PersonView(Page):
    """Person."""

    help = (
        mark("Everything known about one person. The tabs show the household, filled forms, health and every change ever made."),
        mark("Press E to change what is known. Nothing is saved before you press Save; what you typed stays if you leave the page."),
        mark("Where it says “2 answers”, two people wrote different things. Press it to choose which is right."),
        mark("Alt+W writes a note and Alt+S a next step. Before you save, the page says who will be able to read it."),
        mark("Papers shows where each original is. We do not keep originals: what is with us stands on Today until it was given back."),
        mark("Health opens only for those who have that folder. Ctrl+Z takes back your last save."),
    )

    def __init__(self, shell: Shell, state: PersonState) -> None:
        super().__init__("person", tr("Person"))
        self._shell, self._state = shell, state
        self._head = PersonHead(state)
        self._head.change.connect(self._change)
        self._head.print.connect(self._print)
        self._head.opened.connect(state.open_tab)
        self._middle = col()
        self._side = SidePanel("person_side", 300)
        self._delete = Button(tr("Take off the list…"), "quiet", "close", name="person_delete")
        self._delete.clicked.connect(self._ask_delete)
        fill(self._side.foot, row(self._delete, None))
        self._part = box(self._middle)
        self._file = box(col(self._head, (row((self._part, 1), self._side, gap=0), 1)))
        self._form: FormPage | None = None
        self._whole = col((self._file, 1))
        self._error: QWidget | None = None
        self._area: QScrollArea | None = None
        self._shown: tuple[object, str] = (None, "")
        self._history: HistoryTab | None = None
        self.setLayout(self._whole)
        state.loaded.connect(self._show)
        state.told.connect(self._show_history)
        state.tab_opened.connect(self._show)
        state.editing.connect(self._show_form)
        self._show()

    # ---- what the shell asks -----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        person = where.get("person")
        self._state.show(Stamp(*person) if isinstance(person, tuple) else None, str(where.get("tab", "")))
        if self._state.page is None:
            self._show()

    def leave(self) -> None:
        self._state.leave()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        if self._form is not None:
            edit = self._state.edit
            fields = keyboard_first(self._form.form) if edit is not None and edit.whole else None  # who may read it stands before them
            return fields or self._form.first()
        return self._head.tabs

    def back(self) -> bool:
        if self._state.edit is not None:
            self._state.close_form()
            return True
        return False

    def commands(self) -> Sequence[Command]:
        def reading() -> bool:
            return self._state.page is not None and self._state.edit is None

        def writing() -> bool:
            return reading() and self._state.writes

        def assessing() -> bool:
            return writing() and self._state.page is not None and self._state.page.assessment is not None

        def opening(tab: str) -> Callable[[], None]:
            return lambda: self._state.open_tab(tab)

        steps = [
            Command(f"person.{name}", words, opening(name), f"Alt+{at}", ready=reading)
            for at, (name, words) in enumerate(zip(TABS, _TAB_WORDS), 1)
        ]
        return (
            Command("person.save", mark("Save what I changed"), self._save, "Ctrl+Return", "done", ready=lambda: self._form is not None),
            Command("person.change", mark("Change what is known"), self._change, "E", "pencil", ready=writing),
            Command("person.print", mark("Print for this person"), self._print, "Ctrl+P", "paper", ready=reading),
            Command("person.note", mark("Write a note"), lambda: self._state.begin("note"), "Alt+W", "pencil", ready=writing),
            Command("person.step", mark("Add a step"), lambda: self._state.begin("step"), "Alt+S", "plus", ready=writing),
            Command("person.photo", mark("Add a photo"), lambda: self._state.open_tab("photos"), "", "camera", ready=writing),
            Command("person.carer", mark("Who looks after them…"), self._choose_carer, "Alt+O", "person", ready=writing),
            Command("person.assess", mark("Checking and risk…"), lambda: self._state.begin("assessment"), "", "shield", ready=assessing),
            Command("person.form", mark("Go on with the long form"), self._state.long_form, "", "form", ready=writing),
            Command("person.fill", mark("Fill another form…"), lambda: choose_another(self, self._state), "Alt+N", "form", ready=writing),
            Command("person.member", mark("Add a person"), lambda: self._state.begin("member"), "", "person-add", ready=writing),
            Command("person.left", mark("Add somebody left behind"), lambda: self._state.begin("left_behind"), "", "plus", ready=writing),
            *steps,
            Command("person.same", mark("The same person as…"), self._same_person, "", "people", ready=writing),
            Command("person.delete", mark("Take off the list…"), self._ask_delete, "", "close", ready=writing),
        )

    # ---- showing -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._state
        self._show_error()
        self._head.show_state()
        if state.edit is not None:
            if self._form is None and state.page is not None:
                self._show_form()
            return
        had = has_keyboard(self._part) or has_keyboard(self._side)
        before, now = self._before(), (state.person, state.tab)
        again, self._shown, self._area = now == self._shown, now, None
        clear(self._middle)
        clear(self._side.body)
        self._history = None
        self._side.setVisible(state.page is not None and state.tab in _SIDED)
        self._delete.setVisible(state.tab == "overview" and state.writes)
        if state.page is None:
            return
        if state.tab == "history":
            state.load_history()
        else:
            makers: dict[str, Callable[[PersonState], QWidget]] = {
                "household": HouseholdTab, "notes": NotesTab, "forms": FormsTab, "papers": PapersTab, "health": HealthTab, "photos": PhotosTab,
            }
            maker = makers.get(state.tab)
            inner = maker(state) if maker is not None else overview.overview(state)
            self._area = scroll(inner, "person_scroll")
            fill(self._middle, (self._area, 1))
            if again:
                scroll_soon(self._area, before[0])
        if state.tab == "overview":
            fill(self._side.body, *overview.side(state), None)
        if had:
            focus_soon((self.findChild(QWidget, before[1]) if again and before[1] else None) or self._head.tabs)

    def _before(self) -> tuple[int, str]:
        """How far the part that is shown was scrolled, and the name of what has the keyboard: both stay when it is read anew."""
        at = self._area.verticalScrollBar().value() if self._area is not None else 0
        focused = self.focusWidget()
        return at, focused.objectName() if focused is not None else ""

    def _show_error(self) -> None:
        error = self._state.error
        if self._error is not None:
            drop(self._whole, self._error)
            self._error = None
        self._file.setVisible(error is None and self._form is None)
        if error is not None:
            again = Button(tr("Go to People"), "primary", "people", name="person_gone")
            again.clicked.connect(lambda: self._shell.open("people"))
            self._error = box(col(FailurePanel(error, again), edge=(EDGE, 48, EDGE, 0)))
            fill(self._whole, (self._error, 1))
            focus_soon(again)

    def _show_history(self) -> None:
        if self._state.tab != "history" or self._state.edit is not None:
            return
        had = self._history is not None and has_keyboard(self._history)
        clear(self._middle)
        self._history = HistoryTab(self._state)
        self._history.table.chosen.connect(self._show_change)
        fill(self._middle, (self._history, 1))
        self._history.table.choose_row(0)
        if had:
            focus_soon(self._history.table)

    def _show_change(self, at: object) -> None:
        clear(self._side.body)
        if isinstance(at, int) and at < len(self._state.lines):
            fill(self._side.body, *one_change(self._state.lines[at]), None)

    # ---- changing ------------------------------------------------------------------------------------------------------

    def _show_form(self) -> None:
        state = self._state
        if self._form is not None:
            drop(self._whole, self._form)
            self._form = None
        if state.edit is not None and state.page is not None:
            self._form = change_form(state, state.edit, restricted=self._shell.who.role.sees_restricted)
            fill(self._whole, (self._form, 1))
        self._file.setVisible(self._form is None and state.error is None)
        if state.edit is None:
            self._show()
        if self.isVisible():
            first = self.first_focus()
            if first is not None:
                focus_soon(first)
        self._shell.offer()

    def _change(self) -> None:
        state = self._state
        health = state.tab == "health" and state.page is not None and state.page.health is not None
        what = "health" if health else "household" if state.tab == "household" else "person"
        state.begin(what)

    def _save(self) -> None:
        if self._form is not None:
            self._form.save()

    def _print(self) -> None:
        self._state.print()

    def _same_person(self) -> None:
        ChoosePerson(self.window(), self._shell, self._state.compare, title=tr("Who is the same person?")).open()

    def _choose_carer(self) -> None:
        ChooseCarer(self.window(), self._state).open()

    def _ask_delete(self) -> None:
        page = self._state.page
        if page is None:
            return
        name = told.names(page.row)[0]
        messages.ask(
            self, tr("Take {name} off the list?", name=name),
            tr("Nobody will find this person in the list any more. The history stays, and Ctrl+Z brings them back."),
            (Answer("keep", tr("Keep on the list"), "primary"), Answer("take", tr("Take off the list"), "danger")),
            lambda answer: self._state.delete() if answer == "take" else None, icon="warning", tone="danger",
        )


_TAB_WORDS = (
    mark("Overview"), mark("Household"), mark("Notes and steps"), mark("Forms"), mark("Health"), mark("Papers"), mark("Photos"), mark("History"),
)
