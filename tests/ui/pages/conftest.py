"""What tests of pages share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.services import people
from tests.ui.conftest import PASSPHRASE, Unlocked
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.window import Window


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Desk:
    """The window of the coordinator, who holds every folder."""
    return Desk(window, qtbot)


@pytest.fixture
def keys(desk: Desk, qtbot: QtBot) -> Keyboard:
    return Keyboard(desk.window, qtbot)


@pytest.fixture
def file(desk: Desk) -> people.PersonPage:
    """The case file of a family is open."""
    found = desk.family()
    desk.go("person", person=found.row.id)
    return found


@pytest.fixture
def registrar(unlocked: Unlocked, vault: Path, qtbot: QtBot) -> Desk:
    """The window of a registrar, who holds Reception only."""
    return Desk(unlocked(vault, f"{PASSPHRASE} two"), qtbot)
