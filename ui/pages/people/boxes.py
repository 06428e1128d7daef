"""Two small questions about the list: between which days, and under which name a view is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.services.views import NAME_MOST
from ui.pages.people.state import PeopleState
from ui.present_errors import brief
from ui.widgets.buttons import Button
from ui.widgets.day_entry import DayEntry
from ui.widgets.dialogs import Box
from ui.widgets.fields import Labelled, Line
from ui.widgets.labels import Note
from ui.words import tr


class DaysBox(Box):
    """From which day to which day somebody came; either may be left empty."""

    def __init__(self, parent: QWidget, arrived: str, then: Callable[[str], None]) -> None:
        super().__init__(parent, "people_days", tr("Who came between two days?"), width=520)
        self._then = then
        first, _, last = arrived.partition("..") if ".." in arrived else ("", "", "")
        self._first = DayEntry(name="days_first", label=tr("First day"), value=first, whole=True)
        self._last = DayEntry(name="days_last", label=tr("Last day"), value=last, whole=True)
        self._wrong = Note("warning", "", "danger", name="days_problem")
        go = Button(tr("Show them"), "primary", "", "Enter", name="days_go")
        go.setDefault(True)
        go.clicked.connect(self._go)
        back = Button(tr("Go back"), hint="Esc", name="days_back")
        back.clicked.connect(self.reject)
        for one in (Labelled(tr("First day"), self._first), Labelled(tr("Last day"), self._last), self._wrong):
            self.body.addWidget(one)
            self.body.addSpacing(8)
        self.buttons.addWidget(go)
        self.buttons.addWidget(back)
        self.buttons.addStretch(1)
        self._first.setFocus()
        self.fit()

    def _go(self) -> None:
        wrong = self._first.problem() or self._last.problem()
        first, last = self._first.value(), self._last.value()
        if not wrong and first and last and first > last:
            wrong = tr("The last day is before the first.")
        if wrong or not (first or last):
            self._wrong.say(wrong or tr("Write at least one of the two days."))
            return
        self.accept()
        self._then(f"{first}..{last}")


class NameBox(Box):
    """The name of a view that is kept now, or another name for the view `before`."""

    def __init__(self, parent: QWidget, state: PeopleState, told: str, before: str = "") -> None:
        super().__init__(parent, "people_view_name", tr("Another name for this view") if before else tr("Keep this view"), width=520)
        self._state, self._before, self._taken = state, before, ""
        self._line = Line(name="view_name", limit=NAME_MOST)
        self._line.setText(before)
        self._line.selectAll()
        question = Labelled(tr("Name of the view"), self._line, help=told)
        self._wrong = Note("warning", "", "danger", name="view_name_wrong")
        self._keep = Button(tr("Keep"), "primary", "", "Enter", name="view_keep")
        self._keep.setDefault(True)
        self._keep.clicked.connect(self._go)
        back = Button(tr("Go back"), hint="Esc", name="view_back")
        back.clicked.connect(self.reject)
        for one in (question, self._wrong):
            self.body.addWidget(one)
        self.buttons.addWidget(self._keep)
        self.buttons.addWidget(back)
        self.buttons.addStretch(1)
        self._line.setFocus()
        self.fit()

    def _go(self) -> None:
        name = self._line.text()
        replace = name == self._taken
        if self._before:
            self._state.rename_view(self._before, name, self.accept, lambda error: self._refused(name, error), replace=replace)
        else:
            self._state.keep_view(name, self.accept, lambda error: self._refused(name, error), replace=replace)

    def _refused(self, name: str, error: UserError) -> None:
        """Another view of that name goes only if the same name is pressed again."""
        self._taken = name if error.code == "views.taken" else ""
        self._wrong.say(brief(error))
