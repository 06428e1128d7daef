"""People left behind: each line of the long form is one record, whoever wrote it first and wherever it stands in the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.forms import shipped
from desktop.forms.filled import FilledForm
from desktop.services import history, intake, people
from desktop.services.intake import Open
from desktop.services.people import LeftBehindRow
from desktop.services.session import Session
from desktop.services.stick import Read

Carry = Callable[[Session, Session], Read]
SECTION, REPEAT = "/data/left", "/data/left/left_behind"


def arrive(session: Session) -> RecordId:
    opened = intake.begin_arrival(session, language="en")
    assert opened.form.set("/data/name", "Aung Myo") == ""
    return intake.save_arrival(session, opened=opened)[0].person


def begin(session: Session, person: RecordId) -> Open:
    return intake.begin_registration(session, person=person, language="en")


def write(opened: Open, *names: str) -> Open:
    assert opened.form.set(f"{SECTION}/has_left_behind", "yes") == ""
    for name in names:
        assert opened.form.set(f"{opened.form.add(REPEAT)}/left_name", name) == ""
    return opened


def save(session: Session, opened: Open) -> None:
    intake.save_registration(session, opened=opened, section=SECTION)


def rows(session: Session, person: RecordId) -> dict[str, LeftBehindRow]:
    return {str(row.fields["name"].value): row for row in people.page(session, person=person).left_behind}


def names(form: FilledForm) -> list[str]:
    return [form.node(f"{node.path}/left_name").value for node in form.children(SECTION) if node.kind == "repeat"]


def ids(session: Session, person: RecordId) -> dict[str, RecordId]:
    return {name: row.id for name, row in rows(session, person).items()}


def like_the_window(opened: Open) -> Open:
    """The copy that the window gives to services while the person types on."""
    form = FilledForm.from_state(opened.form.definition, opened.form.state())
    return replace(opened, form=form, loaded=dict(opened.loaded))


@pytest.fixture
def person(session: Session) -> RecordId:
    return arrive(session)


@pytest.fixture
def two(session: Session, person: RecordId) -> dict[str, RecordId]:
    save(session, write(begin(session, person), "Daw Mya", "U Hla"))
    return ids(session, person)


def test_every_question_about_them_goes_to_their_record() -> None:
    definition = shipped.definition("registration")
    repeat = definition.specs[("data", "left", "left_behind")]
    assert [spec.name for spec in repeat.children if not spec.save_to.startswith("left_behind.")] == []


def test_taking_one_out_leaves_the_others_their_records(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    people.change(session, record=two["U Hla"], values={"threatened": "yes", "may_be_told": "Nothing"})
    opened = begin(session, person)
    assert opened.form.remove(f"{REPEAT}[1]") == ""
    save(session, opened)
    assert ids(session, person) == {"U Hla": two["U Hla"]}
    fields = rows(session, person)["U Hla"].fields
    assert (fields["threatened"].value, fields["may_be_told"].value) == ("yes", "Nothing")
    assert session.journal(Folder.RECEPTION).deleted(two["Daw Mya"])
    assert names(begin(session, person).form) == ["U Hla"]


def test_what_moved_up_does_not_overwrite_what_others_wrote(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    opened = begin(session, person)
    people.change(session, record=two["U Hla"], values={"area": "the hills"})
    assert opened.form.remove(f"{REPEAT}[1]") == ""
    assert opened.form.set(f"{REPEAT}[1]/left_relationship", "father") == ""
    save(session, opened)
    fields = rows(session, person)["U Hla"].fields
    assert (fields["area"].value, fields["relationship"].value) == ("the hills", "father")


def test_a_new_line_in_the_place_of_an_old_one_is_somebody_new(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    opened = begin(session, person)
    for _ in two:
        assert opened.form.remove(f"{REPEAT}[1]") == ""
    save(session, write(opened, "Daw Mya"))
    assert list(rows(session, person)) == ["Daw Mya"]
    assert rows(session, person)["Daw Mya"].id not in two.values()


def test_saving_twice_makes_nobody_twice(session: Session, person: RecordId) -> None:
    opened = write(begin(session, person), "Daw Mya", "U Hla")
    for _ in range(2):
        taken = like_the_window(opened)
        save(session, taken)
    opened.loaded.update(taken.loaded)
    first = ids(session, person)
    assert list(first) == ["Daw Mya", "U Hla"]
    assert opened.form.remove(f"{REPEAT}[1]") == ""
    assert opened.form.set(f"{REPEAT}[1]/left_name", "U Hla Tun") == ""
    save(session, opened)
    assert ids(session, person)["U Hla Tun"] == first["U Hla"]
    save(session, write(opened, "Ko Ko"))
    assert list(ids(session, person)) == ["U Hla Tun", "Ko Ko"]


def test_a_draft_keeps_who_is_who(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    opened = begin(session, person)
    assert opened.form.remove(f"{REPEAT}[1]") == ""
    write(opened, "Ko Ko")
    intake.keep(session, opened=opened)
    again = begin(session, person)
    assert again.draft == opened.draft
    assert names(again.form) == ["U Hla", "Ko Ko"]
    save(session, again)
    assert {name: row for name, row in ids(session, person).items() if name != "Ko Ko"} == {"U Hla": two["U Hla"]}
    save(session, opened)  # the same draft from before, as after a power cut between the save and the end of the draft
    assert list(ids(session, person)) == ["U Hla", "Ko Ko"]


def test_a_draft_where_one_was_only_taken_out_is_a_change(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    opened = begin(session, person)
    assert not intake.touched(opened, SECTION)
    assert opened.form.remove(f"{REPEAT}[2]") == ""
    assert intake.touched(opened, SECTION)
    assert not intake.touched(opened, "/data/names")
    intake.save_registration(session, opened=opened, section="/data/names")
    again = begin(session, person)
    assert again.draft == opened.draft
    assert names(again.form) == ["Daw Mya"]
    intake.save_registration(session, opened=again)
    assert ids(session, person) == {"Daw Mya": two["Daw Mya"]}
    assert intake.drafts(session) == []


def test_a_draft_and_what_happened_since(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    opened = begin(session, person)
    assert opened.form.set(f"{REPEAT}[2]/left_area", "the hills") == ""
    intake.keep(session, opened=opened)
    household = people.page(session, person=person).household
    assert household is not None
    people.change(session, record=two["U Hla"], values={"name": "U Hla Tun", "relationship": "father"})
    people.change(session, record=two["Daw Mya"], values={"area": "the town"})
    people.add_left_behind(session, household=household, values={"name": "Ko Ko"})
    again = begin(session, person)
    assert names(again.form) == ["Daw Mya", "U Hla Tun", "Ko Ko"]
    save(session, again)
    found = rows(session, person)
    assert list(found) == ["Daw Mya", "U Hla Tun", "Ko Ko"]
    assert found["Daw Mya"].fields["area"].value == "the town"
    assert found["U Hla Tun"].fields["area"].value == "the hills"


def test_two_sites_write_somebody_at_the_same_time(session: Session, other: Session, carry: Carry, person: RecordId) -> None:
    carry(session, other)
    here, there = write(begin(session, person), "Daw Mya"), write(begin(other, person), "U Hla")
    save(session, here)
    save(other, there)
    carry(other, session)
    carry(session, other)
    for site in (session, other):
        assert set(rows(site, person)) == {"Daw Mya", "U Hla"}
        assert set(names(begin(site, person).form)) == {"Daw Mya", "U Hla"}
        assert history.conflicts(site) == []
        assert site.journal(Folder.RECEPTION).conflicts() == []
    known = ids(session, person)
    form = begin(other, person)
    at = names(form.form).index("Daw Mya") + 1
    assert form.form.remove(f"{REPEAT}[{at}]") == ""
    save(other, form)
    carry(other, session)
    assert ids(session, person) == {"U Hla": known["U Hla"]}


def test_both_sides_see_each_other(session: Session, person: RecordId) -> None:
    household = people.page(session, person=person).household
    assert household is not None
    values = {"name": "ဒေါ်မြ", "relationship": "mother", "threatened": "yes"}
    record, _ = people.add_left_behind(session, household=household, values=values)
    opened = begin(session, person)
    assert names(opened.form) == ["ဒေါ်မြ"]
    assert opened.form.node(f"{SECTION}/has_left_behind").value == "yes"
    assert opened.form.node(f"{REPEAT}[1]/left_relationship").value == "mother"
    assert opened.form.problems(SECTION) == []
    assert opened.form.set(f"{REPEAT}[1]/left_area", "the hills") == ""
    save(session, opened)
    (row,) = people.page(session, person=person).left_behind
    assert row.id == record
    assert {name: shown.value for name, shown in row.fields.items() if name != "household"} == {**values, "area": "the hills"}
    assert people.page(session, person=person).household_fields["has_left_behind"].value == "yes"
    people.change(session, record=record, values={"name": "Daw Mya", "area": None})
    form = begin(session, person).form
    assert (names(form), form.node(f"{REPEAT}[1]/left_area").value) == (["Daw Mya"], "")


def test_they_are_shown_whatever_the_household_says(session: Session, person: RecordId) -> None:
    household = people.page(session, person=person).household
    assert household is not None
    people.change(session, record=household, values={"has_left_behind": "no"})
    people.add_left_behind(session, household=household, values={"name": "Daw Mya"})
    opened = begin(session, person)
    assert names(opened.form) == ["Daw Mya"]
    assert opened.form.node(f"{REPEAT}[1]").relevant
    assert not intake.touched(opened)
    assert opened.form.set(f"{SECTION}/has_left_behind", "no") == ""
    save(session, opened)
    assert rows(session, person) == {}


def test_who_is_off_the_lists_is_out_of_the_form(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    household = people.page(session, person=person).household
    assert household is not None
    people.add_left_behind(session, household=household, values={"name": "Ko Ko"})
    left = write(begin(session, person), "Ma Ma")
    history.undo(session)  # Ko Ko was a mistake
    save(session, left)
    assert list(rows(session, person)) == ["Daw Mya", "U Hla", "Ma Ma"]
    assert names(begin(session, person).form) == ["Daw Mya", "U Hla", "Ma Ma"]


def test_what_was_typed_about_somebody_just_taken_off_is_kept(session: Session, person: RecordId) -> None:
    household = people.page(session, person=person).household
    assert household is not None
    people.add_left_behind(session, household=household, values={"name": "Ko Ko"})
    opened = begin(session, person)
    assert opened.form.set(f"{REPEAT}[1]/left_area", "the hills") == ""
    intake.keep(session, opened=opened)
    history.undo(session)
    again = begin(session, person)
    assert names(again.form) == ["Ko Ko"]
    assert again.form.node(f"{REPEAT}[1]").relevant
    for _ in range(2):
        save(session, again)
        (row,) = people.page(session, person=person).left_behind
        assert (row.fields["name"].value, row.fields["area"].value) == ("Ko Ko", "the hills")


def test_untouched_they_are_not_written_again(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    people.change(session, record=two["U Hla"], values={"area": "the hills"})
    before = session.journal(Folder.RECEPTION).state_hash()
    save(session, begin(session, person))
    intake.save_registration(session, opened=begin(session, person))
    assert session.journal(Folder.RECEPTION).state_hash() == before


def test_what_a_role_may_not_read_stays(sign_in: Callable[[Role], Session]) -> None:
    caseworker = sign_in(Role.CASEWORKER)
    person = arrive(caseworker)
    opened = write(begin(caseworker, person), "Daw Mya", "U Hla")
    assert opened.form.set(f"{REPEAT}[2]/left_may_be_told", "Canary") == ""
    save(caseworker, opened)
    registrar = sign_in(Role.REGISTRAR)
    opened = begin(registrar, person)
    assert opened.form.node(f"{REPEAT}[2]/left_may_be_told").value == ""
    assert opened.form.remove(f"{REPEAT}[1]") == ""
    assert opened.form.set(f"{REPEAT}[1]/left_name", "U Hla Tun") == ""
    save(registrar, opened)
    fields = rows(sign_in(Role.CASEWORKER), person)["U Hla Tun"].fields
    assert fields["may_be_told"].value == "Canary"


def test_a_member_of_the_household_sees_the_same_people(session: Session, person: RecordId, two: dict[str, RecordId]) -> None:
    household = people.page(session, person=person).household
    assert household is not None
    member, _ = people.add_member(session, household=household, values={"name": "Nilar", "relationship": "wife"})
    opened = begin(session, member)
    assert names(opened.form) == ["Daw Mya", "U Hla"]
    assert opened.form.set(f"{REPEAT}[1]/left_area", "the hills") == ""
    save(session, opened)
    assert ids(session, person) == two
    assert begin(session, person).form.node(f"{REPEAT}[1]/left_area").value == "the hills"


def test_who_is_written_before_the_household_has_come_waits_in_the_draft(session: Session) -> None:
    with session.journal(Folder.RECEPTION).save("") as entries:
        person = entries.create("person", {"code": "K7M42QXP", "name": "Aung"})
    save(session, write(begin(session, person), "Daw Mya"))
    assert people.page(session, person=person).left_behind == ()
    with session.journal(Folder.RECEPTION).save("") as entries:
        entries.set(person, {"household": entries.create("household", {"code": "AAAA0000"}).text()})
    opened = begin(session, person)
    assert names(opened.form) == ["Daw Mya"]
    save(session, opened)
    assert list(rows(session, person)) == ["Daw Mya"]
    assert intake.drafts(session) == []
