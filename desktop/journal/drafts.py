"""Half-typed work, kept in the encrypted file as the person types. It is nobody's history and never travels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from desktop.journal.clock import moment, when
from desktop.vault.database import Database


@dataclass(frozen=True)
class Draft:
    """Something half typed, as it was last kept."""

    id: str
    kind: str
    author: str
    at: datetime  # when it was last kept
    body: bytes


class Drafts:
    """The drafts of one folder."""

    def __init__(self, database: Database, author: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._author = author
        self._now = now

    def keep(self, id: str, kind: str, body: bytes) -> None:
        """Keep this draft in place of what was kept under the same id. When it returns, the draft survives a power cut."""
        with self._database.transaction():
            self._database.execute(
                "INSERT OR REPLACE INTO journal_draft VALUES (?, ?, ?, ?, ?)",
                (id, kind, self._author, moment(self._now()), body),
            )

    def read(self, id: str) -> Draft | None:
        """The draft as it was last kept."""
        row = self._database.execute("SELECT id, kind, author, at, body FROM journal_draft WHERE id = ?", (id,)).fetchone()
        return _draft(row) if row else None

    def list(self, kind: str = "") -> list[Draft]:
        """All drafts, or those of one kind, the last kept first."""
        rows = self._database.execute("SELECT id, kind, author, at, body FROM journal_draft ORDER BY at DESC, id").fetchall()
        return [_draft(row) for row in rows if kind in ("", row[1])]

    def discard(self, id: str) -> bool:
        """Forget a draft. False if there was none."""
        with self._database.transaction():
            return bool(self._database.execute("DELETE FROM journal_draft WHERE id = ?", (id,)).rowcount)


def _draft(row: tuple[str, str, str, int, bytes]) -> Draft:
    return Draft(row[0], row[1], row[2], when(row[3]), row[4])
