"""Lines of Today about people with very long names."""

from __future__ import annotations

import pytest

from desktop.services import steps
from tests.ui.pages.asking import Desk
from tests.ui.pages.test_person_seen import do, somebody
from ui.theme import draw
from ui.widgets.lists import RowList
from ui.widgets.rows import CELL, Cell, fitted


@pytest.mark.parametrize("name", ["W" * 80, "ဒေါ်ခင်မျိုးသန္တာဝင်း" * 4])
def test_a_long_name_gives_way_to_what_is_to_be_done(desk: Desk, name: str) -> None:
    person = somebody(desk, name=name)
    do(desk, lambda session: steps.add(session, person=person, what="Bring to the clinic", due="2020-01-01")[1])
    desk.window.resize(1280, 650)
    desk.go("today")
    shown = desk.child(RowList, "today_list")
    cells = [shown.model().index(at, 0).data(CELL) for at in range(shown.model().rowCount())]
    cell = next(one for one in cells if "clinic" in one.words)
    room = 420  # pixels that the smallest window leaves beside the day and the marks
    assert draw.width_of(cell.words) > room
    seen = fitted(cell, room)
    assert seen.endswith("…: Bring to the clinic")
    assert seen[0] == name[0]
    assert draw.width_of(seen) <= room
    assert name in cell.words, "a screen reader hears all of it"


def test_what_fits_and_what_is_too_long_itself() -> None:
    assert fitted(Cell("Naw Paw: Clinic", gives_way="Naw Paw"), 1000) == "Naw Paw: Clinic"
    assert fitted(Cell("W" * 200), 100) == "W" * 200, "painting shortens it at its end"
    long = fitted(Cell("W" * 80 + ": " + "i" * 400, gives_way="W" * 80), 400)
    assert 80 < draw.width_of(long.partition(":")[0]) <= 100, "something of the name stays"
