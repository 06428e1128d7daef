"""The page of forms: one part of it at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.ids import RecordId, Stamp
from ui.commands import Command
from ui.page import Errand, Page
from ui.pages.forms.adding import AddingPane
from ui.pages.forms.doing import Doing
from ui.pages.forms.filled import FilledPane
from ui.pages.forms.library import Library
from ui.pages.forms.moving import MovingPane
from ui.pages.forms.pane import Pane
from ui.pages.forms.state import FormsState
from ui.pages.forms.trying import TryingPane
from ui.shell import Shell
from ui.widgets.layout import clear, col, focus_soon, has_keyboard
from ui.words import mark, tr


class FormsView(Page):
    """Forms."""

    help = (
        mark("Every form this place uses is here: those that came with Waystation and those you bring in as a workbook (XLSForm)."),
        mark("Drop a workbook anywhere on the window, or press Ctrl+N. Nothing is added before you have seen what was found in it."),
        mark("A newer version is added beside the old one. What was filled keeps its version until somebody moves it on purpose."),
        mark("Press Enter on a form to see what was filled with it. Ctrl+Enter fills it."),
        mark("Exported files are not locked. Take them out only for somebody who must have them, and delete them afterwards."),
    )

    def __init__(self, shell: Shell, state: FormsState) -> None:
        super().__init__("forms", tr("Forms"))
        self._shell, self._state = shell, state
        self._doing = Doing(self, shell, state)
        self._whole = col()
        self.setLayout(self._whole)
        self.pane: Pane = Pane()
        state.turned.connect(self._turn)
        state.chosen.connect(shell.offer)
        self._turn()

    # ---- what the shell asks ----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        form, files, errand = where.get("form"), where.get("files"), where.get("do")
        found = tuple(one for one in files if isinstance(one, Path)) if isinstance(files, tuple) else ()
        self._state.arrive(RecordId(*form) if isinstance(form, Stamp) else None, files if found and isinstance(files, tuple) else ())
        ways: dict[str, Callable[[], None]] = {
            "add": self._doing.ask_for_file, "fill": self._doing.choose_and_fill, "export": self._doing.choose_and_export,
        }
        if isinstance(errand, Errand) and self._state.is_new(errand):
            ways[errand.what]()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        return self.pane.first_focus()

    def back(self) -> bool:
        return self._state.back()

    def waits_for(self, files: Sequence[Path]) -> bool:
        wanted = self._state.adding.missing() if self._state.show == "adding" else ()
        return bool(files) and all(path.name in wanted for path in files)

    def commands(self) -> Sequence[Command]:
        state, doing = self._state, self._doing

        def at(*shows: str) -> Callable[[], bool]:
            return lambda: state.show in shows and state.form is not None

        def own() -> bool:
            return at("library")() and state.may_add and state.form is not None and not state.form.shipped

        common = (
            Command("forms.add_file", mark("Add a form…"), doing.ask_for_file, "Ctrl+N", "plus", ready=lambda: state.may_add),
            Command("forms.search", mark("Search"), self._search, "Ctrl+F", "search", ready=lambda: state.show in ("library", "filled")),
            Command("forms.fill_this", mark("Fill this form"), doing.fill, "Ctrl+Return", "pencil",
                    ready=lambda: at("library", "filled")() and doing.can_fill()),
            Command("forms.filled", mark("What was filled with this form"), doing.filled, "Alt+F", "form", ready=at("library")),
            Command("forms.export_this", mark("Export what was filled with this form…"), doing.export, "Ctrl+E", "put",
                    ready=lambda: at("library", "filled")() and doing.can_export()),
            Command("forms.look", mark("Look at this form"), self._look, "Ctrl+O", "eye", ready=self._can_look),
            Command("forms.print_blank", mark("Print this form blank"), doing.print_blank, "Ctrl+P", "paper", ready=at("library")),
            Command("forms.newer", mark("Add a newer version…"), doing.ask_for_newer, "", "plus", ready=own),
            Command("forms.retire", mark("Stop using this form"), doing.ask_to_retire, "", "close",
                    ready=lambda: own() and state.form is not None and state.form.state != "retired"),
            Command("forms.use_again", mark("Use this form again"), state.use_again, "", "undo",
                    ready=lambda: own() and state.form is not None and state.form.state == "retired"),
        )
        own_ids = {one.shortcut for one in self.pane.commands() if one.shortcut}
        return (*self.pane.commands(), *(one for one in common if not one.shortcut or one.shortcut not in own_ids))

    def _can_look(self) -> bool:
        state = self._state
        if state.show == "adding":
            return state.adding.looked is not None and state.adding.looked.tried is not None
        return state.show == "library" and state.form is not None

    def _look(self) -> None:
        if self._state.show == "adding":
            self._state.try_added()
        else:
            self._doing.look()

    def _search(self) -> None:
        if isinstance(self.pane, (Library, FilledPane)):
            self.pane.to_search()

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        makers: dict[str, Callable[[], Pane]] = {
            "library": lambda: Library(self._state, self._doing), "adding": lambda: AddingPane(self._shell, self._state),
            "filled": lambda: FilledPane(self._state, self._doing), "moving": lambda: MovingPane(self._state),
            "trying": lambda: TryingPane(self._shell, self._state),
        }
        had = has_keyboard(self)
        clear(self._whole)
        self.pane = makers[self._state.show]()
        self._whole.addWidget(self.pane, 1)
        self._shell.offer()
        first = self.pane.first_focus()
        if had and first is not None:
            focus_soon(first)
