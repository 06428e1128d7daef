"""How the bodies of a block's entries are put together again from its columns, byte by byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from desktop.domain.ids import SEQ_MOST
from desktop.journal import columns
from desktop.journal.body import EMPTY_TAIL, FIELDS_MOST, KEYS_MOST, REFS_MOST
from desktop.journal.codec import Damaged, Raw, check_name, head, text_bytes

_TOTAL_MOST = 1 << 22  # entries named in one block

Named = dict[str, list[tuple[bytes, int]]]
Said = tuple[dict[str, Raw], dict[str, list[str]], Named]
"""Values, adds, and for each field the (device, number) of the entries whose value is replaced."""


class Sets(NamedTuple):
    """What an entry sets, in CBOR: the names joined by line ends, how many, their values one after another, and the map of its adds
    (b"": none)."""

    names: bytes
    fields: int
    values: bytes
    adds: bytes


NO_REFS = b"\xa0" + EMPTY_TAIL + b"\x80"
"""The parts 3 to 9 of a body that replaces nothing."""


@dataclass
class Shape:
    """How to put a body together: the names of its fields and sets, what stands before each cell and after the last one, and iterators
    that give the next cell of each column, as bytes and as the item that they stand for."""

    values: list[str]
    adds: list[str]
    replaces: list[tuple[str, bytes, int]]
    before: list[bytes]
    after: bytes
    adding: list[bytes]
    names: bytes
    cells: list[Iterator[tuple[bytes, Any]]] = field(default_factory=list)

    def take(self) -> tuple[bytes, Sequence[bytes], Sequence[Any]]:
        """The parts 0 to 2 of the next entry's body; and its cells as bytes and as items."""
        cells, items = zip(*[next(column) for column in self.cells]) if self.cells else ((), ())
        parts = [self.after] * (2 * len(cells) + 1)
        parts[:-1:2] = self.before
        parts[1::2] = cells
        return b"".join(parts), cells, items

    def sets(self, cells: Sequence[bytes]) -> Sets:
        """The cells in other words."""
        count = len(self.values)
        added = b"".join(part for pair in zip(self.adding, cells[count:]) for part in pair)
        return Sets(self.names, count, b"".join(cells[:count]), added)

    def said(self, items: Sequence[Any], named: Named) -> Said:
        """An entry's values, adds and what it replaces."""
        return dict(zip(self.values, items)), dict(zip(self.adds, items[len(self.values) :])), named


def shapes(parts: dict[str, Any]) -> list[Shape]:
    """The shapes of a block, their cells still to be given. `Damaged` unless they are such as are written."""
    names = parts["names"]
    keys = [text_bytes(name) for name in names]

    def listed(item: Any) -> list[str]:
        if type(item) is not list or len(item) > FIELDS_MOST or any(type(at) is not int or not 0 <= at < len(keys) for at in item):
            raise Damaged("shapes")
        if any((len(keys[one]), keys[one]) >= (len(keys[two]), keys[two]) for one, two in pairwise(item)):
            raise Damaged("shapes")
        return [names[at] for at in item]

    made = []
    for item in parts["shapes"]:
        if type(item) is not list or len(item) != 4 or type(item[0]) is not str or type(item[3]) is not list or len(item[3]) % 2:
            raise Damaged("shapes")
        act, values, adds, counted = item
        set_names, add_names, replaced, counts = listed(values), listed(adds), listed(counted[::2]), counted[1::2]
        if not set(counted[::2]) <= set(values) or any(type(n) is not int or not 0 < n <= REFS_MOST for n in counts):
            raise Damaged("shapes")
        opening = b"\x8a" + text_bytes(check_name(act) if act else "")
        replaces = [(name, text_bytes(name), count) for name, count in zip(replaced, counts)]
        before, after, adding = _around(opening, [keys[at] for at in values], [keys[at] for at in adds])
        made.append(Shape(set_names, add_names, replaces, before, after, adding, text_bytes("\n".join(set_names))))
    return made


def _around(opening: bytes, values: list[bytes], adds: list[bytes]) -> tuple[list[bytes], bytes, list[bytes]]:
    """What stands before each cell of a body that begins so, and after the last one; and before the cells of sets where they are alone."""
    before: list[bytes] = []
    for keys in (values, adds):
        opening += head(5, len(keys))
        for key in keys:
            before.append(opening + key)
            opening = b""
    adding = [head(5, len(adds)) + adds[0], *adds[1:]] if adds else []
    return before, opening, adding


class Refs:
    """Hands out the named entries of one body after another, as bytes of that body and as what they stand for."""

    def __init__(self, parts: dict[str, Any], device: bytes, total: int) -> None:
        if total > _TOTAL_MOST:
            raise Damaged("refs")
        self._device = device
        self._publics = parts["devices"]
        numbers = columns.unpack(parts["ref_device"], total, len(self._publics) + 1)
        self._numbers = iter(numbers)
        self._seqs = iter(columns.unpack(parts["ref_seq"], total - numbers.count(0), SEQ_MOST + 1))

    def take(
        self, shape: Shape, seq: int, record_device: bytes, record_seq: int
    ) -> tuple[bytes, Named]:
        """The parts 3 to 9 of the body of entry `seq` on that record, and what they name."""
        first = (record_device, record_seq)
        if len(shape.replaces) == 1 and shape.replaces[0][2] == 1:
            name, key, _ = shape.replaces[0]
            ref = self._next(seq, first)
            if ref is first:  # by far the most frequent case
                place = b"\x82\x00" if record_device == self._device else b"\x82\x01"
                return b"".join((b"\xa1", key, place, head(0, record_seq), EMPTY_TAIL, b"\x80")), {name: [ref]}
            return self._written(shape, record_device, {name: [ref]})
        named = {name: [self._next(seq, first) for _ in range(count)] for name, _, count in shape.replaces}
        if any(len(set(refs)) != len(refs) for refs in named.values()):
            raise Damaged("refs")
        return self._written(shape, record_device, named)

    def _written(self, shape: Shape, record_device: bytes, named: Named) -> tuple[bytes, Named]:
        places = {record_device: 1, self._device: 0}
        others = {public for refs in named.values() for public, _ in refs}
        listed = sorted(others - places.keys())
        if len(listed) > KEYS_MOST:
            raise Damaged("refs")
        places |= {public: at for at, public in enumerate(listed, 2)}
        parts = [head(5, len(named))]
        for name, key, count in shape.replaces:
            parts += (key, head(4, 2 * count))
            for public, number in named[name]:
                parts += (head(0, places[public]), head(0, number))
        parts += (EMPTY_TAIL, head(4, len(listed)), *(b"\x58\x20" + one for one in listed))
        return b"".join(parts), named

    def _next(self, seq: int, first: tuple[bytes, int]) -> tuple[bytes, int]:
        number = next(self._numbers)
        if not number:
            ref = first
        else:
            ref = (self._publics[number - 1], next(self._seqs))
            if not ref[1] or ref == first:
                raise Damaged("refs")
        if ref[0] == self._device and ref[1] >= seq:
            raise Damaged("refs")
        return ref
