"""Contacts: people who have not arrived yet, from the first contact to their arrival."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fields import CHOICES, FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.myanmar.names import name_tokens, without_honorific
from desktop.myanmar.text import storable
from desktop.services.lines import ChangeLine, Shown
from desktop.services.reading import change_lines, local, shown_fields
from desktop.services.session import Session
from desktop.services.writing import as_stored, check_writable, fresh_code, record_kind, write_new, write_values

RECENT = 5
WORDS_MOST = 10_000  # characters of one talk
OVER = frozenset({"arrived", "lost_touch", "closed"})
_ORDER = ("on_the_way", "decided", "considering", "first_contact", "lost_touch", "arrived", "closed")
_TALK = "talk"


@dataclass(frozen=True)
class ContactRow:
    """One line of the list of contacts."""

    id: RecordId
    code: str
    call_name: str
    people: int
    stage: str
    next_talk: str  # ISO moment or ""
    call_rule: str
    volunteer: str
    late_hours: int  # 0: not late


@dataclass(frozen=True)
class Talk:
    """What a contact said, and who wrote it down."""

    at: str
    author: str
    words: str


@dataclass(frozen=True)
class ContactPage:
    """Everything that is shown of one contact."""

    row: ContactRow
    fields: Mapping[str, Shown]
    talks: tuple[Talk, ...]  # newest first
    last_changes: tuple[ChangeLine, ...]


_ROWS = (
    "SELECT key, code, call_name, people, stage, next_talk, late_after_hours, call_rule, volunteer, words FROM contact_list "
    "WHERE ?1 IS NULL OR key = ?1"
)


def contacts(session: Session, *, query: str = "", stage: str = "open") -> list[ContactRow]:
    """By stage (on the way first), the latest first within it. `stage`: a stage, ``open`` (not arrived, lost or closed) or ``all``.
    UserError: folder.locked for those who cannot open Contacts."""
    database = session.journal(Folder.CONTACTS).database
    drawn = database.execute(_ROWS, (None,)).fetchall()
    wanted = without_honorific(name_tokens([query]).split()) if query.strip() else []
    rows = [
        _row(session, one)
        for one in drawn
        if (stage == "all" or one[4] == stage or (stage == "open" and one[4] not in OVER)) and _matches(one, query, wanted)
    ]
    return sorted(rows, key=lambda row: (_place(row.stage), -row.late_hours, row.next_talk or "~", row.code))


def _place(stage: str) -> int:
    """Where in the list; a stage that only a newer version knows stands behind those that we know."""
    return _ORDER.index(stage) if stage in _ORDER else len(_ORDER)


def _matches(drawn: tuple[object, ...], query: str, wanted: list[str]) -> bool:
    """Every word of the query begins a word of the contact, or the query is the beginning of the code."""
    words = str(drawn[9]).split()
    if all(any(word.startswith(one) for word in words) for one in wanted):
        return True
    code = codes.read_as("".join(character for character in query if character.isalnum()))
    return len(code) > 1 and (str(drawn[1]).startswith(code) or str(drawn[1])[4:].startswith(code))


def _row(session: Session, drawn: tuple[object, ...]) -> ContactRow:
    key, code, call_name, people, stage, next_talk, late_after, call_rule, volunteer, _ = drawn
    return ContactRow(
        session.journal(Folder.CONTACTS).record(int(str(key))), str(code), str(call_name), int(str(people or 1)), str(stage),
        str(next_talk), str(call_rule), str(volunteer), _late_hours(session, str(stage), str(next_talk), int(str(late_after or 0))),
    )


def _late_hours(session: Session, stage: str, next_talk: str, late_after: int) -> int:
    """Whole hours since the agreed moment, once the agreed patience is over; 0 before."""
    if stage in OVER or not next_talk:
        return 0
    agreed = datetime.fromisoformat(next_talk)
    hours = (session.now() - agreed.replace(tzinfo=agreed.tzinfo or session.now().tzinfo)).total_seconds() / 3600
    return max(1, int(hours)) if hours > late_after else 0


def counts(session: Session) -> dict[str, int]:
    """How many contacts are in each stage, and ``open``, ``late``. UserError folder.locked."""
    rows = contacts(session, stage="all")
    found = {stage: sum(row.stage == stage for row in rows) for stage in CHOICES["stage"]}
    return {**found, "open": sum(row.stage not in OVER for row in rows), "late": sum(row.late_hours > 0 for row in rows)}


def page(session: Session, *, contact: RecordId) -> ContactPage:
    """UserError: folder.locked, record.missing."""
    record_kind(session, Folder.CONTACTS, contact)
    journal = session.journal(Folder.CONTACTS)
    drawn = journal.database.execute(_ROWS, (journal.key(contact),)).fetchone()
    talks = [
        Talk(local(session, event.at), session.writer(event.author, event.site), str(event.values.get("words", "")))
        for event in journal.events(contact, _TALK)
        if event.reversed_by is None
    ]
    lines = change_lines(session, Folder.CONTACTS, contact, "contact")
    return ContactPage(
        _row(session, drawn), shown_fields(session, journal, contact, "contact"), tuple(reversed(talks)), tuple(lines[:RECENT])
    )


def add(session: Session, *, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    """A new contact, in the first stage if none is given. UserError: folder.locked, role.not_allowed, values.wrong."""
    session.journal(Folder.CONTACTS)
    known = {"code": fresh_code(session), "stage": "first_contact", **values}
    check_writable(session, "contact", known, new=True)
    with session.act("contact") as act, session.save(act, Folder.CONTACTS) as save:
        record = write_new(save, "contact", known)
    return record, act.changes


def change(session: Session, *, contact: RecordId, values: Mapping[str, Value]) -> Changes:
    """Set fields. UserError: folder.locked, role.not_allowed, record.missing, values.wrong."""
    record_kind(session, Folder.CONTACTS, contact)
    check_writable(session, "contact", values)
    with session.act("change") as act, session.save(act, Folder.CONTACTS) as save:
        write_values(save, contact, "contact", values)
    return act.changes


def write_talk(
    session: Session, *, contact: RecordId, words: str, next_talk: str = "", stage: str = ""
) -> Changes:
    """What they said, with the next agreed moment and a new stage if there is one, in one save. UserError as for `change`, and
    talk.empty if nothing was written at all; values.wrong also for more than `WORDS_MOST` characters."""
    record_kind(session, Folder.CONTACTS, contact)
    words = storable(words).strip()
    if len(words) > WORDS_MOST:
        raise UserError("values.wrong", count=1)
    if not words and not next_talk and not stage:
        raise UserError("talk.empty")
    values: dict[str, Value] = {
        name: value for name, value in (("next_talk", next_talk), ("stage", stage)) if value
    }
    check_writable(session, "contact", values)
    with session.act("talk") as act, session.save(act, Folder.CONTACTS) as save:
        write_values(save, contact, "contact", values)
        if words:
            save.event(contact, _TALK, {"words": as_stored(FIELDS["contact"]["note"], words)})
    return act.changes


def arrived(session: Session, *, contact: RecordId, person_code: str = "") -> Changes:
    """They have arrived; with the code of the registered person if it is known. UserError: code.mistyped and those of `change`."""
    values: dict[str, Value] = {"stage": "arrived", "next_talk": None}
    if person_code:
        code = codes.parse(person_code)
        if code is None:
            raise UserError("code.mistyped")
        values["person_code"] = code
    return change(session, contact=contact, values=values)
