"""Somebody comes who is registered already under another spelling: the card is made one with what was known, driven by keyboard."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.ids import RecordId
from desktop.services import intake, people
from desktop.services.people import PersonPage
from desktop.services.session import Session
from tests.ui.pages.asking import ask
from tests.ui.pages.test_register import card, child, keys, line
from tests.ui.typing import Keyboard
from ui.pages.register.view import RegisterView
from ui.window import Window

__all__ = ["card", "keys"]


@pytest.fixture
def known(window: Window, qtbot: QtBot) -> RecordId:
    """Registered some days ago by their Burmese name."""

    def register(session: object) -> RecordId:
        opened = intake.begin_arrival(session, language="en")  # type: ignore[arg-type]
        for name, text in (("name", "အောင်မျိုးထက်"), ("age", "30"), ("sex", "man"), ("township", "Hpa-An"), ("father_name", "ဦးဘသန်း")):
            assert not opened.form.set(f"/data/{name}", text)
        return intake.save_arrival(session, opened=opened)[0].person  # type: ignore[arg-type]

    return ask(window, qtbot, register)  # type: ignore[no-any-return]


def find(window: Window, qtbot: QtBot, person: RecordId) -> PersonPage:
    return ask(window, qtbot, lambda session: people.page(session, person=person))  # type: ignore[no-any-return]


def total(window: Window, qtbot: QtBot) -> int:
    return ask(window, qtbot, lambda session: people.find(session, state="").total)  # type: ignore[no-any-return]


def write_card(keys: Keyboard, qtbot: QtBot) -> None:
    keys.write("U Aung Myo Htat").press("Tab", "Tab", "Tab").write("31").press("Tab", "Space")
    keys.tab_to("township").write("hpa-an").press("Tab").write("Ba Than")
    qtbot.wait(300)
    keys.rest()


def texts(window: Window, name: str) -> str:
    return "\n".join(one.text() for one in child(window, name).findChildren(type(child(window, "page_title"))))  # type: ignore[attr-defined]


@pytest.mark.usefixtures("card")
def test_this_is_them_registers_once_and_ctrl_z_takes_all_back(window: Window, qtbot: QtBot, known: RecordId, keys: Keyboard) -> None:
    before = total(window, qtbot)
    write_card(keys, qtbot)
    assert keys.at.objectName() == "father_name", "the panel never takes the keyboard"
    told = texts(window, "register_side")
    assert "This person may already be registered" in told
    assert "Age 30, you wrote 31" in told
    assert "Name sounds the same" in told
    assert "The same township" in told
    keys.press("F6").rest()
    assert "Saving makes the two one" in child(window, "register_same_words").text()  # type: ignore[attr-defined]
    assert child(window, "not_same").isVisible()
    keys.press("Ctrl+S").rest()
    assert total(window, qtbot) == before
    page = find(window, qtbot, known)
    assert page.row.name == "အောင်မျိုးထက်"
    assert len(page.made_one) == 1
    assert page.row.code[:4] + "-" + page.row.code[4:] in texts(window, "register_side")
    keys.press("Ctrl+Z").rest()
    assert find(window, qtbot, known).made_one == ()
    assert total(window, qtbot) == before


@pytest.mark.usefixtures("card")
def test_not_them_after_all(window: Window, qtbot: QtBot, known: RecordId, keys: Keyboard) -> None:
    before = total(window, qtbot)
    write_card(keys, qtbot)
    child(window, "same_twin_1").click()  # type: ignore[attr-defined]
    keys.rest()
    keys.press("F6").rest()
    assert child(window, "register_same").isHidden()
    assert child(window, "same_twin_1").isVisible()
    line(window, "father_name").setFocus()
    keys.press("Ctrl+S").rest()
    assert total(window, qtbot) == before + 1
    assert find(window, qtbot, known).made_one == ()


def test_who_it_is_stays_with_a_card_left_for_later(window: Window, qtbot: QtBot, known: RecordId, card: RegisterView, keys: Keyboard) -> None:
    write_card(keys, qtbot)
    keys.press("F6").rest()
    keys.press("Escape").rest()
    draft = next(row for row in ask(window, qtbot, intake.drafts) if row.title == "U Aung Myo Htat")
    assert window.shell is not None
    window.shell.open("register")
    keys.rest()
    assert child(window, "register_same").isHidden()
    window.shell.open("register", draft=draft.id)
    keys.rest()
    assert "အောင်မျိုးထက်" in child(window, "register_same_words").text()  # type: ignore[attr-defined]
    keys.press("F2").rest()
    assert child(window, "register_same").isVisible(), "the other language says so too"
    keys.press("Ctrl+S").rest()
    assert len(find(window, qtbot, known).made_one) == 1


@pytest.mark.usefixtures("card")
def test_who_came_with_them_is_compared_too(window: Window, qtbot: QtBot, known: RecordId, keys: Keyboard) -> None:
    def wife(session: Session) -> object:
        home = people.page(session, person=known).household
        assert home is not None
        birth = {"precision": "age", "years": 28, "told_on": session.today(), "about": False}
        return people.add_member(session, household=home, values={"name": "ခင်သန္တာဦး", "sex": "woman", "relationship": "wife", "birth": birth})

    ask(window, qtbot, wife)
    write_card(keys, qtbot)
    assert "Came with the same people" not in texts(window, "register_side")
    keys.press("Alt+A").rest()
    assert keys.at.objectName() == "with_you_1_member_name"
    keys.write("Khin Thandar Oo").tab_to("with_you_1_member_age").write("28").tab_to("with_you_1_member_sex_woman").press("Space")
    qtbot.wait(300)
    keys.rest()
    assert "Came with the same people" in texts(window, "register_side")
