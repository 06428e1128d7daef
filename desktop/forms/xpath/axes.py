"""From a node along an axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.forms.xpath.elements import Element

Nodes = Sequence[Element]


def children(nodes: Nodes, test: str) -> Nodes:
    """The children of all these nodes that pass the test."""
    if test == "text()":
        return [node for node in nodes if node.text and not node.children]
    if test in ("*", "node()"):
        return [child for node in nodes for child in node.children]
    if len(nodes) == 1:
        return nodes[0].named.get(test, ())
    return [child for node in nodes for child in node.named.get(test, ())]


def parents(nodes: Nodes) -> Nodes:
    """The parents of all these nodes, each once."""
    if len(nodes) == 1:
        parent = nodes[0].parent
        return () if parent is None else (parent,)
    return list({id(node.parent): node.parent for node in nodes if node.parent is not None}.values())


def walk_axis(node: Element, axis: str, test: str) -> list[Element]:
    """The nodes on that axis that pass the test, nearest first."""
    if axis == "child":
        return list(children((node,), test))
    if axis == "attribute":
        return [_attribute(node, name, text) for name, text in node.attributes.items() if test in ("*", "node()", name)]
    return [found for found in _along(node, axis) if test in ("*", "node()", found.name)]


def _attribute(node: Element, name: str, text: str) -> Element:
    return Element(name, node, text)


def _along(node: Element, axis: str) -> Iterable[Element]:
    if axis == "self":
        return (node,)
    if axis == "parent":
        return () if node.parent is None else (node.parent,)
    if axis == "descendant-or-self":
        return node.walk()
    if axis == "descendant":
        return list(node.walk())[1:]
    if axis == "ancestor":
        return _ancestors(node)
    if axis == "ancestor-or-self":
        return [node, *_ancestors(node)]
    before, after = _siblings(node)
    if axis == "following-sibling":
        return after
    if axis == "preceding-sibling":
        return before[::-1]
    return _beyond(node, axis)


def _ancestors(node: Element) -> list[Element]:
    found = []
    at = node.parent
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def _siblings(node: Element) -> tuple[list[Element], list[Element]]:
    if node.parent is None:
        return [], []
    row = node.parent.children
    place = next(i for i, child in enumerate(row) if child is node)
    return row[:place], row[place + 1 :]


def _beyond(node: Element, axis: str) -> list[Element]:
    """All that begins after this node ends (following), or ends before it begins (preceding, nearest first)."""
    found: list[Element] = []
    for at in [node, *_ancestors(node)]:
        before, after = _siblings(at)
        if axis == "following":
            found += [deep for sibling in after for deep in sibling.walk()]
        else:
            found += [deep for sibling in reversed(before) for deep in reversed(list(sibling.walk()))]
    return found
