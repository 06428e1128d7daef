"""The smaller sections: this place, language and paper, lock and passphrase, recovery sheet, about."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.services.settings import Settings
from ui import words
from ui.pages.settings.state import SettingsState
from ui.present_errors import brief
from ui.recovery_sheet import SheetStep
from ui.shell import Shell, ask_before
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Drop, Labelled, Line, Secret
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import Part, box, col, row, scroll
from ui.widgets.parts import Head
from ui.widgets.passphrase import PassphraseChoice
from ui.words import counted, tr

MINUTES = (1, 2, 5, 10, 15, 30, 60)
PARTS = (
    ("Qt, PySide6", "LGPL-3.0"), ("SQLCipher, sqlcipher3", "BSD-3-Clause, Zlib"), ("cryptography", "Apache-2.0, BSD-3-Clause"), ("pyrage", "MIT"),
    ("ReportLab", "BSD-3-Clause"), ("uharfbuzz", "Apache-2.0"), ("pypdfium2, PDFium", "Apache-2.0, BSD-3-Clause"), ("zxing-cpp", "Apache-2.0"),
    ("zstandard", "BSD-3-Clause"), ("pyxform", "BSD-2-Clause"), ("regex", "Apache-2.0, CNRI-Python"),
    ("Pillow", "MIT-CMU"), ("Noto Sans, Noto Sans Myanmar, Noto Sans Thai, Noto Sans Mono", "OFL-1.1"),
    ("Myanmar Karen Word Lists (from ICU)", "BSD-3-Clause"), ("MIMU (place codes), nayyar, myanmar-geography-json", "MIT"),
)


class Section(QWidget):
    """One section: a head, then parts in a column that scrolls."""

    def __init__(self, title: str, second: str, *parts: Part, actions: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        inner = box(col(*parts, None))
        inner.setMaximumWidth(760)
        body = box(row((inner, 1000), None, gap=0, edge=(EDGE, 4, EDGE, 16)))
        self.setLayout(col(Head(title, second, *actions), (scroll(body, "section_scroll"), 1)))
        self._first: QWidget | None = None

    def first_focus(self) -> QWidget | None:
        """Where work begins in this section."""
        return self._first


def _settings(state: SettingsState) -> Settings:
    return state.settings or Settings()


class PlaceSection(Section):
    """The name of the site."""

    def __init__(self, shell: Shell, state: SettingsState) -> None:
        self._state = state
        may = shell.who.role.coordinates
        self._name = Line(_settings(state).site, name="site_name", width=360, limit=60)
        self._name.setEnabled(may)
        self._question = Labelled(tr("Name of this place"), self._name, help=tr("Other sites will see it. A nickname is safer than a map name."))
        keep = Button(tr("Change the name"), "primary", name="keep_site")
        keep.setEnabled(may)
        keep.clicked.connect(self._keep)
        self._name.returnPressed.connect(self._keep)
        told = Note("done", state.told if state.told not in ("sheet", "passphrase") else "", "good", "body")
        only = Note("lock", "" if may else tr("Only a coordinator can change it."), "second", "body")
        super().__init__(tr("This place"), tr("What other sites and the papers call this site."), self._question, 16, only, row(keep, None), 12, told)
        self._first = self._name

    def _keep(self) -> None:
        name = " ".join(self._name.text().split())
        self._question.wrong("" if name else tr("Write a name for this place. It can be changed later."))
        if name:
            self._state.change(tr("Saved."), site=name)


class LanguageSection(Section):
    """Language of the window, and the size of paper."""

    def __init__(self, shell: Shell, state: SettingsState) -> None:
        speak = Choices(list(words.NAMES.items()), name="window_language", label=tr("Language of the window"), chosen=[words.language()])
        speak.picked.connect(lambda keys: shell.changed_language() if words.language() not in keys else None)
        size = Choices([("A4", "A4"), ("Letter", "Letter")], name="paper_size", label=tr("Size of paper"), chosen=[_settings(state).paper_size])
        size.picked.connect(lambda keys: state.change(paper_size=next(iter(keys))))
        size.setEnabled(shell.who.role.writes)
        super().__init__(
            tr("Language and paper"), tr("Forms and papers have both languages at all times."),
            Words(tr("Language of the window"), "body", "second"), 6, speak, 4, Words(tr("F2 changes it at any time."), "small", "hint"), 22,
            Words(tr("Size of paper"), "body", "second"), 6, size,
        )
        self._first = speak.button(words.language())


class LockSection(Section):
    """When the window locks itself, and one's own passphrase."""

    def __init__(self, shell: Shell, state: SettingsState) -> None:
        self._state = state
        now = _settings(state).lock_minutes
        pairs = [(str(at), counted(at, "{n} minute", "{n} minutes")) for at in sorted({*MINUTES, now})]
        after = Drop(pairs, name="lock_minutes", current=str(now), width=200)
        after.picked.connect(lambda key: state.change(lock_minutes=int(key)))
        after.setEnabled(shell.who.role.coordinates)
        only = Note("lock", "" if shell.who.role.coordinates else tr("Only a coordinator can change it."), "second", "body")
        self._old = Secret(name="old_passphrase", width=420)
        self._asked = Labelled(tr("Your passphrase now"), self._old)
        self._new = PassphraseChoice("new_passphrase", state.measure, state.suggest, label=tr("Your new passphrase"))
        self._go = Button(tr("Change the passphrase"), "primary", name="change_passphrase")
        self._go.setEnabled(False)
        self._told = Note("done", tr("The passphrase is changed. The old one opens nothing any more.") if state.told == "passphrase" else "", "good", "body")
        self._new.ready.connect(lambda _on: self._look())
        self._old.textChanged.connect(lambda _text: self._look())
        self._go.clicked.connect(self._change)
        self._new.entered.connect(self._change)
        super().__init__(
            tr("Lock and passphrase"), tr("Ctrl+L locks at any time. Nothing you typed is lost."),
            Labelled(tr("Lock when nobody has touched the laptop for"), after), 4, only, 22,
            Words(tr("Change your passphrase"), "heading"), 12, self._told, 8, self._asked, 16, self._new, 20, row(self._go, None),
        )
        self._first = after if after.isEnabled() else self._old

    def _look(self) -> None:
        self._asked.wrong("")
        self._go.setEnabled(bool(self._old.text() and self._new.text()))

    def _change(self) -> None:
        if self._go.isEnabled():
            self._state.change_passphrase(self._old.text(), self._new.text(), self._done, self._failed)

    def _done(self) -> None:
        self._state.told = "passphrase"
        self._state.changed.emit()

    def _failed(self, error: UserError) -> None:
        if error.code == "passphrase.wrong":
            self._asked.wrong(brief(error))
            self._old.setFocus()
        else:
            self._new.wrong(brief(error))


class RecoverySection(Section):
    """Make a new recovery sheet."""

    def __init__(self, shell: Shell, state: SettingsState) -> None:
        self._state = state
        if state.sheet:
            step = SheetStep(state.sheet, shell.jobs, title=False, printer=lambda: state.printer, size=_settings(state).paper_size)
            done = Button(tr("The sheet is in a safe place"), "primary", name="sheet_done")
            done.setEnabled(False)
            step.ready.connect(done.setEnabled)
            step.entered.connect(lambda: state.sheet_read_back() if done.isEnabled() else None)
            done.clicked.connect(state.sheet_read_back)
            super().__init__(
                tr("Recovery sheet"), tr("One page with eight groups of four characters. It is shown only now."), step, 20, row(done, None)
            )
            self._first = step
            return
        may = shell.who.role.coordinates
        make = Button(tr("Make a new recovery sheet"), "primary", "paper", name="new_sheet")
        make.setEnabled(may and not shell.practice)
        make.clicked.connect(self._ask)
        told = Note("done", tr("The new sheet works from now on. Tear up the old one.") if state.told == "sheet" else "", "good", "body")
        only = Note("lock", "" if may else tr("Only a coordinator can make it."), "second", "body")
        super().__init__(
            tr("Recovery sheet"), tr("It opens this laptop when a passphrase is forgotten."), told, 6,
            Words(tr("Keep it in a locked place, not with this laptop. Best with somebody else."), "body", "second", wrap=True), 8,
            Words(tr("If the sheet is lost or somebody saw it, make a new one: the old one stops working at once."), "body", "second", wrap=True), 18,
            only, row(make, None),
        )
        self._first = make

    def _ask(self) -> None:
        ask_before(
            self, tr("Make a new recovery sheet?"), tr("The old sheet stops working at once."), tr("Make it"), self._state.new_sheet
        )


class AboutSection(Section):
    """What this is, and whose work is in it."""

    def __init__(self, shell: Shell, state: SettingsState) -> None:
        who = facts([
            (tr("Volunteer"), shell.who.volunteer), (tr("Place"), shell.who.site), (tr("Python"), sys.version.split()[0]),
        ], first=200)
        licences = facts([(name, licence) for name, licence in PARTS], first=260)
        super().__init__(
            tr("About Waystation"), tr("Registers people who arrive at reception sites, without a network."), who, 20,
            Words(tr("It has no server and opens no connection, except to a printer that you chose. Everything lies locked in one folder on this laptop."), "body", "second", wrap=True), 20,
            Words(tr("Work of others in it, with their licences"), "heading"), 10, licences, 16,
            Words(tr("The Burmese words are drafts until a native reader has checked them."), "small", "hint", wrap=True),
        )
        self._first = None

