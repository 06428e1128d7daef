"""The list of people: who matches, and the rows to show."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.domain import codes
from desktop.domain.births import Birth
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.journal.journal import Journal
from desktop.myanmar.names import name_tokens
from desktop.myanmar.text import has_myanmar
from desktop.services.filters import EVERYBODY, Filters, Narrowed, narrowed, nobody
from desktop.services.projections import search
from desktop.services.reading import may_read
from desktop.services.scan_codes import number_in
from desktop.services.session import Session
from desktop.services.standing import codes_of, joined, standing
from desktop.vault.database import Database

_ENOUGH = 12  # found by name or sound: then nobody is looked for whose name is spelt with a mistake
_FEW = 3  # the same where one of them is called just so, and for names that are further away
_LISTS_MOST = 8  # narrowed lists that are remembered
_MISSPELT = 60
_WHOLE = 0.99  # of `search.closest_first`


@dataclass(frozen=True)
class Found:
    """People in the order of the search: `keys` are local row numbers, fetched in pages with `rows`. `total` counts everybody
    registered, `here` those here now."""

    keys: Sequence[int]
    total: int
    here: int
    why: Mapping[int, str] = field(default_factory=dict)  # of keys that match otherwise than by name or number: see `PersonRow.why`


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


def found(session: Session, *, query: str, filters: Filters, limit: int | None, order: str = BY_ARRIVAL) -> Found:
    """See `people.find`."""
    database = session.journal(Folder.RECEPTION).database
    keys: list[int]
    why: Mapping[int, str] = {}
    if nobody(session, filters):
        keys = []
    elif query.strip():
        keys, why = _matching(session, database, query, narrowed(session, filters))
    elif replace(filters, state="") == EVERYBODY:
        keys = session.remembered(
            Folder.RECEPTION, f"everybody {filters.state} {order}", lambda: _everybody(database, filters.state, order)
        )
    else:
        keys = _listed(session, database, filters, order)
    total, here = session.remembered(Folder.RECEPTION, "people", lambda: _counts(database))
    return Found(keys if limit is None else keys[:limit], total, here, why)


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


def _newest_first(database: Database, keys: list[int]) -> list[int]:
    if len(keys) > search.MANY:
        return keys
    rows = database.execute(
        "SELECT key FROM person_list WHERE key IN (SELECT value FROM json_each(?)) ORDER BY arrived DESC, key DESC", (json.dumps(keys),)
    )
    return [key for (key,) in rows.fetchall()]


def _matching(session: Session, database: Database, query: str, fits: Narrowed) -> tuple[list[int], dict[int, str]]:
    """Keys, the best first, and why those match that are not there by their name or number."""
    wanted = search.expression(query)
    keys = search.keys(database, wanted, fits.facts) if wanted else []
    if len(keys) > search.MANY:
        return keys, {}
    first, rest = search.best_first(database, _newest_first(database, keys), name_tokens([query]))
    why: dict[int, str] = {}
    exact, nearly = _by_code(session, database, query, fits)
    named = dict.fromkeys([*exact, *first, *rest])
    sounding: list[int] = []  # the whole name sounds so: likelier than a name with what was typed somewhere in it
    for reason, found in [("code_nearly", dict.fromkeys(nearly, 0.0)), *_wider(session, database, query, fits, keys)]:
        fresh = [key for key in found if key not in why and key not in named]
        why.update(dict.fromkeys(fresh, reason))
        sounding += [key for key in fresh if reason == "sound" and found[key] > _WHOLE]
    keys = list(dict.fromkeys([*exact, *first, *sounding, *rest, *why]))
    related = _related(database, wanted, set(keys), fits) if wanted else []
    return keys + related, why


def _by_code(session: Session, database: Database, query: str, fits: Narrowed) -> tuple[list[int], list[int]]:
    """Whoever has this code, or is of the household that has it on papers of theirs, whatever the filters say; and whoever has a code that differs from it in one character, which the check character
    shows to be wrong."""
    code = number_in(query)
    if code is not None:
        return _with_codes(database, [code, *_standing_codes(session, code)], None) or _of_joined_household(session, code), []
    return [], _with_codes(database, codes.meant(query), fits)


def _standing_codes(session: Session, code: str) -> list[str]:
    """The code of whoever stands for a person with this code who was found to be somebody registered before."""
    return codes_of(session, code)[1:]


def _of_joined_household(session: Session, code: str) -> list[int]:
    """The people of the household that stands for the one with this code, which is off the lists."""
    database = session.journal(Folder.RECEPTION).database
    row = database.execute("SELECT record FROM merged_list WHERE code = ? AND kind = 'household'", (code,)).fetchone()
    if row is None:
        return []
    stands = standing(session, RecordId.parse(row[0]))
    drawn = database.execute("SELECT key FROM person_list WHERE household = ? ORDER BY relationship <> 'focal', key", (stands.text(),))
    return [key for (key,) in drawn.fetchall()]


def _with_codes(database: Database, wanted: list[str], fits: Narrowed | None) -> list[int]:
    if not wanted:
        return []
    rows = database.execute(
        "SELECT key FROM person_list WHERE code IN (SELECT value FROM json_each(?)) ORDER BY key", (json.dumps(wanted),)
    ).fetchall()
    keys = [key for (key,) in rows]
    return keys if fits is None else fits.keep(database, keys)


def _wider(session: Session, database: Database, query: str, fits: Narrowed, known: list[int]) -> Iterator[tuple[str, dict[int, float]]]:
    """What is found beyond names and numbers as they are written, a reason at a time, each with how close it sounds; misspellings only where
    little else was found."""
    seen, whole = len(known), False
    most = search.MANY if seen < _ENOUGH else _MISSPELT
    for reason, wanted in search.wider(query, papers=session.role.sees_restricted):
        found = search.keys(database, wanted, fits.facts, limit=most)
        seen += len(found)
        sounding = search.closest_first(database, found, query) if reason == "sound" else dict.fromkeys(found, 0.0)
        whole = whole or any(close > _WHOLE for close in sounding.values())
        yield reason, sounding
    nearly = _nearly(database, query, fits, seen, whole)
    if nearly:
        yield "spelling", search.closest_first(database, nearly, query, slips=True)


def _nearly(database: Database, query: str, fits: Narrowed, seen: int, whole: bool) -> list[int]:
    """People whose name is not what was typed but for a slip, where few were `seen`, and fewer still where one of them is called just so
    (`whole`): each way to look costs some milliseconds."""
    nearly: dict[int, None] = {}

    def look(wanted: str) -> None:
        if wanted:
            nearly.update(dict.fromkeys(search.keys(database, wanted, fits.facts, limit=_MISSPELT)))

    for wanted in search.respelt(query):
        if seen + len(nearly) < (_FEW if whole else _ENOUGH):
            look(wanted)
    if seen + len(nearly) < _FEW:
        look(search.misspelt(database, query))
    if seen + len(nearly) < _FEW and not whole:
        look(search.misheard(query))
    return list(nearly)


def _related(database: Database, wanted: str, known: set[int], fits: Narrowed) -> list[int]:
    """People of the same households as those who match."""
    households = search.households(database, wanted)
    if not households or len(households) >= search.MANY:
        return []
    rows = database.execute(
        "SELECT key FROM person_list WHERE household IN (SELECT value FROM json_each(?)) ORDER BY arrived DESC, key DESC", (json.dumps(households),)
    ).fetchall()
    return fits.keep(database, [key for (key,) in rows if key not in known])


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
