"""Tables of a form for the pen: questions with the same options, and a repeat with a line for each instance."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from desktop.paper.blocks import Block, block
from desktop.paper.breaking import break_offsets
from desktop.paper.documents.blank_form_entries import cells
from desktop.paper.documents.blank_form_model import (
    Asked,
    BlankForm,
    Boxes,
    Day,
    Matrix,
    Note,
    Roster,
    Ticks,
)
from desktop.paper.documents.blank_form_rows import (
    Columns,
    Row,
    Text,
    condition,
    label_block,
    label_lines,
    said,
    silence_boxes,
    text_rows,
)
from desktop.paper.furniture import LABEL, LABEL_EN
from desktop.paper.page import HAIR, RULE, SIDE, Page, width_of
from desktop.paper.signs import TICK, tick
from desktop.paper.words import Pair, pair

_HIGHEST_HEAD = 62.0
_SMALL_CELL, _SMALL_GAP = 4.5, 0.6
_ROSTER_ROW = 10.6
_FIRST = 7.0  # the column with the number of the line
_NARROWEST, _TEXT, _WIDEST_WORD = 14.0, 25.0, 24.0
_MATRIX_COLUMN = 13.0


@dataclass(frozen=True)
class Heads:
    """The heads of the columns of a table: (left, width, words) each."""

    cells: tuple[tuple[float, float, Block], ...]
    end: float
    middle: bool
    is_head: bool = True
    grows: bool = False
    again: Row | None = None

    @property
    def height(self) -> float:
        return max(words.height for _, _, words in self.cells) + 2.4

    def draw(self, page: Page, y: float, extra: float) -> None:
        for left, wide, words in self.cells:
            if self.middle:
                words.draw(page, left + wide / 2, y + 1.2, "centre")
            else:
                words.draw(page, left + 1.2, y + 1.2)
            page.line(left, y, left, y + self.height, HAIR)
        page.line(SIDE, y + self.height, self.end, y + self.height, RULE)


@dataclass(frozen=True)
class Crossed:
    """One question of a matrix: a box under each option."""

    asked: Asked
    label: Block
    rule: Block | None
    heads: Heads
    columns: Columns
    several: bool
    again: Row | None
    is_head: bool = False
    grows: bool = True

    @property
    def height(self) -> float:
        rule = self.rule.height + 1.2 if self.rule else 0.0
        return max(9.2, self.label.height + rule + 2.2)

    def draw(self, page: Page, y: float, extra: float) -> None:
        height = self.height + extra
        page.ask(self.asked.number)
        page.text(self.columns.label - 1.6, y + 4.3, self.asked.number, 8.5, bold=True, align="right")
        self.label.draw(page, self.columns.label, y + 1.0)
        if self.rule:
            page.triangle(self.columns.label, y + self.label.height + 2.0 + self.rule.lines[0][0] - 2.6, 2.2, 2.6)
            self.rule.draw(page, self.columns.label + 3.4, y + self.label.height + 2.0)
        for option, (left, wide, _) in enumerate(self.heads.cells, 1):
            page.line(left, y, left, y + height, HAIR)
            tick(page, left + wide / 2 - TICK / 2, y + (height - TICK) / 2, round=not self.several, option=option)
        silence_boxes(page, self.columns, y, height, self.asked.silences)
        page.ask("")


def matrix_rows(matrix: Matrix, columns: Columns) -> list[Row] | None:
    """The rows of a matrix; None if its options do not fit beside each other."""
    start = columns.answer
    wide = (columns.silence - start) / max(1, len(matrix.options))
    if wide < _MATRIX_COLUMN:
        return None
    heads = [_head_block(option.words, wide - 1.6, option.number) for option in matrix.options]
    made = Heads(tuple((start + wide * place, wide, words) for place, words in enumerate(heads)), columns.end, True)
    if made.height > _HIGHEST_HEAD:
        return None
    rows: list[Row] = [made]
    for asked in matrix.rows:
        rule = condition(asked.only_if, columns.label_room - 3.4) if asked.only_if else None
        rows.append(Crossed(asked, label_block(asked, columns.label_room), rule, made, columns, matrix.several, made))
    return rows


def _head_block(words: Pair, room: float, number: int) -> Block:
    return block([*said(Pair.same(str(number)), room, 8.5, 8, bold=True), *said(words, room, LABEL, LABEL_EN)])


@dataclass(frozen=True)
class Instance:
    """One line of a roster."""

    number: int
    heads: Heads
    entries: tuple[Asked, ...]
    again: Row | None
    is_head: bool = False
    grows: bool = True
    height: float = _ROSTER_ROW

    def draw(self, page: Page, y: float, extra: float) -> None:
        high = self.height + extra
        page.text(SIDE + _FIRST / 2, y + high / 2 + 1.4, str(self.number), 9, bold=True, align="centre")
        for (left, wide, _), asked in zip(self.heads.cells, self.entries):
            page.line(left, y, left, y + high, HAIR)
            page.ask(asked.number)
            x, top = left + 1.4, y + (high - 6.6) / 2
            for at, group in enumerate(_groups(asked)):
                if isinstance(group, int):
                    x = cells(page, x, top, group, _SMALL_CELL, 6.6) + 0.6
                else:
                    x += page.text(x, y + high / 2 + 2.6, group, 10, bold=True) + (0.9 if at else 0.6)
            if isinstance(asked.entry, Ticks) and asked.entry.several:
                page.line(left + 1.4, y + high - 1.8, left + wide - 1.4, y + high - 1.8, HAIR)
        page.ask("")


def _groups(asked: Asked) -> tuple[int | str, ...]:
    """The boxes in a cell of a roster: for an option its number, for a day eight digits."""
    entry = asked.entry
    if isinstance(entry, Ticks) and not entry.several and entry.options:
        return (len(str(len(entry.options))),)
    if isinstance(entry, Boxes):
        return entry.groups
    if isinstance(entry, Day):
        groups: list[int | str] = []
        for part in entry.parts:
            groups += [*(["/"] if groups else []), 4 if part == "y" else 2]
        return (*groups, *((" ", 2, ":", 2) if entry.clock else ()))
    return ()


def _width(asked: Asked) -> float:
    """What a column needs at least."""
    groups = _groups(asked)
    wide = sum(group * (_SMALL_CELL + _SMALL_GAP) + 0.6 if isinstance(group, int) else width_of(group, 10, True) + 0.9 for group in groups)
    words = f"{asked.label.my} {asked.label.en}".split()
    longest = max((width_of(piece, 9) for word in words for piece in _syllables(word)), default=0.0)
    return max(_NARROWEST if groups else _TEXT, wide + 2.8, min(_WIDEST_WORD, longest) + 3.0)


def _syllables(word: str) -> list[str]:
    """A word of Burmese may be broken inside, others may not."""
    places = [0, *break_offsets(word), len(word)]
    return [word[start:end] for start, end in pairwise(places)]


def fits(roster: Roster, page_width: float) -> bool:
    """Whether a repeat can stand as a table: its columns beside each other, each head of bearable height."""
    live = page_width - 2 * SIDE
    if not roster.columns or sum(map(_width, roster.columns)) + _FIRST > live:
        return False
    return _heads(roster, live).height <= _HIGHEST_HEAD


def _heads(roster: Roster, live: float) -> Heads:
    widths = [_width(asked) for asked in roster.columns]
    spare = live - _FIRST - sum(widths)
    open_ended = [place for place, asked in enumerate(roster.columns) if not _groups(asked)] or list(range(len(widths)))
    for place in open_ended:
        widths[place] += spare / len(open_ended)
    made, x = [], SIDE + _FIRST
    for wide, asked in zip(widths, roster.columns):
        number = said(Pair.same(asked.number), wide - 2.4, 8.5, 8, bold=True)
        made.append((x, wide, block([*number, *label_lines(_bare(asked), wide - 2.4)])))
        x += wide
    return Heads(tuple(made), SIDE + live, False)


def _bare(asked: Asked) -> Asked:
    """Without hints: they stand under the table."""
    return Asked(asked.number, asked.label, asked.entry, required=asked.required)


def roster_rows(roster: Roster, sheet: BlankForm, columns: Columns, highest: float) -> list[Row]:
    """Heading, heads, a line for each instance, and under them what the numbers mean and when each column is asked."""
    rows: list[Row] = []
    room = columns.end - columns.label - 1.0
    if roster.words.my or roster.words.en or roster.only_if:
        title = block(said(roster.words, room, 10, 8.5, bold=True)) if roster.words.my or roster.words.en else None
        rule = condition(roster.only_if, room - 3.4) if roster.only_if else None
        rows.append(Text(title, rule, columns, is_head=True))
    for item in roster.items:
        if isinstance(item, Note):
            rows += text_rows(item, columns, highest)
    heads = _heads(roster, columns.end - SIDE)
    rows.append(heads)
    rows += [Instance(place, heads, roster.columns, heads) for place in range(1, roster.count + 1)]
    legend = [words for asked in roster.columns if (words := _legend(asked, sheet))]
    if any(asked.silences for asked in roster.columns):
        legend.append(sheet.words(pair("In a table write ? for unknown, X for refused, N for not asked.")))
    return [*rows, *_legend_rows(legend, columns, highest)]


def _legend_rows(legend: list[Pair], columns: Columns, highest: float) -> list[Row]:
    """What the numbers mean, question after question, in pieces that each fit on a page."""
    room = columns.end - columns.label - 1.0
    lines = [line for words in legend for line in said(words, room, 9, 8)]
    parts = block(lines).cut(highest - 4.0) if lines else []
    return [Text(part, None, columns, bar=True) for part in parts]


def _legend(asked: Asked, sheet: BlankForm) -> Pair | None:
    """The options, the hints and the rule of one column on one line; None if there are none."""
    parts: list[Pair] = []
    if isinstance(asked.entry, Ticks) and asked.entry.options:
        numbered = [(f"{one.number} {one.words.my or one.words.en}", f"{one.number} {one.words.en}") for one in asked.entry.options]
        parts.append(Pair("   ".join(first for first, _ in numbered), "   ".join(second for _, second in numbered)))
        if asked.entry.several:
            parts.append(sheet.words(pair("more than one may be written")))
    crossing = sheet.words(pair("more than one may be crossed"))
    parts += [hint for hint in asked.hints if hint != crossing]
    parts += [asked.only_if] if asked.only_if else []
    if not parts:
        return None
    return Pair(
        f"{asked.number}:  " + "   –   ".join(part.my or part.en for part in parts),
        f"{asked.number}:  " + "   –   ".join(part.en or part.my for part in parts),
    )
