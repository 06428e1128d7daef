"""The form of a child's case, or of a search, is open while a stick or another save changes what it shows: nothing that nobody saw is replaced, and
the rules about caregivers and agreements hold for what stands then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import children, history, tracing
from desktop.services.session import Session
from tests.desktop.services.test_children import CHECKS, DECIDED
from tests.desktop.services.test_merging import Carry, household, person
from tests.desktop.services.test_tracing import age

AUNT: dict[str, Value] = {"caregiver_name": "Daw Khin", "caregiver_relation": "other_relative"}
NEIGHBOUR: dict[str, Value] = {"caregiver_name": "Daw Mya"}


@pytest.fixture
def case(session: Session) -> RecordId:
    child = person(session, {"name": "Maung Maung", **age(9)}, household(session))
    record, _ = children.open_case(session, person=child)
    children.change(session, record=record, values=AUNT)
    return record


@pytest.fixture
def asked(session: Session) -> RecordId:
    seeker = person(session, {"name": "Aung Ko", **age(40)}, household(session))
    return tracing.add(session, person=seeker, values={"name": "Ma Hla", "consent_share": "yes", "consent_by": "self", "tell_name": "no"})[0]


def shown(session: Session, record: RecordId) -> dict[str, Value]:
    """All fields as the form shows them."""
    found = session.journal(Folder.CONTACTS).kind(record)
    fields = (children.case(session, record=record) if found == children.KIND else tracing.request(session, record=record)).fields
    return {**dict.fromkeys(FIELDS[found]), **{name: one.value for name, one in fields.items()}}


def answers(session: Session) -> dict[str, list[Value]]:
    return {one.field.name: sorted((answer.value for answer in one.answers), key=str) for one in history.conflicts(session)}


def refused(act: Callable[[], object], code: str) -> None:
    with pytest.raises(UserError) as raised:
        act()
    assert raised.value.code == code


# -- both forms


def test_what_came_meanwhile_stands_beside_what_is_written_of_a_child(session: Session, other: Session, carry: Carry, case: RecordId) -> None:
    seen = shown(session, case)
    carry(session, other)
    children.change(other, record=case, values={"child_wishes": "School.", "no_tracing_why": "No family is known."})
    carry(other, session)
    children.change(session, record=case, values={"child_wishes": "Her aunt.", "no_tracing_why": seen["no_tracing_why"]}, seen=seen)
    assert answers(session) == {"child_wishes": ["Her aunt.", "School."]}
    assert shown(session, case)["no_tracing_why"] == "No family is known."
    carry(session, other)
    assert answers(other) == answers(session)


def test_what_came_meanwhile_stands_beside_what_is_written_of_a_search(session: Session, other: Session, carry: Carry, asked: RecordId) -> None:
    tracing.change(session, record=asked, values={"keep_from": ("Her husband",)})
    seen = shown(session, asked)
    carry(session, other)
    tracing.change(other, record=asked, values={"township": "Bago", "may_say": "Ask gently.", "keep_from": ("Her husband", "Her brother")})
    carry(other, session)
    tracing.change(session, record=asked, values={"township": "Loikaw", "may_say": None, "keep_from": ("Her uncle",)}, seen=seen)
    assert answers(session) == {"township": ["Bago", "Loikaw"]}
    now = shown(session, asked)
    assert now["may_say"] == "Ask gently."
    assert now["keep_from"] == ("Her brother", "Her uncle")


def test_where_nothing_came_meanwhile_nobody_is_asked(session: Session, case: RecordId, asked: RecordId) -> None:
    children.change(session, record=case, values={**CHECKS, "child_wishes": "School."}, seen=shown(session, case))
    children.change(session, record=case, values={**DECIDED, "decision": "stay", "child_wishes": None}, seen=shown(session, case))
    tracing.change(session, record=asked, values={"township": "Bago"}, seen=shown(session, asked))
    tracing.change(session, record=asked, values={"township": None, "tell_name": "yes"}, seen=shown(session, asked))
    assert answers(session) == {}
    now = shown(session, case)
    assert (now["caregiver_verified"], now["decision"], now["child_wishes"]) == ("verified", "stay", None)
    assert (shown(session, asked)["township"], shown(session, asked)["tell_name"]) == (None, "yes")
    children.change(session, record=case, values={**NEIGHBOUR, **CHECKS}, seen=shown(session, case))
    assert children.case(session, record=case).checked, "the check of the next caregiver is theirs, though it says the same"
    assert answers(session) == {}


# -- caregivers and decisions


def test_a_check_of_one_caregiver_is_none_of_who_came_meanwhile(session: Session, case: RecordId) -> None:
    seen = shown(session, case)
    children.change(session, record=case, values=NEIGHBOUR)
    refused(lambda: children.change(session, record=case, values=CHECKS, seen=seen), "child.another_caregiver")
    refused(lambda: children.change(session, record=case, values={"child_agrees": "yes"}, seen=seen), "child.another_caregiver")
    children.change(session, record=case, values=CHECKS)
    refused(lambda: children.change(session, record=case, values={**DECIDED, "decision": "stay"}, seen=seen), "child.another_caregiver")
    assert shown(session, case)["decision"] is None
    children.change(session, record=case, values={"caregiver_verified": "refused"}, seen=seen)
    assert children.case(session, record=case).caregiver == "", "what speaks against a caregiver can be written"
    children.change(session, record=case, values=CHECKS, seen=shown(session, case))
    assert children.case(session, record=case).checked, "seen as it stands it is written"


def test_two_caregivers_stand_and_nobody_is_checked(session: Session, case: RecordId) -> None:
    seen = shown(session, case)
    children.change(session, record=case, values={**NEIGHBOUR, **CHECKS})
    children.change(session, record=case, values={"caregiver_name": "U Hla"}, seen=seen)
    assert answers(session)["caregiver_name"] == ["Daw Mya", "U Hla"]
    now = children.case(session, record=case)
    assert (now.caregiver, now.checked) == ("U Hla", False)
    assert shown(session, case)["child_agrees"] is None


def test_a_decision_that_came_meanwhile_keeps_the_child_from_the_family(session: Session, case: RecordId) -> None:
    children.change(session, record=case, values=CHECKS)
    seen = shown(session, case)
    children.change(session, record=case, values={**DECIDED, "decision": "stay"})
    given: dict[str, Value] = {**DECIDED, "state": "reunited", "reunited_with": "Her mother", "ended_on": session.today()}
    refused(lambda: children.change(session, record=case, values=given, seen=seen), "child.two_decisions")
    children.change(session, record=case, values=DECIDED, seen=seen)
    assert answers(session)["decision"] == ["reunite", "stay"]
    refused(lambda: children.end(session, record=case, reunited=True, with_whom="Her mother"), "child.two_decisions")
    history.settle(session, folder=Folder.CONTACTS, record=case, field="decision", value="reunite")
    children.end(session, record=case, reunited=True, with_whom="Her mother")
    assert children.case(session, record=case).state == "reunited"


def test_who_decided_is_who_stands_there_then(session: Session, case: RecordId) -> None:
    children.change(session, record=case, values={**CHECKS, "decision_by": ("Naw Eh", "Daw Mya")})
    seen = shown(session, case)
    children.change(session, record=case, values={"decision_by": ("Naw Eh",)})
    alone: dict[str, Value] = {**DECIDED, "decision_by": ("Daw Mya",)}
    refused(lambda: children.change(session, record=case, values=alone, seen={**seen, "decision_by": ("Naw Eh", "Daw Mya")}), "child.decide_together")


def test_a_case_of_another_site_that_came_meanwhile_is_not_written_over(session: Session, other: Session, carry: Carry) -> None:
    child = person(session, {"name": "Maung Maung", **age(9)}, household(session))
    carry(session, other)
    mine, _ = children.open_case(session, person=child)
    children.change(session, record=mine, values={"child_wishes": "School."})
    children.open_case(other, person=child)
    children.change(other, record=children.cases(other)[0].id, values={"child_wishes": "Her aunt."})
    seen = shown(session, mine)
    carry(other, session)
    children.change(session, record=mine, values={"child_wishes": "Her mother."}, seen=seen)
    assert answers(session) == {"child_wishes": ["Her aunt.", "Her mother."]}


# -- agreement


def test_an_agreement_taken_back_meanwhile_ends_the_search(session: Session, asked: RecordId) -> None:
    seen = shown(session, asked)
    tracing.change(session, record=asked, values={"consent_share": "no"})
    tracing.change(session, record=asked, values={"township": "Bago", "consent_share": "yes", "consent_by": "both"}, seen=seen)
    now = shown(session, asked)
    assert (now["consent_share"], now["state"], now["township"]) == ("no", "ended", "Bago")


def test_taking_it_back_ends_the_search_whatever_came(session: Session, asked: RecordId) -> None:
    seen = shown(session, asked)
    tracing.change(session, record=asked, values={"may_say": "That he is well."})
    tracing.change(session, record=asked, values={"consent_share": "no"}, seen=seen)
    assert shown(session, asked)["state"] == "ended"
    assert answers(session) == {}


def test_only_a_coordinator_agrees_in_the_place_of_a_caregiver(session: Session, asked: RecordId, sign_in: Callable[[Role], Session]) -> None:
    seen = shown(session, asked)
    tracing.change(session, record=asked, values={"consent_by": "both"})
    worker = sign_in(Role.CASEWORKER)
    act = lambda: tracing.change(worker, record=asked, values={"consent_by": "with_coordinator"}, seen=seen)  # noqa: E731
    refused(act, "tracing.coordinator_first")
