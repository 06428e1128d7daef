"""Lines that several pages show: a field with who wrote it, and a line of history."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.fields import Field
from desktop.domain.values import Value


@dataclass(frozen=True)
class Shown:
    """One field as a page shows it: the value (or silence), who wrote it, and other answers if there are two."""

    field: Field
    value: Value
    author: str
    at: str  # ISO moment
    others: int = 0  # how many different answers stand beside it


@dataclass(frozen=True)
class ChangeLine:
    """One line of a record's history: a save by one author. Of a set, `before` is one element taken out, or `after` one put in."""

    at: str
    author: str
    site: str  # "" if ours
    kind: str  # created, changed, deleted, restored, settled, joined, parted, printed, noted, reversed, erased, lost
    fields: tuple[tuple[str, Value, Value], ...]  # (field name, before, after)
    undone: bool = False
