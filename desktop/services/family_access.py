"""Who reads about families: searches, answers and the cases of children."""

from __future__ import annotations

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.journal.journal import Journal
from desktop.services.session import Session


def require(session: Session, *, writes: bool = False) -> Journal:
    """Contacts, for those who may read about families. UserError: folder.locked, role.not_allowed."""
    if not session.role.sees_restricted:
        raise UserError("role.not_allowed")
    session.require(writes=writes)
    return session.journal(Folder.CONTACTS)


def may(session: Session) -> bool:
    """True if this volunteer reads about families."""
    return session.role.sees_restricted and session.can_open(Folder.CONTACTS)
