"""Why a form does not take what was typed, and what to do, in one line."""

from __future__ import annotations

import calendar

from desktop.services.intake import Node
from ui import dates
from ui.forms.places import why_no_place
from ui.words import tr


def why_refused(node: Node, text: str) -> str:
    """What to say below a question when it does not take this text."""
    kind = node.type
    if kind == "integer":
        return tr("Write a whole number, for example 30.")
    if kind in ("decimal", "range"):
        return tr("Write a number, for example 2.5.")
    if kind == "date":
        return _why_no_date(node, text)
    if kind == "datetime":
        day, mark, _ = text.partition("T")
        return (mark and why_no_day(day, quiet=True)) or tr("Write day, month, year and time, for example 21/11/2026 14:30.")
    if kind == "time":
        return tr("Write the time as hours and minutes, for example 14:30.")
    if kind in ("select_one", "select_multiple", "rank"):
        return tr("Choose one of the answers.")
    if kind in ("geopoint", "geotrace", "geoshape"):
        return why_no_place(kind, text) or tr("Write the place as numbers.")
    return tr("There are letters in this that cannot be kept. Write it again.")


def _why_no_date(node: Node, text: str) -> str:
    if "year" in node.appearance:
        return tr("Write the year with four digits.")
    if "month-year" in node.appearance:
        year = text.partition("-")[0]
        return tr("Choose the month too.") if year.isdecimal() and len(year) == 4 else tr("Write the year with four digits.")
    return why_no_day(text)


def why_no_day(text: str, *, quiet: bool = False) -> str:
    """What is wrong with ``year-month-day`` as typed. `quiet`: "" where it is a day."""
    year, month, day = [*text.split("-"), "", "", ""][:3]
    if not (year.isdecimal() and len(year) == 4 and int(year) > 1800):
        return tr("Write the year with four digits.")
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        return tr("Choose the month too.")
    if not day.isdecimal() or not 1 <= int(day) <= 31:
        return tr("Write the day as a number from 1 to 31.")
    last = calendar.monthrange(int(year), int(month))[1]
    if int(day) > last:
        return tr("{month} has {n} days. Write the day again.", month=dates.month(int(month)), n=last)
    return "" if quiet else tr("Write the whole day.")
