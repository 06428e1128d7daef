from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.myanmar import nrc
from desktop.myanmar.nrc import agree, codes, doubts, letters, read, roman, states, stored, townships


@pytest.mark.parametrize(
    "text",
    ["၁၂/ကမရ(နိုင်)၁၂၃၄၅၆", "12/KaMaYa(N)123456", "12/kamaya (naing) 123456", " 12 / ကမရ ( နိုင် ) 123 456", "12/ကမရနိုင်123456", "12-KAMAYA(N)123456",
     "႑႒/ကမရ(နိုင်)႑႒႓႔႕႖", "๑๒/KaMaYa(N)๑๒๓๔๕๖", "၁၂/ကမရ(ႏိုင္)၁၂၃၄၅၆"],
)
def test_every_way_to_write_a_card_is_one(text: str) -> None:
    number = read(text)
    assert number is not None
    assert stored(number) == "12/ကမရ(နိုင်)123456"
    assert roman(number) == "12/KAMAYA(N)123456"
    assert doubts(number) == []


def test_roman_letters_that_mean_two_townships_are_both_offered() -> None:
    number = read("1/KAMANA(N)123456")
    assert number is not None
    assert set(number.possible) == {"ကမန", "ဖကန"}
    assert number.code == ""
    assert stored(number) == "1/KAMANA(N)123456"
    assert [one.code for one in doubts(number)] == ["nrc.several"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12/ကမရ(နိုင်)12345", ["nrc.digits"]),
        ("19/ကမရ(နိုင်)123456", ["nrc.state"]),
        ("12/ဇဇဇ(နိုင်)123456", ["nrc.code"]),
        ("12/ကမရ(ဟ)123456", ["nrc.letter"]),
    ],
)
def test_what_is_unusual_is_doubted_and_kept(text: str, expected: list[str]) -> None:
    number = read(text)
    assert number is not None
    assert [one.code for one in doubts(number)] == expected
    assert not any(one.severe for one in doubts(number))


def test_what_is_no_card_number() -> None:
    for text in ("", "123456", "Aung Myo", "A-123456", "12/(N)1"):
        assert read(text) is None


def test_the_same_card_in_two_scripts() -> None:
    assert agree("12/KAMAYA(N)123456", "၁၂/ကမရ(နိုင်)၁၂၃၄၅၆")
    assert agree("1/KAMANA(N)123456", "1/ဖကန(နိုင်)123456")
    assert not agree("12/KAMAYA(N)123456", "12/KAMAYA(N)123457")
    assert not agree("", "")


def test_the_list() -> None:
    assert len(townships()) == 460
    assert len(states()) == 14
    assert {one.code for one in codes(12)} >= {"ကမရ"}
    assert letters()["နိုင်"] == "N"


def test_every_published_roman_code_is_read_back() -> None:
    for one in townships().values():
        for spelling in one.roman:
            number = read(f"{one.state}/{spelling}(N)123456")
            assert number is not None
            assert one.code in {number.code, *number.possible}


@given(st.text(alphabet=st.sampled_from("0123456789၁၂/()[]-ကမရနိုင်KAMNaing .\u200b"), max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    number = read(text)
    if number is not None:
        stored(number), roman(number), doubts(number)


@pytest.mark.parametrize(("typed", "pieces"), [
    ("၃/ဘအန(နိုင်)၁၂၃၄၅၆", ("3", "ဘအန", "နိုင်", "123456")), ("12/KAMAYA(N)123456", ("12", "ကမရ", "နိုင်", "123456")),
    ("3/ဘအန()", ("3", "ဘအန", "", "")), ("/(နိုင်)", ("", "", "နိုင်", "")), ("3/xyz(N)12345", ("3", "xyz", "နိုင်", "12345")),
])
def test_a_number_whole_or_half_has_parts(typed: str, pieces: tuple[str, str, str, str]) -> None:
    assert nrc.parts(typed) == pieces
    assert nrc.parts(nrc.joined(pieces)) == pieces


def test_what_is_no_card_has_no_parts() -> None:
    assert nrc.parts("MA123456") is None
    assert nrc.parts("") is None
    assert nrc.joined(("", "", "", "")) == ""


def test_letters_that_may_be_two_townships_stay_as_they_were_typed() -> None:
    several = next(
        (state, one.roman[0]) for (state, _), one in nrc.townships().items()
        if one.roman and len(nrc.read(f"{state}/{one.roman[0]}(N)123456").possible) > 1  # type: ignore[union-attr]
    )
    found = nrc.parts(f"{several[0]}/{several[1]}(N)123456")
    assert found == (str(several[0]), several[1], "နိုင်", "123456")


@pytest.mark.parametrize(("state", "typed", "code"), [(3, "ဘ", "ဘအန"), (3, "baah", "ဘအန"), (0, "kamaya", "ကမရ"), (3, "ကော့က", "ကကရ"), (12, "ကမာရွတ်", "ကမရ")])
def test_letters_are_found_by_letters_and_by_place(state: int, typed: str, code: str) -> None:
    assert code in [one.code for one in nrc.codes_like(state, typed, 8)]


def test_what_is_longer_than_any_number_is_left_whole() -> None:
    long = "12/ကမရ(နိုင်)" + "1" * 150
    assert read(long) is None
    assert nrc.parts(long) is None
