"""The rows of a form for the pen, measured before they are drawn, so that pages can be counted and nothing is ever cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.values import Silence
from desktop.paper.blocks import Block, Line, block, running
from desktop.paper.documents.blank_form_entries import Piece, pieces_of
from desktop.paper.documents.blank_form_model import Asked, BlankForm, Heading, Lines, Note
from desktop.paper.furniture import LABEL, LABEL_EN, long_title, section, silence_heads
from desktop.paper.page import RULE, SIDE, Page
from desktop.paper.signs import TICK, tick
from desktop.paper.words import Pair, pair

SILENCES = (Silence.UNKNOWN, Silence.REFUSED, Silence.NOT_ASKED)
_LOWEST, _HEAD = 12.3, 8.6
_TOP = 1.8  # mm above an answer
_HINT, _HINT_EN = 9.0, 8.0
_TRIANGLE = 3.4
_DOTS = (1.0, 2.0)


@dataclass(frozen=True)
class Columns:
    """Where the columns stand, in mm from the left edge of the sheet: label, answer, the three silences (each `column` wide; none if
    `silence` is `end`, the right end of the live area)."""

    label: float
    answer: float
    silence: float
    column: float
    end: float

    @classmethod
    def of(cls, page_width: float, silences: bool) -> Columns:
        """Of a sheet that wide; without columns for silences questions and answers have more room."""
        live = page_width - 2 * SIDE
        column = live / 12
        end = SIDE + live
        label = SIDE + 9.0
        wide = 43.6 if silences else 64.0
        return cls(label, label + wide + 1.4, end - 3 * column if silences else end, column, end)

    @property
    def room(self) -> float:
        """Width of an answer."""
        return self.silence - self.answer - 1.0

    @property
    def label_room(self) -> float:
        """Width of a label."""
        return self.answer - self.label - 1.4


class Row(Protocol):
    """One row of a page. `is_head`: it belongs to the row after it. `grows`: it takes a share of what is left of a page. `again` is
    drawn anew where a page begins with this row."""

    @property
    def height(self) -> float: ...
    @property
    def is_head(self) -> bool: ...
    @property
    def grows(self) -> bool: ...
    @property
    def again(self) -> Row | None: ...
    def draw(self, page: Page, y: float, extra: float) -> None:
        """Draw with the top at y, `extra` mm higher than `height`."""
        ...


def said(words: Pair, room: float, size: float, english: float, *, bold: bool = False) -> list[Line]:
    """A pair as lines: the first language above the second."""
    lines = running(words.my or words.en, room, size, bold=bold)
    return lines if words.one else [*lines, *running(words.en, room, english)]


def condition(words: Pair, room: float) -> Block:
    """A printed rule, to stand behind a triangle: both languages on one line where there is room."""
    if not words.one:
        one = Line(words.my, _HINT), Line(words.en, _HINT_EN)
        if one[0].width + 2.0 + one[1].width <= room:
            whole = block([one[0]])
            baseline = whole.lines[0][0]
            return Block((*whole.lines, (baseline, Line(words.en, one[1].size, inset=one[0].width + 2.0))), whole.height)
    return block(said(words, room, _HINT, _HINT_EN))


def draw_condition(page: Page, x: float, y: float, words: Block) -> None:
    """The rule behind its triangle."""
    page.triangle(x, y + words.lines[0][0] - 2.6, 2.2, 2.6)
    words.draw(page, x + _TRIANGLE, y)


def silence_boxes(page: Page, columns: Columns, y: float, height: float, allowed: Sequence[Silence]) -> None:
    """A box for each silence that the question allows, in the column of each; the line before them."""
    if columns.silence >= columns.end:
        return
    page.line(columns.silence, y, columns.silence, y + height, RULE)
    for place, silence in enumerate(SILENCES):
        if silence in allowed:
            tick(page, columns.silence + columns.column * (place + 0.5) - TICK / 2, y + (height - TICK) / 2, silence=silence.value)


@dataclass(frozen=True)
class Head:
    """The head of a section. `asks`: questions in it allow silences, so their columns have heads."""

    key: str
    words: Pair
    asks: bool
    columns: Columns
    is_head: bool = True
    grows: bool = False
    again: Row | None = None

    @property
    def room(self) -> float:
        """Width of the title."""
        return (self.columns.silence if self.asks else self.columns.end) - SIDE - 12

    @property
    def height(self) -> float:
        long = long_title(self.words, self.room)
        return max(_HEAD, long.height + 1.6) if long else _HEAD

    def draw(self, page: Page, y: float, extra: float) -> None:
        section(page, y, self.key, self.words, room=self.room, high=self.height)
        if self.asks:
            silence_heads(page, self.columns.silence, y + 4.0, self.columns.column)

    def continued(self) -> Head:
        """The head again, on the next page."""
        more = pair("(continued)")
        words = self.words
        again = Pair.same(f"{words.my or words.en} {more.en}") if words.one else Pair(f"{words.my} {more.my}", f"{words.en} {more.en}")
        return Head(self.key, again, self.asks, self.columns)


@dataclass(frozen=True)
class Text:
    """A heading or a note over the width of label and answer, with the rule for what follows above it. A note has a bar beside it."""

    words: Block | None
    only_if: Block | None
    columns: Columns
    is_head: bool = False
    bar: bool = False
    grows: bool = False
    again: Row | None = None

    @property
    def height(self) -> float:
        parts = [part.height for part in (self.words, self.only_if) if part]
        return sum(parts) + 1.0 * (len(parts) - 1) + 2.4

    def draw(self, page: Page, y: float, extra: float) -> None:
        top, x = y + 1.2, self.columns.label
        if self.bar:
            page.line(x - 3.4, y + 1.2, x - 3.4, y + self.height - 1.2, RULE)
        for words in (self.words, self.only_if) if not self.bar else (self.only_if, self.words):
            if words is None:
                continue
            if words is self.only_if:
                draw_condition(page, x, top, words)
            else:
                words.draw(page, x, top)
            top += words.height + 1.0


@dataclass(frozen=True)
class Question:
    """One question, or a piece of one that goes on over a page (then its `number` is not printed again). `asked` is the number all the same.
    `spread`: what is left of a page goes between its lines to write on."""

    asked: str
    number: str
    label: Block
    only_if: Block | None
    pieces: tuple[Piece, ...]
    silences: tuple[Silence, ...]
    columns: Columns
    spread: bool
    is_head: bool = False
    grows: bool = True
    again: Row | None = None

    @property
    def _rule(self) -> float:
        return self.only_if.height + 2.0 if self.only_if else 0.0

    @property
    def height(self) -> float:
        answer = self._rule + _TOP + sum(piece.height for piece in self.pieces) + 1.0
        return max(_LOWEST if self.pieces else 0.0, self.label.height + 2.2, answer)

    def draw(self, page: Page, y: float, extra: float) -> None:
        columns, height = self.columns, self.height + extra
        page.ask(self.asked)
        if self.number:
            page.text(columns.label - 1.6, y + 4.3, self.number, 8.5, bold=True, align="right")
        self.label.draw(page, columns.label, y + 1.0)
        top = y + _TOP
        if self.only_if:
            draw_condition(page, columns.answer, y + 0.9, self.only_if)
            page.line(columns.answer, y + self._rule, columns.silence, y + self._rule, RULE, _DOTS)
            top = y + self._rule + _TOP - 0.6
        share = extra / len(self.pieces) if self.spread and self.pieces else 0.0
        for piece in self.pieces:
            top += share
            piece.draw(page, columns.answer, top)
            top += piece.height
        silence_boxes(page, columns, y, height, self.silences)
        page.ask("")


def question_rows(asked: Asked, sheet: BlankForm, columns: Columns, highest: float) -> list[Row]:
    """The rows of one question, none higher than `highest`."""
    labels = label_block(asked, columns.label_room).cut(highest - 4.0)
    rule = condition(asked.only_if, columns.room - _TRIANGLE) if asked.only_if else None
    room = highest - _TOP - 2.0
    first_room = room - (rule.height + 2.0 if rule else 0.0)
    groups = list(_grouped(pieces_of(asked.entry, columns.room, sheet), first_room, room))
    more = block(said(sheet.words(pair("(continued)")), columns.label_room, LABEL, LABEL_EN))
    rows: list[Row] = []
    for place in range(max(len(labels), len(groups))):
        first = place == 0
        rows.append(Question(
            asked.number, asked.number if first else "", labels[place] if place < len(labels) else more, rule if first else None,
            tuple(groups[place]) if place < len(groups) else (), asked.silences if first else (), columns, isinstance(asked.entry, Lines),
        ))
    return rows


def label_block(asked: Asked, room: float) -> Block:
    """The label of a question with its hints under it."""
    return block(label_lines(asked, room) or [Line("", LABEL)])


def label_lines(asked: Asked, room: float) -> list[Line]:
    """The lines of a label and of its hints; a star behind the label where an answer is needed."""
    label = asked.label
    if asked.required:
        label = Pair.same(f"{label.my or label.en} *") if label.one else Pair(f"{label.my} *", label.en)
    lines = said(label, room, LABEL, LABEL_EN)
    for hint in asked.hints:
        lines += said(hint, room, LABEL_EN, LABEL_EN)
    return lines


def _grouped(pieces: list[Piece], first: float, room: float) -> Iterator[list[Piece]]:
    """The pieces in groups that are no higher than `first`, then `room`."""
    group: list[Piece] = []
    high, most = 0.0, first
    for piece in pieces:
        if group and high + piece.height > most:
            yield group
            group, high, most = [], 0.0, room
        group.append(piece)
        high += piece.height
    yield group


def text_rows(item: Note | Heading, columns: Columns, highest: float) -> list[Row]:
    """A note or a heading; a long note in pieces that each fit on a page."""
    room = columns.end - columns.label - 1.0
    rule = condition(item.only_if, room - _TRIANGLE) if item.only_if else None
    if isinstance(item, Heading):
        whole = block(said(item.words, room, 10, 8.5, bold=True)) if item.words.my or item.words.en else None
        parts = whole.cut(highest - (rule.height if rule else 0.0) - 4.0) if whole else [None]
        last = len(parts) - 1
        return [Text(part, rule if place == last else None, columns, is_head=place == last) for place, part in enumerate(parts)]
    lines = said(item.words, room, 9.5, 8.5)
    notes = block(lines).cut(highest - (rule.height if rule else 0.0) - 4.0)
    return [Text(part, rule if place == 0 else None, columns, bar=True) for place, part in enumerate(notes)]
