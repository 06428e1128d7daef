"""Records that belong to a person by their case code: health, checking and risk, notes, next steps, photos. Each folder has its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain import carers
from desktop.domain.values import Value
from desktop.services.projections.table import ListTable, plain


class OfPerson(ListTable):
    """Which record of a kind belongs to which case code."""

    columns: tuple[tuple[str, str], ...] = (("person_code", "TEXT"),)
    indexes: tuple[str, ...] = ("person_code",)

    def __init__(self, kind: str) -> None:
        self.kind, self.table = kind, f"{kind}_list"

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return (plain(values.get("person_code")),)


class StepList(OfPerson):
    """Next steps: `due` is a day or "", `who` the key of a volunteer or "", `open` 0 or 1."""

    columns = (("person_code", "TEXT"), ("due", "TEXT"), ("who", "TEXT"), ("open", "INTEGER"))
    indexes = ("person_code", "open, due")

    def __init__(self) -> None:
        super().__init__("step")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        carer = carers.read(values.get("who"))
        return (
            plain(values.get("person_code")), plain(values.get("due")), carer.key if carer else "", int(values.get("done") != "yes"),
        )
