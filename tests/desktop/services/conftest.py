"""A real vault, made once and copied for each test; only stretching its passphrases is made cheap."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.folders import Folder, Role
from desktop.services import stick
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.stretching import quick

PASSPHRASE = "amber river stone lantern"


@pytest.fixture(scope="session")
def made_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with a coordinator and a volunteer of every other role."""
    folder = tmp_path_factory.mktemp("made") / "vault"
    with quick():
        vault, _ = Vault.create(folder, site="Riverside", name="Coordinator", passphrase=PASSPHRASE, hardness=FLOOR)
        for role in (Role.CASEWORKER, Role.REGISTRAR, Role.MEDIC, Role.OBSERVER):
            vault.volunteers.add(name=role.value.title(), role=role, passphrase=f"{PASSPHRASE} {role.value}", folders=role.folders)
        vault.close()
    return folder


@pytest.fixture(scope="session")
def made_other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault of another site."""
    folder = tmp_path_factory.mktemp("other") / "vault"
    with quick():
        Vault.create(folder, site="Hill School", name="Teacher", passphrase=PASSPHRASE, hardness=FLOOR)[0].close()
    return folder


@pytest.fixture
def sign_in(made_vault: Path, tmp_path: Path) -> Iterator[Callable[[Role], Session]]:
    """Opens one copy of the vault as a volunteer of that role; the volunteer before is signed out."""
    folder = tmp_path / "vault"
    shutil.copytree(made_vault, folder)
    opened: list[Session] = []

    def enter(role: Role = Role.COORDINATOR) -> Session:
        while opened:
            opened.pop().close()
        words = PASSPHRASE if role is Role.COORDINATOR else f"{PASSPHRASE} {role.value}"
        with quick():
            opened.append(Session(Vault.open(folder, words)))
        return opened[-1]

    yield enter
    while opened:
        opened.pop().close()


@pytest.fixture
def session(sign_in: Callable[[Role], Session]) -> Session:
    """The vault opened by its coordinator, who holds every folder."""
    return sign_in(Role.COORDINATOR)


@pytest.fixture
def other(made_other: Path, tmp_path: Path, session: Session) -> Iterator[Session]:
    """The coordinator of another site; each site trusts the other and shares every folder."""
    folder = tmp_path / "other"
    shutil.copytree(made_other, folder)
    with quick():
        opened = Session(Vault.open(folder, PASSPHRASE))
    for one, two in ((session, opened), (opened, session)):
        stick.trust(one, card=stick.read_card(one, source=stick.my_card(two).data), folders=frozenset(Folder))
    yield opened
    opened.close()


@pytest.fixture
def carry(tmp_path: Path) -> Callable[[Session, Session], stick.Read]:
    """Carries the news of one site to another."""

    def carried(sender: Session, receiver: Session) -> stick.Read:
        put = stick.put_news(sender, folder=tmp_path)
        read, _ = stick.read_news(receiver, path=put.path)
        put.path.unlink()
        return read

    return carried
