"""What widgets and delegates paint: one line of text, a chip, a focus ring."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from . import burmese, icons
from .fonts import font, metric
from .tokens import RADIUS, C
from .tokens import tone as colours_of

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def width_of(words: str, role: str = "body") -> int:
    """How wide a line of text of this role is, in logical pixels."""
    return metric(role).horizontalAdvance(words)


def fitting(words: str, width: int, lines: int, role: str = "body") -> str:
    """The words in at most so many lines of that width; what is too much ends in dots."""
    measured = metric(role)
    made: list[str] = []
    rest = " ".join(words.split())
    while len(made) < lines - 1 and measured.horizontalAdvance(rest) > width >= max(measured.horizontalAdvance(one) for one in rest.split(" ")):
        parts = burmese.lines(rest, width, measured.horizontalAdvance) if burmese.is_burmese(rest) else _by_words(rest, width, role)
        made.append(parts[0].strip())
        rest = rest[len(parts[0]) :].strip()
    if rest:
        made.append(measured.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return "\n".join(made)


def _by_words(words: str, width: int, role: str) -> list[str]:
    parts = words.split(" ")
    fits = max((at for at in range(1, len(parts) + 1) if width_of(" ".join(parts[:at]), role) <= width), default=1)
    return [" ".join(parts[:fits])]


def baseline(role: str, top: float, height: float) -> int:
    """Where a line stands in a space. The Latin font decides it for both scripts, Burmese stacks hang where they hang: so a
    name and a code in one row stand level."""
    measured = metric(role)
    return round(top + height / 2 + (measured.ascent() - measured.descent()) / 2)


def text(
    painter: QPainter, rect: QRect, words: str, role: str = "body", colour: str = "", align: Qt.AlignmentFlag = LEFT
) -> int:
    """One line, shortened with dots when it does not fit. Returns the width it used."""
    painter.setFont(font(role))
    painter.setPen(QColor(colour or C.ink))
    fits = metric(role).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    wide = metric(role).horizontalAdvance(fits)
    left = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() - wide + 1
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left += (rect.width() - wide) // 2
    painter.drawText(left, baseline(role, rect.top(), rect.height()), fits)
    return wide


def chip_width(words: str, icon: str = "") -> int:
    """The width that `chip` wants."""
    return width_of(words, "small") + 16 + (18 if icon else 0)


def chip(
    painter: QPainter, left: float, middle: float, height: int, words: str, tone: str, icon: str = "", *,
    room: int = 10_000, on_chosen: bool = False,
) -> int:
    """A state in words with an icon on a soft fill: never colour alone. Returns its width."""
    ink, fill = colours_of(tone)
    width = min(chip_width(words, icon), room)
    box = QRectF(left, middle - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(C.surface if on_chosen else fill))
    painter.drawRoundedRect(box, RADIUS - 1, RADIUS - 1)
    start = round(left) + 8
    if icon:
        icons.paint(painter, icon, QRectF(start - 1, middle - 7, 14, 14), ink)
        start += 17
    text(painter, QRect(start, round(box.y()), round(left) + width - start - 6, height), words, "small", ink)
    return width


def ring(painter: QPainter, rect: QRect, colour: str = "", inset: float = 1.0, width: float = 2.0) -> None:
    """Where the keyboard is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour or C.accent), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), RADIUS - 1, RADIUS - 1)
