"""What is wrong with the values of a record. Problems are values: the window shows each beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from desktop.domain import carers
from desktop.domain.births import Birth, earliest
from desktop.domain.changes import Problem
from desktop.domain.fields import CHOICES, FIELDS, LONGEST, Field, Kind
from desktop.domain.ids import Stamp
from desktop.domain.safe_times import AHEAD_MOST
from desktop.domain.safe_times import read as read_span
from desktop.domain.values import Silence, Value
from desktop.domain.whereabouts import names_exact_place
from desktop.myanmar import nrc, places

LONGEST_LIFE = 120
_MUST_HAVE = {"person": "name", "left_behind": "name", "contact": "call_name", "sheet": "title", "tracing": "name"}
_PAST_ONLY = frozenset({"left_on", "renounced_on", "home_left_on", "consent_on"})
_RANGES = {
    "entry_age": (5, 90), "service_years": (0, 60), "people": (1, 200), "children": (0, 200), "supply_days": (0, 3650),
    "late_after_hours": (0, 1000), "token": (1, 9999), "clock_ahead": (-AHEAD_MOST, AHEAD_MOST),
}
_NO_PLACES = frozenset({"contact", "sheet", "tracing", "reply"})
"""Kinds of records in which an exact place is never kept: it would lead somebody to people who hide."""
_SET_MOST = 100
_SOON = timedelta(days=366)
"""Nobody agrees to talk later than that: a year that was mistyped would keep the alarm silent."""


def problems(kind: str, values: Mapping[str, Value], *, today: date | None = None, new: bool = False) -> list[Problem]:
    """What is wrong with these values for a record of this kind; with `new`, also what is missing. KeyError for an unknown kind."""
    today = today or date.today()
    found: list[Problem] = []
    must = _MUST_HAVE.get(kind, "")
    if must and (must in values or new) and _empty(values.get(must)):
        found.append(Problem(must, "value.name_empty"))
    for name, value in values.items():
        field = FIELDS[kind].get(name)
        if field is None:
            found.append(Problem(name, "value.unknown_field"))
        elif value is not None and value != "" and not isinstance(value, Silence):
            found += _of_field(field, value, today)
            if kind in _NO_PLACES and isinstance(value, str) and names_exact_place(value):
                found.append(Problem(name, "value.exact_place"))
    return found


def severe(found: list[Problem]) -> list[Problem]:
    """Those that stand in the way of saving."""
    return [problem for problem in found if problem.severe]


def _empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _of_field(field: Field, value: Value, today: date) -> list[Problem]:
    where = field.name
    if field.kind is Kind.NUMBER:
        return _number(field, value)
    if field.kind is Kind.BIRTH:
        return _birth(where, value, today)
    if field.kind is Kind.SET:
        return _set(field, value)
    if not isinstance(value, str):
        return [Problem(where, "value.not_text")]
    if field.kind is Kind.CHOICE:
        return [] if value in CHOICES[field.choices] else [Problem(where, "value.not_a_choice")]
    if field.kind is Kind.DATE:
        return _date(where, value, today)
    if field.kind is Kind.MOMENT:
        return _moment(where, value, today)
    if field.kind in (Kind.PERSON, Kind.HOUSEHOLD):
        return [] if _is_record(value) else [Problem(where, "value.not_a_record")]
    if field.kind is Kind.VOLUNTEER:
        return [] if carers.read(value) is not None else [Problem(where, "value.not_a_record")]
    if len(value) > LONGEST[field.kind]:
        return [Problem(where, "value.too_long", (("most", LONGEST[field.kind]),))]
    if where == "paper_number":
        number = nrc.read(value)
        return nrc.doubts(number, where) if number is not None else []
    if where == "last_township":
        return _only_a_township(where, value)
    if where == "phone" and sum(character.isdigit() for character in value) < 5:
        return [Problem(where, "value.phone_doubtful", severe=False)]
    return []


def _only_a_township(where: str, text: str) -> list[Problem]:
    """Where somebody who is in danger was heard of last is told by its township and nothing nearer."""
    if any(character.isdigit() for character in text) or names_exact_place(text):
        return [Problem(where, "value.only_township")]
    return [] if places.meant(text) else [Problem(where, "value.township_unknown", severe=False)]


def _number(field: Field, value: Value) -> list[Problem]:
    if not isinstance(value, int) or isinstance(value, bool):
        return [Problem(field.name, "value.not_a_number")]
    least, most = _RANGES.get(field.name, (0, 10**9))
    return [] if least <= value <= most else [Problem(field.name, "value.out_of_range", (("least", least), ("most", most)))]


def _set(field: Field, value: Value) -> list[Problem]:
    if isinstance(value, (str, Mapping, int)) or value is None or isinstance(value, Silence):
        return [Problem(field.name, "value.not_a_list")]
    if len(value) > _SET_MOST or any(len(item) > LONGEST[Kind.NAME] for item in value):
        return [Problem(field.name, "value.too_long", (("most", LONGEST[Kind.NAME]),))]
    if field.choices and any(item not in CHOICES[field.choices] for item in value):
        return [Problem(field.name, "value.not_a_choice")]
    if field.of == "spans" and any(read_span(item) is None for item in value):
        return [Problem(field.name, "value.not_a_span")]
    return []


def _is_record(text: str) -> bool:
    try:
        Stamp.parse(text)
    except ValueError:
        return False
    return True


def _date(where: str, value: str, today: date) -> list[Problem]:
    first = earliest(value)
    if first is None:
        return [Problem(where, "value.not_a_date")]
    if where in _PAST_ONLY and first > today:
        return [Problem(where, "value.in_future")]
    return []


def _moment(where: str, value: str, today: date) -> list[Problem]:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return [Problem(where, "value.not_a_date")]
    if where == "next_talk" and moment.date() > today + _SOON:
        return [Problem(where, "value.too_far")]
    if where == "arrived" and moment.date() > today + timedelta(days=1):  # a clock may be some hours wrong
        return [Problem(where, "value.in_future")]
    return []


def _birth(where: str, value: Value, today: date) -> list[Problem]:
    birth = Birth.read(value)
    if birth is None:
        return [Problem(where, "value.not_a_date")]
    if birth.precision == "age":
        return [] if 0 <= birth.years <= LONGEST_LIFE else [Problem(where, "value.birth_impossible")]
    first = earliest(birth.born)
    if first is None or first > today:
        return [Problem(where, "value.in_future")]
    return [] if today.year - first.year <= LONGEST_LIFE else [Problem(where, "value.birth_impossible")]
