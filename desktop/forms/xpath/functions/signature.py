"""How a function is described."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.values import XValue


@dataclass(frozen=True)
class Function:
    """`work` takes the scope and the evaluated arguments. `least` and `most` say how many (None: any number)."""

    work: Callable[..., XValue]
    least: int
    most: int | None


def nodes_of(value: XValue) -> Sequence[Element]:
    """The nodes of an argument that must be a node-set. EvaluationError if it is none."""
    if isinstance(value, (str, float, bool)):
        raise EvaluationError("node-set expected")
    return value
