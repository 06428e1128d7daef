"""Many pages at once: stopped and locked in the middle, and more files than there may be. What was not filed is nowhere, and it is told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.paper.scanning import apart, marks
from desktop.services import scans
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.desktop.paper import pens
from tests.ui.conftest import OPENING, PASSPHRASE, got, settle
from tests.ui.dropping import drop
from tests.ui.sheets import care_pad, scan_of, strings
from ui.jobs import Handle
from ui.pages.scans.view import ScansView
from ui.shell import Shell
from ui.window import Window

MANY = 60


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that opened files."""
    found: list[subprocess.Popen[bytes]] = []
    start = apart._started

    def started() -> subprocess.Popen[bytes]:
        found.append(start())
        return found[-1]

    monkeypatch.setattr(apart, "_started", started)
    return found


@pytest.fixture
def sixty(shell: Shell, qtbot: QtBot, tmp_path: Path) -> tuple[Path, ...]:
    """So many scans of pages of three cases."""
    contents = []
    for code in strings(got(shell, qtbot, care_pad)):
        content = got(shell, qtbot, scan_of({("2", 1): pens.CROSS}, code))
        assert isinstance(content, bytes)
        contents.append(content)
    paths = tuple(tmp_path / f"{at}.jpg" for at in range(MANY))
    for at, path in enumerate(paths):
        path.write_bytes(contents[at % 3])
    return paths


def reading(shell: Shell, qtbot: QtBot, paths: tuple[Path, ...], after: int = 2) -> tuple[ScansView, Handle]:
    """The page while these files are read, when some were, and what can stop it."""
    shell.open("scans", files=paths)
    page = shell.page
    assert isinstance(page, ScansView)

    def now() -> list[Handle]:
        return [one for one in shell.jobs._open if one.can_cancel and one.words == "Reading the pages…"]

    qtbot.waitUntil(lambda: bool(now()), timeout=OPENING)
    steps: list[tuple[int, int]] = []
    now()[0].steps.connect(lambda done, whole: steps.append((done, whole)))
    qtbot.waitUntil(lambda: bool(steps) and steps[-1][0] >= after, timeout=OPENING)
    assert steps[-1][1] == MANY, "it says how many there are"
    return page, now()[0]


def left_over(folder: Path) -> list[str]:
    return [one.name for one in (folder / "files").iterdir()] if (folder / "files").is_dir() else []


def test_stopped_in_the_middle(
    shell: Shell, window: Window, qtbot: QtBot, sixty: tuple[Path, ...], opened: list[subprocess.Popen[bytes]], vault: Path,
) -> None:
    before = left_over(vault)
    page, handle = reading(shell, qtbot, sixty)
    handle.cancel()
    qtbot.waitUntil(lambda: handle.over, timeout=OPENING)
    settle(window, qtbot)
    assert page._state.told == [("It was stopped. None of these pages was kept.", "second")]
    assert (page._state.scans, page._state.waiting) == ([], [])
    assert got(shell, qtbot, scans.lately) == []
    assert opened
    assert all(one.poll() is not None for one in opened)
    assert left_over(vault) == before


def test_locked_in_the_middle(
    shell: Shell, window: Window, qtbot: QtBot, sixty: tuple[Path, ...], opened: list[subprocess.Popen[bytes]], vault: Path,
) -> None:
    before = left_over(vault)
    reading(shell, qtbot, sixty)
    with qtbot.waitSignal(window.over, timeout=OPENING):
        window.lock()
    assert opened
    qtbot.waitUntil(lambda: all(one.poll() is not None for one in opened), timeout=OPENING)
    session = Session(Vault.open(vault, PASSPHRASE))
    assert scans.lately(session) == []
    session.close()
    assert left_over(vault) == before


def pictures(folder: Path, count: int) -> list[Path]:
    """Small pictures with nothing to read on them."""
    paths = [folder / f"{at}.png" for at in range(count)]
    for at, path in enumerate(paths):
        Image.new("L", (120, 160), at % 256).save(path)
    return paths


def test_two_hundred_files_dropped_at_once(shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    shell.open("scans")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, ScansView)
    assert drop(window, pictures(tmp_path, scans.MOST_PAGES), page)
    qtbot.waitUntil(lambda: len(page._state.waiting) == scans.MOST_PAGES, timeout=3 * OPENING)
    settle(window, qtbot)
    assert {why for _, why in page._state.waiting} == {"scan.no_number"}
    assert got(shell, qtbot, scans.lately) == []


def test_more_pages_than_there_may_be(
    shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[subprocess.Popen[bytes]],
) -> None:
    counted: list[int] = []
    count: Callable[..., int] = apart.Opener.count
    monkeypatch.setattr(apart.Opener, "count", lambda self, *asked: counted.append(1) or count(self, *asked))
    monkeypatch.setattr(marks, "codes_in", lambda _picture: pytest.fail("none is read"))
    monkeypatch.setattr(scans, "MOST_PAGES", 5)
    shell.open("scans", files=tuple(pictures(tmp_path, 40)))
    page = shell.page
    assert isinstance(page, ScansView)
    qtbot.waitUntil(lambda: bool(page._state.told), timeout=OPENING)
    settle(window, qtbot)
    assert page._state.told[0] == ("These are too many pages at once. Give at most 5 pages at a time.", "danger")
    assert len(counted) == 6
    assert all(one.poll() is not None for one in opened)
