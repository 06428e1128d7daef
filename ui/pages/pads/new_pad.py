"""The box for a new pad: how many sheets of the chosen form, in which languages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from desktop.services.form_papers import PrintableForm
from desktop.services.projections.pads import MOST
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.fields import Drop, Labelled, Line
from ui.widgets.labels import Words
from ui.words import tr

_USUAL = "25"
_BETWEEN = "\n"  # between two names of languages: no name holds it


class NewPad(Box):
    """`then(sheets, languages)` is called once, with what was asked for."""

    def __init__(self, parent: QWidget, form: PrintableForm, title: str, then: Callable[[int, tuple[str, ...]], None]) -> None:
        super().__init__(parent, "new_pad", tr("New pad: {form}", form=title), icon="paper", width=560)
        self._then = then
        self._sheets = Line(_USUAL, name="pad_sheets", width=96, limit=6)
        self._sheets.setValidator(QIntValidator(1, 999_999, self._sheets))  # more than may be: cut short, 1000 would be made 100
        self._sheets.textChanged.connect(self._look)
        self._count = Labelled(tr("How many sheets?"), self._sheets, help=tr("From 1 to {most}. Each gets a number that nobody else ever gets.", most=MOST))
        self.body.addWidget(self._count)
        self.body.addSpacing(10)
        called = dict(form.languages)
        pairs = dict.fromkeys([form.beside, *((name,) for name, _ in form.languages)])
        self._languages = Drop(
            [(_BETWEEN.join(one), " + ".join(called.get(name, name) for name in one)) for one in pairs], name="pad_languages",
            current=_BETWEEN.join(form.beside), width=300,
        )
        if len(pairs) > 1:
            self.body.addWidget(Labelled(tr("Languages"), self._languages))
            self.body.addSpacing(10)
        text = tr("The numbers are kept for paper as soon as you press the button. Count unused sheets back later.")
        self.body.addWidget(Words(text, "body", "second", wrap=True))
        self._go = Button(tr("Reserve the numbers"), "primary", name="pad_reserve")
        self._go.clicked.connect(self._reserve)
        self._go.setDefault(True)
        back = Button(tr("Go back"), hint="Esc", name="pad_back")
        back.clicked.connect(self.reject)
        for button in (self._go, back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self._sheets.setFocus()
        self._sheets.selectAll()

    def _number(self) -> int:
        typed = self._sheets.text().strip()
        return int(typed) if typed.isdecimal() else 0

    def _look(self) -> None:
        right = 1 <= self._number() <= MOST
        self._go.setEnabled(right)
        self._count.wrong("" if right else tr("Type a number from 1 to {most}.", most=MOST))

    def _reserve(self) -> None:
        sheets = self._number()
        if 1 <= sheets <= MOST:
            chosen = str(self._languages.currentData() or "")
            self.accept()
            self._then(sheets, tuple(chosen.split(_BETWEEN)) if chosen else ())
