"""Looks whether the journal is whole: chains and signatures, and whether the tables say what follows from the entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from desktop.domain.folders import Folder
from desktop.domain.ids import Stamp
from desktop.journal import chain
from desktop.journal.body import Body, read
from desktop.journal.codec import dumps
from desktop.journal.devices import SEQ_MASK, SHIFT, Device, Devices
from desktop.journal.log import Entry, Log
from desktop.journal.state import ERASED, State
from desktop.vault.database import Database
from desktop.vault.identity import signed_by, site_of

_DERIVED = {
    "record": "SELECT key, kind, hidden, state FROM journal_record",
    "differ": "SELECT record, field FROM journal_differ",
    "event": "SELECT record, id, kind FROM journal_event",
    "reversal": "SELECT record, event, id FROM journal_reversal",
    "awaited": "SELECT record, id, field, element FROM journal_awaited",
}


@dataclass(frozen=True)
class Flaw:
    """Something that is not as it should be. `code`: chain (an entry was altered or is missing), signature, certificate, or table (what
    is shown does not follow from the entries). `at`: the entry or record."""

    code: str
    at: Stamp


def flaws(database: Database, folder: Folder) -> list[Flaw]:
    """Everything that is wrong. Reads all entries. Tables are looked at only where the entries are right."""
    devices = Devices(database, folder)
    log = Log(database, folder, devices)
    known = [device for device in devices.by_number.values() if device.seq]
    found = [flaw for device in known for flaw in _chain_flaws(database, folder, log, device)]
    if not any(flaw.code == "chain" for flaw in found):
        found += _table_flaws(database, log, devices)
    return found


def _chain_flaws(database: Database, folder: Folder, log: Log, device: Device) -> Iterator[Flaw]:
    if device.certificate is None or site_of(device.public, device.certificate) is None:
        yield Flaw("certificate", Stamp(device.public, device.seq))
    base = device.number << SHIFT
    signed = dict(
        database.execute("SELECT id, signature FROM journal_checkpoint WHERE id BETWEEN ? AND ?", (base, base | SEQ_MASK)).fetchall()
    )
    link, now, seq = chain.linker(folder, device.public), chain.start(folder, device.public), 0
    for first in range(1, device.seq + 1, 2048):
        for entry in log.of_device(device, first, min(device.seq, first + 2047)):
            seq += 1
            digest = entry.digest if entry.body is None else hashlib.sha256(entry.body).digest()
            head = log.header(entry.key, entry.record, entry.at, entry.author, entry.kind, entry.erases)
            now = link(now, seq, head, digest)
            if entry.key != base | seq or entry.hash != now:
                yield Flaw("chain", Stamp(device.public, seq))
                return
            if entry.key in signed and not signed_by(
                device.public, signed[entry.key], chain.statement(folder, device.site, device.public, seq, now)
            ):
                yield Flaw("signature", Stamp(device.public, seq))
    if seq != device.seq or now != device.hash:
        yield Flaw("chain", Stamp(device.public, device.seq))


def _table_flaws(database: Database, log: Log, devices: Devices) -> Iterator[Flaw]:
    """Compares the tables with what all entries of each record give when taken at once."""
    stored: dict[str, set[Any]] = {table: set(database.execute(sql).fetchall()) for table, sql in _DERIVED.items()}
    wrong: set[int] = set()
    for record, entries in groupby(log.by_record(), key=lambda entry: entry.record):
        for table, rows in _follows(list(entries), record, devices).items():
            if not rows <= stored[table]:
                wrong.add(record)
            stored[table] -= rows
    wrong |= {row[0] for rows in stored.values() for row in rows}
    for record in sorted(wrong):
        yield Flaw("table", devices.stamp(record))


def _follows(entries: list[Entry], record: int, devices: Devices) -> dict[str, set[Any]]:
    """The rows that follow from all entries about one record."""
    state = State(next((entry.kind for entry in entries if entry.key == record), ""))
    if any(entry.erases for entry in entries):
        state.hidden = ERASED
        return {"record": {(record, state.kind, ERASED, b"")}}
    said = {entry.key: read(entry.body, entry.key, record, devices) for entry in entries if entry.body is not None}
    for entry in entries:
        if entry.key in said:
            state.set_in(entry.key, entry.at, said[entry.key])
    for body in said.values():
        state.take_out(body)
    state.judge()
    return {
        "record": {(record, state.kind, state.hidden, state.encode())},
        "differ": {(record, field) for field in state.differs},
        "event": {(record, key, body.event[0]) for key, body in said.items() if body.event},
        "reversal": {(record, event, key) for key, body in said.items() for event in body.reverses},
        "awaited": {row for body in said.values() for row in _awaited(body, record, devices)},
    }


def _awaited(body: Body, record: int, devices: Devices) -> Iterator[tuple[int, int, str, str]]:
    named = [(ref, name, "") for name, refs in body.replaces.items() for ref in refs]
    named += [(ref, name, one) for name, ones in body.removes.items() for one, refs in ones.items() for ref in refs]
    for ref, name, element in named:
        if ref & SEQ_MASK > devices.by_number[ref >> SHIFT].seq:
            yield record, ref, name, element


def state_hash(database: Database, devices: Devices) -> bytes:
    """SHA-256 over everything that stands, told in words that every site shares: the same for the same set of entries."""
    told = []
    for table, sql in _DERIVED.items():
        for row in database.execute(sql).fetchall():
            told.append(dumps([table, *_shared(table, row, devices)]))
    total = hashlib.sha256()
    for line in sorted(told):
        total.update(hashlib.sha256(line).digest())
    return total.digest()


def _shared(table: str, row: tuple[Any, ...], devices: Devices) -> list[Any]:
    """A row with stamps in place of this file's own numbers."""

    def stamp(key: int) -> list[Any]:
        return list(devices.stamp(key))

    if table == "record":
        key, kind, hidden, data = row
        groups = State.decode(kind, hidden, data).groups
        standing = [[*stamp(one), g.at, g.values, g.adds, sorted(map(stamp, g.seen))] for one, g in groups.items()]
        return [stamp(key), kind, hidden, sorted(standing)]
    return [stamp(part) if type(part) is int else part for part in row]
