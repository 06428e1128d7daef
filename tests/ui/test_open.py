"""The ways in, over real vaults: the first run, unlocking, the recovery sheet, and the ways out again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Folder
from desktop.journal import projections
from desktop.services import people, vaults
from desktop.services.projections import search
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.ui import looking
from tests.ui.conftest import OPENING, PASSPHRASE, Unlocked, got, settle
from tests.ui.door import Recorded
from tests.ui.walk import clipped, nameless
from ui import words
from ui.code_groups import Sheet, groups
from ui.window import Window

Windows = Callable[[Path], Window]


def field(window: Window, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit), name
    return found


def button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def type_into(qtbot: QtBot, window: Window, name: str, text: str) -> None:
    one = field(window, name)
    one.setFocus()
    qtbot.keyClicks(one, text)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new vault is stretched at the floor."""
    monkeypatch.setattr(vaults, "create", partial(vaults.create, quick=True))


def look_over(window: Window) -> None:
    for size in ((1366, 768), (1280, 650)):
        window.resize(*size)
        window.repaint()
        assert nameless(window) == []
        assert clipped(window) == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("language", ["en", "my"])
def test_first_run(windows: Windows, tmp_path: Path, qtbot: QtBot, door: Recorded, language: str) -> None:
    words.use(language)
    window = windows(tmp_path / "new")
    look_over(window)
    qtbot.mouseClick(button(window, "go_on"), Qt.MouseButton.LeftButton)
    assert window.opening.step == "place"
    assert field(window, "site").property("wrong") == "true"
    type_into(qtbot, window, "site", "Riverside")
    type_into(qtbot, window, "volunteer", "Thiri")
    qtbot.keyClick(field(window, "volunteer"), Qt.Key.Key_Return)
    assert window.opening.step == "passphrase"
    type_into(qtbot, window, "new_passphrase", "abc")
    qtbot.wait(60)
    assert not button(window, "go_on").isEnabled()
    field(window, "new_passphrase").clear()
    type_into(qtbot, window, "new_passphrase", PASSPHRASE)
    type_into(qtbot, window, "new_passphrase_again", PASSPHRASE)
    qtbot.waitUntil(lambda: button(window, "go_on").isEnabled(), timeout=5000)
    look_over(window)
    qtbot.keyClick(field(window, "new_passphrase_again"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.opening.step == "sheet", timeout=OPENING)
    look_over(window)
    assert window.opening.sheet is not None
    parts = groups(window.opening.sheet.code)
    assert len(parts) == 8
    qtbot.mouseClick(button(window, "sheet_by_hand"), Qt.MouseButton.LeftButton)
    assert all(part in door.asked[-1].text for part in parts)
    first, second = (group.number - 1 for group in window.opening.sheet.asked)
    type_into(qtbot, window, "group_1", parts[first].lower())
    type_into(qtbot, window, "group_2", "zzzz" if parts[second] != "ZZZZ" else "yyyy")
    assert not button(window, "open_waystation").isEnabled()
    field(window, "group_2").setText(parts[second])
    assert button(window, "open_waystation").isEnabled()
    with qtbot.waitSignal(window.opened, timeout=OPENING):
        qtbot.mouseClick(button(window, "open_waystation"), Qt.MouseButton.LeftButton)
    assert window.opening.sheet is None
    assert window.shell is not None
    assert (window.shell.who.site, window.shell.who.volunteer, window.shell.language) == ("Riverside", "Thiri", language)
    settle(window, qtbot)
    assert window.shell.page is not None
    assert window.shell.page.findChild(QWidget, "empty_register").isVisible()


def test_the_sheet_can_be_saved_after_a_warning(windows: Windows, tmp_path: Path, qtbot: QtBot, door: Recorded) -> None:
    window = windows(tmp_path / "new")
    window.opening.sheet = Sheet("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    window.opening.go("sheet")
    door.paths = [tmp_path / "sheet.pdf", tmp_path / "sheet.pdf"]
    qtbot.mouseClick(button(window, "sheet_save"), Qt.MouseButton.LeftButton)
    looking.go_on(window, qtbot)
    assert door.asked[-1].title == "The file will not be locked"
    assert not (tmp_path / "sheet.pdf").exists()
    door.answers = ["save"]
    qtbot.mouseClick(button(window, "sheet_save"), Qt.MouseButton.LeftButton)
    looking.go_on(window, qtbot)
    told = window.findChild(QWidget, "sheet_told")
    qtbot.waitUntil(told.isVisible, timeout=OPENING)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "my"])
def test_unlocking(windows: Windows, vault: Path, qtbot: QtBot, language: str) -> None:
    words.use(language)
    window = windows(vault)
    look_over(window)
    secret = field(window, "passphrase")
    qtbot.waitUntil(secret.hasFocus)
    qtbot.keyClicks(secret, "Wrong")
    qtbot.keyClick(secret, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    qtbot.keyClick(secret, Qt.Key.Key_Return)
    problem = window.findChild(QWidget, "passphrase_problem")
    qtbot.waitUntil(problem.isVisible, timeout=OPENING)
    assert window.shell is None
    assert secret.selectedText() != ""
    look_over(window)
    qtbot.keyClicks(secret, PASSPHRASE)
    assert not problem.isVisible()
    with qtbot.waitSignal(window.opened, timeout=OPENING):
        qtbot.keyClick(secret, Qt.Key.Key_Return)
    assert window.shell is not None
    assert window.shell.language == "en"  # what the vault says, not the unlock screen


def test_caps_lock_is_told(windows: Windows, vault: Path, qtbot: QtBot) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QKeyEvent

    window = windows(vault)
    secret, told = field(window, "passphrase"), window.findChild(QWidget, "passphrase_caps")
    for text, on in (("a", False), ("B", True), ("C", True), ("d", False)):
        QCoreApplication.sendEvent(secret, QKeyEvent(QEvent.Type.KeyPress, ord(text.upper()), Qt.KeyboardModifier.NoModifier, text))
        assert told.isVisible() is on, text


def test_a_second_window_is_refused_with_its_own_sentence(window: Window, windows: Windows, qtbot: QtBot) -> None:
    other = windows(window.folder)
    field(other, "passphrase").setText(PASSPHRASE)
    button(other, "unlock").click()
    problem = other.findChild(QWidget, "passphrase_problem_words")
    qtbot.waitUntil(lambda: "another window" in problem.text(), timeout=OPENING)  # type: ignore[union-attr]


def test_language_changes_before_unlocking_and_keeps_what_is_typed(windows: Windows, vault: Path, qtbot: QtBot) -> None:
    window = windows(vault)
    field(window, "passphrase").setText(PASSPHRASE)
    button(window, "open_language").click()
    assert words.language() == "my"
    assert field(window, "passphrase").text() == PASSPHRASE
    with qtbot.waitSignal(window.opened, timeout=OPENING):
        button(window, "unlock").click()
    assert window.shell is not None
    assert window.shell.language == "my"


def test_the_recovery_sheet_opens_and_sets_a_new_passphrase(windows: Windows, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "vault"
    made, code = Vault.create(folder, site="Riverside", name="Naw Eh", passphrase=PASSPHRASE, hardness=FLOOR)
    made.close()
    window = windows(folder)
    button(window, "use_recovery_sheet").click()
    look_over(window)
    field(window, "recovery_code").setText("0000-1111-2222-3333-4444-5555-6666-7777")
    field(window, "new_passphrase").setText("garden " + PASSPHRASE)
    field(window, "new_passphrase_again").setText("garden " + PASSPHRASE)
    qtbot.waitUntil(lambda: button(window, "recover").isEnabled(), timeout=5000)
    button(window, "recover").click()
    qtbot.waitUntil(lambda: field(window, "recovery_code").property("wrong") == "true", timeout=OPENING)
    field(window, "recovery_code").setText(code.lower())
    with qtbot.waitSignal(window.opened, timeout=OPENING):
        button(window, "recover").click()


def test_a_sheet_in_three_parts_is_read_back_and_any_two_of_them_open(windows: Windows, tmp_path: Path, qtbot: QtBot, door: Recorded) -> None:
    folder = tmp_path / "vault"
    made, code = Vault.create(folder, site="Riverside", name="Naw Eh", passphrase=PASSPHRASE, hardness=FLOOR)
    made.close()
    sheet = Sheet(code)
    window = windows(tmp_path / "new")
    window.opening.sheet = sheet
    window.opening.go("sheet")
    qtbot.keyClick(button(window, "sheet_ways_parts"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: button(window, "sheet_ways_parts").isChecked() and sheet.divided)
    settle(window, qtbot)
    look_over(window)
    qtbot.mouseClick(button(window, "sheet_by_hand"), Qt.MouseButton.LeftButton)
    rows = {f"{part.number} + {along}": row for part in sheet.parts for along, row in part.rows.items()}
    assert all(" ".join(groups(row)) in door.asked[-1].text for row in rows.values())
    assert code not in door.asked[-1].text.replace(" ", "")
    door.answers, door.paths = ["save"], [tmp_path / "parts.pdf"]
    qtbot.mouseClick(button(window, "sheet_save"), Qt.MouseButton.LeftButton)
    looking.go_on(window, qtbot)
    qtbot.waitUntil((tmp_path / "parts.pdf").exists, timeout=OPENING)
    for at, group in enumerate(sheet.asked, 1):
        field(window, f"group_{at}").setText(group.characters)
    assert button(window, "open_waystation").isEnabled()

    window = windows(folder)
    button(window, "use_recovery_sheet").click()
    qtbot.keyClick(button(window, "recovery_ways_parts"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.findChild(QWidget, "recovery_part_2") is not None)
    look_over(window)
    field(window, "new_passphrase").setText("garden " + PASSPHRASE)
    field(window, "new_passphrase_again").setText("garden " + PASSPHRASE)
    for one, other, wrong in (("2 + 3", "3 + 1", 2), ("2 + 3", "", 2), ("", "3 + 2", 1)):
        field(window, "recovery_part_1").setText(rows.get(one, "7" * 32))
        field(window, "recovery_part_2").setText(rows.get(other, "7" * 32))
        qtbot.waitUntil(lambda: button(window, "recover").isEnabled(), timeout=5000)
        button(window, "recover").click()
        qtbot.waitUntil(lambda wrong=wrong: field(window, f"recovery_part_{wrong}").property("wrong") == "true", timeout=OPENING)
    field(window, "recovery_part_1").setText(rows["2 + 3"].lower())
    field(window, "recovery_part_2").setText(" ".join(groups(rows["3 + 2"])))
    with qtbot.waitSignal(window.opened, timeout=OPENING):
        button(window, "recover").click()


def test_practice_needs_nothing_and_leaves_nothing(windows: Windows, tmp_path: Path, qtbot: QtBot) -> None:
    window = windows(tmp_path / "new")
    with qtbot.waitSignal(window.opened, timeout=60_000):
        button(window, "practise").click()
    assert window.shell is not None
    assert window.shell.practice
    settle(window, qtbot)
    with qtbot.waitSignal(window.over, timeout=OPENING) as over:
        window.close()
    assert over.args == [False]
    assert not (tmp_path / "new").exists()


def test_a_place_with_other_things_in_it_gets_a_folder_of_its_own(windows: Windows, vault: Path, tmp_path: Path, qtbot: QtBot, door: Recorded) -> None:
    window = windows(tmp_path / "new")
    full, empty = tmp_path / "full", tmp_path / "empty"
    for one in (full, empty):
        one.mkdir()
    (full / "letter.txt").touch()
    for chosen, folder in ((full, full / "Waystation"), (empty, empty), (tmp_path / "none", tmp_path / "none"), (vault, vault)):
        door.paths = [chosen]
        qtbot.mouseClick(button(window, "another_place"), Qt.MouseButton.LeftButton)
        assert window.opening.folder == folder
    assert window.opening.step == "unlock"


@pytest.fixture
def older(vault: Path) -> Path:
    """A folder whose lists another version of the program made."""
    opened = Vault.open(vault, PASSPHRASE)
    database = opened.database(Folder.RECEPTION)
    assert database is not None
    database.execute("DROP TABLE search_beside")
    database.execute("UPDATE person_list SET name = 'as it was'")
    opened.close()
    return vault


def test_lists_of_another_version_are_made_ready_before_anything_is_shown(
    windows: Windows, older: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projections, "CHUNK", 2)
    window = windows(older)
    said: list[str] = []
    window.opening.working.connect(said.append)
    with qtbot.waitSignal(window.opened, timeout=OPENING):
        window.opening.unlock(PASSPHRASE)
    assert any(words.tr("The lists are made ready for the new program: {share} of 100. Nothing is lost if you close the window.", share="0") == one for one in said)
    settle(window, qtbot)
    assert window.shell is not None
    rows = got(window.shell, qtbot, lambda session: people.rows(session, keys=people.find(session, state="").keys))
    assert {row.name for row in rows} - {""}
    assert all(row.name != "as it was" for row in rows)


def closed_while_it_opens(window: Window, qtbot: QtBot, begun: threading.Event, hold: threading.Event) -> None:
    """The window goes while the thread of the data is held; then that is let go."""
    window.opening.unlock(PASSPHRASE)
    qtbot.waitUntil(begun.is_set, timeout=OPENING)
    with qtbot.waitSignal(window.over, timeout=OPENING):
        window.close()
        hold.set()
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=OPENING)


def test_a_window_closed_while_lists_are_made_ready_leaves_them_as_they_were(
    windows: Windows, unlocked: Unlocked, older: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projections, "CHUNK", 2)
    begun, hold, put = threading.Event(), threading.Event(), search.put

    def slow(*told: object) -> None:
        begun.set()
        assert hold.wait(20)
        put(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(search, "put", slow)
    window = windows(older)
    closed_while_it_opens(window, qtbot, begun, hold)
    opened = Vault.open(older, PASSPHRASE)
    database = opened.database(Folder.RECEPTION)
    assert database is not None
    assert database.execute("SELECT count(*) FROM person_list WHERE name <> 'as it was'").fetchone() == (0,), "all or nothing"
    opened.close()
    monkeypatch.setattr(search, "put", put)
    again = unlocked(older)
    assert again.shell is not None
    named = got(again.shell, qtbot, lambda session: {row.name for row in people.rows(session, keys=people.find(session).keys)})
    assert "as it was" not in named
    assert len(named) > 1


def test_a_window_closed_while_it_opens_shows_nothing_and_locks(
    windows: Windows, vault: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, hold, work = threading.Event(), threading.Event(), vaults.open_vault

    def slow(folder: Path, *, passphrase: str) -> Session:
        begun.set()
        assert hold.wait(20)
        return work(folder, passphrase=passphrase)

    monkeypatch.setattr(vaults, "open_vault", slow)
    window = windows(vault)
    closed_while_it_opens(window, qtbot, begun, hold)
    assert window.shell is None
    Vault.open(vault, PASSPHRASE).close()
