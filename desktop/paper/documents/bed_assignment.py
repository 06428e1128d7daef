"""Who of a household sleeps where: kept paper without names, and a tag for each bed that never leaves the house."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper import tables
from desktop.paper.blocks import held
from desktop.paper.codes import case_code, qr
from desktop.paper.furniture import TOP, Column, FormId, foot, footer, kept_bar, numbered_head, section
from desktop.paper.page import HAIR, SIDE, Page, Print
from desktop.paper.parts import OPTION, Cell, cells_height, cells_row, lift, options_row, signatures
from desktop.paper.signs import both, cut, stacked
from desktop.paper.tables import Box, Code, Row, Said
from desktop.paper.words import Pair, day_short, pair

FORM, TAG = FormId("B1", 1), FormId("C3", 1)
_TAG = 38.5
_CLOSING = 4 + 7.4 + OPTION + 1.4 + 3 + 24 + 2
_ROW = 13.0
_NAMED = 10.6  # mm on a tag for the name of a bed, between the heading and the case number


@dataclass(frozen=True)
class Bed:
    """A bed (empty, if the pen is to write it) and the case code of who sleeps in it."""

    bed: str
    code: str


@dataclass(frozen=True)
class BedAssignment:
    """`code` of the household. `since` and `look_again` are ISO days or empty; `safe` are the English words of what was minded, out of
    `SAFE`."""

    code: str
    building: str
    room: str
    since: str
    look_again: str
    beds: tuple[Bed, ...]
    safe: frozenset[str]
    printed_on: str
    volunteer: str = ""
    copy: int = 1


SAFE = ("Family kept together", "Women apart", "Worker agreed")


def draw(paper: Print, model: BedAssignment) -> None:
    """The sheet, as long as the household; then the tags, on the same page if they fit."""
    columns = _columns(paper.width - 2 * SIDE)
    rows = [tables.row(columns, _contents(bed), _ROW) for bed in model.beds]
    first = paper.page()
    top = TOP + cells_height(first, _cells(model)) + 4
    for page, number, of, part in tables.sheets(paper, first, top, rows, _CLOSING):
        y = _sheet(page, model, number, columns, part, top if number == 1 else TOP)
        last = number == of
        if last:
            y = _closing(page, y, model)
        below = page.height - 10 - _TAG * ((len(model.beds) + 1) // 2)
        here = last and bool(model.beds) and y + 16 < below - 5
        raised = lift(page, below - 5) if here else 0.0
        footer(page, FORM, number, of, printed_on=model.printed_on, copy=model.copy, lift=raised)
        if here:
            cut(page, below - 5, pair("Bed tags: cut and hand out"))
            _tags(page, below, model.beds)
    if model.beds and not here:
        _tag_pages(paper, model)


def _columns(live: float) -> list[Column]:
    fixed = (46.0, 24.0, 19.0, 19.0, 21.0)
    code, lower, blanket, net, received = fixed
    rest = live - sum(fixed)
    return [
        Column(rest * 0.46, pair("Bed"), "centre"), Column(code, pair("Case number"), "centre"), Column(lower, pair("Lower bunk"), "centre"),
        Column(blanket, pair("Blanket"), "centre"), Column(net, pair("Net"), "centre"), Column(received, pair("Received"), "centre"),
        Column(rest * 0.54, pair("Note")),
    ]


def _contents(bed: Bed) -> tuple[tables.Content, ...]:
    size = 12.0 if len(bed.bed) <= 8 else 9.0
    return Said(Pair.same(bed.bed), size, True), Code(bed.code), Box(), Box(), Box(), Box(), Said(Pair("", ""))


def _cells(model: BedAssignment) -> tuple[Cell, ...]:
    return (
        Cell(3, pair("Building"), Pair.same(model.building)), Cell(3, pair("Room"), Pair.same(model.room)),
        Cell(3, pair("From day"), Pair.same(day_short(model.since))), Cell(3, pair("Look again on"), Pair.same(day_short(model.look_again))),
    )


def _sheet(page: Page, model: BedAssignment, number: int, columns: list[Column], rows: list[Row], top: float) -> float:
    kept_bar(page)
    numbered_head(page, FORM, number, model.code, pair("Household number"), pair("Bed assignment"), pair("No names. Numbers only."))
    if number == 1:
        cells_row(page, TOP, _cells(model))
    return tables.draw(page, top, columns, rows) if rows else top


def _closing(page: Page, y: float, model: BedAssignment) -> float:
    y = section(page, y + 4, "A", pair("Safe place to sleep"))
    y = options_row(page, y, Pair("", ""), [(pair(english), english in model.safe) for english in SAFE], framed=False)
    page.line(SIDE, y, page.right, y, HAIR)
    high = min(24.0, foot(page) - y - 4)
    return signatures(page, y + 3, high, pair("Placed by (code only)"), pair("Bed given back"), volunteer=model.volunteer)


def _tag_pages(paper: Print, model: BedAssignment) -> None:
    most = int((paper.height - 20) / _TAG) * 2
    for start in range(0, len(model.beds), most):
        _tags(paper.page(), 10, model.beds[start:start + most])


def _tags(page: Page, top: float, beds: tuple[Bed, ...]) -> None:
    wide = page.column(6)
    for place, bed in enumerate(beds):
        x, y = SIDE + place % 2 * wide, top + place // 2 * _TAG
        page.box(x, y, wide, _TAG, HAIR, dash=(4, 3))
        qr(page, x + wide - 31, y + 4.2, 26, bed.code)
        both(page, x + 4, y + 6.6, pair("Bed"), 9.5, 8.5)
        if bed.bed:
            named = held(bed.bed, wide - 40, _NAMED, (17, 14, 12, 10.5), bold=True)
            named.draw(page, x + 4, y + 8.9 + (_NAMED - named.height) / 2)
        else:
            page.line(x + 4, y + 16, x + wide - 36, y + 16, HAIR)
        case_code(page, x + 3.6, y + 25.6, bed.code, 18)
        stacked(page, x + 4, y + 31.2, pair("Give it back when you leave. No name."), 9, 8, gap=4.2)
        page.text(x + wide - 5, y + 36.2, f"{TAG.shown}   1 / 1", 8, bold=True, align="right")
