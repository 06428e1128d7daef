"""A form to look at and to try out: it answers as it would, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.services.form_preview import Trial
from desktop.services.intake import FilledForm
from ui.commands import Command
from ui.forms.filling import Filling
from ui.forms.keeping import Keeping
from ui.forms.markdown import plain
from ui.forms.outline import Sheet, outline
from ui.forms.sheet import FormSheet, FormView, Look
from ui.pages.forms.pane import Pane
from ui.pages.forms.state import FormsState
from ui.present_errors import FailurePanel
from ui.shell import Shell
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, clear, col, focus_soon, row
from ui.widgets.lists import RowList
from ui.widgets.parts import Head, SidePanel, foot
from ui.widgets.rows import Cell
from ui.words import mark, tr

_LEFT = 258
_GLIMPSE = 12  # questions and groups of the first page


class _Nothing(Keeping):
    """Files are not taken in: what is kept in the vault would stay there, and go onto sticks."""

    @property
    def writes(self) -> bool:
        """Nobody does."""
        return False


class Unkept(Filling):
    """What is typed stays on the screen only."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(shell, parent)
        self.keeping = _Nothing(shell)

    def keep(self) -> None:
        """Nothing is written."""

    def keep_waiting(self) -> None:
        """Nothing waits to be written."""


def _begun(shell: Shell, parent: QObject, trial: Trial) -> Unkept:
    filling = Unkept(shell, parent)
    filling.begin(trial.opened)
    filling.media = trial.media
    return filling


class Glimpse(QWidget):
    """The beginning of a form, as it will look."""

    def __init__(self, shell: Shell, trial: Trial) -> None:
        super().__init__()
        form = trial.opened.form
        self._filling = _begun(shell, self, trial)
        sheets = applying(form)
        if not sheets:
            self.setLayout(col(Words(tr("It asks nothing at the beginning."), "body", "hint", wrap=True)))
            return
        first = sheets[0]
        names = first.names or [one.path.rpartition("/")[2] for one in form.children(first.parent)]
        self._view = FormView(self._filling, first.parent, Look(strong=True, down=16), names[:_GLIMPSE])
        self._filling.answered.connect(self._view.refresh)
        heading: list[Part] = [Words(label(form, first), "strong", wrap=True), 10] if first.titled else []
        self.setLayout(col(*heading, self._view))


def applying(form: FilledForm) -> list[Sheet]:
    """The pages of a form that hold something to read or to answer now."""

    def applies(sheet: Sheet) -> bool:
        try:
            return any(form.node(path).relevant for path in sheet.paths if "[" not in path)
        except KeyError:  # a repeat without instances stands on its own page
            return True

    return [sheet for sheet in outline(form.definition) if applies(sheet)]


def label(form: FilledForm, sheet: Sheet) -> str:
    """The name of a page."""
    try:
        said = plain(form.node(sheet.titled).label).strip() if sheet.titled else form.title
    except KeyError:
        said = ""
    words = said.split("\n")[0] or sheet.titled.rpartition("/")[2].replace("_", " ")
    return tr("{part}, page {n}", part=words, n=sheet.part) if sheet.part > 1 else words


class TryingPane(Pane):
    """Pages at the left, the questions of one beside them."""

    def __init__(self, shell: Shell, state: FormsState) -> None:
        super().__init__()
        self._shell, self._state = shell, state
        self._filling = Unkept(shell, self)
        self._section = ""
        self._sheets: list[Sheet] = []
        self._sheet: FormSheet | None = None
        self._list = RowList(name="try_sections", label=tr("Sections"), plane="paper", inset=10, rules=False, fit=True)
        self._list.opened.connect(self._turn)
        self._left = SidePanel("try_left", _LEFT, side="left")
        self._left.body.setContentsMargins(8, 18, 8, 8)
        self._left.fill(box(col(Words(tr("Sections"), "heading"), edge=(10, 0, 0, 0))), 8, self._list, None)
        self._head = Head(" ", " ", above=tr("Trying it out"))
        self._middle = col()
        self._again = Button(tr("Begin again"), icon="undo", name="try_again")
        self._again.clicked.connect(state.try_again)
        back = Button(tr("Back"), "primary", hint="Esc", name="try_back")
        back.clicked.connect(lambda: state.back())
        note = Note("info", tr("Nothing you write here is kept."), "second", "body", wrap=False, name="try_note")
        main = box(col(self._head, (self._middle, 1), foot(note, None, self._again, back)))
        self.setLayout(row(self._left, (main, 1), gap=0))
        state.trial_came.connect(self._show)
        self._show()

    def first_focus(self) -> QWidget | None:
        first = self._sheet.first() if self._sheet is not None else None
        return first.entry.field if first is not None else self.findChild(QWidget, "try_back")

    def commands(self) -> Sequence[Command]:
        return (
            Command("forms.try_next", mark("Next section"), lambda: self._step(1), "Alt+Down", "chevron-right"),
            Command("forms.try_earlier", mark("Earlier section"), lambda: self._step(-1), "Alt+Up", "chevron-right"),
        )

    def _show(self) -> None:
        trial, fault = self._state.trial, self._state.trial_fault
        clear(self._middle)
        self._sheet = None
        self._sheets = applying(trial.opened.form) if trial is not None else []
        self._left.setVisible(len(self._sheets) > 1)
        self._again.setEnabled(trial is not None)
        if trial is None:
            self._head.say(self._state.form.title if self._state.form is not None else " ", " ", tr("Trying it out"))
            if fault is not None:
                self._middle.addWidget(box(col(FailurePanel(fault), edge=(EDGE, 24, EDGE, 0))))
                self._middle.addStretch(1)
            return
        trial.opened.form.use_language(self._shell.language)
        self._filling.begin(trial.opened)
        self._filling.media = trial.media
        self._head.say(trial.opened.form.title, tr("version {version}", version=trial.opened.form.version) if trial.opened.form.version else " ", tr("Trying it out"))
        keys = [one.key for one in self._sheets]
        self._turn(self._section if self._section in keys else next(iter(keys), ""))

    def _turn(self, section: object) -> None:
        trial = self._state.trial
        sheet = next((one for one in self._sheets if one.key == section), None)
        if trial is None or sheet is None:
            return
        self._section = sheet.key
        clear(self._middle)
        self._sheet = FormSheet(self._filling, sheet.parent, Look(strong=True, down=20), edges=(EDGE, 6, EDGE, 20), names=sheet.names)
        self._middle.addWidget(self._sheet, 1)
        self._list.show_cells([
            Cell(label(trial.opened.form, one), icon="circle", indent=min(3, one.depth), key=one.key) for one in self._sheets
        ])
        self._list.choose(self._section)
        first = self.first_focus()
        if first is not None and self.isVisible():
            focus_soon(first)

    def _step(self, by: int) -> None:
        keys = [one.key for one in self._sheets]
        at = keys.index(self._section) + by if self._section in keys else -1
        if 0 <= at < len(keys):
            self._turn(keys[at])
