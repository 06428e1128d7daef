"""Pairs that may be one person: looked at side by side, made one, kept apart, made two again; driven with the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Role
from desktop.domain.ids import RecordId
from desktop.services import twice
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.ui.conftest import PASSPHRASE, Unlocked
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.twice import register, two
from tests.ui.typing import Keyboard
from ui.widgets.lists import RowList


@pytest.fixture
def pair(desk: Desk) -> tuple[RecordId, RecordId]:
    """Somebody registered twice, the page of pairs before us."""
    found: tuple[RecordId, RecordId] = desk.ask(two)
    desk.go("doubles")
    return found


def pairs(desk: Desk) -> int:
    return len(desk.ask(twice.review))


def test_today_leads_to_the_pair(desk: Desk, keys: Keyboard) -> None:
    desk.ask(two)
    desk.go("people")
    desk.go("today")
    listed = desk.child(RowList, "today_list")
    texts = [str(listed.model().index(at, 0).data()) for at in range(listed.model().rowCount())]
    assert any("1 pair may be the same person" in text for text in texts)
    listed.choose(("doubles", ()))
    listed.setFocus()
    keys.press("Return").rest()
    assert desk.text("page_title") == "Are these the same person?"
    assert desk.text("doubles_name_1") == "အောင်မျိုးထက်"


def test_made_one_by_keyboard_and_taken_back(desk: Desk, keys: Keyboard, pair: tuple[RecordId, RecordId]) -> None:
    first, second = pair
    assert desk.child(QPushButton, "doubles_join").isEnabled()
    assert keys.at.objectName().startswith("doubles_"), "the keyboard is at the first answer that differs"
    names = [one.objectName() for one in desk.window.findChildren(QPushButton) if one.isVisible() and one.isCheckable()]
    assert {"doubles_name_1", "doubles_name_2"} <= set(names)
    desk.child(QPushButton, "doubles_name_1").setFocus()
    keys.press("2")
    assert desk.child(QPushButton, "doubles_name_2").isChecked()
    assert not desk.child(QPushButton, "doubles_name_1").isChecked()
    keys.press("Ctrl+Return").rest()
    page = desk.person(first)
    assert (page.row.name, page.fields["father_name"].value) == ("Aung Myo Htat", "ဦးဘသန်း")
    assert [one.id for one in page.made_one] == [second]
    assert page.row.needs == ("bed",)
    assert desk.child(QPushButton, "doubles_people").isVisible(), "nobody is left to look at"
    keys.press("Ctrl+Z").rest()
    assert desk.person(first).made_one == ()
    assert desk.text("page_title") == "Are these the same person?"


def test_nothing_is_clipped_nameless_or_out_of_reach(desk: Desk, pair: tuple[RecordId, RecordId]) -> None:
    assert desk.faults("pair") == []
    desk.shell.changed_language()
    desk.rest()
    assert desk.faults("pair in Burmese") == []


def test_two_people_are_never_asked_about_again(desk: Desk, keys: Keyboard, pair: tuple[RecordId, RecordId]) -> None:
    keys.press("Alt+T").rest()
    assert pairs(desk) == 0
    assert desk.child(QPushButton, "doubles_people").isVisible()
    keys.press("Ctrl+Z").rest()
    assert pairs(desk) == 1


def test_later_goes_to_the_next_pair(desk: Desk, keys: Keyboard) -> None:
    desk.ask(two)
    desk.ask(lambda session: (register(session, name="Khin Sandar Win", age="27", sex="woman", father_name="U Hla", township="Bago"),
                              register(session, name="ခင်စန္ဒာဝင်း", age="27", sex="woman", father_name="ဦးလှ", township="Bago")))
    desk.go("doubles")
    listed = desk.child(RowList, "doubles_list")
    assert listed.model().rowCount() == 2
    before = listed.current()
    keys.press("Alt+L").rest()
    assert listed.current() != before
    keys.press("F2").rest()
    assert desk.child(RowList, "doubles_list").current() != before, "the other language stays at the pair"


def test_made_two_again_on_the_page_of_the_person(desk: Desk, keys: Keyboard, pair: tuple[RecordId, RecordId], door: Recorded) -> None:
    keys.press("Ctrl+Return").rest()
    desk.go("person", person=pair[0])
    door.answers = ["go"]
    desk.child(QPushButton, "made_one_two_1").click()
    desk.rest()
    assert [one.title for one in door.asked] == ["Make them two again?"]
    assert desk.person(pair[0]).made_one == ()
    assert desk.person(pair[1]).row.name == "Aung Myo Htat"
    assert desk.window.findChild(QPushButton, "made_one_two_1") is None


def test_two_households_are_made_one(desk: Desk, keys: Keyboard, pair: tuple[RecordId, RecordId]) -> None:
    homes = [desk.person(person).household for person in pair]
    desk.go("person", person=pair[0], tab="household")
    desk.child(QPushButton, "same_household").click()
    desk.rest()
    keys.write("Aung Myo Htat").rest()
    keys.press("Return").rest()
    desk.window.activateWindow()  # a window manager does this when a box closes
    desk.rest()
    assert desk.text("page_title") == "Are these the same household?"
    keys.press("Ctrl+Return").rest()
    assert desk.shell.place == "person"
    page = desk.person(pair[0])
    assert page.household in homes
    assert [one.person.id for one in page.members] == [pair[1]]
    assert len(page.household_made_one) == 1


def test_an_observer_looks_and_decides_nothing(
    vault: Path, unlocked: Unlocked, qtbot: QtBot
) -> None:
    session = Session(Vault.open(vault, PASSPHRASE))
    session.vault.volunteers.add(name="Hser", role=Role.OBSERVER, passphrase=f"{PASSPHRASE} five", folders=Role.OBSERVER.folders)
    two(session)
    session.close()
    window = unlocked(vault, f"{PASSPHRASE} five")
    desk = Desk(window, qtbot)
    desk.go("doubles")
    assert desk.faults("") == []
    assert not desk.child(QPushButton, "doubles_join").isEnabled()
    assert not desk.child(QPushButton, "doubles_apart").isEnabled()
    assert "reads only" in desk.text("doubles_failed_words")
    assert desk.shell.commands.named("doubles.join") is None
