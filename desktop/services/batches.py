"""Papers for many people in one go, in the order of the desk, with a sheet at the end to cross as they are handed out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import paper_asks, papers, people
from desktop.services.listing import PersonRow, person_rows
from desktop.services.papers import Ask, Document, Gathering, Paper
from desktop.services.progress import Progress, silent
from desktop.services.session import Session
from desktop.services.standing import joined, standing

MOST = 500
Given = tuple[RecordId, str, int, str]
BY_CODE, BY_HOUSEHOLD = "code", "household"
_FORM_ID = "D3"


@dataclass(frozen=True)
class Batch:
    """`paper` holds all pages. `people` got papers; `without` of the asked papers could not be made, because there is nothing to print
    yet. `given`: (for whom it is counted, document, copy, mark) of each."""

    paper: Paper
    people: int
    without: int
    given: tuple[Given, ...]


@dataclass
class _Share:
    """What one household gets."""

    people: set[RecordId] = field(default_factory=set)
    sheets: int = 0


_ONE_BY_ONE = (papers.MEDICAL_REFERRAL, papers.TRANSFER_LETTER, papers.HELD_RECEIPT)
"""What is on these is about one person or household alone."""


def documents() -> list[Document]:
    """The documents that can be made for many people."""
    return [one for one in papers.documents() if one.about in ("person", "household") and one.code not in _ONE_BY_ONE]


def asks(session: Session, *, documents: Sequence[str]) -> tuple[tuple[Ask, ...], dict[str, str]]:
    """What the volunteer types once for all papers of these documents, and what stands there before."""
    found = paper_asks.for_many([one.asks for one in papers.documents() if one.code in documents])
    return found, paper_asks.starts(found, session.today())


def arrived_today(session: Session) -> list[RecordId]:
    """Everybody here who came today."""
    return _records(session, "SELECT key FROM person_list WHERE state = 'here' AND substr(arrived, 1, 10) = ?", session.today())


def everybody_here(session: Session) -> list[RecordId]:
    """Everybody here now."""
    return _records(session, "SELECT key FROM person_list WHERE state = ?", "here")


def household(session: Session, *, person: RecordId) -> list[RecordId]:
    """Everybody here of this person's household; the person alone without one. UserError record.missing."""
    page = people.page(session, person=person)
    if page.household is None:
        return [page.row.id]
    homes = [page.household, *joined(session, page.household)]
    found = _records(
        session, "SELECT key FROM person_list WHERE state = 'here' AND household IN (SELECT value FROM json_each(?))",
        json.dumps([one.text() for one in homes]),
    )
    return found or [page.row.id]


def _records(session: Session, statement: str, value: str) -> list[RecordId]:
    journal = session.journal(Folder.RECEPTION)
    return [journal.record(key) for (key,) in journal.database.execute(f"{statement} ORDER BY key", (value,)).fetchall()]


def make(
    session: Session, *, people: Sequence[RecordId], documents: Sequence[str], order: str = BY_CODE, tally: bool = True,
    typed: Mapping[str, str] | None = None, paper_size: str = "A4", again: Sequence[Given] = (), progress: Progress = silent,
) -> Batch:
    """One paper with these documents for these people. `order`: by the codes of people, or household by household, each by its code. A
    document about a household is made once for each household. `tally`: with the sheet for handing out at the end (never on a roll).
    `typed`: answers to `asks`; each receipt gets a number of its own. `again`: what was given of the same pages before; a receipt that is
    printed again keeps its number, and so is marked as a copy.

    UserError: batch.nobody, batch.too_many (most), batch.nothing (none of the papers could be made), batch.roll (sheets and strips of a
    roll together), record.missing, paper.ask_wrong. `Cancelled` leaves nothing behind.
    """
    rows = _rows(session, people)
    if not rows or not documents:
        raise UserError("batch.nobody")
    if len(rows) > MOST:
        raise UserError("batch.too_many", most=MOST)
    rows.sort(key=lambda row: ((row.household_code or row.code) if order == BY_HOUSEHOLD else "", row.code))
    wanted = [one for one in papers.documents() if one.code in documents]
    if len({one.roll for one in wanted}) > 1:
        raise UserError("batch.roll")
    made = Gathering(_about(wanted), paper_size)
    given: list[Given] = []
    shares: dict[str, _Share] = {}
    without = 0
    numbers = {(person, document): mark for person, document, _, mark in again}
    for at, (row, document) in enumerate(_asked(rows, wanted)):
        progress(at, len(rows) * len(wanted))
        try:
            number = numbers.get((row.id, document.code), "")
            said = {**(typed or {}), **(dict.fromkeys(document.same, number) if number else {})}
            drawing = papers.drawing_of(session, document=document.code, person=row.id, typed=said)
        except UserError as error:
            if error.code != "paper.nothing_to_show":
                raise
            without += 1
            continue
        pages = made.add(drawing.draw, drawing.model)
        given.append((row.id, document.code, drawing.copy, drawing.mark))
        share = shares.setdefault(row.household_code or row.code, _Share())
        share.people.add(row.id)
        share.sheets += pages
    if not given:
        raise UserError("batch.nothing")
    if tally and not wanted[0].roll:
        _add_tally(session, made, shares)
    return Batch(made.paper(), len({person for person, *_ in given}), without, tuple(given))


def _rows(session: Session, asked: Sequence[RecordId]) -> list[PersonRow]:
    """Each person once, however often they were picked or joined with another. UserError record.missing."""
    journal = session.journal(Folder.RECEPTION)
    keys = dict.fromkeys(journal.key(standing(session, one)) for one in asked)
    found = person_rows(session, [key for key in keys if key is not None])
    if len(found) != len(keys):
        raise UserError("record.missing")
    return found


def _asked(rows: Sequence[PersonRow], wanted: Sequence[Document]) -> list[tuple[PersonRow, Document]]:
    """Every paper that was asked for, in order: all of a person together, what is about the household with its first person."""
    asked, done = [], set()
    for row in rows:
        for document in wanted:
            about = (document.code, row.household_code) if document.about == "household" and row.household_code else None
            if about is None or about not in done:
                done.add(about)
                asked.append((row, document))
    return asked


def _about(wanted: Sequence[Document]) -> Document:
    """What is on all of it together: the strictest of its documents says how it is kept."""
    return Document(
        "batch", "kept" if any(one.carry != "carried" for one in wanted) else "carried", "people", _FORM_ID,
        tuple(dict.fromkeys(line for one in wanted for line in one.shows)),
        tuple(line for line in wanted[0].hides if all(line in one.hides for one in wanted)), any(one.names_people for one in wanted),
        roll=wanted[0].roll,
    )


def _add_tally(session: Session, made: Gathering, shares: dict[str, _Share]) -> None:
    from desktop.paper.documents.handing_out import HandingOut, Household, draw

    households = tuple(Household(code, len(share.people), share.sheets) for code, share in sorted(shares.items()))
    made.add(draw, HandingOut(households, session.today()))


def note_printed(session: Session, *, batch: Batch, saved: bool = False, copies: int = 1) -> Changes:
    """Count every paper of a batch after it went out, so many `copies` at once, in one save. It cannot be taken back: the paper is out there.
    UserError role.not_allowed for those who only read."""
    session.require(writes=True)
    session.vault.audit(
        "printed.names" if batch.paper.document.names_people else "printed.batch", people=batch.people, pages=batch.paper.pages, copies=copies,
        saved=int(saved),
    )
    papers.note_each(session, given=batch.given, saved=saved, copies=copies)
    return Changes(frozenset({"paper", "person"}), frozenset(person for person, *_ in batch.given))
