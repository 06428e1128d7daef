"""Households, and people left behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.myanmar.names import code_tokens, name_tokens
from desktop.myanmar.sound_search import sound_tokens
from desktop.services.projections.search import Tokens, fact
from desktop.services.projections.searched import SearchedList
from desktop.services.projections.table import plain


class HouseholdList(SearchedList):
    """Households with their codes; a household's code finds its people."""

    kind = "household"
    table = "household_list"
    columns = (("code", "TEXT"), ("focal", "TEXT"), ("arrived", "TEXT"))
    indexes = ("code",)

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return tuple(plain(values.get(name)) for name in ("code", "focal", "arrived"))

    def tokens(self, record: RecordId, values: Mapping[str, Value]) -> Tokens:
        return Tokens(ids=code_tokens(plain(values.get("code"))), facts=fact("k", self.kind), household=record.text())


class LeftBehindList(SearchedList):
    """People left behind, by household; their names find the household's people. `wanted`: their family wants us to look for them.
    `review_on`: the day on which somebody looks again how they are."""

    kind = "left_behind"
    joins = False
    table = "left_behind_list"
    columns = (("household", "TEXT"), ("wanted", "INTEGER"), ("name", "TEXT"), ("review_on", "TEXT"))
    indexes = ("household", "wanted", "review_on")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return (
            plain(values.get("household")), int(values.get("tracing_wanted") == "yes"), plain(values.get("name")), plain(values.get("review_on")),
        )

    def tokens(self, record: RecordId, values: Mapping[str, Value]) -> Tokens:
        names = [plain(values.get("name"))]
        return Tokens(
            names=name_tokens(names), facts=fact("k", "leftbehind"), sounds=sound_tokens(names), household=plain(values.get("household"))
        )
