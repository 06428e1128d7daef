"""Places as numbers: latitude, longitude, height, accuracy. A laptop has no map and asks no satellite."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services.intake import Node
from ui.digits import plain_digits
from ui.forms.columns import follow_width
from ui.forms.entry import Entry
from ui.widgets.buttons import Button
from ui.widgets.fields import Line
from ui.widgets.labels import Words
from ui.widgets.layout import box, clear, col, focus_soon, row
from ui.words import mark, tr

_EMPTY = "_"  # stands for a part that is not written yet; no form takes it as an answer
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ZERO = re.compile(r"0(\.0+)?")
_PARTS = (
    ("latitude", mark("Latitude"), 104), ("longitude", mark("Longitude"), 104), ("altitude", mark("Height, m"), 84),
    ("accuracy", mark("Accuracy, m"), 84),
)
_FEWEST = {"geotrace": 2, "geoshape": 3}


class PointFields(QWidget):
    """Four numbers of one point. Enter in the first leads to the second, in the others out of it. Signal: `edited` after the person
    changed one."""

    edited = Signal()

    def __init__(self, name: str, label: str, *, heads: bool) -> None:
        super().__init__()
        self.lines: list[Line] = []
        parts = []
        for key, words, wide in _PARTS:
            line = Line(name=f"{name}_{key}", width=wide, limit=24)
            line.setAccessibleName(f"{label}: {tr(words)}")
            line.textEdited.connect(lambda _text: self.edited.emit())
            self.lines.append(line)
            parts.append(col(Words(tr(words), "small", "hint"), line, gap=2) if heads else col(line))
        self.setLayout(row(*parts, None, gap=8))
        self.setFocusProxy(self.lines[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.lines[0].hasFocus():
            self.lines[1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def text(self) -> str:
        """The point as it is stored, "" if nothing is written; parts that lack are marked."""
        parts = [plain_digits("".join(line.text().split())) for line in self.lines]
        if not any(parts):
            return ""
        if all(_NUMBER.fullmatch(part) for part in parts[:2]):
            return " ".join(part or ("0" if at > 1 else _EMPTY) for at, part in enumerate(parts))
        return " ".join(part or _EMPTY for part in parts)

    def put(self, text: str) -> None:
        """Show a stored point, or one as it was typed."""
        parts = [*text.split(), "", "", "", ""][:4]
        if _ZERO.fullmatch(parts[2] or "0") and _ZERO.fullmatch(parts[3] or "0"):
            parts[2:] = ["", ""]
        for line, part in zip(self.lines, parts):
            line.setText("" if part == _EMPTY else part)


class PointEntry(Entry):
    """One point."""

    wish = least = 400

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._fields = PointFields(name, node.label, heads=True)
        self._fields.setObjectName(name)
        self._fields.edited.connect(lambda: self.given.emit(self._fields.text()))
        self.setLayout(row(self._fields))

    @property
    def field(self) -> QWidget:
        return self._fields

    def parts(self) -> Sequence[QWidget]:
        return self._fields.findChildren(QLineEdit)

    def put(self, node: Node, text: str) -> None:
        if self._fields.text() != text:
            self._fields.put(text)


class PointsEntry(Entry):
    """A line or an area: one row for each point. An area closes itself."""

    wish = least = 500

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._name, self._label = name, node.label
        self._closed = node.type == "geoshape"
        self._rows: list[PointFields] = []
        self._column = col(gap=6)
        more = Button(tr("Add a point"), "quiet", "plus", name=f"{name}_add_point")
        more.clicked.connect(self._add)
        self.setLayout(col(self._column, row(more, None), gap=4))
        follow_width(self)
        self._show([""])

    @property
    def field(self) -> QWidget:
        return self._rows[0] if self._rows else self

    def parts(self) -> Sequence[QWidget]:
        return self.findChildren(QLineEdit)

    def _show(self, points: Sequence[str]) -> None:
        clear(self._column)
        self._rows = []
        for at, point in enumerate(points, 1):
            made = PointFields(f"{self._name}_{at}", tr("{question}, point {n}", question=self._label, n=at), heads=at == 1)
            made.setObjectName(self._name if at == 1 else f"{self._name}_{at}")
            made.put(point)
            made.edited.connect(self._tell)
            out = Button(tr("Take out"), "quiet", "close", name=f"{self._name}_{at}_out")
            out.setAccessibleName(tr("Take point {n} out", n=at))
            out.clicked.connect(lambda _on=False, place=at - 1: self._take_out(place))
            out.setEnabled(len(points) > 1)
            self._rows.append(made)
            self._column.addWidget(box(row(made, col(None, out), None, gap=4)))

    def _points(self) -> list[str]:
        return [text for one in self._rows if (text := one.text())]

    def _text(self) -> str:
        points = self._points()
        lacking = _FEWEST["geoshape" if self._closed else "geotrace"] - len(points)
        if points and lacking > 0:
            points += [" ".join([_EMPTY] * len(_PARTS))] * lacking
        elif points and self._closed:
            points.append(points[0])
        return ";".join(points)

    def _tell(self) -> None:
        self.given.emit(self._text())

    def _add(self) -> None:
        self._show([*(one.text() for one in self._rows), ""])
        focus_soon(self._rows[-1].lines[0])

    def _take_out(self, place: int) -> None:
        self._show([one.text() for at, one in enumerate(self._rows) if at != place])
        self._tell()
        focus_soon(self._rows[0].lines[0])

    def put(self, node: Node, text: str) -> None:
        if text == self._text():
            return
        points = [point.strip() for point in text.split(";") if point.strip()]
        if self._closed and len(points) > 1 and points[0] == points[-1]:
            points.pop()
        self._show(points or [""])


def why_no_place(kind: str, text: str) -> str:
    """What is wrong with a place as it was typed, "" if nothing is."""
    points = [point.split() for point in text.split(";") if point.strip(f" {_EMPTY}")]
    for point in points:
        if told := _why_no_point([*point, _EMPTY, _EMPTY, _EMPTY, _EMPTY][:4]):
            return told
    fewest = _FEWEST.get(kind, 1)
    return tr("Write at least {n} points.", n=fewest) if len(points) < fewest else ""


def _why_no_point(parts: list[str]) -> str:
    latitude, longitude, altitude, accuracy = parts
    if not _NUMBER.fullmatch(latitude) or abs(float(latitude)) > 90:
        return tr("Write the latitude as a number from -90 to 90, for example 16.87.")
    if not _NUMBER.fullmatch(longitude) or abs(float(longitude)) > 180:
        return tr("Write the longitude as a number from -180 to 180, for example 98.51.")
    if altitude != _EMPTY and not _NUMBER.fullmatch(altitude):
        return tr("Write the height as a number of metres, or leave it empty.")
    if accuracy != _EMPTY and (not _NUMBER.fullmatch(accuracy) or float(accuracy) < 0):
        return tr("Write how accurate it is as a number of metres, or leave it empty.")
    return ""
