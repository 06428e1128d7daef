"""Takes a save back, by writing what stood before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.domain.ids import Stamp
from desktop.journal.body import DELETED, Body, read
from desktop.journal.codec import Raw, dumps, shown
from desktop.journal.state import ERASED, State

if TYPE_CHECKING:
    from desktop.journal.journal import Journal
    from desktop.journal.save import Save, Saved


def take_back(journal: Journal, save: Save, saved: Saved) -> None:
    """Put into `save` what takes `saved` back. Everything that somebody else, or a later save, changed is left alone."""
    ours = {key for key in (journal.devices.key(stamp) for stamp in saved.stamps) if key is not None}
    for key in sorted(ours, reverse=True):
        entry = journal.log.entry(key)
        if entry is None or entry.body is None:
            continue
        state = journal.state(entry.record)
        if state is None or state.hidden == ERASED:
            continue
        body = read(entry.body, key, entry.record, journal.devices)
        record = journal.devices.stamp(entry.record)
        if key == entry.record:
            if not _still_changed(journal, entry.record, ours):
                save.delete(record)
                save.undoes(record, [key])
        elif entry.record not in ours:
            _take_back_entry(journal, save, state, key, body)


def _still_changed(journal: Journal, record: int, ours: set[int]) -> bool:
    """True if any entry but ours changed the record and was not taken back since."""
    others = [entry for entry in journal.log.of_record(record) if entry.key not in ours]
    said = {entry.key: read(entry.body, entry.key, record, journal.devices) for entry in others if entry.body is not None}
    undone = {ref for body in said.values() for ref in body.undoes}
    return any(key not in undone and not body.undoes for key, body in said.items())


def _take_back_entry(journal: Journal, save: Save, state: State, key: int, body: Body) -> None:
    entry = journal.log.entry(key)
    if entry is None:
        return
    record = journal.devices.stamp(entry.record)
    for name in body.values:
        heads = [head for head, _ in state.standing(name, journal.devices)]
        if len(heads) == 1 and _stands_for(journal, heads[0], name) == {key}:
            _restore(journal, save, record, name, key, body)
    for name, elements in body.adds.items():
        save.remove(record, name, *(element for element in elements if state.holders(name, element) == [key]))
    for name, removed in body.removes.items():
        save.add(record, name, *removed)
    if body.event:
        save.reverse(record, journal.devices.stamp(key))
    for event in body.reverses:
        _repeat(journal, save, record, event)
    save.undoes(record, [key])


def _stands_for(journal: Journal, ref: int, name: str) -> set[int]:
    """The entries whose answer this one gives again: an entry that took another one back speaks for what that one had replaced."""
    body = _said(journal, ref)
    taken_back = set(body.undoes) & set(body.replaces.get(name, ())) if body else set()
    if not taken_back:
        return {ref}
    earlier = {before for one in taken_back if (said := _said(journal, one)) for before in said.replaces.get(name, ())}
    return set().union(*(_stands_for(journal, one, name) for one in earlier))


def _said(journal: Journal, key: int) -> Body | None:
    entry = journal.log.entry(key)
    return None if entry is None or entry.body is None else read(entry.body, key, entry.record, journal.devices)


def _restore(journal: Journal, save: Save, record: Stamp, name: str, key: int, body: Body) -> None:
    """Bring back the answers that stood before; two different ones as two, so that they are still to be settled."""
    if name == DELETED:
        (save.restore if body.values[name] is True else save.delete)(record)
        return
    before: dict[bytes, Raw] = {}
    for ref in body.replaces.get(name, ()):
        said = _said(journal, ref)
        if said:
            value = said.values.get(name)
            before[dumps(value)] = value
    answers = list(before.values()) or [None]
    save.set(record, {name: shown(answers[0])})
    for value in answers[1:]:
        save.another_answer(record, name, value, [key])


def _repeat(journal: Journal, save: Save, record: Stamp, event: int) -> None:
    """A reversed event happens again, as an event of its own."""
    said = _said(journal, event)
    if said and said.event:
        kind, values = said.event
        save.event(record, kind, {name: shown(value) for name, value in values.items()})
