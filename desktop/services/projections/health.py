"""Health records by the case code of the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.values import Value
from desktop.services.projections.table import ListTable, plain


class HealthList(ListTable):
    """Which health record belongs to which case code."""

    kind = "health"
    table = "health_list"
    columns = (("person_code", "TEXT"),)
    indexes = ("person_code",)

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return (plain(values.get("person_code")),)
