"""Paper and Settings over a real vault."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Folder
from desktop.services import papers, people, settings, volunteers
from desktop.services.papers import Paper
from tests.ui.conftest import OPENING, PASSPHRASE, Unlocked, got, settle
from tests.ui.door import Recorded
from tests.ui.walk import clipped, nameless
from ui import printing, words
from ui.pages.paper.state import PaperState
from ui.pages.paper.view import PaperView
from ui.pages.settings.state import SettingsState
from ui.shell import Shell
from ui.widgets.labels import Words
from ui.window import Window


def press(shell: Shell, name: str) -> None:
    found = shell.window().findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    assert found.isEnabled(), name
    found.click()


def box(shell: Shell, name: str, qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: shell.window().findChild(QDialog, name) is not None, timeout=5000)
    found = shell.window().findChild(QDialog, name)
    assert isinstance(found, QDialog)
    return found


def typed(parent: QWidget, name: str, text: str) -> QLineEdit:
    found = parent.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit), name
    found.setText(text)
    return found


# ---- paper ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def printed_to(tmp_path: Path) -> Iterator[Path]:
    """Stands in for the system's printers: the pages go into a file."""
    path = tmp_path / "printed.pdf"

    def ask(_parent: QWidget, paper: Paper, copies: int, size: str, chosen: printing.Chosen) -> None:
        assert size == "A4"
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        printer.setDocName(paper.title)
        printer.setCopyCount(copies)
        chosen(printer)

    before = printing.use(ask)
    yield path
    printing.use(before)


def paper_state(view: PaperView) -> PaperState:
    return view._state


def test_the_slip_is_shown_printed_and_counted(paper: PaperView, shell: Shell, window: Window, qtbot: QtBot, printed_to: Path) -> None:
    state = paper_state(paper)
    assert state.paper is not None
    assert (state.document.code, state.paper.copy) == (papers.ARRIVAL_SLIP, 1)
    assert state.picture is not None
    assert state.picture.width() > 200
    assert state.person is not None
    assert paper.findChild(QLineEdit, "copies") is None  # carried: each copy says which one it is
    press(shell, "print")
    settle(window, qtbot)
    assert printed_to.read_bytes().startswith(b"%PDF")
    assert state.person.name.encode() not in printed_to.read_bytes()
    assert state.paper.copy == 2
    assert any("copy 2" in one.text() for one in paper.findChildren(Words))


def test_paper_with_names_is_printed_only_after_a_question(
    paper: PaperView, shell: Shell, window: Window, qtbot: QtBot, printed_to: Path, door: Recorded
) -> None:
    paper_state(paper).choose(papers.HOUSEHOLD_LIST)
    settle(window, qtbot)
    press(shell, "print")
    settle(window, qtbot)
    assert door.asked[-1].title == "This page names people"
    assert not printed_to.exists()
    door.answers = ["go", "go"]  # the first time, what this computer keeps is told as well
    press(shell, "print")
    settle(window, qtbot)
    assert printed_to.exists()


def test_a_file_is_saved_only_after_a_warning(
    paper: PaperView, shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path, door: Recorded
) -> None:
    door.answers, door.paths = ["go"], [tmp_path / "slip.pdf"]
    press(shell, "save")
    settle(window, qtbot)
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert paper_state(paper).told == "saved"
    if os.geteuid() == 0:
        return
    (tmp_path / "locked").mkdir(mode=0o500)
    door.answers, door.paths = ["go"], [tmp_path / "locked" / "slip.pdf"]
    press(shell, "save")
    settle(window, qtbot)
    assert door.asked[-1].title == "Nothing can be written there."


def test_without_a_person_the_page_asks_for_one(shell: Shell, window: Window, qtbot: QtBot) -> None:
    shell.open("paper")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, PaperView)
    press(shell, "choose_for_whom")
    chooser = box(shell, "choose_person", qtbot)
    settle(window, qtbot)
    assert nameless(chooser) == []
    assert clipped(chooser) == []
    search = chooser.findChild(QLineEdit, "choose_search")
    assert isinstance(search, QLineEdit)
    qtbot.keyClicks(search, "zzzzqqq")
    settle(window, qtbot)
    assert any("Nobody by that name" in one.text() for one in chooser.findChildren(Words))
    search.clear()
    settle(window, qtbot)
    qtbot.keyClick(search, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert paper_state(page).person is not None
    assert paper_state(page).paper is not None


@pytest.mark.parametrize("way", ["key", "button"])
def test_whom_a_name_means_is_never_somebody_of_the_search_before(
    shell: Shell, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    shell.open("paper")
    settle(window, qtbot)
    press(shell, "choose_for_whom")
    chooser = box(shell, "choose_person", qtbot)
    settle(window, qtbot)
    rows = got(shell, qtbot, lambda session: people.rows(session, keys=people.find(session, state="").keys))
    wanted = rows[-1]
    assert wanted.key != rows[0].key
    hold, work = threading.Event(), people.find
    monkeypatch.setattr(people, "find", lambda session, **search: hold.wait(20) and work(session, **search))
    search = typed(chooser, "choose_search", "")
    qtbot.keyClicks(search, wanted.code)
    if way == "key":
        qtbot.keyClick(search, Qt.Key.Key_Return)
    else:
        press(shell, "choose_go")
    page = shell.page
    assert isinstance(page, PaperView)
    assert paper_state(page).person is None
    hold.set()
    settle(window, qtbot)
    chosen = paper_state(page).person
    assert chosen is not None
    assert chosen.id == wanted.id


# ---- settings ---------------------------------------------------------------------------------------------------------


def settings_state(shell: Shell) -> SettingsState:
    found = shell._states["settings"]
    assert isinstance(found, SettingsState)
    return found


def show(shell: Shell, window: Window, qtbot: QtBot, section: str) -> None:
    shell.open("settings", show=section)
    settle(window, qtbot)


@pytest.mark.parametrize("language", ["en", "my"])
def test_volunteers_are_added_changed_and_closed(shell: Shell, window: Window, qtbot: QtBot, door: Recorded, language: str) -> None:
    if language == "my":
        shell.changed_language()
    show(shell, window, qtbot, "volunteers")
    shell.commands.named("settings.add").do()  # type: ignore[union-attr]
    adding = box(shell, "add_volunteer_box", qtbot)
    typed(adding, "volunteer_name", "Thiri")
    for name in ("first_passphrase", "first_passphrase_again"):
        typed(adding, name, f"three {PASSPHRASE}")
    press(shell, "role_medic")
    assert words.language() == language
    assert nameless(adding) == []
    assert clipped(adding) == []
    go = adding.findChild(QPushButton, "add_go")
    assert isinstance(go, QPushButton)
    qtbot.waitUntil(go.isEnabled, timeout=5000)
    go.click()
    problem = adding.findChild(QWidget, "volunteer_name_problem")
    assert problem is not None
    qtbot.waitUntil(problem.isVisible, timeout=OPENING)  # the name is taken
    typed(adding, "volunteer_name", "Dr Mee")
    go.click()
    qtbot.waitUntil(lambda: shell.window().findChild(QDialog, "add_volunteer_box") is None, timeout=OPENING)
    settle(window, qtbot)
    found = {one.name: one for one in settings_state(shell).volunteers}
    assert found["Dr Mee"].folders == frozenset({Folder.RECEPTION, Folder.HEALTH})
    table = shell.window().findChild(QWidget, "volunteers_table")
    table.choose(found["Dr Mee"].id)  # type: ignore[union-attr]
    press(shell, "change_folders")
    changing = box(shell, "folders_box", qtbot)
    assert clipped(changing) == []
    press(shell, "opens_contacts")
    press(shell, "folders_go")
    qtbot.waitUntil(lambda: shell.window().findChild(QDialog, "folders_box") is None, timeout=OPENING)
    settle(window, qtbot)
    assert {one.name: len(one.folders) for one in settings_state(shell).volunteers}["Dr Mee"] == 3
    table = shell.window().findChild(QWidget, "volunteers_table")
    table.choose(found["Dr Mee"].id)  # type: ignore[union-attr]
    door.answers = ["go"]
    press(shell, "close_access")
    qtbot.waitUntil(lambda: all(one.name != "Dr Mee" for one in settings_state(shell).volunteers), timeout=OPENING)


def test_my_own_passphrase_is_changed(shell: Shell, window: Window, qtbot: QtBot) -> None:
    show(shell, window, qtbot, "lock")
    page = shell.page
    assert page is not None
    typed(page, "old_passphrase", "not this one at all")
    for name in ("new_passphrase", "new_passphrase_again"):
        typed(page, name, f"new {PASSPHRASE}")
    go = page.findChild(QPushButton, "change_passphrase")
    assert isinstance(go, QPushButton)
    qtbot.waitUntil(go.isEnabled, timeout=5000)
    go.click()
    problem = page.findChild(QWidget, "old_passphrase_problem")
    assert problem is not None
    qtbot.waitUntil(problem.isVisible, timeout=OPENING)
    assert clipped(window) == []
    typed(page, "old_passphrase", PASSPHRASE)
    go.click()
    qtbot.waitUntil(lambda: settings_state(shell).told == "passphrase", timeout=OPENING)
    old = page.findChild(QLineEdit, "old_passphrase")
    assert isinstance(old, QLineEdit)
    assert old.text() == ""


def test_a_new_recovery_sheet_is_read_back_before_it_is_forgotten(shell: Shell, window: Window, qtbot: QtBot, door: Recorded) -> None:
    show(shell, window, qtbot, "recovery")
    door.answers = ["go"]
    press(shell, "new_sheet")
    state = settings_state(shell)
    qtbot.waitUntil(lambda: state.sheet is not None, timeout=OPENING)
    assert state.sheet is not None
    settle(window, qtbot)
    page = shell.page
    assert page is not None
    assert clipped(window) == []
    done = page.findChild(QPushButton, "sheet_done")
    assert isinstance(done, QPushButton)
    assert not done.isEnabled()
    for name, group in zip(("group_1", "group_2"), state.sheet.asked):
        typed(page, name, group.characters)
    assert done.isEnabled()
    done.click()
    settle(window, qtbot)
    assert state.sheet is None
    from desktop.services import today

    assert getattr(got(shell, qtbot, today.today), "recovery_sheet_made", False)


def test_place_lock_time_and_paper_are_kept(shell: Shell, window: Window, qtbot: QtBot) -> None:
    show(shell, window, qtbot, "place")
    page = shell.page
    assert page is not None
    typed(page, "site_name", "Old Mill")
    press(shell, "keep_site")
    settle(window, qtbot)
    name = shell.window().findChild(Words, "rail_site")
    assert isinstance(name, Words)
    assert name.text() == "Old Mill"
    show(shell, window, qtbot, "language")
    press(shell, "paper_size_Letter")
    show(shell, window, qtbot, "lock")
    after = shell.window().findChild(QComboBox, "lock_minutes")
    assert isinstance(after, QComboBox)
    after.setCurrentIndex(after.findData("5"))
    after.activated.emit(after.currentIndex())
    settle(window, qtbot)
    kept = got(shell, qtbot, settings.settings)
    assert isinstance(kept, settings.Settings)
    assert (kept.site, kept.paper_size, kept.lock_minutes) == ("Old Mill", "Letter", 5)
    assert window._idle is not None
    assert window._idle.minutes == 5


def test_a_registrar_sees_but_cannot_change(unlocked: Unlocked, vault: Path, qtbot: QtBot) -> None:
    window = unlocked(vault, f"{PASSPHRASE} two")
    shell = window.shell
    assert shell is not None
    show(shell, window, qtbot, "volunteers")
    for name in ("add_volunteer", "change_folders", "give_passphrase", "close_access"):
        found = window.findChild(QPushButton, name)
        assert isinstance(found, QPushButton), name
        assert not found.isEnabled(), name
    assert shell.commands.named("settings.add") is None
    shell.open("today")
    settle(window, qtbot)
    assert shell.who.folders == frozenset({Folder.RECEPTION})
    assert isinstance(got(shell, qtbot, volunteers.volunteers), list)
