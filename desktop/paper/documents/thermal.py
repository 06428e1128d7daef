"""Slips for a roll of 80 mm: 72 mm are printed, heavy letters only, for thin ones break up on heat paper."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.blocks import Block, Line, block
from desktop.paper.codes import case_code, qr
from desktop.paper.documents.stipend_receipt import CURRENCIES, StipendReceipt, amount_words, in_figures
from desktop.paper.furniture import FormId
from desktop.paper.page import FRAME, RULE, Page, Print, lines_of, readable
from desktop.paper.parts import NONE
from desktop.paper.words import Pair, day_short, filled, pair

SLIP, RECEIPT, RECEIPT_SLIP = FormId("C6", 1), FormId("P3", 1), FormId("C5", 1)
_EDGE = 4.0
_LIVE = 72.0


@dataclass(frozen=True)
class ThermalSlip:
    """`code` is the case code; `name` only where a volunteer chose that the slip shows it."""

    code: str
    copy: int = 1
    name: Pair = NONE


def draw_slip(paper: Print, model: ThermalSlip) -> None:
    """One strip: number, code to scan, what to do with it."""
    name = _words(model.name.my or model.name.en, 11) if model.name.my or model.name.en else None
    page = paper.strip(119 + (name.height + 2 if name else 0.0))
    _number(page, 11, model.code)
    qr(page, page.width / 2 - 20, 37, 40, model.code)
    y = 82.0
    page.line(_EDGE, y, page.right, y, FRAME)
    if name:
        name.draw(page, page.width / 2, y + 2, "centre")
        y += name.height + 2
    _stacked(page, page.width / 2, y + 7, pair("Keep it. Show it at the desk."), 11, 9.5, align="centre", fit=_LIVE, gap=5)
    if name is None:
        _stacked(page, page.width / 2, y + 19, pair("It carries no name."), 11, 9.5, align="centre", fit=_LIVE, gap=5)
    else:
        _stacked(page, page.width / 2, y + 19, pair("Lost? Tell us."), 11, 9.5, align="centre", fit=_LIVE, gap=5)
    _foot(page, SLIP, model.copy)


def draw_receipt(paper: Print, model: StipendReceipt) -> None:
    """Two strips: the receipt to be signed, which is kept, and the slip to carry, which tells no amount."""
    _kept(paper, model)
    page = paper.strip(110)
    _number(page, 11, model.code)
    qr(page, page.width / 2 - 17, 36, 34, model.code)
    page.line(_EDGE, 75, page.right, 75, FRAME)
    _stacked(page, page.width / 2, 82, Pair(f"{pair('Slip').my} {model.number}", f"Slip {model.number}"), 12, 10, align="centre", fit=_LIVE, gap=5)
    _stacked(page, page.width / 2, 92.5, pair("Keep it. It carries no name."), 10, 9, align="centre", fit=_LIVE, gap=4.6)
    _foot(page, RECEIPT_SLIP, model.copy)


def _words(text: str, size: float, *, bold: bool = True) -> Block:
    size = readable(text, size, bold)
    return block([Line(line.strip(), size, bold) for line in lines_of(text, _LIVE, size, bold) if line.strip()])


def _stacked(
    page: Page, x: float, y: float, words: Pair, size: float, english: float, *, align: str = "left", fit: float = 0.0, gap: float = 3.9,
) -> None:
    """Burmese above English, both heavy."""
    page.text(x, y, words.my, readable(words.my, size, True), bold=True, align=align, fit=fit)
    if not words.one:
        page.text(x, y + gap, words.en, readable(words.en, english, True), bold=True, align=align, fit=fit)


def _number(page: Page, y: float, code: str) -> None:
    _stacked(page, page.width / 2, y, pair("Your number"), 14, 11, align="centre", gap=5.6)
    case_code(page, page.width / 2, y + 19, code, 35, align="centre")


def _foot(page: Page, form: FormId, copy: int) -> None:
    y = page.height - 5.6
    page.line(_EDGE, y - 5.4, page.right, y - 5.4, FRAME)
    page.text(_EDGE + 0.5, y, form.shown, 9, bold=True)
    copied = filled(pair("Copy {number}"), number=copy)
    page.text(page.width / 2, y, f"{copied.my}  {copied.en}", 9, bold=True, align="centre", fit=34)
    page.text(page.right - 0.5, y, "MY·EN 1/1", 8, bold=True, align="right")


def _kept(paper: Print, model: StipendReceipt) -> None:
    words = amount_words(model.amount, model.currency)
    said = [_words(words.my, 11), _words(words.en, 10)]
    purpose = _words(model.purpose, 10) if model.purpose else None
    spelt = sum(one.height + 1.2 for one in said) + (purpose.height if purpose else 0.0)
    page = paper.strip(195.6 + spelt)
    page.fill(_EDGE, _EDGE, _LIVE, 11.6)
    kept = pair("KEPT — desk copy")
    page.text(page.width / 2, 8.9, kept.my, 9, bold=True, white=True, align="centre")
    page.text(page.width / 2, 13.6, kept.en, 9, bold=True, white=True, align="centre")
    _stacked(page, page.width / 2, 22, pair("Stipend receipt"), 13, 10.5, align="centre", fit=_LIVE, gap=5.4)
    case_code(page, page.width / 2, 40, model.code, 30, align="centre")
    qr(page, page.width / 2 - 14, 45.5, 28, f"{model.code}/{RECEIPT.id}/1")
    y = 79.5
    way = pair(model.way) if model.way else NONE
    for label, value in (
        (pair("Receipt number"), Pair.same(model.number)), (pair("Received on"), Pair.same(day_short(model.received))), (pair("Paid by"), way),
        (pair("Printed"), Pair.same(day_short(model.printed_on))),
    ):
        y = _line(page, y, label, value)
    y = _purpose(page, y, purpose)
    figures = in_figures(model.amount)
    unit = pair(CURRENCIES[model.currency])
    page.line(_EDGE, y, page.right, y, FRAME)
    page.text(page.width / 2, y + 8.4, f"{figures.my} {unit.my}", 17, bold=True, align="centre", fit=_LIVE)
    page.text(page.width / 2, y + 15.6, f"{figures.en} {model.currency}", 15, bold=True, align="centre", fit=_LIVE)
    y += 18
    for one in said:
        one.draw(page, page.width / 2, y, "centre")
        y += one.height + 1.2
    page.line(_EDGE, y, page.right, y, FRAME)
    _sign(page, y, model)
    _foot(page, RECEIPT, model.copy)


def _line(page: Page, y: float, label: Pair, value: Pair) -> float:
    _stacked(page, _EDGE, y + 3, label, 9, 8, fit=34, gap=3.8)
    if value.my:
        _stacked(page, page.right, y + 3, value, 9.5, 8, align="right", fit=36, gap=4.2)
    page.line(_EDGE, y + 8.8, page.right, y + 8.8, RULE)
    return y + 9.6


def _purpose(page: Page, y: float, purpose: Block | None) -> float:
    label = pair("For")
    _stacked(page, _EDGE, y + 3, label, 9, 8, gap=3.8)
    if purpose:
        purpose.draw(page, page.width / 2, y + 8.4, "centre")
        y += purpose.height
    return y + 10


def _sign(page: Page, y: float, model: StipendReceipt) -> None:
    wide = 44.0
    for place, (english, code) in enumerate((("Received by", ""), ("Paid by (code only)", model.volunteer))):
        at = y + place * 19
        words = pair(english)
        _stacked(page, _EDGE, at + 4.8, words if not code else Pair(f"{words.my} {code}", f"{words.en} {code}"), 9, 8, fit=wide, gap=3.8)
        page.line(_EDGE, at + 18, _EDGE + wide, at + 18, RULE)
    x = page.right - 24
    page.box(x, y + 3, 24, 32, RULE)
    page.oval(x + 12, y + 14.5, 15, 19, 0.8, dash=(1, 2))
    _stacked(page, x + 12, y + 29, pair("Thumbprint"), 9, 8, align="centre", fit=22, gap=3.6)
