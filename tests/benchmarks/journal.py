"""Saving, sending and receiving, on the workload of 10,000 records with 20 fields, beside a bare SQLCipher transaction."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from statistics import median
from subprocess import run
from sys import argv, executable

import zstandard
from pyrage import encrypt, x25519

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.journal.chains import decode_chains, encode_chains
from desktop.journal.journal import Journal
from desktop.vault.database import Database
from desktop.vault.identity import DeviceKey, new_device, new_signing_key
from tests.benchmarks.table import Row, peak_megabytes, timed

FIELDS = 20
RECORDS = 10_000
MANY = 100_000
_SYLLABLES = ["ba", "ko", "ra", "mi", "sha", "del", "tor", "ven", "ash", "ur", "kha", "zai", "nov", "ek", "lo", "pe", "shi", "gan", "dra", "wo"]


class Site:
    """One journal in a throw-away folder."""

    def __init__(self, folder: Path, name: str, root: bytes) -> None:
        self.database = Database.create(folder / name, os.urandom(32))
        self.device: DeviceKey = new_device(root)
        self.journal = Journal(self.database, Folder.RECEPTION, self.device, name, lambda: datetime.now(timezone.utc))

    def fill(self, records: int, fields: int, chance: random.Random) -> list[RecordId]:
        """Invented records, one hundred to a save."""
        made = []
        for _ in range(records // 100):
            with self.journal.save("fill") as save:
                made += [save.create("person", {f"field_{at}": _value(chance) for at in range(fields)}) for _ in range(100)]
        self.journal.checkpoint()
        return made

    def edit(self, cells: Sequence[tuple[RecordId, int]], chance: random.Random) -> None:
        """One entry for each cell, some hundred to a transaction."""
        for begin in range(0, len(cells), 500):
            with self.database.transaction():
                for record, field in cells[begin : begin + 500]:
                    with self.journal.save("edit") as save:
                        save.set(record, {f"field_{field}": _value(chance)})
        self.journal.checkpoint()

    def send(self, versions: dict[bytes, int], recipients: list[x25519.Recipient]) -> tuple[bytes, bytes]:
        """What lies on the stick, and what is in it before it was compressed."""
        data = encode_chains(self.journal.chains_since(versions))
        level = 19 if len(data) < 1 << 19 else 3  # as bundles are packed
        return encrypt(zstandard.ZstdCompressor(level=level).compress(data), recipients), data


def _value(chance: random.Random) -> str:
    which = chance.random()
    if which < 0.3:
        return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 5)))
    if which < 0.5:
        return f"{chance.randint(1930, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    if which < 0.7:
        return chance.choice(["yes", "no", "unknown", "ar", "uk", "fa", "M", "F"])
    if which < 0.9:
        return str(chance.randint(0, 10**9))
    return " ".join("".join(chance.choice(_SYLLABLES) for _ in range(3)) for _ in range(8))


def _best(work: Callable[[], object], times: int = 3) -> float:
    return median(timed(work) for _ in range(times))


def _receive(site: Site, data: bytes, roots: list[bytes]) -> None:
    site.journal.receive(decode_chains(data), roots)


def exchange_rows() -> Iterator[Row]:
    """Full, 5 % on both sides, 1 %."""
    chance = random.Random(5)
    root = new_signing_key()
    recipients = [x25519.Identity.generate().to_public() for _ in range(8)]
    with tempfile.TemporaryDirectory() as place:
        a = Site(Path(place), "a", root)
        roots = [a.device.certificate[:32]]
        records = a.fill(RECORDS, FIELDS, chance)
        sealed, full = a.send({}, recipients)
        yield Row("10,000 x 20 fields: full send", _best(lambda: a.send({}, recipients)), "s", 0.15)
        yield Row("10,000 x 20 fields: full send, size", len(sealed) / 1e6, "MB", 1.9)
        sites = [Site(Path(place), f"b{number}", root) for number in range(3)]
        yield Row("10,000 x 20 fields: full receive", median(timed(lambda s=s: _receive(s, full, roots)) for s in sites), "s", 1.0)
        b = sites[0]
        cells = [(record, field) for record in records for field in range(FIELDS)]
        share = len(cells) // 20
        picked = chance.sample(cells, 2 * share - share // 20)
        a.edit(picked[:share], chance)
        b.edit(picked[: share // 20] + picked[share:], chance)
        versions = b.journal.versions()
        sealed, data = a.send(versions, recipients)
        yield Row("5 % changed on both sides: send", _best(lambda: a.send(versions, recipients)), "s", 0.25)
        yield Row("5 % changed on both sides: size", len(sealed) / 1e3, "kB", 100)
        yield Row("5 % changed on both sides: receive", timed(lambda: _receive(b, data, roots)), "s", 0.25)
        _receive(a, b.send(a.journal.versions(), recipients)[1], roots)
        if a.journal.state_hash() != b.journal.state_hash():
            raise RuntimeError("the two sites differ")
        versions = b.journal.versions()
        a.edit(chance.sample(cells, len(cells) // 100), chance)
        sealed, data = a.send(versions, recipients)
        yield Row("1 % delta: send", _best(lambda: a.send(versions, recipients)), "s", 0.08)
        yield Row("1 % delta: size", len(sealed) / 1e3, "kB", 26)
        yield Row("1 % delta: receive", timed(lambda: _receive(b, data, roots)), "s", 0.08)
        yield Row("the same again", timed(lambda: _receive(b, data, roots)), "s")
        for site in (a, *sites):
            site.database.close()


def save_rows() -> Iterator[Row]:
    """One field of one record, beside one row in a bare table; by turns, so that both meet the same disk."""
    chance = random.Random(6)
    with tempfile.TemporaryDirectory() as place:
        site = Site(Path(place), "a", new_signing_key())
        records = site.fill(2_000, FIELDS, chance)
        bare = Database.create(Path(place) / "bare", os.urandom(32))
        bare.script("CREATE TABLE line (id INTEGER PRIMARY KEY, record INTEGER, field TEXT, value TEXT) STRICT")

        def one_row() -> None:
            with bare.transaction():
                bare.execute("INSERT INTO line (record, field, value) VALUES (?, ?, ?)", (chance.randint(1, 2000), "f", _value(chance)))

        def one_save() -> None:
            with site.journal.save("edit") as save:
                save.set(chance.choice(records), {f"field_{chance.randrange(FIELDS)}": _value(chance)})

        pairs = [(timed(one_row), timed(one_save)) for _ in range(400)]
        plain, ours = (median(times) * 1000 for times in zip(*pairs))
        yield Row("save one entry", ours, "ms", 1.5 * plain, "bare SQLCipher transaction", plain)
        bare.close()
        site.database.close()


def many_rows() -> Iterator[Row]:
    """A million field values, in a process of its own so that its memory can be told."""
    with tempfile.TemporaryDirectory() as place:
        path, root = Path(place) / "data", new_signing_key()
        site = Site(Path(place), "a", root)
        site.fill(MANY, 10, random.Random(7))
        path.write_bytes(site.device.certificate[:32] + encode_chains(site.journal.chains_since({})))
        site.database.close()
        told = run([executable, "-m", "tests.benchmarks.journal", str(path)], check=True, capture_output=True, text=True).stdout
    seconds, megabytes = told.split()
    yield Row("1,000,000 field values received", float(seconds), "s", 5.0)
    yield Row("1,000,000 field values received, memory at its peak", float(megabytes), "MB", 300)



def _receive_file(path: Path) -> None:
    root = new_signing_key()
    with tempfile.TemporaryDirectory() as place:
        site = Site(Path(place), "b", root)
        data = path.read_bytes()
        roots = [data[:32]]
        seconds = timed(lambda: _receive(site, data[32:], roots))
        site.database.close()
    print(seconds, peak_megabytes())


def rows() -> list[Row]:
    """All of it."""
    return [*save_rows(), *exchange_rows(), *many_rows()]


if __name__ == "__main__":
    _receive_file(Path(argv[1]))
