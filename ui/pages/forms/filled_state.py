"""What was filled with one form: every filled form of all its versions, and which of them is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import any_form, intake, people
from desktop.services.any_form import Filled
from desktop.services.form_library import StoredForm
from desktop.services.intake import DraftRow
from desktop.services.session import Session
from ui.shell import Shell

FILTERS = ("all", "begun", "finished", "differ")


@dataclass(frozen=True)
class Left:
    """A form that was left before anything of it was saved, as after a power cut, or that was deleted while somebody filled it. `about`: the name of the person, or ""."""

    draft: DraftRow
    about: str


class FilledForms(QObject):
    """Signals: `loaded` when the table is new or filtered in another way, `chosen` when another row is. `one` is the filled form that is looked
    at; where that was never saved it is `half`."""

    loaded = Signal()
    chosen = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.form: StoredForm | None = None
        self.all: tuple[Filled, ...] = ()
        self.left: tuple[Left, ...] = ()
        self.read = False
        self.query, self.filter = "", "all"
        self.one: Filled | None = None
        self.half: Left | None = None

    def show(self, form: StoredForm) -> None:
        """Look at what was filled with this form."""
        if self.form is None or form.form_id != self.form.form_id:
            self.all, self.left, self.one, self.half, self.read = (), (), None, None, False
            self.query, self.filter = "", "all"
        self.form = form
        self.load()

    def load(self) -> None:
        """Read the table again."""
        form = self.form
        if form is None:
            return

        def came(found: tuple[list[Filled], list[Left]]) -> None:
            if self.form is not None and self.form.form_id == form.form_id:
                self.all, self.left, self.read = tuple(found[0]), tuple(found[1]), True
                self._keep_choice()
                self.loaded.emit()

        self._shell.read(self, lambda session: _read(session, form.form_id), came)

    def rows(self) -> list[Filled]:
        """Those that fit what is searched and filtered."""
        wanted = self.query.strip().casefold()
        return [one for one in self.all if self._fits(one) and wanted in f"{one.about} {one.author} {one.version}".casefold()]

    def halves(self) -> list[Left]:
        """Those that were left before they were saved, and fit."""
        wanted = self.query.strip().casefold()
        shown = self.filter in ("all", "begun")
        return [one for one in self.left if shown and wanted in f"{one.about} {one.draft.author}".casefold()]

    def _fits(self, one: Filled) -> bool:
        if self.filter == "differ":
            return one.conflicts > 0
        return self.filter == "all" or one.finished is (self.filter == "finished")

    def look_for(self, query: str) -> None:
        """Search the table."""
        if query != self.query:
            self.query = query
            self._keep_choice()
            self.loaded.emit()

    def only(self, filter: str) -> None:
        """Show all of them, or only those begun, finished, or with different answers."""
        self.filter = filter
        self._keep_choice()
        self.loaded.emit()

    def choose(self, key: object) -> None:
        """The filled form that is looked at."""
        self.one = next((one for one in self.all if one.id == key), None)
        self.half = next((one for one in self.left if one.draft.id == key), None)
        self.chosen.emit()

    def _keep_choice(self) -> None:
        rows, halves = self.rows(), self.halves()
        before = self.one.id if self.one is not None else None
        left = self.half.draft.id if self.half is not None else ""
        self.half = next((one for one in halves if one.draft.id == left), None)
        self.one = None
        if self.half is None:
            self.one = next((one for one in rows if one.id == before), None)
        if self.half is None and self.one is None:
            self.half = next(iter(halves), None)
            self.one = next(iter(rows), None) if self.half is None else None

    # ---- with the chosen one ------------------------------------------------------------------------------------------

    @property
    def writes(self) -> bool:
        """False for those who only read."""
        return self._shell.who.role.writes

    def open(self) -> None:
        """Open the chosen one where it is filled."""
        if self.half is not None:
            self._shell.open("longform", draft=self.half.draft.id)
        elif self.one is not None:
            self._shell.open("longform", submission=self.one.id)

    def print(self) -> None:
        """The chosen one on paper."""
        if self.one is not None:
            self._shell.open("paper", submission=self.one.id)

    def delete(self) -> None:
        """Take the chosen one away; Ctrl+Z brings it back."""
        one = self.one
        if one is not None:
            self._shell.do(self, lambda session: any_form.delete(session, submission=one.id))


def _read(session: Session, form_id: str) -> tuple[list[Filled], list[Left]]:
    filled = any_form.filled(session, form_id=form_id)
    if not session.can_open(Folder.RECEPTION):
        return filled, []
    saved = {one.id for one in filled}  # a draft of one of these is gone on with where that is opened
    drafts = [one for one in intake.drafts(session) if one.form == form_id and one.digest and one.submission not in saved]
    return filled, [Left(one, _name(session, one.person)) for one in drafts]


def _name(session: Session, person: RecordId | None) -> str:
    if person is None:
        return ""
    try:
        return people.page(session, person=person).row.name
    except UserError as error:
        if error.code != "record.missing":
            raise
        return ""  # taken off the lists since
