"""Paper first, in the window: a pad is made, printed and counted back, a sheet is entered by its number, scanned pages are dropped and taken."""

from __future__ import annotations

import random
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
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import any_form, form_library, pads, people, scans, tick_answers
from desktop.services.filling import questions
from desktop.services.scan_codes import SheetCode
from desktop.services.session import Session
from tests.desktop.forms.sheets import table
from tests.desktop.paper import pens
from tests.desktop.services.any_forms import compiled, named
from tests.desktop.services.test_scans import CARE, CHOICES
from tests.ui.conftest import PASSPHRASE, Unlocked, got, settle
from tests.ui.door import Recorded
from tests.ui.dropping import drop
from tests.ui.test_paper_and_settings import press, printed_to  # noqa: F401  # the fixture is used by name
from tests.ui.walk import clipped, nameless
from ui import words
from ui.pages.longform.view import LongformView
from ui.pages.pads.view import PadsView
from ui.pages.register.view import RegisterView
from ui.pages.scans.view import ScansView
from ui.records.chooser import Chooser
from ui.shell import Shell
from ui.window import Window


def care_pad(session: Session) -> list[str]:
    stored, _ = form_library.add(session, compiled=compiled(table(*CARE), CHOICES, named("care", "1", "Care")))
    record, _ = pads.reserve(session, form=stored.id, sheets=3)
    return [row.code for row in pads.sheets(session, pad=record)]


def arrival_pad(session: Session) -> list[str]:
    form = next(one.id for one in form_library.forms(session) if one.form_id == "arrival")
    record, _ = pads.reserve(session, form=form, sheets=2)
    return [row.code for row in pads.sheets(session, pad=record)]


def scan_of(crossed: dict[tuple[str, int], str], code: str) -> Callable[[Session], bytes]:
    """Makes a scan of the first page of the sheet with this number."""

    def make(session: Session) -> bytes:
        pad = pads.pads_of(session, code)[0]
        values = session.journal(Folder.RECEPTION).values(pad)
        made = pads.paper(session, pad=pad)
        at = [row.code for row in pads.sheets(session, pad=pad)].index(code) * (made.pages // 3)
        plate = scans.ready(session).plate(SheetCode(code, str(values["digest"])[:8].upper(), 1, str(values["layout"])))
        assert plate is not None
        chance, picture = random.Random(4), pens.blank(made.pdf, at)
        for box in plate.ticks:
            kind = crossed.get((box.asked, box.option))
            if kind and not box.silence:
                pens.put(picture, box, kind, chance)
        look = pens.Look(tilt=1.2, dpi=150)
        return pens.as_file(pens.scanned(picture, look, chance), look)

    return make


def strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


def typed(page: QWidget, name: str, text: str, qtbot: QtBot) -> QLineEdit:
    """Type into a field and press Enter, as a hand or a scanner at the USB port does."""
    field = page.findChild(QLineEdit, name)
    assert field is not None
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return field


def listed(page: QWidget, name: str) -> list[str]:
    found = page.findChild(QListView, name)
    assert found is not None
    model = found.model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


def test_a_pad_is_made_printed_and_counted_back(
    shell: Shell, window: Window, qtbot: QtBot, door: Recorded, printed_to: Path,  # noqa: F811
) -> None:
    shell.open("pads")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, PadsView)
    assert nameless(page) == []
    press(shell, "pads_begin")
    settle(window, qtbot)
    box = shell.window().findChild(Chooser, "choose_form")
    assert box is not None
    box._search.setText("arrival")
    go = box.findChild(QPushButton, "choose_go")
    assert go is not None
    go.click()
    settle(window, qtbot)
    new = shell.window().findChild(QWidget, "new_pad")
    assert new is not None
    count, reserve = new.findChild(QLineEdit, "pad_sheets"), new.findChild(QPushButton, "pad_reserve")
    assert count is not None
    assert reserve is not None
    count.setText("500")
    assert not reserve.isEnabled()
    count.setText("3")
    assert nameless(new) == []
    reserve.click()
    settle(window, qtbot)
    state = page._state
    assert state.chosen is not None
    assert (state.chosen.sheets, state.chosen.out, state.chosen.copies) == (3, 3, 0)
    assert state.paper is not None
    press(shell, "pads_print")
    settle(window, qtbot)
    qtbot.waitUntil(lambda: state.chosen is not None and state.chosen.copies == 1, timeout=20_000)
    assert printed_to.stat().st_size > 10_000
    next(one for one in page.commands() if one.id == "pads.print").do()  # as Ctrl+P: no way around the question
    assert door.asked[-1].title == "This pad was printed before"
    settle(window, qtbot)
    assert state.chosen.copies == 1
    first, second, third = [row.code for row in state.sheets]
    typed(page, "pads_back", shown(first), qtbot)
    settle(window, qtbot)
    press(shell, "pads_back_as_spoiled")
    typed(page, "pads_back", f"{second}/1A2B3C4D/2/A00401", qtbot)
    settle(window, qtbot)
    assert (state.chosen.out, state.chosen.returned, state.chosen.spoiled) == (1, 1, 1)
    typed(page, "pads_back", "nonsense", qtbot)
    settle(window, qtbot)
    assert state.told_wrong
    shell.undo()
    settle(window, qtbot)
    assert (state.chosen.out, state.chosen.returned, state.chosen.spoiled) == (2, 1, 0)
    door.answers.append("go")
    press(shell, "pads_all_back")
    settle(window, qtbot)
    assert (state.chosen.out, state.chosen.returned) == (0, 3)
    assert [line.split(", ")[0] for line in listed(page, "pads_sheets")] == [shown(one) for one in (first, second, third)]
    assert clipped(page) == []
    shell.changed_language()
    settle(window, qtbot)
    assert words.language() == "my"
    assert shell.page is not None
    assert clipped(shell.page) == []
    assert nameless(shell.page) == []


def test_a_sheet_is_entered_by_its_number_wherever_it_is_typed(shell: Shell, window: Window, qtbot: QtBot) -> None:
    one, two = strings(got(shell, qtbot, arrival_pad))
    shell.open("register")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, RegisterView)
    typed(page, "register_sheet", shown(one), qtbot)
    settle(window, qtbot)
    filling = page._state.filling
    assert filling.opened is not None
    assert filling.opened.code == one
    note = page.findChild(QWidget, "register_code")
    assert note is not None
    assert note.isVisible()
    name = page.first_focus()
    assert isinstance(name, QLineEdit)
    qtbot.keyClicks(name, "Ko Paper")
    press(shell, "save_next")
    settle(window, qtbot)
    rows = got(shell, qtbot, lambda session: people.rows(session, keys=people.find(session, query=one).keys))
    assert [row.code for row in rows] == [one]  # type: ignore[attr-defined]
    # The same number again leads to the person, wherever it is typed; the other sheet to its card.
    shell.open("people")
    settle(window, qtbot)
    assert shell.page is not None
    typed(shell.page, "people_search", f"{one}/1A2B3C4D/2/A00401", qtbot)
    settle(window, qtbot)
    assert shell.place == "person"
    shell.open("people")
    settle(window, qtbot)
    typed(shell.page, "people_search", two, qtbot)
    settle(window, qtbot)
    assert shell.place == "register"
    assert page._state.filling.opened is not None
    assert page._state.filling.opened.code == two
    wrong = two[:-1] + ("A" if two[-1] != "A" else "B")
    shell.open("pads")
    settle(window, qtbot)
    typed(shell.page, "pads_number", wrong, qtbot)
    settle(window, qtbot)
    said = shell.page.findChild(QWidget, "pads_sheet_note_words")
    assert said is not None
    assert shown(two) in said.text()  # type: ignore[attr-defined]
    assert shell.place == "pads"


def test_a_long_form_on_paper_goes_on_after_its_card(shell: Shell, window: Window, qtbot: QtBot) -> None:
    def make(session: Session) -> str:
        form = next(one.id for one in form_library.forms(session) if one.form_id == "registration")
        record, _ = pads.reserve(session, form=form, sheets=1)
        return pads.sheets(session, pad=record)[0].code

    code = str(got(shell, qtbot, make))
    shell.open("pads")
    settle(window, qtbot)
    assert shell.page is not None
    typed(shell.page, "pads_number", code, qtbot)
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, RegisterView)
    name = page.first_focus()
    assert isinstance(name, QLineEdit)
    qtbot.keyClicks(name, "Naw Paper")
    press(shell, "save_next")
    settle(window, qtbot)
    assert isinstance(shell.page, LongformView)


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


def test_some_sheets_of_a_pad_are_printed_again(
    shell: Shell, window: Window, qtbot: QtBot, door: Recorded, printed_to: Path,  # noqa: F811
) -> None:
    got(shell, qtbot, arrival_pad)
    shell.open("pads")
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, PadsView)
    state = page._state

    def some(first: str, last: str) -> QWidget:
        command = shell.commands.named("pads.some")
        assert command is not None
        assert command.shortcut == "Ctrl+Shift+P"
        command.do()
        box = shell.window().findChild(QWidget, "some_sheets")
        assert box is not None
        for name, text in (("some_first", first), ("some_last", last)):
            field = box.findChild(QLineEdit, name)
            assert field is not None
            field.setText(text)
        return box

    box = some("0", "2")
    go = box.findChild(QPushButton, "some_print")
    assert go is not None
    last = box.findChild(QLineEdit, "some_last")
    assert last is not None
    assert nameless(box) == []
    for first, to, right in (("0", "2", False), ("2", "1", False), ("1", "3", False), ("nonsense", "2", False), ("2", shown(state.sheets[1].code), True)):
        box.findChild(QLineEdit, "some_first").setText(first)
        last.setText(to)
        assert go.isEnabled() is right
    qtbot.keyClick(last, Qt.Key.Key_Return)
    settle(window, qtbot)
    qtbot.waitUntil(lambda: bool(state.sheets) and state.sheets[1].copies == 1, timeout=20_000)
    settle(window, qtbot)
    assert [row.copies for row in state.sheets] == [0, 1]
    assert door.asked == []  # this one was never printed before
    assert printed_to.stat().st_size > 1000
    some("1", "2").findChild(QPushButton, "some_print").click()
    assert door.asked[-1].title == "1 of these sheets was printed before"
    settle(window, qtbot)
    assert [row.copies for row in state.sheets] == [0, 1]
    door.answers.append("go")
    some("1", "2").findChild(QPushButton, "some_print").click()
    settle(window, qtbot)
    qtbot.waitUntil(lambda: [row.copies for row in state.sheets] == [1, 2], timeout=20_000)
    settle(window, qtbot)
    assert clipped(page) == []
