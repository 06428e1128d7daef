from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.myanmar.text import canonical, clean, folded, sound_syllables, syllables

SHARED = Path(__file__).parents[4] / "shared" / "reference" / "text_cases.json"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("အောင်မျိုးထက်", ["အောင်", "မျိုး", "ထက်"]),
        ("အင်္ဂလိပ်", ["အင်္ဂ", "လိပ်"]),
        ("ခင်သန္တာဦး", ["ခင်", "သန္တာ", "ဦး"]),
        ("Aung မောင် ၁၂", ["Aung", "မောင်", "၁၂"]),
        ("စၢႆးၶမ်း", ["စၢႆး", "ၶမ်း"]),
    ],
)
def test_written_syllables(text: str, pieces: list[str]) -> None:
    assert syllables(text) == pieces


def test_sound_syllables_take_stacks_apart() -> None:
    assert sound_syllables("မင်္ဂလာ") == ["မင်", "ဂ", "လာ"]
    assert sound_syllables("သန္တာ") == ["သန်", "တာ"]


def test_signs_come_in_one_order() -> None:
    assert canonical("ကုိ") == "ကို"
    assert canonical("စးို") == "စိုး"
    assert canonical("ကျွန်ုပ်") == "ကျွန်ုပ်"
    assert canonical("ယောက်ျား") == "ယောက်ျား"
    assert clean("၀င်း") == "ဝင်း"
    assert clean("၂၀၂၆") == "၂၀၂၆"
    assert clean(" က\u200bလော\t ") == "ကလော"


def test_karen_shan_and_mon_stay_as_they_are() -> None:
    for text in ("စၢႆးသႅင်", "ကညီကျိာ်", "ဘာသာမန်"):
        assert canonical(text) == unicodedata.normalize("NFC", text)


def test_folding_makes_spellings_one() -> None:
    for one, two in (("သြဂုတ်", "ဩဂုတ်"), ("ပြဿနာ", "ပြသ္သနာ"), ("ဒေါ်", "ဒော်"), ("၀င်း", "ဝင်း"), ("၁၂၃", "123"), ("Zaw", "zaw"), ("Émile", "emile")):
        assert folded(one) == folded(two)
    assert folded("သန်") != folded("သန့်")
    assert folded("ယဉ်") != folded("ယည်")


@given(st.text(alphabet=st.sampled_from([chr(c) for c in range(0x1000, 0x104A)] + ["a", " ", "\u200b"]), max_size=12))
def test_cleaning_is_settled_after_one_pass_of_order(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert unicodedata.normalize("NFC", once) == once


@pytest.mark.skipif(not SHARED.exists(), reason="the collected cases are not here")
def test_collected_cases() -> None:
    cases = json.loads(SHARED.read_text(encoding="utf-8"))
    for case in cases["syllables"]:
        assert syllables(case["in"]) == case["syllables"], case
    for case in cases["sound_syllables"]:
        assert sound_syllables(case["in"]) == case["sound_syllables"], case
    for case in cases["canonical"]:
        assert clean(case["in"]) == case["canonical"], case
    for case in cases["search_key_equal"]:
        assert (folded(case["a"]) == folded(case["b"])) is case["same_search_key"], case
