"""The tab of health."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.fields import FIELDS
from ui.pages.person import told
from ui.pages.person.state import PersonState
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Words, facts
from ui.widgets.layout import box, col, row
from ui.widgets.parts import Sentence
from ui.words import tr


class HealthTab(QWidget):
    """What the medic writes, or who can open it."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        health = state.page.health if state.page is not None else None
        if health is None:
            locked = Sentence(
                "lock", tr("Only a volunteer who can open Health sees this."),
                tr("That is usually the medic. What is written there stays locked for everybody else, also for the coordinator."),
            )
            locked.setMaximumWidth(720)
            self.setLayout(col(28, locked, None, edge=(EDGE, 0, EDGE, 0)))
            return
        change = Button(tr("Change"), icon="pencil", hint="E", name="change_health")
        change.clicked.connect(lambda: state.begin("health"))
        change.setEnabled(state.writes)
        pairs = told.known("health", health, [name for name in FIELDS["health"] if name != "person_code"])
        if not pairs:
            nothing = Words(tr("Nothing is written about the health of this person yet."), "body", "hint", wrap=True)
            self.setLayout(col(nothing, 12, row(change, None), None, edge=(EDGE, 18, EDGE, 20)))
            return
        grid = box(facts(pairs, first=230))
        grid.setMaximumWidth(760)
        last = max(health.values(), key=lambda shown: shown.at)
        self.setLayout(col(grid, 8, Words(told.when(last), "small", "hint"), 14, row(change, None), None, edge=(EDGE, 18, EDGE, 20)))
