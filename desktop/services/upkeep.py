"""What is put in order while nobody needs the laptop."""

from __future__ import annotations

from desktop.domain.folders import Folder
from desktop.services.projections import search
from desktop.services.session import Session


def tidy(session: Session) -> bool:
    """One small step (some tens of milliseconds) towards search indexes in few pieces: each save adds one, and every word is looked for in all of
    them. False if there is nothing to do. It changes nothing that anybody sees."""
    if not session.can_open(Folder.RECEPTION) or not search.tidy(session.journal(Folder.RECEPTION).database):
        return False
    from desktop.services import people  # what the list needs is not needed to show the unlock screen

    people.find(session, limit=0)  # what is remembered of the list is forgotten at each write: the next key shall not wait for it
    return True
