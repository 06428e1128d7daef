"""Register arrival, driven with the keyboard over a real vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import intake, people
from tests.ui.conftest import OPENING, Unlocked, settle
from tests.ui.door import Recorded
from tests.ui.pages.asking import ask
from tests.ui.typing import Keyboard
from ui.pages.register.view import RegisterView
from ui.widgets.lists import CellTable
from ui.window import Window


def child(window: Window, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QWidget), name
    return found


def line(window: Window, name: str) -> QLineEdit:
    found = child(window, name)
    assert isinstance(found, QLineEdit)
    return found


def words_of(window: Window, name: str) -> str:
    found = child(window, f"{name}_problem_words")
    return found.text() if not found.parentWidget().isHidden() else ""  # type: ignore[attr-defined, union-attr]


@pytest.fixture
def card(window: Window, qtbot: QtBot) -> RegisterView:
    """An empty arrival card, the keyboard in its first field."""
    assert window.shell is not None
    window.shell.open("register")
    settle(window, qtbot)
    page = window.shell.page
    assert isinstance(page, RegisterView)
    return page


@pytest.fixture
def keys(window: Window, qtbot: QtBot, card: RegisterView) -> Keyboard:
    assert card.window() is window
    return Keyboard(window, qtbot)


def member(keys: Keyboard, name: str, roman: str, relationship: str, age: str, sex: str) -> None:
    at = keys.press("Alt+A").rest().at.objectName().removesuffix("_member_name")
    keys.write(name).press("Tab").write(roman).press("Tab").write(relationship)
    assert isinstance(keys.at, QComboBox)
    keys.press("Tab").write(age)
    keys.tab_to(f"{at}_member_sex_{sex}").press("Space")


def test_a_family_of_four_is_registered_by_keyboard_alone(window: Window, qtbot: QtBot, keys: Keyboard) -> None:
    before = len(ask(window, qtbot, people.find).keys)
    keys.write("အောင်မျိုးထက်").press("Tab").write("Aung Myo Htet").press("Tab").write("Ko Htet").press("Tab").write("30")
    keys.press("Tab", "Space").tab_to("township").write("Hpa-An").press("Tab").write("U Tun Myat")
    member(keys, "မခင်စန္ဒာဝင်း", "Khin Sandar Win", "Wife", "27", "woman")
    member(keys, "သီရိထက်", "Thiri Htet", "Dau", "5", "woman")
    member(keys, "မင်းခန့်ထက်", "Min Khant Htet", "Son", "2", "man")
    keys.tab_to("with_you_done").press("Space").tab_to("needs_medicine").press("Space").tab_to("needs_bed").press("Space")
    keys.tab_to("remark").write("Left the inhaler on the road.")
    keys.press("Ctrl+S").rest()
    found = ask(window, qtbot, lambda session: people.rows(session, keys=list(people.find(session, query="Aung Myo Htet").keys)))
    assert [(one.name, one.age, one.household_size, one.call_name) for one in found[:1]] == [("အောင်မျိုးထက်", 30, 4, "Ko Htet")]
    assert set(found[0].needs) == {"medicine", "bed"}
    page = ask(window, qtbot, lambda session: people.page(session, person=found[0].id))
    family = {(one.person.name, one.relationship, one.person.age, one.person.sex) for one in page.members}
    assert {("မခင်စန္ဒာဝင်း", "wife", 27, "woman"), ("သီရိထက်", "daughter", 5, "woman"), ("မင်းခန့်ထက်", "son", 2, "man")} <= family
    assert len(ask(window, qtbot, people.find).keys) == before + 4
    assert not line(window, "name").text(), "the card of the next family is empty"
    assert keys.at.objectName() == "name"


def test_nothing_is_saved_without_a_name_and_the_card_says_so(window: Window, qtbot: QtBot, keys: Keyboard) -> None:
    before = len(ask(window, qtbot, people.find).keys)
    keys.press("Tab", "Tab").write("Ko Htet").press("Ctrl+S").rest()
    assert keys.at.objectName() == "name"
    assert words_of(window, "name") == "Write a name, even a part of it."
    assert "Write a name" in child(window, "register_wrong_words").text()  # type: ignore[attr-defined]
    assert len(ask(window, qtbot, people.find).keys) == before


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu without a screen
def test_a_silence_stands_in_for_a_name(window: Window, qtbot: QtBot, keys: Keyboard) -> None:
    keys.press("F4", "2")
    chip = child(window, "name_silence")
    assert chip.isVisible()
    assert chip.text() == "Did not want to say"  # type: ignore[attr-defined]
    keys.press("Backspace")
    assert not chip.isVisible()
    keys.press("F4", "1", "Ctrl+S").rest()
    assert line(window, "name").text() == ""
    assert child(window, "register_side").findChild(QWidget, "print_last") is not None, "somebody whose name is not known was registered"


@pytest.mark.parametrize(("name", "typed", "told"), [
    ("age", "thirty", "Write a whole number, for example 30."),
    ("age", "200", "An age is between 0 and 120."),
    ("arrived", "yesterday", "Write day, month, year and time, for example 21/11/2026 14:30."),
    ("arrived", "31/11/2026 14:30", "November has 30 days. Write the day again."),
    ("arrived", "21/11/2999 14:30", "This day has not come yet."),
])
def test_bad_input_says_what_is_wrong_beside_it(window: Window, keys: Keyboard, name: str, typed: str, told: str) -> None:
    keys.tab_to(name)
    line(window, name).selectAll()
    keys.write(typed).press("Tab").rest()
    assert words_of(window, name) == told
    assert line(window, name).text() == typed
    assert line(window, name).property("wrong") == "true"
    assert told in line(window, name).accessibleDescription()


def test_what_is_typed_survives_a_kill(window: Window, qtbot: QtBot, keys: Keyboard) -> None:
    keys.write("Aung").press("Tab", "Tab", "Tab").write("abc")
    keys.press("Alt+A").rest().write("Thiri")
    qtbot.wait(700)
    keys.rest()
    kept = ask(window, qtbot, intake.drafts)
    assert [row.title for row in kept if row.title == "Aung"] == ["Aung"]
    opened = ask(window, qtbot, lambda session: intake.reopen(session, draft=kept[0].id, language="en"))
    assert opened.form.node("/data/with_you[1]/member_name").value == "Thiri"
    assert opened.form.node("/data/age").value == "abc"
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, RegisterView)
    state = page._state
    state.filling.end()
    window.shell.open("register", draft=kept[0].id)
    keys.rest()
    assert line(window, "name").text() == "Aung"
    assert line(window, "age").text() == "abc"
    assert words_of(window, "age") == "Write a whole number, for example 30."


def test_the_other_language_keeps_every_letter_and_the_place(window: Window, keys: Keyboard) -> None:
    keys.write("အောင်မျိုး").press("Alt+A").rest().write("Khin").press("Tab").write("Kh").press("Left")
    keys.press("F2").rest()
    at = keys.at
    assert isinstance(at, QLineEdit)
    assert at.objectName() == "with_you_1_member_name_roman"
    assert (at.text(), at.cursorPosition()) == ("Kh", 1)
    assert line(window, "with_you_1_member_name").text() == "Khin"
    assert line(window, "name").text() == "အောင်မျိုး"
    assert child(window, "save_next").text() == "သိမ်း၍ နောက်မိသားစု"  # type: ignore[attr-defined]


def test_leave_for_later_and_go_on(window: Window, qtbot: QtBot, keys: Keyboard) -> None:
    keys.write("Half a card").press("Escape").rest()
    assert window.shell is not None
    assert window.shell.place != "register"
    window.shell.open("register")
    keys.rest()
    assert line(window, "name").text() == ""
    draft = next(row for row in ask(window, qtbot, intake.drafts) if row.title == "Half a card")
    window.shell.open("register", draft=draft.id)
    keys.rest()
    assert line(window, "name").text() == "Half a card"
    assert child(window, "token").text() == str(draft.token)  # type: ignore[attr-defined]


def test_people_come_and_go_and_what_they_said_moves_up(window: Window, door: Recorded, keys: Keyboard) -> None:
    keys.press("Alt+A").rest().write("First").press("Alt+A").rest().write("Second").press("Alt+A").rest().write("Third")
    keys.press("Escape").rest()
    assert keys.at.objectName() == "with_you_table"
    keys.press("Home", "Down", "Delete").rest()
    assert [one.title for one in door.asked] == ["Take Second out of this form?"]
    table = child(window, "with_you_table")
    assert isinstance(table, CellTable)
    assert table.model().rowCount() == 3, "the answer was to go back"
    door.answers = ["out"]
    keys.press("Delete").rest()
    assert [table.model().index(at, 0).data() for at in range(2)] == ["First", "Third"]
    keys.press("End", "Return").rest()
    assert keys.at.objectName() == "with_you_2_member_name"
    assert line(window, "with_you_2_member_name").text() == "Third"
    keys.press("Alt+A").rest().tab_to("with_you_remove").press("Space").rest()
    assert len(door.asked) == 2, "somebody of whom nothing is written goes without a question"
    assert table.model().rowCount() == 2


def test_locking_keeps_the_last_letters(window: Window, qtbot: QtBot, keys: Keyboard, vault: Path, unlocked: Unlocked) -> None:
    keys.write("Typed at the last moment")
    with qtbot.waitSignal(window.over, timeout=OPENING):
        window.lock()
    again = unlocked(vault)
    assert "Typed at the last moment" in [row.title for row in ask(again, qtbot, intake.drafts)]


def test_who_may_be_the_same_comes_up_beside(window: Window, qtbot: QtBot, keys: Keyboard) -> None:
    known = ask(window, qtbot, lambda session: people.rows(session, keys=list(people.find(session).keys)[:1]))[0]
    keys.write(known.name)
    qtbot.wait(300)
    keys.rest()
    assert keys.at.objectName() == "name", "the panel never takes the keyboard"
    child(window, "open_twin_1").click()  # type: ignore[attr-defined]
    keys.rest()
    assert window.shell is not None
    assert window.shell.place == "person"
    window.shell.back()
    keys.rest()
    assert line(window, "name").text() == known.name
