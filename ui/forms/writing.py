"""Answers that are typed: text, numbers, codes from a scanner."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.services.intake import Node
from ui.digits import plain_digits
from ui.forms.entry import Entry
from ui.widgets.fields import Line, Lines, Secret
from ui.widgets.layout import row

_GROUPED = re.compile(r"-?\d{1,3}([, ]\d{3})+(\.\d*)?")
_PLAIN = re.compile(r"(-?)(\d+)(\.\d*)?")
_MOST = 100_000  # more than any record keeps: what is too long is said, not cut
HIDDEN = frozenset({"masked", "hidden-answer"})


class LineEntry(Entry):
    """Text in one line; numbers too, because an empty number is not 0 and a wheel must not change it. A text of figures (a telephone, a
    card) keeps its leading zeros."""

    wish = 110

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self._number = node.type in ("integer", "decimal", "range") or "numbers" in node.appearance
        self._grouped = "thousands-sep" in node.appearance
        self.inside = self._line = Secret(name=name) if node.appearance & HIDDEN else Line(name=name, limit=_MOST)
        if self._number:
            self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
            self.wish = self.least = 56
            self.most = 0 if node.type == "text" else 220
        self._line.textEdited.connect(lambda text: self.given.emit(self._clean(text)))
        if self._grouped:
            self._line.editingFinished.connect(self._tidy)
        self.setLayout(row(self._line))

    @property
    def field(self) -> QWidget:
        return self._line

    def _clean(self, text: str) -> str:
        if not text.strip():
            return ""
        if not self._number:
            return text
        plain = plain_digits(text.strip())
        if self._grouped and _GROUPED.fullmatch(plain):
            return plain.replace(",", "").replace(" ", "")
        return plain

    def _shown(self, text: str) -> str:
        found = _PLAIN.fullmatch(text) if self._grouped else None
        if found is None or found[2].startswith("0"):
            return text
        return f"{found[1]}{int(found[2]):,}{found[3] or ''}"

    def _tidy(self) -> None:
        text = self._line.text()
        shown = self._shown(self._clean(text))
        if shown and shown != text:
            self._line.setText(shown)

    def put(self, node: Node, text: str) -> None:
        if self._clean(self._line.text()) != text:
            self._line.setText(self._shown(text))


class LinesEntry(Entry):
    """Running text. `rows`: how many lines the form wants to be seen."""

    wish = 260

    def __init__(self, node: Node, name: str, rows: int = 0) -> None:
        super().__init__()
        self._lines = Lines(name=name, rows=max(2, min(rows or 2, 12)))
        self._quiet = False
        self._lines.textChanged.connect(self._tell)
        self.setLayout(row(self._lines))

    @property
    def field(self) -> QWidget:
        return self._lines

    def _text(self) -> str:
        text = self._lines.toPlainText()
        return text if text.strip() else ""

    def _tell(self) -> None:
        if not self._quiet:
            self.given.emit(self._text())

    def put(self, node: Node, text: str) -> None:
        if self._text() != text:
            self._quiet = True
            self._lines.setPlainText(text)
            self._quiet = False
