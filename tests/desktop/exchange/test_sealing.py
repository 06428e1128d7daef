"""Envelopes: readable by the standard tool, dummies among the recipients, padded lengths."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import KnownFault
from desktop.exchange.sealing import padded, public_key, recipient_bytes, recipient_text, seal, unseal, with_dummies
from desktop.vault.padding import padded_length


def identity() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.mark.parametrize("count", [1, 3, 4, 5, 8, 9])
def test_recipients_are_filled_up_to_a_multiple_of_four(count: int) -> None:
    wanted = {public_key(identity()) for _ in range(count)}
    filled = with_dummies(wanted)
    assert wanted <= set(filled)
    assert len(filled) == len(set(filled)) == -(-count // 4) * 4
    assert seal(b"x", filled).count(b"-> X25519 ") == len(filled)


def test_the_order_of_recipients_does_not_tell_who_is_real() -> None:
    real = public_key(identity())
    assert len({with_dummies([real]).index(real) for _ in range(80)}) == 4


def test_keys_in_the_spelling_of_age() -> None:
    for _ in range(20):
        text = str(identity().to_public())
        assert recipient_text(recipient_bytes(text)) == text


@pytest.mark.parametrize("wrong", ["", "age1", "agf1" + "q" * 58, "age1" + "q" * 58, "age1" + "b" * 58])
def test_what_is_no_recipient(wrong: str) -> None:
    with pytest.raises(ValueError, match="recipient"):
        recipient_bytes(wrong)


def test_refusals() -> None:
    ours = identity()
    sealed = seal(b"news", with_dummies([public_key(ours)]))
    assert unseal(sealed, ours) == b"news"
    for data, code in ((sealed[:-1], "damaged"), (sealed + b"x", "damaged"), (b"photo", "foreign"), (b"", "foreign")):
        with pytest.raises(KnownFault, match=f"bundle.{code}"):
            unseal(data, ours)
    with pytest.raises(KnownFault, match=r"bundle\.foreign"):
        unseal(sealed, identity())


def test_the_standard_tool_opens_it(tool: Callable[[str], str], tmp_path: Path) -> None:
    ours = identity()
    (tmp_path / "identity").write_text(str(ours))
    sealed = seal(b"news", with_dummies([public_key(ours)]))
    opened = subprocess.run([tool("age"), "-d", "-i", tmp_path / "identity"], input=sealed, capture_output=True, check=True)
    assert opened.stdout == b"news"


@given(st.integers(0, 1 << 34))
def test_padding(length: int) -> None:
    longer = padded_length(length)
    assert length <= longer <= length * 1.12 + 1
    assert padded_length(longer) == longer


def test_padding_keeps_the_bytes() -> None:
    assert padded(b"a" * 1025) == b"a" * 1025 + bytes(padded_length(1025) - 1025)
    assert len({padded_length(n) for n in range(10_000, 20_000)}) <= 32
