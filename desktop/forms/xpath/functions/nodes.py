"""Nodes and where they stand."""

from __future__ import annotations

from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.functions.signature import Function, nodes_of
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import XValue, to_text


def _position(scope: Scope, nodes: XValue | None = None) -> float:
    """Of the node in hand among those looked at; with an argument: of its first node among siblings of its name, from 1."""
    if nodes is None:
        return float(scope.position)
    found = nodes_of(nodes)
    if not found:
        raise EvaluationError("position() of nothing")
    node = found[0]
    if node.parent is None:
        return 1.0
    row = node.parent.named.get(node.name, ())
    return float(next((place for place, child in enumerate(row, start=1) if child is node), len(row) + 1))  # not there yet: the next


def _name(scope: Scope, nodes: XValue | None = None) -> str:
    found = (scope.node,) if nodes is None else nodes_of(nodes)
    return found[0].name if found else ""


FUNCTIONS = {
    "position": Function(_position, 0, 1),
    "last": Function(lambda scope: float(scope.size), 0, 0),
    "current": Function(lambda scope: (scope.current,), 0, 0),
    "instance": Function(lambda scope, name: scope.world.instance(to_text(name)), 1, 1),
    "name": Function(_name, 0, 1),
    "local-name": Function(_name, 0, 1),
}
