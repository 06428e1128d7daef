"""What is written about a person, attacked: cards made one, roles with a folder of others, floods of a stick, files of another folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain import carers
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import (
    assessments,
    caseworkers,
    files,
    history,
    merging,
    notes,
    people,
    photos,
    steps,
    stick,
    volunteers,
    whole_history,
)
from desktop.services.session import Session
from tests.desktop.services.test_person_page import page, picture, refused, register

Carry = Callable[[Session, Session], stick.Read]


def risk(session: Session, person: RecordId) -> tuple[Value, int]:
    shown = page(session, person).assessment
    assert shown is not None
    return shown["risk"].value, shown["risk"].others


def asked(session: Session) -> set[tuple[str, str]]:
    return {(one.kind, one.field.name) for one in history.conflicts(session)}


def given_contacts(sign_in: Callable[[Role], Session], role: Role) -> Session:
    session = sign_in(Role.COORDINATOR)
    one = next(one for one in volunteers.volunteers(session) if one.name == role.value.title())
    volunteers.set_folders(session, volunteer=one.id, folders=role.folders | {Folder.CONTACTS})
    return sign_in(role)


# ---- cards made one --------------------------------------------------------------------------------------------------------


def test_two_cards_that_say_different_things_and_are_made_one_are_a_question(session: Session) -> None:
    one, two = register(session, "Aung Myo"), register(session, "Aung Myoe")
    for person, said, allergies in ((one, "low", "none"), (two, "high", "penicillin")):
        assessments.change(session, person=person, values={"risk": said, "verification": "verified"})
        people.change_health(session, person=person, values={"allergies": allergies})
    assert asked(session) == set()
    stands, _ = merging.merge(session, one=one, two=two, take={})
    assert asked(session) == {("assessment", "risk"), ("health", "allergies")}
    assert risk(session, stands)[1] == 1
    question = next(answers for answers in history.conflicts(session) if answers.kind == "assessment")
    assert {answer.value for answer in question.answers} == {"low", "high"}
    history.settle(session, folder=question.folder, record=question.record, field="risk", value="high")
    assert asked(session) == {("health", "allergies")}
    assert risk(session, stands) == ("high", 0)
    merging.unmerge(session, record=max(one, two))
    assert asked(session) == set(), "two people need not agree"


def test_what_stood_on_a_card_is_not_written_over_what_is_known(session: Session) -> None:
    one, two = register(session, "Aung Myo"), register(session, "Aung Myoe", risk="low")
    assessments.change(session, person=one, values={"risk": "high"})
    stands, _ = merging.merge(session, one=one, two=two, take={})
    assessments.change(session, person=stands, values={"verification_how": "asked the brother"})
    assert "risk" not in page(session, stands).fields
    assert risk(session, stands) == ("high", 1)
    assert asked(session) == {("assessment", "risk")}
    assessments.change(session, person=stands, values={"risk": "medium"})
    assert risk(session, stands) == ("medium", 0)


# ---- who may see it ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.MEDIC, Role.OBSERVER])
def test_whoever_was_given_contacts_neither_reads_nor_writes_checking_and_risk(
    sign_in: Callable[[Role], Session], role: Role
) -> None:
    session = sign_in(Role.COORDINATOR)
    one, two = register(session, risk="high"), register(session)
    assessments.change(session, person=two, values={"risk": "high", "risk_why": "his brother asks for him"})
    desk = given_contacts(sign_in, role)
    for person in (one, two):
        assert desk.can_open(Folder.CONTACTS)
        assert page(desk, person).assessment is None
        told = whole_history.everything(desk, person=person, language="en")
        assert "assessment" not in {line.area for line in told}
        refused("role.not_allowed", lambda person=person: assessments.change(desk, person=person, values={"risk": "low"}))  # type: ignore[misc]
    again = sign_in(Role.COORDINATOR)
    assert [risk(again, person) for person in (one, two)] == [("high", 0), ("high", 0)]


def test_two_judgements_are_no_question_for_the_desk(
    sign_in: Callable[[Role], Session], session: Session, other: Session, carry: Carry
) -> None:
    person = register(session)
    carry(session, other)
    assessments.change(session, person=person, values={"risk": "low"})
    assessments.change(other, person=person, values={"risk": "high"})
    carry(other, session)
    question = next(one for one in history.conflicts(session) if one.kind == "assessment")
    desk = given_contacts(sign_in, Role.REGISTRAR)
    assert asked(desk) == set()
    refused("role.not_allowed", lambda: history.settle(desk, folder=Folder.CONTACTS, record=question.record, field="risk", value="low"))


def test_the_desk_does_not_hear_that_something_restricted_was_changed(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    person = register(session)
    people.change(session, record=person, values={"threat": "they came to the house"})
    people.change(session, record=person, values={"threat": "they came twice", "township": "Hpa-An"})
    assert len(whole_history.everything(session, person=person, language="en")) == 3
    desk = sign_in(Role.REGISTRAR)
    told = whole_history.everything(desk, person=person, language="en")
    assert [(line.line.kind, line.fields) for line in told] == [
        ("changed", ("township",)), ("created", ("code", "name", "state", "arrived")),
    ]
    assert [line.kind for line in page(desk, person).last_changes] == ["changed", "created"]


# ---- steps -------------------------------------------------------------------------------------------------------------------


def test_ones_own_steps_are_on_today_however_many_others_wait(session: Session) -> None:
    person, kept = register(session), register(session)
    code = page(session, kept).row.code
    with session.act("stick") as act, session.save(act, Folder.RECEPTION) as save:
        for at in range(250):
            save.create("step", {"person_code": code, "what": f"others {at}", "due": "2020-01-01"})
        for at in range(450):
            save.create("step", {"person_code": f"NOBODY{at % 90}", "what": "about nobody", "due": "0001-01-01"})
    steps.add(session, person=person, what="mine", due=session.today(), who=caseworkers.me(session))
    due = steps.due(session)
    assert (due[0].step.what, due[0].mine, due[0].person) == ("mine", True, person)
    assert len(due) == 200
    assert {one.person for one in due[1:]} == {kept}


# ---- photos ------------------------------------------------------------------------------------------------------------------


def test_a_photo_of_one_folder_names_no_file_of_another(session: Session) -> None:
    person = register(session)
    wound, _ = photos.add(session, person=person, content=picture(), folder=Folder.HEALTH)
    file = page(session, person).photos[0].file
    with session.act("stick") as act, session.save(act, Folder.RECEPTION) as save:
        forged = save.create("photo", {"person_code": page(session, person).row.code, "file": file, "main": "yes"})
    assert [(one.ref, one.main) for one in page(session, person).photos] == [(wound, False)]
    photos.erase(session, photo=photos.Ref(Folder.RECEPTION, forged))
    assert files.read(session, file=file)


@pytest.mark.parametrize("again", [False, True])
def test_a_photo_that_was_taken_off_can_be_erased(session: Session, again: bool) -> None:
    person = register(session)
    photo, _ = photos.add(session, person=person, content=picture())
    file = page(session, person).photos[0].file
    photos.remove(session, photo=photo)
    code = page(session, person).row.code
    assert photos.taken_off(session, code) == (photo,)
    assert files.read(session, file=file)
    if again:  # the same picture stands on the page once more
        photos.add(session, person=person, content=picture())
    photos.erase(session, photo=photo)
    assert photos.taken_off(session, code) == ()
    if again:
        assert files.read(session, file=file)
    else:
        with pytest.raises(UserError) as caught:
            files.read(session, file=file)
        assert caught.value.code == "file.missing"
    refused("record.missing", lambda: photos.erase(session, photo=photo))


# ---- wishes ------------------------------------------------------------------------------------------------------------------


def test_a_wish_is_not_overlooked_because_another_site_wrote_otherwise(session: Session, other: Session, carry: Carry) -> None:
    person = register(session)
    carry(session, other)
    people.change(session, record=person, values={"found_wish": "never", "phone_safe": "no", "consent_photo": "no", "consent_clinic": "yes"})
    people.change(other, record=person, values={"found_wish": "ask", "phone_safe": "yes", "consent_photo": "yes", "consent_clinic": "yes"})
    carry(other, session)
    carry(session, other)
    for site in (session, other):
        assert page(site, person).careful == {"found_wish", "phone_safe", "consent_photo"}
    history.settle(session, folder=Folder.RECEPTION, record=person, field="found_wish", value="ask")
    assert page(session, person).careful == {"phone_safe", "consent_photo"}


@pytest.mark.parametrize("careful_first", [True, False])
def test_a_careful_answer_is_not_lost_when_two_cards_are_made_one(session: Session, careful_first: bool) -> None:
    no, yes = {"found_wish": "never", "consent_photo": "no"}, {"found_wish": "ask", "consent_photo": "yes"}
    one, two = (register(session, "Aung Myo", **said) for said in ((no, yes) if careful_first else (yes, no)))
    choices = {choice.field.name: choice for choice in merging.plan(session, one=one, two=two).choices}
    assert {choices[name].later for name in no} == {not careful_first}, "it is what is proposed"
    stands, _ = merging.merge(session, one=one, two=two, take={"consent_photo": "two" if careful_first else "one"})
    values = page(session, stands).fields
    assert (values["found_wish"].value, values["consent_photo"].value) == ("never", "yes"), "unless somebody says so"


def test_the_strictest_answer_stands_for_those_left_behind(session: Session, other: Session, carry: Carry) -> None:
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        home = save.create("household", {"code": "K7M42Q00"})
        behind = save.create("left_behind", {"household": home.text(), "name": "Daw Mya"})
    person = register(session, household=home.text())
    carry(session, other)
    people.change(session, record=behind, values={"say_others": "nothing", "say_them": "contact"})
    people.change(other, record=behind, values={"say_others": "contact", "say_them": "ask", "say_family": "safe"})
    carry(other, session)
    carry(session, other)
    for site in (session, other):
        assert page(site, person).left_behind[0].say == {"say_others": "nothing", "say_them": "ask", "say_family": "safe"}


# ---- a dishonest stick -------------------------------------------------------------------------------------------------------


def test_signs_that_turn_writing_around_and_endless_texts_are_not_shown(session: Session) -> None:
    person = register(session, name="Naw \u202ewaP")
    with session.act("stick") as act, session.save(act, Folder.RECEPTION) as save:
        save.create("note", {"person_code": page(session, person).row.code, "text": "do \u2067not\u2069 say " + "က" * 20_000})
    seen = page(session, person)
    assert (seen.row.name, seen.notes[0].text[:14]) == ("Naw waP", "do not say ကကက")
    assert len(seen.notes[0].text) == 10_001
    told = [value for line in whole_history.everything(session, person=person, language="en") for _, _, value in line.line.fields]
    assert not [value for value in told if isinstance(value, str) and (len(value) > 10_001 or "\u202e" in value or "\u2067" in value)]


def test_a_step_that_two_sites_wrote_differently_says_so(session: Session, other: Session, carry: Carry) -> None:
    person = register(session)
    step, _ = steps.add(session, person=person, what="clinic", due="2026-12-01")
    carry(session, other)
    steps.change(session, step=step, what="clinic", due="2026-12-02")
    steps.change(other, step=step, what="clinic", due="2026-12-03")
    carry(other, session)
    assert page(session, person).steps[0].differs == "due"
    assert asked(session) == {("step", "due")}
    history.settle(session, folder=Folder.RECEPTION, record=step.record, field="due", value="2026-12-02")
    assert page(session, person).steps[0].differs == ""


# ---- a form that was open while others wrote ------------------------------------------------------------------------------


def test_a_note_that_was_written_anew_meanwhile_is_not_replaced(session: Session, other: Session, carry: Carry) -> None:
    person = register(session)
    note, _ = notes.write(session, person=person, folder=Folder.RECEPTION, text="first")
    seen = page(session, person).notes[0].said
    carry(session, other)
    notes.change(other, note=note, text="theirs", important=True)
    carry(other, session)
    notes.change(session, note=note, text="ours", seen=seen)
    assert [(one.important, one.others) for one in page(session, person).notes] == [(True, 1)], "what was not touched stays as they wrote it"
    answers = next(one for one in history.conflicts(session) if one.kind == "note").answers
    assert {one.value for one in answers} == {"ours", "theirs"}
    history.settle(session, folder=Folder.RECEPTION, record=note.record, field="text", value="ours")
    notes.change(session, note=note, text="again", important=True, seen=page(session, person).notes[0].said)
    assert [(one.text, one.important, one.others) for one in page(session, person).notes] == [("again", True, 0)]


def test_a_step_and_a_photo_that_were_changed_meanwhile_are_asked_about(session: Session) -> None:
    person = register(session)
    step, _ = steps.add(session, person=person, what="clinic", due="2026-12-01")
    photo, _ = photos.add(session, person=person, content=picture(), caption="gate")
    before, shown = page(session, person).steps[0].said, page(session, person).photos[0].caption
    steps.change(session, step=step, what="hospital", due="2026-12-02", who=caseworkers.me(session))
    photos.describe(session, photo=photo, caption="river")
    steps.change(session, step=step, what="clinic", due="2026-12-03", seen=before)
    photos.describe(session, photo=photo, caption="school", seen={"caption": shown})
    row = page(session, person).steps[0]
    assert (row.what, row.who, row.differs) == ("hospital", caseworkers.me(session), "due"), "only what was changed is asked about"
    told = {(one.kind, one.field.name): {answer.value for answer in one.answers} for one in history.conflicts(session)}
    assert told == {("step", "due"): {"2026-12-02", "2026-12-03"}, ("photo", "caption"): {"river", "school"}}


def test_only_volunteers_who_are_known_do_something(session: Session, other: Session, carry: Carry) -> None:
    person = register(session)
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        home = save.create("household", {"code": "3M7K-2Q9D"})
    me = caseworkers.me(session)
    step, _ = steps.add(session, person=person, what="clinic", who=me)
    for stranger in (carers.Carer(me.site, me.volunteer, "Somebody else"), carers.Carer(me.site, "ZZ", me.name), carers.Carer("ab" * 32, "A", "B")):
        for work in (
            lambda who=stranger: steps.add(session, person=person, what="x", who=who), lambda who=stranger: steps.change(session, step=step, what="x", who=who),
            lambda who=stranger: caseworkers.assign(session, person=person, caseworker=who),
            lambda who=stranger: people.change(session, record=person, values={"caseworker": who.text()}),
            lambda who=stranger: people.add_member(session, household=home, values={"name": "Naw Eh", "caseworker": who.text()}),
        ):
            with pytest.raises(UserError) as caught:
                work()
            assert caught.value.code == "carer.unknown"
    assert [(one.what, one.who) for one in page(session, person).steps] == [("clinic", me)]
    carry(session, other)
    steps.change(other, step=step, what="hospital", who=me)
    assert [(one.what, one.who) for one in page(other, person).steps] == [("hospital", me)], "somebody of another site stays"
