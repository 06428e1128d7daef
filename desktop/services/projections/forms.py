"""The forms that this place keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.values import Value
from desktop.services.projections.table import ListTable, plain


class FormList(ListTable):
    """One row for each record of a form; the same form added at two sites has two."""

    kind = "form"
    table = "form_list"
    columns = (("form_id", "TEXT"), ("version", "TEXT"), ("digest", "TEXT"), ("state", "TEXT"))
    indexes = ("form_id", "digest")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return tuple(plain(values.get(name)) for name in ("form_id", "version", "digest", "state"))
