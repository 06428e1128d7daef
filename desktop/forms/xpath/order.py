"""Document order."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.forms.xpath.elements import Element

_FEW = 40  # above that one walk through the tree is cheaper than looking for the place of each node


def in_order(nodes: Sequence[Element]) -> Sequence[Element]:
    """Without repetition, in document order."""
    if len(nodes) < 2:
        return nodes
    unique = list({node.identity(): node for node in nodes}.values())
    if len(unique) == 1:
        return unique
    if len(unique) <= _FEW:
        return sorted(unique, key=lambda node: node.place())
    return _by_walking(unique)


def _by_walking(nodes: list[Element]) -> list[Element]:
    roots: dict[int, Element] = {}
    for node in nodes:
        root = node
        while root.parent is not None:
            root = root.parent
        roots[id(root)] = root
    numbers = {id(node): number for number, node in enumerate(node for root in roots.values() for node in root.walk())}

    def order(node: Element) -> tuple[int, tuple[int, ...]]:
        number = numbers.get(id(node))
        return (number, ()) if number is not None else (numbers[id(node.parent)], node.place()[-2:])

    return sorted(nodes, key=order)
