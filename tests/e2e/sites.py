"""Sites that are already set up, so that a test begins where its own subject begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.folders import Folder
from desktop.services import intake, stick, vaults

PASSPHRASE = "orange bridge window seven kettle"


@dataclass(frozen=True)
class Site:
    """A closed vault of one volunteer with `PASSPHRASE`. `card` is what another site reads to trust it."""

    vault: Path
    card: Path


def make_site(folder: Path, name: str) -> Site:
    """A new site; its passphrase is stretched as little as the program allows."""
    session = vaults.create(folder / "vault", site=name, name="Naw Eh", passphrase=PASSPHRASE, quick=True).session
    try:
        return Site(folder / "vault", stick.save_card(session, folder=folder))
    finally:
        vaults.lock(session)


def befriend(site: Site, other: Site, *, people: tuple[str, ...] = ()) -> None:
    """The site trusts the other one, and registers these people; both wait to be carried there."""
    session = vaults.open_vault(site.vault, passphrase=PASSPHRASE)
    try:
        stick.trust(session, card=stick.read_card(session, source=other.card), folders=frozenset({Folder.RECEPTION}))
        for name in people:
            opened = intake.begin_arrival(session, language="en")
            opened.form.set("/data/name", name)
            intake.save_arrival(session, opened=opened)
    finally:
        vaults.lock(session)
