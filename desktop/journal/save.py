"""One save: everything a volunteer changed in one go, written as entries in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.journal.body import DELETED, Body, check_element
from desktop.journal.codec import Damaged, Raw, check_name, raw, same
from desktop.journal.devices import SHIFT
from desktop.journal.log import code_bytes
from desktop.journal.state import ERASED, GONE, State

if TYPE_CHECKING:
    from desktop.journal.journal import Journal


@dataclass(frozen=True)
class Saved:
    """What a save wrote: its entries, the records touched and their kinds, and what the volunteer did (`act`). Empty if nothing changed."""

    act: str = ""
    stamps: tuple[Stamp, ...] = ()
    records: frozenset[RecordId] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass
class Draft:
    """An entry to be. `kind` is "" unless it creates its record; `body` is None if it erases the record."""

    record: int
    body: Body | None
    kind: str = ""


class Save:
    """Collects changes; `Journal.save` writes them when its block ends. Reads inside the block show what stood before it.

    `states`: the stored records it looked at, by local key."""

    def __init__(self, journal: Journal, act: str) -> None:
        self.saved = Saved(act)
        self._journal = journal
        self._numbered: list[Draft] = []
        self._kinds: dict[int, str] = {}
        self._bodies: dict[int, Body] = {}
        self._erased: list[int] = []
        self.states: dict[int, State] = {}

    def create(self, kind: str, values: Mapping[str, Value]) -> RecordId:
        """A new record of that kind; None values are left out. ValueError for what a register cannot hold."""
        code_bytes(kind)
        key = self._next()
        body = self._bodies[key] = Body()
        self._kinds[key] = kind
        self._numbered.append(Draft(key, body, kind))
        record = self._journal.devices.stamp(key)
        self.set(record, values)
        return record

    def set(self, record: RecordId, values: Mapping[str, Value]) -> None:
        """Give fields these values; None clears one. A field that shows the same value already is not written again.

        Where two different answers stand, only the shown one is replaced: the other is still to be settled by a person.
        UserError: record.missing.
        """
        key, state = self._look_up(record)
        for name, value in values.items():
            wanted = raw(value)
            _user_field(name)
            heads = state.standing(name, self._journal.devices)
            now = heads[0][1] if heads else None
            if same(now, wanted):
                self._unset(key, name)
            else:
                self._put(key, name, wanted, [head for head, stands in heads if same(stands, now)])

    def set_unseen(self, record: RecordId, values: Mapping[str, Value]) -> None:
        """As `set`, for fields whose value the author may not see: only what they wrote themselves is replaced. What others wrote stays
        and stands beside it, so that nobody loses an answer to somebody who did not know of it. UserError: record.missing."""
        key, state = self._look_up(record)
        for name, value in values.items():
            wanted = raw(value)
            heads = state.standing(_user_field(name), self._journal.devices)
            if any(same(stands, wanted) for _, stands in heads):
                self._unset(key, name)
            else:
                self._put(key, name, wanted, [head for head, _ in heads if self._ours(head)])

    def set_known(self, record: RecordId, field: str, seen: Value, value: Value) -> None:
        """As `set`, for a field whose author saw `seen` when they began: an answer that came meanwhile is not replaced, but stands beside
        theirs. UserError: record.missing."""
        key, state = self._look_up(record)
        wanted, before = raw(value), raw(seen)
        heads = state.standing(_user_field(field), self._journal.devices)
        if any(same(stands, wanted) for _, stands in heads) and all(same(stands, wanted) or not same(stands, before) for _, stands in heads):
            self._unset(key, field)
        else:
            self._put(key, field, wanted, [head for head, stands in heads if same(stands, before) or same(stands, wanted)])

    def settle(self, record: RecordId, field: str, value: Value) -> None:
        """The right answer to a field (or to `DELETED`, with true or false): it replaces every answer that stands.
        UserError: record.missing."""
        if field == DELETED:
            self._mark_deleted(record, value is True)
            return
        key, state = self._look_up(record)
        self._put(key, _user_field(field), raw(value), [head for head, _ in state.standing(field, self._journal.devices)])

    def add(self, record: RecordId, field: str, *elements: str) -> None:
        """Put elements into a set; those already in it are left alone. UserError: record.missing."""
        key, state = self._look_up(record)
        body = self._body(key)
        _user_field(field)
        for element in elements:
            check_element(element)
            body.removes.get(field, {}).pop(element, None)
            if not state.holders(field, element):
                body.adds[field] = sorted({*body.adds.get(field, ()), element})

    def remove(self, record: RecordId, field: str, *elements: str) -> None:
        """Take elements out of a set. One that somebody else puts in at the same time stays in. UserError: record.missing."""
        key, state = self._look_up(record)
        body = self._body(key)
        _user_field(field)
        for element in elements:
            check_element(element)
            left = [one for one in body.adds.pop(field, ()) if one != element]
            if left:
                body.adds[field] = left
            holders = state.holders(field, element)
            if holders:
                body.removes.setdefault(field, {})[element] = sorted(holders)

    def choose(self, record: RecordId, field: str, elements: Iterable[str]) -> None:
        """Make these, and no others, the elements of a set. UserError: record.missing."""
        wanted = set(elements)
        key, state = self._look_up(record)
        now = {*state.sets().get(field, ()), *self._body(key).adds.get(field, ())}
        self.add(record, field, *sorted(wanted))
        self.remove(record, field, *sorted(now - wanted))

    def event(self, record: RecordId, kind: str, values: Mapping[str, Value]) -> Stamp:
        """Something that happened once and is never changed: a note, a talk, a payment. UserError: record.missing."""
        key, _ = self._look_up(record)
        check_name(kind)
        fields = {_user_field(name): raw(value) for name, value in values.items()}
        stamp = self._journal.devices.stamp(self._next())
        self._numbered.append(Draft(key, Body(event=(kind, fields))))
        return stamp

    def reverse(self, record: RecordId, event: Stamp) -> None:
        """Take an event of this record back by a reversing entry; both stay in the history. UserError: record.missing."""
        key, _ = self._look_up(record)
        reverses = self._body(key).reverses
        number = self._journal.devices.key(event)
        if number is None:
            raise UserError("record.missing")
        if number not in reverses:
            reverses.append(number)

    def delete(self, record: RecordId) -> None:
        """Take the record off every list; its history stays and `restore` brings it back. UserError: record.missing."""
        self._mark_deleted(record, True)

    def restore(self, record: RecordId) -> None:
        """Bring a deleted record back. UserError: record.missing."""
        self._mark_deleted(record, False)

    def erase(self, record: RecordId) -> None:
        """Forget for good, here and at every site, what was ever said about the record. UserError: record.missing."""
        key, _ = self._look_up(record)
        if key not in self._erased:
            self._erased.append(key)

    def undoes(self, record: RecordId, entries: Iterable[int]) -> None:
        """Say that this save takes back those entries (local keys) of the record."""
        key, _ = self._look_up(record)
        undone = self._body(key).undoes
        undone += [entry for entry in entries if entry not in undone]

    def another_answer(self, record: RecordId, field: str, value: Raw, replaced: list[int]) -> None:
        """A second answer beside the one that stands or that `set` writes, as an entry of its own: how undo brings back two different answers.
        `replaced`: the local numbers of entries whose answers it takes the place of."""
        key, _ = self._look_up(record)
        self._numbered.append(Draft(key, Body(values={field: value}, replaces={field: replaced} if replaced else {})))

    def _mark_deleted(self, record: RecordId, deleted: bool) -> None:
        key, state = self._look_up(record)
        heads = state.standing(DELETED, self._journal.devices)
        if deleted == (state.hidden == GONE) and DELETED not in state.differs:
            self._unset(key, DELETED)
            return
        self._put(key, DELETED, deleted, [head for head, _ in heads])
        self._body(key).seen = sorted(state.groups) if deleted else []

    def _look_up(self, record: RecordId) -> tuple[int, State]:
        key = self._journal.devices.key(record)
        if key is None:
            raise UserError("record.missing")
        if key in self._kinds:
            return key, State(self._kinds[key])
        if key not in self.states:
            found = self._journal.state(key)
            if found is None or found.hidden == ERASED or not found.kind:
                raise UserError("record.missing")
            self.states[key] = found
        return key, self.states[key]

    def _ours(self, entry: int) -> bool:
        found = self._journal.log.entry(entry)
        return found is not None and found.author == self._journal.author

    def _next(self) -> int:
        """The local key of the next entry whose stamp is given out: those come first, in this order."""
        own = self._journal.own
        return own.number << SHIFT | (own.seq + len(self._numbered) + 1)

    def _body(self, key: int) -> Body:
        return self._bodies.setdefault(key, Body())

    def _put(self, key: int, name: str, value: Raw, replaced: list[int]) -> None:
        body = self._body(key)
        body.values[name] = value
        if replaced:
            body.replaces[name] = replaced

    def _unset(self, key: int, name: str) -> None:
        body = self._body(key)
        body.values.pop(name, None)
        body.replaces.pop(name, None)

    def drafts(self) -> list[Draft]:
        """The entries to write, in order."""
        for body in self._bodies.values():
            body.act = self.saved.act
            body.removes = {name: elements for name, elements in body.removes.items() if elements}
        for draft in self._numbered:
            if draft.body is not None:
                draft.body.act = self.saved.act
        changed = [Draft(key, body) for key, body in self._bodies.items() if key not in self._kinds and body.says_something()]
        return [*self._numbered, *changed, *(Draft(key, None) for key in self._erased)]


def _user_field(name: str) -> str:
    if check_name(name)[0] == "*":
        raise Damaged("name")
    return name
