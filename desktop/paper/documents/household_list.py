"""The household list: kept paper, one line for each person who came together.

A whole family signs it and sees it. So nothing stands on it that one of them may have told alone: no health, no fear, no service, and of
those left behind only how they are related.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.values import Silence
from desktop.paper.blocks import Block, bilingual
from desktop.paper.codes import case_code
from desktop.paper.furniture import (
    HEAD_HEIGHT,
    TOP,
    Column,
    FormId,
    cell,
    foot,
    footer,
    kept_bar,
    numbered_head,
    option,
    section,
    signature,
    silence_words,
    table_heads,
    thumb,
    uprights,
)
from desktop.paper.page import HAIR, RULE, SIDE, Page, Print
from desktop.paper.signs import TICK, both, stacked, tick
from desktop.paper.tables import with_last
from desktop.paper.words import Pair, day_short, pair

FORM = FormId("H1", 1)
TITLE = FORM.id
_LINES = 8  # a list has at least so many lines: somebody who comes later is written in by hand
_ROW = 12.4
_QUESTION = 11.0
_SIGN = 36.0
_NONE = Pair("", "")


@dataclass(frozen=True)
class Member:
    """One person. `name_other` is the same name in the other writing; texts in pairs may be empty."""

    name: str
    name_other: str
    relationship: Pair
    sex: Pair
    age: str
    code: str
    needs: Pair = _NONE
    card_given: bool = False


@dataclass(frozen=True)
class Asked:
    """A yes-or-no question on the list: True, False, a silence, or None if nobody asked."""

    label: Pair
    answer: bool | Silence | None


@dataclass(frozen=True)
class HouseholdList:
    """`arrived` and `printed_on` are ISO days; `left_behind` says how each person left behind is related, never who they are."""

    code: str
    arrived: str
    members: tuple[Member, ...]
    under_5: int
    from_5_to_17: int
    adults: int
    asked: tuple[Asked, ...]
    left_behind: tuple[Pair, ...]
    printed_on: str
    volunteer: str = ""
    copy: int = 1


def draw(paper: Print, model: HouseholdList) -> None:
    """As many pages as there are people; the questions and signatures stand on the last."""
    columns = _columns(paper.width - 2 * SIDE)
    pages = _pages(paper.height, model, columns)
    first = 1
    for number, rows in enumerate(pages, 1):
        page = paper.page()
        y = _top(page, model, number)
        if rows:
            y = _table(page, y, columns, rows, first)
            first += len(rows)
        if number == len(pages):
            _closing(page, y, model, unused=any(row.member is None for row in rows))
        footer(page, FORM, number, len(pages), printed_on=model.printed_on, copy=model.copy)


def _columns(live: float) -> list[Column]:
    fixed = (8.0, 27.0, 15.0, 13.2, 33.0, 33.0, 12.0)
    number, relationship, sex, age, code, needs, given = fixed
    return [
        Column(number, pair("No."), "centre"), Column(live - sum(fixed), pair("Name")), Column(relationship, pair("Relationship")),
        Column(sex, pair("Sex"), "centre"), Column(age, pair("Age"), "centre"), Column(code, pair("Case number"), "centre"),
        Column(needs, pair("Needed today")), Column(given, pair("Card"), "centre"),
    ]


@dataclass(frozen=True)
class _Row:
    member: Member | None
    blocks: tuple[Block, ...]  # name, relationship, sex, needs
    height: float


def _row(member: Member | None, columns: list[Column]) -> _Row:
    if member is None:
        return _Row(None, (), _ROW)
    name = Pair(member.name or member.name_other, member.name_other or member.name)
    texts = ((name, 1, 10.5, True), (member.relationship, 2, 9.0, False), (member.sex, 3, 9.5, True), (member.needs, 6, 9.0, False))
    blocks = tuple(bilingual(words, columns[at].width - 2.4, size, 8, bold=bold) for words, at, size, bold in texts)
    return _Row(member, blocks, max([_ROW, *(made.height + 2.2 for made in blocks)]))


def _closing_height(model: HouseholdList, live: float) -> float:
    behind = _left_behind(model.left_behind, live).height + 2.4 if model.left_behind else 0.0
    return 7.5 + 7.4 + _QUESTION * len(model.asked) + behind + 3 + _SIGN


def _left_behind(related: tuple[Pair, ...], live: float) -> Block:
    """How those left behind are related, in each language: never a name, never a place."""
    words = pair("Left behind")
    my = f"{words.my} ({len(related)})  " + "၊ ".join(one.my for one in related)
    en = f"{words.en} ({len(related)})  " + ", ".join(one.en for one in related)
    return bilingual(Pair(my, en), live - 4, 9, 8)


def _pages(height: float, model: HouseholdList, columns: list[Column]) -> list[list[_Row]]:
    """The rows of every page; the last has room for what stands under the table."""
    end = height - 17.7 - 1.0
    rows = [_row(member, columns) for member in model.members]
    pages: list[list[_Row]] = [[]]
    y = TOP + 18 + HEAD_HEIGHT
    for row in rows:
        if y + row.height > end and pages[-1]:
            pages.append([])
            y = TOP + HEAD_HEIGHT
        pages[-1].append(row)
        y += row.height
    room = end - y - _closing_height(model, sum(column.width for column in columns))
    if room < 0:
        other = end - TOP - HEAD_HEIGHT - _closing_height(model, sum(column.width for column in columns))
        return with_last(pages, 2, lambda taken: sum(one.height for one in taken) <= other)
    empty = min(max(0, _LINES - len(rows)), int(room / _ROW))
    pages[-1] += [_row(None, columns)] * empty
    return pages


def _top(page: Page, model: HouseholdList, number: int) -> float:
    kept_bar(page)
    numbered_head(page, FORM, number, model.code, pair("Household number"), pair("Household list"), pair("Everyone who came together, one line each."))
    if number > 1:
        return TOP
    x = SIDE
    cells = (
        (3.0, "Arrival date", day_short(model.arrived)), (2.0, "People", str(len(model.members))), (2.5, "Under 5", str(model.under_5)),
        (2.5, "5 to 17", str(model.from_5_to_17)), (2.0, "Adults", str(model.adults)),
    )
    for columns, english, value in cells:
        wide = page.column(columns)
        cell(page, x, TOP, wide, 14, pair(english), value)
        x += wide
    return TOP + 18


def _table(page: Page, y: float, columns: list[Column], rows: list[_Row], first: int) -> float:
    top = y
    y = table_heads(page, y, columns)
    for place, row in enumerate(rows):
        _draw_row(page, y, columns, row, first + place)
        y += row.height
        page.line(SIDE, y, page.right, y, HAIR)
    uprights(page, top, y, columns)
    page.line(SIDE, y, page.right, y, RULE)
    return y


def _draw_row(page: Page, y: float, columns: list[Column], row: _Row, number: int) -> None:
    starts = [SIDE]
    for column in columns:
        starts.append(starts[-1] + column.width)
    middle = y + row.height / 2
    base = middle + 1.45
    page.text(columns[0].place(starts[0]), base, str(number), 9.5, bold=True, align="centre")
    tick(page, starts[7] + (columns[7].width - TICK) / 2, middle - TICK / 2, bool(row.member and row.member.card_given))
    if row.member is None:
        return
    for made, at in zip(row.blocks, (1, 2, 3, 6)):
        made.draw(page, columns[at].place(starts[at]), middle - made.height / 2, columns[at].align)
    page.text(columns[4].place(starts[4]), base, row.member.age, 10, bold=True, align="centre", fit=columns[4].width - 2)
    if row.member.code:
        case_code(page, columns[5].place(starts[5]), base, row.member.code, 11.5, align="centre")


def _closing(page: Page, y: float, model: HouseholdList, *, unused: bool) -> None:
    if unused:
        both(page, SIDE, y + 5, pair("Strike out the lines that are not used."), 9, 8)
        y += 7.5
    elif y > TOP:
        y += 3
    y = section(page, y, "A", pair("To ask"))
    for asked in model.asked:
        _question(page, y, asked)
        y += _QUESTION
        page.line(SIDE, y, page.right, y, HAIR)
    if model.left_behind:
        behind = _left_behind(model.left_behind, page.live)
        behind.draw(page, SIDE + 1.8, y + 1.2)
        y += behind.height + 2.4
        page.line(SIDE, y, page.right, y, HAIR)
    y += 3
    wide = (page.live - 31) / 2
    height = min(_SIGN + 6, foot(page) - y - 2)
    signature(page, SIDE, y, wide, pair("Head of household"), height=height)
    thumb(page, SIDE + wide, y, 31, height)
    under = pair("Code")
    if model.volunteer:
        under = Pair(f"{under.my} {model.volunteer}", under.en)
    signature(page, SIDE + wide + 31, y, wide, pair("Registered by (code only)"), height=height, under=under)


def _question(page: Page, y: float, asked: Asked) -> None:
    stacked(page, SIDE + 1.8, y + 4.6, asked.label, 9.5, 8, fit=48, gap=4.1)
    option(page, SIDE + 52, y + 1.0, Pair(pair("There is").my, "Yes"), on=asked.answer is True)
    option(page, SIDE + 66, y + 1.0, Pair(pair("There is none").my, "No"), on=asked.answer is False)
    x = SIDE + 84
    for silence, words in zip((Silence.UNKNOWN, Silence.REFUSED, Silence.NOT_ASKED), silence_words()):
        tick(page, x, y + 3.2, asked.answer is silence)
        x += TICK + 1.4
        x += both(page, x, y + 6.5, words, 9, 8, gap=1.2) + 4
