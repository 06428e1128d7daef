"""Brings entries into the tables that follow from them: records, differing fields, events, reversals, awaited entries.

The same code serves a save, a stick from another site and a rebuild, so the three cannot come to different results.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import cast

from desktop.journal.body import Body
from desktop.journal.devices import SEQ_MASK, SHIFT
from desktop.journal.state import ERASED, HERE, State
from desktop.vault.database import Database

CHUNK = 500
_PLACES = ",".join("?" * CHUNK)


def in_chunks(database: Database, sql: str, keys: Iterable[int]) -> Iterable[tuple[object, ...]]:
    """Rows of ``sql``, which ends in ``IN``, for any number of keys."""
    waiting = list(keys)
    for begin in range(0, len(waiting), CHUNK):
        chunk = waiting[begin : begin + CHUNK]
        places = _PLACES if len(chunk) == CHUNK else ",".join("?" * len(chunk))
        yield from database.execute(f"{sql} ({places})", chunk).fetchall()


class Fold:
    """`known(key)` says whether that entry has come: was folded in, or is now, with this one. Used inside one transaction; `write` puts down what changed."""

    def __init__(self, database: Database, known: Callable[[int], bool]) -> None:
        self._database = database
        self._known = known
        self.states: dict[int, State] = {}
        self._fresh: dict[int, tuple[str, bytes]] = {}
        self._stored: dict[int, tuple[str, int]] = {}
        self._touched: set[int] = set()
        self._awaited = {row[0] for row in database.execute("SELECT DISTINCT id FROM journal_awaited").fetchall()}
        self._events: list[tuple[int, int, str]] = []
        self._reversals: list[tuple[int, int, int]] = []

    def have(self, states: Mapping[int, State]) -> None:
        """Stored records that were read just now, so that `load` need not."""
        for key, state in states.items():
            self.states[key] = state
            self._stored[key] = (state.kind, state.hidden)

    def load(self, keys: Collection[int]) -> None:
        """Read the records with these keys, as many as there are, before entries about them are taken."""
        wanted = [key for key in keys if key not in self.states and key not in self._fresh]
        for key, kind, hidden, data in in_chunks(
            self._database, "SELECT key, kind, hidden, state FROM journal_record WHERE key IN", wanted
        ):
            self.states[key] = State.decode(kind, hidden, data)  # type: ignore[index, arg-type]
            self._stored[key] = (kind, hidden)  # type: ignore[index, assignment]

    def take_fresh(self, key: int, kind: str, state: bytes) -> bool:
        """The shorter way for an entry that creates a record: `state` is what stands if nothing is known of it yet. False if the longer
        way must be taken."""
        if key in self.states or key in self._awaited:
            return False
        self._fresh[key] = (kind, state)
        return True

    def state(self, record: int) -> State:
        """The state of a record that was loaded, or a new one."""
        found = self.states.get(record)
        if found is None:
            fresh = self._fresh.pop(record, None)
            found = self.states[record] = State.decode(fresh[0], HERE, fresh[1]) if fresh else State()
            if fresh:
                self._touched.add(record)  # it is still to be written
        return found

    def take(self, record: int, entries: Iterable[tuple[int, int, str, Body | None]]) -> None:
        """Entries about one record: local key, moment, the record's kind if the entry creates it (else empty), and body, None if it was
        erased. All of them are put in before what they replace is taken out, so their order does not matter."""
        state = self.state(record)
        self._touched.add(record)
        bodies: list[tuple[int, Body]] = []
        for key, at, kind, body in entries:
            state.kind = kind or state.kind
            unwanted = self._arrived(key, record) if key in self._awaited else ()
            if body is not None and state.hidden != ERASED:
                state.set_in(key, at, body, unwanted)
                bodies.append((key, body))
        for key, body in bodies:
            state.take_out(body)
            if body.replaces or body.removes:
                self._await(record, body)
            if body.event:
                self._events.append((key, record, body.event[0]))
            self._reversals += [(event, key, record) for event in body.reverses]

    def erase(self, record: int) -> None:
        """Nothing stands on this record any more, nor ever will."""
        state = self.state(record)
        self._touched.add(record)
        state.hidden, state.groups, state.differs = ERASED, {}, []
        self._events = [row for row in self._events if row[1] != record]
        self._reversals = [row for row in self._reversals if row[2] != record]
        for table in _OF_RECORD:
            self._database.execute(table, (record,))

    def _arrived(self, key: int, record: int) -> list[tuple[str, str]]:
        """What entries known already have replaced of the one that comes only now."""
        rows = self._database.execute("SELECT record, field, element FROM journal_awaited WHERE id = ?", (key,)).fetchall()
        self._database.execute("DELETE FROM journal_awaited WHERE id = ?", (key,))
        self._awaited.discard(key)
        return [(field, element) for of, field, element in rows if of == record]

    def _await(self, record: int, body: Body) -> None:
        """Note what this entry replaces that has not come yet."""
        known = self._known
        rows = [(ref, record, name, "") for name, refs in body.replaces.items() for ref in refs if not known(ref)]
        for name, elements in body.removes.items():
            rows += [(ref, record, name, one) for one, refs in elements.items() for ref in refs if not known(ref)]
        if rows:
            self._database.executemany("INSERT OR IGNORE INTO journal_awaited VALUES (?, ?, ?, ?)", rows)
            self._awaited.update(row[0] for row in rows)

    def write(self) -> dict[int, str]:
        """Put down what changed; returns the keys of the records touched since the last time, with their kinds. The states stay at hand
        until `forget`."""
        new: list[tuple[int, str, int, bytes]] = []
        changed: list[tuple[bytes, int]] = []
        moved: list[tuple[str, int, int]] = []
        differs: list[tuple[int, str]] = []
        agrees: list[tuple[int, str]] = []
        for key in sorted(self._touched):
            state = self.states[key]
            before, stored = state.differs, self._stored.get(key)
            if state.hidden != ERASED:
                state.judge()
            if before or state.differs:
                agrees += [(key, name) for name in set(before) - set(state.differs)]
                differs += [(key, name) for name in state.differs]
            if stored is None:
                new.append((key, state.kind, state.hidden, state.encode()))
            else:
                changed.append((state.encode(), key))
                if stored != (state.kind, state.hidden):
                    moved.append((state.kind, state.hidden, key))
        new += [(key, kind, HERE, data) for key, (kind, data) in self._fresh.items()]
        new.sort()
        for sql, rows in (
            ("INSERT INTO journal_record VALUES (?, ?, ?, ?)", new),
            ("UPDATE journal_record SET state = ? WHERE key = ?", changed),
            ("UPDATE journal_record SET kind = ?, hidden = ? WHERE key = ?", moved),  # apart: these two columns have an index
            ("DELETE FROM journal_differ WHERE record = ? AND field = ?", agrees),
            ("INSERT OR IGNORE INTO journal_differ VALUES (?, ?)", differs),
            ("INSERT INTO journal_event VALUES (?, ?, ?)", self._events),
            ("INSERT OR IGNORE INTO journal_reversal VALUES (?, ?, ?)", self._reversals),
        ):
            if rows:
                self._database.executemany(sql, cast("Sequence[Sequence[object]]", rows))
        touched = {key: self.states[key].kind for key in self._touched} | {key: kind for key, (kind, _) in self._fresh.items()}
        self._stored |= {key: (self.states[key].kind, self.states[key].hidden) for key in self._touched}
        self._stored |= {key: (kind, HERE) for key, (kind, _) in self._fresh.items()}
        self._touched, self._events, self._reversals = set(), [], []
        return touched

    def forget(self) -> None:
        """Let go of the states, after `write`."""
        self.states.clear()
        self._fresh.clear()
        self._stored.clear()


_OF_RECORD = tuple(
    f"DELETE FROM {table} WHERE record = ?"  # noqa: S608 (constant names)
    for table in ("journal_differ", "journal_event", "journal_reversal", "journal_awaited")
)


@contextmanager
def uncollected() -> Iterator[None]:
    """Work on very many small things, none of which form rings: looking for rings among them would take a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def known_in(seqs: dict[int, int]) -> Callable[[int], bool]:
    """A function that says whether an entry is among those known, from the last number known of each device."""

    def known(key: int) -> bool:
        return key & SEQ_MASK <= seqs.get(key >> SHIFT, 0)

    return known
