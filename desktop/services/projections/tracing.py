"""Cases of children; who is sought, what those who were found allowed to be told, and what was found out at this place alone.

``tracing_here`` is no projection and never travels: it holds who of the people registered here was looked at for which request, and what
they answered. Only so a "no" is to every other site the same as "not found yet". It is told apart by nothing but ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.child_care import state_of
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.journal import DELETED
from desktop.services.projections.table import ListTable, plain
from desktop.vault.database import Database

HERE = "tracing_here"


class TracingList(ListTable):
    """Requests. `left_behind` names the record of somebody left behind that a request was made from, or is ""."""

    kind = "tracing"
    table = "tracing_list"
    columns = (("name", "TEXT"), ("state", "TEXT"), ("person", "TEXT"), ("left_behind", "TEXT"))
    indexes = ("state", "left_behind")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        texts = (plain(values.get(name)) for name in ("name", "person", "left_behind"))
        name, person, left_behind = texts
        return name, plain(values.get("state")) or "looking", person, left_behind

    def schema(self, database: Database) -> bool:
        database.execute(
            f"CREATE TABLE IF NOT EXISTS {HERE} (request TEXT NOT NULL, person TEXT NOT NULL, verdict TEXT NOT NULL, again TEXT NOT NULL, "
            "reply TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (request, person)) STRICT, WITHOUT ROWID"
        )
        return super().schema(database)

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        super().project(database, key, record, kind, values, differs, deleted)
        if not values:  # erased: nothing of it may stay behind
            database.execute(f"DELETE FROM {HERE} WHERE request = ?", (record.text(),))  # noqa: S608 - a constant


class ReplyList(ListTable):
    """What may be told, by request. What was taken back is not told, whatever was written on it meanwhile."""

    kind = "reply"
    table = "reply_list"
    columns = (("request", "TEXT"), ("reply", "TEXT"), ("told_on", "TEXT"))
    indexes = ("request",)

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return tuple(plain(values.get(name)) for name in ("request", "reply", "told_on"))

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        super().project(database, key, record, kind, values, differs, deleted or DELETED in differs)


class ChildList(ListTable):
    """Cases of children without parents. Two sites may each have written one for the same child."""

    kind = "child"
    table = "child_list"
    columns = (("person", "TEXT"), ("state", "TEXT"))
    indexes = ("person", "state")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return plain(values.get("person")), state_of(values)
