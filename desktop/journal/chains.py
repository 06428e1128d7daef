"""Pieces of devices' chains, as they travel: cut out of the log for another site, and read back strictly.

A piece ends at a checkpoint, so it proves itself: the signature covers the hash after its last entry, and that hash covers everything
before. Anybody may carry anybody's pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.folders import Folder
from desktop.domain.ids import SEQ_MOST
from desktop.journal import block, chain
from desktop.journal.block import Arrived
from desktop.journal.codec import Damaged, dumps, loads
from desktop.journal.devices import SEQ_MASK, SHIFT, Device, Devices
from desktop.journal.log import Log
from desktop.vault.database import Database
from desktop.vault.identity import signed_by, site_of

VERSION = 1
PIECE = 8192
"""Entries in one piece, if there is a checkpoint to end it at."""

CHAINS_MOST = 1 << 14
BLOCK_MOST = 1 << 28
CERTIFICATE_MOST = 1 << 10


@dataclass(frozen=True)
class Chain:
    """Entries `first` to `last` of a device. `before` and `after`: chain hashes around them; `signature`: of the device, at `last`.
    `certificate` says which site the device belongs to. `block`: the entries (`desktop.journal.block`)."""

    device: bytes
    certificate: bytes
    first: int
    count: int
    before: bytes
    after: bytes
    signature: bytes
    block: bytes

    @property
    def last(self) -> int:
        """The number of its last entry."""
        return self.first + self.count - 1

    @property
    def site(self) -> bytes | None:
        """The root public key of the site that vouches for the device, or None if the certificate is not a right one."""
        return site_of(self.device, self.certificate)

    def signed(self, folder: Folder) -> bool:
        """True if the device did sign this history of this folder, as one of the site that the certificate names."""
        stated = chain.statement(folder, self.certificate[:32], self.device, self.last, self.after)
        return signed_by(self.device, self.signature, stated)

    def opened(self, folder: Folder) -> tuple[list[Arrived], list[bytes]]:
        """The entries and the chain hash after each. `Damaged` unless they lead from `before` to `after`."""
        entries = block.decode(self.block, self.device, self.first, self.count)
        link, header = chain.linker(folder, self.device), chain.header
        now, hashes = self.before, []
        for seq, entry in enumerate(entries, self.first):
            erases = entry.mark == 1
            head = header(entry.at, entry.record_device, entry.record_seq, erases, entry.author.encode(), entry.kind.encode())
            now = link(now, seq, head, entry.digest)
            hashes.append(now)
        if now != self.after:
            raise Damaged("chain")
        return entries, hashes


def cut(database: Database, log: Log, devices: Devices, versions: Mapping[bytes, int]) -> Iterator[Chain]:
    """What those do not have who know the devices up to `versions`. Of other devices as far as a checkpoint of theirs is known."""
    for device in list(devices.by_number.values()):
        first = max(0, versions.get(device.public, 0)) + 1
        if device.certificate is None or first > device.seq:
            continue
        for last in _ends(database, device, first):
            entries = log.of_device(device, first, last)
            signature = log.signature(device.number << SHIFT | last)
            if signature is None:
                break
            yield Chain(
                device.public, device.certificate, first, len(entries), log.hash_at(device, first - 1), entries[-1].hash, signature,
                block.encode(entries, devices),
            )  # fmt: skip
            first = last + 1


def _ends(database: Database, device: Device, first: int) -> list[int]:
    """The checkpoints at which the pieces end: as far apart as a piece may be long."""
    base = device.number << SHIFT
    rows = database.execute("SELECT id FROM journal_checkpoint WHERE id BETWEEN ? AND ? ORDER BY id", (base | first, base | device.seq))
    signed = [key & SEQ_MASK for (key,) in rows.fetchall()]
    ends: list[int] = []
    for at, here in enumerate(signed):
        begins = ends[-1] + 1 if ends else first
        if at + 1 == len(signed) or signed[at + 1] - begins >= PIECE:
            ends.append(here)
    return ends


def encode_chains(chains: Iterable[Chain]) -> bytes:
    """Pieces as bytes that compress well."""
    return dumps(
        [
            VERSION,
            [
                [one.device, one.certificate, one.first, one.count, one.before, one.after, one.signature, one.block]
                for one in chains
            ],
        ]
    )


def decode_chains(data: bytes) -> list[Chain]:
    """The inverse of `encode_chains`. Blocks and signatures are looked at later, by `Journal.receive`. `Damaged` for anything else."""
    found = loads(data, 4)
    if type(found) is not list or len(found) != 2 or found[0] != VERSION or type(found[1]) is not list or len(found[1]) > CHAINS_MOST:
        raise Damaged("chains")
    return [_chain(item) for item in found[1]]


def _chain(item: Any) -> Chain:
    if type(item) is not list or [type(part) for part in item] != [bytes, bytes, int, int, bytes, bytes, bytes, bytes]:
        raise Damaged("chain")
    made = Chain(*item)
    lengths = [len(made.device), len(made.before), len(made.after), len(made.signature)]
    if lengths != [32, 32, 32, 64] or len(made.certificate) > CERTIFICATE_MOST or len(made.block) > BLOCK_MOST:
        raise Damaged("chain")
    if not 0 < made.first <= SEQ_MOST or not 0 < made.count <= block.COUNT_MOST or made.last > SEQ_MOST:
        raise Damaged("chain")
    return made
