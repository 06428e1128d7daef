"""What the screens before the shell do: find out whether there is a vault, make one, open one, recover one, practise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.services import places, vaults
from desktop.services.progress import Cancelled, Progress
from desktop.services.session import Session
from ui import words
from ui.code_groups import Sheet
from ui.jobs import Handle, Jobs
from ui.who import Who
from ui.words import digits, tr


@dataclass(frozen=True)
class Opened:
    """A vault that stands open, with what the volunteer chose in it."""

    session: Session
    who: Who
    language: str
    lock_minutes: int
    practice: bool = False


class OpenState(QObject):
    """`step` is ``unlock``, ``recover``, ``place``, ``passphrase`` or ``sheet``.

    Signals: `moved` when another step is shown, `working(words)` while something runs ("" when it is over), `failed(UserError)`,
    `opened(Opened)`.
    """

    moved = Signal()
    working = Signal(str)
    failed = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QObject, jobs: Jobs, folder: Path) -> None:
        super().__init__(parent)
        self.jobs, self.folder = jobs, folder
        self.step = "unlock" if vaults.exists(folder) else "place"
        self.site, self.name = "", ""
        self.chose_language = False
        self.in_parts = False  # the recovery sheet is one in three parts
        self.sheet: Sheet | None = None  # the recovery sheet, until it was read back
        self._made: Opened | None = None
        self._under_way: Handle | None = None
        self.session: Session | None = None  # what stands open, also while nobody has been told yet
        self._clean_up: Callable[[], None] = lambda: None

    @property
    def usual_place(self) -> bool:
        """True if the folder lies where it usually does."""
        return self.folder == places.usual()

    def go(self, step: str) -> None:
        """Show another step."""
        self.step = step
        self.moved.emit()

    def choose_place(self, chosen: Path) -> None:
        """Keep the folder in this one if it is empty or is the folder of a laptop already; else in a new one inside it."""
        try:
            free = not chosen.is_dir() or next(chosen.iterdir(), None) is None
        except OSError:  # nobody may look into it: making the folder will say why it cannot be there
            free = True
        self.use_folder(chosen if free or vaults.exists(chosen) else chosen / places.NAME)

    def use_folder(self, folder: Path) -> None:
        """Another place for the folder. One that holds a vault is opened instead of made."""
        self.folder = folder
        if vaults.exists(folder):
            self.go("unlock")
        else:
            self.moved.emit()

    def measure(self, passphrase: str, then: Callable[[vaults.Strength], None]) -> None:
        """How strong it is, without stopping the typing."""
        self.jobs.submit(self, lambda _progress: vaults.strength(passphrase), then, aside=True)

    def suggest(self, then: Callable[[str], None]) -> None:
        """Five words drawn at random."""
        self.jobs.submit(self, lambda _progress: vaults.suggest_words(), then, aside=True)

    # ---- ways in ----------------------------------------------------------------------------------------------------

    def unlock(self, passphrase: str) -> None:
        """Open with a passphrase."""
        self._open(lambda: vaults.open_vault(self.folder, passphrase=passphrase))

    def recover(self, code: str, passphrase: str) -> None:
        """Open with the recovery sheet, and use the new passphrase from now on."""
        self._open(lambda: vaults.recover(self.folder, code=code, passphrase=passphrase))

    def recover_with_parts(self, first: str, second: str, passphrase: str) -> None:
        """The same with two parts of it."""
        self._open(lambda: vaults.recover_with_parts(self.folder, first=first, second=second, passphrase=passphrase))

    def create(self, passphrase: str) -> None:
        """Make the vault; the recovery sheet comes next."""
        language = words.language()

        def work(_progress: Progress) -> tuple[Opened, str]:
            places.remember(self.folder)  # first: a folder that cannot be found again must not be made
            made = vaults.create(self.folder, site=self.site, name=self.name, passphrase=passphrase, language=language)
            return self._opened(made.session), made.recovery_code

        self._work(tr("Making the folder…"), work, self._created)

    def finish_sheet(self) -> None:
        """The sheet was read back: forget its code and go in."""
        made, self.sheet = self._made, None
        if made is None:
            return

        def work(_progress: Progress) -> Opened:
            vaults.note_recovery_sheet(made.session)
            return made

        self._work(tr("Opening…"), work, self._enter)

    def practise(self) -> None:
        """A throw-away vault with invented people, gone when the window closes."""
        from desktop.services.practice import open_practice

        language = words.language()

        def work(progress: Progress) -> Opened:
            session, throw_away = open_practice(language=language, progress=progress)
            self._clean_up = throw_away
            return self._opened(session)

        self._work(tr("Inventing people…"), work, lambda opened: self._enter(replace(opened, practice=True)))

    def finish(self) -> None:
        """Called on the thread of the vault after it was locked: take a practice vault away."""
        self._clean_up()


    # ---- inside -----------------------------------------------------------------------------------------------------

    def _open(self, way_in: Callable[[], Session]) -> None:
        """Open, and say how far it is where lists are drawn anew. Closing the window stops that, and the next opening begins it again. One way in at a
        time: the view may be built anew, in the other language, while it goes on."""
        if self._under_way is not None and not self._under_way.over:
            return

        def work(progress: Progress) -> Opened:
            session = way_in()
            try:
                session.prepare(progress)
            except Cancelled:
                session.close()
                raise
            return self._opened(session)

        self._under_way = self._work(tr("Opening…"), work, self._enter)
        self._under_way.steps.connect(self._tell_how_far)

    def _tell_how_far(self, done: int, total: int) -> None:
        share = digits(str(100 * done // max(1, total)))
        self.working.emit(tr("The lists are made ready for the new program: {share} of 100. Nothing is lost if you close the window.", share=share))

    def _opened(self, session: Session) -> Opened:
        from desktop.services import settings

        self.session = session
        kept = settings.settings(session)
        return Opened(session, Who.of(session), kept.language, kept.lock_minutes)

    def _created(self, made: tuple[Opened, str]) -> None:
        self._made, code = made
        self.sheet = Sheet(code)
        self.go("sheet")

    def _enter(self, opened: Opened) -> None:
        self.opened.emit(replace(opened, language=words.language()) if self.chose_language else opened)

    def _work(self, said: str, work: Callable[[Progress], object], done: Callable[..., None]) -> Handle:
        self.working.emit(said)

        def failed(error: UserError) -> None:
            self.working.emit("")
            self.failed.emit(error)

        return self.jobs.submit(self, work, done, failed, settled=lambda: self.working.emit(""), can_cancel=True)
