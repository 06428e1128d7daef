"""Whole XML documents as the tree that expressions read: with texts between elements, comments, instructions and namespaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from xml.dom import minidom

from desktop.forms.xpath.compiler import Place, compile_expression
from desktop.forms.xpath.effort import Effort
from desktop.forms.xpath.elements import Attribute, Comment, Document, Element, Instruction, QualifiedElement, Text
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import Moment, XValue

NAMESPACES = {
    "xhtml": "http://www.w3.org/1999/xhtml", "mathml": "http://www.w3.org/1998/Math/MathML", "jr": "http://openrosa.org/javarosa",
}
_STEP = re.compile(r"(\*|\?\d+|text\(\)|@.+?)(?:\[(\d+)\])?")
_NODE_TYPES = {"?4": "text", "?7": "processing-instruction", "?8": "comment", "?10": "doctype", "text()": "text"}


class World:
    """A world with one document, a fixed clock, and the lists it is given."""

    def __init__(self, document: Element, lists: dict[str, Element] | None = None, now: datetime = datetime(2026, 1, 15, 9, 30)) -> None:
        self.document = document
        self.version = "7"
        self.effort = Effort()
        self.lists = lists or {}
        self.now = Moment.of(now)
        self.today = Moment.of(date(now.year, now.month, now.day))

    def instance(self, name: str) -> Sequence[Element]:
        return (self.lists[name],) if name in self.lists else ()

    def choice_label(self, value: str, question: str, at: Element) -> str:
        return f"{question}:{value}"

    def translation(self, name: str) -> str:
        return f"<{name}>"


def document_of(source: str) -> Document:
    """The node above the root of a document."""
    made = Document()
    for node in minidom.parseString(source.strip()).childNodes:
        if node.nodeType != minidom.Node.DOCUMENT_TYPE_NODE:
            made.insert(_made(node))
    return made


def _made(node: minidom.Node) -> Element:
    if isinstance(node, minidom.Comment):
        return Comment("", None, node.data)
    if isinstance(node, minidom.ProcessingInstruction):
        return Instruction(node.target, None, node.data)
    if isinstance(node, minidom.Text):
        return Text(None, node.data)
    assert isinstance(node, minidom.Element)
    made = QualifiedElement(node.localName or node.tagName, node.namespaceURI or "", node.prefix or "")
    attributes = {}
    for attribute in node.attributes.values():
        if attribute.name == "xmlns" or attribute.prefix == "xmlns":
            made.declared["" if attribute.name == "xmlns" else attribute.localName] = attribute.value
        else:
            space = attribute.namespaceURI
            attributes[f"{{{space}}}{attribute.localName}" if space else attribute.name] = attribute.value
    made.attributes = attributes
    if len(node.childNodes) == 1 and node.firstChild.nodeType == minidom.Node.TEXT_NODE:
        made.text = made.value = node.firstChild.data
        return made
    for child in node.childNodes:
        made.insert(_made(child))
    return made


def find(document: Element, path: str) -> Element:
    """The node at a path such as ``/*[1]/*[2]/@id``, ``…/?8`` (a comment) or ``…/text()``. LookupError if there is none."""
    at = document
    for step in path.strip("/").split("/") if path != "/" else []:
        match = _STEP.fullmatch(step)
        if match is None:
            raise LookupError(path)
        if step.startswith("@"):
            name = step[1:].rpartition(":")[2]
            key = next(key for key in at.attributes if key.rpartition("}")[2] == name)
            at = Attribute(key, at, at.attributes[key])
            continue
        kind = "element" if match[1] == "*" else _NODE_TYPES.get(match[1], match[1])
        at = [node for node in at.nodes() if node.kind == kind][int(match[2] or 1) - 1]
    return at


def path_of(node: Element) -> str:
    """The same way round; texts without their number."""
    if node.parent is None:
        return "/"
    above = path_of(node.parent).rstrip("/")
    if node.kind == "attribute":
        return f"{above}/@{node.prefix + ':' if node.prefix else ''}{node.name}"
    if node.kind == "namespace":
        return f"{above}/namespace::{node.name}"
    if node.kind != "element":
        return f"{above}/{ {'comment': '?8', 'processing-instruction': '?7', 'text': 'text()'}[node.kind] }"
    row = [child for child in node.parent.children if child.kind == "element"]
    return f"{above}/*[{next(place for place, child in enumerate(row, start=1) if child is node)}]"


def evaluate(source: str, world: World, at: Element | None = None, namespaces: dict[str, str] | None = None) -> XValue:
    """The value of an expression at a node, else at the document. Calls that cannot work fail only when they are reached."""
    run = compile_expression(parse(source), Place(namespaces=namespaces or {}), checked=False)
    return run(Scope(at or world.document, world))
