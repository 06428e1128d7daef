from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.myanmar.likeness import DIFFERENT, POSSIBLE, SAME, compare
from desktop.myanmar.sounds import keys
from desktop.resources import folder
from desktop.words.name_reasons import reason, verdict

SHARED = Path(__file__).parents[4] / "shared" / "reference" / "names" / "match_cases.tsv"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Aung Myo Htet", "အောင်မျိုးထက်", SAME),
        ("AungMyoHtet", "aung-myo htat", SAME),
        ("U Kyaw Zaw Linn", "ကျော်ဇော်လင်း", SAME),
        ("ဦးကျော်ဇော်လင်း", "ကျော်ဇော်လင်း", SAME),
        ("Thura", "Thu Ra", SAME),
        ("Nay Htun", "နေထွန်း", SAME),
        ("သန်း", "သန့်", POSSIBLE),
        ("Myo Aung Htet", "Aung Myo Htet", POSSIBLE),
        ("Aung Myo Htet", "Aung Myo Htut", DIFFERENT),
        ("Kyaw Zaw", "Kyaw Saw", DIFFERENT),
        ("", "Kyaw", DIFFERENT),
        ("Lahpai Brang", "Lahpai Brang", SAME),
        ("Xyqlahpai Brang", "Xyqlahpai Brangg", POSSIBLE),
        ("ေအာင္ျမင့္", "Aung Myint", SAME),
        ("ေအာင္ျမင့္", "အောင်မြင့်", SAME),
        ("ေမာင်ကျော်ေဇာ", "မောင်ကျော်ဇော", SAME),
        ("ဈေးကြီး", "စျေးကြီး", SAME),
        ("U Nu", "Nu", POSSIBLE),
        ("Ko Htet", "ထက်", POSSIBLE),
        ("ကိုထက်", "ဦးထက်", POSSIBLE),
        ("Ko Htet", "Ko Htut", DIFFERENT),
        ("U Kyaw Zaw", "Daw Kyaw Zaw", POSSIBLE),
        ("Mg Mg (Kyaw Soe)", "Kyaw Soe", POSSIBLE),
        ("အောင်ဆန်း (ခ) ထိန်လင်း", "Htein Lin", POSSIBLE),
        ("Aung San @ Htein Lin", "Htein Win", DIFFERENT),
        ("Naw Paw (Mary)", "Naw Paw", POSSIBLE),
        ("Md. Rafique", "Mohammod Rofiq", SAME),
        ("Abdulkarim", "Abdul Kareem", SAME),
        ("Hafizullah", "Hafez Ullah", SAME),
        ("Nur Jahan", "Noor Begum", DIFFERENT),
        ("Mohammed Rahim", "Mohammed Karim", DIFFERENT),
        ("Rahim", "Rahima", DIFFERENT),
        ("Saw K'ler Htoo", "Saw Kler Htoo", SAME),
        ("Hkawn Ja", "Khawn Ja", SAME),
        ("Salai Lian Hmung", "Lian Hmung", SAME),
    ],
)
def test_verdicts(one: str, two: str, expected: str) -> None:
    for first, second in ((one, two), (two, one)):
        found = compare(first, second)
        assert found.verdict == expected
        for code in found.why:
            assert reason(code, "en") != reason(code, "my")
    assert verdict(expected, "my") != verdict(expected, "en")


def test_keys_of_both_scripts_meet() -> None:
    assert keys("ထွန်းနိုင်စိုး") & keys("Tun Naing Soe") & keys("Htun Naing Soe")
    assert not keys("Htut") & keys("Htet")
    assert keys("") == frozenset()


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_compared(one: str, two: str) -> None:
    assert compare(one, two).verdict == compare(two, one).verdict


def _words() -> list[dict[str, str]]:
    with folder("reference", "names", "name_words.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_invented_names_are_told_apart_and_found_again() -> None:
    """3,000 unrelated pairs, and 1,000 names written in two ways (seeded)."""
    draw, words = random.Random(2026), _words()

    def name() -> list[dict[str, str]]:
        return [draw.choice(words) for _ in range(draw.choice((2, 3, 3, 4)))]

    def roman(parts: list[dict[str, str]]) -> str:
        spellings = [[one for one in (part["romanised_own"] + ";" + part["romanised_attested"]).split(";") if one] for part in parts]
        return " ".join(draw.choice(found) for found in spellings)

    def burmese(parts: list[dict[str, str]]) -> str:
        return "".join(part["burmese"] for part in parts)

    offered = sum(compare(draw.choice((roman, burmese))(name()), draw.choice((roman, burmese))(name())).verdict != DIFFERENT for _ in range(3000))
    assert offered / 3000 <= 0.005
    names = [name() for _ in range(1000)]
    assert sum(compare(roman(one), burmese(one)).verdict != DIFFERENT for one in names) >= 920
    assert sum(compare(roman(one), roman(one)).verdict != DIFFERENT for one in names) >= 930


@pytest.mark.skipif(not SHARED.exists(), reason="the collected cases are not here")
def test_collected_pairs() -> None:
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    found = {(row["source"][:4], row["same"], at): compare(row["a"], row["b"]).verdict for at, row in enumerate(rows)}
    same = [verdict for (_, expected, _), verdict in found.items() if expected == "1"]
    other = [verdict for (_, expected, _), verdict in found.items() if expected == "0"]
    assert sum(verdict != DIFFERENT for verdict in same) / len(same) >= 0.965
    assert SAME not in other
    assert sum(verdict != DIFFERENT for verdict in other) <= 1
