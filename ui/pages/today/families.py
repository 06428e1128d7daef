"""The lines of Today about families: who may be sought, which answers wait, who wants a search."""

from __future__ import annotations

from desktop.services.families import Waiting
from ui.widgets.rows import Cell
from ui.words import counted


def family_lines(waiting: Waiting | None) -> list[Cell]:
    """One line for each kind of thing that waits; each leads to where it is done."""
    made: list[Cell] = []
    if waiting is None:
        return made
    if waiting.no_caregiver:
        text = counted(waiting.no_caregiver, "{n} child has nobody who looks after them", "{n} children have nobody who looks after them")
        made.append(_line(text, "child", "child", tone="danger"))
    if waiting.alone:
        text = counted(waiting.alone, "{n} child seems to be without parents", "{n} children seem to be without parents")
        made.append(_line(text, "child", "alone", tone="danger"))
    if waiting.late:
        text = counted(waiting.late, "{n} step for a child is late", "{n} steps for children are late")
        made.append(_line(text, "clock", "child"))
    if waiting.to_ask:
        text = counted(waiting.to_ask, "{n} person here may be the one who is sought", "{n} people here may be the ones who are sought")
        made.append(_line(text, "search", "ask"))
    if waiting.to_pass_on:
        made.append(_line(counted(waiting.to_pass_on, "{n} answer waits to be passed on", "{n} answers wait to be passed on"), "voice", "pass_on"))
    if waiting.wishes:
        text = counted(waiting.wishes, "{n} family wants somebody to be looked for", "{n} wishes of families to look for somebody")
        made.append(_line(text, "household", "wish", tone="plain"))
    return made


def _line(text: str, icon: str, show: str, tone: str = "warn") -> Cell:
    return Cell(text, icon=icon, tone=tone, link=True, key=("families", (("show", show),)))
