"""Which record stands for another one, after two were found to be the same person or household."""

from __future__ import annotations

import json

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.services.session import Session

_MOST = 1000  # records that one stands for


def standing(session: Session, record: RecordId) -> RecordId:
    """The record that stands for this one now: itself, unless it was joined with another."""
    database = session.journal(Folder.RECEPTION).database
    while True:  # each has a smaller id than the one before
        row = database.execute("SELECT target FROM merged_list WHERE record = ?", (record.text(),)).fetchone()
        if row is None:
            return record
        record = Stamp.parse(row[0])


def joined(session: Session, record: RecordId) -> tuple[RecordId, ...]:
    """The records that this one stands for, without itself, the nearest first."""
    database = session.journal(Folder.RECEPTION).database
    found: dict[str, None] = {}
    layer = [record.text()]
    while layer and len(found) < _MOST:
        rows = database.execute(
            "SELECT record FROM merged_list WHERE target IN (SELECT value FROM json_each(?)) ORDER BY record", (json.dumps(layer),)
        ).fetchall()
        layer = [one for (one,) in rows if one not in found]
        found.update(dict.fromkeys(layer))
    return tuple(Stamp.parse(one) for one in found)


def codes_made_one(session: Session) -> list[list[str]]:
    """The case codes of each person who stands for other records, their own first."""
    database = session.journal(Folder.RECEPTION).database
    rows = database.execute("SELECT DISTINCT p.code FROM merged_list m JOIN person_list p ON p.record = m.target WHERE p.code <> '' ORDER BY 1")
    return [codes_of(session, code) for (code,) in rows.fetchall()]


def registered_here(session: Session, record: RecordId) -> bool:
    """True if this place made the record, or one that it stands for: then it is we who know the person."""
    journal = session.journal(Folder.RECEPTION)
    return any(session.site_of(journal, one) == "" for one in (record, *joined(session, record)))


def codes_of(session: Session, code: str) -> list[str]:
    """Every case code of the person with this code: their own, and those of records that were found to be the same person."""
    if not code:
        return []
    journal = session.journal(Folder.RECEPTION)
    rows = journal.database.execute(
        "SELECT record FROM person_list WHERE code = ? UNION SELECT record FROM merged_list WHERE code = ? AND kind = 'person'", (code, code)
    ).fetchall()
    found = {code: None}
    for (text,) in rows:
        stands = standing(session, Stamp.parse(text))
        for one in (stands, *joined(session, stands)):
            if journal.key(one) is not None and journal.kind(one) == "person":
                found[str(journal.values(one).get("code") or code)] = None
    return list(found)
