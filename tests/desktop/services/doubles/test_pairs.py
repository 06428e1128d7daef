"""Invented people of whom some were registered twice, and pairs that must and must not be offered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.practice.doubles import Card, cards
from desktop.services.doubles.pairing import likely, pairs
from desktop.services.doubles.profile import Profile, profile
from desktop.services.doubles.weighing import Counted, Population, bits, compare


def of_card(key: int, card: Card) -> Profile:
    return profile(
        key, names=[card.name, card.name_other], father=card.father, mother=card.mother, age=card.age, sex=card.sex, township=card.township,
        phone=card.phone, paper=card.paper, household=str(card.household),
    )


def test_doubles_are_found_and_others_left_alone() -> None:
    pile = cards(11, 6000)
    assert pile == cards(11, 6000)
    people = [of_card(at, card) for at, card in enumerate(pile)]
    found = {(pair.one, pair.two) for pair in pairs(people)}
    twice: dict[int, list[int]] = defaultdict(list)
    for at, card in enumerate(pile):
        twice[card.who].append(at)
    truth = {(one[0], one[1]) for one in twice.values() if len(one) == 2}
    assert len(truth) >= 170
    assert len(found & truth) / len(found) >= 0.9
    assert len(found & truth) / len(truth) >= 0.9


@pytest.fixture(scope="module")
def population() -> Population:
    return Counted(of_card(at, card) for at, card in enumerate(cards(3, 3000)))


def person(**facts: Any) -> Profile:
    names = facts.pop("names", ["အောင်မျိုးထက်"])
    return profile(facts.pop("key", 1), names=names, **{"age": 30, "sex": "man", "township": "Hpa-An", **facts})


def offered(one: Profile, two: Profile, population: Population) -> bool:
    return likely(one, two, population) is not None


def test_the_same_facts_in_the_other_script_are_offered(population: Population) -> None:
    assert offered(person(), person(key=2, names=["U Aung Myo Htat"], age=31), population)
    assert offered(person(father="U Ba Than"), person(key=2, names=["AungMyoHtet"], father="ဘသန်း", township=""), population)


def test_a_number_outweighs_a_slip_in_the_name(population: Population) -> None:
    assert offered(person(paper="12/ကမရ(နိုင်)123456"), person(key=2, names=["Aung Myo Htut"], paper="12/KAMAYA(N)123456"), population)
    assert offered(person(phone="+95 9 123 456 78"), person(key=2, names=["Aung Myo Htut"], phone="၀၉၁၂၃၄၅၆၇၈"), population)


@pytest.mark.parametrize(
    "other",
    [
        {"names": ["Aung Myo Htut"]}, {"age": 60}, {"sex": "woman"}, {"father": "Kyaw Zaw", "township": "Sittwe"}, {"names": ["Kyaw Zaw Lin"]},
    ],
)
def test_people_who_differ_are_not_offered(population: Population, other: dict[str, Any]) -> None:
    assert not offered(person(father="U Ba Than"), person(key=2, **other), population)


def test_two_of_one_household_are_two_people(population: Population) -> None:
    father_and_son = person(household="h"), person(key=2, names=["Aung Myo Htet"], household="h", age=30)
    together = compare(*father_and_son, population)
    apart = compare(father_and_son[0], person(key=2, names=["Aung Myo Htet"], household="i"), population)
    assert bits(together) < bits(apart)


def test_families_who_came_twice_are_known_by_each_other() -> None:
    def family(begin: int, home: str) -> list[Profile]:
        return [
            profile(begin, names=["Win Naing"], age=41, sex="man", household=home),
            profile(begin + 1, names=["Khin Thandar Oo"], age=38, sex="woman", household=home),
            profile(begin + 2, names=["Zaw Lin"], age=12, sex="man", household=home),
        ]

    crowd = [of_card(100 + at, card) for at, card in enumerate(cards(5, 2000, share=0))]
    alone = [*crowd, family(0, "a")[0], family(10, "b")[0]]
    together = [*crowd, *family(0, "a"), *family(10, "b")]
    assert (0, 10) in {(pair.one, pair.two) for pair in pairs(together)}
    weight = {(pair.one, pair.two): pair.bits for pair in pairs(together)}[0, 10]
    assert weight > {(pair.one, pair.two): pair.bits for pair in pairs(alone)}.get((0, 10), -100.0)


def test_only_pairs_with_somebody_fresh() -> None:
    pile = cards(12, 1500)
    people = [of_card(at, card) for at, card in enumerate(pile)]
    every = pairs(people)
    fresh = frozenset({every[0].one})
    assert {(pair.one, pair.two) for pair in pairs(people, fresh=fresh)} == {
        (pair.one, pair.two) for pair in every if fresh & {pair.one, pair.two}
    }


TEXT = st.text(max_size=12)


@given(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT), st.integers(0, 120) | st.none())
def test_any_card_can_be_compared_with_itself_and_another(texts: tuple[str, str, str, str, str], age: int | None) -> None:
    name, father, township, phone, paper = texts
    one = profile(1, names=[name], father=father, age=age, township=township, phone=phone, paper=paper)
    two = person(key=2)
    population = Counted([one, two])
    assert bits(compare(one, one, population)) >= 0
    assert bits(compare(one, two, population)) == bits(compare(two, one, population))


@pytest.mark.parametrize("agreeing", [False, True])
def test_unrelated_names_are_hardly_ever_offered(population: Population, agreeing: bool) -> None:
    """3,000 pairs of different people, as they are and as if age, sex and township were the same: at most 2 in 100."""
    draw, pile = Random(77), cards(9, 3000)
    pairs_of = [draw.sample(pile, 2) for _ in range(3000)]
    told = 0
    for one, two in pairs_of:
        if one.who == two.who:
            continue
        same = {"age": one.age, "sex": one.sex, "township": one.township} if agreeing else {}
        told += likely(of_card(1, one), of_card(2, replace(two, **same)), population) is not None
    assert told <= 0.02 * len(pairs_of)
