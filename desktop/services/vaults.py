"""Make, open, recover and lock a vault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.changes import Changes
from desktop.services.session import Session


@dataclass(frozen=True)
class Strength:
    """An honest estimate: `seconds` a thief with a fast computer would need on average; `enough` if it may be used.
    `level` is ``weak``, ``fair`` or ``strong``."""

    level: str
    seconds: float
    enough: bool


@dataclass(frozen=True)
class Created:
    session: Session
    recovery_code: str  # 32 Crockford characters, shown and printed once, never stored


def exists(folder: Path) -> bool:
    """True if a vault lies in this folder."""
    raise NotImplementedError


def strength(passphrase: str) -> Strength:
    raise NotImplementedError


def suggest_words(count: int = 5) -> str:
    """Words joined by spaces, drawn at random from our word list."""
    raise NotImplementedError


def create(folder: Path, *, site: str, name: str, passphrase: str, language: str = "en") -> Created:
    """A new vault with the three folders; `name` becomes its first volunteer, a coordinator who holds every folder.

    UserError: passphrase.weak, vault.exists, site.empty, name.empty. KnownFault: disk.full, disk.readonly.
    """
    raise NotImplementedError


def open_vault(folder: Path, *, passphrase: str) -> Session:
    """UserError: passphrase.wrong. KnownFault: vault.missing, vault.newer, vault.damaged, vault.in_use (another window has it)."""
    raise NotImplementedError


def recover(folder: Path, *, code: str, passphrase: str) -> Session:
    """Open with the recovery sheet and set a new passphrase for the coordinator it was made for.

    UserError: recovery.wrong, passphrase.weak.
    """
    raise NotImplementedError


def change_passphrase(session: Session, *, old: str, new: str) -> Changes:
    """UserError: passphrase.wrong, passphrase.weak, passphrase.taken."""
    raise NotImplementedError


def new_recovery_code(session: Session) -> str:
    """A new code; the old sheet stops working. Coordinators only (UserError: role.not_allowed)."""
    raise NotImplementedError


def lock(session: Session) -> None:
    """Checkpoint and close every database. The caller ends the process afterwards: only that clears memory."""
    raise NotImplementedError
