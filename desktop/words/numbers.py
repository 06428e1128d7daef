"""Whole numbers in words, as they stand on a receipt: 0 to 999,999,999, English and Burmese.

Both are written out fully, so that nothing can be added to a signed paper: Burmese says one ten (တစ်ဆယ့်တစ်) where people in talk leave
the one out.
"""

from __future__ import annotations

MOST = 999_999_999

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((1_000_000, "million"), (1_000, "thousand"))

_DIGITS_MY = ("သုည", "တစ်", "နှစ်", "သုံး", "လေး", "ငါး", "ခြောက်", "ခုနစ်", "ရှစ်", "ကိုး")
_PLACES_MY = (  # the value of a place, its word alone, its word with something behind it
    (100_000, "သိန်း", "သိန်း"), (10_000, "သောင်း", "သောင်း"), (1_000, "ထောင်", "ထောင့်"), (100, "ရာ", "ရာ့"), (10, "ဆယ်", "ဆယ့်"),
)
_MILLION_MY = "သန်း"


def in_words(number: int, language: str) -> str:
    """The number in words (``en`` or ``my``), in small letters. ValueError outside 0 to `MOST`."""
    if not 0 <= number <= MOST:
        raise ValueError("a number from 0 to 999,999,999")
    return _burmese(number) if language == "my" else _english(number)


def _english(number: int) -> str:
    parts = []
    for value, word in _SCALES:
        if number >= value:
            parts.append(f"{_below_thousand(number // value)} {word}")
            number %= value
    if number or not parts:
        parts.append(_below_thousand(number))
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    if number >= 100:
        rest = f" {_below_thousand(number % 100)}" if number % 100 else ""
        return f"{_ONES[number // 100]} hundred{rest}"
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def _burmese(number: int) -> str:
    millions, rest = divmod(number, 1_000_000)
    if not millions:
        return _below_million(rest)
    return " ".join([_below_million(millions) + _MILLION_MY, *([_below_million(rest)] if rest else [])])


def _below_million(number: int) -> str:
    if number == 0:
        return _DIGITS_MY[0]
    said = ""
    for value, alone, followed in _PLACES_MY:
        if number >= value:
            said += _DIGITS_MY[number // value] + (followed if number % value else alone)
            number %= value
    return said + (_DIGITS_MY[number] if number else "")
