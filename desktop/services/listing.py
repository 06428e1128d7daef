"""The list of people: who matches, and the rows to show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.domain import codes
from desktop.domain.births import Birth
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.journal.journal import Journal
from desktop.myanmar.text import has_myanmar
from desktop.services.filters import EVERYBODY, Filters, narrowed, nobody
from desktop.services.matching import Rest, below, first
from desktop.services.progress import Progress, silent
from desktop.services.projections import search
from desktop.services.reading import may_read
from desktop.services.session import Session
from desktop.services.standing import joined
from desktop.vault.database import Database

_LISTS_MOST = 8  # narrowed lists that are remembered


@dataclass(frozen=True)
class Found:
    """People in the order of the search: `keys` are local row numbers, fetched in pages with `rows`. `total` counts everybody
    registered, `here` those here now. With a `rest` there may be more, who stand below these."""

    keys: Sequence[int]
    total: int
    here: int
    why: Mapping[int, str] = field(default_factory=dict)  # of keys that match otherwise than by name or number: see `PersonRow.why`
    rest: Rest | None = None


@dataclass(frozen=True)
class PersonRow:
    """One line of the list of people."""

    key: int
    id: RecordId
    code: str  # eight characters, no dash
    name: str  # as spoken
    name_other: str  # the same name in the other writing, or ""
    call_name: str
    household_code: str
    household_size: int
    arrived: str  # ISO moment
    age: int | None
    sex: str
    state: str  # here, moved_on, left, died
    needs: tuple[str, ...]  # open needs, most urgent first
    answers_differ: bool
    site: str  # nickname of the site that registered the person, "" if ours
    why: str = ""  # why it matched: name, code, code_nearly, phone, sound, spelling, parent, place, paper, household


_ROW = (
    "SELECT p.key, p.record, p.code, p.name, p.name_my, p.name_roman, p.call_name, p.household, p.relationship, p.arrived, p.birth, "
    "p.sex, p.state, p.needs, p.differs, coalesce(h.code, ''), "
    "(SELECT count(*) FROM person_list o WHERE o.household = p.household AND p.household <> '') "
    "FROM person_list p LEFT JOIN household_list h ON h.record = p.household WHERE p.key IN (SELECT value FROM json_each(?))"
)


BY_ARRIVAL, BY_NAME = "arrival", "name"
"""The orders of the list where nothing is searched."""


def found(
    session: Session, *, query: str, filters: Filters, limit: int | None, order: str = BY_ARRIVAL, begin: bool = False
) -> Found:
    """See `people.find`, and with `begin` `people.begin`."""
    database = session.journal(Folder.RECEPTION).database
    keys: list[int]
    total, here = session.remembered(Folder.RECEPTION, "people", lambda: _counts(database))
    if nobody(session, filters):
        keys = []
    elif query.strip():
        keys, why, rest = first(session, query, narrowed(session, filters))
        known = Found(keys, total, here, why, rest)
        known = known if begin or (limit is not None and limit <= len(keys)) else more(session, known)
        return known if limit is None else replace(known, keys=known.keys[:limit])
    elif replace(filters, state="") == EVERYBODY:
        keys = session.remembered(
            Folder.RECEPTION, f"everybody {filters.state} {order}", lambda: _everybody(database, filters.state, order)
        )
    else:
        keys = _listed(session, database, filters, order)
    return Found(keys if limit is None else keys[:limit], total, here)


def more(session: Session, known: Found, progress: Progress = silent) -> Found:
    """See `people.go_on`."""
    if known.rest is None:
        return known
    keys, why = below(session, known.rest, known.keys, progress)
    return replace(known, keys=[*known.keys, *keys], why={**known.why, **why}, rest=None)


def _counts(database: Database) -> tuple[int, int]:
    row = database.execute("SELECT count(*), coalesce(sum(state = 'here'), 0) FROM person_list").fetchone()
    return int(row[0]), int(row[1])


_EVERYBODY = {
    BY_ARRIVAL: "SELECT key FROM person_list WHERE ? IN ('', state) ORDER BY arrived DESC, key DESC",
    BY_NAME: "SELECT key FROM person_list WHERE ? IN ('', state) ORDER BY by_name, key",
}


def _everybody(database: Database, state: str, order: str) -> list[int]:
    if state and order == BY_ARRIVAL:
        rows = database.execute("SELECT key FROM person_list WHERE state = ? ORDER BY arrived DESC, key DESC", (state,))
    else:
        rows = database.execute(_EVERYBODY[order], (state,))
    return [key for (key,) in rows.fetchall()]


_ORDERS = {BY_ARRIVAL: "arrived DESC, key DESC", BY_NAME: "by_name, key"}


def _listed(session: Session, database: Database, filters: Filters, order: str) -> list[int]:
    """Everybody whom the filters let through; remembered, for each key that is typed and taken back asks again."""
    lists: dict[tuple[Filters, str, str], list[int]] = session.remembered(Folder.RECEPTION, "filtered lists", dict)
    name = (filters, order, session.today())
    if name not in lists:
        if len(lists) >= _LISTS_MOST:
            lists.clear()
        lists[name] = narrowed(session, filters).listed(database, _ORDERS[order])
    return lists[name]


def person_rows(session: Session, keys: Sequence[int], query: str = "", found_by: Mapping[int, str] | None = None) -> list[PersonRow]:
    """See `people.rows`."""
    database = session.journal(Folder.RECEPTION).database
    drawn = {row[0]: row for row in database.execute(_ROW, (json.dumps(list(keys)),)).fetchall()}
    why = _reasons(drawn.values(), search.reasons(database, list(drawn), query), query) if query.strip() else {}
    why.update(found_by or {})
    today = session.now().date()
    return [_row(session, drawn[key], today, why.get(key, "")) for key in keys if key in drawn]


def person_row(session: Session, person: RecordId) -> PersonRow:
    """One person's row. UserError record.missing."""
    key = session.journal(Folder.RECEPTION).key(person)
    rows = [] if key is None else person_rows(session, [key])
    if not rows:
        raise UserError("record.missing")
    return rows[0]


def _row(session: Session, drawn: tuple[object, ...], today: date, why: str) -> PersonRow:
    key, _, code, name, name_my, name_roman, call_name, _, _, arrived, birth, sex, state, needs, differs, house, size = drawn
    journal = session.journal(Folder.RECEPTION)
    record = journal.record(int(str(key)))
    spoken = str(name or name_my or name_roman or call_name)
    other = str(name_roman if has_myanmar(spoken) else name_my)
    told = Birth.read(json.loads(str(birth))) if birth else None
    return PersonRow(
        key=int(str(key)), id=record, code=str(code), name=spoken, name_other="" if other == spoken else other,
        call_name=str(call_name), household_code=str(house), household_size=max(1, int(str(size))), arrived=str(arrived),
        age=told.age_on(today) if told else None, sex=str(sex), state=str(state),
        needs=tuple(need for need in str(needs).split() if may_read(session, FIELDS["person"][f"need_{need}"])),
        answers_differ=bool(differs) and _asks(session, journal, record), site=session.site_of(journal, record), why=why,
    )


def _asks(session: Session, journal: Journal, record: RecordId) -> bool:
    """True if one of the fields with two different answers is one that this volunteer may read, and so settle."""
    if session.role.sees_restricted:
        return True
    fields = FIELDS["person"]
    return any(name not in fields or may_read(session, fields[name]) for name in journal.differing(record))


def _reasons(rows: Iterable[tuple[object, ...]], found: dict[int, str], query: str) -> dict[int, str]:
    """Why each of these people matches, for those who read the list."""
    typed = codes.read_as("".join(character for character in query if character.isalnum()))
    why = {}
    for row in rows:
        key, code = int(str(row[0])), str(row[2])
        reason = found.get(key, "")
        why[key] = ("code" if typed in code else "phone") if reason == "id" else reason or "household"
    return why


def members_of(session: Session, household: RecordId, without: RecordId) -> list[tuple[PersonRow, str]]:
    """The other people of a household with their relationship to its head: the head first, then the oldest registered first."""
    journal = session.journal(Folder.RECEPTION)
    homes = json.dumps([one.text() for one in (household, *joined(session, household))])
    rows = journal.database.execute(
        "SELECT key, relationship FROM person_list WHERE household IN (SELECT value FROM json_each(?)) AND record <> ? "
        "ORDER BY relationship <> 'focal', key", (homes, without.text()),
    ).fetchall()
    relationships = dict(rows)
    return [(row, relationships[row.key]) for row in person_rows(session, [key for key, _ in rows])]
