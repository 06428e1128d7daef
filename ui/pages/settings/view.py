"""The list of sections on the left, one of them on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.changes import Changes
from ui.commands import Command
from ui.page import Page
from ui.pages.settings import sections
from ui.pages.settings.printing import PrintingSection
from ui.pages.settings.state import SettingsState
from ui.pages.settings.volunteers import AddVolunteer, VolunteersSection
from ui.shell import Shell
from ui.widgets.labels import Words
from ui.widgets.layout import box, clear, col, focus_soon, has_keyboard, row, rule
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell
from ui.words import mark, tr

SECTIONS = (
    ("volunteers", mark("Volunteers and folders"), "people"),
    ("sites", mark("Sites we trust"), "shield"),
    ("place", mark("This place"), "household"),
    ("language", mark("Language and paper"), "globe"),
    ("printing", mark("Printing"), "paper"),
    ("lock", mark("Lock and passphrase"), "lock"),
    ("recovery", mark("Recovery sheet"), "cupboard"),
    ("about", mark("About Waystation"), "info"),
)


class SettingsView(Page):
    """Settings."""

    help = (
        mark("Each volunteer has a passphrase of their own. It opens only the folders with a tick."),
        mark("When somebody leaves, close their access on this laptop the same day."),
        mark("A forgotten passphrase: a coordinator gives a new one, or the recovery sheet opens the laptop."),
        mark("Changes here are saved at once."),
    )

    def __init__(self, shell: Shell, state: SettingsState) -> None:
        super().__init__("settings", tr("Settings"))
        self._shell, self._state = shell, state
        self._list = RowList(name="settings_sections", label=tr("Settings"), plane="paper", inset=12, rules=False)
        self._list.show_cells([Cell(tr(text), icon=icon, key=key) for key, text, icon in SECTIONS])
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(self._into)
        inner = box(col(Words(tr("Settings"), "title"), 14, (self._list, 1), edge=(16, 18, 8, 14)), "paper")
        left = box(row((inner, 1), rule(upright=True), gap=0), "paper", width=262)
        self._right: QVBoxLayout = col()
        self.setLayout(row(left, (box(self._right), 1), gap=0))
        self._shown: QWidget | None = None
        self._what: object = None
        state.changed.connect(self._show)
        self._list.choose(state.section)
        self._show()

    def arrive(self, **where: object) -> None:
        wanted = str(where.get("show", ""))
        if wanted:
            self._state.show(wanted)
            self._list.choose(wanted)
        self._state.load()

    def changed(self, changes: Changes) -> None:
        self._state.touched(changes)

    def first_focus(self) -> QWidget | None:
        return self._list

    def commands(self) -> list[Command]:
        def going(section: str) -> Callable[[], None]:
            return lambda: self._go(section)

        made = [Command(f"settings.{key}", text, going(key), "", icon, mark("Settings")) for key, text, icon in SECTIONS]
        if self._shell.who.role.coordinates:
            made.insert(0, Command("settings.add", mark("Add a volunteer"), self._add, "Ctrl+N", "person-add"))
        return made

    def _add(self) -> None:
        AddVolunteer(self.window(), self._shell, self._state).open()

    def _go(self, section: str) -> None:
        self._list.choose(section)
        self._into(section)

    def _choose(self, key: object) -> None:
        if key == "sites":
            return  # Enter or a click leads to the Stick page, the arrow keys only pass over it
        self._state.show(str(key))

    def _into(self, key: object) -> None:
        if key == "sites":
            self._list.choose(self._state.section)
            self._shell.open("stick", show="sites")
            return
        first = self._shown.first_focus() if isinstance(self._shown, sections.Section) else None
        if first is not None:
            first.setFocus()

    def _show(self) -> None:
        state = self._state
        if state.settings is None:
            return
        # What is typed in a section stays while something else is read again.
        what = (state.section, state.settings, state.volunteers if state.section == "volunteers" else (), state.sheet, state.told, state.printer)
        if what == self._what:
            return
        had = self._shown is not None and has_keyboard(self._shown)
        kept = self.keep_typed() if had else {}
        same = self._what is not None and isinstance(self._what, tuple) and self._what[0] == state.section
        self._what = what
        clear(self._right)
        makers: dict[str, Callable[[], sections.Section]] = {
            "volunteers": lambda: VolunteersSection(self._shell, state),
            "place": lambda: sections.PlaceSection(self._shell, state),
            "language": lambda: sections.LanguageSection(self._shell, state),
            "printing": lambda: PrintingSection(self._shell, state),
            "lock": lambda: sections.LockSection(self._shell, state),
            "recovery": lambda: sections.RecoverySection(self._shell, state),
            "about": lambda: sections.AboutSection(self._shell, state),
        }
        self._shown = makers[state.section]()
        self._right.addWidget(self._shown)
        first = self._shown.first_focus()
        if had and first is not None:
            focus_soon(first)
        if had and same and state.section != "lock":
            self.put_typed({name: value for name, value in kept.items() if name != "settings_sections"})
