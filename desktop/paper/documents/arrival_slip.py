"""The arrival slip and the wallet card: carried paper, with a number and nothing that says whose, where, when or what for; a name stands on
them only where a volunteer chose it for this one print."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.codes import case_code, qr
from desktop.paper.furniture import FormId, fold_marks_down
from desktop.paper.page import FRAME, HAIR, RULE, SIDE, Page, Print
from desktop.paper.parts import NONE, person_block
from desktop.paper.signs import cut, fold, folding_picture, scissors, stacked, tick
from desktop.paper.words import Pair, filled, pair

SLIP, CARD = FormId("C1", 1), FormId("C2", 1)
TITLE = SLIP.id
_SQUARES = 8


@dataclass(frozen=True)
class ArrivalSlip:
    """`code` is the case code (eight characters); `copy` says which print this is, so that a lost one can be refused. `name` only where a
    volunteer chose that it is shown."""

    code: str
    copy: int = 1
    name: Pair = NONE

    @property
    def named(self) -> bool:
        """True if a name stands on it."""
        return bool(self.name.my or self.name.en)


def draw(paper: Print, model: ArrivalSlip) -> None:
    """One sheet: the slip, the wallet card, and a strip that stays at the desk."""
    page = paper.page()
    spare = min(0.0, page.height - 297.0)  # Letter is lower than A4: the space between the parts shrinks
    _slip(page, model)
    cut(page, 148.5 + spare * 0.25)
    _card(page, model, 168 + spare * 0.5)
    folding_picture(page, page.width / 2 - 38, 239 + spare * 0.75)
    _desk_strip(page, page.height - 35)


def _slip(page: Page, model: ArrivalSlip) -> None:
    left, right = SIDE + 8, page.right - 8
    _rounded(page, SIDE, 12.4, page.live, 125.6, 3)
    fold_marks_down(page, page.width / 2, 12.4, 138)
    qr(page, SIDE + 9, 22, 44, model.code)
    stacked(page, SIDE + 66, 25.5, pair("Your number"), 12, 10, bold=True, gap=5)
    case_code(page, SIDE + 65, 51, model.code, 53)
    stacked(page, SIDE + 66, 60.6, pair("last character = check"), 9, 8.5, gap=4.4)
    stacked(page, right, 60.6, filled(pair("Copy number {number}"), number=model.copy), 9, 8.5, bold=True, align="right", gap=4.4)
    page.line(left, 73, right, 73, RULE)
    sentences = (
        "Keep this paper. Show it at the desk.",
        "Lost? Tell us. You will get a new one." if model.named else "It carries no name. Write nothing on it.",
        "Keep it dry. You may fold it.", "Lost? Tell us. You will get a new one.",
    )
    half = (right - left) / 2
    if model.named:
        person_block(page, left + half + 2, 88.5, half - 2, 16.5, model.name)
    for place, english in enumerate(sentences[:3] if model.named else sentences):
        x, y = left + (place % 2) * (half + 2), 81 + (place // 2) * 13
        stacked(page, x, y, pair(english), 11, 9, fit=half - 2, gap=4.9)
    side = 20.0
    step = (right - left - side) / (_SQUARES - 1)
    for place in range(_SQUARES):  # the desk cancels one square at each step
        x = left + place * step
        page.box(x, 106, side, side, RULE)
        page.text(x + 2, 110.6, str(place + 1), 9, bold=True)
    page.text(left, 131.6, SLIP.shown, 9, bold=True)
    page.text(left + 18, 131.6, "MY·EN", 8)
    page.text(right, 131.6, "1 / 1", 8.5, align="right")


def _rounded(page: Page, x: float, y: float, width: float, height: float, radius: float) -> None:
    near, k = radius, radius * 0.4477
    r, b = x + width, y + height
    page.curve([
        (x + near, y),
        (x + near, y), (r - near, y), (r - near, y), (r - k, y), (r, y + k), (r, y + near),
        (r, y + near), (r, b - near), (r, b - near), (r, b - k), (r - k, b), (r - near, b),
        (r - near, b), (x + near, b), (x + near, b), (x + k, b), (x, b - k), (x, b - near),
        (x, b - near), (x, y + near), (x, y + near), (x, y + k), (x + k, y), (x + near, y),
    ], FRAME)


def _card(page: Page, model: ArrivalSlip, y: float) -> None:
    """The wallet card: 171.2 x 54 mm flat, the size of a bank card when folded."""
    wide, high = 85.6, 54.0
    x = page.width / 2 - wide
    middle = x + wide
    page.box(x, y, 2 * wide, high, RULE)
    fold(page, middle, y, middle, y + high)
    for mark in (y - 6, y + high + 1.5):
        page.line(middle, mark, middle, mark + 4.5, RULE)
    qr(page, x + 6.5, y + 9, 29, model.code)
    stacked(page, x + 42, y + 12.4, pair("Your number"), 10, 9, bold=True, gap=4.4)
    case_code(page, x + 41.4, y + 27.5, model.code, 19)
    stacked(page, x + 42, y + 34.4, filled(pair("Copy number {number}"), number=model.copy), 9, 8.5, gap=4.2)
    page.text(x + 7, y + 49.2, CARD.shown, 8, bold=True)
    told = ("Show it at the desk.", "Lost? Tell us.") if model.named else ("Show it at the desk.", "It carries no name.", "Lost? Tell us.")
    if model.named:
        person_block(page, middle + 7, y + 27.5, 50, 20, model.name)
    for place, english in enumerate(told):
        stacked(page, middle + 7, y + (8.5 if model.named else 11.5) + place * (10.5 if model.named else 13.2), pair(english), 11, 9, fit=50, gap=4.8)
    page.text(middle + wide - 6, y + 49.2, "MY·EN   1 / 1", 8, align="right")
    for place in range(2):  # for a hole or a stamp
        page.box(middle + wide - 26, y + 6.5 + place * 21.5, 18, 18, RULE)
    scissors(page, x + 3, y - 4.4)
    words = pair("Cut along the frame")
    first = page.text(x + 8.5, y - 3.2, words.my, 9)
    page.text(x + 8.5 + first + 1.8, y - 3.2, words.en, 8)
    words = pair("Fold on the dots")
    page.text(middle - 3, y + high + 5.6, words.my, 9, align="right")
    page.text(middle + 3, y + high + 5.6, words.en, 8)


def _desk_strip(page: Page, y: float) -> None:
    page.box(SIDE, y, page.live, 20, HAIR, dash=(2, 2))
    words = pair("For the desk: count and shred spoiled prints. Do not hand out this strip.")
    stacked(page, SIDE + 4, y + 7.5, words, 10, 8.5, fit=page.live - 36, gap=5)
    tick(page, page.right - 26, y + 7)
    stacked(page, page.right - 20, y + 8.6, pair("Given"), 9, 8, gap=4)
