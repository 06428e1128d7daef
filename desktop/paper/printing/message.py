"""Messages of the Internet Printing Protocol (RFC 8010) as bytes and back. No input or output here."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Union

PRINT_JOB, CREATE_JOB, SEND_DOCUMENT = 0x0002, 0x0005, 0x0006
CANCEL_JOB, JOB_ATTRIBUTES, PRINTER_ATTRIBUTES = 0x0008, 0x0009, 0x000B
"""The operations that are asked for."""

OPERATION, JOB, END, PRINTER = 0x01, 0x02, 0x03, 0x04
INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
RESOLUTION, RANGE = 0x32, 0x33
NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_WITH_LANGUAGE = (0x35, 0x36)  # a text or a name, its language before it
_TEXTS = range(0x41, 0x4A)
_COLLECTION, _COLLECTION_END = 0x34, 0x37
_PER_CM = 4

Item = Union[int, bool, str, "tuple[int, int]", None]
"""One value: a number, a truth, a text, a range or the two resolutions in dots to the inch. None stands for what has no value or is
of a kind that is not read."""


class NotIpp(ValueError):
    """The bytes are no message of this protocol."""


@dataclass(frozen=True)
class Attribute:
    """A named value to send, of one of the kinds above. `values` are of the type that kind has."""

    kind: int
    name: str
    values: Sequence[int | bool | str]


@dataclass(frozen=True)
class Answer:
    """What a printer said: its status, and the values of each attribute by name. Of several jobs only the first is kept."""

    status: int
    about: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """True if it did what it was asked for."""
        return self.status < 0x0100

    def texts(self, name: str) -> tuple[str, ...]:
        """The values that are texts."""
        return tuple(one for one in self.about.get(name, ()) if isinstance(one, str))

    def number(self, name: str, otherwise: int = 0) -> int:
        """The first value that is a number."""
        return next(iter(self.numbers(name)), otherwise)

    def numbers(self, name: str) -> tuple[int, ...]:
        """The values that are numbers."""
        return tuple(one for one in self.about.get(name, ()) if isinstance(one, int) and not isinstance(one, bool))

    def pairs(self, name: str) -> tuple[tuple[int, int], ...]:
        """The values that are ranges or resolutions."""
        return tuple(one for one in self.about.get(name, ()) if isinstance(one, tuple))


def request(operation: int, uri: str, about: Sequence[Attribute], job: Sequence[Attribute] = ()) -> bytes:
    """A request of IPP 1.1 to the printer at `uri`. `job`: how it is to be printed. The document, if any, follows these bytes."""
    parts = [struct.pack(">BBHI", 1, 1, operation, 1), bytes([OPERATION])]
    first = (
        Attribute(CHARSET, "attributes-charset", ["utf-8"]), Attribute(LANGUAGE, "attributes-natural-language", ["en"]),
        Attribute(URI, "printer-uri", [uri]),
    )
    parts += [_encoded(one) for one in (*first, *about)]
    if job:
        parts += [bytes([JOB]), *(_encoded(one) for one in job)]
    return b"".join([*parts, bytes([END])])


def _encoded(one: Attribute) -> bytes:
    made = []
    for at, value in enumerate(one.values):
        name = one.name.encode("ascii") if at == 0 else b""
        raw = _raw(one.kind, value)
        made.append(struct.pack(">BH", one.kind, len(name)) + name + struct.pack(">H", len(raw)) + raw)
    return b"".join(made)


def _raw(kind: int, value: int | bool | str) -> bytes:
    if kind == BOOLEAN:
        return bytes([bool(value)])
    if kind in (INTEGER, ENUM):
        return struct.pack(">i", int(value))
    return str(value).encode("utf-8")


def answer(data: bytes) -> Answer:
    """What a printer answered. NotIpp if it is no such message, or cut off."""
    if len(data) < 9 or data[0] not in (1, 2):
        raise NotIpp
    try:
        return Answer(int.from_bytes(data[2:4], "big"), _gathered(data))
    except (struct.error, IndexError) as error:
        raise NotIpp from error


def _gathered(data: bytes) -> dict[str, tuple[Item, ...]]:
    about: dict[str, list[Item]] = {}
    name, deep, new = "", 0, False
    for tag, called, raw in _fields(data):
        if tag == _COLLECTION:
            deep += 1
        elif tag == _COLLECTION_END:
            deep -= 1
        if called and not deep:
            new = called not in about
            name = called
        if name and new and not deep and tag != _COLLECTION_END:
            about.setdefault(name, []).append(_item(tag, raw))
    return {each: tuple(items) for each, items in about.items()}


def _fields(data: bytes) -> Iterator[tuple[int, str, bytes]]:
    """(kind, name or "", value) of every field up to the end of the attributes."""
    at = 8
    while data[at] != END:
        tag = data[at]
        if tag < 0x10:
            at += 1
            continue
        called, at = _counted(data, at + 1)
        raw, at = _counted(data, at)
        yield tag, called.decode("ascii", "replace"), raw


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", data, at)
    end = at + 2 + length
    if end > len(data):
        raise NotIpp
    return data[at + 2:end], end


def _item(tag: int, raw: bytes) -> Item:
    if tag == BOOLEAN:
        return bool(raw[0])
    if tag in (INTEGER, ENUM):
        return int(struct.unpack(">i", raw)[0])
    if tag == RANGE:
        low, high = struct.unpack(">ii", raw)
        return int(low), int(high)
    if tag == RESOLUTION:
        across, down, unit = struct.unpack(">iib", raw)
        scale = 2.54 if unit == _PER_CM else 1.0
        return round(across * scale), round(down * scale)
    if tag in _WITH_LANGUAGE:
        _, at = _counted(raw, 0)
        return _counted(raw, at)[0].decode("utf-8", "replace")
    return raw.decode("utf-8", "replace") if tag in _TEXTS else None
