"""What a laptop cannot do of what a form asks for. The form works all the same; these questions are answered otherwise or stay blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.forms.definition import Definition
from desktop.forms.importing.findings import Limit
from desktop.forms.importing.table import Book, Sheet

_PHONE = frozenset({
    "deviceid", "device id", "imei", "phonenumber", "phone number", "get phone number", "subscriberid", "simserial", "sim id", "username", "email",
    "uri:deviceid", "uri:phonenumber", "uri:username", "uri:email", "uri:subscriberid", "uri:simserial", "get device id", "get subscriber id",
    "get sim id",
})
_MAPS = frozenset({"placement-map", "maps", "map", "satellite", "streets", "terrain", "hide-input"})
_THEME = frozenset({"quick", "no-calendar", "quickcompact", "big-image", "bearing", "picker", "no-ticks"})
_BY_TYPE = {
    "geopoint": "limit.point", "geotrace": "limit.map", "geoshape": "limit.map", "audio": "limit.recording", "video": "limit.recording",
    "barcode": "limit.barcode", "audit": "limit.audit", "start-geopoint": "limit.background", "background-audio": "limit.background",
    "background-geopoint": "limit.background", "osm": "limit.map",
}
_INTENT = re.compile(r"(?:^|\s)(?:ex:|app:|intent:)", re.IGNORECASE)
_UPLOAD = re.compile(rb"<(?:\w+:)?upload\b[^>]{0,2000}>")
_SOUND = re.compile(rb"mediatype\s*=\s*[\"'](?:audio|video)/")
_REF = re.compile(rb"\bref\s*=\s*[\"']([^\"']*)")
_SCANNED = re.compile(rb"<(?:\w+:)?bind\b(?=[^>]{0,2000}\btype\s*=\s*[\"']barcode)[^>]{0,2000}?\bnodeset\s*=\s*[\"']([^\"']*)")
_CONTACT = re.compile(r"(?:^|\s)(?:select-contact|db-object|bind-id-only|countdown-timer|display-base64-image|mrdt-verify|android-app-launcher)\b")


def limits_of(definition: Definition, xml: bytes, book: Book | None) -> tuple[Limit, ...]:
    """Every limit with the questions concerned, named by their paths without the root (`member/photo`), those of the whole form none."""
    found: dict[str, dict[str, None]] = {}
    told = _from_compiled(definition, xml) if book is None else _from_book(book)
    for code, question in told:
        found.setdefault(code, {})[question] = None
    return tuple(Limit(code, tuple(name for name in names if name)) for code, names in found.items())


def _from_book(book: Book) -> Iterator[tuple[str, str]]:
    sheet = book.sheet("survey")
    for row in sheet.rows if sheet else ():
        kind, name = sheet.cell(row, "type"), sheet.cell(row, "name")  # type: ignore[union-attr]  # there is a sheet if it has rows
        look = sheet.cell(row, "control", "appearance")  # type: ignore[union-attr]
        if kind in _PHONE:
            yield "limit.phone", name
        elif kind.split(" ")[0] in _BY_TYPE:
            yield _BY_TYPE[kind.split(" ")[0]], "" if kind == "audit" else name
        yield from _by_appearance(look, name)
        if _signed(sheet, row.cells):
            yield "limit.app", name


def _signed(sheet: Sheet | None, cells: dict[str, str]) -> bool:
    return sheet is not None and any(column.canonical[-1:] == ("intent",) and column.at in cells for column in sheet.columns)


def _by_appearance(look: str, name: str) -> Iterator[tuple[str, str]]:
    words = frozenset(look.lower().split())
    if words & _MAPS:
        yield "limit.map_view", name
    if words & _THEME:
        yield "limit.looks", name
    if _INTENT.search(look):
        yield "limit.app", name
    if _CONTACT.search(look):
        yield "limit.contact_picker", name
    if "search(" in look.lower():
        yield "limit.search", name


def _from_compiled(definition: Definition, xml: bytes) -> Iterator[tuple[str, str]]:
    for spec in definition.root.walk():
        name = "/".join(spec.path[1:])
        if spec.preload[0] == "property" and spec.preload[1] not in ("", None):
            yield "limit.phone", name
        code = _BY_TYPE.get(spec.type)
        if code:
            yield code, name
        yield from _by_appearance(" ".join(spec.appearance), name)
    if b"audit" in xml and b"odk:location-priority" in xml:
        yield "limit.audit", ""
    if b"odk:setgeopoint" in xml or b"odk:recordaudio" in xml:
        yield "limit.background", ""
    for upload in _UPLOAD.findall(xml):
        path = _REF.search(upload)
        if _SOUND.search(upload) and path:
            yield "limit.recording", "/".join(path[1].decode("utf-8", "replace").strip("/").split("/")[1:])
    for path in _SCANNED.findall(xml):
        yield "limit.barcode", "/".join(path.decode("utf-8", "replace").strip("/").split("/")[1:])
