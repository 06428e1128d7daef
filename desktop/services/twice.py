"""People who may be registered already: found while a card is typed, and reviewed in pairs; who was looked at and is not the same person
is never asked about again, at any site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.births import Birth
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.myanmar.names import id_query
from desktop.myanmar.text import ascii_digits
from desktop.services.doubles.indexed import Indexed
from desktop.services.doubles.pairing import LENIENT, Pair, came_together, pairs
from desktop.services.doubles.profile import Profile, profile
from desktop.services.doubles.weighing import Agreement, Population, bits, compare
from desktop.services.listing import PersonRow, person_rows
from desktop.services.progress import Progress, silent
from desktop.services.projections import search
from desktop.services.reading import may_read, record_of
from desktop.services.session import Session
from desktop.services.standing import joined, standing
from desktop.services.writing import record_kind
from desktop.vault.database import Database

APART = "apart"
"""The set in a person of others who were looked at and are somebody else. It stands in the record with the smaller id."""
_CANDIDATES, _SHOWN, _DIGITS = 80, 5, 6
_FEW = 3000  # people who are compared with each other within a second
_NEVER = -12.0  # bits: a card with little on it yet is compared leniently

_FACTS = (
    "SELECT key, name, name_my, name_roman, call_name, other_names, father_name, mother_name, birth, sex, township, phone, paper_number, "
    "household FROM person_list"
)
_FACTS_AT = f"{_FACTS} WHERE household IN (SELECT value FROM json_each(?)) LIMIT ?"  # noqa: S608 - constants of this file
_COMPANIONS = 300  # people of the households of all who may be the one
_Weighed = tuple[float, int, tuple[Agreement, ...]]
_FACTS_OF = f"{_FACTS} WHERE key IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants of this file


@dataclass(frozen=True)
class Typed:
    """What a card says so far; "" and None are not said. `household`: the id of the household the person is entered in, if there is one.
    `beside`: those who are on the same card, with their names, ages and sexes."""

    names: tuple[str, ...] = ()
    father: str = ""
    mother: str = ""
    age: int | None = None
    sex: str = ""
    township: str = ""
    phone: str = ""
    paper: str = ""
    household: str = ""
    beside: tuple[Typed, ...] = ()


@dataclass(frozen=True)
class Like:
    """Somebody registered who may be the person on the card, with every fact that both tell, the weightiest first."""

    person: PersonRow
    agreements: tuple[Agreement, ...]
    likely: bool  # likelier the same person than not


@dataclass(frozen=True)
class Double:
    """Two people who may be one."""

    one: PersonRow
    two: PersonRow
    agreements: tuple[Agreement, ...]


def like(session: Session, *, typed: Typed, most: int = _SHOWN) -> list[Like]:
    """At most five people (or `most`) who may be the one on the card, the likeliest first. At most 50 ms for 100,000 people (95 of 100)."""
    database = session.journal(Folder.RECEPTION).database
    keys = _candidates(session, database, typed)
    if not keys:
        return []
    population, card = Indexed(database, _size(session)), _of_card(session, typed)
    weighed = [(bits(agreements), one.key, agreements) for one in _profiles(session, keys) for agreements in [compare(card, one, population)]]
    if typed.beside:
        weighed = _with_companions(session, typed, card, population, _best(weighed, _CANDIDATES // 4))
    best = _best(weighed, most)
    rows = {row.key: row for row in person_rows(session, [key for _, key, _ in best])}
    return [
        Like(rows[key], _weightiest_first(agreements), total >= population.doubt - LENIENT)
        for total, key, agreements in best if key in rows
    ]


def _best(weighed: Iterable[_Weighed], most: int) -> list[_Weighed]:
    return sorted((one for one in weighed if one[0] > _NEVER and _names_agree(one[2])), key=lambda one: (-one[0], one[1]))[:most]


def _with_companions(session: Session, typed: Typed, card: Profile, population: Population, weighed: Iterable[_Weighed]) -> list[_Weighed]:
    """The same, where those who came with each are compared with those on the card."""
    people = {one.key: one for one in _profiles(session, [key for _, key, _ in weighed])}
    homes: dict[str, list[Profile]] = {}
    wanted = json.dumps(sorted({one.household for one in people.values()} - {""}))
    for row in session.journal(Folder.RECEPTION).database.execute(_FACTS_AT, (wanted, _COMPANIONS)).fetchall():
        homes.setdefault(row[-1], []).append(_profile_of(session, row))
    mine = [_of_card(session, one) for one in typed.beside if one.names]
    found = []
    for _, key, agreements in weighed:
        theirs = [one for one in homes.get(people[key].household, ()) if one.key != key]
        shared = came_together(mine, theirs, population) if people[key].household != card.household else 0.0
        agreements = compare(card, people[key], population, members=shared) if shared else agreements
        found.append((bits(agreements), key, agreements))
    return found


def _names_agree(agreements: Iterable[Agreement]) -> bool:
    """True if the name, or a number that nobody else has, speaks for the same person."""
    return any(one.bits > 0 and one.what in ("name", "phone", "paper") for one in agreements)


def _weightiest_first(agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    return tuple(sorted(agreements, key=lambda one: -abs(one.bits)))


def _candidates(session: Session, database: Database, typed: Typed) -> list[int]:
    found: dict[int, None] = {}
    kind = search.Facts((search.fact("k", "person"),))
    for name in typed.names:
        for reason, wanted in search.wider(name, papers=False):
            if reason == "sound":
                found.update(dict.fromkeys(search.keys(database, wanted, kind, limit=_CANDIDATES)))
        wanted = search.expression(name)
        if wanted:
            found.update(dict.fromkeys(search.keys(database, wanted, kind, limit=_CANDIDATES)))
    if len(found) < _SHOWN:
        for name in typed.names:
            for wanted in filter(None, (*search.respelt(name), search.misspelt(database, name), search.misheard(name))):
                found.update(dict.fromkeys(search.keys(database, wanted, kind, limit=_CANDIDATES)))
    for number, column in ((typed.phone, "ids"), (typed.paper if _papers(session) else "", "papers")):
        match = id_query("".join(c for c in ascii_digits(number) if c.isdigit())[-_DIGITS:])
        if match:
            wanted = f"({column} : {match})"
            found.update(dict.fromkeys(search.keys(database, wanted, kind, limit=_CANDIDATES, beside=column == "papers")))
    return list(found)


def _papers(session: Session) -> bool:
    return may_read(session, FIELDS["person"]["paper_number"])


def _size(session: Session) -> int:
    def count() -> int:
        return int(session.journal(Folder.RECEPTION).database.execute("SELECT count(*) FROM person_list").fetchone()[0])

    return session.remembered(Folder.RECEPTION, "registered", count)


def _of_card(session: Session, typed: Typed) -> Profile:
    return profile(
        -1, names=typed.names, father=typed.father, mother=typed.mother, age=typed.age, sex=typed.sex, township=typed.township,
        phone=typed.phone, paper=typed.paper if _papers(session) else "", household=typed.household,
    )


def _profiles(session: Session, keys: Iterable[int]) -> Iterator[Profile]:
    """Those with these keys."""
    database = session.journal(Folder.RECEPTION).database
    return (_profile_of(session, row) for row in database.execute(_FACTS_OF, (json.dumps(list(keys)),)).fetchall())


def _profile_of(session: Session, row: tuple[Any, ...]) -> Profile:
    """From the columns of `_FACTS`. The number of a paper is left out for who may not read it."""
    key, name, name_my, name_roman, call_name, others, father, mother, birth, sex, township, phone, paper, home = row
    told = Birth.read(json.loads(birth)) if birth else None
    names = [one for one in (name, name_my, name_roman, *others.split("\n")) if one] or [call_name]
    return profile(
        key, names=names, father=father, mother=mother, age=told.age_on(session.now().date()) if told else None, sex=sex, township=township,
        phone=phone, paper=paper if _papers(session) else "", household=home,
    )


# -- in pairs


@dataclass
class _Looked:
    """What was found while the vault is open. `facts`: a mark of what was compared of each person, so that only those who are new or were
    changed are compared again. `apart`: pairs (of records) who were looked at and are two people. `done`: everybody was compared once."""

    facts: dict[int, int] = field(default_factory=dict)
    pairs: dict[tuple[int, int], Pair] = field(default_factory=dict)
    apart: set[frozenset[RecordId]] = field(default_factory=set)
    done: bool = False


def _looked(session: Session) -> _Looked:
    return session.kept(Folder.RECEPTION, "doubles", _Looked)


def review(session: Session, *, progress: Progress = silent) -> list[Double]:
    """All pairs of people who may be one and whom nobody has looked at yet, the likeliest first. About half a minute for 100,000 people the first
    time; then only people who are new or were changed are compared."""
    looked = _looked(session)
    rows = session.journal(Folder.RECEPTION).database.execute(_FACTS).fetchall()
    facts = {row[0]: hash(row) for row in rows}
    fresh = frozenset(key for key, mark in facts.items() if looked.facts.get(key) != mark)
    if fresh:
        found = _compared(session, rows, fresh if looked.done else None, progress)
        stays = {keys: pair for keys, pair in looked.pairs.items() if not fresh.intersection(keys)}
        looked.pairs = {**stays, **{(pair.one, pair.two): pair for pair in found}}
    looked.facts, looked.done = facts, True
    return left(session)


def left(session: Session) -> list[Double]:
    """What `review` found when it was asked last and nobody has decided since, without comparing anybody again; nothing before it was asked."""
    looked = _looked(session)
    waits = sorted(looked.pairs.values(), key=lambda pair: -pair.bits)
    people = {row.key: row for row in person_rows(session, sorted({key for pair in waits for key in (pair.one, pair.two)}))}
    looked.apart = _looked_at(session, [row.id for row in people.values()])
    doubles = [
        Double(people[pair.one], people[pair.two], _weightiest_first(pair.agreements))
        for pair in waits if pair.one in people and pair.two in people
    ]
    return [one for one in doubles if frozenset({one.one.id, one.two.id}) not in looked.apart]


def _compared(session: Session, rows: list[tuple[Any, ...]], fresh: frozenset[int] | None, progress: Progress) -> list[Pair]:
    everybody, total = [], 2 * len(rows)
    for at, row in enumerate(rows):
        if at % 1000 == 0:
            progress(at, total)
        everybody.append(_profile_of(session, row))
    return pairs(everybody, fresh=fresh, progress=lambda done, of: progress(of + done, total))


def waiting(session: Session) -> int | None:
    """How many pairs of those that `review` found last are still to be looked at; None if nobody has looked since unlocking."""
    looked = _looked(session)
    if not looked.done:
        return None
    journal = session.journal(Folder.RECEPTION)
    keys = json.dumps(sorted({key for pair in looked.pairs for key in pair}))
    rows = journal.database.execute("SELECT key FROM person_list WHERE key IN (SELECT value FROM json_each(?))", (keys,)).fetchall()
    here = {key for (key,) in rows}
    return sum(
        1 for one, two in looked.pairs
        if one in here and two in here and frozenset({journal.record(one), journal.record(two)}) not in looked.apart
    )


def soon(session: Session) -> bool:
    """True if `review` takes a second at most, because few people are registered."""
    return _size(session) <= _FEW


def among(session: Session, *, records: Iterable[RecordId], progress: Progress = silent) -> int:
    """How many pairs that are to be looked at have one of these people in them: those a stick has brought."""
    wanted = set(records)
    return sum(1 for one in review(session, progress=progress) if {one.one.id, one.two.id} & wanted)


def _looked_at(session: Session, people: Iterable[RecordId]) -> set[frozenset[RecordId]]:
    """Pairs of these people that somebody looked at. Who is not the same as somebody is not the same as who that one was found to be."""
    journal = session.journal(Folder.RECEPTION)
    others = {
        (person, other) for person in people for one in (person, *joined(session, person)) for other in journal.sets(one).get(APART, ())
    }
    pairs = ((person, record_of(other)) for person, other in others)
    return {frozenset({person, standing(session, other)}) for person, other in pairs if other is not None}


def keep_apart(session: Session, *, one: RecordId, two: RecordId) -> Changes:
    """Two people who were looked at are two people: nobody is asked about them again. UserError: role.not_allowed, record.missing, merge.same."""
    session.require(writes=True)
    first, second = sorted((standing(session, one), standing(session, two)))
    if first == second:
        raise UserError("merge.same")
    record_kind(session, Folder.RECEPTION, first)
    with session.act("apart") as act, session.save(act, Folder.RECEPTION) as save:
        save.add(first, APART, second.text())
    _looked(session).apart.add(frozenset({first, second}))
    return act.changes


def typed_from(values: Mapping[str, object], *, age: int | None = None, household: str = "") -> Typed:
    """What a card says, from the values of the fields of a person."""
    text = {name: str(values.get(name) or "") for name in ("father_name", "mother_name", "sex", "township", "phone", "paper_number")}
    names = tuple(str(values[name]) for name in ("name", "name_my", "name_roman") if values.get(name))
    return Typed(
        names, text["father_name"], text["mother_name"], age, text["sex"], text["township"], text["phone"], text["paper_number"], household
    )
