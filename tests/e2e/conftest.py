"""A screen of its own for the tests that drive the real program, and a picture of it where one fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.driver import ROOT, Screen, missing

PICTURES = ROOT / "out" / "e2e"


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """An empty laptop with a screen. Skips, with the reason, where the system lacks a tool for it."""
    lacking = missing()
    if lacking:
        pytest.skip(lacking)
    with Screen(tmp_path_factory.mktemp("screen")) as made:
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder in place of a stick."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Keeps a picture of the screen at the moment of a failure."""
    report = yield
    screen = getattr(item, "funcargs", {}).get("screen")
    if call.when == "call" and report.failed and isinstance(screen, Screen):
        picture = screen.shot(PICTURES / f"{item.name}.png")
        report.sections.append(("the screen", f"{picture}\n{screen.log()[-2000:]}"))
    return report
