"""What the settings show and change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.services import printers, settings, vaults, volunteers
from desktop.services.printers import Printer
from desktop.services.settings import Settings
from desktop.services.volunteers import Volunteer
from ui.code_groups import Sheet
from ui.shell import Shell
from ui.words import tr

Done = Callable[[], None]
Failed = Callable[[UserError], None]


class SettingsState(QObject):
    """`section` is the one that is shown. Signals: `changed` when another section, other settings or volunteers are there."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.section = "volunteers"
        self.settings: Settings | None = None
        self.volunteers: tuple[Volunteer, ...] = ()
        self.printer: Printer | None = None
        self.sheet: Sheet | None = None  # a new recovery sheet, until it was read back
        self.told = ""

    def load(self) -> None:
        """Read everything again."""
        self._shell.read(self, lambda session: printers.chosen(session), self._printer_read)
        self._shell.read(self, lambda session: settings.settings(session), self._settings_read)
        self._shell.read(self, lambda session: tuple(volunteers.volunteers(session)), self._volunteers_read)

    def show(self, section: str) -> None:
        """Another section."""
        if section != self.section:
            self.section, self.told = section, ""
            self.changed.emit()

    def touched(self, changes: Changes) -> None:
        """Read again if these changes can be seen here."""
        if changes.kinds & {"setting", "volunteer"}:
            self.load()

    # ---- one's own --------------------------------------------------------------------------------------------------

    def change(self, told: str = "", **values: str | int) -> None:
        """Change any of the settings and say so."""

        def done(_none: object) -> None:
            self.told = told
            if "lock_minutes" in values:
                self._shell.lock_minutes_changed.emit(int(values["lock_minutes"]))
            if "site" in values:
                self._shell.rename(str(values["site"]))
            self.changed.emit()

        self._shell.do(self, lambda session: settings.change(session, **values), done)

    def change_passphrase(self, old: str, new: str, done: Done, failed: Failed) -> None:
        """One's own passphrase."""

        def finished(changes: Changes) -> None:
            done()
            self._shell.announce(changes)

        self._shell.run(
            self, lambda session, _progress: vaults.change_passphrase(session, old=old, new=new), finished,
            failed, words=tr("Changing the locks…"), can_cancel=False,
        )

    def measure(self, passphrase: str, then: Callable[[vaults.Strength], None]) -> None:
        """How strong a passphrase is."""
        self._shell.jobs.submit(self, lambda _progress: vaults.strength(passphrase), then, aside=True)

    def suggest(self, then: Callable[[str], None]) -> None:
        """Words drawn at random."""
        self._shell.jobs.submit(self, lambda _progress: vaults.suggest_words(), then, aside=True)

    # ---- the printer ------------------------------------------------------------------------------------------------

    def choose_printer(self, printer: Printer, told: str) -> None:
        """Print to this one from now on, and say so."""
        self._shell.do(self, lambda session: printers.choose(session, printer=printer), lambda _none: self._printer_changed(printer, told))

    def turn_printer_off(self, told: str) -> None:
        """Print through the system's dialog from now on, and say so."""
        self._shell.do(self, lambda session: printers.turn_off(session), lambda _none: self._printer_changed(None, told))

    def _printer_changed(self, printer: Printer | None, told: str) -> None:
        self.printer, self.told = printer, told
        self.changed.emit()

    def _printer_read(self, printer: Printer | None) -> None:
        if printer != self.printer:
            self.printer = printer
            self.changed.emit()

    # ---- the recovery sheet -----------------------------------------------------------------------------------------

    def new_sheet(self) -> None:
        """A new code; the old sheet stops working."""
        self._shell.run(self, lambda session, _progress: vaults.new_recovery_code(session), self._code_made, words=tr("Changing the locks…"), can_cancel=False)

    def sheet_read_back(self) -> None:
        """Forget the code: the paper has it."""
        self.sheet = None
        self.told = "sheet"
        self.changed.emit()
        self._shell.do(self, lambda session: vaults.note_recovery_sheet(session))


    # ---- volunteers -------------------------------------------------------------------------------------------------

    def add(self, name: str, role: Role, passphrase: str, folders: frozenset[Folder], done: Done, failed: Failed) -> None:
        """A new volunteer."""
        self._work(lambda session: volunteers.add(session, name=name, role=role, passphrase=passphrase, folders=folders), done, failed)

    def set_folders(self, volunteer: str, folders: frozenset[Folder], done: Done, failed: Failed) -> None:
        """What a volunteer can open."""
        self._work(lambda session: volunteers.set_folders(session, volunteer=volunteer, folders=folders), done, failed)

    def new_passphrase(self, volunteer: str, passphrase: str, done: Done, failed: Failed, *, lose_folders: bool = False) -> None:
        """For a volunteer who forgot theirs."""
        self._work(
            lambda session: volunteers.new_passphrase(session, volunteer=volunteer, passphrase=passphrase, lose_folders=lose_folders), done, failed
        )

    def close_access(self, volunteer: str, failed: Failed, *, lose_folders: bool = False) -> None:
        """A volunteer who may not open this laptop any more."""
        self._work(lambda session: volunteers.close_access(session, volunteer=volunteer, lose_folders=lose_folders), lambda: None, failed)

    # ---- inside -----------------------------------------------------------------------------------------------------

    def _work(self, work: Callable[..., Changes], done: Done, failed: Failed) -> None:
        def finished(changes: Changes) -> None:
            done()
            self._shell.announce(changes)

        self._shell.run(self, lambda session, _progress: work(session), finished, failed, words=tr("Changing the locks…"), can_cancel=False)

    def _settings_read(self, found: Settings) -> None:
        if found != self.settings:
            self.settings = found
            self.changed.emit()

    def _volunteers_read(self, found: tuple[Volunteer, ...]) -> None:
        if found != self.volunteers:
            self.volunteers = found
            self.changed.emit()

    def _code_made(self, code: str) -> None:
        self.sheet = Sheet(code)
        self.changed.emit()
