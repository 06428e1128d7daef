"""Offers below a field while somebody types in it. Any text may be written: what is offered is taken only when it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView

from desktop.services.burmese import Place, has_myanmar, places_like
from ui import words
from ui.theme.fonts import font
from ui.widgets.fields import Line
from ui.words import tr

_TEXT, _KEY = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_WIDEST = 420


@dataclass(frozen=True)
class Offered:
    """One line of the list: the words in it, the text that it writes into the field, and a key for who needs more."""

    shown: str
    text: str
    key: object = None


class SuggestLine(Line):
    """A field with a list below it. `find` gives what fits what is typed. Signals: `picked(key)` after a line was chosen."""

    picked = Signal(object)

    def __init__(self, find: Callable[[str], Sequence[Offered]], *, name: str, hint: str = "", width: int = 0) -> None:
        super().__init__(name=name, hint=hint, width=width)
        self._find = find
        self._rows = QStandardItemModel(self)
        self._completer = QCompleter(self._rows, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCompletionRole(_TEXT)
        popup = self._popup = QListView()
        popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._completer.setPopup(popup)
        popup.setObjectName(f"{name}_offers")
        popup.setAccessibleName(tr("Answers that match"))
        popup.setFont(font("body"))
        self._completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self.setCompleter(self._completer)
        self.textEdited.connect(self._offer)

    def offered(self) -> list[str]:
        """The words of the lines that are offered now."""
        return [self._rows.item(at).text() for at in range(self._rows.rowCount())]

    def _offer(self, text: str) -> None:
        found = [one for one in self._find(text) if one.text != text] if text.strip() else []
        self._rows.clear()
        for one in found:
            item = QStandardItem(one.shown)
            item.setData(one.text, _TEXT)
            item.setData(one.key, _KEY)
            item.setEditable(False)
            self._rows.appendRow(item)
        if not found:
            self._popup.hide()
            return
        measured = self._popup.fontMetrics()
        wide = max(measured.horizontalAdvance(one.shown) for one in found) + 36
        self._popup.setMinimumWidth(max(self.width(), min(wide, _WIDEST)))

    def _take(self, index: QModelIndex) -> None:
        # Qt writes the text without telling that a person did it.
        text, key = str(index.data(_TEXT)), index.data(_KEY)
        self.setText(text)
        self.setModified(True)
        self.textEdited.emit(text)
        self._popup.hide()
        self.picked.emit(key)


def _place(typed: str, place: Place) -> Offered:
    """In the script that somebody types in; the other one and the state stand beside it."""
    burmese = has_myanmar(typed) and bool(place.my)
    state = place.state_my if words.language() == "my" else place.state_en
    first, second = (place.my, place.en) if burmese else (place.en, place.my)
    return Offered("   ".join(one for one in (first, second, f"({state})") if one), first, place.pcode)


def townships_like(typed: str) -> list[Offered]:
    """Townships that may be meant, for a `SuggestLine`."""
    return [_place(typed, place) for place in places_like(typed)]
