"""Choose for whom something is: type a name or a code, choose a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Union

from PySide6.QtWidgets import QWidget

from desktop.services import people
from desktop.services.people import PersonRow
from desktop.services.session import Session
from ui import dates
from ui.records.chooser import Chooser
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.rows import Cell
from ui.words import tr

_SHOWN = 30


class ChoosePerson(Chooser):
    """`then(row)` gets the person that was chosen; nothing is called if the volunteer goes back. `nobody`: words of a button that
    answers "about nobody"; then `then` gets None."""

    def __init__(
        self, parent: QWidget, shell: Shell, then: Union[Callable[[PersonRow], None], Callable[[PersonRow | None], None]], *,
        title: str = "", nobody: str = "",
    ) -> None:
        aside = Button(nobody, name="choose_nobody") if nobody else None
        super().__init__(
            parent, "choose_person", title or tr("For whom?"), tr("Search name, code, phone"), tr("People"), beside=aside
        )
        self.sought.connect(self._look)
        self.taken.connect(self._take)
        self._shell, self._then = shell, then
        self._rows: tuple[PersonRow, ...] = ()
        self._turn = 0
        if aside is not None:
            aside.clicked.connect(self._nobody)
        self._look("")

    def _look(self, text: str) -> None:
        self._turn += 1
        turn = self._turn

        def work(session: Session) -> tuple[PersonRow, ...]:
            found = people.find(session, query=text, state="", limit=_SHOWN)
            return tuple(people.rows(session, keys=found.keys[:_SHOWN], query=text, why=found.why))

        self._shell.read(self, work, lambda rows: self._show(turn, rows))

    def _show(self, turn: int, rows: tuple[PersonRow, ...]) -> None:
        if turn == self._turn:
            self._rows = rows
            self.show_rows([_cell(one) for one in rows], tr("Nobody by that name. Try fewer letters, the other writing, or a phone number."))

    def _take(self, key: object) -> None:
        row = next((one for one in self._rows if one.key == key), None)
        if row is not None:
            self.accept()
            self._then(row)

    def _nobody(self) -> None:
        self.accept()
        self._then(None)  # type: ignore[arg-type]  # only with the words for it, which say that None is taken


def _cell(one: PersonRow) -> Cell:
    second = tr("{code}, {people}", code=f"{one.code[:4]}-{one.code[4:]}", people=dates.people(one.household_size))
    return Cell(f"{one.name}   {one.name_other}".strip(), second, icon="person", key=one.key)
