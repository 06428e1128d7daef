"""Choose which filled form is to be printed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import RecordId, Stamp
from desktop.services import any_form
from desktop.services.any_form import Filled
from ui import dates
from ui.records.chooser import Chooser
from ui.shell import Shell
from ui.widgets.rows import Cell
from ui.words import tr

_SHOWN = 200


class ChooseFilled(Chooser):
    """`then(id)` gets the filled form that was chosen; nothing is called if the volunteer goes back."""

    def __init__(self, parent: QWidget, shell: Shell, then: Callable[[RecordId], None]) -> None:
        super().__init__(parent, "choose_filled", tr("Which filled form?"), tr("Search title, name or code"), tr("Filled forms"))
        self.sought.connect(self._look)
        self.taken.connect(self._take)
        self._then = then
        self._cells: list[Cell] = []
        self._typed = ""
        shell.read(self, any_form.filled, self._came)

    def _came(self, found: list[Filled]) -> None:
        self._cells = [Cell(one.title or one.form_id, _about(one), icon="form", key=one.id) for one in found]
        self._look(self._typed)

    def _look(self, text: str) -> None:
        self._typed = text
        wanted = text.casefold().split()
        fitting = [one for one in self._cells if all(word in f"{one.words} {one.second}".casefold() for word in wanted)]
        self.show_rows(fitting[:_SHOWN], tr("Nothing like that was filled in yet."))

    def _take(self, key: object) -> None:
        if isinstance(key, Stamp):
            self.accept()
            self._then(key)


def _about(one: Filled) -> str:
    when = dates.moment(one.at)
    return tr("{who}, {when}", who=one.about, when=when) if one.about else when
