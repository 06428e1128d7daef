from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.births import Birth
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence
from desktop.services import history, intake, people
from desktop.services.intake import Open, Registered
from desktop.services.session import Session

CARD = {
    "/data/name": "အောင်မျိုးထက်", "/data/name_roman": "Aung Myo Htet", "/data/age": "29", "/data/sex": "man", "/data/township": "Hpa-An",
    "/data/needs": "bed afraid", "/data/remark": "Lost a bag.",
}
WIFE = {"member_name": "နီလာအေး", "member_relationship": "wife", "member_age": "27", "member_sex": "woman", "member_needs": "pregnant"}
SON = {"member_name": "မောင်လင်း", "member_relationship": "son", "member_age": "3"}


def fill(opened: Open, answers: dict[str, str]) -> Open:
    for path, text in answers.items():
        assert opened.form.set(path, text) == "", path
    return opened


def card(session: Session, members: tuple[dict[str, str], ...] = (WIFE, SON)) -> Open:
    opened = fill(intake.begin_arrival(session, language="en"), CARD)
    for member in members:
        at = opened.form.add("/data/with_you")
        fill(opened, {f"{at}/{name}": text for name, text in member.items()})
    return opened


@pytest.fixture
def registered(session: Session) -> Registered:
    return intake.save_arrival(session, opened=card(session))[0]


def test_an_arrival_registers_everybody_at_once(session: Session) -> None:
    saved, changes = intake.save_arrival(session, opened=card(session))
    assert (saved.token, saved.people) == (1, 3)
    assert changes.kinds == {"person", "household", "submission", "draft"}
    page = people.page(session, person=saved.person)
    assert (page.row.code, page.row.household_size, page.row.age) == (saved.code, 3, 29)
    assert page.row.needs == ("afraid", "bed")
    assert {name: page.fields[name].value for name in ("name", "township", "relationship", "note", "token", "state")} == {
        "name": "အောင်မျိုးထက်", "township": "Hpa-An", "relationship": "focal", "note": "Lost a bag.", "token": 1, "state": "here",
    }
    assert page.fields["birth"].value == Birth("age", years=29, told_on=session.today()).value()
    assert page.fields["arrived"].value[:10] == session.today()
    assert [(member.person.name, member.relationship, member.person.age) for member in page.members] == [
        ("နီလာအေး", "wife", 27), ("မောင်လင်း", "son", 3),
    ]
    assert page.members[0].person.needs == ("pregnant",)
    assert len({page.row.code, page.row.household_code, *(member.person.code for member in page.members)}) == 4
    assert [(one.form, one.done, one.sections) for one in page.submissions] == [("arrival", 0, 0), ("registration", 0, 10)]
    assert page.household == saved.household
    assert page.household_fields["focal"].value == saved.person.text()


def test_one_arrival_is_taken_back_as_one(session: Session, registered: Registered) -> None:
    assert history.undoable(session) == "arrival"
    history.undo(session)
    assert people.find(session, state="").keys == []
    assert history.undoable(session) == ""
    with pytest.raises(UserError, match=r"undo\.nothing"):
        history.undo(session)


def test_tokens_count_through_the_day(session: Session) -> None:
    first, second = card(session), card(session)
    assert first.token == second.token == 1
    intake.keep(session, opened=first)
    assert intake.begin_arrival(session, language="en").token == 2
    assert intake.save_arrival(session, opened=first)[0].token == 1
    assert intake.save_arrival(session, opened=second)[0].token == 2


def test_a_missing_name_stands_in_the_way(session: Session) -> None:
    opened = intake.begin_arrival(session, language="my")
    (problem,) = intake.problems(session, opened=opened)
    assert (problem.where, problem.code) == ("/data/name", "answer.required")
    with pytest.raises(UserError) as caught:
        intake.save_arrival(session, opened=opened)
    assert (caught.value.code, caught.value.fields) == ("form.problems", {"count": 1})
    assert opened.form.be_silent("/data/name", Silence.REFUSED) == ""
    saved, _ = intake.save_arrival(session, opened=opened)
    assert people.page(session, person=saved.person).fields["name"].value is Silence.REFUSED


def test_silences_travel_into_the_record(session: Session) -> None:
    opened = card(session, ())
    assert opened.form.be_silent("/data/age", Silence.UNKNOWN) == ""
    assert opened.form.be_silent("/data/father_name", Silence.NOT_ASKED) == ""
    saved, _ = intake.save_arrival(session, opened=opened)
    fields = people.page(session, person=saved.person).fields
    assert (fields["birth"].value, fields["father_name"].value) == (Silence.UNKNOWN, Silence.NOT_ASKED)


def test_a_draft_comes_back_as_it_was_left(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.REGISTRAR)
    opened = card(session)
    assert opened.form.be_silent("/data/sex", Silence.NOT_ASKED) == ""
    intake.keep(session, opened=opened)
    session = sign_in(Role.REGISTRAR)
    (row,) = intake.drafts(session)
    assert (row.form, row.title, row.token, row.author) == ("arrival", "အောင်မျိုးထက်", 1, "Registrar")
    again = intake.reopen(session, draft=row.id, language="my")
    assert again.form.state() == opened.form.state()
    intake.save_arrival(session, opened=again)
    assert intake.drafts(session) == []
    with pytest.raises(UserError, match=r"record\.missing"):
        intake.reopen(session, draft=row.id, language="en")


def test_a_draft_can_be_thrown_away(session: Session) -> None:
    opened = card(session)
    assert intake.discard(session, draft=opened.draft).kinds == frozenset()
    intake.keep(session, opened=opened)
    assert intake.discard(session, draft=opened.draft).kinds == {"draft"}
    assert intake.drafts(session) == []


def test_the_long_form_begins_with_what_is_known(session: Session, registered: Registered) -> None:
    form = intake.begin_registration(session, person=registered.person, language="en").form
    found = {path: form.node(f"/data/{path}").value for path in ("names/name", "names/age", "names/sex", "names/birth_precision", "wants/needs")}
    assert found == {
        "names/name": "အောင်မျိုးထက်", "names/age": "29", "names/sex": "man", "names/birth_precision": "age", "wants/needs": "bed",
    }
    assert form.problems() == []


def registration(session: Session, person: RecordId, answers: dict[str, str], section: str) -> Open:
    opened = intake.begin_registration(session, person=person, language="en")
    fill(opened, {f"/data/{section}/{name}": text for name, text in answers.items()})
    intake.save_registration(session, opened=opened, section=f"/data/{section}")
    return opened


def test_sections_are_saved_one_by_one(session: Session, registered: Registered) -> None:
    before = len(people.history(session, record=registered.person))
    registration(session, registered.person, {"languages": "my ksw", "interpreter": "no"}, "talk")
    page = people.page(session, person=registered.person)
    assert page.fields["languages"].value == ("ksw", "my")
    assert [(one.form, one.done) for one in page.submissions] == [("arrival", 0), ("registration", 1)]
    assert len(people.history(session, record=registered.person)) == before + 1
    registration(session, registered.person, {"destination": "Aunt in the hills"}, "journey")
    page = people.page(session, person=registered.person)
    assert page.submissions[1].done == 2
    assert len(page.submissions) == 2
    form = intake.begin_registration(session, person=registered.person, language="en").form
    assert form.node("/data/talk/languages").value == "my ksw"
    assert form.node("/data/journey/destination").value == "Aunt in the hills"


def test_unchanged_answers_do_not_overwrite_what_others_wrote(session: Session, registered: Registered) -> None:
    opened = intake.begin_registration(session, person=registered.person, language="en")
    people.change(session, record=registered.person, values={"father_name": "U Ba", "need_food": "observed"})
    fill(opened, {"/data/names/mother_name": "Daw Nu"})
    intake.save_registration(session, opened=opened)
    fields = people.page(session, person=registered.person).fields
    assert (fields["father_name"].value, fields["mother_name"].value) == ("U Ba", "Daw Nu")
    assert fields["need_food"].value == "observed"


def test_needs_taken_out_of_the_list_are_no_longer_needs(session: Session, registered: Registered) -> None:
    registration(session, registered.person, {"needs": "food clothes", "needs_seen": "blanket"}, "wants")
    fields = people.page(session, person=registered.person).fields
    found = {need: fields[f"need_{need}"].value for need in ("food", "clothes", "blanket", "bed", "afraid")}
    assert found == {"food": "self_reported", "clothes": "self_reported", "blanket": "observed", "bed": "no", "afraid": "self_reported"}


def test_a_birth_is_one_value(session: Session, registered: Registered) -> None:
    registration(session, registered.person, {"birth_precision": "month", "birth_month": "5", "birth_year": "1997"}, "names")
    assert people.page(session, person=registered.person).fields["birth"].value == Birth("month", "1997-05").value()
    form = intake.begin_registration(session, person=registered.person, language="en").form
    assert [form.node(f"/data/names/{part}").value for part in ("birth_precision", "birth_month", "birth_year")] == ["month", "5", "1997"]


def test_people_left_behind_become_records(session: Session, registered: Registered) -> None:
    opened = intake.begin_registration(session, person=registered.person, language="en")
    fill(opened, {"/data/left/has_left_behind": "yes"})
    for name in ("Daw Mya", "U Hla"):
        at = opened.form.add("/data/left/left_behind")
        fill(opened, {f"{at}/left_name": name})
    intake.save_registration(session, opened=opened, section="/data/left")
    page = people.page(session, person=registered.person)
    assert [row.fields["name"].value for row in page.left_behind] == ["Daw Mya", "U Hla"]
    assert page.household_fields["has_left_behind"].value == "yes"
    again = intake.begin_registration(session, person=registered.person, language="en")
    fill(again, {"/data/left/left_behind[2]/left_relationship": "father"})
    intake.save_registration(session, opened=again, section="/data/left")
    rows = people.page(session, person=registered.person).left_behind
    assert [row.id for row in rows] == [row.id for row in page.left_behind]
    assert rows[1].fields["relationship"].value == "father"
    assert again.form.remove("/data/left/left_behind[1]") == ""
    intake.save_registration(session, opened=again, section="/data/left")
    assert [row.fields["name"].value for row in people.page(session, person=registered.person).left_behind] == ["U Hla"]


def test_health_answers_stay_in_health(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.REGISTRAR)
    saved, _ = intake.save_arrival(session, opened=card(session))
    opened = intake.begin_registration(session, person=saved.person, language="en")
    assert opened.locked == {"/data/health"}
    with pytest.raises(UserError, match=r"folder\.locked"):
        intake.save_registration(session, opened=opened, section="/data/health")
    medic = sign_in(Role.MEDIC)
    opened = intake.begin_registration(medic, person=saved.person, language="en")
    fill(opened, {"/data/health/allergies": "Canary-penicillin", "/data/talk/education": "Ten standards"})
    intake.keep(medic, opened=opened)
    reception = medic.journal(Folder.RECEPTION)
    assert not [draft for draft in reception.drafts.list() if b"Canary" in draft.body]
    assert intake.reopen(medic, draft=opened.draft, language="en").form.node("/data/health/allergies").value == "Canary-penicillin"
    intake.save_registration(medic, opened=opened)
    page = people.page(medic, person=saved.person)
    assert page.health is not None
    assert page.health["allergies"].value == "Canary-penicillin"
    assert page.fields["education"].value == "Ten standards"
    for record in reception.records("submission"):
        assert "Canary-penicillin" not in reception.values(record).values()
    registrar = sign_in(Role.REGISTRAR)
    form = intake.begin_registration(registrar, person=saved.person, language="en").form
    assert form.node("/data/health/allergies").value == ""
    assert form.node("/data/talk/education").value == "Ten standards"


def test_restricted_answers_are_not_shown_to_those_who_may_not_read_them(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.CASEWORKER)
    saved, _ = intake.save_arrival(session, opened=card(session))
    registration(session, saved.person, {"threat": "A letter came.", "withhold_from": "the monastery, the school"}, "safety")
    registrar = sign_in(Role.REGISTRAR)
    form = intake.begin_registration(registrar, person=saved.person, language="en").form
    assert form.node("/data/safety/threat").value == ""
    page = people.page(registrar, person=saved.person)
    assert page.withhold == "the monastery, the school"
    registration(registrar, saved.person, {"withhold_why": "They know the family."}, "safety")
    assert people.page(sign_in(Role.CASEWORKER), person=saved.person).fields["threat"].value == "A letter came."


def test_observers_may_not_register(sign_in: Callable[[Role], Session]) -> None:
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        intake.begin_arrival(sign_in(Role.OBSERVER), language="en")
