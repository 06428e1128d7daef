"""What a volunteer or a coordinator chose."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.services.session import Session


@dataclass(frozen=True)
class Settings:
    """`lock_minutes` 1 to 60. `sites_words` is for the settings page."""

    language: str = "en"  # en or my
    lock_minutes: int = 10
    site: str = ""
    paper_size: str = "A4"  # A4 or Letter
    printer: str = ""  # the last one used


def settings(session: Session) -> Settings:
    raise NotImplementedError


def change(session: Session, **values: str | int) -> Changes:
    """Any of the fields of `Settings`. UserError: settings.wrong, role.not_allowed (site)."""
    raise NotImplementedError
