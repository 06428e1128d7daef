"""The journal of one folder: the only way to change a record, and what stands on every record now.

Used by the one thread that owns the database. Moments are `datetime` in UTC; sites are root public keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.journal import body as bodies
from desktop.journal import history
from desktop.journal.body import DELETED
from desktop.journal.chain import EVERY
from desktop.journal.chains import Chain, cut
from desktop.journal.check import Flaw, flaws, state_hash
from desktop.journal.clock import following, moment, when
from desktop.journal.codec import shown
from desktop.journal.devices import SHIFT, Device, Devices
from desktop.journal.drafts import Drafts
from desktop.journal.fold import Fold, known_in, uncollected
from desktop.journal.history import Event, Head, Line
from desktop.journal.log import Log
from desktop.journal.parking import Fork, Parking
from desktop.journal.projections import Projecting, Projection, Tell, untold
from desktop.journal.rebuild import rebuild
from desktop.journal.receive import Received, Receiving
from desktop.journal.save import Save, Saved
from desktop.journal.state import ERASED, GONE, HERE, Shape, State, as_they_are
from desktop.vault.database import Database
from desktop.vault.identity import DeviceKey

MIGRATIONS = Path(__file__).parent / "migrations"


class Journal:
    """`device` signs what is written here, `author` is the volunteer's short id, `now` tells the time (with its zone).
    `shape` says what readers see of the values and sets of a record."""

    def __init__(
        self,
        database: Database,
        folder: Folder,
        device: DeviceKey,
        author: str,
        now: Callable[[], datetime],
        projections: Iterable[Projection] = (),
        shape: Shape = as_they_are,
        tell: Tell = untold,
    ) -> None:
        """Brings the tables to the newest shape; `tell` hears how far that is, and nothing has changed if it raises. KnownFault: vault.newer, disk.full, disk.readonly."""
        self.database = database
        self.folder = folder
        self.author = author
        self.drafts = Drafts(database, author, now)
        self._signer = device
        self._now = now
        self._shape = shape
        database.migrate(MIGRATIONS, "journal")
        self._unsure = False
        self._devices = Devices(database, folder)
        self._log = Log(database, folder, self._devices)
        self.parking = Parking(database, self._devices)
        self.projecting = Projecting(database, self._devices, projections, shape)
        with self._writing():
            self.devices.certify(self.devices.heard(device.public), device.certificate)
            self.projecting.schema(tell)

    @property
    def devices(self) -> Devices:
        """The devices this folder has heard of."""
        self._be_sure()
        return self._devices

    @property
    def log(self) -> Log:
        """The entries."""
        self._be_sure()
        return self._log

    @property
    def own(self) -> Device:
        """Our own device."""
        return self.devices.by_public[self._signer.public]

    @property
    def spent(self) -> bool:
        """True if nothing more may be written as our device: somebody has entries of it that we have not, or it signed two histories.
        The vault then needs a new device (`Vault.renew_device`), and the journal is opened anew with it."""
        return self.own.spent

    def present(self) -> int:
        """The moment of now, by this computer's clock."""
        return moment(self._now())

    # -- writing

    @contextmanager
    def save(self, act: str = "") -> Iterator[Save]:
        """One save in one transaction: what the block asks of the `Save` is written when it ends, and nothing at all if it fails.
        `act` says what the volunteer does (``arrival``, ``change``, ...); afterwards `Save.saved` tells what was written."""
        with self._writing():
            collected = Save(self, act)
            yield collected
            collected.saved = self._write(collected)

    def undo(self, saved: Saved) -> Saved:
        """Take a save back by entries that restore what stood before. What somebody else changed since is left alone.
        Erasing cannot be taken back. Returns an empty `Saved` if nothing was left to take back."""
        from desktop.journal.undo import take_back

        with self.save("undo") as save:
            take_back(self, save, saved)
        return save.saved

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, in which what is kept in memory stays true whatever becomes of it."""
        if self._unsure:
            self._reload()
        nested = self.database.in_transaction
        self._unsure = True
        with self.database.transaction():
            yield
        self._unsure = nested  # an outer transaction may still be given up

    def _be_sure(self) -> None:
        """Read again what is kept in memory if a transaction, perhaps an outer one, was given up since."""
        if self._unsure and not self.database.in_transaction:
            self._reload()

    def _reload(self) -> None:
        self._devices.reload()
        self._log.reload()
        self._unsure = False

    def _write(self, save: Save) -> Saved:
        drafts = save.drafts()
        if not drafts:
            return save.saved
        own, now = self.own, self.present()
        fold = Fold(self.database, known_in({device.number: device.seq for device in self.devices.by_number.values()}))
        fold.have(save.states)
        fold.load({draft.record for draft in drafts})
        keys = []
        for draft in drafts:
            key, at = own.number << SHIFT | (own.seq + 1), following(own.clock, now)
            data = None if draft.body is None else bodies.encode(draft.body, key, draft.record, self.devices)
            self.log.append(own, draft.record, at, self.author, draft.kind, data)
            if own.seq % EVERY == 0:
                self.log.sign(own, self._signer)
            if data is None:
                fold.erase(draft.record)
                self.log.drop_bodies(draft.record)
            else:
                fold.take(draft.record, [(key, at, draft.kind, bodies.read(data, key, draft.record, self.devices))])
            keys.append(key)
        touched = fold.write()
        self.projecting.project({record: fold.states[record] for record in touched})
        stamp = self.devices.stamp
        return Saved(save.saved.act, tuple(map(stamp, keys)), frozenset(map(stamp, touched)), frozenset(touched.values()))

    # -- other sites

    def versions(self) -> dict[bytes, int]:
        """Device -> number of its last entry known here."""
        return {device.public: device.seq for device in self.devices.by_number.values() if device.seq}

    def checkpoint(self) -> None:
        """Sign our own history as far as it goes. To be done before anything is sent."""
        with self._writing():
            self.log.sign(self.own, self._signer)

    def chains_since(self, versions: Mapping[bytes, int]) -> Iterator[Chain]:
        """Pieces of every device's history beyond `versions`, made one by one as they are asked for."""
        return cut(self.database, self.log, self.devices, versions)

    def receive(self, chains: Iterable[Chain], roots: Collection[bytes]) -> Received:
        """Take in what another site sent, in one transaction. `roots`: the root public keys of the sites we trust, our own too.

        Repeats do nothing; what does not follow on yet is parked; the order does not matter. `Damaged` if a piece was forged or altered:
        then nothing at all was taken in.
        """
        with self._writing(), uncollected():
            return Receiving(self, roots).take(chains)

    def forks(self) -> list[Fork]:
        """Devices that signed two different histories, with the proofs. Nothing more is taken from them."""
        return self.parking.forks()

    def ahead(self) -> list[Stamp]:
        """Entries whose clock was more than 48 hours ahead of ours when they came: the clock of a laptop is wrong."""
        return [self.devices.stamp(key) for (key,) in self.database.execute("SELECT id FROM journal_ahead ORDER BY id").fetchall()]

    # -- wholeness

    def state_hash(self) -> bytes:
        """32 bytes that are the same at two sites exactly if everything that stands is the same."""
        return state_hash(self.database, self.devices)

    def rebuild(self) -> None:
        """Make every table that follows from the entries anew, projections too, in one transaction."""
        with self._writing(), uncollected():
            rebuild(self.database, self.log, self.projecting)

    def check(self) -> tuple[Flaw, ...]:
        """Everything that is wrong with chains, signatures and tables; empty if the journal is whole. Changes nothing."""
        return tuple(flaws(self.database, self.folder))

    # -- reading

    def key(self, record: RecordId) -> int | None:
        """The local number of a record: the same for good in this file. None if its device was never heard of."""
        return self.devices.key(record)

    def record(self, key: int) -> RecordId:
        """The record with that local number. KeyError if there can be none."""
        return self.devices.stamp(key)

    def state(self, key: int) -> State | None:
        """What stands on the record with that local number; None if nothing is known of it."""
        row = self.database.execute("SELECT kind, hidden, state FROM journal_record WHERE key = ?", (key,)).fetchone()
        return State.decode(*row) if row else None

    def _state(self, record: RecordId) -> State:
        key = self.devices.key(record)
        state = None if key is None else self.state(key)
        if state is None or state.hidden == ERASED or not state.kind:
            raise UserError("record.missing")
        return state

    def kind(self, record: RecordId) -> str:
        """The record's kind. UserError: record.missing."""
        return self._state(record).kind

    def deleted(self, record: RecordId) -> bool:
        """True if the record was taken off the lists. UserError: record.missing."""
        return self._state(record).hidden == GONE

    def records(self, kind: str, deleted: bool = False) -> Iterator[RecordId]:
        """All records of a kind that are on the lists, or all deleted ones, in the order of their local numbers."""
        hidden = GONE if deleted else HERE
        found = self.database.execute(
            "SELECT key FROM journal_record WHERE kind = ? AND hidden = ? ORDER BY key", (kind, hidden)
        )
        for (key,) in found.fetchall():
            yield self.devices.stamp(key)

    def values(self, record: RecordId) -> dict[str, Value]:
        """The shown value of every field that has one; sets among them as ascending tuples. UserError: record.missing."""
        return self._state(record).values(self.devices, self._shape)

    def sets(self, record: RecordId) -> dict[str, tuple[str, ...]]:
        """The elements of each of the record's sets, ascending. UserError: record.missing."""
        return self._state(record).sets()

    def heads(self, record: RecordId) -> dict[str, tuple[Head, ...]]:
        """Every answer that stands, for each field (and `DELETED`), the shown one first; a cleared field shows None.
        More than one is a disagreement only if their values differ. UserError: record.missing."""
        state = self._state(record)
        found: dict[str, list[Head]] = {}
        for key, group in reversed(state.ordered(self.devices)):
            entry = self.log.entry(key)
            author, site = entry.author if entry else "", self.devices.by_number[key >> SHIFT].site
            for name, value in group.values.items():
                head = Head(self.devices.stamp(key), when(group.at), author, site, shown(value))
                found.setdefault(name, []).append(head)
        return {name: tuple(heads) for name, heads in found.items()}

    def conflicts(self) -> list[tuple[RecordId, str]]:
        """(record, field) of every two different answers. The field is `DELETED` where one person deleted a record that another one
        changed without knowing; such a record stays on the lists."""
        rows = self.database.execute(
            "SELECT record, field FROM journal_differ JOIN journal_record ON key = record WHERE kind <> '' AND hidden = ? "
            "ORDER BY record, field",
            (HERE,),
        )
        return [(self.devices.stamp(key), field) for key, field in rows.fetchall()]

    def differing(self, record: RecordId) -> tuple[str, ...]:
        """The record's fields with two different answers. UserError: record.missing."""
        return tuple(self._state(record).differs)

    def events(self, record: RecordId, kind: str = "") -> tuple[Event, ...]:
        """What happened to a record, oldest first, reversed events too. UserError: record.missing."""
        self._state(record)
        key = self.devices.key(record)
        rows = self.database.execute(
            "SELECT event.id, kind, min(reversal.id) FROM journal_event AS event "
            "LEFT JOIN journal_reversal AS reversal ON reversal.event = event.id AND reversal.record = event.record "
            "WHERE event.record = ? AND (? = '' OR kind = ?) GROUP BY event.id",
            (key, kind, kind),
        ).fetchall()
        found = [(self.log.entry(number), name, by) for number, name, by in rows]
        told = [(entry, name, by) for entry, name, by in found if entry and entry.body is not None]
        told.sort(key=lambda item: self.devices.rank(item[0].key, item[0].at))
        return tuple(self._event(entry.key, name, by) for entry, name, by in told)

    def _event(self, key: int, kind: str, reversed_by: int | None) -> Event:
        entry = self.log.entry(key)
        if entry is None or entry.body is None:
            raise KeyError(key)
        _, fields = bodies.read(entry.body, key, entry.record, self.devices).event or ("", {})
        return Event(
            self.devices.stamp(key),
            kind,
            when(entry.at),
            entry.author,
            self.devices.by_number[key >> SHIFT].site,
            {name: shown(value) for name, value in fields.items()},
            None if reversed_by is None else self.devices.stamp(reversed_by),
        )

    def history(self, record: RecordId) -> tuple[Line, ...]:
        """One line for each entry about the record, newest first. Empty for an unknown record."""
        key = self.devices.key(record)
        return () if key is None else history.lines(self.log, self.devices, key)

    def latest(self, keys: Iterable[int]) -> dict[int, tuple[datetime, str, bytes]]:
        """Local number of a record -> moment, author and site of its latest entry. Records nothing is known of are left out."""
        rows = self.database.execute(
            "SELECT entry.record, max(entry.at), entry.id, author.name FROM journal_entry AS entry "
            "JOIN journal_author AS author ON author.idx = entry.author "
            "WHERE entry.record IN (SELECT value FROM json_each(?)) GROUP BY entry.record",
            (json.dumps(list(keys)),),
        )
        by_number = self.devices.by_number
        return {record: (when(at), author, by_number[key >> SHIFT].site) for record, at, key, author in rows.fetchall()}


__all__ = ["DELETED", "Event", "Head", "Journal", "Line", "Saved"]
