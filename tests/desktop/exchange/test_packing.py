"""Packed parts: what was packed comes back, and no few bytes may stand for very many."""

from __future__ import annotations

import os
import struct

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import KnownFault
from desktop.exchange.packing import MAX_BODY, MAX_HEAD, ROUND, pack, unpack
from desktop.exchange.signed import canonical


def raw(head: object, body: bytes) -> bytes:
    told = canonical(head)
    inner = struct.pack(">II", len(told), len(body)) + told + body
    return inner + bytes(-len(inner) % ROUND)


@given(st.binary(max_size=3000), st.dictionaries(st.sampled_from(["a", "b"]), st.integers()))
def test_round_trip(body: bytes, head: dict[str, int]) -> None:
    packed = pack(head, body)
    assert len(packed) % ROUND == 0
    assert unpack(packed) == (head, body)


@pytest.mark.parametrize("body", [bytes(9 << 20), b"a long village name" * 300_000, os.urandom(1 << 20) * 6])
def test_even_bodies_are_never_refused_as_bombs(body: bytes) -> None:
    assert unpack(pack({}, body)) == ({}, body)


def test_too_long_a_body_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="too long"):
        pack({}, bytes(MAX_BODY + 1))


def test_bombs() -> None:
    zeros = zstandard.ZstdCompressor().compress(bytes(MAX_BODY))
    wide = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters.from_level(3, window_log=25)
    ).compress(os.urandom(4096) * 9000)
    for head, body in (
        ({"size": MAX_BODY, "packing": "zstd"}, zeros),
        ({"size": MAX_BODY + 1, "packing": "zstd"}, zeros),
        ({"size": 1 << 62, "packing": "none"}, b""),
        ({"size": 4096 * 9000, "packing": "zstd"}, wide + bytes(200_000)),
        ({"size": 0, "packing": "zstd", "x": bytes(MAX_HEAD)}, b""),
    ):
        with pytest.raises(KnownFault, match=r"bundle\.too_big"):
            unpack(raw(head, body))


def test_a_frame_that_holds_more_than_was_declared() -> None:
    frame = zstandard.ZstdCompressor().compress(bytes(100_000))
    silent = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(100_000))
    for body in (frame, silent, frame * 2, b"", b"not a frame"):
        with pytest.raises(KnownFault, match=r"bundle\.damaged"):
            unpack(raw({"size": 1000, "packing": "zstd"}, body))


@pytest.mark.parametrize("plain", [b"", b"\0" * 7, raw([], b""), raw({}, b""), raw({"size": 1, "packing": "none"}, b""),
                                   raw({"size": 0, "packing": "lzma"}, b""), pack({}, b"abc") + b"\0"])
def test_damaged_parts(plain: bytes) -> None:
    with pytest.raises(KnownFault, match=r"bundle\.damaged"):
        unpack(plain)
