"""Pages that were read, those that wait for a person, and the one that is looked at with what its boxes suggest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId, Stamp
from desktop.services import kept_pages, scans, sheets, tick_answers
from desktop.services.progress import Progress
from desktop.services.scans import Known, Page, Reading, Scan
from desktop.services.session import Session
from desktop.services.tick_answers import CANNOT, CLEAR, Suggested, Taken
from ui.present_errors import describe
from ui.shell import Shell
from ui.words import counted, tr

_TOUCHED = frozenset({"scan", "pad", "person", "submission"})
Looked = tuple[bytes, Suggested, list[Scan]]


class ScansState(QObject):
    """Signals: `changed` when the list or what was told is new, `looked` when another page is shown or its suggestions are there, `picked` when other
    suggestions are chosen."""

    changed = Signal()
    looked = Signal()
    picked = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.scans: list[Scan] = []
        self.waiting: list[tuple[Page, str]] = []
        """Pages that are not kept until somebody says which they are, and the code of what keeps each from being filed."""
        self.at: RecordId | int | None = None
        """The page that is looked at: a filed one, or the number of one that waits."""
        self.picture: QImage | None = None
        self.found: Suggested | None = None
        self.alike: list[Scan] = []
        """Other pictures of the same page."""
        self.off: tuple[RecordId, ...] = ()
        """Pages that were taken off and whose pictures are still kept, for those who may erase them."""
        self.chosen: set[str] = set()
        self.current = ""
        self.taken: Taken | None = None
        self.told: list[tuple[str, str]] = []
        """Sentences about what was done last, with the tone of each."""
        self.fault: UserError | None = None
        self._turn = 0
        self._looking = False
        self._language = shell.language

    def arrive(self, files: Sequence[Path], scan: RecordId | None) -> None:
        """The page is shown, maybe with files that were dropped on the window, or for one filed page."""
        if scan is not None:
            self.at = scan
        if self._language != self._shell.language:
            self._language, self.told = self._shell.language, []
            self.look(self.at)
        self.load()
        if files:
            self.read(files)

    @property
    def scan(self) -> Scan | None:
        """The filed page that is looked at."""
        return next((one for one in self.scans if one.id == self.at), None)

    @property
    def page(self) -> Page | None:
        """The waiting page that is looked at."""
        return self.waiting[self.at][0] if isinstance(self.at, int) and self.at < len(self.waiting) else None

    # ---- reading and filing -----------------------------------------------------------------------------------------

    def read(self, files: Sequence[Path]) -> None:
        """Read the pages of files and file those that say which they are. A box shows how far it is and offers to stop."""
        self._shell.read(self, scans.ready, lambda known: self._read_with(tuple(files), known))

    def _read_with(self, files: tuple[Path, ...], known: Known) -> None:
        def work(progress: Progress) -> Reading:
            return scans.read(files, known, progress)

        came: list[Reading] = []

        def done(reading: Reading) -> None:
            came.append(reading)
            self._file(reading, known)

        def failed(error: UserError) -> None:
            came.append(Reading((), ()))
            self._failed(error)

        self.told = []
        self._shell.jobs.submit(
            self, work, done, failed, settled=lambda: None if came else self._stopped(), words=tr("Reading the pages…"), can_cancel=True, aside=True,
        )

    def _stopped(self) -> None:
        self.told = [(tr("It was stopped. None of these pages was kept."), "second")]
        self.changed.emit()

    def _file(self, reading: Reading, known: Known) -> None:
        names = list(dict.fromkeys(name for name, _ in reading.troubles))
        self.told = [(tr("{file}: {why}", file=name, why=_in_short(error)), "danger") for name, error in reading.troubles[:3]]
        if len(names) > 3:
            self.told.append((counted(len(names) - 3, "{n} more file could not be read.", "{n} more files could not be read."), "danger"))

        def work(session: Session, progress: Progress) -> tuple[tuple[tuple[RecordId, ...], list[tuple[Page, str]], int], Changes]:
            why = scans.may_file(session, found=reading.pages, known=known)
            good = [one for one, reason in zip(reading.pages, why) if not reason]
            left = [(one, reason) for one, reason in zip(reading.pages, why) if reason]
            filed, changes = scans.file(session, found=good, progress=progress) if good else ((), Changes())
            return (filed, left, len(good)), changes

        ended: list[bool] = []

        def failed(error: UserError) -> None:
            ended.append(True)
            self._failed(error)

        def done(found: tuple[tuple[tuple[RecordId, ...], list[tuple[Page, str]], int], Changes]) -> None:
            ended.append(True)
            (filed, left, good), changes = found
            self.waiting += left
            if filed:
                self.told.insert(0, (counted(len(filed), "{n} page was filed.", "{n} pages were filed."), "good"))
            if good > len(filed):
                n = good - len(filed)
                self.told.append((counted(n, "{n} page was here already.", "{n} pages were here already."), "second"))
            if filed:
                self.look(filed[0])
            elif left:
                self.look(len(self.waiting) - len(left))
            self._shell.announce(changes)
            self.load()

        self._shell.run(
            self, work, done, failed, words=tr("Filing the pages…"), settled=lambda: None if ended else self._stopped(),
        )

    def _failed(self, error: UserError) -> None:
        self.told = [(_in_short(error), "danger")]
        self.changed.emit()

    def load(self) -> None:
        """Read the list of filed pages again."""

        def came(answer: tuple[list[Scan], tuple[RecordId, ...]]) -> None:
            found, self.off = answer
            before = self.scan
            self.scans = found
            if self.taken is not None and self.scan is not None and not self.scan.read:
                self.look(self.at, again=True)  # Ctrl+Z took the answers back
            if self.at is None and found:
                first = next((one for one in found if not one.read), None)
                if first is not None:
                    self.look(first.id)
            elif self.found is None and self.scan is not None and self.picture is None and not self._looking:
                self.look(self.at)
            elif before is None and self.scan is not None:
                self.looked.emit()
            self.changed.emit()

        also = self.at if isinstance(self.at, Stamp) else None
        coordinates = self._shell.who.role.coordinates
        self._shell.read(
            self, lambda session: (scans.lately(session, also=also), kept_pages.taken_off(session) if coordinates else ()), came,
        )

    def changed_elsewhere(self, changes: Changes) -> None:
        """Pages may have been filed, taken back or taken off."""
        if changes.kinds & _TOUCHED:
            self.load()

    # ---- a page that waits ------------------------------------------------------------------------------------------

    def turn(self) -> None:
        """The waiting page, a quarter to the right."""
        if isinstance(self.at, int) and self.page is not None:
            page, why = self.waiting[self.at]
            self.waiting[self.at] = scans.turned(page), why
            self.look(self.at)

    def name(self, typed: str, number: int) -> None:
        """Somebody says which page it is: it is filed."""
        page, at = self.page, self.at
        if page is None or not isinstance(at, int):
            return

        def work(session: Session) -> tuple[tuple[RecordId, ...], Changes]:
            return scans.file(session, found=[scans.told(session, page=page, code=typed, number=number)])

        def done(filed: tuple[RecordId, ...]) -> None:
            self._drop(page)
            self.told = [(tr("The page was filed."), "good")] if filed else [(tr("The page was here already."), "second")]
            self.load()

        self._shell.do(self, work, done, self._failed)

    def leave_out(self) -> None:
        """Forget a waiting page; the file it came from stays where it is."""
        page = self.page
        if page is not None:
            self._drop(page)
            self.told = [(tr("The page was left out. Nothing of it was kept."), "second")]
            self.changed.emit()

    def _drop(self, page: Page) -> None:
        self.waiting = [one for one in self.waiting if one[0] is not page]
        self.at, self.picture, self.found = (0 if self.waiting else None), None, None
        if self.waiting:
            self.look(0)
        else:
            self.looked.emit()

    # ---- a page and its boxes ---------------------------------------------------------------------------------------

    def look(self, key: object, *, again: bool = False) -> None:
        """Show another page, or the same `again` without what was taken from it."""
        if not isinstance(key, (Stamp, int)):
            return
        if again or key != self.at:
            self.taken = None
        self._turn += 1
        self._looking = not isinstance(key, int)
        self.at, self.picture, self.found, self.fault, self.current, self.chosen = key, None, None, None, "", set()
        self.alike = []
        if isinstance(key, int):
            page = self.page
            self.picture = QImage.fromData(page.picture) if page is not None else None
            self.looked.emit()
            return
        turn, language = self._turn, self._shell.language

        def work(session: Session) -> Looked:
            return scans.picture(session, scan=key), tick_answers.look(session, scan=key, language=language), kept_pages.same_page(session, scan=key)

        def came(found: Looked) -> None:
            if turn == self._turn:
                self._looking = False
                self.picture, self.found, self.alike = QImage.fromData(found[0]), found[1], found[2]
                self.chosen = {one.path for one in self.found.suggestions if one.sure == CLEAR and not one.stands}
                self.current = self.found.suggestions[0].path if self.found.suggestions else ""
                self.looked.emit()

        def failed(error: UserError) -> None:
            if turn == self._turn:
                self._looking = False
                self.fault = error
                self.looked.emit()

        self._shell.read(self, work, came, failed)
        self.looked.emit()

    def point_at(self, path: object) -> None:
        """Another suggestion is looked at."""
        if isinstance(path, str) and path != self.current:
            self.current = path
            self.picked.emit()

    def pick(self, path: object) -> None:
        """Take a suggestion along, or leave it."""
        one = next((one for one in self.found.suggestions if one.path == path), None) if self.found is not None else None
        if one is not None and one.sure != CANNOT:
            self.chosen ^= {one.path}
            self.current = one.path
            self.picked.emit()

    def pick_all(self) -> None:
        """Take all of them along, or none if all are."""
        if self.found is not None:
            every = {one.path for one in self.found.suggestions if one.sure != CANNOT}
            self.chosen = set() if self.chosen == every else every
            self.picked.emit()

    def take(self) -> None:
        """Put the chosen suggestions into the form."""
        scan, found = self.scan, self.found
        if scan is None or found is None or not self.chosen:
            return
        wanted = [one for one in found.suggestions if one.path in self.chosen]
        language = self._shell.language

        def done(taken: Taken) -> None:
            self.taken = taken
            self.told = [(counted(taken.count, "{n} answer stands in the form, to be saved there.", "{n} answers stand in the form, to be saved there."), "good")]
            if taken.refused:
                n = len(taken.refused)
                self.told.append((counted(n, "{n} question is not asked after the other answers.", "{n} questions are not asked after the other answers."), "warn"))
            self.load()
            self.looked.emit()

        self._shell.do(self, lambda session: tick_answers.take(session, scan=scan.id, chosen=wanted, language=language), done, self._failed)

    def give_back(self) -> None:
        """Take them out of the form again."""
        taken, language = self.taken, self._shell.language
        if taken is None:
            return

        def done(_none: object) -> None:
            self.taken = None
            self.told = [(tr("Taken back."), "second")]
            self.looked.emit()
            self.changed.emit()

        self._shell.do(self, lambda session: tick_answers.give_back(session, taken=taken, language=language), done, self._failed)

    def mark_read(self) -> None:
        """Nothing on this page is to be taken."""
        scan = self.scan
        if scan is not None:
            self._shell.do(self, lambda session: scans.mark_read(session, scan=scan.id, read=not scan.read), lambda _none: self.load())

    def take_off(self) -> None:
        """Take the page off its case."""
        scan = self.scan
        if scan is not None:
            self.at, self.picture, self.found, self.taken = None, None, None, None
            self._shell.do(self, lambda session: scans.delete(session, scan=scan.id), lambda _none: self.load())
            self.looked.emit()

    def erase(self, erased: tuple[RecordId, ...]) -> None:
        """Forget pages for good, at every site."""

        def work(session: Session) -> Changes:
            changes = Changes()
            for one in erased:
                changes = changes | kept_pages.erase(session, scan=one)
            return changes

        def done(_none: object) -> None:
            if self.at in erased:
                self.at, self.picture, self.found, self.taken, self.alike = None, None, None, None, []
            self.told = [(counted(len(erased), "{n} page was erased.", "{n} pages were erased."), "good")]
            if self.at is not None:
                self.look(self.at)
            else:
                self.looked.emit()
            self.load()

        self._shell.do(self, work, done)

    def show(self, scan: RecordId) -> None:
        """Another filed page, wherever it stands in the list."""
        self.look(scan)
        self.load()

    def open_case(self) -> None:
        """Go to whoever, or whatever, the page belongs to."""
        scan = self.scan
        if scan is None:
            return

        def go(sheet: sheets.Sheet) -> None:
            if sheet.state == sheets.PERSON:
                self._shell.open("person", person=sheet.person)
            elif sheet.state == sheets.FILLED:
                self._shell.open("longform", submission=sheet.submission)
            else:
                self._shell.open("pads")

        self._shell.read(self, lambda session: sheets.look_up(session, text=scan.code), go)


def _in_short(error: UserError) -> str:
    """What happened, and what to do."""
    return " ".join(part for part in (describe(error).happened, describe(error).todo) if part)
