"""The shell over a real vault: language, lock, undo, palette, help, what is told after a save."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UserError
from desktop.services import history, people, settings, upkeep
from desktop.services.session import Session
from tests.ui.conftest import OPENING, Unlocked, got, settle
from tests.ui.door import Recorded
from ui import words
from ui.finder import Finder
from ui.idle import IdleLock
from ui.shell import Shell
from ui.window import Window


def test_f2_changes_the_language_and_keeps_what_is_typed(shell: Shell, qtbot: QtBot) -> None:
    shell.open("settings", show="place")
    settle(shell.window(), qtbot)  # type: ignore[arg-type]
    typed = shell.findChild(QLineEdit, "site_name")
    assert isinstance(typed, QLineEdit)
    typed.setFocus()
    typed.setText("Hill Scho")
    qtbot.keyClick(shell.window(), Qt.Key.Key_F2)
    assert words.language() == "my"
    again = shell.findChild(QLineEdit, "site_name")
    assert isinstance(again, QLineEdit)
    assert again is not typed
    assert again.text() == "Hill Scho"
    settle(shell.window(), qtbot)  # type: ignore[arg-type]
    assert shell.place == "settings"
    assert getattr(got(shell, qtbot, settings.settings), "language", "") == "my"


def test_locking_ends_and_asks_for_a_fresh_start(window: Window, qtbot: QtBot, unlocked: Unlocked) -> None:
    with qtbot.waitSignal(window.over, timeout=OPENING) as over:
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert over.args == [True]
    assert window.shell is None
    assert window.findChild(QWidget, "locking") is not None
    unlocked(window.folder)  # what was locked can be opened again


def test_closing_ends_without_a_fresh_start(window: Window, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.over, timeout=OPENING) as over:
        window.close()
    assert over.args == [False]


def test_nobody_at_the_laptop_locks_it(qtbot: QtBot) -> None:
    now, locked, parent = [0.0], [], QObject()
    watch = IdleLock(parent, 10, lambda: locked.append(now[0]), clock=lambda: now[0])
    now[0] = 599
    watch.look()
    assert locked == []
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    watch.watch(field.windowHandle())
    qtbot.keyClick(field.windowHandle(), Qt.Key.Key_A)
    now[0] = 1198
    watch.look()
    assert locked == []
    now[0] = 1199
    watch.look()
    watch.end()
    assert locked == [1199]


def test_ctrl_k_finds_a_command_and_does_it(shell: Shell, qtbot: QtBot) -> None:
    window = shell.window()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    finder = shell.findChild(Finder)
    assert isinstance(finder, Finder)
    qtbot.waitUntil(finder.search.hasFocus)
    qtbot.keyClicks(finder.search, "sett")
    qtbot.keyClick(finder.search, Qt.Key.Key_Return)
    assert shell.place == "settings"
    qtbot.waitUntil(lambda: shell.findChild(Finder) is None)
    shell.find_command()
    finder = shell.findChild(Finder)
    assert isinstance(finder, Finder)
    qtbot.keyClicks(finder.search, "qqq")
    qtbot.keyClick(finder.search, Qt.Key.Key_Escape)
    qtbot.keyClick(finder, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shell.findChild(Finder) is None)


def test_f1_explains_the_page(shell: Shell, qtbot: QtBot) -> None:
    for name in ("today", "stick", "paper", "settings"):
        shell.open(name)
        with qtbot.waitActive(shell.window()):
            shell.window().activateWindow()
        qtbot.keyClick(shell.window(), Qt.Key.Key_F1)
        box = shell.window().findChild(QDialog, "help")
        assert isinstance(box, QDialog), name
        box.reject()
        qtbot.waitUntil(lambda: shell.window().findChild(QDialog, "help") is None)


def test_ctrl_z_takes_back_the_last_save(shell: Shell, qtbot: QtBot, door: Recorded) -> None:
    window = shell.window()
    shell.undo()
    qtbot.waitUntil(lambda: bool(door.asked))  # there is nothing yet
    first = got(shell, qtbot, lambda session: people.rows(session, keys=list(people.find(session).keys)[:1])[0])
    assert isinstance(first, people.PersonRow)

    def township(session: object) -> object:
        return people.page(session, person=first.id).fields["township"].value  # type: ignore[arg-type]

    before = got(shell, qtbot, township)
    shell.do(shell, lambda session: people.change(session, record=first.id, values={"township": "Loikaw Two"}))
    assert got(shell, qtbot, township) == "Loikaw Two"
    assert got(shell, qtbot, history.undoable) != ""
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: got(shell, qtbot, township) == before, timeout=OPENING)


def test_a_save_is_told_in_the_status_line(shell: Shell, qtbot: QtBot) -> None:
    told = shell.findChild(QWidget, "status_saved_words")
    assert told.text() == "Ready"  # type: ignore[union-attr]
    shell.do(shell, lambda session: settings.change(session, paper_size="Letter"))
    qtbot.waitUntil(lambda: told.text().startswith("Saved "), timeout=OPENING)  # type: ignore[union-attr]


def test_an_error_nobody_handles_is_shown_once(shell: Shell, qtbot: QtBot, door: Recorded) -> None:
    def fails(session: object) -> None:
        raise UserError("role.not_allowed")

    shell.read(shell, fails, lambda _none: None)
    qtbot.waitUntil(lambda: bool(door.asked))
    assert [one.title for one in door.asked] == ["Your role may not do this."]


def test_long_work_shows_a_box_that_stops_it(shell: Shell, qtbot: QtBot) -> None:
    import time

    def long(_session: object, progress: Callable[[int, int], None]) -> None:
        for at in range(5000):
            progress(at, 5000)
            time.sleep(0.002)

    over: list[bool] = []
    shell.run(shell, long, lambda _none: over.append(False), words="Reading the stick. Do not take it out yet.", settled=lambda: over.append(True))
    qtbot.waitUntil(lambda: shell.window().findChild(QDialog, "progress") is not None, timeout=3000)
    stop = shell.window().findChild(QPushButton, "progress_stop")
    assert isinstance(stop, QPushButton)
    stop.click()
    qtbot.waitUntil(lambda: over == [True], timeout=5000)
    qtbot.waitUntil(lambda: shell.window().findChild(QDialog, "progress") is None)


@pytest.mark.parametrize("name", ["today", "people", "contacts", "stick", "paper", "settings"])
def test_ctrl_and_a_number_go_to_a_page(shell: Shell, qtbot: QtBot, name: str) -> None:
    from importlib.util import find_spec

    from ui.shell import RAIL

    if find_spec(f"ui.pages.{name}") is None:
        pytest.skip("this page is not there")
    at = [place.name for place in RAIL].index(name)
    qtbot.keyClick(shell.window(), Qt.Key(Qt.Key.Key_1 + at), Qt.KeyboardModifier.ControlModifier)
    assert shell.place == name


def test_locking_while_practising_asks_before(shell: Shell, qtbot: QtBot, door: Recorded) -> None:
    shell.practice = True
    shell.lock()
    assert [message.title for message in door.asked] == ["End practising?"]
    shell.practice = False
    with qtbot.waitSignal(shell.locking):
        shell.lock()


def test_a_minute_at_rest_is_used_to_put_things_in_order(shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[Session] = []
    monkeypatch.setattr(upkeep, "tidy", lambda session: bool(steps.append(session)))
    hold = threading.Event()
    shell.read(shell, lambda _session: hold.wait(10), lambda _: None)
    shell._minute.timeout.emit()
    hold.set()
    qtbot.waitUntil(lambda: shell.resting, timeout=OPENING)
    assert steps == [], "somebody waited for something"
    shell._minute.timeout.emit()
    qtbot.waitUntil(lambda: shell.resting, timeout=OPENING)
    assert steps == [shell.session]
