"""Whoever is on the lists is in a household that is on the lists, whatever two sites did at the same time.

One site may make two households one, or take back an arrival, while another one writes somebody down in the household that went. When the stick is
read, those of a household that was made one with another move to the one that stands, and one that was taken off the lists comes back as long as
somebody is in it. Two sites that do this write the same, so they agree.
"""

from __future__ import annotations

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.journal.save import Save
from desktop.services.merging import MOVED
from desktop.services.reading import linked
from desktop.services.session import Session
from desktop.services.standing import standing

_ASTRAY = (
    "SELECT household, record, 1 FROM person_list WHERE household <> '' AND household NOT IN (SELECT record FROM household_list) "
    "UNION ALL SELECT household, record, 0 FROM left_behind_list WHERE household <> '' AND household NOT IN (SELECT record FROM household_list)"
)


def settle_homes(session: Session) -> Changes:
    """Bring everybody to a household that is there. UserError folder.locked."""
    journal = session.journal(Folder.RECEPTION)
    members: dict[str, list[tuple[RecordId, bool]]] = {}
    for household, record, is_here in journal.database.execute(_ASTRAY).fetchall():
        members.setdefault(household, []).append((Stamp.parse(record), bool(is_here)))
    if not members:
        return Changes()
    with journal.save("homes") as save:
        for household in sorted(members):
            home = linked(journal, household, "household")
            if home is not None:
                _bring(session, save, home, sorted(members[household]))
    return Changes(save.saved.kinds, save.saved.records)


def _bring(session: Session, save: Save, home: RecordId, members: list[tuple[RecordId, bool]]) -> None:
    stands = standing(session, home)
    if stands != home:
        for member, _ in members:
            save.set(member, {"household": stands.text()})
        save.add(home, MOVED, *(member.text() for member, _ in members))
    elif session.journal(Folder.RECEPTION).deleted(home) and any(is_here for _, is_here in members):
        save.restore(home)
