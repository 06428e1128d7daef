"""The household: who belongs to it, who was left behind, and what is known of all of them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.codes import shown as shown_code
from desktop.domain.folders import Folder
from desktop.services.people import LeftBehindRow, MemberRow
from desktop.words.labels import choice_label
from ui import chips, words
from ui.pages.person import told
from ui.pages.person.care import may_be_said
from ui.pages.person.household_moves import MoveBox, ask_child, ask_head
from ui.pages.person.made_one import made_one
from ui.pages.person.state import PersonState
from ui.records.choose_person import ChoosePerson
from ui.records.known import text_of
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Words, facts
from ui.widgets.layout import Part, box, col, row
from ui.widgets.lists import CellTable
from ui.widgets.rows import Cell, Chip
from ui.words import tr

_FLAGS = ("came_alone", "child_without_parents", "has_left_behind", "split_over_sites", "tracing_wanted", "note")


def _member(one: MemberRow, mine: bool) -> list[Cell]:
    name, other = told.names(one.person)
    language = words.language()
    relationship = choice_label("relationship", one.relationship, language) if one.relationship else tr("to be asked")
    tasks = ("၊ " if language == "my" else ", ").join(choice_label("household_task", task, language) for task in one.tasks)
    marks: tuple[Chip, ...] = chips.needs(one.person.needs, 1)
    if one.person.state and one.person.state != "here":
        marks = (chips.state(one.person.state), *marks)
    return [
        Cell(name, other, role="strong" if mine else "body", key=one.person.key),
        Cell(relationship, tasks, ink="ink" if one.relationship else "warn"),
        Cell("" if one.person.age is None else str(one.person.age)), Cell(chips=marks),
    ]


class MembersTable(CellTable):
    """Everybody of the household; Enter or a click opens one of the others."""

    def __init__(self, state: PersonState, name: str) -> None:
        my = words.language() == "my"
        heads = (tr("Household"), tr("Relationship"), tr("Age"), tr("Needs"))
        super().__init__(heads, (0, 300 if my else 260, 64, 210 if my else 190), name=name, label=tr("Household"), fit=True)
        self._state = state
        self.show_lines([_member(one, one.person.id == state.person) for one in state.members()])
        self.opened.connect(self._visit)

    def member(self) -> MemberRow | None:
        """The one that is chosen."""
        key = self.current()
        return next((one for one in self._state.members() if one.person.key == key), None)

    def _visit(self, key: object) -> None:
        found = next((one for one in self._state.members() if one.person.key == key), None)
        if found is not None:
            self._state.visit(found.person.id)


def members_table(state: PersonState, name: str) -> MembersTable:
    """The table for the state as it is now."""
    return MembersTable(state, name)


def _left_behind(one: LeftBehindRow, at: int) -> list[Cell]:
    language = words.language()
    fields = one.fields

    def says(name: str, answer: str) -> bool:
        return name in fields and fields[name].value == answer

    marks = [
        chip for chip, on in (
            (Chip(tr("High risk"), "danger", "warning"), says("risk", "high")),
            (Chip(tr("Threatened"), "danger", "warning"), says("threatened", "yes")),
            (Chip(tr("Look for them"), "warn", "search"), says("tracing_wanted", "yes")),
        ) if on
    ]
    kin = fields.get("relationship")
    relationship = choice_label("relationship", str(kin.value), language) if kin and isinstance(kin.value, str) else text_of(kin)
    return [
        Cell(text_of(fields.get("name")) or tr("No name yet"), "  ·  ".join(may_be_said(one)), key=at), Cell(relationship),
        Cell(text_of(fields.get("area"))), Cell(chips=tuple(marks)),
    ]


class HouseholdTab(QWidget):
    """The whole tab, for the state as it is when it is made."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        self._state = state
        page = state.page
        parts: list[Part] = [Words(tr("Nobody else is noted for this household."), "body", "hint")]
        if page is not None and page.household is not None:
            parts = [*self._people(), 26, *self._left(), 26, *self._known()]
        self.setLayout(col(*parts, None, edge=(EDGE, 10, EDGE, 20)))

    def _button(self, text: str, icon: str, name: str) -> Button:
        made = Button(text, icon=icon, name=name)
        made.setEnabled(self._state.writes)
        return made

    def _people(self) -> list[Part]:
        self._members = members_table(self._state, "members")
        if self._state.page is not None:
            self._members.choose(self._state.page.row.key)
        add = self._button(tr("Add a person"), "person-add", "add_member")
        add.clicked.connect(lambda: self._state.begin("member"))
        change = self._button(tr("Change relationship"), "pencil", "change_relationship")
        change.clicked.connect(self._change_relationship)
        head = self._button(tr("Make head…"), "household", "make_head")
        head.clicked.connect(self._make_head)
        move = self._button(tr("Move…"), "moved", "move_members")
        move.clicked.connect(self._move)
        for one in (head, move):
            one.setEnabled(self._state.writes and len(self._state.members()) > 1)
        return [self._members, 12, row(add, change, head, move, *self._child(), None)]

    def _child(self) -> list[Button]:
        """For those who may read it, where the page is about a child: the way to the steps for children without parents."""
        page, who = self._state.page, self._state.shell.who
        grown = page is None or page.row.age is None or page.row.age >= 18
        if grown or not who.role.sees_restricted or Folder.CONTACTS not in who.folders:
            return []
        made = self._button(tr("Without parents…"), "child", "child_case")
        made.clicked.connect(lambda: ask_child(self, self._state))
        return [made]

    def _make_head(self) -> None:
        found = self._members.member()
        if found is not None:
            ask_head(self, self._state, found)

    def _move(self) -> None:
        found = self._members.member()
        MoveBox(self.window(), self._state, found.person.id if found is not None else None).open()

    def _change_relationship(self) -> None:
        found = self._members.member()
        if found is not None:
            self._state.begin("relationship", found.person.id)

    def _left(self) -> list[Part]:
        page = self._state.page
        rows = page.left_behind if page is not None else ()
        my = words.language() == "my"
        add = self._button(tr("Add somebody left behind"), "plus", "add_left_behind")
        add.clicked.connect(lambda: self._state.begin("left_behind"))
        parts: list[Part] = [Words(tr("Family left behind"), "heading"), 6]
        if not rows:
            return [*parts, Words(tr("Nobody is noted."), "body", "hint"), 10, row(add, None)]
        heads = (tr("Name"), tr("Relationship"), tr("Broad area"), "")
        self._left_table = CellTable(
            heads, (0, 110, 130, 350 if my else 330), name="left_behind", label=tr("Family left behind"), fit=True
        )
        self._left_table.show_lines([_left_behind(one, at) for at, one in enumerate(rows)])
        self._left_table.opened.connect(self._open_left)
        self._left_table.choose(0)
        who = self._state.shell.who
        if not who.role.sees_restricted or Folder.CONTACTS not in who.folders:
            return [*parts, self._left_table, 12, row(add, None)]
        seek = self._button(tr("Look for this person…"), "search", "seek_left_behind")
        seek.clicked.connect(self._seek)
        return [*parts, self._left_table, 12, row(add, seek, None)]

    def _seek(self) -> None:
        page, at = self._state.page, self._left_table.current()
        if page is not None and isinstance(at, int) and at < len(page.left_behind):
            self._state.shell.open("families", person=page.row.id, left_behind=page.left_behind[at].id)

    def _open_left(self, at: object) -> None:
        page = self._state.page
        if page is not None and isinstance(at, int) and at < len(page.left_behind):
            self._state.begin("left_behind", page.left_behind[at].id)

    def _known(self) -> list[Part]:
        page = self._state.page
        if page is None:
            return []
        pairs = [(tr("Household number"), shown_code(page.row.household_code)), *told.known("household", page.household_fields, _FLAGS)]
        change = self._button(tr("Change"), "pencil", "change_household")
        change.clicked.connect(lambda: self._state.begin("household"))
        grid = box(facts(pairs, first=190))
        grid.setMaximumWidth(640)
        same = self._button(tr("The same as another household…"), "people", "same_household")
        same.clicked.connect(self._same_household)
        joined = made_one(self._state, page.household_made_one, "household_made_one")
        return [Words(tr("About the household"), "heading"), 8, grid, 12, row(change, same, None), *([26, *joined] if joined else [])]

    def _same_household(self) -> None:
        ChoosePerson(
            self.window(), self._state.shell, self._state.compare_households, title=tr("Whose household is the same as this one?")
        ).open()
