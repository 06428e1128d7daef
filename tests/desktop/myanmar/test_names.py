from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.myanmar.names import (
    code_tokens,
    honorifics,
    id_fits,
    id_query,
    name_fits,
    name_query,
    name_tokens,
    phone_tokens,
    second_names,
    without_honorific,
)

NAMES = ["ကိုအောင်မျိုးထက်", "Aung Myo Htet", "ခင်သန္တာဦး", "Naw Paw Wah", "စော ဖော", "N'Hkum Ja", "မမြင့်မြင့်ဝင်း"]


def test_stored_tokens_are_syllables_words_and_the_joined_word() -> None:
    assert name_tokens(["ကိုအောင်မျိုး", "Aung Myo", "Aung Myo"]) == "ကို အောင် မျိုး ǁ aung myo ǁ aungmyo"
    assert name_tokens(["", "  "]) == ""
    assert name_tokens(["N'Hkum Ja"]) == "n hkum ja ǁ nhkumja ǁ nhkum ja"
    assert name_tokens(["Mg Mg (Kyaw Soe)"]) == "mg mg kyaw soe ǁ mgmgkyawsoe ǁ mg mg ǁ mgmg ǁ kyaw soe ǁ kyawsoe"
    assert code_tokens("K7M42QXP") == "k7m42qxp 2qxp"
    assert phone_tokens("၀၉-1234") == "091234 91234 1234 234"
    assert phone_tokens("none") == ""


def test_honorifics_are_cut_only_where_something_is_left() -> None:
    assert ("ဦး",) in honorifics()
    assert without_honorific(["ko", "ko"]) == ["ko"]
    assert without_honorific(["ko"]) == ["ko"]
    assert without_honorific(["saya", "gyi", "tun"]) == ["tun"]
    assert without_honorific(["zaw", "lin"]) == ["zaw", "lin"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("အောင်မျိုး", "ကိုအောင်မျိုးထက်"), ("ဦးအောင်မျိုး", "ကိုအောင်မျိုးထက်"), ("aungmyo", "Aung Myo Htet"), ("Aung-Myo", "Aung Myo Htet"),
        ("htet aung", "Aung Myo Htet"), ("သန်တာ", "ခင်သန္တာဦး"), ("သန္", "ခင်သန္တာဦး"), ("သန", "ခင်သန္တာဦး"), ("nhk", "N'Hkum Ja"),
        ("ဖော", "စော ဖော"), ("မြင့်ဝ", "မမြင့်မြင့်ဝင်း"),
    ],
)
def test_a_query_fits(query: str, name: str) -> None:
    assert name_fits(query)(name_tokens([name]))


@pytest.mark.parametrize(("query", "name"), [("မျိုးအောင်", "ကိုအောင်မျိုးထက်"), ("aung win", "Aung Myo Htet"), ("တာသန်", "ခင်သန္တာဦး"), ("'", "N'Hkum Ja")])
def test_a_query_does_not_fit(query: str, name: str) -> None:
    assert not name_fits(query)(name_tokens([name]))


LETTERS = st.sampled_from([*"aungmyohtet kN'-\"*()", *"အောင်မျိုးထက်သန္တာဦးကို", "၀", "9", " "])


@given(st.text(alphabet=LETTERS, max_size=10))
def test_the_index_and_the_test_say_the_same(query: str) -> None:
    stored = [name_tokens([name]) for name in NAMES]
    ids = ["k7m42qxp 2qxp", phone_tokens("09 000 123"), ""]
    for texts, expression, fits in ((stored, name_query(query), name_fits(query)), (ids, id_query(query), id_fits(query))):
        database = sqlite3.connect(":memory:")
        database.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")")
        database.executemany("INSERT INTO t VALUES (?)", [(text,) for text in texts])
        found = {rowid - 1 for (rowid,) in database.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression,))} if expression else set()
        database.close()
        assert found == {at for at, text in enumerate(texts) if fits(text)}, expression


@pytest.mark.parametrize("text", ["1" * 65_000, "a" + "\u0301\u0316" * 32_000, "အောင်" * 13_000])
def test_a_text_longer_than_any_name_costs_no_more_than_a_long_name(text: str) -> None:
    assert len(name_tokens([text] * 1000)) + len(phone_tokens(text)) + len(code_tokens(text)) < 50_000


def test_second_names() -> None:
    assert second_names("Mg Mg (Kyaw Soe)") == ("Mg Mg", "Kyaw Soe")
    assert second_names("ကျော်ကျော် (ခ) ကိုတိုး @ Toe") == ("ကျော်ကျော်", "ကိုတိုး", "Toe")
    assert second_names("Aung San alias Htein Lin") == ("Aung San", "Htein Lin")
    assert second_names("A") == ("A",)
    assert second_names("(") == ("(",)
    assert second_names("  ") == ()
    assert len(second_names("(a1)" * 300)) == 1
    assert len(second_names("".join(f"(n{at})" for at in range(60)))) == 4


def test_all_of_many_names_are_stored_and_no_more() -> None:
    stored = name_tokens(f"Name{at} (Other{at})" for at in range(5000)).split(" ǁ ")
    assert {f"name{at}" for at in range(50)} <= set(stored)
    assert "name50" not in stored
