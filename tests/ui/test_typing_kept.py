"""What the keyboard does to what is typed: taking back, changing the language in the middle, pasting, one answer instead of another."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.births import Birth
from desktop.domain.fields import FIELDS
from desktop.services import people
from tests.ui.conftest import got, settle
from tests.ui.door import Recorded
from tests.ui.typing import Keyboard
from ui.pages.person.view import PersonView
from ui.records.editors import editor
from ui.shell import Shell
from ui.widgets.fields import Line, Lines, Secret
from ui.window import Window


@pytest.fixture
def keys(window: Window, shell: Shell, qtbot: QtBot) -> Keyboard:
    assert shell.window() is window
    return Keyboard(window, qtbot)


def here(shell: Shell, qtbot: QtBot) -> int:
    return int(got(shell, qtbot, lambda session: len(people.find(session).keys)))


def anybody(shell: Shell, qtbot: QtBot) -> Any:
    return got(shell, qtbot, lambda session: people.rows(session, keys=people.find(session).keys[:1])[0].id)


def test_ctrl_z_takes_the_last_save_back_although_the_keyboard_is_in_a_field(shell: Shell, keys: Keyboard, qtbot: QtBot, door: Recorded) -> None:
    before = here(shell, qtbot)
    shell.open("register")
    keys.rest().write("Aung Htet").press("Ctrl+S").rest()
    assert (here(shell, qtbot), keys.at.objectName()) == (before + 1, "name")
    keys.press("Ctrl+Z").rest()
    assert here(shell, qtbot) == before
    shell.open("person", person=anybody(shell, qtbot))
    keys.rest()
    door.answers = ["take"]
    found = shell.commands.named("person.delete")
    assert found is not None
    found.do()
    keys.rest()
    assert (here(shell, qtbot), keys.at.objectName()) == (before - 1, "people_search")
    keys.press("Ctrl+Z").rest()
    assert here(shell, qtbot) == before


def test_ctrl_z_in_a_field_with_letters_takes_only_letters_back(shell: Shell, keys: Keyboard, qtbot: QtBot) -> None:
    shell.open("register")
    keys.rest().write("Aung Htet").press("Ctrl+S").rest()
    after = here(shell, qtbot)
    keys.write("Naw").press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z").rest()
    assert here(shell, qtbot) == after


def test_running_text_gives_ctrl_z_on_too(qtbot: QtBot) -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    def wanted(field: QWidget) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "\x1a")
        event.ignore()
        field.event(event)
        return event.isAccepted()

    for field in (Line(name="a"), Lines(name="b")):
        qtbot.addWidget(field)
        assert not wanted(field)
        qtbot.keyClicks(field, "Naw")
        assert wanted(field)


def test_the_keyboard_stays_in_the_field_when_the_language_changes(shell: Shell, keys: Keyboard, qtbot: QtBot) -> None:
    shell.open("person", person=anybody(shell, qtbot))
    keys.rest().press("E").rest()
    assert isinstance(shell.page, PersonView)
    field = shell.page.findChild(QLineEdit, "field_township")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.clear()
    keys.write("Hpa-An").press("F2").rest()
    assert (keys.at.objectName(), keys.at.text()) == ("field_township", "Hpa-An")  # type: ignore[attr-defined]
    keys.press("F2").rest()
    assert keys.at.objectName() == "field_township"


def test_what_is_pasted_becomes_one_clean_line_and_a_passphrase_stays_as_it_is(qtbot: QtBot) -> None:
    pasted = "Ko\u202e\r\nHtet\x07\u2028အောင်\ufeff"
    line, secret = Line(name="a"), Secret(name="b")
    for field in (line, secret):
        qtbot.addWidget(field)
        QApplication.clipboard().setText(pasted)
        field.paste()
    told: list[str] = []
    line.textEdited.connect(told.append)
    line.setCursorPosition(2)
    QApplication.clipboard().setText("\tZaw\x00 ")
    line.paste()
    assert line.text() == "Ko Zaw  Htet အောင်"
    assert (told[-1], line.cursorPosition()) == (line.text(), 7)
    assert "\u202e" in secret.text()


def test_of_age_and_birthday_the_one_typed_last_is_the_answer(qtbot: QtBot) -> None:
    made = editor(FIELDS["person"]["birth"], "birth", "Birth")
    qtbot.addWidget(made)
    made.put(Birth("day", "1990-05-01").value())
    age, year = made.findChild(QLineEdit, "birth"), made.findChild(QLineEdit, "birth_day_year")
    assert isinstance(age, QLineEdit)
    assert isinstance(year, QLineEdit)
    qtbot.keyClicks(age, "30")
    assert Birth.read(made.value()).years == 30  # type: ignore[union-attr]
    qtbot.keyClicks(year, "1991")
    assert made.value() == Birth("year", "1991").value()
    assert age.text() == ""


def test_what_is_not_in_question_is_there_in_both_languages(shell: Shell, qtbot: QtBot, window: Window) -> None:
    from desktop.domain.folders import Folder
    from desktop.domain.ids import Stamp
    from desktop.services.history import Answer, TwoAnswers
    from desktop.services.people import Shown
    from ui.pages.answers.state import AnswersState
    from ui.pages.answers.view import AnswersView

    state = AnswersState(shell)
    answers = tuple(Answer(Stamp(b"0" * 32, at), text, "Thiri", "", "2026-11-21T10:00", at == 1) for at, text in ((1, "U Tun"), (2, "U Ba")))
    state.all = [TwoAnswers(Folder.RECEPTION, Stamp(b"0" * 32, 1), "person", "Ko Htet", FIELDS["person"]["father_name"], answers)]
    state.now, state.read = state.all[0], True
    state.facts = {"township": Shown(FIELDS["person"]["township"], "Hpa-An", "Thiri", "2026-11-21T10:00", 0)}
    view = AnswersView(shell, state)  # as it is built after the language changed
    qtbot.addWidget(view)
    assert any(getattr(one, "text", str)() == "Hpa-An" for one in view.findChildren(QWidget))
    settle(window, qtbot)
