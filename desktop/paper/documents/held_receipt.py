"""The receipt for papers that we keep for somebody: what they are stands on the kept sheet, the carried slip has only numbers."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper import tables
from desktop.paper.furniture import TOP, Column, FormId, footer, kept_bar, numbered_head, signature, thumb
from desktop.paper.page import SIDE, Page, Print
from desktop.paper.parts import NONE, Cell, Stub, body_end, cells_row, lift, signed_by, stub, stub_at
from desktop.paper.signs import stacked
from desktop.paper.tables import Box, Said
from desktop.paper.words import Pair, day_short, pair

FORM, SLIP = FormId("P2", 1), FormId("C7", 1)
KINDS = ("Citizenship card", "Household register", "Passport", "Birth certificate", "Service card", "Other paper")
_LINES = 5


@dataclass(frozen=True)
class HeldReceipt:
    """`number` is that of the receipt and of the envelope; `papers` English words out of `KINDS`; `note` says more about them; `kept_on` and
    `give_back` ISO days or empty."""

    code: str
    number: str
    papers: tuple[str, ...]
    note: str
    why: str
    kept_on: str
    give_back: str
    printed_on: str
    volunteer: str = ""
    copy: int = 1


def draw(paper: Print, model: HeldReceipt) -> None:
    """One sheet."""
    page = paper.page()
    kept_bar(page)
    numbered_head(page, FORM, 1, model.code, pair("Case number"), pair("Receipt for papers we keep"), pair("Give them back whenever the person asks."))
    y = cells_row(page, TOP, (
        Cell(4, pair("Receipt number"), Pair.same(model.number)), Cell(4, pair("Taken on"), Pair.same(day_short(model.kept_on))),
        Cell(4, pair("Give back on"), Pair.same(day_short(model.give_back))),
    ))
    y = cells_row(page, y, (Cell(12, pair("Why we keep it"), Pair.same(model.why)),))
    columns = _columns(page.live)
    rows = [tables.row(columns, _contents(at, one), 8.8) for at, one in enumerate(model.papers, 1)]
    rows += [tables.row(columns, _contents(at, ""), 8.8) for at in range(len(rows) + 1, _LINES + 1)]
    y = tables.draw(page, y + 3, columns, rows)
    y = cells_row(page, y + 2.5, (Cell(12, pair("Note"), Pair.same(model.note)),), 11)
    words = pair("Nothing is copied. The papers lie in an envelope with the receipt number.")
    stacked(page, SIDE, y + 4.6, words, 9, 8, fit=page.live, gap=4.2)
    _signing(page, y + 11, body_end(page, stub_at(page)), model)
    footer(page, FORM, 1, 1, printed_on=model.printed_on, copy=model.copy, lift=lift(page, stub_at(page)))
    stub(page, Stub(model.code, model.number, SLIP, model.copy))


def _columns(live: float) -> list[Column]:
    fixed = (9.0, 28.0, 28.0)
    return [
        Column(fixed[0], pair("No."), "centre"), Column(live - sum(fixed), pair("What kind of paper")),
        Column(fixed[1], pair("Taken"), "centre"), Column(fixed[2], pair("Given back"), "centre"),
    ]


def _contents(at: int, kind: str) -> tuple[tables.Content, ...]:
    words = pair(kind) if kind else NONE
    return Said(Pair.same(str(at)), 9.5, True), Said(_line(words), 9.5, True), Box(bool(kind)), Box()


def _line(words: Pair) -> Pair:
    """Both languages on one line."""
    return Pair.same(f"{words.my}   {words.en}".strip())


def _signing(page: Page, y: float, end: float, model: HeldReceipt) -> None:
    high = min(36.0, end - y)
    five, two = page.column(5), page.column(2)
    signature(page, SIDE, y, five, pair("Owner of the papers"), height=high)
    thumb(page, SIDE + five, y, two, high)
    signature(page, SIDE + five + two, y, five, pair("Taken by (code only)"), height=high, under=signed_by(model.volunteer))
