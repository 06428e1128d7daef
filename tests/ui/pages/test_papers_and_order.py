"""Papers of a person on their page and on Today, the list of people by name, and Zawgyi in a search, over a real vault."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import paper_places, people, today
from desktop.services.today import TodayPage
from tests.ui.conftest import OPENING, Unlocked
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.widgets.fields import Drop
from ui.widgets.lists import CellTable, RowList


@pytest.fixture
def file(desk: Desk) -> people.PersonPage:
    """Somebody with two papers, one of which is with us; their papers are open."""
    found = desk.family()
    person = found.row.id

    def prepare(session: object) -> bool:
        people.change(session, record=person, values={  # type: ignore[arg-type]
            "papers": ("citizenship", "passport"), "paper_number": "12/KAMAYA(N)123456", "original_citizenship": "held_by_us",
        })
        return True

    desk.ask(prepare)
    desk.go("person", person=person, tab="papers")
    return desk.person(person)


def today_page(desk: Desk) -> TodayPage:
    page: TodayPage = desk.ask(lambda session: today.today(session))
    return page


def lines(desk: Desk) -> list[str]:
    found = desk.child(RowList, "today_list")
    return [str(found.model().index(at, 0).data()) for at in range(found.model().rowCount())]


def test_an_original_is_given_back_by_keyboard(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    assert desk.text("papers_held_words") == "1 original is with us. Give it back as soon as it is copied."
    desk.go("today")
    assert any(line.startswith("1 original paper is here") for line in lines(desk))
    desk.go("person", person=file.row.id, tab="papers")
    keys.tab_to("paper_citizenship_held_by_us", 200).press("Right", "Space").rest()
    desk.rest()
    stands = desk.ask(lambda session: paper_places.papers_of(session, person=file.row.id))
    assert (stands.rows[0].paper, stands.rows[0].place) == ("citizenship", "given_back")
    assert today_page(desk).originals == ()
    desk.go("today")
    assert not any("original paper" in line for line in lines(desk))


def test_a_line_of_today_leads_to_the_papers(desk: Desk, file: people.PersonPage) -> None:
    desk.go("today")
    found = desk.child(RowList, "today_list")
    at = next(at for at, line in enumerate(lines(desk)) if "Citizenship card" in line)
    found.setCurrentIndex(found.model().index(at, 0))
    found.opened.emit(found.current())
    desk.rest()
    assert desk.child(QWidget, "paper_citizenship").isVisible()


def test_the_number_is_shown_in_both_scripts(desk: Desk, file: people.PersonPage) -> None:
    said = [str(one.property("text")) for one in desk.child(QWidget, "person_scroll").findChildren(QWidget)]
    assert "12/ကမရ(နိုင်)123456" in said
    assert "12/KAMAYA(N)123456" in said


@pytest.mark.parametrize("language", ["en", "my"])
def test_the_papers_can_be_named_reached_and_fit(desk: Desk, file: people.PersonPage, language: str) -> None:
    if language == "my":
        desk.shell.changed_language()
        desk.rest()
    assert not (faults := desk.faults(f"papers {language}")), "\n".join(faults)


def test_the_list_stands_by_name_and_is_remembered(
    desk: Desk, keys: Keyboard, unlocked: Unlocked, vault: Path, qtbot: QtBot
) -> None:
    desk.go("people")
    before = desk.ask(lambda session: list(people.find(session).keys))
    drop = desk.child(Drop, "people_order")
    drop.setFocus()
    keys.press("Down").rest()
    assert drop.key() == "name"
    by_name = desk.ask(lambda session: list(people.find(session, order=people.BY_NAME).keys))
    table = desk.child(CellTable, "people_list")
    assert by_name != before
    assert table.current() in before
    with qtbot.waitSignal(desk.window.over, timeout=OPENING):
        desk.window.close()
    again = unlocked(vault)
    other = Desk(again, qtbot)
    other.go("people")
    assert other.child(Drop, "people_order").key() == "name"


def test_zawgyi_in_the_search_finds_after_one_key(desk: Desk, keys: Keyboard) -> None:
    made = desk.ask(lambda session: people.add_member(
        session, household=people.page(session, person=desk_family(session)).household, values={"name": "အောင်မျိုးထက်"}  # type: ignore[arg-type]
    )[0])
    desk.go("people")
    search = desk.child(QLineEdit, "people_search")
    search.setFocus()
    QGuiApplication.clipboard().setText("ေအာင္မ်ိဳးထက္")
    keys.press("Ctrl+V").rest()
    assert desk.shell.window().findChild(QWidget, "people_search_zawgyi") is not None
    keys.press("F9").rest()
    assert search.text() == "အောင်မျိုးထက်"
    key = desk.child(CellTable, "people_list").current()
    assert desk.ask(lambda session: people.rows(session, keys=[key])[0].id) == made


@pytest.mark.parametrize("page", ["doubles", "today", "contacts"])
def test_the_offer_of_the_search_goes_with_its_page(desk: Desk, keys: Keyboard, page: str) -> None:
    desk.go("people")
    desk.child(QLineEdit, "people_search").setFocus()
    QGuiApplication.clipboard().setText("ေအာင္မ်ိဳးထက္")
    keys.press("Ctrl+V").rest()
    assert desk.shell.window().findChild(QWidget, "people_search_zawgyi") is not None
    desk.go(page)
    desk.rest()
    left = desk.shell.window().findChild(QWidget, "people_search_zawgyi")
    assert left is None or not left.isVisible()


def desk_family(session: object) -> object:
    """Somebody with a household."""
    for row in people.rows(session, keys=list(people.find(session).keys)):  # type: ignore[arg-type]
        if people.page(session, person=row.id).household is not None:  # type: ignore[arg-type]
            return row.id
    raise AssertionError("no household among the invented people")
