"""What an expression sees while it is evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.forms.xpath.effort import Effort
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.values import Moment


class World(Protocol):
    """What does not change from node to node. `document` is the parent of the root element, `version` that of the form, `effort` what is
    left of the steps that its rules may do."""

    document: Element
    effort: Effort
    version: str
    now: Moment
    today: Moment

    def instance(self, name: str) -> Sequence[Element]:
        """The document of a secondary instance (a list of one), or nothing if there is none of that name."""
        ...

    def choice_label(self, value: str, question: str, at: Element) -> str:
        """The label of a choice of a question, named by its path, in the language of the form now."""
        ...

    def translation(self, name: str) -> str:
        """The text of that name in the language of the form now, or ""."""
        ...


class Scope:
    """`node` is the node in hand (it moves inside predicates), `current` the node the expression belongs to."""

    __slots__ = ("current", "node", "position", "size", "world")

    def __init__(self, node: Element, world: World, current: Element | None = None, position: int = 1, size: int = 1) -> None:
        self.node = node
        self.world = world
        self.current = node if current is None else current
        self.position = position
        self.size = size
