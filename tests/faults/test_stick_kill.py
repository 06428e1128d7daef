"""kill -9 at random moments of putting news on a stick and of reading it."""

from __future__ import annotations

import random
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.domain.folders import Folder
from desktop.domain.ids import Stamp
from desktop.exchange import carrier
from tests.desktop.exchange.places import Place, copy_model, make_model
from tests.faults.killing import killed

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"), pytest.mark.usefixtures("quickly")]

ROUNDS = 24


@pytest.fixture
def sites(tmp_path: Path) -> dict[str, Path]:
    """Two vaults that trust each other, closed."""
    (tmp_path / "models").mkdir()
    for name in "AB":
        make_model(tmp_path / "models", name)
        copy_model(tmp_path / "models", name, tmp_path / name)
    here, there = Place.open(tmp_path / "A"), Place.open(tmp_path / "B")
    here.trusts(there)
    there.trusts(here)
    for site in (here, there):
        site.vault.close()
    return {name: tmp_path / name for name in "AB"}


def test_putting_news(sites: dict[str, Path], tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    saved: set[Stamp] = set()
    chance = random.Random(1)
    cut, longest = 0, 0.2

    def put(tell: Connection) -> None:
        site = Place.open(sites["A"])
        tell.send("open")
        for number in range(3):
            tell.send(site.create(name=f"person {number}", note="n" * 2000))
            site.put(stick)
            tell.send("put")

    for _ in range(ROUNDS):
        told = killed(put, chance.uniform(0, longest))
        longest *= 1.3 if len(told) < 7 else 0.7  # about half of the rounds are cut short, on any machine
        saved |= {one for one in told if isinstance(one, Stamp)}
        here = Place.open(sites["A"])
        assert saved <= set(here.reception.records("person"))
        there = Place.open(sites["B"])
        for path in stick.iterdir():
            if path.suffix == carrier.EXTENSION:
                there.read(path)  # raises for half a file
        cut += len(told) < 7
        here.vault.close()
        there.vault.close()
    assert cut >= ROUNDS // 4
    here, there = Place.open(sites["A"]), Place.open(sites["B"])
    there.read(here.put(stick).path)
    assert here.state() == there.state()
    assert [path for path in stick.iterdir() if path.suffix != carrier.EXTENSION] == []
    here.vault.close()
    there.vault.close()


def test_reading_news(sites: dict[str, Path], tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    chance = random.Random(2)
    torn, longest = 0, 0.1

    def read(tell: Connection) -> None:
        site = Place.open(sites["B"])
        tell.send("open")
        for path in stick.iterdir():
            site.read(path)
        tell.send("read")

    for _ in range(ROUNDS):
        here = Place.open(sites["A"])
        for folder in (Folder.RECEPTION, Folder.CONTACTS):
            with here.journals[folder].save("arrival") as save:
                for number in range(200):
                    save.create("person", {"name": f"person {number}", "note": "n" * 200})
        here.put(stick)
        before = {path.name: path.read_bytes() for path in stick.iterdir()}
        there = Place.open(sites["B"])
        was, wanted = there.state(), here.state()
        there.vault.close()
        told = killed(read, chance.uniform(0, longest))
        longest *= 1.3 if told[-1] != "read" else 0.7  # about half of the rounds are cut short, on any machine
        there = Place.open(sites["B"])
        for now, earlier, later in zip(there.state(), was, wanted):
            assert now in (earlier, later)
        torn += told[-1] != "read"
        assert {path.name: path.read_bytes() for path in stick.iterdir()} == before
        for path in stick.iterdir():
            there.read(path)
        assert there.state() == wanted
        answer = tmp_path / "answer"
        answer.mkdir(exist_ok=True)
        here.read(there.put(answer).path)
        here.vault.close()
        there.vault.close()
    assert torn >= ROUNDS // 4
