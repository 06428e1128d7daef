"""The way of a child without parents: the steps, when each is due, and what has to hold before one may be taken.

Sources: the usual practice of child protection (somebody looks after the child on the first day; the caregiver is checked and the child is asked
alone; the family is looked for; two people at least decide what is best and write down why; nobody is handed to anybody against that).
The days are our own, short ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.agreeing import UNDERSTANDS, who_agrees
from desktop.domain.births import earliest
from desktop.domain.values import Value, answered

CAREGIVER, CHECKED, TRACING, DECISION = "caregiver", "checked", "tracing", "decision"
DAYS = {CAREGIVER: 1, CHECKED: 3, TRACING: 3, DECISION: 14}
"""Step -> days after the child was noticed on which it is due."""
_AGREED = {"self": frozenset({"self"}), "caregiver": frozenset({"caregiver"}), "both": frozenset({"self", "caregiver"})}


@dataclass(frozen=True)
class Step:
    """One step: done or not, the ISO day on which it is due ("" where the day of noticing is not known), and whether that has passed."""

    name: str
    done: bool
    due: str
    late: bool


def _items(value: Value) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()


def has_caregiver(values: Mapping[str, Value]) -> bool:
    """True if somebody is named who looks after the child, and was not found to be unfit."""
    named = answered(values.get("caregiver")) or answered(values.get("caregiver_name"))
    return named and values.get("caregiver_verified") != "refused"


def whom(values: Mapping[str, Value]) -> str:
    """Who looks after the child, as a check names whom it is about (field ``checked_whom``)."""
    registered, name = values.get("caregiver"), values.get("caregiver_name")
    if isinstance(registered, str) and registered:
        return registered
    return " ".join(name.split()).casefold() if isinstance(name, str) else ""


def state_of(values: Mapping[str, Value]) -> str:
    """The state of a case. One that was ended with the family while another site decided otherwise is open: somebody has to look at it."""
    state = values.get("state")
    against = state == "reunited" and values.get("decision") != "reunite"
    return state if isinstance(state, str) and state and not against else "open"


def as_it_stands(values: Mapping[str, Value], *, age: int | None) -> dict[str, Value]:
    """The values without what does not hold any more: a check of somebody else than who looks after the child now, or that the child has taken
    their agreement from, is none; and staying with an unchecked caregiver is not decided. Two sites may each have written a part."""
    found = dict(values)
    if found.get("caregiver_verified") == "verified" and (found.get("checked_whom") != whom(found) or _verified(found, age)):
        found["caregiver_verified"] = "not_yet"
    if found.get("decision") == "stay" and found.get("caregiver_verified") != "verified":
        found["decision"] = None
    found["state"] = state_of(found)
    return found


def steps(values: Mapping[str, Value], *, searches: int, today: date) -> tuple[Step, ...]:
    """The steps of an open case in their order. `searches`: how many requests look for the family of this child."""
    done = {
        CAREGIVER: has_caregiver(values), CHECKED: has_caregiver(values) and values.get("caregiver_verified") == "verified",
        TRACING: searches > 0 or answered(values.get("no_tracing_why")), DECISION: answered(values.get("decision")),
    }
    noticed = earliest(str(values.get("identified_on") or ""))
    found = []
    for name, days in DAYS.items():
        due = noticed + timedelta(days=days) if noticed else None
        found.append(Step(name, done[name], due.isoformat() if due else "", not done[name] and due is not None and today > due))
    return tuple(found)


def hindrance(values: Mapping[str, Value], *, age: int | None) -> str:
    """The code of what stands against a case being as these values say; "" if nothing does."""
    if values.get("caregiver_verified") == "verified":
        found = _verified(values, age)
        if found:
            return found
    if answered(values.get("decision")):
        found = _decided(values, age)
        if found:
            return found
    if values.get("state") == "reunited" and (values.get("decision") != "reunite" or not answered(values.get("reunited_with"))):
        return "child.reunite_undecided"
    if values.get("state") == "closed" and not answered(values.get("ended_why")):
        return "child.close_why"
    return ""


def _verified(values: Mapping[str, Value], age: int | None) -> str:
    if not has_caregiver(values):
        return "child.no_caregiver"
    checks = _items(values.get("checks"))
    asks = age is None or age >= UNDERSTANDS
    if len(checks) < 2 or (asks and "child_alone" not in checks):
        return "child.check_first"
    if asks and values.get("child_agrees") != "yes":
        return "child.does_not_agree"
    return ""


def _decided(values: Mapping[str, Value], age: int | None) -> str:
    if len({" ".join(one.split()).casefold() for one in _items(values.get("decision_by"))}) < 2 or not answered(values.get("decision_why")):
        return "child.decide_together"
    if values.get("decision") == "stay" and values.get("caregiver_verified") != "verified":
        return "child.check_first"
    wanted = who_agrees(age)
    if values.get("caregiver_verified") != "verified":
        wanted = wanted - {"caregiver"} or frozenset({"self"} if age is None or age >= UNDERSTANDS else ())
    return "child.agree_first" if wanted - _AGREED.get(str(values.get("decision_agreed")), frozenset()) else ""
