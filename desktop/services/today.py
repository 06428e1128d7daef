"""What needs somebody now."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import arriving, contacts, families, guidance, history, intake, paper_places, steps, stick, twice
from desktop.services.arriving import Arriving
from desktop.services.contacts import ContactRow
from desktop.services.families import Waiting
from desktop.services.history import TwoAnswers
from desktop.services.intake import DraftRow
from desktop.services.known import REGISTRATION
from desktop.services.listing import PersonRow, person_rows
from desktop.services.paper_places import HeldRow
from desktop.services.projections import search
from desktop.services.projections.people import NEEDS_IN_ORDER
from desktop.services.projections.search import fact
from desktop.services.reading import may_read
from desktop.services.session import Session
from desktop.services.steps import DueRow

_SHOWN = 200


@dataclass(frozen=True)
class ArrivedRow:
    """A household that arrived today, by its focal person."""

    person: PersonRow
    people: int
    sections_done: int
    sections: int


@dataclass(frozen=True)
class SiteLine:
    """How far we and another site are with each other's news."""

    site: str  # nickname
    to_go: int  # changes that the site does not have, as far as we know
    last_heard: str  # ISO moment of its newest news we read, or ""
    last_given: str  # ISO moment we last wrote news for it, or ""


@dataclass(frozen=True)
class TodayPage:
    """What needs somebody now, and what is true of the whole place."""

    decisions: tuple[TwoAnswers, ...]
    late: tuple[ContactRow, ...]  # empty for those who cannot open Contacts
    next_talks: tuple[ContactRow, ...]  # due later today
    arrived: tuple[ArrivedRow, ...]  # focal persons of today, newest first
    drafts: tuple[DraftRow, ...]
    reviews: tuple[tuple[RecordId, str, str], ...]  # (person, name, ISO day to look again), the longest past first; of those left behind a relative
    needs_open: tuple[tuple[str, int], ...]  # (need, people here now who have it)
    here_now: int
    sites: tuple[SiteLine, ...]
    recovery_sheet_made: bool
    doubles: int | None = None  # pairs of people who may be one, to be looked at; None if nobody has looked for them since unlocking
    originals: tuple[HeldRow, ...] = ()  # people whose original papers are here
    warned: tuple[ContactRow, ...] = ()  # nobody calls them until a coordinator says so
    need_help: tuple[ContactRow, ...] = ()  # said at their last check-in that they need help
    arriving: tuple[Arriving, ...] = ()  # somebody at the desk said their words
    no_moment: tuple[ContactRow, ...] = ()  # on the way, and nobody agreed when to talk next: no alarm would ever come
    steps: tuple[DueRow, ...] = ()  # next steps of today and late ones, this volunteer's own first
    behind: tuple[ContactRow, ...] = ()  # there is a newer version of guidance they have, and nobody told them
    asked: tuple[ContactRow, ...] = ()  # this volunteer was asked to take them over
    families: Waiting | None = None  # None for those who do not read about families


def today(session: Session) -> TodayPage:
    """Everything the first page shows. Lists are cut at 200 lines."""
    opens = session.can_open(Folder.CONTACTS)
    rows = contacts.contacts(session) if opens else []
    late, later = _talks(session, rows)
    behind = guidance.behind(session) if opens else frozenset()
    needs, here = session.remembered(Folder.RECEPTION, f"needs {session.role}", lambda: _needs(session))
    return TodayPage(
        decisions=tuple(history.conflicts(session)),
        late=late,
        next_talks=later,
        arrived=_arrived(session),
        drafts=tuple(intake.drafts(session)),
        reviews=_reviews(session),
        needs_open=needs,
        here_now=here,
        sites=tuple(SiteLine(one.nickname, one.to_go, one.last_heard, one.last_given) for one in stick.sites(session)),
        originals=paper_places.held(session),
        recovery_sheet_made=session.vault.setting("recovery_sheet_made") == "yes",
        doubles=twice.waiting(session),
        warned=tuple(row for row in rows if row.warned)[:_SHOWN],
        need_help=tuple(row for row in rows if row.check_in == "needs_help")[:_SHOWN],
        no_moment=tuple(row for row in rows if row.stage == "on_the_way" and not row.next_talk)[:_SHOWN],
        behind=tuple(row for row in rows if row.id in behind)[:_SHOWN],
        arriving=arriving.arriving(session)[:_SHOWN] if opens else (),
        steps=steps.due(session),
        asked=tuple(row for row in rows if row.asked_me)[:_SHOWN] if session.role.writes else (),
        families=families.waiting(session),
    )


def _talks(session: Session, rows: list[ContactRow]) -> tuple[tuple[ContactRow, ...], tuple[ContactRow, ...]]:
    """Contacts who are late, the latest first, and those to talk with later today."""
    late = sorted((row for row in rows if row.late_hours), key=lambda row: -row.late_hours)
    later = sorted(
        (row for row in rows if not row.late_hours and row.next_talk[:10] == session.today()), key=lambda row: row.next_talk
    )
    return tuple(late[:_SHOWN]), tuple(later[:_SHOWN])


def _arrived(session: Session) -> tuple[ArrivedRow, ...]:
    database = session.journal(Folder.RECEPTION).database
    drawn = database.execute(
        "SELECT p.key, max(coalesce(s.done, 0)), max(coalesce(s.sections, 0)) FROM person_list p "
        "LEFT JOIN submission_list s ON s.person_code = p.code AND s.form = ? "
        "WHERE p.arrived >= ? AND p.relationship = 'focal' GROUP BY p.key ORDER BY p.arrived DESC, p.key DESC LIMIT ?",
        (REGISTRATION, session.today(), _SHOWN),
    ).fetchall()
    progress = {key: (done, sections) for key, done, sections in drawn}
    rows = person_rows(session, [key for key, _, _ in drawn])
    return tuple(ArrivedRow(row, row.household_size, *progress[row.key]) for row in rows)


def _reviews(session: Session) -> tuple[tuple[RecordId, str, str], ...]:
    database = session.journal(Folder.RECEPTION).database
    drawn = database.execute(
        "SELECT key, review_on FROM person_list WHERE review_on > '' AND review_on <= ? AND state = 'here' ORDER BY review_on, key LIMIT ?",
        (session.today(), _SHOWN),
    ).fetchall()
    days = dict(drawn)
    here = [(row.id, row.name, str(days[row.key])) for row in person_rows(session, list(days))]
    return tuple(sorted((*here, *_left_reviews(session)), key=lambda one: one[2])[:_SHOWN])


def _left_reviews(session: Session) -> list[tuple[RecordId, str, str]]:
    """People left behind at whom somebody wanted to look again, each with a person of their family."""
    rows = session.journal(Folder.RECEPTION).database.execute(
        "SELECT l.name, l.review_on, (SELECT p.record FROM person_list p WHERE p.household = l.household AND l.household <> '' "
        "ORDER BY p.relationship <> 'focal', p.key LIMIT 1) AS family FROM left_behind_list l "
        "WHERE l.review_on > '' AND l.review_on <= ? AND family IS NOT NULL ORDER BY l.review_on, l.key LIMIT ?", (session.today(), _SHOWN),
    ).fetchall()
    return [(RecordId.parse(family), name, day) for name, day, family in rows]


def _needs(session: Session) -> tuple[tuple[tuple[str, int], ...], int]:
    database = session.journal(Folder.RECEPTION).database
    here = [fact("k", "person"), fact("s", "here")]
    counted = [
        (need, search.count(database, [*here, fact("n", need)]))
        for need in NEEDS_IN_ORDER
        if may_read(session, FIELDS["person"][f"need_{need}"])
    ]
    return tuple((need, number) for need, number in counted if number), search.count(database, here)
