"""The number on a paper form, typed or scanned: what it leads to in a sentence, and the way there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.codes import shown
from desktop.services import pads, sheets
from desktop.services.sheets import Entry, Sheet
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.labels import Note
from ui.widgets.layout import col, row, show_if
from ui.words import tr


def title_of(form: str, title: str) -> str:
    """The title of a form on a sheet; of those that came with the program in the language of the window."""
    return tr(title) if form in ("arrival", "registration") else title or form


def sentence(sheet: Sheet) -> tuple[str, str]:
    """What is to be said of a number, and the tone; "" where nothing is."""
    code, form = shown(sheet.code), title_of(sheet.form, sheet.title)
    if sheet.state in sheets.ENTERS:
        if sheet.begun:
            return tr("{code} is on a sheet “{form}” that was entered in part.", code=code, form=form), "good"
        if sheet.state == pads.RETURNED:
            return tr("{code} is on a sheet “{form}” that was counted back unused.", code=code, form=form), "warn"
        return tr("{code} is on a sheet “{form}” that nobody has entered yet.", code=code, form=form), "good"
    if sheet.state == sheets.FILLED:
        return tr("{code} belongs to a filled form “{form}”.", code=code, form=form), "good"
    if sheet.state == sheets.ELSEWHERE:
        return tr("{code} is on a sheet of {site}. Its form has not come here yet.", code=code, site=sheet.site), "warn"
    if sheet.state == pads.SPOILED:
        return tr("{code} was counted as spoiled. Register the person with a new number and destroy the sheet.", code=code), "danger"
    if sheet.state == pads.DOUBLED:
        text = tr("{code} was printed at two sites. Register the person with a new number and destroy the sheet.", code=code)
        return text, "danger"
    if sheet.state == sheets.MISTYPED:
        nearly = tr(", ").join(shown(one) for one in sheet.nearly)
        if nearly:
            return tr("One character of this number is wrong. Do you mean {nearly}?", nearly=nearly), "warn"
        return tr("One character of this number is wrong. Look at the paper again."), "warn"
    if sheet.state == sheets.UNKNOWN:
        return tr("Nothing on this laptop has the number {code}.", code=code), "warn"
    return "", ""


class SheetNote(QWidget):
    """A sentence about a number with the button that goes on from it. Hidden where there is nothing to say."""

    def __init__(self, shell: Shell, name: str) -> None:
        super().__init__()
        self._shell = shell
        self._sheet: Sheet | None = None
        self._turn = 0
        self._note = Note("paper", "", "good", "body", name=f"{name}_note")
        self._go = Button(tr("Enter this sheet"), icon="form", name=f"{name}_go")
        self._go.clicked.connect(self.go)
        self.setLayout(row((self._note, 1), col(self._go, None), gap=12, edge=(0, 2, 0, 4)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        show_if(self, False)

    def look(self, text: str, then: Callable[[], None] | None = None, *, always: bool = False) -> None:
        """Look a number up and say what it is; `then` when that is known. Without `always` nothing is said where the list of people itself shows who it
        is, or where it is no number."""
        self._turn += 1
        turn = self._turn

        def came(sheet: Sheet) -> None:
            if turn == self._turn:
                self._say(sheet, always)
                if then is not None:
                    then()

        self._shell.read(self, lambda session: sheets.look_up(session, text=text), came)

    def clear(self) -> None:
        """Say nothing."""
        self._turn += 1
        self._sheet = None
        self.setVisible(False)

    def go(self) -> bool:
        """Go where the number leads; False if it leads nowhere."""
        sheet = self._sheet
        if sheet is None:
            return False
        if sheet.state == sheets.PERSON:
            self._shell.open("person", person=sheet.person)
        elif sheet.state == sheets.FILLED:
            self._shell.open("longform", submission=sheet.submission)
        elif sheet.state in sheets.ENTERS and self._shell.who.role.writes:
            enter(self, self._shell, sheet.code)
        else:
            return False
        return True

    def _say(self, sheet: Sheet, always: bool) -> None:
        self._sheet = sheet
        text, tone = sentence(sheet)
        if sheet.state == sheets.PERSON and always:
            text, tone = tr("{code} is somebody who is registered.", code=shown(sheet.code)), "good"
        if sheet.state == sheets.NONE and always:
            text, tone = tr("This is no number of ours. It has eight letters and digits."), "warn"
        self._note.say(text, tone)
        leads = sheet.state in (sheets.FILLED, sheets.PERSON) or (sheet.state in sheets.ENTERS and self._shell.who.role.writes)
        self._go.setVisible(bool(text) and leads)
        self._go.say(tr("Open") if sheet.state in (sheets.FILLED, sheets.PERSON) else tr("Go on with it") if sheet.begun else tr("Enter this sheet"))
        self.setVisible(bool(text))


def enter(owner: QWidget, shell: Shell, code: str) -> None:
    """Begin to enter the sheet with this number, or go on with it."""
    shell.do(owner, lambda session: sheets.enter(session, code=code, language=shell.language), lambda entry: go_on(shell, entry))


def go_on(shell: Shell, entry: Entry) -> None:
    """Open the form that a sheet is entered in."""
    shell.open("register" if entry.card else "longform", draft=entry.draft)
