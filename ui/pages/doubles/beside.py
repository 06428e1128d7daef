"""What is shown of two records that stand beside each other, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.codes import shown as shown_code
from desktop.domain.ids import RecordId
from desktop.services import merging, people
from desktop.services.merging import Plan
from desktop.services.people import PersonRow
from desktop.services.session import Session
from desktop.services.twice import Double
from ui.records.agreeing import Telling, tellings


@dataclass(frozen=True)
class Head:
    """One of the two: `person` is whose page tells more of it, None for a household without people. `household` is the number of its household and `people` how many it has."""

    name: str
    second: str
    arrived: str
    site: str
    person: RecordId | None
    household: str
    people: int = 0


@dataclass(frozen=True)
class Beside:
    """Two records: the one that would stand first."""

    key: tuple[RecordId, RecordId]
    plan: Plan
    first: Head
    second: Head
    facts: tuple[Telling, ...]


def beside(session: Session, key: tuple[RecordId, RecordId], double: Double | None) -> Beside:
    """UserError: those of `merging.plan`."""
    plan = merging.plan(session, one=key[0], two=key[1])
    heads = [_head(session, record, plan.kind) for record in (plan.stands, plan.other)]
    facts: tuple[Telling, ...] = ()
    if double is not None:
        rows = {one.id: one for one in (double.one, double.two)}
        facts = tellings(double.agreements, (rows[plan.stands].age, rows[plan.other].age)) if plan.stands in rows and plan.other in rows else ()
    return Beside(key, plan, heads[0], heads[1], facts)


def _head(session: Session, record: RecordId, kind: str) -> Head:
    if kind == "person":
        row = people.page(session, person=record).row
        return Head(row.name or row.call_name, _second(row), row.arrived, row.site, record, shown_code(row.household_code), row.household_size)
    home = [one.person for one in people.household(session, record=record)]
    if not home:
        return Head("", "", "", "", None, "")
    names = ", ".join(row.name or row.call_name for row in home)
    return Head(names, shown_code(home[0].household_code), home[0].arrived, home[0].site, home[0].id, "")


def _second(row: PersonRow) -> str:
    return "  ".join(part for part in (row.name_other, shown_code(row.code)) if part)
