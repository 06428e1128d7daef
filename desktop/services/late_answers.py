"""Answers that somebody wrote into a record before hearing that it was made one with another: they come to the record that stands, so that a
need that was noted elsewhere on the same day is on the lists.

Whoever makes two one notes in the other record up to which entries it was known (`SEEN`). What comes later is written into the one that
stands: where that one says nothing, or what the other one had said before, it takes the place of it; else two different answers
stand and a person is asked. Two sites that do this write the same, so they agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from desktop.domain.changes import Changes
from desktop.domain.fields import FIELDS, Kind
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.journal.codec import raw
from desktop.journal.journal import Journal, Line
from desktop.journal.save import Save
from desktop.services.givers import NAMES, carried_from, carrying
from desktop.services.reading import record_of
from desktop.services.session import Session
from desktop.services.standing import standing

SEEN = "seen_when_joined"
"""The set in a record that is off the lists: of each device its last entry about the record that was known."""
OWN = ("code", "token")  # each record keeps its own: papers with it are about


def known_of(journal: Journal, record: RecordId) -> tuple[str, ...]:
    """What `SEEN` is to hold of a record as it is known now."""
    last: dict[bytes, int] = {}
    for line in journal.history(record):
        last[line.stamp.device] = max(line.stamp.seq, last.get(line.stamp.device, 0))
    return tuple(sorted(Stamp(device, seq).text() for device, seq in last.items()))


def carry(session: Session, records: Iterable[RecordId]) -> Changes:
    """Bring late answers of those of these records that are off the lists to the ones that stand for them."""
    touched: set[RecordId] = set()
    kinds: set[str] = set()
    journal = session.journal(Folder.RECEPTION)
    wanted = json.dumps([record.text() for record in records])
    off = journal.database.execute("SELECT record FROM merged_list WHERE record IN (SELECT value FROM json_each(?))", (wanted,)).fetchall()
    for record in sorted(Stamp.parse(text) for (text,) in off):
        stands, late = standing(session, record), _late(journal, record)
        if late:
            with journal.save(carrying(record)) as save:
                _write(journal, save, record, stands, late)
                save.add(record, SEEN, *known_of(journal, record))
            touched |= save.saved.records
            kinds |= save.saved.kinds
    return Changes(frozenset(kinds), frozenset(touched))


def carried(journal: Journal, record: RecordId, stands: RecordId) -> list[Line]:
    """The entries of the record that stands which brought late answers of this one."""
    return [line for line in journal.history(stands) if carried_from(line) == record and not line.undone]


def let_go(journal: Journal, save: Save, record: RecordId, stands: RecordId) -> None:
    """Where a late answer stands beside another one that was there, the other one alone stays."""
    heads = journal.heads(stands)
    for line in carried(journal, record, stands):
        for change in line.changes:
            others = [head for head in heads.get(change.field, ()) if head.stamp != line.stamp]
            if len(others) == 1 and len(heads[change.field]) == 2:
                save.settle(stands, change.field, others[0].value)


def _late(journal: Journal, record: RecordId) -> tuple[Line, ...]:
    """What was written without knowing that the record was made one with another, the oldest first."""
    known: dict[bytes, int] = {}
    for text in journal.sets(record).get(SEEN, ()):
        stamp = record_of(text)
        if stamp is not None:
            known[stamp.device] = max(stamp.seq, known.get(stamp.device, 0))
    fields = FIELDS[journal.kind(record)]
    lines = (line for line in journal.history(record) if known and line.stamp.seq > known.get(line.stamp.device, 0) and not line.undone)
    return tuple(line for line in reversed(list(lines)) if any(change.field in fields for change in line.changes))


def _write(journal: Journal, save: Save, record: RecordId, stands: RecordId, late: tuple[Line, ...]) -> None:
    fields, sets = FIELDS[journal.kind(record)], journal.sets(record)
    before = _said_before(late)
    now, heads = journal.values(stands), journal.heads(stands)
    for name, value in _said_late(journal, record, late):
        if name in OWN or name not in fields or fields[name].kind is Kind.SET or any(head.value == value for head in heads.get(name, ())):
            continue
        if name in NAMES and journal.kind(record) == "person" and isinstance(value, str):
            save.add(stands, "other_names", value)
        elif now.get(name) is None or now.get(name) == before.get(name):
            save.set(stands, {name: value})
        else:
            save.another_answer(stands, name, raw(value), [])
    for line in late:
        for change in line.changes:
            if change.of_set and change.field in fields and isinstance(change.after, str) and change.after in sets.get(change.field, ()):
                save.add(stands, change.field, change.after)


def _said_before(late: tuple[Line, ...]) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for line in late:
        for change in line.changes:
            found.setdefault(change.field, change.before)
    return found


def _said_late(journal: Journal, record: RecordId, late: tuple[Line, ...]) -> Iterator[tuple[str, Value]]:
    """Fields with answers of these entries that still stand."""
    stamps = {line.stamp for line in late}
    for name, heads in journal.heads(record).items():
        yield from ((name, head.value) for head in heads if head.stamp in stamps and head.value is not None)
