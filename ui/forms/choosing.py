"""Answers that are chosen from a few: buttons, a grid of them, a scale, a list that opens."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.services.intake import Choice, Node
from ui.forms.columns import follow_width
from ui.forms.entry import Entry
from ui.theme.draw import width_of
from ui.widgets.choices import Choices
from ui.widgets.fields import Drop
from ui.widgets.layout import clear, col, row
from ui.widgets.option import OptionChoices, OptionWords

Pictures = Callable[[str], QPixmap | None]
"""A companion picture by its file name, or None."""

_COLUMNS = re.compile(r"columns-(\d{1,2})|compact-(\d{1,2})")
_GRID = frozenset({"columns", "likert"})
_LONG = 300  # words wider than this stand in a grid, where they may take several lines


class _Offering(Entry):
    """An entry around a group of buttons that is made anew when the form offers other choices."""

    def __init__(self, name: str, *, many: bool) -> None:
        super().__init__()
        self._name, self._many = name, many
        self._offered: tuple[Choice, ...] = ()
        self._group: Choices | OptionChoices
        self._column = col()
        self.setLayout(self._column)
        follow_width(self)

    @property
    def field(self) -> QWidget:
        return self._group

    def parts(self) -> Sequence[QWidget]:
        return ()

    @property
    def start(self) -> QWidget:
        return self._group.start()

    def _offer(self, offered: tuple[Choice, ...], group: Choices | OptionChoices) -> None:
        """Show this group in place of the one before."""
        clear(self._column)
        self._offered, self._group = offered, group
        group.picked.connect(self._picked)
        self._column.addWidget(group)
        self.wish = group.sizeHint().width()

    def _picked(self, chosen: set[str]) -> None:
        self.given.emit(" ".join(one.name for one in self._offered if one.name in chosen))


class ButtonsEntry(_Offering):
    """Choices as buttons: one of them, or several; a check "I did that" is one button alone."""

    least = 70

    def __init__(self, node: Node, name: str, *, many: bool, fixed: Sequence[Choice] = ()) -> None:
        super().__init__(name, many=many)
        self._fixed = tuple(fixed)
        self._now = ""
        self._build(node)

    def _build(self, node: Node) -> None:
        offered = self._fixed or node.choices
        pairs = [(one.name, one.label or one.name) for one in offered]
        self._offer(offered, Choices(pairs, name=self._name, label=node.label, many=self._many))

    def put(self, node: Node, text: str) -> None:
        if not self._fixed and node.choices is not self._offered and node.choices != self._offered:
            self._build(node)
        self._now = text
        self._group.choose(_names(text, many=self._many))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _rubs(event) and self._now:
            self.given.emit("")
        else:
            super().keyPressEvent(event)


class GridEntry(_Offering):
    """Choices in a grid: as many columns as the form says, or as fit; words of several lines; pictures. A scale stands in one row."""

    least = 120

    def __init__(self, node: Node, name: str, *, many: bool, pictures: Pictures) -> None:
        super().__init__(name, many=many)
        self._pictures = pictures
        self._build(node)

    def _build(self, node: Node) -> None:
        shown = [_option(one, self._pictures) for one in node.choices]
        scale = "likert" in node.appearance
        columns = len(shown) if scale else columns_of(node)
        self._offer(node.choices, OptionChoices(
            shown, name=self._name, label=node.label, many=self._many, columns=columns, full=scale or bool(columns), stacked=scale
        ))

    def put(self, node: Node, text: str) -> None:
        if node.choices is not self._offered and node.choices != self._offered:
            self._build(node)
        self._group.choose(_names(text, many=self._many))


class DropEntry(Entry):
    """One of several choices, in a list that opens. Empty is the first line."""

    most = 420

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._choices = node.choices
        self._drop = Drop(self._pairs(), name=name)
        self._drop.setMinimumContentsLength(8)
        self._drop.picked.connect(self.given)
        self.wish = min(220, self._drop.sizeHint().width())
        self.setLayout(row(self._drop))

    @property
    def field(self) -> QWidget:
        return self._drop

    def _pairs(self) -> list[tuple[str, str]]:
        return [("", ""), *((one.name, one.label or one.name) for one in self._choices)]

    def put(self, node: Node, text: str) -> None:
        if node.choices is not self._choices and node.choices != self._choices:
            self._choices = node.choices
            self._drop.clear()
            for key, shown in self._pairs():
                self._drop.addItem(shown, key)
        self._drop.choose(text)


def wants_grid(node: Node) -> bool:
    """True if the form asks for columns or a scale, or words or pictures need the room."""
    if node.appearance & _GRID or columns_of(node):
        return True
    return any(one.media.image or width_of(one.label) > _LONG or "\n" in one.label for one in node.choices)


def columns_of(node: Node) -> int:
    """The number of columns that the form asks for; 0: as many as fit."""
    found = next((match for one in node.appearance if (match := _COLUMNS.fullmatch(one))), None)
    return max(1, min(12, int(found[1] or found[2]))) if found else 0


def _option(one: Choice, pictures: Pictures) -> OptionWords:
    picture = pictures(one.media.image) if one.media.image else None
    return OptionWords(one.name, one.label or ("" if picture is not None else one.name), picture)


def _names(text: str, *, many: bool) -> list[str]:
    return [one for one in (text.split(" ") if many else [text]) if one]


def _rubs(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
