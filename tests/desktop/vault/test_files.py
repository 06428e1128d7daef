"""Kept files on the disk: whole or not there, sealed, named and sized so that they tell nothing."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import KnownFault, UserError
from desktop.vault import durable
from desktop.vault.files import MOST, Blob, FileStore, name_of, new_blob, possible, seal, sealed_length, unseal

PIECE = (64 << 10) + 16
CONTENT = "အောင်မျိုးထက် ".encode() * 20_000  # more than twelve pieces


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    made = FileStore(tmp_path / "files")
    made.begin()
    return made


def damaged(blob: Blob, sealed: bytes) -> bool:
    with pytest.raises(KnownFault) as fault:
        unseal(blob, sealed)
    return fault.value.code == "file.damaged"


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 131_072, 700_001])
def test_what_is_kept_comes_back(store: FileStore, size: int) -> None:
    content = os.urandom(size)
    blob = new_blob(content)
    store.write(blob, content)
    assert store.read(blob) == content
    assert store.length(blob.name) == sealed_length(size)


def test_files_tell_nothing(store: FileStore) -> None:
    blob = new_blob(CONTENT)
    store.write(blob, CONTENT)
    (path,) = store.folder.iterdir()
    assert path.name == blob.name == name_of(blob.key)
    assert CONTENT[:40] not in path.read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert new_blob(CONTENT).name != blob.name
    assert str(blob.key) not in repr(blob)
    assert len({sealed_length(size) for size in range(4097)}) == 1
    assert len({sealed_length(size) for size in range(300_000, 400_000)}) <= 16


@given(st.integers(0, MOST))
def test_every_length_that_is_made_is_possible(size: int) -> None:
    length = sealed_length(size)
    assert possible(length)
    assert length <= max(size, 4096) * 1.13 + 16


@pytest.mark.parametrize("length", [0, 1, 16, 4096, 4111, 4113, sealed_length(MOST) + 1, sealed_length(MOST) * 2, 1 << 40])
def test_other_lengths_are_not(length: int) -> None:
    assert not possible(length)


@given(st.integers(0, len(seal(new_blob(CONTENT), CONTENT)) - 1), st.integers(1, 255))
def test_any_changed_byte_is_noticed(at: int, by: int) -> None:
    blob = Blob(bytes(32), len(CONTENT), new_blob(CONTENT).digest)
    sealed = bytearray(seal(blob, CONTENT))
    sealed[at] ^= by
    assert damaged(blob, bytes(sealed))


def test_cut_swapped_and_strange_pieces_are_noticed() -> None:
    content = os.urandom(4 * 65_536)
    blob = new_blob(content)
    sealed = seal(blob, content)
    pieces = [sealed[at : at + PIECE] for at in range(0, len(sealed), PIECE)]
    assert len(pieces) == 4
    assert damaged(blob, b"".join([pieces[1], pieces[0], *pieces[2:]]))
    half = Blob(blob.key, 2 * 65_536, new_blob(content[: 2 * 65_536]).digest)
    assert damaged(half, b"".join(pieces[:2])), "cut off at the end of a piece, with a record that fits"
    assert damaged(blob, seal(new_blob(content), content))
    assert damaged(Blob(blob.key, blob.size - 1, blob.digest), sealed)
    assert damaged(Blob(blob.key, blob.size, new_blob(b"x").digest), sealed)
    assert damaged(Blob(blob.key, -1, blob.digest), sealed)
    assert damaged(Blob(blob.key, 1 << 60, blob.digest), sealed)


def test_filled_up_with_zeros_only() -> None:
    longer = b"a" * 4096
    blob = new_blob(longer)
    assert damaged(Blob(blob.key, 10, new_blob(longer[:10]).digest), seal(blob, longer))


def test_too_large(store: FileStore) -> None:
    with pytest.raises(UserError) as error:
        new_blob(bytes(MOST + 1))
    assert (error.value.code, error.value.fields) == ("file.too_large", {"most": 20})


def test_what_is_not_here(store: FileStore) -> None:
    blob = new_blob(b"x")
    with pytest.raises(UserError) as error:
        store.read(blob)
    assert error.value.code == "file.elsewhere"
    assert store.length(blob.name) is None
    store.remove(blob.name)


@pytest.mark.parametrize("name", ["", "..", "../home", "a" * 31, "A" * 32, "a" * 32 + "/x", "a" * 33, "a" * 32 + "\n"])
def test_names_that_are_paths(store: FileStore, name: str) -> None:
    for use in (store.sealed, store.remove, store.length):
        with pytest.raises(ValueError, match="not the name"):
            use(name)


def test_a_full_disk_leaves_nothing(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = new_blob(CONTENT)

    def full(path: Path, data: bytes) -> None:
        path.write_bytes(data[:1000])
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(durable, "_write_synced", full)
    with pytest.raises(KnownFault) as fault:
        store.write(blob, CONTENT)
    assert fault.value.code == "disk.full"
    assert list(store.folder.iterdir()) == []


def test_what_a_power_cut_left_is_swept(store: FileStore) -> None:
    blob = new_blob(CONTENT)
    store.write(blob, CONTENT)
    (store.folder / ("0" * 32 + ".part")).write_bytes(b"half")
    (store.folder / "something else").write_bytes(b"not ours")
    store.begin()
    assert {path.name for path in store.folder.iterdir()} == {blob.name, "something else"}
    assert store.names() == {blob.name}


def test_only_the_right_blob_is_taken(store: FileStore) -> None:
    blob = new_blob(CONTENT)
    with pytest.raises(KnownFault):
        store.take(blob, seal(new_blob(CONTENT), CONTENT))
    assert store.names() == frozenset()
    store.keep_waiting(blob.name, seal(blob, CONTENT), 1 << 20)
    assert (store.names(), store.names_waiting()) == (frozenset(), {blob.name})
    store.take(blob, store.waiting(blob.name) or b"")
    assert (store.names(), store.names_waiting()) == ({blob.name}, frozenset())


def test_what_waits_takes_so_much_room_and_no_more(store: FileStore) -> None:
    blobs = [new_blob(CONTENT) for _ in range(4)]
    sealed = {blob.name: seal(blob, CONTENT) for blob in blobs}
    room = 2 * sealed_length(len(CONTENT))
    for at, (name, data) in enumerate(sealed.items()):
        store.keep_waiting(name, data, room)
        os.utime(store.folder / f"{name}.wait", (at, at))
    assert store.names_waiting() == {blob.name for blob in blobs[2:]}
    store.keep_waiting("f" * 32, bytes(room + 1), room)
    assert "f" * 32 not in store.names_waiting()
