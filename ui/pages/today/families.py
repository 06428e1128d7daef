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
