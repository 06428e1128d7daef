"""A form over the page: what is changed, group by group, and the buttons that keep it or not."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from ui.pages.person import groups, told
from ui.pages.person.state import PersonState
from ui.present_errors import brief
from ui.records.form import RecordForm, readable
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note
from ui.widgets.layout import box, col, row, rule, scroll
from ui.widgets.lists import RowList
from ui.widgets.parts import Head, foot
from ui.widgets.rows import Cell
from ui.words import tr

_MANY = 3  # groups from here on are listed at the left


class ChangeForm(QWidget):
    """Made for the edit that is open in the state."""

    def __init__(self, state: PersonState, *, restricted: bool) -> None:
        super().__init__()
        self._state = state
        edit = state.edit
        if edit is None:
            raise ValueError("no form is open")
        made = readable(edit.kind, groups.groups(edit), restricted=restricted)
        self.form = RecordForm(edit.kind, made, state.known(), typed=state.typed(), check=state.check)
        inner = box(row((self.form, 100), None, edge=(EDGE, 8, EDGE, 24)))
        self.form.setMaximumWidth(900)
        self._scroll = scroll(inner, "change_scroll")
        self._failed = Note("warning", "", "danger", "body", name="change_failed")
        save = Button(tr("Save"), "primary", "", "Ctrl+Enter", name="change_save")
        save.clicked.connect(self.save)
        forget = Button(tr("Forget what I changed"), "quiet", name="change_forget")
        forget.clicked.connect(state.forget)
        close = Button(tr("Back"), "normal", "", "Esc", name="change_back")
        close.clicked.connect(state.close_form)
        body = row((self._scroll, 1), gap=0)
        if len(made) >= _MANY:
            self._jump = RowList(name="change_groups", label=tr("Groups of questions"), plane="paper", inset=16, rules=False)
            self._jump.setFixedWidth(208)
            self._jump.show_cells([Cell(group.title, key=at) for at, group in enumerate(made)])
            self._jump.opened.connect(self._go_to)
            body = row(box(col((self._jump, 1), edge=(0, 8, 0, 8)), "paper"), rule(upright=True), (self._scroll, 1), gap=0)
        head = Head(self._title(), tr("Everything stays as it is until you save."))
        self.setLayout(col(head, rule(), (body, 1), foot(close, forget, (self._failed, 1), None, save)))
        state.refused.connect(self._refused)

    def _title(self) -> str:
        edit, page = self._state.edit, self._state.page
        name = told.names(page.row)[0] if page is not None else ""
        what = edit.what if edit is not None else ""
        if what == "relationship":
            found = next((one.person for one in self._state.members() if edit is not None and one.person.id == edit.record), None)
            return tr("Relationship of {name}", name=told.names(found)[0] if found is not None else name)
        if what == "left_behind":
            return tr("Somebody left behind by the family of {name}", name=name)
        titles = {
            "member": tr("Another person in the household of {name}", name=name), "household": tr("Household of {name}", name=name),
            "health": tr("Health of {name}", name=name),
        }
        return titles.get(what, tr("Change what is known of {name}", name=name))

    def save(self) -> None:
        """Save if nothing is wrong; else say what, beside the fields."""
        self._failed.say("")
        if self.form.show_problems():
            self._state.save(self.form.changes())
        else:
            self._failed.say(tr("Look at the red lines first."))

    def _go_to(self, at: object) -> None:
        if isinstance(at, int):
            group = self.form.groups[at]
            self._scroll.verticalScrollBar().setValue(group.y())
            first = told.keyboard_first(group)
            if first is not None:
                QTimer.singleShot(0, first, first.setFocus)

    def _refused(self, error: UserError) -> None:
        self._failed.say(brief(error))
