"""One answer to choose, with as many lines of words as it needs, and a picture if there is one; and the grid that answers stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import words
from ui.theme import burmese, draw, icons
from ui.theme.fonts import font
from ui.theme.tokens import RADIUS, C

from .buttons import ARROWS
from .wrapping import Wrapping

_MARK, _PAD, _GAP = 18, 10, 8
_PICTURE = QSize(160, 110)
_ICONS = {True: ("plus", "check"), False: ("circle", "done")}


@dataclass(frozen=True)
class OptionWords:
    """What an option shows: its key, its words, and a picture (words under it), or None."""

    key: str
    words: str
    picture: QPixmap | None = None


class Option(QPushButton):
    """A choice that stays pressed. `many`: several may be. `stacked`: mark above, words below it in the middle, for scales."""

    def __init__(self, shown: OptionWords, *, name: str, label: str, many: bool, stacked: bool = False) -> None:
        super().__init__(shown.words)
        self.setObjectName(f"{name}_{shown.key}")
        self.setAccessibleName(f"{label}: {shown.words or shown.key}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "choice")
        self.setFont(font("body"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._words, self._many, self._stacked = shown.words, many, stacked
        self._picture = _fitting(shown.picture) if shown.picture is not None and not shown.picture.isNull() else None

    def _lines(self, width: int) -> list[str]:
        measured = QFontMetrics(self.font()).horizontalAdvance
        if burmese.is_burmese(self._words):
            return [line.rstrip() for line in burmese.lines(self._words, width, measured)]
        return _wrapped(self._words, width, measured)

    def _pitch(self) -> int:
        return round(self.fontMetrics().height() * (1.15 if burmese.is_burmese(self._words) else 1))

    def _room(self, width: int) -> int:
        return max(40, width - 2 * _PAD - (0 if self._stacked else _MARK + _GAP))

    def _head(self) -> int:
        """What stands above the words."""
        picture = self._picture.deviceIndependentSize().toSize().height() + 6 if self._picture is not None else 0
        return picture + (_MARK + 4 if self._stacked else 0)

    def height_at(self, width: int) -> int:
        """How high it has to be at this width."""
        lines = len(self._lines(self._room(width)))
        return max(words.metrics().choice, self._head() + lines * self._pitch() + 12)

    def natural_width(self) -> int:
        """The width at which its words take one line."""
        wide = max((draw.width_of(line) for line in self._words.split("\n")), default=0)
        picture = self._picture.deviceIndependentSize().toSize().width() if self._picture is not None else 0
        return max(wide + (0 if self._stacked else _MARK + _GAP), picture) + 2 * _PAD + 2

    def sizeHint(self) -> QSize:
        wide = min(self.natural_width(), 360)
        return QSize(wide, self.height_at(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, words.metrics().choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(QColor(C.accent if on else C.edge), 1))
        painter.setBrush(QColor(C.accent_soft if on else C.paper if self.underMouse() and self.isEnabled() else C.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        ink = C.faint if not self.isEnabled() else C.accent_dark if on else C.ink
        self._paint_words(painter, ink)
        if self.hasFocus():
            draw.ring(painter, self.rect(), C.accent)
        painter.end()

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        lines, pitch = self._lines(self._room(self.width())), self._pitch()
        top = (self.height() - self._head() - len(lines) * pitch) / 2
        left, align = _PAD + _MARK + _GAP, draw.LEFT
        if self._picture is not None:
            wide = self._picture.deviceIndependentSize().width()
            painter.drawPixmap(round((self.width() - wide) / 2) if self._stacked else _PAD, round(top), self._picture)
            top += self._picture.deviceIndependentSize().height() + 6
        mark_left = (self.width() - _MARK) / 2 if self._stacked else _PAD
        mark_top = top if self._stacked else top + (pitch - _MARK) / 2
        icons.paint(painter, _ICONS[self._many][self.isChecked()], QRectF(mark_left, mark_top, _MARK, _MARK), ink)
        if self._stacked:
            top, left, align = top + _MARK + 4, _PAD, draw.CENTRE
        for at, line in enumerate(lines):
            draw.text(painter, QRect(left, round(top + at * pitch), self.width() - left - _PAD + 2, pitch), line, "body", ink, align)


def _fitting(picture: QPixmap) -> QPixmap:
    if picture.width() <= _PICTURE.width() and picture.height() <= _PICTURE.height():
        return picture
    return picture.scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _wrapped(text: str, width: int, measured: object) -> list[str]:
    """Words in lines no wider than `width`; one that is wider alone is cut."""
    measure = measured if callable(measured) else len
    lines: list[str] = []
    for paragraph in text.split("\n"):
        now = ""
        for word in paragraph.split():
            longer = f"{now} {word}" if now else word
            if now and measure(longer) > width:
                lines.append(now)
                now = word
            else:
                now = longer
        lines.append(now)
    return lines


class OptionGrid(Wrapping):
    """Options in columns of the same width, each row as high as its highest. `columns` 0: as many as fit. `full`: the columns take the
    whole width, else no more than their words need."""

    def __init__(self, columns: int = 0, *, full: bool = False, gap: int = 8) -> None:
        super().__init__()
        self._columns, self._full, self._gap = columns, full, gap

    def sizeHint(self) -> QSize:
        wide = max((one.natural_width() for one in self._options()), default=60)
        columns = self._columns or min(3, max(1, len(self._items)))
        width = min(900, columns * (wide + self._gap) - self._gap)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        return QSize(60 * max(1, self._columns), words.metrics().choice)

    def _options(self) -> list[Option]:
        return [one for item in self._items if isinstance(one := item.widget(), Option)]

    def _grid(self, width: int) -> tuple[int, int]:
        """(columns, width of one)."""
        wish = max((one.natural_width() for one in self._options()), default=60)
        columns = self._columns or max(1, (width + self._gap) // (wish + self._gap))
        room = (width + self._gap) // columns - self._gap
        return columns, room if self._full else min(room, wish)

    def place(self, rect: QRect, *, move: bool) -> int:
        options, top = self._options(), rect.y()
        columns, wide = self._grid(rect.width())
        for at in range(0, len(options), columns):
            line = options[at : at + columns]
            high = max(one.height_at(wide) for one in line)
            for place, one in enumerate(line):
                if move:
                    one.setGeometry(QRect(rect.x() + place * (wide + self._gap), top, wide, high))
            top += high + self._gap
        return max(0, top - self._gap - rect.y())


class OptionChoices(QWidget):
    """Answers in a grid. One answer (pressing it again keeps it; Delete takes it back) or, with `many`, several. The arrow keys move
    between the answers, Space chooses.

    Signal: `picked(set of keys)` after the person changed something."""

    picked = Signal(object)

    def __init__(
        self, shown: Sequence[OptionWords], *, name: str, label: str, many: bool = False, columns: int = 0, full: bool = False,
        stacked: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._many, self._across = many, columns or 1
        self._buttons: dict[str, Option] = {}
        grid = OptionGrid(columns, full=full)
        for one in shown:
            made = Option(one, name=name, label=label, many=many, stacked=stacked)
            made.clicked.connect(lambda _on=False, key=one.key: self._pressed(key))
            self._buttons[one.key] = made
            grid.addWidget(made)
        self.setLayout(grid)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def choose(self, keys: Iterable[str]) -> None:
        """Tick these and no others, without telling anybody."""
        wanted = set(keys)
        for key, button in self._buttons.items():
            button.setChecked(key in wanted)

    def start(self) -> QWidget:
        """The ticked answer or the first one: where the keyboard goes."""
        return next((one for one in self._buttons.values() if one.isChecked()), None) or next(iter(self._buttons.values()), self)

    def _chosen(self) -> set[str]:
        return {key for key, button in self._buttons.items() if button.isChecked()}

    def _pressed(self, key: str) -> None:
        if not self._many:
            self.choose([key])
        self.picked.emit(self._chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        buttons = [one for one in self._buttons.values() if one.isEnabled()]
        here = next((at for at, one in enumerate(buttons) if one.hasFocus()), None)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._across, Qt.Key.Key_Down: self._across}
        step = steps.get(Qt.Key(event.key()))
        if here is not None and step is not None:
            buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif here is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._chosen():
            self.choose(())
            self.picked.emit(set())
        else:
            super().keyPressEvent(event)
