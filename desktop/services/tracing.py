"""Requests to look for somebody, and the answers that came.

A request lies in *Contacts*: caseworkers and coordinators read it, the desk does not, and it travels to the sites that share Contacts. Who
is sought is asked by `desktop.services.sought`, at the place where they are registered. An answer that may be told comes back as a record that names
neither a person nor a place, and is shown without who wrote it, where and when. Nothing else ever comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.births import Birth
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.journal import Journal
from desktop.services.agreements import SELF, check_agreed, who_begins
from desktop.services.family_access import may, require
from desktop.services.lines import Shown
from desktop.services.listing import PersonRow, members_of, person_rows
from desktop.services.people import left_behind_records
from desktop.services.reading import linked, shown_fields
from desktop.services.session import Session
from desktop.services.standing import standing
from desktop.services.writing import changed, check_writable, record_kind, write_known, write_new, write_values

KIND, REPLY = "tracing", "reply"
LOOKING, ENDED = "looking", "ended"
_FROM_LEFT = ("name", "relationship", "sex", "birth", "father_name", "mother_name")


@dataclass(frozen=True)
class Reply:
    """What somebody who was sought allowed to be told: `reply` is contact or alive. `told_on`: ISO day on which the one who looks was told, or ""."""

    id: RecordId
    reply: str
    message: str
    told_on: str


@dataclass(frozen=True)
class Request:
    """Somebody looks for somebody. `seeker` is known only where they are registered too. `ours`: it was made at this place, so that we pass
    the answer on."""

    id: RecordId
    name: str
    relationship: str  # what the one who is sought is to the one who looks
    age: int | None
    state: str  # looking or ended
    seeker: PersonRow | None
    asked_by: str
    ours: bool
    fields: Mapping[str, Shown]
    replies: tuple[Reply, ...]


@dataclass(frozen=True)
class Wish:
    """Somebody left behind whom their family wants to be looked for, and for whom there is no request yet. `person`: of that family."""

    left_behind: RecordId
    name: str
    relationship: str
    person: PersonRow


# -- reading


def requests(session: Session, *, state: str = LOOKING) -> list[Request]:
    """Every request in this state ("" for all), the newest first. UserError: folder.locked, role.not_allowed."""
    journal = require(session)
    rows = journal.database.execute("SELECT key FROM tracing_list WHERE ? IN ('', state) ORDER BY key DESC", (state,)).fetchall()
    return [_request(session, journal, journal.record(key)) for (key,) in rows]


def request(session: Session, *, record: RecordId) -> Request:
    """UserError: folder.locked, role.not_allowed, record.missing."""
    journal = require(session)
    _there(session, record, KIND)
    return _request(session, journal, record)


def _there(session: Session, record: RecordId, kind: str) -> None:
    if record_kind(session, Folder.CONTACTS, record) != kind:
        raise UserError("record.missing")


def _request(session: Session, journal: Journal, record: RecordId) -> Request:
    values = journal.values(record)
    birth = Birth.read(values.get("birth"))
    return Request(
        record, _text(values, "name"), _text(values, "relationship"), birth.age_on(session.now().date()) if birth else None,
        _text(values, "state") or LOOKING, _row(session, values.get("person")), _text(values, "asked_by"),
        session.site_of(journal, record) == "", shown_fields(session, journal, record, KIND), _replies(journal, record),
    )


def _text(values: Mapping[str, Value], name: str) -> str:
    found = values.get(name)
    return found if isinstance(found, str) else ""


def _row(session: Session, told: Value) -> PersonRow | None:
    """The person that a field names, if they are known here."""
    journal = session.journal(Folder.RECEPTION)
    found = linked(journal, told, "person")
    key = journal.key(standing(session, found)) if found is not None else None
    return next(iter(person_rows(session, [key])), None) if key is not None else None


def _replies(journal: Journal, record: RecordId) -> tuple[Reply, ...]:
    """In an order that is the same everywhere and tells nothing of who wrote them when."""
    rows = journal.database.execute("SELECT record, reply, told_on FROM reply_list WHERE request = ? AND reply IN ('contact', 'alive')", (record.text(),)).fetchall()
    found = [
        Reply(RecordId.parse(one), reply, _text(journal.values(RecordId.parse(one)), "message"), told_on) for one, reply, told_on in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.reply, one.message, one.id)))


def to_pass_on(session: Session) -> list[Request]:
    """Requests of ours with an answer of which the one who looks was not told yet. UserError: folder.locked, role.not_allowed."""
    journal = require(session)
    rows = journal.database.execute(
        "SELECT DISTINCT t.key FROM tracing_list t JOIN reply_list r ON r.request = t.record WHERE r.reply IN ('contact', 'alive') AND r.told_on = '' ORDER BY t.key"
    ).fetchall()
    return [one for (key,) in rows if (one := _request(session, journal, journal.record(key))).ours]


def wishes(session: Session) -> list[Wish]:
    """Families who want somebody to be looked for, and nobody has written the request yet. UserError: folder.locked, role.not_allowed."""
    contacts, journal = require(session), session.journal(Folder.RECEPTION)
    asked = {text for (text,) in contacts.database.execute("SELECT left_behind FROM tracing_list WHERE left_behind <> ''").fetchall()}
    rows = journal.database.execute("SELECT DISTINCT household FROM left_behind_list WHERE wanted <> 0 AND household <> ''").fetchall()
    found: dict[RecordId, Wish] = {}
    for (home,) in rows:
        stands = linked(journal, home, "household")
        people = _of_household(session, standing(session, stands)) if stands is not None else []
        for record in left_behind_records(session, standing(session, stands)) if stands is not None and people else ():
            values = journal.values(record)
            if values.get("tracing_wanted") == "yes" and record.text() not in asked:
                found[record] = Wish(record, _text(values, "name"), _text(values, "relationship"), people[0])
    return list(found.values())


def _of_household(session: Session, household: RecordId) -> list[PersonRow]:
    return [row for row, _ in members_of(session, household, household)]


def begin(session: Session, *, left_behind: RecordId) -> dict[str, Value]:
    """What a request for somebody left behind starts from. UserError record.missing."""
    values = session.journal(Folder.RECEPTION).values(left_behind)
    known: dict[str, Value] = {name: values[name] for name in _FROM_LEFT if values.get(name) is not None}
    return {**known, "left_behind": left_behind.text()}


# -- writing


def add(session: Session, *, person: RecordId, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    """Somebody registered (`person`) looks for somebody. Without their agreement that other sites are asked nothing is written; a child agrees
    together with the caregiver, by their age; without a checked caregiver together with a coordinator (`desktop.services.agreements`).

    UserError: folder.locked, role.not_allowed, record.missing, values.wrong, and those of `check_agreed`.
    """
    require(session, writes=True)
    person = standing(session, person)
    row = _row(session, person.text())
    if row is None:
        raise UserError("record.missing")
    known: dict[str, Value] = {
        "state": LOOKING, "consent_on": session.today(), "asked_by": row.name or row.call_name, **values, "person": person.text(),
    }
    check_writable(session, KIND, known, new=True)
    check_agreed(session, known, who_begins(session, row), writes_who=True)
    with session.act("tracing") as act, session.save(act, Folder.CONTACTS) as save:
        record = write_new(save, KIND, known)
    return record, act.changes


def change(session: Session, *, record: RecordId, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None) -> Changes:
    """Set fields of a request. Who looks stays. If the agreement is taken back, the request is ended. `seen`: what its author saw when they began:
    what came since stands beside their answer, and what they left as they saw it is not written; without it they saw what stands.

    UserError: folder.locked, role.not_allowed, record.missing, values.wrong, and those of `check_agreed`.
    """
    journal = require(session, writes=True)
    _there(session, record, KIND)
    if "person" in values:
        raise UserError("role.not_allowed")
    written = dict(values) if seen is None else changed(KIND, values, seen)
    check_writable(session, KIND, written)
    before = journal.values(record)
    after = {**before, **written}
    follows: dict[str, Value] = {}
    if after.get("consent_share") != "yes":
        follows["state"] = ENDED
    elif after.get("state") != ENDED:
        seeker = _row(session, after.get("person"))
        wanted = who_begins(session, seeker) if seeker is not None else frozenset({SELF})
        check_agreed(session, after, wanted, writes_who=before.get("consent_by") != after.get("consent_by"))
    with session.act("change") as act, session.save(act, Folder.CONTACTS) as save:
        if seen is None:
            write_values(save, record, KIND, written)
        else:
            write_known(save, record, KIND, written, seen, before)
        write_values(save, record, KIND, follows)
    return act.changes


def end(session: Session, *, record: RecordId, why: str = "") -> Changes:
    """Nobody is looked for any more. UserError: folder.locked, role.not_allowed, record.missing."""
    return change(session, record=record, values={"state": ENDED, **({"ended_why": why} if why else {})})


def passed_on(session: Session, *, reply: RecordId) -> Changes:
    """The one who looks was told today. UserError: folder.locked, role.not_allowed, record.missing."""
    require(session, writes=True)
    _there(session, reply, REPLY)
    with session.act("told") as act, session.save(act, Folder.CONTACTS) as save:
        save.set(reply, {"told_on": session.today()})
    return act.changes


def of_left_behind(session: Session, *, record: RecordId) -> RecordId | None:
    """The request that was made from a record of somebody left behind; None without one, and for those who may not read it."""
    if not may(session):
        return None
    row = session.journal(Folder.CONTACTS).database.execute(
        "SELECT record FROM tracing_list WHERE left_behind = ? ORDER BY state <> 'looking', key LIMIT 1", (record.text(),)
    ).fetchone()
    return RecordId.parse(row[0]) if row else None

