"""What needs somebody now."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.ids import RecordId
from desktop.services.contacts import ContactRow
from desktop.services.history import TwoAnswers
from desktop.services.intake import DraftRow
from desktop.services.people import PersonRow
from desktop.services.session import Session


@dataclass(frozen=True)
class ArrivedRow:
    person: PersonRow
    people: int
    sections_done: int
    sections: int


@dataclass(frozen=True)
class SiteLine:
    site: str  # nickname
    to_go: int  # changes that the site does not have, as far as we know
    last_heard: str  # ISO moment of its newest news we read, or ""
    last_given: str  # ISO moment we last wrote news for it, or ""


@dataclass(frozen=True)
class TodayPage:
    decisions: tuple[TwoAnswers, ...]
    late: tuple[ContactRow, ...]  # empty for those who cannot open Contacts
    next_talks: tuple[ContactRow, ...]  # due later today
    arrived: tuple[ArrivedRow, ...]  # focal persons of today, newest first
    drafts: tuple[DraftRow, ...]
    reviews: tuple[tuple[RecordId, str, str], ...]  # (person, name, what) whose day is today or past
    needs_open: tuple[tuple[str, int], ...]  # (need, people here now who have it)
    here_now: int
    sites: tuple[SiteLine, ...]
    recovery_sheet_made: bool


def today(session: Session) -> TodayPage:
    raise NotImplementedError
