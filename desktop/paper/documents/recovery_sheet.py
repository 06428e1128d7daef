"""The recovery sheet: sealed paper with the characters that open a locked laptop, and nothing that says which one; whole, or as two halves
for two people, of which neither opens anything."""

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
_STEPS = (
    "Print over a USB cable only.", "Put it in an envelope, seal it, sign across.", "Envelope opened? Make a new sheet.",
    "Only the newest sheet opens the laptop.",
)


@dataclass(frozen=True)
class RecoverySheet:
    """`code` is 32 characters. `words`, if given, are two words to type back, which prove that the print can be read (on a whole sheet).
    `parts`: 1, or 2 for two sheets with half of the characters each."""

    code: str
    words: tuple[str, str] | None = None
    parts: int = 1


def draw(paper: Print, model: RecoverySheet) -> None:
    """One sheet, or one for each part. It carries no site, no person, no day."""
    if model.parts == 1:
        _sheet(paper.page(), model)
        return
    for part in range(1, model.parts + 1):
        _part(paper.page(), model, part)


def _sheet(page: Page, model: RecoverySheet) -> None:
    _top(page, pair("Kept by a second trusted person."), pair("Whoever holds this sheet can open the laptop."))
    y = _characters(page, TOP + 33, model.code)
    if model.words:
        y = _two_words(page, y + 4, model.words)
    y = section(page, y + 4, "B", pair("Or with the camera"))
    y = _camera(page, y, model.code, _STEPS)
    _keeper(page, y)
    footer(page, FORM, 1, 1)


def _part(page: Page, model: RecoverySheet, part: int) -> None:
    each = len(model.code) // model.parts
    code = model.code[(part - 1) * each:part * each]
    _top(page, filled(pair("Part {part} of {parts}"), part=part, parts=model.parts), pair("One part opens nothing. All parts are needed."))
    y = _characters(page, TOP + 33, code, (part - 1) * each // _GROUP)
    y = section(page, y + 4, "B", pair("Or with the camera"))
    y = _camera(page, y, code, ("Each part to another person, in another place.", "Type the parts in their order, without a gap.", *_STEPS))
    _keeper(page, y)
    footer(page, FORM, part, model.parts)


def _top(page: Page, note: Pair, warning: Pair) -> None:
    sealed_bar(page, pair("SEALED ENVELOPE — away from the computer"))
    title(page, pair("Recovery sheet"), note)
    _warning(page, warning)


def _warning(page: Page, words: Pair) -> None:
    page.box(SIDE, TOP, page.live, 27, FRAME)
    stacked(page, SIDE + 4, TOP + 8, words, 12, 10, bold=True, fit=page.live - 8, gap=5.3)
    words = pair("Never keep it with the computer. Never photograph it.")
    page.text(SIDE + 4, TOP + 22.4, words.my, 10.5)
    page.text(page.right - 4, TOP + 22.4, words.en, 9, align="right")


def _characters(page: Page, y: float, code: str, before: int = 0) -> float:
    """The groups, numbered on from those of the part `before`."""
    y = section(page, y, "A", pair("Characters to type"))
    groups = [code[at:at + _GROUP] for at in range(0, len(code), _GROUP)]
    wide, high = page.column(3), 24.0
    for place, group in enumerate(groups):
        x, top = SIDE + place % 4 * wide, y + place // 4 * high
        page.box(x, top, wide, high, HAIR)
        page.text(x + 2, top + 5.6, str(before + place + 1), 10)
        page.text(x + wide / 2, top + 16.4, group, 30, align="centre", face=shaping.codes())
    y += (len(groups) + 3) // 4 * high
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


def _camera(page: Page, y: float, code: str, steps: tuple[str, ...]) -> float:
    side = 50.0
    qr(page, SIDE + 8, y + max(5.0, 13.2 * len(steps) - side), side, code)  # beside many steps at their foot: below where it folds
    x = SIDE + page.column(6)
    for place, english in enumerate(steps):
        top = y + 5 + place * 13.2
        tick(page, x, top)
        stacked(page, x + 8, top + 2.6, pair(english), 11, 9.5, fit=page.right - x - 8, gap=5)
    return y + max(side, 13.2 * len(steps)) + 10


def _keeper(page: Page, y: float) -> None:
    half = page.column(6)
    signature(page, SIDE, y, half, pair("Keeper (code only)"), height=25, under=pair("Code"))
    page.box(SIDE + half, y, half, 25, HAIR)
    both(page, SIDE + half + 1.8, y + 4.6, pair("Looked at (every 6 months)"), 9, 8, fit=half - 3.6)
    for place in range(4):
        x = SIDE + half + 4 + place * 22
        page.line(x, y + 20, x + 18, y + 20, RULE)
