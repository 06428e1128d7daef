"""Answers that are days and times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services.intake import Node
from ui import dates
from ui.digits import plain_digits
from ui.forms import moments
from ui.forms.calendar_button import CalendarButton
from ui.forms.entry import Entry
from ui.widgets.day_entry import DayEntry, MonthDrop
from ui.widgets.fields import Line
from ui.widgets.layout import row
from ui.words import tr

_OWN = re.compile(r"w\d{1,2}")
_YEAR = re.compile(r"\d{4}")


class DateEntry(Entry):
    """A day in three fields, each of which may be empty for as long as it is not known; a calendar beside them, except in our own cards
    (they have no room for it) and where the form says ``no-calendar``."""

    wish = least = 252
    most = 320

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._day = DayEntry(name=name, label=node.label, whole=True, narrow=True)
        self._day.edited.connect(self._edited)
        self._calendar: CalendarButton | None = None
        if not any(one == "no-calendar" or _OWN.fullmatch(one) for one in node.appearance):
            self._calendar = CalendarButton(name=name, label=node.label)
            self._calendar.picked.connect(self._picked)
            self.wish = self.least = 292
        self.setLayout(row(self._day, self._calendar, None, gap=4) if self._calendar is not None else row(self._day, None, gap=0))

    @property
    def field(self) -> QWidget:
        return self._day

    def parts(self) -> Sequence[QWidget]:
        return self._day.findChildren(QLineEdit)

    def _text(self) -> str:
        return self._day.value() or self._day.typed()

    def _edited(self) -> None:
        self._mark()
        self.given.emit(self._text())

    def _picked(self, day: str) -> None:
        self._day.put(day)
        self._edited()
        self.focus()

    def _mark(self) -> None:
        if self._calendar is not None:
            self._calendar.shown = self._day.value()

    def put(self, node: Node, text: str) -> None:
        if self._text() != text:
            self._day.put(text)
            self._mark()


class MonthEntry(Entry):
    """A month of a year (stored as its first day), or a year alone (its first of January)."""

    most = 260

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._stored = ""
        self._month: MonthDrop | None = None
        self._year = Line(name=f"{name}_year", hint=tr("year"), width=84, limit=4)
        self._year.setAccessibleName(f"{node.label}: {tr('year')}")
        self._year.textEdited.connect(lambda _text: self._edited())
        self.wish = self.least = 84
        self.inside = self._year
        if "month-year" in node.appearance:
            self._month = MonthDrop(name=f"{name}_month", width=150)
            self._month.setAccessibleName(f"{node.label}: {tr('month')}")
            self._month.picked.connect(lambda _key: self._edited())
            self.wish = self.least = 240
            self.inside = None
            self.setLayout(row(self._month, self._year, None, gap=6))
        else:
            self.setLayout(row(self._year, None))

    @property
    def field(self) -> QWidget:
        return self._month or self._year

    def parts(self) -> Sequence[QWidget]:
        return (self._year,)

    def _edited(self) -> None:
        year = plain_digits(self._year.text().strip()).replace("-", " ")
        month = self._month.key() if self._month is not None else "01"
        if _YEAR.fullmatch(year) and month:
            self._stored = f"{year}-{month}-01"
        elif self._month is None:
            self._stored = year
        else:
            self._stored = f"{year}-{month}" if year or month else ""
        self.given.emit(self._stored)

    def put(self, node: Node, text: str) -> None:
        if text == self._stored:
            return
        self._stored = text
        year, month = [*text.split("-"), "", ""][:2]
        self._year.setText(year)
        if self._month is not None:
            self._month.choose(month)


class MomentEntry(Entry):
    """A day with a time, or a time, in one line; with a calendar for the day."""

    wish = least = 152

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._day = node.type == "datetime"
        hint = tr("day/month/year hour:minute") if self._day else tr("hour:minute")
        self.inside = self._line = Line(name=name, hint=hint)
        self._stored = ""
        self._line.textEdited.connect(self._edited)
        self._line.editingFinished.connect(self._tidy)
        self._calendar: CalendarButton | None = None
        if not self._day:
            self.wish = self.least = 80
            self.most = 120
            self.setLayout(row(self._line))
            return
        self.most = 320
        if any(one == "no-calendar" or _OWN.fullmatch(one) for one in node.appearance):
            self.setLayout(row(self._line))
            return
        self._calendar = CalendarButton(name=name, label=node.label)
        self._calendar.picked.connect(self._picked)
        self.wish = self.least = 192
        self.setLayout(row((self._line, 1), self._calendar, gap=4))

    @property
    def field(self) -> QWidget:
        return self._line

    def _edited(self, text: str) -> None:
        self._stored = moments.read_moment(text) if self._day else moments.read_time(text)
        self._mark()
        self.given.emit(self._stored)

    def _picked(self, day: str) -> None:
        """The time that stands there stays; without one the keyboard waits where it is written."""
        time = self._line.text().strip().rpartition(" ")[2]
        year, month, number = day.split("-")
        self._line.setText(f"{number}/{month}/{year} {time if ':' in time else ''}")
        self._edited(self._line.text())
        self.focus()
        self._line.end(False)

    def _mark(self) -> None:
        if self._calendar is not None:
            self._calendar.shown = self._stored[:10]

    def _tidy(self) -> None:
        shown = moments.shown(self._stored)
        if shown and shown != self._line.text():
            self._line.setText(shown)

    def put(self, node: Node, text: str) -> None:
        if text != self._stored:
            self._stored = text
            self._line.setText(moments.shown(text) or text)
            self._mark()


def month_text(text: str, appearance: frozenset[str]) -> str:
    """A stored day of a question that asks for the month or the year alone, as people say it; "" for another question."""
    if ("month-year" not in appearance and "year" not in appearance) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return ""
    year, month = text[:4], int(text[5:7])
    if "month-year" not in appearance or not 1 <= month <= 12:
        return year
    return tr("{month} {year}", month=dates.month(month), year=year)
