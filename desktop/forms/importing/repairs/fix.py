"""One repair and how it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.forms.importing.findings import Place, Repair


@dataclass(frozen=True)
class Fix:
    """`apply` changes the book the fix was found in."""

    repair: Repair
    apply: Callable[[], None]


def fix(
    code: str, place: Place, apply: Callable[[], None], *, before: str, after: str, harmless: bool, needed: bool = False,
    count: int = 1, **fields: str | int,
) -> Fix:
    """A fix at a place. Its id is made of what it is and where it stands, so that it is the same whenever the file is looked at."""
    where = f"{place.column}{place.row or ''}" or "sheet"
    told = f"{code.removeprefix('repair.')}:{place.sheet}:{where}"
    return Fix(
        Repair(
            told, place.sheet, place.row, place.column, code, {**fields, "count": count}, before[:300], after[:300], harmless, needed,
            header=place.header, count=count,
        ),
        apply,
    )
