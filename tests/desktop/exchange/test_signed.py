"""Signed contents: what was signed comes back, and nothing else is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import KnownFault
from desktop.exchange import signed
from desktop.exchange.signed import Part, Signed, decode, encode
from desktop.vault.identity import DeviceKey, new_device, new_signing_key

SITE = new_signing_key()
DEVICE = new_device(SITE)
KEYS = tuple(bytes([n]) * 32 for n in range(4))


def contents(device: DeviceKey = DEVICE) -> Signed:
    parts = (Part("entries", "reception", 3, KEYS, b"sealed " * 20), Part("photos", "reception", 0, KEYS, b"later"))
    return Signed(device.public, device.certificate, "2026-11-21", KEYS, parts)


PLAIN = encode(contents(), DEVICE.sign)


def test_round_trip() -> None:
    assert decode(PLAIN) == contents()
    assert decode(PLAIN).site == DEVICE.certificate[:32] == signed.site_of(PLAIN)


@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(at: int, change: int) -> None:
    with pytest.raises(KnownFault) as refused:
        decode(PLAIN[:at] + bytes([PLAIN[at] ^ change]) + PLAIN[at + 1 :])
    assert refused.value.code in {"bundle.damaged", "bundle.foreign", "bundle.newer", "bundle.too_big"}


@given(st.integers(0, len(PLAIN) - 1))
def test_any_cut_is_noticed(at: int) -> None:
    with pytest.raises(KnownFault) as refused:
        decode(PLAIN[:at])
    assert refused.value.code in {"bundle.damaged", "bundle.foreign"}


def test_a_newer_format_is_told_before_anything_else() -> None:
    with pytest.raises(KnownFault, match=r"bundle\.newer"):
        decode(signed.MAGIC + (2).to_bytes(2, "big"))


def test_a_device_that_no_site_vouches_for() -> None:
    other = new_device(new_signing_key())
    stolen = replace(contents(), device=other.public)
    with pytest.raises(KnownFault, match=r"bundle\.damaged"):
        decode(encode(stolen, other.sign))


def test_the_manifest_says_no_more_than_it_may() -> None:
    for wrong in (
        replace(contents(), day="yesterday"),
        replace(contents(), recipients=KEYS[:3]),
        replace(contents(), recipients=(*KEYS[:3], b"short")),
        replace(contents(), parts=(Part("entries", "reception", -1, KEYS, b""),)),
    ):
        with pytest.raises(KnownFault, match=r"bundle\.damaged"):
            decode(encode(wrong, DEVICE.sign))
    for large in (
        replace(contents(), parts=(Part("entries", "reception", signed.MAX_COUNT + 1, KEYS, b""),)),
        replace(contents(), recipients=tuple(n.to_bytes(32, "big") for n in range(260))),
        replace(contents(), parts=contents().parts * 600),
    ):
        with pytest.raises(KnownFault, match=r"bundle\.too_big"):
            decode(encode(large, DEVICE.sign))


def test_only_one_spelling_is_read() -> None:
    assert signed.strict(b"\x01") == 1
    for wrong in (b"\x18\x01", b"\x01\x01", b"\xff", b"\x81" * 5000, b"\xc0\x61a", b""):
        with pytest.raises(KnownFault):
            signed.strict(wrong)
