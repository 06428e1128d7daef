"""Who speaks for a household, what the others are to them, and who belongs to which."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.kinship import old_head, seen_from
from desktop.services import history, households, people, today
from desktop.services.session import Session
from tests.desktop.services.test_merging import Carry, household, person, values

Family = dict[str, RecordId]


def family(session: Session, roles: Mapping[str, tuple[str, str, int]]) -> Family:
    """Name -> (relationship, sex, age), in one household."""
    home = household(session)
    made = {
        name: person(session, {
            "name": name, "relationship": role, "sex": sex, "birth": {"precision": "age", "years": age, "told_on": "2026-11-01", "about": False},
        }, home)
        for name, (role, sex, age) in roles.items()
    }
    people.change(session, record=home, values={"focal": next(made[name].text() for name, one in roles.items() if one[0] == "focal")})
    return {**made, "home": home}


@pytest.fixture
def five(session: Session) -> Family:
    return family(session, {
        "Aung": ("focal", "man", 40), "Hla": ("wife", "woman", 38), "Min": ("son", "man", 12), "Nwe": ("daughter", "woman", 9),
        "Mya": ("mother", "woman", 66),
    })


def roles(session: Session, found: Family) -> dict[str, object]:
    return {name: values(session, record).get("relationship") for name, record in found.items() if name != "home"}


def test_what_relatives_are_to_another_head() -> None:
    assert (old_head("wife", "man"), old_head("son", "woman"), old_head("sister", "man")) == ("husband", "mother", "brother")
    assert (old_head("mother", "woman"), old_head("grandchild", ""), old_head("wife", "")) == ("daughter", "grandparent", "partner")
    assert (old_head("foster_child", "man"), old_head("son", "")) == ("", "")
    assert (seen_from("wife", "son", ""), seen_from("wife", "mother", "woman")) == ("son", "other_relative")
    assert (seen_from("son", "wife", ""), seen_from("son", "daughter", "woman"), seen_from("son", "father", "")) == ("mother", "sister", "grandparent")
    assert (seen_from("mother", "father", "man"), seen_from("mother", "brother", "man")) == ("husband", "son")
    assert (seen_from("son", "grandchild", "man"), seen_from("other_relative", "son", "man"), seen_from("not_related", "wife", "")) == ("", "", "")
    assert seen_from("grandparent", "not_related", "man") == "not_related"


def test_another_head_and_back_again(session: Session, five: Family) -> None:
    made, changes = households.make_head(session, person=five["Hla"])
    assert roles(session, five) == {"Aung": "husband", "Hla": "focal", "Min": "son", "Nwe": "daughter", "Mya": "other_relative"}
    assert values(session, five["home"])["focal"] == five["Hla"].text()
    assert (made.head, made.to_ask) == (five["Hla"], ())
    assert {"person", "household"} <= changes.kinds
    with pytest.raises(UserError, match=r"household\.head_already"):
        households.make_head(session, person=five["Hla"])
    history.undo(session)
    assert roles(session, five)["Aung"] == "focal"


def test_what_does_not_follow_is_to_be_asked(session: Session) -> None:
    found = family(session, {"Aung": ("focal", "man", 40), "Ba": ("other_relative", "man", 30), "Min": ("son", "man", 12)})
    made, _ = households.make_head(session, person=found["Ba"])
    assert roles(session, found) == {"Aung": "other_relative", "Ba": "focal", "Min": None}
    assert made.to_ask == (found["Min"],)


def test_a_household_is_parted_and_both_have_a_head(session: Session, five: Family) -> None:
    made, _ = households.split(session, people=[five["Aung"], five["Min"]], head=five["Aung"])
    assert [one.person.id for one in people.household(session, record=made.household)] == [five["Aung"], five["Min"]]
    assert people.page(session, person=five["Min"]).row.household_size == 2
    assert roles(session, five) == {"Aung": "focal", "Hla": "other_relative", "Min": "son", "Nwe": "grandchild", "Mya": "focal"}
    assert values(session, five["home"])["focal"] == five["Mya"].text()
    code = str(values(session, made.household)["code"])
    assert len(code) == 8
    assert people.page(session, person=five["Aung"]).row.household_code == code
    history.undo(session)
    assert people.household(session, record=five["home"])[0].person.id == five["Aung"]
    assert len(people.household(session, record=five["home"])) == 5


def test_somebody_moves_to_another_household(session: Session, five: Family) -> None:
    home = family(session, {"Thida": ("focal", "woman", 30)})["home"]
    to_ask, _ = households.move(session, people=[five["Mya"]], to=home)
    assert to_ask == (five["Mya"],)
    assert len(people.household(session, record=home)) == 2
    assert values(session, five["Mya"]).get("relationship") is None
    for wrong, code in (
        (lambda: households.move(session, people=[five["Aung"]], to=five["home"]), "household.same"),
        (lambda: households.move(session, people=[], to=home), "household.nobody_moves"),
        (lambda: households.move(session, people=[five["Aung"], five["Mya"]], to=home), "household.apart"),
        (lambda: households.split(session, people=[five["Mya"]], head=five["Aung"]), "household.nobody_moves"),
        (lambda: households.split(session, people=list(roles_of(five)), head=five["Aung"]), "household.nobody_stays"),
        (lambda: households.move(session, people=[five["Aung"]], to=five["Min"]), "record.missing"),
    ):
        with pytest.raises(UserError, match=code.replace(".", r"\.")):
            wrong()


def roles_of(five: Family) -> list[RecordId]:
    return [five[name] for name in ("Aung", "Hla", "Min", "Nwe")]


def test_moved_apart_at_two_sites_both_answers_stand_and_have_names(session: Session, other: Session, carry: Carry, five: Family) -> None:
    carry(session, other)
    one, _ = households.split(session, people=[five["Mya"]], head=five["Mya"])
    two, _ = households.split(other, people=[five["Mya"]], head=five["Mya"])
    carry(session, other)
    carry(other, session)
    for site in (session, other):
        (question,) = [one for one in history.conflicts(site) if one.field.name == "household"]
        codes = {f"{code[:4]}-{code[4:]}" for code in (str(values(site, made.household)["code"]) for made in (one, two))}
        assert {answer.words for answer in question.answers} == codes
    history.settle(session, folder=Folder.RECEPTION, record=five["Mya"], field="household", value=one.household.text())
    carry(session, other)
    assert values(other, five["Mya"])["household"] == one.household.text()
    assert session.journal(Folder.RECEPTION).state_hash() == other.journal(Folder.RECEPTION).state_hash()


def test_tasks_stand_beside_the_members(session: Session, five: Family) -> None:
    people.change(session, record=five["Hla"], values={"household_tasks": ("collects", "cares")})
    tasks = {one.person.id: one.tasks for one in people.household(session, record=five["home"])}
    assert tasks[five["Hla"]] == ("cares", "collects")
    assert tasks[five["Aung"]] == ()


def test_an_observer_moves_nobody(session: Session, five: Family, sign_in: Callable[[Role], Session]) -> None:
    reader = sign_in(Role.OBSERVER)
    for act in (
        lambda: households.make_head(reader, person=five["Hla"]), lambda: households.split(reader, people=[five["Mya"]], head=five["Mya"]),
        lambda: households.move(reader, people=[five["Mya"]], to=five["home"]),
    ):
        with pytest.raises(UserError, match=r"role\.not_allowed"):
            act()


def test_the_desk_reads_what_may_be_said_and_not_why(session: Session, five: Family, sign_in: Callable[[Role], Session]) -> None:
    told = {"name": "Daw Kyi", "relationship": "mother", "say_others": "nothing", "risk": "high", "risk_why": "Watched", "threatened": "yes"}
    people.add_left_behind(session, household=five["home"], values=told)
    for role, seen in ((Role.CASEWORKER, True), (Role.REGISTRAR, False), (Role.OBSERVER, False)):
        (row,) = people.page(sign_in(role), person=five["Aung"]).left_behind
        assert row.fields["say_others"].value == "nothing"
        assert [name in row.fields for name in ("risk", "risk_why", "threatened")] == [seen] * 3
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        people.change(sign_in(Role.REGISTRAR), record=row.id, values={"risk": "low"})


def test_somebody_left_behind_is_looked_at_again_on_the_day(session: Session, five: Family) -> None:
    left, _ = people.add_left_behind(session, household=five["home"], values={"name": "Daw Kyi", "review_on": session.today()})
    people.add_left_behind(session, household=five["home"], values={"name": "U Kyi", "review_on": "2099-01-01"})
    people.change(session, record=five["Hla"], values={"review_on": "2026-01-02"})
    assert [(person, name) for person, name, _ in today.today(session).reviews] == [(five["Hla"], "Hla"), (five["Aung"], "Daw Kyi")]
    people.change(session, record=left, values={"review_on": None})
    assert [name for _, name, _ in today.today(session).reviews] == ["Hla"]
