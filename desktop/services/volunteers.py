"""Who may open this vault, in which role, and which folders."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.services.session import Session
from desktop.services.vaults import filled, require_strength
from desktop.vault.volunteers import Volunteer as Kept

_CHANGED = Changes(frozenset({"volunteer"}))


@dataclass(frozen=True)
class Volunteer:
    """Somebody who can open this vault."""

    id: str  # short random code, also printed on paper instead of a name
    name: str
    role: Role
    folders: frozenset[Folder]
    since: str  # ISO day
    last_opened: str  # ISO day or ""
    me: bool


def volunteers(session: Session) -> list[Volunteer]:
    """Everybody with access, by name."""
    vault = session.vault
    mine, keys = vault.volunteer.id, vault.folder_keys
    return [
        Volunteer(one.id, one.name, one.role, keys.of(one.id), one.since, one.last_opened, one.id == mine)
        for one in vault.volunteers.all()
    ]


def add(session: Session, *, name: str, role: Role, passphrase: str, folders: frozenset[Folder] | None = None) -> Changes:
    """UserError: role.not_allowed, name.empty, name.taken, passphrase.weak, passphrase.taken, volunteers.full, folder.not_yours
    (a folder can be given only by somebody who can open it)."""
    session.require(coordinates=True)
    name = filled(name, "name.empty")
    require_strength(passphrase)
    given = role.folders if folders is None else folders
    made = session.vault.volunteers.add(name=name, role=role, passphrase=passphrase, folders=given)
    session.vault.audit("volunteer.added", volunteer=made, role=role.value)
    return _CHANGED


def set_folders(session: Session, *, volunteer: str, folders: frozenset[Folder]) -> Changes:
    """Give or take folders. Taking one re-keys it. Coordinators for the folders they can open; a medic for Health, so that it need
    not pass through a coordinator. UserError: role.not_allowed, folder.not_yours, folder.last_member, volunteer.missing."""
    _found(session, volunteer)
    changed = folders ^ session.vault.folder_keys.of(volunteer)
    if not session.role.coordinates and (session.role is not Role.MEDIC or not changed <= {Folder.HEALTH}):
        raise UserError("role.not_allowed")
    session.vault.volunteers.set_folders(volunteer, folders)
    session.forget()
    session.vault.audit("volunteer.folders", volunteer=volunteer, folders=" ".join(sorted(one.value for one in folders)))
    return _CHANGED


def new_passphrase(session: Session, *, volunteer: str, passphrase: str, lose_folders: bool = False) -> Changes:
    """Give another volunteer a new passphrase (they forgot theirs); their folders are sealed anew as far as we can open them, and
    their recovery sheet stops working. UserError: role.not_allowed, volunteer.self, volunteer.missing, passphrase.weak,
    passphrase.taken, folder.last_member (nobody could open a folder any more; `lose_folders` accepts that)."""
    _other(session, volunteer)
    require_strength(passphrase)
    _nothing_lost(session, volunteer, lose_folders, ours=session.folders)
    session.vault.volunteers.new_passphrase(volunteer, passphrase)
    session.vault.audit("volunteer.passphrase", volunteer=volunteer)
    return _CHANGED


def close_access(session: Session, *, volunteer: str, lose_folders: bool = False) -> Changes:
    """Remove a volunteer: the slot is overwritten and the folders they could open are re-keyed.

    UserError: role.not_allowed, volunteer.self (so that a coordinator always stays), volunteer.missing, folder.last_member (nobody
    could open a folder any more; `lose_folders` accepts that).
    """
    _other(session, volunteer)
    _nothing_lost(session, volunteer, lose_folders, ours=frozenset())
    session.vault.volunteers.close_access(volunteer)
    session.vault.audit("volunteer.closed", volunteer=volunteer)
    return _CHANGED


def _found(session: Session, volunteer: str) -> Kept:
    found = session.vault.volunteers.find(volunteer)
    if found is None:
        raise UserError("volunteer.missing")
    return found


def _other(session: Session, volunteer: str) -> None:
    session.require(coordinates=True)
    if _found(session, volunteer).id == session.vault.volunteer.id:
        raise UserError("volunteer.self")


def _nothing_lost(session: Session, volunteer: str, accepted: bool, ours: frozenset[Folder]) -> None:
    if not accepted and session.vault.volunteers.lost_without(volunteer) - ours:
        raise UserError("folder.last_member")
