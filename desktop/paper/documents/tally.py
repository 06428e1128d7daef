"""The tally of meals or goods: kept paper that goes along the queue or from room to room, one line for a number or a room, no names."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper import tables
from desktop.paper.furniture import TOP, Column, FormId, footer, kept_bar, numbered_head
from desktop.paper.page import HAIR, SIDE, Page, Print
from desktop.paper.parts import NONE, Cell, cells_height, cells_row, signatures
from desktop.paper.signs import both
from desktop.paper.tables import Box, Code, Said
from desktop.paper.words import Pair, day_short, pair

FORM = FormId("D2", 1)
_ROW = 9.4
_CLOSING = 8 + 13 + 3 + 22 + 2
_MOST_ROUNDS = 7


@dataclass(frozen=True)
class Line:
    """A number in the queue, and how many people it stands for; or a room (then there is no number, and the pen counts the people)."""

    code: str
    people: int
    room: str = ""


@dataclass(frozen=True)
class Tally:
    """`number` is that of the list. `what` is given out (``Rice, 2 kg``), `rounds` times at most 7, from `day` (ISO). `households` says
    whether a line is a household or one person; no line is a room unless all are."""

    number: str
    what: str
    day: str
    rounds: int
    lines: tuple[Line, ...]
    households: bool
    printed_on: str
    volunteer: str = ""
    copy: int = 1


def draw(paper: Print, model: Tally) -> None:
    """As many pages as there are numbers; the totals stand on the last."""
    columns = _columns(paper.width - 2 * SIDE, model)
    rows = [
        tables.row(columns, (
            Said(Pair.same(str(at)), 9), Said(Pair.same(line.room), 9.5, True) if line.room else Code(line.code, 13),
            Said(NONE if line.room else Pair.same(str(line.people)), 10, True),
            *([Box()] * model.rounds), Said(NONE),
        ), _ROW)
        for at, line in enumerate(model.lines, 1)
    ]
    first = paper.page()
    top = TOP + cells_height(first, _cells(model)) + 4
    for page, number, of, part in tables.sheets(paper, first, top, rows, _CLOSING):
        kept_bar(page)
        numbered_head(page, FORM, number, model.number, pair("List number"), pair("Tally of what is given"), pair("By number only. Write no names."))
        y = cells_row(page, TOP, _cells(model)) + 4 if number == 1 else TOP
        if part:
            y = tables.draw(page, y, columns, part)
        if number == of:
            _closing(page, y, model)
        footer(page, FORM, number, of, printed_on=model.printed_on, copy=model.copy)


def _columns(live: float, model: Tally) -> list[Column]:
    rooms = _by_room(model)
    fixed = (13.0, 39.0, 19.0)
    rounds = 11.0 if model.rounds > 4 else 16.0
    number = pair("Household number") if model.households else pair("Case number")
    note = live - sum(fixed) - rounds * model.rounds
    return [
        Column(fixed[0], pair("No."), "centre"), Column(fixed[1], pair("Room") if rooms else number, "left" if rooms else "centre"), Column(fixed[2], pair("People"), "centre"),
        *(Column(rounds, Pair.same(str(at)), "centre") for at in range(1, model.rounds + 1)), Column(note, pair("Note")),
    ]


def _cells(model: Tally) -> tuple[Cell, ...]:
    return (
        Cell(6, pair("What is given"), Pair.same(model.what)), Cell(2.4, pair("Date"), Pair.same(day_short(model.day))),
        Cell(1.8, pair("Lines"), Pair.same(f"{len(model.lines):,}")),
        Cell(1.8, pair("People"), NONE if _by_room(model) else Pair.same(f"{sum(line.people for line in model.lines):,}")),
    )


def _by_room(model: Tally) -> bool:
    return any(line.room for line in model.lines)


def _closing(page: Page, y: float, model: Tally) -> None:
    both(page, SIDE, y + 5.4, pair("Cross one box for each time. Count at the end."), 9, 8)
    y += 8
    third = page.column(4)
    for place, english in enumerate(("Given out", "Left over", "Spoiled or missing")):
        x = SIDE + place * third
        page.box(x, y, third, 13, HAIR)
        both(page, x + 1.8, y + 4.3, pair(english), 9, 8, fit=third - 3)
    signatures(page, y + 16, 22, pair("Given out by (code only)"), pair("Counted by (code only)"), volunteer=model.volunteer, coded=True)
