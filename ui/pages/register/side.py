"""Beside the card: who may be the same person, who was registered just now, and cards left for later."""

from __future__ import annotations

from functools import partial

from desktop.domain.changes import Changes
from desktop.domain.ids import RecordId
from ui import dates
from ui.pages.register.state import RegisterState
from ui.pages.register.twins import Twin
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.labels import Mark, Note, Words
from ui.widgets.layout import Part, clear, col, fill, row, rule
from ui.widgets.lists import RowList
from ui.widgets.parts import SidePanel
from ui.widgets.rows import Cell
from ui.words import counted, tr

WIDTH = 312
_SHOWN = 6


class RegisterSide(SidePanel):
    """It grows while somebody types and never takes the keyboard."""

    def __init__(self, shell: Shell, state: RegisterState) -> None:
        super().__init__("register_side", WIDTH)
        self._shell, self._state = shell, state
        self._calm = Words(tr("You can go on and decide later. Nothing is lost."), "small", "hint", wrap=True)
        self.foot.addWidget(self._calm)
        state.twins.changed.connect(self._show)
        state.drafts_changed.connect(self._show)
        state.loaded.connect(self._show)
        self._what: object = None
        self._show()

    def changed(self, changes: Changes) -> None:
        """Somebody was registered or changed: the drafts are read by the state itself."""
        if "person" in changes.kinds:
            self._show()

    def _show(self) -> None:
        state = self._state
        what = (state.twins.found, state.last, [(row.id, row.title, row.token) for row in state.others()])
        if what == self._what:
            return
        self._what = what
        clear(self.body)
        parts: list[Part] = []
        twins = state.twins.found
        if twins:
            parts += self._twins(twins)
        if state.last is not None and not twins:
            parts += [*self._last(), 24]
        if state.others():
            parts += [*([24] if twins else []), *self._drafts()]
        if not parts:
            parts = self._nothing()
        self._calm.setVisible(bool(twins))
        fill(self.body, *parts, None)

    def _nothing(self) -> list[Part]:
        return [
            Words(tr("While you type"), "heading"), 8,
            Words(tr("People who may already be registered come up here."), "body", "second", wrap=True), 16,
            Note("info", tr("Never ask about places, strength or plans."), "second", "body"), 8,
            Note("circle", tr("F4 says why there is no answer."), "second", "body"),
        ]

    def _twins(self, twins: tuple[Twin, ...]) -> list[Part]:
        head = row(Mark("people", "warn"), (Words(tr("This person may already be registered"), "heading", wrap=True), 1), gap=8)
        parts: list[Part] = [head, 14]
        for at, twin in enumerate(twins, 1):
            if at > 1:
                parts += [12, rule(thin=True), 12]
            since = tr("{site}, registered {when}", site=twin.site, when=dates.day(twin.arrived)) if twin.site else tr(
                "Registered {when}", when=dates.moment(twin.arrived[:10])
            )
            parts += [Words(twin.name, "heading" if at == 1 else "strong", wrap=True), 2, Words(twin.second, "body", "second", wrap=True)]
            parts += [Words(since, "small", "hint", wrap=True), 6]
            for icon, tone, text in (fact.shown for fact in twin.facts):
                parts += [Note(icon, text, tone, "body"), 3]
            show = Button(tr("Open"), name=f"open_twin_{at}")
            show.setAccessibleName(tr("Open {name}", name=twin.name))
            show.clicked.connect(partial(self._open_person, twin.id))
            parts += [7, row(show, None)]
        return parts

    def _last(self) -> list[Part]:
        made = self._state.last
        assert made is not None
        show = Button(tr("Open"), name="open_last")
        show.clicked.connect(partial(self._open_person, made.person))
        slip = Button(tr("Print slip"), icon="paper", name="print_last")
        slip.clicked.connect(partial(self._print, made.person))
        told = counted(made.people, "Token {token}, {n} person", "Token {token}, {n} people", token=str(made.token))
        return [
            row(Mark("done", "good"), (Words(tr("Registered"), "heading"), 1), gap=8), 8, Words(self._state.last_name, "strong", wrap=True), 2,
            Words(f"{made.code[:4]}-{made.code[4:]}").can_pick(), 2, Words(told, "body", "second"), 12, row(show, slip, None),
        ]

    def _drafts(self) -> list[Part]:
        others = self._state.others()
        cells = [
            Cell(
                one.title or tr("No name yet"), tr("Token {token}, {when}", token=str(one.token), when=dates.moment(one.at)), icon="pencil",
                link=True, key=one.id,
            )
            for one in others[:_SHOWN]
        ]
        shown = RowList(name="register_drafts", label=tr("Left for later"), plane="paper", inset=4, tall=True, fit=True)
        shown.show_cells(cells)
        shown.opened.connect(lambda key: self._shell.open("register", draft=str(key)))
        return [Words(tr("Left for later"), "heading"), 8, col(shown)]

    def _open_person(self, person: RecordId, _on: bool = False) -> None:
        self._shell.open("person", person=person)

    def _print(self, person: RecordId, _on: bool = False) -> None:
        self._shell.open("paper", person=person, document="arrival_slip")
