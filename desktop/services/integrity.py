"""Whether what the lists show follows from what was written, and whether kept files are whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.services.projections import PROJECTIONS, search
from desktop.services.projections import files as file_list
from desktop.services.session import Session
from desktop.vault.files import Blob


@dataclass(frozen=True)
class FilesFound:
    """What a look at every kept file found. `whole`: those of the folders this volunteer can open that are right. `damaged`: the names of
    those that are not. `awaited`: how many are known and not here. `unnamed`: names of those that no record names which this
    volunteer can see; they may belong to a folder that they cannot open, unless `judged`."""

    whole: int
    damaged: tuple[str, ...]
    awaited: int
    unnamed: tuple[str, ...]
    judged: bool


def files(session: Session) -> FilesFound:
    """Read every kept file, one at a time, and compare it with its record."""
    store, whole = session.vault.files, 0
    damaged: list[str] = []
    seen: set[str] = set()
    for blob in _blobs(session):
        if blob.name in seen:
            continue
        seen.add(blob.name)
        try:
            store.read(blob)
            whole += 1
        except KnownFault as fault:
            if fault.code != "file.damaged":
                raise
            damaged.append(blob.name)
        except UserError:
            continue  # not here
    names = store.names()
    return FilesFound(whole, tuple(damaged), len(seen - names), tuple(sorted(names - seen)), session.folders == frozenset(Folder))


def mend(session: Session) -> int:
    """Take away what is damaged, so that it is asked for on the next stick, and what no record names, if this volunteer can see every
    record. Returns how many. UserError role.not_allowed."""
    session.require(writes=True)
    found = files(session)
    gone = (*found.damaged, *(found.unnamed if found.judged else ()))
    for name in gone:
        session.vault.files.remove(name)
    session.vault.audit("files_mended", removed=len(gone))
    return len(gone)


def _blobs(session: Session) -> Iterator[Blob]:
    """The blobs that the records of every open folder name, deleted records too."""
    for folder in sorted(session.folders, key=lambda one: one.value):
        yield from (blob for _, blob in file_list.blobs(session.journal(folder).database, hidden=True))


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
