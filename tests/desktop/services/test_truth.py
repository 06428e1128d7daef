"""What stands on a record is what the long form shows, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.births import Birth
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence
from desktop.services import intake, paper_models, people
from desktop.services.intake import Open
from desktop.services.session import Session
from desktop.services.stick import Read

Carry = Callable[[Session, Session], Read]


def arrive(session: Session, name: str = "Aung Myo") -> RecordId:
    opened = intake.begin_arrival(session, language="en")
    assert opened.form.set("/data/name", name) == ""
    return intake.save_arrival(session, opened=opened)[0].person


def begin(session: Session, person: RecordId) -> Open:
    return intake.begin_registration(session, person=person, language="en")


def say(session: Session, person: RecordId, section: str, answers: dict[str, str]) -> None:
    opened = begin(session, person)
    for name, text in answers.items():
        assert opened.form.set(f"/data/{section}/{name}", text) == "", name
    intake.save_registration(session, opened=opened, section=f"/data/{section}")


def shown(session: Session, person: RecordId, *paths: str) -> list[str | Silence]:
    form = begin(session, person).form
    return [node.silence or node.value for node in (form.node(f"/data/{path}") for path in paths)]


def printed(session: Session, person: RecordId) -> set[str]:
    model = paper_models.filled_form(session, person, 1)
    answers = [answer for section in model.sections for part in section.parts for answer in part.answers]
    return {answer.text for answer in answers if answer.text}


@pytest.fixture
def person(session: Session) -> RecordId:
    return arrive(session)


def test_the_form_follows_the_record(session: Session, person: RecordId) -> None:
    say(session, person, "names", {"father_name": "U Tun", "mother_name": "Daw Nu", "came_alone": "yes", "township": "Hpa-An"})
    say(session, person, "talk", {"languages": "my ksw", "education": "Ten standards"})
    household = people.page(session, person=person).household
    assert household is not None
    people.change(session, record=household, values={"came_alone": "no"})
    people.change(session, record=person, values={
        "father_name": "U Hla", "mother_name": None, "township": Silence.REFUSED, "languages": ("my", "shn"),
    })
    assert shown(session, person, "names/father_name", "names/mother_name", "names/township", "names/came_alone") == [
        "U Hla", "", Silence.REFUSED, "no",
    ]
    assert set(str(shown(session, person, "talk/languages")[0]).split()) == {"my", "shn"}
    assert shown(session, person, "talk/education") == ["Ten standards"]
    papers = printed(session, person)
    assert "U Hla" in papers
    assert papers.isdisjoint({"U Tun", "Daw Nu", "Hpa-An"})


def test_a_birth_and_needs_follow_the_record(session: Session, person: RecordId) -> None:
    say(session, person, "names", {"birth_precision": "month", "birth_month": "5", "birth_year": "1997", "birth_about": "no"})
    say(session, person, "wants", {"needs": "food bed", "needs_seen": "blanket"})
    paths = [f"names/birth_{part}" for part in ("precision", "month", "year", "about")]
    assert shown(session, person, *paths) == ["month", "5", "1997", "no"]
    people.change(session, record=person, values={
        "birth": Birth("day", "1996-04-03", about=True).value(), "need_food": "no", "need_clothes": "self_reported", "need_blanket": "confirmed",
    })
    assert shown(session, person, *paths, "names/birth_day") == ["day", "", "", "yes", "1996-04-03"]
    told, seen = shown(session, person, "wants/needs", "wants/needs_seen")
    assert (set(str(told).split()), seen) == ({"bed", "clothes", "blanket"}, "")


def test_what_was_said_stays_as_it_was_said_while_it_means_the_same(session: Session, person: RecordId) -> None:
    say(session, person, "talk", {"languages": "my ksw"})
    say(session, person, "safety", {"withhold_from": "the school; the monastery"})
    opened = begin(session, person)
    assert opened.form.be_silent("/data/wants/needs", Silence.REFUSED) == ""
    intake.save_registration(session, opened=opened, section="/data/wants")
    found = shown(session, person, "talk/languages", "safety/withhold_from", "wants/needs")
    assert found == ["my ksw", "the school; the monastery", Silence.REFUSED]


def test_the_health_section_follows_the_health_record(session: Session, person: RecordId) -> None:
    people.change_health(session, person=person, values={"allergies": "dust"})
    assert shown(session, person, "health/allergies") == ["dust"]
    say(session, person, "health", {"allergies": "penicillin"})
    people.change_health(session, person=person, values={"allergies": None, "chronic": "asthma"})
    assert shown(session, person, "health/allergies", "health/chronic") == ["", "asthma"]


def test_an_untouched_form_writes_nothing(session: Session, person: RecordId) -> None:
    def written() -> list[bytes]:
        return [session.journal(folder).state_hash() for folder in (Folder.RECEPTION, Folder.HEALTH)]

    stood = written()
    intake.save_registration(session, opened=begin(session, person))
    assert written() == stood
    say(session, person, "names", {"father_name": "U Tun"})
    say(session, person, "health", {"allergies": "dust"})
    people.change(session, record=person, values={"father_name": "U Hla", "mother_name": "Daw Nu"})
    people.change_health(session, person=person, values={"allergies": "penicillin"})
    stood = written()
    intake.save_registration(session, opened=begin(session, person))
    for section in ("names", "health"):
        intake.save_registration(session, opened=begin(session, person), section=f"/data/{section}")
    assert written() == stood
    assert intake.drafts(session) == []


def test_a_draft_follows_the_record_where_it_was_not_touched(session: Session, person: RecordId) -> None:
    say(session, person, "names", {"father_name": "U Tun", "mother_name": "Daw Nu"})
    opened = begin(session, person)
    assert opened.form.set("/data/names/mother_name", "Daw Nu Nu") == ""
    intake.keep(session, opened=opened)
    people.change(session, record=person, values={"father_name": "U Hla", "mother_name": "Daw Mya"})
    assert shown(session, person, "names/father_name", "names/mother_name") == ["U Hla", "Daw Nu Nu"]
    assert printed(session, person) >= {"U Hla", "Daw Mya"}  # paper shows what was saved


def test_what_a_role_may_not_read_stays_out(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.CASEWORKER)
    person = arrive(session)
    say(session, person, "safety", {"threat": "A letter came.", "afraid": "self_reported"})
    people.change(session, record=person, values={"threat": "Two letters came."})
    assert shown(session, person, "safety/threat") == ["Two letters came."]
    registrar = sign_in(Role.REGISTRAR)
    assert shown(registrar, person, "safety/threat", "safety/afraid") == ["", ""]
    say(registrar, person, "safety", {"withhold_why": "They know the family."})
    assert people.page(sign_in(Role.CASEWORKER), person=person).fields["threat"].value == "Two letters came."


@pytest.mark.parametrize(
    ("name", "field", "path"), [("အောင်မျိုး", "name_my", "names/name_my"), ("Aung Myo", "name_roman", "names/name_roman")]
)
def test_the_name_as_spoken_is_proposed_in_its_letters(session: Session, name: str, field: str, path: str) -> None:
    person = arrive(session, name)
    other = {"names/name_my": "names/name_roman", "names/name_roman": "names/name_my"}[path]
    assert shown(session, person, path, other) == [name, ""]
    assert not intake.touched(begin(session, person))
    say(session, person, "talk", {"education": "Ten standards"})
    assert intake.drafts(session) == []
    assert field not in people.page(session, person=person).fields
    assert name not in printed(session, person) or paper_of(session, person, path) == ""
    intake.save_registration(session, opened=begin(session, person), section="/data/names")
    assert people.page(session, person=person).fields[field].value == name


def paper_of(session: Session, person: RecordId, path: str) -> str:
    return intake.saved_registration(session, person=person, language="en").form.node(f"/data/{path}").value


def test_a_name_that_is_written_already_is_not_proposed(session: Session) -> None:
    person = arrive(session, "အောင်မျိုး")
    people.change(session, record=person, values={"name_my": Silence.UNKNOWN})
    assert shown(session, person, "names/name_my") == [Silence.UNKNOWN]
    people.change(session, record=person, values={"name_my": "အောင်မျိုးထက်"})
    assert shown(session, person, "names/name_my", "names/name_roman") == ["အောင်မျိုးထက်", ""]
    nameless = arrive(session)
    people.change(session, record=nameless, values={"name": Silence.REFUSED})
    assert shown(session, nameless, "names/name_my", "names/name_roman") == ["", ""]


def test_a_proposal_that_was_taken_out_is_not_written(session: Session) -> None:
    person = arrive(session, "အောင်မျိုး")
    opened = begin(session, person)
    assert opened.form.set("/data/names/name_my", "") == ""
    intake.save_registration(session, opened=opened, section="/data/names")
    assert "name_my" not in people.page(session, person=person).fields


def test_a_member_has_a_form_of_their_own(session: Session, person: RecordId) -> None:
    household = people.page(session, person=person).household
    assert household is not None
    member, _ = people.add_member(session, household=household, values={"name": "Nilar", "relationship": "wife", "sex": "woman"})
    say(session, person, "names", {"father_name": "U Tun", "split_over_sites": "yes"})
    say(session, member, "names", {"father_name": "U Ba"})
    say(session, member, "health", {"allergies": "dust"})
    assert shown(session, member, "names/name", "names/relationship", "names/sex", "names/father_name") == ["Nilar", "wife", "woman", "U Ba"]
    assert shown(session, person, "names/name", "names/relationship", "names/father_name", "health/allergies") == ["Aung Myo", "focal", "U Tun", ""]
    assert shown(session, member, "names/split_over_sites") == ["yes"]  # of the household they share
    codes = [people.page(session, person=one).row.code for one in (person, member)]
    assert len({*codes, people.page(session, person=person).row.household_code}) == 3
    assert [one.done for one in people.page(session, person=member).submissions] == [2]
    assert [one.form for one in people.page(session, person=person).submissions] == ["arrival", "registration"]


def test_drafts_of_two_members_are_two_drafts(session: Session, person: RecordId) -> None:
    household = people.page(session, person=person).household
    assert household is not None
    member, _ = people.add_member(session, household=household, values={"name": "Nilar"})
    for one, education in ((person, "Ten standards"), (member, "Four standards")):
        opened = begin(session, one)
        assert opened.form.set("/data/talk/education", education) == ""
        intake.keep(session, opened=opened)
    assert shown(session, person, "talk/education") == ["Ten standards"]
    assert shown(session, member, "talk/education") == ["Four standards"]


def test_the_form_of_a_member_begun_at_two_sites_is_one(session: Session, other: Session, carry: Carry, person: RecordId) -> None:
    (household,) = {people.page(session, person=person).household} - {None}
    member, _ = people.add_member(session, household=household, values={"name": "Nilar"})
    carry(session, other)
    say(session, member, "talk", {"education": "Ten standards"})
    say(other, member, "journey", {"destination": "The hills"})
    carry(other, session)
    assert shown(session, member, "talk/education", "journey/destination") == ["Ten standards", "The hills"]
    for section, answers in (("talk", {"skills": "Sewing"}), ("journey", {"destination": "The town"})):
        say(session, member, section, answers)
    assert shown(session, member, "talk/skills", "journey/destination") == ["Sewing", "The town"]
    (row,) = people.page(session, person=member).submissions
    assert (row.form, row.done) == ("registration", 2)
