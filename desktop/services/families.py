"""Everything about families that waits for a caseworker, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services import sought, tracing
from desktop.services.progress import Progress, silent
from desktop.services.session import Session
from desktop.services.sought import Match, Settled
from desktop.services.tracing import Request, Wish


@dataclass(frozen=True)
class Families:
    """`to_ask`: people of this place who may be sought; `to_pass_on`: requests of ours with an answer that was not passed on yet; `wishes`: families who
    want a search that nobody has written yet; `requests`: all that are open; `settled`: what this place found out about pairs."""

    to_ask: tuple[Match, ...]
    to_pass_on: tuple[Request, ...]
    wishes: tuple[Wish, ...]
    requests: tuple[Request, ...]
    settled: tuple[Settled, ...]


def overview(session: Session, *, progress: Progress = silent) -> Families:
    """UserError: folder.locked, role.not_allowed."""
    return Families(
        tuple(sought.review(session, progress=progress)), tuple(tracing.to_pass_on(session)), tuple(tracing.wishes(session)),
        tuple(tracing.requests(session)), tuple(sought.settled(session)),
    )


@dataclass(frozen=True)
class Waiting:
    """How many of each wait. `to_ask` is None if nobody has looked since unlocking."""

    to_ask: int | None
    to_pass_on: int
    wishes: int


def waiting(session: Session) -> Waiting | None:
    """For Today; None for those who do not read about families."""
    if not tracing.may(session):
        return None
    return Waiting(sought.waiting(session), len(tracing.to_pass_on(session)), len(tracing.wishes(session)))
