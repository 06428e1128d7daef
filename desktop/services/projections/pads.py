"""Pads of blank forms, and every number that was reserved for one, by the number; scanned pages, by the number on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain import codes
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services.projections.table import ListTable, number, plain
from desktop.vault.database import Database

PAD, SCAN = "pad", "scan"
MOST = 200
"""Sheets of one pad. What another site says beyond it is left out."""

SPOILED, RETURNED = "spoiled", "returned"
"""What a sheet's register says: it must not be used, or it was counted back unused."""


class PadList(ListTable):
    """One row for each pad, and in ``pad_code`` one for each of its numbers. A pad that was taken off the lists keeps its numbers: the paper
    is out there."""

    kind = PAD
    table = "pad_list"
    columns = (("form", "TEXT"), ("version", "TEXT"), ("digest", "TEXT"), ("layout", "TEXT"), ("sheets", "INTEGER"))
    indexes = ()

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.table, "pad_code")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return (*(plain(values.get(name)) for name in ("form", "version", "digest", "layout")), len(numbers_in(values)))

    def schema(self, database: Database) -> bool:
        made = super().schema(database)
        if made:
            database.execute("DROP TABLE IF EXISTS pad_code")
            database.execute("CREATE TABLE pad_code (code TEXT, key INTEGER, mark TEXT, PRIMARY KEY (code, key)) STRICT, WITHOUT ROWID")
            database.execute("CREATE INDEX pad_code_key ON pad_code (key)")
        return made

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        super().project(database, key, record, kind, values, differs, deleted and not values)
        database.execute("DELETE FROM pad_code WHERE key = ?", (key,))
        marks = {SPOILED, RETURNED}
        rows = [(code, key, mark if (mark := plain(values.get(code))) in marks else "") for code in numbers_in(values)]
        database.executemany("INSERT INTO pad_code VALUES (?, ?, ?)", rows)


def numbers_in(values: Mapping[str, Value]) -> list[str]:
    """The numbers of a pad in the order they were drawn; what is no number is left out."""
    said = plain(values.get("codes")).split()[:MOST]
    return [code for code in dict.fromkeys(said) if codes.parse(code) == code]


class ScanList(ListTable):
    """One row for each scanned page. `read`: its ticks were taken or looked at."""

    kind = SCAN
    table = "scan_list"
    columns = (("code", "TEXT"), ("form", "TEXT"), ("page", "INTEGER"), ("file", "TEXT"), ("read", "INTEGER"))
    indexes = ("code",)

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return (
            plain(values.get("code")), plain(values.get("form")), number(values.get("page")) or 0, plain(values.get("file")),
            int(values.get("read") is True),
        )
