"""The devices a journal has heard of, and the short numbers this file gives to entries.

An entry is known by its stamp (device key, sequence number) everywhere; inside one database file it is a *local key*, one whole
number: the device's number in this file shifted left by 40 bits, plus the sequence number. A record's local key is that of the entry
that created it, so keys never change and need no table of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.folders import Folder
from desktop.domain.ids import Stamp
from desktop.journal import chain
from desktop.vault.database import Database

SHIFT = 40
SEQ_MASK = (1 << SHIFT) - 1
_STOPPED, _SPENT = 1, 2


@dataclass
class Device:
    """`seq` and `hash`: the last entry known of it. `certificate` is None for one that was only mentioned so far. `stopped`: nothing more is
    taken from it. `spent`, of our own: nothing more may be written as this device."""

    number: int
    public: bytes
    certificate: bytes | None
    seq: int
    hash: bytes
    clock: int
    stopped: bool
    spent: bool = False

    @property
    def unwritten(self) -> range:
        """Local keys of its entries beyond the last one known."""
        return range(self.number << SHIFT | (self.seq + 1), (self.number + 1) << SHIFT)

    @property
    def site(self) -> bytes:
        """The root public key of the site it belongs to, or b"" while that is not known."""
        return self.certificate[:32] if self.certificate else b""


class Devices:
    """The table of devices, kept in memory too: there are few."""

    def __init__(self, database: Database, folder: Folder) -> None:
        self._database = database
        self._folder = folder
        self.by_number: dict[int, Device] = {}
        self.by_public: dict[bytes, Device] = {}
        self.reload()

    def reload(self) -> None:
        """Read the table again, for when a transaction was given up."""
        self.by_number.clear()
        self.by_public.clear()
        rows = self._database.execute("SELECT idx, public, certificate, seq, hash, clock, stopped FROM journal_device")
        for number, public, certificate, seq, chain_hash, clock, stopped in rows.fetchall():
            self._keep(Device(number, public, certificate, seq, chain_hash, clock, stopped == _STOPPED, stopped != 0))

    def _keep(self, device: Device) -> Device:
        self.by_number[device.number] = self.by_public[device.public] = device
        return device

    def heard(self, public: bytes) -> Device:
        """The device with this key; noted down if it is new. Inside a transaction."""
        found = self.by_public.get(public)
        if found:
            return found
        device = Device(len(self.by_number) + 1, public, None, 0, chain.start(self._folder, public), 0, False)
        self._database.execute(
            "INSERT INTO journal_device VALUES (?, ?, NULL, 0, ?, 0, 0)", (device.number, device.public, device.hash)
        )
        return self._keep(device)

    def certify(self, device: Device, certificate: bytes) -> None:
        """Keep a certificate that was found right. Inside a transaction."""
        if device.certificate != certificate:
            device.certificate = certificate
            self._database.execute("UPDATE journal_device SET certificate = ? WHERE idx = ?", (certificate, device.number))

    def advance(self, device: Device, seq: int, chain_hash: bytes, clock: int = 0) -> None:
        """Its last known entry is now this one. Inside a transaction."""
        device.seq, device.hash, device.clock = seq, chain_hash, max(clock, device.clock)
        self._database.execute(
            "UPDATE journal_device SET seq = ?, hash = ?, clock = ? WHERE idx = ?", (seq, chain_hash, device.clock, device.number)
        )

    def pull(self, device: Device, clock: int) -> None:
        """Our own device has read an entry of that moment. Inside a transaction."""
        device.clock = clock
        self._database.execute("UPDATE journal_device SET clock = ? WHERE idx = ?", (clock, device.number))

    def stop(self, device: Device) -> None:
        """Take nothing more from it. Inside a transaction."""
        device.stopped = device.spent = True
        self._database.execute("UPDATE journal_device SET stopped = ? WHERE idx = ?", (_STOPPED, device.number))

    def spend(self, device: Device) -> None:
        """Our own: write nothing more as this device. Inside a transaction."""
        device.spent = True
        self._database.execute("UPDATE journal_device SET stopped = ? WHERE idx = ? AND stopped = 0", (_SPENT, device.number))

    def key(self, stamp: Stamp) -> int | None:
        """The local key of an entry; None if its device was never heard of."""
        device = self.by_public.get(stamp.device)
        return None if device is None else device.number << SHIFT | stamp.seq

    def stamp(self, key: int) -> Stamp:
        """The stamp of a local key. KeyError if there is no such device."""
        return Stamp(self.by_number[key >> SHIFT].public, key & SEQ_MASK)

    def rank(self, key: int, at: int) -> tuple[int, bytes, int]:
        """By which values are ordered, the highest shown: clock, then device key, then number. The same on every site."""
        return at, self.by_number[key >> SHIFT].public, key & SEQ_MASK
