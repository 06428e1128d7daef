"""Offers below a field while somebody types in it. Any text may be written: what is offered is taken only when it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QScrollArea

from desktop.services.burmese import Place, has_myanmar, places_like
from ui import words
from ui.widgets.fields import Line
from ui.widgets.lists import RowList
from ui.widgets.rows import KEY, Cell
from ui.words import tr

_WIDEST = 420


@dataclass(frozen=True)
class Offered:
    """One line of the list: the words in it, the text that it writes into the field, and a key for who needs more."""

    shown: str
    text: str
    key: object = None


class SuggestLine(Line):
    """A field with a list below it: Down and Up choose in it, Enter takes what is chosen, Esc closes it. `find` gives what fits what is typed.
    Signal: `picked(key)` after a line was taken.

    The list lies on the page and never has the keyboard, so that an input method is not disturbed.
    """

    picked = Signal(object)

    def __init__(self, find: Callable[[str], Sequence[Offered]], *, name: str, hint: str = "", width: int = 0) -> None:
        super().__init__(name=name, hint=hint, width=width)
        self._find = find
        self._found: list[Offered] = []
        self._list: RowList | None = None
        self.textEdited.connect(self._offer)

    def offered(self) -> list[str]:
        """The words of the lines that are offered now."""
        return [one.shown for one in self._found]

    def _offer(self, text: str) -> None:
        self._found = [one for one in self._find(text) if one.text != text] if text.strip() else []
        if not self._found:
            self._put_away()
            return
        shown = self._list = self._list or self._new_list()
        shown.show_cells([Cell(one.shown, key=at) for at, one in enumerate(self._found)])
        shown.setCurrentIndex(QModelIndex())
        window = self.window()
        shown.setParent(window)
        wide = max(self.width(), min(max(shown.fontMetrics().horizontalAdvance(one) for one in self.offered()) + 40, _WIDEST))
        high = words.metrics().row * len(self._found) + 4
        corner = self.mapTo(window, QPoint(0, self.height() + 2))
        above = corner.y() - self.height() - high - 4
        y = above if corner.y() + high > window.height() and above > 0 else corner.y()
        shown.setGeometry(max(0, min(corner.x(), window.width() - wide - 8)), y, wide, high)
        shown.show()
        shown.raise_()

    def _new_list(self) -> RowList:
        made = RowList(name=f"{self.objectName()}_offers", label=tr("Answers that match"), rules=False)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setProperty("framed", "true")
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.opened.connect(self._take)
        at = self.parentWidget()
        while at is not None:
            if isinstance(at, QScrollArea):  # the list lies on the window: it does not go along
                at.verticalScrollBar().valueChanged.connect(self._put_away)
            at = at.parentWidget()
        self.destroyed.connect(made.deleteLater)
        return made

    def _put_away(self) -> None:
        if self._list is not None:
            self._list.hide()

    def _take(self, at: object) -> None:
        one = self._found[at] if isinstance(at, int) and at < len(self._found) else None
        self._found = []
        self._put_away()
        if one is not None:
            self.write_over(one.text)
            self._found = []
            self._put_away()
            self.picked.emit(one.key)

    def _chosen(self) -> object:
        """The line that is chosen in the open list, or None."""
        return self._list.currentIndex().data(KEY) if self._list is not None and self._list.isVisible() else None

    def event(self, event: QEvent) -> bool:
        # The page has a use for Esc of its own: while the list is open it closes the list.
        closes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._list is not None and self._list.isVisible()
        if closes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self._list
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if shown is None or not shown.isVisible():
            super().keyPressEvent(event)
        elif event.key() in steps:
            at = shown.currentIndex().row() + steps[Qt.Key(event.key())]
            shown.setCurrentIndex(shown.model().index(max(0, min(at, len(self._found) - 1)), 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen() is not None:
            self._take(self._chosen())
        elif event.key() == Qt.Key.Key_Escape:
            self._put_away()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._put_away()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._put_away()
        super().hideEvent(event)


def _place(typed: str, place: Place) -> Offered:
    """In the script that somebody types in; the other one and the state stand beside it."""
    burmese = has_myanmar(typed) and bool(place.my)
    state = place.state_my if words.language() == "my" else place.state_en
    first, second = (place.my, place.en) if burmese else (place.en, place.my)
    return Offered("   ".join(one for one in (first, second, f"({state})") if one), first, place.pcode)


def townships_like(typed: str) -> list[Offered]:
    """Townships that may be meant, for a `SuggestLine`."""
    return [_place(typed, place) for place in places_like(typed)]
