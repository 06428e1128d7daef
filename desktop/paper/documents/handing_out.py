"""The sheet that goes with the papers of many people: how many sheets each household gets, by number, to cross as they are handed out.

No names: the desk works by number. The last page adds everything up, so that spoiled and left-over sheets can be counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.codes import case_code
from desktop.paper.furniture import HEAD_HEIGHT, TOP, Column, FormId, cell, footer, kept_bar, table_heads, title, uprights
from desktop.paper.page import HAIR, RULE, SIDE, Page, Print
from desktop.paper.signs import TICK, tick
from desktop.paper.words import pair

FORM = FormId("D3", 1)
TITLE = FORM.id
_ROW = 9.2
_TOTALS = 18.0


@dataclass(frozen=True)
class Household:
    """`code` of the household, or of the person where there is none; how many people of it got papers, and how many sheets."""

    code: str
    people: int
    sheets: int


@dataclass(frozen=True)
class HandingOut:
    """`printed_on` is an ISO day."""

    households: tuple[Household, ...]
    printed_on: str


def draw(paper: Print, model: HandingOut) -> None:
    """As many pages as there are households; sums stand at the top of the first."""
    columns = _columns(paper.width - 2 * SIDE)
    pages = _pages(paper.height, model.households)
    number = 1
    for at, households in enumerate(pages, 1):
        page = paper.page()
        kept_bar(page)
        title(page, pair("Handing out"), pair("Cross each line when its papers are handed out."))
        top = TOP
        if at == 1:
            _sums(page, model)
            top += _TOTALS
        y = table_heads(page, top, columns)
        for household in households:
            _line(page, y, columns, household, number)
            number += 1
            y += _ROW
            page.line(SIDE, y, page.right, y, HAIR)
        uprights(page, top, y, columns)
        page.line(SIDE, y, page.right, y, RULE)
        footer(page, FORM, at, len(pages), printed_on=model.printed_on)


def _columns(live: float) -> list[Column]:
    fixed = (14.0, 48.0, 24.0, 24.0, 22.0)
    number, code, people, sheets, given = fixed
    return [
        Column(number, pair("No."), "centre"), Column(code, pair("Household or person"), "centre"), Column(people, pair("People"), "centre"),
        Column(sheets, pair("Sheets"), "centre"), Column(given, pair("Given"), "centre"), Column(live - sum(fixed), pair("Notes")),
    ]


def _pages(height: float, households: tuple[Household, ...]) -> list[tuple[Household, ...]]:
    room = height - 17.7 - 1.0 - TOP - HEAD_HEIGHT
    first, other = int((room - _TOTALS) / _ROW), int(room / _ROW)
    return [households[:first], *(households[at:at + other] for at in range(first, len(households), other))]


def _sums(page: Page, model: HandingOut) -> None:
    x = SIDE
    for english, value in (
        ("Households", len(model.households)), ("People", sum(one.people for one in model.households)),
        ("Sheets", sum(one.sheets for one in model.households)),
    ):
        cell(page, x, TOP, page.column(3), 14, pair(english), str(value))
        x += page.column(3)
    cell(page, x, TOP, page.column(3), 14, pair("Spoiled"))


def _line(page: Page, y: float, columns: list[Column], household: Household, number: int) -> None:
    starts = [SIDE]
    for column in columns:
        starts.append(starts[-1] + column.width)
    base = y + _ROW / 2 + 1.5
    page.text(columns[0].place(starts[0]), base, str(number), 9.5, bold=True, align="centre")
    case_code(page, columns[1].place(starts[1]), base + 0.3, household.code, 12, align="centre")
    page.text(columns[2].place(starts[2]), base, str(household.people), 10, align="centre")
    page.text(columns[3].place(starts[3]), base, str(household.sheets), 10, bold=True, align="centre")
    tick(page, starts[4] + (columns[4].width - TICK) / 2, y + (_ROW - TICK) / 2)
