"""Sections at the left, the questions of one page in the middle, what is missing at the right. The long registration of a person, and any other
form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from ui.commands import Command
from ui.forms.scanner import ScannerGuard
from ui.forms.sheet import FormSheet, Look
from ui.page import Kept, Page
from ui.pages.longform.contents import Contents
from ui.pages.longform.ending import Ending
from ui.pages.longform.missing import MissingSide
from ui.pages.longform.opening import Wanted
from ui.pages.longform.state import END, LongformState, Section
from ui.present_errors import FailurePanel
from ui.shell import Shell
from ui.theme.draw import fitting
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import box, clear, col, focus_soon, row
from ui.widgets.parts import Head, foot
from ui.words import mark, tr

_ONLY = {"medic": mark("Only the medic can open this."), "caseworker": mark("Only a caseworker can open this.")}


class LongformView(Page):
    """Any long form."""

    help = (
        mark("Ask section by section. Others can fill other sections at the same time, on this laptop or another."),
        mark("Every answer is kept at once. When you turn to another section, this one is saved to the records."),
        mark("A section with something wrong is not saved yet. F8 leads from one problem to the next."),
        mark("F4 says why there is no answer: not known, not wanted to say, or not asked."),
        mark("Enter leads to the next question. A scanner types into the field that has the keyboard."),
        mark("Ctrl+Z takes back the last answer, also a line that was taken out."),
        mark("A section with a lock belongs to somebody else. What stands in it does not come to this screen."),
    )

    def __init__(self, shell: Shell, state: LongformState) -> None:
        super().__init__("longform", tr("Long registration"))
        self._shell, self._state = shell, state
        self.sheet: FormSheet | None = None
        self._end: Ending | None = None
        self._left = Contents(shell, state)
        self._left.wanted.connect(self._go_to)
        self._head = Head(" ", " ", above=tr("Long registration"))
        self._middle = col()
        self._foot = self._buttons()
        main = box(col(self._head, (self._middle, 1), self._foot))
        self._side = MissingSide(state)
        self._side.wanted.connect(self._next_wrong)
        self.setLayout(row(self._left, (main, 1), self._side, gap=0))
        self._guard = ScannerGuard(self)
        state.loaded.connect(self._show)
        state.turned.connect(self._turned)
        state.marks_changed.connect(self._show_marks)
        for signal in (state.filling.answered, state.filling.checked):
            signal.connect(self._show_marks)
        self._follow_window()
        self._show()

    def _follow_window(self) -> None:
        """The form speaks the language of the window again where it can, once that was changed."""
        opened = self._state.filling.opened
        if opened is not None and any(one.code == self._shell.language for one in opened.form.definition.languages):
            self._state.language = ""

    def _buttons(self) -> QWidget:
        self._earlier = Button(tr("Earlier section"), hint="Alt+Up", name="earlier_section")
        self._earlier.clicked.connect(self._go_earlier)
        self._next = Button(tr("Next section"), "primary", hint="Alt+Down", name="next_section")
        self._next.clicked.connect(self._go_next)
        return foot(self._earlier, None, self._next)

    # ---- what the shell asks ----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        self._state.arrive(Wanted.of(where))

    def leave(self) -> None:
        self._settle()
        self._state.leave()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        first = self.sheet.first() if self.sheet is not None else None
        if first is not None:
            return first.entry.start
        return self._next if self._end is not None else self._left.list

    def back(self) -> bool:
        return self._state.filling.opened is not None and self._state.filling.close_innermost()

    def keep_typed(self) -> Kept:
        """Everything that is typed is in the state, also what the form does not take; words of choices are others in another language."""
        return {name: value for name, value in super().keep_typed().items() if name == "focus"}

    def commands(self) -> Sequence[Command]:
        return (
            Command("longform.next", mark("Next section"), self._go_next, "Alt+Down", "chevron-right", ready=self._ready),
            Command("longform.earlier", mark("Earlier section"), self._go_earlier, "Alt+Up", "chevron-right", ready=self._ready),
            Command("longform.main", mark("Next section"), self._go_next, "Ctrl+Return", "chevron-right", ready=self._ready),
            Command("longform.wrong", mark("Go to the next problem"), self._next_wrong, "F8", "warning", ready=self._ready),
            Command("longform.first", mark("Go to the first problem"), self._first_wrong, "Shift+F8", "warning", ready=self._ready),
            Command("longform.silence", mark("Why there is no answer"), self._silence, "F4", "circle", ready=self._ready),
            Command("longform.guide", mark("How to ask this"), self._guide, "Shift+F1", "help", ready=self._ready),
            Command("longform.add", mark("Add a line"), self._add, "Alt+A", "plus", ready=self._ready),
            Command("longform.find", mark("Find a question"), self._find, "Ctrl+F", "search", ready=self._left.search.isVisible),
            Command("longform.undo", mark("Take back the last answer"), self._undo, "Ctrl+Z", "undo", ready=self._ready),
        )

    def _ready(self) -> bool:
        return self._state.filling.opened is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_marks()

    # ---- doing ------------------------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """What was typed last counts before the page is turned."""
        at = self.sheet.current() if self.sheet is not None else None
        if at is not None:
            at.entry.settle()

    def _go_next(self) -> None:
        self._settle()
        if self._state.section == END:
            self._finish()
        elif not self._state.step(1):
            self._state.finish_section(self._back_to_person)

    def _finish(self) -> None:
        wrong = [path for path, _, severe in self._state.filling.wrong_now() if severe]
        if wrong:
            self._go_to(wrong[0])
        else:
            self._state.finish(self._back_to_person)

    def _back_to_person(self) -> None:
        if self._shell.page is not self:
            return
        person = self._state.person
        if person is not None:
            self._shell.open("person", person=person.id)
        else:
            self._shell.back()

    def _go_earlier(self) -> None:
        self._settle()
        self._state.step(-1)

    def _go_to(self, path: str) -> None:
        """Turn to the page of a question and bring the keyboard to it."""
        sheet = self._state.sheet_of(path)
        if sheet is None:
            return
        self._state.turn(sheet.key)
        if self.sheet is not None:
            self.sheet.focus(path)

    def _next_wrong(self) -> None:
        """The next problem of this page; where it has none, of the pages after it, from the beginning again after the last."""
        state = self._state
        if self.sheet is not None and state.wrong_here():
            for path, _, _ in state.wrong_here():
                state.filling.strict.add(path)
            state.filling.answered.emit()
            self.sheet.focus_next([path for path, _, _ in state.wrong_here()])
            return
        keys = [one.key for one in state.sheets]
        here = keys.index(state.section) if state.section in keys else -1
        wrong = [(keys.index(sheet.key), path) for path, _, _ in state.filling.wrong_now() if (sheet := state.sheet_of(path)) is not None]
        after = [path for at, path in wrong if at > here] or [path for _, path in wrong]
        if after and state.ends:
            self._go_to(after[0])

    def _first_wrong(self) -> None:
        wrong = self._state.filling.wrong_now()
        if wrong:
            self._go_to(wrong[0][0])

    def _undo(self) -> None:
        if self._state.filling.steps.last is None:
            # Not the last save: that may hold a whole section, written long before this form was opened again.
            self._shell.status.busy(tr("There is nothing more to take back here."))
            return
        path = self._state.filling.undo()
        if self._state.sheet_of(path) is not self._state.sheet():
            self._go_to(path)
        elif self.sheet is not None:
            self.sheet.focus(path)

    def _silence(self) -> None:
        at = self.sheet.current() if self.sheet is not None else None
        if at is not None:
            at.open_silences()

    def _guide(self) -> None:
        at = self.sheet.current() if self.sheet is not None else None
        if at is not None:
            at.turn_guidance()

    def _add(self) -> None:
        if self.sheet is not None:
            self.sheet.add()

    def _find(self) -> None:
        self._left.search.setFocus()

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._state
        state.tune()
        if state.filling.opened is not None:
            self.title = state.filling.form.title if state.filling.opened.kept is not None else tr("Long registration")
            self.setAccessibleName(self.title)
            if self._shell.page is self:
                self.window().setWindowTitle(tr("{page} - Waystation", page=self.title))
        self._left.show_form()
        self._turned()

    def _turned(self) -> None:
        state = self._state
        clear(self._middle)
        self.sheet = self._end = None
        self._foot.setVisible(state.filling.opened is not None)
        locked, sheet = state.locked(), state.sheet()
        if locked is not None:
            self._middle.addWidget(_locked(locked))
            self._middle.addStretch(1)
        elif state.filling.opened is not None and state.section == END:
            self._end = Ending(state)
            self._end.wanted.connect(self._go_to)
            self._middle.addWidget(self._end, 1)
        elif state.filling.opened is not None and sheet is not None:
            look = Look(strong=True, down=20)
            self.sheet = FormSheet(state.filling, sheet.parent, look, edges=(EDGE, 6, EDGE, 20), names=sheet.names)
            self._middle.addWidget(self.sheet, 1)
        elif state.fault is not None:
            self._middle.addWidget(box(col(FailurePanel(state.fault), edge=(EDGE, 24, EDGE, 0))))
            self._middle.addStretch(1)
        self._show_marks()
        first = self.first_focus()
        if first is not None and self.isVisible():
            focus_soon(first)

    def _show_marks(self) -> None:
        state = self._state
        sections = state.sections()
        self._left.show_marks(sections)
        paths = [*(one.path for one in sections), *([END] if state.ends else [])]
        at, of = (paths.index(state.section) + 1 if state.section in paths else 0), len(paths)
        label = next((one.label for one in sections if one.path == state.section), tr("All done") if state.section == END else self.title)
        second = tr("Section {at} of {all}", at=at, all=of) if at and state.section != END else ""
        room = max(320, self._head.width() - 2 * EDGE)
        self._head.say(fitting(label, room, 2, "title"), second, fitting(self.title, room, 1, "small") if at else "")
        self._head.title.setToolTip(label)
        self._earlier.setEnabled(at > 1)
        self._next.say(self._words_of_next(at == of))

    def _words_of_next(self, last: bool) -> str:
        state = self._state
        if state.section == END:
            wrong = any(severe for _, _, severe in state.filling.wrong_now())
            return tr("Go to the first one") if wrong else tr("Finish this form")
        if not last:
            return tr("Next section")
        return tr("Save, back to the person") if state.person is not None and not state.filling.reads_only else tr("Back")


def _locked(section: Section) -> QWidget:
    told = tr(_ONLY[section.role.value]) if section.role is not None else tr("This section is locked for you.")
    note = Note("lock", told, "second", "body", name="section_locked")
    more = Words(tr("What stands in it does not come to this screen. Go on with the next section."), "body", "second", wrap=True)
    return box(col(note, 8, more, edge=(EDGE, 12, EDGE, 0)))
