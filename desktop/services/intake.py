"""Fill forms: drafts as the person types, then records."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.changes import Changes, Problem
from desktop.domain.ids import RecordId
from desktop.forms.filled import FilledForm
from desktop.services.session import Session

ARRIVAL, REGISTRATION = "arrival", "registration"


@dataclass(frozen=True)
class DraftRow:
    id: str
    form: str
    title: str  # the name typed so far, or ""
    token: int
    at: str
    author: str


@dataclass(frozen=True)
class Open:
    """A form being filled. `draft` names where it is kept as the person types. `locked` are paths of sections whose folder this
    volunteer cannot open; `person` is whom it is about, if somebody is registered already."""

    draft: str
    form: FilledForm
    locked: frozenset[str]
    person: RecordId | None
    token: int
    submission: RecordId | None = None


@dataclass(frozen=True)
class Registered:
    person: RecordId
    household: RecordId
    code: str
    token: int
    people: int


def begin_arrival(session: Session, *, language: str) -> Open:
    """A new arrival card with the next token of the day."""
    raise NotImplementedError


def begin_registration(session: Session, *, person: RecordId, language: str) -> Open:
    """The long form for this person, with what is known filled in; the answers others gave in it before are there."""
    raise NotImplementedError


def reopen(session: Session, *, draft: str, language: str) -> Open:
    """A draft as it was left. UserError: record.missing."""
    raise NotImplementedError


def keep(session: Session, *, opened: Open) -> Changes:
    """Save the draft now: when it returns the answers survive a power cut. Called after each answer."""
    raise NotImplementedError


def drafts(session: Session) -> list[DraftRow]:
    raise NotImplementedError


def discard(session: Session, *, draft: str) -> Changes:
    raise NotImplementedError


def problems(session: Session, *, opened: Open, section: str = "") -> list[Problem]:
    """What stands in the way of saving (`where` is a path), in the order of the form."""
    raise NotImplementedError


def save_arrival(session: Session, *, opened: Open) -> tuple[Registered, Changes]:
    """The person, their household, everybody with them and the filled card, in one save. UserError: form.problems."""
    raise NotImplementedError


def save_registration(session: Session, *, opened: Open, section: str = "") -> Changes:
    """Write the answers of one section (or all sections without a problem) to the filled form and to the records."""
    raise NotImplementedError
