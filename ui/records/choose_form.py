"""Choose one of the forms that this place uses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.services import form_library
from desktop.services.form_library import StoredForm
from ui.records.chooser import Chooser
from ui.shell import Shell
from ui.widgets.rows import Cell
from ui.words import counted, tr


class ChooseForm(Chooser):
    """`then(form)` gets the form that was chosen; nothing is called if the volunteer goes back. `retired`: offer those that are not
    used any more too."""

    def __init__(
        self, parent: QWidget, shell: Shell, then: Callable[[StoredForm], None], *, title: str, retired: bool = False,
        leave_out: frozenset[str] = frozenset(),
    ) -> None:
        """`leave_out`: names of forms that are not offered."""
        super().__init__(parent, "choose_form", title, tr("Search title or form name"), tr("Forms"))
        self.sought.connect(self._look)
        self.taken.connect(self._take)
        self._then, self._leave_out = then, leave_out
        self._forms: list[StoredForm] = []
        self._typed = ""
        shell.read(self, lambda session: form_library.forms(session, retired=retired), self._came)

    def _came(self, forms: list[StoredForm]) -> None:
        self._forms = [one for one in forms if one.form_id not in self._leave_out]
        self._look(self._typed)

    def _look(self, text: str) -> None:
        self._typed = text
        wanted = text.strip().casefold()
        found = [one for one in self._forms if wanted in title_of(one).casefold() or wanted in one.form_id.casefold()]
        self.show_rows([_cell(one) for one in found], tr("No form is called that. Try fewer letters."))

    def _take(self, key: object) -> None:
        form = next((one for one in self._forms if one.id == key), None)
        if form is not None:
            self.accept()
            self._then(form)


def title_of(form: StoredForm) -> str:
    """The title of a form; of those that came with the program in the language of the window."""
    return tr(form.title) if form.shipped else form.title


def _cell(one: StoredForm) -> Cell:
    second = tr("Version {version}", version=one.version) if one.version else one.form_id
    return Cell(title_of(one), second, icon="form", right=counted(one.questions, "{n} question", "{n} questions"), key=one.id)
