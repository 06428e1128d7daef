"""Parts that several sheets share: rows of cells, rows of options, boxes to write in, and the slip that a person carries away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.paper.blocks import Block, bilingual
from desktop.paper.codes import case_code, qr
from desktop.paper.furniture import LABEL, LABEL_EN, VALUE, FormId, option, signature
from desktop.paper.page import HAIR, RULE, SIDE, Page
from desktop.paper.signs import both, cut, stacked
from desktop.paper.words import Pair, filled, pair

NONE = Pair("", "")
CELL = 14.0
OPTION = 11.6
"""Height of a row of cells with short values, and of a row of options."""

_PAD = 1.8


@dataclass(frozen=True)
class Cell:
    """A label and what was answered (nothing, if it is left to the pen), over so many of the twelve columns."""

    columns: float
    label: Pair
    value: Pair = NONE


def _value_block(page: Page, one: Cell) -> Block:
    wide = page.column(one.columns) - 2 * _PAD
    return bilingual(one.value, wide, VALUE if len(one.value.my) < 30 else 9.5, 9, bold=True)


def cells_height(page: Page, cells: Sequence[Cell], least: float = CELL) -> float:
    """How high the row will be."""
    blocks = [_value_block(page, one) for one in cells if one.value.my or one.value.en]
    return max([least, *(7.0 + block.height + 0.8 for block in blocks)])


def cells_row(page: Page, y: float, cells: Sequence[Cell], least: float = CELL) -> float:
    """Framed cells beside each other, as high as the longest value needs. Returns where the row ends."""
    high = cells_height(page, cells, least)
    x = SIDE
    for one in cells:
        wide = page.column(one.columns)
        page.box(x, y, wide, high, HAIR)
        both(page, x + _PAD, y + 4.3, one.label, LABEL, LABEL_EN, fit=wide - 3)
        if one.value.my or one.value.en:
            block = _value_block(page, one)
            block.draw(page, x + _PAD, max(y + 6.6, y + high - block.height - 1.0))
        x += wide
    return y + high


def options_row(page: Page, y: float, label: Pair, options: Sequence[tuple[Pair, bool]], *, lead: float = 2.0, framed: bool = True) -> float:
    """A label over `lead` columns, then tick boxes that share the rest. Returns where the row ends."""
    high = OPTION + 1.4
    if framed:
        page.box(SIDE, y, page.live, high, HAIR)
    x = SIDE
    if label.my:
        stacked(page, SIDE + _PAD, y + 5.4, label, 9.5, 8.5, bold=True, fit=page.column(lead) - 2, gap=4.2)
        x += page.column(lead)
    step = (page.right - x) / len(options)
    for place, (words, on) in enumerate(options):
        option(page, x + _PAD + place * step, y + 2.0, words, on=on, fit=step - 8.4)
    return y + high


def writing_box(page: Page, y: float, height: float, text: str, *, label: Pair | None = None) -> None:
    """A frame with a text at its top and lines to write on below it."""
    page.box(SIDE, y, page.live, height, HAIR)
    at = y + 1.4
    if label:
        both(page, SIDE + _PAD, y + 4.3, label, LABEL, LABEL_EN, fit=page.live - 4)
        at = y + 6.6
    if text:
        block = text_block(page, text)
        block.draw(page, SIDE + 2.5, at)
        at += block.height + 1
    at += 9.2
    while at < y + height - 2:
        page.line(SIDE + 2.5, at, page.right - 2.5, at, HAIR)
        at += 9.2


def text_block(page: Page, text: str) -> Block:
    """A typed text as it stands in a writing box."""
    return bilingual(Pair.same(text), page.live - 5, 11 if len(text) < 160 else 9.5, 9, bold=len(text) < 160)


def char_boxes(page: Page, x: float, y: float, groups: Sequence[int] = (2, 2, 4), wide: float = 5.0, high: float = 7.0) -> float:
    """Boxes for single characters with air between the groups. Returns how wide they are together."""
    start = x
    for count in groups:
        for _ in range(count):
            page.box(x, y, wide, high, HAIR)
            x += wide + 0.5
        x += 2.0
    return x - 2.5 - start


def signatures(page: Page, y: float, height: float, left: Pair, right: Pair, *, volunteer: str = "", coded: bool = False) -> float:
    """Two blocks to sign beside each other. The volunteer who printed it signs at the left with a code, with `coded` both do.
    Returns where they end."""
    half = page.column(6)
    signature(page, SIDE, y, half, left, height=height, under=signed_by(volunteer))
    signature(page, SIDE + half, y, half, right, height=height, under=pair("Code") if coded else None)
    return y + height


def signed_by(volunteer: str) -> Pair:
    """What stands under the line of a volunteer: a code, never a name."""
    code = pair("Code")
    return Pair(f"{code.my} {volunteer}", code.en) if volunteer else code


STUB = 44.6
"""Height of a carried slip from its cut line to the margin."""


@dataclass(frozen=True)
class Stub:
    """The slip that a person carries away: their number, the number of the paper it belongs to, no word about what it is for."""

    code: str
    number: str
    form: FormId
    copy: int = 1


def stub_at(page: Page) -> float:
    """Where the cut line of a slip at the foot of this sheet runs; the body and its footer end above."""
    return page.height - 10 - STUB


def lift(page: Page, cut_at: float) -> float:
    """How far `furniture.footer` is lifted to stand above a cut line."""
    return page.height - 6.4 - cut_at


def body_end(page: Page, cut_at: float) -> float:
    """The lowest place of the body above a lifted footer."""
    return cut_at - 12.0


def stub(page: Page, model: Stub) -> None:
    """The slip at the foot of the sheet, under its cut line."""
    y = stub_at(page)
    cut(page, y)
    qr(page, page.right - 29, y + 9, 29, model.code)
    both(page, SIDE, y + 10.5, pair("Your number"), 10, 9, bold=True)
    case_code(page, SIDE - 0.4, y + 23.5, model.code, 36)
    both(page, SIDE + 92, y + 10.5, pair("Slip"), 10, 9, bold=True)
    page.text(SIDE + 92, y + 19, model.number, 18, bold=True, fit=54)
    stacked(page, SIDE + 92, y + 27.5, filled(pair("Copy number {number}"), number=model.copy), 9, 8.5, gap=4.4)
    stacked(page, SIDE, y + 32, pair("Keep it. It carries no name."), 10.5, 9, gap=4.8)
    page.text(SIDE, y + 44, model.form.shown, 9, bold=True)
    page.text(SIDE + 18, y + 44, "MY·EN   1 / 1", 8.5)


def return_slip(page: Page, y: float, words: Pair, title: Pair, code: str, data: str, form: FormId) -> float:
    """The head of the part that comes back to us: cut line at y, title, number and code to scan. Returns where its body starts, left of
    the code to scan."""
    cut(page, y, words)
    qr(page, page.right - 26, y + 9, 26, data)
    page.text(SIDE, y + 11, title.my, 13, bold=True, fit=78)
    page.text(SIDE, y + 16.4, title.en, 10, fit=78)
    case_code(page, page.right - 33, y + 15, code, 24, align="right")
    page.text(page.right, y + 41.6, f"{form.shown}   1 / 1", 8.5, bold=True, align="right")
    return y + 20


def person_block(page: Page, x: float, y: float, width: float, height: float, name: Pair) -> None:
    """The name, where a volunteer chose that a carried paper shows it."""
    words, room = Pair.same(" ".join((name.my or name.en).split())), height - 7
    said = bilingual(words, width, 10, 9, bold=True)
    page.line(x, y, x + width, y, RULE)
    both(page, x, y + 4.4, pair("Name"), 9, 8, fit=width)
    if said.height > room:
        said = bilingual(words, width, 9, 8)
    said.fitted(width, room).draw(page, x, y + 6.4)


def photo_frame(page: Page, x: float, y: float, width: float, height: float) -> None:
    """A frame to glue a photo into, where a volunteer chose it."""
    page.box(x, y, width, height, RULE)
    stacked(page, x + width / 2, y + height / 2 - 1, pair("Photo"), 9, 8, align="centre", gap=4.2)
