"""The recovery sheet, while its code is still known: print it, save it or copy it by hand, then type two groups back.

Used by the first run and by the settings.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import code_groups, messages
from ui.jobs import Jobs
from ui.theme import draw
from ui.theme.tokens import C
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Labelled, Line
from ui.widgets.labels import Note, Words
from ui.widgets.layout import col, row
from ui.words import digits, tr

if TYPE_CHECKING:
    from desktop.services.papers import Paper


class SheetPicture(QWidget):
    """The sheet in small. The characters are covered: somebody may look over the shoulder."""

    def __init__(self, groups: int) -> None:
        super().__init__()
        self._groups = groups
        self.setFixedSize(230, 325)
        self.setAccessibleName(tr("The recovery sheet"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(C.line2))
        painter.setBrush(QColor(C.surface))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
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
    """Signals: `ready(on)` when both groups are right, `entered` on Enter in the second.

    `right(first, second)` tells which of the two typed groups are right; `asked` are their numbers from 0.
    """

    ready = Signal(bool)
    entered = Signal()

    def __init__(
        self, code: str, asked: tuple[int, int], right: Callable[[str, str], tuple[bool, bool]], jobs: Jobs, *,
        title: bool = True,
    ) -> None:
        super().__init__()
        self._code, self._asked, self._right, self._jobs = code, asked, right, jobs
        self._told = Note("done", "", "good", "body", name="sheet_told")
        self._print = Button(tr("Print"), icon="paper", name="sheet_print")
        self._print.clicked.connect(self._print_it)
        save = Button(tr("Save as a file…"), name="sheet_save")
        save.clicked.connect(self._ask_save)
        by_hand = Button(tr("Copy it by hand"), "quiet", name="sheet_by_hand")
        by_hand.clicked.connect(self._by_hand)
        self._halves = Choices(
            [("one", tr("One sheet")), ("two", tr("Two halves, for two people"))], name="sheet_parts", label=tr("How it is printed"),
            chosen=["one"],
        )
        self._halves.picked.connect(lambda _keys: self._choose_parts())
        self._fields = tuple(Line(name=f"group_{at}", width=180, limit=12) for at in (1, 2))
        self._questions = tuple(
            Labelled(tr("Group {number}", number=digits(str(number + 1))), field) for number, field in zip(asked, self._fields)
        )
        self._verdict = Note("check", "", "good", name="sheet_verdict")
        for field in self._fields:
            field.textChanged.connect(self._look)
        self._fields[0].returnPressed.connect(self._fields[1].setFocus)
        self._fields[1].returnPressed.connect(self.entered)
        beside = col(
            self._halves, 10, row(self._print, save, by_hand, None), 10, self._told, 18,
            Words(tr("Type two of its groups back"), "strong", wrap=True), 4,
            Words(tr("So that we both know the paper can be read."), "body", "second", wrap=True), 12,
            row(*(col(one, None) for one in self._questions), None, gap=16), 6, self._verdict, 18,
            Note("cupboard", tr("Keep it in a locked place, not with this laptop. Best with somebody else."), "second", "body"), None,
        )
        head = (
            Words(tr("Print the recovery sheet"), "title", wrap=True), 6,
            Words(tr("One page with eight groups of four characters. With it you can open this laptop when a passphrase is forgotten."),
                  "body", "second", wrap=True), 26,
        )
        self.setLayout(col(*(head if title else ()), row(SheetPicture(len(code_groups.groups(code))), (beside, 1), gap=36)))

    def first_focus(self) -> QWidget:
        """The print button."""
        return self._print

    def _parts(self) -> int:
        return 2 if self._halves.one() == "two" else 1

    def _choose_parts(self) -> None:
        said = tr("Neither half opens anything alone. If one is lost, make a new sheet.") if self._parts() == 2 else ""
        self._told.say(said, "warn", "info")

    def _look(self) -> None:
        typed = [field.text() for field in self._fields]
        right = self._right(typed[0], typed[1])
        for question, text, good in zip(self._questions, typed, right):
            long = len(text.replace(" ", "").replace("-", "")) >= code_groups.SIZE
            question.wrong(tr("Not the same as on the sheet.") if long and not good else "")
        number = next((digits(str(at + 1)) for at, good in zip(self._asked, right) if good), "")
        said = tr("Both are right.") if all(right) else tr("Group {number} is right.", number=number) if number else ""
        self._verdict.say(said, "good")
        self.ready.emit(all(right))

    def _print_it(self) -> None:
        from desktop.services import papers
        from ui.printing import print_paper

        def printed() -> None:
            time = datetime.now().strftime("%H:%M")
            self._told.say(tr("Printed {time}. Waystation keeps no copy of it. Some printers do: use one you trust.", time=time), "good", "done")
            self._print.say(tr("Print again"))
            self._fields[0].setFocus()

        def made(paper: Paper) -> None:
            print_paper(self, self._jobs, paper, printed)

        code, parts = self._code, self._parts()
        self._jobs.submit(self, lambda _progress: papers.recovery_sheet(code=code, parts=parts), made, aside=True)

    def _ask_save(self) -> None:
        answers = (messages.Answer("save", tr("Save it"), "danger"), messages.Answer("", tr("Go back")))
        text = tr(
            "Whoever finds this file can open everything on this laptop. Save it on a stick only, print it elsewhere, and then delete the file."
        )
        messages.ask(
            self, tr("The file will not be locked"), text,
            answers, lambda answer: self._save() if answer == "save" else None, icon="warning", tone="warn",
        )

    def _save(self) -> None:
        from desktop.services import papers

        code, parts = self._code, self._parts()

        def written(_none: None) -> None:
            self._told.say(tr("Saved. Delete the file when it is printed."), "warn", "warning")
            self._fields[0].setFocus()

        def write(path: Path) -> None:
            self._jobs.submit(
                self, lambda _progress: papers.save_as(None, paper=papers.recovery_sheet(code=code, parts=parts), path=path), written,
                aside=True,
            )

        messages.choose_place(self, tr("Save the recovery sheet"), "sheet.pdf", write)

    def _by_hand(self) -> None:
        lines = [f"{at}.  {group}" for at, group in enumerate(code_groups.groups(self._code), 1)]
        messages.tell(self, tr("Write these groups on paper"), "\n".join(lines), icon="pencil")
