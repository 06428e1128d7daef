"""Small signs drawn with lines: tick boxes, scissors, cut and fold lines, scan rings, the dotted oval for a thumb."""

from __future__ import annotations

from desktop.paper.page import FRAME, HAIR, MM, RULE, Page, TickBox, readable, width_of
from desktop.paper.words import Pair, pair

TICK = 4.2
"""Side of a tick box in mm: large enough for a pen, no face has the sign."""


def tick(
    page: Page, x: float, y: float, on: bool = False, *, round: bool = False, option: int = 0, silence: str = "",
) -> None:
    """A tick box with its top left corner at (x, y), `round` where only one of several may be crossed. A chosen one carries a heavy
    cross: a tick breaks up on a copier. With an `option` or a `silence` the page remembers it as an answer to the question it is asking."""
    if page.asking and (option or silence):
        page.ticks.append(TickBox(page.asking, option, silence, x, y, TICK, round))
    if round:
        page.oval(x + TICK / 2, y + TICK / 2, TICK, TICK, 0.9)
    else:
        page.box(x, y, TICK, TICK, 0.9)
    if on:
        inner, far = 0.75, TICK - 0.75
        a = f"{(x + inner) * MM:.2f} {(page.height - y - inner) * MM:.2f} m {(x + far) * MM:.2f} {(page.height - y - far) * MM:.2f} l"
        b = f"{(x + inner) * MM:.2f} {(page.height - y - far) * MM:.2f} m {(x + far) * MM:.2f} {(page.height - y - inner) * MM:.2f} l"
        page.code.append(f"1.9 w 1 J {a} {b} S 2 J")


def scissors(page: Page, x: float, y: float) -> None:
    """Scissors that open to the right, their pin near (x, y)."""
    for side in (-1, 1):
        page.oval(x - 1.7, y + side * 1.15, 1.6, 1.6, 0.9)
        page.line(x - 1.05, y + side * 0.7, x + 3, y - side * 1.0, 0.9)


def cut(page: Page, y: float, words: Pair | None = None) -> None:
    """A cut line over the whole sheet with scissors, and the words in a gap of it."""
    words = words or pair("Cut here")
    left, right = 12.0, page.width - 12.0
    room = width_of(words.my, 9) + 1.8 + width_of(words.en, 8)
    middle = page.width / 2
    scissors(page, left + 2.6, y)
    page.line(left + 7, y, middle - room / 2 - 2.5, y, 0.9, (4, 3))
    page.line(middle + room / 2 + 2.5, y, right, y, 0.9, (4, 3))
    both(page, middle - room / 2, y + 1.1, words, 9, 8)


def fold(page: Page, x0: float, y0: float, x1: float, y1: float) -> None:
    """A dotted fold line."""
    page.line(x0, y0, x1, y1, 0.6, (1, 3))


def ring(page: Page, x: float, y: float) -> None:
    """A scan mark around (x, y), which the page remembers."""
    page.rings.append((x, y))
    page.oval(x, y, 3.04, 3.04, 1.6)
    page.oval(x, y, 1.1, 1.1, HAIR, solid=True)


def folding_picture(page: Page, x: float, y: float) -> None:
    """How to fold the wallet card, without words: an open card, an arrow, a closed card. 76 mm wide, 11 high."""
    page.box(x, y, 34, 11, RULE)
    fold(page, x + 17, y, x + 17, y + 11)
    page.line(x + 40, y + 5.5, x + 52, y + 5.5, FRAME)
    page.line(x + 49, y + 3.2, x + 52, y + 5.5, FRAME)
    page.line(x + 49, y + 7.8, x + 52, y + 5.5, FRAME)
    page.box(x + 59, y, 17, 11, FRAME)
    for across, down in ((62.0, 2.6), (66.0, 2.6), (62.0, 6.6)):  # a sign for the code, not a code
        page.box(x + across, y + down, 2, 2, FRAME)
    page.fill(x + 66.3, y + 6.9, 1.6, 1.6)
    page.line(x + 70, y + 4.5, x + 74, y + 4.5, RULE)
    page.line(x + 70, y + 6.8, x + 74, y + 6.8, RULE)


def both(
    page: Page, x: float, y: float, words: Pair, size: float, english: float, *, bold: bool = False, align: str = "left",
    fit: float = 0.0, gap: float = 1.8,
) -> float:
    """Burmese and English beside each other on one line. Returns the width in mm."""
    if words.one:
        return page.text(x, y, words.en or words.my, size, bold=bold, align=align, fit=fit)
    size, english = readable(words.my, size, bold), readable(words.en, english)
    room = width_of(words.my, size, bold) + gap + width_of(words.en, english)
    if fit and room > fit:
        share = (fit - gap) / (room - gap)
        size = readable(words.my, int(size * share * 10) / 10, bold)
        english = readable(words.en, int(english * share * 10) / 10)
        room = width_of(words.my, size, bold) + gap + width_of(words.en, english)
    x -= room if align == "right" else room / 2 if align == "centre" else 0.0
    first = page.text(x, y, words.my, size, bold=bold, fit=fit)
    page.text(x + first + gap, y, words.en, english, fit=max(1.0, fit - first - gap) if fit else 0.0)
    return room


def stacked(
    page: Page, x: float, y: float, words: Pair, size: float, english: float, *, bold: bool = False, align: str = "left",
    fit: float = 0.0, gap: float = 3.9,
) -> None:
    """Burmese above English; y is the first baseline, `gap` mm between the two."""
    if words.one:
        page.text(x, y + gap / 2, words.en or words.my, size, bold=bold, align=align, fit=fit)
        return
    page.text(x, y, words.my, readable(words.my, size, bold), bold=bold, align=align, fit=fit)
    page.text(x, y + gap, words.en, readable(words.en, english), align=align, fit=fit)
