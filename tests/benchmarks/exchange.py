"""News from vault to stick to vault, the whole way: signed, sealed twice, padded, written, synced, read back and opened again; then
checked and taken in. The workload is that of `journal`."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop.exchange import reading
from desktop.exchange.writing import Given
from tests.benchmarks.journal import FIELDS, RECORDS, Site
from tests.benchmarks.table import Row, peak_megabytes, timed
from tests.desktop.exchange.places import Place, make_model
from tests.stretching import quick

MANY = 100_000
MANY_FIELDS = 10


class Office(Site):
    """The workload's view of a site with a whole vault."""

    def __init__(self, place: Place) -> None:
        self.place, self.database, self.journal = place, place.reception.database, place.reception


def offices(folder: Path) -> tuple[Office, Office]:
    """Two sites that trust each other."""
    for name in "AB":
        make_model(folder, name)
    here, there = (Place.open(folder / name) for name in "AB")
    here.trusts(there)
    there.trusts(here)
    return Office(here), Office(there)


def carried(here: Office, there: Office, stick: Path) -> tuple[Given, float, float]:
    """What was put, the seconds that putting took, and reading."""
    given: list[Given] = []
    put = timed(lambda: given.append(here.place.put(stick)))
    return given[0], put, timed(lambda: there.place.read(given[0].path))


def exchange_rows(folder: Path) -> Iterator[Row]:
    """Full, 5 % on both sides, 1 %."""
    chance = random.Random(5)
    here, there = offices(folder)
    stick = folder / "stick"
    stick.mkdir()
    records = here.fill(RECORDS, FIELDS, chance)
    given, put, read = carried(here, there, stick)
    yield Row("10,000 x 20 fields: put on the stick", put, "s", 0.15)
    yield Row("10,000 x 20 fields: file", given.size / 1e6, "MB", 1.9)
    yield Row("10,000 x 20 fields: read", read, "s", 1.0)
    carried(there, here, stick)
    cells = [(record, field) for record in records for field in range(FIELDS)]
    share = len(cells) // 20
    picked = chance.sample(cells, 2 * share - share // 20)
    here.edit(picked[:share], chance)
    there.edit(picked[: share // 20] + picked[share:], chance)
    given, put, read = carried(here, there, stick)
    yield Row("5 % changed on both sides: put", put, "s", 0.25)
    yield Row("5 % changed on both sides: file", given.size / 1e3, "kB", 100)
    yield Row("5 % changed on both sides: read", read, "s", 0.25)
    carried(there, here, stick)
    if here.place.state() != there.place.state():
        raise RuntimeError("the two sites differ")
    here.edit(chance.sample(cells, len(cells) // 100), chance)
    given, put, read = carried(here, there, stick)
    yield Row("1 % delta: put", put, "s", 0.08)
    yield Row("1 % delta: file", given.size / 1e3, "kB", 26)
    yield Row("1 % delta: read", read, "s", 0.08)
    yield Row("the same file again", timed(lambda: there.place.read(given.path)), "s")
    for office in (here, there):
        office.place.vault.close()


def many_rows(folder: Path) -> Iterator[Row]:
    """A million field values; reading in a process of its own, so that its memory can be told."""
    here, there = offices(folder)
    stick = folder / "stick"
    stick.mkdir()
    here.fill(MANY, MANY_FIELDS, random.Random(7))
    yield Row("1,000,000 values: put", timed(lambda: here.place.put(stick)), "s")
    yield Row("1,000,000 values: file", next(stick.iterdir()).stat().st_size / 1e6, "MB")
    for office in (here, there):
        office.place.vault.close()
    program = "import sys; from pathlib import Path; from tests.benchmarks.exchange import read_many; read_many(Path(sys.argv[1]))"
    told = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True).stdout.split()
    yield Row("1,000,000 values: read", float(told[0]), "s", 5)
    yield Row("1,000,000 values: memory at most", float(told[1]), "MB", 300)


def read_many(folder: Path) -> None:
    """Reads the file that lies there and prints seconds and megabytes."""
    with quick():
        there = Place.open(folder / "B")
        path = next((folder / "stick").iterdir())
        seconds = timed(lambda: reading.take(
            there.trust, there.journals, there.shelf, reading.news(there.post, there.trust, path, path.read_bytes()), lambda: None
        ))
        there.vault.close()
    print(seconds, peak_megabytes())


def rows() -> list[Row]:
    """All of them."""
    found: list[Row] = []
    with quick():
        for part in (exchange_rows, many_rows):
            with tempfile.TemporaryDirectory() as place:
                found += part(Path(place))
    return found
