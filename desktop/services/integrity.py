"""Whether what the lists show follows from what was written."""

from __future__ import annotations

from desktop.domain.folders import Folder
from desktop.services.projections import PROJECTIONS, search
from desktop.services.session import Session


def redraw(session: Session) -> tuple[str, ...]:
    """Draw every list of every folder this volunteer can open anew from what was written; the names of tables that came out otherwise
    than they stood (none, if all is well)."""
    different: list[str] = []
    for folder in sorted(session.folders, key=lambda one: one.value):
        before = _tables(session, folder)
        session.journal(folder).rebuild()
        after = _tables(session, folder)
        different += [f"{folder.value}.{name}" for name in before if before[name] != after[name]]
        if folder is Folder.RECEPTION:
            search.check(session.journal(folder).database)
    return tuple(different)


def _tables(session: Session, folder: Folder) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every list of a folder, and the hash of all records."""
    journal = session.journal(folder)
    names = sorted({table for projection in PROJECTIONS[folder] for table in projection.tables})
    found: dict[str, list[tuple[object, ...]]] = {
        name: journal.database.execute(f"SELECT * FROM {name} ORDER BY key").fetchall()  # noqa: S608 - constants of the projections
        for name in names
    }
    found["records"] = [(journal.state_hash(),)]
    return found
