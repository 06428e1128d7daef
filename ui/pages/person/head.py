"""The head of the case file: who this is in both writings, the case number, what is true now, and the tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.codes import shown as shown_code
from desktop.services.people import PersonPage
from desktop.words.labels import choice_label
from ui import chips, dates, words
from ui.forms.file_entry import Frame
from ui.pages.person import told
from ui.pages.person.state import TABS, PersonState
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import ChipLabel, OneLine, Words
from ui.widgets.layout import Part, clear, col, fill, row, rule
from ui.widgets.lists import Tabs
from ui.widgets.rows import Chip
from ui.words import tr

_FACE = 64  # pixels
_CHECKED = {"unverified": ("circle", "warn"), "in_review": ("half", "warn"), "verified": ("done", "good"), "doubtful": ("warning", "danger")}


def marks(state: PersonState) -> list[Chip]:
    """What is true of this person now, in at most four chips."""
    page = state.page
    if page is None:
        return []
    found = [chips.state(page.row.state)] if page.row.state else []
    found += chips.needs(page.row.needs, 1)
    assessed = page.assessment or {}
    risk = assessed.get("risk")
    if risk is not None and risk.value == "high":
        found.append(Chip(tr("High risk"), "danger", "warning"))
    elif risk is not None and risk.others:  # one of them may be high
        found.append(Chip(tr("Risk: 2 answers"), "warn", "differ"))
    checked = assessed.get("verification")
    if checked is not None and isinstance(checked.value, str) and checked.value in _CHECKED:
        icon, tone = _CHECKED[checked.value]
        found.append(Chip(choice_label("verification", checked.value, words.language()), tone, icon))
    return found


class PersonHead(QWidget):
    """Signals: `change`, `print` for the buttons, `opened(tab)` for the tabs and the photo."""

    change = Signal()
    print = Signal()
    opened = Signal(str)

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        self._state = state
        self._name = OneLine(" ", "title")
        self._name.setObjectName("person_name")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._other = OneLine("", "body", "second")
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
        self._photo = Face("person_photo")
        self._photo.clicked.connect(lambda: self.opened.emit("photos"))
        self._face = ""
        self._since = Words("", "small", "hint")
        self._since.setObjectName("person_since")
        names = col(self._name, 1, row(self._other, self._code, None, gap=14), 2, self._since, None)
        left = row(col(self._photo, None), (names, 1), gap=14)
        right = col(row(None, self._print, self._change), 8, self._chips)
        tabs = row(self.tabs, None, edge=(EDGE - 8, 8, EDGE, 0))
        self.setLayout(col(row((left, 1), right, gap=16, edge=(EDGE, 18, EDGE, 0)), tabs, rule()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _locked(self) -> tuple[str, ...]:
        page = self._state.page
        return ("health",) if page is not None and page.health is None else ()

    def _titles(self) -> list[tuple[str, str]]:
        page = self._state.page
        counts = {
            "household": len(page.members) + 1, "forms": len(self._state.own_forms()) + len(self._state.filled), "photos": len(page.photos),
            "notes": len(page.notes) + sum(not one.done for one in page.steps),
        } if page is not None else {}
        names = {
            "overview": tr("Overview"), "household": tr("Household"), "forms": tr("Forms"), "papers": tr("Papers"), "health": tr("Health"),
            "history": tr("History"), "notes": tr("Notes and steps"), "photos": tr("Photos"),
        }
        return [(key, f"{names[key]}  {counts[key]}" if counts.get(key) else names[key]) for key in TABS]

    def show_state(self) -> None:
        """Show the person as they are now."""
        page, state = self._state.page, self._state
        name, other = told.names(page.row) if page is not None else (" ", "")
        self._name.setText(name)
        self._other.setText(other)
        self._other.setVisible(bool(other))
        self._code.setText(shown_code(page.row.code) if page is not None else "")
        self._since.setText(_since(page) if page is not None else "")
        self._show_face()
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

    def _show_face(self) -> None:
        """The photo beside the name, if there is one that this volunteer may see."""
        page = self._state.page
        face = next((one.file for one in page.photos if one.main and one.here), "") if page is not None else ""
        self._photo.setVisible(page is not None)
        if face == self._face:
            return
        self._face = face
        self._photo.show_picture(QPixmap(), "camera", empty=True)
        if face:
            self._state.records.picture(self, face, 2 * self._photo.width(), self._face_came)

    def _face_came(self, picture: bytes) -> None:
        found = QPixmap()
        if found.loadFromData(picture):
            self._photo.show_picture(found, "camera", empty=False)


class Face(Frame):
    """The photo beside the name: small, and pressed it leads to the photos."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFixedSize(_FACE, _FACE)
        self.setAcceptDrops(False)
        self.show_picture(QPixmap(), "camera", empty=True)
        self.setAccessibleName(tr("Photos"))
        self.setToolTip(tr("Photos"))


def _since(page: PersonPage) -> str:
    """Since when they are with us, with whom, and who looks after them, in one line."""
    parts = [tr("Arrived {when}", when=dates.moment(page.row.arrived))] if page.row.arrived else []
    if page.row.state == "here" and page.row.arrived:
        parts.append(tr("here for {days}", days=dates.since(page.row.arrived)) if dates.since(page.row.arrived) != tr("today") else "")
    parts.append(dates.people(max(1, page.row.household_size)))
    parts.append(tr("looked after by {who}", who=page.caseworker) if page.caseworker else tr("nobody looks after them yet"))
    return "  ·  ".join(part for part in parts if part)
