"""The site card: sealed paper by which two sites learn to trust each other, face to face."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.codes import qr
from desktop.paper.furniture import TOP, FormId, footer, option, sealed_bar, section, signature, title
from desktop.paper.page import FRAME, HAIR, SIDE, Page, Print
from desktop.paper.signs import both, stacked
from desktop.paper.words import Pair, pair

FORM = FormId("S2", 1)
TITLE = FORM.id
_STEPS = ("Scan this card.", "Read the 12 words aloud to each other.", "Press Yes only if every word is the same.")
_MYANMAR = "၁၂၃"


@dataclass(frozen=True)
class SiteCardSheet:
    """`data` is what the code holds, at most 500 bytes; `words` are the twelve fingerprint words; `printed_on` an ISO day."""

    nickname: str
    words: tuple[str, ...]
    data: bytes
    printed_on: str
    copy: int = 1


def draw(paper: Print, model: SiteCardSheet) -> None:
    """One sheet."""
    page = paper.page()
    sealed_bar(page, pair("HAND TO HAND ONLY — in an envelope"))
    title(page, pair("Site card"), pair("To exchange trust with another site."))
    page.text(page.right, 27, model.nickname, 20, bold=True, align="right", fit=88)
    both(page, page.right, 33.6, pair("Site nickname"), 9, 8, align="right")
    page.line(SIDE, TOP, page.right, TOP, FRAME)
    side = 76.0
    qr(page, SIDE + 6, TOP + 9, side, model.data, "M")
    _steps(page, TOP)
    y = _words(page, TOP + 94, model.words)
    half = page.column(6)
    signature(page, SIDE, y, half, pair("This site (code only)"), height=24, under=pair("Code"))
    signature(page, SIDE + half, y, half, pair("The other site (code only)"), height=24, under=pair("Code"))
    words = pair("No secret on this card; still, do not show it around.")
    page.text(SIDE, y + 30, words.my, 9.5)
    page.text(page.right, y + 30, words.en, 8.5, align="right")
    footer(page, FORM, 1, 1, printed_on=model.printed_on, copy=model.copy)


def _steps(page: Page, y: float) -> None:
    x = SIDE + page.column(6)
    for place, english in enumerate(_STEPS):
        words = pair(english)
        page.text(x, y + 11 + place * 16, _MYANMAR[place], 15, bold=True)
        stacked(page, x + 8, y + 10.6 + place * 16, Pair(words.my, f"{place + 1}  {words.en}"), 11.5, 9.5, bold=True, fit=page.column(6) - 8, gap=5.2)
    page.box(x, y + 56, page.column(6), 29, HAIR)
    option(page, x + 3, y + 58.5, pair("Same: checked face to face"), fit=page.column(6) - 12)
    option(page, x + 3, y + 71, pair("One word differs: stop"), fit=page.column(6) - 12)


def _words(page: Page, y: float, words: tuple[str, ...]) -> float:
    y = section(page, y, "A", pair("Fingerprint words"))
    wide, high = page.column(4), 15.5
    for place, word in enumerate(words):
        x, top = SIDE + place % 3 * wide, y + place // 3 * high
        page.box(x, top, wide, high, HAIR)
        page.text(x + 8.5, top + 10.2, str(place + 1), 10, align="right")
        page.text(x + 12, top + 10.4, word, 17, bold=True, fit=wide - 14)
    return y + (len(words) + 2) // 3 * high + 4
