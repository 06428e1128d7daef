"""Children without parents: noticed, looked after by somebody who was checked, their family sought, decided for by two, and given to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from desktop.domain.child_care import CAREGIVER, CHECKED, DECISION, TRACING, hindrance, steps
from desktop.domain.errors import UserError
from desktop.domain.fields import PROTECTED
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import children, history, merging, people, tracing
from desktop.services.session import Session
from tests.desktop.services.test_merging import Carry, household, person
from tests.desktop.services.test_tracing import age

CHECKS: dict[str, Value] = {"caregiver_verified": "verified", "checks": ("child_alone", "papers"), "child_agrees": "yes"}
DECIDED: dict[str, Value] = {
    "decision": "reunite", "decision_by": ("Naw Eh", "Daw Mya"), "decision_why": "The mother was found and both wish it.", "decision_agreed": "both",
}


@pytest.fixture
def child(session: Session) -> RecordId:
    return person(session, {"name": "Maung Maung", **age(9), "need_child_alone": "observed"}, household(session))


@pytest.fixture
def aunt(session: Session) -> RecordId:
    return person(session, {"name": "Daw Khin", **age(44)}, household(session))


@pytest.fixture
def case(session: Session, child: RecordId) -> RecordId:
    return children.open_case(session, person=child)[0]


def refused(act: Callable[[], object], code: str) -> None:
    with pytest.raises(UserError) as raised:
        act()
    assert raised.value.code == code


# -- noticed


def test_a_child_alone_is_noticed_until_there_is_a_case(session: Session, child: RecordId) -> None:
    home = household(session)
    person(session, {"name": "Mother", **age(30)}, home)
    person(session, {"name": "Her child", **age(5)}, home)
    sister = person(session, {"name": "Sister", **age(16)}, household(session))
    found = {one.person.id: one.told for one in children.alone(session)}
    assert found == {child: True, sister: False}
    children.open_case(session, person=child)
    children.open_case(session, person=sister)
    assert children.alone(session) == []
    refused(lambda: children.open_case(session, person=child), "child.known")
    refused(lambda: children.open_case(session, person=person(session, {"name": "Grown", **age(19)})), "child.grown")


def test_a_child_whose_mother_went_on_is_noticed(session: Session) -> None:
    home = household(session)
    mother = person(session, {"name": "Mother", **age(30)}, home)
    small = person(session, {"name": "Her child", **age(5)}, home)
    nowhere = person(session, {"name": "Came with nobody", **age(7)})
    assert [one.person.id for one in children.alone(session)] == [nowhere]
    people.change(session, record=mother, values={"state": "moved_on"})
    assert {one.person.id for one in children.alone(session)} == {small, nowhere}


def test_somebody_of_unknown_age_may_be_grown(session: Session) -> None:
    home = household(session)
    person(session, {"name": "Small", **age(6)}, home)
    person(session, {"name": "Nobody asked"}, home)
    born = {"birth": {"precision": "year", "born": f"{date.today().year - 3}", "about": False}}
    toddler = person(session, {"name": "Toddler", **born}, household(session))
    assert [one.person.id for one in children.alone(session)] == [toddler]


# -- the steps


def test_steps_are_due_and_late() -> None:
    noticed, today = "2026-11-01", date(2026, 11, 5)
    found = {step.name: step for step in steps({"identified_on": noticed}, searches=0, today=today)}
    assert [(name, step.due, step.late) for name, step in found.items()] == [
        (CAREGIVER, "2026-11-02", True), (CHECKED, "2026-11-04", True), (TRACING, "2026-11-04", True), (DECISION, "2026-11-15", False),
    ]
    done = steps({"identified_on": noticed, "caregiver_name": "Daw Khin", **CHECKS, "decision": "stay"}, searches=1, today=today)
    assert all(step.done and not step.late for step in done)
    assert not steps({"identified_on": noticed, "caregiver_name": "Daw Khin", "caregiver_verified": "refused"}, searches=0, today=today)[0].done
    assert [step.late for step in steps({}, searches=0, today=today)] == [False] * 4


def test_the_whole_way_of_a_child(session: Session, child: RecordId, aunt: RecordId, case: RecordId) -> None:
    assert children.case(session, record=case).caregiver == ""
    children.set_caregiver(session, record=case, person=aunt)
    children.change(session, record=case, values={"caregiver_relation": "other_relative", **CHECKS})
    tracing.add(session, person=child, values={"name": "Ma Hla", "relationship": "mother", "consent_share": "yes", "consent_by": "both"})
    now = children.case(session, record=case)
    assert (now.caregiver, now.searches, [step.done for step in now.steps]) == ("Daw Khin", 1, [True, True, True, False])
    refused(lambda: children.end(session, record=case, reunited=True, with_whom="Ma Hla"), "child.reunite_undecided")
    children.change(session, record=case, values=DECIDED)
    assert children.case(session, record=case).fields["decision_on"].value == session.today()
    refused(lambda: children.end(session, record=case, reunited=True), "child.reunite_undecided")
    children.end(session, record=case, reunited=True, with_whom="Ma Hla")
    assert children.cases(session) == []
    (ended,) = children.cases(session, state="reunited")
    assert (ended.fields["reunited_with"].value, ended.steps) == ("Ma Hla", ())
    history.undo(session)
    assert [one.id for one in children.cases(session)] == [case]


def test_a_caregiver_is_checked_and_the_child_asked(session: Session, aunt: RecordId, case: RecordId) -> None:
    change: Callable[[dict[str, Value]], Callable[[], object]] = lambda values: lambda: children.change(session, record=case, values=values)  # noqa: E731
    refused(change(CHECKS), "child.no_caregiver")
    refused(lambda: children.set_caregiver(session, record=case, person=person(session, {"name": "Boy", **age(15)})), "child.caregiver_grown")
    children.set_caregiver(session, record=case, person=aunt)
    refused(change({**CHECKS, "checks": ("papers", "family")}), "child.check_first")
    refused(change({**CHECKS, "checks": ("child_alone",)}), "child.check_first")
    refused(change({**CHECKS, "child_agrees": "no"}), "child.does_not_agree")
    children.change(session, record=case, values=CHECKS)
    children.change(session, record=case, values={"child_agrees": "no"})
    assert children.case(session, record=case).fields["caregiver_verified"].value == "not_yet", "what the child says is always written"
    children.change(session, record=case, values=CHECKS)
    children.change(session, record=case, values={"caregiver": None, "caregiver_name": "Neighbour"})
    fields = children.case(session, record=case).fields
    assert fields["caregiver_verified"].value == "not_yet", "somebody else was never checked"
    assert "checks" not in fields or fields["checks"].value == ()


def test_two_people_decide_and_those_who_have_to_agree_did(session: Session, aunt: RecordId, case: RecordId) -> None:
    children.set_caregiver(session, record=case, person=aunt)
    refused(lambda: children.change(session, record=case, values={**DECIDED, "decision": "stay"}), "child.check_first")
    children.change(session, record=case, values=CHECKS)
    for less in ({"decision_by": ("Naw Eh",)}, {"decision_why": " "}):
        refused(lambda less=less: children.change(session, record=case, values={**DECIDED, **less}), "child.decide_together")
    for agreed in ("self", "caregiver"):
        refused(lambda agreed=agreed: children.change(session, record=case, values={**DECIDED, "decision_agreed": agreed}), "child.agree_first")
    children.change(session, record=case, values=DECIDED)


def test_who_agrees_to_a_decision_by_age() -> None:
    with_caregiver = {"caregiver_name": "Daw Khin", **CHECKS, **DECIDED}
    for years, agreed, code in (
        (16, "self", ""), (14, "self", "child.agree_first"), (14, "both", ""), (4, "caregiver", ""), (4, "self", "child.agree_first"),
    ):
        assert hindrance({**with_caregiver, "decision_agreed": agreed}, age=years) == code, (years, agreed)
    alone = {**DECIDED, "decision": "other"}
    assert hindrance({**alone, "decision_agreed": "self"}, age=9) == "", "without a caregiver the child agrees alone"
    assert hindrance({**alone, "decision_agreed": None}, age=9) == "child.agree_first"
    assert hindrance({**alone, "decision_agreed": None}, age=3) == ""


def test_a_case_is_closed_with_a_reason(session: Session, case: RecordId) -> None:
    refused(lambda: children.end(session, record=case, reunited=False), "child.close_why")
    children.end(session, record=case, reunited=False, why="Turned 18.")
    assert [one.state for one in children.cases(session, state="")] == ["closed"]


def test_steps_are_ours_where_the_child_was_registered(session: Session, other: Session, carry: Carry, child: RecordId, case: RecordId) -> None:
    carry(session, other)
    later = session.now() + timedelta(days=3)
    session._clock = other._clock = lambda: later  # type: ignore[method-assign]
    assert [step.late for step in children.cases(session)[0].steps] == [True, False, False, False]
    assert [(one.ours, one.person is not None) for one in children.cases(other)] == [(False, True)]
    assert isinstance(later, datetime)


# -- two sites, and who may not


def test_two_sites_that_wrote_a_case_for_one_child_read_one(session: Session, other: Session, carry: Carry, child: RecordId) -> None:
    carry(session, other)
    children.open_case(session, person=child)
    children.open_case(other, person=child, kind="separated")
    children.change(other, record=children.cases(other)[0].id, values={"child_wishes": "To go to school."})
    carry(session, other)
    carry(other, session)
    (here,), (there,) = children.cases(session), children.cases(other)
    assert here.id == there.id
    assert here.fields["child_wishes"].value == there.fields["child_wishes"].value == "To go to school."
    children.change(session, record=here.id, values={"kind": "separated", "child_wishes": "To go to her aunt."})
    carry(session, other)
    (there,) = children.cases(other)
    assert (there.kind, there.fields["child_wishes"].value) == ("separated", "To go to her aunt.")
    children.end(other, record=there.id, reunited=False, why="With her aunt.")
    carry(other, session)
    assert children.cases(session) == children.cases(other) == []
    assert session.journal(Folder.CONTACTS).state_hash() == other.journal(Folder.CONTACTS).state_hash()


def test_two_answers_about_a_child_are_asked_for_by_its_name(session: Session, other: Session, carry: Carry, case: RecordId) -> None:
    children.change(session, record=case, values={"kind": "separated"})
    carry(session, other)
    children.change(session, record=case, values={"child_wishes": "School."})
    children.change(other, record=case, values={"child_wishes": "Her aunt."})
    carry(other, session)
    (question,) = history.conflicts(session)
    assert (question.title, question.field.name) == ("Maung Maung", "child_wishes")


def test_a_child_that_was_registered_twice_has_one_case(session: Session, child: RecordId, case: RecordId) -> None:
    again = person(session, {"name": "မောင်မောင်", **age(9), "need_child_alone": "observed"})
    assert [one.person.id for one in children.alone(session)] == [again]
    merging.merge(session, one=child, two=again, take={})
    assert children.alone(session) == []
    found = children.case_of(session, person=again)
    assert found is not None
    assert found.id == case


def test_the_desk_reads_nothing_of_it(session: Session, child: RecordId, case: RecordId, sign_in: Callable[[Role], Session]) -> None:
    assert "child" in PROTECTED
    acts: list[Callable[[Session], object]] = [
        children.alone, children.cases, lambda one: children.case(one, record=case), lambda one: children.open_case(one, person=child),
        lambda one: children.change(one, record=case, values={"child_wishes": "x"}), lambda one: children.case_of(one, person=child),
        lambda one: children.end(one, record=case, reunited=False, why="x"), lambda one: children.set_caregiver(one, record=case, person=child),
    ]
    for role in (Role.REGISTRAR, Role.MEDIC, Role.OBSERVER):
        desk = sign_in(role)
        for act in acts:
            with pytest.raises(UserError, match=r"role\.not_allowed|folder\.locked"):
                act(desk)
    assert people.page(desk, person=child).row.needs == ("child_alone",)
    worker = sign_in(Role.CASEWORKER)
    assert [one.id for one in children.cases(worker)] == [case]
    refused(lambda: children.change(worker, record=case, values={"person": case.text()}), "role.not_allowed")
