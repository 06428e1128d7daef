"""Places to write: boxes, lines, scales. Each is measured first, as pieces that stand under each other and are never broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop.paper.blocks import Block, Line, block, running
from desktop.paper.documents.blank_form_model import (
    Attach,
    BlankForm,
    Boxes,
    Day,
    Drawing,
    Entry,
    Lines,
    Option,
    Place,
    Ranks,
    Scale,
    Ticks,
)
from desktop.paper.page import HAIR, RULE, Page, readable, width_of
from desktop.paper.signs import TICK, both, tick
from desktop.paper.words import Pair, pair

CELL, CELL_HIGH, CELL_GAP = 5.4, 7.4, 0.6
"""A box for a character, in mm, and the gap to the next."""
LINE = 9.6
"""From one writing line to the next: tall stacks of Burmese by hand need it."""
_OPTION, _OPTION_EN = 9.2, 8.0
_AFTER_TICK = TICK + 1.8
_GRIDS = (4, 3, 2)
_MANY = 5  # fewer options than this stand under each other rather than be folded


@dataclass(frozen=True)
class Piece:
    """A part of an answer place: its height in mm, and how it is drawn with its top left corner at (x, y)."""

    height: float
    draw: Callable[[Page, float, float], None]


def pieces_of(entry: Entry, room: float, sheet: BlankForm) -> list[Piece]:
    """The place for an answer in a column `room` mm wide."""
    if isinstance(entry, Ticks):
        return _ticks(entry, room)
    if isinstance(entry, Ranks):
        return [_ranked(option, room) for option in entry.options]
    if isinstance(entry, Boxes):
        return [_cells(row) for row in _rows_of_boxes(entry.groups, room)]
    if isinstance(entry, Day):
        return _day(entry, room, sheet)
    if isinstance(entry, Lines):
        return _lines(entry, room, sheet)
    if isinstance(entry, Scale):
        return _scale(entry, room)
    if isinstance(entry, Place):
        return [_labelled(sheet.words(words), room) for words in (pair("Latitude"), pair("Longitude"))]
    if isinstance(entry, Attach):
        return [_attach(entry, room)]
    assert isinstance(entry, Drawing)
    return [Piece(entry.height, lambda page, x, y: page.box(x, y, room - 2, entry.height - 1, HAIR))]


def cells(page: Page, x: float, y: float, count: int, wide: float = CELL, high: float = CELL_HIGH) -> float:
    """So many boxes for characters with their top left corner at (x, y). Returns where the next thing may stand."""
    for place in range(count):
        page.box(x + place * (wide + CELL_GAP), y, wide, high, HAIR)
    return x + count * (wide + CELL_GAP)


def option_block(option: Option, room: float, size: float = _OPTION) -> Block:
    """The words of an option, its number before the second language, in as many lines as they need."""
    words, number = option.words, str(option.number)
    if words.one:
        return block(running(f"{number} {words.my or words.en}", room, size))
    return block([*running(words.my, room, size), *running(f"{number} {words.en}", room, _OPTION_EN)])


def _ticks(entry: Ticks, room: float) -> list[Piece]:
    """The options on the narrowest of the fixed grids that holds each of them on one line, else under each other."""
    if not entry.options:
        return [_writing_line(room)]
    columns = _grid(entry.options, room)
    wide = room / columns
    blocks = [option_block(option, wide - _AFTER_TICK - 1.0) for option in entry.options]
    rows = [blocks[at:at + columns] for at in range(0, len(blocks), columns)]
    firsts = [option.number for option in entry.options[::columns]]
    return [
        Piece(max(one.height for one in row) + 1.0, partial(_option_row, row, wide, not entry.several, first)) for row, first in zip(rows, firsts)
    ]


def _grid(options: tuple[Option, ...], room: float) -> int:
    """How many options stand on a line: as many as fit without a second line; two also where a long one goes on beneath."""
    widest = max(_widest(option.words, option.number) for option in options) + _AFTER_TICK + 2.0
    whole = next((count for count in _GRIDS if widest <= room / count), 1)
    if whole > 1 or len(options) < _MANY:
        return whole
    folded = all(_widest(option.words, option.number) <= 1.7 * (room / 2 - _AFTER_TICK - 2.0) for option in options)
    return 2 if folded else 1


def _option_row(row: list[Block], wide: float, round: bool, first: int, page: Page, x: float, y: float) -> None:
    for place, words in enumerate(row):
        left = x + place * wide
        drop = max(0.0, words.lines[0][0] - 3.4) if len(words.lines) > 1 else max(0.0, words.height / 2 - TICK / 2)
        tick(page, left, y + drop, round=round, option=first + place)
        words.draw(page, left + _AFTER_TICK, y)


def _widest(words: Pair, number: int) -> float:
    """Width of an option on one line for each language."""
    if words.one:
        text = f"{number} {words.my or words.en}"
        return width_of(text, readable(text, _OPTION))
    second = f"{number} {words.en}"
    return max(width_of(words.my, readable(words.my, _OPTION)), width_of(second, readable(second, _OPTION_EN)))


def _ranked(option: Option, room: float) -> Piece:
    words = option_block(option, room - CELL - 3.0)

    def draw(page: Page, x: float, y: float) -> None:
        page.box(x, y, CELL, CELL_HIGH, HAIR)
        words.draw(page, x + CELL + 2.0, y + max(0.0, (CELL_HIGH - words.height) / 2))

    return Piece(max(CELL_HIGH, words.height) + 0.8, draw)


Groups = tuple["int | str", ...]


def _rows_of_boxes(groups: Groups, room: float) -> list[Groups]:
    """Boxes that do not fit on one line go on beneath."""
    most = int((room - 1) / (CELL + CELL_GAP))
    if len(groups) == 1 and isinstance(groups[0], int) and groups[0] > most:
        count = groups[0]
        return [(min(most, count - at),) for at in range(0, count, most)]
    return [groups]


def _cells(groups: Groups) -> Piece:
    def draw(page: Page, x: float, y: float) -> None:
        for group in groups:
            if isinstance(group, int):
                x = cells(page, x, y, group) + 1.2
            else:
                x += page.text(x, y + CELL_HIGH - 1.0, group, 12, bold=True) + 1.6

    return Piece(CELL_HIGH + 0.8, draw)


_DAY, _MONTH, _YEAR = "d", "m", "y"


def _day(entry: Day, room: float, sheet: BlankForm) -> list[Piece]:
    """Day and year in boxes, the month by name on a line: nobody takes one for the other."""
    day, month, year = (sheet.words(words) for words in (pair("D"), pair("M"), pair("Y")))

    def word(page: Page, x: float, y: float, words: Pair) -> float:
        return x + both(page, x, y + CELL_HIGH - 2.2, words, 9.5, 8.5, gap=1.2) + 1.8

    def draw(page: Page, x: float, y: float) -> None:
        if _DAY in entry.parts:
            x = word(page, cells(page, x, y, 2) + 0.8, y, day)
        if _MONTH in entry.parts:
            page.line(x, y + CELL_HIGH, x + 16, y + CELL_HIGH, RULE)
            x = word(page, x + 16.8, y, month)
        if _YEAR in entry.parts:
            word(page, cells(page, x, y, 4) + 0.8, y, year)

    def clock(page: Page, x: float, y: float) -> None:
        x = cells(page, x, y, 2)
        page.text(x + 0.7, y + CELL_HIGH - 1.8, ":", 12, bold=True)
        x = cells(page, x + 2.6, y, 2)
        both(page, x + 0.8, y + CELL_HIGH - 2.2, sheet.words(pair("hour : minute")), 10, 9, gap=1.4)

    made = [Piece(CELL_HIGH + 0.8, draw)] if entry.parts else []
    return [*made, Piece(CELL_HIGH + 0.8, clock)] if entry.clock else made


def _lines(entry: Lines, room: float, sheet: BlankForm) -> list[Piece]:
    made = [_writing_line(room) for _ in range(entry.count)]
    if entry.cells:
        words = sheet.words(pair("code or number, if the list has one"))

        def draw(page: Page, x: float, y: float) -> None:
            after = cells(page, x, y + 1.2, entry.cells)
            both(page, after + 1.2, y + CELL_HIGH - 1.0, words, 9, 8, fit=max(20.0, room - (after - x) - 2.5))

        made.append(Piece(CELL_HIGH + 2.0, draw))
    return made


def _writing_line(room: float) -> Piece:
    return Piece(LINE, lambda page, x, y: page.line(x, y + LINE - 1.2, x + room - 2, y + LINE - 1.2, RULE))


def _labelled(words: Pair, room: float) -> Piece:
    def draw(page: Page, x: float, y: float) -> None:
        first = both(page, x, y + LINE - 2.0, words, 9, 8)
        page.line(x + first + 2, y + LINE - 1.2, x + room - 2, y + LINE - 1.2, RULE)

    return Piece(LINE, draw)


def _scale(entry: Scale, room: float) -> list[Piece]:
    """The numbers in rows, a round box over each."""
    step = max(9.0, max(width_of(mark, 9) for mark in entry.marks) + 2.5)
    most = max(1, int(room / step))
    rows = [(at + 1, entry.marks[at:at + most]) for at in range(0, len(entry.marks), most)]

    def draw(first: int, row: tuple[str, ...], page: Page, x: float, y: float) -> None:
        for place, mark in enumerate(row):
            middle = x + step * (place + 0.5)
            tick(page, middle - TICK / 2, y + 0.6, round=True, option=first + place)
            page.text(middle, y + 8.6, mark, 9, align="centre")

    return [Piece(9.6, partial(draw, first, row)) for first, row in rows]


def _attach(entry: Attach, room: float) -> Piece:
    first = entry.words.my or entry.words.en
    lines: list[Line] = running(first, room - _AFTER_TICK - 1, _OPTION)
    if not entry.words.one:
        lines += running(entry.words.en, room - _AFTER_TICK - 1, _OPTION_EN)
    words = block(lines)

    def draw(page: Page, x: float, y: float) -> None:
        tick(page, x, y + max(0.0, words.lines[0][0] - 3.4))
        words.draw(page, x + _AFTER_TICK, y)

    return Piece(words.height + 1.0, draw)
