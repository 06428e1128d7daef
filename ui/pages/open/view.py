"""The screens before the shell: unlock, the recovery sheet, and the first run in three steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import UserError
from ui import messages, present_errors, words
from ui.commands import Command
from ui.help import HelpBox
from ui.page import Kept, Page
from ui.pages.open.recovering import RecoverForm
from ui.pages.open.state import OpenState
from ui.recovery_sheet import SheetStep
from ui.widgets.buttons import Button
from ui.widgets.fields import Drop, Labelled, Line, Secret
from ui.widgets.labels import Mark, Note, Words
from ui.widgets.layout import Part, box, clear, col, ground, row, rule, scroll
from ui.widgets.lists import RowList
from ui.widgets.parts import foot
from ui.widgets.passphrase import PassphraseChoice
from ui.widgets.rows import Cell
from ui.words import mark, tr

STEPS = (("place", mark("This place and you")), ("passphrase", mark("Your passphrase")), ("sheet", mark("The recovery sheet")))
WIDE = 420


class OpenView(Page):
    """Signals: `language` (F2 or its button)."""

    language = Signal()

    help = (
        mark("Everything on this laptop is locked in one folder. Your passphrase opens it; nobody else can."),
        mark("Letters are shown as dots. The eye at the right of the field shows them."),
        mark("If a passphrase is forgotten, a coordinator can give a new one, or the recovery sheet opens the laptop."),
        mark("After ten minutes without a touch the window locks itself. Nothing you typed is lost."),
    )

    def __init__(self, state: OpenState) -> None:
        super().__init__("open", "Waystation")
        self.state = state
        self._layout: QVBoxLayout = col()
        self.setLayout(self._layout)
        state.moved.connect(self._build)
        state.working.connect(self._working)
        state.failed.connect(self._failed)
        self._enter: Callable[[], None] = lambda: None
        self._refused: Callable[[UserError], None] = lambda _error: None
        self._main: Button | None = None
        self._paused: Button | None = None
        self._focus: QWidget | None = None
        self._build()

    def take_keyboard(self) -> None:
        """Put the keyboard where work begins."""
        if self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_help(self) -> None:
        """F1."""
        keys = [
            Command("open.language", mark("Change the language"), self.language.emit, "F2"),
            Command("open.help", mark("Help for this page"), self.show_help, "F1"),
        ]
        HelpBox(self.window(), tr("Open Waystation"), self.help, keys).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.state.step in ("recover", "passphrase"):
            self.state.go("unlock" if self.state.step == "recover" else "place")
        else:
            super().keyPressEvent(event)

    # ---- common -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        clear(self._layout)
        self._refused = lambda error: present_errors.box(self, error)
        made = {
            "unlock": self._unlock, "recover": self._recover, "place": self._place, "passphrase": self._passphrase, "sheet": self._sheet,
        }[self.state.step]()
        self._layout.addWidget(made)
        QTimer.singleShot(0, self, self.take_keyboard)

    def keep_typed(self) -> Kept:
        kept = super().keep_typed()
        kept.pop("language", None)  # it shows the language that is spoken, which has just changed
        return kept

    def _working(self, said: str) -> None:
        """The button waits while something runs. One that waits for a better answer, or that came with the next step, is left alone."""
        if said and self._main is not None and self._main.isEnabled():
            self._paused = self._main
            self._main.setEnabled(False)
        elif not said:
            if self._paused is not None and self._paused is self._main:
                self._main.setEnabled(True)
            self._paused = None
        self._busy.say(said, "second")

    def _failed(self, error: UserError) -> None:
        self._refused(error)

    def _lights(self) -> QWidget:
        """Language and help, for who does not read the language that is shown."""
        speak = Button(words.NAMES[words.other()], "quiet", "globe", "F2", name="open_language")
        speak.clicked.connect(self.language)
        help_ = Button(tr("Help"), "quiet", hint="F1", name="open_help")
        help_.clicked.connect(self.show_help)
        return box(row(speak, None, help_))

    def _name(self) -> Part:
        return row(Mark("household", "accent", 24), Words("Waystation", "heading"), None, gap=8)

    # ---- a vault is there -------------------------------------------------------------------------------------------

    def _column(self, *parts: Part) -> QWidget:
        whole = box(col(self._name(), 40, *parts), width=WIDE)
        middle = row(None, col(None, whole, None, None), None)
        return box(col((middle, 1), row(self._lights(), edge=(24, 0, 24, 20))), "paper")

    def _unlock(self) -> QWidget:
        secret = Secret(name="passphrase")
        secret.setAccessibleName(tr("Passphrase"))
        secret.setFixedHeight(words.metrics().field + 8)
        caps = Note("warning", "", "warn", name="passphrase_caps")
        secret.caps_lock.connect(lambda on: caps.say(tr("Caps Lock is on.") if on else ""))
        wrong = Note("warning", "", "danger", name="passphrase_problem")
        go = Button(tr("Unlock"), "primary", hint="Enter", name="unlock", tall=True)
        sheet = Button(tr("Use the recovery sheet"), "quiet", name="use_recovery_sheet")
        sheet.clicked.connect(lambda: self.state.go("recover"))

        def enter() -> None:
            if secret.text() and go.isEnabled():
                wrong.say("")
                self.state.unlock(secret.text())

        def refused(error: UserError) -> None:
            told = present_errors.describe(error)
            if error.code == "passphrase.wrong":
                wrong.say(tr("That did not open it. Check Caps Lock and the language of the keyboard."), "danger")
                secret.selectAll()
            else:
                wrong.say(" ".join(part for part in (told.happened, told.means, told.todo.replace("\n", " ")) if part), "danger")
            secret.setFocus()

        secret.textEdited.connect(lambda _text: wrong.say(""))
        secret.returnPressed.connect(enter)
        go.clicked.connect(enter)
        self._main, self._focus, self._refused = go, secret, refused
        self._busy = Note("clock", "", "second", name="open_busy")
        return self._column(
            Words(tr("Type your passphrase"), "title", wrap=True), 16, secret, 8, caps, wrong, 12, row(go, sheet, None), 8, self._busy,
            18, rule(), 14, Words(tr("Everything on this laptop is locked. Nothing here says who uses it."), "small", "hint", wrap=True),
        )

    def _recover(self) -> QWidget:
        back = Button(tr("Back"), hint="Esc", name="back")
        back.clicked.connect(lambda: self.state.go("unlock"))
        form = RecoverForm(self.state, WIDE)
        form.turned.connect(self._build, Qt.ConnectionType.QueuedConnection)  # after the button that was pressed is done with it
        self._main, self._focus, self._refused = form.go, form.first, form.refused
        self._busy = Note("clock", "", "second", name="open_busy")
        return self._column(Words(tr("Use the recovery sheet"), "title", wrap=True), 12, form, 22, row(back, None, form.go), 8, self._busy)

    # ---- the first run ----------------------------------------------------------------------------------------------

    def _step(self, body: QWidget, go: Button, back: Callable[[], None] | None, waits: str = "") -> QWidget:
        """The three steps on the left, one subject on the right, one way on."""
        at = [name for name, _ in STEPS].index(self.state.step)
        cells = []
        for number, (name, text) in enumerate(STEPS):
            icon, tone = ("done", "good") if number < at else ("half", "accent") if number == at else ("circle", "plain")
            role, ink = ("strong", "ink") if number == at else ("body", "ink" if number < at else "ink3")
            cells.append(Cell(tr(text), icon=icon, tone=tone, role=role, ink=ink, key=name))
        steps = RowList(name="steps", label=tr("Steps"), plane="paper", rules=False, inset=2, fit=True)
        steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        steps.setSelectionMode(RowList.SelectionMode.NoSelection)
        steps.show_cells(cells)
        side: list[Part] = [self._name(), 36, steps, None]
        if self.state.step != "sheet":
            practise = Button(tr("Practise with invented people"), icon="people", name="practise")
            practise.clicked.connect(self.state.practise)
            side += [Words(tr("Or look around first:"), "small", "hint"), 4, row(practise, None), 18]
        left = box(row((box(col(*side, self._lights(), edge=(24, 28, 20, 16)), "paper"), 1), rule(upright=True), gap=0), "paper", width=320)
        self._busy = Note("clock", "", "second", "body", name="open_busy")
        self._busy.setMaximumWidth(360)
        first: QWidget = Words(waits or tr("Nothing leaves this laptop. It needs no internet."), "body", "second")
        if back is not None:
            made = Button(tr("Back"), hint="Esc", name="back")
            made.clicked.connect(back)
            first = made
        inner = box(col(body, None, edge=(56, 30, 56, 12)), "surface")
        page = box(col((scroll(inner, "step_scroll"), 1), foot(first, None, self._busy, go, edge=56)), "surface")
        whole = box(row(left, (page, 1), gap=0))
        ground(whole, "surface")
        return whole

    def _place(self) -> QWidget:
        state = self.state
        site = Line(state.site, name="site", width=WIDE, limit=60)
        name = Line(state.name, name="volunteer", width=WIDE, limit=60)
        speak = Drop([(key, text) for key, text in words.NAMES.items()], name="language", current=words.language(), width=200)
        speak.picked.connect(lambda key: self.language.emit() if key != words.language() else None)
        where = Line(tr("Waystation (on this laptop)") if state.usual_place else str(state.folder), name="folder", width=WIDE)
        where.setReadOnly(True)
        other = Button(tr("Another place…"), "quiet", name="another_place")
        other.clicked.connect(lambda: messages.choose_folder(self, tr("Where to keep the folder"), self._other_place))
        go = Button(tr("Go on"), "primary", hint="Enter", name="go_on")
        asked = (
            Labelled(tr("Name of this place"), site, help=tr("Other sites will see it. A nickname is safer than a map name.")),
            Labelled(tr("Your name here"), name, help=tr("Only volunteers of this laptop see it.")),
        )

        def enter() -> None:
            state.site, state.name = site.text().strip(), name.text().strip()
            asked[0].wrong("" if state.site else tr("Write a name for this place. It can be changed later."))
            asked[1].wrong("" if state.name else tr("Write the name that the other volunteers here know."))
            for one in asked:
                if one.problem():
                    one.field.setFocus()
                    return
            state.go("passphrase")

        site.returnPressed.connect(name.setFocus)
        name.returnPressed.connect(enter)
        go.clicked.connect(enter)
        self._main, self._focus = go, site if not state.site else name
        body = box(col(
            Words(tr("Set up this laptop for your reception site"), "title", wrap=True), 6,
            Words(tr("Everything you write will be locked in one folder. It takes about three minutes."), "body", "second", wrap=True), 26,
            asked[0], 14, asked[1], 14, Labelled(tr("Language"), speak), 14, Labelled(tr("Where to keep the folder"), where, beside=other),
        ))
        return self._step(body, go, None)

    def _other_place(self, chosen: Path) -> None:
        site, name = self.findChild(Line, "site"), self.findChild(Line, "volunteer")
        if site is not None and name is not None:
            self.state.site, self.state.name = site.text(), name.text()
        self.state.choose_place(chosen)

    def _passphrase(self) -> QWidget:
        chosen = PassphraseChoice("new_passphrase", self.state.measure, self.state.suggest, width=WIDE)
        go = Button(tr("Go on"), "primary", hint="Enter", name="go_on")
        go.setEnabled(False)

        def enter() -> None:
            if chosen.text() and go.isEnabled():
                self.state.create(chosen.text())

        def refused(error: UserError) -> None:
            if error.code.startswith("passphrase."):
                chosen.wrong(present_errors.brief(error))
            else:
                present_errors.box(self, error)

        chosen.ready.connect(go.setEnabled)
        chosen.entered.connect(enter)
        go.clicked.connect(enter)
        self._main, self._focus, self._refused = go, chosen.first, refused
        body = box(col(
            Words(tr("Choose your passphrase"), "title", wrap=True), 6,
            Words(tr("Four or five words that you can remember and nobody can guess. Burmese or English, both are good."),
                  "body", "second", wrap=True), 26,
            chosen, 20,
            Note("warning", tr("Nobody can look it up for you. If it is forgotten, the recovery sheet of the next step is the only way in."),
                 "warn", "body"),
        ))
        return self._step(body, go, lambda: self.state.go("place"))

    def _sheet(self) -> QWidget:
        go = Button(tr("Open Waystation"), "primary", hint="Enter", name="open_waystation")
        go.setEnabled(False)
        assert self.state.sheet is not None, "a sheet is shown when one was made"
        step = SheetStep(self.state.sheet, self.state.jobs)
        step.ready.connect(go.setEnabled)
        step.entered.connect(lambda: self.state.finish_sheet() if go.isEnabled() else None)
        go.clicked.connect(self.state.finish_sheet)
        self._main, self._focus = go, step
        return self._step(step, go, None, tr("The sheet is shown only now."))

