"""The parts every sheet is made of: bar, header, footer, section heads, cells, table heads, signature and thumb boxes."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.blocks import Block, bilingual
from desktop.paper.codes import case_code, qr
from desktop.paper.page import FRAME, HAIR, MARGIN, RULE, SIDE, Page, width_of
from desktop.paper.signs import TICK, both, ring, stacked, tick
from desktop.paper.words import Pair, day_short, filled, pair

TOP = 50.0
"""Where the body of a page with a header starts."""
LABEL, LABEL_EN, VALUE = 9.0, 8.0, 11.5
"""Sizes of labels and values in points."""


BAR = 6.4
"""Height of the bar at the head of a page, in mm; its top is the margin."""
CODE_SIDE, CODE_TOP = 26.0, 20.0
"""Side of the code to scan in the corner of a header, and its distance from the top of the sheet, in mm."""

_FOLD = 1.6
_LONGEST_ID = 24
_CODE_LENGTH = 8


@dataclass(frozen=True)
class FormId:
    """What the foot of a page says about the form itself: ``R2 · v1``."""

    id: str
    version: int | str

    @property
    def shown(self) -> str:
        """As printed. A long id and a version longer than ten characters, such as a moment, are cut."""
        name = self.id if len(self.id) <= _LONGEST_ID else f"{self.id[:_LONGEST_ID - 1]}…"
        return f"{name} · v{str(self.version)[:10]}" if self.version != "" else name


def foot(page: Page) -> float:
    """The rule above the footer: nothing of the body goes below it."""
    return page.height - 17.7


def kept_bar(page: Page) -> None:
    """A solid bar with white words: for the locked cupboard. It is seen across a room."""
    words = pair("KEPT — in the locked cupboard only")
    page.fill(SIDE, 10, page.live, BAR)
    page.text(SIDE + 3, 14.55, words.my, 9.5, bold=True, white=True)
    page.text(page.right - 3, 14.45, words.en, 9, bold=True, align="right", white=True)


def fold_marks(page: Page, y: float) -> None:
    """Two short marks beside the body where a sheet folds across: no fold runs through a code to scan."""
    for x in (MARGIN, page.width - MARGIN - _FOLD):
        page.line(x, y, x + _FOLD, y, RULE)


def fold_marks_down(page: Page, x: float, top: float, bottom: float) -> None:
    """The same for what folds from top to bottom: above `top` (where the printer reaches) and below `bottom`."""
    for y in (top - 0.4 - _FOLD, bottom + 0.4):
        if y >= MARGIN:
            page.line(x, y, x, y + _FOLD, RULE)


def sealed_bar(page: Page, words: Pair) -> None:
    """An open bar with two black ends, and marks to fold the sheet in half: for an envelope."""
    fold_marks(page, page.height / 2)
    page.box(SIDE, 10.3, page.live, 6.1, FRAME)
    for x in (SIDE, page.right - 6.4):
        page.fill(x, 10.3, 6.4, 6.1)
    page.text(SIDE + 10, 14.55, words.my, 9.5, bold=True)
    page.text(page.right - 10, 14.45, words.en, 9, bold=True, align="right")


def title(page: Page, words: Pair, note: Pair | None = None) -> None:
    """The title at the left of the header and a sentence under it. A long title, such as that of somebody else's form, takes the
    place of the sentence."""
    wide = page.live - 94
    if width_of(words.my, 17, bold=True) > wide or width_of(words.en, 11.5) > wide:
        bilingual(words, wide, 12, 9.5, bold=True).cut(28)[0].draw(page, SIDE, 19.5)
        return
    page.text(SIDE, 27, words.my, 17, bold=True)
    if not words.one:
        page.text(SIDE, 33.6, words.en, 11.5)
    if note:
        page.text(SIDE, 40.9, note.my, 9, fit=wide)
        page.text(SIDE, 45.2, note.en, 8, fit=wide)


def case_corner(page: Page, code: str, data: str, label: Pair) -> None:
    """The case number and the QR corner, at the same place on every page."""
    qr(page, page.right - CODE_SIDE, CODE_TOP, CODE_SIDE, data)
    edge = page.right - 33
    both(page, edge, 22.6, label, LABEL, LABEL_EN, align="right")
    case_code(page, edge, 31.5, code, 24, align="right")
    last = pair("last character = check")
    page.text(edge, 36.8, last.my, 9, align="right")
    page.text(edge, 41, last.en, 8, align="right")


def numbered_head(page: Page, form: FormId, sheet: int, code: str, label: Pair, words: Pair, note: Pair) -> None:
    """The title with the sentence under it, and the number in the corner; the code to scan tells the form and the sheet too."""
    title(page, words, note)
    case_corner(page, code, f"{code}/{form.id}/{sheet}", label)


def empty_corner(page: Page, data: str, label: Pair) -> None:
    """The same corner of a sheet without a number: boxes to write it in, the last for the check character."""
    qr(page, page.right - CODE_SIDE, CODE_TOP, CODE_SIDE, data)
    edge = page.right - 33
    both(page, edge, 22.6, label, LABEL, LABEL_EN, align="right")
    wide, gap = 5.4, 0.6
    x = edge - _CODE_LENGTH * (wide + gap) - 2.0 + gap
    for place in range(_CODE_LENGTH):
        x += 2.0 if place == 4 else 0.0
        page.box(x, 25.2, wide, 7.4, RULE if place == _CODE_LENGTH - 1 else HAIR)
        x += wide + gap
    last = pair("last character = check")
    page.text(edge, 38, last.my, 9, align="right")
    page.text(edge, 42.2, last.en, 8, align="right")


def footer(
    page: Page, form: FormId, number: int, of: int, *, printed_on: str = "", rings: bool = False, copy: int = 0,
    languages: str = "MY·EN", middle: Pair | None = None, lift: float = 0.0,
) -> None:
    """Form id and version, languages, a word in the middle, print day (kept and sealed paper only), copy, page x of y. `printed_on` is
    an ISO day; `lift`: so many mm higher, over a strip to tear off."""
    y = page.height - 13.5 - lift
    page.line(SIDE, foot(page) - lift, page.right, foot(page) - lift, RULE)
    inset = 5.5 if rings else 0.0
    if rings:
        ring(page, SIDE + 1.8, y - 0.4)
        ring(page, page.right - 1.8, y - 0.4)
    x = SIDE + inset
    x += page.text(x, y + 0.6, form.shown, 9, bold=True) + 4
    of_all = filled(pair("Page {number} of {of}"), number=number, of=of)
    end = page.right - inset
    page.text(end, y + 0.6, of_all.en, 8, align="right")
    end -= width_of(of_all.en, 8) + 1.8
    page.text(end, y + 0.6, of_all.my, 9, bold=True, align="right")
    end -= width_of(of_all.my, 9, True)
    said = [(Pair.same(languages), 8.0)] if languages else []
    said += [(middle, 6.0)] if middle else []
    copied = filled(pair("Copy {number}"), number=copy)
    said += [(copied, 6.0)] if copy else []
    if printed_on:
        words = pair("Printed")
        said.append((Pair(words.my, f"{words.en} {day_short(printed_on)}"), 4.0))
    while sum(_wide(words) + after for words, after in said) > end - x:
        at = next((at for at, (words, _) in enumerate(said) if words is middle), 0)
        del said[at]  # beside a long id there is no room for all of it: the word in the middle goes first
    for words, after in said:
        wide = both(page, x, y + 0.6, words, 8 if words.one else 9, 8)
        if words is copied and copy > 1:  # a reprint is seen at once
            page.box(x - 1.4, y - 3.4, wide + 2.8, 6.6, FRAME)
        x += wide + after


def _wide(words: Pair) -> float:
    return width_of(words.en, 8) + (0.0 if words.one else width_of(words.my, 9) + 1.8)


SECTION_HEIGHT = 7.4
_TITLE_HIGH = 80.0  # the most that the title of a section takes


def section_key(number: int) -> str:
    """The letter of a section: A to Z, then AA, AB and so on."""
    return chr(65 + number) if number < 26 else section_key(number // 26 - 1) + section_key(number % 26)


def long_title(words: Pair, room: float) -> Block | None:
    """The title of a section in as many lines as it needs (and a sheet has room for), if it does not fit on one."""
    one = width_of(words.my, 11, True) + (0.0 if words.one else 2.2 + width_of(words.en, 9.5))
    return bilingual(words, room, 9.5, 8, bold=True).fitted(room, _TITLE_HIGH) if one > room else None


def section(page: Page, y: float, key: str, words: Pair, *, room: float = 0.0, high: float = SECTION_HEIGHT) -> float:
    """A heavy rule, the key letter in a black square, the title in both languages (`room` mm wide). Returns where the rows start."""
    page.line(SIDE, y, page.right, y, FRAME)
    page.fill(SIDE, y, SECTION_HEIGHT, high)
    page.text(SIDE + SECTION_HEIGHT / 2, y + high / 2 + 1.5, key, 11 if len(key) == 1 else 9, bold=True, align="centre", white=True)
    long = long_title(words, room or page.live - 12)
    if long:
        long.draw(page, SIDE + 10, y + 0.8)
    else:
        both(page, SIDE + 10, y + high - 2.4, words, 11, 9.5, bold=True, gap=2.2)
    return y + high


def silence_words() -> tuple[Pair, Pair, Pair]:
    """Unknown, refused, not asked: in Burmese shorter than elsewhere, to fit the head of a column."""
    return pair("Unknown"), Pair(pair("Would not say").my, "Refused"), Pair(pair("Nobody asked").my, "Not asked")


def silence_heads(page: Page, x: float, y: float, column: float) -> None:
    """The heads of the three columns that say why there is no answer."""
    for place, words in enumerate(silence_words()):
        stacked(page, x + column * (place + 0.5), y, words, 9, 8, align="centre", fit=column + 1.2, gap=3.7)


def cell(page: Page, x: float, y: float, width: float, height: float, words: Pair, value: str = "") -> None:
    """A framed cell: the label above, the value at its foot."""
    page.box(x, y, width, height, HAIR)
    both(page, x + 1.8, y + 4.3, words, LABEL, LABEL_EN, fit=width - 3)
    if value:
        page.text(x + 1.8, y + height - 2.5, value, VALUE, bold=True, fit=width - 3.4)


def option(page: Page, x: float, y: float, words: Pair, *, on: bool = False, fit: float = 0.0) -> None:
    """A tick box with Burmese over English at its right; y is the top of the pair."""
    tick(page, x, y + 1.2, on)
    stacked(page, x + TICK + 1.8, y + 3.4, words, 9.2, 8, bold=on, fit=fit, gap=4.0)


def signature(page: Page, x: float, y: float, width: float, role: Pair, *, height: float = 25.0, under: Pair | None = None) -> None:
    """A block to sign: the role above, room, a line for the mark and one for the date."""
    page.box(x, y, width, height, HAIR)
    both(page, x + 1.8, y + 4.3, role, LABEL, LABEL_EN, bold=True, fit=width - 3)
    line = y + height - 8.4
    page.line(x + 3, line, x + width * 0.62, line, RULE)
    page.line(x + width * 0.68, line, x + width - 3, line, RULE)
    both(page, x + 3, line + 4.7, under or pair("Signature"), 9, 8, fit=width * 0.6)
    both(page, x + width * 0.68, line + 4.7, pair("Date"), 9, 8, fit=width * 0.3)


def thumb(page: Page, x: float, y: float, width: float = 31.0, height: float = 32.0) -> None:
    """A box for a thumbprint with a dotted oval, the label under the print area."""
    page.box(x, y, width, height, HAIR)
    page.oval(x + width / 2, y + (height - 7.6) / 2, 17, min(23.0, height - 11.6), 0.6, dash=(1, 2))
    stacked(page, x + width / 2, y + height - 5.6, pair("Thumbprint"), 9, 8, align="centre", gap=3.8)


@dataclass(frozen=True)
class Column:
    """A column of a table: its width in mm, its head, and where its contents stand."""

    width: float
    words: Pair
    align: str = "left"

    def place(self, x: float) -> float:
        """The x that `align` wants for a cell starting at x."""
        return x + {"left": 1.4, "centre": self.width / 2, "right": self.width - 1.4}[self.align]


HEAD_HEIGHT = 10.4


def table_heads(page: Page, y: float, columns: list[Column]) -> float:
    """Heads in pairs under a heavy rule. Returns where the rows start."""
    x = SIDE
    page.line(x, y, x + sum(column.width for column in columns), y, FRAME)
    for column in columns:
        stacked(page, column.place(x), y + 4.3, column.words, 9, 8, bold=True, align=column.align, fit=column.width - 1.8, gap=4.0)
        x += column.width
    page.line(SIDE, y + HEAD_HEIGHT, x, y + HEAD_HEIGHT, RULE)
    return y + HEAD_HEIGHT


def uprights(page: Page, top: float, bottom: float, columns: list[Column]) -> None:
    """The lines between the columns; a table has none outside."""
    x = SIDE
    for column in columns[:-1]:
        x += column.width
        page.line(x, top, x, bottom, HAIR)


def confirmation(page: Page, y: float, key: str, volunteer: str, end: float) -> float:
    """Read back, may say no, may change one's mind; two signatures with the thumb between them, no lower than `end`. Returns where it
    ends."""
    y = section(page, y, key, pair("Confirmation"))
    words = pair("This was read back as it was told. You can say no. You can change your mind later.")
    page.text(SIDE, y + 5.3, words.my, 9.5, fit=page.live)
    page.text(SIDE, y + 10.1, words.en, 8.5, fit=page.live)
    y += 12.6
    height = min(40.0, end - y - 1.4)
    wide = (page.live - 31) / 2
    signature(page, SIDE, y, wide, pair("Person interviewed"), height=height)
    thumb(page, SIDE + wide, y, 31, height)
    by = pair("Registered by (code only)")
    under = pair("Code")
    if volunteer:
        under = Pair(f"{under.my} {volunteer}", under.en)
    signature(page, SIDE + wide + 31, y, wide, by, height=height, under=under)
    return y + height
