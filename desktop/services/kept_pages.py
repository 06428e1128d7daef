"""Scanned pages that are kept: which other pictures there are of the same page, and forgetting one for good."""

from __future__ import annotations

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import files, photos, scans
from desktop.services.projections.pads import SCAN
from desktop.services.scans import Scan
from desktop.services.session import Session
from desktop.services.submissions import filled_id, place_of


def same_page(session: Session, *, scan: RecordId) -> list[Scan]:
    """The other pictures of the same page of the same case and form that this volunteer can open, those filed first in front. UserError:
    record.missing, folder.locked."""
    this = scans.scan(session, scan=scan)
    said = scans.code_of(session, scan)
    alike = [
        one for one in scans.of_case(session, code=this.code)
        if one.id != scan and one.page == this.page and scans.code_of(session, one.id).form == said.form
    ]
    return sorted(alike, key=lambda one: (one.at, one.id.text()))


def taken_off(session: Session) -> tuple[RecordId, ...]:
    """Pages that were taken off their case, and of which the picture is still kept."""
    return tuple(
        filled_id(folder, record) for folder in Folder if session.can_open(folder) for record in session.journal(folder).records(SCAN, deleted=True)
    )


def erase(session: Session, *, scan: RecordId) -> Changes:
    """Forget a page and its picture for good, here and at every site. Cannot be taken back. Also of one that was taken off its case. Answers that were
    taken from it stay. UserError: folder.locked, role.not_allowed (coordinators only), record.missing, file.missing."""
    folder, record = place_of(scan)
    journal = session.journal(folder)
    if journal.kind(record) != SCAN:
        raise UserError("record.missing")
    session.require(writes=True, coordinates=True)
    file = str(journal.values(record).get("file") or "")
    others = any(
        journal.values(other).get("file") == file for kind in (SCAN, photos.KIND) for other in journal.records(kind) if other != record
    )
    with journal.save("scan_erased") as save:
        save.erase(record)
    changes = Changes(save.saved.kinds | {SCAN}, save.saved.records)
    return changes if others or not files.lies_in(file, folder) else changes | files.erase(session, file=file)
