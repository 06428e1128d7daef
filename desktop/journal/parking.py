"""Pieces of chains that cannot be taken in yet, and proofs that a device signed two histories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop.journal.chains import Chain, decode_chains, encode_chains
from desktop.journal.clock import when
from desktop.journal.devices import Device, Devices
from desktop.vault.database import Database

PIECES_MOST = 256
BYTES_MOST = 32 << 20


@dataclass(frozen=True)
class Fork:
    """Two different histories signed by one device: `ours` is the chain hash known here at entry `seq`, `theirs` the other history as
    it came, from which another hash follows there."""

    device: bytes
    seq: int
    found_at: datetime
    ours: bytes
    theirs: Chain


class Parking:
    """The tables of both."""

    def __init__(self, database: Database, devices: Devices) -> None:
        self._database = database
        self._devices = devices

    def waiting(self) -> list[Chain]:
        """All parked pieces."""
        rows = self._database.execute("SELECT chain FROM journal_parked ORDER BY device, first, last").fetchall()
        return [chain for (data,) in rows for chain in decode_chains(data)]

    def replace(self, chains: Iterable[Chain]) -> tuple[int, int]:
        """Park these pieces and no others: those nearest to what is known first, as many as there is room for. The rest is let go and will
        come again with the next stick. Returns how many entries are parked, and how many were let go. Inside a transaction."""
        kept = gone = pieces = size = 0
        self._database.execute("DELETE FROM journal_parked")
        distances = {chain: chain.first - self._devices.heard(chain.device).seq for chain in chains}
        for chain in sorted(distances, key=lambda one: (distances[one], one.device, one.last)):
            data = encode_chains([chain])
            if pieces == PIECES_MOST or size + len(data) > BYTES_MOST:
                gone += chain.count
                continue
            number = self._devices.heard(chain.device).number
            self._database.execute("INSERT OR REPLACE INTO journal_parked VALUES (?, ?, ?, ?)", (number, chain.first, chain.last, data))
            pieces, size, kept = pieces + 1, size + len(data), kept + chain.count
        return kept, gone

    def keep_fork(self, device: Device, seq: int, found_at: int, ours: bytes, theirs: Chain) -> None:
        """Keep the proof and take nothing more from the device. Inside a transaction."""
        self._devices.stop(device)
        self._database.execute(
            "INSERT OR IGNORE INTO journal_fork VALUES (?, ?, ?, ?, ?)",
            (device.number, seq, found_at, ours, encode_chains([theirs])),
        )

    def forks(self) -> list[Fork]:
        """All proofs."""
        rows = self._database.execute("SELECT device, seq, found_at, ours, theirs FROM journal_fork ORDER BY device").fetchall()
        return [
            Fork(self._devices.by_number[number].public, seq, when(found_at), ours, decode_chains(theirs)[0])
            for number, seq, found_at, ours, theirs in rows
        ]


