"""One encrypted SQLite file: how it is opened, written safely, brought to a newer shape, given another key, closed.

Raw 256-bit key (derived or random: no password hashing here), 4 KiB pages, write-ahead log with `synchronous=FULL`: anything
less loses saves that were already confirmed when the power goes. A `Database` belongs to the thread that opened it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.errors import KnownFault
from desktop.vault.faults import database_fault, explained
from desktop.vault.machine import GIB, memory_bytes

KEY_BYTES = 32
Parameters = Sequence[object] | Mapping[str, object]

_ATTACH, _DETACH = 24, 25  # authorizer actions, https://sqlite.org/c3ref/c_alter_table.html
_ROOM_FOR_LOG = 1 << 16
_NUMBERED = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_PRAGMAS = (
    "cipher_memory_security = OFF",  # 4x slower search for a wipe that Python's own copies undo
    "temp_store = MEMORY",  # temporary files would not be encrypted
    "mmap_size = 0",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
    "wal_autocheckpoint = 1000",
    "journal_size_limit = 16777216",
    *(("fullfsync = ON", "checkpoint_fullfsync = ON") if sys.platform == "darwin" else ()),
)


class Cursor(sqlcipher.Cursor):  # type: ignore[misc]
    """A cursor whose reading errors are explained like those of `Database.execute`."""

    def fetchone(self) -> Any:
        with explained():
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with explained():
            found: list[Any] = super().fetchall()
            return found

    def __iter__(self) -> Iterator[Any]:
        with explained():
            yield from iter(super().fetchone, None)


class Database:
    """One encrypted file. `path` is where it lies."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._connection = _connect(path, key)
        self._depth = 0
        self._doomed = False

    @classmethod
    def create(cls, path: Path, key: bytes) -> Database:
        """A new, empty file that only its owner may read. FileExistsError if there is one; KnownFault: disk.full, disk.readonly."""
        with _explained_at(path):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            return cls(path, key)

    @classmethod
    def open(cls, path: Path, key: bytes) -> Database:
        """An existing file. KnownFault: vault.part_missing (part), vault.damaged (also for a wrong key), disk.readonly, vault.in_use."""
        if not path.is_file():
            raise KnownFault("vault.part_missing", part=path.name)
        with _explained_at(path):
            return cls(path, key)

    def execute(self, sql: str, params: Parameters = ()) -> Cursor:
        """Run one statement; values only through `params`. KnownFault for what is the environment's fault."""
        try:
            cursor: Cursor = self._connection.cursor(Cursor)
            return cursor.execute(sql, params)  # type: ignore[no-any-return]
        except sqlcipher.Error as error:
            raise (database_fault(error) or error) from error

    def executemany(self, sql: str, rows: Iterable[Parameters]) -> Cursor:
        """Run one statement for each of the rows."""
        with explained():
            cursor: Cursor = self._connection.cursor(Cursor)
            return cursor.executemany(sql, rows)  # type: ignore[no-any-return]

    def script(self, sql: str) -> None:
        """Run several statements, all or none, joining a transaction that is already open."""
        with self.transaction():
            for statement in _statements(sql):
                self.execute(statement)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside are kept together or not at all. Inside another `transaction` it joins that one: if the inner block
        fails, the outer one cannot be kept either, even if the error was caught in between (RuntimeError)."""
        if self._depth:
            self._depth += 1
            try:
                yield
            except BaseException:
                self._doomed = True
                raise
            finally:
                self._depth -= 1
            return
        self.execute("BEGIN IMMEDIATE")
        self._depth, self._doomed = 1, False
        try:
            yield
            if self._doomed:
                raise RuntimeError("an inner transaction failed")
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # SQLite has rolled back by itself after some faults
                self._connection.rollback()
            raise
        finally:
            self._depth = 0

    @property
    def in_transaction(self) -> bool:
        """True inside `transaction`."""
        return self._depth > 0

    def migrate(self, folder: Path, area: str = "") -> int:
        """Bring the tables to the newest shape by the files ``0001_name.sql``, ``0002_...`` in `folder`; returns the version.

        All missing steps are one transaction. Several parts of the program may keep tables in one file: each passes its own `area`.
        KnownFault vault.newer if the file was written by a newer program.
        """
        steps = _steps(folder)
        now = self._version(area)
        if now > len(steps):
            raise KnownFault("vault.newer")
        if now < len(steps):
            with self.transaction():
                for step in steps[now:]:
                    self.script(step.read_text(encoding="utf-8"))
                self._set_version(area, len(steps))
        return len(steps)

    def _version(self, area: str) -> int:
        if not area:
            return int(self.execute("PRAGMA user_version").fetchone()[0])
        self.execute(
            "CREATE TABLE IF NOT EXISTS area_versions (area TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID"
        )
        row = self.execute("SELECT version FROM area_versions WHERE area = ?", (area,)).fetchone()
        return int(row[0]) if row else 0

    def _set_version(self, area: str, version: int) -> None:
        if area:
            self.execute("INSERT OR REPLACE INTO area_versions VALUES (?, ?)", (area, version))
        else:
            self.execute(f"PRAGMA user_version = {version:d}")  # a pragma takes no parameters

    def rekey(self, key: bytes) -> None:
        """Encrypt every page with another key. Killed in the middle, the file opens with the old key or with the new one, whole.

        Needs as much free room as the file is long. KnownFault: disk.full, disk.failed; the file then opens as before.
        """
        self.checkpoint()
        if shutil.disk_usage(self.path.parent).free < self.path.stat().st_size * 1.1:
            raise KnownFault("disk.full")
        old, self._key = self._key, key
        try:
            self._connection.execute(f'PRAGMA rekey = "{_raw(key)}"').fetchall()  # hexadecimal digits only
            self.checkpoint()
        except (sqlcipher.Error, KnownFault) as error:  # the pragma does not say which fault it was
            self._reopen(old)
            raise KnownFault("disk.failed") from error

    def _reopen(self, key: bytes) -> None:
        """After a change of key that failed: it is not certain which key the connection would go on writing with."""
        with suppress(sqlcipher.Error):
            self._connection.close()
        try:
            self._connection = _connect(self.path, key)
            self._key = key
        except sqlcipher.Error:
            with explained():
                self._connection = _connect(self.path, self._key)

    def checkpoint(self) -> None:
        """Move everything from the write-ahead log into the file and empty the log."""
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def sound(self) -> bool:
        """True if every page carries its right seal and the tables are whole. Reads all of the file."""
        self.checkpoint()  # the seal check reads the main file only and would cry wolf over pages that are still in the log
        try:
            if self.execute("PRAGMA cipher_integrity_check").fetchall():
                return False
            rows = self.execute("PRAGMA integrity_check(1)").fetchall() + self.execute("PRAGMA foreign_key_check").fetchall()
        except KnownFault as fault:
            if fault.code == "vault.damaged":
                return False
            raise
        return rows == [("ok",)]

    def close(self) -> None:
        """Empty the log and let go of the file. A second call does nothing."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with explained():
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                connection.close()


@contextmanager
def _explained_at(path: Path) -> Iterator[None]:
    """As `explained`; SQLite calls it a failure, not a full disk, if there is no room for the index of its log."""
    try:
        with explained():
            yield
    except KnownFault as fault:
        if fault.code == "disk.failed" and shutil.disk_usage(path.parent).free < _ROOM_FOR_LOG:
            raise KnownFault("disk.full") from fault
        raise


def _raw(key: bytes) -> str:
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return f"x'{key.hex()}'"


def _refuse_attach(action: int, *_: object) -> int:
    """ATTACH could write a plain copy of everything, and VACUUM INTO attaches inside."""
    return int(sqlcipher.SQLITE_DENY) if action in (_ATTACH, _DETACH) else int(sqlcipher.SQLITE_OK)


def _connect(path: Path, key: bytes) -> Any:
    if os.name == "posix":
        os.chmod(path, 0o600)
    connection = sqlcipher.connect(str(path), isolation_level=None, timeout=2.0, cached_statements=256)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
        connection.set_key(_raw(key))
        connection.enable_load_extension(False)
        connection.set_authorizer(_refuse_attach)
        connection.execute("PRAGMA cipher_page_size = 4096")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the first read: a wrong key shows here
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute(f"PRAGMA cache_size = {-32768 if memory_bytes() <= 4 * GIB else -65536:d}")
        _assert_build(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _assert_build(connection: Any) -> None:
    """A build without encryption, or one that may put temporary tables into plain files, must never be used."""
    options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if not connection.execute("PRAGMA cipher_version").fetchone() or not options & {"TEMP_STORE=2", "TEMP_STORE=3"}:
        raise RuntimeError("this build of SQLCipher is not fit for the vault")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        raise RuntimeError("the write-ahead log is off")


def _steps(folder: Path) -> list[Path]:
    steps = sorted(path for path in folder.iterdir() if path.suffix == ".sql")
    for number, path in enumerate(steps, 1):
        found = _NUMBERED.fullmatch(path.name)
        if not found or int(found[1]) != number:
            raise ValueError(f"{path.name} is not step {number}")
    return steps


def _statements(sql: str) -> Iterator[str]:
    """The single statements of a script; a semicolon inside a text or a trigger does not end one."""
    begun = ""
    for piece in re.split(r"(?<=;)", sql):
        begun += piece
        if sqlcipher.complete_statement(begun):
            yield begun
            begun = ""
    if begun.strip():
        yield begun
