"""Contacts who seem to have arrived: somebody said their words at the desk.

The desk writes down what an arriving person says and learns nothing from it. Only those who can open Contacts see whom it fits.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.myanmar.text import folded
from desktop.services import contacts
from desktop.services.contact_list import Stored, stored
from desktop.services.contacts import holds_word
from desktop.services.listing import person_rows
from desktop.services.session import Session
from desktop.services.writing import record_kind

_NEAR_FROM = 6  # shorter words with one letter wrong may be any words


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


def arriving(session: Session) -> tuple[Arriving, ...]:
    """Everybody who waits for somebody to say whether it is them, those whose words fit exactly first. UserError folder.locked."""
    waiting = [one for one in stored(session) if not one.person_code]
    taken = {one.person_code for one in stored(session) if one.person_code}
    said = session.journal(Folder.RECEPTION).database.execute("SELECT key, code, words, arrived FROM said_list").fetchall()
    found: list[tuple[Stored, int, str, str, bool, bool]] = []
    for key, code, words, arrived in said:
        for one in waiting if code not in taken else ():
            fits, sure, warning = _fits(one, words)
            if fits and code not in one.not_persons:
                found.append((one, key, code, arrived, sure, warning))
    people = {row.key: row for row in person_rows(session, sorted({key for _, key, *_ in found}))}
    made = [
        Arriving(one.row.id, one.row.code, one.row.call_name, people[key].id, code, people[key].name, arrived, sure, warning)
        for one, key, code, arrived, sure, warning in found if key in people
    ]
    return tuple(sorted(made, key=lambda one: (not one.sure, one.contact_code, one.arrived)))


def confirm(session: Session, *, contact: RecordId, person_code: str) -> Changes:
    """It is them: the contact has arrived as this person. UserError as for `contacts.arrived`."""
    return contacts.arrived(session, contact=contact, person_code=person_code)


def deny(session: Session, *, contact: RecordId, person_code: str) -> Changes:
    """It is not them, and is not asked again. UserError: folder.locked, role.not_allowed, record.missing."""
    record_kind(session, Folder.CONTACTS, contact)
    session.require(writes=True)
    with session.act("change") as act, session.save(act, Folder.CONTACTS) as save:
        save.add(contact, "not_persons", person_code)
    return act.changes


def _fits(one: Stored, said: str) -> tuple[bool, bool, bool]:
    """Whether the words fit, whether exactly, and whether the warning word is among them."""
    warning = bool(one.warning_word) and holds_word(said, one.warning_word)
    if codes.parse(said) == one.row.code:
        return True, True, warning
    spoken = _letters(said)
    for words in (one.arrival_words, one.agreed_words):
        agreed = _letters(words)
        if agreed and (spoken == agreed or holds_word(said, words)):
            return True, True, warning
        if len(agreed) >= _NEAR_FROM and _one_apart(spoken, agreed):
            return True, False, warning
    return (one.row.code in codes.meant(said) or warning), False, warning


def _letters(text: str) -> str:
    """The words as they are compared: without spaces and signs, however they are written."""
    return "".join(character for character in folded(text) if not character.isspace() and character not in "-–—.,;:!?၊။'’\"“”")


def _one_apart(one: str, two: str) -> bool:
    """True if one letter more, less or other, or two letters that changed places, make one of them the other."""
    if abs(len(one) - len(two)) > 1:
        return False
    same = 0
    while same < min(len(one), len(two)) and one[same] == two[same]:
        same += 1
    rest_one, rest_two = one[same:], two[same:]
    swapped = rest_one[:2] == rest_two[:2][::-1] and rest_one[2:] == rest_two[2:] and len(rest_one) > 1
    return swapped or rest_one[1:] == rest_two[1:] or rest_one == rest_two[1:] or rest_one[1:] == rest_two
