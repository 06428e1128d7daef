"""Townships: every spelling means the same one, what is no township stays what it is."""

from __future__ import annotations

import pytest

from desktop.myanmar import places


@pytest.mark.parametrize("spellings", [
    ("Hpa-An", "hpa an", "Pa-an", "Pha An", "ဘားအံ", "ဘားအံမြို့နယ်", "Hpa-An Township"),
    ("Mawlamyine", "Moulmein", "မော်လမြိုင်"), ("Myawaddy", "Myawady", "မြဝတီ", "မြဝတီမြို့"), ("Kawkareik", "ကော့ကရိတ်"),
])
def test_every_spelling_of_a_township_is_one(spellings: tuple[str, ...]) -> None:
    assert {len(places.meant(one)) for one in spellings} == {1}
    assert len({places.key(one) for one in spellings}) == 1


def test_every_township_is_found_by_its_own_names() -> None:
    for code, place in places.townships().items():
        assert all(code in places.meant(name) for name in place.names()), place


def test_other_places_stay_as_they_were_written() -> None:
    assert places.meant("Mae Sot") == ()
    assert places.key("Mae  Sot") == places.key("mae sot") != places.key("Mae La")
    assert places.key("") == ""
    assert places.spellings(["Mae Sot", ""]) == ["Mae Sot"]


def test_different_townships_stay_apart() -> None:
    assert len({places.key(one) for one in ("Hpa-An", "Hpapun", "Hpakant", "Hlaingbwe", "Kawkareik", "Kyainseikgyi")}) == 6


@pytest.mark.parametrize(("typed", "wanted"), [
    ("Myaw", "Myawaddy"), ("မြဝ", "Myawaddy"), ("ကော့", "Kawkareik"), ("pa-a", "Hpa-An"), ("mawlamyaing", "Mawlamyine"), ("kareik", "Kawkareik"),
])
def test_a_beginning_is_enough(typed: str, wanted: str) -> None:
    assert wanted in [place.en for place in places.like(typed, 8)]


def test_nothing_is_offered_for_nothing() -> None:
    assert places.like("", 8) == []
    assert places.like("zzzzqq", 8) == []
    assert len(places.like("a", 3)) == 3
