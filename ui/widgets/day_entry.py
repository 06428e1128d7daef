"""A day, a month or a year as people know it: two digits, the name of the month, four digits. Any of it may be left out."""

from __future__ import annotations

import calendar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import dates
from ui.digits import plain_digits
from ui.words import tr

from .fields import Drop, Line
from .layout import row


class MonthDrop(Drop):
    """Months by their names; typing their number chooses them too (1, then 1 again: November)."""

    def __init__(self, *, name: str, width: int) -> None:
        super().__init__([("", tr("month")), *((f"{n:02}", dates.month(n)) for n in range(1, 13))], name=name, width=width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = plain_digits(event.text())
        if len(digit) != 1 or not digit.isdecimal():
            super().keyPressEvent(event)
            return
        typed = int(f"{self.key() or 0}{digit}")
        self.choose(f"{typed if 1 <= typed <= 12 else int(digit):02}" if typed or int(digit) else "")
        self.picked.emit(self.key())


class DayEntry(QWidget):
    """`whole`: only a whole day is an answer. Signal: `edited` after the person changed something.

    `value()` is ISO text (``2026-11-19``, or ``2026-11`` and ``2026`` if not `whole`), "" when empty; `problem()` says in words what
    is wrong with what is typed, "" if nothing.
    """

    edited = Signal()

    def __init__(self, *, name: str, label: str, value: str = "", whole: bool = False, narrow: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._whole = whole
        wide = (56, 122, 62) if narrow else (64, 150, 84)
        self._day = Line(name=f"{name}_day", hint=tr("day"), width=wide[0], limit=2)
        self._month = MonthDrop(name=f"{name}_month", width=wide[1])
        self._year = Line(name=f"{name}_year", hint=tr("year"), width=wide[2], limit=4)
        for part, words in ((self._day, tr("day")), (self._month, tr("month")), (self._year, tr("year"))):
            part.setAccessibleName(f"{label}: {words}")
        self.setLayout(row(self._day, self._month, self._year, None, gap=6))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._day)
        self.put(value)
        self._day.textEdited.connect(lambda _text: self.edited.emit())
        self._month.picked.connect(lambda _key: self.edited.emit())
        self._year.textEdited.connect(lambda _text: self.edited.emit())

    def put(self, value: str) -> None:
        """Show this ISO text, without telling anybody."""
        year, month, day = [*value[:10].split("-"), "", "", ""][:3]
        self._year.setText(year)
        self._month.choose(month.zfill(2) if month else "")
        self._day.setText(day.lstrip("0") or day)

    def _parts(self) -> tuple[str, str, str]:
        return plain_digits(self._year.text().strip()), self._month.key(), plain_digits(self._day.text().strip())

    def typed(self) -> str:
        """What stands in the fields, right or not, as ``year-month-day``; "" when all are empty. `put` shows it again."""
        return "" if self.empty() else "-".join(part.replace("-", " ") for part in self._parts())

    def empty(self) -> bool:
        """True if nothing is typed or chosen."""
        return not any(self._parts())

    def problem(self) -> str:
        """What is wrong with what is typed, and what to do."""
        year, month, day = self._parts()
        if self.empty():
            return ""
        if not (year.isdecimal() and len(year) == 4 and int(year) > 1800):
            return tr("Write the year with four digits.")
        if day and not month:
            return tr("Choose the month too.")
        if day:
            last = calendar.monthrange(int(year), int(month))[1]
            if not day.isdecimal() or not 1 <= int(day) <= 31:
                return tr("Write the day as a number from 1 to 31.")
            if int(day) > last:
                return tr("{month} has {n} days. Write the day again.", month=dates.month(int(month)), n=last)
        if self._whole and not day:
            return tr("Write the whole day.")
        return ""

    def value(self) -> str:
        """ISO text; "" if empty or wrong."""
        year, month, day = self._parts()
        if self.empty() or self.problem():
            return ""
        return "-".join(part for part in (year, month, f"{int(day):02}" if day else "") if part)
