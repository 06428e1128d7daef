"""Choose for whom a paper is: type a name or a code, choose a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.services import people
from desktop.services.people import PersonRow
from desktop.services.session import Session
from ui import dates
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.fields import Search
from ui.widgets.labels import Words
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell
from ui.words import tr

_SHOWN = 30


class ChoosePerson(Box):
    """`then(row)` gets the person that was chosen; nothing is called if the volunteer goes back."""

    def __init__(self, parent: QWidget, shell: Shell, then: Callable[[PersonRow], None]) -> None:
        super().__init__(parent, "choose_person", tr("For whom?"), width=560)
        self._shell, self._then = shell, then
        self._rows: tuple[PersonRow, ...] = ()
        self._search = Search(name="choose_search", hint=tr("Search name, code, phone"))
        self._list = RowList(name="choose_list", label=tr("People"), tall=True)
        self._list.setFixedHeight(340)
        self._none = Words("", "body", "second", wrap=True)
        self._search.textChanged.connect(self._look)
        self._search.moved.connect(self._move)
        self._search.entered.connect(lambda: self._chosen(self._list.current()))
        self._list.opened.connect(self._chosen)
        self._list.typed.connect(self._type)
        go = Button(tr("Choose"), "primary", hint="Enter", name="choose_go")
        go.clicked.connect(lambda: self._chosen(self._list.current()))
        back = Button(tr("Go back"), hint="Esc", name="choose_back")
        back.clicked.connect(self.reject)
        self.body.addWidget(self._search)
        self.body.addSpacing(8)
        self.body.addWidget(self._none)
        self.body.addWidget(self._list)
        self.buttons.addWidget(go)
        self.buttons.addWidget(back)
        self.buttons.addStretch(1)
        self._search.setFocus()
        self._look("")

    def _look(self, text: str) -> None:
        def work(session: Session) -> tuple[PersonRow, ...]:
            found = people.find(session, query=text, state="", limit=_SHOWN)
            return tuple(people.rows(session, keys=found.keys[:_SHOWN], query=text, why=found.why))

        self._shell.read(self, work, self._show)

    def _show(self, rows: tuple[PersonRow, ...]) -> None:
        self._rows = rows
        self._list.show_cells([_cell(one) for one in rows])
        self._list.setCurrentIndex(self._list.cells.index(0, 0))
        self._none.setText("" if rows else tr("Nobody by that name. Try fewer letters, the other writing, or a phone number."))
        self._none.setVisible(not rows)

    def _move(self, step: int) -> None:
        at = max(0, min(self._list.currentIndex().row() + step, self._list.cells.rowCount() - 1))
        self._list.setCurrentIndex(self._list.cells.index(at, 0))

    def _type(self, text: str) -> None:
        self._search.setFocus()
        self._search.insert(text)

    def _chosen(self, key: object) -> None:
        row = next((one for one in self._rows if one.key == key), None)
        if row is not None:
            self.accept()
            self._then(row)


def _cell(one: PersonRow) -> Cell:
    second = tr("{code}, {people}", code=f"{one.code[:4]}-{one.code[4:]}", people=dates.people(one.household_size))
    return Cell(f"{one.name}   {one.name_other}".strip(), second, icon="person", key=one.key)
