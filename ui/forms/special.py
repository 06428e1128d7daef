"""Answers that our own forms ask for in a way of their own: the appearance ``nrc`` (the number of a paper, in parts if it is a citizenship card)
and ``township`` (text with townships offered)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.services.intake import Node
from ui.forms.entry import Entry
from ui.widgets.card_number import CardNumber
from ui.widgets.layout import row
from ui.widgets.suggest import SuggestLine, townships_like


class CardEntry(Entry):
    """The number of a paper."""

    wish, least = 420, 240

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._card = CardNumber(name, node.label)
        self._card.edited.connect(lambda: self.given.emit(self._card.value()))
        self.setLayout(row((self._card, 1)))

    @property
    def field(self) -> QWidget:
        return self._card

    @property
    def start(self) -> QWidget:
        return self._card.first()

    def parts(self) -> Sequence[QWidget]:
        return self._card.fields()

    def put(self, node: Node, text: str) -> None:
        if self._card.value() != text:
            self._card.put(text)


class TownshipEntry(Entry):
    """A place: any text, with townships offered while it is typed."""

    wish = 130

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self.inside = self._line = SuggestLine(townships_like, name=name)
        self._line.textEdited.connect(lambda text: self.given.emit(text if text.strip() else ""))
        self.setLayout(row(self._line))

    @property
    def field(self) -> QWidget:
        return self._line

    def put(self, node: Node, text: str) -> None:
        if (self._line.text() if self._line.text().strip() else "") != text:
            self._line.setText(text)
