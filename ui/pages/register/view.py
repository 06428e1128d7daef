"""The arrival card: the form in the middle, who may be the same at the side, three ways on at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.codes import shown as shown_code
from desktop.services.intake import Registered
from ui import dates, present_errors, words
from ui.commands import Command
from ui.forms.sheet import FormSheet, Look
from ui.page import Page
from ui.pages.register.side import SAME_KEY, RegisterSide
from ui.pages.register.state import RegisterState
from ui.present_errors import FailurePanel
from ui.records.sheet_numbers import SheetNote
from ui.shell import Shell, ask_before
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.fields import Search
from ui.widgets.labels import Note, Words
from ui.widgets.layout import box, clear, col, focus_soon, row
from ui.widgets.parts import foot
from ui.words import mark, tr


class RegisterView(Page):
    """Register arrival."""

    help = (
        mark("Write what the person says. Every answer is kept as you type it, also when the power goes."),
        mark("Tab goes to the next question. Alt+A adds somebody who came with them."),
        mark("F4 says why there is no answer: not known, not wanted to say, or not asked."),
        mark("At the right you see people who may be the same one. Open them to compare; the card waits."),
        mark("F6 says that the first of them is the person in front of you. Save makes the two one; F6 again takes it back before."),
        mark("Scan or type the number of a paper form (Ctrl+F): its card opens, and the person gets the number that is on the strip."),
        mark("Leave for later keeps the card. It stands on Today and here at the right until somebody goes on with it."),
    )

    def __init__(self, shell: Shell, state: RegisterState) -> None:
        super().__init__("register", tr("Register arrival"))
        self._shell, self._state = shell, state
        self.sheet: FormSheet | None = None
        self._kept = Note("done", "", "second", wrap=False, name="register_kept")
        self._token_words, self._token = Words(tr("Token"), "body", "second"), Words("", "display")
        self._token.setObjectName("token")
        title = Words(tr("Register arrival"), "title")
        title.setObjectName("page_title")
        self._number = Search(name="register_sheet", hint=tr("Number on a paper form"))
        self._number.setMaximumWidth(210)
        self._sheet_note = SheetNote(shell, "register_sheet")
        self._number.entered.connect(self._enter_sheet)
        self._number.textChanged.connect(self._sheet_typed)
        self._code = Note("paper", "", "good", "body", wrap=False, name="register_code")
        head = row(title, 12, self._code, self._kept, None, self._number, 8, self._token_words, self._token, gap=8, edge=(EDGE, 8, EDGE, 0))
        self._middle = col()
        self._wrong = Note("warning", "", "danger", "body", name="register_wrong")
        self._foot = self._buttons()
        self._same = Note("people", "", "good", "body", name="register_same")
        note = row(self._sheet_note, edge=(EDGE, 4, EDGE, 0))
        main = box(col(head, note, (self._middle, 1), box(col(self._same, self._wrong, gap=2, edge=(EDGE, 0, EDGE, 6))), self._foot))
        self._side = RegisterSide(shell, state)
        self.setLayout(row((main, 1), self._side, gap=0))
        state.loaded.connect(self._show)
        state.filling.kept.connect(self._show_kept)
        state.filling.answered.connect(self._show_kept)
        state.stopped.connect(self._stopped)
        state.saved.connect(self._saved)
        state.busy.connect(self._busy)
        state.twins.changed.connect(self._show_same)
        self._show()

    def _buttons(self) -> QWidget:
        later = Button(tr("Leave for later"), hint="Esc", name="leave_for_later")
        later.clicked.connect(self._leave_for_later)
        away = Button(tr("Throw away"), "quiet", name="throw_away")
        away.clicked.connect(self._throw_away)
        self._away = away
        self._next = Button(tr("Save, next family"), hint="Ctrl+S", name="save_next")
        self._next.clicked.connect(self._save_next)
        self._print = Button(tr("Save and print slip"), "primary", "paper", "Ctrl+P", name="save_print")
        self._print.clicked.connect(self._save_print)
        return foot(later, away, None, self._next, self._print)

    # ---- what the shell asks ----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        self._state.arrive(str(where.get("draft", "")))

    def leave(self) -> None:
        self._state.filling.keep_waiting()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)
        self._side.changed(changes)

    def first_focus(self) -> QWidget | None:
        first = self.sheet.first() if self.sheet is not None else None
        return first.entry.field if first is not None else None

    def back(self) -> bool:
        editing = self._state.filling.editing
        if editing and self._state.filling.opened is not None:
            self._state.filling.edit(next(iter(editing)), "")
            return True
        self._state.leave_for_later()
        return False

    def commands(self) -> Sequence[Command]:
        return (
            Command("register.print", mark("Save and print slip"), self._save_print, "Ctrl+P", "paper", ready=self._ready),
            Command("register.next", mark("Save, next family"), self._save_next, "Ctrl+S", "done", ready=self._ready),
            Command("register.main", mark("Save and print slip"), self._save_print, "Ctrl+Return", "paper", ready=self._ready),
            Command("register.add", mark("Add a person"), self._add, "Alt+A", "plus", ready=self._ready),
            Command("register.silence", mark("Why there is no answer"), self._silence, "F4", "circle", ready=self._ready),
            Command("register.same", mark("This is them, or not them"), self._same_or_not, SAME_KEY, "people", ready=self._may_be_same),
            Command("register.wrong", mark("Go to the next problem"), self._next_wrong, "F8", "warning", ready=self._ready),
            Command("register.sheet", mark("Type the number of a paper form"), self._number.setFocus, "Ctrl+F", "paper"),
            Command("register.away", mark("Throw this card away"), self._throw_away, "", "close", ready=self._ready),
        )

    def _ready(self) -> bool:
        return self._state.filling.opened is not None and not self._state.saving

    # ---- doing ------------------------------------------------------------------------------------------------------

    def _enter_sheet(self) -> None:
        text = self._number.text().strip()
        if text:
            self._sheet_note.look(text, self._sheet_known, always=True)

    def _sheet_known(self) -> None:
        if self._sheet_note.go():
            self._number.clear()

    def _sheet_typed(self, text: str) -> None:
        if not text:
            self._sheet_note.clear()

    def _leave_for_later(self) -> None:
        self._state.leave_for_later()
        self._shell.back()

    def _throw_away(self) -> None:
        if not self._state.filling.touched and not self._state.filling.kept_at:
            self._state.throw_away()
            return
        ask_before(
            self, tr("Throw this card away?"), tr("What was written on it is gone then. Nobody was registered."), tr("Throw it away"),
            self._state.throw_away, danger=True,
        )

    def _save_next(self) -> None:
        self._state.save(printing=False)

    def _save_print(self) -> None:
        self._state.save(printing=True)

    def _add(self) -> None:
        if self.sheet is not None:
            self.sheet.add()

    def _silence(self) -> None:
        at = self.sheet.current() if self.sheet is not None else None
        if at is not None:
            at.open_silences()

    def _may_be_same(self) -> bool:
        return self._ready() and (self._state.twins.same is not None or bool(self._state.twins.found))

    def _same_or_not(self) -> None:
        if self._state.twins.same is not None:
            self._state.not_same()
        else:
            self._state.same()

    def _next_wrong(self) -> None:
        if self.sheet is None:
            return
        self._state.filling.must_be_right("")
        self.sheet.focus_next([path for path, _, _ in self._state.filling.wrong_now()])

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        clear(self._middle)
        self.sheet = None
        state = self._state
        there = state.filling.opened is not None
        self._foot.setVisible(there)
        self._token.setVisible(there)
        code = state.filling.opened.code if state.filling.opened is not None else ""
        self._code.say(tr("Paper form {code}", code=shown_code(code)) if code else "")
        self._token_words.setVisible(there)
        self._wrong.say("")
        self._show_same()
        if state.filling.opened is not None:
            state.filling.form.use_language(self._shell.language)
            self._token.setText(str(state.filling.opened.token))
            self.sheet = FormSheet(state.filling, "", Look(across=16, down=4 if words.language() == "my" else 6), edges=(EDGE, 2, EDGE, 4))
            self._middle.addWidget(self.sheet, 1)
            first = self.first_focus()
            if first is not None and self.isVisible():
                focus_soon(first)
        elif state.fault is not None:
            again = Button(tr("Begin a new card"), "primary", name="begin_again")
            again.clicked.connect(state.begin)
            again.setVisible(self._shell.who.role.writes)
            self._middle.addWidget(box(col(FailurePanel(state.fault, again), edge=(EDGE, 24, EDGE, 0))))
            self._middle.addStretch(1)
        self._show_kept()

    def _show_same(self) -> None:
        same = self._state.twins.same
        self._same.say(tr("Registered before as {name}. Saving makes the two one.", name=same.name) if same is not None else "")

    def _show_kept(self) -> None:
        filling = self._state.filling
        clock = dates.clock(filling.kept_at) if filling.opened is not None else ""
        if filling.fault is not None:
            self._kept.say(tr("Not saved: {why}", why=present_errors.describe(filling.fault).happened), "danger", "warning")
        else:
            self._kept.say(tr("Saved as you type, {time}", time=clock) if clock else "", "second", "done")
        if not self._wrong.isHidden() and filling.opened is not None and not any(severe for _, _, severe in filling.wrong_now()):
            self._wrong.say("")

    def _stopped(self, path: str, text: str) -> None:
        self._wrong.say(tr("Not saved yet. Look at the red line: {what}", what=text))
        if self.sheet is not None:
            self.sheet.focus(path)

    def _saved(self, made: Registered, printing: bool) -> None:
        self._wrong.say("")
        if printing:
            self._shell.open("paper", person=made.person, document="arrival_slip")

    def _busy(self, on: bool) -> None:
        for one in (self._next, self._print, self._away):
            one.setEnabled(not on)
        if self.sheet is not None:
            self.sheet.setEnabled(not on)
