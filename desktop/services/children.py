"""Children without parents: noticed, looked after, their family sought, what is best decided, and what became of it.

Cases lie in *Contacts*, and only caseworkers and coordinators read them: the desk sees that a child came alone, and nothing more. Where two sites
wrote a case for the same child before they heard of each other, both are read as one, and whoever writes writes into both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.changes import Changes
from desktop.domain.child_care import Step, as_it_stands, has_caregiver, hindrance, state_of, steps, whom
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS, Kind
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.journal import Journal
from desktop.journal.save import Save
from desktop.services.family_access import require
from desktop.services.lines import Shown
from desktop.services.listing import PersonRow, person_rows
from desktop.services.projections.table import plain
from desktop.services.reading import record_of, shown_fields
from desktop.services.session import Session
from desktop.services.standing import registered_here, standing
from desktop.services.writing import (
    as_stored,
    changed,
    check_writable,
    onto,
    record_kind,
    same_answer,
    write_known,
    write_new,
    write_values,
)

KIND, OPEN = "child", "open"
GROWN = 18
_CHECK: Mapping[str, Value] = {"caregiver_verified": "not_yet", "checks": (), "child_agrees": None}
"""What a check of the caregiver says before it is made."""
_EVERYBODY = (
    "SELECT key, household, needs, state, CASE WHEN birth = '' THEN 0 WHEN json_extract(birth, '$.precision') = 'age' "
    "THEN json_extract(birth, '$.years') < ? ELSE json_extract(birth, '$.born') > ? END FROM person_list"
)


@dataclass(frozen=True)
class Alone:
    """A child here without a case: somebody noted that they are alone (`told`), or nobody grown is in their household."""

    person: PersonRow
    told: bool


@dataclass(frozen=True)
class Case:
    """The case of a child. `person` is None where the child is not known here. `caregiver`: the name of who looks after the child, "" for nobody. `ours`:
    this place registered the child, so that its steps are ours. `searches`: requests that look for the family. `checked`: the caregiver was."""

    id: RecordId
    person: PersonRow | None
    age: int | None
    kind: str
    state: str
    caregiver: str
    steps: tuple[Step, ...]
    ours: bool
    fields: Mapping[str, Shown]
    searches: int
    checked: bool = False


def alone(session: Session) -> list[Alone]:
    """Children here who need a case. UserError: folder.locked, role.not_allowed."""
    contacts = require(session)
    rows = session.remembered(Folder.RECEPTION, f"alone {session.today()}", lambda: _alone(session))
    known = {text for (text,) in contacts.database.execute("SELECT person FROM child_list").fetchall()}
    with_case = {standing(session, record) for text in known if (record := record_of(text)) is not None}
    return [one for one in rows if one.person.id not in with_case]


def _alone(session: Session) -> list[Alone]:
    """Children registered here of whom somebody noted that they are alone, or in whose household nobody who is here may be
    grown."""
    database, today = session.journal(Folder.RECEPTION).database, session.now().date()
    drawn = database.execute(_EVERYBODY, (GROWN, f"{today.year - GROWN - 1}")).fetchall()
    with_others = {household for _, household, _, state, minor in drawn if household and state == "here" and not minor}
    told = {
        key: "child_alone" in needs.split()
        for key, household, needs, state, minor in drawn if minor and state == "here" and ("child_alone" in needs or household not in with_others)
    }
    return [
        Alone(row, told[row.key]) for row in person_rows(session, list(told))
        if row.age is not None and row.age < GROWN and registered_here(session, row.id)
    ]


# -- cases


def cases(session: Session, *, state: str = OPEN) -> list[Case]:
    """Every case in this state ("" for all), ours first: those whom nobody looks after, then those with late steps. UserError: folder.locked, role.not_allowed."""
    journal = require(session)
    rows = journal.database.execute("SELECT record FROM child_list WHERE ? IN ('', state) ORDER BY record", (state,)).fetchall()
    found: dict[str, Case] = {}
    for (text,) in rows:
        record = RecordId.parse(text)
        about = _about(session, journal, record)
        if about[0] == record:
            found[text] = _case(session, journal, record)
    return sorted(found.values(), key=lambda one: (not one.ours, bool(one.caregiver), not any(step.late for step in one.steps), one.id))


def case(session: Session, *, record: RecordId) -> Case:
    """UserError: folder.locked, role.not_allowed, record.missing."""
    journal = require(session)
    _there(session, record)
    return _case(session, journal, _about(session, journal, record)[0])


def case_of(session: Session, *, person: RecordId) -> Case | None:
    """The case of this child that is not closed. UserError: folder.locked, role.not_allowed."""
    wanted = standing(session, person)
    return next((one for one in cases(session) if one.person is not None and one.person.id == wanted), None)


def _there(session: Session, record: RecordId) -> None:
    if record_kind(session, Folder.CONTACTS, record) != KIND:
        raise UserError("record.missing")


def _about(session: Session, journal: Journal, record: RecordId) -> list[RecordId]:
    """Every case of the same child in the same state, in an order that is the same at every site."""
    values = journal.values(record)
    person, state = values.get("person"), state_of(values)
    child = _child(session, person)
    rows = journal.database.execute("SELECT record, person FROM child_list WHERE state = ? ORDER BY record", (state,)).fetchall()
    return [RecordId.parse(one) for one, whose in rows if one == record.text() or (whose and _child(session, whose) == child)]


def _child(session: Session, told: Value) -> str:
    """The child that a case names: of a record that was made one with another, whoever stands for both."""
    record = record_of(told) if isinstance(told, str) else None
    return standing(session, record).text() if record is not None else ""


def _values(session: Session, journal: Journal, record: RecordId) -> dict[str, Value]:
    found = _written(session, journal, record)
    return as_it_stands(found, age=_age(session, found))


def _written(session: Session, journal: Journal, record: RecordId) -> dict[str, Value]:
    """What was written of the child, whether it still holds or not."""
    found: dict[str, Value] = {}
    for one in reversed(_about(session, journal, record)):
        found.update(journal.values(one))
    return found


def _age(session: Session, values: Mapping[str, Value]) -> int | None:
    row = _row(session, values.get("person"))
    return row.age if row is not None else None


def _case(session: Session, journal: Journal, record: RecordId) -> Case:
    values = _values(session, journal, record)
    fields: dict[str, Shown] = {}
    for one in _about(session, journal, record):
        for name, shown in shown_fields(session, journal, one, KIND).items():
            fields.setdefault(name, shown)
    for name in ("caregiver_verified", "decision", "state"):
        if name in fields and fields[name].value != values.get(name):
            fields[name] = replace(fields[name], value=values.get(name))
    row = _row(session, values.get("person"))
    searches = _searches(session, journal, _child(session, values.get("person")))
    return Case(
        record, row, row.age if row is not None else None, plain(values.get("kind")), str(values["state"]),
        _caregiver(session, values), steps(values, searches=searches, today=session.now().date()) if values["state"] == OPEN else (),
        row is not None and registered_here(session, row.id), fields, searches,
        has_caregiver(values) and values.get("caregiver_verified") == "verified",
    )


def _row(session: Session, told: Value) -> PersonRow | None:
    journal = session.journal(Folder.RECEPTION)
    record = record_of(told) if isinstance(told, str) else None
    key = journal.key(standing(session, record)) if record is not None else None
    return next(iter(person_rows(session, [key])), None) if key is not None else None


def _caregiver(session: Session, values: Mapping[str, Value]) -> str:
    if not has_caregiver(values):
        return ""
    row = _row(session, values.get("caregiver"))
    return (row.name or row.call_name) if row is not None else plain(values.get("caregiver_name"))


def _searches(session: Session, journal: Journal, child: str) -> int:
    """How many requests look for the family of this child, under whichever record of theirs they were written."""
    rows = journal.database.execute("SELECT person FROM tracing_list WHERE person <> ''").fetchall()
    return sum(1 for (person,) in rows if _child(session, person) == child) if child else 0


def open_case(session: Session, *, person: RecordId, kind: str = "unaccompanied") -> tuple[RecordId, Changes]:
    """A child was noticed who is without parents. UserError: folder.locked, role.not_allowed, record.missing, child.known (has an open case),
    child.grown (18 or older)."""
    require(session, writes=True)
    person = standing(session, person)
    row = _row(session, person.text())
    if row is None:
        raise UserError("record.missing")
    if row.age is not None and row.age >= GROWN:
        raise UserError("child.grown")
    if case_of(session, person=person) is not None:
        raise UserError("child.known")
    values: dict[str, Value] = {"person": person.text(), "kind": kind, "identified_on": session.today(), "state": OPEN}
    check_writable(session, KIND, values, new=True)
    with session.act("child") as act, session.save(act, Folder.CONTACTS) as save:
        record = write_new(save, KIND, values)
    return record, act.changes


def change(session: Session, *, record: RecordId, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None) -> Changes:
    """Set fields of a case, as far as what stands then may be (`desktop.domain.child_care.hindrance`). The child stays. `seen`: what its author
    saw of all fields when they began: what came since stands beside their answer; without it they saw what stands.

    UserError: folder.locked, role.not_allowed, record.missing, values.wrong, and the codes of `hindrance`: child.no_caregiver,
    child.check_first, child.does_not_agree, child.decide_together, child.agree_first, child.reunite_undecided, child.close_why; and
    child.two_decisions (sites that decided differently stand side by side while the child is to go to the family), child.another_caregiver (a check
    or a decision to stay was written of somebody else than who looks after the child now).
    What is learnt about a caregiver can always be written: the check, and a decision that rests on it, then stand no more.
    """
    journal = require(session, writes=True)
    _there(session, record)
    if "person" in values:
        raise UserError("role.not_allowed")
    check_writable(session, KIND, values if seen is None else changed(KIND, values, seen))
    said = {name: as_stored(FIELDS[KIND][name], value) for name, value in values.items()}
    before = _values(session, journal, record)
    changes = said if seen is None else onto(KIND, said, seen, before)
    written = _with_what_follows(session, said, changes, before)
    if seen is not None:
        _check_meanwhile(written, seen, before)
    _allowed(session, record, written, hindrance({**before, **written}, age=_age(session, before)))
    asked = {} if seen is None else {name: seen.get(name) for name in changes if name not in _CHECK or not _another_caregiver(before, changes)}
    with session.act("change") as act, session.save(act, Folder.CONTACTS) as save:
        _write(session, save, record, written, asked)
    return act.changes


def _with_what_follows(
    session: Session, said: Mapping[str, Value], changes: Mapping[str, Value], before: Mapping[str, Value]
) -> dict[str, Value]:
    """What is changed, with what follows from it: the check of another caregiver begins anew, a decision has a day, a check names whom it is about."""
    written = dict(changes)
    if _another_caregiver(before, written):
        written |= {name: said.get(name, empty) for name, empty in _CHECK.items()}
    if "decision" in written and "decision_on" not in written:
        written["decision_on"] = said.get("decision_on", session.today())
    if written.get("caregiver_verified") == "verified":
        written["checked_whom"] = whom({**before, **written})
    stands = as_it_stands({**before, **written}, age=_age(session, before))
    return written | {name: stands[name] for name in ("caregiver_verified", "decision") if name not in written and stands.get(name) != before.get(name)}


def _check_meanwhile(written: Mapping[str, Value], seen: Mapping[str, Value], before: Mapping[str, Value]) -> None:
    """Whether what is written can be about what stands now, where that is not what its author saw. What speaks against a caregiver always can."""
    against = written.get("caregiver_verified") == "refused" or written.get("child_agrees") == "no"
    speaks_for = (
        written.get("caregiver_verified") == "verified" or written.get("child_agrees") == "yes" or written.get("checks") or written.get("decision") == "stay"
    )
    if speaks_for and not against and whom({**seen, **written}) != whom({**before, **written}):
        raise UserError("child.another_caregiver")
    decided, known = written.get("decision"), before.get("decision")
    if written.get("state") == "reunited" and decided and known and known not in (decided, seen.get("decision")):
        raise UserError("child.two_decisions")


def _write(session: Session, save: Save, record: RecordId, written: Mapping[str, Value], seen: Mapping[str, Value]) -> None:
    """Write into every case of the child. `seen`: of the fields in which an answer that nobody saw stays, what was seen of them."""
    journal = session.journal(Folder.CONTACTS)
    known, stands = _written(session, journal, record), _values(session, journal, record)
    for one in _about(session, journal, record):
        own = journal.values(one)
        since = {
            name: before for name, before in seen.items() if FIELDS[KIND][name].kind is not Kind.SET
            and not (same_answer(before, stands.get(name)) and own.get(name) in (None, known.get(name)))
        }
        write_values(save, one, KIND, {name: value for name, value in written.items() if name not in since})
        write_known(save, one, KIND, {name: written[name] for name in since}, since, own)


def _allowed(session: Session, record: RecordId, written: Mapping[str, Value], against: str) -> None:
    if against:
        raise UserError(against)
    if written.get("state") != "reunited":
        return
    journal = session.journal(Folder.CONTACTS)
    said = {head.value for one in _about(session, journal, record) for head in journal.heads(one).get("decision", ())}
    if len(said) > 1:
        raise UserError("child.two_decisions")


def check_state(session: Session, *, record: RecordId, state: Value) -> None:
    """What stands against a case being in this state, whichever way it is written. UserError as for `change`."""
    journal = require(session, writes=True)
    values = {**_values(session, journal, record), "state": state}
    _allowed(session, record, {"state": state}, hindrance(values, age=_age(session, values)))


def _another_caregiver(before: Mapping[str, Value], written: Mapping[str, Value]) -> bool:
    """True if somebody else looks after the child now: nobody has checked them yet."""
    return any(name in written and (written[name] or "") != (before.get(name) or "") for name in ("caregiver", "caregiver_name"))


def set_caregiver(session: Session, *, record: RecordId, person: RecordId) -> Changes:
    """Somebody grown who is registered looks after the child from today on. UserError as for `change`, and child.caregiver_grown."""
    require(session, writes=True)
    row = _row(session, person.text())
    if row is None:
        raise UserError("record.missing")
    if row.age is not None and row.age < GROWN:
        raise UserError("child.caregiver_grown")
    values: dict[str, Value] = {"caregiver": row.id.text(), "caregiver_name": None, "caregiver_since": session.today()}
    return change(session, record=record, values=values)


def end(session: Session, *, record: RecordId, reunited: bool, why: str = "", with_whom: str = "") -> Changes:
    """The child lives with the family again (`with_whom`), or the case is closed (`why`). UserError as for `change`."""
    values: dict[str, Value] = {"state": "reunited" if reunited else "closed", "ended_on": session.today()}
    values |= {name: text for name, text in (("reunited_with", with_whom), ("ended_why", why)) if text}
    return change(session, record=record, values=values)

