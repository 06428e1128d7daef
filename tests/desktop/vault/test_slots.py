"""The slot file under attack: tampering, downgrades, counting, half-written copies, full disks."""

from __future__ import annotations

import errno
import hashlib
import os
import struct
from pathlib import Path

import pytest

from desktop.domain.errors import KnownFault
from desktop.vault import durable, sealing
from desktop.vault.hardness import FLOOR, USUAL, Hardness, calibrated, plain
from desktop.vault.slots import COPIES, PLACES, Owner, Secret, Slots

HEADER, SLOT = 54, 256
KEYS = (b"n" * 32, b"o" * 32)


@pytest.fixture
def filled() -> tuple[Slots, Secret, Owner]:
    """Slots with one used place, opened by a code (no stretching, so that a test may try it thousands of times)."""
    slots = Slots.new(FLOOR)
    secret, owner = slots.by_code("CODE"), Owner("K7M4QX", sealing.new_private(), recovery=True)
    slots.put(5, secret, owner, KEYS)
    return slots, secret, owner


def with_digest(data: bytes) -> bytes:
    """What somebody who tampers would do: make the checksum right again."""
    return data[:-32] + hashlib.sha256(data[:-32]).digest()


def read(folder: Path, data: bytes) -> Slots:
    for name in COPIES:
        (folder / name).write_bytes(data)
    return Slots.read(folder)


def test_round_trip(filled: tuple[Slots, Secret, Owner], tmp_path: Path) -> None:
    slots, secret, owner = filled
    slots.write(tmp_path)
    opened = Slots.read(tmp_path).open(secret)
    assert opened is not None
    assert (opened.place, opened.owner, opened.home_keys) == (5, owner, KEYS)
    assert Slots.read(tmp_path).open(slots.by_code("OTHER")) is None
    assert (tmp_path / "slots").read_bytes() == (tmp_path / "slots.2").read_bytes()


def test_every_flipped_byte_gives_way_to_the_other_copy(filled: tuple[Slots, Secret, Owner], tmp_path: Path) -> None:
    slots, secret, _ = filled
    slots.write(tmp_path)
    good = (tmp_path / "slots").read_bytes()
    for at in range(0, len(good), 7):
        (tmp_path / "slots").write_bytes(good[:at] + bytes([good[at] ^ 0x40]) + good[at + 1 :])
        assert Slots.read(tmp_path).open(secret) is not None
    (tmp_path / "slots").write_bytes(good[: len(good) // 2])
    again = Slots.read(tmp_path)
    again.mend(tmp_path)
    assert (tmp_path / "slots").read_bytes() == good


def test_every_tampered_byte_of_a_used_slot_refuses(filled: tuple[Slots, Secret, Owner], tmp_path: Path) -> None:
    slots, secret, owner = filled
    slots.write(tmp_path)
    good = (tmp_path / "slots").read_bytes()
    start, secured = HEADER + 5 * SLOT, 16 + 12 + 80 + 112
    for at in range(start, start + secured):
        tampered = read(tmp_path, with_digest(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]))
        if at < start + 16:  # the tag decides whether there is a slot at all
            assert tampered.open(secret) is None
        else:
            with pytest.raises(KnownFault, match=r"vault\.slots_damaged"):
                tampered.open(secret)
    padding = start + secured
    same = read(tmp_path, with_digest(good[:padding] + b"\0" + good[padding + 1 :])).open(secret)
    assert same is not None
    assert same.owner == owner


@pytest.mark.parametrize("lowered", [(64 * 1024, 3, 2), (FLOOR.memory, 1, 2), (2 * 1024 * 1024, 3, 2), (FLOOR.memory, 3, 0)])
def test_other_costs_than_we_would_write_are_refused(
    filled: tuple[Slots, Secret, Owner], tmp_path: Path, lowered: tuple[int, int, int]
) -> None:
    slots, _, _ = filled
    slots.write(tmp_path)
    good = (tmp_path / "slots").read_bytes()
    header = good[:14] + struct.pack(">IHH", *lowered) + good[22:]
    with pytest.raises(KnownFault, match=r"vault\.slots_damaged"):
        read(tmp_path, with_digest(header))
    with pytest.raises(ValueError, match="Hardness"):
        Slots.new(Hardness(*lowered))


def test_allowed_but_changed_costs_or_salt_open_nothing(filled: tuple[Slots, Secret, Owner], tmp_path: Path) -> None:
    slots, secret, _ = filled
    slots.write(tmp_path)
    good = (tmp_path / "slots").read_bytes()
    for start, change in ((14, struct.pack(">IHH", FLOOR.memory, 4, 2)), (22, b"\0" * 32)):
        tampered = read(tmp_path, with_digest(good[:start] + change + good[start + len(change) :]))
        with pytest.raises(KnownFault, match=r"vault\.slots_damaged"):
            tampered.open(secret)


def test_a_counter_at_its_end_gives_way_to_the_other_copy(filled: tuple[Slots, Secret, Owner], tmp_path: Path) -> None:
    """Else no passphrase could be changed any more."""
    slots, secret, _ = filled
    slots.write(tmp_path)
    good = (tmp_path / "slots").read_bytes()
    (tmp_path / "slots").write_bytes(with_digest(good[:6] + b"\xff" * 8 + good[14:]))
    again = Slots.read(tmp_path)
    assert again.open(secret) is not None
    again.write(tmp_path)


def test_a_newer_file_is_told(filled: tuple[Slots, Secret, Owner], tmp_path: Path) -> None:
    slots, _, _ = filled
    slots.write(tmp_path)
    good = (tmp_path / "slots").read_bytes()
    with pytest.raises(KnownFault, match=r"vault\.newer"):
        read(tmp_path, with_digest(good[:4] + b"\0\x02" + good[6:]))


def test_nobody_can_count_the_volunteers(tmp_path: Path) -> None:
    sizes, used, unused = set(), [], []
    for count in (1, 8, 16):
        for _ in range(12):
            slots = Slots.new(FLOOR)
            for place in range(count):
                slots.put(place, Secret(os.urandom(32)), Owner("K7M4QX", sealing.new_private(), place == 0), KEYS)
            slots.write(tmp_path)
            data = (tmp_path / "slots").read_bytes()
            sizes.add(len(data))
            body = [data[HEADER + at * SLOT : HEADER + (at + 1) * SLOT] for at in range(PLACES)]
            used += body[:count]
            unused += body[count:]
    assert len(sizes) == 1
    for slots_of_a_sort in (used, unused):
        counts = [0] * 256
        for slot in slots_of_a_sort:
            for byte in slot[:108] + slot[140:]:
                counts[byte] += 1
        expected = sum(counts) / 256
        chi = sum((count - expected) ** 2 / expected for count in counts)
        assert chi < 400  # 255 degrees of freedom: 6 sigma above the mean
        # the one-time public key has its top bit clear, in used and in unused slots alike
        assert all(slot[139] < 128 for slot in slots_of_a_sort)


def test_a_full_disk_leaves_both_copies(
    filled: tuple[Slots, Secret, Owner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots, secret, _ = filled
    slots.write(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in COPIES}
    real = os.fsync
    for fails_at in (1, 2):
        calls = 0

        def full(file: int, fails_at: int = fails_at) -> None:
            nonlocal calls
            calls += 1
            if calls == fails_at:
                raise OSError(errno.ENOSPC, "full")
            real(file)

        with monkeypatch.context() as patched:
            patched.setattr(durable.os, "fsync", full)
            slots.empty(5)
            with pytest.raises(KnownFault, match=r"disk\.full"):
                slots.write(tmp_path)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert Slots.read(tmp_path).open(secret) is not None


def test_a_removed_slot_does_not_live_on_in_the_older_copy(
    filled: tuple[Slots, Secret, Owner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots, secret, _ = filled
    slots.write(tmp_path)
    old = (tmp_path / "slots").read_bytes()
    slots.empty(5)
    slots.write(tmp_path)
    (tmp_path / "slots.2").write_bytes(old)  # as a power cut between the two renames leaves it
    newest = Slots.read(tmp_path)
    assert newest.open(secret) is None
    newest.mend(tmp_path)
    assert old not in [(tmp_path / name).read_bytes() for name in COPIES]


def test_costs() -> None:
    made = calibrated()
    assert made.allowed
    assert FLOOR.memory <= made.memory <= USUAL.memory
    assert USUAL.allowed
    salt = bytes(16)
    assert FLOOR.stretch("a  b\u200b", salt) == FLOOR.stretch(" a b", salt) != FLOOR.stretch("ab", salt)
    assert plain("ｗaﬁ\u200c မြန်မာ") == "wafi မြန်မာ"
