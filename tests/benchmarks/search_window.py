"""What `tests.benchmarks.search` measures in the window itself: from a key in the search field to the painted rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gallery._album import application
from ui.pages.people.view import PeopleView
from ui.widgets.fields import Search
from ui.window import Window

SIZE = (1366, 768)
_PATIENCE = 60.0  # seconds


def painted(folder: Path, passphrase: str, typed: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each key until the first rows are painted, and until everybody is found; each text is typed letter by letter and then
    taken out as a whole, which is not measured."""
    application()
    window = Window(folder)
    window.resize(*SIZE)
    window.show()
    opened: list[bool] = []
    window.opened.connect(lambda: opened.append(True))
    window.opening.unlock(passphrase)
    _until(lambda: bool(opened))
    shell = window.shell
    assert shell is not None
    shell.open("people")
    _until(lambda: shell.resting)
    page = shell.page
    assert isinstance(page, PeopleView)
    first: list[float] = []
    whole: list[float] = []
    for text in typed:
        for at in range(len(text)):
            rows, everybody = _key(page, text[at])
            first.append(rows)
            whole.append(everybody)
            _until(lambda: shell.resting)
        page.findChild(Search, "people_search").clear()
        _until(lambda: shell.resting)
    window.close()
    _until(lambda: not window.jobs.running)
    return first, whole


def _key(page: PeopleView, letter: str) -> tuple[float, float]:
    """One letter: milliseconds to its first rows and to all of its rows."""
    state, line = page._state, page.findChild(Search, "people_search")
    shown: list[float] = []
    told: list[float] = []
    found = state.found.connect(lambda: shown.append(time.perf_counter()))  # called after the view has painted
    grown = state.grown.connect(lambda: told.append(time.perf_counter()))
    began = time.perf_counter()
    if ord(letter) < 128:
        QTest.keyClicks(line, letter)
    else:
        line.insert(letter)
    _until(lambda: bool(shown) and (bool(told) or state.result is None or state.result.rest is None))
    state.found.disconnect(found)
    state.grown.disconnect(grown)
    return (shown[-1] - began) * 1000, ((told or shown)[-1] - began) * 1000


def _until(done: Callable[[], bool]) -> None:
    began = time.perf_counter()
    while not done():
        if time.perf_counter() - began > _PATIENCE:
            raise TimeoutError("the window never came to rest")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
