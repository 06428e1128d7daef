"""Tables that screens read, kept in step with the journal in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.devices import Devices
from desktop.journal.fold import CHUNK, in_chunks
from desktop.journal.state import ERASED, HERE, Shape, State
from desktop.vault.database import Database

Tell = Callable[[int, int], object]
"""Told how many records are drawn, and how many there are to draw; may raise to give it up."""


def untold(_done: int, _total: int) -> None:
    """Nobody wants to know."""


class Projection(Protocol):
    """Tables that are made from the records of some kinds.

    The journal calls `project` once for every record a transaction touched, when its entries are written. What a projection writes may
    depend on its arguments, its own rows for that record, and whether another record is there at all: then `clear` and a replay give the
    same rows again.
    """

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of records it wants to hear of."""

    def schema(self, database: Database) -> bool:
        """Make the tables if they are not there. True if they were made, so that everything is to be projected into them."""

    def project(
        self,
        database: Database,
        key: int,
        record: RecordId,
        kind: str,
        values: Mapping[str, Value],
        differs: Sequence[str],
        deleted: bool,
    ) -> Collection[int] | None:
        """Put down the record as it is now. `key`: its local number, the same for good in this file. `values`: the shown value of every
        field that has one, sets as ascending tuples. `differs`: the fields with two different answers. For an erased record `deleted` is
        true and `values` empty: nothing of it may stay behind. Returns the keys of other records that have to be drawn again because
        this one came or went: drawing those may ask for no more."""

    def clear(self, database: Database) -> None:
        """Empty the tables, before everything is projected anew."""


class Projecting:
    """Calls the projections for touched records."""

    def __init__(self, database: Database, devices: Devices, projections: Iterable[Projection], shape: Shape) -> None:
        self._database = database
        self._shape = shape
        self._devices = devices
        self._all = tuple(projections)
        self._by_kind = {
            kind: [one for one in self._all if kind in one.kinds] for kind in {kind for one in self._all for kind in one.kinds}
        }

    def schema(self, tell: Tell = untold) -> None:
        """Make the tables of all of them. Those that a new version of the program brings are drawn from what is stored, which takes a minute
        for some 50,000 people: `tell` hears how far it is."""
        made = [projection for projection in self._all if projection.schema(self._database)]
        wanted: list[tuple[list[int], dict[str, Sequence[Projection]]]] = []
        for projection in made:
            for kind in projection.kinds:
                rows = self._database.execute("SELECT key FROM journal_record WHERE kind = ? ORDER BY key", (kind,)).fetchall()
                wanted.append(([key for (key,) in rows], {kind: [projection]}))
        done, total = 0, sum(len(keys) for keys, _ in wanted)
        for keys, by_kind in wanted:
            self._project_stored(keys, by_kind, lambda drawn, before=done: tell(before + drawn, total))  # type: ignore[misc]
            done += len(keys)

    def clear(self) -> None:
        """Empty the tables of all of them."""
        for projection in self._all:
            projection.clear(self._database)

    def project(self, states: Mapping[int, State]) -> None:
        """The records with these keys in their states of now, which are stored already."""
        again: set[int] = set()
        for key, state in sorted(states.items()):
            again |= self._project(key, state, self._by_kind)
        self._draw(again, self._by_kind)

    def _project(self, key: int, state: State, by_kind: Mapping[str, Sequence[Projection]]) -> set[int]:
        again: set[int] = set()
        for projection in by_kind.get(state.kind, ()):
            values = {} if state.hidden == ERASED else state.values(self._devices, self._shape)
            again.update(projection.project(
                self._database, key, self._devices.stamp(key), state.kind, values, tuple(state.differs), state.hidden != HERE
            ) or ())
        return again

    def project_stored(self, keys: Iterable[int]) -> None:
        """The records with these keys as they are stored now, in the order of their keys."""
        self._project_stored(keys, self._by_kind)

    def _project_stored(
        self, keys: Iterable[int], by_kind: Mapping[str, Sequence[Projection]], tell: Callable[[int], object] = lambda _drawn: None
    ) -> None:
        if by_kind:
            self._draw(self._draw(keys, by_kind, tell), by_kind)

    def _draw(
        self, keys: Iterable[int], by_kind: Mapping[str, Sequence[Projection]], tell: Callable[[int], object] = lambda _drawn: None
    ) -> set[int]:
        again: set[int] = set()
        ordered = sorted(keys)
        for begin in range(0, len(ordered), CHUNK):
            tell(begin)
            chunk = ordered[begin : begin + CHUNK]
            found = in_chunks(self._database, "SELECT key, kind, hidden, state FROM journal_record WHERE key IN", chunk)
            for key, kind, hidden, data in sorted(found):
                if kind in by_kind:
                    again |= self._project(key, State.decode(kind, hidden, data), by_kind)  # type: ignore[arg-type]
        return again
