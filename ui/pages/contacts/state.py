"""Which contacts are listed, which one is looked at, and what is half written about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.fields import CHOICES, FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import arriving, contacts, guidance, handover, papers, people, printers, settings
from desktop.services.arriving import Arriving
from desktop.services.contacts import ContactPage, ContactRow
from desktop.services.guidance import SheetPage
from desktop.services.handover import Receiver
from desktop.services.papers import Paper
from desktop.services.printers import Printer
from desktop.services.session import Session
from ui.jobs import Jobs
from ui.pages.contacts.library_state import LibraryState
from ui.pages.contacts.writing import More, write
from ui.records.half_typed import HalfTyped, Place
from ui.shell import Shell

STAGES = ("open", *CHOICES["stage"])
FORMS = ("new", "change", "talk", "arrived", "allow", "handover", "guidance")
BESIDE = ("talk", "arrived", "allow", "handover", "guidance")
"""Forms that stand beside what is known of the contact."""


@dataclass(frozen=True)
class Printable:
    """A sheet of guidance on paper, and the way it goes: the size of the paper, the printer that was chosen (None for the system's dialog), and what
    to call when it is out: from then on it counts as given, wherever the person is."""

    paper: Paper
    size: str
    printer: Printer | None
    went_out: Callable[[], None]


class ContactsState(QObject):
    """Signals: `listed` when `rows` and `counts` are new, `chosen` when `page` is another one or new, `editing` when `form` is another
    one, `refused(UserError)` when a save failed, `turned` when the library of guidance is opened or closed."""

    listed = Signal()
    chosen = Signal()
    editing = Signal()
    refused = Signal(object)
    turned = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.stage, self.query = "open", ""
        self.rows: list[ContactRow] = []
        self.counts: Mapping[str, int] = {}
        self.read = False
        self.contact: RecordId | None = None
        self.page: ContactPage | None = None
        self.form = ""  # one of FORMS, "" for none
        self.matches: tuple[Arriving, ...] = ()  # people at the desk who may be the chosen contact
        self.receiving: list[Receiver] = []  # who may be asked to take a contact over
        self.half = HalfTyped(shell, (Folder.CONTACTS,))
        self.library = LibraryState(shell, self.half)
        self.in_library = False
        self._turn = 0
        self._asked: RecordId | None = None  # whom the page was opened for

    @property
    def locked(self) -> bool:
        """True if this volunteer cannot open Contacts."""
        return Folder.CONTACTS not in self._shell.who.folders

    @property
    def writes(self) -> bool:
        """True if this volunteer may change contacts."""
        return self._shell.who.role.writes

    @property
    def jobs(self) -> Jobs:
        """Where a printer is worked with, aside."""
        return self._shell.jobs

    @property
    def coordinates(self) -> bool:
        """True if this volunteer is a coordinator."""
        return self._shell.who.role.coordinates

    # ---- reading --------------------------------------------------------------------------------------------------

    def show(self, contact: RecordId | None = None) -> None:
        """Read the list; look at this contact if one is given. Asked again for the same one (the language changed), stay where we are."""
        if self.locked:
            return
        if self.writes:
            self.half.fetch()
        again, self._asked = contact == self._asked, contact
        self.library.load()
        if contact is not None and not again and self.in_library:
            self.turn(False)
        if contact is not None and contact != self.contact and not again:
            self.contact, self.page, self.form = contact, None, ""
            self.stage, self.query = "all", ""
            self.editing.emit()
        self.look_for()

    def turn(self, library: bool) -> None:
        """Open or close the library of guidance."""
        if self.form or self.locked or library == self.in_library:
            return
        self.in_library = library
        if library:
            self.library.load()
        self.turned.emit()

    def leave(self) -> None:
        """Another page is shown: keep what is typed."""
        self._asked = None
        self.half.flush()

    def look_for(self, *, stage: str | None = None, query: str | None = None) -> None:
        """List again with what is given changed. Only the latest search is shown."""
        self.stage = self.stage if stage is None else stage
        self.query = self.query if query is None else query
        self._turn += 1
        turn, wanted, words = self._turn, self.stage, self.query

        def work(session: Session) -> tuple[list[ContactRow], dict[str, int]]:
            return contacts.contacts(session, query=words, stage=wanted), contacts.counts(session)

        self._shell.read(self, work, lambda found: self._arrived(turn, *found))
        if self.contact is not None:
            self._read_page(self.contact)

    def changed(self, changes: Changes) -> None:
        """Read again what these changes may touch."""
        if changes.kinds & {"contact", "person", "volunteer", "site"} and not self.locked:
            self.look_for()
        if "sheet" in changes.kinds and not self.locked:
            self.library.load()

    def choose(self, key: object) -> None:
        """Look at the contact with this key (the text of its record)."""
        found = next((row.id for row in self.rows if row.id.text() == key), None)
        if found is not None and found != self.contact:
            self.contact, self.page = found, None
            self._read_page(found)

    def _read_page(self, contact: RecordId) -> None:
        def work(session: Session) -> tuple[ContactPage, tuple[Arriving, ...], list[Receiver]]:
            matches = tuple(one for one in arriving.arriving(session) if one.contact == contact)
            return contacts.page(session, contact=contact), matches, handover.receivers(session)

        def came(found: tuple[ContactPage, tuple[Arriving, ...], list[Receiver]]) -> None:
            if contact == self.contact:
                self.page, self.matches, self.receiving = found
                self.chosen.emit()

        self._shell.read(self, work, came, self._gone)

    def _gone(self, error: UserError) -> None:
        """Taken off the list a moment ago: the list that comes leaves it out."""
        self.contact, self.page = None, None
        self.chosen.emit()

    def _arrived(self, turn: int, rows: list[ContactRow], counts: dict[str, int]) -> None:
        if turn != self._turn:
            return
        self.rows, self.counts, self.read = rows, counts, True
        if self.stage == "all":  # one contact was asked for: show the tab it stands in
            mine = next((row.stage for row in rows if row.id == self.contact), "")
            self.look_for(stage=mine if mine in contacts.OVER else "open")
            return
        if self.contact is None or all(row.id != self.contact for row in rows):
            self.contact, self.page = (rows[0].id if rows else None), None
            if self.contact is not None:
                self._read_page(self.contact)
            else:
                self.chosen.emit()
        self.listed.emit()

    # ---- writing --------------------------------------------------------------------------------------------------

    def begin(self, form: str) -> None:
        """Open a form: new, change, talk or arrived."""
        if self.locked or not self.writes or self.form or (form != "new" and self.page is None):
            return
        self.form = form
        self.editing.emit()

    def _about(self) -> RecordId | None:
        return None if self.form == "new" else self.contact

    def _place(self, about: RecordId | None, form: str) -> Place:
        return Folder.CONTACTS, f"{form} {about.text() if about is not None else ''}".strip()

    def typed(self) -> dict[str, Value]:
        """What is changed so far in the form that is open. The form writes into it."""
        return self.half.at(self._place(self._about(), self.form))

    def looked_at(self) -> None:
        """The form for changing what is known is shown: what was seen of each field before somebody typed in it is kept, so that what a stick
        or another save brings until theirs is saved is not replaced by it."""
        if self.form == "change" and self.page is not None:
            self.half.look(self._place(self._about(), self.form), {**dict.fromkeys(FIELDS["contact"]), **self.known()})

    def touched(self) -> None:
        """Something was typed in the form that is open."""
        if self.form:
            self.half.touch(self._place(self._about(), self.form))

    def more(self, name: str) -> str:
        """What is written in the open form beside the fields of a contact: words, warned, receiver, sheet, way."""
        return str(self.half.at(self._place(self.contact, f"{self.form} more")).get(name, ""))

    def write_more(self, name: str, text: str) -> None:
        """The same, while it is typed or chosen."""
        place = self._place(self.contact, f"{self.form} more")
        self.half.at(place)[name] = text
        self.half.touch(place)

    def known(self) -> Mapping[str, Value]:
        """The values that the open form starts from."""
        if self.form == "new":
            return {"volunteer": self._shell.who.volunteer, "stage": "first_contact"}
        if self.page is None or self.form in ("arrived", "allow", "handover", "guidance"):
            return {}
        if self.form == "talk":
            return {"stage": self.page.row.stage}
        return {name: shown.value for name, shown in self.page.fields.items()}

    def check(self, values: Mapping[str, Value]) -> list[Problem]:
        """What is wrong with what is typed."""
        return people.check("contact", {"call_name": None, **values} if self.form == "new" else values)

    def close_form(self) -> None:
        """Close the form; what is typed in it stays and is there when it is opened again."""
        if self.form:
            self.form = ""
            self.editing.emit()

    def forget(self) -> None:
        """Close the form and throw away what is typed in it."""
        self._drop(self._about(), self.form)
        self.close_form()

    def _drop(self, about: RecordId | None, form: str) -> None:
        self.half.drop(self._place(about, form))
        self.half.drop(self._place(about, f"{form} more"))

    def save(self, values: Mapping[str, Value], *, stale_too: bool = False) -> None:
        """Write what the open form says; it closes when it is written. `stale_too`: give a sheet whose day is over."""
        about, form = self._about(), self.form
        more = More(
            self.more("words"), self.more("warned"), self.more("receiver"), self.more("sheet"), self.more("way"), stale_too,
        )
        if form == "change" and not values:
            self.forget()
            return
        start, seen = dict(self.known()) if form == "new" else {}, self.half.seen(self._place(about, form))

        def work(session: Session) -> tuple[RecordId | None, Changes]:
            return write(session, form, about, {**start, **values}, more, seen)

        self._shell.do(self, work, lambda made: self._saved(about, form, made), self.refused.emit)

    def _saved(self, about: RecordId | None, form: str, made: RecordId | None) -> None:
        self._drop(about, form)
        if made is not None:
            self.contact, self.page, self.stage, self.query = made, None, "open", ""
        if self.form == form:
            self.close_form()

    def register(self) -> None:
        """Register the people who have arrived."""
        self._shell.open("register")

    def show_person(self) -> None:
        """Go to the person as whom the chosen contact was registered."""
        if self.page is not None and self.page.person is not None:
            self._shell.open("person", person=self.page.person)

    # ---- answers with one press ---------------------------------------------------------------------------------------

    def confirm(self, person_code: str) -> None:
        """The chosen contact is this person."""
        self._answer(lambda session, contact: arriving.confirm(session, contact=contact, person_code=person_code))

    def deny(self, person_code: str) -> None:
        """The chosen contact is not this person."""
        self._answer(lambda session, contact: arriving.deny(session, contact=contact, person_code=person_code))

    def accept(self) -> None:
        """Look after the chosen contact from now on."""
        self._answer(lambda session, contact: handover.accept(session, contact=contact))

    def end_handover(self) -> None:
        """Do not take the chosen contact over, or ask no longer."""
        self._answer(lambda session, contact: handover.end(session, contact=contact))

    def _answer(self, work: Callable[[Session, RecordId], Changes]) -> None:
        contact = self.contact
        if contact is not None:
            self._shell.do(self, lambda session: work(session, contact))

    def preview(self, owner: QObject, sheet: RecordId, then: Callable[[SheetPage], None]) -> None:
        """Read a sheet to look at, for a widget that may be gone by then."""
        self._shell.read(owner, lambda session: guidance.page(session, sheet=sheet), then)

    def printable(self, owner: QObject, sheet: RecordId, then: Callable[[Printable], None]) -> None:
        """The sheet on paper for the chosen contact, for a widget that may be gone by then."""
        contact = self.contact
        if contact is None:
            return

        def printed() -> None:
            self._shell.do(self, lambda session: guidance.give(session, contact=contact, sheet=sheet, way="printed", stale_too=True), done)

        def done(_none: None) -> None:
            if self.form == "guidance" and self.contact == contact:
                self._saved(contact, "guidance", None)

        def work(session: Session) -> Printable:
            size = settings.settings(session).paper_size
            paper = guidance.paper(session, contact=contact, sheet=sheet, paper_size=size)
            return Printable(paper, size, printers.chosen(session), printed)

        self._shell.read(owner, work, then)

    def save_paper(self, paper: Paper, path: Path, saved: Callable[[], None]) -> None:
        """Write the paper as a file, then call `saved`."""
        self._shell.read(self, lambda session: papers.save_as(session, paper=paper, path=path), lambda _none: saved())
