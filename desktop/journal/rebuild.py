"""Makes all tables that follow from the entries anew."""

from __future__ import annotations

from desktop.journal.body import read
from desktop.journal.devices import SEQ_MASK, SHIFT
from desktop.journal.fold import Fold, known_in
from desktop.journal.log import Log
from desktop.journal.projections import Projecting
from desktop.vault.database import Database

_CLEAR = """
DELETE FROM journal_record;
DELETE FROM journal_differ;
DELETE FROM journal_awaited;
DELETE FROM journal_event;
DELETE FROM journal_reversal;
"""


def rebuild(database: Database, log: Log, projecting: Projecting) -> None:
    """Inside a transaction. Entries are taken device by device, so others than the order they came in."""
    database.script(_CLEAR)
    projecting.clear()
    seqs: dict[int, int] = {}
    fold = Fold(database, known_in(seqs))
    touched: set[int] = set()
    for entries in log.by_device():
        fold.load({entry.record for entry in entries})
        for entry in entries:
            seqs[entry.key >> SHIFT] = entry.key & SEQ_MASK
            if entry.erases:
                fold.erase(entry.record)
            body = None if entry.body is None else read(entry.body, entry.key, entry.record, log.devices)
            fold.take(entry.record, [(entry.key, entry.at, entry.kind, body)])
        touched |= fold.write().keys()
        fold.forget()
    projecting.project_stored(touched)
