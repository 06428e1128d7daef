"""What was filled with one form: every filled form of all its versions, and which of them is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services import any_form
from desktop.services.any_form import Filled
from desktop.services.form_library import StoredForm
from ui.shell import Shell

FILTERS = ("all", "begun", "finished", "differ")


class FilledForms(QObject):
    """Signals: `loaded` when the table is new or filtered in another way, `chosen` when another row is."""

    loaded = Signal()
    chosen = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.form: StoredForm | None = None
        self.all: tuple[Filled, ...] = ()
        self.read = False
        self.query, self.filter = "", "all"
        self.one: Filled | None = None

    def show(self, form: StoredForm) -> None:
        """Look at what was filled with this form."""
        if self.form is None or form.form_id != self.form.form_id:
            self.all, self.one, self.read = (), None, False
            self.query, self.filter = "", "all"
        self.form = form
        self.load()

    def load(self) -> None:
        """Read the table again."""
        form = self.form
        if form is None:
            return

        def came(found: list[Filled]) -> None:
            if self.form is not None and self.form.form_id == form.form_id:
                self.all, self.read = tuple(found), True
                self._keep_choice()
                self.loaded.emit()

        self._shell.read(self, lambda session: any_form.filled(session, form_id=form.form_id), came)

    def rows(self) -> list[Filled]:
        """Those that fit what is searched and filtered."""
        wanted = self.query.strip().casefold()
        return [one for one in self.all if self._fits(one) and wanted in f"{one.about} {one.author} {one.version}".casefold()]

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
        self.chosen.emit()

    def _keep_choice(self) -> None:
        rows = self.rows()
        before = self.one.id if self.one is not None else None
        self.one = next((one for one in rows if one.id == before), None) or next(iter(rows), None)

    # ---- with the chosen one ------------------------------------------------------------------------------------------

    @property
    def writes(self) -> bool:
        """False for those who only read."""
        return self._shell.who.role.writes

    def open(self) -> None:
        """Open the chosen one where it is filled."""
        if self.one is not None:
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
