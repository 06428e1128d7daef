"""Contacts: people who have not arrived yet, from the first contact to their arrival."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services.people import ChangeLine, Shown
from desktop.services.session import Session


@dataclass(frozen=True)
class ContactRow:
    id: RecordId
    code: str
    call_name: str
    people: int
    stage: str
    next_talk: str  # ISO moment or ""
    call_rule: str
    volunteer: str
    late_hours: int  # 0: not late


@dataclass(frozen=True)
class Talk:
    at: str
    author: str
    words: str


@dataclass(frozen=True)
class ContactPage:
    row: ContactRow
    fields: Mapping[str, Shown]
    talks: tuple[Talk, ...]  # newest first
    last_changes: tuple[ChangeLine, ...]


def contacts(session: Session, *, query: str = "", stage: str = "open") -> list[ContactRow]:
    """By stage (on the way first), the latest first within it. `stage`: a stage, ``open`` (not arrived, lost or closed) or ``all``.
    UserError: folder.locked for those who cannot open Contacts."""
    raise NotImplementedError


def counts(session: Session) -> dict[str, int]:
    """How many contacts are in each stage, and ``open``, ``late``."""
    raise NotImplementedError


def page(session: Session, *, contact: RecordId) -> ContactPage:
    raise NotImplementedError


def add(session: Session, *, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    raise NotImplementedError


def change(session: Session, *, contact: RecordId, values: Mapping[str, Value]) -> Changes:
    raise NotImplementedError


def write_talk(
    session: Session, *, contact: RecordId, words: str, next_talk: str = "", stage: str = ""
) -> Changes:
    """What they said, with the next agreed moment and a new stage if there is one, in one save."""
    raise NotImplementedError


def arrived(session: Session, *, contact: RecordId, person_code: str = "") -> Changes:
    """They have arrived; with the code of the registered person if it is known."""
    raise NotImplementedError
