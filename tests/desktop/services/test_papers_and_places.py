"""Papers of people: one form for the number of a card, originals that are seen until they went back; townships in every spelling; names in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import history, intake, paper_places, people, practice, settings, today, twice
from desktop.services.session import Session


def arrive(session: Session, **said: str) -> RecordId:
    """Somebody registered with these answers."""
    opened = intake.begin_arrival(session, language="en")
    for name, text in said.items():
        opened.form.set(f"/data/{name}", text)
    registered, _ = intake.save_arrival(session, opened=opened)
    return registered.person


def change(session: Session, person: RecordId, **values: Value) -> None:
    people.change(session, record=person, values=values)


@pytest.mark.parametrize("typed", ["12/KAMAYA(N)123456", "၁၂/ကမရ(နိုင်)၁၂၃၄၅၆", "12/ကမရနိုင်123456"])
def test_a_card_is_kept_in_one_form_and_shown_in_both_scripts(session: Session, typed: str) -> None:
    person = arrive(session, name="Mya Mya")
    change(session, person, papers=("citizenship",), paper_number=typed)
    found = paper_places.papers_of(session, person=person)
    assert (found.number, found.roman) == ("12/ကမရ(နိုင်)123456", "12/KAMAYA(N)123456")
    assert [(one.paper, one.place) for one in found.rows] == [("citizenship", "")]


def test_an_unusual_card_is_told_and_taken(session: Session) -> None:
    assert [(one.code, one.severe) for one in people.check("person", {"paper_number": "3/ဘအန(နိုင်)12345"})] == [("nrc.digits", False)]
    assert people.check("person", {"paper_number": "MA 123456"}) == []
    person = arrive(session, name="Mya Mya")
    change(session, person, paper_number="3/ဘအန(နိုင်)12345")
    assert paper_places.papers_of(session, person=person).number == "3/ဘအန(နိုင်)12345"


def test_the_number_is_for_those_who_may_read_it(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    person = arrive(session, name="Mya Mya")
    change(session, person, paper_number="12/ကမရ(နိုင်)123456", original_passport="seen")
    found = paper_places.papers_of(sign_in(Role.REGISTRAR), person=person)
    assert (found.number, found.roman) == ("", "")
    assert [one.paper for one in found.rows] == ["passport"]


def test_an_original_stands_on_today_until_it_went_back(session: Session) -> None:
    person = arrive(session, name="Mya Mya")
    change(session, person, papers=("citizenship", "passport"))
    for place in ("seen", "copied", "held_by_us"):
        paper_places.put(session, person=person, paper="citizenship", place=place)
    assert [(one.person, one.papers) for one in today.today(session).originals] == [(person, ("citizenship",))]
    paper_places.put(session, person=person, paper="citizenship", place="given_back")
    assert today.today(session).originals == ()
    card = paper_places.papers_of(session, person=person).rows[0]
    assert (card.place, [step.place for step in card.steps]) == ("given_back", ["given_back", "held_by_us", "copied", "seen"])
    assert all(step.author == "Coordinator" and step.at for step in card.steps)
    history.undo(session)
    assert [one.papers for one in paper_places.held(session)] == [("citizenship",)]


def test_who_left_is_still_told_of(session: Session) -> None:
    person = arrive(session, name="Mya Mya")
    change(session, person, original_passport="held_by_us", state="left")
    assert [one.person for one in today.today(session).originals] == [person]


def test_what_the_long_form_says_is_told_without_a_name(session: Session) -> None:
    person = arrive(session, name="Mya Mya")
    change(session, person, original_kept="held_by_us")
    assert [one.papers for one in paper_places.held(session)] == [(paper_places.UNNAMED,)]
    paper_places.put(session, person=person, paper="passport", place="held_by_us")
    assert [one.papers for one in paper_places.held(session)] == [("passport",)]
    paper_places.put(session, person=person, paper="passport", place="given_back")
    assert paper_places.held(session) == ()


def test_the_unnamed_paper_can_only_be_held_or_given_back(session: Session) -> None:
    person = arrive(session, name="Mya Mya")
    change(session, person, original_kept="held_by_us")
    with pytest.raises(UserError) as caught:
        paper_places.put(session, person=person, paper=paper_places.UNNAMED, place="copied")
    assert caught.value.code == "values.wrong"
    paper_places.put(session, person=person, paper=paper_places.UNNAMED, place="given_back")
    assert paper_places.held(session) == ()


def agreement(session: Session, person: RecordId, township: str) -> str:
    """How the township of a card with the same name agrees with that of a person."""
    found = twice.like(session, typed=twice.Typed(names=("Mya Mya Win",), township=township))
    return next(fact.how for one in found if one.person.id == person for fact in one.agreements if fact.what == "township")


def test_a_township_is_found_and_compared_in_every_spelling(session: Session) -> None:
    practice.fill(session, seed=3, count=12, waiting=0)
    person = arrive(session, name="Mya Mya Win", township="ဘားအံ", age="30", sex="woman")
    for spelling in ("Hpa-An", "Pa-An", "hpa an", "ဘားအံ"):
        if spelling != "Pa-An":
            found = people.find(session, query=spelling)
            assert person in [row.id for row in people.rows(session, keys=found.keys)], spelling
        assert agreement(session, person, spelling) == "same"
    assert agreement(session, person, "Hpapun") == "other"


def test_people_stand_by_arrival_or_by_name(session: Session) -> None:
    names = ["ဇော်", "ကျော်စွာ", "ဦးခင်မောင်", "Aung", "ကိုကို"]
    for name in names:
        arrive(session, name=name)

    def listed(order: str, need: str = "") -> list[str]:
        keys = people.find(session, order=order, need=need).keys
        return [row.name for row in people.rows(session, keys=keys)]

    assert listed(people.BY_ARRIVAL) == names[::-1]
    assert listed(people.BY_NAME) == ["Aung", "ကိုကို", "ကျော်စွာ", "ဦးခင်မောင်", "ဇော်"]
    assert settings.settings(session).people_order == people.BY_ARRIVAL
    settings.change(session, people_order="name")
    assert settings.settings(session).people_order == people.BY_NAME
    with pytest.raises(UserError):
        settings.change(session, people_order="age")


def test_a_rebuilt_list_is_the_same(session: Session) -> None:
    person = arrive(session, name="ဇော်", township="Hpa-An")
    change(session, person, original_passport="held_by_us")
    journal = session.journal(Folder.RECEPTION)
    wanted = "SELECT place, by_name, originals FROM person_list"
    before = journal.database.execute(wanted).fetchall()
    journal.rebuild()
    assert journal.database.execute(wanted).fetchall() == before
    assert before[0][0] == "MMR003001"
    assert before[0][2] == 1
