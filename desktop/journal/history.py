"""What happened to a record, told line by line, and which answers stand on it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from desktop.domain.ids import Stamp
from desktop.domain.values import Value
from desktop.journal.body import DELETED, Body, read
from desktop.journal.clock import when
from desktop.journal.codec import shown
from desktop.journal.devices import SHIFT, Devices
from desktop.journal.log import Entry, Log

_PASSES = 100  # two entries that name each other, which only a forger writes, would keep us busy for ever


@dataclass(frozen=True)
class Head:
    """One answer that stands. `site` is the root public key of the site where it was written (b"" if that is not known)."""

    stamp: Stamp
    at: datetime
    author: str
    site: bytes
    value: Value


@dataclass(frozen=True)
class Event:
    """Something that happened to a record. `reversed_by` is the entry that takes it back, if there is one."""

    stamp: Stamp
    kind: str
    at: datetime
    author: str
    site: bytes
    values: dict[str, Value]
    reversed_by: Stamp | None = None


@dataclass(frozen=True)
class Change:
    """One field before and after. `of_set`: `before` (taken out) or `after` (put in) is one element of a set, the other None."""

    field: str
    before: Value
    after: Value
    of_set: bool = False


@dataclass(frozen=True)
class Line:
    """One entry of a record's history. `what`: created, changed, deleted, restored, erased, event, reversed; `lost` if what it said was erased.
    `act` is what the volunteer did, as `Journal.save` was told. `undone`: a later entry took it back. `event` is its event's kind, or ""."""

    stamp: Stamp
    at: datetime
    author: str
    site: bytes
    what: str
    act: str
    changes: tuple[Change, ...] = ()
    event: str = ""
    undone: bool = False


def lines(log: Log, devices: Devices, record: int) -> tuple[Line, ...]:
    """The history of a record, newest first."""
    found = log.of_record(record)
    bodies = {entry.key: read(entry.body, entry.key, record, devices) for entry in found if entry.body is not None}
    by_key = {entry.key: entry for entry in found}
    times = _times(found, bodies)
    entries = sorted(found, key=lambda entry: devices.rank(entry.key, times[entry.key]), reverse=True)
    undone = {ref for body in bodies.values() for ref in body.undoes}
    made = []
    for entry in entries:
        line = partial(
            Line, devices.stamp(entry.key), when(entry.at), entry.author, devices.by_number[entry.key >> SHIFT].site
        )
        body = bodies.get(entry.key)
        if body is None:
            made.append(line("erased" if entry.erases else "lost", ""))
            continue
        changes = _changes(body, bodies, by_key, devices)
        event, _ = body.event or ("", {})
        made.append(line(_what(entry, body), body.act, changes, event, entry.key in undone))
    return tuple(made)


def _times(entries: list[Entry], bodies: dict[int, Body]) -> dict[int, int]:
    """The moments by which to order entries: their own, but not before what their authors had seen, whatever clocks said."""
    times = {entry.key: entry.at for entry in entries}
    earlier: dict[int, list[int]] = {}
    for entry, before in zip(entries, [None, *entries]):
        seen = _named(bodies[entry.key]) if entry.key in bodies else []
        own = [before.key] if before and before.key >> SHIFT == entry.key >> SHIFT else []
        earlier[entry.key] = [ref for ref in (*seen, *own) if ref in times]
    for _ in range(_PASSES):
        late = {key: max(times[ref] for ref in refs) + 1 for key, refs in earlier.items() if refs}
        moved = {key: at for key, at in late.items() if at > times[key]}
        if not moved:
            break
        times.update(moved)
    return times


def _named(body: Body) -> list[int]:
    refs = [*body.replaces.values(), *(refs for elements in body.removes.values() for refs in elements.values())]
    return [ref for named in (*refs, body.reverses, body.seen, body.undoes) for ref in named]


def _what(entry: Entry, body: Body) -> str:
    if entry.key == entry.record:
        return "created"
    if body.event:
        return "event"
    if DELETED in body.values:
        return "deleted" if body.values[DELETED] is True else "restored"
    return "reversed" if body.reverses and not body.values else "changed"


def _changes(body: Body, bodies: dict[int, Body], entries: dict[int, Entry], devices: Devices) -> tuple[Change, ...]:
    """What the entry changed; the value before is the one that was shown of those it replaces."""
    changes = []
    for name, value in body.values.items():
        if name == DELETED:
            continue
        replaced = [ref for ref in body.replaces.get(name, ()) if ref in bodies]
        replaced.sort(key=lambda ref: devices.rank(ref, entries[ref].at))
        before = bodies[replaced[-1]].values.get(name) if replaced else None
        changes.append(Change(name, shown(before), shown(value)))
    changes += [Change(name, None, element, True) for name, elements in body.adds.items() for element in elements]
    changes += [Change(name, element, None, True) for name, elements in body.removes.items() for element in elements]
    return tuple(changes)
