"""A form that is being brought in: the file, what was found in it, and what the volunteer chose so far. Nothing is kept before `add`."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.services import form_files, form_import, form_library, form_preview
from desktop.services.form_import import Given, Import, Repair
from desktop.services.form_library import StoredForm
from desktop.services.form_preview import Difference, Trial
from desktop.services.form_records import digest_of
from desktop.services.progress import Progress
from desktop.services.session import Session
from ui.shell import Shell
from ui.words import tr

_SOON = 250  # milliseconds between a tick and looking again: several ticks are one look


@dataclass(frozen=True)
class Looked:
    """What one look brought. `older`: the version of the same form that is in use here; `same`: exactly this form is here already.
    `differences`: what changed since `older`. `tried`: the form as it will look, None while it cannot be used."""

    found: Import
    older: StoredForm | None = None
    same: StoredForm | None = None
    differences: tuple[Difference, ...] = ()
    tried: Trial | None = None


@dataclass
class _Chosen:
    """What the volunteer chose about the file that is looked at."""

    accepted: set[str] = field(default_factory=set)
    folder: Folder = Folder.RECEPTION
    folder_picked: bool = False
    without: bool = False  # go on without the companion files that are missing
    companions: dict[str, Path] = field(default_factory=dict)


class Adding(QObject):
    """`files` are what was read from the laptop; `looked` what was found, None until the first look is over; `fault` why it could not be
    looked at. `instead_of` is the form of which a newer version was wanted. `waiting`: other forms that were dropped with this one.

    Signals: `changed` when any of it is new, `picked` when only ticks or the folder are, `added(StoredForm)` when it is in the library.
    """

    changed = Signal()
    picked = Signal()
    added = Signal(object)

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.path: Path | None = None
        self.instead_of: StoredForm | None = None
        self.waiting: deque[Path] = deque()
        self.files: Given | None = None
        self.looked: Looked | None = None
        self.fault: UserError | None = None
        self.looking = False
        self._chosen = _Chosen()
        self._turn = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._look)

    # ---- files --------------------------------------------------------------------------------------------------------

    def take(self, files: tuple[Path, ...], instead_of: StoredForm | None) -> None:
        """Look at these files. What the form that is looked at lacks is taken as its companion; else the forms among them are looked at
        one after the other, and the others are their companions."""
        wanted = self.missing()
        beside = [path for path in files if path.name in wanted]
        if beside and len(beside) == len(files):
            self.add_companions(files)
            return
        forms, companions = form_files.sorted_files(files)
        self._begin(forms[0], instead_of)
        self.waiting = deque(forms[1:])
        self._chosen.companions = {path.name: path for path in companions}
        self.look_again()

    def _begin(self, path: Path, instead_of: StoredForm | None) -> None:
        self._turn += 1
        self._soon.stop()
        self.path, self.instead_of = path, instead_of
        self.files = self.looked = self.fault = None
        self._chosen = _Chosen()

    def add_companions(self, files: tuple[Path, ...]) -> None:
        """Files that belong to the form."""
        self._chosen.companions.update({path.name: path for path in files})
        self.look_again()

    def look_again(self) -> None:
        """Read the files once more: somebody may have mended them in the spreadsheet meanwhile."""
        path, companions = self.path, dict(self._chosen.companions)
        if path is None:
            return
        self._turn += 1
        turn = self._turn

        def came(files: Given) -> None:
            if turn == self._turn:
                self.files = files
                self._look()

        self.fault, self.looking = None, True
        self.changed.emit()
        self._shell.jobs.submit(
            self, lambda _progress: form_files.read_files(path, companions), came, lambda error: self._failed(turn, error), aside=True
        )

    def drop(self) -> None:
        """Look at nothing any more."""
        self._turn += 1
        self._soon.stop()
        self.waiting.clear()
        self.path, self.files, self.looked, self.fault, self.looking = None, None, None, None, False

    # ---- looking ------------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        files, accepted = self.files, frozenset(self._chosen.accepted)
        if files is None:
            return
        self._turn += 1
        turn, language = self._turn, self._shell.language
        self.looking = True
        self.changed.emit()

        def work(session: Session, progress: Progress) -> Looked:
            return _looked(session, files, accepted, language)

        def came(looked: Looked) -> None:
            if turn == self._turn:
                self.looked, self.looking = looked, False
                self._take_choices(looked)
                self.changed.emit()

        def over() -> None:
            if turn == self._turn and self.looking:  # it was stopped
                self.looking = False
                self.changed.emit()

        self._shell.run(self, work, came, lambda error: self._failed(turn, error), words=tr("Looking at the form…"), settled=over)

    def _failed(self, turn: int, error: UserError) -> None:
        if turn == self._turn:
            self.looked, self.fault, self.looking = None, error, False
            self.changed.emit()

    def _take_choices(self, looked: Looked) -> None:
        offered = {one.id for one in looked.found.repairs}
        self._chosen.accepted &= offered
        if looked.older is not None and not self._chosen.folder_picked:
            self._chosen.folder = looked.older.folder

    # ---- choosing -----------------------------------------------------------------------------------------------------

    @property
    def found(self) -> Import | None:
        """What was found in the file."""
        return self.looked.found if self.looked is not None else None

    @property
    def accepted(self) -> frozenset[str]:
        """The repairs that are ticked."""
        return frozenset(self._chosen.accepted)

    @property
    def folder(self) -> Folder:
        """Where the answers go."""
        return self._chosen.folder

    @property
    def folders(self) -> frozenset[Folder]:
        """The folders that this volunteer can open."""
        return self._shell.who.folders

    def missing(self) -> tuple[str, ...]:
        """Companion files that the form wants and that are not here."""
        return self.found.missing_media if self.found is not None else ()

    def go_without(self) -> None:
        """The form may be added though companion files are missing."""
        self._chosen.without = True
        self.changed.emit()

    def repair(self, id: object) -> Repair | None:
        """The repair with this id."""
        return next((one for one in self.found.repairs if one.id == id), None) if self.found is not None else None

    def tick(self, id: str, on: bool) -> None:
        """Accept a repair, or take that back."""
        self._tick({id}, on)

    def tick_harmless(self) -> None:
        """Accept every repair after which answers, names and rules mean the same."""
        if self.found is not None:
            self._tick({one.id for one in self.found.repairs if one.harmless}, True)

    def _tick(self, ids: set[str], on: bool) -> None:
        before = set(self._chosen.accepted)
        self._chosen.accepted = before | ids if on else before - ids
        if self._chosen.accepted != before:
            self._soon.start()
            self.picked.emit()

    def choose_folder(self, folder: Folder) -> None:
        """Where the answers go."""
        self._chosen.folder, self._chosen.folder_picked = folder, True
        self.picked.emit()

    def lacks(self) -> str:
        """What stands in the way of adding: ``looking``, ``fault``, ``refused``, ``repairs``, ``media``, ``same`` (it is here already),
        or "" if it can be added now."""
        found = self.found
        if self.looking or self._soon.isActive():
            return "looking"
        if found is None:
            return "fault"
        if found.refusals:
            return "refused"
        if found.compiled is None:
            return "repairs"
        if found.missing_media and not self._chosen.without:
            return "media"
        same = self.looked.same if self.looked is not None else None
        if same is not None and same.state == "in_use":
            return "same"
        return ""

    # ---- adding -------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Keep the form in the library."""
        files, found, folder = self.files, self.found, self.folder
        if self.lacks() or files is None or found is None:
            return
        accepted = self.accepted

        def work(session: Session) -> tuple[StoredForm, Changes]:
            return form_import.add(session, files=files, found=found, accepted=accepted, folder=folder)

        self._shell.do(self, work, self._kept, lambda error: self._failed(self._turn, error))

    def _kept(self, form: StoredForm) -> None:
        if self.waiting:
            self._begin(self.waiting.popleft(), None)
            self.look_again()
            return
        self.drop()
        self.added.emit(form)


def _looked(session: Session, files: Given, accepted: frozenset[str], language: str) -> Looked:
    found = form_import.look(session, files=files, accepted=accepted)
    if found.compiled is None:
        return Looked(found)
    versions = form_library.versions(session, form_id=found.form_id)
    same = form_library.find(session, digest=digest_of(found.compiled, files.media))
    older = next((one for one in versions if one.here and one.state == "in_use"), None) or next(iter(versions), None)
    tried = form_preview.try_compiled(found.compiled, media=files.media, language=language)
    if older is None or not older.here:
        return Looked(found, older, same, (), tried)
    before = form_library.definition(session, form=older.id)
    return Looked(found, older, same, tuple(form_preview.differences(before, tried.opened.form.definition, language=language)), tried)
