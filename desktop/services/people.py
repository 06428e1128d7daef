"""Find people, look at one, change what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.changes import Changes, Problem
from desktop.domain.fields import Field
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services.session import Session


@dataclass(frozen=True)
class Found:
    """People in the order of the search: `keys` are local row numbers, fetched in pages with `rows`. `total` counts everybody
    registered, `here` those here now."""

    keys: Sequence[int]
    total: int
    here: int
    by_sound: tuple[str, ...] = ()  # spellings that were looked for as well


@dataclass(frozen=True)
class PersonRow:
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
    why: str = ""  # code of why it matched: name, code, phone, ...


@dataclass(frozen=True)
class Shown:
    """One field as a page shows it: the value (or silence), who wrote it, and other answers if there are two."""

    field: Field
    value: Value
    author: str
    at: str  # ISO moment
    others: int = 0  # how many different answers stand beside it


@dataclass(frozen=True)
class MemberRow:
    person: PersonRow
    relationship: str


@dataclass(frozen=True)
class LeftBehindRow:
    id: RecordId
    fields: Mapping[str, Shown]


@dataclass(frozen=True)
class ChangeLine:
    """One line of a record's history: a save by one author."""

    at: str
    author: str
    site: str  # "" if ours
    kind: str  # created, changed, deleted, restored, settled, printed, noted
    fields: tuple[tuple[str, Value, Value], ...]  # (field name, before, after)
    undone: bool = False


@dataclass(frozen=True)
class SubmissionRow:
    id: RecordId
    form: str
    title: str
    version: str
    done: int
    sections: int
    at: str
    author: str


@dataclass(frozen=True)
class PersonPage:
    row: PersonRow
    fields: Mapping[str, Shown]  # only what this volunteer may read
    household: RecordId | None
    household_fields: Mapping[str, Shown]
    members: tuple[MemberRow, ...]
    left_behind: tuple[LeftBehindRow, ...]
    submissions: tuple[SubmissionRow, ...]
    health: Mapping[str, Shown] | None  # None: this volunteer cannot open Health
    printed: tuple[tuple[str, str, int], ...]  # (document, when, copies)
    last_changes: tuple[ChangeLine, ...]  # newest first, at most five
    withhold: str  # the warning line, or ""


def find(session: Session, *, query: str = "", state: str = "here", need: str = "", limit: int | None = None) -> Found:
    """Everybody who matches, best first; without a query the newest arrival first. `state` "" means all. Exact codes first.
    At most 16 ms for 100,000 people (95 of 100)."""
    raise NotImplementedError


def rows(session: Session, *, keys: Sequence[int]) -> list[PersonRow]:
    """Rows for these keys, in their order."""
    raise NotImplementedError


def page(session: Session, *, person: RecordId) -> PersonPage:
    """UserError: record.missing."""
    raise NotImplementedError


def check(kind: str, values: Mapping[str, Value]) -> list[Problem]:
    """What is wrong with these values for a record of this kind; nothing is saved."""
    raise NotImplementedError


def change(session: Session, *, record: RecordId, values: Mapping[str, Value]) -> Changes:
    """Set fields of a person, household, person left behind or health record. Equal values are not written again.

    UserError: role.not_allowed, record.missing, values.wrong (fields: count).
    """
    raise NotImplementedError


def change_health(session: Session, *, person: RecordId, values: Mapping[str, Value]) -> Changes:
    """Set fields of the person's health record, which is made if there is none. UserError: folder.locked."""
    raise NotImplementedError


def history(session: Session, *, record: RecordId) -> list[ChangeLine]:
    """All of it, newest first, the health record's lines among them for those who can open Health."""
    raise NotImplementedError


def delete(session: Session, *, person: RecordId) -> Changes:
    """Take a person off every list. The history stays and `history.undo` brings them back."""
    raise NotImplementedError


def add_member(session: Session, *, household: RecordId, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    """Register one more person of this household."""
    raise NotImplementedError


def add_left_behind(session: Session, *, household: RecordId, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    raise NotImplementedError
