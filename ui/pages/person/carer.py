"""Who looks after the person: chosen by typing a part of the name, for one person or for the whole household."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.carers import Carer
from ui import messages
from ui.messages import Answer
from ui.pages.person.state import PersonState
from ui.records.chooser import Chooser
from ui.widgets.rows import Cell
from ui.words import counted, tr

_NOBODY = "nobody"


class ChooseCarer(Chooser):
    """Volunteers of this laptop, the one who is signed in first."""

    def __init__(self, parent: QWidget, state: PersonState) -> None:
        super().__init__(parent, "choose_carer", tr("Who looks after them?"), tr("Part of the name"), tr("Volunteers"))
        self.sought.connect(self._look)
        self.taken.connect(self._take)
        self._state, self._over = state, parent
        self._look("")

    def _look(self, text: str) -> None:
        wanted = text.casefold().strip()
        volunteers = self._state.records.around.volunteers
        cells = [
            Cell(one.name, tr("you") if at == 0 else "", icon="person", key=one)
            for at, one in enumerate(volunteers) if wanted in one.name.casefold()
        ]
        if not wanted:
            cells.append(Cell(tr("Nobody yet"), icon="circle", key=_NOBODY))
        self.show_rows(cells, tr("No volunteer of this name."))

    def _take(self, key: object) -> None:
        if key is None:
            return
        carer = key if isinstance(key, Carer) else None
        others = len(self._state.page.members) if self._state.page is not None else 0
        state, over = self._state, self._over
        self.accept()
        if not others:
            state.records.look_after(carer, household=False)
            return
        messages.ask(
            over, tr("For the whole household?"),
            counted(others, "{n} other person belongs to the household.", "{n} other people belong to the household."),
            (Answer("all", tr("The whole household"), "primary"), Answer("one", tr("Only this person"))),
            lambda answer: state.records.look_after(carer, household=answer == "all") if answer else None, icon="household",
        )
