"""Papers of a person and where each original is: seen, copied, held by us, given back; who said so and when. What is held is on Today until
it was given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain import originals
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fields import CHOICES, FIELDS, PAPERS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.myanmar import nrc
from desktop.services import people, scans
from desktop.services.held_papers import held_fields
from desktop.services.listing import person_rows
from desktop.services.reading import may_read
from desktop.services.scans import Scan
from desktop.services.session import Session
from desktop.services.standing import standing
from desktop.services.writing import check_writable, record_kind, write_values

_SHOWN = 200
UNNAMED = ""
"""The paper of somebody whose long form says that an original is held, without saying which."""


@dataclass(frozen=True)
class Step:
    """One thing that happened with an original. `place` is a choice of the list ``paper_place``, "" where it was taken back."""

    place: str
    at: str  # ISO moment
    author: str
    site: str  # "" if ours


@dataclass(frozen=True)
class PaperRow:
    """One kind of paper of a person. `place` is where the original is now, "" if nobody said; `steps` are newest first."""

    paper: str  # a choice of the list ``papers``, or `UNNAMED`
    place: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PapersOf:
    """The papers of one person. `number` is what is written on one of them, `roman` the same in Roman letters if it is the number of a
    citizenship card; both "" for those who may not read it. `pages`: scanned sheets that were filed to this person."""

    rows: tuple[PaperRow, ...]
    number: str
    roman: str
    pages: tuple[Scan, ...] = ()


@dataclass(frozen=True)
class HeldRow:
    """Somebody whose original papers are here."""

    person: RecordId
    name: str
    papers: tuple[str, ...]  # choices of the list ``papers``, or `UNNAMED`


def papers_of(session: Session, *, person: RecordId) -> PapersOf:
    """The papers that this person has or that something was said of. UserError record.missing."""
    person = standing(session, person)
    journal = session.journal(Folder.RECEPTION)
    values, lines = journal.values(person), people.history(session, record=person)
    has = set(journal.sets(person).get("papers", ()))
    steps: dict[str, list[Step]] = {}
    for line in lines:
        for name, _, after in line.fields:
            if not line.undone and name in _PAPER_OF:
                steps.setdefault(_PAPER_OF[name], []).append(Step(_text(after), line.at, line.author, line.site))
    rows = [
        PaperRow(paper, _text(values.get(f"original_{paper}")), tuple(steps.get(paper, ())))
        for paper in PAPERS if paper in has or paper in steps
    ]
    if originals.held(values) == (originals.UNNAMED,):
        rows.append(PaperRow(UNNAMED, originals.HELD, tuple(steps.get(UNNAMED, ()))))
    number = _text(values.get("paper_number")) if may_read(session, FIELDS["person"]["paper_number"]) else ""
    read = nrc.read(number) if number else None
    roman = nrc.roman(read) if read is not None else ""
    code = _text(values.get("code"))
    pages = scans.of_case(session, code=code) if code else []
    return PapersOf(tuple(rows), number, "" if roman == number else roman, tuple(pages))


_PAPER_OF = {originals.UNNAMED: UNNAMED, **{f"original_{paper}": paper for paper in PAPERS}}


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def put(session: Session, *, person: RecordId, paper: str, place: str) -> Changes:
    """Say where an original is now. Of the paper that was not named only ``given_back`` and ``held_by_us`` can be said. UserError:
    role.not_allowed, record.missing, values.wrong."""
    person = standing(session, person)
    if paper == UNNAMED:
        if place not in CHOICES[originals.UNNAMED]:
            raise UserError("values.wrong", count=1)
        return _said(session, person, {originals.UNNAMED: place})
    stands = session.journal(Folder.RECEPTION).values(person)
    values: dict[str, Value] = {f"original_{paper}": place}
    if stands.get(originals.UNNAMED) == originals.HELD and originals.held({**stands, **values}) == (originals.UNNAMED,) and place == "given_back":
        values[originals.UNNAMED] = "given_back"  # the paper that the long form meant has a name now, and went back
    return _said(session, person, values)


def _said(session: Session, person: RecordId, values: Mapping[str, Value]) -> Changes:
    """Who says where a paper is has it in hand or gave it away: of two different answers about it none is left."""
    check_writable(session, "person", values)
    record_kind(session, Folder.RECEPTION, person)
    differing = session.journal(Folder.RECEPTION).differing(person)
    with session.act("change") as act, session.save(act, Folder.RECEPTION) as save:
        for name in differing:
            if name in values:
                save.settle(person, name, values[name])
        write_values(save, person, "person", {name: value for name, value in values.items() if name not in differing})
    return act.changes


def held(session: Session) -> tuple[HeldRow, ...]:
    """Everybody whose original papers are here, wherever they are themselves, in the order of their names; at most 200 people."""
    journal = session.journal(Folder.RECEPTION)
    keys = [key for (key,) in journal.database.execute(
        "SELECT key FROM person_list WHERE originals > 0 ORDER BY by_name, key LIMIT ?", (_SHOWN,)
    ).fetchall()]
    rows = [HeldRow(row.id, row.name, tuple(map(_PAPER_OF.__getitem__, held_fields(session, row.id)))) for row in person_rows(session, keys)]
    return tuple(row for row in rows if row.papers)
