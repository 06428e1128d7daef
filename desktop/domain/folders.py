"""Folders (compartments), roles, and who may do what."""

from __future__ import annotations

from enum import Enum


class Folder(Enum):
    """One encrypted database with its own key, journal and members. The value is its name on disk and on the wire."""

    RECEPTION = "reception"
    CONTACTS = "contacts"
    HEALTH = "health"


class Role(Enum):
    """What a volunteer does here, and so what is offered to them."""

    COORDINATOR = "coordinator"
    CASEWORKER = "caseworker"
    REGISTRAR = "registrar"
    MEDIC = "medic"
    OBSERVER = "observer"

    @property
    def folders(self) -> frozenset[Folder]:
        """The folders a new volunteer of this role is offered. A coordinator may tick others."""
        return _FOLDERS[self]

    @property
    def writes(self) -> bool:
        """An observer reads only."""
        return self is not Role.OBSERVER

    @property
    def coordinates(self) -> bool:
        """May add and remove volunteers, trust sites and make recovery sheets."""
        return self is Role.COORDINATOR

    @property
    def sees_restricted(self) -> bool:
        """May read fields marked restricted (service background, verification, threats)."""
        return self in (Role.COORDINATOR, Role.CASEWORKER)


_FOLDERS = {
    Role.COORDINATOR: frozenset({Folder.RECEPTION, Folder.CONTACTS}),
    Role.CASEWORKER: frozenset({Folder.RECEPTION, Folder.CONTACTS}),
    Role.REGISTRAR: frozenset({Folder.RECEPTION}),
    Role.MEDIC: frozenset({Folder.RECEPTION, Folder.HEALTH}),
    Role.OBSERVER: frozenset({Folder.RECEPTION}),
}
