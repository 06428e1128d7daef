"""People, driven with the keyboard over a real vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.myanmar.text import syllables
from desktop.services import people, views
from desktop.services.filters import EVERYBODY, Filters
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.ui.conftest import OPENING, PASSPHRASE, Unlocked
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.pages.people.view import PeopleView
from ui.widgets.counted_drop import COUNT, CountedDrop
from ui.widgets.fields import Drop, Search
from ui.widgets.lists import CellTable


@pytest.fixture
def table(desk: Desk) -> CellTable:
    desk.go("people")
    return desk.child(CellTable, "people_list")


def names(table: CellTable) -> list[str]:
    return [str(table.model().index(at, 0).data()) for at in range(table.model().rowCount())]


def test_results_follow_each_key_and_the_last_query_wins(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    everybody = desk.people()
    assert desk.text("people_count") == str(len(everybody))
    wanted = everybody[3]
    assert keys.at.objectName() == "people_search"
    for letter in wanted.name_other:
        keys.write(letter)
    keys.rest()
    found = desk.people(query=wanted.name_other)
    assert names(table)[0].startswith(wanted.name)
    assert table.model().rowCount() == len(found)
    assert desk.text("people_count") == f"{len(found)} of {len(everybody)}"
    keys.press("Escape").rest()
    assert table.model().rowCount() == len(everybody)


def test_a_part_of_a_burmese_name_finds_whoever_has_it(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    """Typed syllable by syllable, from the middle of the name too, and with the last one not finished."""
    with_burmese = [row for row in desk.people() if len(syllables(row.name)) > 2]
    wanted = with_burmese[0]
    parts = syllables(wanted.name)
    for typed in ("".join(parts[:2]), "".join(parts[1:]), "".join(parts[:-1]) + parts[-1][0]):
        keys.press("Ctrl+A").write(typed).rest()
        assert any(wanted.name in one for one in names(table)[:5]), typed
    keys.press("Down", "Return").rest()
    assert desk.shell.place == "person"


def test_who_was_not_found_by_name_says_why(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    wanted = desk.people()[0]
    keys.write(f"{wanted.code[:4]}-{wanted.code[4:]}").rest()
    assert "by the case number" in names(table)[0]


def test_arrows_choose_and_enter_opens_the_page(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    rows = desk.people()
    keys.press("Down", "Down").rest()
    assert table.currentIndex().row() == 2
    assert desk.child(PeopleView, "page_people")._state.page is not None
    assert desk.child(PeopleView, "page_people")._state.page.row.id == rows[2].id  # type: ignore[union-attr]
    keys.press("Return").rest()
    assert desk.shell.place == "person"
    assert desk.window.windowTitle() == "Person - Waystation"
    keys.press("Escape").rest()
    assert desk.shell.place == "people"
    assert table.currentIndex().row() == 2, "the chosen person stays chosen"


def test_typing_in_the_list_searches(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    table.setFocus()
    keys.write("a").rest()
    assert keys.at.objectName() == "people_search"
    assert desk.child(Search, "people_search").text() == "a"


def test_filters_of_state_and_need(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    need = next(row.needs[0] for row in desk.people() if row.needs)
    choose(desk.child(Drop, "people_need"), need)
    desk.rest()
    assert table.model().rowCount() == len(desk.people(need=need)) > 0
    choose(desk.child(Drop, "people_state"), "died")
    desk.rest()
    assert not table.isVisible()
    assert desk.text("people_everyone") == "Look among everyone"
    keys.tab_to("people_everyone").press("Space").rest()
    assert table.model().rowCount() == len(desk.people(state=""))
    assert keys.at.objectName() == "people_search"


def choose(drop: QComboBox, key: str) -> None:
    drop.setCurrentIndex(drop.findData(key))
    drop.activated.emit(drop.currentIndex())


def test_print_and_register_are_one_key_away(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    keys.press("Down").rest()
    keys.press("Ctrl+P").rest()
    assert desk.shell.place == "paper"
    assert desk.shell._trail[-1][1] == {"person": desk.people()[1].id, "document": "arrival_slip"}
    desk.go("people")
    keys.press("Ctrl+N").rest()
    assert desk.shell.place == "register"


def test_a_change_elsewhere_is_seen_at_once(desk: Desk, table: CellTable) -> None:
    wanted = desk.people()[0]
    desk.shell.do(desk.window, lambda session: people.change(session, record=wanted.id, values={"name": "နန်းမွန်"}))
    desk.rest()
    assert any(name.startswith("နန်းမွန်") for name in names(table))
    desk.shell.do(desk.window, lambda session: people.delete(session, person=wanted.id))
    desk.rest()
    assert not any(name.startswith("နန်းမွန်") for name in names(table))


def test_the_other_language_keeps_the_search(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    wanted = desk.people()[1].name_other
    keys.write(wanted).press("Left", "F2").rest()
    search = desk.child(Search, "people_search")
    assert keys.at is search
    assert (search.text(), search.cursorPosition()) == (wanted, len(wanted) - 1)
    assert desk.child(CellTable, "people_list").model().headerData(0, Qt.Orientation.Horizontal) == "အမည်"


def test_an_empty_list_says_what_to_do(unlocked: Unlocked, tmp_path: Path, qtbot: QtBot) -> None:
    vault, _ = Vault.create(tmp_path / "empty", site="Riverside", name="Naw Eh", passphrase=PASSPHRASE, hardness=FLOOR)
    vault.close()
    window = unlocked(tmp_path / "empty")
    desk = Desk(window, qtbot)
    desk.go("people")
    assert desk.text("empty_register") == "Register arrival"
    assert Keyboard(window, qtbot).at.objectName() == "empty_register"
    assert not desk.child(CellTable, "people_list").isVisible()
    Keyboard(window, qtbot).press("Space").rest()
    assert desk.shell.place == "register"


# ---- filters and views ---------------------------------------------------------------------------------------------------


def set_of(desk: Desk) -> Filters:
    return desk.child(PeopleView, "page_people")._state.filters


def test_filters_are_chosen_with_the_keyboard_and_all_taken_away(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    everybody = len(desk.people())
    keys.tab_to("people_need").press("Down", "Down").rest()
    wanted = set_of(desk).needs
    assert wanted
    assert table.model().rowCount() == len(desk.people(need=wanted)) < everybody
    assert desk.child(CountedDrop, "people_need").property("set") == "true"
    keys.tab_to("people_arrived").press("Down").rest()
    assert set_of(desk) == Filters(needs=wanted, arrived="today")
    assert keys.at.objectName() == "people_arrived", "the keyboard stays where it is"
    keys.tab_to("people_clear").press("Space").rest()
    assert set_of(desk) == Filters()
    assert table.model().rowCount() == everybody
    assert not desk.child(QWidget, "people_clear").isVisible()
    keys.tab_to("people_caseworker").press("Down").rest()
    assert table.model().rowCount() == 0
    assert desk.text("people_nothing") == "Nobody fits"
    keys.press("Alt+C").rest()
    assert table.model().rowCount() == everybody


def test_each_answer_tells_how_many_there_are(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    drop = desk.child(CountedDrop, "people_need")
    told = {drop.itemData(at): drop.itemData(at, COUNT) for at in range(drop.count())}
    for need in ("medicine", "bed"):
        assert told.get(need, 0) == len(desk.people(need=need))
    wanted = desk.people(need="medicine")[0]
    keys.write(wanted.name_other).rest()
    among = [row for row in desk.people(query=wanted.name_other, state="") if "medicine" in row.needs]
    assert drop.itemData(drop.findData("medicine"), COUNT) == len(among)
    state = desk.child(CountedDrop, "people_state")
    assert state.itemData(state.findData(""), COUNT) == len(desk.people(query=wanted.name_other, state=""))


def test_views_are_one_key_away_kept_and_forgotten(desk: Desk, keys: Keyboard, table: CellTable, door: Recorded, qtbot: QtBot) -> None:
    keys.press("Alt+4").rest()
    assert set_of(desk) == views.READY["doctor"]
    assert table.model().rowCount() == len(desk.ask(lambda session: people.find(session, filters=views.READY["doctor"])).keys)
    choose(desk.child(CountedDrop, "people_arrived"), "week")
    desk.rest()
    drop = desk.child(CountedDrop, "people_view")
    assert drop.currentText() == "Own choice"
    choose(drop, "keep")
    desk.rest()
    keys.press("Return").rest()
    assert "Write a name" in keys.at.window().findChild(QLabel, "view_name_wrong_words").text()  # type: ignore[union-attr]
    keys.write("ဆရာဝန် ဒီအပတ်").press("Return").rest()
    assert drop.currentText() == "ဆရာဝန် ဒီအပတ်"
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    keys.press("Alt+7").rest()
    assert (set_of(desk), drop.currentText()) == (EVERYBODY, "Everyone")
    choose(drop, "own ဆရာဝန် ဒီအပတ်")
    desk.rest()
    assert set_of(desk) == Filters(needs="sick medicine pregnant", arrived="week")
    door.answers = ["go"]
    choose(drop, "forget")
    desk.rest()
    assert drop.findData("own ဆရာဝန် ဒီအပတ်") < 0
    assert set_of(desk) == Filters(needs="sick medicine pregnant", arrived="week"), "what is shown stays"


def test_two_views_of_the_same_people_keep_their_names(desk: Desk, keys: Keyboard, table: CellTable, door: Recorded, qtbot: QtBot) -> None:
    def keep(*tries: str) -> None:
        choose(drop, "keep")
        desk.rest()
        for name in tries:
            keys.press("Ctrl+A").write(name).press("Return").rest()
        desk.window.activateWindow()
        qtbot.waitUntil(desk.window.isActiveWindow)

    drop = desk.child(CountedDrop, "people_view")
    desk.go("people")
    for name in ("first", "second"):
        keep(name)
        assert drop.currentText() == name
    choose(drop, "own first")
    desk.rest()
    assert (drop.currentText(), drop.itemText(drop.findData("forget"))) == ("first", "Forget “first”")
    choose(drop, "here")
    desk.rest()
    assert drop.currentText() == "Everybody here"
    choose(drop, "own second")
    desk.rest()
    door.answers = ["go"]
    choose(drop, "forget")
    desk.rest()
    assert (drop.findData("own second"), drop.findData("own first") >= 0) == (-1, True)
    keys.press("Alt+3").rest()
    keep("first", "third")
    assert drop.currentText() == "third", "a name that another view has is not taken at once"
    keep("first", "first")
    assert drop.currentText() == "first"
    assert {one.name: one.filters for one in desk.ask(views.views)} == {"first": views.READY["bed"], "third": views.READY["bed"]}


def test_days_of_arrival_are_asked_for(desk: Desk, keys: Keyboard, table: CellTable) -> None:
    choose(desk.child(CountedDrop, "people_arrived"), "between")
    desk.rest()
    keys.press("Return").rest()
    assert keys.at.window().objectName() == "people_days", "one of the two days is needed"
    keys.tab_to("days_first_day").write("1").press("Tab").write("1").press("Tab").write("2020")
    keys.tab_to("days_last_day").write("2").press("Tab").write("1").press("Tab").write("2020").press("Return").rest()
    assert set_of(desk).arrived == "2020-01-01..2020-01-02"
    assert desk.child(CountedDrop, "people_arrived").currentText() == "1 January 2020 to 2 January 2020"
    assert table.model().rowCount() == 0


def test_filters_are_remembered_for_the_next_time(desk: Desk, keys: Keyboard, unlocked: Unlocked, vault: Path, qtbot: QtBot) -> None:
    desk.go("people")
    keys.press("Alt+3").rest()
    keys.press("F2").rest()
    assert set_of(desk) == views.READY["bed"], "the other language keeps them"
    with qtbot.waitSignal(desk.window.over, timeout=OPENING):
        desk.window.close()
    again = unlocked(vault)
    later = Desk(again, qtbot)
    later.go("people")
    assert set_of(later) == views.READY["bed"]


@pytest.mark.parametrize("language", ["en", "my"])
def test_everything_on_the_page_fits_and_can_be_named(desk: Desk, language: str) -> None:
    if language == "my":
        desk.shell.changed_language()
    desk.go("people")
    found = desk.faults("people")
    desk.child(PeopleView, "page_people")._state.narrow(arrived="2026-11-01..2026-11-21", needs="sick medicine pregnant", caseworker="nobody", state="")
    desk.rest()
    assert found + desk.faults("people, narrowed") == []


def test_a_view_is_renamed_with_the_keyboard(desk: Desk, keys: Keyboard, table: CellTable, qtbot: QtBot) -> None:
    def again(*tries: str) -> None:
        keys.press("Alt+R").rest()
        for name in tries:
            keys.press("Ctrl+A").write(name).press("Return").rest()
        desk.window.activateWindow()
        qtbot.waitUntil(desk.window.isActiveWindow)

    drop = desk.child(CountedDrop, "people_view")
    keys.press("Alt+3", "Alt+R").rest()
    assert desk.shell.commands.named("people.rename") is None, "only one's own views have another name"
    desk.shell.do(desk.window, lambda session: views.keep(session, name="beds", filters=views.READY["bed"])[1])
    desk.shell.do(desk.window, lambda session: views.keep(session, name="doctor", filters=views.READY["doctor"])[1])
    desk.go("today")
    desk.go("people")
    drop = desk.child(CountedDrop, "people_view")
    choose(drop, "own beds")
    desk.rest()
    again("အိပ်ရာ")
    assert (drop.currentText(), drop.findData("own beds")) == ("အိပ်ရာ", -1)
    keys.press("Alt+R").rest()
    assert keys.at.text() == "အိပ်ရာ", "the name it has is there to be changed"  # type: ignore[attr-defined]
    keys.press("Ctrl+A").write("doctor").press("Return").rest()
    said = keys.at.window().findChild(QLabel, "view_name_wrong_words").text()  # type: ignore[union-attr]
    assert "another view of this name" in said
    assert [one.name for one in desk.ask(views.views)] == ["အိပ်ရာ", "doctor"]
    keys.press("Return").rest()
    assert [(one.name, one.filters) for one in desk.ask(views.views)] == [("doctor", views.READY["bed"])]
    assert drop.currentText() == "doctor"
