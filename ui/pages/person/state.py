"""Who is looked at, which tab is open, and what is half changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import any_form, intake, merging, paper_places, people, whole_history
from desktop.services.any_form import Filled
from desktop.services.intake import DraftRow
from desktop.services.paper_places import PapersOf
from desktop.services.people import MemberRow, PersonPage, PersonRow, Submission
from desktop.services.session import Session
from desktop.services.whole_history import HistoryLine
from ui import words
from ui.pages.person.edit import Edit, known_of, write
from ui.pages.person.narrowed import Narrowed
from ui.pages.person.records import Around, RecordsState, around
from ui.records.half_typed import HalfTyped, Place
from ui.shell import Shell

_TOUCHED = frozenset({
    "person", "household", "left_behind", "submission", "health", "conflict", "paper", "note", "step", "photo", "assessment", "volunteer", "scan",
})
TABS = ("overview", "household", "notes", "forms", "health", "papers", "photos", "history")


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
        self.lines: Sequence[HistoryLine] = ()
        self.narrowed = Narrowed()
        self.edit: Edit | None = None
        self._asked: tuple[RecordId | None, str] = (None, "")  # what the page was opened for
        self.records = RecordsState(shell, self)
        self.half = HalfTyped(shell, tuple(Folder))
        self.half.fetched.connect(self._go_on)

    # ---- reading --------------------------------------------------------------------------------------------------

    def show(self, person: RecordId | None, tab: str = "") -> None:
        """Look at this person; None: the one looked at before. Asked again for the same (the language changed), stay at the tab."""
        again, self._asked = (person, tab) == self._asked, (person, tab)
        if person is not None and person != self.person:
            self.person, self.page, self.error, self.lines = person, None, None, ()
            self.tab, self.edit, self.narrowed = "overview", None, Narrowed()
            self.records.forget()
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
        found = []
        for folder in Folder:
            for name in self.half.names(folder, begin):
                what, _, record = name[len(begin) :].partition(" ")
                found.append(Edit(what, RecordId.parse(record) if record else None, folder))
        return found

    def load(self) -> None:
        """Read everything again."""
        person = self.person
        if person is None:
            return

        def work(session: Session) -> tuple[PersonPage, tuple[Filled, ...], tuple[DraftRow, ...], PapersOf, Around]:
            filled = tuple(any_form.filled(session, person=person))
            saved = {one.id for one in filled}  # a draft of one of these is gone on with where that is opened
            left = tuple(one for one in intake.drafts(session) if one.digest and one.person == person and one.submission not in saved)
            papers = paper_places.papers_of(session, person=person)
            return people.page(session, person=person), filled, left, papers, around(session, person)

        self._shell.read(self, work, lambda found: self._arrived(person, *found), self._missing)

    def load_history(self) -> None:
        """Read the whole history."""
        person = self.person
        if person is None:
            return

        language = words.language()

        def arrived(lines: list[HistoryLine]) -> None:
            if person == self.person:
                self.lines = lines
                self.told.emit()

        self._shell.read(self, lambda session: whole_history.everything(session, person=person, language=language), arrived, self._missing)

    def changed(self, changes: Changes) -> None:
        """Read again what these changes may touch."""
        if changes.kinds & _TOUCHED:
            self.load()

    def _arrived(
        self, person: RecordId, page: PersonPage, filled: tuple[Filled, ...], drafts: tuple[DraftRow, ...], papers: PapersOf, known: Around
    ) -> None:
        if person == self.person:
            self.records.around = known
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
        said = {name: page.fields[name].value for name in people.IN_HOUSEHOLD if name in page.fields}
        everybody = [*page.members, MemberRow(page.row, str(mine.value) if mine is not None else "", own, said)]
        return sorted(everybody, key=lambda one: (one.relationship != "focal", one.person.key))

    def long_form(self) -> None:
        """Begin the long form or go on with it."""
        self._shell.open("longform", person=self.person)

    def own_forms(self) -> list[Submission]:
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

    def look_at_page(self, scan: object) -> None:
        """A scanned sheet of this person."""
        self._shell.open("scans", scan=scan)

    # ---- changing -------------------------------------------------------------------------------------------------

    def begin(self, what: str, record: RecordId | None = None, folder: Folder = Folder.RECEPTION) -> None:
        """Open the form for this."""
        if self.page is not None and self.writes and self.edit is None:
            self.edit = Edit(what, record, {"health": Folder.HEALTH, "assessment": Folder.CONTACTS}.get(what, folder))
            self.editing.emit()

    def move_to(self, folder: Folder) -> None:
        """Let what is being written lie in another folder: what is typed moves there at once."""
        edit = self.edit
        if edit is None or edit.record is not None or edit.folder is folder:
            return
        typed = dict(self.typed())
        self.half.drop(self._place(self.person, edit))
        self.edit = replace(edit, folder=folder)
        self.typed().update(typed)
        if typed:
            self.touched()
        self.editing.emit()

    def put_paper(self, paper: str, place: str) -> None:
        """Say where the original of a paper is now."""
        person = self.person
        if person is not None and self.writes:
            self._shell.do(self, lambda session: paper_places.put(session, person=person, paper=paper, place=place))

    def looked_at(self) -> None:
        """The form is shown. Of what is there already it is kept what was seen of each field before somebody typed in it: what a stick or another
        save brings until theirs is saved is not replaced by it."""
        edit = self.edit
        if edit is not None and self.page is not None and edit.changes:
            self.half.look(self._place(self.person, edit), {**dict.fromkeys(FIELDS[edit.kind]), **self.known()})

    def _place(self, person: RecordId | None, edit: Edit) -> Place:
        folder = edit.folder
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
            return found[0].said if found else {}
        return known_of(page, edit)

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
        seen = self.half.seen(self._place(person, edit))

        def work(session: Session) -> Changes:
            return write(session, edit, person, household, values, seen)

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
