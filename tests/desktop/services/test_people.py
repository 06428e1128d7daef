from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop.domain import codes
from desktop.domain.births import Birth
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.myanmar import zawgyi
from desktop.services import contacts, edits, intake, people
from desktop.services.session import Session


def household(session: Session, *members: Mapping[str, Value]) -> tuple[RecordId, list[RecordId]]:
    """A household with these people, written straight into the journal."""
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        home = save.create("household", {"code": codes.new()})
        persons = [
            save.create("person", {
                "code": codes.new(), "household": home.text(), "state": "here", "arrived": f"2026-11-2{at}T10:00",
                "relationship": "focal" if at == 0 else "son", **values,
            })
            for at, values in enumerate(members)
        ]
        save.set(home, {"focal": persons[0].text()})
    return home, persons


def names(session: Session, query: str, state: str = "here") -> list[str]:
    return [row.name for row in people.rows(session, keys=people.find(session, query=query, state=state).keys)]


@pytest.fixture
def family(session: Session) -> tuple[RecordId, list[RecordId]]:
    household(session, {"name": "ခင်သန္တာဦး", "name_roman": "Khin Thandar Oo", "phone": "09 000 555 123"})
    return household(
        session,
        {"name": "အောင်မျိုးထက်", "name_roman": "Aung Myo Htet", "need_bed": "self_reported", "need_afraid": "observed"},
        {"name": "Zaw Lin"},
    )


@pytest.mark.parametrize(
    "query",
    ["အောင်မျိုးထက်", "အောင်မျိုး", "မျိုးထက်", "အောင်မျ", "အောင", "ကိုအောင်မျိုး", "ကို အောင်မျိုး", "aung my", "AUNGMYO", "U Aung Myo", "htet", "aung-myo"],
)
def test_a_name_is_found_however_far_it_is_typed(session: Session, family: object, query: str) -> None:
    assert names(session, query)[0] == "အောင်မျိုးထက်"


def test_found_by_other_spellings_of_the_same_letters(session: Session, family: object) -> None:
    assert names(session, "အောင်မြိုး") == ["အောင်မျိုးထက်"]
    assert names(session, "ခင်သန်တာ") == ["ခင်သန္တာဦး"]
    assert names(session, "...") == []


@pytest.mark.parametrize("query", ["555", "0555", "09 000-555", "၅၅၅၁၂၃", "5123", "+95 9000 555 123"])
def test_found_by_any_part_of_a_telephone_number(session: Session, family: object, query: str) -> None:
    assert names(session, query) == ["ခင်သန္တာဦး"]


def test_found_by_code_with_and_without_dash(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    row = people.page(session, person=family[1][0]).row
    shown = codes.shown(row.code)
    for query in (row.code, shown, shown.lower(), shown[:6], row.code[4:], row.code.replace("0", "O").replace("1", "l")):
        found = people.rows(session, keys=people.find(session, query=query).keys, query=query)
        assert found[0].id == row.id
        assert found[0].why == "code"
        assert [one.why for one in found[1:]] == ["household"] * (len(found) - 1)
    assert set(names(session, row.household_code)) == {"အောင်မျိုးထက်", "Zaw Lin"}


def test_a_member_of_the_household_leads_to_the_others(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    assert names(session, "zaw") == ["Zaw Lin", "အောင်မျိုးထက်"]
    people.add_left_behind(session, household=family[0], values={"name": "Daw Mya Yin"})
    assert set(names(session, "mya yin")) == {"Zaw Lin", "အောင်မျိုးထက်"}


def test_rows_say_what_the_list_shows(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    people.change(session, record=family[1][0], values={"birth": Birth("year", "1996").value()})
    (row,) = people.rows(session, keys=people.find(session, query="htet").keys[:1])
    assert (row.name, row.name_other, row.household_size, row.state) == ("အောင်မျိုးထက်", "Aung Myo Htet", 2, "here")
    assert row.needs == ("afraid", "bed")
    assert row.age == session.now().year - 1996
    assert not row.answers_differ
    found = people.find(session)
    assert (found.total, found.here, len(found.keys)) == (3, 3, 3)
    assert [row.name for row in people.rows(session, keys=people.find(session, need="bed").keys)] == ["အောင်မျိုးထက်"]


def test_state_decides_which_list_shows_them(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    people.change(session, record=family[1][1], values={"state": "moved_on"})
    assert names(session, "zaw") == ["အောင်မျိုးထက်"]
    assert names(session, "zaw", state="moved_on")[0] == "Zaw Lin"
    assert len(people.find(session, state="").keys) == 3
    assert people.find(session).here == 2


def test_what_a_role_may_not_see_stays_hidden(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    _, (person,) = household(session, {"name": "Ma Nu", "need_afraid": "observed", "need_food": "observed", "threat": "a letter"})
    assert "threat" in people.page(session, person=person).fields
    session = sign_in(Role.REGISTRAR)
    page = people.page(session, person=person)
    assert "threat" not in page.fields
    assert page.row.needs == ("food",)
    assert page.health is None
    assert all(name != "threat" for line in page.last_changes for name, _, _ in line.fields)
    assert people.find(session, need="afraid").keys == []
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        people.change(session, record=person, values={"threat": "x"})
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        people.change(sign_in(Role.OBSERVER), record=person, values={"name": "x"})


def test_changing_writes_only_what_is_new(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    person = family[1][0]
    before = len(people.history(session, record=person))
    changed = people.change(session, record=person, values={"name": " အောင်မျိုးထက် ", "languages": ["ksw", "my"]})
    assert changed.records == {person}
    assert people.change(session, record=person, values={"name": "အောင်မျိုးထက်", "languages": ["my", "ksw"]}).records == frozenset()
    assert len(people.history(session, record=person)) == before + 1
    page = people.page(session, person=person)
    assert page.fields["languages"].value == ("ksw", "my")
    assert page.fields["languages"].author == "Coordinator"
    line = page.last_changes[0]
    assert (line.kind, line.author, line.site) == ("changed", "Coordinator", "")


def test_silences_are_answers_of_their_own(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    person = family[1][0]
    people.change(session, record=person, values={"languages": Silence.REFUSED, "sex": Silence.NOT_ASKED})
    fields = people.page(session, person=person).fields
    assert (fields["languages"].value, fields["sex"].value) == (Silence.REFUSED, Silence.NOT_ASKED)
    people.change(session, record=person, values={"languages": ["my"], "sex": None})
    fields = people.page(session, person=person).fields
    assert fields["languages"].value == ("my",)
    assert "sex" not in fields


def test_wrong_values_are_named_and_not_saved(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    wrong: dict[str, Value] = {
        "name": " ", "sex": "robot", "service_years": 200, "left_on": "2099-01-01", "birth": Birth("day", "1650-01-01").value(),
        "languages": ["klingon"], "home_left_on": "yesterday", "shoe": "41",
    }
    found = {problem.where: problem.code for problem in people.check("person", wrong)}
    assert found == {
        "name": "value.name_empty", "sex": "value.not_a_choice", "service_years": "value.out_of_range", "left_on": "value.in_future",
        "birth": "value.birth_impossible", "languages": "value.not_a_choice", "home_left_on": "value.not_a_date",
        "shoe": "value.unknown_field",
    }
    with pytest.raises(UserError) as caught:
        people.change(session, record=family[1][0], values={"name": "", "sex": "robot"})
    assert (caught.value.code, caught.value.fields) == ("values.wrong", {"count": 2})
    assert people.page(session, person=family[1][0]).row.name == "အောင်မျိုးထက်"


def test_a_doubtful_value_is_kept(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    (problem,) = people.check("person", {"phone": "12"})
    assert not problem.severe
    people.change(session, record=family[1][0], values={"phone": "12"})


def test_page_shows_the_household(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    home, (person, son) = family
    left, _ = people.add_left_behind(session, household=home, values={"name": "Daw Mya", "relationship": "mother"})
    baby, changes = people.add_member(session, household=home, values={"name": "Su Su", "relationship": "daughter"})
    assert changes.kinds == {"person"}
    page = people.page(session, person=person)
    assert page.household == home
    assert page.household_fields["focal"].value == person.text()
    assert [(member.person.id, member.relationship) for member in page.members] == [(son, "son"), (baby, "daughter")]
    assert [one.id for one in page.left_behind] == [left]
    assert page.row.household_size == 3
    assert len(codes.shown(people.page(session, person=baby).row.code)) == 9


def test_health_is_a_record_of_its_own(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    _, (person,) = household(session, {"name": "Ma Nu"})
    medic = sign_in(Role.MEDIC)
    people.change_health(medic, person=person, values={"allergies": "penicillin"})
    people.change_health(medic, person=person, values={"pregnant": "yes"})
    page = people.page(medic, person=person)
    assert page.health is not None
    assert page.health["allergies"].value == "penicillin"
    assert {name for line in people.history(medic, record=person) for name, _, _ in line.fields} >= {"allergies", "pregnant"}
    registrar = sign_in(Role.REGISTRAR)
    with pytest.raises(UserError, match=r"folder\.locked"):
        people.change_health(registrar, person=person, values={"allergies": "none"})
    assert "allergies" not in {name for line in people.history(registrar, record=person) for name, _, _ in line.fields}


def test_deleted_people_are_gone_from_every_list(session: Session, family: tuple[RecordId, list[RecordId]]) -> None:
    people.delete(session, person=family[1][1])
    assert names(session, "zaw") == []
    assert people.find(session).total == 2
    for call in (people.page, people.delete):
        with pytest.raises(UserError, match=r"record\.missing"):
            call(session, person=family[1][1])


def test_projections_are_the_same_after_a_rebuild(session: Session, family: object) -> None:
    journal = session.journal(Folder.RECEPTION)
    tables = ("person_list", "household_list", "left_behind_list", "submission_list", "search_text")
    before = {table: journal.database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}
    journal.rebuild()
    assert {table: journal.database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables} == before
    assert names(session, "aung myo")[0] == "အောင်မျိုးထက်"


@pytest.mark.parametrize("typed", ["a\0b", "a\ud800b"])
def test_what_no_file_can_hold_is_left_out_of_what_was_typed(session: Session, typed: str) -> None:
    """Half a character, as a broken text leaves it when it is pasted, must not cost the words around it."""
    opened = intake.begin_arrival(session, language="en")
    assert opened.form.set("/data/name", "Aung") == ""
    assert opened.form.set("/data/name", typed) == "bad-value"
    intake.keep(session, opened=opened)
    assert intake.reopen(session, draft=opened.draft, language="en").form.node("/data/name").value == "Aung"
    with session.journal(Folder.RECEPTION).save("") as save:
        person = save.create("person", {"name": "Aung", "code": "K7M42QXP"})
    people.change(session, record=person, values={"name": typed, "other_names": (typed,), "note": typed})
    fields = people.page(session, person=person).fields
    assert (fields["name"].value, fields["other_names"].value, fields["note"].value) == ("ab", ("ab",), "ab")
    edits.keep(session, folder=Folder.RECEPTION, name="x", values={"note": typed + "c" * 100_000})
    assert str(edits.kept(session, folder=Folder.RECEPTION)["x"]["note"]).startswith("abc")
    contact, _ = contacts.add(session, values={"call_name": typed})
    contacts.write_talk(session, contact=contact, words=typed)
    assert contacts.page(session, contact=contact).talks[0].words == "ab"


def test_sets_and_talks_have_an_end(session: Session) -> None:
    for names in (("x" * 201,), tuple(map(str, range(101)))):
        assert [problem.code for problem in people.check("person", {"other_names": names})] == ["value.too_long"]
    contact, _ = contacts.add(session, values={"call_name": "Uncle"})
    with pytest.raises(UserError, match=r"values\.wrong"):
        contacts.write_talk(session, contact=contact, words="x" * 10_001)


ZAWGYI = Path(__file__).parents[4] / "shared" / "reference" / "zawgyi_cases.tsv"


def _zawgyi_texts() -> list[str]:
    if not ZAWGYI.exists():
        return []
    with ZAWGYI.open(encoding="utf-8", newline="") as file:
        return [row["zawgyi"] for row in csv.DictReader(file, delimiter="\t") if 0 < len(row["zawgyi"]) < 180]


def test_zawgyi_that_nobody_decided_about_can_still_be_converted(session: Session) -> None:
    """Put into the order of Unicode signs, Zawgyi could be read as neither of the two any more."""
    with session.journal(Folder.RECEPTION).save("") as save:
        person = save.create("person", {"name": "Aung", "code": "K7M42QXP"})
    for text in ("ေရာက္ရွိေနခ်ိန္", "အာဆီယံေဒသတြင္းမွ", *_zawgyi_texts()[::7]):
        wanted = zawgyi.decide(text)
        if wanted.verdict == zawgyi.KEEP:
            continue
        people.change(session, record=person, values={"name": text, "other_names": (text,), "note": f"{text}\n{text}"})
        kept = session.journal(Folder.RECEPTION).values(person)
        for one in (kept["name"], *kept["other_names"], *str(kept["note"]).split("\n")):  # type: ignore[misc]
            assert zawgyi.decide(one).converted == wanted.converted


def test_e_typed_before_its_letter_stands_behind_it(session: Session) -> None:
    with session.journal(Folder.RECEPTION).save("") as save:
        person = save.create("person", {"name": "Aung", "code": "K7M42QXP"})
    people.change(session, record=person, values={"name": "ေမာင်ကျော်ေဇာ", "note": "ေကျာ်ေကျာ်"})
    kept = session.journal(Folder.RECEPTION).values(person)
    assert (kept["name"], kept["note"]) == ("မောင်ကျော်ဇော", "ကျော်ကျော်")
    people.change(session, record=person, values={"name": "ေအးေအး"})
    assert session.journal(Folder.RECEPTION).values(person)["name"] == "ေအးေအး", "this is Zawgyi: nobody has chosen yet"
