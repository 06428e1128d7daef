"""Households, and people left behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.myanmar.names import code_tokens, name_tokens
from desktop.myanmar.sound_search import sound_tokens
from desktop.services.projections import merged, search
from desktop.services.projections.search import Tokens, fact
from desktop.services.projections.table import ListTable, plain
from desktop.vault.database import Database


class HouseholdList(ListTable):
    """Households with their codes; a household's code finds its people."""

    kind = "household"
    table = "household_list"
    columns = (("code", "TEXT"), ("focal", "TEXT"), ("arrived", "TEXT"))
    indexes = ("code",)

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return tuple(plain(values.get(name)) for name in ("code", "focal", "arrived"))

    def schema(self, database: Database) -> bool:
        search.schema(database)
        merged.schema(database)
        return super().schema(database)

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        target = None if deleted else merged.target_of(record, values)
        merged.put(database, key, record, kind, plain(values.get("code")), target)
        off = deleted or target is not None
        super().project(database, key, record, kind, values, differs, off)
        tokens = Tokens(ids=code_tokens(plain(values.get("code"))), facts=fact("k", kind), household=record.text())
        search.put(database, key, None if off else tokens)


class LeftBehindList(ListTable):
    """People left behind, by household; their names find the household's people."""

    kind = "left_behind"
    table = "left_behind_list"
    columns = (("household", "TEXT"),)
    indexes = ("household",)

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return (plain(values.get("household")),)

    def schema(self, database: Database) -> bool:
        search.schema(database)
        return super().schema(database)

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        super().project(database, key, record, kind, values, differs, deleted)
        name = plain(values.get("name"))
        tokens = Tokens(names=name_tokens([name]), facts=fact("k", "leftbehind"), sounds=sound_tokens([name]), household=plain(values.get("household")))
        search.put(database, key, None if deleted else tokens)
