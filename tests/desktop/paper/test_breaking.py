"""Where lines may end, in the scripts of the country."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.paper.breaking import break_offsets, clusters, is_mark, syllable_starts, wrap
from desktop.paper.phrases import torn_at, words
from tests.desktop.paper.samples import LINES, OTHERS, SYLLABLES

TEXTS = st.lists(st.sampled_from(SYLLABLES + OTHERS), max_size=40).map("".join)


def pieces(text: str) -> list[str]:
    cuts = [0, *break_offsets(text), len(text)]
    return [text[a:b] for a, b in pairwise(cuts)]


@pytest.mark.parametrize(("text", "wanted"), [
    ("ကျွန်ုပ်သည်", ["ကျွန်ုပ်", "သည်"]),
    ("အင်္ဂလိပ်စာ", ["အင်္ဂ", "လိပ်", "စာ"]),  # kinzi
    ("ဗုဒ္ဓဘာသာ", ["ဗုဒ္ဓ", "ဘာ", "သာ"]),  # stack
    ("ယောက်ျားလေး", ["ယောက်ျား", "လေး"]),  # medial behind the asat
    ("ပြဿနာ", ["ပြဿ", "နာ"]),  # great sa
    ("မြို့နယ်", ["မြို့", "နယ်"]),  # dot below
    ("တန\u1037\u103aသည်", ["တန\u1037\u103a", "သည်"]),  # the dot below typed before the asat
    ("တန\u103a\u1037သည်", ["တန\u103a\u1037", "သည်"]),
    ("၁၂၃လုံး", ["၁၂၃", "လုံး"]),
    ("၁၈:၀၀နာရီ", ["၁၈:၀၀", "နာ", "ရီ"]),
    ("သွားသည်။လာသည်", ["သွား", "သည်။", "လာ", "သည်"]),
    ("သည်၊ထို", ["သည်၊", "ထို"]),
    ("အိမ်(ကုဒ်သာ)", ["အိမ်(ကုဒ်", "သာ)"]),
    ("၎င်း၏အိမ်", ["၎င်း၏", "အိမ်"]),
    ("ကျိၥ်ဖိၣ်", ["ကျိၥ်", "ဖိၣ်"]),  # S'gaw Karen
    ("မိူင်းတႆး", ["မိူင်း", "တႆး"]),  # Shan
    ("ဍုၚ်မန်", ["ဍုၚ်", "မန်"]),  # Mon
    ("Lance corporal", ["Lance ", "corporal"]),
    ("2026-11-21 – x", ["2026-11-21 ", "– ", "x"]),
    ("ภาษาไทย", ["ภาษา", "ไทย"]),  # before a vowel written first
    ("ประเทศและสเปน", ["ประ", "เทศ", "และ", "สเปน"]),  # after sara a; one consonant alone never stays behind
    ("ทำงานมากๆดี", ["ทำ", "งานมากๆ", "ดี"]),
    ("ที่อยู่ฯลฯ", ["ที่อยู่ฯลฯ"]),  # a bare consonant may end the syllable before
    ("น้ำ (เย็น)", ["น้ำ ", "(เย็น)"]),
    ("แก่เเก่", ["แก่", "เเก่"]),  # two first vowels typed for one
])
def test_known_words(text: str, wanted: list[str]) -> None:
    assert pieces(text) == wanted


@given(TEXTS)
def test_pieces_join_and_none_starts_with_a_mark(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    for piece in found[1:]:
        assert not is_mark(piece[0])
        assert piece[0] not in "၊။)\u1039"


@given(st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=12))
def test_never_inside_a_syllable(syllables: list[str]) -> None:
    edges, at = set(), 0
    for syllable in syllables:
        inner = {at + inside for inside in syllable_starts(syllable)}  # some samples are two syllables
        edges |= {at, *inner}
        at += len(syllable)
    assert set(break_offsets("".join(syllables))) <= edges


@given(TEXTS, st.integers(3, 60))
def test_wrapped_lines_join_and_fit(text: str, width: int) -> None:
    lines = wrap(text, width, len)
    assert "".join(lines) == text
    for line in lines:
        assert len(line.rstrip()) <= width or len(clusters(line.rstrip())) == 1
    for line in lines[1:]:
        assert not is_mark(line[0])


def test_spaces_come_first() -> None:
    text = "အမည်အပြည့်အစုံ ဖြည့်ရန်နေရာ"
    assert wrap(text, 20, len)[0] == "အမည်အပြည့်အစုံ "


@pytest.mark.parametrize(("text", "width", "wanted"), [
    ("ကွန်ပျူတာစေတနာ့ဝန်ထမ်း", 16, ["ကွန်ပျူတာ", "စေတနာ့ဝန်ထမ်း"]),  # there would be room for the next syllables
    ("ပုံနှိပ်စက်အချို့", 13, ["ပုံနှိပ်စက်", "အချို့"]),
    ("ပုံနှိပ်စက် အချို့ သိမ်းတတ်သဖြင့်", 26, ["ပုံနှိပ်စက် အချို့ ", "သိမ်းတတ်သဖြင့်"]),
    ("အကကကကကအချို့", 8, ["အကကကကက", "အချို့"]),  # words that are not known before one that is
    ("စေတနာ့ဝန်ထမ်း", 9, ["စေတနာ့ဝန်", "ထမ်း"]),  # no room for the whole word: between its syllables
])
def test_words_of_burmese_are_kept_whole(text: str, width: int, wanted: list[str]) -> None:
    assert wrap(text, width, len) == wanted


def test_every_known_word_is_made_of_syllables_of_burmese() -> None:
    assert len(words()) == 38_577
    for word in words():
        assert 1 <= len(syllable_starts(word)) <= 5
        assert torn_at(word, syllable_starts(word)) == set(syllable_starts(word))


@pytest.mark.parametrize("text", ["ကညီကျိၥ်ဖိၣ်ဖိၣ်ဘူၣ်အိၣ်ပှၤကညီအတၢ်", "မိူင်းတႆးလၢႆးတႆးၵူၼ်းမိူင်းၶဝ်ႈၸၼ်ႉ", "ဘာသာမန်ဍုၚ်မန်ဂကူကၠောန်ဗၞာ"])
def test_the_list_of_words_cuts_no_syllable_of_other_peoples(text: str) -> None:
    allowed = {0, *break_offsets(text), len(text)}
    for width in range(8, 30):
        at = 0
        for line in wrap(text, width, len):
            at += len(line)
            assert at in allowed


def test_a_word_without_a_place_to_break_is_cut_between_letters() -> None:
    assert wrap("x" * 25, 10, len) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("ที่" * 6, 8, len) == ["ที่ที่", "ที่ที่", "ที่ที่"]


def test_line_feeds_end_lines() -> None:
    assert wrap("a\nb b\n", 80, len) == ["a\n", "b b\n"]


@pytest.mark.parametrize("text", LINES)
def test_clusters_join(text: str) -> None:
    found = clusters(text)
    assert "".join(found) == text
    assert not any(is_mark(piece[0]) for piece in found)
