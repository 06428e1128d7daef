"""Which pads there are, the sheets of the chosen one, its first sheet as a picture, and what happens when it goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId, Stamp
from desktop.services import pads, printers, scan_codes, settings
from desktop.services.pads import Pad, SheetRow
from desktop.services.papers import Paper
from desktop.services.printers import Printer
from desktop.services.progress import Progress
from desktop.services.session import Session
from ui.printing import image
from ui.shell import Shell
from ui.words import tr

_TOUCHED = frozenset({"pad", "person", "submission"})


class PadsState(QObject):
    """Signals: `changed` when pads, sheets or what was told are new, `pictured` when the picture is, `made(Paper)` when all sheets are ready to go out."""

    changed = Signal()
    pictured = Signal()
    made = Signal(object, bool)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.pads: list[Pad] = []
        self.known = False
        self.pad: RecordId | None = None
        self.sheets: list[SheetRow] = []
        self.paper: Paper | None = None
        self.fault: UserError | None = None
        self.page = 0
        self.picture: QImage | None = None
        self.printer: Printer | None = None
        self.size = "A4"
        self.back_as = pads.RETURNED
        self.told, self.told_wrong = "", False
        self._dpi, self._turn = 96, 0
        self._going: tuple[RecordId, int, int] | None = None

    @property
    def chosen(self) -> Pad | None:
        """The pad that is shown."""
        return next((one for one in self.pads if one.id == self.pad), None)

    def arrive(self, pad: RecordId | None) -> None:
        """The page is shown, maybe for one pad."""
        self.told = ""
        self._shell.read(self, printers.chosen, self._printer_came)
        if pad is not None:
            self.pad = pad
        self.load()

    def load(self) -> None:
        """Read all of it again."""
        self._turn += 1
        turn, wanted = self._turn, self.pad

        def work(session: Session) -> tuple[list[Pad], RecordId | None, list[SheetRow]]:
            found = pads.pads(session)
            at = wanted if any(one.id == wanted for one in found) else found[0].id if found else None
            return found, at, pads.sheets(session, pad=at) if at is not None else []

        def came(found: tuple[list[Pad], RecordId | None, list[SheetRow]]) -> None:
            if turn == self._turn:
                before = self.pad if self.paper is not None else None
                self.pads, self.pad, self.sheets = found
                self.known = True
                self.changed.emit()
                first = next((row.copies for row in self.sheets if row.state in (pads.OUT, pads.RETURNED)), 0)
                if before != self.pad or self.paper is None or self.paper.copy != first + 1:
                    self._preview()

        self._shell.read(self, work, came)

    def choose(self, pad: object) -> None:
        """Show another pad."""
        if isinstance(pad, Stamp) and pad != self.pad:
            self.pad, self.page, self.paper, self.picture, self.told = pad, 0, None, None, ""
            self.load()

    def reserve(self, form: RecordId, sheets: int, languages: tuple[str, ...]) -> None:
        """A new pad."""

        def work(session: Session) -> tuple[RecordId, Changes]:
            size = settings.settings(session).paper_size
            return pads.reserve(session, form=form, sheets=sheets, languages=languages, paper_size=size)

        def made(pad: RecordId) -> None:
            self.pad, self.page, self.paper, self.picture, self.told = pad, 0, None, None, ""
            self.load()

        self._shell.do(self, work, made)

    # ---- looking at it ----------------------------------------------------------------------------------------------

    def turn(self, step: int) -> None:
        """The page of the first sheet before or after."""
        if self.paper is not None and 0 <= self.page + step < self.paper.pages:
            self.page += step
            self._draw()

    def look_at(self, dpi: int) -> None:
        """Draw the page so sharp."""
        if dpi != self._dpi:
            self._dpi = dpi
            self._draw()

    def _preview(self) -> None:
        pad = self.chosen
        self.fault = None
        if pad is None or pad.site or not pad.out + pad.returned:
            self.paper = self.picture = None
            self.pictured.emit()
            return
        turn, wanted = self._turn, pad.id

        def came(found: tuple[Paper, str]) -> None:
            if turn == self._turn:
                self.paper, self.size = found
                self._draw()

        def failed(error: UserError) -> None:
            if turn == self._turn:
                self.paper, self.picture, self.fault = None, None, error
                self.pictured.emit()

        self._shell.read(self, lambda session: (pads.paper(session, pad=wanted, most=1), settings.settings(session).paper_size), came, failed)

    def _draw(self) -> None:
        paper, page, dpi = self.paper, self.page, self._dpi
        if paper is None:
            return

        def drawn(picture: QImage) -> None:
            if (paper, page, dpi) == (self.paper, self.page, self._dpi):
                self.picture = picture
                self.pictured.emit()

        self._shell.jobs.submit(self, lambda _progress: image(paper, page, dpi), drawn, aside=True)

    def _printer_came(self, printer: Printer | None) -> None:
        self.printer = printer
        self.changed.emit()

    # ---- going out --------------------------------------------------------------------------------------------------

    def before(self, first: int, last: int) -> int:
        """How many of these sheets, of those that may still be used, were printed before."""
        return sum(1 for row in self.sheets[first - 1:last] if row.copies and row.state in (pads.OUT, pads.RETURNED))

    def place_of(self, typed: str) -> int:
        """Which sheet of the pad (from 1) is meant by its place or by its number; 0 for none of them."""
        found = typed.strip()
        if found.isdecimal() and len(found) < len(str(pads.MOST)) + 1:
            return int(found) if 1 <= int(found) <= len(self.sheets) else 0
        code = scan_codes.number_in(found)
        return next((at for at, row in enumerate(self.sheets, 1) if row.code == code), 0)

    def make(self, *, saving: bool, first: int = 1, last: int = pads.MOST) -> None:
        """Draw these sheets, with a box that shows how far it is; then `made`."""
        pad = self.pad
        if pad is None:
            return

        def work(session: Session, progress: Progress) -> Paper:
            return pads.paper(session, pad=pad, first=first, last=last, progress=progress)

        def made(paper: Paper) -> None:
            self._going = pad, first, last
            self.made.emit(paper, saving)

        self._shell.run(self, work, made, words=tr("Making the pages…"))

    def save(self, paper: Paper, path: Path) -> None:
        """Count it and write it as a file."""
        if self._going is not None:
            pad, first, last = self._going
            self._shell.do(
                self, lambda session: pads.save(session, pad=pad, paper=paper, path=path, first=first, last=last),
                lambda _none: self._say(tr("Saved. Delete the file when it is printed.")),
            )

    def count(self, paper: Paper, then: Callable[[], None]) -> None:
        """Count the print, and only then go on with it: nothing goes out that is not counted."""
        if self._going is not None:
            pad, first, last = self._going
            self._shell.do(
                self, lambda session: pads.note_printed(session, pad=pad, pages=paper.pages, first=first, last=last), lambda _none: then(),
            )

    def went_out(self) -> None:
        """It is printed."""
        self._say(tr("Printed. It was counted."))

    # ---- counting back ----------------------------------------------------------------------------------------------

    def count_back(self, typed: str) -> None:
        """One sheet came back: as unused, or spoiled."""
        code = scan_codes.number_in(typed)
        state = self.back_as
        if code is None:
            self._say(tr("This is no number of ours. It has eight letters and digits."), wrong=True)
            return
        words = {
            pads.RETURNED: tr("{code} is counted back unused."), pads.SPOILED: tr("{code} is counted as spoiled."), pads.OUT: tr("{code} is out again."),
        }
        shown = f"{code[:4]}-{code[4:]}"
        self._do(lambda session: pads.count_back(session, sheets=[code], state=state), words[state].format(code=shown))

    def all_back(self) -> None:
        """Everything that is still out came back unused."""
        codes = [row.code for row in self.sheets if row.state == pads.OUT]
        self._do(lambda session: pads.count_back(session, sheets=codes, state=pads.RETURNED), tr("All of them are counted back."))

    def _do(self, work: Callable[[Session], Changes], told: str) -> None:
        self._shell.do(self, work, lambda _none: self._say(told), self._refused)

    def _refused(self, error: UserError) -> None:
        from ui.present_errors import describe

        self._say(describe(error).happened, wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.told, self.told_wrong = text, wrong
        self.changed.emit()

    def changed_elsewhere(self, changes: Changes) -> None:
        """Counts may be others now."""
        if changes.kinds & _TOUCHED:
            self.load()
