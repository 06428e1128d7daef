"""Records that were found to be the same person or household as another one: they are off the lists, and stand here with where they went.

Only who is there can stand for another one. While the record that would stand is deleted, erased, of another kind or not here, the other one
stays on the lists and waits: two sites may delete one of two people and make them one at the same time, and nobody may be lost by that.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.vault.database import Database

TABLE, WAITING = "merged_list", "merged_waiting"
INTO = "merged_into"
"""The register that names the record which stands for this one: always one with a smaller id, so that there is never a circle."""
JOINED = "joined:"
"""Prefix of the register in a record that says it stands for another one; the rest is the id of that one."""


def schema(database: Database) -> None:
    """Make the table where it is not there yet."""
    database.execute(
        f"CREATE TABLE IF NOT EXISTS {TABLE} (key INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
        "code TEXT NOT NULL, target TEXT NOT NULL) STRICT"
    )
    database.execute(f"CREATE INDEX IF NOT EXISTS merged_list_code ON {TABLE} (code)")
    database.execute(f"CREATE INDEX IF NOT EXISTS merged_list_target ON {TABLE} (target)")
    database.execute(f"CREATE TABLE IF NOT EXISTS {WAITING} (key INTEGER PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL) STRICT")
    database.execute(f"CREATE INDEX IF NOT EXISTS merged_waiting_target ON {WAITING} (target)")


def target_of(record: RecordId, values: Mapping[str, Value]) -> RecordId | None:
    """The record that stands for this one; None if it stands for itself. A target with a greater id is none: then the record stays on
    the lists."""
    said = values.get(INTO)
    try:
        target = Stamp.parse(said) if isinstance(said, str) else None
    except (ValueError, UserError):
        return None
    return target if target is not None and target < record else None


def put(database: Database, key: int, record: RecordId, kind: str, code: str, target: RecordId | None, *, there: bool) -> None:
    """Note where a record went, or (None) that it stands for itself. `there`: the target is there to stand for it."""
    database.execute(f"DELETE FROM {WAITING} WHERE key = ?", (key,))  # noqa: S608 - a constant
    if target is None or not there:
        database.execute(f"DELETE FROM {TABLE} WHERE key = ?", (key,))  # noqa: S608 - a constant
    if target is not None and there:
        database.execute(
            f"INSERT OR REPLACE INTO {TABLE} VALUES (?, ?, ?, ?, ?)", (key, record.text(), kind, code, target.text())  # noqa: S608 - a constant
        )
    elif target is not None:
        database.execute(f"INSERT INTO {WAITING} VALUES (?, ?, ?)", (key, kind, target.text()))  # noqa: S608 - a constant


def is_there(database: Database, target: RecordId, kind: str, table: str) -> bool:
    """True if a record of this kind, whose list is the constant `table`, is on the list or was itself made one with another."""
    found = database.execute(
        f"SELECT 1 FROM {table} WHERE record = ? UNION ALL SELECT 1 FROM {TABLE} WHERE record = ? AND kind = ? LIMIT 1",  # noqa: S608 - constants
        (target.text(), target.text(), kind),
    )
    return found.fetchone() is not None


def to_draw_again(database: Database, record: RecordId, kind: str, *, deleted: bool) -> list[int]:
    """The keys of those who leave the lists because this record is there now, or come back to them because it went."""
    rows = database.execute(
        f"SELECT key FROM {TABLE if deleted else WAITING} WHERE target = ? AND kind = ? ORDER BY key", (record.text(), kind)  # noqa: S608 - constants
    )
    return [key for (key,) in rows.fetchall()]
