"""Paper first, in the window: a pad is made, printed and counted back, and a sheet is entered by its number."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.codes import shown
from desktop.services import form_library, pads, people
from desktop.services.session import Session
from tests.ui.conftest import got, settle
from tests.ui.door import Recorded
from tests.ui.sheets import arrival_pad, listed, strings, typed
from tests.ui.test_paper_and_settings import press, printed_to  # noqa: F401  # the fixture is used by name
from tests.ui.walk import clipped, nameless
from ui import words
from ui.pages.longform.view import LongformView
from ui.pages.pads.view import PadsView
from ui.pages.register.view import RegisterView
from ui.records.chooser import Chooser
from ui.shell import Shell
from ui.window import Window


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
