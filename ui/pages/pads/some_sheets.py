"""The box that asks which sheets of a pad to print: after a jam, those from the one that was torn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.pages.pads.state import PadsState
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.fields import Labelled, Line
from ui.widgets.labels import Words
from ui.widgets.layout import col, row
from ui.words import tr

_WIDE = 210  # pixels of each field with what may be wrong with it


class SomeSheets(Box):
    """`then(first, last)` is called once, with places in the pad (from 1)."""

    def __init__(self, parent: QWidget, state: PadsState, then: Callable[[int, int], None]) -> None:
        super().__init__(parent, "some_sheets", tr("Print some sheets"), icon="paper", width=560)
        self._state, self._then = state, then
        self._first = Line("1", name="some_first", width=160, limit=40)
        self._last = Line(str(len(state.sheets)), name="some_last", width=160, limit=40)
        for field in (self._first, self._last):
            field.textChanged.connect(self._look)
            field.returnPressed.connect(self._go_on)
        text = tr("After a jam: type the first and the last sheet to print, by their place in the list or by the number on them. Used and spoiled ones are left out.")
        self.body.addWidget(Words(text, "body", "second", wrap=True))
        self.body.addSpacing(12)
        self._from, self._to = Labelled(tr("From sheet"), self._first), Labelled(tr("To sheet"), self._last)
        for one in (self._from, self._to):
            one.setFixedWidth(_WIDE)  # what is wrong below one of them moves nothing
        self.body.addLayout(row(col(self._from, None), 16, col(self._to, None), None))
        self._go = Button(tr("Print"), "primary", hint="Enter", name="some_print")
        self._go.clicked.connect(self._go_on)
        back = Button(tr("Go back"), hint="Esc", name="some_back")
        back.clicked.connect(self.reject)
        for button in (self._go, back):
            button.setAutoDefault(False)
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self._first.setFocus()
        self._first.selectAll()

    def _asked(self) -> tuple[int, int]:
        return self._state.place_of(self._first.text()), self._state.place_of(self._last.text())

    def _look(self) -> None:
        first, last = self._asked()
        none = tr("This pad has no such sheet.")
        self._from.wrong("" if first else none)
        self._to.wrong(none if not last else tr("It lies before the first one.") if last < first else "")
        self._go.setEnabled(0 < first <= last)

    def _go_on(self) -> None:
        first, last = self._asked()
        if 0 < first <= last:
            self.accept()
            self._then(first, last)
