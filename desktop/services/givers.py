"""Who gave an answer that came from another record: when two records were made one, or late, after that (`desktop.services.late_answers`).

The entry that brings an answer over is written by whoever joined the two, or by whoever read the stick first. Neither of them gave it: pages
name the one who did, when and where they wrote it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.journal.history import Change
from desktop.journal.journal import Head, Journal, Line
from desktop.services.projections.merged import JOINED
from desktop.services.session import Session
from desktop.services.standing import joined

NAMES = ("name", "name_my", "name_roman", "call_name")
_CARRY = "carry "


def carrying(record: RecordId) -> str:
    """The act of an entry that brings late answers of this record to the one that stands for it."""
    return f"{_CARRY}{record.text()}"


def carried_from(line: Line) -> RecordId | None:
    """The record whose late answers this entry brought; None for any other entry."""
    return _record(line.act[len(_CARRY):]) if line.act.startswith(_CARRY) else None


class Givers:
    """Who gave what stands on one record. Reads nothing more where the record stands for no other."""

    def __init__(self, session: Session, journal: Journal, record: RecordId) -> None:
        self._journal = journal
        self._lines: dict[RecordId, Mapping[Stamp, Line]] = {}
        if joined(session, record):
            self._lines[record] = _by_stamp(journal, record)
        self._record = record

    def of(self, name: str, head: Head) -> Head:
        """The same answer, by whoever gave it."""
        line = self._lines.get(self._record, {}).get(head.stamp)
        given = self._giver(line, name, head.value, {self._record}) if line is not None else None
        return head if given is None else replace(head, at=given.at, author=given.author, site=given.site)

    def of_set(self, name: str, head: Head) -> Head:
        """Who put in what the entry of this head brought into a set."""
        line = self._lines.get(self._record, {}).get(head.stamp)
        if line is None or carried_from(line) is None:
            return head
        added = [change.after for change in line.changes if change.of_set and change.field == name and change.after is not None]
        found = [given for one in added if (given := self._giver(line, name, one, {self._record})) is not None]
        given = max(found, key=lambda one: one.at, default=None)
        return head if given is None else replace(head, at=given.at, author=given.author, site=given.site)

    def told(self, line: Line) -> list[Line]:
        """An entry of the history; one that brought late answers as one line for each who gave some of them."""
        if carried_from(line) is None:
            return [line]
        by: dict[tuple[datetime, str, bytes], list[Change]] = {}
        for change in line.changes:
            given = self._giver(line, change.field, change.after, {self._record}) or line
            by.setdefault((given.at, given.author, given.site), []).append(change)
        return [replace(line, at=at, author=author, site=site, changes=tuple(changes)) for (at, author, site), changes in by.items()]

    def _giver(self, line: Line, name: str, value: Value, passed: set[RecordId]) -> Line | None:
        """The entry in another record that this one has the answer from; None if it was given in this record."""
        for source in _sources(line):
            if source in passed or self._journal.key(source) is None:
                continue
            if source not in self._lines:
                self._lines[source] = _by_stamp(self._journal, source)
            for one in self._lines[source].values():
                if _says(one, name, value):
                    return self._giver(one, name, value, {*passed, source}) or one
        return None


def _by_stamp(journal: Journal, record: RecordId) -> dict[Stamp, Line]:
    return {line.stamp: line for line in journal.history(record)}


def _sources(line: Line) -> list[RecordId]:
    """The records that the entry may have its answers from."""
    texts = [change.field[len(JOINED):] for change in line.changes if change.field.startswith(JOINED) and change.after is True]
    named = [carried_from(line), *map(_record, texts)]
    return [record for record in named if record is not None]


def _says(line: Line, name: str, value: Value) -> bool:
    """True if the entry gave this answer; a name that is not shown any more stands among the other names."""
    names = (name, *NAMES) if name == "other_names" else (name,)
    return not line.undone and any(change.field in names and change.after == value for change in line.changes)


def _record(text: str) -> RecordId | None:
    try:
        return Stamp.parse(text)
    except ValueError:
        return None
