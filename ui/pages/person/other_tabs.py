"""The tabs of health and history."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.fields import FIELDS, Field, Kind
from desktop.domain.values import Value
from desktop.services.people import ChangeLine
from desktop.words.labels import value_text
from ui import dates, words
from ui.pages.person import told
from ui.pages.person.state import PersonState
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Fact, Words, facts
from ui.widgets.layout import Part, box, col, row
from ui.widgets.lists import CellTable
from ui.widgets.parts import Sentence
from ui.widgets.rows import Cell, Chip
from ui.words import tr


class HealthTab(QWidget):
    """What the medic writes, or who can open it."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        health = state.page.health if state.page is not None else None
        if health is None:
            locked = Sentence(
                "lock", tr("Only a volunteer who can open Health sees this."),
                tr("That is usually the medic. What is written there stays locked for everybody else, also for the coordinator."),
            )
            locked.setMaximumWidth(720)
            self.setLayout(col(28, locked, None, edge=(EDGE, 0, EDGE, 0)))
            return
        change = Button(tr("Change"), icon="pencil", hint="E", name="change_health")
        change.clicked.connect(lambda: state.begin("health"))
        change.setEnabled(state.writes)
        pairs = told.known("health", health, [name for name in FIELDS["health"] if name != "person_code"])
        if not pairs:
            nothing = Words(tr("Nothing is written about the health of this person yet."), "body", "hint", wrap=True)
            self.setLayout(col(nothing, 12, row(change, None), None, edge=(EDGE, 18, EDGE, 20)))
            return
        grid = box(facts(pairs, first=230))
        grid.setMaximumWidth(760)
        last = max(health.values(), key=lambda shown: shown.at)
        self.setLayout(col(grid, 8, Words(told.when(last), "small", "hint"), 14, row(change, None), None, edge=(EDGE, 18, EDGE, 20)))


class HistoryTab(QWidget):
    """Every save, newest first; what the chosen one changed stands at the side."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        my = words.language() == "my"
        self.table = CellTable(
            (tr("When"), tr("Who"), tr("What")), (200 if my else 170, 200 if my else 180, 0), name="history", label=tr("History"), tall=False
        )
        self.table.show_lines([
            [
                Cell(dates.moment(line.at), key=at),
                Cell(tr("{who}, {where}", who=line.author, where=line.site) if line.site else line.author),
                Cell(told.what(line, told.field_name), chips=(Chip(tr("taken back"), "plain", "undo"),) if line.undone else ()),
            ]
            for at, line in enumerate(state.lines)
        ])
        self.setLayout(col((self.table, 1), edge=(EDGE - 8, 4, 8, 0)))


def _said(field: Field | None, value: Value) -> str:
    if field is None:
        return tr("nothing")
    whole = (value,) if field.kind is Kind.SET and isinstance(value, str) else value
    return value_text(field, whole, words.language()) or tr("nothing")


def _pairs(name: str, before: Value, after: Value) -> list[Fact]:
    """Of a set the history tells single elements that were put in or taken out; of other fields what stood before and stands now."""
    field = FIELDS["person"].get(name) or FIELDS["health"].get(name)
    if field is not None and field.kind in (Kind.HOUSEHOLD, Kind.PERSON):
        return []  # what it holds is another record, which has no words
    one_by_one = field is not None and field.kind is Kind.SET
    pairs: list[Fact] = []
    if before is not None and before != "":
        pairs.append((tr("Taken out") if one_by_one else tr("Before"), Words(_said(field, before), "body", "second", wrap=True)))
    if not one_by_one or (after is not None and after != ""):
        pairs.append((tr("Put in") if one_by_one else tr("After"), Words(_said(field, after), wrap=True)))
    return pairs


def one_change(line: ChangeLine) -> list[Part]:
    """What one save changed: before and after, field by field."""
    parts: list[Part] = [Words(told.what(line, told.field_name), "heading", wrap=True), 4]
    who = tr("{who}, {where}", who=line.author, where=line.site) if line.site else line.author
    parts += [Words(tr("{who}, {when}", who=who, when=dates.moment(line.at)), "body", "second", wrap=True), 14]
    for name, before, after in line.fields:
        parts.append(Words(told.field_name(name), "small", "hint", wrap=True))
        parts += [2, facts(_pairs(name, before, after), first=78), 12]
    return parts
