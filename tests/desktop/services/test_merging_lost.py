"""Nobody is lost where two records are made one while one of them goes, and nobody who may not see an answer changes it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Silence
from desktop.services import history, merging, paper_places, people, twice
from desktop.services.session import Session
from desktop.services.standing import standing
from tests.desktop.services.test_merging import HTET, Carry, _tables, household, listed, person, values


@pytest.fixture
def two(session: Session) -> tuple[RecordId, RecordId]:
    return person(session, {"name": "Aung"}), person(session, {"name": "Bo"})


def into(session: Session, record: RecordId, target: RecordId) -> None:
    with session.journal(Folder.RECEPTION).save("hostile") as save:
        save.set(record, {"merged_into": target.text()})


def test_one_site_deletes_who_another_one_makes_stand_for_both(
    session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]
) -> None:
    first, second = two
    carry(session, other)
    people.delete(session, person=first)
    merging.merge(other, one=first, two=second, take={})
    carry(session, other)
    carry(other, session)
    assert listed(session) == listed(other) == [first]


def test_who_stands_goes_and_comes_back(session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]) -> None:
    first, second = two
    merging.merge(session, one=first, two=second, take={})
    with session.journal(Folder.RECEPTION).save("hostile") as save:
        save.delete(first)
    carry(session, other)
    for here in (session, other):
        assert listed(here) == [second]
        assert people.page(here, person=second).row.name == "Bo"
        before = _tables(here)
        here.journal(Folder.RECEPTION).rebuild()
        assert _tables(here) == before
    with session.journal(Folder.RECEPTION).save("hostile") as save:
        save.restore(first)
    carry(session, other)
    for here in (session, other):
        assert listed(here) == [first]
        assert [one.id for one in merging.merged(here, record=first)] == [second]
    merging.unmerge(other, record=second)
    carry(other, session)
    assert set(listed(session)) == set(listed(other)) == set(two)


def test_only_who_is_there_stands_for_another(session: Session, two: tuple[RecordId, RecordId]) -> None:
    home = household(session)
    last = person(session, {"name": "Chit"})
    for target in (Stamp(bytes(32), 5), home):
        into(session, last, target)
        assert last in listed(session)
        assert standing(session, last) == last
    into(session, last, two[1])
    assert last not in listed(session)
    with session.journal(Folder.RECEPTION).save("erase") as save:
        save.erase(two[1])
    assert set(listed(session)) == {two[0], last}
    session.journal(Folder.RECEPTION).rebuild()
    assert set(listed(session)) == {two[0], last}


def test_taken_off_the_list_with_everybody_they_stand_for(session: Session, two: tuple[RecordId, RecordId]) -> None:
    merging.merge(session, one=two[0], two=two[1], take={})
    people.delete(session, person=two[1])
    assert listed(session) == []
    history.undo(session)
    assert listed(session) == [two[0]]


def test_a_long_way_to_who_stands(session: Session) -> None:
    made = [person(session, {"name": f"Name {at}"}) for at in range(90)]
    for before, after in pairwise(made):
        into(session, after, before)
    assert standing(session, made[-1]) == made[0]
    assert people.page(session, person=made[-1]).row.id == made[0]


def test_two_people_stay_two_when_one_of_them_is_found_to_be_a_third(session: Session) -> None:
    one, two, three = (person(session, {**HTET, "phone": "0912345678"}) for _ in range(3))
    twice.keep_apart(session, one=two, two=three)
    merging.merge(session, one=one, two=two, take={})
    assert twice.review(session) == []
    merging.unmerge(session, record=two)
    found = [{pair.one.id, pair.two.id} for pair in twice.review(session)]
    assert len(found) == 2
    assert {two, three} not in found


def test_who_may_not_see_an_answer_does_not_choose_it(session: Session, sign_in: Callable[[Role], Session]) -> None:
    first, second = person(session, {"name": "Aung", "risk": "high"}), person(session, {"name": "Bo", "risk": "low"})
    registrar = sign_in(Role.REGISTRAR)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        merging.merge(registrar, one=first, two=second, take={"risk": "two"})
    merging.merge(registrar, one=first, two=second, take={"name": "two"})
    assert values(sign_in(Role.CASEWORKER), first)["risk"] == "high"


def test_a_silence_is_no_name(session: Session) -> None:
    first, second = person(session, {"name": "Aung", "name_my": Silence.UNKNOWN}), person(session, {"name": "Aung", "name_my": "အောင်"})
    merging.merge(session, one=first, two=second, take={"name_my": "two"})
    assert "other_names" not in values(session, first)


def test_an_original_that_two_sites_say_different_things_of_stays_on_today(session: Session, other: Session, carry: Carry) -> None:
    someone = person(session, {"name": "Aung", "papers": ("citizenship",)})
    carry(session, other)
    paper_places.put(session, person=someone, paper="citizenship", place="held_by_us")
    paper_places.put(other, person=someone, paper="citizenship", place="copied")
    carry(session, other)
    carry(other, session)
    for here in (session, other):
        assert [row.papers for row in paper_places.held(here)] == [("citizenship",)]
    paper_places.put(other, person=someone, paper="citizenship", place="given_back")
    carry(other, session)
    assert paper_places.held(session) == paper_places.held(other) == ()


def test_two_answers_of_which_none_says_that_it_is_here(session: Session, other: Session, carry: Carry) -> None:
    someone = person(session, {"name": "Aung", "papers": ("citizenship",)})
    carry(session, other)
    paper_places.put(session, person=someone, paper="citizenship", place="seen")
    paper_places.put(other, person=someone, paper="citizenship", place="copied")
    carry(session, other)
    assert paper_places.held(other) == ()


def test_nobody_whose_original_is_here_is_taken_off_the_list(session: Session) -> None:
    someone = person(session, {"name": "Aung"})
    paper_places.put(session, person=someone, paper="passport", place="held_by_us")
    with pytest.raises(UserError, match=r"person\.originals_here"):
        people.delete(session, person=someone)
    paper_places.put(session, person=someone, paper="passport", place="given_back")
    people.delete(session, person=someone)
    assert listed(session) == []
