"""Entries of one device as columns: what a file for another site holds of them.

Most entries only set fields, replace what stood there and add to sets. Those lie in columns: one for each field, one for each part of the
header; bodies are put together again byte by byte, so the hash chain proves that nothing was lost on the way. All other entries carry
their body whole. A block is a canonical CBOR array, see `_PARTS`; its columns are those of `desktop.journal.columns`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

import cbor2

from desktop.domain.ids import SEQ_MOST
from desktop.journal import columns
from desktop.journal.body import BYTES_MOST, DELETED, check_elements, parse
from desktop.journal.clock import COUNTER_BITS, MOST
from desktop.journal.codec import Damaged, check_name, loads
from desktop.journal.devices import SEQ_MASK, SHIFT, Devices
from desktop.journal.log import DROPPED, ERASES, Entry, code_bytes
from desktop.journal.shapes import NO_REFS, Refs, Said, Sets, Shape
from desktop.journal.shapes import shapes as shapes_of

_PARTS = (
    "devices", "authors", "kinds", "names", "shapes",  # dictionaries
    "clock", "milliseconds", "counters", "author", "mark", "record_device", "record_seq", "kind", "shape",  # by entry
    "ref_device", "ref_seq", "values", "adds", "bodies", "digests",
)  # fmt: skip
COUNT_MOST = 1 << 16
_DICTIONARY_MOST = 1 << 16
_MILLISECONDS_MOST = MOST >> COUNTER_BITS
_DIGEST = 32
_AT_ONCE = 256  # entries taken apart before their values become bytes: more of them do not stay near the processor
_PLAIN_TAIL: list[Any] = [{}, None, [], [], []]


class Arrived(NamedTuple):
    """One entry of a block. `kind` is "" unless it creates its record. `body` is None if it was dropped; `digest` is its SHA-256.
    Where the entry does nothing else, `said` is what it sets, adds and replaces; or `sets` the former two, if it creates its record
    and so replaces nothing. Else both are None."""

    record_device: bytes
    record_seq: int
    at: int
    author: str
    kind: str
    mark: int
    body: bytes | None
    digest: bytes
    sets: Sets | None
    said: Said | None


class Dictionary(dict[Any, int]):
    """Gives each new thing the next number."""

    def __missing__(self, thing: Any) -> int:
        self[thing] = number = len(self)
        return number


@dataclass
class _Column:
    """The cells of one field: those that are bytes already, and those that are still to become some."""

    written: list[bytes] = field(default_factory=list)
    cells: list[Any] = field(default_factory=list)

    def write(self) -> None:
        """Make the cells bytes, while they still lie near the processor."""
        self.written.append(columns.pack_items(self.cells))
        self.cells.clear()


@dataclass
class _Writing:
    devices: Devices
    publics: Dictionary = field(default_factory=Dictionary)
    names: Dictionary = field(default_factory=Dictionary)
    shapes: dict[tuple[Any, ...], tuple[int, list[Callable[[Any], None]]]] = field(default_factory=dict)
    values: dict[str, _Column] = field(default_factory=dict)
    adds: dict[str, _Column] = field(default_factory=dict)
    ref_device: list[int] = field(default_factory=list)
    ref_seq: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def shape(self, entry: Entry, body: bytes) -> int:
        """Put the body into columns; the number of its shape, 0 if it is carried whole."""
        parts = cbor2.loads(body)
        act, values, adds, replaces = parts[:4]
        if parts[4:9] != _PLAIN_TAIL or DELETED in values:
            self.bodies.append(body)
            return 0
        counts: tuple[tuple[str, int], ...] = ()
        if replaces:
            self._refs(entry, replaces, parts[9])
            counts = tuple((name, len(refs) // 2) for name, refs in replaces.items())
        shape = (act, tuple(values), tuple(adds), counts)
        number, columns_of = self.shapes.get(shape) or self._new_shape(shape)
        for put, item in zip(columns_of, (*values.values(), *adds.values())):
            put(item)
        return number

    def numbers(self, entries: Sequence[Entry]) -> list[int]:
        """The shapes of all entries that have a body."""
        found: list[int] = []
        for begin in range(0, len(entries), _AT_ONCE):
            found += [self.shape(entry, entry.body) for entry in entries[begin : begin + _AT_ONCE] if entry.body is not None]
            for column in (*self.values.values(), *self.adds.values()):
                column.write()
        return found

    def _new_shape(self, shape: tuple[Any, ...]) -> tuple[int, list[Callable[[Any], None]]]:
        """The number of a shape, from 1, and for each of its fields how to put a cell into its column."""
        values = [self.values.setdefault(name, _Column()).cells.append for name in shape[1]]
        adds = [self.adds.setdefault(name, _Column()).cells.append for name in shape[2]]
        made = self.shapes[shape] = (len(self.shapes) + 1, values + adds)
        return made

    def _refs(self, entry: Entry, replaces: dict[str, list[int]], listed: list[bytes]) -> None:
        """0 stands for the entry that created the record: what is replaced most often."""
        devices = self.devices.by_number
        own, owner = devices[entry.key >> SHIFT].public, devices[entry.record >> SHIFT].public
        publics, seq = [own, owner, *listed], entry.record & SEQ_MASK
        for refs in replaces.values():
            for place, number in zip(refs[::2], refs[1::2]):
                public = publics[place]
                if number == seq and public == owner:
                    self.ref_device.append(0)
                else:
                    self.ref_device.append(self.publics[public] + 1)
                    self.ref_seq.append(number)


def encode(entries: Sequence[Entry], devices: Devices) -> bytes:
    """Entries of one device, in order, as a block."""
    writing = _Writing(devices)
    authors, kinds = Dictionary(), Dictionary()
    shapes = writing.numbers(entries)
    by_device = {number: writing.publics[device.public] + 1 for number, device in _record_devices(entries, devices)}
    milliseconds = [entry.at >> COUNTER_BITS for entry in entries]
    made: dict[str, Any] = {
        "clock": milliseconds[0],
        "milliseconds": columns.pack([0, *(columns.signed(two - one) for one, two in pairwise(milliseconds))]),
        "counters": columns.pack([entry.at & (1 << COUNTER_BITS) - 1 for entry in entries]),
        "author": columns.pack([authors[entry.author] for entry in entries]),
        "mark": columns.pack([ERASES if entry.erases else DROPPED if entry.body is None else 0 for entry in entries]),
        "record_device": columns.pack([0 if entry.key == entry.record else by_device[entry.record >> SHIFT] for entry in entries]),
        "record_seq": columns.pack([entry.record & SEQ_MASK for entry in entries if entry.key != entry.record]),
        "kind": columns.pack([kinds[entry.kind] for entry in entries if entry.key == entry.record]),
        "shape": columns.pack(shapes),
        "shapes": [_numbered(shape, writing.names) for shape in writing.shapes],
        "devices": list(writing.publics),
        "authors": list(authors),
        "kinds": list(kinds),
        "names": list(writing.names),
        "ref_device": columns.pack(writing.ref_device),
        "ref_seq": columns.pack(writing.ref_seq),
        "bodies": writing.bodies,
        "digests": b"".join(entry.digest for entry in entries if entry.body is None and not entry.erases),
    }
    for part, cells in (("values", writing.values), ("adds", writing.adds)):
        made[part] = [b"".join(cells[name].written) if name in cells else b"" for name in writing.names]
    return cbor2.dumps([made[part] for part in _PARTS])


def _record_devices(entries: Sequence[Entry], devices: Devices) -> list[tuple[int, Any]]:
    numbers = sorted({entry.record >> SHIFT for entry in entries if entry.key != entry.record})
    return [(number, devices.by_number[number]) for number in numbers]


def _numbered(shape: tuple[str, tuple[str, ...], tuple[str, ...], tuple[tuple[str, int], ...]], names: Dictionary) -> list[Any]:
    act, values, adds, replaces = shape
    counts = [part for name, count in replaces for part in (names[name], count)]
    return [act, [names[name] for name in values], [names[name] for name in adds], counts]


def decode(data: bytes, device: bytes, first: int, count: int) -> list[Arrived]:
    """The entries of a block, of which `first` is the number of the first. `Damaged` unless everything about it is as `encode` writes it."""
    parts = loads_block(data)
    shapes, numbers = shapes_of(parts), columns.unpack
    marks = numbers(parts["mark"], count, 3)
    kept = marks.count(0)
    by_entry = numbers(parts["shape"], kept, len(shapes) + 1)
    whole = _bodies(parts, by_entry.count(0))
    _fill(parts, shapes, Counter(by_entry))
    owners = numbers(parts["record_device"], count, len(parts["devices"]) + 1)
    ats = _clocks(parts, count)
    authors = [parts["authors"][number] for number in numbers(parts["author"], count, len(parts["authors"]))]
    kinds = iter(numbers(parts["kind"], owners.count(0), len(parts["kinds"])))
    seqs = iter(numbers(parts["record_seq"], count - owners.count(0), SEQ_MOST + 1))
    refs = Refs(parts, device, sum(count for shape in by_entry if shape for _, _, count in shapes[shape - 1].replaces))
    digests = _digests(parts, marks.count(DROPPED))
    order = iter(by_entry)
    entries: list[Arrived] = []
    for at_entry in range(count):
        seq, mark, owner = first + at_entry, marks[at_entry], owners[at_entry]
        if owner:
            record_device, record_seq, kind = parts["devices"][owner - 1], next(seqs), ""
            if not record_seq or (record_device == device and record_seq >= seq):
                raise Damaged("record")
        else:
            record_device, record_seq, kind = device, seq, parts["kinds"][next(kinds)]
        body, sets, said = None, None, None
        if mark == 0:
            number = next(order)
            if number:
                shape = shapes[number - 1]
                written, cells, items = shape.take()
                tail, named = refs.take(shape, seq, record_device, record_seq) if shape.replaces else (NO_REFS, {})
                body = written + tail
                if owner or named:
                    said = shape.said(items, named)
                else:
                    sets = shape.sets(cells)
                if len(body) > BYTES_MOST:
                    raise Damaged("size")
            else:
                body = next(whole)
                parse(body, seq)
        digest = next(digests) if mark == DROPPED else sha256(body or b"").digest()
        entries.append(Arrived(record_device, record_seq, ats[at_entry], authors[at_entry], kind, mark, body, digest, sets, said))
    return entries


def loads_block(data: bytes) -> dict[str, Any]:
    """The parts of a block by name, dictionaries checked."""
    found = loads(data, 4)
    if type(found) is not list or len(found) != len(_PARTS):
        raise Damaged("block")
    parts = dict(zip(_PARTS, found))
    for part in ("devices", "authors", "kinds", "names", "shapes", "values", "adds", "bodies"):
        if type(parts[part]) is not list or len(parts[part]) > _DICTIONARY_MOST:
            raise Damaged(part)
    if any(type(public) is not bytes or len(public) != 32 for public in parts["devices"]):
        raise Damaged("devices")
    for part in ("authors", "kinds"):
        for name in parts[part]:
            code_bytes(check_name(name))
    for name in parts["names"]:
        if check_name(name)[0] == "*":
            raise Damaged("names")
    for part in ("devices", "names"):
        if len(set(parts[part])) != len(parts[part]):
            raise Damaged(part)
    return parts


def _fill(parts: dict[str, Any], shapes: list[Shape], used: Counter[int]) -> None:
    """Give every shape the columns it draws from; all cells must be used up."""
    for part, at in (("values", 1), ("adds", 2)):
        wanted: Counter[int] = Counter()
        for number, item in enumerate(parts["shapes"], 1):
            for name in item[at]:
                wanted[name] += used[number]
        if len(parts[part]) != len(parts["names"]):
            raise Damaged(part)
        drawn = []
        for name, data in enumerate(parts[part]):
            items, written = columns.unpack_items(data, wanted[name])
            if part == "values":
                columns.check_items(items)
            else:
                for item in items:
                    check_elements(item)
            drawn.append(iter(zip(written, items)))
        for shape, item in zip(shapes, parts["shapes"]):
            shape.cells += [drawn[name] for name in item[at]]


def _bodies(parts: dict[str, Any], count: int) -> Iterator[bytes]:
    if len(parts["bodies"]) != count or any(type(body) is not bytes for body in parts["bodies"]):
        raise Damaged("bodies")
    return iter(parts["bodies"])


def _digests(parts: dict[str, Any], count: int) -> Iterator[bytes]:
    data = parts["digests"]
    if type(data) is not bytes or len(data) != count * _DIGEST:
        raise Damaged("digests")
    return iter([data[at : at + _DIGEST] for at in range(0, len(data), _DIGEST)])


def _clocks(parts: dict[str, Any], count: int) -> list[int]:
    now = parts["clock"]
    if type(now) is not int:
        raise Damaged("clock")
    found = []
    steps = columns.unpack(parts["milliseconds"], count, 1 << 64)
    for step, counter in zip(steps, columns.unpack(parts["counters"], count, 1 << COUNTER_BITS)):
        now += columns.unsigned(step)
        if not 0 <= now < _MILLISECONDS_MOST:
            raise Damaged("clock")
        found.append(now << COUNTER_BITS | counter)
    return found
