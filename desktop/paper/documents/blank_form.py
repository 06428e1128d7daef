"""A form for the pen, made from any form: kept paper, with a strip to tear off where it has a number already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.paper.codes import case_code, qr
from desktop.paper.documents.blank_form_model import (
    Asked,
    BlankForm,
    BlankSection,
    Heading,
    Item,
    Matrix,
    Roster,
    Ticks,
    questions_in,
)
from desktop.paper.documents.blank_form_rows import Columns, Head, Row, question_rows, text_rows
from desktop.paper.documents.blank_form_tables import fits, matrix_rows, roster_rows
from desktop.paper.furniture import (
    BAR,
    CODE_SIDE,
    CODE_TOP,
    TOP,
    FormId,
    case_corner,
    confirmation,
    empty_corner,
    footer,
    kept_bar,
    section,
    section_key,
    title,
)
from desktop.paper.page import FRAME, HAIR, RULE, SIDE, Page, Print, TickBox
from desktop.paper.signs import both, cut, stacked
from desktop.paper.words import Pair, filled, pair

STUB_FORM = FormId("S1", 1)
_STUB = 46.0
_BETWEEN = 2.4
_CONFIRMED, _SIGNED = 52.0, 17.0
_HEADROOM = 34.0  # what a page keeps free for the heads that it repeats
_MOST_SHARE = 6.0
"""Millimetres that one row takes of what is left of its page."""


@dataclass(frozen=True)
class _Sheet:
    """The rows of a page and where its body ends."""

    rows: list[Row]
    end: float


def draw(paper: Print, model: BlankForm) -> None:
    """As many pages as the questions need; on the first the strip, on the last who filled it in, and lines for notes."""
    sheets = _sheets(paper, model)
    form = FormId(model.form, model.version)
    for number, sheet in enumerate(sheets, 1):
        page = paper.page()
        _header(page, model, number)
        last = number == len(sheets)
        y = _body(page, sheet, spread=not last)
        if last:
            _closing(page, y, sheet.end, model)
        lift = _STUB if number == 1 and model.stub else 0.0
        footer(
            page, form, number, len(sheets), printed_on=model.printed_on, rings=True, copy=model.copy if model.copy > 1 else 0,
            languages=model.languages, middle=pair("For the pen"), lift=lift,
        )
        if lift:
            _strip(page, model)


@dataclass(frozen=True)
class Plate:
    """What is at known places of a page, mm from its top left corner: the size of the sheet, the side and the corner of its code to scan, the
    black bar (left, top, right, bottom), the middles of the two scan rings, the boxes to tick, and the numbers of all questions on it. `pdf` is the
    sheet as it was printed, but for its number; this is page `at` (from 0) of it."""

    width: float
    height: float
    code: tuple[float, float, float]
    bar: tuple[float, float, float, float]
    rings: tuple[tuple[float, float], ...]
    ticks: tuple[TickBox, ...]
    asked: tuple[str, ...]
    pdf: bytes
    at: int


def plates(model: BlankForm, size: str) -> list[Plate]:
    """The plate of every page of the sheet on paper of that size (A4 or Letter)."""
    paper = Print("", size, checked=True)
    draw(paper, model)
    pdf = paper.pdf()
    return [
        Plate(
            page.width, page.height, (page.right - CODE_SIDE, CODE_TOP, CODE_SIDE), (SIDE, 10.0, page.right, 10.0 + BAR), tuple(page.rings),
            tuple(page.ticks), tuple(page.asked), pdf, at,
        )
        for at, page in enumerate(paper.pages)
    ]


def _header(page: Page, model: BlankForm, number: int) -> None:
    kept_bar(page)
    note = pair("Use a pen. Put a cross in the box.") if number == 1 else None
    title(page, model.title, note)
    data = model.scanned(number)
    if model.code:
        case_corner(page, model.code, data, pair("Case number"))
    else:
        empty_corner(page, data, pair("Case number"))


def _sheets(paper: Print, model: BlankForm) -> list[_Sheet]:
    """The rows of every page. What heads something never stands alone at the foot; what goes on repeats its heads."""
    silences = any(asked.silences for part in model.sections for asked in questions_in(part.items))
    columns = Columns.of(paper.width, silences)
    whole = paper.height - 17.7 - 0.6
    ends = [whole - (_STUB if model.stub else 0.0), whole]
    highest = ends[0] - TOP - _HEADROOM
    sheets = [_Sheet([], ends[0])]
    y, begun = TOP, False  # begun: more than heads stand on the page
    for place, part in enumerate(model.sections):
        rows = _rows_of(part, section_key(place), model, columns, paper.width, highest)
        for at, row in enumerate(rows):
            here = sheets[-1]
            needed = min(_together(rows, at) + (_BETWEEN if at == 0 and here.rows else 0.0), ends[1] - TOP)
            if begun and y + needed > here.end:
                here = _Sheet([], ends[1])
                sheets.append(here)
                y, begun = TOP, False
                for again in _again(rows, at):
                    here.rows.append(again)
                    y += again.height
            elif at == 0 and here.rows:
                y += _BETWEEN
            here.rows.append(row)
            begun = begun or not row.is_head
            y += row.height
    if y + _BETWEEN + (_CONFIRMED if model.confirmed else _SIGNED) > sheets[-1].end:
        sheets.append(_Sheet([], ends[1]))
    return sheets


def _together(rows: Sequence[Row], at: int) -> float:
    """The height of a row with what must stand under it on the same page."""
    needed = rows[at].height
    while rows[at].is_head and at + 1 < len(rows):
        at += 1
        needed += rows[at].height
    return needed


def _again(rows: Sequence[Row], at: int) -> list[Row]:
    """The heads that a page repeats which begins with a row of a section."""
    first = rows[0]
    found: list[Row] = [first.continued()] if at and isinstance(first, Head) else []
    again = rows[at].again
    return [*found, again] if again is not None else found


def _rows_of(part: BlankSection, key: str, model: BlankForm, columns: Columns, width: float, highest: float) -> list[Row]:
    beside = [asked for item in part.items if not (isinstance(item, Roster) and fits(item, width)) for asked in questions_in([item])]
    rows: list[Row] = [Head(key, part.title, any(asked.silences for asked in beside), columns)]
    if part.only_if:
        rows += text_rows(Heading(Pair("", ""), part.only_if), columns, highest)
    for item in part.items:
        rows += _item_rows(item, model, columns, width, highest)
    return rows


def _item_rows(item: Item, model: BlankForm, columns: Columns, width: float, highest: float) -> list[Row]:
    if isinstance(item, Asked):
        return question_rows(item, model, columns, highest)
    if isinstance(item, Matrix):
        return matrix_rows(item, columns) or _one_by_one(item, model, columns, highest)
    if isinstance(item, Roster):
        return roster_rows(item, model, columns, highest) if fits(item, width) else _blocks(item, model, columns, width, highest)
    return text_rows(item, columns, highest)


def _one_by_one(matrix: Matrix, model: BlankForm, columns: Columns, highest: float) -> list[Row]:
    """A matrix that is too wide for a table: every question by itself."""
    rows: list[Row] = []
    for asked in matrix.rows:
        entry = Ticks(matrix.options, matrix.several)
        whole = Asked(asked.number, asked.label, entry, asked.hints, asked.only_if, asked.required, asked.silences)
        rows += question_rows(whole, model, columns, highest)
    return rows


def _blocks(roster: Roster, model: BlankForm, columns: Columns, width: float, highest: float) -> list[Row]:
    """A repeat that is too wide for a table: its questions again for each instance."""
    rows: list[Row] = []
    for place in range(1, roster.count + 1):
        words = counted(roster.words, place, roster.count)
        rows += text_rows(Heading(words, roster.only_if if place == 1 else None), columns, highest)
        for item in roster.items:
            rows += _item_rows(item, model, columns, width, highest)
    return rows


def counted(words: Pair, number: int, of: int) -> Pair:
    """The heading of one of several instances: ``Child 2 / 4``."""
    tail = f"{number} / {of}"
    return Pair(f"{words.my or words.en}  {tail}".strip(), f"{words.en or words.my}  {tail}".strip())


def _body(page: Page, sheet: _Sheet, *, spread: bool) -> float:
    """Draw the rows; with `spread` what is left of the page goes to the rows as room to write. Returns where the body ends."""
    used = sum(row.height for row in sheet.rows) + _BETWEEN * sum(isinstance(row, Head) for row in sheet.rows[1:])
    growing = sum(row.grows for row in sheet.rows)
    share = min(_MOST_SHARE, max(0.0, sheet.end - TOP - used) / growing) if spread and growing else 0.0
    y = TOP
    for place, row in enumerate(sheet.rows):
        if place and isinstance(row, Head):
            page.line(SIDE, y, page.right, y, FRAME)
            y += _BETWEEN
        extra = share if row.grows else 0.0
        row.draw(page, y, extra)
        y += row.height + extra
        if place + 1 == len(sheet.rows) or not isinstance(sheet.rows[place + 1], Head):
            page.line(SIDE, y, page.right, y, HAIR)
    if sheet.rows:
        page.line(SIDE, y, page.right, y, FRAME)
        y += _BETWEEN
    return y


def _closing(page: Page, y: float, end: float, model: BlankForm) -> None:
    """Who filled it in; what was read back, where the form is about the one who signs; then lines for notes to the foot."""
    key = len(model.sections)
    if model.confirmed:
        y = confirmation(page, y, section_key(key), "", end)
    else:
        y = section(page, y, section_key(key), pair("Filled in"))
        page.line(SIDE, y, page.right, y, HAIR)
        for left, words, wide in ((SIDE + 2, pair("Filled in by (code only)"), 110.0), (SIDE + 118, pair("Date"), page.live - 120)):
            taken = both(page, left, y + 6.4, words, 9, 8)
            page.line(left + taken + 2, y + 7.4, left + wide, y + 7.4, RULE)
        y += 9.4
    y += _BETWEEN
    if end - y > 34.0:
        y = section(page, y, section_key(key + 1), pair("Notes"))
        while y + 9.6 < end - 1.0:
            y += 9.6
            page.line(SIDE, y, page.right, y, RULE)


def _strip(page: Page, model: BlankForm) -> None:
    """The strip to tear off: carried paper of its own, with the number and nothing that says what it is for."""
    top = page.height - _STUB - 5.4
    cut(page, top)
    qr(page, page.right - 26, top + 8.8, 26, model.code)
    both(page, SIDE, top + 9.2, pair("Your number"), 10, 9, bold=True)
    case_code(page, SIDE, top + 22.6, model.code, 30)
    stacked(page, SIDE + 86, top + 17.4, filled(pair("Copy number {number}"), number=model.copy), 9, 8, gap=4.2)
    stacked(page, SIDE + 86, top + 29.6, pair("It carries no name."), 9.5, 8.5, gap=4.2)
    stacked(page, SIDE, top + 29.6, pair("Keep this paper. Show it at the desk."), 9.5, 8.5, gap=4.2)
    page.text(SIDE, top + 39.2, STUB_FORM.shown, 9, bold=True)
    page.text(page.right - 33, top + 39.2, "1 / 1", 8.5, align="right")
