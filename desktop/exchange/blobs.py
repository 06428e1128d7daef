"""Kept files in a bundle (docs/BUNDLE.md §6): parts that carry them, and parts that say which ones are wanted.

Blobs travel as they lie on the disk, sealed with keys that stand in records of their folder, so they are not sealed once more.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.exchange.packing import pack, unpack
from desktop.exchange.sealing import seal
from desktop.exchange.signed import Part, expect
from desktop.vault.files import NAME_BYTES, Blob, FileStore, possible

FILES, WANTED = "files", "wanted"
MOST_BLOBS = 4096  # in one bundle
MOST_WANTED = 1 << 16  # names in one list: who lacks more says that everything is wanted
ROOM_WAITING = 512 << 20  # for blobs of folders that nobody has opened yet
_FRAME = struct.Struct(f">{NAME_BYTES}sQ")
_PART_ABOUT = 4 << 20


@dataclass(frozen=True)
class Shelf:
    """The kept files of a vault. `listed` tells, for a folder that is open, every file record on its lists, with its blob."""

    store: FileStore
    listed: Callable[[Folder], Iterable[tuple[RecordId, Blob]]]

    def known(self, folder: Folder) -> bool:
        """True if there is any file record in this folder."""
        return any(True for _ in self.listed(folder))

    def missing(self, folder: Folder) -> frozenset[str]:
        """The names of the blobs of this folder that are not here."""
        return frozenset(blob.name for _, blob in self.listed(folder)) - self.store.names()

    def by_name(self, folder: Folder) -> dict[str, list[Blob]]:
        """What the records of a folder say about each blob. More than one may name the same."""
        found: dict[str, list[Blob]] = {}
        for _, blob in self.listed(folder):
            found.setdefault(blob.name, []).append(blob)
        return found


# -- parts that carry blobs


def parts(folder: Folder, names: Sequence[str], store: FileStore, keys: Sequence[bytes]) -> Iterator[Part]:
    """The blobs of a folder as parts, about 4 MiB or one blob each. One that cannot be read any more is left out."""
    held = bytearray()
    for name in names:
        try:
            sealed = store.sealed(name)
        except UserError:
            continue
        if held and len(held) + len(sealed) > _PART_ABOUT:
            yield Part(FILES, folder.value, 0, tuple(keys), bytes(held))
            held = bytearray()
        held += _FRAME.pack(bytes.fromhex(name), len(sealed)) + sealed
    if held:
        yield Part(FILES, folder.value, 0, tuple(keys), bytes(held))


def blobs(part: Part) -> list[tuple[str, memoryview]]:
    """The names and bytes in a part. KnownFault: bundle.damaged, bundle.too_big (no blob is so long)."""
    found, data, at = [], memoryview(part.sealed), 0
    while at < len(data):
        expect(len(data) - at >= _FRAME.size)
        name, length = _FRAME.unpack_from(data, at)
        at += _FRAME.size
        if length > len(data) - at or not possible(length):
            raise KnownFault("bundle.damaged" if length <= len(data) else "bundle.too_big")
        found.append((name.hex(), data[at : at + length]))
        at += length
    return found


# -- parts that say what is wanted


def wanted_part(folder: Folder, missing: Collection[str], keys: Sequence[bytes]) -> Part:
    """A part that says which blobs of this folder the writer has records of and not the content."""
    names = None if len(missing) > MOST_WANTED else sorted(bytes.fromhex(name) for name in missing)
    return Part(WANTED, folder.value, 0, tuple(keys), seal(pack({"wanted": names}, b""), keys))


def wanted_in(plain: bytes) -> frozenset[str] | None:
    """The names in the opened part; None: everything. KnownFault: bundle.damaged, bundle.too_big."""
    told, body = unpack(plain)
    expect(set(told) == {"wanted"} and not body)
    names = told["wanted"]
    if names is None:
        return None
    expect(isinstance(names, list) and all(type(name) is bytes and len(name) == NAME_BYTES for name in names))
    if len(names) > MOST_WANTED:
        raise KnownFault("bundle.too_big")
    expect(names == sorted(set(names)))
    return frozenset(name.hex() for name in names)


# -- taking in


@dataclass(frozen=True)
class Brought:
    """Blobs from a bundle: `opened` of folders that are open here, `closed` of others. The bytes belong to the bundle."""

    opened: tuple[tuple[Folder, str, memoryview], ...] = ()
    closed: tuple[tuple[str, memoryview], ...] = ()


def take(shelf: Shelf, brought: Brought) -> int:
    """Keep the blobs that records here name and that are what the records say; those of closed folders wait. Returns how many were kept.
    A full disk stops it: what is missing stays wanted. KnownFault: disk.readonly, disk.failed."""
    known = {folder: shelf.by_name(folder) for folder in {folder for folder, _, _ in brought.opened}}
    kept = 0
    try:
        for folder, name, sealed in brought.opened:
            kept += _took(shelf.store, known[folder].get(name, []), name, bytes(sealed))
        for name, sealed in brought.closed:
            shelf.store.keep_waiting(name, bytes(sealed), ROOM_WAITING)
    except KnownFault as fault:
        if fault.code != "disk.full":
            raise
    return kept


def take_waiting(shelf: Shelf, folders: Iterable[Folder]) -> int:
    """Keep the blobs that waited for these folders, which are open now. Returns how many."""
    waiting = shelf.store.names_waiting()
    kept = 0
    for folder in folders if waiting else ():
        known = shelf.by_name(folder)
        for name in sorted(waiting & set(known)):
            kept += _took(shelf.store, known[name], name, shelf.store.waiting(name) or b"")
            shelf.store.let_go(name)
    return kept


def _took(store: FileStore, wanted: Sequence[Blob], name: str, sealed: bytes) -> bool:
    if store.length(name) is not None:
        return False
    for blob in wanted:
        try:
            store.take(blob, sealed)
            return True
        except KnownFault as fault:
            if fault.code != "file.damaged":
                raise
    return False
