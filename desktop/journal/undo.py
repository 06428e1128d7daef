"""Takes a save back, by writing what stood before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from desktop.journal.body import DELETED, Body, read
from desktop.journal.codec import Raw, dumps, shown
from desktop.journal.state import ERASED, State

if TYPE_CHECKING:
    from desktop.journal.journal import Journal
    from desktop.journal.save import Save, Saved


def take_back(journal: Journal, save: Save, saved: Saved) -> None:
    """Put into `save` what takes `saved` back. Everything that somebody else, or a later save, changed is left alone."""
    by_record: dict[int, list[int]] = defaultdict(list)
    for stamp in saved.stamps:
        key = journal.devices.key(stamp)
        entry = None if key is None else journal.log.entry(key)
        if entry is not None and entry.body is not None:
            by_record[entry.record].append(entry.key)
    for record, ours in by_record.items():
        state = journal.state(record)
        if state is not None and state.hidden != ERASED:
            _Taking(journal, save, record, state).take_back(ours)


class _Taking:
    """Takes back entries of one record."""

    def __init__(self, journal: Journal, save: Save, record: int, state: State) -> None:
        self._devices = journal.devices
        self._save = save
        self._key = record
        self._record = journal.devices.stamp(record)
        self._state = state
        entries = journal.log.of_record(record)
        self._said = {one.key: read(one.body, one.key, record, journal.devices) for one in entries if one.body is not None}
        self._undone: set[int] = set()
        for one in sorted(entries, key=lambda one: journal.devices.rank(one.key, one.at), reverse=True):
            if one.key in self._said and one.key not in self._undone:  # the latest first: an undo may have been taken back itself
                self._undone.update(self._said[one.key].undoes)

    def take_back(self, ours: Collection[int]) -> None:
        """All of `ours`; a creation takes everything with it."""
        if self._key in ours:
            others = [key for key, body in self._said.items() if key not in {*ours, *self._undone} and not body.undoes]
            if not others and self._key not in self._undone:
                self._save.delete(self._record)
                self._save.undoes(self._record, ours)
            return
        for key in ours:
            if key not in self._undone:
                self._take_back_entry(key, self._said[key])

    def _take_back_entry(self, key: int, body: Body) -> None:
        save, record, state = self._save, self._record, self._state
        for name in body.values:
            heads = [head for head, _ in state.standing(name, self._devices)]
            if heads == [key] or (len(heads) == 1 and self._stands_for(heads[0], name) == {key}):
                self._restore(name, body, heads[0])
        for name, elements in body.adds.items():
            save.remove(record, name, *(element for element in elements if state.holders(name, element) == [key]))
        for name, removed in body.removes.items():
            save.add(record, name, *removed)
        if body.event:
            save.reverse(record, self._devices.stamp(key))
        for event in body.reverses:
            self._repeat(event)
        save.undoes(record, [key])

    def _stands_for(self, ref: int, name: str, asked: frozenset[int] = frozenset()) -> set[int]:
        """The entries whose answer this one gives again: one that took another back speaks for what that one had replaced."""
        body = self._said.get(ref)
        taken_back = set(body.undoes) & set(body.replaces.get(name, ())) if body else set()
        if not taken_back or ref in asked:
            return {ref}
        earlier = {before for one in taken_back if one in self._said for before in self._said[one].replaces.get(name, ())}
        return set().union(*(self._stands_for(one, name, asked | {ref}) for one in earlier))

    def _restore(self, name: str, body: Body, head: int) -> None:
        """Bring back the answers that stood before; two different ones as two, so that they are still to be settled."""
        if name == DELETED:
            (self._save.restore if body.values[name] is True else self._save.delete)(self._record)
            return
        before: dict[bytes, Raw] = {}
        for ref in body.replaces.get(name, ()):
            if ref in self._said:
                value = self._said[ref].values.get(name)
                before[dumps(value)] = value
        answers = list(before.values()) or [None]
        if len(answers) == 1:
            self._save.set(self._record, {name: shown(answers[0])})
            return
        # Written even if it is the answer that stands: else the other one below would take its place.
        self._save.settle(self._record, name, shown(answers[0]))
        for value in answers[1:]:
            self._save.another_answer(self._record, name, value, [head])

    def _repeat(self, event: int) -> None:
        """A reversed event happens again, as an event of its own."""
        said = self._said.get(event)
        if said and said.event:
            kind, values = said.event
            self._save.event(self._record, kind, {name: shown(value) for name, value in values.items()})
