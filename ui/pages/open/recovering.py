"""What stands on the recovery sheet, or on two of its three parts, typed in; and the passphrase that shall be from now on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from ui.pages.open.state import OpenState
from ui.present_errors import brief
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Labelled, Line
from ui.widgets.layout import Part, col
from ui.widgets.passphrase import PassphraseChoice
from ui.words import tr

_LEAST = 8  # characters of a row or a code before it is worth trying


class RecoverForm(QWidget):
    """`go` opens, and stands wherever its owner puts it; `first` is where typing begins. Signal: `turned` when the sheet is another one
    (whole, or in parts): the form is to be made anew."""

    turned = Signal()

    def __init__(self, state: OpenState, width: int) -> None:
        super().__init__()
        self._state = state
        parts = state.in_parts
        names = ("recovery_part_1", "recovery_part_2") if parts else ("recovery_code",)
        self._fields = [Line(name=name, width=width, limit=120) for name in names]
        labels = (tr("A row of one part"), tr("The row of another part that names it")) if parts else (tr("The characters on the sheet"),)
        helps = ("", tr("Each part has a row for each of the two others. A scanner may read the whole part.")) if parts else (
            tr("Eight groups of four. Dashes and spaces do not matter."),
        )
        self._questions = [Labelled(label, field, help=help) for label, field, help in zip(labels, self._fields, helps)]
        ways = Choices(
            (("one", tr("One sheet")), ("parts", tr("Two of three parts"))), name="recovery_ways", label=tr("The recovery sheet"),
            chosen=("parts" if parts else "one",),
        )
        self._chosen = PassphraseChoice("new_passphrase", state.measure, state.suggest, width=width, label=tr("Your new passphrase"))
        self.go = Button(tr("Open Waystation"), "primary", hint="Enter", name="recover")
        self.go.setEnabled(False)
        self.first: QWidget = self._fields[0]
        asked: list[Part] = [part for question in self._questions for part in (question, 14)]
        self.setLayout(col(ways, 12, *asked, self._chosen))
        for field, following in zip(self._fields, [*self._fields[1:], self._chosen.first]):
            field.textChanged.connect(self._typed)
            field.returnPressed.connect(following.setFocus)
        ways.picked.connect(self._divide)
        self._chosen.ready.connect(self._look)
        self._chosen.entered.connect(self._enter)
        self.go.clicked.connect(self._enter)

    def refused(self, error: UserError) -> None:
        """Say what was wrong below the field it is about."""
        if error.code.startswith("passphrase."):
            self._chosen.wrong(brief(error))
        else:
            at = int(error.fields.get("part", len(self._fields))) - 1
            self._questions[at].wrong(brief(error))
            self._fields[at].setFocus()

    def _divide(self, now: set[str]) -> None:
        self._state.in_parts = "parts" in now
        self.turned.emit()

    def _typed(self) -> None:
        for question in self._questions:
            question.wrong("")
        self._look()

    def _look(self) -> None:
        self.go.setEnabled(bool(self._chosen.text()) and all(len(field.text().strip()) >= _LEAST for field in self._fields))

    def _enter(self) -> None:
        if not self.go.isEnabled():
            return
        typed = [field.text() for field in self._fields]
        if self._state.in_parts:
            self._state.recover_with_parts(typed[0], typed[1], self._chosen.text())
        else:
            self._state.recover(typed[0], self._chosen.text())
