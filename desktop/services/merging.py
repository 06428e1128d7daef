"""Two records that are one person, or one household: made one, and made two again.

Nothing is ever gone. The record with the smaller id stands for both, wherever and by whomever they were joined, so that two sites who join
the same two agree; the other one stays with all its answers and its history, off the lists. Answers that a person chose from it are written
into the one that stands, in one entry that names the other: taking that entry back makes them two again, at any site and after any
time, and leaves alone what somebody has changed since. Where two sites chose differently both answers stand, and a person is asked.
Filled forms, health and printed papers are found through every case code of the person (`desktop.services.standing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fields import CAREFUL, FIELDS, Field, Kind
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Silence, Value
from desktop.journal.journal import Head
from desktop.journal.save import Save, Saved
from desktop.journal.undo import take_back
from desktop.services.givers import NAMES
from desktop.services.late_answers import OWN, SEEN, carried, known_of, let_go
from desktop.services.projections.merged import INTO, JOINED
from desktop.services.projections.table import plain
from desktop.services.reading import linked, local, may_read, record_of
from desktop.services.session import Act, Session
from desktop.services.standing import joined, standing
from desktop.services.writing import record_kind

MOVED = "moved"
"""The set in a household that is off the lists: who was of it, so that they come back when it does."""
_KINDS = ("person", "household")
_LASTING = ("name", "name_my", "name_roman", "birth", "birth_place", "sex", "father_name", "mother_name", "township", "ethnicity")
"""What does not change: of these the answer of the record that stands is proposed."""


@dataclass(frozen=True)
class Choice:
    """One field of two records. `first` is what the record says that will stand for both. `differ`: both say something, and not the same."""

    field: Field
    first: Value
    second: Value
    differ: bool
    later: bool = False  # what the other record says was written later, or is an answer where this one has none: the likelier of the two


@dataclass(frozen=True)
class Plan:
    """What joining two records would do. `stands` will stand for both, `other` goes off the lists. `choices`: every field that either says
    something in and this volunteer may read, in the order of the field list."""

    kind: str
    stands: RecordId
    other: RecordId
    choices: tuple[Choice, ...]


def plan(session: Session, *, one: RecordId, two: RecordId) -> Plan:
    """What would be joined. UserError: record.missing, merge.kinds (not two people or two households), merge.same (one and the same)."""
    one, two = standing(session, one), standing(session, two)
    kind = record_kind(session, Folder.RECEPTION, one)
    if kind not in _KINDS or record_kind(session, Folder.RECEPTION, two) != kind:
        raise UserError("merge.kinds")
    if one == two:
        raise UserError("merge.same")
    stands, other = sorted((one, two))
    journal = session.journal(Folder.RECEPTION)
    first, second = journal.values(stands), journal.values(other)
    heads = journal.heads(stands), journal.heads(other)
    choices = tuple(
        Choice(
            field, first.get(name), second.get(name), _differ(field, first.get(name), second.get(name)),
            _likelier(name, first.get(name), second.get(name), heads),
        )
        for name, field in FIELDS[kind].items()
        if name not in OWN and may_read(session, field) and (first.get(name) is not None or second.get(name) is not None)
    )
    return Plan(kind, stands, other, choices)


def _differ(field: Field, first: Value, second: Value) -> bool:
    """True where a person has to choose: of sets both are kept."""
    return field.kind is not Kind.SET and first is not None and second is not None and first != second


def _likelier(name: str, first: Value, second: Value, heads: tuple[Mapping[str, tuple[Head, ...]], Mapping[str, tuple[Head, ...]]]) -> bool:
    """True if the answer of the other record is the one to propose: the careful one, an answer before a silence, and of what changes the
    later one."""
    if name in CAREFUL and CAREFUL[name] in (first, second):
        return first != CAREFUL[name]
    if isinstance(first, Silence) != isinstance(second, Silence):
        return isinstance(first, Silence)
    mine, theirs = heads[0].get(name), heads[1].get(name)
    return name not in _LASTING and bool(mine and theirs and theirs[0].at > mine[0].at)


def merge(session: Session, *, one: RecordId, two: RecordId, take: Mapping[str, str]) -> tuple[RecordId, Changes]:
    """Join two records. `take` says for fields that differ whose answer stands: ``one`` or ``two``, as they were given; of the others the answer of
    the record that stands, but for a careful one (`CAREFUL`). What only one says is kept, sets are put together, a name that is not shown any more becomes another name.
    Returns the record that stands for both. UserError: role.not_allowed, those of `plan`."""
    session.require(writes=True)
    fields = FIELDS[plan(session, one=one, two=two).kind]
    if any(name in fields and not may_read(session, fields[name]) for name in take):
        raise UserError("role.not_allowed")
    with session.act("merge") as act:
        stands = join(session, act, one=one, two=two, take=take)
    return stands, act.changes


def join(session: Session, act: Act, *, one: RecordId, two: RecordId, take: Mapping[str, str]) -> RecordId:
    """`merge` as a part of something greater that is taken back as one. `take` may name the token too, which is else kept by each."""
    made = plan(session, one=one, two=two)
    second_is = "one" if standing(session, one) == made.other else "two"
    with session.save(act, Folder.RECEPTION) as save:
        careful = {choice.field.name for choice in made.choices if choice.differ and choice.second == CAREFUL.get(choice.field.name)} - take.keys()
        _write_choices(session, save, made, careful | {name for name, whose in take.items() if whose == second_is})
        save.set(made.stands, {f"{JOINED}{made.other.text()}": True})
        save.set(made.other, {INTO: made.stands.text()})
        save.add(made.other, SEEN, *known_of(session.journal(Folder.RECEPTION), made.other))
        if made.kind == "household":
            _move_members(session, save, made)
    return made.stands


def _write_choices(session: Session, save: Save, made: Plan, from_second: set[str]) -> None:
    journal = session.journal(Folder.RECEPTION)
    first, second = journal.values(made.stands), journal.values(made.other)
    shown_before = {plain(values.get(name)) for values in (first, second) for name in NAMES}
    names_now = set()
    for name, field in FIELDS[made.kind].items():
        if name in OWN and (name != "token" or name not in from_second):
            continue
        mine, theirs = first.get(name), second.get(name)
        if field.kind is Kind.SET:
            if isinstance(theirs, (list, tuple)):
                save.add(made.stands, name, *theirs)
            continue
        wanted = theirs if theirs is not None and (mine is None or name in from_second) else mine
        if wanted != mine:  # who cannot see an answer does not replace it: then both stand
            (save.set if may_read(session, field) else save.set_unseen)(made.stands, {name: wanted})
        if name in NAMES:
            names_now.add(plain(wanted))
    if made.kind == "person":
        save.add(made.stands, "other_names", *sorted(shown_before - names_now - {""}))


def _move_members(session: Session, save: Save, made: Plan) -> None:
    """People and people left behind of the one household become those of the other."""
    journal = session.journal(Folder.RECEPTION)
    home = made.other.text()
    rows = journal.database.execute(
        "SELECT key FROM person_list WHERE household = ? UNION ALL SELECT key FROM left_behind_list WHERE household = ?", (home, home)
    ).fetchall()
    members = [journal.record(key) for (key,) in rows]
    for member in members:
        save.set(member, {"household": made.stands.text()})
    save.add(made.other, MOVED, *(member.text() for member in members))


@dataclass(frozen=True)
class JoinedRow:
    """A record that another one stands for: what it is called, its case code, and who made the two one, where ("" if here) and when."""

    id: RecordId
    name: str
    code: str
    author: str
    site: str
    at: str


def merged(session: Session, *, record: RecordId) -> tuple[JoinedRow, ...]:
    """The records that this one stands for, each of which `unmerge` makes a record of its own again."""
    return tuple(_joined_row(session, one) for one in joined(session, record))


def _joined_row(session: Session, record: RecordId) -> JoinedRow:
    journal = session.journal(Folder.RECEPTION)
    values, head = journal.values(record), journal.heads(record)[INTO][0]
    name = next((str(values[field]) for field in NAMES if isinstance(values.get(field), str)), "")
    return JoinedRow(
        record, name, str(values.get("code") or ""), session.name_of(head.author, head.site), session.site_name(head.site), local(session, head.at)
    )


def person_with(session: Session, *, code: str) -> RecordId | None:
    """The very record of a person with this case code, whether it stands for itself or was made one with another; None if there is none."""
    rows = session.journal(Folder.RECEPTION).database.execute(
        "SELECT record FROM person_list WHERE code = ? UNION ALL SELECT record FROM merged_list WHERE code = ? AND kind = 'person'", (code, code)
    )
    found = rows.fetchone()
    return Stamp.parse(found[0]) if found is not None else None


def unmerge(session: Session, *, record: RecordId) -> Changes:
    """Make a record that is off the lists since it was joined one of its own again. What was chosen from it goes from the record that stood for
    both, unless somebody has changed it since. UserError: role.not_allowed, record.missing, merge.not_joined."""
    session.require(writes=True)
    journal = session.journal(Folder.RECEPTION)
    kind = record_kind(session, Folder.RECEPTION, record)
    if standing(session, record) == record:
        raise UserError("merge.not_joined")
    joins = [head for head in journal.heads(record).get(INTO, ()) if isinstance(head.value, str)]
    targets = {target for head in joins if (target := record_of(str(head.value))) is not None and _is_here(session, target)}
    marker = f"{JOINED}{record.text()}"
    joins += [head for target in targets for head in journal.heads(target).get(marker, ()) if head.value is True]
    brought = [line.stamp for target in targets for line in carried(journal, record, target)]
    with session.act("unmerge") as act, session.save(act, Folder.RECEPTION) as save:
        take_back(journal, save, Saved("merge", (*(head.stamp for head in joins), *brought)))
        for target in targets:
            let_go(journal, save, record, target)
        save.settle(record, INTO, None)
        for target in targets:
            save.settle(target, marker, None)
        if kind == "household":
            _move_back(session, save, record, targets)
    return act.changes


def _is_here(session: Session, record: RecordId) -> bool:
    journal = session.journal(Folder.RECEPTION)
    return journal.key(record) is not None and linked(journal, record.text(), journal.kind(record)) is not None


def _move_back(session: Session, save: Save, home: RecordId, others: set[RecordId]) -> None:
    """Whoever was of the household and is still where it was joined to comes back."""
    journal = session.journal(Folder.RECEPTION)
    places = {other.text() for other in others}
    for text in journal.sets(home).get(MOVED, ()):
        member = record_of(text)
        if member is not None and _is_here(session, member) and journal.values(member).get("household") in places:
            save.set(member, {"household": home.text()})
    save.choose(home, MOVED, ())
