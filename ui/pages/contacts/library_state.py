"""The library of guidance sheets: which are there, which one is looked at, and what is half written."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import guidance, people
from desktop.services.guidance import Sheet, SheetPage
from desktop.services.session import Session
from ui.records.half_typed import HalfTyped, Place
from ui.shell import Shell


class LibraryState(QObject):
    """Signals: `listed` when `sheets` are new, `chosen` when `page` is another one or new, `editing` when `form` (new, version or "") is
    another one, `refused(UserError)` when a save failed."""

    listed = Signal()
    chosen = Signal()
    editing = Signal()
    refused = Signal(object)

    def __init__(self, shell: Shell, half: HalfTyped) -> None:
        super().__init__(shell)
        self._shell, self._half = shell, half
        self.sheets: list[Sheet] = []
        self.sheet: RecordId | None = None
        self.page: SheetPage | None = None
        self.form = ""
        self.read = False

    @property
    def writes(self) -> bool:
        """True if this volunteer may write sheets."""
        return self._shell.who.role.writes

    def load(self) -> None:
        """Read the library again."""
        self._shell.read(self, lambda session: guidance.sheets(session), self._arrived)

    def _arrived(self, sheets: list[Sheet]) -> None:
        self.sheets, self.read = sheets, True
        if all(one.id != self.sheet for one in sheets):
            self.sheet, self.page = (sheets[0].id if sheets else None), None
        self.listed.emit()
        self._read_page()

    def choose(self, key: object) -> None:
        """Look at the sheet with this key (the text of its record), also at an older version."""
        versions = self.page.versions if self.page is not None else ()
        found = next((one.id for one in (*self.sheets, *versions) if one.id.text() == key), None)
        if found is not None and found != self.sheet:
            self.sheet = found
            self._read_page()

    def _read_page(self) -> None:
        sheet = self.sheet
        if sheet is None:
            self.page = None
            self.chosen.emit()
            return

        def came(page: SheetPage) -> None:
            if sheet == self.sheet:
                self.page = page
                self.chosen.emit()

        self._shell.read(self, lambda session: guidance.page(session, sheet=sheet), came, self._gone)

    def _gone(self, error: UserError) -> None:
        """Taken off a moment ago: the list that comes leaves it out."""
        self.sheet, self.page = None, None
        self.chosen.emit()

    # ---- writing ------------------------------------------------------------------------------------------------------

    def begin(self, form: str) -> None:
        """Open a form: new, or version (of the sheet that is looked at)."""
        if self.writes and (form == "new" or self.page is not None):
            self.form = form
            self.editing.emit()

    def _place(self) -> Place:
        about = self.sheet.text() if self.form == "version" and self.sheet is not None else ""
        return Folder.CONTACTS, f"sheet {self.form} {about}".strip()

    def typed(self) -> dict[str, Value]:
        """What is changed so far in the open form. The form writes into it."""
        return self._half.at(self._place())

    def touched(self) -> None:
        """Something was typed."""
        if self.form:
            self._half.touch(self._place())

    def known(self) -> Mapping[str, Value]:
        """What the open form starts from: of a new version the text before, but not until when it held."""
        if self.form != "version" or self.page is None:
            return {}
        sheet = self.page.sheet
        return {"title": sheet.title, "area": sheet.area, "source": sheet.source, "text": self.page.text}

    def check(self, values: Mapping[str, Value]) -> list[Problem]:
        """What is wrong with what is typed."""
        return people.check("sheet", {"title": None, **values} if self.form == "new" else values)

    def close_form(self) -> None:
        """Close the form; what is typed stays."""
        if self.form:
            self.form = ""
            self.editing.emit()

    def forget(self) -> None:
        """Close the form and throw away what is typed."""
        self._half.drop(self._place())
        self.close_form()

    def save(self, values: Mapping[str, Value]) -> None:
        """Write the sheet; the form closes when it is written."""
        place, form, sheet = self._place(), self.form, self.sheet

        def work(session: Session) -> tuple[RecordId, Changes]:
            if form == "version" and sheet is not None:
                return guidance.new_version(session, sheet=sheet, values=values)
            return guidance.add(session, values=values)

        def done(made: RecordId) -> None:
            self._half.drop(place)
            self.sheet, self.page = made, None
            self.close_form()

        self._shell.do(self, work, done, self.refused.emit)

    def take_off(self) -> None:
        """Take the version that is looked at off the library."""
        sheet = self.sheet
        if sheet is not None:
            self._shell.do(self, lambda session: guidance.take_off(session, sheet=sheet))
