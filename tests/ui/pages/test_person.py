"""Person: looked at, changed, given to others and taken off the list, over a real vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.values import Silence
from desktop.services import history, people
from tests.ui.conftest import OPENING, Unlocked
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.pages.person.view import PersonView
from ui.widgets.choices import Choices
from ui.widgets.labels import Words
from ui.widgets.lists import CellTable, RowList, Tabs


def state(desk: Desk) -> PersonView:
    return desk.child(PersonView, "page_person")


def line(desk: Desk, field: str) -> QLineEdit:
    return desk.child(QLineEdit, f"field_{field}")


def rewrite(desk: Desk, keys: Keyboard, field: str, text: str) -> None:
    keys.tab_to(f"field_{field}", 400)
    line(desk, field).selectAll()
    keys.write(text)


def silent(desk: Desk, keys: Keyboard, field: str, words: str) -> None:
    """Choose one of the three ways of no answer beside a field."""
    keys.tab_to(f"silence_{field}", 400).press("Space")
    menu = desk.window.findChild(QMenu, f"silence_{field}_menu")
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()[:3]] == ["Unknown", "Did not want to say", "Not asked"]
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
    keys.rest()


# ---- looking -----------------------------------------------------------------------------------------------------------


def test_the_head_tells_who_it_is(desk: Desk, file: people.PersonPage) -> None:
    row = file.row
    assert desk.text("person_name") == row.name
    assert desk.text("person_name_other") == row.name_other
    assert desk.text("person_code") == f"{row.code[:4]}-{row.code[4:]}"
    code = desk.child(Words, "person_code")
    assert code.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    tabs = desk.child(Tabs, "person_tabs")
    assert [tabs.tabText(at) for at in range(tabs.count())] == [
        "Overview", f"Household  {len(file.members) + 1}", "Notes and steps", f"Forms  {len(file.submissions)}", "Health", "Papers", "Photos", "History",
    ]


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_tab_and_form_can_be_named_read_reached_and_fits(desk: Desk, file: people.PersonPage, language: str) -> None:
    desk.shell.do(desk.window, lambda session: people.change(session, record=file.row.id, values={
        "withhold_from": ["Ko Aung"], "withhold_why": "ကျန်ခဲ့သော မိသားစု ဘေးကင်းရန်", "review_on": "2026-12-01",
        "other_names": ["အောင်အောင်", "Saw Htoo"], "languages": ["ksw", "pwo", "my"], "verification": "in_review",
        "note": "အင်္ဂလိပ်စာ တတ်သည်။ ကျောင်းတွင် ကူညီလိုသည်။ " * 4,
    }))
    desk.shell.do(desk.window, lambda session: people.change_health(session, person=file.row.id, values={"chronic": "ပန်းနာရောဂါ", "injured": "no"}))
    desk.rest()
    if language == "my":
        desk.shell.changed_language()
    faults = []
    for tab in ("overview", "household", "forms", "health", "history"):
        desk.go("person", person=file.row.id, tab=tab)
        state(desk)._state.open_tab(tab)
        faults += desk.faults(f"{tab} {language}")
    for what in ("person", "household", "member", "left_behind", "health", "relationship"):
        state(desk)._state.begin(what, file.row.id if what == "relationship" else None)
        faults += desk.faults(f"{what} {language}")
        state(desk)._state.close_form()
    assert not faults, "\n".join(faults)


def test_tabs_open_by_key(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    for key, tab, shows in (
        ("Alt+2", "household", "members"), ("Alt+4", "forms", "forms"), ("Alt+8", "history", "history"), ("Alt+3", "notes", "add_step"),
        ("Alt+7", "photos", "photo_new"), ("Alt+1", "overview", "overview_members"),
    ):
        keys.press(key).rest()
        assert state(desk)._state.tab == tab
        assert desk.child(QWidget, shows).isVisible()


def test_who_is_not_to_be_told_stands_first(desk: Desk, file: people.PersonPage) -> None:
    values = {"withhold_from": ["Ko Aung"], "withhold_why": "family is still there"}
    desk.shell.do(desk.window, lambda session: people.change(session, record=file.row.id, values=values))
    desk.rest()
    assert desk.text("withhold_words") == "Do not share with: Ko Aung. family is still there"


def test_next_steps_lead_on(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    steps = desk.child(RowList, "next_steps")
    texts = [str(steps.model().index(at, 0).data()) for at in range(steps.model().rowCount())]
    assert any(text.startswith("Print the arrival slip") for text in texts)
    keys.tab_to("next_steps")
    assert steps.choose("slip")
    keys.press("Return").rest()
    assert desk.shell._trail[-1] == ("paper", {"person": file.row.id, "document": "arrival_slip"})


def test_somebody_who_is_gone_is_said_calmly(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    desk.shell.do(desk.window, lambda session: people.delete(session, person=file.row.id))
    desk.rest()
    assert desk.text("sentence") == "This is no longer here."
    assert keys.at.objectName() == "person_gone"
    keys.press("Space").rest()
    assert desk.shell.place == "people"


# ---- changing ----------------------------------------------------------------------------------------------------------


def test_a_change_is_saved_by_keyboard_and_stands_in_the_history(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    before = file.fields["call_name"].value
    keys.press("E").rest()
    assert keys.at.objectName() == "field_name"
    rewrite(desk, keys, "call_name", "Ko Gyi")
    keys.press("Ctrl+Return").rest()
    assert desk.person(file.row.id).fields["call_name"].value == "Ko Gyi"
    keys.press("Alt+8").rest()
    table = desk.child(CellTable, "history")
    assert table.model().index(0, 2).data() == "Name to call in public"
    told = [label.text() for label in desk.window.findChildren(Words) if label.isVisible()]
    assert told[told.index("Before") + 1] == before
    assert told[told.index("After") + 1] == "Ko Gyi"


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu without a screen
def test_the_three_ways_of_no_answer_are_three(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("E").rest()
    for field, words in (("mother_name", "Unknown"), ("phone", "Did not want to say"), ("destination", "Not asked")):
        silent(desk, keys, field, words)
        assert desk.text(f"silence_{field}") == words
    keys.press("Ctrl+Return").rest()
    fields = desk.person(file.row.id).fields
    assert [fields[name].value for name in ("mother_name", "phone", "destination")] == [Silence.UNKNOWN, Silence.REFUSED, Silence.NOT_ASKED]
    keys.press("E").rest()
    rewrite(desk, keys, "mother_name", "Daw Mya")
    assert desk.text("silence_mother_name") == "No answer"
    keys.press("Ctrl+Return").rest()
    assert desk.person(file.row.id).fields["mother_name"].value == "Daw Mya"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("E").rest()
    rewrite(desk, keys, "name", " ")
    keys.tab_to("field_home_left_on_day", 400).write("31")
    keys.tab_to("field_home_left_on_year").write("2026")
    keys.press("Ctrl+Return").rest()
    assert desk.problem("name") == "Write a name, even a part of it."
    assert desk.problem("home_left_on") == "Choose the month too."
    assert desk.text("change_failed_words") == "Look at the red lines first."
    assert keys.at.objectName() == "field_name"
    assert desk.person(file.row.id).row.name == file.row.name
    keys.write("ကို")
    assert desk.problem("name") == "", "what is mended is not red any more"


def test_a_doubtful_answer_is_kept_and_said(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("E").rest()
    rewrite(desk, keys, "phone", "12")
    assert state(desk)._form is not None
    assert state(desk)._form.form.show_problems(), "a doubt does not stop the save"  # type: ignore[union-attr]
    assert desk.problem("phone") == "This looks short for a telephone number. Leave it if it is right."
    keys.press("Ctrl+Return").rest()
    assert desk.person(file.row.id).fields["phone"].value == "12"


def test_half_a_change_survives_the_language_another_page_and_a_lock(
    desk: Desk, keys: Keyboard, file: people.PersonPage, unlocked: Unlocked, vault: Path, qtbot: QtBot
) -> None:
    keys.press("E").rest()
    rewrite(desk, keys, "call_name", "ကိုကြီး")
    keys.tab_to("field_home_left_on_day", 400).write("31")
    keys.press("F2").rest()
    assert line(desk, "call_name").text() == "ကိုကြီး"
    assert line(desk, "home_left_on_day").text() == "31"
    assert keys.at.objectName() == "field_home_left_on_day"
    keys.press("Escape").rest()
    assert desk.text("person_change") == "ဆက်ပြင်ရန်"
    desk.go("today")
    desk.go("person", person=file.row.id)
    keys.press("E").rest()
    assert line(desk, "call_name").text() == "ကိုကြီး"
    with qtbot.waitSignal(desk.window.over, timeout=OPENING):
        desk.window.lock()
    again = unlocked(vault)
    second = Desk(again, qtbot)
    second.go("person", person=file.row.id)
    assert line(second, "call_name").text() == "ကိုကြီး"
    Keyboard(again, qtbot).tab_to("change_forget", 400).press("Space").rest()
    assert second.child(QPushButton, "person_change").isVisible()
    assert second.person(file.row.id).fields["call_name"].value == file.fields["call_name"].value


def test_a_set_and_choices_of_a_need(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("E").rest()
    languages = desk.child(Choices, "field_languages")
    wanted = languages.chosen() ^ {"shn"}
    keys.tab_to("field_languages_shn", 400).press("Space")
    keys.press("Ctrl+Return").rest()
    assert set(desk.person(file.row.id).fields["languages"].value) == wanted  # type: ignore[arg-type]


# ---- household ---------------------------------------------------------------------------------------------------------


def test_somebody_is_added_and_related(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("Alt+2").rest()
    keys.tab_to("add_member").press("Space").rest()
    keys.press("Ctrl+Return").rest()
    assert desk.problem("name") == "Write a name, even a part of it."
    keys.write("နန်းခမ်း").tab_to("field_birth").write("၇")
    keys.press("Ctrl+Return").rest()
    members = desk.person(file.row.id).members
    added = next(one for one in members if one.person.name == "နန်းခမ်း")
    assert added.person.age == 7
    assert len(members) == len(file.members) + 1
    keys.tab_to("members")
    assert desk.child(CellTable, "members").choose(added.person.key)
    keys.tab_to("change_relationship").press("Space").rest()
    assert desk.text("page_title") == "Relationship of နန်းခမ်း"
    keys.write("Grandchild").press("Ctrl+Return").rest()
    assert next(one for one in desk.person(file.row.id).members if one.person.name == "နန်းခမ်း").relationship == "grandchild"
    desk.child(CellTable, "members").choose(added.person.key)
    desk.child(CellTable, "members").open_current()
    desk.rest()
    assert desk.text("person_name") == "နန်းခမ်း"


def test_who_was_left_behind_is_added_and_changed(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("Alt+2").rest()
    keys.tab_to("add_left_behind").press("Space").rest()
    keys.write("ဦးမောင်").tab_to("field_threatened_yes").press("Space").press("Ctrl+Return").rest()
    rows = desk.person(file.row.id).left_behind
    assert len(rows) == len(file.left_behind) + 1
    at = next(at for at, row in enumerate(rows) if row.fields["name"].value == "ဦးမောင်")
    assert rows[at].fields["threatened"].value == "yes"
    table = desk.child(CellTable, "left_behind")
    assert table.choose(at)
    table.open_current()
    keys.rest()
    assert keys.at.objectName() == "field_name"
    keys.tab_to("field_area").write("Hpa-An")
    keys.press("Ctrl+Return").rest()
    assert desk.person(file.row.id).left_behind[at].fields["area"].value == "Hpa-An"


# ---- health, roles, taking off -----------------------------------------------------------------------------------------


def test_health_is_written_by_those_who_can_open_it(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("Alt+5").rest()
    keys.press("E").rest()
    assert keys.at.objectName() == "field_emergency_yes"
    keys.tab_to("field_chronic").write("asthma")
    keys.press("Ctrl+Return").rest()
    health = desk.person(file.row.id).health
    assert health is not None
    assert health["chronic"].value == "asthma"
    assert desk.text("change_health") == "Change"


def test_a_registrar_sees_a_lock_and_no_restricted_fields(registrar: Desk, qtbot: QtBot) -> None:
    found = registrar.family()
    registrar.go("person", person=found.row.id)
    keys = Keyboard(registrar.window, qtbot)
    keys.press("Alt+5").rest()
    assert registrar.text("sentence") == "Only a volunteer who can open Health sees this."
    keys.press("Alt+1").rest()
    keys.press("E").rest()
    names = {one.objectName() for one in registrar.window.findChildren(QLineEdit)}
    assert "field_rank_claimed" in names
    assert not names & {"field_rank_verified", "field_service_number", "field_trade"}


def test_taking_off_the_list_is_asked_and_can_be_taken_back(desk: Desk, keys: Keyboard, file: people.PersonPage, door: Recorded) -> None:
    keys.tab_to("person_delete").press("Space").rest()
    assert [one.title for one in door.asked] == [f"Take {file.row.name} off the list?"]
    assert desk.shell.place == "person", "the answer was to go back"
    door.answers = ["take"]
    keys.press("Space").rest()
    assert desk.shell.place == "people"
    assert file.row.id not in {row.id for row in desk.people()}
    desk.shell.undo()
    desk.rest()
    assert file.row.id in {row.id for row in desk.people()}
    assert desk.ask(history.undoable) == ""


def test_print_goes_to_the_papers_of_this_person(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("Ctrl+P").rest()
    assert desk.shell._trail[-1] == ("paper", {"person": file.row.id})
