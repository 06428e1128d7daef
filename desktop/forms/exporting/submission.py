"""A filled form as an XForms submission, as the servers of ODK and Kobo take it (OpenRosa: instance data with meta/instanceID)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element as Xml

from desktop.forms.exporting.writing import escaped
from desktop.forms.reading.document import JAVAROSA, WAYSTATION, XFORMS, elements, local, open_document
from desktop.forms.tree import Item

_ORX = "http://openrosa.org/xforms"
_PREFIXES = {
    "http://openrosa.org/javarosa": "jr", _ORX: "orx", "http://www.opendatakit.org/xforms": "odk",
    "http://www.opendatakit.org/xforms/entities": "entities",
}
_PLAIN = XFORMS[1:-1]


@dataclass(frozen=True)
class _Mould:
    """An element of the form's own data: how it is written, its attributes, and what stands in it by name."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    inner: Mapping[str, _Mould]


class Mould:
    """The shape of the submissions of one exact form."""

    def __init__(self, compiled: bytes) -> None:
        """UserError form.not_xform."""
        primary = open_document(compiled).primary
        namespace = primary.tag[1:].partition("}")[0] if primary.tag.startswith("{") else ""
        self._own = "" if namespace == _PLAIN else namespace
        self._prefixes: dict[str, str] = {}
        self._root = self._read(primary)
        self._has_meta = "instanceID" in self._root.inner.get("meta", _Mould("", (), {})).inner
        if not self._has_meta:
            self._prefixes[_ORX] = _PREFIXES[_ORX]

    def _read(self, element: Xml) -> _Mould:
        attributes = tuple(
            (self._name(name, ""), value) for name, value in element.attrib.items() if not name.startswith((WAYSTATION, f"{JAVAROSA}template"))
        )
        inner = {local(child.tag): self._read(child) for child in elements(element)}
        return _Mould(self._name(element.tag, self._own), attributes, inner)

    def _name(self, tag: str, own: str) -> str:
        namespace, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
        if namespace in ("", own, _PLAIN):
            return name
        prefix = self._prefixes.setdefault(namespace, _PREFIXES.get(namespace, f"n{len(self._prefixes)}"))
        return f"{prefix}:{name}"

    def submission(self, root: Item, *, instance_id: str, files: Mapping[str, str] | None = None) -> bytes:
        """The XML: version and form id as the form has them, repeats in their order, what does not apply left out. `instance_id`
        (``uuid:…``) stands where the form has none of its own. `files`: the stored answer of a file question -> the name it is sent under."""
        parts = ["<?xml version='1.0' ?>"]
        spaces = "".join(f' xmlns:{prefix}="{escaped(name)}"' for name, prefix in self._prefixes.items())
        own = f' xmlns="{escaped(self._own)}"' if self._own else ""
        parts.append(f"<{self._root.tag}{own}{spaces}{_attributes(self._root)}>")
        self._inner(parts, root, self._root, instance_id, files or {})
        if not self._has_meta:
            parts.append(f"<orx:meta><orx:instanceID>{escaped(instance_id)}</orx:instanceID></orx:meta>")
        parts.append(f"</{self._root.tag}>")
        return "".join(parts).encode()

    def _inner(self, parts: list[str], item: Item, mould: _Mould, instance_id: str, files: Mapping[str, str]) -> None:
        for child in item.children:
            shape = mould.inner.get(child.name)
            if shape is None or not isinstance(child, Item) or not child.relevant:
                continue
            begin = f"<{shape.tag}{_attributes(shape, instance_id)}"
            if child.spec.children or shape.inner:
                parts.append(f"{begin}>")
                self._inner(parts, child, shape, instance_id, files)
                parts.append(f"</{shape.tag}>")
                continue
            text = child.text
            if child.name == "instanceID" and item.name == "meta":
                text = text or instance_id
            elif child.spec.type == "file":
                text = files.get(text, text)
            parts.append(f"{begin}>{escaped(text)}</{shape.tag}>" if text else f"{begin}/>")


def _attributes(mould: _Mould, instance_id: str = "") -> str:
    """The attributes of an element. An entity that has no id of its own gets one that is the same in each export."""
    entity = mould.tag.rpartition(":")[2] == "entity"
    told = []
    for name, value in mould.attributes:
        if entity and name == "id" and not value:
            value = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{instance_id}/{dict(mould.attributes).get('dataset', '')}"))
        told.append(f' {name}="{escaped(value)}"')
    return "".join(told)


def instance_of(root: Item) -> str:
    """The instanceID that a filled form has of its own, or ""."""
    for meta in root.named.get("meta", ()):
        for found in meta.named.get("instanceID", ()):
            if found.text:
                return found.text
    return ""
