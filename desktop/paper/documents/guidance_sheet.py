"""A guidance sheet: kept paper with a text to read out, the number of the contact it is for, and nothing else about them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.blocks import Block, block, paragraphs, running
from desktop.paper.furniture import TOP, FormId, cell, foot, footer, kept_bar, numbered_head
from desktop.paper.page import FRAME, RULE, SIDE, Page, Print
from desktop.paper.signs import both
from desktop.paper.words import day_short, pair

FORM = FormId("G1", 1)
TITLE = FORM.id
_CELL = 14.0
_SIZE = 12.0


@dataclass(frozen=True)
class GuidanceSheet:
    """`code` is the contact's number; `text` stands as it was written, in whatever language; days are ISO text or "". Where the news comes
    from is not on paper: whoever finds it would look for those who told."""

    code: str
    title: str
    text: str
    dated: str
    area: str
    stale_after: str
    version: int
    printed_on: str
    copy: int = 1


def draw(paper: Print, model: GuidanceSheet) -> None:
    """As many pages as the text needs. What the sheet is and until when it holds stands on each."""
    wide = paper.width - 2 * SIDE
    heading = block(running(model.title, wide, 15, bold=True))
    room = paper.height - 17.7 - TOP - _CELL * 2 - 12 - heading.height
    pages = block(paragraphs(model.text, wide, _SIZE) or running("—", wide, _SIZE)).cut(room)
    for number, piece in enumerate(pages, 1):
        page = paper.page()
        y = _top(page, model, heading, number)
        piece.draw(page, SIDE, y)
        y += piece.height
        if number == len(pages) and y + 16 < foot(page):
            both(page, SIDE, y + 10, pair("End of the text. Read it out slowly and ask what was understood."), 9, 8)
        footer(page, FORM, number, len(pages), printed_on=model.printed_on, copy=model.copy)


def _top(page: Page, model: GuidanceSheet, heading: Block, number: int) -> float:
    kept_bar(page)
    numbered_head(page, FORM, number, model.code, pair("Contact number"), pair("Guidance"), pair("To be read out. It does not leave this house."))
    half = page.live / 2
    y = TOP
    cell(page, SIDE, y, half / 2, _CELL, pair("Date of the news"), day_short(model.dated))
    cell(page, SIDE + half / 2, y, half / 2, _CELL, pair("Version"), str(model.version))
    cell(page, SIDE + half, y, half, _CELL, pair("No longer right after"), day_short(model.stale_after))
    page.box(SIDE + half, y, half, _CELL, FRAME)
    y += _CELL
    cell(page, SIDE, y, page.live, _CELL, pair("Area, in general words"), "")
    page.text(SIDE + 1.8, y + _CELL - 2.6, model.area, 10, fit=page.live - 3.6)
    y += _CELL + 5
    heading.draw(page, SIDE, y)
    y += heading.height + 2
    page.line(SIDE, y, page.right, y, RULE)
    return y + 4
