"""The tree that expressions read: elements with typed values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

Scalar = Union[str, float, bool]


class Element:
    """One node. `text` is what is stored; `value` is the same with its type: a float for numbers, a `Moment` for dates, a bool for
    a truth that was computed, else the text. `relevant` counts its ancestors in. Children are held twice: in order and by name."""

    __slots__ = ("attributes", "children", "name", "named", "parent", "relevant", "text", "value")

    def __init__(self, name: str, parent: Element | None = None, text: str = "") -> None:
        self.name = name
        self.parent = parent
        self.children: list[Element] = []
        self.named: dict[str, list[Element]] = {}
        self.text = text
        self.value: Scalar = text
        self.relevant = True
        self.attributes: dict[str, str] = {}

    def insert(self, child: Element, at: int | None = None) -> None:
        """Take a child in, at that place among all children or at the end. Of one name the last comes last."""
        self.children.insert(len(self.children) if at is None else at, child)
        self.named.setdefault(child.name, []).append(child)
        child.parent = self

    def drop(self, child: Element) -> None:
        """Take a child out. ValueError if it is not there."""
        self.children.remove(child)
        self.named[child.name].remove(child)

    def content(self) -> str:
        """The text of a leaf; of others the texts below, one after another."""
        if not self.children:
            return self.text
        return self.text + "".join(child.content() for child in self.children)

    def walk(self) -> Iterator[Element]:
        """This element and all below it in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def place(self) -> tuple[int, ...]:
        """A key that sorts elements of one tree in document order."""
        steps: list[int] = []
        at = self
        while at.parent is not None:
            steps.append(next(i for i, child in enumerate(at.parent.children) if child is at))
            at = at.parent
        return tuple(reversed(steps))
