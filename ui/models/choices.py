"""A long list of choices that is narrowed as somebody types."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import islice

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.intake import Choice
from ui.digits import plain_digits
from ui.widgets.rows import CELL, KEY, Cell

Index = QModelIndex | QPersistentModelIndex

MOST = 1000  # answers that are looked for: who gets so many writes more of it
_LAST = "\U0010ffff"  # stands behind every text that begins the same
_PORTION = 200  # rows that the view gets at once; scrolling fetches more


def folded(text: str) -> str:
    """A text as it is compared: without capitals, digits of all scripts the same."""
    return plain_digits(text.casefold())


class ChoiceModel(QAbstractListModel):
    """The choices whose words hold everything that was typed, the one that is called so first, then those that begin with it. `many`: rows show a tick for what is chosen."""

    def __init__(self, parent: QObject | None = None, *, many: bool = False) -> None:
        super().__init__(parent)
        self._many = many
        self._choices: Sequence[Choice] = ()
        self._folded: list[str] = []
        self._sorted: list[int] = []
        self._heads: list[str] = []
        self._places: dict[str, int] = {}
        self._typed = ""
        self._needle = ""
        self._rows: Sequence[int] = ()
        self._shown = 0
        self._chosen: frozenset[str] = frozenset()

    def offer(self, choices: Sequence[Choice]) -> None:
        """Other choices; what was typed still narrows them."""
        self.beginResetModel()
        self._choices = choices
        self._folded = [" ".join(folded(one.label or one.name).split()) for one in choices]
        self._sorted = sorted(range(len(choices)), key=self._folded.__getitem__)
        self._heads = [self._folded[at] for at in self._sorted]
        self._places = {one.name: at for at, one in enumerate(choices)}
        self._rows = self._found()
        self._shown = min(_PORTION, len(self._rows))
        self.endResetModel()

    def narrow(self, typed: str) -> None:
        """Show what fits this text; "" shows all."""
        needle = " ".join(folded(typed).split())
        if needle == self._needle:
            return
        self.beginResetModel()
        self._needle, self._typed = needle, typed.strip()
        self._rows = self._found()
        self._shown = min(_PORTION, len(self._rows))
        self.endResetModel()

    def _found(self) -> Sequence[int]:
        if not self._needle:
            return range(len(self._choices))
        needle, texts = self._needle, self._folded
        first = bisect_left(self._heads, needle)
        coded = self._places.get(self._typed)  # a scanner types the name of a choice, not its words
        ahead = self._sorted[first : min(bisect_left(self._heads, needle + _LAST), first + MOST)]
        if coded is not None:
            ahead = [coded, *(at for at in ahead if at != coded)][:MOST]
        there = set(ahead)
        longest, *others = sorted(needle.split(" "), key=len, reverse=True)
        hits = (at for at, text in enumerate(texts) if longest in text and at not in there)
        if others:
            hits = (at for at in hits if all(word in texts[at] for word in others))
        return [*ahead, *islice(hits, MOST - len(ahead))]

    @property
    def found(self) -> int:
        """How many choices fit, shown already or not; where something is typed no more than `MOST` are looked for."""
        return len(self._rows)

    def tick(self, names: Collection[str]) -> None:
        """These are chosen."""
        wanted = frozenset(names)
        if wanted != self._chosen:
            self._chosen = wanted
            if self._shown:
                self.dataChanged.emit(self.index(0), self.index(self._shown - 1))

    def named(self, typed: str) -> str:
        """The stored name of the choice whose words are exactly this text, or that is called so itself; "" for none."""
        wanted = " ".join(folded(typed).split())
        if not wanted:
            return ""
        at = bisect_left(self._heads, wanted)
        if at < len(self._heads) and self._heads[at] == wanted:
            return self._choices[self._sorted[at]].name
        return typed.strip() if typed.strip() in self._places else ""

    def label(self, name: str) -> str:
        """The words of a choice; "" if there is none of that name."""
        return next((one.label or one.name for one in self._choices if one.name == name), "")

    # ---- what the view asks -----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._shown < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        more = min(_PORTION, len(self._rows) - self._shown)
        self.beginInsertRows(QModelIndex(), self._shown, self._shown + more - 1)
        self._shown += more
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsUserCheckable if self._many else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self._choices[self._rows[index.row()]]
        chosen = one.name in self._chosen
        if role == CELL:
            icon = ("check" if chosen else "plus") if self._many else ("done" if chosen else "circle")
            return Cell(one.label or one.name, icon=icon, tone="accent" if chosen else "plain", key=one.name)
        if role == KEY:
            return one.name
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return one.label or one.name
        if role == Qt.ItemDataRole.CheckStateRole and self._many:
            return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        return None
