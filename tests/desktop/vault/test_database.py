"""The encrypted file: what it refuses, what it keeps, how it tells faults apart."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.errors import KnownFault
from desktop.vault.database import Database

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
CANARY = "အင်္ဂလိပ်-canary-name"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database.create(tmp_path / "reception", KEY)
    yield made
    made.close()


def test_keeps_what_was_written_and_opens_with_the_key_only(tmp_path: Path) -> None:
    path = tmp_path / "reception"
    made = Database.create(path, KEY)
    made.script(
        "CREATE TABLE person (name TEXT NOT NULL) STRICT; -- a note; with a semicolon\nCREATE INDEX by_name ON person (name)"
    )
    made.execute("INSERT INTO person VALUES (?)", (CANARY,))
    for file in tmp_path.iterdir():
        assert CANARY.encode() not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    made.close()
    assert [file.name for file in tmp_path.iterdir()] == ["reception"]
    with pytest.raises(KnownFault, match=r"vault\.damaged"):
        Database.open(path, OTHER)
    again = Database.open(path, KEY)
    assert again.execute("SELECT name FROM person").fetchall() == [(CANARY,)]
    assert again.sound()
    again.close()
    again.close()


def test_pragmas_in_force(database: Database) -> None:
    expected = {
        "journal_mode": "wal", "synchronous": 2, "temp_store": 2, "secure_delete": 1, "mmap_size": 0, "trusted_schema": 0,
        "cell_size_check": 1, "foreign_keys": 1, "cipher_memory_security": "0", "cipher_page_size": "4096",
        "wal_autocheckpoint": 1000, "journal_size_limit": 16777216,
    }  # fmt: skip
    assert {name: database.execute(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected
    assert database.execute("PRAGMA cache_size").fetchone()[0] in (-32768, -65536)


@pytest.mark.parametrize(
    "sql", ["ATTACH '{}' AS x KEY ''", "VACUUM INTO '{}'", "ATTACH ':memory:' AS x", "SELECT load_extension('{}')"]
)
def test_refuses_what_could_write_plain_copies_or_run_foreign_code(database: Database, tmp_path: Path, sql: str) -> None:
    database.execute("CREATE TABLE t (a)")
    with pytest.raises(sqlcipher.DatabaseError, match=r"not authorized|authorization denied"):
        database.execute(sql.format(tmp_path / "copy"))
    assert not (tmp_path / "copy").exists()


def test_transaction_is_all_or_nothing_and_joins(database: Database) -> None:
    database.execute("CREATE TABLE t (a)")

    def fails_late() -> None:
        with database.transaction():
            with database.transaction():
                database.execute("INSERT INTO t VALUES (1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_late()
    assert not database.in_transaction
    with database.transaction(), database.transaction():
        database.execute("INSERT INTO t VALUES (2)")
        assert database.in_transaction
    assert database.execute("SELECT a FROM t").fetchall() == [(2,)]


def test_a_failed_inner_transaction_cannot_be_kept(database: Database) -> None:
    database.execute("CREATE TABLE t (a)")

    def hides_a_failure() -> None:
        with database.transaction():
            database.execute("INSERT INTO t VALUES (1)")
            with suppress(ValueError), database.transaction():
                raise ValueError

    with pytest.raises(RuntimeError):
        hides_a_failure()
    assert database.execute("SELECT a FROM t").fetchall() == []
    with database.transaction():
        database.execute("INSERT INTO t VALUES (3)")
    assert list(database.execute("SELECT a FROM t")) == [(3,)]


def test_script_is_all_or_nothing_and_keeps_triggers_whole(database: Database) -> None:
    database.script(
        "CREATE TABLE t (a); CREATE TABLE log (a);"
        "CREATE TRIGGER noted AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('x;y'); INSERT INTO log VALUES (new.a); END;"
    )
    database.execute("INSERT INTO t VALUES (7)")
    assert database.execute("SELECT a FROM log").fetchall() == [("x;y",), (7,)]
    with pytest.raises(sqlcipher.OperationalError):
        database.script("CREATE TABLE u (a); INSERT INTO nowhere VALUES (1)")
    assert database.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'u'").fetchone() == (0,)


def test_migrations_go_forward_and_refuse_a_newer_file(database: Database, tmp_path: Path) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "0001_start.sql").write_text("CREATE TABLE t (a);")
    (steps / "0002_more.sql").write_text("ALTER TABLE t ADD COLUMN b; CREATE TABLE u (a);")
    assert database.migrate(steps) == 2
    assert database.migrate(steps) == 2
    assert database.migrate(steps.parent / "steps", area="") == 2
    (steps / "0003_wrong.sql").write_text("CREATE TABLE v (a); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(sqlcipher.OperationalError):
        database.migrate(steps)
    assert database.execute("PRAGMA user_version").fetchone() == (2,)
    assert database.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'v'").fetchone() == (0,)
    (steps / "0003_wrong.sql").unlink()
    (steps / "0002_more.sql").unlink()
    with pytest.raises(KnownFault, match=r"vault\.newer"):
        database.migrate(steps)
    (steps / "0003_gap.sql").write_text("")
    with pytest.raises(ValueError, match="step 2"):
        database.migrate(steps)


def test_areas_keep_their_own_version(database: Database, tmp_path: Path) -> None:
    for area, table in (("one", "a"), ("two", "b")):
        steps = tmp_path / area
        steps.mkdir()
        (steps / "0001_start.sql").write_text(f"CREATE TABLE {table} (x);")
        assert database.migrate(steps, area) == 1
    (tmp_path / "one" / "0001_start.sql").unlink()
    with pytest.raises(KnownFault, match=r"vault\.newer"):
        database.migrate(tmp_path / "one", "one")
    assert database.migrate(tmp_path / "two", "two") == 1


def test_rekey(tmp_path: Path) -> None:
    path = tmp_path / "contacts"
    made = Database.create(path, KEY)
    made.execute("CREATE TABLE t (a)")
    made.executemany("INSERT INTO t VALUES (?)", [(str(n) * 500,) for n in range(500)])
    made.rekey(OTHER)
    made.execute("INSERT INTO t VALUES ('after')")
    made.close()
    with pytest.raises(KnownFault, match=r"vault\.damaged"):
        Database.open(path, KEY)
    again = Database.open(path, OTHER)
    assert again.execute("SELECT count(*) FROM t").fetchone() == (501,)
    assert again.sound()
    again.close()


def test_damage_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reception"
    made = Database.create(path, KEY)
    made.execute("CREATE TABLE t (a)")
    made.executemany("INSERT INTO t VALUES (?)", [("x" * 500,) for _ in range(500)])
    made.close()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    again = Database.open(path, KEY)
    assert not again.sound()
    with pytest.raises(KnownFault, match=r"vault\.damaged"):
        list(again.execute("SELECT a FROM t"))
    again.close()
    path.write_bytes(b"not a database at all" * 400)
    with pytest.raises(KnownFault, match=r"vault\.damaged"):
        Database.open(path, KEY)
    path.unlink()
    with pytest.raises(KnownFault, match=r"vault\.part_missing"):
        Database.open(path, KEY)
    with pytest.raises(ValueError, match="32 bytes"):
        Database.create(path, b"short")


def test_another_writer_is_told(database: Database) -> None:
    database.execute("CREATE TABLE t (a)")
    second = Database.open(database.path, KEY)
    with database.transaction():
        database.execute("INSERT INTO t VALUES (1)")
        with pytest.raises(KnownFault, match=r"vault\.in_use"):
            second.execute("INSERT INTO t VALUES (2)")
    second.close()


def test_our_own_mistakes_rise(database: Database) -> None:
    with pytest.raises(sqlcipher.OperationalError):
        database.execute("SELECT * FROM nowhere")
    database.execute("CREATE TABLE t (a PRIMARY KEY)")
    database.execute("INSERT INTO t VALUES (1)")
    with pytest.raises(sqlcipher.IntegrityError):
        database.execute("INSERT INTO t VALUES (1)")


FILL = """
import resource, signal, sys
from pathlib import Path
from desktop.domain.errors import KnownFault
from desktop.vault.database import Database
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
database = Database.open(Path(sys.argv[1]), bytes(range(32)))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
kept = 0
try:
    for number in range(1000):
        with database.transaction():
            database.execute("INSERT INTO t VALUES (?)", ("y" * 3000,))
        kept += 1
except KnownFault as fault:
    print(fault.code, kept)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are of POSIX systems")
def test_full_disk_keeps_what_was_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "reception"
    made = Database.create(path, KEY)
    made.execute("CREATE TABLE t (a)")
    made.close()
    run = subprocess.run([sys.executable, "-c", FILL, str(path)], capture_output=True, text=True, check=True, cwd=os.getcwd())
    code, kept = run.stdout.split()
    assert code in ("disk.full", "disk.failed")  # a size limit is reported as a failed write by some systems
    again = Database.open(path, KEY)
    assert again.execute("SELECT count(*) FROM t").fetchone() == (int(kept),)
    assert int(kept) > 10
    assert again.sound()
    again.close()


REKEY = """
import resource, signal, sys
from pathlib import Path
from desktop.domain.errors import KnownFault
from desktop.vault.database import Database
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
database = Database.open(Path(sys.argv[1]), bytes(range(32)))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
try:
    database.rekey(bytes(range(1, 33)))
except KnownFault as fault:
    print(fault.code)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
database.execute("INSERT INTO t VALUES ('after')")
database.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are of POSIX systems")
def test_full_disk_while_changing_the_key_keeps_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "reception"
    made = Database.create(path, KEY)
    made.execute("CREATE TABLE t (a)")
    made.executemany("INSERT INTO t VALUES (?)", [("y" * 3000,) for _ in range(200)])
    made.close()
    run = subprocess.run([sys.executable, "-c", REKEY, str(path)], capture_output=True, text=True, check=True, cwd=os.getcwd())
    assert run.stdout.strip() == "disk.failed"
    again = Database.open(path, KEY)
    assert again.execute("SELECT count(*) FROM t").fetchone() == (201,)
    assert again.sound()
    with monkeypatch.context() as patched:
        patched.setattr("desktop.vault.database.shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
        with pytest.raises(KnownFault, match=r"disk\.full"):
            again.rekey(OTHER)
    again.execute("INSERT INTO t VALUES ('more')")
    again.close()
    Database.open(path, KEY).close()


def test_a_full_disk_is_named_when_a_file_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk there is no room for the index of the log, which SQLite reports as a failed disk."""
    Database.create(tmp_path / "r", bytes(32)).close()

    def no_room(path: Path, key: bytes) -> None:
        raise KnownFault("disk.failed")

    monkeypatch.setattr("desktop.vault.database._connect", no_room)
    for free, code in ((1 << 30, "disk.failed"), (4096, "disk.full")):
        monkeypatch.setattr("desktop.vault.database.shutil.disk_usage", lambda path, free=free: SimpleNamespace(free=free))
        with pytest.raises(KnownFault, match=code):
            Database.open(tmp_path / "r", bytes(32))
