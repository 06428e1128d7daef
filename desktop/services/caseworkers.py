"""Who looks after a person: one volunteer, of this site or of another one."""

from __future__ import annotations

import json

from desktop.domain import carers
from desktop.domain.carers import Carer
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import volunteers
from desktop.services.reading import linked
from desktop.services.session import Session
from desktop.services.standing import joined, standing
from desktop.services.writing import check_writable, record_kind, write_values


def me(session: Session) -> Carer:
    """The volunteer who is signed in."""
    return Carer(session.vault.site_public.hex(), session.author, session.volunteer)


def shown(session: Session, carer: Carer) -> str:
    """The name; of a volunteer of another site with the site behind it, which can write any name it likes."""
    return ", ".join(part for part in (carer.name, _site(session, carer.site)) if part)


def _site(session: Session, root: str) -> str:
    return session.site_name(bytes.fromhex(root))


def name_of(session: Session, key: str) -> str:
    """The name to a key of somebody who looks after people; the code if nobody is looked after by them any more."""
    site, _, volunteer = key.partition("/")
    if site == session.vault.site_public.hex():
        return session.vault.volunteers.name_of(volunteer)
    journal = session.journal(Folder.RECEPTION)
    row = journal.database.execute("SELECT key FROM person_list WHERE carer = ? ORDER BY key LIMIT 1", (key,)).fetchone()
    carer = carers.read(journal.values(journal.record(row[0])).get("caseworker")) if row else None
    return shown(session, carer) if carer else volunteer


def choices(session: Session) -> list[Carer]:
    """Everybody of this laptop who may look after people: whoever writes, the one who is signed in first."""
    mine = me(session)
    others = [Carer(mine.site, one.id, one.name) for one in volunteers.volunteers(session) if not one.me and one.role.writes]
    return [mine, *others] if session.role.writes else others


def check(session: Session, carer: Carer | None, *standing_now: Value) -> None:
    """UserError carer.unknown unless this is nobody, somebody of `choices` under their own name, or one of those who stand there already."""
    if carer is not None and carer.text() not in {*(one.text() for one in choices(session)), *standing_now}:
        raise UserError("carer.unknown")


def assign(session: Session, *, person: RecordId, caseworker: Carer | None, household: bool = False) -> Changes:
    """Let somebody look after a person from now on (None: nobody). With `household`, after everybody of the household.
    UserError: role.not_allowed, record.missing, carer.unknown."""
    person = standing(session, person)
    record_kind(session, Folder.RECEPTION, person)
    value = caseworker.text() if caseworker is not None else None
    check_writable(session, "person", {"caseworker": value})
    check(session, caseworker)
    everybody = [person, *(_others(session, person) if household else ())]
    with session.act("change") as act, session.save(act, Folder.RECEPTION) as save:
        for one in everybody:
            write_values(save, one, "person", {"caseworker": value})
    return act.changes


def _others(session: Session, person: RecordId) -> list[RecordId]:
    journal = session.journal(Folder.RECEPTION)
    home = linked(journal, journal.values(person).get("household"), "household")
    if home is None:
        return []
    home = standing(session, home)
    homes = json.dumps([one.text() for one in (home, *joined(session, home))])
    rows = journal.database.execute(
        "SELECT key FROM person_list WHERE household IN (SELECT value FROM json_each(?)) AND record <> ?", (homes, person.text())
    ).fetchall()
    return [journal.record(key) for (key,) in rows]
