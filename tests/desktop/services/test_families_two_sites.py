"""What two sites write about a child or an answer at the same time: no check, decision or agreement is taken for what it is not, and nothing tells
where somebody is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.exchange import carrier
from desktop.exchange.post import Post
from desktop.exchange.sealing import unseal
from desktop.exchange.signed import decode
from desktop.services import children, contacts, history, merging, people, sought, stick, tracing
from desktop.services.session import Session
from tests.desktop.services.test_children import CHECKS, DECIDED, refused
from tests.desktop.services.test_merging import Carry, household, person
from tests.desktop.services.test_tracing import SELF, SOUGHT, THERE, age

BOTH = frozenset({"self", "caregiver"})
STAYS: dict[str, Value] = {**DECIDED, "decision": "stay"}
NEIGHBOUR: dict[str, Value] = {"caregiver": None, "caregiver_name": "Neighbour"}


@pytest.fixture
def aunt(session: Session) -> RecordId:
    return person(session, {"name": "Daw Khin", **age(44)}, household(session))


@pytest.fixture
def case(session: Session, aunt: RecordId) -> RecordId:
    child = person(session, {"name": "Maung Maung", **age(9)}, household(session))
    made = children.open_case(session, person=child)[0]
    children.set_caregiver(session, record=made, person=aunt)
    return made


@pytest.fixture
def asked(session: Session) -> RecordId:
    seeker = person(session, {"name": "Ko Min", "sex": "man", **age(40)}, household(session))
    return tracing.add(session, person=seeker, values=SOUGHT)[0]


def done(session: Session, case: RecordId) -> dict[str, bool]:
    return {step.name: step.done for step in children.case(session, record=case).steps}


# -- what is learnt about a caregiver


@pytest.mark.parametrize("learnt", [{"caregiver_verified": "refused"}, {"child_agrees": "no"}, NEIGHBOUR])
def test_a_caregiver_who_is_unfit_is_written_whatever_was_decided(session: Session, case: RecordId, learnt: dict[str, Value]) -> None:
    children.change(session, record=case, values=CHECKS)
    children.change(session, record=case, values=STAYS)
    assert done(session, case)["decision"]
    children.change(session, record=case, values=learnt)
    assert not done(session, case)["checked"]
    assert not done(session, case)["decision"], "nobody decided that the child stays with somebody who is not checked"


def test_checks_of_one_caregiver_are_not_those_of_the_next(session: Session, case: RecordId) -> None:
    children.change(session, record=case, values={**CHECKS, "caregiver_verified": "not_yet"})
    refused(lambda: children.change(session, record=case, values={**NEIGHBOUR, "caregiver_verified": "verified"}), "child.check_first")


def test_a_check_is_of_whom_it_was_though_another_site_names_somebody_else(session: Session, other: Session, carry: Carry, case: RecordId) -> None:
    carry(session, other)
    children.change(other, record=case, values=NEIGHBOUR)
    children.change(session, record=case, values=CHECKS)
    assert done(session, case)["checked"]
    carry(other, session)
    carry(session, other)
    for one in (session, other):
        now = children.case(one, record=case)
        assert (now.caregiver, now.checked, now.fields["caregiver_verified"].value) == ("Neighbour", False, "not_yet")
    children.change(session, record=case, values=CHECKS)
    assert done(session, case)["checked"], "checked anew"


def test_settling_makes_no_check_and_no_reunion(session: Session, other: Session, carry: Carry, case: RecordId) -> None:
    carry(session, other)
    children.change(other, record=case, values=NEIGHBOUR)
    children.change(session, record=case, values={"caregiver": None, "caregiver_name": "Aunt", **CHECKS})
    carry(other, session)
    assert "checked_whom" not in {one.field.name for one in history.conflicts(session)}
    for field, value in (("caregiver_name", "Neighbour"), ("caregiver_verified", "verified")):
        history.settle(session, folder=Folder.CONTACTS, record=case, field=field, value=value)
    assert not done(session, case)["checked"]
    refused(lambda: history.settle(session, folder=Folder.CONTACTS, record=case, field="state", value="reunited"), "child.reunite_undecided")
    history.settle(session, folder=Folder.CONTACTS, record=case, field="state", value="open")


def test_no_reunion_while_two_decisions_stand(session: Session, other: Session, carry: Carry, case: RecordId) -> None:
    children.change(session, record=case, values=CHECKS)
    carry(session, other)
    children.change(other, record=case, values=STAYS)
    children.change(session, record=case, values=DECIDED)
    carry(other, session)
    end: Callable[[], object] = lambda: children.end(session, record=case, reunited=True, with_whom="Ma Hla")  # noqa: E731
    with pytest.raises(UserError, match=r"child\.(two_decisions|reunite_undecided)"):
        end()
    history.settle(session, folder=Folder.CONTACTS, record=case, field="decision", value="reunite")
    end()
    assert children.cases(session) == []


def test_one_person_with_two_spellings_does_not_decide_together(session: Session, case: RecordId) -> None:
    refused(lambda: children.change(session, record=case, values={**DECIDED, "decision_by": ("Naw Eh", "naw  eh")}), "child.decide_together")


# -- who is sought


def test_an_answer_that_is_taken_back_is_shown_no_more_and_names_no_site(
    session: Session, other: Session, carry: Carry, asked: RecordId
) -> None:
    there = person(other, THERE)
    carry(session, other)
    sought.answer(other, request=asked, person=there, answer=sought.CONTACT, asked=SELF)
    carry(other, session)
    (reply,) = tracing.request(session, record=asked).replies
    tracing.passed_on(session, reply=reply.id)
    sought.ask_again(other, request=asked, person=there)
    read = carry(other, session)
    assert isinstance(read, stick.Read)
    assert read.decisions == 0
    carry(session, other)
    for one in (session, other):
        assert tracing.request(one, record=asked).replies == ()
        assert history.conflicts(one) == [], "a question on Today would name the site that wrote the answer"
        before = tracing.requests(one)
        one.journal(Folder.CONTACTS).rebuild()
        assert tracing.requests(one) == before


def test_who_was_given_contacts_is_not_asked_about_searches(
    session: Session, other: Session, carry: Carry, asked: RecordId, sign_in: Callable[[Role], Session]
) -> None:
    carry(session, other)
    with other.act("change") as act, other.save(act, Folder.CONTACTS) as save:
        save.delete(asked)
    tracing.change(session, record=asked, values={"may_say": "Ask gently."})
    carry(other, session)
    assert [one.kind for one in history.conflicts(session)] == ["tracing"]
    registrar = next(one.id for one in session.vault.volunteers.all() if one.role is Role.REGISTRAR)
    session.vault.volunteers.set_folders(registrar, frozenset({Folder.RECEPTION, Folder.CONTACTS}))
    desk = sign_in(Role.REGISTRAR)
    assert desk.can_open(Folder.CONTACTS)
    assert history.conflicts(desk) == []
    refused(lambda: history.settle(desk, folder=Folder.CONTACTS, record=asked, field="*deleted", value="yes"), "role.not_allowed")


def test_never_is_kept_beside_another_answer(session: Session, other: Session, carry: Carry, asked: RecordId) -> None:
    there = person(other, THERE)
    carry(session, other)
    carry(other, session)
    assert len(sought.review(other)) == 1
    people.change(other, record=there, values={"found_wish": "never"})
    assert sought.left(other) == [], "not even before anybody is compared again"
    people.change(session, record=there, values={"found_wish": "ask"})
    carry(session, other)
    assert sought.review(other) == []


def test_nobody_unchecked_answers_for_a_child_without_parents(session: Session, asked: RecordId, aunt: RecordId) -> None:
    child = person(session, {**THERE, **age(9)})
    case = children.open_case(session, person=child)[0]
    answer: Callable[[], object] = lambda: sought.answer(session, request=asked, person=child, answer=sought.ALIVE, asked=BOTH)  # noqa: E731
    refused(answer, "tracing.caregiver_unchecked")
    children.set_caregiver(session, record=case, person=aunt)
    refused(answer, "tracing.caregiver_unchecked")
    children.change(session, record=case, values=CHECKS)
    answer()


def test_a_child_whose_age_nobody_knows_is_a_child(session: Session, asked: RecordId) -> None:
    child = person(session, {name: value for name, value in THERE.items() if name != "birth"})
    children.open_case(session, person=child)
    assert [one.agree for one in sought.review(session)] == [BOTH]
    refused(lambda: sought.answer(session, request=asked, person=child, answer=sought.CONTACT, asked=SELF), "tracing.caregiver_first")
    for alone in ("self", "both"):
        refused(lambda said=alone: tracing.add(session, person=child, values={**SOUGHT, "consent_by": said}), "tracing.coordinator_first")  # type: ignore[misc]
    tracing.add(session, person=child, values={**SOUGHT, "consent_by": "with_coordinator"})


@pytest.mark.parametrize("then", ["again", "nothing", "other"])
def test_an_answer_is_taken_back_also_when_two_cards_were_made_one(session: Session, asked: RecordId, then: str) -> None:
    first, second = person(session, THERE), person(session, THERE)
    sought.answer(session, request=asked, person=second, answer=sought.ALIVE, asked=SELF)
    merging.merge(session, one=first, two=second, take={})
    assert len(tracing.request(session, record=asked).replies) == 1
    if then == "again":
        sought.ask_again(session, request=asked, person=first)
        assert len(sought.review(session)) == 1
    elif then == "other":
        sought.not_them(session, request=asked, person=first)
    else:
        sought.answer(session, request=asked, person=first, answer=sought.NOTHING)
    assert tracing.request(session, record=asked).replies == ()
    history.undo(session)
    assert len(tracing.request(session, record=asked).replies) == 1
    assert [one.verdict for one in sought.settled(session)] == ["alive"]


def test_who_answers_again_has_one_answer(session: Session, asked: RecordId) -> None:
    there = person(session, THERE)
    for answer in (sought.ALIVE, sought.CONTACT):
        sought.answer(session, request=asked, person=there, answer=answer, asked=SELF)
    assert [one.reply for one in tracing.request(session, record=asked).replies] == ["contact"]


def test_a_site_that_is_trusted_with_reception_gets_no_part_of_contacts(session: Session, other: Session, asked: RecordId, tmp_path: Path) -> None:
    stick.share(session, site=stick.sites(session)[0].id, folders=frozenset({Folder.RECEPTION}))
    contacts.add(session, values={"call_name": "Lucky", "arrival_words": "red bicycle"})
    put = stick.put_news(session, folder=tmp_path)
    opened = decode(unseal(carrier.read(put.path), Post(other.vault).identity))
    assert {part.folder for part in opened.parts} == {"reception"}
    read, _ = stick.read_news(other, path=put.path)
    assert (read.new_contacts, read.waiting) == (0, 0)
    held = other.journal(Folder.CONTACTS).database
    assert held.execute("SELECT count(*) FROM journal_record").fetchone() == (0,)


def test_a_reunion_against_what_was_decided_meanwhile_stands_open(session: Session, other: Session, carry: Carry, case: RecordId) -> None:
    children.change(session, record=case, values=CHECKS)
    children.change(session, record=case, values=DECIDED)
    carry(session, other)
    children.change(other, record=case, values={"decision": "stay", "decision_why": "She is afraid of them."})
    children.end(session, record=case, reunited=True, with_whom="Ma Hla")
    carry(session, other)
    carry(other, session)
    for one in (session, other):
        (open_again,) = children.cases(one)
        shown = {name: open_again.fields[name].value for name in ("state", "decision", "reunited_with")}
        assert (open_again.state, shown) == ("open", {"state": "open", "decision": "stay", "reunited_with": "Ma Hla"})
        assert children.cases(one, state="reunited") == []
    children.change(session, record=case, values={"decision": "reunite"})
    assert [one.state for one in children.cases(session, state="")] == ["reunited"]
