"""From a node along an axis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from desktop.forms.xpath.effort import SEARCHED
from desktop.forms.xpath.elements import Attribute, Element, Namespace

Nodes = Sequence[Element]
_KINDS = {"text()": "text", "comment()": "comment", "processing-instruction()": "processing-instruction"}
_PRINCIPAL = {"attribute": "attribute", "namespace": "namespace"}


def children(nodes: Nodes, key: str) -> Nodes:
    """The child elements of all these nodes with that key, ``*`` or ``node()`` (elements and all else)."""
    if key == "*":
        return [child for node in nodes for child in node.children if child.kind == "element"]
    if key == "node()":
        return [child for node in nodes for child in node.nodes()]
    if len(nodes) == 1:
        return nodes[0].named.get(key, ())
    return [child for node in nodes for child in node.named.get(key, ())]


def parents(nodes: Nodes) -> Nodes:
    """The parents of all these nodes, each once."""
    if len(nodes) == 1:
        parent = nodes[0].parent
        return () if parent is None else (parent,)
    return list({id(node.parent): node.parent for node in nodes if node.parent is not None}.values())


Along = Callable[[Element, Callable[[int], None]], "list[Element]"]
"""From a node to others; the second argument is told how many were come across."""


def walker(axis: str, test: str, key: str, namespace: str | None = None, target: str = "") -> Along:
    """A function that gives the nodes on an axis that pass a test, nearest first. `key` is what a name test looks for; `namespace`
    narrows ``*`` to names of one namespace (None: of any)."""
    if axis == "child" and test not in _KINDS and namespace is None:
        return lambda node, _spend: list(children((node,), key))
    passes = _passing(axis, test, key, namespace, target)
    along = _AXES[axis]

    def walk(node: Element, spend: Callable[[int], None]) -> list[Element]:
        reached = list(along(node))
        spend(len(reached) >> SEARCHED)
        return [found for found in reached if passes(found)]

    return walk


def _passing(axis: str, test: str, key: str, namespace: str | None, target: str) -> Callable[[Element], bool]:
    if test == "node()":
        return lambda node: True
    if test in _KINDS:
        kind = _KINDS[test]
        return lambda node: node.kind == kind and target in ("", node.name)
    principal = _PRINCIPAL.get(axis, "element")
    if test == "*":
        return lambda node: node.kind == principal and node.parent is not None and namespace in (None, node.namespace)
    return lambda node: node.kind == principal and node.key == key and node.parent is not None


def _attributes(node: Element) -> list[Element]:
    return [Attribute(name, node, text) for name, text in node.attributes.items()]


def _namespaces(node: Element) -> list[Element]:
    if node.kind != "element" or node.parent is None:
        return []
    return [Namespace(prefix, node, name) for prefix, name in node.scope().items()]


def _descendants(node: Element) -> Iterator[Element]:
    waiting = list(reversed(node.nodes()))
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(found.nodes()))


def _with_descendants(node: Element) -> Iterator[Element]:
    yield node
    yield from _descendants(node)


def _ancestors(node: Element) -> list[Element]:
    found = []
    at = node.parent
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def _siblings(node: Element) -> tuple[list[Element], list[Element]]:
    """(before, after), without the node itself; attributes, namespaces and the text of a leaf have none."""
    row = [] if node.parent is None else node.parent.children
    place = next((i for i, child in enumerate(row) if child is node), None)
    return ([], []) if place is None else (row[:place], row[place + 1 :])


def _following(node: Element) -> Iterator[Element]:
    """All that begins after this node ends; of an attribute, which ends before the children of its element begin, those too."""
    if node.kind in ("attribute", "namespace") and node.parent is not None:
        yield from _descendants(node.parent)
        node = node.parent
    for at in [node, *_ancestors(node)]:
        for sibling in _siblings(at)[1]:
            yield from _with_descendants(sibling)


def _preceding(node: Element) -> Iterator[Element]:
    """All that ends before this node begins."""
    for at in [node, *_ancestors(node)]:
        for sibling in reversed(_siblings(at)[0]):
            yield from reversed(list(_with_descendants(sibling)))


_AXES: dict[str, Callable[[Element], Iterable[Element]]] = {
    "child": lambda node: node.nodes(),
    "parent": lambda node: () if node.parent is None else (node.parent,),
    "self": lambda node: (node,),
    "attribute": _attributes,
    "namespace": _namespaces,
    "descendant": _descendants,
    "descendant-or-self": _with_descendants,
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: [node, *_ancestors(node)],
    "following-sibling": lambda node: _siblings(node)[1],
    "preceding-sibling": lambda node: _siblings(node)[0][::-1],
    "following": _following,
    "preceding": _preceding,
}
AXES = frozenset(_AXES)
REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
