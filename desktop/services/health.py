"""The health of a person, read and written as one, though it may lie in several records.

Two sites that write down somebody's health before they hear of each other make two records for one case code. Both stay; what only one of
them says is shown, and where they differ somebody is asked. Whoever writes a field writes it into all of them, so that they agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.journal import Head
from desktop.journal.save import Save
from desktop.services.lines import ChangeLine, Shown
from desktop.services.reading import change_lines, shown_fields
from desktop.services.session import Session
from desktop.services.standing import codes_of
from desktop.services.writing import write_new, write_values

_KIND = "health"


def records(session: Session, code: str) -> list[RecordId]:
    """The health records of the person with this case code, in an order that is the same at every site. UserError folder.locked."""
    journal = session.journal(Folder.HEALTH)
    rows = journal.database.execute(
        "SELECT key FROM health_list WHERE person_code IN (SELECT value FROM json_each(?)) ORDER BY record", (json.dumps(codes_of(session, code)),)
    ).fetchall()
    return [journal.record(key) for (key,) in rows]


def first(session: Session, record: RecordId) -> RecordId:
    """The record that stands for all of the same person. UserError: folder.locked, record.missing."""
    code = session.journal(Folder.HEALTH).values(record).get("person_code")
    return next(iter(records(session, str(code or ""))), record)


def values(session: Session, code: str) -> dict[str, Value]:
    """What they say together; where they differ, the first. UserError folder.locked."""
    found: dict[str, Value] = {}
    for record in reversed(records(session, code)):
        found.update(session.journal(Folder.HEALTH).values(record))
    return found


def fields(session: Session, code: str) -> dict[str, Shown]:
    """What they say together, each field with who wrote it. UserError folder.locked."""
    found: dict[str, Shown] = {}
    for record in records(session, code):
        for name, shown in shown_fields(session, session.journal(Folder.HEALTH), record, _KIND).items():
            known = found.setdefault(name, shown)
            if known.value != shown.value:
                found[name] = replace(known, others=known.others + 1)
    return {name: found[name] for name in FIELDS[_KIND] if name in found}


def write(session: Session, save: Save, code: str, values: Mapping[str, Value]) -> None:
    """Set fields, in a save of Health; a record is made if there is none and something to say."""
    known = records(session, code)
    for record in known:
        write_values(save, record, _KIND, values)
    if not known and any(value is not None for value in values.values()):
        write_new(save, _KIND, {**{name: value for name, value in values.items() if value is not None}, "person_code": code})


def lines(session: Session, code: str) -> list[ChangeLine]:
    """The history of all of them, newest first. UserError folder.locked."""
    found = [line for record in records(session, code) for line in change_lines(session, Folder.HEALTH, record, _KIND)]
    return sorted(found, key=lambda line: line.at, reverse=True)


def heads(session: Session, record: RecordId, name: str) -> list[Head]:
    """Every answer that stands for a field of the person this record is about, those of the first record first."""
    journal = session.journal(Folder.HEALTH)
    code = str(journal.values(record).get("person_code") or "")
    return [head for one in records(session, code) or [record] for head in journal.heads(one).get(name, ())]


def differing(session: Session) -> Iterator[tuple[RecordId, str]]:
    """(first record, field) where two records about one person say different things. UserError folder.locked."""
    journal = session.journal(Folder.HEALTH)
    for code in session.remembered(Folder.HEALTH, "health twice", lambda: _twice(session)):
        about = records(session, code)
        said = [journal.values(record) for record in about]
        for name in FIELDS[_KIND]:
            answers = [one[name] for one in said if name in one]
            if any(answer != answers[0] for answer in answers):
                yield about[0], name


def _twice(session: Session) -> list[str]:
    rows = session.journal(Folder.HEALTH).database.execute(
        "SELECT person_code FROM health_list WHERE person_code <> '' GROUP BY person_code HAVING count(*) > 1 ORDER BY person_code"
    )
    return [code for (code,) in rows.fetchall()]
