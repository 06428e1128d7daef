"""The window over a real vault with invented people in it; only stretching its passphrases is made cheap."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Role
from desktop.services import people, practice
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.stretching import quick
from tests.ui.door import Recorded
from ui import messages, words
from ui.pages.paper.view import PaperView
from ui.shell import Shell
from ui.theme import style
from ui.window import Window

Unlocked = Callable[..., Window]
"""`unlocked(folder, passphrase)`, see the fixture."""
PASSPHRASE = "amber river stone lantern"
OPENING = 20_000  # milliseconds that anything may take on a busy machine
_MOMENT, _LOOKS = 3, 4  # milliseconds between two looks, and how many in a row find nothing to do
_WHILE = 15  # milliseconds between looks while there is something to do: who looks takes time from who works


@pytest.fixture(scope="session", autouse=True)
def quickly() -> Iterator[None]:
    """No test of the window is about how much a guess of a passphrase costs."""
    with quick():
        yield


@pytest.fixture(scope="session", autouse=True)
def look(qapp: QApplication) -> None:
    """The look of the program, once."""
    style.apply(qapp)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test begins in English, and counts are read at once after a change."""
    monkeypatch.setattr("ui.shell._LOOK_AGAIN", 1)
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
def unlocked(windows: Callable[[Path], Window], qtbot: QtBot) -> Unlocked:
    """Makes a window and opens a folder in it, as the coordinator or as whoever has that passphrase; the first reads are done."""

    def unlock(folder: Path, passphrase: str = PASSPHRASE) -> Window:
        window = windows(folder)
        with qtbot.waitSignal(window.opened, timeout=OPENING):
            window.opening.unlock(passphrase)
        settle(window, qtbot)
        return window

    return unlock


@pytest.fixture
def window(unlocked: Unlocked, vault: Path) -> Window:
    """An opened window."""
    return unlocked(vault)


@pytest.fixture
def shell(window: Window) -> Shell:
    """Its shell, when the first reads are done."""
    assert window.shell is not None
    return window.shell


@pytest.fixture
def paper(shell: Shell, window: Window, qtbot: QtBot) -> PaperView:
    """The Paper page with somebody chosen."""
    first = got(shell, qtbot, lambda session: people.rows(session, keys=list(people.find(session).keys)[:1])[0])
    assert isinstance(first, people.PersonRow)
    shell.open("paper", person=first.id)
    settle(window, qtbot)
    assert isinstance(shell.page, PaperView)
    return shell.page


def settle(window: Window, qtbot: QtBot) -> None:
    """Wait until nothing is read or written any more: what was read is shown, and showing it may read more."""
    patience, quiet = time.monotonic() + 3 * OPENING / 1000, 0
    while quiet < _LOOKS:
        assert time.monotonic() < patience, "the window does not come to rest"
        resting = window.shell is None or window.shell.resting
        quiet = quiet + 1 if resting else 0
        qtbot.wait(_MOMENT if resting else _WHILE)


def got(shell: Shell, qtbot: QtBot, work: Callable[[Session], Any]) -> Any:
    """What a read gives."""
    found: list[Any] = []
    shell.read(shell, work, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=OPENING)
    return found[0]
