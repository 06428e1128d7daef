from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.myanmar.text import clean
from desktop.myanmar.zawgyi import ASK, CONVERT, KEEP, Verdict, decide, to_unicode, well_formed

SHARED = Path(__file__).parents[4] / "shared" / "reference" / "zawgyi_cases.tsv"


@pytest.mark.parametrize(
    ("zawgyi", "in_unicode"),
    [
        ("ေအာင္မ်ိဳး", "အောင်မျိုး"),
        ("ေနျပည္ေတာ္", "နေပြည်တော်"),
        ("မဂၤလာပါ", "မင်္ဂလာပါ"),
        ("ေဒၚၾကည္ၾကည္ဝင္း", "ဒေါ်ကြည်ကြည်ဝင်း"),
    ],
)
def test_zawgyi_is_offered_in_unicode(zawgyi: str, in_unicode: str) -> None:
    found = decide(zawgyi)
    assert (found.text, found.verdict, found.converted) == (zawgyi, CONVERT, in_unicode)


@pytest.mark.parametrize(
    "text",
    [
        "အောင်မျိုးထက်", "ခင်သန္တာဦး", "အင်္ဂလိပ်", "ကျွန်ုပ်", "စၢႆးသႅင်", "စီၤအဲၣ်ထူ", "ၜဒှ်မန်", "Aung Myo", "", "၁၂", "ကခဂ", "မြန်မာ ၂၀၂၆",
        "မအေးမြင့် (၄)", "အပိုဒ္ဒ ၄",
    ],
)
def test_unicode_and_other_languages_are_kept(text: str) -> None:
    assert decide(text).verdict == KEEP
    assert decide(text).converted == text


def test_a_lone_digit_stays_a_digit() -> None:
    assert to_unicode("အပိုဒ္ ၄").endswith(" ၄")
    assert to_unicode("လမ္း ၀").endswith(" ၀")


def test_what_reads_both_ways_is_asked() -> None:
    found = decide("လွ")
    assert found.verdict == ASK
    assert found.converted == "လှ"


def test_well_formed() -> None:
    assert well_formed("အောင်မျိုးထက် ၁၂ Aung")
    assert not well_formed("ေအာင")


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from([chr(c) for c in range(0x1000, 0x10A0)] + ["a", " ", "\u200b", "\ue000"]), max_size=20))
def test_any_text_gets_a_verdict(text: str) -> None:
    found = decide(text)
    assert found.text == text
    assert found.verdict in (KEEP, ASK, CONVERT)
    assert found.verdict != KEEP or found.converted == text


@pytest.mark.skipif(not SHARED.exists(), reason="the collected cases are not here")
def test_error_rates_are_those_of_the_study_or_better() -> None:
    """Harm (Unicode converted) is none at all; Zawgyi is converted or asked about in at least 97 of 100."""
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    verdicts: Counter[tuple[str, str]] = Counter()
    pairs = equal = 0
    for row in rows:
        zawgyi, in_unicode, kind = row["zawgyi"], row["unicode"], row["set"]
        if kind == "compat" or not in_unicode:
            continue
        assert decide(in_unicode).verdict != CONVERT, row
        if kind == "other_language":
            assert decide(in_unicode).verdict == KEEP, row
        elif clean(zawgyi) != clean(in_unicode) and kind != "java_unit":
            verdicts["zawgyi", decide(zawgyi).verdict] += 1
            verdicts["unicode", decide(in_unicode).verdict] += 1
        if kind in ("mmgov", "udhr", "java_unit"):
            pairs += 1
            equal += clean(to_unicode(zawgyi)) == clean(in_unicode)
    assert equal / pairs >= 0.985
    zawgyi_seen = sum(count for (side, _), count in verdicts.items() if side == "zawgyi")
    assert verdicts["zawgyi", KEEP] / zawgyi_seen <= 0.01
    assert verdicts["unicode", ASK] / zawgyi_seen <= 0.012


@pytest.mark.parametrize("name", ["မြ", "ကိုမြ", "မြမြ", "သန္တာ", "မသန္တာ", "ဒေါ်မြ"])
def test_nobody_is_asked_about_a_name_that_can_be_no_other(name: str) -> None:
    assert decide(name) == Verdict(name, KEEP, name)


@pytest.mark.parametrize("typed", ["လွ", "ေအးျမ", "ျမ"])
def test_zawgyi_of_names_is_not_left(typed: str) -> None:
    assert decide(typed).verdict != KEEP
