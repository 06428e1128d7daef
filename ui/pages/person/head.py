"""The head of the case file: who this is in both writings, the case number, what is true now, and the tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.codes import shown as shown_code
from desktop.words.labels import choice_label
from ui import chips, words
from ui.pages.person import told
from ui.pages.person.state import TABS, PersonState
from ui.theme.fonts import font
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import ChipLabel, Words
from ui.widgets.layout import Part, clear, col, fill, row, rule
from ui.widgets.lists import Tabs
from ui.widgets.rows import Chip
from ui.words import tr

_CHECKED = {"unverified": ("circle", "warn"), "in_review": ("half", "warn"), "verified": ("done", "good"), "doubtful": ("warning", "danger")}


def marks(state: PersonState) -> list[Chip]:
    """What is true of this person now, in at most four chips."""
    page = state.page
    if page is None:
        return []
    found = [chips.state(page.row.state)] if page.row.state else []
    found += chips.needs(page.row.needs, 1)
    checked = page.fields.get("verification")
    if checked is not None and isinstance(checked.value, str) and checked.value in _CHECKED:
        icon, tone = _CHECKED[checked.value]
        found.append(Chip(choice_label("verification", checked.value, words.language()), tone, icon))
    return found


class PersonHead(QWidget):
    """Signals: `change`, `print` for the buttons, `opened(tab)` for the tabs."""

    change = Signal()
    print = Signal()
    opened = Signal(str)

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        self._state = state
        self._name = Words(" ", "title")
        self._name.setObjectName("person_name")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._other = Words("", "body", "second")
        self._other.setObjectName("person_name_other")
        self._code = Words("", "body", "second").can_pick()
        self._code.setObjectName("person_code")
        self._print = Button(tr("Print"), "normal", "paper", "Ctrl+P", name="person_print")
        self._print.clicked.connect(self.print)
        self._change = Button(tr("Change"), "normal", "pencil", "E", name="person_change")
        self._change.clicked.connect(self.change)
        self._chips = row(gap=6)
        self.tabs = Tabs(self._titles(), name="person_tabs", label=tr("Parts of the page"), locked=self._locked())
        self.tabs.opened.connect(self.opened)
        left = col(self._name, 1, row(self._other, self._code, None, gap=14), None)
        right = col(row(None, self._print, self._change), 8, self._chips)
        tabs = row(self.tabs, None, edge=(EDGE - 8, 8, EDGE, 0))
        self.setLayout(col(row((left, 1), right, gap=16, edge=(EDGE, 18, EDGE, 0)), tabs, rule()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _locked(self) -> tuple[str, ...]:
        page = self._state.page
        return ("health",) if page is not None and page.health is None else ()

    def _titles(self) -> list[tuple[str, str]]:
        page = self._state.page
        counts = {"household": len(page.members) + 1, "forms": len(self._state.own_forms()) + len(self._state.filled)} if page is not None else {}
        names = {
            "overview": tr("Overview"), "household": tr("Household"), "forms": tr("Forms"), "papers": tr("Papers"), "health": tr("Health"),
            "history": tr("History"),
        }
        return [(key, f"{names[key]}  {counts[key]}" if counts.get(key) else names[key]) for key in TABS]

    def show_state(self) -> None:
        """Show the person as they are now."""
        page, state = self._state.page, self._state
        name, other = told.names(page.row) if page is not None else (" ", "")
        self._name.setText(QFontMetrics(font("title")).elidedText(name, Qt.TextElideMode.ElideRight, 700))
        self._name.setAccessibleName(name)
        self._other.setText(other)
        self._other.setVisible(bool(other))
        self._code.setText(shown_code(page.row.code) if page is not None else "")
        for at, (_, text) in enumerate(self._titles()):
            self.tabs.setTabText(at, text)
        self.tabs.show_locks(self._locked())
        clear(self._chips)
        found: list[Part] = [ChipLabel(chip.words, chip.tone, chip.icon) for chip in marks(state)]
        fill(self._chips, None, *found)
        self._print.setEnabled(page is not None)
        self._change.setEnabled(page is not None and state.writes)
        self._change.say(tr("Go on changing") if state.half_done("person") else tr("Change"))
        if self.tabs.key() != state.tab:
            before = self.tabs.blockSignals(True)
            self.tabs.open(state.tab)
            self.tabs.blockSignals(before)
