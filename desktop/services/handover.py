"""Handing a contact over to another volunteer: one asks, the other accepts, and both stand in the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.exchange.trust import Trust
from desktop.services import volunteers
from desktop.services.contact_list import me
from desktop.services.lines import ChangeLine
from desktop.services.session import Session
from desktop.services.writing import must_be


@dataclass(frozen=True)
class Receiver:
    """Somebody who can be asked: a volunteer of this laptop, or whoever answers at another site."""

    key: str
    name: str


@dataclass(frozen=True)
class Handover:
    """A line of the history of who looks after a contact. `what`: asked, accepted, or ended (not wanted, or taken back)."""

    at: str
    author: str
    site: str  # "" if ours
    what: str
    before: str  # who looked after them until then, where that changes
    to: str  # who was asked, or has taken over


def receivers(session: Session) -> list[Receiver]:
    """Everybody who may be asked: those who can open Contacts and write, and the sites that share Contacts with us."""
    site = session.vault.site_public.hex()
    here = [
        Receiver(f"{site}/{one.id}", one.name)
        for one in volunteers.volunteers(session)
        if not one.me and Folder.CONTACTS in one.folders and one.role.writes
    ]
    return here + [
        Receiver(one.root.hex(), one.nickname) for one in Trust(session.vault.home).sites() if Folder.CONTACTS in one.folders
    ]


def ask(session: Session, *, contact: RecordId, receiver: str) -> Changes:
    """Ask somebody (the key of a `Receiver`) to take a contact over. Until they accept, nothing else changes.
    UserError: folder.locked, role.not_allowed, record.missing, handover.nobody."""
    must_be(session, Folder.CONTACTS, contact, "contact")
    session.require(writes=True)
    found = next((one for one in receivers(session) if one.key == receiver), None)
    if found is None:
        raise UserError("handover.nobody")
    return _write(session, contact, {"handover_to": found.name, "handover_key": found.key})


def accept(session: Session, *, contact: RecordId) -> Changes:
    """Look after a contact from now on, as one was asked to. UserError: folder.locked, role.not_allowed, record.missing,
    handover.not_asked."""
    asked = _asked(session, contact)
    mine = me(session)
    if asked not in mine:
        raise UserError("handover.not_asked")
    name = f"{session.volunteer}, {session.site}" if asked == mine[0] else session.volunteer
    return _write(session, contact, {"volunteer": name, "handover_to": None, "handover_key": None})


def end(session: Session, *, contact: RecordId) -> Changes:
    """Do not take a contact over (the one who was asked), or ask no longer (anybody else who may write).
    UserError: folder.locked, role.not_allowed, record.missing, handover.not_asked."""
    if not _asked(session, contact):
        raise UserError("handover.not_asked")
    return _write(session, contact, {"handover_to": None, "handover_key": None})


def _asked(session: Session, contact: RecordId) -> str:
    """The key of who was asked, "" if nobody was."""
    must_be(session, Folder.CONTACTS, contact, "contact")
    session.require(writes=True)
    return str(session.journal(Folder.CONTACTS).values(contact).get("handover_key") or "")


def key_of(session: Session, *, contact: RecordId, to: Value) -> Value:
    """The key that was written together with one of two different answers to who was asked; None if it is none of them."""
    heads = session.journal(Folder.CONTACTS).heads(contact)
    stamps = {head.stamp for head in heads.get("handover_to", ()) if head.value == to}
    return next((head.value for head in heads.get("handover_key", ()) if head.stamp in stamps), None)


def _write(session: Session, contact: RecordId, values: dict[str, Value]) -> Changes:
    with session.act("handover") as act, session.save(act, Folder.CONTACTS) as save:
        save.set(contact, values)
    return act.changes


def of(lines: Sequence[ChangeLine]) -> tuple[Handover, ...]:
    """What the history of a contact (newest first) says of who looked after them."""
    return tuple(found for line in lines if (found := _of_line(line)) is not None)


def _of_line(line: ChangeLine) -> Handover | None:
    changed = {name: (str(before or ""), str(after or "")) for name, before, after in line.fields}
    if line.undone or line.kind == "created" or "handover_to" not in changed:
        return None
    before, after = changed["handover_to"]
    if after:
        return Handover(line.at, line.author, line.site, "asked", "", after)
    if "volunteer" in changed:
        return Handover(line.at, line.author, line.site, "accepted", *changed["volunteer"])
    return Handover(line.at, line.author, line.site, "ended", "", before)
