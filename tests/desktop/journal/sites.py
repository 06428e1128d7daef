"""Sites for tests: journals on throw-away files, with a clock that the test turns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.journal.chains import Chain, decode_chains, encode_chains
from desktop.journal.journal import Journal
from desktop.journal.receive import Received
from desktop.vault import identity
from desktop.vault.database import Database
from desktop.vault.identity import DeviceKey, new_device

START = datetime(2026, 3, 1, 8, 0, tzinfo=timezone.utc)
ROOTS = tuple(bytes([number]) * 32 for number in range(1, 6))
"""Private root keys of invented sites."""

DERIVED = ("journal_record", "journal_differ", "journal_awaited", "journal_event", "journal_reversal", "seen_person")


class SeenPeople:
    """A projection that writes down all it is told, one row for each record."""

    kinds = frozenset({"person", "household"})

    def schema(self, database: Database) -> bool:
        database.execute(
            "CREATE TABLE IF NOT EXISTS seen_person (key INTEGER PRIMARY KEY, record TEXT, kind TEXT, told TEXT, differs TEXT)"
        )

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        if deleted:
            database.execute("DELETE FROM seen_person WHERE key = ?", (key,))
        else:
            told = repr(sorted((name, _told(value)) for name, value in values.items()))
            database.execute("INSERT OR REPLACE INTO seen_person VALUES (?, ?, ?, ?, ?)", (key, record.text(), kind, told, repr(differs)))

    def clear(self, database: Database) -> None:
        database.execute("DELETE FROM seen_person")


def _told(value: Value) -> str:
    return repr(sorted(value.items()) if isinstance(value, dict) else value.name if isinstance(value, Silence) else value)


class Clock:
    """`now()` goes on by a second at each call; `turn` turns it."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def turn(self, **by: float) -> None:
        self.at += timedelta(**by)


def same_device(number: int) -> DeviceKey:
    """The device of an invented site that is the same in every run, for tests that try many random worlds."""
    private = hashlib.sha256(bytes([number])).digest()
    public = identity.signing_public(private)
    certificate = identity.signing_public(ROOTS[number]) + identity.sign(ROOTS[number], identity._DEVICE + public)
    return DeviceKey(public, certificate, private)


class Site:
    """A site with one laptop. `number` chooses its root key."""

    def __init__(self, folder: Path, number: int, *, device: DeviceKey | None = None, folder_of: Folder = Folder.RECEPTION) -> None:
        self.clock = Clock()
        self.device = device or new_device(ROOTS[number])
        self.root = self.device.certificate[:32]
        folder.mkdir(parents=True, exist_ok=True)
        self.database = Database.create(folder / f"site{number}-{self.device.public.hex()[:6]}", bytes(32))
        self.database.execute("PRAGMA synchronous = OFF")  # these tests pull no plug
        self.journal = Journal(self.database, folder_of, self.device, f"v{number}", self.clock, [SeenPeople()])

    def create(self, kind: str = "person", **values: Value) -> RecordId:
        with self.journal.save("create") as save:
            return save.create(kind, values)

    def set(self, record: RecordId, **values: Value) -> None:
        with self.journal.save("change") as save:
            save.set(record, values)

    def news(self, versions: Mapping[bytes, int] | None = None) -> list[Chain]:
        """What it would send, through bytes and back."""
        self.journal.checkpoint()
        return decode_chains(encode_chains(self.journal.chains_since(versions or {})))

    def read(self, chains: Iterable[Chain], roots: Iterable[bytes] | None = None) -> Received:
        return self.journal.receive(chains, set(all_roots() if roots is None else roots))

    def rows(self, shared: bool = False) -> dict[str, list[Any]]:
        """Every row of the tables that follow from the entries. `shared`: only what every site has alike, the projection."""
        if shared:
            sql = "SELECT record, kind, told, differs FROM seen_person ORDER BY record"
            return {"seen_person": self.database.execute(sql).fetchall()}
        return {table: sorted(self.database.execute(f"SELECT * FROM {table}").fetchall()) for table in DERIVED}

    def close(self) -> None:
        self.database.close()


_PUBLIC: list[bytes] = []


def all_roots() -> list[bytes]:
    """The public root keys of all invented sites."""
    if not _PUBLIC:
        _PUBLIC.extend(new_device(root).certificate[:32] for root in ROOTS)
    return _PUBLIC


def share(*sites: Site, rounds: int = 2) -> None:
    """Everybody reads everybody's news, so often that all know all."""
    for _ in range(rounds):
        for giver in sites:
            for taker in sites:
                if giver is not taker:
                    taker.read(giver.news(taker.journal.versions()))
