"""Which document for whom, its pages as pictures, and what happens when it goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import batches, form_papers, paper_asks, papers, people, printers, settings
from desktop.services.batches import Batch, Given
from desktop.services.form_papers import PrintableForm
from desktop.services.papers import BLANK_FORM, FILLED_FORM, Ask, Document, Paper
from desktop.services.people import PersonRow
from desktop.services.printers import Printer
from desktop.services.progress import Progress
from desktop.services.session import Session
from ui.pages.paper.many import PICKED, Many
from ui.printing import ROLL, image
from ui.shell import Shell
from ui.words import tr


@dataclass(frozen=True)
class Made:
    """A document (none if something is missing for it), for whom it is counted, the size of its paper; what a volunteer writes for it, what
    stands there, and what is wrong with it."""

    paper: Paper | None
    person: RecordId | None
    size: str
    asks: tuple[Ask, ...] = ()
    typed: Mapping[str, str] | None = None
    problems: tuple[Problem, ...] = ()


NEEDS_CODE = papers.RECOVERY_SHEET
"""This sheet is made in the settings, where its code is known."""


def _size_of(paper: Paper, size: str) -> str:
    """The size a printer is asked for: a roll has none."""
    return ROLL if paper.document.roll else size


class PaperState(QObject):
    """Signals: `changed` when another document, person, paper or fault is there; `pictured` when the picture of the page is new."""

    changed = Signal()
    pictured = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.documents = tuple(one for one in papers.documents() if one.code != NEEDS_CODE)
        self.document: Document = self.documents[0]
        self.person: PersonRow | None = None
        self.form: PrintableForm | None = None
        self.submission: RecordId | None = None
        self.languages: tuple[str, ...] = ()
        self.rows = 0
        self.guidance = False
        self.numbered = False
        self.asks: tuple[Ask, ...] = ()
        self.typed: Mapping[str, str] | None = None
        self.problems: tuple[Problem, ...] = ()
        self.shown: frozenset[str] = frozenset()
        self._counted_for: RecordId | None = None
        self.paper: Paper | None = None
        self.fault: UserError | None = None
        self.page = 0
        self.picture: QImage | None = None
        self.told = ""
        self._copies = 1
        self.size = "A4"
        self.printer: Printer | None = None
        self.told_of_copies = False
        self.batch: Batch | None = None
        self._many: Many | None = None
        self._dpi = 96
        self._turn = 0

    # ---- choosing ---------------------------------------------------------------------------------------------------

    def arrive(self, person: RecordId | None, document: str, form: RecordId | None = None, submission: RecordId | None = None) -> None:
        """The page is shown, maybe for somebody, maybe with a document, a form to print or one that somebody filled in."""
        self.told = ""
        self._read_printer()
        if self.batch is not None and person is None and form is None and submission is None and not document:
            return  # the pages for many people stay until somebody goes on to something else
        self._leave_many()
        if form is not None:
            self._take(BLANK_FORM)
            self._shell.read(self, lambda session: form_papers.form(session, form=form), self.choose_form)
            return
        if submission is not None:
            self._take(FILLED_FORM)
            self.choose_submission(submission)
            return
        if document:
            self._take(document)
        if person is not None:
            self._shell.read(self, lambda session: people.page(session, person=person).row, self.choose_person)
        else:
            self._make()

    def choose(self, code: str) -> None:
        """Another document."""
        if code != self.document.code or self.batch is not None:
            self._leave_many()
            self.told = ""
            self._take(code)
            self._make()

    def choose_person(self, row: PersonRow) -> None:
        """Another person."""
        self.person, self.told = row, ""
        self._forget()
        self._make()

    def write(self, typed: Mapping[str, str]) -> None:
        """Other answers stand in the small form of the document."""
        self.typed, self.told = dict(typed), ""
        self._make()

    def show_on_it(self, shown: frozenset[str]) -> None:
        """What of the person stands on carried paper, for the next print only."""
        self.shown, self.told = shown, ""
        self._make()

    def choose_form(self, form: PrintableForm) -> None:
        """Another form for the pen, in the languages it is printed in if nobody chooses."""
        self.form, self.told, self.page = form, "", 0
        self.languages = form.beside
        self._make()

    def choose_submission(self, submission: RecordId) -> None:
        """Another filled form."""
        self.submission, self.told, self.page = submission, "", 0
        self._make()

    def lay_out(self, *, languages: tuple[str, ...] | None = None, rows: int | None = None, guidance: bool | None = None, numbered: bool | None = None) -> None:
        """Print the form for the pen otherwise; what is not told stays as it is."""
        self.languages = self.languages if languages is None else languages
        self.rows = self.rows if rows is None else rows
        self.guidance = self.guidance if guidance is None else guidance
        self.numbered = self.numbered if numbered is None else numbered
        self._make()

    @property
    def personal(self) -> bool:
        """True if the document is about one person or their household."""
        return self.batch is None and self.document.about in ("person", "household")

    @property
    def several(self) -> bool:
        """True if several copies may be printed at once. Carried paper goes out one by one: each copy says which one it is."""
        about = self.document if self.batch is None else self.batch.paper.document
        return about.carry != "carried"

    @property
    def copies(self) -> int:
        """How many of each page are printed."""
        return self._copies if self.several else 1

    @copies.setter
    def copies(self, count: int) -> None:
        self._copies = count

    @property
    def may_go_out(self) -> bool:
        """False for those who only read: what goes out is counted, and that is writing."""
        return self._shell.who.role.writes

    @property
    def needs_person(self) -> bool:
        """True if the document is about somebody and nobody is chosen."""
        return self.personal and self.person is None

    @property
    def needs_form(self) -> bool:
        """True if no form is chosen for a document that is about one."""
        about = self.document.about if self.batch is None else ""
        return (about == "form" and self.form is None) or (about == "filled" and self.submission is None)

    # ---- many people ------------------------------------------------------------------------------------------------

    def choose_many(self, asked: Many) -> None:
        """Make the papers of many people; a box shows how far it is and offers to stop."""
        self._make_many(asked, (), "")

    def _make_many(self, asked: Many, again: tuple[Given, ...], told: str) -> None:
        """`again`: what was given of the same pages before."""

        def work(session: Session, progress: Progress) -> tuple[Batch, Many, str]:
            size = settings.settings(session).paper_size
            whom = asked.everybody(session)
            made = batches.make(
                session, people=whom, documents=asked.documents, order=asked.order, tally=asked.tally,
                typed=dict(asked.typed), paper_size=size, again=again, progress=progress,
            )
            return made, replace(asked, who=PICKED, people=tuple(whom)), _size_of(made.paper, size)

        def made(found: tuple[Batch, Many, str]) -> None:
            self._turn += 1
            self.batch, self._many, self.size = found
            self.paper, self.fault, self.told, self.page = self.batch.paper, None, told, 0
            self._draw()
            self.changed.emit()

        self._shell.run(self, work, made, words=tr("Making the pages…"))

    def one_person(self) -> None:
        """Back from many people to one."""
        self._leave_many()
        self._make()

    def _leave_many(self) -> None:
        if self.batch is not None:
            self.batch, self._many, self.paper, self.picture, self.page, self.told = None, None, None, None, 0, ""

    # ---- the printer ------------------------------------------------------------------------------------------------

    def copies_told(self) -> None:
        """Somebody read what this computer's own printing keeps."""
        self.told_of_copies = True
        self._shell.do(self, lambda session: printers.tell_of_copies(session))

    def _read_printer(self) -> None:
        def came(found: tuple[Printer | None, bool]) -> None:
            if found != (self.printer, self.told_of_copies):
                self.printer, self.told_of_copies = found
                self.changed.emit()

        self._shell.read(self, lambda session: (printers.chosen(session), printers.told_of_copies(session)), came)

    def open_pads(self) -> None:
        """To pads of sheets that have numbers already."""
        self._shell.open("pads")

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

    def going_out(self, *, saved: bool = False) -> Callable[[int], None]:
        """To be called with how many copies of what is shown now are out, whatever is shown then: counts them, and shows what the next copy will look
        like."""
        paper, about, batch = self.paper, self._counted_for, self.batch

        def out(copies: int) -> None:
            if paper is None:
                return
            self.told = "saved" if saved else "printed"
            if self.paper is paper:
                self.shown = frozenset()  # chosen for one print, never remembered
            if batch is None:
                self._shell.do(
                    self, lambda session: papers.note_printed(session, paper=paper, person=about, saved=saved, copies=copies),
                    lambda _none: self._make(),
                )
            else:
                self._shell.do(
                    self, lambda session: batches.note_printed(session, batch=batch, saved=saved, copies=copies), lambda _none: self._again(batch)
                )

        return out

    def save(self, path: Path) -> None:
        """Write it as a file that is not locked."""
        paper, out = self.paper, self.going_out(saved=True)
        if paper is not None:
            self._shell.read(self, lambda session: papers.save_as(session, paper=paper, path=path), lambda _none: out(1))

    def _again(self, batch: Batch) -> None:
        """The pages for many people as their next copies. Those that are out do not go out again: nobody could tell them apart."""
        if self.batch is batch and self._many is not None:
            self.paper = self.picture = None
            self._make_many(self._many, batch.given, self.told)
        self.changed.emit()

    # ---- inside -----------------------------------------------------------------------------------------------------

    def changed_elsewhere(self, changes: Changes) -> None:
        """What stands on the page may have changed. The pages of many people stay as they were made and looked at."""
        if "setting" in changes.kinds:
            self._read_printer()
        there = self.batch is None and (self.paper is not None or bool(self.problems))
        if there and changes.kinds & {"person", "household", "submission", "left_behind", "form"}:
            self._make()

    def _take(self, code: str) -> None:
        self.document = next((one for one in self.documents if one.code == code), self.document)
        self.page, self.paper, self.picture = 0, None, None
        self._forget()

    def _forget(self) -> None:
        """What was written was for another document or another person."""
        self.asks, self.typed, self.problems, self.shown = (), None, (), frozenset()

    def _make(self) -> None:
        self._turn += 1
        turn, work = self._turn, self._work()
        self.fault = None
        if self.needs_person or self.needs_form:
            self.paper = self.picture = None
            self.changed.emit()
            return
        def made(found: Made) -> None:
            if turn == self._turn:
                self.paper, self._counted_for, self.size = found.paper, found.person, found.size
                self.asks, self.problems = found.asks, found.problems
                self.typed = found.typed if self.typed is None else self.typed
                if self.paper is None:
                    self.picture = None
                else:
                    self.page = min(self.page, self.paper.pages - 1)
                    self._draw()
                self.changed.emit()

        def failed(error: UserError) -> None:
            if turn == self._turn:
                self.paper, self.picture, self.fault = None, None, error
                self.changed.emit()

        self._shell.read(self, work, made, failed)
        self.changed.emit()

    def _work(self) -> Callable[[Session], Made]:
        """What makes the document as it is chosen now."""
        code, about = self.document.code, self.document.about
        person = self.person.id if self.person is not None and (self.personal or self.numbered) else None
        form, submission, languages = self.form, self.submission, self.languages
        rows, guidance = self.rows, self.guidance
        typed, shown = self.typed, self.shown

        def work(session: Session) -> Made:
            size = settings.settings(session).paper_size
            if about == "form" and form is not None:
                made = form_papers.blank(
                    session, form=form.id, languages=languages, rows=rows, person=person, guidance=guidance, paper_size=size,
                )
                return Made(made, person, size)
            if about == "filled" and submission is not None:
                paper, whose = form_papers.filled(session, submission=submission, paper_size=size)
                return Made(paper, whose, size)
            whom = None if about == "site" else person
            asks, before = papers.asks(session, document=code, person=whom)
            said = before if typed is None else typed
            wrong = paper_asks.problems(asks, said)
            if wrong:
                return Made(None, whom, size, asks, said, wrong)
            paper = papers.make(session, document=code, person=whom, typed=said, shown=shown, paper_size=size)
            return Made(paper, whom, _size_of(paper, size), asks, said)

        return work

    def _draw(self) -> None:
        paper, page, dpi, turn = self.paper, self.page, self._dpi, self._turn
        if paper is None:
            return

        def drawn(picture: QImage) -> None:
            if (turn, page, dpi) == (self._turn, self.page, self._dpi):
                self.picture = picture
                self.pictured.emit()

        self._shell.jobs.submit(self, lambda _progress: image(paper, page, dpi), drawn, aside=True)
