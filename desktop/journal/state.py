"""What stands on a record: a pure function of the entries known about it, in whatever order they came.

A value stands until an entry names it as replaced. Values are kept by the entry that set them, so that what one entry still has to say
is one small group, a fresh record is one group, and reading in the order of the clock shows the right value by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import cbor2

from desktop.domain.values import Value
from desktop.journal.body import DELETED, Body
from desktop.journal.codec import Raw, head, same, shown
from desktop.journal.devices import Devices

HERE, GONE, ERASED = 0, 1, 2
Shape = Callable[[str, Mapping[str, Value], Mapping[str, tuple[str, ...]]], dict[str, Value]]
"""(kind, values that one entry set, elements of sets) -> those that readers see: the place to leave out what a field cannot hold."""


class Group:
    """What one entry, written at moment `at`, still has to say. `seen` stands beside a deletion."""

    __slots__ = ("adds", "at", "seen", "values")

    def __init__(self, at: int, values: dict[str, Raw], adds: dict[str, list[str]], seen: list[int]) -> None:
        self.at = at
        self.values = values
        self.adds = adds
        self.seen = seen


def _names(joined: str) -> list[str]:
    return joined.split("\n") if joined else []


def fresh(key: int, at: int, names: bytes, count: int, values: bytes, adds: bytes) -> bytes:
    """What `State.encode` gives for one entry that sets `count` values. All parts are CBOR: `names` the joined text, `adds` a map or b""."""
    extra = b"\x82" + adds + b"\x80" if adds else b"\xf6"
    return b"".join((head(4, 5 + count), b"\x60", head(0, key), head(0, at), names, extra, values))


class State:
    """The standing values of one record. `kind` is empty until the entry that creates it is known; `hidden` is HERE, GONE or ERASED;
    `differs` are the fields (and `DELETED`) with two different answers, ascending."""

    __slots__ = ("differs", "groups", "hidden", "kind")

    def __init__(self, kind: str = "", hidden: int = HERE) -> None:
        self.kind = kind
        self.hidden = hidden
        self.groups: dict[int, Group] = {}
        self.differs: list[str] = []

    @classmethod
    def decode(cls, kind: str, hidden: int, data: bytes) -> State:
        """The state as `encode` wrote it."""
        made = cls(kind, hidden)
        if not data:
            return made
        cells = cbor2.loads(data)
        made.differs = _names(cells[0])
        at = 1
        while at < len(cells):
            names = _names(cells[at + 2])
            adds, seen = cells[at + 3] or ({}, [])
            begin = at + 4
            at = begin + len(names)
            made.groups[cells[begin - 4]] = Group(cells[begin - 3], dict(zip(names, cells[begin:at])), adds, seen)
        return made

    def encode(self) -> bytes:
        """As bytes: the same for the same entries. Fields keep the order of the body they came in, which is canonical.

        One flat CBOR array, which is written and read twice as fast as a nested one: the differing fields; then for each group its
        entry, its moment, the names of its fields, [adds, seen] or null, and the values. Names are joined by line ends.
        """
        if not self.groups:
            return b""
        cells: list[Any] = ["\n".join(self.differs)]
        for key, group in sorted(self.groups.items()):
            cells += (key, group.at, "\n".join(group.values), [group.adds, group.seen] if group.adds or group.seen else None)
            cells += group.values.values()
        return cbor2.dumps(cells)

    def set_in(self, key: int, at: int, body: Body, unwanted: Iterable[tuple[str, str]] = ()) -> None:
        """Put in what the entry `key` sets. The body's values and adds become the state's own. `unwanted`: the fields (and elements) of it
        that entries known already have replaced."""
        values, adds = body.values, body.adds
        for name, element in unwanted:
            if not element:
                values.pop(name, None)
            elif element in adds.get(name, ()):
                adds[name].remove(element)
                if not adds[name]:
                    del adds[name]
        if values or adds:
            self.groups[key] = Group(at, values, adds, sorted(body.seen) if DELETED in values else [])

    def take_out(self, body: Body) -> None:
        """Take out what the entry names as replaced or removed."""
        for name, refs in body.replaces.items():
            for ref in refs:
                group = self.groups.get(ref)
                if group is not None and name in group.values:
                    del group.values[name]
                    if name == DELETED:
                        group.seen = []
                    self._drop_empty(ref, group)
        for name, elements in body.removes.items():
            for element, refs in elements.items():
                for ref in refs:
                    self._take_element(ref, name, element)

    def _take_element(self, ref: int, name: str, element: str) -> None:
        group = self.groups.get(ref)
        if group is None or element not in group.adds.get(name, ()):
            return
        group.adds[name].remove(element)
        if not group.adds[name]:
            del group.adds[name]
        self._drop_empty(ref, group)

    def _drop_empty(self, ref: int, group: Group) -> None:
        if not group.values and not group.adds:
            del self.groups[ref]

    def judge(self) -> None:
        """Find out anew whether the record is deleted and which fields have two different answers."""
        if len(self.groups) == 1:
            (only,) = self.groups.values()
            self.hidden = GONE if only.values.get(DELETED) is True else HERE
            self.differs = []
            return
        self.hidden = HERE
        fields: set[str] = set()
        answers = 0
        for group in self.groups.values():
            fields.update(group.values)
            answers += len(group.values)
        differing = self._answered_differently() if answers > len(fields) else set()
        if DELETED in fields:
            self._judge_deletion(differing)
        self.differs = sorted(differing)

    def _answered_differently(self) -> set[str]:
        answers: dict[str, Raw] = {}
        differing: set[str] = set()
        for group in self.groups.values():
            for name, value in group.values.items():
                if not same(answers.setdefault(name, value), value):
                    differing.add(name)
        return differing

    def _judge_deletion(self, differing: set[str]) -> None:
        """A record is deleted only if whoever deleted it had seen all that stands on it; else somebody has to be asked."""
        deletions = {key: group for key, group in self.groups.items() if group.values.get(DELETED) is True}
        if not deletions:
            return
        seen = set(deletions).union(*(group.seen for group in deletions.values()))
        if DELETED in differing or not self.groups.keys() <= seen:
            differing.add(DELETED)
        else:
            self.hidden = GONE

    def ordered(self, devices: Devices) -> list[tuple[int, Group]]:
        """The groups, the one that is shown where they differ last."""
        if len(self.groups) == 1:
            return list(self.groups.items())
        return sorted(self.groups.items(), key=lambda item: devices.rank(item[0], item[1].at))

    def standing(self, name: str, devices: Devices) -> list[tuple[int, Raw]]:
        """The entries whose value of this field stands, with it; the shown one first."""
        return [(key, group.values[name]) for key, group in reversed(self.ordered(devices)) if name in group.values]

    def holders(self, name: str, element: str) -> list[int]:
        """The entries that put this element into the set and whose addition stands."""
        return [key for key, group in self.groups.items() if element in group.adds.get(name, ())]

    def sets(self) -> dict[str, tuple[str, ...]]:
        """The elements of each set that has any, ascending."""
        found: dict[str, set[str]] = {}
        for group in self.groups.values():
            for name, elements in group.adds.items():
                found.setdefault(name, set()).update(elements)
        return {name: tuple(sorted(elements)) for name, elements in found.items()}

    def values(self, devices: Devices, shape: Shape) -> dict[str, Value]:
        """The shown value of every field that has one, sets as ascending tuples among them, as `shape` brings the two together."""
        found: dict[str, Value] = {}
        for _, group in self.ordered(devices):
            found.update(shape(self.kind, {name: shown(value) for name, value in group.values.items()}, {}))
        found.pop(DELETED, None)
        found = {name: value for name, value in found.items() if value is not None}
        return found | shape(self.kind, {}, self.sets())


def as_they_are(kind: str, registers: Mapping[str, Value], sets: Mapping[str, tuple[str, ...]]) -> dict[str, Value]:
    """The values of a record of any kind: a set that has elements is shown before a value (a silence) in a field of the same name."""
    return {**registers, **sets}
