"""A calendar beside a field for a day."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QWidget

from ui import words
from ui.theme import icons
from ui.theme.tokens import C
from ui.widgets.buttons import Pressable
from ui.widgets.layout import col
from ui.words import tr

_LOCALES = {"en": "en_GB", "my": "my_MM"}


class CalendarButton(Pressable):
    """Opens a month to choose a day from. Signal: `picked(ISO day)`. `shown` is the day it opens at, "" today."""

    picked = Signal(str)

    def __init__(self, *, name: str, label: str) -> None:
        super().__init__("")
        self.setObjectName(f"{name}_calendar")
        self.setAccessibleName(tr("{question}: choose from a calendar", question=label))
        self.setToolTip(tr("Choose from a calendar"))
        self.setProperty("kind", "quiet")
        self.setIcon(icons.icon("today", 20, C.ink2))
        self.setFixedSize(words.metrics().field, words.metrics().field)
        self.shown = ""
        self.clicked.connect(self.open_calendar)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def open_calendar(self) -> None:
        """The month, below the button; Esc closes it."""
        box = QFrame(self, Qt.WindowType.Popup)
        box.setObjectName(f"{self.objectName()}_box")
        box.setProperty("answer", "other")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        month = _calendar(self.objectName(), self.accessibleName())
        day = QDate.fromString(self.shown[:10], Qt.DateFormat.ISODate)
        if day.isValid():
            month.setSelectedDate(day)
        month.activated.connect(lambda chosen: self._choose(box, chosen))
        month.clicked.connect(lambda chosen: self._choose(box, chosen))
        box.setLayout(col(month, edge=(6, 6, 6, 6)))
        box.adjustSize()
        box.move(self._place(box))
        box.show()
        month.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, box: QWidget) -> QPoint:
        """Below the button, or above it where there is no room."""
        place = self.mapToGlobal(QPoint(0, self.height() + 2))
        screen = self.screen().availableGeometry()
        if place.y() + box.height() > screen.bottom():
            place.setY(self.mapToGlobal(QPoint(0, 0)).y() - box.height() - 2)
        place.setX(max(screen.left(), min(place.x(), screen.right() - box.width())))
        return place

    def _choose(self, box: QFrame, day: QDate) -> None:
        box.close()
        self.picked.emit(day.toString(Qt.DateFormat.ISODate))


def _calendar(name: str, label: str) -> QCalendarWidget:
    made = QCalendarWidget()
    made.setObjectName(f"{name}_month")
    made.setAccessibleName(label)
    made.setLocale(QLocale(_LOCALES[words.language()]))
    made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setGridVisible(False)
    plain = QTextCharFormat()
    plain.setForeground(QColor(C.ink))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red is for what is wrong
        made.setWeekdayTextFormat(day, plain)
    made.setMinimumSize(300, 240)
    return made
