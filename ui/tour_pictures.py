"""The screens of a vault as pictures, drawn without a screen: what the tour leaves beside the papers."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop.domain.ids import RecordId
from desktop.services import history, people
from desktop.services.session import Session
from ui import words
from ui.shell import PLACES, Shell
from ui.theme import style
from ui.window import Window

SIZE = (1366, 768)
LONGEST = 60.0  # seconds to wait for anything before the tour gives up
CALM = 0.45  # seconds without work after which a page is drawn: counts are read again 0.4 s after a page opens
Result = TypeVar("Result")


def take(vault: Path, passphrase: str, out: Path) -> list[Path]:
    """Draw the unlock screen and every page, in English and in Burmese, into the folder `out`; returns the files. TimeoutError if a page
    does not come to rest. One call in a process: Qt is started and not ended."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["waystation"])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    style.apply(application)
    made: list[Path] = []
    with _faults_rise():
        for language in ("en", "my"):
            words.use(language)
            with _window(vault) as window:
                made += [_draw(window, out, "unlock", language), *_pages(window, passphrase, out, language)]
    words.use("en")
    return made


@contextmanager
def _faults_rise() -> Iterator[None]:
    """A fault inside a page, which Qt would only print, ends the tour; Qt's own remarks about drawing unseen are not printed."""
    faults: list[BaseException] = []
    before = sys.excepthook
    sys.excepthook = lambda _kind, fault, _trace: faults.append(fault)
    qInstallMessageHandler(lambda *_remark: None)
    try:
        yield
    finally:
        sys.excepthook = before
        qInstallMessageHandler(None)
    if faults:
        raise faults[0]


@contextmanager
def _window(vault: Path) -> Iterator[Window]:
    """A window over the vault, which is locked again at the end."""
    window = Window(vault)
    window.resize(*SIZE)
    window.show()
    _rest(window)
    try:
        yield window
    finally:
        over: list[bool] = []
        window.over.connect(over.append)
        window.close()
        _until(lambda: bool(over))
        window.hide()
        window.deleteLater()


def _pages(window: Window, passphrase: str, out: Path, language: str) -> Iterator[Path]:
    window.opening.chose_language = True  # the language of this picture, not the one kept in the settings
    window.opening.unlock(passphrase)
    _until(lambda: window.shell is not None)
    shell = window.shell
    assert shell is not None
    if words.language() != language:
        shell.changed_language()
    person, decision = _read(shell, _somebody), _read(shell, _a_decision)
    where: dict[str, dict[str, object]] = {"person": {"person": person}, "longform": {"person": person}, "paper": {"person": person}}
    if decision is not None:
        where["answers"] = {"record": decision.record, "field": decision.field.name}
    for place in PLACES:
        if find_spec(f"ui.pages.{place.name}") is None:
            continue
        shell.open(place.name, **where.get(place.name, {}))
        _rest(window)
        yield _draw(window, out, place.name, language)


def _somebody(session: Session) -> RecordId:
    """The head of the newest household."""
    return people.rows(session, keys=people.find(session).keys[-1:])[0].id


def _a_decision(session: Session) -> history.TwoAnswers | None:
    return next(iter(history.conflicts(session)), None)


def _read(shell: Shell, work: Callable[[Session], Result]) -> Result:
    """Read on the thread of the vault, and wait for it."""
    found: list[Result] = []
    owner = QObject()
    shell.read(owner, work, found.append)
    _until(lambda: bool(found))
    return found[0]


def _draw(window: Window, out: Path, name: str, language: str) -> Path:
    path = out / f"{name}-{language}.png"
    if not window.grab().save(str(path)):
        raise OSError(f"{path.name} cannot be written")
    return path


def _until(done: Callable[[], bool]) -> None:
    """Let the window work until it is so. The tour has no event loop of its own: it is a script that looks at pages one by one."""
    began = time.monotonic()
    while not done():
        if time.monotonic() - began > LONGEST:
            raise TimeoutError("the window did not come to rest")
        QApplication.processEvents()
        time.sleep(0.005)


def _rest(window: Window) -> None:
    """Wait until nothing has been under way for a moment."""
    calm_since = [time.monotonic()]

    def calm() -> bool:
        if window.jobs.busy:
            calm_since[0] = time.monotonic()
        return time.monotonic() - calm_since[0] > CALM

    _until(calm)
