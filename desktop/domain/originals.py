"""Original papers that are with us. None is to be kept unnoticed: whoever holds one sees it on Today until it was given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.fields import PAPERS
from desktop.domain.values import Value

HELD = "held_by_us"
NAMED: tuple[str, ...] = tuple(f"original_{paper}" for paper in PAPERS)
UNNAMED = "original_kept"
"""The answer of the long form, which does not say of which paper it is."""


def held(values: Mapping[str, Value]) -> tuple[str, ...]:
    """The fields of a person's record that say that an original is with us. The answer of the long form counts only while no paper is
    named: it is about one of those."""
    named = tuple(field for field in NAMED if values.get(field) == HELD)
    return named or ((UNNAMED,) if values.get(UNNAMED) == HELD else ())


def perhaps_held(values: Mapping[str, Value], differs: Sequence[str]) -> int:
    """How many papers may be with us: those `held`, and those about which there are two different answers, of which one may say so."""
    return len({*held(values), *({*NAMED, UNNAMED} & set(differs))})
