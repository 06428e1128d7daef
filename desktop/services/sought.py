"""Somebody registered here may be the one who is sought: found, asked, and answered for.

The facts of each request are weighed against everybody registered **at this place** (as when a card is typed, `desktop.services.twice`). A person at
the desk looks at each pair, asks the one who may be sought, and writes what they answered. Until then nobody is told anything.
What may be told goes out as a record of its own (`desktop.services.tracing.Reply`). All the rest — that a pair was looked at, that it was
somebody else, that they want nothing to be told — stays in a table of this place that never travels: at the site of the one who looks a "no" and
"nobody was found yet" are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from desktop.domain.births import Birth
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.domain.whereabouts import names_exact_place
from desktop.exchange.trust import Trust
from desktop.services import rules, tracing, twice
from desktop.services.agreements import nobody_checked, whose_agreement
from desktop.services.doubles.weighing import Agreement, bits
from desktop.services.family_access import may, require
from desktop.services.listing import PersonRow, person_rows
from desktop.services.progress import Progress, silent
from desktop.services.projections.table import listed, plain
from desktop.services.projections.tracing import HERE
from desktop.services.session import Act, Session
from desktop.services.standing import registered_here, standing
from desktop.services.tracing import KIND, LOOKING, REPLY, Request
from desktop.services.writing import write_new

CONTACT, ALIVE, NOTHING, OTHER, LATER = "contact", "alive", "nothing", "other", "later"
"""What was found out about a pair: wants to be in touch; may be told that they live and are safe; nothing may be told; somebody else; to be
asked on another day."""
_LOOKED_AT, _SHOWN = 60, 5
_ENOUGH = 6.0  # bits for one person before doubts are counted: a name that is shared by many, and one fact more
_FEW = 50  # requests that are compared with few people within a second


@dataclass(frozen=True)
class Match:
    """Somebody registered here who may be the one who is sought. `agree`: whose agreement is needed before anything is told. `withhold`: from whom
    this person wants to be kept. `again`: ISO day on which they were to be asked again, or ""."""

    request: Request
    person: PersonRow
    agreements: tuple[Agreement, ...]
    likely: bool
    agree: frozenset[str]
    withhold: tuple[str, ...]
    again: str = ""


@dataclass(frozen=True)
class Settled:
    """A pair that was looked at, as only this place knows it."""

    request: Request
    person: PersonRow
    verdict: str
    author: str
    at: str


_Found = tuple[tuple[RecordId, tuple[Agreement, ...], bool], ...]
_State = tuple[dict[bytes, int], ...]


@dataclass
class _Looked:
    """What was found while the vault is open: of each request that was compared who may be sought, what both folders were then, and how many
    had been compared before it."""

    found: dict[RecordId, _Found] = field(default_factory=dict)
    state: dict[RecordId, _State] = field(default_factory=dict)
    turn: dict[RecordId, int] = field(default_factory=dict)
    began: bool = False


# -- finding


def review(session: Session, *, progress: Progress = silent) -> list[Match]:
    """All pairs that wait for somebody, the likeliest first. No request is compared again before something has changed.
    UserError: folder.locked, role.not_allowed."""
    return _look(session, most=None, progress=progress)


def glance(session: Session) -> list[Match]:
    """The same in a second at most: at some requests only where many look, with the same share for each site, so that one that asks for very
    many hides nobody else's. Asked again, it goes on with those that were looked at longest ago. UserError: folder.locked, role.not_allowed."""
    require(session)
    return _look(session, most=_FEW, progress=silent) if twice.soon(session) else left(session)


def _look(session: Session, *, most: int | None, progress: Progress) -> list[Match]:
    require(session)
    looked, now = _looked(session), _state(session)
    waits = [one for one in _in_turn(session, looked) if looked.state.get(one) != now][:most]
    for at, one in enumerate(waits):
        progress(at, len(waits))
        looked.found[one] = tuple(_alike(session, tracing.request(session, record=one)))
        looked.state[one], looked.turn[one] = now, max(looked.turn.values(), default=0) + 1
    looked.began = True
    return _waiting(session, looked)


def left(session: Session) -> list[Match]:
    """What was found when somebody looked last and nobody has decided since, without comparing anybody again; nothing before that.
    UserError: folder.locked, role.not_allowed."""
    require(session)
    return _waiting(session, _looked(session))


def soon(session: Session) -> bool:
    """True if `review` takes a second at most, because few are sought and few are registered."""
    return may(session) and twice.soon(session) and len(_sought(session)) <= _FEW


def waiting(session: Session) -> int | None:
    """How many of the pairs that were found last wait; None if nobody has looked since unlocking, or this volunteer may not."""
    looked = _looked(session) if may(session) else None
    return len(_waiting(session, looked)) if looked is not None and looked.began else None


def _looked(session: Session) -> _Looked:
    return session.kept(Folder.CONTACTS, "sought", _Looked)


def _sought(session: Session) -> list[RecordId]:
    """Every open request, the newest first."""
    journal = session.journal(Folder.CONTACTS)
    rows = journal.database.execute("SELECT key FROM tracing_list WHERE state = ? ORDER BY key DESC", (LOOKING,)).fetchall()
    return [journal.record(key) for (key,) in rows]


def _in_turn(session: Session, looked: _Looked) -> list[RecordId]:
    """Every open request: one of each site after the other, of each site those first that were looked at longest ago. Sites that we do not
    trust ourselves have one share together: whoever carries their news can invent any number of them."""
    journal = session.journal(Folder.CONTACTS)
    trusted = {session.vault.site_public, *(site.root for site in Trust(session.vault.home).sites())}
    by_site: dict[bytes, list[RecordId]] = {}
    for one in sorted(_sought(session), key=lambda one: looked.turn.get(one, -1)):
        device = journal.devices.by_public.get(one.device)
        site = device.site if device is not None else b""
        by_site.setdefault(site if site in trusted else b"", []).append(one)
    return [one for turn in zip_longest(*by_site.values()) for one in turn if one is not None]


def _state(session: Session) -> _State:
    """Changes with everything that is written into either folder."""
    return tuple(dict(session.journal(folder).versions()) for folder in (Folder.CONTACTS, Folder.RECEPTION))


def _alike(session: Session, one: Request) -> Iterator[tuple[RecordId, tuple[Agreement, ...], bool]]:
    """People of this place who may be the one, with what agrees and whether it is likely. A name alone is never likely."""
    family = one.seeker.household_code if one.seeker is not None else ""
    given = 0
    for like in twice.like(session, typed=_typed(session, one.id), most=_LOOKED_AT):
        row = like.person
        if given >= _SHOWN:
            return
        if (one.seeker is not None and row.id == one.seeker.id) or (family and row.household_code == family):
            continue
        if not registered_here(session, row.id):
            continue
        besides = any(fact.bits > 0 for fact in like.agreements if fact.what not in ("name", "sex"))
        if like.likely or (besides and bits(like.agreements) >= _ENOUGH):
            given += 1
            yield row.id, like.agreements, like.likely and besides


def _typed(session: Session, request: RecordId) -> twice.Typed:
    values = session.journal(Folder.CONTACTS).values(request)
    birth = Birth.read(values.get("birth"))
    text = {name: plain(values.get(name)) for name in ("name", "father_name", "mother_name", "township")}
    sex = values.get("sex")
    return twice.Typed(
        names=(text["name"], *listed(values.get("other_names"))), father=text["father_name"], mother=text["mother_name"],
        age=birth.age_on(session.now().date()) if birth else None, sex=sex if sex in ("man", "woman") else "", township=text["township"],
    )


def _waiting(session: Session, looked: _Looked) -> list[Match]:
    """Those pairs nobody has decided about, of requests that are open. A request is read only if somebody may be the one."""
    done, known = _done(session), set(_sought(session))
    found = []
    for record in (record for record, pairs in looked.found.items() if pairs and record in known):
        request = tracing.request(session, record=record)
        for person, agreements, likely in looked.found[record]:
            verdict, again = done.get((record, person), ("", ""))
            row = _row(session, person)
            if row is None or verdict not in ("", LATER) or (verdict == LATER and again > session.today()) or _never(session, row.id):
                continue
            withhold = tuple(listed(session.journal(Folder.RECEPTION).values(row.id).get("withhold_from")))
            found.append(Match(request, row, agreements, likely, whose_agreement(session, row), withhold, again))
    return sorted(found, key=lambda one: (not one.likely, -bits(one.agreements)))


def _never(session: Session, person: RecordId) -> bool:
    """True if they do not want to be asked, also where another answer stands beside that one."""
    return any(head.value == "never" for head in session.journal(Folder.RECEPTION).heads(person).get("found_wish", ()))


def _agreed(session: Session, row: PersonRow, asked: frozenset[str]) -> None:
    wanted = whose_agreement(session, row)
    missing = wanted - asked
    if missing:
        raise UserError("tracing.caregiver_first" if missing == {"caregiver"} else "tracing.not_asked")
    if "caregiver" in wanted and nobody_checked(session, row):
        raise UserError("tracing.caregiver_unchecked")


def _row(session: Session, person: RecordId) -> PersonRow | None:
    key = session.journal(Folder.RECEPTION).key(standing(session, person))
    return next(iter(person_rows(session, [key])), None) if key is not None else None


# -- what this place alone knows


def _done(session: Session) -> dict[tuple[RecordId, RecordId], tuple[str, str]]:
    """(request, person) -> verdict and the day to ask again. An answer whose record was taken back counts no more."""
    journal = session.journal(Folder.CONTACTS)
    rows = journal.database.execute(f"SELECT request, person, verdict, again, reply FROM {HERE}").fetchall()  # noqa: S608 - a constant
    stands = {record for (record,) in journal.database.execute("SELECT record FROM reply_list").fetchall()}
    return {
        (RecordId.parse(request), standing(session, RecordId.parse(person))): (verdict, again)
        for request, person, verdict, again, reply in rows if not reply or reply in stands
    }


def settled(session: Session) -> list[Settled]:
    """Pairs that somebody here looked at, the last ones first. UserError: folder.locked, role.not_allowed."""
    journal = require(session)
    wanted = {one.id: one for one in tracing.requests(session, state="")}
    done = _done(session)
    rows = journal.database.execute(f"SELECT request, person, verdict, author, at FROM {HERE} ORDER BY at DESC").fetchall()  # noqa: S608
    found = []
    for request, person, verdict, author, at in rows:
        pair = RecordId.parse(request), standing(session, RecordId.parse(person))
        row = _row(session, pair[1])
        if pair in done and pair[0] in wanted and row is not None and verdict != LATER:
            found.append(Settled(wanted[pair[0]], row, verdict, session.vault.volunteers.name_of(author), at))
    return found


def not_them(session: Session, *, request: RecordId, person: RecordId) -> Changes:
    """It is somebody else: nobody here is asked about this pair again. UserError: folder.locked, role.not_allowed, record.missing."""
    return _note(session, request, person, OTHER)


def later(session: Session, *, request: RecordId, person: RecordId, day: str) -> Changes:
    """They are to be asked on another day (ISO). UserError: folder.locked, role.not_allowed, record.missing, values.wrong."""
    if rules.problems("left_behind", {"review_on": day}):
        raise UserError("values.wrong", count=1)
    return _note(session, request, person, LATER, again=day)


def answer(
    session: Session, *, request: RecordId, person: RecordId, answer: str, asked: frozenset[str] = frozenset(), message: str = ""
) -> Changes:
    """What the one who is sought answered: `CONTACT`, `ALIVE` or `NOTHING`. `asked`: who agreed (``self``, ``caregiver``). `message`: what
    they want to be said with it; it is told as it is written. Of ``NOTHING`` nothing leaves this place.

    UserError: folder.locked, role.not_allowed, record.missing, values.wrong, value.exact_place, tracing.not_asked, tracing.caregiver_first,
    tracing.caregiver_unchecked (of a child without parents nobody answers for the child before they were checked), tracing.ended.
    """
    require(session, writes=True)
    if answer == NOTHING:
        return _note(session, request, person, NOTHING)
    row = _pair(session, request, person)
    values: dict[str, Value] = {"request": request.text(), "reply": answer, "message": message}
    if names_exact_place(message):
        raise UserError("value.exact_place")
    if answer not in (CONTACT, ALIVE) or rules.severe(rules.problems(REPLY, values)):
        raise UserError("values.wrong", count=1)
    _agreed(session, row, asked)
    if tracing.request(session, record=request).state != LOOKING:
        raise UserError("tracing.ended")
    with session.act("answer") as act:
        _take_back(session, act, request, row.id)
        with session.save(act, Folder.CONTACTS) as save:
            reply = write_new(save, REPLY, values)
        _put(session, act, request, row.id, answer, reply=reply.text())
    return act.changes


def ask_again(session: Session, *, request: RecordId, person: RecordId) -> Changes:
    """Take back what was noted of a pair, with the answer that went out if there was one: whoever was not told of it yet never hears of it.
    UserError: folder.locked, role.not_allowed, record.missing."""
    require(session, writes=True)
    row = _pair(session, request, person)
    with session.act("ask_again") as act:
        _take_back(session, act, request, row.id)
        act.kinds.add(KIND)
    return act.changes


def _take_back(session: Session, act: Act, request: RecordId, person: RecordId) -> None:
    """Nothing is noted of this pair any more, and no answer of it stands, under whichever card of the person it was noted."""
    journal = session.journal(Folder.CONTACTS)
    noted = journal.database.execute(f"SELECT person, reply FROM {HERE} WHERE request = ?", (request.text(),)).fetchall()  # noqa: S608
    for one, reply in [(RecordId.parse(one), reply) for one, reply in noted]:
        if standing(session, one) != person:
            continue
        if reply:
            with session.save(act, Folder.CONTACTS) as save:
                save.delete(RecordId.parse(reply))
        _put(session, act, request, one, "")


def _pair(session: Session, request: RecordId, person: RecordId) -> PersonRow:
    tracing.request(session, record=request)
    row = _row(session, person)
    if row is None or not registered_here(session, row.id):
        raise UserError("record.missing")
    return row


def _note(session: Session, request: RecordId, person: RecordId, verdict: str, *, again: str = "") -> Changes:
    require(session, writes=True)
    row = _pair(session, request, person)
    with session.act("answer") as act:
        _take_back(session, act, request, row.id)
        _put(session, act, request, row.id, verdict, again=again)
    return act.changes


def _put(session: Session, act: Act, request: RecordId, person: RecordId, verdict: str, *, again: str = "", reply: str = "") -> None:
    """Note it for this place alone, "" forgets it; Ctrl+Z puts back what stood before."""
    database = session.journal(Folder.CONTACTS).database
    ids = (request.text(), person.text())
    before = database.execute(f"SELECT * FROM {HERE} WHERE request = ? AND person = ?", ids).fetchone()  # noqa: S608 - a constant

    def write(row: tuple[object, ...] | None) -> None:
        with database.transaction():
            database.execute(f"DELETE FROM {HERE} WHERE request = ? AND person = ?", ids)  # noqa: S608 - a constant
            if row is not None:
                database.execute(f"INSERT INTO {HERE} VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - a constant

    write((*ids, verdict, again, reply, session.author, session.moment()) if verdict else None)
    act.aside.append(lambda: write(before))
    act.kinds.add(KIND)


