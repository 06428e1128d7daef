"""Companion files of a form: lists in CSV, XML and GeoJSON, as the trees that expressions read."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping

from desktop.forms.reading.document import to_element
from desktop.forms.xpath.elements import Document, Element

EXTERNAL_CHOICES = "itemsets.csv"
"""The list that all questions of type `select_one_external` choose from."""

_MOST_FIELD = 1 << 20


def file_name(source: str) -> str:
    """The name of the file that an address in a form means (``jr://file-csv/people.csv``); "" if it means none."""
    scheme, found, rest = source.strip().partition("://")
    if not found or scheme != "jr" or rest.startswith("instance/"):
        return ""
    return rest.rpartition("/")[2]


def read_companion(name: str, content: bytes | None) -> Element:
    """The document of a companion file; without children if there is no such file or nobody can read it. The ending says what it is."""
    document = Document()
    if content is None:
        return document
    ending = name.lower().rpartition(".")[2]
    if ending in ("geojson", "json"):
        rows: Iterable[Mapping[str, str]] = _features(content)
    elif ending == "xml":
        _read_xml(content, document)
        return document
    else:
        rows = _lines(content)
    _fill(document, rows)
    return document


def read_choices(content: bytes | None) -> dict[str, Element]:
    """The documents of the lists in `EXTERNAL_CHOICES`, by the name of the list."""
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in () if content is None else _lines(content):
        found.setdefault(row.get("list_name", "") or row.get("list name", ""), []).append(row)
    documents: dict[str, Element] = {}
    for name, rows in found.items():
        documents[name] = Document()
        _fill(documents[name], rows)
    return documents


def decoded(content: bytes) -> str:
    """Text of a file that was written by any program: UTF-8 with or without its mark, UTF-16 with it, else as Windows writes Latin."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _lines(content: bytes) -> Iterable[dict[str, str]]:
    text = decoded(content).replace("\x00", "")
    head = text.partition("\n")[0]
    mark = max((",", ";", "\t"), key=lambda sign: (head.count(sign), sign == ","))
    csv.field_size_limit(_MOST_FIELD)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark, skipinitialspace=True)
    names: list[str] | None = None
    try:
        for line in reader:
            if not any(cell.strip() for cell in line):
                continue
            if names is None:
                names = [cell.strip() for cell in line]
            else:
                cells = [cell.strip() for cell in line] + [""] * (len(names) - len(line))
                yield {name: cell for name, cell in zip(names, cells) if name}
    except csv.Error:
        return


def _features(content: bytes) -> Iterable[dict[str, str]]:
    try:
        read = json.loads(decoded(content))
    except (ValueError, RecursionError):
        return
    features = read.get("features") if isinstance(read, dict) else None
    for feature in features if isinstance(features, list) else ():
        if not isinstance(feature, dict):
            continue
        properties = feature.get("properties")
        row = {name: _plain(value) for name, value in (properties if isinstance(properties, dict) else {}).items()}
        if "id" in feature:
            row["id"] = _plain(feature["id"])
        row["geometry"] = _geometry(feature.get("geometry"))
        yield row


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _geometry(found: object) -> str:
    """A point as ``lat lon 0 0``; a line and the outline of an area as such points with ``; `` between them."""
    if not isinstance(found, dict):
        return ""
    places = found.get("coordinates")
    if found.get("type") == "Point":
        places = [places]
    elif found.get("type") == "Polygon":
        places = places[0] if isinstance(places, list) and places else []
    elif found.get("type") != "LineString":
        return ""
    points = [
        f"{place[1]} {place[0]} 0 0" for place in (places if isinstance(places, list) else ())
        if isinstance(place, list) and len(place) > 1 and all(isinstance(part, (int, float)) for part in place[:2])
    ]
    return "; ".join(points)


def _read_xml(content: bytes, document: Element) -> None:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        document.insert(to_element(fromstring(content), document))
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return


def _fill(document: Element, rows: Iterable[Mapping[str, str]]) -> None:
    """The rows as ``root/item/column``."""
    root = Element("root")
    for row in rows:
        item = Element("item")
        for name, text in row.items():
            item.insert(Element(name, None, text))
        root.insert(item)
    if root.children:
        document.insert(root)
