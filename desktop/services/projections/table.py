"""One table with one row for each record of a kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence

from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.vault.database import Database


def plain(value: Value) -> str:
    """A text or choice as a table holds it: "" for nothing, a silence and anything that is no text."""
    return value if isinstance(value, str) else ""


def number(value: Value) -> int | None:
    """A whole number, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def listed(value: Value) -> list[str]:
    """The texts of a set, or of a single text; [] for a silence."""
    if value is None or isinstance(value, (Silence, Mapping, int)):
        return []
    return [value] if isinstance(value, str) else list(value)


class ListTable(ABC):
    """The base of our projections: `kind`, the name of the `table`, the `columns` after ``key`` and ``record`` with their SQL types,
    and `row`, which draws one record. Names of tables and columns are constants of the code, never data."""

    kind = ""
    table = ""
    columns: tuple[tuple[str, str], ...] = ()
    indexes: tuple[str, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Record kinds that are drawn here."""
        return frozenset({self.kind})

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that holds rows of this projection."""
        return (self.table,)

    @abstractmethod
    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        """The columns of a record, in the order of `columns`. `differs`: the fields with two different answers."""

    def schema(self, database: Database) -> bool:
        """Make the table where it is not there yet, and anew where another version of the program made it with other columns. True if it
        was made: then nothing is drawn in it yet."""
        stands = [row[1] for row in database.execute(f"PRAGMA table_info({self.table})").fetchall()]
        if stands == ["key", "record", *(name for name, _ in self.columns)]:
            return False
        database.execute(f"DROP TABLE IF EXISTS {self.table}")
        columns = "".join(f", {name} {kind}" for name, kind in self.columns)
        database.execute(f"CREATE TABLE {self.table} (key INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE{columns}) STRICT")
        for index in self.indexes:
            name = f"{self.table}_{index.split(',')[0].split()[0]}"
            database.execute(f"CREATE INDEX {name} ON {self.table} ({index})")
        return True

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> Collection[int] | None:
        """Write this record as it stands now, or take it off. Returns the keys of others to be drawn again, or None."""
        if deleted:
            database.execute(f"DELETE FROM {self.table} WHERE key = ?", (key,))  # noqa: S608 - a constant of the class
            return None
        marks = ", ?" * len(self.columns)
        sql = f"INSERT OR REPLACE INTO {self.table} VALUES (?, ?{marks})"  # noqa: S608 - a constant of the class
        database.execute(sql, (key, record.text(), *self.row(values, differs)))
        return None

    def clear(self, database: Database) -> None:
        """Empty the tables."""
        for table in self.tables:
            database.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant of the class
