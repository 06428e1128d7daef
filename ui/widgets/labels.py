"""Words that cannot be changed: labels, notes with an icon, chips, facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QSizePolicy, QWidget

from ui import words
from ui.theme import burmese, draw, icons
from ui.theme.fonts import font
from ui.theme.tokens import C, colour

from .layout import col, row, show_if

_INKS = {"hint": "ink3", "second": "ink2", "warn": "warn", "danger": "danger", "good": "good", "": "ink"}
_WIDTHS_KEPT = 8
_LINE_PITCH = 1.65  # of the letter size, so that stacked letters of two lines do not touch


class Words(QLabel):
    """A label. `role` is a role of the type scale, `tone` one of "", second, hint, good, warn, danger.

    With `wrap`, running text takes as many lines as it needs; where there is Burmese in it the lines break between phrases.
    """

    def __init__(self, text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False, end: bool = False) -> None:
        super().__init__(text)
        self._broken: dict[tuple[str, str, int, int], list[str]] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(role))
        self.setWordWrap(wrap)
        self._tone = ""
        self.set_tone(tone)
        if end:
            self.setAlignment(draw.RIGHT)
        elif wrap:
            self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_tone(self, tone: str) -> None:
        """Change the colour that repeats what the words say."""
        if tone != self._tone:
            self._tone = tone
            self.setProperty("role", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def can_pick(self) -> Words:
        """Let the mouse select the text, for codes that people read out."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self

    def _by_phrases(self) -> bool:
        return self.wordWrap() and burmese.is_burmese(self.text())

    def _lines(self, width: int) -> list[str]:
        """Kept for a few widths: a layout asks for the height again and again, and a page may hold long notes."""
        asked = (self.text(), self.font().key(), self.logicalDpiY(), width)
        if asked not in self._broken:
            if len(self._broken) >= _WIDTHS_KEPT:
                self._broken.clear()
            self._broken[asked] = burmese.lines(self.text(), width, QFontMetrics(self.font()).horizontalAdvance)
        return self._broken[asked]

    def line_height(self) -> int:
        """How high one line of it is."""
        return self._pitch() if self._by_phrases() else self.fontMetrics().height()

    def _pitch(self) -> int:
        return round(self.font().pointSizeF() * self.logicalDpiY() / 72 * _LINE_PITCH)

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap() or super().hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        if not self._by_phrases():
            return super().heightForWidth(width)
        return self._pitch() * max(1, len(self._lines(width)))

    def sizeHint(self) -> QSize:
        if not self._by_phrases():
            return super().sizeHint()
        wide = min(560, QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        if not self._by_phrases():
            return super().minimumSizeHint()
        return QSize(60, self._pitch())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._by_phrases():
            super().paintEvent(event)
            return
        painter, measured, pitch = QPainter(self), QFontMetrics(self.font()), self._pitch()
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        centred = bool(self.alignment() & Qt.AlignmentFlag.AlignHCenter)
        for at, line in enumerate(self._lines(self.width())):
            base = at * pitch + pitch / 2 + (measured.ascent() - measured.descent()) / 2
            left = (self.width() - measured.horizontalAdvance(line.rstrip())) // 2 if centred else 0
            painter.drawText(left, round(base), line.rstrip())
        painter.end()


class OneLine(Words):
    """Words in one line, which end in dots where there is no room for them."""

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(draw.LEFT), self.fitting())
        painter.end()

    def fitting(self) -> str:
        """What is painted."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())


class Mark(QWidget):
    """An icon beside words that say the same; a screen reader skips it. `tone` as for `Words`, or ``accent``."""

    def __init__(self, name: str, tone: str = "second", size: int = 20) -> None:
        super().__init__()
        self.icon_name, self._ink = name, _INKS.get(tone, tone)
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: str = "second") -> None:
        """Show another icon."""
        self.icon_name, self._ink = name, _INKS.get(tone, tone)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.paint(painter, self.icon_name, QRectF(self.rect()), colour(self._ink))
        painter.end()


class Note(QWidget):
    """An icon and one or more lines that say what it means. Empty words hide it."""

    def __init__(
        self, icon: str, text: str = "", tone: str = "hint", role: str = "small", *, wrap: bool = True, name: str = ""
    ) -> None:
        super().__init__()
        self.mark = Mark(icon, tone, 16)
        self.words = Words(text, role, tone, wrap=wrap)
        if name:
            self.setObjectName(name)
            self.words.setObjectName(f"{name}_words")
        lead = max(0, (self.words.fontMetrics().height() - 16) // 2)
        self.setLayout(row(col(lead, self.mark, None), (self.words, 1), gap=6) if wrap else row(self.mark, self.words, gap=6))
        show_if(self, bool(text))

    def say(self, text: str, tone: str = "", icon: str = "") -> None:
        """Change what it says; "" hides it."""
        self.words.setText(text)
        if tone:
            self.words.set_tone(tone)
        if tone or icon:
            self.mark.show_icon(icon or self.mark.icon_name, tone or "hint")
        show_if(self, bool(text))
        self.words.updateGeometry()


class ChipLabel(QWidget):
    """A state as a chip outside a list."""

    def __init__(self, text: str, tone: str = "plain", icon: str = "") -> None:
        super().__init__()
        self._words, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.setFixedSize(draw.chip_width(text, icon), words.metrics().chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw.chip(painter, 0, self.height() / 2, self.height(), self._words, self._tone, self._icon)
        painter.end()


def chips(*made: ChipLabel) -> QHBoxLayout:
    """Chips in one line."""
    return row(*made, None, gap=6)


Fact = tuple[str, Union[str, QWidget, QLayout]]


def facts(pairs: Sequence[Fact], *, first: int = 132) -> QGridLayout:
    """Names of answers on the left, answers on the right, on one grid."""
    grid = QGridLayout()
    grid.setVerticalSpacing(words.metrics().lines)
    grid.setHorizontalSpacing(12)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnMinimumWidth(0, first)
    grid.setColumnStretch(1, 1)
    for at, (name, value) in enumerate(pairs):
        title = Words(name, "body", "second", wrap=draw.width_of(name) > first)
        title.setAlignment(Qt.AlignmentFlag.AlignTop)
        if title.wordWrap():
            title.setFixedWidth(first)
        grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(value, QLayout):
            grid.addLayout(value, at, 1)
        elif isinstance(value, Words) and value.wordWrap():
            grid.addWidget(value, at, 1)
        elif isinstance(value, QWidget):
            grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        else:
            grid.addWidget(Words(value, wrap=True), at, 1)
    return grid


def figures(pairs: Sequence[tuple[str, str]]) -> QGridLayout:
    """Words on the left, numbers in one column at the right edge."""
    grid = QGridLayout()
    grid.setVerticalSpacing(words.metrics().lines)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setColumnStretch(0, 1)
    for at, (name, value) in enumerate(pairs):
        title, number = Words(name, "body", "second", wrap=True), Words(value, end=True)
        number.setFixedHeight(title.line_height())
        grid.addWidget(title, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(number, at, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def on_rail(label: Words, strong: bool) -> Words:
    """The colour of words on the dark rail."""
    label.setStyleSheet(f"color: {C.rail_strong if strong else C.rail_ink2}")
    return label
