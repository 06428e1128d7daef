"""Choose a form to print: one for the pen, or one that somebody filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.services import any_form, form_papers
from desktop.services.any_form import Filled
from desktop.services.form_papers import PrintableForm
from desktop.services.session import Session
from ui import dates
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.fields import Search
from ui.widgets.labels import Words
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell
from ui.words import counted, tr

_SHOWN = 200


class ChooseOne(Box):
    """A list to choose from, narrowed by what is typed. `then(key)` gets the key of the row that was chosen; nothing is called if the
    volunteer goes back."""

    def __init__(self, parent: QWidget, shell: Shell, name: str, title: str, none: str, then: Callable[[object], None]) -> None:
        super().__init__(parent, name, title, width=560)
        self._shell, self._then = shell, then
        self._cells: Sequence[Cell] = ()
        self._search = Search(name=f"{name}_search", hint=tr("Search title"))
        self._list = RowList(name=f"{name}_list", label=title, tall=True)
        self._list.setFixedHeight(340)
        self._none = Words(none, "body", "second", wrap=True)
        self._none.hide()
        self._search.textChanged.connect(self._narrow)
        self._search.moved.connect(self._move)
        self._search.entered.connect(lambda: self._chosen(self._list.current()))
        self._list.opened.connect(self._chosen)
        go = Button(tr("Choose"), "primary", hint="Enter", name=f"{name}_go")
        go.clicked.connect(lambda: self._chosen(self._list.current()))
        back = Button(tr("Go back"), hint="Esc", name=f"{name}_back")
        back.clicked.connect(self.reject)
        self.body.addWidget(self._search)
        self.body.addSpacing(8)
        self.body.addWidget(self._none)
        self.body.addWidget(self._list)
        self.buttons.addWidget(go)
        self.buttons.addWidget(back)
        self.buttons.addStretch(1)
        self._search.setFocus()

    def offer(self, cells: Sequence[Cell]) -> None:
        """Show these rows."""
        self._cells = cells
        self._narrow(self._search.text())

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        found = [one for one in self._cells if all(word in f"{one.words} {one.second}".casefold() for word in wanted)][:_SHOWN]
        self._list.show_cells(found)
        self._list.setCurrentIndex(self._list.cells.index(0, 0))
        self._none.setVisible(not found)

    def _move(self, step: int) -> None:
        at = max(0, min(self._list.currentIndex().row() + step, self._list.cells.rowCount() - 1))
        self._list.setCurrentIndex(self._list.cells.index(at, 0))

    def _chosen(self, key: object) -> None:
        if key is not None:
            self.accept()
            self._then(key)


def choose_form(parent: QWidget, shell: Shell, then: Callable[[PrintableForm], None]) -> None:
    """Ask which form is to be printed for the pen."""
    forms: dict[str, PrintableForm] = {}
    box = ChooseOne(
        parent, shell, "choose_form", tr("Which form?"), tr("There is no such form here. A coordinator adds forms."), lambda key: then(forms[str(key)]),
    )

    def show(found: list[PrintableForm]) -> None:
        forms.update({one.id.text(): one for one in found})
        box.offer([
            Cell(tr(one.title), _about(one), icon="form", key=one.id.text()) for one in found
        ])

    shell.read(box, form_papers.forms, show)
    box.open()


def _about(form: PrintableForm) -> str:
    questions = counted(form.questions, "1 question", "{n} questions")
    if not form.version:
        return questions
    return tr("{questions}, version {version}", questions=questions, version=form.version)


def choose_filled(parent: QWidget, shell: Shell, then: Callable[[Filled], None]) -> None:
    """Ask which filled form is to be printed."""
    rows: dict[str, Filled] = {}
    box = ChooseOne(
        parent, shell, "choose_filled", tr("Which filled form?"), tr("Nothing like that was filled in yet."), lambda key: then(rows[str(key)]),
    )

    def show(found: list[Filled]) -> None:
        rows.update({one.id.text(): one for one in found})
        box.offer([Cell(tr(one.title or one.form_id), _of(one), icon="form", key=one.id.text()) for one in found])

    def work(session: Session) -> list[Filled]:
        return any_form.filled(session)

    shell.read(box, work, show)
    box.open()


def _of(one: Filled) -> str:
    when = dates.moment(one.at)
    return tr("{who}, {when}", who=one.about, when=when) if one.about else when
