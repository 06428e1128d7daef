"""What tests of pages share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OPENING, PASSPHRASE
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.window import Window


@pytest.fixture
def desk(window: Window, qtbot: QtBot) -> Desk:
    """The window of the coordinator, who holds every folder."""
    made = Desk(window, qtbot)
    made.rest()
    return made


@pytest.fixture
def keys(desk: Desk, qtbot: QtBot) -> Keyboard:
    return Keyboard(desk.window, qtbot)


@pytest.fixture
def registrar(windows: Callable[[Path], Window], vault: Path, qtbot: QtBot) -> Desk:
    """The window of a registrar, who holds Reception only."""
    made = windows(vault)
    with qtbot.waitSignal(made.opened, timeout=OPENING):
        made.opening.unlock(f"{PASSPHRASE} two")
    desk = Desk(made, qtbot)
    desk.rest()
    return desk
