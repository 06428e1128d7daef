"""The entries themselves: append-only rows, their hash chain and its signed checkpoints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.domain.folders import Folder
from desktop.journal import chain
from desktop.journal.codec import Damaged
from desktop.journal.devices import SEQ_MASK, SHIFT, Device, Devices
from desktop.vault.database import Database
from desktop.vault.identity import DeviceKey

ERASES, DROPPED = 1, 2
CODE_MOST = 64  # bytes of an author's id or a record's kind
_ROW = "INSERT INTO journal_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_FIND = "SELECT id, record, at, author, kind, mark, hash, body FROM journal_entry WHERE"


class Entry(NamedTuple):
    """One stored entry; `key` and `record` are local keys, `at` a moment (`desktop.journal.clock`). `kind` is "" unless it creates its
    record. `body` is None once it was erased; then `digest` is what is left of it."""

    key: int
    record: int
    at: int
    author: str
    kind: str
    erases: bool
    hash: bytes
    body: bytes | None
    digest: bytes


def code_bytes(text: str) -> bytes:
    """An author's id or a kind as it stands in the header. `Damaged` unless it is 1 to 64 bytes of printable text."""
    data = text.encode(errors="replace")
    if not 0 < len(data) <= CODE_MOST or not text.isprintable():
        raise Damaged("code")
    return data


class Log:
    """Reads and appends entries of one folder's database."""

    def __init__(self, database: Database, folder: Folder, devices: Devices) -> None:
        self._database = database
        self._folder = folder
        self.devices = devices
        self._authors: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self.reload()

    def reload(self) -> None:
        """Read the names of authors again, for when a transaction was given up."""
        self._names = dict(self._database.execute("SELECT idx, name FROM journal_author").fetchall())
        self._authors = {name: number for number, name in self._names.items()}

    def author(self, name: str) -> int:
        """The number of an author in this file; given out if the name is new. Inside a transaction."""
        found = self._authors.get(name)
        if found is None:
            found = self._authors[name] = len(self._authors) + 1
            self._names[found] = name
            self._database.execute("INSERT INTO journal_author VALUES (?, ?)", (found, name))
        return found

    def header(self, key: int, record: int, at: int, author: str, kind: str, erases: bool) -> bytes:
        """The header of an entry, see `desktop.journal.chain`."""
        owner = self.devices.by_number[record >> SHIFT].public
        return chain.header(at, owner, record & SEQ_MASK, erases, code_bytes(author), code_bytes(kind) if record == key else b"")

    def append(self, device: Device, record: int, at: int, author: str, kind: str, body: bytes | None) -> int:
        """Our own next entry, which erases its record if there is no `body`; returns its local key. Inside a transaction."""
        key = device.number << SHIFT | (device.seq + 1)
        erases = body is None
        digest = hashlib.sha256(body or b"").digest()
        head = self.header(key, record, at, author, kind, erases)
        hashed = chain.linker(self._folder, device.public)(device.hash, device.seq + 1, head, digest)
        mark, stored = (ERASES | DROPPED, digest) if body is None else (0, body)
        self._database.execute(_ROW, (key, record, at, self.author(author), kind or None, mark, hashed, stored))
        self.devices.advance(device, device.seq + 1, hashed, at)
        return key

    def insert(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Entries of another device that were found right, as rows of the table. Inside a transaction."""
        self._database.executemany(_ROW, rows)

    def keep_signature(self, key: int, signature: bytes) -> None:
        """A device's signature over its chain at that entry. Inside a transaction."""
        self._database.execute("INSERT OR IGNORE INTO journal_checkpoint VALUES (?, ?)", (key, signature))

    def sign(self, device: Device, signer: DeviceKey) -> None:
        """A checkpoint at the device's last entry, unless there is one. Inside a transaction."""
        key = device.number << SHIFT | device.seq
        if device.seq and not self.signature(key):
            signed = signer.sign(chain.statement(self._folder, device.site, device.public, device.seq, device.hash))
            self.keep_signature(key, signed)

    def signature(self, key: int) -> bytes | None:
        """The device's signature over its chain at that entry, if it is known."""
        row = self._database.execute("SELECT signature FROM journal_checkpoint WHERE id = ?", (key,)).fetchone()
        return row[0] if row else None

    def hash_at(self, device: Device, seq: int) -> bytes:
        """The chain hash at one of its known entries; before the first one for 0."""
        if not seq:
            return chain.start(self._folder, device.public)
        row = self._database.execute("SELECT hash FROM journal_entry WHERE id = ?", (device.number << SHIFT | seq,)).fetchone()
        found: bytes = row[0]
        return found

    def entry(self, key: int) -> Entry | None:
        """The entry with that local key."""
        row = self._database.execute(f"{_FIND} id = ?", (key,)).fetchone()
        return self._entry(row) if row else None

    def of_record(self, record: int) -> list[Entry]:
        """All entries about a record."""
        return [self._entry(row) for row in self._database.execute(f"{_FIND} record = ? ORDER BY id", (record,)).fetchall()]

    def of_device(self, device: Device, first: int, last: int) -> list[Entry]:
        """Its entries with these numbers, both included, in order."""
        base = device.number << SHIFT
        found = self._database.execute(f"{_FIND} id BETWEEN ? AND ? ORDER BY id", (base | first, base | last))
        return [self._entry(row) for row in found.fetchall()]

    def by_record(self) -> Iterator[Entry]:
        """Every entry, those of one record beside each other."""
        for row in self._database.execute(f"{_FIND} id > 0 ORDER BY record, id"):
            yield self._entry(row)

    def by_device(self, slice_length: int = 2048) -> Iterator[list[Entry]]:
        """Every entry, in slices of one device each, in order."""
        for device in list(self.devices.by_number.values()):
            for first in range(1, device.seq + 1, slice_length):
                yield self.of_device(device, first, min(device.seq, first + slice_length - 1))

    def _entry(self, row: tuple[int, int, int, int, str | None, int, bytes, bytes]) -> Entry:
        key, record, at, author, kind, mark, hashed, body = row
        if mark & DROPPED:
            return Entry(key, record, at, self._names[author], kind or "", bool(mark & ERASES), hashed, None, body)
        return Entry(key, record, at, self._names[author], kind or "", bool(mark & ERASES), hashed, body, b"")

    def drop_bodies(self, record: int) -> None:
        """Forget what was said about a record: only hashes stay. Inside a transaction."""
        rows = self._database.execute("SELECT body, mark, id FROM journal_entry WHERE record = ?", (record,)).fetchall()
        self._database.executemany(
            "UPDATE journal_entry SET body = ?, mark = ? WHERE id = ?",
            [(hashlib.sha256(body).digest(), mark | DROPPED, key) for body, mark, key in rows if not mark & DROPPED],
        )
