"""The recovery sheet: sealed paper with the characters that open a locked laptop, and nothing that says which one. As one sheet, or in three
parts of which any two open it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper import shaping
from desktop.paper.codes import qr
from desktop.paper.furniture import TOP, FormId, footer, sealed_bar, section, signature, title
from desktop.paper.page import FRAME, HAIR, RULE, SIDE, Page, Print
from desktop.paper.signs import both, stacked, tick
from desktop.paper.words import Pair, filled, pair

FORM = FormId("S3", 1)
TITLE = FORM.id
_GROUP = 4
_STEPS = 52.8  # mm for what is to be done with it, beside the code
_PART_STEPS = ("Each part to another person, in another place.", "Only parts of the newest sheet open the laptop.")


@dataclass(frozen=True)
class RecoverySheet:
    """`code` is 32 characters. `words`, if given, are two words to type back, which prove that the print can be read."""

    code: str
    words: tuple[str, str] | None = None


@dataclass(frozen=True)
class RecoveryPart:
    """One of three parts. `rows` are (number of the other part, 32 characters to type together with a row of its); `scanned` is what a scanner
    reads: all of them."""

    number: int
    rows: tuple[tuple[int, str], ...]
    scanned: str


def draw(paper: Print, model: RecoverySheet) -> None:
    """One sheet. It carries no site, no person, no day."""
    page = _begin(paper, pair("Whoever holds this sheet can open the laptop."))
    y = section(page, TOP + 33, "A", pair("Characters to type"))
    y = _hint(page, _characters(page, y, model.code, 24.0))
    if model.words:
        y = _two_words(page, y + 4, model.words)
    _end(page, y, "B", model.code, "Only the newest sheet opens the laptop.")


def draw_parts(paper: Print, model: tuple[RecoveryPart, ...]) -> None:
    """A page for each part, for three envelopes."""
    for part in model:
        page = _begin(paper, pair("One part opens nothing. Two parts are needed."))
        number = filled(pair("Part {number} of 3"), number=part.number)
        page.text(page.right, TOP - 12, number.my, 17, bold=True, align="right")
        page.text(page.right, TOP - 5, number.en, 11, align="right")
        y = TOP + 31.0
        for place, (other, characters) in enumerate(part.rows):
            y = section(page, y, "AB"[place], filled(pair("Characters to type together with part {number}"), number=other))
            y = _characters(page, y, characters, 15.0) + 2
        _end(page, _hint(page, y - 2), "C", part.scanned, *_PART_STEPS)


def _begin(paper: Print, warning: Pair) -> Page:
    page = paper.page()
    sealed_bar(page, pair("SEALED ENVELOPE — away from the computer"))
    title(page, pair("Recovery sheet"), pair("Kept by a second trusted person."))
    page.box(SIDE, TOP, page.live, 27, FRAME)
    stacked(page, SIDE + 4, TOP + 8, warning, 12, 10, bold=True, fit=page.live - 8, gap=5.3)
    words = pair("Never keep it with the computer. Never photograph it.")
    page.text(SIDE + 4, TOP + 22.4, words.my, 10.5)
    page.text(page.right - 4, TOP + 22.4, words.en, 9, align="right")
    return page


def _end(page: Page, y: float, key: str, scanned: str, *last: str) -> None:
    y = section(page, y + 4, key, pair("Or with the camera"))
    _keeper(page, _camera(page, y, scanned, last))
    footer(page, FORM, 1, 1)


def _characters(page: Page, y: float, code: str, high: float) -> float:
    groups = [code[at:at + _GROUP] for at in range(0, len(code), _GROUP)]
    wide = page.column(3)
    for place, group in enumerate(groups):
        x, top = SIDE + place % 4 * wide, y + place // 4 * high
        page.box(x, top, wide, high, HAIR)
        page.text(x + 2, top + 5.6, str(place + 1), 10)
        page.text(x + wide / 2, top + high / 2 + 4.4, group, 30 if high > 20 else 22, align="centre", face=shaping.codes())
    return y + (len(groups) + 3) // 4 * high


def _hint(page: Page, y: float) -> float:
    words = pair("There is no O, I, L or U; 0 and 1 are digits.")
    page.text(SIDE, y + 6, words.my, 9.5)
    page.text(page.right, y + 6, words.en, 8.5, align="right")
    return y + 7


def _two_words(page: Page, y: float, words: tuple[str, str]) -> float:
    page.box(SIDE, y, page.live, 13, HAIR)
    stacked(page, SIDE + 4, y + 5.3, pair("Two words to type now, to show that the print can be read"), 9.5, 8.5, gap=4.5, fit=page.live - 82)
    for place, word in enumerate(words):
        page.text(page.right - 76 + place * 38, y + 8.6, word, 15, bold=True, fit=36)
    return y + 13


def _camera(page: Page, y: float, code: str, last: tuple[str, ...]) -> float:
    side = 50.0
    qr(page, SIDE + 8, y + 5, side, code)
    x = SIDE + page.column(6)
    steps = (
        "Print over a USB cable only.", "Put it in an envelope, seal it, sign across.", "Envelope opened? Make a new sheet.", *last,
    )
    for place, english in enumerate(steps):
        top = y + 5 + place * _STEPS / len(steps)
        tick(page, x, top)
        stacked(page, x + 8, top + 2.6, pair(english), 11, 9.5, fit=page.right - x - 8, gap=5)
    return y + side + 10


def _keeper(page: Page, y: float) -> None:
    half = page.column(6)
    signature(page, SIDE, y, half, pair("Keeper (code only)"), height=25, under=pair("Code"))
    page.box(SIDE + half, y, half, 25, HAIR)
    both(page, SIDE + half + 1.8, y + 4.6, pair("Looked at (every 6 months)"), 9, 8, fit=half - 3.6)
    for place in range(4):
        x = SIDE + half + 4 + place * 22
        page.line(x, y + 20, x + 18, y + 20, RULE)
