"""Who may open this vault, in which role, and which folders."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder, Role
from desktop.services.session import Session


@dataclass(frozen=True)
class Volunteer:
    id: str  # short random code, also printed on paper instead of a name
    name: str
    role: Role
    folders: frozenset[Folder]
    since: str  # ISO day
    last_opened: str  # ISO day or ""
    me: bool


def volunteers(session: Session) -> list[Volunteer]:
    raise NotImplementedError


def add(session: Session, *, name: str, role: Role, passphrase: str, folders: frozenset[Folder] | None = None) -> Changes:
    """UserError: role.not_allowed, name.empty, name.taken, passphrase.weak, passphrase.taken, volunteers.full, folder.not_yours
    (a folder can be given only by somebody who can open it)."""
    raise NotImplementedError


def set_folders(session: Session, *, volunteer: str, folders: frozenset[Folder]) -> Changes:
    """Give or take folders. Taking one re-keys it. UserError: folder.not_yours, folder.last_member."""
    raise NotImplementedError


def new_passphrase(session: Session, *, volunteer: str, passphrase: str) -> Changes:
    """Give another volunteer a new passphrase (they forgot theirs); their folders are sealed anew as far as we can open them."""
    raise NotImplementedError


def close_access(session: Session, *, volunteer: str) -> Changes:
    """Remove a volunteer: the slot is overwritten and the folders they could open are re-keyed.

    UserError: role.not_allowed, volunteer.last_coordinator, volunteer.self.
    """
    raise NotImplementedError
