"""Nodes: where they stand, what they are called, and in which order they come."""

from __future__ import annotations

import hashlib
import math
import random

from desktop.forms.xpath.elements import XML_NAMESPACE, Element, QualifiedElement
from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.functions.signature import Function, nodes_of, texts_of
from desktop.forms.xpath.order import in_order
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import XValue, scalar, to_number, to_text

_LANGUAGE = f"{{{XML_NAMESPACE}}}lang"
_MODULUS, _MULTIPLIER = 2147483647.0, 16807.0  # of the generator by Park and Miller that ODK prescribes


def _position(scope: Scope, nodes: XValue | None = None) -> float:
    """Of the node in hand among those looked at; with an argument: of its first node among siblings of its name, from 1."""
    if nodes is None:
        return float(scope.position)
    found = nodes_of(nodes)
    if not found:
        raise EvaluationError("position() of nothing")
    node = found[0]
    if not node.relevant:
        return 0.0  # as in JavaRosa: what is not relevant stands nowhere
    if node.parent is None:
        return 1.0
    row = node.parent.named.get(node.key, ())
    return float(next((place for place, child in enumerate(row, start=1) if child is node), len(row) + 1))  # not there yet: the next


def _first(scope: Scope, nodes: XValue | None) -> Element | None:
    """Of a node-set the first node in document order; without argument the node in hand."""
    found = (scope.node,) if nodes is None else in_order(nodes_of(nodes))
    return found[0] if found else None


def _name(scope: Scope, nodes: XValue | None = None) -> str:
    node = _first(scope, nodes)
    if node is None or (node.parent is None and node.name.startswith("#")):
        return ""
    return f"{node.prefix}:{node.name}" if node.prefix else node.name


def _local_name(scope: Scope, nodes: XValue | None = None) -> str:
    return _name(scope, nodes).rpartition(":")[2]


def _namespace(scope: Scope, nodes: XValue | None = None) -> str:
    node = _first(scope, nodes)
    return "" if node is None else node.namespace


def _lang(scope: Scope, wanted: XValue) -> bool:
    """Whether the nearest ``xml:lang`` at or above the node in hand is that language or a part of it (``en`` also for ``en-GB``)."""
    name = to_text(wanted).lower()
    at: Element | None = scope.node
    while at is not None:
        said = at.attributes.get(_LANGUAGE if isinstance(at, QualifiedElement) else "lang")
        if said is not None:
            return said.lower() == name or said.lower().startswith(f"{name}-")
        at = at.parent
    return False


def _id(scope: Scope, wanted: XValue) -> XValue:
    """The elements with one of these identifiers (``id`` attributes), in document order, in the document of the node in hand."""
    names = {name for text in texts_of((wanted,)) for name in text.split()}
    root = scope.node
    while root.parent is not None:
        root = root.parent
    found: dict[str, Element] = {}
    for node in root.walk():
        if node.attributes.get("id") in names:
            found.setdefault(node.attributes["id"], node)
    return in_order(list(found.values()))


def _randomize(scope: Scope, nodes: XValue, seed: XValue | None = None) -> XValue:
    """The nodes in another order; with a seed always in the same one, which is JavaRosa's."""
    rest = list(nodes_of(nodes))
    if seed is None:
        random.shuffle(rest)
        return rest
    state = math.fmod(float(_seed(seed)), _MODULUS)
    if state <= 0:
        state += _MODULUS - 1
    shuffled: list[Element] = []
    for at, node in enumerate(rest):
        state = math.fmod(state * _MULTIPLIER, _MODULUS)
        other = int((state - 1) / (_MODULUS - 1) * (at + 1))
        shuffled.append(node)
        shuffled[at], shuffled[other] = shuffled[other], node
    return shuffled


def _seed(value: XValue) -> int:
    """A whole number: the part before the point, or of a text that is no number the first 64 bits of its SHA-256. Blank is 0."""
    number = to_number(value)
    if number == number:
        return int(max(-(2.0**63), min(2.0**63 - 1, number)))
    text = to_text(value)
    if scalar(value) == "" or isinstance(scalar(value), float):
        return 0
    return int.from_bytes(hashlib.sha256(text.encode(errors="replace")).digest()[:8], "big", signed=True)


FUNCTIONS = {
    "position": Function(_position, 0, 1),
    "last": Function(lambda scope: float(scope.size), 0, 0),
    "current": Function(lambda scope: (scope.current,), 0, 0),
    "instance": Function(lambda scope, name: scope.world.instance(to_text(name)), 1, 1),
    "name": Function(_name, 0, 1),
    "local-name": Function(_local_name, 0, 1),
    "namespace-uri": Function(_namespace, 0, 1),
    "lang": Function(_lang, 1, 1),
    "id": Function(_id, 1, 1),
    "randomize": Function(_randomize, 1, 2),
    "version": Function(lambda scope: scope.world.version, 0, 0),
    "property": Function(lambda scope, name: "", 1, 1),  # of a telephone: who owns it, which number it has
    "depend": Function(lambda scope, value, *others: value, 1, None),
}
