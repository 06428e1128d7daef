"""Volunteers and folders: who can open what."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.services.volunteers import Volunteer
from ui import dates
from ui.pages.settings.sections import Section
from ui.pages.settings.state import SettingsState
from ui.present_errors import box as error_box
from ui.present_errors import brief
from ui.rail import ROLES
from ui.shell import Shell, ask_before
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.dialogs import Box
from ui.widgets.fields import Labelled, Line
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import box, col, row, scroll
from ui.widgets.lists import CellTable
from ui.widgets.parts import Head, foot
from ui.widgets.passphrase import PassphraseChoice
from ui.widgets.rows import Cell, Chip
from ui.words import mark, tr

FOLDERS = (
    (Folder.RECEPTION, mark("Reception"), mark("People, households, needs, papers.")),
    (Folder.CONTACTS, mark("Contacts"), mark("People who have not arrived yet; also checking and risk of those who have.")),
    (Folder.HEALTH, mark("Health"), mark("What the medic writes. Only those with a tick can open it.")),
)
EXPLAINED = {
    Role.COORDINATOR: mark("adds volunteers, trusts sites, makes recovery sheets"),
    Role.CASEWORKER: mark("everything about people and contacts"),
    Role.REGISTRAR: mark("registers people at the desk"),
    Role.MEDIC: mark("people, and what is written about their health"),
    Role.OBSERVER: mark("reads, and changes nothing"),
}


def _opens(one: Volunteer, folder: Folder) -> Cell:
    if folder not in one.folders:
        return Cell(tr("no"), ink="ink3")
    return Cell(tr("Reads") if not one.role.writes else tr("Opens"), icon="check", tone="good")


def _line(one: Volunteer) -> list[Cell]:
    role = tr("{role} · you", role=tr(ROLES[one.role])) if one.me else tr(ROLES[one.role])
    state = () if one.last_opened or one.me else (Chip(tr("Not begun"), "warn", "clock"),)
    last = tr("now") if one.me else dates.moment(one.last_opened) or tr("never")
    return [Cell(one.name, role, key=one.id), *(_opens(one, folder) for folder, _, _ in FOLDERS), Cell(last), Cell(chips=state)]


class VolunteersSection(Section):
    """The table of volunteers, and what can be done with the chosen one."""

    def __init__(self, shell: Shell, state: SettingsState) -> None:
        QWidget.__init__(self)
        self._shell, self._state = shell, state
        self._first = None
        may = shell.who.role.coordinates
        add = Button(tr("Add a volunteer"), "primary", "person-add", "Ctrl+N", name="add_volunteer")
        add.clicked.connect(lambda: AddVolunteer(self.window(), shell, state).open())
        add.setEnabled(may)
        heads = [tr("Volunteer"), *(tr(name) for _, name, _ in FOLDERS), tr("Last here"), tr("State")]
        self._table = CellTable(heads, [0, 118, 118, 118, 136, 132], name="volunteers_table", label=tr("Volunteers and folders"), fit=True)
        self._table.show_lines([_line(one) for one in state.volunteers])
        self._table.choose_row(0)
        self._table.chosen.connect(lambda _key: self._look())
        self._folders = Button(tr("Change folders…"), name="change_folders")
        self._folders.clicked.connect(self._change_folders)
        self._passphrase = Button(tr("New passphrase…"), name="give_passphrase")
        self._passphrase.clicked.connect(self._new_passphrase)
        self._close = Button(tr("Close access…"), "danger", name="close_access")
        self._close.clicked.connect(self._ask_close)
        hold = facts([(tr(name), tr(text)) for _, name, text in FOLDERS], first=110)
        note = Note("lock", "" if may else tr("Only a coordinator can change this."), "second", "body")
        body = box(col(
            row(self._table, edge=(EDGE - 8, 0, EDGE - 8, 0)),
            row(col(Words(tr("What the folders hold"), "heading"), 8, hold, 12, note, None), edge=(EDGE, 24, EDGE, 16)), None,
        ))
        self.setLayout(col(
            Head(tr("Volunteers and folders"), tr("Each passphrase opens only the folders with a tick."), add),
            (scroll(body, "section_scroll"), 1), foot(self._folders, self._passphrase, None, self._close),
        ))
        self._first = self._table
        self._look()

    def _chosen(self) -> Volunteer | None:
        return next((one for one in self._state.volunteers if one.id == self._table.current()), None)

    def _look(self) -> None:
        one, role = self._chosen(), self._shell.who.role
        self._folders.setEnabled(one is not None and (role.coordinates or role is Role.MEDIC))
        for button in (self._passphrase, self._close):
            button.setEnabled(one is not None and role.coordinates and not one.me)

    def _change_folders(self) -> None:
        one = self._chosen()
        if one is not None:
            ChangeFolders(self.window(), self._shell, self._state, one).open()

    def _new_passphrase(self) -> None:
        one = self._chosen()
        if one is not None:
            GivePassphrase(self.window(), self._state, one).open()

    def _ask_close(self) -> None:
        one = self._chosen()
        if one is None:
            return

        def failed(error: UserError) -> None:
            if error.code != "folder.last_member":
                error_box(self, error)
                return
            ask_before(
                self, tr("Nobody else can open one of their folders"),
                tr("If you go on, what lies in that folder can never be opened again on this laptop.\nFirst let them give the folder to somebody else."),
                tr("Close access all the same"), lambda: self._state.close_access(one.id, lambda e: error_box(self, e), lose_folders=True), danger=True,
            )

        ask_before(
            self, tr("Close the access of {name}?", name=one.name),
            tr("Their passphrase opens nothing on this laptop any more. What they wrote stays, with their name in the history."),
            tr("Close access"), lambda: self._state.close_access(one.id, failed), danger=True,
        )


def _offered(shell: Shell) -> list[tuple[str, str]]:
    return [(folder.value, tr(name)) for folder, name, _ in FOLDERS if folder in shell.who.folders]


class AddVolunteer(Box):
    """A name, a role, folders and a first passphrase."""

    def __init__(self, parent: QWidget, shell: Shell, state: SettingsState) -> None:
        super().__init__(parent, "add_volunteer_box", tr("Add a volunteer"), width=620)
        self._state = state
        self._name = Line(name="volunteer_name", limit=60)
        self._asked = Labelled(tr("Name that the others here know"), self._name)
        self._role = Choices([(role.value, tr(ROLES[role])) for role in Role], name="role", label=tr("Role"), chosen=[Role.REGISTRAR.value])
        self._role.picked.connect(lambda _keys: self._offer())
        self._explain = Words("", "small", "hint", wrap=True)
        self._folders = Choices(_offered(shell), name="opens", label=tr("Opens"), many=True)
        self._secret = PassphraseChoice("first_passphrase", state.measure, state.suggest, width=420, label=tr("First passphrase"))
        self._go = Button(tr("Add"), "primary", name="add_go")
        self._go.setEnabled(False)
        self._go.clicked.connect(self._add)
        self._name.textChanged.connect(lambda _text: self._look())
        self._secret.ready.connect(lambda _on: self._look())
        self._secret.entered.connect(self._add)
        back = Button(tr("Go back"), hint="Esc", name="add_back")
        back.clicked.connect(self.reject)
        inner = col(
            self._asked, 12, Words(tr("Role"), "body", "second"), 4, self._role, 4, self._explain, 12, Words(tr("Opens"), "body", "second"), 4,
            self._folders, 12, self._secret, 8, Words(tr("They change it themselves when they open the laptop for the first time."), "small", "hint", wrap=True),
        )
        self.body.addLayout(inner)
        for one in (self._go, back):
            self.buttons.addWidget(one)
        self.buttons.addStretch(1)
        self._offer()
        self._name.setFocus()
        self.fit()

    def _offer(self) -> None:
        role = Role(self._role.one())
        self._explain.setText(tr(EXPLAINED[role]))
        self._folders.choose(folder.value for folder in role.folders)

    def _look(self) -> None:
        self._asked.wrong("")
        self._go.setEnabled(bool(self._name.text().strip() and self._secret.text()))

    def _add(self) -> None:
        if self._go.isEnabled():
            folders = frozenset(Folder(key) for key in self._folders.chosen())
            self._state.add(self._name.text(), Role(self._role.one()), self._secret.text(), folders, self.accept, self._failed)

    def _failed(self, error: UserError) -> None:
        if error.code.startswith("passphrase."):
            self._secret.wrong(brief(error))
        else:
            self._asked.wrong(brief(error))
            self._name.setFocus()
        self.fit()


class ChangeFolders(Box):
    """Tick what a volunteer can open."""

    def __init__(self, parent: QWidget, shell: Shell, state: SettingsState, one: Volunteer) -> None:
        super().__init__(parent, "folders_box", tr("What {name} can open", name=one.name), width=520)
        self._state, self._one = state, one
        self._hidden = one.folders - shell.who.folders
        self._folders = Choices(_offered(shell), name="opens", label=tr("Opens"), many=True, chosen=[folder.value for folder in one.folders])
        self._problem = Note("warning", "", "danger", name="folders_problem")
        go = Button(tr("Keep this"), "primary", name="folders_go")
        go.clicked.connect(self._keep)
        go.setDefault(True)
        back = Button(tr("Go back"), hint="Esc", name="folders_back")
        back.clicked.connect(self.reject)
        self.body.addLayout(col(
            self._folders, 10, self._problem, Words(tr("You can give only folders that you can open yourself."), "small", "hint", wrap=True)
        ))
        for button in (go, back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self._folders.focus()
        self.fit()

    def _keep(self) -> None:
        chosen = frozenset(Folder(key) for key in self._folders.chosen()) | self._hidden
        self._state.set_folders(self._one.id, chosen, self.accept, self._failed)

    def _failed(self, error: UserError) -> None:
        self._problem.say(brief(error), "danger")
        self.fit()


class GivePassphrase(Box):
    """A new passphrase for a volunteer who forgot theirs."""

    def __init__(self, parent: QWidget, state: SettingsState, one: Volunteer) -> None:
        super().__init__(parent, "passphrase_box", tr("New passphrase for {name}", name=one.name), width=560)
        self._state, self._one, self._lose = state, one, False
        self._secret = PassphraseChoice("given_passphrase", state.measure, state.suggest, width=420)
        self._problem = Note("warning", "", "danger", name="passphrase_box_problem")
        self._go = Button(tr("Give it"), "primary", name="passphrase_go")
        self._go.setEnabled(False)
        self._go.clicked.connect(self._give)
        self._secret.ready.connect(self._go.setEnabled)
        self._secret.entered.connect(self._give)
        back = Button(tr("Go back"), hint="Esc", name="passphrase_back")
        back.clicked.connect(self.reject)
        hint = Words(tr("Tell it to them in person. They change it themselves afterwards."), "small", "hint", wrap=True)
        self.body.addLayout(col(self._secret, 10, self._problem, hint))
        for button in (self._go, back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self._secret.first.setFocus()
        self.fit()

    def _give(self) -> None:
        if self._go.isEnabled():
            self._state.new_passphrase(self._one.id, self._secret.text(), self.accept, self._failed, lose_folders=self._lose)

    def _failed(self, error: UserError) -> None:
        if error.code == "folder.last_member":
            self._lose = True
            self._problem.say(tr("Nobody else can open one of their folders: it would be lost for ever. Press again to accept that."), "danger")
        else:
            self._secret.wrong(brief(error))
        self.fit()
