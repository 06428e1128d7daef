"""The long registration form over a real vault: sections, what is missing, what is locked, what others saved."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.ids import RecordId
from desktop.domain.values import Silence
from desktop.services import intake, people
from desktop.services.session import Session
from tests.ui.conftest import PASSPHRASE, Unlocked, settle
from tests.ui.pages.asking import ask
from tests.ui.typing import Keyboard
from ui.pages.longform.state import Section
from ui.pages.longform.view import LongformView
from ui.widgets.lists import RowList
from ui.window import Window


def somebody(session: Session) -> RecordId:
    """A person whose long form nobody has begun."""
    rows = people.rows(session, keys=list(people.find(session).keys))
    empty = (row.id for row in rows if not any(one.done for one in people.page(session, person=row.id).submissions))
    return next(empty, rows[0].id)


def open_form(window: Window, qtbot: QtBot, person: RecordId) -> LongformView:
    assert window.shell is not None
    window.shell.open("longform", person=person)
    settle(window, qtbot)
    page = window.shell.page
    assert isinstance(page, LongformView)
    return page


@pytest.fixture
def person(window: Window, qtbot: QtBot) -> RecordId:
    settle(window, qtbot)
    found: RecordId = ask(window, qtbot, somebody)
    return found


@pytest.fixture
def page(window: Window, qtbot: QtBot, person: RecordId) -> LongformView:
    return open_form(window, qtbot, person)


@pytest.fixture
def keys(window: Window, qtbot: QtBot, page: LongformView) -> Keyboard:
    assert page.window() is window
    return Keyboard(window, qtbot)


def turn(page: LongformView, window: Window, qtbot: QtBot, section: str) -> None:
    page._state.turn(section)
    settle(window, qtbot)


def state_of(page: LongformView, path: str) -> Section:
    return next(one for one in page._state.sections() if one.path == path)


def line(window: Window, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def side(window: Window) -> list[str]:
    panel = window.findChild(QWidget, "longform_side")
    assert panel is not None
    return [one.text() for one in panel.findChildren(QLabel) if one.text() and not one.isHidden()]


def test_a_section_is_saved_when_the_page_is_turned(window: Window, qtbot: QtBot, page: LongformView, person: RecordId, keys: Keyboard) -> None:
    turn(page, window, qtbot, "/data/names")
    keys.tab_to("names_mother_name").write("Daw Mya").press("Alt+Down").rest()
    assert page._state.section == "/data/talk"
    known = ask(window, qtbot, lambda session: people.page(session, person=person))
    assert known.fields["mother_name"].value == "Daw Mya"
    assert state_of(page, "/data/names").state == "done"
    assert "registration" not in {row.form for row in ask(window, qtbot, intake.drafts)}
    keys.press("Alt+Up").rest()
    assert line(window, "names_mother_name").text() == "Daw Mya"


def test_a_section_with_something_wrong_waits_as_a_draft(
    window: Window, qtbot: QtBot, page: LongformView, person: RecordId, keys: Keyboard
) -> None:
    turn(page, window, qtbot, "/data/journey")
    keys.tab_to("journey_home_left_on_day").write("31").press("Tab").write("11").press("Tab").write("2025").press("Tab").rest()
    told = "November has 30 days. Write the day again."
    assert f"Left home on: {told}" in side(window)
    assert state_of(page, "/data/journey").state == "problem"
    keys.press("Alt+Down").rest()
    assert ask(window, qtbot, lambda session: people.page(session, person=person)).fields.get("home_left_on") is None
    keys.press("Alt+Up", "F8").rest()
    assert keys.at.objectName() == "journey_home_left_on_day"
    assert [line(window, f"journey_home_left_on_{part}").text() for part in ("day", "year")] == ["31", "2025"]
    line(window, "journey_home_left_on_day").selectAll()
    keys.write("30").press("Alt+Down").rest()
    assert ask(window, qtbot, lambda session: people.page(session, person=person)).fields["home_left_on"].value == "2025-11-30"
    assert state_of(page, "/data/journey").state == "done"


def test_half_a_section_comes_back_with_what_others_saved_since(
    window: Window, qtbot: QtBot, page: LongformView, person: RecordId, keys: Keyboard
) -> None:
    turn(page, window, qtbot, "/data/journey")
    keys.tab_to("journey_destination").write("Mae Sot").tab_to("journey_home_left_on_day").write("31")
    assert window.shell is not None
    window.shell.open("today")
    keys.rest()

    def another(session: Session) -> None:
        opened = intake.saved_registration(session, person=person, language="en")
        opened.form.set("/data/talk/education", "Ten years")
        opened.form.set("/data/journey/other_site_code", "B-17")
        intake.save_registration(session, opened=opened, section="/data/talk")
        intake.save_registration(session, opened=opened, section="/data/journey")

    ask(window, qtbot, lambda session: [another(session)])
    page = open_form(window, qtbot, person)
    form = page._state.filling.form
    assert form.node("/data/talk/education").value == "Ten years"
    assert form.node("/data/journey/destination").value == "Mae Sot"
    assert form.node("/data/journey/other_site_code").value == "B-17"
    turn(page, window, qtbot, "/data/journey")
    assert line(window, "journey_home_left_on_day").text() == "31"


def test_what_does_not_apply_is_not_asked_and_comes_without_moving_the_keyboard(
    window: Window, qtbot: QtBot, page: LongformView, keys: Keyboard
) -> None:
    turn(page, window, qtbot, "/data/talk")
    assert window.findChild(QWidget, "talk_phone_safe_yes") is None
    keys.tab_to("talk_phone").write("09")
    assert keys.at.objectName() == "talk_phone"
    question = window.findChild(QWidget, "talk_phone_safe_question")
    assert question is not None
    assert question.isVisible()
    keys.press("Tab").rest()
    assert (keys.at.objectName().startswith("talk_phone_safe_"), question.isVisible()) == (True, True)
    line(window, "talk_phone").clear()
    line(window, "talk_phone").textEdited.emit("")
    assert not question.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu without a screen
def test_each_silence_can_be_chosen_by_keyboard_and_is_saved(
    window: Window, qtbot: QtBot, page: LongformView, person: RecordId, keys: Keyboard
) -> None:
    turn(page, window, qtbot, "/data/names")
    for digit, name in (("1", "names_birth_place"), ("2", "names_nationality"), ("3", "names_mother_name")):
        keys.tab_to(name).press("F4", digit)
    keys.press("Alt+Down").rest()
    fields = ask(window, qtbot, lambda session: people.page(session, person=person)).fields
    values = [fields[name].value for name in ("birth_place", "nationality", "mother_name")]
    assert values == [Silence.UNKNOWN, Silence.REFUSED, Silence.NOT_ASKED]


def test_family_left_behind_is_a_table_that_grows(window: Window, qtbot: QtBot, page: LongformView, person: RecordId, keys: Keyboard) -> None:
    turn(page, window, qtbot, "/data/left")
    keys.tab_to("left_has_left_behind_yes").press("Space")
    for name in ("Daw Mya", "Ko Lwin"):
        keys.press("Alt+A").rest().write(name)
    keys.press("Escape", "Alt+Down").rest()
    found = ask(window, qtbot, lambda session: people.page(session, person=person)).left_behind
    assert sorted(str(one.fields["name"].value) for one in found) == ["Daw Mya", "Ko Lwin"]


def test_the_other_language_keeps_half_typed_words_and_the_section(
    window: Window, qtbot: QtBot, page: LongformView, keys: Keyboard
) -> None:
    turn(page, window, qtbot, "/data/journey")
    keys.tab_to("journey_home_left_on_year").write("20").tab_to("journey_destination").write("Mae")
    keys.press("F2").rest()
    assert keys.at.objectName() == "journey_destination"
    assert line(window, "journey_destination").text() == "Mae"
    assert line(window, "journey_home_left_on_year").text() == "20"
    sections = window.findChild(RowList, "sections")
    assert sections is not None
    assert "ခရီး" in [sections.cells.line(at)[0].words for at in range(sections.cells.rowCount())]


def test_health_is_locked_for_a_registrar_and_says_for_whom_it_is(
    unlocked: Unlocked, vault: Any, qtbot: QtBot
) -> None:
    window = unlocked(vault, f"{PASSPHRASE} two")
    page = open_form(window, qtbot, ask(window, qtbot, somebody))
    turn(page, window, qtbot, "/data/health")
    assert state_of(page, "/data/health").state == "locked"
    note = window.findChild(QLabel, "section_locked_words")
    assert note is not None
    assert note.text() == "Only the medic can open this."
    assert window.findChild(QWidget, "health_injured_yes") is None
    Keyboard(window, qtbot).press("Alt+Down").rest()
    assert page._state.section == "/data/safety"
