"""Site cards: small enough for a square code, signed, and told apart by words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.exchange import cards
from desktop.exchange.cards import Card, base45, decode, encode, short_nickname, unbase45, words
from desktop.vault.identity import new_signing_key, sign, signing_public

ROOT = new_signing_key()
CARD = Card("ကျောင်းတောင် Hill School", signing_public(ROOT), b"o" * 32, {folder: bytes([n]) * 32 for n, folder in enumerate(Folder)})
LIST = [f"w{n}" for n in range(2048)]


def signed_by_root(message: bytes) -> bytes:
    return sign(ROOT, message)


def test_round_trip_within_a_square_code() -> None:
    data = encode(CARD, signed_by_root)
    assert decode(data) == CARD
    assert decode(data + b"\r\n") == CARD
    assert len(encode(replace(CARD, nickname="ကြ" * 40), signed_by_root)) <= cards.MAX_BYTES
    assert re.fullmatch(rb"[0-9A-Z $%*+\-./:]+", data)


def test_no_plain_nickname_in_the_file() -> None:
    assert b"Hill" not in encode(CARD, signed_by_root)


@given(st.data())
def test_a_changed_character_is_noticed(data: st.DataObject) -> None:
    card = encode(CARD, signed_by_root)
    at = data.draw(st.integers(0, len(card) - 1))
    other = data.draw(st.integers(33, 126).filter(lambda n: n != card[at]))
    with pytest.raises(UserError) as refused:
        decode(card[:at] + bytes([other]) + card[at + 1 :])
    assert refused.value.code in {"card.damaged", "card.not_a_card", "card.newer"}


@pytest.mark.parametrize(("data", "code"), [
    (b"", "not_a_card"), (b"WS1:", "damaged"), (b"WS1:A", "damaged"), (b"hello", "not_a_card"), (b"WS1:" + b"0" * 600, "not_a_card"),
    (b"WS1:" + base45(bytes(64) + cards.canonical([2, "later"])), "newer"),
])
def test_what_is_no_card(data: bytes, code: str) -> None:
    with pytest.raises(UserError, match=f"card.{code}"):
        decode(data)


def test_somebody_elses_root_key() -> None:
    with pytest.raises(UserError, match=r"card\.damaged"):
        decode(encode(CARD, lambda message: sign(new_signing_key(), message)))


def test_words_stand_for_every_key_and_not_for_the_name() -> None:
    told = words(CARD.keys, LIST)
    assert len(told) == 12
    assert words(replace(CARD, nickname="Other").keys, LIST) == told
    health = {**CARD.folders, Folder.HEALTH: b"x" * 32}
    others = [replace(CARD, outer=b"x" * 32), replace(CARD, root=b"x" * 32), replace(CARD, folders=health)]
    assert len({told, *(words(other.keys, LIST) for other in others)}) == 4


def test_nicknames_are_cut_at_whole_characters() -> None:
    assert short_nickname(" Hill\u200b School\n") == "Hill School"
    assert len(short_nickname("ကြိ" * 40).encode()) <= cards.MAX_NICKNAME


@given(st.binary(max_size=200))
def test_base45(data: bytes) -> None:
    assert unbase45(base45(data)) == data


def test_base45_of_the_standard() -> None:
    assert base45(b"AB") == b"BB8"
    assert base45(b"Hello!!") == b"%69 VD92EX0"
    for wrong in (b"GGW", b":::", b"a00", b"0"):
        with pytest.raises(UserError):
            unbase45(wrong)
