"""Take back the last save; settle two different answers."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.fields import Field
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.services.session import Session


@dataclass(frozen=True)
class Answer:
    stamp: Stamp
    value: Value
    author: str
    site: str  # "" if ours
    at: str
    shown_now: bool


@dataclass(frozen=True)
class TwoAnswers:
    """A field that two people changed without knowing of each other."""

    folder: Folder
    record: RecordId
    kind: str
    title: str  # the name of the person, household code or contact code
    field: Field
    answers: tuple[Answer, ...]  # two or more, the one shown now first


def conflicts(session: Session) -> list[TwoAnswers]:
    raise NotImplementedError


def settle(session: Session, *, folder: Folder, record: RecordId, field: str, value: Value) -> Changes:
    """Write the right answer. It replaces every answer that stands now, and travels like any other change."""
    raise NotImplementedError


def undoable(session: Session) -> str:
    """The code of what Ctrl+Z would take back (``arrival``, ``change``, ``settle``, ...), or "" if there is nothing."""
    raise NotImplementedError


def undo(session: Session) -> Changes:
    """Take back the last save of this volunteer since unlocking, by entries that restore what stood before. A field that somebody
    else changed since is left alone. UserError: undo.nothing."""
    raise NotImplementedError
