"""Who is registered already: beside the card while it is typed, and in pairs to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.births import Birth
from desktop.domain.errors import UserError
from desktop.domain.folders import Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import merging, people, twice
from desktop.services.session import Session
from desktop.services.twice import Typed
from tests.desktop.services.test_merging import Carry, household, person, values

AGE = Birth("age", years=30, told_on="2026-11-20").value()
HTET: dict[str, Value] = {
    "name": "အောင်မျိုးထက်", "sex": "man", "birth": AGE, "township": "Hpa-An", "father_name": "U Ba Than", "paper_number": "12/ကမရ(နိုင်)654321",
    "phone": "09 123 456 78",
}


@pytest.fixture
def known(session: Session) -> RecordId:
    for name in ("Kyaw Zaw", "Khin Thandar Oo", "Aung Myo Htut", "ထွန်းနိုင်စိုး"):
        person(session, {"name": name, "sex": "man", "township": "Loikaw"})
    return person(session, HTET)


def test_somebody_known_under_another_spelling_is_beside_the_card(session: Session, known: RecordId) -> None:
    found = twice.like(session, typed=Typed(("U Aung Myo Htat",), age=31, sex="man", township="hpa-an", father="ဘသန်း"))
    assert found[0].person.id == known
    assert found[0].likely
    assert {(one.what, one.how) for one in found[0].agreements} >= {("name", "same"), ("age", "near"), ("township", "same"), ("father", "same")}
    assert twice.like(session, typed=Typed()) == []
    assert known not in [one.person.id for one in twice.like(session, typed=Typed(("Kyaw Zaw",)))]


def test_found_by_a_number_alone(session: Session, known: RecordId) -> None:
    for typed in (Typed(("Zin Mar",), phone="+95 9 12345678"), Typed(("Zin Mar",), paper="12/KAMAYA(N)654321")):
        assert [one.person.id for one in twice.like(session, typed=typed)] == [known]


def test_numbers_of_papers_tell_nothing_to_who_may_not_read_them(
    session: Session, known: RecordId, sign_in: Callable[[Role], Session]
) -> None:
    assert twice.like(sign_in(Role.REGISTRAR), typed=Typed(("Zin Mar",), paper="12/KAMAYA(N)654321")) == []


def test_pairs_are_reviewed_once(session: Session, other: Session, carry: Carry, known: RecordId) -> None:
    again = person(session, {"name": "Aung Myo Htet", "sex": "man", "birth": AGE, "township": "Hpa-An", "father_name": "ဦးဘသန်း"})
    third = person(session, {"name": "Aung Myo Htet", "sex": "man", "birth": AGE, "township": "Hpa-An", "phone": "0912345678"})
    found = [{pair.one.id, pair.two.id} for pair in twice.review(session)]
    assert {known, again} in found
    assert {known, third} in found
    twice.keep_apart(session, one=again, two=known)
    assert {known, again} not in [{pair.one.id, pair.two.id} for pair in twice.review(session)]
    carry(session, other)
    assert {known, again} not in [{pair.one.id, pair.two.id} for pair in twice.review(other)]
    merging.merge(session, one=known, two=third, take={})
    assert {known, third} not in [{pair.one.id, pair.two.id} for pair in twice.review(session)]
    with pytest.raises(UserError, match=r"merge\.same"):
        twice.keep_apart(session, one=known, two=third)


def test_typed_from_the_values_of_a_card(session: Session, known: RecordId) -> None:
    typed = twice.typed_from(values(session, known), age=30)
    assert typed == Typed(("အောင်မျိုးထက်",), "U Ba Than", "", 30, "man", "Hpa-An", "09 123 456 78", "12/ကမရ(နိုင်)654321")
    assert twice.like(session, typed=typed)[0].person.id == known


@pytest.mark.parametrize(
    ("known", "typed"), [("Ko Htet", "Htet"), ("Md. Rafique", "Mohammed Rafiq"), ("Mg Mg (Kyaw Soe)", "ကျော်စိုး"), ("ဦးနု", "Nu")]
)
def test_one_word_second_names_and_names_of_muslims_are_beside_the_card(session: Session, known: str, typed: str) -> None:
    facts: dict[str, Value] = {"sex": "man", "birth": AGE, "township": "Hpa-An"}
    one = person(session, {"name": known, **facts})
    person(session, {"name": "Aung Myo Htut", **facts})
    found = twice.like(session, typed=Typed((typed,), age=30, sex="man", township="Hpa-An"))
    assert found[0].person.id == one
    assert found[0].agreements[0].what == "name" or found[0].agreements[0].bits > 0
    two = person(session, {"name": typed, "phone": "0912345678", "father_name": "Ba Than", **facts})
    people.change(session, record=one, values={"phone": "0912345678", "father_name": "U Ba Than"})
    assert {one, two} in [{pair.one.id, pair.two.id} for pair in twice.review(session)]


def test_who_came_with_them_speaks_for_the_same_person(session: Session) -> None:
    """Two men of a usual name: the one with the same wife and son is likelier, and it is told why."""
    homes = [household(session), household(session)]
    for home, wife in zip(homes, ("Khin Thandar Oo", "Mya Sein")):
        person(session, {"name": "Aung Aung", "sex": "man", "birth": AGE}, home)
        person(session, {"name": wife, "sex": "woman", "birth": AGE}, home)
    first, second = (people.household(session, record=home)[0].person.id for home in homes)
    card = Typed(("Aung Aung",), age=30, sex="man")
    wife = Typed(("ခင်သန္တာဦး",), age=31, sex="woman")
    for beside, expected in (((wife,), first), ((replace(wife, names=("Mya Sein",)),), second)):
        best, other = twice.like(session, typed=replace(card, beside=beside))
        assert best.person.id == expected
        assert ("household", "same") in {(one.what, one.how) for one in best.agreements}
        assert "household" not in {one.what for one in other.agreements}
    alone = twice.like(session, typed=card)
    assert {one.person.id for one in alone[:2]} == {first, second}
    assert all(fact.what != "household" for one in alone for fact in one.agreements)
