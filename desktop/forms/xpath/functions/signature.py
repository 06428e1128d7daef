"""How a function is described, and how it takes node-sets where it wants several values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.values import XValue, to_boolean, to_number, to_text


@dataclass(frozen=True)
class Function:
    """`work` takes the scope and the evaluated arguments. `least` and `most` say how many (None: any number); `even`: in pairs."""

    work: Callable[..., XValue]
    least: int
    most: int | None
    even: bool = False


def nodes_of(value: XValue) -> Sequence[Element]:
    """The nodes of an argument that must be a node-set. EvaluationError if it is none."""
    if isinstance(value, (str, float, bool)):
        raise EvaluationError("node-set expected")
    return value


def spread(values: Iterable[XValue]) -> list[XValue]:
    """The arguments one by one: of a node-set each node."""
    found: list[XValue] = []
    for value in values:
        found += [value] if isinstance(value, (str, float, bool)) else [(node,) for node in value]
    return found


def texts_of(values: Iterable[XValue]) -> list[str]:
    """All arguments as texts; of a node-set each node."""
    return [to_text(value) for value in spread(values)]


def numbers_of(values: Iterable[XValue]) -> list[float]:
    """All arguments as numbers; of a node-set each node."""
    return [to_number(value) for value in spread(values)]


def truths_of(values: Iterable[XValue]) -> list[bool]:
    """All arguments as truths; of a node-set each node."""
    return [to_boolean(value) for value in spread(values)]
