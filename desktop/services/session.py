"""An opened vault and the volunteer who opened it."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

from desktop.domain.folders import Folder, Role
from desktop.vault.vault import Vault


class Session:
    """Handed to every service. Owned by one thread. What it holds inside is no business of the window, except:

    `site` (nickname), `volunteer` (name), `role`, `folders` (those this volunteer can open), `folder_path`, `language`.
    """

    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    @property
    def site(self) -> str:
        """The nickname of this site."""
        return self.vault.setting("site")

    @property
    def volunteer(self) -> str:
        """The name of the one who opened it."""
        return self.vault.volunteer.name

    @property
    def role(self) -> Role:
        """What this volunteer is here for."""
        return self.vault.role

    @property
    def folders(self) -> frozenset[Folder]:
        """The folders this volunteer can open."""
        return self.vault.folders

    @property
    def folder_path(self) -> Path:
        """Where everything lies on this laptop."""
        return self.vault.folder

    @property
    def language(self) -> str:
        """The language of this laptop's window: en or my."""
        return self.vault.setting("language", "en")

    def now(self) -> datetime:
        """The moment, with its zone (UTC)."""
        return datetime.now(timezone.utc)

    def close(self) -> None:
        """Write everything down and let go of the files."""
        self.vault.close()
