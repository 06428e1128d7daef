"""A filled form, read back and signed: kept paper, as long as its answers."""

from __future__ import annotations

from desktop.domain.values import Silence
from desktop.paper.documents.filled_form_model import FilledSheet
from desktop.paper.documents.filled_form_rows import LABEL, Cells, Head, Question, Row, SubHead, continued, rows_of
from desktop.paper.furniture import (
    TOP,
    FormId,
    case_corner,
    confirmation,
    foot,
    footer,
    kept_bar,
    section,
    section_key,
    silence_heads,
    title,
)
from desktop.paper.page import FRAME, HAIR, RULE, SIDE, Page, Print
from desktop.paper.signs import tick
from desktop.paper.words import pair

_CLOSING = 52.0  # the confirmation and the signatures
_BETWEEN = 2.4  # between two sections
_SILENCES = (Silence.UNKNOWN, Silence.REFUSED, Silence.NOT_ASKED)


def draw(paper: Print, model: FilledSheet) -> None:
    """As many pages as the answers need; the signatures stand on the last."""
    pages = _pages(paper, model)
    for number, items in enumerate(pages, 1):
        page = paper.page()
        _header(page, model, number)
        y = _body(page, items, _cells(page.width, model))
        if number == len(pages) and model.confirmed:
            confirmation(page, y, section_key(len(model.sections)), model.volunteer, foot(page) - 0.6)
        form = FormId(model.form, model.version)
        footer(
            page, form, number, len(pages), printed_on=model.printed_on, rings=True, copy=model.copy, languages=model.languages,
        )


def _cells(page_width: float, model: FilledSheet) -> Cells:
    live = page_width - 2 * SIDE
    column = live / 12
    silences = 3 * column if model.silences else 0.0
    return Cells(SIDE, SIDE + 8.0, SIDE + 8.0 + LABEL + 1.3, SIDE + live - silences, column, model.silences)


def _pages(paper: Print, model: FilledSheet) -> list[list[Row]]:
    """The rows of every page. A head never stands alone at the foot, and a section that goes on repeats its head."""
    cells = _cells(paper.width, model)
    end = paper.height - 17.7 - 0.6
    pages: list[list[Row]] = [[]]
    y, asked = TOP, 0
    for place, part in enumerate(model.sections):
        rows = rows_of(part, section_key(place), cells, end - TOP, asked + 1)
        asked += sum(isinstance(row, Question) and row.first for row in rows)
        head = rows[0]
        for at, row in enumerate(rows):
            needed = row.height + (rows[at + 1].height if row.is_head and at + 1 < len(rows) else 0.0)
            if at == 0 and pages[-1]:
                needed += _BETWEEN
            if y + needed > end and pages[-1]:
                pages.append([])
                y = TOP
                if at:
                    again = continued(head, cells) if isinstance(head, Head) else head
                    pages[-1].append(again)
                    y += again.height
            elif at == 0 and pages[-1]:
                y += _BETWEEN
            pages[-1].append(row)
            y += row.height
    if model.confirmed and y + _BETWEEN + _CLOSING > end:
        pages.append([])
    return pages


def _header(page: Page, model: FilledSheet, number: int) -> None:
    kept_bar(page)
    note = pair("Read it through with the person; correct what is wrong.") if number == 1 and model.confirmed else None
    title(page, model.title, note)
    if model.code:
        case_corner(page, model.code, f"{model.code}/{model.form}/{number}", pair("Case number"))


def _body(page: Page, items: list[Row], cells: Cells) -> float:
    y = TOP
    for place, row in enumerate(items):
        if isinstance(row, Head):
            if place:
                page.line(SIDE, y, page.right, y, FRAME)
                y += _BETWEEN
            section(page, y, row.key, row.words, room=cells.title_room, high=row.height)
            if row.asks and cells.silences:
                silence_heads(page, cells.silence, y + 4.0, cells.column)
        elif isinstance(row, SubHead):
            row.block.draw(page, cells.label, y + 1.0)
        else:
            _row(page, row, cells, y)
        if place + 1 == len(items) or not isinstance(items[place + 1], Head):
            page.line(SIDE, y + row.height, page.right, y + row.height, HAIR)
        y += row.height
    if items:
        page.line(SIDE, y, page.right, y, FRAME)
        y += _BETWEEN
    return y


def _row(page: Page, row: Question, cells: Cells, y: float) -> None:
    if cells.silences:
        page.line(cells.silence, y, cells.silence, y + row.height, RULE)
    page.text(cells.label - 1.8, y + 4.1, row.number, 8.5, bold=True, align="right")
    row.label.draw(page, cells.label, y + 0.9)
    top = y + (row.height - row.answer_height) / 2
    for x, below, piece in row.answer:
        if piece.ticked:
            tick(page, cells.answer + x, top + below + piece.tick_drop, True)
        piece.block.draw(page, cells.answer + x, top + below)
    if not row.answer and row.first:
        page.line(cells.answer, y + row.height / 2, cells.answer + 6, y + row.height / 2, RULE)
    if row.first and cells.silences:
        for place, silence in enumerate(_SILENCES):
            x = cells.silence + cells.column * (place + 0.5) - 2.1
            tick(page, x, y + (row.height - 4.2) / 2, row.silence is silence)
