"""What can be done with the form that is looked at: the buttons, the shortcuts and the command palette all come here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.services.form_library import StoredForm
from desktop.services.intake import ARRIVAL, REGISTRATION
from ui import messages
from ui.pages.forms.export_box import ExportBox
from ui.pages.forms.state import FormsState
from ui.records.choose_form import ChooseForm
from ui.records.fill_form import fill_form
from ui.shell import Shell, ask_before
from ui.words import tr

OWN = frozenset({ARRIVAL, REGISTRATION})


class Doing(QObject):
    """`page` is the widget over which boxes stand."""

    def __init__(self, page: QWidget, shell: Shell, state: FormsState) -> None:
        super().__init__(page)
        self._page, self._shell, self._state = page, shell, state

    # ---- bringing in ------------------------------------------------------------------------------------------------

    def ask_for_file(self) -> None:
        """Choose a file that holds a form."""
        if self._state.may_add:
            messages.choose_file(self._page, tr("Choose the form"), self._take)

    def ask_for_newer(self) -> None:
        """Choose the file of a newer version of the form that is looked at."""
        form = self._state.form
        if form is not None and self._state.may_add:
            messages.choose_file(
                self._page, tr("Choose the newer version"), lambda path: self._state.take_files((path,), instead_of=form)
            )

    def _take(self, path: Path) -> None:
        self._state.take_files((path,))

    # ---- filling ----------------------------------------------------------------------------------------------------

    def can_fill(self) -> bool:
        """True if the form that is looked at can be filled now."""
        form = self._state.form
        return form is not None and self._state.writes and form.here and form.state == "in_use" and self.can_open(form)

    def can_open(self, form: StoredForm) -> bool:
        """True if this volunteer can open the folder that the answers go to."""
        return form.folder in self._shell.who.folders

    def fill(self) -> None:
        """Fill the form that is looked at."""
        form = self._state.form
        if form is not None and self.can_fill():
            fill_form(self._page, self._shell, form)

    def choose_and_fill(self) -> None:
        """Choose a form, then fill it."""
        ChooseForm(self._page.window(), self._shell, lambda form: fill_form(self._page, self._shell, form), title=tr("Fill which form?")).open()

    # ---- looking ----------------------------------------------------------------------------------------------------

    def filled(self) -> None:
        """What was filled with the form that is looked at. What our own forms asked stands with the people."""
        form = self._state.form
        if form is not None and form.shipped:
            self._shell.open("people")
        else:
            self._state.open_filled()

    def look(self) -> None:
        """Try the form out; nothing is kept."""
        form = self._state.form
        if form is not None and form.here:
            self._state.try_form(form)

    def print_blank(self) -> None:
        """The form on paper, to be filled with a pen."""
        form = self._state.form
        if form is not None and form.here:
            self._shell.open("paper", form=form.id)

    def to_stick(self) -> None:
        """The page of sticks."""
        self._shell.open("stick")

    # ---- taking out -------------------------------------------------------------------------------------------------

    def export(self) -> None:
        """Write what was filled as files."""
        form = self._state.form
        if form is not None and self.can_export():
            self._export(form)

    def can_export(self) -> bool:
        """True if this volunteer may take out what was filled with this form. What our own forms ask stands with the people."""
        form = self._state.form
        return form is not None and self._state.may_add and not form.shipped

    def choose_and_export(self) -> None:
        """Choose a form, then export what was filled with it."""
        if not self._state.may_add:
            return
        ChooseForm(self._page.window(), self._shell, self._export, title=tr("Export which form?"), retired=True, leave_out=OWN).open()

    def _export(self, form: StoredForm) -> None:
        ExportBox(self._page.window(), self._shell, form, self._state.say).open()

    # ---- not using --------------------------------------------------------------------------------------------------

    def ask_to_retire(self) -> None:
        """Ask, then offer the form no more."""
        form = self._state.form
        if form is None or form.state == "retired":
            return
        ask_before(
            self._page, tr("Stop using “{form}”?", form=form.title),
            tr("Nobody is offered it any more, here and at the sites that get your news. What was filled with it stays. You can use it again at any time."),
            tr("Stop using it"), self._state.retire,
        )
