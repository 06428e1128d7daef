"""Consent, purpose by purpose: kept paper that is read out. The first sentence is the right to refuse."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper import tables
from desktop.paper.furniture import TOP, Column, FormId, foot, footer, kept_bar, numbered_head, signature, thumb
from desktop.paper.page import FRAME, SIDE, Page, Print
from desktop.paper.parts import NONE, options_row, signed_by
from desktop.paper.signs import stacked
from desktop.paper.tables import Box, Said
from desktop.paper.words import Pair, day_short, pair

FORM = FormId("K1", 1)
PURPOSES = {
    "record": "Keep my record", "partner": "Share with a partner who helps", "clinic": "Give health facts to the clinic", "photo": "Take my photo",
    "phone": "Call me by phone", "tracing": "Look for my family", "statistics": "Count me in figures without a name",
    "testimony": "Record my account",
}
WAYS = {"signed": "Signature", "thumb": "Thumbprint", "spoken_witnessed": "Spoken, with witness"}


@dataclass(frozen=True)
class Purpose:
    """One purpose (a key of `PURPOSES`) and what was answered: ``yes``, ``no``, ``not_asked``, or nothing: left to the pen."""

    purpose: str
    answer: str = ""


@dataclass(frozen=True)
class Consent:
    """`limits` is what the person said about where it ends; `way` a key of `WAYS` or empty; `agreed_on` an ISO day or empty."""

    code: str
    purposes: tuple[Purpose, ...]
    limits: str
    way: str
    agreed_on: str
    printed_on: str
    volunteer: str = ""
    copy: int = 1


def draw(paper: Print, model: Consent) -> None:
    """One sheet; a second one for the signatures where the limits are long."""
    page = paper.page()
    _head(page, model, 1)
    page.box(SIDE, TOP, page.live, 26, FRAME)
    stacked(page, SIDE + 4, TOP + 6.6, pair("You can say no. You still get food, a bed and a doctor."), 11.5, 10, bold=True, fit=page.live - 8, gap=5.2)
    words = pair("You can change your mind later: give your number at the desk.")
    stacked(page, SIDE + 4, TOP + 18.4, words, 11, 9.5, fit=page.live - 8, gap=5)
    columns = _columns(page.live)
    y = tables.draw(page, TOP + 28.5, columns, [
        tables.row(columns, _contents(at, one), 10.8) for at, one in enumerate(model.purposes, 1)
    ])
    limits = tables.row([Column(page.live, pair("Limits"))], [Said(Pair.same(model.limits), 9.5)], 9.6)
    room = foot(page) - y - limits.height - HEADS - 30
    if room < 0:
        footer(page, FORM, 1, 2, printed_on=model.printed_on, copy=model.copy)
        page = paper.page()
        _head(page, model, 2)
        y = TOP
    _closing(page, y + 2.5, model, limits)
    number = 1 if room >= 0 else 2
    footer(page, FORM, number, number, printed_on=model.printed_on, copy=model.copy)


HEADS = 2.5 + 10.4 + 2.5 + 13 + 13 + 2.5
"""What stands between the table and the signatures, without the limits themselves, in mm."""


def _head(page: Page, model: Consent, number: int) -> None:
    kept_bar(page)
    numbered_head(page, FORM, number, model.code, pair("Case number"), pair("Consent, purpose by purpose"), pair("Read it out. Ask one by one."))


def _columns(live: float) -> list[Column]:
    fixed = (9.0, 20.0, 22.0, 23.0, 36.0)
    number, yes, no, not_asked, withdrawn = fixed
    return [
        Column(number, pair("No."), "centre"), Column(live - sum(fixed), pair("Purpose")), Column(yes, pair("I agree"), "centre"),
        Column(no, pair("I do not"), "centre"), Column(not_asked, Pair(pair("Nobody asked").my, "Not asked"), "centre"),
        Column(withdrawn, pair("Withdrawn on")),
    ]


def _contents(at: int, one: Purpose) -> tuple[tables.Content, ...]:
    boxes = (Box(one.answer == answer) for answer in ("yes", "no", "not_asked"))
    return Said(Pair.same(str(at)), 9.5, True), Said(pair(PURPOSES[one.purpose]), 10), *boxes, Said(NONE)


def _closing(page: Page, y: float, model: Consent, limits: tables.Row) -> None:
    y = tables.draw(page, y, [Column(page.live, pair("Limits"))], [limits])
    y = options_row(page, y + 2.5, pair("How"), [(pair(words), key == model.way) for key, words in WAYS.items()], lead=4)
    y = options_row(
        page, y, pair("If under 18: both must agree"), [(pair("Parent or carer agrees"), False), (pair("The child agrees"), False)], lead=4,
    )
    y += 2.5
    high = min(36.0, foot(page) - y - 1)
    five, two = page.column(5), page.column(2)
    day = day_short(model.agreed_on)
    signature(page, SIDE, y, five, pair("The person"), height=high)
    thumb(page, SIDE + five, y, two, high)
    signature(page, SIDE + five + two, y, five, pair("Reader or witness (code)"), height=high, under=signed_by(model.volunteer))
    if day:
        page.text(SIDE + five * 0.68, y + high - 9.8, day, 9, bold=True, fit=five * 0.3)
