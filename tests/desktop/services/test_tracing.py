"""Families look for somebody; who is sought is asked first; only what they allowed comes back, and a "no" is nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from desktop.domain.agreeing import who_agrees
from desktop.domain.errors import UserError
from desktop.domain.fields import PROTECTED
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import history, people, sought, stick, tracing
from desktop.services.session import Session
from tests.desktop.services.test_merging import Carry, household, person, values

SOUGHT: Mapping[str, Value] = {
    "name": "စန္ဒာဝင်း", "father_name": "ဦးလှ", "sex": "woman", "birth": {"precision": "age", "years": 34, "told_on": "2026-11-01", "about": True},
    "township": "Bago", "relationship": "sister", "consent_share": "yes", "consent_by": "self", "tell_name": "yes", "wish": "contact",
}
THERE: Mapping[str, Value] = {
    "name": "Sandar Win", "father_name": "U Hla", "sex": "woman", "township": "Bago",
    "birth": {"precision": "age", "years": 35, "told_on": "2026-11-01", "about": False},
}
SELF = frozenset({"self"})


def age(years: int) -> dict[str, Value]:
    return {"birth": {"precision": "age", "years": years, "told_on": "2026-11-01", "about": False}}


@pytest.fixture
def seeker(session: Session) -> RecordId:
    return person(session, {"name": "Ko Min", "sex": "man", **age(40)}, household(session))


@pytest.fixture
def asked(session: Session, seeker: RecordId) -> RecordId:
    return tracing.add(session, person=seeker, values=SOUGHT)[0]


def noted(session: Session) -> tuple[dict[Folder, dict[bytes, int]], dict[Folder, bytes]]:
    """What travels: how far each device has written, and what stands."""
    journals = {folder: session.journal(folder) for folder in Folder}
    return {folder: dict(one.versions()) for folder, one in journals.items()}, {folder: one.state_hash() for folder, one in journals.items()}


# -- requests


def test_a_request_needs_agreement_and_stays_as_it_was_told(session: Session, seeker: RecordId) -> None:
    with pytest.raises(UserError, match=r"tracing\.no_consent"):
        tracing.add(session, person=seeker, values={**SOUGHT, "consent_share": "no"})
    with pytest.raises(UserError, match=r"values\.wrong"):
        tracing.add(session, person=seeker, values={**SOUGHT, "name": " "})
    with pytest.raises(UserError, match=r"values\.wrong"):
        tracing.add(session, person=seeker, values={**SOUGHT, "last_township": "Hpa-An, 12 Market Road"})
    assert tracing.requests(session) == []
    made, changes = tracing.add(session, person=seeker, values=SOUGHT)
    (one,) = tracing.requests(session)
    assert (one.id, one.name, one.age, one.ours, one.asked_by) == (made, "စန္ဒာဝင်း", 34, True, "Ko Min")
    assert one.seeker is not None
    assert one.seeker.id == seeker
    assert changes.kinds == {"tracing"}
    kinds = session.journal(Folder.RECEPTION).database.execute("SELECT DISTINCT kind FROM journal_record").fetchall()
    assert ("tracing",) not in kinds


def test_a_doubtful_township_is_kept_and_told() -> None:
    (problem,) = people.check("tracing", {"last_township": "Nowhereton"})
    assert (problem.code, problem.severe) == ("value.township_unknown", False)
    assert people.check("tracing", {"last_township": "ဘားအံ"}) == []


def test_agreement_taken_back_ends_the_request(session: Session, asked: RecordId) -> None:
    person(session, THERE)
    assert len(sought.review(session)) == 1
    tracing.change(session, record=asked, values={"consent_share": "no"})
    assert tracing.requests(session) == []
    assert sought.review(session) == []
    assert [one.state for one in tracing.requests(session, state="")] == ["ended"]


def test_a_child_asks_together_with_the_caregiver(session: Session) -> None:
    assert [sorted(who_agrees(years)) for years in (3, 6, 14, 15, 18)] == [
        ["caregiver"], ["caregiver", "self"], ["caregiver", "self"], ["self"], ["self"],
    ]
    assert who_agrees(None) == SELF
    home = household(session)
    person(session, {"name": "Ko Min", **age(40)}, home)
    child = person(session, {"name": "Maung Maung", **age(11)}, home)
    for agreed in ("self", "caregiver"):
        with pytest.raises(UserError, match=r"tracing\.caregiver_first"):
            tracing.add(session, person=child, values={**SOUGHT, "consent_by": agreed})
    tracing.add(session, person=child, values={**SOUGHT, "consent_by": "both"})


def test_a_family_that_wishes_it_stands_there_until_somebody_writes_the_request(session: Session, seeker: RecordId) -> None:
    home = people.page(session, person=seeker).household
    assert home is not None
    left, _ = people.add_left_behind(session, household=home, values={"name": "Sandar Win", "relationship": "sister", "tracing_wanted": "yes"})
    people.add_left_behind(session, household=home, values={"name": "U Hla"})
    (wish,) = tracing.wishes(session)
    assert (wish.left_behind, wish.name, wish.person.id) == (left, "Sandar Win", seeker)
    start = tracing.begin(session, left_behind=left)
    assert start == {"name": "Sandar Win", "relationship": "sister", "left_behind": left.text()}
    made, _ = tracing.add(session, person=seeker, values={**start, "consent_share": "yes"})
    assert tracing.wishes(session) == []
    assert tracing.of_left_behind(session, record=left) == made


# -- matching


def test_the_one_who_is_sought_is_found_in_the_other_writing(session: Session, asked: RecordId) -> None:
    there = person(session, THERE)
    person(session, {"name": "Khin Mar", "sex": "woman", **age(34)})
    (match,) = sought.review(session)
    assert (match.person.id, match.likely, match.agree) == (there, True, SELF)
    assert [one.what for one in match.agreements if one.bits > 0][:2] == ["name", "father"]
    assert sought.waiting(session) == 1


def test_a_name_alone_is_never_likely(session: Session, seeker: RecordId) -> None:
    tracing.add(session, person=seeker, values={"name": "Sandar Win", "consent_share": "yes"})
    person(session, {"name": "Sandar Win"})
    assert [one.likely for one in sought.review(session)] == [False]


def test_nobody_is_found_in_their_own_household(session: Session, seeker: RecordId, asked: RecordId) -> None:
    person(session, THERE, people.page(session, person=seeker).household)
    assert sought.review(session) == []


def test_who_does_not_want_to_be_found_is_not_even_asked(session: Session, asked: RecordId) -> None:
    there = person(session, THERE)
    assert len(sought.review(session)) == 1
    people.change(session, record=there, values={"found_wish": "never"})
    assert sought.review(session) == []


def test_only_the_place_that_registered_them_asks(session: Session, other: Session, carry: Carry, asked: RecordId) -> None:
    there = person(other, THERE)
    carry(session, other)
    carry(other, session)
    assert people.page(session, person=there).row.name == "Sandar Win"
    assert sought.review(session) == []
    assert [one.person.id for one in sought.review(other)] == [there]
    for act in (lambda: sought.not_them(session, request=asked, person=there),
                lambda: sought.answer(session, request=asked, person=there, answer=sought.CONTACT, asked=SELF)):
        with pytest.raises(UserError, match=r"record\.missing"):
            act()


# -- what was answered


@pytest.fixture
def pair(session: Session, other: Session, carry: Carry, asked: RecordId) -> tuple[RecordId, RecordId]:
    """Sought at our place, registered at the other one, which has heard of it."""
    there = person(other, THERE)
    carry(session, other)
    assert len(sought.review(other)) == 1
    return asked, there


def test_who_wants_to_be_in_touch_is_told_of_without_a_name_or_a_place(
    session: Session, other: Session, carry: Carry, pair: tuple[RecordId, RecordId]
) -> None:
    asked, there = pair
    with pytest.raises(UserError, match=r"tracing\.not_asked"):
        sought.answer(other, request=asked, person=there, answer=sought.CONTACT)
    sought.answer(other, request=asked, person=there, answer=sought.CONTACT, asked=SELF, message="I am well. Ask the desk how to reach me.")
    assert sought.review(other) == []
    assert tracing.to_pass_on(session) == []
    carry(other, session)
    (one,) = tracing.to_pass_on(session)
    (reply,) = one.replies
    assert (reply.reply, reply.message, reply.told_on) == ("contact", "I am well. Ask the desk how to reach me.", "")
    said = session.journal(Folder.CONTACTS).values(reply.id)
    assert set(said) == {"request", "reply", "message"}
    assert not any(word in str(said) for word in (there.text(), "Sandar"))
    tracing.passed_on(session, reply=reply.id)
    assert tracing.to_pass_on(session) == []
    carry(session, other)
    assert tracing.requests(other)[0].replies[0].told_on == session.today()


def test_a_no_is_the_same_as_nobody_found(session: Session, other: Session, carry: Carry, pair: tuple[RecordId, RecordId]) -> None:
    asked, there = pair
    before = noted(other)
    sought.answer(other, request=asked, person=there, answer=sought.NOTHING)
    assert noted(other) == before, "not one entry was written"
    assert sought.review(other) == []
    assert [one.verdict for one in sought.settled(other)] == ["nothing"]
    known = tracing.requests(session)
    read = carry(other, session)
    assert isinstance(read, stick.Read)
    assert tracing.requests(session) == known
    assert sought.settled(session) == []


@pytest.mark.parametrize("verdict", ["nothing", "other", "later"])
def test_what_stays_here_is_taken_back_by_ctrl_z(other: Session, pair: tuple[RecordId, RecordId], verdict: str) -> None:
    asked, there = pair
    if verdict == "later":
        sought.later(other, request=asked, person=there, day="2099-01-01")
    elif verdict == "other":
        sought.not_them(other, request=asked, person=there)
    else:
        sought.answer(other, request=asked, person=there, answer="nothing")
    assert sought.review(other) == []
    assert "tracing" in history.undo(other).kinds
    assert len(sought.review(other)) == 1
    assert sought.settled(other) == []


def test_an_answer_that_went_out_is_taken_back(session: Session, other: Session, carry: Carry, pair: tuple[RecordId, RecordId]) -> None:
    asked, there = pair
    sought.answer(other, request=asked, person=there, answer=sought.ALIVE, asked=SELF)
    history.undo(other)
    assert len(sought.review(other)) == 1
    sought.answer(other, request=asked, person=there, answer=sought.ALIVE, asked=SELF)
    carry(other, session)
    assert tracing.to_pass_on(session)[0].replies[0].reply == "alive"
    sought.ask_again(other, request=asked, person=there)
    assert len(sought.review(other)) == 1
    carry(other, session)
    assert tracing.to_pass_on(session) == []
    assert tracing.requests(session)[0].replies == ()


def test_asked_again_when_the_day_has_come(other: Session, pair: tuple[RecordId, RecordId]) -> None:
    asked, there = pair
    sought.later(other, request=asked, person=there, day=other.today())
    (match,) = sought.review(other)
    assert match.again == other.today()
    with pytest.raises(UserError, match=r"values\.wrong"):
        sought.later(other, request=asked, person=there, day="soon")


def test_a_child_who_is_sought_answers_with_the_caregiver(session: Session, seeker: RecordId) -> None:
    asked, _ = tracing.add(session, person=seeker, values={**SOUGHT, **age(9)})
    home = household(session)
    person(session, {"name": "Daw Mya", **age(50)}, home)
    child = person(session, {**THERE, **age(9)}, home)
    (match,) = sought.review(session)
    assert match.agree == {"self", "caregiver"}
    with pytest.raises(UserError, match=r"tracing\.caregiver_first"):
        sought.answer(session, request=asked, person=child, answer=sought.CONTACT, asked=SELF)
    with pytest.raises(UserError, match=r"tracing\.not_asked"):
        sought.answer(session, request=asked, person=child, answer=sought.CONTACT, asked=frozenset({"caregiver"}))
    sought.answer(session, request=asked, person=child, answer=sought.CONTACT, asked=frozenset({"self", "caregiver"}))


def test_nothing_goes_out_for_a_request_that_was_ended(session: Session, asked: RecordId) -> None:
    there = person(session, THERE)
    tracing.end(session, record=asked, why="They met.")
    with pytest.raises(UserError, match=r"tracing\.ended"):
        sought.answer(session, request=asked, person=there, answer=sought.CONTACT, asked=SELF)


def test_from_whom_they_want_to_be_kept_stands_beside(session: Session, asked: RecordId) -> None:
    there = person(session, THERE)
    people.change(session, record=there, values={"withhold_from": ("Ko Min",)})
    assert sought.review(session)[0].withhold == ("Ko Min",)


def test_an_erased_request_leaves_nothing(session: Session, asked: RecordId) -> None:
    there = person(session, THERE)
    sought.not_them(session, request=asked, person=there)
    journal = session.journal(Folder.CONTACTS)
    with journal.save("erase") as save:
        save.erase(asked)
    assert journal.database.execute("SELECT count(*) FROM tracing_here").fetchone() == (0,)


def test_lists_drawn_anew_are_the_same(session: Session, asked: RecordId) -> None:
    there = person(session, THERE)
    sought.answer(session, request=asked, person=there, answer=sought.CONTACT, asked=SELF)
    before = tracing.requests(session), sought.settled(session)
    session.journal(Folder.CONTACTS).rebuild()
    assert (tracing.requests(session), sought.settled(session)) == before


# -- who may not


def test_those_who_may_not_see_nothing_of_it(session: Session, asked: RecordId, sign_in: Callable[[Role], Session]) -> None:
    there = person(session, THERE)
    acts: list[Callable[[Session], object]] = [
        tracing.requests, tracing.wishes, tracing.to_pass_on, sought.review, sought.settled,
        lambda one: tracing.request(one, record=asked), lambda one: tracing.add(one, person=there, values=SOUGHT),
        lambda one: tracing.end(one, record=asked), lambda one: sought.not_them(one, request=asked, person=there),
        lambda one: sought.answer(one, request=asked, person=there, answer="nothing"),
        lambda one: sought.later(one, request=asked, person=there, day="2026-12-01"),
        lambda one: sought.ask_again(one, request=asked, person=there), lambda one: tracing.passed_on(one, reply=asked),
    ]
    for role in (Role.REGISTRAR, Role.MEDIC, Role.OBSERVER):
        desk = sign_in(role)
        for act in acts:
            with pytest.raises(UserError, match=r"role\.not_allowed|folder\.locked"):
                act(desk)
        assert sought.waiting(desk) is None
        assert not sought.soon(desk)
    assert len(sought.review(sign_in(Role.CASEWORKER))) == 1


def test_a_registrar_who_was_given_contacts_sees_nothing_of_it_either(
    session: Session, asked: RecordId, sign_in: Callable[[Role], Session]
) -> None:
    there = next(one.id for one in session.vault.volunteers.all() if one.role is Role.REGISTRAR)
    session.vault.volunteers.set_folders(there, frozenset({Folder.RECEPTION, Folder.CONTACTS}))
    desk = sign_in(Role.REGISTRAR)
    assert desk.can_open(Folder.CONTACTS)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        tracing.requests(desk)
    assert tracing.of_left_behind(desk, record=asked) is None


def test_the_stick_tells_the_desk_nothing_of_it(
    session: Session, other: Session, sign_in: Callable[[Role], Session], carry: Carry
) -> None:
    assert {"tracing", "reply"} <= PROTECTED
    there = next(one.id for one in session.vault.volunteers.all() if one.role is Role.REGISTRAR)
    session.vault.volunteers.set_folders(there, frozenset({Folder.RECEPTION, Folder.CONTACTS}))
    seeker = person(other, {"name": "Ko Min", **age(40)})
    tracing.add(other, person=seeker, values=SOUGHT)
    desk = sign_in(Role.REGISTRAR)
    read = carry(other, desk)
    assert isinstance(read, stick.Read)
    assert read.lines == (("new", "Ko Min", ""),)
    assert [one.name for one in tracing.requests(sign_in(Role.CASEWORKER))] == ["စန္ဒာဝင်း"]


def test_two_different_answers_about_a_request_are_asked_for(session: Session, other: Session, carry: Carry, asked: RecordId) -> None:
    carry(session, other)
    tracing.change(session, record=asked, values={"township": "Bago"})
    tracing.change(session, record=asked, values={"last_township": "Loikaw"})
    tracing.change(other, record=asked, values={"last_township": "Hpa-An"})
    carry(other, session)
    (question,) = [one for one in history.conflicts(session) if one.field.name == "last_township"]
    assert question.title == "စန္ဒာဝင်း"
    history.settle(session, folder=Folder.CONTACTS, record=asked, field="last_township", value="Loikaw")
    carry(session, other)
    assert values_of(other, asked)["last_township"] == "Loikaw"
    assert values(session, people.page(session, person=seeker_of(session)).row.id)


def values_of(session: Session, record: RecordId) -> dict[str, Value]:
    return session.journal(Folder.CONTACTS).values(record)


def seeker_of(session: Session) -> RecordId:
    found = tracing.requests(session)[0].seeker
    assert found is not None
    return found.id
