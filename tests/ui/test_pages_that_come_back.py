"""Pages that come back from the pen, in the window: they are dropped, filed, looked at and taken."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.changes import Changes
from desktop.domain.codes import shown
from desktop.domain.ids import RecordId
from desktop.services import any_form, pads, scans, tick_answers
from desktop.services.filling import questions
from desktop.services.scan_codes import SheetCode
from desktop.services.session import Session
from tests.desktop.paper import pens
from tests.ui.conftest import PASSPHRASE, Unlocked, got, settle
from tests.ui.door import Recorded
from tests.ui.dropping import drop
from tests.ui.sheets import arrival_pad, care_pad, listed, scan_of, strings, typed
from tests.ui.test_paper_and_settings import press, printed_to  # noqa: F401  # the fixture is used by name
from tests.ui.walk import clipped, nameless
from ui.pages.longform.view import LongformView
from ui.pages.register.view import RegisterView
from ui.pages.scans.view import ScansView
from ui.shell import Shell
from ui.window import Window


def test_dropped_pages_are_filed_and_their_ticks_are_taken_by_keyboard(shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    code = strings(got(shell, qtbot, care_pad))[1]
    content = got(shell, qtbot, scan_of({("2", 1): pens.CROSS, ("3", 2): pens.TICK, ("4", 1): pens.CROSS, ("4", 2): pens.CROSS, ("5", 2): pens.CROSS}, code))
    assert isinstance(content, bytes)
    path = tmp_path / "scan.jpg"
    path.write_bytes(content)
    lost = tmp_path / "lost.png"
    whole = Image.open(BytesIO(content))
    whole.crop((0, whole.height // 3, whole.width, whole.height)).save(lost)
    shell.open("today")
    settle(window, qtbot)
    assert shell.page is not None
    assert drop(window, [path, lost], shell.page)
    qtbot.waitUntil(lambda: shell.place == "scans", timeout=5000)
    page = shell.page
    assert isinstance(page, ScansView)
    qtbot.waitUntil(lambda: page._state.found is not None, timeout=20_000)
    settle(window, qtbot)
    state = page._state
    assert [scan.code for scan in state.scans] == [code]
    assert len(state.waiting) == 1
    rows = listed(page, "scans_found")
    assert [row.split(",")[0] for row in rows] == ["2  Yes", "3  Bed", "4  1", "5  No"]
    assert "cannot tell" in rows[2]
    assert page.findChild(QWidget, "scans_repeated").isVisible()  # of the children there it reads nothing, and says so
    assert nameless(page) == []
    assert clipped(page) == []
    assert got(shell, qtbot, any_form.filled) == []
    # By keyboard alone: the list of suggestions has the focus; Down, Down, Down, Enter leaves the last one; Ctrl+Enter takes the others.
    found = page.findChild(QListView, "scans_found")
    assert found is not None
    qtbot.waitUntil(lambda: window.focusWidget() is found, timeout=2000)
    for _ in range(3):
        qtbot.keyClick(page.findChild(QListView, "scans_found"), Qt.Key.Key_Down)
    assert state.current == "/data/clean"
    qtbot.keyClick(page.findChild(QListView, "scans_found"), Qt.Key.Key_Return)
    assert state.chosen == {"/data/water", "/data/need"}
    take = shell.commands.named("scans.take")
    assert take is not None
    assert take.shortcut == "Ctrl+Return"
    take.do()
    qtbot.waitUntil(lambda: state.taken is not None, timeout=5000)
    settle(window, qtbot)
    assert got(shell, qtbot, any_form.filled) == []
    press(shell, "scans_give_back")
    settle(window, qtbot)
    assert state.taken is None
    state.look(state.scans[0].id)
    settle(window, qtbot)
    state.take()
    settle(window, qtbot)
    press(shell, "scans_form")
    settle(window, qtbot)
    assert isinstance(shell.page, LongformView)
    assert shell.page._state.filling.form.node("/data/need").value == "bed"
    # The other page waits until somebody says which it is.
    shell.open("scans")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, ScansView)
    state.look(0)
    settle(window, qtbot)
    press(shell, "scans_turn")
    settle(window, qtbot)
    assert nameless(page) == []
    number = page.findChild(QLineEdit, "scans_number")
    assert number is not None
    number.setText(shown(code))
    qtbot.keyClick(number, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert state.waiting == []
    assert len(state.scans) == 2
    shell.changed_language()
    settle(window, qtbot)
    assert shell.page is not None
    assert clipped(shell.page) == []
    assert nameless(shell.page) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"\xff\xd8\xff\xe0broken"])
def test_a_broken_file_ends_in_a_sentence(shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    shell.open("scans", files=(path,))
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, ScansView)
    qtbot.waitUntil(lambda: bool(page._state.told), timeout=5000)
    assert page._state.told[0][1] == "danger"
    assert "bad.pdf" in page._state.told[0][0]


def test_a_page_is_looked_at_once_however_often_the_list_is_read(shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at twice, what somebody has chosen meanwhile would be chosen otherwise again."""
    code = strings(got(shell, qtbot, care_pad))[0]
    path = tmp_path / "scan.jpg"
    content = got(shell, qtbot, scan_of({("2", 1): pens.CROSS}, code))
    assert isinstance(content, bytes)
    path.write_bytes(content)
    shell.open("scans", files=(path,))
    page = shell.page
    assert isinstance(page, ScansView)
    state = page._state
    qtbot.waitUntil(lambda: state.found is not None, timeout=20_000)
    settle(window, qtbot)
    answers: list[Callable[[object], None]] = []
    monkeypatch.setattr(shell, "read", lambda _owner, _work, came, *_failed: answers.append(came))
    state.look(state.at)
    state.load()
    answers[1]((state.scans, ()))
    assert len(answers) == 2


def filed(shell: Shell, qtbot: QtBot, window: Window, page: ScansView, *paths: Path) -> None:
    before = len(page._state.scans)
    shell.open("scans", files=paths)
    qtbot.waitUntil(lambda: len(page._state.scans) == before + len(paths) and page._state.found is not None, timeout=20_000)
    settle(window, qtbot)


def test_the_same_page_twice_is_told_and_one_is_erased(shell: Shell, window: Window, qtbot: QtBot, door: Recorded, tmp_path: Path) -> None:
    code = strings(got(shell, qtbot, care_pad))[0]
    paths = [tmp_path / "one.jpg", tmp_path / "two.jpg"]
    for path, crossed in zip(paths, ({("2", 1): pens.CROSS}, {("2", 1): pens.CROSS, ("5", 1): pens.CROSS})):
        content = got(shell, qtbot, scan_of(dict(crossed), code))
        assert isinstance(content, bytes)
        path.write_bytes(content)
    shell.open("scans")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, ScansView)
    filed(shell, qtbot, window, page, paths[0])
    first = page._state.at
    assert page.findChild(QWidget, "scans_alike_note_0") is None
    filed(shell, qtbot, window, page, paths[1])
    second = page._state.at
    assert first != second
    note = page.findChild(QWidget, "scans_alike_note_0_words")
    assert note is not None
    assert "There is already a picture of this page, of " in note.text()  # type: ignore[attr-defined]
    assert clipped(page) == []
    assert nameless(page) == []
    press(shell, "scans_alike_0")
    settle(window, qtbot)
    assert page._state.at == first
    assert shell.commands.named("scans.erase") is not None
    press(shell, "scans_erase")  # asked before, and not answered: nothing is erased
    assert door.asked[-1].title == "Erase this page for good?"
    settle(window, qtbot)
    assert len(page._state.scans) == 2
    door.answers.append("go")
    press(shell, "scans_erase")
    settle(window, qtbot)
    assert [one.id for one in page._state.scans] == [second]
    assert page._state.alike == []
    page._state.look(second)
    settle(window, qtbot)
    page._state.take_off()
    settle(window, qtbot)
    assert page.findChild(QPushButton, "scans_erase_off").isVisible()
    assert clipped(page) == []
    door.answers.append("go")
    press(shell, "scans_erase_off")
    settle(window, qtbot)
    assert page._state.off == ()
    assert got(shell, qtbot, lambda session: [one.name for one in session.vault.files.folder.iterdir() if one.suffix == ".part"]) == []


def test_nobody_but_a_coordinator_is_offered_to_erase(unlocked: Unlocked, vault: Path, qtbot: QtBot, tmp_path: Path) -> None:
    window = unlocked(vault, f"{PASSPHRASE} two")
    shell = window.shell
    assert shell is not None
    code = strings(got(shell, qtbot, arrival_pad))[0]
    shell.open("scans")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, ScansView)
    path = tmp_path / "card.jpg"
    content = got(shell, qtbot, lambda session: pens.as_file(pens.blank(pads.paper(session, pad=pads.pads_of(session, code)[0]).pdf, 0), pens.Look()))
    path.write_bytes(content)
    filed(shell, qtbot, window, page, path)
    assert page.findChild(QPushButton, "scans_read") is not None
    assert page.findChild(QPushButton, "scans_erase") is None
    assert shell.commands.named("scans.take") is None  # there is nothing to take
    assert shell.commands.named("scans.erase") is None


def test_ctrl_z_takes_the_ticks_out_of_the_form_that_is_open(shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    code = strings(got(shell, qtbot, care_pad))[0]
    path = tmp_path / "scan.jpg"
    path.write_bytes(got(shell, qtbot, scan_of({("2", 1): pens.CROSS, ("3", 1): pens.CROSS}, code)))
    shell.open("scans")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, ScansView)
    filed(shell, qtbot, window, page, path)
    page._state.take()
    settle(window, qtbot)
    assert page._state.taken is not None
    press(shell, "scans_form")
    settle(window, qtbot)
    form = shell.page
    assert isinstance(form, LongformView)
    form._state.filling.answer("/data/need", "bed net")  # typed since
    form._state.filling.keep()
    settle(window, qtbot)
    shell.undo()
    settle(window, qtbot)
    assert form._state.filling.form.node("/data/water").value == ""
    assert form._state.filling.form.node("/data/need").value == "bed net"
    shell.open("scans")
    settle(window, qtbot)
    assert page._state.taken is None
    assert not page._state.scans[0].read
    assert page._state.found is not None


def test_ticks_come_into_the_card_that_is_open(shell: Shell, window: Window, qtbot: QtBot) -> None:
    """A card that was opened by its number before its page was scanned: what is shown is what stands in the draft."""
    code = strings(got(shell, qtbot, arrival_pad))[0]
    shell.open("register")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, RegisterView)
    typed(page, "register_sheet", code, qtbot)
    settle(window, qtbot)
    filling = page._state.filling
    filling.answer("/data/name", "Ko Paper")
    filling.keep()
    settle(window, qtbot)
    assert filling.opened is not None
    draft, box = filling.opened.draft, next(one for one in questions(filling.form) if one.choices and not one.value)

    def take(session: Session) -> tuple[tick_answers.Taken, Changes]:
        (found,) = got_scan(session, code)
        one = tick_answers.Suggestion(box.path, "1", "", box.choices[0].name, None, (), tick_answers.CLEAR, (0, 0, 1, 1))
        return tick_answers.take(session, scan=found, chosen=[one], language="en")

    shell.do(shell, take)
    settle(window, qtbot)
    assert filling.opened.draft == draft
    assert filling.form.node(box.path).value == box.choices[0].name
    shell.undo()
    settle(window, qtbot)
    assert filling.form.node(box.path).value == ""
    assert filling.form.node("/data/name").value == "Ko Paper"


def got_scan(session: Session, code: str) -> tuple[RecordId, ...]:
    """The first page of this sheet, scanned without a mark and filed."""
    pad = pads.pads_of(session, code)[0]
    digest, layout = pads.printed_on(session, code)
    picture = pens.as_file(pens.blank(pads.paper(session, pad=pad, most=1).pdf, 0), pens.Look())
    page = scans.Page(picture, SheetCode(code, digest[:8].upper(), 1, layout), False, ("scan.jpg", 1))
    return scans.file(session, found=[page])[0]
