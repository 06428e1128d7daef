"""Contacts who seem to have arrived: somebody said their words at the desk.

The desk writes down what an arriving person says and learns nothing from it. Only those who can open Contacts see whom it fits.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import contacts
from desktop.services.agreed_words import AgreedWords, Spoken, spoken
from desktop.services.contact_list import Stored, stored
from desktop.services.listing import person_rows
from desktop.services.session import Session
from desktop.services.writing import must_be

_MOST_EACH = 20  # contacts that are shown for one person: words that fit more tell nothing


@dataclass(frozen=True)
class Arriving:
    """A contact, and somebody registered who said words that fit. `sure`: exactly those words, or the contact's number."""

    contact: RecordId
    contact_code: str
    call_name: str
    person: RecordId
    person_code: str
    person_name: str
    arrived: str  # ISO moment
    sure: bool
    warning: bool  # the warning word was among them


@dataclass(frozen=True)
class _Said:
    key: int
    code: str
    arrived: str
    spoken: Spoken


def arriving(session: Session) -> tuple[Arriving, ...]:
    """Everybody who waits for somebody to say whether it is them, those whose words fit exactly first. UserError folder.locked."""
    known = session.remembered(Folder.CONTACTS, "agreed words", lambda: _Known(stored(session)))
    found = [(one, said, sure, warning) for said in _said(session) for one, sure, warning in known.fitting(said)]
    people = {row.key: row for row in person_rows(session, sorted({said.key for _, said, *_ in found}))}
    made = [
        Arriving(
            one.row.id, one.row.code, one.row.call_name, people[said.key].id, said.code, people[said.key].name, said.arrived, sure, warning
        )
        for one, said, sure, warning in found if said.key in people
    ]
    return tuple(sorted(made, key=lambda one: (not one.sure, one.contact_code, one.arrived)))


def _said(session: Session) -> list[_Said]:
    """What people said at the desk, ready to be compared."""
    def read() -> list[_Said]:
        drawn = session.journal(Folder.RECEPTION).database.execute("SELECT key, code, words, arrived FROM said_list").fetchall()
        return [_Said(int(key), str(code), str(arrived), spoken(str(words))) for key, code, words, arrived in drawn]

    return session.remembered(Folder.RECEPTION, "said words", read)


class _Known:
    """The contacts nobody has linked to a person yet, by the words that were agreed with them."""

    def __init__(self, all_contacts: list[Stored]) -> None:
        self._taken = {one.person_code for one in all_contacts if one.person_code}
        self._waiting = [one for one in all_contacts if not one.person_code]
        self._agreed, self._warnings = AgreedWords(), AgreedWords()
        self._codes: dict[str, list[int]] = {}
        for at, one in enumerate(self._waiting):
            self._agreed.add(one.arrival_words, at)
            self._agreed.add(one.agreed_words, at)
            self._warnings.add(one.warning_word, at)
            self._codes.setdefault(one.row.code, []).append(at)

    def fitting(self, said: _Said) -> list[tuple[Stored, bool, bool]]:
        """(contact, whether exactly, whether the warning word is among what was said), at most `_MOST_EACH`, the sure ones first."""
        if said.code in self._taken:
            return []
        sure = self._agreed.held(said.spoken) | set(self._codes.get(codes.parse(said.spoken.text) or "", ()))
        warned = self._warnings.held(said.spoken)
        meant = {at for code in codes.meant(said.spoken.text) for at in self._codes.get(code, ())}
        fits = sure | warned | meant | self._agreed.near(said.spoken)
        found = [(self._waiting[at], at in sure, at in warned) for at in sorted(fits, key=lambda at: (at not in sure, at))]
        return [one for one in found if said.code not in one[0].not_persons][:_MOST_EACH]


def confirm(session: Session, *, contact: RecordId, person_code: str) -> Changes:
    """It is them: the contact has arrived as this person. UserError as for `contacts.arrived`."""
    return contacts.arrived(session, contact=contact, person_code=person_code)


def deny(session: Session, *, contact: RecordId, person_code: str) -> Changes:
    """It is not them, and is not asked again. UserError: folder.locked, role.not_allowed, record.missing."""
    must_be(session, Folder.CONTACTS, contact, "contact")
    session.require(writes=True)
    with session.act("change") as act, session.save(act, Folder.CONTACTS) as save:
        save.add(contact, "not_persons", person_code)
    return act.changes
