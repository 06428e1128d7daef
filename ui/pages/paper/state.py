"""Which document for whom, its pages as pictures, and what happens when it goes out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import papers, people, settings
from desktop.services.papers import Document, Paper
from desktop.services.people import PersonRow
from desktop.services.session import Session
from ui.printing import image
from ui.shell import Shell

NEEDS_CODE = papers.RECOVERY_SHEET
"""This sheet is made in the settings, where its code is known."""


class PaperState(QObject):
    """Signals: `changed` when another document, person, paper or fault is there; `pictured` when the picture of the page is new."""

    changed = Signal()
    pictured = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.documents = tuple(one for one in papers.documents() if one.code != NEEDS_CODE and one.about not in ("form", "filled"))
        self.document: Document = self.documents[0]
        self.person: PersonRow | None = None
        self.paper: Paper | None = None
        self.fault: UserError | None = None
        self.page = 0
        self.picture: QImage | None = None
        self.told = ""
        self.copies = 1
        self.size = "A4"
        self._dpi = 96
        self._turn = 0

    # ---- choosing ---------------------------------------------------------------------------------------------------

    def arrive(self, person: RecordId | None, document: str) -> None:
        """The page is shown, maybe for somebody and maybe with a document."""
        self.told = ""
        if document:
            self._take(document)
        if person is not None:
            self._shell.read(self, lambda session: people.page(session, person=person).row, self.choose_person)
        else:
            self._make()

    def choose(self, code: str) -> None:
        """Another document."""
        if code != self.document.code:
            self.told = ""
            self._take(code)
            self._make()

    def choose_person(self, row: PersonRow) -> None:
        """Another person."""
        self.person, self.told = row, ""
        self._make()

    @property
    def may_go_out(self) -> bool:
        """False for those who only read: paper about people is counted in what they may not write."""
        return self.document.about == "site" or self._shell.who.role.writes

    @property
    def needs_person(self) -> bool:
        """True if the document is about somebody and nobody is chosen."""
        return self.document.about != "site" and self.person is None

    # ---- looking ----------------------------------------------------------------------------------------------------

    def turn(self, step: int) -> None:
        """The page before or after."""
        if self.paper is not None and 0 <= self.page + step < self.paper.pages:
            self.page += step
            self._draw()
            self.changed.emit()

    def look_at(self, dpi: int) -> None:
        """Draw the page so sharp."""
        if dpi != self._dpi:
            self._dpi = dpi
            self._draw()

    # ---- going out --------------------------------------------------------------------------------------------------

    def printed(self) -> None:
        """It went to the printer: count it, and show what the next copy will look like."""
        self._note(saved=False)

    def save(self, path: Path) -> None:
        """Write it as a file that is not locked."""
        paper = self.paper
        if paper is not None:
            self._shell.read(self, lambda session: papers.save_as(session, paper=paper, path=path), lambda _none: self._note(saved=True))

    def _note(self, *, saved: bool) -> None:
        paper, person = self.paper, self.person.id if self.person is not None else None
        if paper is None:
            return
        about = person if self.document.about != "site" else None
        self.told = "saved" if saved else "printed"
        self._shell.do(
            self, lambda session: papers.note_printed(session, paper=paper, person=about, saved=saved), lambda _none: self._make()
        )

    # ---- inside -----------------------------------------------------------------------------------------------------

    def changed_elsewhere(self, changes: Changes) -> None:
        """What stands on the page may have changed."""
        if changes.kinds & {"person", "household", "submission", "left_behind"} and self.paper is not None:
            self._make()

    def _take(self, code: str) -> None:
        self.document = next((one for one in self.documents if one.code == code), self.document)
        self.page, self.paper, self.picture = 0, None, None

    def _make(self) -> None:
        self._turn += 1
        turn, code = self._turn, self.document.code
        self.fault = None
        if self.needs_person:
            self.paper = self.picture = None
            self.changed.emit()
            return
        person = self.person.id if self.person is not None and self.document.about != "site" else None

        def work(session: Session) -> tuple[Paper, str]:
            size = settings.settings(session).paper_size
            return papers.make(session, document=code, person=person, paper_size=size), size

        def made(found: tuple[Paper, str]) -> None:
            if turn == self._turn:
                self.paper, self.size = found
                self.page = min(self.page, self.paper.pages - 1)
                self._draw()
                self.changed.emit()

        def failed(error: UserError) -> None:
            if turn == self._turn:
                self.paper, self.picture, self.fault = None, None, error
                self.changed.emit()

        self._shell.read(self, work, made, failed)
        self.changed.emit()

    def _draw(self) -> None:
        paper, page, dpi, turn = self.paper, self.page, self._dpi, self._turn
        if paper is None:
            return

        def drawn(picture: QImage) -> None:
            if (turn, page, dpi) == (self._turn, self.page, self._dpi):
                self.picture = picture
                self.pictured.emit()

        self._shell.jobs.submit(self, lambda _progress: image(paper, page, dpi), drawn, aside=True)
