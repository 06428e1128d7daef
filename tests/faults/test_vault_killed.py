"""kill -9 at random moments while the slots are rewritten and folders get new keys: the vault opens, nothing kept is lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.domain.folders import Folder, Role
from desktop.vault.hardness import FLOOR
from desktop.vault.slots import Slots
from desktop.vault.vault import Vault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX systems")

ROUNDS = 20
MINE = "coordinator phrase"

REWRITE = """
import sys
from pathlib import Path
from desktop.vault.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
while True:
    code = vault.volunteers.new_recovery_code()
    print(code, flush=True)
"""

REKEY = """
import sys
from pathlib import Path
from desktop.domain.folders import Folder
from desktop.vault.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.argv[2])
medic = [one.id for one in vault.volunteers.all() if one.name == "medic"][0]
print("open", flush=True)
both = frozenset({Folder.RECEPTION, Folder.HEALTH})
for round in range(1000):
    vault.database(Folder.HEALTH).execute("INSERT INTO t VALUES (?, ?)", (round, "z" * 2000))
    print(round, flush=True)
    vault.volunteers.set_folders(medic, both if round % 2 else frozenset({Folder.RECEPTION}))
"""

REMOVE = """
import sys
from pathlib import Path
from desktop.vault.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.argv[2])
medic = [one.id for one in vault.volunteers.all() if one.name == "medic"][0]
print("open", flush=True)
vault.volunteers.close_access(medic)
print("closed", flush=True)
sys.stdin.read()
"""


def run_and_kill(program: str, folder: Path, after: float) -> list[str]:
    """What the program had said when it was killed `after` seconds from opening the vault."""
    command = [sys.executable, "-c", program, str(folder), MINE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=os.getcwd()) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        time.sleep(after)
        other.kill()
        return other.stdout.read().split()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "vault"
    vault, _ = Vault.create(folder, site="A", name="coordinator", passphrase=MINE, hardness=FLOOR)
    folders = frozenset({Folder.RECEPTION, Folder.HEALTH})
    vault.volunteers.add(name="medic", role=Role.MEDIC, passphrase="medic phrase", folders=folders)
    for folder_kind in Folder:
        database = vault.database(folder_kind)
        assert database is not None
        database.execute("CREATE TABLE t (n INTEGER, a TEXT)")
        with database.transaction():
            database.executemany("INSERT INTO t VALUES (?, ?)", [(-1, "x" * 1000) for _ in range(2000)])
    vault.close()
    return folder


@pytest.mark.slow
def test_killed_while_the_slots_are_rewritten(model: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    folder = tmp_path / "vault"
    shutil.copytree(model, folder)
    written = 0
    for _ in range(ROUNDS):
        before = Slots.read(folder).counter
        codes = [code for code in run_and_kill(REWRITE, folder, chance.uniform(0, 0.25)) if len(code) == 32]
        written += len(codes)
        slots = Slots.read(folder)
        if slots.counter == before + len(codes):  # else one more was written and not said yet
            assert not codes or slots.open(slots.by_code(codes[-1])) is not None
        else:
            assert slots.counter == before + len(codes) + 1
        vault = Vault.open(folder, MINE)
        assert vault.damaged() == []
        vault.close()
        assert (folder / "slots").read_bytes() == (folder / "slots.2").read_bytes()
    assert written > ROUNDS


@pytest.mark.slow
def test_killed_while_a_folder_gets_new_keys(model: Path, tmp_path: Path) -> None:
    chance = random.Random(8)
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        shutil.copytree(model, folder)
        kept = [int(line) for line in run_and_kill(REKEY, folder, chance.uniform(0, 0.8))]
        vault = Vault.open(folder, MINE)
        health = vault.database(Folder.HEALTH)
        assert health is not None
        found = [row[0] for row in health.execute("SELECT n FROM t WHERE n >= 0 ORDER BY n")]
        assert found[: len(kept)] == kept
        assert health.execute("SELECT count(*) FROM t WHERE n = -1").fetchone() == (2000,)
        assert vault.home.execute("SELECT max(moving), max(wanted) FROM folders").fetchone() == (0, 0)
        assert vault.damaged() == []
        vault.close()
        Vault.open(folder, "medic phrase").close()
        shutil.rmtree(folder)


@pytest.mark.slow
def test_killed_while_a_volunteer_is_removed(model: Path, tmp_path: Path) -> None:
    chance = random.Random(9)
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        shutil.copytree(model, folder)
        said = run_and_kill(REMOVE, folder, chance.uniform(0, 0.12))
        vault = Vault.open(folder, MINE)
        names = [one.name for one in vault.volunteers.all()]
        for folder_kind in Folder:
            database = vault.database(folder_kind)
            assert database is not None
            assert database.execute("SELECT count(*) FROM t").fetchone() == (2000,)
        assert vault.damaged() == []
        vault.close()
        if said:
            assert names == ["coordinator"]
        slots = Slots.read(folder)
        opened = slots.open(slots.by_passphrase(MINE))
        assert opened is not None
        assert opened.home_keys[0] == opened.home_keys[1]
        shutil.rmtree(folder)
