"""Trust other sites; put news on a stick; read a stick."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.services.progress import Progress, silent
from desktop.services.session import Session


@dataclass(frozen=True)
class SiteCard:
    """What two sites show each other. `words` are the fingerprint, read aloud; `data` is what the QR code and the file hold."""

    nickname: str
    words: tuple[str, ...]  # twelve
    data: bytes


@dataclass(frozen=True)
class Site:
    id: str
    nickname: str
    words: tuple[str, ...]
    since: str
    folders: frozenset[Folder]  # which folders we share with it
    to_go: int
    last_heard: str
    last_given: str
    waiting: int  # changes that came for folders nobody has opened yet
    stopped: bool  # quarantined: it signed two different histories


@dataclass(frozen=True)
class Stick:
    path: Path
    name: str
    free: int  # bytes
    writable: bool


@dataclass(frozen=True)
class Bundle:
    """A file on a stick that is for us. `site` is the sender; `fresh` is False if we read it before."""

    path: Path
    site: str
    written: str  # ISO day
    changes: int
    fresh: bool


@dataclass(frozen=True)
class Look:
    bundles: tuple[Bundle, ...]
    foreign: int  # files that look like ours but are not for us
    cards: tuple[Path, ...]  # site cards on the stick


@dataclass(frozen=True)
class Put:
    path: Path
    size: int
    changes: int
    for_sites: tuple[tuple[str, int], ...]  # (nickname, changes)


@dataclass(frozen=True)
class Read:
    site: str
    written: str
    new_people: int
    new_contacts: int
    other_changes: int
    decisions: int  # two different answers that came up
    waiting: int  # changes kept sealed for a folder this volunteer cannot open
    already: bool  # everything in it was known
    lines: tuple[tuple[str, str, str], ...]  # (what: new/changed/differs, record title, field name or "")


def my_card(session: Session) -> SiteCard:
    raise NotImplementedError


def save_card(session: Session, *, folder: Path) -> Path:
    """Write the site card as a file with a neutral name."""
    raise NotImplementedError


def read_card(session: Session, *, source: Path | bytes) -> SiteCard:
    """UserError: card.not_a_card, card.damaged, card.our_own, card.known."""
    raise NotImplementedError


def trust(session: Session, *, card: SiteCard, folders: frozenset[Folder]) -> Changes:
    """After the words were compared. Coordinators only."""
    raise NotImplementedError


def stop_trust(session: Session, *, site: str) -> Changes:
    raise NotImplementedError


def sites(session: Session) -> list[Site]:
    raise NotImplementedError


def sticks() -> list[Stick]:
    """Removable drives that are plugged in now. Needs no vault."""
    raise NotImplementedError


def look(session: Session, *, folder: Path) -> Look:
    """What lies on a stick. Reads only."""
    raise NotImplementedError


def put_news(session: Session, *, folder: Path, progress: Progress = silent) -> Put:
    """Write what the trusted sites do not have yet; written, synced, renamed, read back and checked before this returns.

    UserError: stick.no_sites. KnownFault: disk.full, disk.readonly, stick.gone.
    """
    raise NotImplementedError


def read_news(session: Session, *, path: Path, progress: Progress = silent) -> tuple[Read, Changes]:
    """Check all of it, then take it in at once. KnownFault: bundle.damaged, bundle.foreign (not for us), bundle.unknown_sender,
    bundle.newer, bundle.too_big, bundle.fork. After any of them nothing here was changed; the stick is never written."""
    raise NotImplementedError
