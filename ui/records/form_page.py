"""A form in place of a page: a title, the groups to jump to, the fields, and the buttons that keep what was changed or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.values import Value
from ui.present_errors import brief
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note
from ui.widgets.layout import Part, box, col, row, rule, scroll
from ui.widgets.lists import RowList
from ui.widgets.parts import Head, foot
from ui.widgets.rows import Cell
from ui.words import tr

from .form import Group, RecordForm

_MANY = 3  # groups from here on are listed at the left
_WIDEST = 900


def keyboard_first(widget: QWidget) -> QWidget | None:
    """The first widget in there that the keyboard can be in."""
    for one in widget.findChildren(QWidget):
        if one.isVisibleTo(widget) and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return one
    return None


class FormState(Protocol):
    """What keeps a form that is filled in on a page: the state of that page. Signal: `refused(error)` when it was not saved."""

    @property
    def refused(self) -> SignalInstance: ...

    def touched(self) -> None:
        """Something was typed."""

    def save(self, values: Mapping[str, Value]) -> None:
        """Keep what was changed."""

    def close_form(self) -> None:
        """Put the form away with what is typed in it."""

    def forget(self) -> None:
        """Throw away what was typed."""


class FormPage(QWidget):
    """Signals: `wanted(values)` to save what was changed and has no problem, `closed` to put the form away with what is typed in it,
    `forgotten` to throw that away. `above` and `below`: what stands before and behind the fields."""

    wanted = Signal(object)
    closed = Signal()
    forgotten = Signal()

    def __init__(
        self, title: str, second: str, form: RecordForm, groups: Sequence[Group], *, above: Sequence[Part] = (), below: Sequence[Part] = (),
        save: str = "",
    ) -> None:
        super().__init__()
        self.form = form
        self._failed = Note("warning", "", "danger", "body", name="change_failed")
        self.form.setMaximumWidth(_WIDEST)
        inner = box(row((col(*above, self.form, *below, None), 100), None, edge=(EDGE, 12, EDGE, 24)))
        self._scroll = scroll(inner, "change_scroll")
        made = Button(save or tr("Save"), "primary", "", "Ctrl+Enter", name="change_save")
        made.clicked.connect(self.save)
        forget = Button(tr("Forget what I changed"), "quiet", name="change_forget")
        forget.clicked.connect(self.forgotten)
        close = Button(tr("Back"), "normal", "", "Esc", name="change_back")
        close.clicked.connect(self.closed)
        body = row((self._scroll, 1), gap=0)
        if len(groups) >= _MANY:
            jump = RowList(name="change_groups", label=tr("Groups of questions"), plane="paper", inset=16, rules=False)
            jump.setFixedWidth(208)
            jump.show_cells([Cell(group.title, key=at) for at, group in enumerate(groups)])
            jump.opened.connect(self._go_to)
            body = row(box(col((jump, 1), edge=(0, 8, 0, 8)), "paper"), rule(upright=True), (self._scroll, 1), gap=0)
        self.setLayout(
            col(Head(title, second), rule(), (body, 1), foot(close, forget, (self._failed, 1), None, made))
        )

    def serve(self, state: FormState) -> FormPage:
        """Tell this state all that happens here, and show what it refuses. Returns the page itself."""
        self.form.edited.connect(state.touched)
        self.wanted.connect(state.save)
        self.closed.connect(state.close_form)
        self.forgotten.connect(state.forget)
        state.refused.connect(self.refuse)
        return self

    def save(self) -> None:
        """Ask for saving if nothing is wrong; else say what, beside the fields."""
        self._failed.say("")
        if self.form.show_problems():
            self.wanted.emit(self.form.changes())
        else:
            self._failed.say(tr("Look at the red lines first."))

    def refuse(self, error: UserError) -> None:
        """Say why it was not saved."""
        self._failed.say(brief(error))

    def first(self) -> QWidget | None:
        """Where typing begins."""
        return keyboard_first(self._scroll)

    def _go_to(self, at: object) -> None:
        if isinstance(at, int):
            group = self.form.groups[at]
            self._scroll.verticalScrollBar().setValue(group.y())
            first = keyboard_first(group)
            if first is not None:
                QTimer.singleShot(0, first, first.setFocus)
