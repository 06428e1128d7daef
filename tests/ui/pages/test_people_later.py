"""Those who are found at once stand on the screen while others are still looked for; the others come below, and nothing moves."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.services import people
from desktop.services.people import Found
from desktop.services.progress import Cancelled, Progress, silent
from desktop.services.projections import search
from desktop.services.session import Session
from tests.ui.conftest import OPENING, Unlocked
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.pages.people.view import PeopleView
from ui.widgets.lists import CellTable

AT_ONCE = 3
TYPED = "t"


class Held:
    """The second part of each search waits until it is let go; what came of it is kept."""

    def __init__(self) -> None:
        self.searches: list[str] = []
        self.stopped = 0
        self.let_go = threading.Event()
        self._work = people.go_on

    def __call__(self, session: Session, *, known: Found, progress: Progress = silent) -> Found:
        assert known.rest is not None
        self.searches.append(known.rest.query)
        assert self.let_go.wait(20)
        try:
            return self._work(session, known=known, progress=progress)
        except Cancelled:
            self.stopped += 1
            raise


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Three people are found at once."""
    made = Held()
    monkeypatch.setattr(search, "MANY", AT_ONCE)
    monkeypatch.setattr(people, "go_on", made)
    yield made
    made.let_go.set()


@pytest.fixture
def table(desk: Desk) -> CellTable:
    desk.go("people")
    return desk.child(CellTable, "people_list")


@pytest.fixture
def found(desk: Desk, held: Held, table: CellTable) -> list[int]:
    """Keys of everybody who is found by what is typed, as the list has them in the end."""
    whole = desk.ask(lambda session: held._work(session, known=people.begin(session, query=TYPED, filters=people.Filters()))).keys
    assert len(whole) > AT_ONCE + 1
    return list(whole)


def shown(table: CellTable) -> list[str]:
    return [str(table.model().index(at, 0).data()) for at in range(table.model().rowCount())]


def begin(keys: Keyboard, table: CellTable, held: Held, qtbot: QtBot, typed: str = TYPED) -> None:
    """Type, and wait until the first are shown and the others are looked for."""
    before = len(held.searches)
    keys.write(typed)
    qtbot.waitUntil(lambda: len(held.searches) > before and table.model().rowCount() == AT_ONCE, timeout=OPENING)


def test_the_others_come_below_and_what_is_chosen_stays(
    desk: Desk, keys: Keyboard, table: CellTable, held: Held, found: list[int], qtbot: QtBot
) -> None:
    everybody = desk.text("people_count")
    begin(keys, table, held, qtbot)
    first = shown(table)
    assert "…" not in first, "the rows came with the search"
    assert desk.text("people_count") == everybody, "no number is told that is not known"
    keys.press("Down", "Down")
    chosen, top = table.current(), table.verticalScrollBar().value()
    held.let_go.set()
    keys.rest()
    assert (table.currentIndex().row(), table.current()) == (2, chosen)
    assert table.verticalScrollBar().value() == top
    assert shown(table)[:AT_ONCE] == first
    model = desk.child(PeopleView, "page_people")._model
    assert [model.key(at) for at in range(model.rowCount())] == found
    assert "…" not in shown(table)
    assert desk.text("people_count") == f"{len(found)} of {everybody}"
    page = desk.child(PeopleView, "page_people")._state.page
    assert page is not None
    assert page.row.key == chosen


def test_enter_in_between_opens_the_chosen_one(
    desk: Desk, keys: Keyboard, table: CellTable, held: Held, found: list[int], qtbot: QtBot
) -> None:
    begin(keys, table, held, qtbot)
    keys.press("Down", "Return")
    held.let_go.set()
    keys.rest()
    wanted = desk.ask(lambda session: people.rows(session, keys=[found[1]]))[0]
    assert desk.shell.place == "person"
    assert desk.shell._trail[-1][1] == {"person": wanted.id}
    keys.press("Escape").rest()
    assert (desk.shell.place, table.current()) == ("people", found[1])


@pytest.mark.parametrize(("key", "place"), [("Return", "person"), ("Ctrl+P", "paper")])
def test_what_is_asked_before_the_list_has_followed_is_never_done_with_somebody_of_the_search_before(
    desk: Desk, keys: Keyboard, table: CellTable, monkeypatch: pytest.MonkeyPatch, key: str, place: str
) -> None:
    hold, work = threading.Event(), people.begin
    before = table.current()
    assert before is not None
    wanted = next(row for row in desk.people() if len(row.name_other.split()) == 3 and row.key != before)
    monkeypatch.setattr(people, "begin", lambda session, **search: hold.wait(20) and work(session, **search))
    keys.write(wanted.name_other.lower()).press(key)
    assert desk.shell.place == "people"
    hold.set()
    keys.rest()
    hits = desk.ask(lambda session: people.rows(session, keys=people.find(session, query=wanted.name_other.lower()).keys[:1]))
    assert hits[0].key != before, "else this shows nothing"
    assert desk.shell.place == place
    assert desk.shell._trail[-1][1]["person"] == hits[0].id


def test_enter_before_the_list_has_followed_opens_nobody_over_another_page(
    desk: Desk, keys: Keyboard, table: CellTable, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, work = threading.Event(), people.begin
    monkeypatch.setattr(people, "begin", lambda session, **search: hold.wait(20) and work(session, **search))
    keys.write("t").press("Return")
    desk.shell.open("today")
    hold.set()
    keys.rest()
    assert desk.shell.place == "today"


def test_typing_on_ends_the_search_before(
    desk: Desk, keys: Keyboard, table: CellTable, held: Held, found: list[int], qtbot: QtBot
) -> None:
    begin(keys, table, held, qtbot)
    keys.write("han")
    held.let_go.set()
    keys.rest()
    assert held.searches[0] == TYPED
    assert held.stopped == 1, "of what was under way nothing more is looked for"
    assert held.searches[1:] == [f"{TYPED}han"], "what was typed over is not looked for at all"
    hits = desk.ask(lambda session: people.find(session, query=f"{TYPED}han"))
    model = desk.child(PeopleView, "page_people")._model
    assert [model.key(at) for at in range(model.rowCount())] == list(hits.keys)


def test_locking_in_between_ends_it(
    desk: Desk, keys: Keyboard, table: CellTable, held: Held, found: list[int], qtbot: QtBot, unlocked: Unlocked
) -> None:
    begin(keys, table, held, qtbot)
    with qtbot.waitSignal(desk.window.over, timeout=OPENING):
        keys.press("Ctrl+L")
        held.let_go.set()
    assert held.stopped == 1
    qtbot.waitUntil(lambda: not desk.window.jobs.running, timeout=OPENING)
    unlocked(desk.window.folder)


def test_nobody_is_told_only_when_all_was_looked_for(
    desk: Desk, keys: Keyboard, table: CellTable, held: Held, qtbot: QtBot
) -> None:
    keys.write("xqxq")
    qtbot.waitUntil(lambda: len(held.searches) == 1, timeout=OPENING)
    assert table.isVisible()
    assert desk.text("people_nothing") == ""
    keys.press("Return")
    assert desk.shell.place == "people", "nobody who was found by something else is opened"
    held.let_go.set()
    keys.rest()
    assert desk.text("people_nothing") == "Nobody by that name"
    assert not table.isVisible()


def test_who_is_found_only_later_is_chosen_then(desk: Desk, keys: Keyboard, table: CellTable, held: Held, qtbot: QtBot) -> None:
    wanted = next(row for row in desk.people() if len(row.name_other.split()) == 3)
    held.let_go.set()
    words = wanted.name_other.lower().split()
    slip = " ".join([*words[:-1], words[-1] + words[-1][-1]])
    keys.write(slip).rest()
    hits = desk.ask(lambda session: people.begin(session, query=slip, filters=people.Filters()))
    whole = desk.ask(lambda session: people.find(session, query=slip))
    assert wanted.key in whole.keys
    assert list(whole.keys[: len(hits.keys)]) == list(hits.keys)
    assert table.current() == whole.keys[0]
