"""Records that were found to be the same person or household as another one: they are off the lists, and stand here with where they went."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.vault.database import Database

TABLE = "merged_list"
INTO = "merged_into"
"""The register that names the record which stands for this one: always one with a smaller id, so that there is never a circle."""


def schema(database: Database) -> None:
    """Make the table where it is not there yet."""
    database.execute(
        f"CREATE TABLE IF NOT EXISTS {TABLE} (key INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
        "code TEXT NOT NULL, target TEXT NOT NULL) STRICT"
    )
    database.execute(f"CREATE INDEX IF NOT EXISTS merged_list_code ON {TABLE} (code)")
    database.execute(f"CREATE INDEX IF NOT EXISTS merged_list_target ON {TABLE} (target)")


def target_of(record: RecordId, values: Mapping[str, Value]) -> RecordId | None:
    """The record that stands for this one; None if it stands for itself. A target with a greater id is none: then the record stays on
    the lists."""
    said = values.get(INTO)
    try:
        target = Stamp.parse(said) if isinstance(said, str) else None
    except (ValueError, UserError):
        return None
    return target if target is not None and target < record else None


def put(database: Database, key: int, record: RecordId, kind: str, code: str, target: RecordId | None) -> None:
    """Note where a record went, or (None) that it stands for itself."""
    if target is None:
        database.execute(f"DELETE FROM {TABLE} WHERE key = ?", (key,))  # noqa: S608 - a constant
        return
    database.execute(
        f"INSERT OR REPLACE INTO {TABLE} VALUES (?, ?, ?, ?, ?)", (key, record.text(), kind, code, target.text())  # noqa: S608 - a constant
    )
