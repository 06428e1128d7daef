"""The recovery sheet, while its code is still known: print it, save it or copy it by hand, then type two groups back.

Used by the first run and by the settings.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import messages
from ui.code_groups import SIZE, Group, Sheet, groups
from ui.jobs import Jobs
from ui.theme import draw
from ui.theme.tokens import C
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Labelled, Line
from ui.widgets.labels import Note, Words
from ui.widgets.layout import clear, col, row
from ui.words import digits, tr

if TYPE_CHECKING:
    from desktop.services.papers import Paper
    from desktop.services.printers import Printer


class SheetPicture(QWidget):
    """The sheet in small. The characters are covered: somebody may look over the shoulder."""

    def __init__(self, groups: int, divided: bool) -> None:
        super().__init__()
        self._groups, self._divided = groups, divided
        self.setFixedSize(230, 325)
        self.setAccessibleName(tr("The recovery sheet"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(C.line2))
        painter.setBrush(QColor(C.surface))
        if self._divided:  # the pages of the two other parts, behind
            for shift in (0, 6):
                painter.drawRect(self.rect().adjusted(12 - shift, shift, -1 - shift, -13 + shift))
            painter.translate(0, 12)
        painter.drawRect(self.rect().adjusted(0, 0, -13 if self._divided else -1, -13 if self._divided else -1))
        draw.text(painter, QRect(22, 20, 190, 24), tr("Recovery sheet"), "smallstrong")
        painter.fillRect(22, 50, 186, 1, QColor(C.line2))
        for at in range(self._groups):
            left, top = 22 + (at % 2) * 98, 68 + (at // 2) * 36
            draw.text(painter, QRect(left, top, 22, 18), str(at + 1), "small", C.ink3)
            painter.fillRect(left + 24, top + 5, 58, 8, QColor(C.line2))
        for at in range(3):
            painter.fillRect(22, 246 + at * 16, (186, 170, 120)[at], 5, QColor(C.line))
        painter.end()


class SheetStep(QWidget):
    """Signals: `ready(on)` when both groups are right, `entered` on Enter in the second. `printer`: the one that was chosen, None for the
    system's dialog; `size`: of the paper."""

    ready = Signal(bool)
    entered = Signal()

    def __init__(
        self, sheet: Sheet, jobs: Jobs, *, title: bool = True, printer: Callable[[], Printer | None] = lambda: None, size: str = "A4",
    ) -> None:
        super().__init__()
        self._sheet, self._jobs, self._title, self._printer, self._size = sheet, jobs, title, printer, size
        self._layout = col()
        self.setLayout(self._layout)
        self._build()

    def _build(self) -> None:
        clear(self._layout)
        sheet = self._sheet
        self._told = Note("done", "", "good", "body", name="sheet_told")
        self._print = Button(tr("Print"), icon="paper", name="sheet_print")
        self._print.clicked.connect(self._print_it)
        self.setFocusProxy(self._print)
        save = Button(tr("Save as a file…"), name="sheet_save")
        save.clicked.connect(lambda: self._look_first(tr("Save as a file…"), self._ask_save))
        by_hand = Button(tr("Copy it by hand"), "quiet", name="sheet_by_hand")
        by_hand.clicked.connect(self._by_hand)
        self._fields = tuple(Line(name=f"group_{at}", width=180, limit=12) for at in (1, 2))
        self._questions = tuple(Labelled(_asked(group), field) for group, field in zip(sheet.asked, self._fields))
        self._verdict = Note("check", "", "good", name="sheet_verdict")
        for field in self._fields:
            field.textChanged.connect(self._look)
        self._fields[0].returnPressed.connect(self._fields[1].setFocus)
        self._fields[1].returnPressed.connect(self.entered)
        kept = tr("Give each part to another person. Never keep two of them together.") if sheet.divided else tr(
            "Keep it in a locked place, not with this laptop. Best with somebody else."
        )
        beside = col(
            row(self._print, save, by_hand, None), 10, self._told, 18,
            Words(tr("Type two of its groups back"), "strong", wrap=True), 4,
            Words(tr("So that we both know the paper can be read."), "body", "second", wrap=True), 12,
            row(*(col(one, None) for one in self._questions), None, gap=16), 6, self._verdict, 18,
            Note("cupboard", kept, "second", "body"), None,
        )
        what = tr("Three pages. Any two of them open this laptop when a passphrase is forgotten; one alone says nothing.") if sheet.divided else tr(
            "One page with eight groups of four characters. With it you can open this laptop when a passphrase is forgotten."
        )
        head = (
            Words(tr("Print the recovery sheet"), "title", wrap=True), 6,
            Words(what, "body", "second", wrap=True), 16,
        )
        ways = Choices(
            (("one", tr("One sheet")), ("parts", tr("Three parts, any two open it"))), name="sheet_ways", label=tr("The recovery sheet"),
            chosen=("parts" if sheet.divided else "one",),
        )
        ways.picked.connect(self._divide)
        picture = SheetPicture(len(groups(sheet.code)), sheet.divided)
        self._layout.addLayout(col(*(head if self._title else ()), ways, 20, row(picture, (beside, 1), gap=36)))

    def _divide(self, chosen: set[str]) -> None:
        self._sheet.divide("parts" in chosen)
        self.ready.emit(False)
        QTimer.singleShot(0, self, self._built_anew)  # after the button that was pressed is done with it

    def _built_anew(self) -> None:
        self._build()
        found = self.findChild(QWidget, "sheet_ways_parts" if self._sheet.divided else "sheet_ways_one")
        if isinstance(found, QWidget):
            found.setFocus()

    def _look(self) -> None:
        right = [group.right(field.text()) for group, field in zip(self._sheet.asked, self._fields)]
        for question, field, good in zip(self._questions, self._fields, right):
            question.wrong(tr("Not the same as on the sheet.") if len(field.text().replace(" ", "").replace("-", "")) >= SIZE and not good else "")
        number = next((digits(str(group.number)) for group, good in zip(self._sheet.asked, right) if good), "")
        said = tr("Both are right.") if all(right) else tr("Group {number} is right.", number=number) if number else ""
        self._verdict.say(said, "good")
        self.ready.emit(all(right))

    def _print_it(self) -> None:
        from ui.printing import print_direct, print_paper

        def printed(_copies: int) -> None:
            time = datetime.now().strftime("%H:%M")
            self._told.say(tr("Printed {time}. Waystation keeps no copy of it. Some printers do: use one you trust.", time=time), "good", "done")
            self._print.say(tr("Print again"))
            self._fields[0].setFocus()

        def go(paper: Paper) -> None:
            printer = self._printer()
            if printer is not None:
                print_direct(self, self._jobs, printer, paper, printed, size=self._size)
            else:
                print_paper(self, self._jobs, paper, printed, size=self._size)

        self._look_first(tr("Print"), go)

    def _look_first(self, words: str, go: Callable[[Paper], None]) -> None:
        """The page as it will be, and `go` with it when it was seen."""
        from ui.look_first import LookFirst

        def made(paper: Paper) -> None:
            warning = tr("Nobody but you should see this page.")
            LookFirst(self, self._jobs, paper, words, lambda: go(paper), warning=warning).open()

        self._jobs.submit(self, lambda _progress: self._paper(), made, aside=True)

    def _ask_save(self, paper: Paper) -> None:
        answers = (messages.Answer("save", tr("Save it"), "danger"), messages.Answer("", tr("Go back")))
        text = tr(
            "Whoever finds this file can open everything on this laptop. Save it on a stick only, print it elsewhere, and then delete the file."
        )
        messages.ask(
            self, tr("The file will not be locked"), text,
            answers, lambda answer: self._save(paper) if answer == "save" else None, icon="warning", tone="warn",
        )

    def _save(self, paper: Paper) -> None:
        from desktop.services import papers

        def written(_none: None) -> None:
            self._told.say(tr("Saved. Delete the file when it is printed."), "warn", "warning")
            self._fields[0].setFocus()

        def write(path: Path) -> None:
            self._jobs.submit(self, lambda _progress: papers.save_as(None, paper=paper, path=path), written, aside=True)

        messages.choose_place(self, tr("Save the recovery sheet"), "sheet.pdf", write)

    def _paper(self) -> Paper:
        from desktop.services import papers

        parts = self._sheet.parts
        size = self._size
        return papers.recovery_parts(parts=parts, paper_size=size) if parts else papers.recovery_sheet(code=self._sheet.code, paper_size=size)

    def _by_hand(self) -> None:
        said = tr("Write each part on its own paper") if self._sheet.divided else tr("Write these groups on paper")
        messages.tell(self, said, "\n".join(self._sheet.lines()), icon="pencil")


def _asked(group: Group) -> str:
    if not group.part:
        return tr("Group {number}", number=digits(str(group.number)))
    part, along, number = (digits(str(one)) for one in (group.part, group.along, group.number))
    return tr("Part {part}, with part {along}: group {number}", part=part, along=along, number=number)
