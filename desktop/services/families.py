"""Everything about families that waits for a caseworker, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.child_care import CAREGIVER
from desktop.services import children, sought, tracing
from desktop.services.children import Alone, Case
from desktop.services.family_access import may
from desktop.services.progress import Progress, silent
from desktop.services.session import Session
from desktop.services.sought import Match, Settled
from desktop.services.tracing import Request, Wish


@dataclass(frozen=True)
class Families:
    """`to_ask`: people of this place who may be sought; `to_pass_on`: requests of ours with an answer that was not passed on yet; `wishes`: families who
    want a search that nobody has written yet; `requests`: all that are open; `settled`: what this place found out about pairs.
    `alone`: children who need a case; `children`: open cases."""

    to_ask: tuple[Match, ...]
    to_pass_on: tuple[Request, ...]
    wishes: tuple[Wish, ...]
    requests: tuple[Request, ...]
    settled: tuple[Settled, ...]
    alone: tuple[Alone, ...]
    children: tuple[Case, ...]


def overview(session: Session, *, look: bool = True, progress: Progress = silent) -> Families:
    """Without `look` only a second is taken to compare people, and the rest told as it was found last. UserError: folder.locked, role.not_allowed."""
    to_ask = sought.review(session, progress=progress) if look else sought.glance(session)
    return Families(
        tuple(to_ask), tuple(tracing.to_pass_on(session)), tuple(tracing.wishes(session)), tuple(tracing.requests(session)),
        tuple(sought.settled(session)), tuple(children.alone(session)), tuple(children.cases(session)),
    )


@dataclass(frozen=True)
class Waiting:
    """How many of each wait. `to_ask` is None if nobody has looked since unlocking."""

    to_ask: int | None
    to_pass_on: int
    wishes: int
    alone: int  # children who need a case
    no_caregiver: int  # of ours: nobody looks after them
    late: int  # steps for children of ours that are late, but for that one


def waiting(session: Session) -> Waiting | None:
    """For Today; None for those who do not read about families."""
    if not may(session):
        return None
    ours = [one for one in children.cases(session) if one.ours]
    without = [one for one in ours if not one.caregiver]
    late = sum(step.late for one in ours for step in one.steps if step.name != CAREGIVER)
    return Waiting(
        sought.waiting(session), len(tracing.to_pass_on(session)), len(tracing.wishes(session)), len(children.alone(session)), len(without), late
    )
