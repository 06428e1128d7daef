"""The parts of an XForm document and the names in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element as Xml  # only the type: parsing is left to defusedxml

from desktop.domain.errors import UserError
from desktop.forms.xpath.elements import Element

XFORMS = "{http://www.w3.org/2002/xforms}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JAVAROSA = "{http://openrosa.org/javarosa}"
WAYSTATION = "{urn:waystation:xforms}"
Names = tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """The parts of a compiled form, found and not yet understood."""

    title: str
    model: Xml
    body: Xml
    primary: Xml  # the root of the data of a new form


def open_document(source: bytes) -> Document:
    """The parts of an XForm. UserError: form.not_xform."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        page = fromstring(source)
    except (ParseError, DefusedXmlException, ValueError):
        raise UserError("form.not_xform") from None
    model, body = page.find(f".//{XFORMS}model"), page.find(f"{XHTML}body")
    instance = None if model is None else model.find(f"{XFORMS}instance")
    if model is None or body is None or instance is None or len(instance) == 0:
        raise UserError("form.not_xform")
    title = page.findtext(f".//{XHTML}title") or ""
    return Document(title.strip(), model, body, instance[0])


def local(name: str) -> str:
    """A tag or attribute without its namespace."""
    return name.rpartition("}")[2]


def steps(path: str, above: Names = ()) -> Names:
    """The names of a path in the document (``/data/orx:meta``), relative to `above` unless it begins with a slash."""
    parts = [part.strip().rpartition(":")[2] for part in path.strip().split("/")]
    names = [] if path.strip().startswith("/") else list(above)
    for part in parts:
        if part == "..":
            del names[-1:]
        elif part not in ("", "."):
            names.append(part)
    return tuple(names)


def elements(parent: Xml) -> Iterator[Xml]:
    """The child elements without comments."""
    return (child for child in parent if isinstance(child.tag, str))


def to_element(source: Xml, parent: Element | None = None) -> Element:
    """Data of a form as the tree that expressions read; templates of repeats are left out."""
    made = Element(local(source.tag), parent)
    if source.attrib:
        made.attributes = {local(name): value for name, value in source.attrib.items()}
    for child in elements(source):
        if f"{JAVAROSA}template" not in child.attrib:
            made.insert(to_element(child, made))
    if not made.children:
        made.text = (source.text or "").strip()
        made.value = made.text
    return made
