"""The forms that this place keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services.projections.table import ListTable, plain
from desktop.vault.database import Database


class FormList(ListTable):
    """One row for each record of a form; the same form added at two sites has two. Rows of deleted records stay (`hidden`): what was filled in
    with the form must still open. Those of erased ones go."""

    kind = "form"
    table = "form_list"
    columns = (("form_id", "TEXT"), ("version", "TEXT"), ("digest", "TEXT"), ("state", "TEXT"), ("hidden", "INTEGER"))
    indexes = ("form_id", "digest")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return (*(plain(values.get(name)) for name in ("form_id", "version", "digest", "state")), 0)

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        super().project(database, key, record, kind, values, differs, deleted and not values)
        if deleted and values:
            database.execute("UPDATE form_list SET hidden = 1 WHERE key = ?", (key,))
