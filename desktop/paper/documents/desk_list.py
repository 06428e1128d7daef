"""The desk list of a day: kept paper, by number, destroyed in the evening."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper import tables
from desktop.paper.furniture import TOP, Column, FormId, footer, kept_bar, numbered_head
from desktop.paper.page import HAIR, SIDE, Print
from desktop.paper.parts import NONE, Cell, cells_height, cells_row
from desktop.paper.signs import both, tick
from desktop.paper.tables import Box, Code, Said
from desktop.paper.words import Pair, day_short, pair

FORM = FormId("D1", 1)
COLUMNS = ("Food", "Bed", "Blanket", "Clothes", "Hygiene kit", "Stipend", "Clinic", "Talk")
_ROW = 9.4
_CLOSING = 8.0


@dataclass(frozen=True)
class Waiting:
    """A number, and which of the columns are due (by their place in `DeskList.columns`)."""

    code: str
    due: frozenset[int]


@dataclass(frozen=True)
class DeskList:
    """`number` is that of the list; `day` an ISO day; `columns` English words out of `COLUMNS`."""

    number: str
    day: str
    columns: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    printed_on: str
    copy: int = 1


def draw(paper: Print, model: DeskList) -> None:
    """As many pages as there are numbers."""
    columns = _columns(paper.width - 2 * SIDE, model)
    rows = [
        tables.row(columns, (
            Said(Pair.same(str(at)), 9), Code(one.code, 13), *(Box(due=place in one.due) for place in range(len(model.columns))), Said(NONE),
        ), _ROW)
        for at, one in enumerate(model.waiting, 1)
    ]
    first = paper.page()
    top = TOP + cells_height(first, _cells(model)) + 3
    for page, number, of, part in tables.sheets(paper, first, top, rows, _CLOSING):
        kept_bar(page)
        numbered_head(page, FORM, number, model.number, pair("List number"), pair("Desk list for today"), pair("By number only. Write no names."))
        y = TOP
        if number == 1:
            y = cells_row(page, y, _cells(model)) + 3
            tick(page, page.right - 46, y - 8.4)
            both(page, page.right - 40, y - 5.2, pair("Destroyed"), 9, 8, fit=39)
        if part:
            y = tables.draw(page, y, columns, part)
        if number == of:
            words = pair("Box: due today.  – : not due.  Cross it when done.")
            both(page, SIDE, y + 5.6, words, 9, 8, fit=page.live)
            page.line(SIDE, y + 7.6, page.right, y + 7.6, HAIR)
        footer(page, FORM, number, of, printed_on=model.printed_on, copy=model.copy)


def _columns(live: float, model: DeskList) -> list[Column]:
    fixed = (13.0, 39.0)
    each = 14.6
    note = live - sum(fixed) - each * len(model.columns)
    return [
        Column(fixed[0], pair("No."), "centre"), Column(fixed[1], pair("Case number"), "centre"),
        *(Column(each, _head(english), "centre") for english in model.columns), Column(note, pair("Note")),
    ]


def _head(english: str) -> Pair:
    """A shorter word where a narrow column needs one."""
    short = {"Food": pair("Meal"), "Clothes": pair("Wear"), "Hygiene kit": pair("Soap"), "Stipend": pair("Money")}
    return short.get(english) or pair(english)


def _cells(model: DeskList) -> tuple[Cell, ...]:
    return (
        Cell(3, pair("Date"), Pair.same(day_short(model.day))), Cell(2, pair("Lines"), Pair.same(f"{len(model.waiting):,}")),
        Cell(7, pair("Destroy it this evening")),
    )
