"""The ration card: carried paper with squares to punch, and the copy of it that stays at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.codes import case_code, qr
from desktop.paper.furniture import FormId, fold_marks_down, signature
from desktop.paper.page import FRAME, RULE, Page, Print, width_of
from desktop.paper.parts import NONE, person_block, photo_frame, signed_by
from desktop.paper.signs import both, cut, stacked
from desktop.paper.words import Pair, day_short, filled, pair

FORM = FormId("C4", 1)
_SQUARE = 15.5
_ACROSS, _DOWN = 12, 8
_HIGH = _SQUARE * _DOWN


@dataclass(frozen=True)
class RationCard:
    """`code` of the household, how many `shares` it gets at a time, and which `card` this is (a letter: each new series of cards has
    another one). `name` and `photo` (a frame to glue one in) only where a volunteer chose them. `printed_on` stands on the desk copy."""

    code: str
    shares: int
    card: str
    printed_on: str
    volunteer: str = ""
    copy: int = 1
    name: Pair = NONE
    photo: bool = False


def draw(paper: Print, model: RationCard) -> None:
    """One sheet: the card above, the desk copy below."""
    page = paper.page()
    spare = max(0.0, page.height - 279.4)  # Letter has no more room than it needs
    top = 10 + spare * 0.25
    _squares(page, top)
    fold_marks_down(page, page.width / 2, top, top + _HIGH)
    _card(page, top + _SQUARE, model)
    middle = page.height / 2
    cut(page, middle)
    lower = page.height - top - _HIGH
    _squares(page, lower)
    _desk_copy(page, lower + _SQUARE, model)


def _left(page: Page) -> float:
    return (page.width - _SQUARE * _ACROSS) / 2


def _squares(page: Page, y: float) -> None:
    """Numbers run round the edge, clockwise: 36 squares."""
    x, far = _left(page), _ACROSS - 1
    page.box(x, y, _SQUARE * _ACROSS, _HIGH, FRAME)
    places = [(at, 0) for at in range(_ACROSS)] + [(far, at) for at in range(1, _DOWN)]
    places += [(at, _DOWN - 1) for at in range(far - 1, -1, -1)] + [(0, at) for at in range(_DOWN - 2, 0, -1)]
    for number, (across, down) in enumerate(places, 1):
        page.box(x + across * _SQUARE, y + down * _SQUARE, _SQUARE, _SQUARE, RULE)
        page.text(x + across * _SQUARE + 2, y + down * _SQUARE + 4.6, str(number), 9.5, bold=True)


def _card(page: Page, y: float, model: RationCard) -> None:
    x, end = _left(page) + _SQUARE + 6, _left(page) + _SQUARE * (_ACROSS - 1) - 6
    qr(page, x, y + 8, 42, model.code)
    stacked(page, x + 50, y + 13, pair("Your number"), 12, 10, bold=True, gap=5)
    case_code(page, x + 49.6, y + 33, model.code, 41)
    page.line(x + 50, y + 39, end, y + 39, RULE)
    at = x + 50
    for words, value in ((pair("Food shares"), str(model.shares)), (pair("Card"), model.card), (pair("Copy number"), str(model.copy))):
        stacked(page, at, y + 45.4, words, 10, 9, bold=True, gap=4.4)
        label = max(width_of(words.my, 10, True), width_of(words.en, 9))
        at += label + 3
        at += page.text(at, y + 50, value, 20, bold=True, fit=end - at) + 6
    page.line(x, y + 56, end, y + 56, RULE)
    half = (end - x) / 2 + 3
    told = [pair("One square is punched each time."), pair("Lost? Tell us."), pair("Complaint? Speak at the desk.")]
    if model.name.my or model.name.en or model.photo:
        _person(page, x, y + 59, half - 6, model)
        for place, words in enumerate(told):
            stacked(page, x + half, y + 61.5 + place * 9.9, words, 10, 9, fit=end - x - half, gap=4.6)
    else:
        told.insert(1, pair("It carries no name. Write nothing."))
        for place, words in enumerate(told):
            stacked(page, x + place % 2 * half, y + 63.5 + place // 2 * 12.5, words, 10.5, 9, fit=half - 6, gap=4.8)
    page.text(x, y + 89.5, FORM.shown, 9, bold=True)
    page.text(end, y + 89.5, "MY·EN   1 / 1", 8.5, align="right")


def _person(page: Page, x: float, y: float, width: float, model: RationCard) -> None:
    if model.photo:
        photo_frame(page, x, y, 21, 26)
        x, width = x + 24, width - 24
    if model.name.my or model.name.en:
        person_block(page, x, y + 0.5, width, 26, model.name)


def _desk_copy(page: Page, y: float, model: RationCard) -> None:
    x, end = _left(page) + _SQUARE + 6, _left(page) + _SQUARE * (_ACROSS - 1) - 6
    page.fill(x, y + 4, end - x, 7)
    bar = pair("KEPT — desk copy")
    page.text(x + 3, y + 8.9, bar.my, 9.5, bold=True, white=True)
    page.text(end - 3, y + 8.8, bar.en, 9, bold=True, align="right", white=True)
    qr(page, x, y + 16, 26, f"{model.code}/{FORM.id}/1")
    both(page, x + 33, y + 19, pair("Household number"), 9.5, 8.5)
    case_code(page, x + 32.6, y + 30.5, model.code, 30)
    words = filled(pair("Shares {shares}   Card {card}   Copy number {copy}"), shares=model.shares, card=model.card, copy=model.copy)
    stacked(page, x + 33, y + 39.2, words, 9.5, 8.5, fit=end - x - 33, gap=4.4)
    stacked(page, x, y + 50.5, pair("Cross the number that was punched. The two must agree."), 10, 8.5, fit=end - x, gap=4.6)
    half = (end - x) / 2
    signature(page, x, y + 59.5, half, pair("Issued by (code only)"), height=24, under=signed_by(model.volunteer))
    signature(page, x + half, y + 59.5, half, pair("Received by"), height=24)
    page.text(x, y + 89.5, FORM.shown, 9, bold=True)
    printed = pair("Printed")
    both(page, x + 22, y + 89.5, Pair(printed.my, f"{printed.en} {day_short(model.printed_on)}"), 9, 8)
    page.text(end, y + 89.5, "MY·EN   1 / 1", 8.5, align="right")
