"""Tables of numbers and tick boxes that go on over as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar, Union

from desktop.paper.blocks import Block, bilingual
from desktop.paper.codes import case_code
from desktop.paper.furniture import HEAD_HEIGHT, TOP, Column, table_heads, uprights
from desktop.paper.page import HAIR, RULE, SIDE, Page, Print
from desktop.paper.signs import TICK, tick
from desktop.paper.words import Pair


@dataclass(frozen=True)
class Code:
    """A case code in a cell."""

    text: str
    size: float = 15.0


@dataclass(frozen=True)
class Box:
    """A tick box in a cell, crossed if `on`; with `due` False a dash: nothing to do there."""

    on: bool = False
    due: bool = True


@dataclass(frozen=True)
class Said:
    """Words in a cell, in `size` points."""

    words: Pair
    size: float = 9.5
    bold: bool = False


Content = Union[Code, Box, Said]
AnyRow = TypeVar("AnyRow")


@dataclass(frozen=True)
class Row:
    """One line of a table, measured."""

    contents: tuple[Content, ...]
    blocks: tuple[Block | None, ...]
    height: float


def row(columns: Sequence[Column], contents: Sequence[Content], least: float = 13.0) -> Row:
    """A line as high as its longest cell, at least so many mm."""
    blocks = tuple(
        bilingual(one.words, column.width - 2.6, one.size, 8, bold=one.bold) if isinstance(one, Said) and (one.words.my or one.words.en) else None
        for column, one in zip(columns, contents)
    )
    return Row(tuple(contents), blocks, max([least, *(block.height + 2.2 for block in blocks if block)]))


_TOGETHER = 3


def _pages(rows: Sequence[Row], first: float, other: float, closing: float) -> list[list[Row]]:
    """The rows of every page: `first` and `other` are the mm for rows on the first page and on the others, `closing` what stands under the
    last row. Nobody signs a page without lines: the last ones go along to it."""
    made: list[list[Row]] = [[]]
    left = first
    for one in rows:
        if one.height > left and made[-1]:
            made.append([])
            left = other
        made[-1].append(one)
        left -= one.height
    return made if left >= closing else with_last(made, _TOGETHER, lambda taken: sum(one.height for one in taken) + closing <= other)


def sheets(paper: Print, page: Page, top: float, rows: Sequence[Row], closing: float) -> Iterator[tuple[Page, int, int, list[Row]]]:
    """(page, its number, how many there are, its rows) of every page the table goes on over. `page` is the first, on which the heads of
    the columns begin at `top`; on the others they begin where the body does. `closing`: mm for what stands under the last row."""
    laid = _pages(rows, _room(page.height, top), _room(page.height, TOP), closing)
    for number, part in enumerate(laid, 1):
        yield page if number == 1 else paper.page(), number, len(laid), part


def with_last(made: list[list[AnyRow]], most: int, fits: Callable[[list[AnyRow]], bool]) -> list[list[AnyRow]]:
    """One page more, with as many of the last rows as go along (`most`) and fit there; one stays at least."""
    *before, last = made
    count = min(most, len(last) - 1)
    while count > 0 and not fits(last[-count:]):
        count -= 1
    kept = len(last) - max(count, 0)
    return [*before, last[:kept], last[kept:]]


def draw(page: Page, y: float, columns: Sequence[Column], rows: Sequence[Row]) -> float:
    """Heads and rows from y. Returns where the table ends."""
    top, wide = y, sum(column.width for column in columns)
    y = table_heads(page, y, list(columns))
    for one in rows:
        x = SIDE
        for column, content, block in zip(columns, one.contents, one.blocks):
            _cell(page, x, y + one.height / 2, column, content, block)
            x += column.width
        y += one.height
        page.line(SIDE, y, SIDE + wide, y, HAIR)
    uprights(page, top, y, list(columns))
    page.line(SIDE, y, SIDE + wide, y, RULE)
    return y


def _cell(page: Page, x: float, middle: float, column: Column, content: Content, block: Block | None) -> None:
    if isinstance(content, Code):
        if content.text:
            case_code(page, column.place(x), middle + content.size * 0.126, content.text, content.size, align=column.align)
    elif isinstance(content, Box):
        across = x + column.width / 2
        if content.due:
            tick(page, across - TICK / 2, middle - TICK / 2, content.on)
        else:
            page.line(across - 1.5, middle, across + 1.5, middle, RULE)
    elif block:
        block.draw(page, column.place(x), middle - block.height / 2, column.align)


def _room(page_height: float, top: float, end: float = 19.0) -> float:
    """The mm for rows between `top` and the footer (or `end` mm above the edge), under the heads of the columns."""
    return page_height - end - top - HEAD_HEIGHT
