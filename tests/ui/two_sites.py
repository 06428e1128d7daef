"""Two sites with invented people that trust each other, an answer that differs, and a folder with news, for pictures and tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.folders import Folder, Role
from desktop.services import people, practice, stick, volunteers
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault

PASSPHRASE = "amber river stone lantern"
SHARED = frozenset({Folder.RECEPTION, Folder.CONTACTS})


@dataclass(frozen=True)
class TwoSites:
    """`here` and `there` are closed vaults; `stick` is a folder with news from there that nobody has read here."""

    here: Path
    there: Path
    stick: Path


def build(folder: Path, *, families: int = 12) -> TwoSites:
    """Make them. Takes a few seconds."""
    sites = TwoSites(folder / "here", folder / "there", folder / "stick")
    carried = folder / "carried"
    for one in (sites.stick, carried):
        one.mkdir(parents=True)
    here, there = _site(sites.here, "Riverside", "Naw Eh"), _site(sites.there, "Hill School", "Ko Lwin")
    for role, name in ((Role.REGISTRAR, "Thiri"), (Role.CASEWORKER, "Saw Bwe"), (Role.MEDIC, "Dr Mee"), (Role.OBSERVER, "Hser Nay")):
        volunteers.add(here, name=name, role=role, passphrase=f"{PASSPHRASE} {role.value}")
    practice.fill(here, count=families, waiting=8)
    _trust(here, there)
    _trust(there, here)
    carry(here, there, carried)
    found = people.rows(here, keys=list(people.find(here).keys)[:2])
    for at, one in enumerate(found):
        people.change(here, record=one.id, values={"father_name": "ဦးထွန်းမြင့်", "township": f"Hpa-An {at}"})
        people.change(there, record=one.id, values={"father_name": "ဦးထွန်းမြတ်", "township": f"Hpa-An {at}"})
    carry(there, here, folder / "carried")
    practice.fill(there, seed=11, count=3, waiting=0)
    stick.put_news(there, folder=sites.stick)
    here.close()
    there.close()
    return sites


def _site(folder: Path, site: str, name: str) -> Session:
    vault, _ = Vault.create(folder, site=site, name=name, passphrase=PASSPHRASE, hardness=FLOOR)
    return Session(vault)


def _trust(one: Session, other: Session) -> None:
    stick.trust(one, card=stick.read_card(one, source=stick.my_card(other).data), folders=SHARED)


def carry(giver: Session, taker: Session, folder: Path) -> None:
    """News from one site to the other."""
    made = stick.put_news(giver, folder=folder)
    stick.read_news(taker, path=made.path)
