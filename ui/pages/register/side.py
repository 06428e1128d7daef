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
SAME_KEY = "F6"
_SHOWN = 6


def _who(twin: Twin, role: str) -> list[Part]:
    since = tr("{site}, registered {when}", site=twin.site, when=dates.day(twin.arrived)) if twin.site else tr(
        "Registered {when}", when=dates.moment(twin.arrived[:10])
    )
    return [
        Words(twin.name, role, wrap=True), 2, Words(twin.second, "body", "second", wrap=True), Words(since, "small", "hint", wrap=True),
    ]


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
        what = (state.twins.found, state.twins.same, state.last, [(row.id, row.title, row.token) for row in state.others()])
        if what == self._what:
            return
        self._what = what
        clear(self.body)
        parts: list[Part] = []
        same = state.twins.same
        twins = state.twins.found if same is None else ()
        if same is not None:
            parts += [*self._same(same), 24]
        if twins:
            parts += self._twins(twins)
        if state.last is not None and not twins and same is None:
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
        likely = twins[0].likely
        title = tr("This person may already be registered") if likely else tr("Registered with a name like this")
        parts: list[Part] = [row(Mark("people", "warn" if likely else "second"), (Words(title, "heading", wrap=True), 1), gap=8), 14]
        for at, twin in enumerate(twins, 1):
            if at > 1:
                parts += [12, rule(thin=True), 12]
            parts += [*_who(twin, "heading" if at == 1 else "strong"), 6]
            for icon, tone, text in (fact.shown for fact in twin.facts):
                parts += [Note(icon, text, tone, "body"), 3]
            show = Button(tr("Open"), name=f"open_twin_{at}")
            show.setAccessibleName(tr("Open {name}", name=twin.name))
            show.clicked.connect(partial(self._open_person, twin.id))
            same = Button(tr("This is them"), icon="check", hint=SAME_KEY if at == 1 else "", name=f"same_twin_{at}")
            same.setAccessibleName(tr("This is them: {name}", name=twin.name))
            same.clicked.connect(partial(self._say_same, at - 1))
            parts += [7, row(same, show, None)]
        return parts

    def _same(self, twin: Twin) -> list[Part]:
        back = Button(tr("Not them"), icon="undo", hint=SAME_KEY, name="not_same")
        back.clicked.connect(lambda: self._state.not_same())
        show = Button(tr("Open"), name="open_same")
        show.setAccessibleName(tr("Open {name}", name=twin.name))
        show.clicked.connect(partial(self._open_person, twin.id))
        told = tr("When you save, this card becomes part of what is known of them. What was known stays; the card adds what is new.")
        return [
            row(Mark("done", "good"), (Words(tr("Registered before"), "heading", wrap=True), 1), gap=8), 14, *_who(twin, "heading"), 10,
            Words(told, "body", "second", wrap=True), 12, row(back, show, None),
        ]

    def _say_same(self, at: int, _on: bool = False) -> None:
        self._state.same(at)

    def _last(self) -> list[Part]:
        made = self._state.last
        assert made is not None
        show = Button(tr("Open"), name="open_last")
        show.clicked.connect(partial(self._open_person, made.person))
        slip = Button(tr("Print slip"), icon="paper", name="print_last")
        slip.clicked.connect(partial(self._print, made.person))
        before: list[Part] = [Note("people", tr("Made one with who was registered before."), "second", "body"), 8] if made.joined else []
        told = counted(made.people, "Token {token}, {n} person", "Token {token}, {n} people", token=str(made.token))
        return [
            row(Mark("done", "good"), (Words(tr("Registered"), "heading"), 1), gap=8), 8, Words(self._state.last_name, "strong", wrap=True), 2,
            Words(f"{made.code[:4]}-{made.code[4:]}").can_pick(), 2, Words(told, "body", "second"), 12, *before, row(show, slip, None),
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
