from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from desktop.myanmar.sorting import name_sort_key, sort_key

SHARED = Path(__file__).parents[4] / "shared" / "reference" / "text_cases.json"


@pytest.mark.parametrize(
    "in_order",
    [
        ["က", "ကာ", "ကား", "ကိ", "ကို", "ကက်", "ကောင်း", "ကျော်", "ကြည်", "ခ"],
        ["1", "12", "Aung", "Zaw", "ကျော်", "အောင်", "အောင်မျိုး"],
        ["သန်", "သန့်", "သန်း"],
        ["အု", "ဥ"],
        ["ဉာဏ်", "ညီ"],
    ],
)
def test_dictionary_order(in_order: list[str]) -> None:
    shuffled = random.Random(1).sample(in_order, len(in_order))
    assert sorted(shuffled, key=sort_key) == in_order


def test_a_title_does_not_count() -> None:
    assert sorted(["ဦးအောင်", "ကိုဇော်", "ဒေါ်ကေသီ"], key=name_sort_key)[0] == "ဒေါ်ကေသီ"
    assert sorted(["U Zaw Win", "Ko Aung Lin"], key=name_sort_key) == ["Ko Aung Lin", "U Zaw Win"]


@pytest.mark.skipif(not SHARED.exists(), reason="the collected cases are not here")
def test_collected_lists() -> None:
    for case in json.loads(SHARED.read_text(encoding="utf-8"))["sorted"]:
        shuffled = random.Random(1).sample(case["sorted"], len(case["sorted"]))
        assert sorted(shuffled, key=sort_key) == case["sorted"]
