"""Somebody has a form open while a stick, or another save, changes what it shows: nobody's answer replaces one that they never saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta, timezone

import pytest

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.services import assessments, contacts, history, merging, people, stick
from desktop.services.session import Session
from tests.desktop.services.test_person_page import page, register

Carry = Callable[[Session, Session], stick.Read]


class Opened:
    """A form about one record: what it shows, and how it is saved."""

    def __init__(self, what: str, person: RecordId, record: RecordId) -> None:
        self.what, self.person, self.record = what, person, record

    def shown(self, session: Session) -> dict[str, Value]:
        if self.what == "contact":
            fields = contacts.page(session, contact=self.record).fields
        else:
            known = page(session, self.person)
            fields = {
                "person": known.fields, "household": known.household_fields, "health": known.health or {}, "assessment": known.assessment or {},
                "left_behind": known.left_behind[0].fields if known.left_behind else {},
            }[self.what]
        return {name: one.value for name, one in fields.items()}

    def save(self, session: Session, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None) -> Changes:
        if self.what == "contact":
            return contacts.change(session, contact=self.record, values=values, seen=seen)
        if self.what == "health":
            return people.change_health(session, person=self.person, values=values, seen=seen)
        if self.what == "assessment":
            return assessments.change(session, person=self.person, values=values, seen=seen)
        return people.change(session, record=self.record, values=values, seen=seen)


FORMS: dict[str, tuple[str, tuple[Value, Value, Value], str, Value]] = {
    "person": ("township", ("Hpa-An", "Kawkareik", "Myawaddy"), "note", "a note"),
    "household": ("note", ("one", "two", "three"), "came_alone", "yes"),
    "left_behind": ("area", ("east", "west", "north"), "risk", "high"),
    "health": ("allergies", ("none", "penicillin", "nuts"), "emergency", "yes"),
    "assessment": ("risk", ("low", "high", "medium"), "verification_how", "by letter"),
    "contact": ("note", ("one", "two", "three"), "call_rule", "they_call_us"),
}
"""Of each form a field with what stood, what they wrote and what we write; and another field with an answer."""


@pytest.fixture(params=list(FORMS))
def form(request: pytest.FixtureRequest, session: Session) -> Opened:
    return opened(session, request.param)


def opened(session: Session, what: str) -> Opened:
    field, (first, _, _), _, _ = FORMS[what]
    if what == "contact":
        record, _ = contacts.add(session, values={"call_name": "Nu", field: first})
        return Opened(what, record, record)
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        household = save.create("household", {"code": "3M7K-2Q9D"})
    person = register(session, household=household.text())
    record = {"household": household}.get(what, person)
    if what == "left_behind":
        record, _ = people.add_left_behind(session, household=household, values={"name": "Mother"})
    made = Opened(what, person, record)
    made.save(session, {field: first})
    return made


def answers(session: Session) -> dict[str, list[Value]]:
    return {one.field.name: sorted((answer.value for answer in one.answers), key=str) for one in history.conflicts(session)}


def test_an_answer_that_a_stick_brings_meanwhile_stands_beside_theirs(session: Session, other: Session, carry: Carry, form: Opened) -> None:
    field, (_, theirs, ours), another, word = FORMS[form.what]
    seen = form.shown(session)
    carry(session, other)
    form.save(other, {field: theirs, another: word})
    carry(other, session)
    form.save(session, {field: ours}, seen)
    assert answers(session) == {field: sorted((theirs, ours), key=str)}, "both stand"
    assert form.shown(session)[another] == word, "what was not touched is as they wrote it"
    carry(session, other)
    assert answers(other) == answers(session)


def test_another_field_changes_alone(session: Session, other: Session, carry: Carry, form: Opened) -> None:
    field, (first, theirs, _), another, word = FORMS[form.what]
    seen = form.shown(session)
    carry(session, other)
    form.save(other, {field: theirs})
    carry(other, session)
    form.save(session, {field: first, another: word}, seen)
    assert answers(session) == {}
    now = form.shown(session)
    assert (now[field], now[another]) == (theirs, word), "what is left as it was seen is no answer"


def test_where_nothing_came_meanwhile_nobody_is_asked(session: Session, form: Opened) -> None:
    field, (_, theirs, ours), another, word = FORMS[form.what]
    form.save(session, {field: ours, another: word}, form.shown(session))
    assert answers(session) == {}
    now = form.shown(session)
    assert (now[field], now[another]) == (ours, word)
    form.save(session, {field: theirs, another: None}, now)
    assert answers(session) == {}
    assert {**dict.fromkeys([another]), **form.shown(session)} == {**now, field: theirs, another: None}


def test_the_same_answer_twice_is_no_question(session: Session, form: Opened) -> None:
    field, (_, theirs, _), _, _ = FORMS[form.what]
    seen = form.shown(session)
    form.save(session, {field: theirs})
    form.save(session, {field: theirs}, seen)
    assert answers(session) == {}
    assert form.shown(session)[field] == theirs


def test_an_empty_field_that_was_filled_meanwhile_is_asked_about(session: Session) -> None:
    form = opened(session, "person")
    seen = form.shown(session)
    form.save(session, {"father_name": "U Hla", "phone": "09 1"})
    form.save(session, {"father_name": "U Ba", "phone": Silence.REFUSED}, seen)
    assert answers(session) == {"father_name": ["U Ba", "U Hla"], "phone": ["09 1", Silence.REFUSED]}


# ---- sets -----------------------------------------------------------------------------------------------------------------


def test_of_a_set_only_what_was_put_in_or_taken_out_changes(session: Session, other: Session, carry: Carry) -> None:
    form = opened(session, "person")
    form.save(session, {"languages": ("my", "ksw")})
    seen = form.shown(session)
    carry(session, other)
    form.save(other, {"languages": ("my", "ksw", "shn")})
    carry(other, session)
    form.save(session, {"languages": ("my", "en")}, seen)
    assert form.shown(session)["languages"] == ("en", "my", "shn")
    form.save(session, {"languages": Silence.REFUSED}, form.shown(session))
    assert form.shown(session)["languages"] is Silence.REFUSED
    form.save(session, {"languages": ("my",)}, form.shown(session))
    form.save(session, {"languages": ()}, form.shown(session))
    assert "languages" not in form.shown(session)
    assert answers(session) == {}


# ---- charts: several records that are read as one ---------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["health", "assessment"])
def test_a_second_record_that_came_meanwhile_is_not_written_over(session: Session, other: Session, carry: Carry, what: str) -> None:
    field, (first, theirs, ours), another, word = FORMS[what]
    form = Opened(what, person := register(session), person)
    carry(session, other)
    form.save(session, {field: first})
    form.save(other, {field: theirs, another: word})
    seen = form.shown(session)
    carry(other, session)
    form.save(session, {field: ours}, seen)
    assert answers(session)[field] == sorted({theirs, ours, *answers(session)[field]}, key=str), "theirs and ours stand"
    assert first not in answers(session)[field]
    assert form.shown(session)[another] == word
    asked = next(one for one in history.conflicts(session) if one.field.name == field)
    history.settle(session, folder=asked.folder, record=asked.record, field=field, value=ours)
    assert answers(session) == {}
    form.save(session, {field: theirs, another: None}, form.shown(session))
    now = form.shown(session)
    assert (now[field], now.get(another), answers(session)) == (theirs, None, {}), "with nothing to ask both records say what was written"


@pytest.mark.parametrize("what", ["health", "assessment"])
def test_what_only_one_of_two_cards_said_is_changed_without_a_question(session: Session, what: str) -> None:
    field, (first, _, ours), another, word = FORMS[what]
    one, two = Opened(what, a := register(session, "Aung"), a), Opened(what, b := register(session, "Aung Aung"), b)
    one.save(session, {field: first})
    two.save(session, {another: word, field: first})
    two.save(session, {field: None})
    stands, _ = merging.merge(session, one=a, two=b, take={})
    form = Opened(what, stands, stands)
    form.save(session, {field: ours}, form.shown(session))
    assert answers(session) == {}
    now = form.shown(session)
    assert (now[field], now[another]) == (ours, word)


def test_risk_that_stands_on_the_person_is_moved_and_what_came_meanwhile_is_asked_about(session: Session) -> None:
    person = register(session, verification="in_review", risk="low")
    form = Opened("assessment", person, person)
    seen = form.shown(session)
    people.change(session, record=person, values={"risk": "high"})
    form.save(session, {"risk": "medium"}, seen)
    assert answers(session) == {"risk": ["high", "medium"]}
    assert form.shown(session)["verification"] == "in_review", "what was not touched is moved with it"
    assert "risk" not in session.journal(Folder.RECEPTION).values(person)


# ---- contacts ---------------------------------------------------------------------------------------------------------------


def test_a_moment_that_another_clock_wrote_is_no_other_answer(session: Session, other: Session, carry: Carry) -> None:
    form = opened(session, "contact")
    carry(session, other)
    here, offset = session.now, session.now().utcoffset()
    assert offset is not None
    other.now = lambda: here().astimezone(timezone(offset + timedelta(minutes=30)))  # type: ignore[method-assign]
    day = (here() + timedelta(days=1)).date().isoformat()
    form.save(other, {"next_talk": f"{day}T18:30", "clock_ahead": 30})
    carry(other, session)
    seen = form.shown(session)
    assert (seen["next_talk"], seen["clock_ahead"]) == (f"{day}T18:00", 60)
    form.save(session, {"next_talk": f"{day}T19:00", "clock_ahead": 0}, seen)
    assert answers(session) == {}
    assert form.shown(session)["next_talk"] == f"{day}T19:00"
