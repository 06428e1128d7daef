"""How records are read for a volunteer: what their role may see, with names in place of codes and keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS, PROTECTED, Field, Kind
from desktop.domain.fitting import as_shown
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Silence, Value
from desktop.journal.clock import when
from desktop.journal.journal import Head, Journal, Line
from desktop.services.givers import Givers, carried_from
from desktop.services.lines import ChangeLine, Shown
from desktop.services.projections.merged import INTO, JOINED
from desktop.services.session import Session
from desktop.services.standing import joined

_PRINTED = "printed"


def may_read(session: Session, field: Field) -> bool:
    """True unless the field is restricted and this volunteer's role does not see such fields."""
    return session.role.sees_restricted or not field.restricted


def may_know(session: Session, kind: str) -> bool:
    """False for records of which this volunteer's role does not even see that there are any."""
    return session.role.sees_restricted or kind not in PROTECTED


def unseen_fields(session: Session, kind: str) -> frozenset[str]:
    """The fields of a record of this kind that this volunteer's role does not see. Forms ask for them all the same."""
    return frozenset(name for name, field in FIELDS[kind].items() if not may_read(session, field))


def _joined_or_parted(line: Line) -> str:
    """``joined`` or ``parted`` if the line made a record one with another, or two again; else ""."""
    for change in line.changes:
        if change.field == INTO or change.field.startswith(JOINED):
            return "joined" if change.after else "parted"
    return ""


def local(session: Session, moment: datetime) -> str:
    """A moment as people here read it: local time with minutes, ISO."""
    return moment.astimezone(session.now().tzinfo).strftime("%Y-%m-%dT%H:%M")


def shown_fields(session: Session, journal: Journal, record: RecordId, kind: str) -> dict[str, Shown]:
    """Every field of the record that has a value and that this volunteer may read, in the order of the field list."""
    values, heads = journal.values(record), journal.heads(record)
    givers = Givers(session, journal, record)
    found: dict[str, Shown] = {}
    for name, field in FIELDS[kind].items():
        if name not in values or not may_read(session, field):
            continue
        is_set = field.kind is Kind.SET and not isinstance(values[name], Silence)
        head = _set_head(journal, record, name, givers) if is_set else givers.of(name, heads[name][0])
        author, at = (session.writer(head.author, head.site), local(session, head.at)) if head else ("", "")
        found[name] = Shown(field, values[name], author, at, 0 if is_set else _others(heads[name]))
    return found


def _others(heads: tuple[Head, ...]) -> int:
    """How many different answers stand beside the shown one."""
    different: list[object] = []
    for head in heads:
        if head.value not in different:
            different.append(head.value)
    return max(0, len(different) - 1)


def _set_head(journal: Journal, record: RecordId, name: str, givers: Givers) -> Head | None:
    """Who changed a set last, as far as it still stands."""
    key = journal.key(record)
    state = None if key is None else journal.state(key)
    groups = [(group.at, entry) for entry, group in state.groups.items() if name in group.adds] if state else []
    if not groups:
        return None
    entry = journal.log.entry(max(groups)[1])
    if entry is None:
        return None
    stamp = journal.record(entry.key)
    return givers.of_set(name, Head(stamp, when(entry.at), entry.author, journal.devices.by_public[stamp.device].site, None))


def change_lines(session: Session, folder: Folder, record: RecordId, kind: str) -> list[ChangeLine]:
    """The history of a record, newest first, without what this volunteer may not read: not even that, when and by whom it was changed. What was
    brought from a record that it stands for is told there, by whoever gave it."""
    others, journal = frozenset(joined(session, record)), session.journal(folder)
    givers = Givers(session, journal, record)
    lines = (told for line in journal.history(record) if carried_from(line) not in others for told in givers.told(line))
    told = ((line, _line(session, line, FIELDS[kind])) for line in lines)
    return [shown for line, shown in told if shown.fields or not line.changes or shown.kind not in ("changed", "settled")]


def _line(session: Session, line: Line, fields: Mapping[str, Field]) -> ChangeLine:
    changed = [
        (change.field, as_shown(fields[change.field].kind, change.before), as_shown(fields[change.field].kind, change.after))
        for change in line.changes
        if change.field in fields and may_read(session, fields[change.field])
    ]
    what = line.what
    if what == "event":
        what = "printed" if line.event == _PRINTED else "noted"
    elif what == "changed" and line.act == "settle":
        what = "settled"
    elif what == "changed":
        what = _joined_or_parted(line) or what
    return ChangeLine(
        local(session, line.at), session.name_of(line.author, line.site), session.site_name(line.site), what, tuple(changed), line.undone
    )


def linked(journal: Journal, told: Value, kind: str) -> RecordId | None:
    """The record of that kind that a field names; None if the field names another one, or one that has not come yet or was erased."""
    record = record_of(told) if isinstance(told, str) else None
    try:
        return record if record is not None and journal.kind(record) == kind else None
    except UserError:
        return None


def record_of(text: str) -> RecordId | None:
    """The record id that a field holds as text, or None."""
    try:
        return Stamp.parse(text)
    except ValueError:
        return None
