from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.births import Birth
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import contacts, history, intake, people
from desktop.services.session import Session
from desktop.services.stick import Read
from desktop.words.labels import field_label

Carry = Callable[[Session, Session], Read]


def arrive(session: Session, name: str = "Aung Myo", with_you: str = "") -> RecordId:
    opened = intake.begin_arrival(session, language="en")
    assert opened.form.set("/data/name", name) == ""
    assert opened.form.set("/data/father_name", "U Tun") == ""
    if with_you:
        assert opened.form.set(f"{opened.form.add('/data/with_you')}/member_name", with_you) == ""
    return intake.save_arrival(session, opened=opened)[0].person


def say(session: Session, person: RecordId, path: str, text: str) -> None:
    """Answer one question of the long form and save it."""
    opened = intake.begin_registration(session, person=person, language="en")
    assert opened.form.set(path, text) == ""
    intake.save_registration(session, opened=opened)


def fathers(session: Session, person: RecordId) -> object:
    return people.page(session, person=person).fields["father_name"].value


def test_two_answers_are_asked_once_and_the_settlement_travels(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    carry(session, other)
    say(session, person, "/data/names/father_name", "U Tun Myint")
    say(other, person, "/data/names/father_name", "U Htun Myint")
    read = carry(other, session)
    assert (read.site, read.decisions) == ("Hill School", 1)
    (asked,) = history.conflicts(session)
    assert (asked.title, asked.kind, asked.field.name, asked.folder) == ("Aung Myo", "person", "father_name", Folder.RECEPTION)
    assert {(answer.value, answer.site) for answer in asked.answers} == {("U Tun Myint", ""), ("U Htun Myint", "Hill School")}
    assert [answer.shown_now for answer in asked.answers] == [True, False]
    page = people.page(session, person=person)
    assert page.row.answers_differ
    assert page.fields["father_name"].others == 1

    changes = history.settle(session, folder=asked.folder, record=person, field="father_name", value="U Tun Myint")
    assert "conflict" in changes.kinds
    assert history.conflicts(session) == []
    reception = session.journal(Folder.RECEPTION)
    assert reception.conflicts() == []
    form = intake.begin_registration(session, person=person, language="en").form
    assert form.node("/data/names/father_name").value == "U Tun Myint"
    assert people.history(session, record=person)[0].kind == "settled"

    carry(session, other)
    assert other.journal(Folder.RECEPTION).conflicts() == []
    assert fathers(other, person) == "U Tun Myint"
    assert other.journal(Folder.RECEPTION).state_hash() == reception.state_hash()


def test_a_settlement_is_taken_back_as_one(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    carry(session, other)
    say(session, person, "/data/names/father_name", "One")
    say(other, person, "/data/names/father_name", "Two")
    carry(other, session)
    before = session.journal(Folder.RECEPTION).conflicts()
    history.settle(session, folder=Folder.RECEPTION, record=person, field="father_name", value="Three")
    assert history.undoable(session) == "settle"
    history.undo(session)
    assert [one.field.name for one in history.conflicts(session)] == ["father_name"]
    assert session.journal(Folder.RECEPTION).conflicts() == before


def test_keeping_the_answer_that_is_shown_can_be_taken_back_too(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    carry(session, other)
    say(session, person, "/data/names/father_name", "One")
    say(other, person, "/data/names/father_name", "Two")
    carry(other, session)
    answers = history.conflicts(session)[0].answers
    history.settle(session, folder=Folder.RECEPTION, record=person, field="father_name", value=answers[0].value)
    history.undo(session)
    assert [answer.value for answer in history.conflicts(session)[0].answers] == [answer.value for answer in answers]


def test_the_same_answer_twice_is_no_question(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    carry(session, other)
    for site in (session, other):
        say(site, person, "/data/names/mother_name", "Daw Nu")
    assert carry(other, session).decisions == 0
    assert history.conflicts(session) == []


def test_different_sections_of_one_form_merge(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    carry(session, other)
    say(session, person, "/data/talk/education", "Ten standards")
    say(other, person, "/data/journey/destination", "The hills")
    carry(other, session)
    assert session.journal(Folder.RECEPTION).conflicts() == []
    submission = people.page(session, person=person).submissions[1]
    assert submission.done >= 2
    form = intake.begin_registration(session, person=person, language="en").form
    assert (form.node("/data/talk/education").value, form.node("/data/journey/destination").value) == ("Ten standards", "The hills")


def test_a_birth_is_settled_with_all_its_questions(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    carry(session, other)
    for site, year in ((session, "1996"), (other, "1998")):
        opened = intake.begin_registration(site, person=person, language="en")
        for name, text in (("birth_precision", "year"), ("birth_year", year)):
            assert opened.form.set(f"/data/names/{name}", text) == ""
        intake.save_registration(site, opened=opened)
    carry(other, session)
    (asked,) = history.conflicts(session)
    assert asked.field.name == "birth"
    history.settle(session, folder=Folder.RECEPTION, record=person, field="birth", value=Birth("day", "1997-05-19").value())
    assert session.journal(Folder.RECEPTION).conflicts() == []
    form = intake.begin_registration(session, person=person, language="en").form
    found = {part: form.node(f"/data/names/{part}").value for part in ("birth_precision", "birth_day", "birth_year")}
    assert found == {"birth_precision": "day", "birth_day": "1997-05-19", "birth_year": ""}


def test_a_member_is_settled_without_touching_the_head(session: Session, other: Session, carry: Carry) -> None:
    head = arrive(session, "Aung Myo", with_you="Nilar")
    (member,) = people.page(session, person=head).members
    carry(session, other)
    people.change(session, record=member.person.id, values={"name": "Nilar Aye"})
    people.change(other, record=member.person.id, values={"name": "Nila Aye"})
    carry(other, session)
    history.settle(session, folder=Folder.RECEPTION, record=member.person.id, field="name", value="Nilar Aye")
    reception = session.journal(Folder.RECEPTION)
    cards = [reception.values(record) for record in reception.records("submission")]
    card = next(values for values in cards if values["form"] == "arrival")
    assert (card["/data/name"], card["/data/with_you[1]/member_name"]) == ("Aung Myo", "Nilar Aye")


def test_deleting_what_somebody_else_changed_is_asked(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    carry(session, other)
    people.delete(session, person=person)
    people.change(other, record=person, values={"note": "Came back."})
    carry(other, session)
    (asked,) = history.conflicts(session)
    assert {answer.value for answer in asked.answers} == {True, False}
    assert field_label(asked.kind, asked.field.name, "en") == "Taken off the lists"
    history.settle(session, folder=asked.folder, record=person, field=asked.field.name, value="yes")
    assert people.find(session, state="").keys == []
    history.undo(session)
    history.settle(session, folder=asked.folder, record=person, field=asked.field.name, value=False)
    assert history.conflicts(session) == []
    assert people.page(session, person=person).row.name == "Aung Myo"


def test_contacts_disagree_in_their_own_folder(session: Session, other: Session, carry: Carry) -> None:
    contact, _ = contacts.add(session, values={"call_name": "Nu"})
    assert carry(session, other).new_contacts == 1
    contacts.change(session, contact=contact, values={"safe_times": "18:00"})
    contacts.change(other, contact=contact, values={"safe_times": "20:00"})
    carry(other, session)
    (asked,) = history.conflicts(session)
    assert (asked.folder, asked.kind) == (Folder.CONTACTS, "contact")
    history.settle(session, folder=Folder.CONTACTS, record=contact, field="safe_times", value="20:00")
    assert history.conflicts(session) == []


def test_undo_leaves_what_somebody_else_changed_since(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    people.change(session, record=person, values={"father_name": "One", "mother_name": "Two"})
    carry(session, other)
    people.change(other, record=person, values={"father_name": "Theirs"})
    carry(other, session)
    history.undo(session)
    fields = people.page(session, person=person).fields
    assert fields["father_name"].value == "Theirs"
    assert "mother_name" not in fields


def test_people_of_another_site_say_where_they_were_registered(session: Session, other: Session, carry: Carry) -> None:
    person = arrive(session)
    assert people.page(session, person=person).row.site == ""
    carry(session, other)
    page = people.page(other, person=person)
    assert page.row.site == "Riverside"
    assert page.last_changes[0].site == "Riverside"
    assert intake.begin_arrival(other, language="en").token == 1


@pytest.mark.parametrize("kind", ["person", "submission"])
def test_received_records_are_drawn_like_our_own(session: Session, other: Session, carry: Carry, kind: str) -> None:
    arrive(session, with_you="Nilar")
    carry(session, other)
    assert len(list(other.journal(Folder.RECEPTION).records(kind))) == len(list(session.journal(Folder.RECEPTION).records(kind)))
    assert [row.name for row in people.rows(other, keys=people.find(other, query="nilar").keys)] == ["Nilar", "Aung Myo"]


def test_health_written_at_two_sites_before_they_met_is_one(session: Session, other: Session, carry: Carry) -> None:
    with session.journal(Folder.RECEPTION).save("") as save:
        person = save.create("person", {"name": "Aung", "code": "K7M42QXP"})
    carry(session, other)
    people.change_health(session, person=person, values={"allergies": "penicillin", "note": "tired"})
    people.change_health(other, person=person, values={"allergies": "none known", "medicines": "insulin"})
    carry(session, other)
    carry(other, session)
    for site in (session, other):
        health = people.page(site, person=person).health
        assert health is not None
        assert {name: shown.value for name, shown in health.items() if name in ("medicines", "note")} == {"medicines": "insulin", "note": "tired"}
        assert health["allergies"].others == 1
        (asked,) = history.conflicts(site)
        assert (asked.title, asked.field.name, {answer.value for answer in asked.answers}) == ("Aung", "allergies", {"penicillin", "none known"})
        assert intake.begin_registration(site, person=person, language="en").form.node("/data/health/medicines").value == "insulin"
    assert len(people.history(session, record=person)) == 3
    (asked,) = history.conflicts(other)
    history.settle(other, folder=asked.folder, record=asked.record, field="allergies", value="penicillin")
    carry(other, session)
    for site in (session, other):
        assert history.conflicts(site) == []
        health = people.page(site, person=person).health
        assert health is not None
        assert (health["allergies"].value, health["allergies"].others) == ("penicillin", 0)
    people.change_health(session, person=person, values={"medicines": None})
    carry(session, other)
    assert "medicines" not in (people.page(other, person=person).health or {})
    history.undo(session)
    assert (people.page(session, person=person).health or {})["medicines"].value == "insulin"
