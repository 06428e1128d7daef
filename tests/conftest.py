"""What every test shares: no screen, private folders, and nothing left behind.

``--onscreen`` shows the windows. Tools of the system: ``@pytest.mark.needs("strace")`` skips where it is absent, and the fixture
``tool("strace")`` gives its path. What a test may leave behind on purpose: ``@pytest.mark.leaves("log", reason="...")``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.leftovers import KINDS, Leftovers, watch_qt

SCREEN_TOOLS = ("Xvfb", "xauth", "xdotool", "openbox")
ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--onscreen``."""
    parser.addoption("--onscreen", action="store_true", help="show the windows instead of drawing them unseen")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Moves every place where programs keep things into one folder, before anything asks for them."""
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    private = Path(tempfile.mkdtemp(prefix="waystation-tests-"))
    config.stash[_PRIVATE] = private
    for name, folder in _places(private).items():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ[name] = str(folder)
    tempfile.tempdir = None
    if config.option.basetemp is None:
        config.option.basetemp = str(private / "tests")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes the private folder."""
    shutil.rmtree(config.stash[_PRIVATE], ignore_errors=True)


_PRIVATE = pytest.StashKey[Path]()


def _places(private: Path) -> dict[str, Path]:
    home = private / "home"
    return {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": private / "run",
        "HYPOTHESIS_STORAGE_DIRECTORY": private / "hypothesis",
        "TMPDIR": private / "tmp",
        "TEMP": private / "tmp",
        "TMP": private / "tmp",
    }


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what needs an absent tool."""
    wanted = [command for mark in item.iter_markers("needs") for command in mark.args]
    if item.get_closest_marker("screen"):
        wanted += SCREEN_TOOLS
    for command in wanted:
        _tool(command)


def _tool(command: str) -> str:
    path = shutil.which(command)
    if path is None:
        pytest.skip(f"{command} is not installed")
    return path


@pytest.fixture
def tool() -> Callable[[str], str]:
    """Gives the path of a tool of the system, or skips the test: ``tool("pdftotext")``."""
    return _tool


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def qapp(qapp: object) -> object:
    """The Qt application, with the program's own fonts: a system without fonts would draw boxes."""
    from PySide6.QtGui import QFontDatabase

    for font in sorted((ROOT / "resources" / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))
    return qapp


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that leaves a thread, a running timer, a temporary file or an unexpected line in the log."""
    allowed = _allowed(request.node)
    watch_qt()
    before = Leftovers.now()
    yield
    logged = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    found = before.since(logged)
    problems = [line for kind, lines in found.items() if kind not in allowed for line in lines]
    if problems:
        pytest.fail("left behind: " + "; ".join(problems), pytrace=False)


def _allowed(item: pytest.Item) -> set[str]:
    allowed: set[str] = set()
    for mark in item.iter_markers("leaves"):
        if not mark.kwargs.get("reason") or not set(mark.args) <= set(KINDS):
            raise pytest.UsageError(f"{item.nodeid}: leaves() takes some of {KINDS} and a reason")
        allowed |= set(mark.args)
    return allowed
