"""Tables that screens read, drawn from the journal in the same transaction as each change.

A projection has `kinds` (the record kinds it draws), `tables` (its tables, for comparing after a rebuild) and four functions that the journal
calls: `schema` makes the tables, `project` writes one record as it stands now (or takes it off when `deleted`), `clear` empties the
tables. Tables hold nothing that does not follow from the journal, so they can be thrown away and drawn again.
"""

from __future__ import annotations

from desktop.domain.folders import Folder
from desktop.services.projections.contacts import ContactList, SaidList, SheetList
from desktop.services.projections.files import FileList
from desktop.services.projections.forms import FormList
from desktop.services.projections.households import HouseholdList, LeftBehindList
from desktop.services.projections.of_person import OfPerson, StepList
from desktop.services.projections.pads import PadList, ScanList
from desktop.services.projections.people import PersonList
from desktop.services.projections.submissions import SubmissionList
from desktop.services.projections.table import ListTable
from desktop.services.projections.tracing import ChildList, ReplyList, TracingList

PROJECTIONS: dict[Folder, tuple[ListTable, ...]] = {
    Folder.RECEPTION: (
        PersonList(), HouseholdList(), LeftBehindList(), SubmissionList(), FormList(), FileList(), SaidList(), PadList(), ScanList(),
        OfPerson("note"), StepList(), OfPerson("photo"),
    ),
    Folder.CONTACTS: (
        ContactList(), SheetList(), TracingList(), ReplyList(), ChildList(), SubmissionList(), FileList(), ScanList(), OfPerson("assessment"),
        OfPerson("note"), StepList(), OfPerson("photo"),
    ),
    Folder.HEALTH: (
        OfPerson("health"), SubmissionList(), FileList(), ScanList(), OfPerson("note"), StepList(), OfPerson("photo"),
    ),
}
"""What each folder's journal draws."""
