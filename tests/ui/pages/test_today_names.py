"""Lines of Today about people with very long names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.services import steps, today
from desktop.services.steps import DueRow
from tests.ui.pages.asking import Desk
from tests.ui.pages.test_person_seen import do, somebody
from ui.pages.today.view import _step
from ui.theme import draw
from ui.widgets.lists import RowList
from ui.widgets.rows import CELL, Cell, Chip, chip_widths, fitted


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


@pytest.mark.parametrize("name", ["W" * 80, "ဒေါ်ခင်မျိုးသန္တာဝင်း" * 4])
def test_a_long_name_of_a_volunteer_leaves_half_of_the_line(desk: Desk, name: str) -> None:
    person = somebody(desk, name="Naw Paw")
    do(desk, lambda session: steps.add(session, person=person, what="Bring to the clinic", due="2020-01-01")[1])
    desk.window.resize(1280, 650)
    desk.go("today")
    (one,) = [one for one in desk.ask(lambda session: today.today(session).steps) if one.step.what == "Bring to the clinic"]
    cell = _step(DueRow(**{**vars(one), "step": replace(one.step, who_name=name), "mine": False}))
    late, who = chip_widths(cell, 700)
    assert late == draw.chip_width(cell.chips[0].words, cell.chips[0].icon), "what is urgent is read whole"
    assert 96 <= who <= 350 - late
    shown = desk.child(RowList, "today_list")
    shown.show_cells([replace(cell, chips=cell.chips[1:])])
    ink = shown.grab().toImage()
    shown.show_cells([replace(cell, words=" ", gives_way="", chips=cell.chips[1:])])
    bare = shown.grab().toImage()
    assert any(ink.pixelColor(x, y) != bare.pixelColor(x, y) for x in range(60, 200) for y in range(2, 30)), "what is to be done is seen"


def test_marks_that_fit_are_left_whole() -> None:
    short, long = Chip("late", "danger", "clock"), Chip("Naw Eh", "plain", "person", gives_way=True)
    wide = [draw.chip_width(one.words, one.icon) for one in (short, long)]
    assert chip_widths(Cell("x", chips=(short, long)), 700) == wide
    assert chip_widths(Cell("x", chips=(short, Chip("W" * 80))), 100)[1] == draw.chip_width("W" * 80), "only a name gives way"
    assert chip_widths(Cell("x", chips=(replace(long, words="W" * 80),)), 100) == [96]
