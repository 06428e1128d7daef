"""A vault that opens quickly: passphrases are stretched at the floor."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.domain.folders import Folder, Role
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault

MINE, THEIRS, MEDICS = "coordinator phrase", "registrar phrase", "medic phrase"


@dataclass
class Made:
    """A vault's folder, its recovery code and the ids of its three volunteers."""

    folder: Path
    code: str
    coordinator: str
    registrar: str
    medic: str


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Made once and copied for each test: a coordinator with every folder, a registrar, a medic."""
    folder = tmp_path_factory.mktemp("model") / "vault"
    vault, code = Vault.create(folder, site="Site A", name="Daw Mya", passphrase=MINE, hardness=FLOOR)
    registrar = vault.volunteers.add(
        name="Ko Aung", role=Role.REGISTRAR, passphrase=THEIRS, folders=frozenset({Folder.RECEPTION})
    )
    medic = vault.volunteers.add(
        name="Naw Paw", role=Role.MEDIC, passphrase=MEDICS, folders=frozenset({Folder.RECEPTION, Folder.HEALTH})
    )
    made = Made(folder, code, vault.volunteer.id, registrar, medic)
    vault.close()
    return made


@pytest.fixture
def made(model: Made, tmp_path: Path) -> Made:
    """A copy of the model in a folder of its own."""
    folder = copy(model.folder, tmp_path / "vault")
    return Made(folder, model.code, model.coordinator, model.registrar, model.medic)


def copy(source: Path, target: Path) -> Path:
    """A closed vault copied file by file."""
    shutil.copytree(source, target)
    return target
