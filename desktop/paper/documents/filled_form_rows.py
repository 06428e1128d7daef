"""The rows of a filled form, measured before they are drawn, so that pages can be counted and no answer is ever cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union

from desktop.domain.values import Silence
from desktop.paper.blocks import Block, Line, bilingual, block, running
from desktop.paper.documents.filled_form_model import Answer, Chosen, Section
from desktop.paper.furniture import long_title
from desktop.paper.page import width_of
from desktop.paper.signs import TICK
from desktop.paper.words import Pair, pair

LABEL = 45.7
"""Width of a label in mm."""
_LOWEST, _HEAD = 9.2, 8.6
_VALUE, _LONG_VALUE = 11.5, 10.0  # points: answers of more than two lines are set smaller
_BETWEEN_OPTIONS = 5.0


@dataclass(frozen=True)
class Cells:
    """Where the columns of a form start, in mm: number, label, answer, the three silences (each `column` wide, if there are `silences`)."""

    number: float
    label: float
    answer: float
    silence: float
    column: float
    silences: bool = True

    @property
    def room(self) -> float:
        """Width of the answer."""
        return self.silence - self.answer - 1.5

    @property
    def title_room(self) -> float:
        """Width of the title of a section, beside its key."""
        return self.silence - self.number - 12


@dataclass(frozen=True)
class Piece:
    """A part of an answer that is not broken: a text, or a chosen option behind its cross."""

    block: Block
    ticked: bool = False

    @property
    def tick_drop(self) -> float:
        """From the top of the block to the top of its cross: beside the first line."""
        return max(0.0, self.block.lines[0][0] - 3.3)


@dataclass(frozen=True)
class Head:
    """The head of a section. `asks`: it has questions, so the silences have their column heads here."""

    key: str
    words: Pair
    asks: bool
    height: float
    is_head: bool = True


@dataclass(frozen=True)
class SubHead:
    """The heading of one person among several, or of a group; or a sentence in place of answers."""

    block: Block
    height: float
    is_head: bool = True


@dataclass(frozen=True)
class Question:
    """One question. `first` is False for the pieces of an answer that goes on over a page."""

    number: str
    label: Block
    answer: tuple[tuple[float, float, Piece], ...]
    answer_height: float
    silence: Silence | None
    first: bool = True
    is_head: bool = field(default=False)

    @property
    def height(self) -> float:
        """Of the whole row."""
        return max(_LOWEST, self.label.height + 1.3, self.answer_height + 2.6)


Row = Union[Head, SubHead, Question]
_HIGHEST = 80.0  # of a heading or an option; a longer one ends with a sign


def rows_of(section: Section, key: str, cells: Cells, highest: float, start: int) -> list[Row]:
    """The head and the rows of a section, none higher than a page. Questions are numbered from `start`."""
    asks = any(part.answers for part in section.parts) and not section.locked
    rows: list[Row] = [_head(key, section.title, asks, cells)]
    if section.locked:
        words = pair("Kept in a folder that this volunteer cannot open: not on this sheet.")
        return [*rows, _sub_head(words, cells, bold=False)]
    number = start
    for part in section.parts:
        if part.heading:
            rows.append(_sub_head(part.heading, cells, bold=True))
        for answer in part.answers:
            rows += _question(answer, str(number) if answer.number is None else answer.number, cells, highest - 20)
            number += 1
    return rows


def _head(key: str, words: Pair, asks: bool, cells: Cells) -> Head:
    long = long_title(words, cells.title_room)
    return Head(key, words, asks, max(_HEAD, long.height + 1.6) if long else _HEAD)


def continued(head: Head, cells: Cells) -> Head:
    """The head again, on the next page."""
    more = pair("(continued)")
    words = head.words
    again = Pair.same(f"{words.my} {more.my} {more.en}") if words.one else Pair(f"{words.my} {more.my}", f"{words.en} {more.en}")
    return _head(head.key, again, head.asks, cells)


def _sub_head(words: Pair, cells: Cells, *, bold: bool) -> SubHead:
    wide = cells.silence - cells.label
    made = bilingual(words, wide, 9.5, 8, bold=bold).fitted(wide, _HIGHEST)
    return SubHead(made, made.height + 1.6, is_head=bold)


def _question(answer: Answer, number: str, cells: Cells, highest: float) -> list[Question]:
    whole = bilingual(answer.label, LABEL, 9, 8)
    labels = whole.cut(highest) or [whole]
    pieces = [_option(chosen, cells.room) for chosen in answer.chosen] or _texts(answer.text, cells.room, highest)
    rows = _flow(pieces, cells.room, highest) or [()]
    more = bilingual(pair("(continued)"), LABEL, 9, 8)
    pairs = [(labels[at] if at < len(labels) else more, rows[at] if at < len(rows) else ()) for at in range(max(len(labels), len(rows)))]
    return [
        Question(
            number, label, row, max((y + piece.block.height for _, y, piece in row), default=0.0), answer.silence, place == 0,
        )
        for place, (label, row) in enumerate(pairs)
    ]


def _texts(text: str, room: float, highest: float) -> list[Piece]:
    if not text.strip():
        return []
    lines = running(text, room, _VALUE, bold=True)
    if len(lines) > 2:
        lines = running(text, room, _LONG_VALUE)
    return [Piece(part) for part in block(lines).cut(highest)]


def _option(chosen: Chosen, room: float) -> Piece:
    """A cross, the number, Burmese in bold, English: on one line if there is room, else under each other."""
    number = f"{chosen.number}"
    inset = TICK + 1.6
    words = chosen.words
    after = inset + width_of(number, 8) + 1.6
    first = Line(number, 8, inset=inset)
    one = after + width_of(words.my, 10.5, True) + (0.0 if words.one else 2.0 + width_of(words.en, 8.5))
    if one <= room:
        pieces = [first, Line(words.my or words.en, 10.5, True, after)]
        if not words.one:
            pieces.append(Line(words.en, 8.5, inset=after + width_of(words.my, 10.5, True) + 2.0))
        base = block([pieces[1]])
        baseline = base.lines[0][0]
        return Piece(Block(tuple((baseline, line) for line in pieces), base.height), True)
    under = bilingual(words, room - 1, 10.5, 8.5, bold=True, inset=after).fitted(room - 1, _HIGHEST)
    return Piece(Block(((under.lines[0][0], first), *under.lines), under.height), True)


def _flow(pieces: list[Piece], room: float, highest: float) -> list[tuple[tuple[float, float, Piece], ...]]:
    """The pieces beside and under each other, in rows no higher than `highest`: (x, y, piece) from the corner of the answer."""
    rows: list[list[tuple[float, float, Piece]]] = []
    x = y = line = 0.0
    for piece in pieces:
        if rows and x and piece.ticked and x + piece.block.width <= room:
            rows[-1].append((x, y, piece))
            line = max(line, piece.block.height)
        else:
            y += line + 0.8 if rows and rows[-1] else 0.0
            if not rows or y + piece.block.height > highest:
                rows.append([])
                y = 0.0
            rows[-1].append((0.0, y, piece))
            x, line = 0.0, piece.block.height
        x += piece.block.width + _BETWEEN_OPTIONS
    return [tuple(row) for row in rows]
