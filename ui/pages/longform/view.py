"""Sections at the left, the questions of one in the middle, what is missing at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.ids import RecordId, Stamp
from ui.commands import Command
from ui.forms.sheet import FormSheet, Look
from ui.page import Page
from ui.pages.longform.missing import MissingSide
from ui.pages.longform.state import LongformState, Section
from ui.present_errors import FailurePanel
from ui.shell import Shell
from ui.theme import burmese
from ui.theme.draw import width_of
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import box, clear, col, focus_soon, row
from ui.widgets.lists import RowList
from ui.widgets.parts import Head, SidePanel, foot
from ui.widgets.rows import Cell
from ui.words import mark, tr

_MARKS = {"done": ("done", "good"), "problem": ("warning", "danger"), "half": ("half", "accent"), "empty": ("circle", "plain"), "locked": ("lock", "plain")}
_ROLES = {"medic": mark("medic"), "caseworker": mark("caseworker")}
_ONLY = {"medic": mark("Only the medic can open this."), "caseworker": mark("Only a caseworker can open this.")}
_LEFT = 258


class LongformView(Page):
    """Long registration."""

    help = (
        mark("Ask section by section. Others can fill other sections at the same time, on this laptop or another."),
        mark("Every answer is kept at once. When you turn to another section, this one is saved to the records."),
        mark("A section with something wrong is not saved yet. F8 leads from one problem to the next."),
        mark("F4 says why there is no answer: not known, not wanted to say, or not asked."),
        mark("A section with a lock belongs to somebody else. What stands in it does not come to this screen."),
    )

    def __init__(self, shell: Shell, state: LongformState) -> None:
        super().__init__("longform", tr("Long registration"))
        self._shell, self._state = shell, state
        self.sheet: FormSheet | None = None
        self._name, self._code = Words("", "strong", wrap=True), Words("", "small", "second")
        self._name.setObjectName("longform_person")
        self._count = Words("", "small", "second")
        self._list = RowList(name="sections", label=tr("Sections"), plane="paper", inset=10, rules=False, fit=True)
        self._cells: list[Cell] = []
        self._list.opened.connect(lambda key: state.turn(str(key)))
        left = SidePanel("longform_sections", _LEFT, side="left")
        left.body.setContentsMargins(8, 18, 8, 8)
        left.fill(box(col(self._name, self._code, 6, self._count, edge=(6, 0, 0, 0))), 8, self._list, None)
        left.foot.addWidget(Words(tr("Others can fill other sections at the same time."), "small", "hint", wrap=True))
        self._head = Head(" ", " ", above=tr("Long registration"))
        self._middle = col()
        self._foot = self._buttons()
        main = box(col(self._head, (self._middle, 1), self._foot))
        self._side = MissingSide(state, self._next_wrong)
        self.setLayout(row(left, (main, 1), self._side, gap=0))
        state.loaded.connect(self._show)
        state.turned.connect(self._turned)
        state.marks_changed.connect(self._show_marks)
        for signal in (state.filling.answered, state.filling.checked):
            signal.connect(self._show_marks)
        self._show()

    def _buttons(self) -> QWidget:
        self._earlier = Button(tr("Earlier section"), hint="Alt+Up", name="earlier_section")
        self._earlier.clicked.connect(self._go_earlier)
        self._next = Button(tr("Next section"), "primary", hint="Alt+Down", name="next_section")
        self._next.clicked.connect(self._go_next)
        return foot(self._earlier, None, self._next)

    # ---- what the shell asks ----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        person = where.get("person")
        self._state.arrive(RecordId(*person) if isinstance(person, Stamp) else None, str(where.get("draft", "")))

    def leave(self) -> None:
        self._state.leave()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        first = self.sheet.first() if self.sheet is not None else None
        return first.entry.field if first is not None else self._list

    def back(self) -> bool:
        editing = self._state.filling.editing
        if editing and self._state.filling.opened is not None:
            self._state.filling.edit(next(iter(editing)), "")
            return True
        return False

    def commands(self) -> Sequence[Command]:
        return (
            Command("longform.next", mark("Next section"), self._go_next, "Alt+Down", "chevron-right", ready=self._ready),
            Command("longform.earlier", mark("Earlier section"), self._go_earlier, "Alt+Up", "chevron-right", ready=self._ready),
            Command("longform.main", mark("Next section"), self._go_next, "Ctrl+Return", "chevron-right", ready=self._ready),
            Command("longform.wrong", mark("Go to the next problem"), self._next_wrong, "F8", "warning", ready=self._ready),
            Command("longform.silence", mark("Why there is no answer"), self._silence, "F4", "circle", ready=self._ready),
            Command("longform.add", mark("Add a person"), self._add, "Alt+A", "plus", ready=self._ready),
        )

    def _ready(self) -> bool:
        return self._state.filling.opened is not None

    # ---- doing ------------------------------------------------------------------------------------------------------

    def _go_next(self) -> None:
        if not self._state.step(1):
            self._state.finish_section(self._back_to_person)

    def _back_to_person(self) -> None:
        person = self._state.person
        if person is not None and self._shell.page is self:
            self._shell.open("person", person=person.id)

    def _go_earlier(self) -> None:
        self._state.step(-1)

    def _next_wrong(self) -> None:
        if self.sheet is None:
            return
        self._state.filling.must_be_right(self._state.section)
        self.sheet.focus_next([path for path, _, _ in self._state.filling.wrong_now(self._state.section)])

    def _silence(self) -> None:
        at = self.sheet.current() if self.sheet is not None else None
        if at is not None:
            at.open_silences()

    def _add(self) -> None:
        if self.sheet is not None:
            self.sheet.add()

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._state
        if state.filling.opened is not None:
            state.filling.form.use_language(self._shell.language)
        if state.person is not None:
            self._name.setText(state.person.name)
            self._code.setText(f"{state.person.code[:4]}-{state.person.code[4:]}")
        self._turned()

    def _turned(self) -> None:
        state = self._state
        clear(self._middle)
        self.sheet = None
        self._foot.setVisible(state.filling.opened is not None)
        locked = state.locked()
        if locked is not None:
            self._middle.addWidget(_locked(locked))
            self._middle.addStretch(1)
        elif state.filling.opened is not None and state.section:
            self.sheet = FormSheet(state.filling, state.section, Look(strong=True, down=20), edges=(EDGE, 6, EDGE, 20))
            self._middle.addWidget(self.sheet, 1)
        elif state.fault is not None:
            self._middle.addWidget(box(col(FailurePanel(state.fault), edge=(EDGE, 24, EDGE, 0))))
            self._middle.addStretch(1)
        self._show_marks()
        first = self.first_focus()
        if first is not None and self.isVisible():
            focus_soon(first)

    def _show_marks(self) -> None:
        sections = self._state.sections()
        done = sum(1 for one in sections if one.state == "done")
        self._count.setText(tr("{done} of {all} sections done", done=done, all=len(sections)) if sections else "")
        cells = [_cell(one) for one in sections]
        if cells != self._cells:
            self._cells = cells
            self._list.show_cells(cells)
        self._list.choose(self._state.section)
        at, of = self._state.place()
        label = next((one.label for one in sections if one.path == self._state.section), tr("Long registration"))
        second = tr("Section {at} of {all}", at=at, all=of) if at else ""
        self._head.say(label, second, tr("Long registration") if at else "")
        self._earlier.setEnabled(at > 1)
        last = at == of
        self._next.say(tr("Save, back to the person") if last else tr("Next section"))


def _cell(one: Section) -> Cell:
    icon, tone = _MARKS[one.state]
    if one.state == "locked":
        right = tr(_ROLES[one.role.value]) if one.role is not None else ""
    else:
        right = str(one.asked) if one.answered == one.asked else f"{one.answered}/{one.asked}"
    first, second = _broken(one.label, right)
    return Cell(first, second, icon=icon, tone=tone, right=right, ink="ink3" if one.state == "locked" else "ink", key=one.path)


def _broken(label: str, right: str) -> tuple[str, str]:
    """The words of a section in one line, or in two where they do not fit beside the number."""
    room = _LEFT - 80 - width_of(right)
    if width_of(label) <= room:
        return label, ""
    lines = burmese.lines(label, room, width_of) if burmese.is_burmese(label) else _by_words(label, room)
    return lines[0].strip(), " ".join(line.strip() for line in lines[1:])


def _by_words(label: str, room: int) -> list[str]:
    words = label.split(" ")
    fits = max((at for at in range(1, len(words)) if width_of(" ".join(words[:at])) <= room), default=1)
    return [" ".join(words[:fits]), " ".join(words[fits:])]


def _locked(section: Section) -> QWidget:
    told = tr(_ONLY[section.role.value]) if section.role is not None else tr("This section is locked for you.")
    note = Note("lock", told, "second", "body", name="section_locked")
    more = Words(tr("What stands in it does not come to this screen. Go on with the next section."), "body", "second", wrap=True)
    return box(col(note, 8, more, edge=(EDGE, 12, EDGE, 0)))
