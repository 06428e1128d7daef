"""Who sits at the laptop: read once on the thread of the vault, so that the window may look at it at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.domain.folders import Folder, Role


@dataclass(frozen=True)
class Who:
    """`folders` are those this volunteer can open."""

    site: str
    volunteer: str
    role: Role
    folders: frozenset[Folder]

    @property
    def adds_forms(self) -> bool:
        """True for those who are offered to add forms and to take out what was filled; the services decide."""
        return self.role in (Role.COORDINATOR, Role.CASEWORKER)

    @classmethod
    def of(cls, session: Any) -> Who:
        """Called on the thread of the vault."""
        return cls(session.site, session.volunteer, session.role, frozenset(session.folders))
