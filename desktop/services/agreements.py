"""Whose agreement a search needs, by the age of the one who looks or is sought, and by who was found fit to answer for a child.

The agreement of a caregiver whom nobody has checked, or who was found unfit, never counts. A child whom nobody else may answer for begins no search
alone: a coordinator agrees in the place of the caregiver, and the child too from the age at which children understand.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.agreeing import UNDERSTANDS, who_agrees
from desktop.domain.errors import UserError
from desktop.domain.values import Value
from desktop.services import children
from desktop.services.listing import PersonRow
from desktop.services.session import Session

SELF, CAREGIVER, COORDINATOR = "self", "caregiver", "coordinator"
_BOTH = frozenset({SELF, CAREGIVER})
_SAID = {
    "self": frozenset({SELF}), "caregiver": frozenset({CAREGIVER}), "both": _BOTH,
    "with_coordinator": frozenset({SELF, COORDINATOR}), "coordinator": frozenset({COORDINATOR}),
}


def whose_agreement(session: Session, row: PersonRow) -> frozenset[str]:
    """Who has to agree before something is told of this person, as `desktop.domain.agreeing.who_agrees`. One with an open case of a child is a child,
    though nobody knows how old. UserError: folder.locked, role.not_allowed."""
    if row.age is None and children.case_of(session, person=row.id) is not None:
        return _BOTH
    return who_agrees(row.age)


def who_begins(session: Session, row: PersonRow) -> frozenset[str]:
    """Who has to agree before others are asked for somebody this person looks for. UserError: folder.locked, role.not_allowed."""
    wanted = whose_agreement(session, row)
    if CAREGIVER not in wanted or not nobody_checked(session, row):
        return wanted
    return frozenset({COORDINATOR}) if row.age is not None and row.age < UNDERSTANDS else frozenset({SELF, COORDINATOR})


def nobody_checked(session: Session, row: PersonRow) -> bool:
    """True if this child is without parents, and nobody who looks after them was checked. UserError: folder.locked, role.not_allowed."""
    case = children.case_of(session, person=row.id)
    if case is not None:
        return not case.checked
    return any(one.person.id == row.id for one in children.alone(session))


def check_agreed(session: Session, values: Mapping[str, Value], wanted: frozenset[str], *, writes_who: bool) -> None:
    """Whether those agreed who have to. `writes_who`: this volunteer writes now who agreed; for a coordinator only a coordinator says so.
    UserError: tracing.no_consent, tracing.caregiver_first, tracing.coordinator_first."""
    if values.get("consent_share") != "yes":
        raise UserError("tracing.no_consent")
    agreed = _SAID.get(str(values.get("consent_by") or "self"), frozenset())
    if COORDINATOR in agreed and writes_who and not session.role.coordinates:
        raise UserError("tracing.coordinator_first")
    if wanted - agreed:
        raise UserError("tracing.coordinator_first" if COORDINATOR in wanted else "tracing.caregiver_first")
