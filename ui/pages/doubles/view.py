"""The pairs at the left; of one pair what agrees and differs, whose answers would stand, and what is decided at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import Stamp
from ui.commands import Command
from ui.page import Page
from ui.pages.doubles.fields import FieldRows
from ui.pages.doubles.state import DoublesState, key_of
from ui.present_errors import brief
from ui.shell import Shell
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, clear, col, fill, focus_soon, has_keyboard, row, rule, scroll
from ui.widgets.lists import RowList
from ui.widgets.parts import Empty, Head, SidePanel, foot
from ui.widgets.rows import Cell
from ui.words import digits, mark, tr


class DoublesView(Page):
    """Same person?"""

    help = (
        mark("Here are people who may have been registered twice, the likeliest first. You decide: one person, two people, or later."),
        mark("Where they differ, press 1 or 2 for the answer that should stand, then Ctrl+Enter. Nothing of either is lost."),
        mark("Two people: nobody is asked about these two again, at any site. Ctrl+Z takes your decision back."),
        mark("On the page of the person you can make them two again at any time."),
    )

    def __init__(self, shell: Shell, state: DoublesState) -> None:
        super().__init__("doubles", tr("Same person?"))
        self._shell, self._state = shell, state
        self._may = shell.who.role.writes
        self._rows: FieldRows | None = None
        self._list = RowList(name="doubles_list", label=tr("May be the same"), plane="paper", tall=True, inset=12)
        self._list.chosen.connect(state.look_at)
        self._side = SidePanel("doubles_side", 272, side="left")
        fill(self._side.body, Words(tr("May be the same"), "heading"), 10, (self._list, 1))
        fill(self._side.foot, Words(tr("You can make them two again at any time."), "small", "hint", wrap=True))
        self._head = Head(" ", " ", above=" ")
        self._middle = col(gap=0, edge=(EDGE, 6, EDGE, 16))
        self._work = box(col(self._head, (scroll(box(self._middle), "doubles_scroll"), 1), self._buttons()), "surface")
        self._empty_at = col()
        self._empty = box(self._empty_at)
        self._first: QWidget | None = None
        self.setLayout(row(self._side, (self._work, 1), (self._empty, 1), gap=0))
        state.loaded.connect(self._show_list)
        state.chosen.connect(self._show_pair)
        state.picked.connect(self._show_pick)
        state.refused.connect(self._refused)
        self._show_list()
        self._show_pair()

    def _buttons(self) -> QWidget:
        self._failed = Note("warning", "", "danger", name="doubles_failed")
        if not self._may:
            self._failed.say(tr("Your role reads only. Somebody else has to decide this."), "second", "lock")
        self._later = Button(tr("Later"), "quiet", hint="Alt+L", name="doubles_later")
        self._later.clicked.connect(lambda: self._state.later())
        self._apart = Button(tr("Two people"), "normal", "people", "Alt+T", name="doubles_apart")
        self._apart.clicked.connect(lambda: self._state.apart())
        self._join = Button(tr("One person"), "primary", "person", "Ctrl+Enter", name="doubles_join")
        self._join.clicked.connect(lambda: self._state.join())
        for one in (self._apart, self._join):
            one.setEnabled(self._may)
        return foot((self._failed, 1), None, self._later, self._apart, self._join)

    # ---- what the shell asks ----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        one, two = where.get("one"), where.get("two")
        given = (Stamp(*one), Stamp(*two)) if isinstance(one, tuple) and isinstance(two, tuple) else None
        self._state.arrive(given)
        self._show_list()

    def leave(self) -> None:
        self._state.leave()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        if self._state.now is not None:
            picked = self._rows.first() if self._rows is not None and self._may else None
            return picked or (self._join if self._may else self._list)
        return self._first

    def commands(self) -> Sequence[Command]:
        def ready() -> bool:
            return self._may and self._state.now is not None

        def picking(at: int) -> Command:
            words = (mark("Choose the first answer"), mark("Choose the second answer"))[at]
            return Command(f"doubles.pick_{at + 1}", words, partial(self._pick, ("one", "two")[at]), str(at + 1), "differ", ready=ready)

        return (
            Command("doubles.join", mark("They are one"), self._state.join, "Ctrl+Return", "person", ready=ready),
            Command("doubles.apart", mark("They are two people"), self._state.apart, "Alt+T", "people",
                    ready=lambda: ready() and not self._apart.isHidden()),
            Command("doubles.later", mark("Decide later"), self._state.later, "Alt+L", "clock", ready=lambda: self._state.now is not None),
            picking(0),
            picking(1),
            Command("doubles.look", mark("Look again for people registered twice"), self._state.look, "", "search"),
        )

    def _pick(self, whose: str) -> None:
        if self._rows is not None:
            self._rows.pick(whose)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        state = self._state
        self._list.show_cells([
            Cell(one.one.name or one.one.call_name, one.two.name or one.two.call_name, icon="people", key=key_of(one)) for one in state.all
        ])
        alone = state.given is not None
        empty = not alone and not state.all
        self._side.setVisible(not alone and not empty)
        self._work.setVisible(not empty)
        self._empty.setVisible(empty)
        if empty:
            self._show_empty()
        elif state.now is not None:
            self._say_head()

    def _show_empty(self) -> None:
        had = has_keyboard(self._work) or has_keyboard(self._empty)
        clear(self._empty_at)
        self._first = None
        if not self._state.read:
            return
        again = Button(tr("Look again"), "primary", "search", name="doubles_again")
        again.clicked.connect(lambda: self._state.look())
        go = Button(tr("Go to People"), "primary", "people", name="doubles_people")
        go.clicked.connect(lambda: self._shell.open("people"))
        if self._state.stopped:
            self._first = again
            fill(self._empty_at, Empty(tr("The look was stopped"), tr("Nobody was changed. It takes about half a minute for 100,000 people."), again))
        else:
            self._first = go
            second = tr("When two registrations look like one person, they stand here side by side and you decide.")
            fill(self._empty_at, Empty(tr("Nobody seems to be registered twice"), second, go))
        if self.isVisible() and (had or not self._shell.rail.has_keyboard()):
            focus_soon(self._first)

    def _say_head(self) -> None:
        state, now = self._state, self._state.now
        if now is None:
            return
        person = now.plan.kind == "person"
        at = next((n for n, one in enumerate(state.all, 1) if key_of(one) == now.key), 1)
        above = "" if state.given is not None else tr("{at} of {all} to look at", at=digits(str(at)), all=digits(str(len(state.all))))
        second = tr("Everything of both is kept. Choose which answers the lists and papers show.")
        self._head.say(tr("Are these the same person?") if person else tr("Are these the same household?"), second, above)

    def _show_pair(self) -> None:
        now = self._state.now
        had = has_keyboard(self._work)
        clear(self._middle)
        self._rows = None
        if self._may:
            self._failed.say("")
        if now is None:
            if self._state.gone:
                fill(self._middle, Note("info", tr("These two are one by now, or one of them was taken off the list."), "second", "body"), None)
            return
        self._list.choose(now.key)
        self._say_head()
        person = now.plan.kind == "person"
        self._join.say(tr("One person") if person else tr("One household"))
        self._apart.setVisible(person)
        self._later.say(tr("Go back") if self._state.given is not None else tr("Later"))
        self._rows = FieldRows(self._state, enabled=self._may)
        parts: list[Part] = []
        if now.facts:
            notes = [Note(icon, text, tone, "body") for icon, tone, text in (one.shown for one in now.facts)]
            columns = row((col(*notes[0::2], None, gap=4), 1), (col(*notes[1::2], None, gap=4), 1), gap=24)
            parts += [columns, 14, rule(thin=True), 14]
        fill(self._middle, *parts, self._rows, None)
        if self.isVisible() and (had or not (self._shell.rail.has_keyboard() or has_keyboard(self._list))):
            first = self.first_focus()
            if first is not None:
                focus_soon(first)
        self._shell.offer()

    def _show_pick(self) -> None:
        if self._rows is not None:
            self._rows.show_pick()

    def _refused(self, error: UserError) -> None:
        self._failed.say(brief(error), "danger", "warning")
        self._join.setFocus(Qt.FocusReason.OtherFocusReason)
