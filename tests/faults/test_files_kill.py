"""kill -9 while files are kept, and while they are taken from a stick: what was confirmed is there, and nothing is half there."""

from __future__ import annotations

import hashlib
import random
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.domain.folders import Folder
from desktop.services import files, integrity, stick
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.faults.killing import killed

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"), pytest.mark.usefixtures("quickly")]

ROUNDS = 20
READING = 10
PASSPHRASE = "amber river stone lantern"


def opened(folder: Path) -> Session:
    return Session(Vault.open(folder, PASSPHRASE))


def content(number: int) -> bytes:
    return hashlib.sha256(b"%d" % number).digest() * (2000 + 900 * (number % 40))


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """Two vaults that trust each other, closed."""
    made = []
    for name in "AB":
        Vault.create(tmp_path / name, site=name, name="Coordinator", passphrase=PASSPHRASE, hardness=FLOOR)[0].close()
        made.append(opened(tmp_path / name))
    for one, two in (made, made[::-1]):
        stick.trust(one, card=stick.read_card(one, source=stick.my_card(two).data), folders=frozenset(Folder))
    for session in made:
        session.close()
    return tmp_path / "A", tmp_path / "B"


def test_keeping(sites: tuple[Path, Path]) -> None:
    chance = random.Random(3)
    kept: dict[str, int] = {}
    cut, longest, start = 0, 0.15, 0

    def keep(tell: Connection) -> None:
        session = opened(sites[0])
        tell.send("open")
        for number in range(start, start + 12):
            file, _ = files.keep(session, folder=Folder.RECEPTION, content=content(number), media_type="image/jpeg")
            tell.send((file, number))
        tell.send("done")

    for _ in range(ROUNDS):
        told = killed(keep, chance.uniform(0, longest))
        longest *= 1.3 if told[-1] != "done" else 0.7  # about half of the rounds are cut short, on any machine
        kept.update(one for one in told if isinstance(one, tuple))
        session = opened(sites[0])
        for file, number in kept.items():
            assert files.read(session, file=file) == content(number)
        found = integrity.files(session)
        assert (found.damaged, found.awaited) == ((), 0), "no record names what is not there"
        assert (found.unnamed, found.judged) == ((), True), "what was cut short went when the folder was opened"
        assert not list(session.vault.files.folder.glob("*.part"))
        session.close()
        cut += told[-1] != "done"
        start += 12
    assert cut >= ROUNDS // 4


def test_reading_from_a_stick(sites: tuple[Path, Path], tmp_path: Path) -> None:
    chance = random.Random(4)
    place = tmp_path / "stick"
    place.mkdir()
    cut, longest = 0, 0.1

    def read(tell: Connection) -> None:
        session = opened(sites[1])
        tell.send("open")
        for path in place.iterdir():
            stick.read_news(session, path=path)
        tell.send("read")

    for round_ in range(READING):
        here = opened(sites[0])
        made = {
            files.keep(here, folder=Folder.RECEPTION, content=content(number), media_type="image/jpeg")[0]: number
            for number in range(10 * round_, 10 * round_ + 10)
        }
        stick.put_news(here, folder=place)
        here.close()
        told = killed(read, chance.uniform(0, longest))
        longest *= 1.3 if told[-1] != "read" else 0.7
        cut += told[-1] != "read"
        there = opened(sites[1])
        found = integrity.files(there)
        assert (found.damaged, found.unnamed) == ((), ())
        for path in place.iterdir():
            stick.read_news(there, path=path)
        for file, number in made.items():
            assert files.read(there, file=file) == content(number)
        answer = tmp_path / "answer"
        answer.mkdir(exist_ok=True)
        stick.put_news(there, folder=answer)
        there.close()
        here = opened(sites[0])
        for path in answer.iterdir():
            stick.read_news(here, path=path)
            path.unlink()
        here.close()
    assert cut >= READING // 5
