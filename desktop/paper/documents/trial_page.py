"""The test page: whether a printer is good enough for the other papers. It tells nothing of anybody and of no place."""

from __future__ import annotations

from desktop.paper.codes import qr, squares
from desktop.paper.furniture import FormId, footer, title
from desktop.paper.page import FRAME, HAIR, MARGIN, RULE, SIDE, Page, Print
from desktop.paper.signs import TICK, stacked, tick
from desktop.paper.words import Pair, pair

FORM = FormId("X1", 1)
TITLE = FORM.id
_SIZES = (9.0, 10.5, 12.0, 17.0)
_LETTERS = Pair("အင်္ဂလိပ် ဗုဒ္ဓဟူး မြို့ ဦးဣန္ဒြာ ၁၂၃၄", "The quick brown fox 1234567890")
_CODES = ((0.8, "X1-" + "0123456789" * 7), (1.0, "X1-01234567890123456789"), (1.2, "X1-0123456789"))
"""Codes of about 25 mm with modules of so many mm: the smallest of long codes, those of slips, those of headers."""


def draw(paper: Print, _model: object = None) -> None:
    """One page."""
    page = paper.page()
    page.box(MARGIN + 0.4, MARGIN + 0.4, page.width - 2 * MARGIN - 0.8, page.height - 2 * MARGIN - 0.8, FRAME)
    title(page, pair("Test page"), pair("It tells nothing of anybody."))
    y = _asked(page, 58.0, "All four sides of the frame are there.")
    y = _asked(page, y, "This line is 100 mm long. If not, print without making it fit.")
    page.line(SIDE + 12, y + 3, SIDE + 112, y + 3, RULE)
    for place in range(11):
        page.line(SIDE + 12 + place * 10, y, SIDE + 12 + place * 10, y + (6 if place % 5 == 0 else 4.5), RULE)
    y = _asked(page, y + 14, "The small letters can be read.")
    for size in _SIZES:
        page.text(SIDE + 12, y + 3, _LETTERS.my, size)
        page.text(page.right - 6, y + 3, _LETTERS.en, min(10.0, size - 1), align="right")
        y += 4 + size * 0.62
    y = _asked(page, y + 4, "All three lines can be seen.")
    for thick in (HAIR, RULE, FRAME):
        page.line(SIDE + 12, y + 1, page.right - 6, y + 1, thick)
        y += 4
    y = _asked(page, y + 6, "A phone or the scanner reads all three squares.")
    x = SIDE + 12
    for module, data in _CODES:
        side = module * len(squares(data))
        qr(page, x, y, side, data)
        x += side + 16
    footer(page, FORM, 1, 1, rings=True)


def _asked(page: Page, y: float, english: str) -> float:
    """One thing to look at, with a box to cross. Returns where its picture starts."""
    tick(page, SIDE + 4, y - 3.4)
    stacked(page, SIDE + 4 + TICK + 3, y, pair(english), 10.5, 9, gap=4.6)
    return y + 11
