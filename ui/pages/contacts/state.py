"""Which contacts are listed, which one is looked at, and what is half written about them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.fields import CHOICES
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import contacts, people
from desktop.services.contacts import ContactPage, ContactRow
from desktop.services.session import Session
from ui.records.half_typed import HalfTyped, Place
from ui.shell import Shell

STAGES = ("open", *CHOICES["stage"])
FORMS = ("new", "change", "talk", "arrived")


class ContactsState(QObject):
    """Signals: `listed` when `rows` and `counts` are new, `chosen` when `page` is another one or new, `editing` when `form` is another
    one, `refused(UserError)` when a save failed."""

    listed = Signal()
    chosen = Signal()
    editing = Signal()
    refused = Signal(object)

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
        self.half = HalfTyped(shell, (Folder.CONTACTS,))
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

    # ---- reading --------------------------------------------------------------------------------------------------

    def show(self, contact: RecordId | None = None) -> None:
        """Read the list; look at this contact if one is given. Asked again for the same one (the language changed), stay where we are."""
        if self.locked:
            return
        if self.writes:
            self.half.fetch()
        again, self._asked = contact == self._asked, contact
        if contact is not None and contact != self.contact and not again:
            self.contact, self.page, self.form = contact, None, ""
            self.stage, self.query = "all", ""
            self.editing.emit()
        self.look_for()

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
        if "contact" in changes.kinds and not self.locked:
            self.look_for()

    def choose(self, key: object) -> None:
        """Look at the contact with this key (the text of its record)."""
        found = next((row.id for row in self.rows if row.id.text() == key), None)
        if found is not None and found != self.contact:
            self.contact, self.page = found, None
            self._read_page(found)

    def _read_page(self, contact: RecordId) -> None:
        def came(page: ContactPage) -> None:
            if contact == self.contact:
                self.page = page
                self.chosen.emit()

        self._shell.read(self, lambda session: contacts.page(session, contact=contact), came, self._gone)

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

    def touched(self) -> None:
        """Something was typed in the form that is open."""
        if self.form:
            self.half.touch(self._place(self._about(), self.form))

    def words(self) -> str:
        """What they said, as far as it is written."""
        return str(self.half.at(self._place(self.contact, "words")).get("words", ""))

    def write_words(self, words: str) -> None:
        """What they said, while it is typed."""
        place = self._place(self.contact, "words")
        self.half.at(place)["words"] = words
        self.half.touch(place)

    def known(self) -> Mapping[str, Value]:
        """The values that the open form starts from."""
        if self.form == "new":
            return {"volunteer": self._shell.who.volunteer}
        if self.page is None or self.form == "arrived":
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
        if form == "talk":
            self.half.drop(self._place(about, "words"))

    def save(self, values: Mapping[str, Value]) -> None:
        """Write what the open form says; it closes when it is written."""
        about, form = self._about(), self.form
        words = self.words()
        if form == "change" and not values:
            self.forget()
            return
        start = dict(self.known()) if form == "new" else {}

        def work(session: Session) -> tuple[RecordId | None, Changes]:
            return _write(session, form, about, {**start, **values}, words)

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


def _write(
    session: Session, form: str, contact: RecordId | None, values: Mapping[str, Value], words: str
) -> tuple[RecordId | None, Changes]:
    if form == "new":
        return contacts.add(session, values=values)
    if contact is None:
        raise UserError("record.missing")
    if form == "talk":
        next_talk, stage = str(values.get("next_talk") or ""), str(values.get("stage") or "")
        return None, contacts.write_talk(session, contact=contact, words=words, next_talk=next_talk, stage=stage)
    if form == "arrived":
        return None, contacts.arrived(session, contact=contact, person_code=str(values.get("person_code") or ""))
    return None, contacts.change(session, contact=contact, values=values)
