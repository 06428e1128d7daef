"""The body of an entry: what one save says about one record.

As bytes it is a canonical CBOR array of ten parts:

0 act (text, what the volunteer did; may be empty), 1 values {field: value}, 2 adds {field: [element]}, 3 replaces {field: refs},
4 removes {field: {element: refs}}, 5 event [kind, {field: value}] or null, 6 reverses refs, 7 seen refs, 8 undoes refs, 9 devices.

Refs name entries: a flat array of pairs device, number. Device 0 is the entry's own, 1 the one that created the record where that is
another, from 2 on those in part 9 (32-byte keys, ascending). In memory refs are local keys (`desktop.journal.devices`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import cbor2

from desktop.domain.ids import SEQ_MOST
from desktop.journal.codec import LIST_MOST, TEXT_MOST, Damaged, Raw, check, check_name, dumps, loads
from desktop.journal.devices import SEQ_MASK, SHIFT, Devices

DELETED = "*deleted"
"""The register of its own that says whether a record is deleted: true or false. No other field begins with an asterisk."""

BYTES_MOST = 1 << 20
FIELDS_MOST = 4096
REFS_MOST = 4096
KEYS_MOST = 256  # other devices named by one entry
PARTS = 10
EMPTY_TAIL = b"\xa0\xf6\x80\x80\x80"  # parts 4 to 8 of an entry that only sets and adds


@dataclass(slots=True)
class Body:
    """`values` in raw form. `replaces`: for each field the entries whose value of it is replaced. `removes`: for each element taken out
    of a set the entries that had put it in. `seen`, beside a deletion: the entries whose values stood on the record. `undoes`: entries that this
    one takes back."""

    act: str = ""
    values: dict[str, Raw] = field(default_factory=dict)
    adds: dict[str, list[str]] = field(default_factory=dict)
    replaces: dict[str, list[int]] = field(default_factory=dict)
    removes: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    event: tuple[str, dict[str, Raw]] | None = None
    reverses: list[int] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    undoes: list[int] = field(default_factory=list)

    def says_something(self) -> bool:
        """False if nothing would follow from this entry."""
        return bool(self.values or self.adds or self.removes or self.event or self.reverses)


def names_any(body: Body, keys: range) -> bool:
    """True if the entry names one of these entries."""
    for refs in body.replaces.values():
        for ref in refs:
            if ref in keys:
                return True
    if not (body.removes or body.reverses or body.seen or body.undoes):
        return False
    return any(ref in keys for refs in _refs_of(body) for ref in refs)


def _refs_of(body: Body) -> list[list[int]]:
    removed = [refs for elements in body.removes.values() for refs in elements.values()]
    return [*body.replaces.values(), *removed, body.reverses, body.seen, body.undoes]


def encode(body: Body, key: int, record: int, devices: Devices) -> bytes:
    """The bytes of the body of the entry with that local key. `Damaged` if it is too big."""
    places = {record >> SHIFT: 1, key >> SHIFT: 0}
    others = {ref >> SHIFT for refs in _refs_of(body) for ref in refs} - set(places)
    listed = sorted(devices.by_number[number].public for number in others)
    places |= {devices.by_public[public].number: at for at, public in enumerate(listed, 2)}

    def flat(refs: list[int]) -> list[int]:
        return [part for ref in refs for part in (places[ref >> SHIFT], ref & SEQ_MASK)]

    parts = [
        body.act,
        body.values,
        body.adds,
        {name: flat(refs) for name, refs in body.replaces.items()},
        {name: {element: flat(refs) for element, refs in elements.items()} for name, elements in body.removes.items()},
        body.event,
        flat(body.reverses),
        flat(body.seen),
        flat(body.undoes),
        listed,
    ]
    data = dumps(parts)
    if len(data) > BYTES_MOST:
        raise Damaged("size")
    check_parts(cbor2.loads(data), key & SEQ_MASK)
    return data


def parse(data: bytes, seq: int) -> list[Any]:
    """The parts of a body that came from elsewhere, for the entry of that number. `Damaged` unless it is one that `encode` could write."""
    if len(data) > BYTES_MOST:
        raise Damaged("size")
    parts = loads(data, 5)
    check_parts(parts, seq)
    return parts  # type: ignore[no-any-return]


def check_parts(parts: Any, seq: int) -> None:
    """`Damaged` unless these are the ten parts of a body, each within its limits."""
    if type(parts) is not list or len(parts) != PARTS:
        raise Damaged("body")
    act, values, adds, replaces, removes, event, reverses, seen, undoes, listed = parts
    if type(act) is not str or (act and check_name(act) != act):
        raise Damaged("act")
    if type(listed) is not list or len(listed) > KEYS_MOST or any(type(key) is not bytes or len(key) != 32 for key in listed):
        raise Damaged("devices")
    if any(one >= two for one, two in pairwise(listed)):
        raise Damaged("devices")
    _check_fields(values)
    _check_adds(adds)
    used: set[int] = set()
    for name, refs in _mapping(replaces).items():
        if check_name(name) not in values:
            raise Damaged("replaces")
        check_refs(refs, seq, len(listed), used)
    for name, elements in _mapping(removes).items():
        check_name(name)
        for element, refs in _mapping(elements).items():
            check_element(element)
            check_refs(refs, seq, len(listed), used)
    if event is not None:
        if type(event) is not list or len(event) != 2:
            raise Damaged("event")
        check_name(event[0])
        _check_fields(event[1])
    for refs in (reverses, seen, undoes):
        check_refs(refs, seq, len(listed), used, may_be_empty=True)
    if used - {0, 1} != set(range(2, len(listed) + 2)):
        raise Damaged("devices")


def _mapping(item: Any) -> dict[Any, Any]:
    if type(item) is not dict or len(item) > FIELDS_MOST:
        raise Damaged("mapping")
    return item


def _check_fields(values: Any) -> None:
    for name, value in _mapping(values).items():
        check_name(name)
        if name[0] == "*" and (name != DELETED or type(value) is not bool):
            raise Damaged("name")
        check(value)


def _check_adds(adds: Any) -> None:
    for name, elements in _mapping(adds).items():
        check_name(name)
        check_elements(elements)


def check_elements(elements: Any) -> None:
    """`Damaged` unless these are the elements one entry adds to one set: at least one, ascending."""
    if type(elements) is not list or not 0 < len(elements) <= LIST_MOST:
        raise Damaged("set")
    for element in elements:
        check_element(element)
    if any(one >= two for one, two in pairwise(elements)):
        raise Damaged("set")


def check_element(element: Any) -> None:
    """`Damaged` unless this can be an element of a set: a text that is not empty."""
    if type(element) is not str or not 0 < len(element) <= TEXT_MOST or "\0" in element:
        raise Damaged("set")


def check_refs(refs: Any, seq: int, listed: int, used: set[int], *, may_be_empty: bool = False) -> None:
    """`Damaged` unless these are refs in which the entry of number `seq` names earlier ones of its own device."""
    if refs == [] and may_be_empty:
        return
    if type(refs) is not list or len(refs) % 2 or len(refs) > 2 * REFS_MOST or not refs:
        raise Damaged("refs")
    named, numbers = refs[::2], refs[1::2]
    if any(type(part) is not int for part in refs) or len(set(zip(named, numbers))) != len(named):
        raise Damaged("refs")
    for device, number in zip(named, numbers):
        if not 0 <= device < listed + 2 or not 0 < number <= SEQ_MOST or (device == 0 and number >= seq):
            raise Damaged("refs")
    used.update(named)


def assemble(parts: list[Any], key: int, record: int, devices: Devices) -> Body:
    """The body with its refs as local keys, from parts that were checked. Devices never heard of are noted down."""
    act, values, adds, replaces, removes, event, reverses, seen, undoes, listed = parts
    if not (replaces or removes or reverses or seen or undoes):
        return Body(act, values, adds, event=tuple(event) if event else None)
    bases = [key >> SHIFT << SHIFT, record >> SHIFT << SHIFT, *(devices.heard(public).number << SHIFT for public in listed)]

    def local(refs: list[int]) -> list[int]:
        return [bases[device] | number for device, number in zip(refs[::2], refs[1::2])]

    return Body(
        act,
        values,
        adds,
        {name: local(refs) for name, refs in replaces.items()},
        {name: {element: local(refs) for element, refs in elements.items()} for name, elements in removes.items()},
        tuple(event) if event else None,
        local(reverses),
        local(seen),
        local(undoes),
    )


def read(data: bytes, key: int, record: int, devices: Devices) -> Body:
    """The body of an entry that is stored here, and was checked when it was stored."""
    return assemble(cbor2.loads(data), key, record, devices)
