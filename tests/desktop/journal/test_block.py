"""Entries as columns: every body comes back byte by byte, and altered blocks are refused in one way only."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.folders import Folder
from desktop.domain.values import Silence
from desktop.journal import block, columns, receive
from desktop.journal.chains import decode_chains, encode_chains
from desktop.journal.codec import Damaged
from tests.desktop.journal.sites import Site, share


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 300)))
def test_numbers_come_back(numbers: list[int]) -> None:
    assert columns.unpack(columns.pack(numbers), len(numbers), 1 << 64) == numbers
    if numbers and max(numbers):
        with pytest.raises(Damaged):
            columns.unpack(columns.pack(numbers), len(numbers), max(numbers))
        with pytest.raises(Damaged):
            columns.unpack(columns.pack(numbers)[:-1], len(numbers), 1 << 64)


@given(st.integers(-(2**40), 2**40))
def test_signs_come_back(number: int) -> None:
    assert columns.unsigned(columns.signed(number)) == number
    assert columns.signed(number) >= 0


@pytest.fixture
def busy(a: Site, b: Site) -> Site:
    """A site whose history has every kind of entry in it."""
    person = a.create(name="မောင်အောင်", sex=Silence.REFUSED, birth={"precision": "age", "years": 3, "about": True}, n=-4, long="x" * 300)
    with a.journal.save("more") as save:
        save.add(person, "languages", "my", "ksw")
        event = save.event(person, "note", {"text": "အင်္ဂလိပ်"})
        household = save.create("household", {})
    share(a, b)
    b.set(person, name="B", sex="man")
    with b.journal.save("more") as save:
        save.remove(person, "languages", "my")
        save.reverse(person, event)
        save.delete(household)
    a.set(person, name="A")
    share(a, b)
    with a.journal.save("settle") as save:
        save.settle(person, "name", "C")
        save.settle(person, "sex", None)
    gone = a.create(name="gone")
    with a.journal.save("erase") as save:
        save.erase(gone)
    share(a, b)
    return a


def test_every_body_comes_back(busy: Site) -> None:
    for chain in busy.news():
        device = busy.journal.devices.by_public[chain.device]
        stored = busy.journal.log.of_device(device, chain.first, chain.last)
        arrived, hashes = chain.opened(Folder.RECEPTION)
        assert [entry.body for entry in arrived] == [entry.body for entry in stored]
        assert hashes == [entry.hash for entry in stored]
        assert {entry.said is None for entry in arrived} == {True, False}


def test_altered_blocks_are_refused(busy: Site) -> None:
    chance = random.Random(1)
    for chain in busy.news():
        for _ in range(1500):
            data = bytearray(chain.block)
            for _ in range(chance.randint(1, 3)):
                data[chance.randrange(len(data))] = chance.choice((0, 1, 24, 0x80, 0xA0, 0xFF, chance.randrange(256)))
            if chance.random() < 0.2:
                del data[chance.randrange(len(data)) :]
            if bytes(data) == chain.block:
                continue
            altered = type(chain)(**{**chain.__dict__, "block": bytes(data)})
            with pytest.raises(Damaged):
                altered.opened(Folder.RECEPTION)


def test_altered_parts_are_refused(busy: Site) -> None:
    """Parts that are well formed but were exchanged: the chain hash finds what the reader does not."""
    chain = max(busy.news(), key=lambda one: one.count)
    parts = cbor2.loads(chain.block)
    odd = (None, 0, -1, 1 << 70, b"", b"\0", b"\x01" * 40, b"\x08", "", "x", [], [[]], {}, True, 1.5, [b"x" * 32], ["a", "a"], cbor2.undefined)
    refused = 0
    for at in range(len(parts)):
        for item in odd:
            if item == parts[at] and type(item) is type(parts[at]):
                continue
            data = cbor2.dumps([*parts[:at], item, *parts[at + 1 :]])
            altered = type(chain)(**{**chain.__dict__, "block": data})
            with pytest.raises(Damaged):
                altered.opened(Folder.RECEPTION)
            refused += 1
    assert refused > 300


def test_a_small_block_cannot_stand_for_millions(busy: Site) -> None:
    chain = busy.news()[0]
    parts = dict(zip(block._PARTS, cbor2.loads(chain.block)))
    parts["shapes"] = [["x", list(range(len(parts["names"]))), [], [0, 4000]] for _ in range(4000)]
    parts["shape"] = b"\0"
    with pytest.raises(Damaged):
        block.decode(cbor2.dumps([parts[name] for name in block._PARTS]), chain.device, 1, block.COUNT_MOST)


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_are_chains_or_damaged(data: bytes) -> None:
    with suppress(Damaged):
        assert encode_chains(decode_chains(data)) == data


def test_altered_chains_are_refused_and_change_nothing(busy: Site, make: Callable[..., Site]) -> None:
    chance = random.Random(2)
    fresh = make(3)
    data = encode_chains(busy.news())
    nothing = fresh.rows()
    for _ in range(300):
        altered = bytearray(data)
        altered[chance.randrange(len(altered))] ^= 1 << chance.randrange(8)
        try:
            chains = decode_chains(bytes(altered))
            received = fresh.read(chains)
        except Damaged:
            assert fresh.rows() == nothing
            continue
        if not received.refused:  # a broken certificate or device key: the piece is not from anybody we trust
            pytest.fail("an altered chain was taken")
        fresh = make(3)
        nothing = fresh.rows()
    fresh.read(decode_chains(data))
    assert fresh.journal.state_hash() == busy.journal.state_hash()


@pytest.mark.parametrize("handful", [1, 2, 3])
def test_how_many_are_taken_at_once_changes_nothing(
    handful: int, busy: Site, make: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, before = encode_chains(busy.news()), make(3)
    before.read(decode_chains(whole))
    monkeypatch.setattr(block, "_AT_ONCE", handful)
    monkeypatch.setattr(receive, "_AT_ONCE", handful)
    monkeypatch.setattr(receive, "_AT_HAND", handful)
    assert encode_chains(busy.news()) == whole
    after = make(3)
    after.read(decode_chains(whole))
    assert after.rows(shared=True) == before.rows(shared=True)
    assert after.journal.state_hash() == busy.journal.state_hash()
    assert after.journal.check() == ()
