"""Takes in pieces of chains that came from other sites: all of them or none, in any order, as often as they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.ids import RecordId
from desktop.journal.block import Arrived
from desktop.journal.body import Body, names_any, read
from desktop.journal.chains import Chain
from desktop.journal.clock import is_ahead
from desktop.journal.codec import Damaged
from desktop.journal.devices import SEQ_MASK, SHIFT, Device
from desktop.journal.fold import Fold, known_in
from desktop.journal.log import DROPPED, ERASES
from desktop.journal.state import ERASED, fresh

if TYPE_CHECKING:
    from desktop.journal.journal import Journal

_NO_MAP: dict[str, dict[str, list[int]]] = {}  # shared by bodies that are only read
_NO_REFS: list[int] = []
_AT_ONCE = 64  # records looked at together: more of them do not stay near the processor
_AT_HAND = 1 << 14  # entries kept in memory before what follows from them is written down


@dataclass(frozen=True)
class Received:
    """What came. `entries`: how many were new. `new`: records created, `changed`: other records touched, `kinds`: of both.
    `conflicts`: two different answers that came up. `parked`: entries kept until what they build on arrives, `let_go`: for which there was
    no room. `forks`: devices found to have signed two histories. `refused`: devices of sites that are not trusted, or stopped
    before. `ahead`: entries whose clock is more than 48 hours ahead of ours."""

    entries: int = 0
    new: tuple[RecordId, ...] = ()
    changed: tuple[RecordId, ...] = ()
    kinds: frozenset[str] = frozenset()
    conflicts: tuple[tuple[RecordId, str], ...] = ()
    parked: int = 0
    let_go: int = 0
    forks: tuple[bytes, ...] = ()
    refused: tuple[bytes, ...] = ()
    ahead: int = 0


class Receiving:
    """One reading, inside one transaction."""

    def __init__(self, journal: Journal, roots: Collection[bytes]) -> None:
        self._journal = journal
        self._database = journal.database
        self._devices = journal.devices
        self._log = journal.log
        self._roots = frozenset(roots)
        self._seqs = {device.number: device.seq for device in self._devices.by_number.values()}
        self._fold = Fold(self._database, known_in(self._seqs))
        self._present = journal.present()
        self._parked = frozenset(journal.parking.waiting())
        self._unwritten = journal.own.unwritten
        self._kept: dict[int, list[tuple[int, Arrived]]] = defaultdict(list)  # by record, each with its local key
        self._promised: set[int] = set()
        self._trusted: dict[tuple[bytes, bytes], bool] = {}
        self._touched: dict[int, str] = {}
        self._new: list[int] = []
        self._forks: list[bytes] = []
        self._refused: set[bytes] = set()
        self._entries = self._at_hand = self._ahead = self._clock = 0

    def take(self, chains: Iterable[Chain]) -> Received:
        """Everything that can be taken in, parked pieces too. `Damaged`: the whole reading must be given up."""
        before = self._differing()
        waiting = self._right(chains)
        while waiting:
            left = [chain for chain in waiting if not self._done(chain)]
            if len(left) == len(waiting) and not self._promise(waiting):
                break
            waiting = left
        for chain in set(waiting) - self._parked:
            chain.opened(self._journal.folder)  # what is kept must not spoil every later reading
        self._follow()
        self._fold.load(self._promised)
        if any(self._fold.state(record).hidden != ERASED for record in self._promised):
            raise Damaged("erasing")
        parked, let_go = self._journal.parking.replace(waiting)
        if self._clock > self._journal.own.clock:
            self._devices.pull(self._journal.own, self._clock)
        self._journal.projecting.project_stored(self._touched)
        if self._journal.own.seq >= self._unwritten.start & SEQ_MASK:
            self._outrun()
        stamp, new = self._devices.stamp, set(self._new)
        return Received(
            self._entries,
            tuple(map(stamp, self._new)),
            tuple(stamp(key) for key in sorted(self._touched) if key not in new),
            frozenset(self._touched.values()) - {""},
            tuple((stamp(key), field) for key, field in sorted(self._differing() - before)),
            parked,
            let_go,
            tuple(self._forks),
            tuple(sorted(self._refused)),
            self._ahead,
        )

    def _differing(self) -> set[tuple[int, str]]:
        return set(self._database.execute("SELECT record, field FROM journal_differ").fetchall())

    def _right(self, chains: Iterable[Chain]) -> list[Chain]:
        """The pieces, parked ones among them, that come from devices we take from; each once, by device, the first entries first."""
        right = set()
        for chain in {*chains, *self._parked}:
            if not self._trusts(chain):
                self._refused.add(chain.device)
                continue
            if not chain.signed(self._journal.folder):
                raise Damaged("signature")
            self._devices.certify(self._devices.heard(chain.device), chain.certificate)
            right.add(chain)
        return sorted(right, key=lambda chain: (chain.device, chain.first, chain.last))

    def _trusts(self, chain: Chain) -> bool:
        known = self._trusted.get((chain.device, chain.certificate))
        if known is None:
            known = self._trusted[chain.device, chain.certificate] = chain.site in self._roots
        return known

    def _done(self, chain: Chain) -> bool:
        """Take the piece in if it can be; False if it has to wait."""
        device = self._devices.by_public[chain.device]
        if device.stopped:
            self._refused.add(chain.device)
            return True
        if chain.first > device.seq + 1:
            return False
        if chain.last <= device.seq:
            if self._log.hash_at(device, chain.last) != chain.after:
                self._forked(device, chain.last, chain)
            return True
        entries, hashes = chain.opened(self._journal.folder)
        parting = self._parting(device, chain, hashes)
        if parting is not None:
            self._forked(device, parting, chain)
            return True
        known = device.seq + 1 - chain.first
        records = [self._record(entry) for entry in entries[known:]]
        erased, missing = self._erasures(entries[known:], records)
        if not missing <= erased | self._promised:
            return False  # somebody on the way might have held a body back
        self._apply(device, entries[known:], hashes[known:], records)
        self._log.keep_signature(device.number << SHIFT | chain.last, chain.signature)
        return True

    def _parting(self, device: Device, chain: Chain, hashes: list[bytes]) -> int | None:
        """The first entry number at which the piece differs from the history known; None if it goes on from it."""
        if self._log.hash_at(device, chain.first - 1) != chain.before:
            return chain.first - 1
        if chain.first <= device.seq and hashes[device.seq - chain.first] != device.hash:
            return next(seq for seq, theirs in enumerate(hashes, chain.first) if self._log.hash_at(device, seq) != theirs)
        return None

    def _forked(self, device: Device, seq: int, chain: Chain) -> None:
        self._journal.parking.keep_fork(device, seq, self._present, self._log.hash_at(device, seq), chain)
        self._forks.append(device.public)

    def _record(self, entry: Arrived) -> int:
        return self._devices.heard(entry.record_device).number << SHIFT | entry.record_seq

    def _erasures(self, entries: list[Arrived], records: list[int]) -> tuple[set[int], set[int]]:
        """The records that these entries erase, and those of which they lack a body although they are not known to be erased."""
        erased = {record for entry, record in zip(entries, records) if entry.mark == ERASES}
        missing = {record for entry, record in zip(entries, records) if entry.mark == DROPPED}
        if missing:
            self._follow()
            self._fold.load(missing)
        return erased, {record for record in missing if self._fold.state(record).hidden != ERASED}

    def _promise(self, waiting: list[Chain]) -> bool:
        """Nothing more can be taken in piece by piece. Pieces may still fit together: each lacks bodies of records that another one
        erases. Find the most that do, so that they are taken in; False if there are none."""
        by_device: dict[bytes, list[Chain]] = defaultdict(list)
        for chain in waiting:
            by_device[chain.device].append(chain)
        lines = [self._continuation(self._devices.by_public[public], chains) for public, chains in by_device.items()]
        shortened = True
        while shortened:
            shortened = False
            erased = {record for line in lines for erases, _ in line for record in erases}
            for line in lines:
                fit = next((at for at, (_, missing) in enumerate(line) if not missing <= erased), len(line))
                shortened = shortened or fit < len(line)
                del line[fit:]
        self._promised |= erased
        return any(lines)

    def _continuation(self, device: Device, chains: list[Chain]) -> list[tuple[set[int], set[int]]]:
        """What the pieces that go on from a device's known history erase and lack, piece after piece."""
        found: list[tuple[set[int], set[int]]] = []
        seq, now = device.seq, device.hash
        for chain in chains:
            if device.stopped or chain.first > seq + 1:
                break
            if chain.last <= seq:
                continue
            entries, hashes = chain.opened(self._journal.folder)
            if (chain.before if chain.first == seq + 1 else hashes[seq - chain.first]) != now:
                break
            fresh = entries[seq + 1 - chain.first :]
            found.append(self._erasures(fresh, [self._record(entry) for entry in fresh]))
            seq, now = chain.last, chain.after
        return found

    def _apply(self, device: Device, entries: list[Arrived], hashes: list[bytes], records: list[int]) -> None:
        base, first = device.number << SHIFT, device.seq + 1
        author = self._log.author
        rows: list[tuple[object, ...]] = []
        for seq, entry, record, hashed in zip(range(first, first + len(entries)), entries, records, hashes):
            mark, stored = (0, entry.body) if entry.body is not None else (entry.mark | DROPPED, entry.digest)
            rows.append((base | seq, record, entry.at, author(entry.author), entry.kind or None, mark, hashed, stored))
        self._log.insert(rows)
        if any(record in self._unwritten for record in records):
            self._outrun()
        last = first + len(entries) - 1
        self._seqs[device.number] = last
        for record, key, entry in zip(records, range(base | first, (base | last) + 1), entries):
            self._kept[record].append((key, entry))
            if key == record:
                self._new.append(key)
        self._devices.advance(device, last, hashes[-1])
        self._note_clocks(base, first, entries)
        self._entries += len(entries)
        self._at_hand += len(entries)
        if self._at_hand > _AT_HAND:
            self._follow()

    def _follow(self) -> None:
        """Write down what follows from the entries kept so far, record after record: then few records are at hand at a time."""
        records = sorted(self._kept)
        for begin in range(0, len(records), _AT_ONCE):
            chunk = records[begin : begin + _AT_ONCE]
            self._fold.load(chunk)
            for record in chunk:
                self._fold_in(record, self._kept.pop(record))
            self._touched.update(self._fold.write())
            self._fold.forget()
        self._at_hand = 0

    def _fold_in(self, record: int, entries: list[tuple[int, Arrived]]) -> None:
        key, entry = entries[0]
        sets = entry.sets if len(entries) == 1 else None
        if sets and (sets.fields or sets.adds) and self._fold.take_fresh(key, entry.kind, fresh(key, entry.at, *sets)):
            return
        if any(entry.mark == ERASES for _, entry in entries):
            self._fold.erase(record)
        self._fold.take(record, [(key, entry.at, entry.kind, self._body(key, entry, record)) for key, entry in entries])
        if self._fold.state(record).hidden == ERASED:
            self._log.drop_bodies(record)

    def _outrun(self) -> None:
        """Somebody has, or claims to have, later entries of ours than we: this vault went back to an older state, or they lie. Either way
        the numbers to come are not ours alone any more."""
        if not self._journal.own.spent:
            self._devices.spend(self._journal.own)

    def _body(self, key: int, entry: Arrived, record: int) -> Body | None:
        if entry.said:
            heard = self._devices.heard
            values, adds, named = entry.said
            replaces = {}
            for name, refs in named.items():
                replaces[name] = [heard(public).number << SHIFT | number for public, number in refs]
            body = Body("", values, adds, replaces, _NO_MAP, None, _NO_REFS, _NO_REFS, _NO_REFS)
        elif entry.body is None:
            return None
        else:
            body = read(entry.body, key, record, self._devices)
        if names_any(body, self._unwritten):
            self._outrun()
        return body

    def _note_clocks(self, base: int, first: int, entries: list[Arrived]) -> None:
        ahead = [(base | seq,) for seq, entry in enumerate(entries, first) if is_ahead(entry.at, self._present)]
        self._database.executemany("INSERT OR IGNORE INTO journal_ahead VALUES (?)", ahead)
        self._ahead += len(ahead)
        self._clock = max(self._clock, *(entry.at for entry in entries if not ahead or not is_ahead(entry.at, self._present)), 0)
