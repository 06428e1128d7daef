"""Next steps and notes: what is to be done until when and by whom, and what was written down, each with who may read it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.folders import Folder
from desktop.services.notes import NoteRow
from desktop.services.steps import StepRow
from ui import dates, words
from ui.folder_names import folder_name
from ui.pages.person.state import PersonState
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import ChipLabel, Words
from ui.widgets.layout import Part, box, col, row, rule, show_if
from ui.widgets.lists import CellTable
from ui.widgets.rows import Cell, Chip
from ui.words import tr

ICONS = {Folder.RECEPTION: "people", Folder.CONTACTS: "lock", Folder.HEALTH: "medical"}


_ROWS = 5  # steps that are seen at once: what is done with them, and the notes, stay within reach


def due_words(step: StepRow) -> str:
    """Until when, as a person reads it; "" without a day."""
    return dates.day(step.due) if step.due else ""


def step_chips(step: StepRow) -> tuple[Chip, ...]:
    """Whether it is late or done, and whether two sites wrote different things."""
    differ = (Chip(tr("2 answers"), "warn", "differ"),) if step.differs else ()
    if step.done:
        return (Chip(tr("done"), "good", "done"), *differ)
    return (Chip(tr("late"), "danger", "clock"), *differ) if step.late else differ


class NotesTab(QWidget):
    """The whole tab, for the state as it is when it is made."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        self._state = state
        self._steps = state.page.steps if state.page is not None else ()
        notes = state.page.notes if state.page is not None else ()
        self.setLayout(col(*self._steps_part(), 26, *self._notes_part(notes), None, edge=(EDGE, 16, EDGE, 20)))

    # ---- next steps --------------------------------------------------------------------------------------------------

    def _steps_part(self) -> list[Part]:
        my = words.language() == "my"
        add = Button(tr("Add a step"), "primary", "plus", "Alt+S", name="add_step")
        add.clicked.connect(lambda: self._state.begin("step"))
        add.setEnabled(self._state.writes)
        said = tr("Next steps, {count} in all", count=len(self._steps)) if len(self._steps) > _ROWS else tr("Next steps")
        parts: list[Part] = [Words(said, "heading"), 6]
        if not self._steps:
            return [*parts, Words(tr("Nothing is to be done yet."), "body", "hint"), 10, row(add, None)]
        heads = (tr("What is to be done"), tr("Until"), tr("Who does it"), "")
        self._table = CellTable(heads, (0, 190 if my else 160, 190 if my else 170, 210 if my else 190), name="steps", label=tr("Next steps"), fit=True, most=_ROWS)
        self._table.show_lines([self._step(one, at) for at, one in enumerate(self._steps)])
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(lambda _key: self._change_step())
        self._done = Button(tr("It is done"), "normal", "done", name="finish_step")
        self._done.clicked.connect(self.finish)
        self._change = Button(tr("Change"), icon="pencil", name="change_step")
        self._change.clicked.connect(self._change_step)
        self._off = Button(tr("Take off"), "quiet", "close", name="take_off_step")
        self._off.clicked.connect(self._take_off_step)
        self._differ = Button(tr("Choose which is right"), icon="differ", name="differ_step", small="warn")
        self._differ.clicked.connect(self._settle_step)
        self._table.choose_row(min(self._state.records.step_at, len(self._steps) - 1))
        QTimer.singleShot(0, self._table, self._scroll_back)
        self._look()
        return [*parts, self._table, 12, row(add, self._done, self._change, self._off, self._differ, None)]

    def _scroll_back(self) -> None:
        """To where the steps were scrolled before they were read anew; the chosen one is in sight."""
        records, bar = self._state.records, self._table.verticalScrollBar()
        bar.setValue(records.steps_down)
        self._table.scrollTo(self._table.currentIndex())
        records.steps_down = bar.value()
        bar.valueChanged.connect(records.scrolled)

    def _step(self, one: StepRow, at: int) -> list[Cell]:
        told = tr("{who}, {when}", who=one.done_by, when=dates.moment(one.done_at)) if one.done else ""
        folder = (Chip(folder_name(one.ref.folder), "plain", ICONS[one.ref.folder]),) if one.ref.folder is not Folder.RECEPTION else ()
        ink = "ink3" if one.done else "ink"
        return [
            Cell(one.what, told, ink=ink, key=at), Cell(due_words(one), ink=ink), Cell(one.who_name or tr("Nobody yet"), ink=ink if one.who else "ink3"),
            Cell(chips=(*step_chips(one), *folder)),
        ]

    def _chosen(self) -> StepRow | None:
        at = self._table.current() if self._steps else None
        return self._steps[at] if isinstance(at, int) and at < len(self._steps) else None

    def _choose(self, at: object) -> None:
        self._state.records.step_at = at if isinstance(at, int) else 0
        self._look()

    def _look(self) -> None:
        step = self._chosen()
        for button in (self._done, self._change, self._off):
            button.setEnabled(step is not None and self._state.writes)
        show_if(self._differ, step is not None and bool(step.differs))
        self._done.say(tr("It waits again") if step is not None and step.done else tr("It is done"))

    def finish(self) -> None:
        """The chosen step is done; one that was done waits again."""
        step = self._chosen()
        if step is not None:
            self._state.records.finish(step.ref, done=not step.done)

    def _change_step(self) -> None:
        step = self._chosen()
        if step is not None:
            self._state.begin("step", step.ref.record, step.ref.folder)

    def _settle_step(self) -> None:
        step = self._chosen()
        if step is not None:
            self._state.shell.open("answers", record=step.ref.record, field=step.differs)

    def _take_off_step(self) -> None:
        step = self._chosen()
        if step is not None:
            self._state.records.take_off("step", step.ref)

    # ---- notes -------------------------------------------------------------------------------------------------------

    def _notes_part(self, notes: tuple[NoteRow, ...]) -> list[Part]:
        write = Button(tr("Write a note"), "normal", "pencil", "Alt+W", name="write_note")
        write.clicked.connect(lambda: self._state.begin("note"))
        write.setEnabled(self._state.writes)
        parts: list[Part] = [Words(tr("Notes"), "heading"), 8, row(write, None), 14]
        for at, one in enumerate(notes, 1):
            parts += [self._note(one, at), 12, rule(thin=True), 12]
        first = self._state.page.fields.get("note") if self._state.page is not None else None
        if first is not None and isinstance(first.value, str):
            when = tr("{who}, {when}", who=first.author, when=dates.moment(first.at))
            parts += [Words(first.value, wrap=True), 4, Words(tr("Written on the card: {who}", who=when), "small", "hint", wrap=True)]
        elif not notes:
            parts.append(Words(tr("No note yet. Who may read one is chosen when it is written."), "body", "hint", wrap=True))
        return parts

    def _note(self, one: NoteRow, at: int) -> QWidget:
        change = Button(tr("Change"), "quiet", "pencil", name=f"change_note_{at}")
        change.setAccessibleName(tr("Change the note: {note}", note=one.text[:60]))
        change.clicked.connect(partial(self._change_note, one))
        off = Button(tr("Take off"), "quiet", "close", name=f"take_off_note_{at}")
        off.setAccessibleName(tr("Take off the note: {note}", note=one.text[:60]))
        off.clicked.connect(partial(self._take_off_note, one))
        for button in (change, off):
            button.setEnabled(self._state.writes)
        chips: list[QWidget] = [ChipLabel(folder_name(one.ref.folder), "plain", ICONS[one.ref.folder])]
        if one.important:
            chips.insert(0, ChipLabel(tr("Everybody must read it"), "warn", "warning"))
        if one.others:
            differ = Button(tr("2 answers"), icon="differ", name=f"differ_note_{at}", small="warn")
            differ.setAccessibleName(tr("{field}: two different answers", field=one.text[:60]))
            differ.clicked.connect(partial(self._settle, one))
            chips.append(differ)
        when = Words(tr("{who}, {when}", who=one.author, when=dates.moment(one.at)), "small", "hint")
        text = Words(one.text, wrap=True)
        text.setObjectName(f"note_{at}")
        return box(col(text, 6, row(*chips, when, None, change, off, gap=8)))

    def _change_note(self, one: NoteRow, _on: bool = False) -> None:
        self._state.begin("note", one.ref.record, one.ref.folder)

    def _take_off_note(self, one: NoteRow, _on: bool = False) -> None:
        self._state.records.take_off("note", one.ref)

    def _settle(self, one: NoteRow, _on: bool = False) -> None:
        self._state.shell.open("answers", record=one.ref.record, field="text")
