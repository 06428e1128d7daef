"""The tree that expressions read: elements with typed values, and the other kinds of nodes that XPath knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Union

Scalar = Union[str, float, bool]
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_NO_CHILDREN: list[Element] = []
_NO_NAMED: dict[str, list[Element]] = {}
_NO_ATTRIBUTES: dict[str, str] = {}


class Element:
    """One node. `text` is what is stored; `value` is the same with its type: a float for numbers, a `Moment` for dates, a bool for
    a truth that was computed, else the text. `relevant` counts its ancestors in. Children are held twice: in order and by name; they
    are put in and taken out by `insert` and `drop` only, because all nodes without children share one empty list.

    `kind` is element, text, comment, processing-instruction, attribute or namespace. `name` is without its prefix."""

    __slots__ = ("attributes", "children", "name", "named", "parent", "relevant", "text", "value")
    kind = "element"
    prefix = ""
    namespace = ""

    def __init__(self, name: str, parent: Element | None = None, text: str = "") -> None:
        self.name = name
        self.parent = parent
        self.children = _NO_CHILDREN
        self.named = _NO_NAMED
        self.text = text
        self.value: Scalar = text
        self.relevant = True
        self.attributes = _NO_ATTRIBUTES

    def insert(self, child: Element, at: int | None = None) -> None:
        """Take a child in, at that place among all children or at the end. Of one name the last comes last."""
        if self.children is _NO_CHILDREN:
            self.children, self.named = [], {}
        self.children.insert(len(self.children) if at is None else at, child)
        if child.kind == "element":
            self.named.setdefault(child.key, []).append(child)
        child.parent = self

    def drop(self, child: Element) -> None:
        """Take a child out. ValueError if it is not there."""
        self.children.remove(child)
        self.named[child.key].remove(child)

    @property
    def key(self) -> str:
        """The name that steps look for: ``{namespace}name``, or the bare name of what is in no namespace."""
        return f"{{{self.namespace}}}{self.name}" if self.namespace else self.name

    def content(self) -> str:
        """The text of a leaf; of others the texts below, one after another."""
        if not self.children:
            return self.text
        return self.text + "".join(child.content() for child in self.children if child.kind in ("element", "text"))

    def walk(self) -> Iterator[Element]:
        """This element and all below it in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def nodes(self) -> list[Element]:
        """All its child nodes. A leaf holds its text itself: then that is the one text node."""
        if self.children or not self.text or self.kind != "element":
            return self.children
        return [Text(self)]

    def place(self) -> tuple[int, ...]:
        """A key that sorts nodes of one tree in document order: namespaces and attributes come before children."""
        steps: list[int] = []
        at = self
        while at.parent is not None:
            if at.kind in ("attribute", "namespace"):
                steps += [_order(at.parent, at), 0 if at.kind == "namespace" else 1]
            else:
                steps += [next((i for i, child in enumerate(at.parent.children) if child is at), 0), 2]
            at = at.parent
        return tuple(reversed(steps))

    def identity(self) -> object:
        """Equal for two objects that stand for the same node: attributes and texts of leaves are made anew at every look."""
        return id(self)

    def scope(self) -> dict[str, str]:
        """The namespaces that hold here: prefix -> name. The default one has the prefix ""."""
        return {"xml": XML_NAMESPACE} if self.parent is None else self.parent.scope()


class Document(Element):
    """The node above the root of a secondary instance, which never changes. `indexes`: what was found in it, kept by
    `desktop.forms.xpath.lists` for whoever asks next."""

    __slots__ = ("indexes",)

    def __init__(self) -> None:
        super().__init__("#document")
        self.indexes: dict[tuple[object, ...], object] = {}


class QualifiedElement(Element):
    """An element that knows its namespace, for documents where the prefix matters. `declared`: namespaces declared on it. Attributes
    in a namespace have it before their name: ``{namespace}name``."""

    __slots__ = ("declared", "namespace", "prefix")

    def __init__(self, name: str, namespace: str, prefix: str = "", declared: dict[str, str] | None = None) -> None:
        super().__init__(name)
        self.namespace = namespace
        self.prefix = prefix
        self.declared = declared or {}

    def scope(self) -> dict[str, str]:
        """See `Element`."""
        found = {**super().scope(), **self.declared}
        return {prefix: name for prefix, name in found.items() if name}


class _Part(Element):
    """A node that is no element."""

    __slots__ = ()

    def identity(self) -> object:
        """See `Element`."""
        return (self.kind, self.key, id(self.parent)) if self.parent is not None and self not in self.parent.children else id(self)


class Text(_Part):
    """A text between elements, or that of a leaf (then it has the leaf's typed value and is not among its children)."""

    __slots__ = ()
    kind = "text"

    def __init__(self, leaf: Element | None, text: str = "") -> None:
        super().__init__("", leaf, text if leaf is None else leaf.text)
        if leaf is not None:
            self.value = leaf.value
            self.relevant = leaf.relevant


class Comment(_Part):
    """A comment."""

    __slots__ = ()
    kind = "comment"


class Instruction(_Part):
    """A processing instruction: `name` is its target."""

    __slots__ = ()
    kind = "processing-instruction"


class Attribute(_Part):
    """An attribute, made at every look from the `attributes` of its element, where it has the name `key`."""

    __slots__ = ("namespace", "prefix")
    kind = "attribute"

    def __init__(self, key: str, parent: Element, text: str) -> None:
        space, _, name = key.rpartition("}")
        super().__init__(name, parent, text)
        self.relevant = parent.relevant
        self.namespace = space[1:]
        self.prefix = next((prefix for prefix, found in parent.scope().items() if prefix and found == space[1:]), "") if space else ""


class Namespace(_Part):
    """A namespace that holds at an element: `name` is its prefix, `text` its name."""

    __slots__ = ()
    kind = "namespace"


def _order(parent: Element, part: Element) -> int:
    names: Any = parent.attributes if part.kind == "attribute" else parent.scope()
    return list(names).index(part.key)
