"""kill -9 in the middle of saving, and of reading another site's news: what was told as saved is there, and nothing stands half."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.domain.folders import Folder
from desktop.domain.ids import Stamp
from desktop.journal.journal import Journal
from desktop.vault.database import Database
from desktop.vault.identity import DeviceKey, new_device
from tests.desktop.journal.sites import DERIVED, ROOTS, Clock, SeenPeople, all_roots

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="fork and kill -9 are of POSIX systems")

ROUNDS = 20
KEY = bytes(range(32))


@contextmanager
def opened(path: Path, device: DeviceKey) -> Iterator[Journal]:
    """The journal in that file, which is made if it is not there."""
    database = Database.open(path, KEY) if path.exists() else Database.create(path, KEY)
    yield Journal(database, Folder.RECEPTION, device, "v1", Clock(), [SeenPeople()])
    database.close()


def killed(work: Callable[[Callable[[str], None]], None], after: float) -> list[str]:
    """Do the work in a process of its own and kill it some seconds after its first word. Returns what it had said."""
    heard, says = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        try:
            work(lambda line: os.write(says, line.encode() + b"\n") and None)
        finally:
            os._exit(0)
    os.close(says)
    with os.fdopen(heard) as lines:
        assert select.select([lines], [], [], 30)[0], "it never began"
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return lines.read().splitlines()


def assert_whole(journal: Journal) -> None:
    """No flaw, and every table is what the entries give."""
    assert journal.check() == ()
    before = {table: sorted(journal.database.execute(f"SELECT * FROM {table}").fetchall()) for table in DERIVED}
    journal.rebuild()
    assert {table: sorted(journal.database.execute(f"SELECT * FROM {table}").fetchall()) for table in DERIVED} == before


def test_killed_while_saving(tmp_path: Path) -> None:
    path, device = tmp_path / "reception", new_device(ROOTS[0])
    chance = random.Random(9)
    known: list[Stamp] = []
    wanted: dict[Stamp, str] = {}
    drafts: dict[str, bytes] = {}
    with opened(path, device):
        pass

    def work(say: Callable[[str], None]) -> None:
        luck = random.Random(len(wanted))
        with opened(path, device) as journal:
            say("open")
            mine = list(known)
            for number in range(100_000):
                value = f"{number} အောင် {luck.random()}"
                journal.drafts.keep("draft", "arrival", value.encode())
                say(f"draft {value}")
                with journal.save("change") as save:
                    if luck.random() < 0.3 or not mine:
                        household = save.create("household", {"code": value})
                        record = save.create("person", {"name": value, "household": household.text()})
                        mine.append(record)
                    else:
                        record = luck.choice(mine)
                        save.set(record, {"name": value, f"field_{number % 7}": value * 20})
                        save.event(record, "note", {"text": value})
                say(f"saved {record.text()} {value}")

    entries = 0
    for _ in range(ROUNDS):
        for line in killed(work, chance.uniform(0, 0.06)):
            what, _, rest = line.partition(" ")
            if what == "draft":
                drafts["draft"] = rest.encode()
            elif what == "saved":
                text, _, value = rest.partition(" ")
                wanted[Stamp.parse(text)] = value
                known = list(wanted)
        with opened(path, device) as journal:
            assert_whole(journal)
            for record, value in wanted.items():
                line = next(one for one in journal.history(record) if any(change.after == value for change in one.changes))
                assert line.author == "v1"
                wanted[record] = str(journal.values(record)["name"])  # one save may have been kept that could not be told any more
            kept = journal.drafts.read("draft")
            if drafts:
                assert kept is not None
                number = int(drafts["draft"].split()[0])
                assert kept.body == drafts["draft"] or int(kept.body.split()[0]) in (number + 1, 0)
            (now,) = journal.versions().values() or (0,)
            assert now >= entries
            entries = now
    assert len(wanted) > 1


def test_killed_while_reading_news(tmp_path: Path) -> None:
    giver, taker = new_device(ROOTS[0]), new_device(ROOTS[1])
    with opened(tmp_path / "giver", giver) as journal:
        with journal.save() as save:
            for number in range(1000):
                save.create("person", {"name": f"အောင် {number}", "note": "x" * 100})
        journal.checkpoint()
        news, wanted = list(journal.chains_since({})), journal.state_hash()
    chance = random.Random(10)
    outcomes = set()
    with opened(tmp_path / "measured", taker) as journal:
        began = time.perf_counter()
        journal.receive(news, all_roots())
        takes = time.perf_counter() - began
    for number in range(ROUNDS):
        path = tmp_path / f"taker{number}"
        with opened(path, taker) as journal:
            nothing = journal.state_hash()

        def work(say: Callable[[str], None], path: Path = path) -> None:
            with opened(path, taker) as journal:
                say("open")
                journal.receive(news, all_roots())
                say("done")
                time.sleep(30)

        said = killed(work, chance.uniform(0, 1.5 * takes))
        with opened(path, taker) as journal:
            state = journal.state_hash()
            assert state in ((wanted,) if "done" in said else (nothing, wanted))
            outcomes.add(state == wanted)
            assert_whole(journal)
            journal.receive(news, all_roots())
            assert journal.state_hash() == wanted
    assert outcomes == {True, False}
