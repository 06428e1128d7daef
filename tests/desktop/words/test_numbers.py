"""Numbers in words: known ones, and every word read back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.words.numbers import MOST, in_words

KNOWN = (
    (0, "zero", "သုည"),
    (1, "one", "တစ်"),
    (7, "seven", "ခုနစ်"),
    (10, "ten", "တစ်ဆယ်"),
    (11, "eleven", "တစ်ဆယ့်တစ်"),
    (20, "twenty", "နှစ်ဆယ်"),
    (21, "twenty-one", "နှစ်ဆယ့်တစ်"),
    (100, "one hundred", "တစ်ရာ"),
    (105, "one hundred five", "တစ်ရာ့ငါး"),
    (1_000, "one thousand", "တစ်ထောင်"),
    (1_500, "one thousand five hundred", "တစ်ထောင့်ငါးရာ"),
    (10_000, "ten thousand", "တစ်သောင်း"),
    (45_000, "forty-five thousand", "လေးသောင်းငါးထောင်"),
    (200_000, "two hundred thousand", "နှစ်သိန်း"),
    (200_001, "two hundred thousand one", "နှစ်သိန်းတစ်"),
    (1_000_000, "one million", "တစ်သန်း"),
    (12_000_030, "twelve million thirty", "တစ်ဆယ့်နှစ်သန်း သုံးဆယ်"),
    (
        MOST, "nine hundred ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine",
        "ကိုးရာ့ကိုးဆယ့်ကိုးသန်း ကိုးသိန်းကိုးသောင်းကိုးထောင့်ကိုးရာ့ကိုးဆယ့်ကိုး",
    ),
)
ENGLISH = {word: at for at, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)} | {word: at * 10 for at, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
BURMESE = {word: at for at, word in enumerate(["သုည", "တစ်", "နှစ်", "သုံး", "လေး", "ငါး", "ခြောက်", "ခုနစ်", "ရှစ်", "ကိုး"])}
PLACES = {"ဆယ်": 10, "ဆယ့်": 10, "ရာ": 100, "ရာ့": 100, "ထောင်": 1_000, "ထောင့်": 1_000, "သောင်း": 10_000, "သိန်း": 100_000}
WORD = re.compile("|".join(sorted([*BURMESE, *PLACES, "သန်း"], key=len, reverse=True)))


def read_english(text: str) -> int:
    total = part = 0
    for word in text.replace("-", " ").split():
        if word == "hundred":
            part *= 100
        elif word in ("thousand", "million"):
            total, part = total + part * {"thousand": 1_000, "million": 1_000_000}[word], 0
        else:
            part += ENGLISH[word]
    return total + part


def read_burmese(text: str) -> int:
    packed = text.replace(" ", "")
    words = WORD.findall(packed)
    assert "".join(words) == packed
    total = digit = part = 0
    for word in words:
        if word == "သန်း":
            total, part, digit = (part + digit) * 1_000_000, 0, 0
        elif word in PLACES:
            part, digit = part + digit * PLACES[word], 0
        else:
            digit = BURMESE[word]
    return total + part + digit


@pytest.mark.parametrize(("number", "english", "burmese"), KNOWN)
def test_known_numbers(number: int, english: str, burmese: str) -> None:
    assert (in_words(number, "en"), in_words(number, "my")) == (english, burmese)


@given(st.integers(0, MOST))
def test_every_number_is_read_back_from_its_words(number: int) -> None:
    assert read_english(in_words(number, "en")) == number
    assert read_burmese(in_words(number, "my")) == number


def test_every_number_to_ten_thousand_and_every_place() -> None:
    for number in (*range(10_001), *(10**place * digit for place in range(9) for digit in range(1, 10))):
        assert read_english(in_words(number, "en")) == number
        assert read_burmese(in_words(number, "my")) == number


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_other_numbers_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="999,999,999"):
        in_words(number, "en")
