"""Any form in the window over a real vault: pages, repeats, drafts, taking back, finishing, languages, what cannot be opened."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from desktop.domain.changes import Changes
from desktop.domain.ids import RecordId
from desktop.services import any_form
from tests.ui.forms.every_type import EVERY_TYPE, SCRIPTS, compiled, definition, long_form
from tests.ui.pages.asking import Desk
from tests.ui.pages.filling import add, open_form, picture, turn
from tests.ui.typing import Keyboard
from ui.pages.longform.state import END
from ui.pages.longform.view import LongformView
from ui.present_errors import FailurePanel
from ui.widgets.fields import Drop, Search
from ui.widgets.lists import RowList

ROOT = f"/{definition().root.name}"


@pytest.fixture
def page(desk: Desk) -> LongformView:
    return open_form(desk, compiled(EVERY_TYPE), {"cross.png": picture("#B3261E")})


def value(page: LongformView, path: str) -> str:
    return page._state.filling.form.node(path).value


def field(page: LongformView, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def test_every_page_is_named_reached_and_readable_in_both_languages(desk: Desk, page: LongformView) -> None:
    for key in page._state.paths():
        turn(desk, page, key)
        assert desk.faults(key) == []
    desk.shell.changed_language()
    desk.rest()
    shown = desk.shell.page
    assert isinstance(shown, LongformView)
    for key in shown._state.paths():
        turn(desk, shown, key)
        assert desk.faults(key) == []


def test_a_form_is_filled_by_the_keyboard_saved_by_sections_and_finished(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/writing")
    keys.write("Hpa-An").press("Enter")
    assert keys.at.objectName() == "writing_story"
    keys.press("Tab").write("0095").press("Enter", "Enter")
    assert keys.at.objectName() == "writing_card"
    keys.press("Alt+Down").rest()
    assert page._state.section == f"{ROOT}/numbers"
    [row] = desk.ask(any_form.filled)
    assert row.done == 1
    keys.press("F8").rest()
    assert keys.at.objectName() == "numbers_people"
    keys.write("12").press("Enter").rest()
    assert page.findChild(QLabel, "numbers_twice_shown").text() == "24"
    turn(desk, page, f"{ROOT}/choosing")
    keys.press("Space").rest()
    assert value(page, f"{ROOT}/choosing/agreed") == "yes"
    page._state.filling.answer(f"{ROOT}/house[1]/person[1]/age", "40")
    turn(desk, page, END)
    assert desk.text("form_end_calm_words").startswith("Nothing is missing")
    keys.press("Ctrl+Return").rest()
    [row] = desk.ask(any_form.filled)
    assert row.finished


def test_what_is_missing_is_told_calmly_and_leads_there(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, END)
    assert desk.text("form_end_calm_words") == "4 answers are missing or cannot be right."
    listed = page.findChild(RowList, "form_end_list")
    assert listed is not None
    assert listed.cells.rowCount() == 4
    keys.press("Ctrl+Return").rest()
    assert keys.at.objectName() == "writing_plain"
    keys.press("Shift+F8").rest()
    assert keys.at.objectName() == "writing_plain"
    keys.write("Here").press("F8").rest()
    assert keys.at.objectName() == "numbers_people"
    assert not desk.ask(any_form.filled) or not desk.ask(any_form.filled)[0].finished


def test_the_last_answer_is_taken_back(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/numbers")
    keys.write("12").press("Enter").rest()
    keys.press("Ctrl+Z").rest()
    assert value(page, f"{ROOT}/numbers/people") == ""
    assert keys.at.objectName() == "numbers_people"


def test_a_line_that_was_taken_out_can_be_put_back(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    from tests.ui.door import Recorded
    from ui import messages

    turn(desk, page, f"{ROOT}/house")
    keys.press("Alt+A").write("Blue house").rest()
    house = f"{ROOT}/house[1]"
    count = len([node for node in page._state.filling.form.children("") if node.kind == "repeat" and node.path.startswith(f"{ROOT}/house")])
    last = f"{ROOT}/house[{count}]"
    assert value(page, f"{last}/house_name") == "Blue house"
    door = Recorded()
    door.answers = ["out"]
    before = messages.use(door)
    try:
        page.findChild(QPushButton, "house_remove").click()
    finally:
        messages.use(before)
    desk.rest()
    assert len(door.asked) == 1
    with pytest.raises(KeyError):
        page._state.filling.form.node(last)
    page.findChild(QPushButton, "house_put_back").click()
    desk.rest()
    assert value(page, f"{last}/house_name") == "Blue house"
    assert house


def test_repeats_inside_repeats(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/house")
    keys.press("Alt+A").write("Blue").rest()
    at = page._state.filling.editing[f"{ROOT}/house"]
    page.findChild(QPushButton, f"house_{at[-2]}_person_add").click()
    desk.rest()
    keys.write("Thiri").press("Enter").write("ten").press("Enter").rest()
    inner = page._state.filling.editing[f"{at}/person"]
    assert value(page, f"{inner}/who") == "Thiri"
    assert page._state.filling.refused[f"{inner}/age"] == "ten"
    keys.press("F8").rest()
    assert keys.at.objectName() == "house_1_person_1_age"
    keys.press("Escape").rest()
    assert f"{ROOT}/house[1]/person" not in page._state.filling.editing
    assert page._state.filling.editing[f"{ROOT}/house"] == f"{ROOT}/house[1]"
    keys.press("F8").rest()
    assert keys.at.objectName() == "house_1_person_1_age"


def test_what_a_number_takes_out_comes_back_with_it(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}#bag_count")
    keys.write("3").rest()
    filling = page._state.filling
    for at in (1, 2, 3):
        filling.answer(f"{ROOT}/bag[{at}]/bag_label", f"bag {at}")
    desk.rest()
    keys.press("End", "Backspace").write("1").rest()
    with pytest.raises(KeyError):
        filling.form.node(f"{ROOT}/bag[2]")
    keys.press("End", "Backspace").write("3").rest()
    assert [value(page, f"{ROOT}/bag[{at}]/bag_label") for at in (1, 2, 3)] == ["bag 1", "bag 2", "bag 3"]
    turn(desk, page, f"{ROOT}/bag")
    assert not page.findChild(QPushButton, "bag_add").isVisible()


def test_a_scanner_types_and_never_presses_a_button(desk: Desk, page: LongformView) -> None:
    turn(desk, page, f"{ROOT}/writing")
    card = field(page, "writing_card")
    card.setFocus()
    QTest.keyClicks(card, "K7M4-2QXP")
    QTest.keyClick(card, Qt.Key.Key_Return)
    desk.rest()
    assert value(page, f"{ROOT}/writing/card") == "K7M4-2QXP"
    assert page._state.section == f"{ROOT}/writing"
    button = page.findChild(QPushButton, "next_section")
    button.setFocus()
    QTest.keyClicks(button, "K7M4-2QXP")
    QTest.keyClick(button, Qt.Key.Key_Return)
    desk.rest()
    assert page._state.section == f"{ROOT}/writing"
    time.sleep(0.1)
    QTest.keyClick(button, Qt.Key.Key_Return)
    desk.rest()
    assert page._state.section == f"{ROOT}/numbers"


def test_a_draft_goes_on_where_it_was_left_with_what_the_form_refused(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/numbers")
    keys.write("many").rest()
    draft = page._state.filling.opened.draft
    desk.go("today")
    desk.go("longform", draft=draft)
    shown = desk.shell.page
    assert isinstance(shown, LongformView)
    turn(desk, shown, f"{ROOT}/numbers")
    assert field(shown, "numbers_people").text() == "many"


def test_a_form_of_600_questions_without_groups_opens_page_by_page(desk: Desk, keys: Keyboard) -> None:
    page = open_form(desk, compiled(long_form(600)))
    assert len(page._state.sheets) == 30
    assert len(page.findChildren(QLineEdit)) < 40
    keys.press("Ctrl+F").write("question 411").rest()
    search = page.findChild(Search, "find_question")
    assert search is not None
    assert page.findChild(RowList, "questions_found").cells.rowCount() == 1
    keys.press("Enter").rest()
    assert keys.at.objectName() == "q411"


def test_a_rule_that_takes_too_long_ends_in_a_sentence(desk: Desk, keys: Keyboard) -> None:
    rows = "\n".join(f"| | text | t{at} | T{at} | |" for at in range(100))
    rule = "if(${start} = 'go', count(/data/g//*[count(/data/g//*[count(/data/g//*[position() > 0]) > 0]) > 0]), 0)"
    sheet = f"| survey |\n| | type | name | label | calculation |\n| | text | start | Begin | |\n| | calculate | sum | | {rule} |"
    page = open_form(desk, compiled(f"{sheet}\n| | begin group | g | G | |\n{rows}\n| | end group | | | |"))
    assert page.findChild(QWidget, "form_overworked") is None
    keys.write("go").rest()
    told = page.findChild(QLabel, "form_overworked_words")
    assert told is not None
    assert told.text().startswith("A rule of this form takes too long")
    assert value(page, "/data/start") == "go"
    assert desk.faults("overworked") == []


def test_what_was_typed_just_before_the_page_is_turned_is_saved(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/choosing")
    keys.press("Space").rest()
    assert page.sheet is not None
    page.sheet.focus(f"{ROOT}/choosing/township_found")
    desk.rest()
    keys.write("Myawaddy").press("Alt+Down").rest()
    [row] = desk.ask(any_form.filled)
    stored = desk.ask(lambda session: any_form.as_saved(session, submission=row.id, language="en"))
    assert stored.form.node(f"{ROOT}/choosing/township_found").value == "myawaddy"


def test_other_scripts_and_the_choice_of_the_forms_languages(desk: Desk) -> None:
    page = open_form(desk, compiled(SCRIPTS))
    drop = page.findChild(Drop, "form_language")
    assert drop is not None
    assert drop.count() == 3
    page._state.speak("Shan (shn)")
    desk.rest()
    assert "ၸိုဝ်ႈမႂ်းၸိုဝ်ႈသင်" in [one.text() for one in page.findChildren(QLabel)]
    assert desk.faults("shan") == []


def test_a_form_that_is_not_here_is_never_an_empty_form(desk: Desk) -> None:
    form = add(desk, compiled(SCRIPTS))
    desk.go("longform", form=RecordId(form.device, form.seq + 999))
    page = desk.shell.page
    assert isinstance(page, LongformView)
    assert page.findChild(FailurePanel) is not None
    assert page.sheet is None
    assert not page.findChild(QWidget, "next_section").isVisible()


def test_a_filled_form_about_a_person_is_opened_again_with_others_answers(desk: Desk, keys: Keyboard) -> None:
    person = desk.people()[0].id
    page = open_form(desk, compiled(EVERY_TYPE), person=person)
    turn(desk, page, f"{ROOT}/writing")
    keys.write("Hpa-An").press("Alt+Down").rest()
    [row] = desk.ask(lambda session: any_form.filled(session, person=person))
    desk.go("today")
    desk.go("longform", submission=row.id)
    shown = desk.shell.page
    assert isinstance(shown, LongformView)
    assert shown._state.person is not None
    turn(desk, shown, f"{ROOT}/writing")
    assert field(shown, "writing_plain").text() == "Hpa-An"
    assert QApplication.focusWidget() is not None


def test_what_is_typed_while_the_form_is_read_again_is_kept(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/writing")
    keys.write("Hpa-An").press("Alt+Down").rest()
    [row] = desk.ask(any_form.filled)
    turn(desk, page, f"{ROOT}/writing")
    page._state.changed(Changes(frozenset({"submission"}), frozenset()))  # others' answers came on a stick
    page._state.filling.answer(f"{ROOT}/writing/plain", "Hpa-An, the hill")
    desk.rest()
    assert value(page, f"{ROOT}/writing/plain") == "Hpa-An, the hill"
    assert page._state.section == f"{ROOT}/writing"
    desk.go("people")
    stored = desk.ask(lambda session: any_form.as_saved(session, submission=row.id, language="en"))
    assert stored.form.node(f"{ROOT}/writing/plain").value == "Hpa-An, the hill"


def test_another_language_keeps_the_form_that_was_begun_and_what_is_typed(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/writing")
    keys.write("Hpa-An")
    draft = page._state.filling.opened.draft  # type: ignore[union-attr]
    desk.shell.changed_language()
    desk.rest()
    shown = desk.shell.page
    assert isinstance(shown, LongformView)
    assert (shown._state.section, value(shown, f"{ROOT}/writing/plain")) == (f"{ROOT}/writing", "Hpa-An")
    assert shown._state.filling.opened.draft == draft  # type: ignore[union-attr]


def test_a_step_back_leads_to_the_form_that_was_begun_not_to_an_empty_one(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    desk.go("people")
    desk.shell.back()
    desk.rest()
    turn(desk, page, f"{ROOT}/writing")
    keys.write("Hpa-An")
    desk.go("people")
    desk.shell.back()
    desk.rest()
    assert value(page, f"{ROOT}/writing/plain") == "Hpa-An"
    desk.go("people")
    desk.go("longform", form=add(desk, compiled(long_form(3))))
    desk.shell.back()
    desk.shell.back()
    desk.rest()
    assert value(page, f"{ROOT}/writing/plain") == "Hpa-An"
    assert len(desk.ask(any_form.filled)) == 1


def test_taking_back_in_a_form_opened_again_never_takes_back_what_was_saved_before(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/writing")
    keys.write("Hpa-An").press("Alt+Down").rest()
    [row] = desk.ask(any_form.filled)
    desk.go("people")
    desk.go("longform", submission=row.id)
    turn(desk, page, f"{ROOT}/writing")
    keys.press("Ctrl+Z").rest()
    assert value(page, f"{ROOT}/writing/plain") == "Hpa-An"
    [still] = desk.ask(any_form.filled)
    assert still.done == row.done


def test_what_stands_on_the_page_is_what_is_kept_after_the_last_save_is_taken_back(desk: Desk, page: LongformView, keys: Keyboard) -> None:
    turn(desk, page, f"{ROOT}/writing")
    keys.write("Hpa-An").press("Alt+Down").rest()
    turn(desk, page, f"{ROOT}/writing")
    keys.press("Ctrl+A").write("Myawaddy").press("Alt+Down").rest()
    keys.write("12").rest()
    desk.shell.undo()
    desk.rest()
    assert value(page, f"{ROOT}/writing/plain") == "Hpa-An"
    assert value(page, f"{ROOT}/numbers/people") == "12"
    [row] = desk.ask(any_form.filled)
    stored = desk.ask(lambda session: any_form.as_saved(session, submission=row.id, language="en"))
    assert stored.form.node(f"{ROOT}/writing/plain").value == "Hpa-An"
