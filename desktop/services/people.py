"""Find people, look at one, change what is known."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from desktop.domain import carers
from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.fields import CAREFUL, CHOICES
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.journal import Journal
from desktop.services import assessments, caseworkers, notes, photos, rules, steps
from desktop.services.charts import HEALTH
from desktop.services.filters import Filters
from desktop.services.held_papers import held_fields
from desktop.services.lines import ChangeLine, Shown
from desktop.services.listing import BY_ARRIVAL, BY_NAME, Found, PersonRow, found, members_of, more, person_row, person_rows
from desktop.services.merging import JoinedRow, merged
from desktop.services.notes import NoteRow
from desktop.services.photos import PhotoRow
from desktop.services.progress import Progress, silent
from desktop.services.projections.table import listed
from desktop.services.reading import change_lines, linked, local, shown_fields
from desktop.services.session import Session
from desktop.services.standing import joined, standing
from desktop.services.steps import StepRow
from desktop.services.submissions import Submission, submissions_of
from desktop.services.writing import changed, check_writable, fresh_code, record_kind, write_known, write_new, write_values

RECENT = 5
IN_HOUSEHOLD = ("relationship", "household_tasks")
"""What a person is to their household."""
SAY = ("say_them", "say_family", "say_others")
"""To whom something may be said about somebody left behind: to them, to other family, to anybody else who asks."""


@dataclass(frozen=True)
class MemberRow:
    """Somebody of the same household. `said`: both fields as they stand, also where there is a silence in place of an answer."""

    person: PersonRow
    relationship: str
    tasks: tuple[str, ...] = ()  # what they do for all of them
    said: Mapping[str, Value] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class LeftBehindRow:
    """Somebody of the household who did not come. `say`: of `SAY` what may be told, where anybody wrote it down: the strictest of the answers
    that stand."""

    id: RecordId
    fields: Mapping[str, Shown]
    say: Mapping[str, str] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class PersonPage:
    """Everything that is shown of one person, to this volunteer."""

    row: PersonRow
    fields: Mapping[str, Shown]  # only what this volunteer may read
    household: RecordId | None
    household_fields: Mapping[str, Shown]
    members: tuple[MemberRow, ...]
    left_behind: tuple[LeftBehindRow, ...]
    submissions: tuple[Submission, ...]
    health: Mapping[str, Shown] | None  # None: this volunteer cannot open Health
    printed: tuple[tuple[str, str, int], ...]  # (document, when, copies)
    last_changes: tuple[ChangeLine, ...]  # newest first, at most five
    withhold: str  # from whom to withhold what is known, or ""
    made_one: tuple[JoinedRow, ...] = ()  # records that were found to be this person
    household_made_one: tuple[JoinedRow, ...] = ()  # the same of the household
    steps: tuple[StepRow, ...] = ()  # open ones by their day, then what is done
    notes: tuple[NoteRow, ...] = ()  # the important first, then the newest
    photos: tuple[PhotoRow, ...] = ()  # the one beside the name first
    assessment: Mapping[str, Shown] | None = None  # checking and risk; None: this volunteer may not see it
    caseworker: str = ""  # who looks after them, with the site where it is not ours
    careful: frozenset[str] = frozenset()  # fields of `CAREFUL` of which somebody gave that answer, also where another one stands beside it


def find(
    session: Session, *, query: str = "", state: str = "here", need: str = "", filters: Filters | None = None, limit: int | None = None,
    order: str = BY_ARRIVAL,
) -> Found:
    """Everybody who matches, best first; without a query in this `order`: `BY_ARRIVAL`, the newest first, or `BY_NAME`, as a Burmese
    dictionary has them. `state` "" means all; `filters`, if given, stand in place of `state` and `need`. Exact codes first. At most 16 ms for 100,000 people (95 of 100)."""
    return found(session, query=query, filters=filters or Filters(state=state, needs=need), limit=limit, order=order)


def begin(session: Session, *, query: str, filters: Filters, order: str = BY_ARRIVAL) -> Found:
    """As `find`, but only those who are found at once: the beginning of what it gives, which `go_on` makes whole."""
    return found(session, query=query, filters=filters, limit=None, order=order, begin=True)


def go_on(session: Session, *, known: Found, progress: Progress = silent) -> Found:
    """What was begun, with everybody else below those who are known; the same again if it is whole. Cancelled if `progress` says so."""
    return more(session, known, progress)


def rows(session: Session, *, keys: Sequence[int], query: str = "", why: Mapping[int, str] | None = None) -> list[PersonRow]:
    """Rows for these keys, in their order; those of people who are no longer on the lists are left out. With the `query` they were
    found by (and `why` of what was found), each says why."""
    return person_rows(session, keys, query, why)


def page(session: Session, *, person: RecordId) -> PersonPage:
    """Of a record that was joined with another the page of the one that stands for both. UserError: record.missing."""
    journal = session.journal(Folder.RECEPTION)
    person = standing(session, person)
    row = person_row(session, person)
    fields = shown_fields(session, journal, person, "person")
    values = journal.values(person)
    household = linked(journal, values.get("household"), "household")
    household = standing(session, household) if household is not None else None
    withhold = fields["withhold_from"].value if "withhold_from" in fields else ()
    lines = history(session, record=person)
    return PersonPage(
        row=row,
        fields=fields,
        household=household,
        household_fields=shown_fields(session, journal, household, "household") if household else {},
        members=_members(session, household, person) if household else (),
        left_behind=_left_behind(session, household) if household else (),
        submissions=tuple(submissions_of(session, row.code)),
        health=HEALTH.fields(session, row.code) if session.can_open(Folder.HEALTH) else None,
        printed=_printed(session, person),
        last_changes=tuple(lines[:RECENT]),
        withhold=", ".join(withhold) if isinstance(withhold, (list, tuple)) else "",
        made_one=merged(session, record=person),
        household_made_one=merged(session, record=household) if household else (),
        steps=steps.steps(session, row.code),
        notes=notes.notes(session, row.code),
        photos=photos.photos(session, row.code),
        assessment=assessments.fields(session, person, row.code),
        caseworker=caseworkers.shown(session, carer) if (carer := carers.read(values.get("caseworker"))) else "",
        careful=careful(session, person),
    )


def careful(session: Session, person: RecordId) -> frozenset[str]:
    """The fields of `CAREFUL` of which one of the answers that stand is the careful one: nobody's wish is overlooked because another site wrote
    something else."""
    heads = session.journal(Folder.RECEPTION).heads(person)
    return frozenset(name for name, answer in CAREFUL.items() if any(head.value == answer for head in heads.get(name, ())))


def household(session: Session, *, record: RecordId) -> tuple[MemberRow, ...]:
    """Everybody of a household, the head first. Nobody if all of them are of another one by now."""
    home = standing(session, record)
    return _members(session, home, home)


def _members(session: Session, household: RecordId, without: RecordId) -> tuple[MemberRow, ...]:
    journal = session.journal(Folder.RECEPTION)
    found = []
    for row, relationship in members_of(session, household, without):
        values = journal.values(row.id)
        said = {name: values[name] for name in IN_HOUSEHOLD if name in values}
        found.append(MemberRow(row, relationship, tuple(listed(said.get("household_tasks"))), said))
    return tuple(found)


def left_behind_records(session: Session, household: RecordId) -> list[RecordId]:
    """Everybody of this household who did not come, in the order they were written down here."""
    journal = session.journal(Folder.RECEPTION)
    homes = json.dumps([one.text() for one in (household, *joined(session, household))])
    rows = journal.database.execute(
        "SELECT key FROM left_behind_list WHERE household IN (SELECT value FROM json_each(?)) ORDER BY key", (homes,)
    ).fetchall()
    return [journal.record(key) for (key,) in rows]


def _left_behind(session: Session, household: RecordId) -> tuple[LeftBehindRow, ...]:
    journal = session.journal(Folder.RECEPTION)
    records = left_behind_records(session, household)
    return tuple(LeftBehindRow(record, shown_fields(session, journal, record, "left_behind"), _say(journal, record)) for record in records)


def _say(journal: Journal, record: RecordId) -> dict[str, str]:
    heads, strict = journal.heads(record), CHOICES["may_say"]
    said = {name: [head.value for head in heads.get(name, ()) if head.value in strict] for name in SAY}
    return {name: min((str(one) for one in answers), key=strict.index) for name, answers in said.items() if answers}


def _printed(session: Session, person: RecordId) -> tuple[tuple[str, str, int], ...]:
    """(document, when it was printed last, how often), the latest first."""
    from desktop.services import papers

    last: dict[str, tuple[str, int]] = {}
    for event in session.journal(Folder.RECEPTION).events(person, "printed"):
        document = str(event.values.get("document", ""))
        last[document] = (local(session, event.at), last.get(document, ("", 0))[1] + papers.copies_of(event.values))
    return tuple(sorted(((name, at, copies) for name, (at, copies) in last.items()), key=lambda one: one[1], reverse=True))


def check(kind: str, values: Mapping[str, Value]) -> list[Problem]:
    """What is wrong with these values for a record of this kind; nothing is saved."""
    return rules.problems(kind, values)


def change(session: Session, *, record: RecordId, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None) -> Changes:
    """Set fields of a person, household or person left behind; of one that was joined with another, those of the one that stands for both.
    Equal values are not written again. `seen`: what its author saw when they began: what came since stands beside their answer until somebody
    chooses, and what they left as they saw it is not written. Without it they saw what stands.

    UserError: role.not_allowed, record.missing, values.wrong (fields: count), carer.unknown.
    """
    record = standing(session, record)
    kind = record_kind(session, Folder.RECEPTION, record)
    values = values if seen is None else changed(kind, values, seen)
    check_writable(session, kind, values)
    stands = session.journal(Folder.RECEPTION).values(record)
    if "caseworker" in values:
        caseworkers.check(session, carers.read(values["caseworker"]), (seen or {}).get("caseworker"), stands.get("caseworker"))
    with session.act("change") as act, session.save(act, Folder.RECEPTION) as save:
        if seen is None:
            write_values(save, record, kind, values)
        else:
            write_known(save, record, kind, values, seen, stands)
    return act.changes


def change_health(
    session: Session, *, person: RecordId, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None
) -> Changes:
    """Set fields of the person's health record, which is made if there is none. `seen` as for `change`. UserError: folder.locked, values.wrong."""
    session.journal(Folder.HEALTH)
    values = values if seen is None else changed("health", values, seen)
    check_writable(session, "health", values)
    code = person_row(session, person).code
    with session.act("health") as act, session.save(act, Folder.HEALTH) as save:
        HEALTH.write(session, save, code, values, seen)
    return act.changes


def history(session: Session, *, record: RecordId) -> list[ChangeLine]:
    """All of it, newest first, with the lines of records that it stands for; the health record's lines among them for those who can open
    Health."""
    kind = record_kind(session, Folder.RECEPTION, record)
    lines = change_lines(session, Folder.RECEPTION, record, kind)
    others = joined(session, record)
    for other in others:  # what made them one, or two again, is told once
        lines += [line for line in change_lines(session, Folder.RECEPTION, other, kind) if line.kind not in ("joined", "parted")]
    if kind == "person" and session.can_open(Folder.HEALTH):
        lines += HEALTH.lines(session, str(session.journal(Folder.RECEPTION).values(record).get("code", "")))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def delete(session: Session, *, person: RecordId) -> Changes:
    """Take a person off every list, with the records that were found to be the same person. The history stays and `history.undo` brings them
    back. UserError: role.not_allowed, record.missing, person.originals_here (an original of theirs is with us: nobody would see it any more)."""
    person = standing(session, person)
    record_kind(session, Folder.RECEPTION, person)
    if held_fields(session, person):
        raise UserError("person.originals_here")
    with session.act("delete") as act, session.save(act, Folder.RECEPTION) as save:
        for one in (person, *joined(session, person)):
            save.delete(one)
    return act.changes


def add_member(session: Session, *, household: RecordId, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    """Register one more person of this household. UserError: role.not_allowed, record.missing, values.wrong, carer.unknown."""
    record_kind(session, Folder.RECEPTION, household)
    known = {"code": fresh_code(session), "state": "here", "arrived": session.moment(), **values, "household": household.text()}
    check_writable(session, "person", known, new=True)
    caseworkers.check(session, carers.read(known.get("caseworker")))
    with session.act("member") as act, session.save(act, Folder.RECEPTION) as save:
        record = write_new(save, "person", known)
    return record, act.changes


def add_left_behind(session: Session, *, household: RecordId, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    """Note somebody of this household who did not come. UserError: role.not_allowed, record.missing, values.wrong."""
    record_kind(session, Folder.RECEPTION, household)
    known = {**values, "household": household.text()}
    check_writable(session, "left_behind", known, new=True)
    with session.act("left_behind") as act, session.save(act, Folder.RECEPTION) as save:
        record = write_new(save, "left_behind", known)
    return record, act.changes


__all__ = [
    "BY_ARRIVAL",
    "BY_NAME",
    "IN_HOUSEHOLD",
    "ChangeLine",
    "Filters",
    "Found",
    "LeftBehindRow",
    "MemberRow",
    "PersonPage",
    "PersonRow",
    "Shown",
    "Submission",
    "add_left_behind",
    "add_member",
    "begin",
    "change",
    "change_health",
    "check",
    "delete",
    "find",
    "go_on",
    "history",
    "household",
    "left_behind_records",
    "page",
    "rows",
]
