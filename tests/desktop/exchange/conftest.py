"""Sites for the tests of the exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.folders import Role
from tests.desktop.exchange.places import Place, copy_model, make_model, ticking
from tests.stretching import quick


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three closed vaults, A, B and C, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("models")
    with quick():
        for name in "ABC":
            make_model(folder, name)
    return folder


@pytest.fixture(autouse=True)
def quickly() -> Iterator[None]:
    with quick():
        yield


@pytest.fixture
def place(models: Path, tmp_path: Path) -> Iterator[Callable[..., Place]]:
    """Opens a site's vault as a volunteer: ``place("A")``, ``place("B", Role.REGISTRAR)``; opening it again closes it first;
    ``place("B2", of="B")`` is a copy of B as it was at first."""
    opened: dict[str, Place] = {}
    now = ticking()

    def make(name: str, role: Role = Role.COORDINATOR, of: str = "") -> Place:
        folder = tmp_path / "vaults" / name
        if name in opened:
            opened.pop(name).vault.close()
        elif not folder.exists():
            copy_model(models, of or name, folder)
        opened[name] = Place.open(folder, role, now)
        return opened[name]

    yield make
    for site in opened.values():
        site.vault.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def pair(place: Callable[..., Place]) -> tuple[Place, Place]:
    """Two sites that share everything."""
    here, there = place("A"), place("B")
    here.trusts(there)
    there.trusts(here)
    return here, there
