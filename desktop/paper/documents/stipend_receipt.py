"""The receipt for money: one sheet for one person, kept; and a slip to carry that tells no amount and no purpose."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.blocks import bilingual
from desktop.paper.furniture import TOP, FormId, footer, kept_bar, numbered_head, option, signature, thumb
from desktop.paper.page import FRAME, HAIR, SIDE, Page, Print
from desktop.paper.parts import Cell, Stub, body_end, cells_row, lift, options_row, signed_by, stub, stub_at
from desktop.paper.signs import both
from desktop.paper.words import Pair, day_short, pair
from desktop.words.labels import digits_text
from desktop.words.numbers import in_words

FORM, SLIP = FormId("P1", 1), FormId("C5", 1)
WAYS = ("Cash", "Mobile money", "Voucher")
CURRENCIES = {"MMK": "kyat", "THB": "baht", "USD": "dollars"}
_ONE = {"USD": "dollar"}


@dataclass(frozen=True)
class StipendReceipt:
    """`number` is that of the receipt; `received` an ISO day or empty; `amount` 0 to 999,999,999 of `currency` (a code of `CURRENCIES`);
    `way` the English words of one of `WAYS`, or empty."""

    code: str
    number: str
    received: str
    purpose: str
    amount: int
    currency: str
    way: str
    printed_on: str
    volunteer: str = ""
    copy: int = 1


def in_figures(amount: int) -> Pair:
    """The amount with its thousands apart, and an end that nothing can be written behind."""
    figures = f"{amount:,}/–"
    return Pair(digits_text(figures, "my"), figures)


def amount_words(amount: int, currency: str) -> Pair:
    """The amount in words of both languages, closed at the end."""
    unit = pair(_ONE.get(currency, CURRENCIES[currency]) if amount == 1 else CURRENCIES[currency])
    my, en = in_words(amount, "my"), in_words(amount, "en")
    frame = pair("{words} {unit} only")
    return Pair(frame.my.format(words=my, unit=unit.my), frame.en.format(words=en[0].upper() + en[1:], unit=unit.en))


def draw(paper: Print, model: StipendReceipt) -> None:
    """One sheet."""
    page = paper.page()
    kept_bar(page)
    numbered_head(page, FORM, 1, model.code, pair("Case number"), pair("Stipend receipt"), pair("One sheet per person. Others must not see it."))
    y = cells_row(page, TOP, (
        Cell(3.4, pair("Receipt number"), Pair.same(model.number)), Cell(3, pair("Received on"), Pair.same(day_short(model.received))),
        Cell(5.6, pair("For"), Pair.same(model.purpose)),
    ))
    y = _amount(page, y + 3, model)
    y = options_row(page, y + 3, pair("Paid by"), [(pair(way), way == model.way) for way in WAYS])
    end = body_end(page, stub_at(page))
    _signing(page, y + 3, end, model)
    footer(page, FORM, 1, 1, printed_on=model.printed_on, copy=model.copy, lift=lift(page, stub_at(page)))
    stub(page, Stub(model.code, model.number, SLIP, model.copy))


def _amount(page: Page, y: float, model: StipendReceipt) -> float:
    words = amount_words(model.amount, model.currency)
    lead = page.column(2.6)
    block = bilingual(words, page.live - lead - 4, 13, 11, bold=True)
    high = 22 + max(15.0, block.height + 3)
    page.box(SIDE, y, page.live, high, FRAME)
    both(page, SIDE + 3, y + 5.4, pair("In figures"), 9.5, 8.5, fit=lead)
    unit = pair(CURRENCIES[model.currency])
    page.text(SIDE + 3, y + 14, unit.my, 14, bold=True)
    page.text(SIDE + 3, y + 19.4, model.currency, 10)
    figures = in_figures(model.amount)
    half = (page.live - lead - 6) / 2
    page.text(SIDE + lead, y + 16.4, figures.my, 28, bold=True, fit=half)
    page.text(SIDE + lead + half + 6, y + 16.4, figures.en, 28, bold=True, fit=half - 3)
    page.line(SIDE + lead + half + 2, y + 3, SIDE + lead + half + 2, y + 20, HAIR)
    page.line(SIDE, y + 22, page.right, y + 22, HAIR)
    both(page, SIDE + 3, y + 27.6, pair("In words"), 9.5, 8.5, fit=lead - 3)
    block.draw(page, SIDE + lead, y + 23.2)
    return y + high


def _signing(page: Page, y: float, end: float, model: StipendReceipt) -> None:
    lower = 25.0
    high = min(42.0, end - y - lower)
    five, two = page.column(5), page.column(2)
    signature(page, SIDE, y, five, pair("Received by"), height=high)
    thumb(page, SIDE + five, y, two, high)
    under = signed_by(model.volunteer)
    signature(page, SIDE + five + two, y, five, pair("Paid by (code only)"), height=high, under=under)
    y += high
    signature(page, SIDE, y, five + two, pair("Witness (if a thumbprint)"), height=lower)
    x = SIDE + five + two
    page.box(x, y, five, lower, HAIR)
    option(page, x + 3, y + 1.8, pair("Counted and received"), fit=five - 11)
    option(page, x + 3, y + 13, pair("Received for the person by another"), fit=five - 11)


