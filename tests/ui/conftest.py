"""The window over a real vault, stretched at the floor, with invented people in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Role
from desktop.services import practice
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.ui.door import Recorded
from ui import messages, words
from ui.shell import Shell
from ui.theme import style
from ui.window import Window

PASSPHRASE = "amber river stone lantern"
OPENING = 20_000  # milliseconds: two tests may stretch passphrases at once


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    """The look of the program, once."""
    style.apply(qapp)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test begins in English, and counts are read at once after a change."""
    monkeypatch.setattr("ui.shell._LOOK_AGAIN", 10)
    words.use("en")
    yield
    words.use("en")


@pytest.fixture
def door() -> Iterator[Recorded]:
    """Answers questions without a screen."""
    recorded = Recorded()
    before = messages.use(recorded)
    yield recorded
    messages.use(before)


@pytest.fixture(scope="session")
def people_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with invented people, a coordinator and a registrar."""
    folder = tmp_path_factory.mktemp("window") / "vault"
    vault, _ = Vault.create(folder, site="Riverside", name="Naw Eh", passphrase=PASSPHRASE, hardness=FLOOR)
    vault.volunteers.add(name="Thiri", role=Role.REGISTRAR, passphrase=f"{PASSPHRASE} two", folders=Role.REGISTRAR.folders)
    session = Session(vault)
    practice.fill(session, count=6, waiting=5)
    session.close()
    return folder


@pytest.fixture
def vault(people_vault: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(people_vault, tmp_path / "vault"))


@pytest.fixture
def windows(qtbot: QtBot) -> Iterator[Callable[[Path], Window]]:
    """Makes windows, and closes them when the test is over."""
    made: list[Window] = []

    def make(folder: Path) -> Window:
        window = Window(folder)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        made.append(window)
        return window

    yield make
    for window in made:
        if not window.leaving:
            with qtbot.waitSignal(window.over, timeout=OPENING):
                window.close()
        qtbot.waitUntil(lambda w=window: not w.jobs.running, timeout=OPENING)
        window.close()
        window.deleteLater()


@pytest.fixture
def window(windows: Callable[[Path], Window], vault: Path, qtbot: QtBot) -> Window:
    """An opened window."""
    made = windows(vault)
    with qtbot.waitSignal(made.opened, timeout=OPENING):
        made.opening.unlock(PASSPHRASE)
    return made


@pytest.fixture
def shell(window: Window, qtbot: QtBot) -> Shell:
    """Its shell, when the first reads are done."""
    assert window.shell is not None
    settle(window, qtbot)
    return window.shell


def settle(window: Window, qtbot: QtBot) -> None:
    """Wait until nothing is read or written any more."""
    qtbot.wait(30)  # the counts are read a moment after the last change
    qtbot.waitUntil(lambda: window.shell is None or window.shell.resting, timeout=OPENING)
    qtbot.wait(20)


def got(shell: Shell, qtbot: QtBot, work: Callable[..., object]) -> object:
    """What a read gives."""
    found: list[object] = []
    shell.read(shell, work, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=OPENING)
    return found[0]
