"""Values as bytes, and nothing else as bytes."""

from __future__ import annotations

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.values import Silence
from desktop.journal import codec
from desktop.journal.codec import Damaged

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
plain = texts | st.booleans() | st.integers(-(2**63), 2**63 - 1)
values = plain | st.none() | st.sampled_from(Silence) | st.lists(texts, max_size=5).map(tuple) | st.dictionaries(texts, plain, max_size=4)


@given(values)
def test_every_value_comes_back(value: object) -> None:
    back = codec.decode(codec.encode(value))  # type: ignore[arg-type]
    assert back == value
    assert type(back) is type(value)


@given(values, values)
def test_same_means_the_same_bytes(one: object, other: object) -> None:
    raw_one, raw_other = codec.raw(one), codec.raw(other)  # type: ignore[arg-type]
    assert codec.same(raw_one, raw_other) == (codec.encode(one) == codec.encode(other))  # type: ignore[arg-type]


def test_three_silences_are_no_texts_and_no_numbers() -> None:
    written = {codec.encode(silence) for silence in Silence}
    assert len(written) == 3
    assert written.isdisjoint({codec.encode(text) for text in ("unknown", "refused", "not_asked", "", 16, 17, 18, None)})
    assert not codec.same(codec.raw(Silence.UNKNOWN), 16)
    assert not codec.same(1, True)
    assert not codec.same({"about": 1}, {"about": True})


@pytest.mark.parametrize(
    "value",
    [1.5, b"bytes", object(), [1], ["x", None], {"a": None}, {"a": ["x"]}, {1: "x"}, 2**63, -(2**63) - 1, "x" * 65_537, "a\0b", "\ud800",
     ["x"] * 1025, {str(n): n for n in range(65)}, ["\ud800"]],
)  # fmt: skip
def test_what_a_register_cannot_hold(value: object) -> None:
    with pytest.raises(ValueError, match=r"^\w+$"):
        codec.encode(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x18\x01", b"\x01\x02", b"\xf9\x3c\x00", b"\x9f\x61a\xff", b"\xa2\x61a\x01\x61a\x02", b"\xa2\x62aa\x01\x61b\x02", b"\xf7",
        b"\xf3", b"\xc1\x01", b"\xd8\x1c\x81\x00", b"\x81" * 3000 + b"\x01", b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff", b"\x61\xff",
        b"\x62\xed\xa0", b"\xc2\x49\x01\x00\x00\x00\x00\x00\x00\x00\x00", b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff", b"\x41a", b"\xf8\x10",
        b"\xd8\x23\x61(", b"\xd9\x01\x02\x81\x61a", b"\xc0\x61x",
    ],
)  # fmt: skip
def test_bytes_we_do_not_write(data: bytes) -> None:
    with pytest.raises(Damaged):
        codec.decode(data)


@given(st.binary(max_size=40))
def test_any_bytes_are_a_value_or_damaged(data: bytes) -> None:
    try:
        value = codec.decode(data)
    except Damaged:
        return
    assert codec.encode(value) == data


@given(st.integers(0, 7), st.integers(0, 2**64 - 1) | st.integers(0, 300))
def test_heads_are_those_of_the_library(major: int, number: int) -> None:
    if major == 0:
        assert codec.head(0, number) == cbor2.dumps(number, canonical=True)
    elif number < 300 and major == 3:
        assert codec.text_bytes("x" * number) == cbor2.dumps("x" * number)
