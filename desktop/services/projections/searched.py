"""A list whose records are in the search index, and may be found to be the same as another one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence

from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services.projections import merged, search
from desktop.services.projections.search import Tokens
from desktop.services.projections.table import ListTable, plain
from desktop.vault.database import Database


class SearchedList(ListTable):
    """Whoever was deleted, or found to be the same as another one (where `joins` says that this can be), is neither in the list nor in the
    index."""

    joins = True

    @abstractmethod
    def tokens(self, record: RecordId, values: Mapping[str, Value]) -> Tokens:
        """What the index stores for a record."""

    def schema(self, database: Database) -> bool:
        search.schema(database)
        merged.schema(database)
        return super().schema(database)

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> Collection[int] | None:
        target = None if deleted or not self.joins else merged.target_of(record, values)
        there = target is not None and merged.is_there(database, target, kind, self.table)
        if self.joins:
            merged.put(database, key, record, kind, plain(values.get("code")), target, there=there)
        off = deleted or there
        super().project(database, key, record, kind, values, differs, off)
        search.put(database, key, None if off else self.tokens(record, values))
        return merged.to_draw_again(database, record, kind, deleted=deleted) if self.joins else None
