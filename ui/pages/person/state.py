"""Who is looked at, which tab is open, and what is half changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import any_form, intake, merging, paper_places, people
from desktop.services.any_form import Filled
from desktop.services.intake import DraftRow
from desktop.services.paper_places import PapersOf
from desktop.services.people import ChangeLine, MemberRow, PersonPage, PersonRow, SubmissionRow
from desktop.services.session import Session
from ui.records.half_typed import HalfTyped, Place
from ui.shell import Shell

_TOUCHED = frozenset({"person", "household", "left_behind", "submission", "health", "conflict", "paper"})
TABS = ("overview", "household", "forms", "health", "papers", "history")


@dataclass(frozen=True)
class Edit:
    """What is being changed: `what` is person, household, relationship, member, left_behind or health; `record` is None where the
    save makes a new record or finds it by itself."""

    what: str
    record: RecordId | None = None

    @property
    def kind(self) -> str:
        """The kind of record whose fields are shown."""
        return {"relationship": "person", "member": "person"}.get(self.what, self.what)

    @property
    def new(self) -> bool:
        """True if the save makes a record that must have a name."""
        return self.what == "member" or (self.what == "left_behind" and self.record is None)


class PersonState(QObject):
    """Signals: `loaded` when `page` is new (or `error` says why there is none), `told` when `lines` are new, `tab_opened`, `editing` when `edit` is
    another one, `refused(UserError)` when a save failed."""

    loaded = Signal()
    told = Signal()
    tab_opened = Signal()
    editing = Signal()
    refused = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = self.shell = shell  # the tab of forms opens boxes over it
        self.person: RecordId | None = None
        self.filled: tuple[Filled, ...] = ()
        self.drafts: tuple[DraftRow, ...] = ()
        self.page: PersonPage | None = None
        self.papers: PapersOf | None = None
        self.error: UserError | None = None
        self.tab = "overview"
        self.lines: Sequence[ChangeLine] = ()
        self.edit: Edit | None = None
        self._asked: tuple[RecordId | None, str] = (None, "")  # what the page was opened for
        self.half = HalfTyped(shell, (Folder.RECEPTION, Folder.HEALTH))
        self.half.fetched.connect(self._go_on)

    # ---- reading --------------------------------------------------------------------------------------------------

    def show(self, person: RecordId | None, tab: str = "") -> None:
        """Look at this person; None: the one looked at before. Asked again for the same (the language changed), stay at the tab."""
        again, self._asked = (person, tab) == self._asked, (person, tab)
        if person is not None and person != self.person:
            self.person, self.page, self.error, self.lines = person, None, None, ()
            self.tab, self.edit = "overview", None
            self._go_on()
        if tab in TABS and not again:
            self.tab = tab
        if self.writes:
            self.half.fetch()
        self.load()

    def leave(self) -> None:
        """Another page is shown: keep what is typed."""
        self._asked = (None, "")
        self.half.flush()

    def _go_on(self) -> None:
        """Open the form that was left half filled, if there is one."""
        left = self._left()
        if self.edit is None and left and self.writes:
            self.edit = left[0]
            self.editing.emit()

    def _left(self) -> list[Edit]:
        """Forms about this person with something typed in them."""
        if self.person is None:
            return []
        begin = f"{self.person.text()} "
        names = [name for folder in (Folder.RECEPTION, Folder.HEALTH) for name in self.half.names(folder, begin)]
        found = []
        for name in names:
            what, _, record = name[len(begin) :].partition(" ")
            found.append(Edit(what, RecordId.parse(record) if record else None))
        return found

    def load(self) -> None:
        """Read everything again."""
        person = self.person
        if person is None:
            return

        def work(session: Session) -> tuple[PersonPage, tuple[Filled, ...], tuple[DraftRow, ...], PapersOf]:
            filled = tuple(any_form.filled(session, person=person))
            saved = {one.id for one in filled}  # a draft of one of these is gone on with where that is opened
            left = tuple(one for one in intake.drafts(session) if one.digest and one.person == person and one.submission not in saved)
            return people.page(session, person=person), filled, left, paper_places.papers_of(session, person=person)

        self._shell.read(self, work, lambda found: self._arrived(person, *found), self._missing)

    def load_history(self) -> None:
        """Read the whole history."""
        person = self.person
        if person is None:
            return

        def arrived(lines: list[ChangeLine]) -> None:
            if person == self.person:
                self.lines = lines
                self.told.emit()

        self._shell.read(self, lambda session: people.history(session, record=person), arrived, self._missing)

    def changed(self, changes: Changes) -> None:
        """Read again what these changes may touch."""
        if changes.kinds & _TOUCHED:
            self.load()

    def _arrived(
        self, person: RecordId, page: PersonPage, filled: tuple[Filled, ...], drafts: tuple[DraftRow, ...], papers: PapersOf
    ) -> None:
        if person == self.person:
            self.page, self.papers, self.error = page, papers, None
            self.filled, self.drafts = filled, drafts
            self.loaded.emit()

    def _missing(self, error: UserError) -> None:
        self.page, self.error, self.edit = None, error, None
        self.loaded.emit()

    def open_tab(self, tab: str) -> None:
        """Look at another part of the page."""
        if tab in TABS and tab != self.tab:
            self.tab = tab
            self.tab_opened.emit()

    def visit(self, person: RecordId) -> None:
        """Go to somebody else's page."""
        if person != self.person:
            self._shell.open("person", person=person)

    # ---- what the page leads to -------------------------------------------------------------------------------------

    @property
    def writes(self) -> bool:
        """True if this volunteer's role may change anything."""
        return self._shell.who.role.writes

    def members(self) -> list[MemberRow]:
        """Everybody of the household, this person among them, the head first."""
        page = self.page
        if page is None:
            return []
        mine, tasks = page.fields.get("relationship"), page.fields.get("household_tasks")
        own = tuple(tasks.value) if tasks is not None and isinstance(tasks.value, (list, tuple)) else ()
        everybody = [*page.members, MemberRow(page.row, str(mine.value) if mine is not None else "", own)]
        return sorted(everybody, key=lambda one: (one.relationship != "focal", one.person.key))

    def long_form(self) -> None:
        """Begin the long form or go on with it."""
        self._shell.open("longform", person=self.person)

    def own_forms(self) -> list[SubmissionRow]:
        """What is filled of the forms that came with the program; all others are `filled`."""
        rows = self.page.submissions if self.page is not None else ()
        return [one for one in rows if one.form in (intake.ARRIVAL, intake.REGISTRATION)]

    def open_form(self, **where: object) -> None:
        """A filled form (``submission=``) or one that was left half filled (``draft=``)."""
        self._shell.open("longform", **where)

    def print_form(self, submission: object) -> None:
        """A filled form on paper."""
        self._shell.open("paper", submission=submission)

    def answers(self, field: str = "") -> None:
        """Settle two different answers about this person."""
        self._shell.open("answers", record=self.person, field=field)

    def print(self, document: str = "") -> None:
        """The papers of this person."""
        self._shell.open("paper", person=self.person, **({"document": document} if document else {}))

    # ---- changing -------------------------------------------------------------------------------------------------

    def begin(self, what: str, record: RecordId | None = None) -> None:
        """Open the form for this."""
        if self.page is not None and self.writes and self.edit is None:
            self.edit = Edit(what, record)
            self.editing.emit()

    def put_paper(self, paper: str, place: str) -> None:
        """Say where the original of a paper is now."""
        person = self.person
        if person is not None and self.writes:
            self._shell.do(self, lambda session: paper_places.put(session, person=person, paper=paper, place=place))

    def _place(self, person: RecordId | None, edit: Edit) -> Place:
        folder = Folder.HEALTH if edit.kind == "health" else Folder.RECEPTION
        whose, record = person.text() if person is not None else "", edit.record.text() if edit.record is not None else ""
        return folder, f"{whose} {edit.what} {record}".strip()

    def typed(self) -> dict[str, Value]:
        """What is changed so far in the form that is open. The form writes into it."""
        return self.half.at(self._place(self.person, self.edit)) if self.edit is not None else {}

    def touched(self) -> None:
        """Something was typed in the form that is open."""
        if self.edit is not None:
            self.half.touch(self._place(self.person, self.edit))

    def half_done(self, what: str) -> bool:
        """True if a form of this kind was closed with changes in it."""
        return any(edit.what == what for edit in self._left())

    def known(self) -> Mapping[str, Value]:
        """The values that the open form starts from."""
        page, edit = self.page, self.edit
        if page is None or edit is None or edit.new:
            return {}
        if edit.what == "relationship":
            found = [one for one in self.members() if one.person.id == edit.record]
            return {"relationship": found[0].relationship, "household_tasks": found[0].tasks} if found else {}
        fields = {"person": page.fields, "household": page.household_fields, "health": page.health or {}}.get(edit.what)
        if fields is None:
            fields = next((one.fields for one in page.left_behind if one.id == edit.record), {})
        return {name: shown.value for name, shown in fields.items()}

    def check(self, values: Mapping[str, Value]) -> list[Problem]:
        """What is wrong with what is typed."""
        edit = self.edit
        if edit is None:
            return []
        return people.check(edit.kind, {"name": None, **values} if edit.new else values)

    def close_form(self) -> None:
        """Close the form; what is typed in it stays and is there when it is opened again."""
        if self.edit is not None:
            self.edit = None
            self.editing.emit()

    def forget(self) -> None:
        """Close the form and throw away what is typed in it."""
        if self.edit is not None:
            self.half.drop(self._place(self.person, self.edit))
        self.close_form()

    def save(self, values: Mapping[str, Value]) -> None:
        """Write the changes; the form closes when they are written."""
        edit, person = self.edit, self.person
        if edit is None or person is None:
            return
        if not values and not edit.new:
            self.forget()
            return
        household = self.page.household if self.page is not None else None

        def work(session: Session) -> Changes:
            return _write(session, edit, person, household, values)

        self._shell.do(self, work, lambda _none: self._saved(person, edit), self.refused.emit)

    def _saved(self, person: RecordId, edit: Edit) -> None:
        self.half.drop(self._place(person, edit))
        if self.person == person and self.edit == edit:
            self.close_form()

    def make_two(self, record: RecordId) -> None:
        """A record that was made one with this person or household stands on its own again."""
        self._shell.do(self, lambda session: merging.unmerge(session, record=record))

    def compare(self, row: PersonRow) -> None:
        """Put this person and somebody else beside each other."""
        person = self.page.row.id if self.page is not None else None
        if person is not None and row.id != person:
            self._shell.open("doubles", one=person, two=row.id)

    def compare_households(self, row: PersonRow) -> None:
        """Put this household and that of somebody else beside each other."""
        here = self.page.household if self.page is not None else None

        def arrived(page: PersonPage) -> None:
            if here is not None and page.household is not None and page.household != here:
                self._shell.open("doubles", one=here, two=page.household)

        self._shell.read(self, lambda session: people.page(session, person=row.id), arrived)

    def delete(self) -> None:
        """Take the person off every list."""
        person = self.person
        if person is not None:
            self._shell.do(self, lambda session: people.delete(session, person=person), self._deleted)

    def _deleted(self, _none: object) -> None:
        self.person, self.page, self.edit = None, None, None
        self._shell.open("people")


def _write(
    session: Session, edit: Edit, person: RecordId, household: RecordId | None, values: Mapping[str, Value]
) -> Changes:
    if edit.what == "health":
        return people.change_health(session, person=person, values=values)
    if edit.new:
        if household is None:
            raise UserError("record.missing")
        add = people.add_member if edit.what == "member" else people.add_left_behind
        return add(session, household=household, values=values)[1]
    record = edit.record if edit.record is not None else person if edit.what == "person" else household
    if record is None:
        raise UserError("record.missing")
    return people.change(session, record=record, values=values)
