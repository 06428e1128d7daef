"""The lines at the left; what is known of one of them, what may be said, and what is decided at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import Stamp
from desktop.services.children import Alone, Case
from desktop.services.people import PersonRow
from desktop.services.sought import Match
from desktop.services.tracing import Request, Wish
from ui import messages, words
from ui.commands import Command
from ui.messages import Answer
from ui.page import Page
from ui.pages.families.asking import Answering, ask_parts, second_line
from ui.pages.families.child import alone_parts, case_parts, child_form
from ui.pages.families.child import second_line as child_line
from ui.pages.families.request import answer_parts, kin, request_form, request_parts, wish_parts
from ui.pages.families.state import ALONE, ASK, CHILD, PASS_ON, REQUEST, WISH, FamiliesState, Item, key_of
from ui.present_errors import brief
from ui.records.choose_person import ChoosePerson
from ui.records.form_page import FormPage
from ui.shell import Shell
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note
from ui.widgets.layout import box, clear, col, drop, fill, focus_soon, has_keyboard, row, scroll
from ui.widgets.lists import RowList
from ui.widgets.parts import Empty, Head, SidePanel, foot
from ui.widgets.rows import Cell, Chip
from ui.words import digits, mark, tr

_GROUPS = {
    ALONE: mark("May be without parents"), CHILD: mark("Children without parents"),
    ASK: mark("May be the one who is sought"), PASS_ON: mark("Answers to pass on"), WISH: mark("Families who want a search"),
    REQUEST: mark("We look for"),
}
_ICONS = {ALONE: ("child", "danger"), CHILD: ("child", "plain"), ASK: ("search", "warn"), PASS_ON: ("voice", "warn"), WISH: ("household", "plain"), REQUEST: ("search", "plain")}


class FamiliesView(Page):
    """Families."""

    help = (
        mark("Families who look for somebody, and people here who may be the ones who are sought."),
        mark("Ask the one who may be sought, alone, before anybody is told. Then write what they answered."),
        mark("Only what they allowed goes to the other site, without a place and without who answered."),
        mark("If nothing may be told, nothing leaves this place: at the other site it is as if nobody was found."),
        mark("A child is asked together with the person who looks after them. Ctrl+Z takes back the last answer."),
        mark("A child without parents needs somebody on the first day. The steps and their days stand with the child; the desk does not see them."),
    )

    def __init__(self, shell: Shell, state: FamiliesState) -> None:
        super().__init__("families", tr("Families"))
        self._shell, self._state = shell, state
        self._may = shell.who.role.writes
        self._form: FormPage | None = None
        self._answering: Answering | None = None
        self._first: QWidget | None = None
        if state.locked:
            self.setLayout(col((self._locked_page(), 1)))
            return
        self._list = RowList(name="families_list", label=tr("Families"), plane="paper", tall=True, inset=12)
        self._list.chosen.connect(state.look_at)
        self._side = SidePanel("families_side", 330 if words.language() == "my" else 300, side="left")
        self._new = Button(tr("Look for somebody…"), "normal", "plus", name="families_new")
        self._new.clicked.connect(self._ask_who)
        self._new.setEnabled(self._may)
        fill(self._side.body, (self._list, 1))
        fill(self._side.foot, row(self._new, None))
        self._head = Head(" ", " ", above=" ")
        self._middle = col(edge=(EDGE, 6, EDGE, 16))
        self._failed = Note("warning", "", "danger", name="families_failed")
        self._buttons = row(gap=8)
        self._scroll = scroll(box(self._middle), "families_scroll")
        self._work = box(col(
            self._head, (self._scroll, 1), foot((self._failed, 1), None, box(self._buttons)),
        ), "surface")
        self._empty_at = col()
        self._empty = box(self._empty_at)
        self._file = box(row(self._side, (self._work, 1), (self._empty, 1), gap=0))
        self._whole = col((self._file, 1))
        self.setLayout(self._whole)
        state.loaded.connect(self._show_list)
        state.chosen.connect(self._show_item)
        state.editing.connect(self._show_form)
        state.refused.connect(self._refused)
        self._show_list()
        self._show_item()
        self._show_form()

    def _locked_page(self) -> QWidget:
        self._first = today = Button(tr("Go to Today"), "primary", "today", name="families_today")
        today.clicked.connect(lambda: self._shell.open("today"))
        return Empty(
            tr("You cannot open this page"),
            tr("Who is looked for is read by caseworkers and coordinators who can open the folder Contacts. A coordinator can change that in the settings."),
            today,
        )

    # ---- what the shell asks ----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        person, left, case = where.get("person"), where.get("left_behind"), where.get("case")
        self._state.show(
            show=str(where.get("show", "")), person=Stamp(*person) if isinstance(person, tuple) else None,
            left_behind=Stamp(*left) if isinstance(left, tuple) else None, case=Stamp(*case) if isinstance(case, tuple) else None,
        )

    def leave(self) -> None:
        self._state.leave()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        if self._state.locked:
            return self._first
        if self._form is not None:
            return self._form.first()
        return self._list if self._list.isVisibleTo(self) else self._first

    def back(self) -> bool:
        if self._state.form is not None:
            self._state.close_form()
            return True
        return False

    def commands(self) -> Sequence[Command]:
        """What can be done with what is shown now: the shell asks again whenever that changes."""
        state = self._state
        if state.locked:
            return ()
        if self._form is not None:
            return (Command("families.save", mark("Save"), self._form.save, "Ctrl+Return", "done"),)
        item, found = state.item(), []
        if isinstance(item, Match):
            found.append(Command("families.answer", mark("Save what they answered"), state.answer, "Ctrl+Return", "done"))
        elif isinstance(item, Wish):
            found.append(Command("families.write", mark("Write the request"), self._write_wish, "Ctrl+Return", "form"))
        elif isinstance(item, Request):
            found.append(Command("families.change", mark("Change the request"), state.change, "E", "pencil"))
        elif isinstance(item, Alone):
            found.append(Command("families.case", mark("Begin the steps for this child"), partial(self._begin_case, item), "Ctrl+Return", "child"))
        elif isinstance(item, Case):
            found.append(Command("families.change", mark("Write what was done for this child"), state.change, "E", "pencil"))
            found.append(Command("families.caregiver", mark("Choose the caregiver…"), partial(self._ask_caregiver, item), "", "person"))
        found.append(Command("families.new", mark("Look for somebody…"), self._ask_who, "Alt+N", "plus"))
        return found if self._may else ()

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        cells: list[Cell] = []
        for group, items in self._state.groups():
            if items:
                cells.append(Cell(tr(_GROUPS[group]), right=digits(str(len(items))), heading=True))
                cells += [_line(group, one) for one in items]
        self._list.blockSignals(True)  # what is looked at is decided by the state
        self._list.show_cells(cells)
        if self._state.key is not None:
            self._list.choose(self._state.key)
        self._list.blockSignals(False)
        empty, had = self._state.found is not None and not cells, has_keyboard(self)
        for widget, on in ((self._side, not empty), (self._work, not empty), (self._empty, empty)):
            widget.setVisible(on)
        if empty:
            self._show_empty(had)
        elif had and not has_keyboard(self) and self._form is None:
            focus_soon(self._list)

    def _show_empty(self, had: bool) -> None:
        clear(self._empty_at)
        new = Button(tr("Look for somebody…"), "primary", "plus", "Alt+N", name="empty_new")
        new.clicked.connect(self._ask_who)
        new.setEnabled(self._may)
        self._first = new
        fill(self._empty_at, (Empty(
            tr("Nobody is looked for"),
            tr("When a family here looks for somebody, write whom. If they are registered at a site that shares Contacts with us, they are asked there first."),
            new,
        ), 1))
        if self._form is None and (had or not self._shell.rail.has_keyboard()):
            focus_soon(new)

    def _show_item(self) -> None:
        item = self._state.item()
        had = has_keyboard(self._work)
        clear(self._middle)
        clear(self._buttons)
        self._failed.say("" if self._may else tr("Your role reads only. Somebody else has to decide this."), "second", "lock")
        self._answering = None
        if item is None:
            self._head.say(" ")
            self._shell.offer()
            return
        if isinstance(item, Match):
            self._show_match(item)
        elif isinstance(item, Wish):
            self._show_wish(item)
        elif isinstance(item, (Alone, Case)):
            self._show_child(item)
        else:
            self._show_request(item)
        self._shell.offer()
        if had and self.isVisible():
            focus_soon(self._answering.first if self._answering is not None else self._list)

    def _show_match(self, one: Match) -> None:
        name = one.person.name or one.person.call_name
        above = tr("Likely") if one.likely else tr("Maybe")
        self._head.say(tr("Is {name} the one who is sought?", name=name), second_line(one), above)
        self._answering = made = Answering(self._state, one, enabled=self._may)
        made.changed.connect(self._show_questions)
        fill(self._middle, *ask_parts(one), 6, made.widget, None)
        self._foot(
            self._person_button(one.person), self._button(tr("Save answer"), "primary", "", "Ctrl+Enter", "families_answer", self._state.answer),
        )

    def _show_questions(self) -> None:
        """What an answer asks for stands below it: bring it into sight once it is laid out."""
        made = self._answering
        if made is not None:
            QTimer.singleShot(0, made.widget, lambda: self._scroll.ensureWidgetVisible(made.last, 0, 12))

    def _show_wish(self, one: Wish) -> None:
        self._head.say(
            tr("{name} is to be looked for", name=one.name or tr("Somebody")),
            tr("The family of {name} wishes it.", name=one.person.name or one.person.call_name), kin(one.relationship),
        )
        fill(self._middle, *wish_parts(one), None)
        self._foot(
            self._person_button(one.person), self._button(tr("Write the request"), "primary", "form", "Ctrl+Enter", "families_write", self._write_wish),
        )

    def _show_request(self, one: Request) -> None:
        passing = self._state.key is not None and self._state.key[0] == PASS_ON
        who = one.asked_by or (one.seeker.name if one.seeker is not None else "")
        if passing:
            self._head.say(tr("An answer for {name}", name=who or tr("the one who asked")), tr("About {name}", name=one.name), kin(one.relationship))
            fill(self._middle, *answer_parts(self._state, one), None)
        else:
            since = tr("{who} looks for them.", who=who) if who else ""
            self._head.say(tr("We look for {name}", name=one.name), since, kin(one.relationship))
            fill(self._middle, *request_parts(self._state, one), None)
        buttons = [self._person_button(one.seeker)] if one.seeker is not None else []
        if not passing:
            buttons += [
                self._button(tr("End the search…"), "normal", "close", "", "families_end", partial(self._ask_end, one)),
                self._button(tr("Change"), "normal", "pencil", "E", "families_change", self._state.change),
            ]
        self._foot(*buttons)

    def _show_child(self, one: Alone | Case) -> None:
        row_ = one.person
        name = (row_.name or row_.call_name) if row_ is not None else tr("A child of another site")
        if isinstance(one, Alone):
            self._head.say(tr("{name} may be without parents", name=name), child_line(row_), tr("May be without parents"))
            fill(self._middle, *alone_parts(one), None)
            buttons = [self._button(tr("Begin the steps"), "primary", "child", "Ctrl+Enter", "families_case", partial(self._begin_case, one))]
        else:
            self._head.say(name, child_line(row_), tr("Child without parents"))
            seeking = [] if one.searches or row_ is None else [
                self._button(tr("Look for the family…"), "normal", "search", "", "families_seek", partial(self._state.begin, row_.id))
            ]
            choose = self._button(tr("Choose the caregiver…"), "normal", "person", "", "families_caregiver", partial(self._ask_caregiver, one))
            fill(self._middle, *case_parts(one, row(choose, *seeking, None)), None)
            buttons = [self._button(tr("Write what was done"), "primary", "pencil", "E", "families_change", self._state.change)]
        self._foot(*([self._person_button(row_)] if row_ is not None else []), *buttons)

    def _button(self, text: str, kind: str, icon: str, hint: str, name: str, do: Callable[[], None]) -> Button:
        made = Button(text, kind, icon, hint, name=name)
        made.clicked.connect(lambda: do())
        made.setEnabled(self._may)
        return made

    def _person_button(self, row_: PersonRow) -> Button:
        made = Button(tr("Open the page of {name}", name=row_.name or row_.call_name), "quiet", "person", name="families_person")
        made.clicked.connect(partial(self._state.open_person, row_.id))
        return made

    def _foot(self, *buttons: Button) -> None:
        fill(self._buttons, *buttons)

    # ---- doing ------------------------------------------------------------------------------------------------------

    def _write_wish(self) -> None:
        item = self._state.item()
        if isinstance(item, Wish):
            self._state.begin(item.person.id, item.left_behind)

    def _ask_who(self) -> None:
        if self._state.form is None:
            ChoosePerson(self.window(), self._shell, lambda row_: self._state.begin(row_.id), title=tr("Who looks for somebody?")).open()

    def _begin_case(self, one: Alone) -> None:
        messages.ask(
            self, tr("Who looks after {name} now?", name=one.person.name or one.person.call_name),
            tr("As long as nobody looks after them, this child stands on Today."),
            (
                Answer("unaccompanied", tr("Nobody grown"), "primary"), Answer("separated", tr("Others, not the parents")), Answer("", tr("Go back")),
            ),
            lambda answer: self._state.open_case(one.person.id, answer) if answer else None, icon="child",
        )

    def _ask_caregiver(self, one: Case) -> None:
        ChoosePerson(
            self.window(), self._shell, lambda row_: self._state.set_caregiver(one.id, row_.id), title=tr("Who looks after the child?")
        ).open()

    def _ask_end(self, one: Request) -> None:
        messages.ask(
            self, tr("End the search for {name}?", name=one.name),
            tr("Nobody is asked any more, at any site that hears of it. Ctrl+Z takes it back."),
            (Answer("keep", tr("Go on looking"), "primary"), Answer("end", tr("End the search"), "danger")),
            lambda answer: self._state.end(one.id) if answer == "end" else None, icon="warning",
        )

    def _show_form(self) -> None:
        if self._form is not None:
            drop(self._whole, self._form)
            self._form = None
        if self._state.form is not None:
            self._form = child_form(self._state) if self._state.form[0] == CHILD else request_form(self._state)
            fill(self._whole, (self._form, 1))
        self._file.setVisible(self._form is None)
        if self.isVisible():
            first = self.first_focus()
            if first is not None:
                focus_soon(first)
        self._shell.offer()

    def _refused(self, error: UserError) -> None:
        if self._form is None:
            self._failed.say(brief(error), "danger", "warning")
            if self._answering is not None:
                focus_soon(self._answering.first)


def _line(group: str, one: Item) -> Cell:
    icon, tone = _ICONS[group]
    if isinstance(one, Match):
        name, second = one.person.name or one.person.call_name, tr("for {name}", name=one.request.asked_by or tr("somebody"))
    elif isinstance(one, (Alone, Case)):
        name = (one.person.name or one.person.call_name) if one.person is not None else tr("A child of another site")
        years = one.person.age if one.person is not None else None
        second = tr("{n} years", n=years) if years is not None else " "
        if isinstance(one, Case) and one.ours:
            late = sum(step.late for step in one.steps)
            marks = (Chip(tr("no caregiver"), "danger"),) if not one.caregiver else (Chip(tr("late"), "warn"),) if late else ()
            return Cell(name, second, icon=icon, tone=tone, chips=marks, key=key_of(group, one))
    elif isinstance(one, Wish):
        name, second = one.name or tr("No name yet"), tr("for {name}", name=one.person.name or one.person.call_name)
    else:
        age = tr("{n} years", n=one.age) if one.age is not None else ""
        name, second = one.name, tr(", ").join(part for part in (kin(one.relationship), age) if part)
    return Cell(name, second, icon=icon, tone=tone, key=key_of(group, one))
