"""The transfer letter: sealed paper by which a household, without names and places, moves to another site, and the slip that says it arrived."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper import tables
from desktop.paper.blocks import Block, bilingual
from desktop.paper.furniture import TOP, Column, FormId, footer, numbered_head, sealed_bar, section
from desktop.paper.page import HAIR, SIDE, Page, Print
from desktop.paper.parts import (
    NONE,
    OPTION,
    Cell,
    body_end,
    cells_height,
    cells_row,
    char_boxes,
    lift,
    options_row,
    return_slip,
    signatures,
)
from desktop.paper.signs import both
from desktop.paper.tables import Box, Code, Said
from desktop.paper.words import Pair, day_short, pair

FORM, RETURN = FormId("T1", 1), FormId("T2", 1)
GOES = ("Ration card", "Medicine", "Own papers", "Stipend paid")
_RETURN = 45.4
_CLOSING = 4 + 7.4 + OPTION + 1.4 + 3 + 24 + 3


@dataclass(frozen=True)
class Moving:
    """One person of the household: number, age group (``Adult``, ``Child`` or nothing), and what is needed on arrival."""

    code: str
    age_group: str
    needs: Pair = NONE


@dataclass(frozen=True)
class TransferLetter:
    """`sender` and `to` are nicknames of sites; `leaves` an ISO day or empty; `goes` English words out of `GOES`."""

    code: str
    sender: str
    to: str
    leaves: str
    people: tuple[Moving, ...]
    goes: frozenset[str]
    printed_on: str
    volunteer: str = ""
    copy: int = 1


def draw(paper: Print, model: TransferLetter) -> None:
    """As many pages as there are people; the return slip is at the foot of the last."""
    columns = _columns(paper.width - 2 * SIDE)
    rows = [tables.row(columns, _contents(at, one), 12.4) for at, one in enumerate(model.people, 1)]
    first = paper.page()
    top = TOP + cells_height(first, _cells(model)) + 3 + _please(first).height + 3
    closing = _CLOSING + _RETURN + 3
    for page, number, of, part in tables.sheets(paper, first, top, rows, closing):
        sealed_bar(page, pair("SEALED ENVELOPE ONLY — no name inside"))
        numbered_head(page, FORM, number, model.code, pair("Household number"), pair("Transfer letter"), pair("No names of people or places."))
        y = TOP
        if number == 1:
            y = cells_row(page, y, _cells(model)) + 3
            block = _please(page)
            block.draw(page, SIDE, y)
            y += block.height + 3
        if part:
            y = tables.draw(page, y, columns, part)
        raised = 0.0
        if number == of:
            cut_at = page.height - 10 - _RETURN
            raised = lift(page, cut_at)
            _closing(page, y, body_end(page, cut_at), model)
            _return(page, cut_at, model)
        footer(page, FORM, number, of, printed_on=model.printed_on, copy=model.copy, lift=raised)


def _columns(live: float) -> list[Column]:
    fixed = (10.0, 46.0, 26.0, 24.0, 24.0)
    number, code, age, left, arrived = fixed
    return [
        Column(number, pair("No."), "centre"), Column(code, pair("Case number"), "centre"), Column(age, pair("Age group")),
        Column(live - sum(fixed), pair("Needs on arrival")), Column(left, pair("Departed"), "centre"), Column(arrived, pair("Has arrived"), "centre"),
    ]


def _contents(at: int, one: Moving) -> tuple[tables.Content, ...]:
    group = pair(one.age_group) if one.age_group else Pair("", "")
    return Said(Pair.same(str(at)), 9.5, True), Code(one.code), Said(group), Said(one.needs, 9), Box(), Box()


def _cells(model: TransferLetter) -> tuple[Cell, ...]:
    return (
        Cell(3.5, pair("Sent from"), Pair.same(model.sender)), Cell(3.5, pair("Sent to"), Pair.same(model.to)),
        Cell(3, pair("Leaves on"), Pair.same(day_short(model.leaves))), Cell(2, pair("People"), Pair.same(str(len(model.people)))),
    )


def _please(page: Page) -> Block:
    words = pair(
        "Please receive the people with these numbers and give them a bed, food and care. Their records travel separately, in a locked file."
    )
    return bilingual(words, page.live, 10.5, 9)


def _closing(page: Page, y: float, end: float, model: TransferLetter) -> None:
    y = section(page, y + 4, "A", pair("What goes with them"))
    y = options_row(page, y, Pair("", ""), [(pair(one), one in model.goes) for one in GOES], framed=False)
    page.line(SIDE, y, page.right, y, HAIR)
    high = min(26.0, end - y - 3)
    signatures(page, y + 3, high, pair("Sent by (code only)"), pair("Escort (code only)"), volunteer=model.volunteer, coded=True)


def _return(page: Page, cut_at: float, model: TransferLetter) -> None:
    words = pair("Return slip: the receiving site tears here")
    y = return_slip(page, cut_at, words, pair("They arrived"), model.code, f"{model.code}/{RETURN.id}/1", RETURN)
    wide = both(page, SIDE, y + 8, pair("How many arrived"), 9.5, 8.5)
    wide += 3 + char_boxes(page, SIDE + wide + 3, y + 2.4, (2,))
    date = both(page, SIDE + wide + 6, y + 8, pair("Date"), 9.5, 8.5)
    char_boxes(page, SIDE + wide + date + 8, y + 2.4)
    first = both(page, SIDE, y + 21, pair("Received by (code only)"), 9.5, 8.5)
    page.line(SIDE + first + 3, y + 21.6, page.right - 44, y + 21.6, HAIR)
