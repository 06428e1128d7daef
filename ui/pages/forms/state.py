"""Which part of the page is shown, which forms there are, and which of them is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import form_library, form_preview
from desktop.services.any_form import Filled
from desktop.services.form_library import StoredForm
from desktop.services.form_preview import Limit, Trial
from desktop.services.session import Session
from ui.pages.forms.adding_state import Adding
from ui.pages.forms.filled_state import FilledForms
from ui.pages.forms.moving_state import Moving
from ui.records.choose_form import title_of
from ui.shell import Shell
from ui.words import tr

_TOUCHED = frozenset({"form", "submission", "file"})


class FormsState(QObject):
    """`show` is what the page shows: ``library``, ``adding``, ``filled``, ``moving`` or ``trying``. `forms`: the newest of each form.
    `form`: the one that is looked at; `versions`: all of it, the newest first.

    Signals: `turned` when `show` is another, `loaded` when the list is new, `chosen` when `form` is another or its versions came, `told`
    when `said` is new, `trial_came` when `trial` (a form that is tried out) or `trial_fault` is.
    """

    turned = Signal()
    loaded = Signal()
    chosen = Signal()
    told = Signal()
    trial_came = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.show = "library"
        self.query, self.retired = "", False
        self.read = False
        self.forms: list[StoredForm] = []
        self._filled: Counter[str] = Counter()
        self.form: StoredForm | None = None
        self.versions: tuple[StoredForm, ...] = ()
        self.limits: tuple[Limit, ...] = ()
        self.said = ""
        self.adding = Adding(shell, self)
        self.adding.added.connect(self._was_added)
        self.filled = FilledForms(shell, self)
        self.moving = Moving(shell, self)
        self.moving.moved.connect(self._was_moved)
        self._wanted: RecordId | None = None
        self.trial: Trial | None = None
        self.trial_fault: UserError | None = None
        self._errand: object = None  # what the page was sent to do last
        self._taken: object = None  # the files that were looked at last: shown again, the page does not look at them anew

    @property
    def may_add(self) -> bool:
        """True for those who are offered to add forms, to stop using them, and to take out what was filled."""
        return self._shell.who.adds_forms

    @property
    def writes(self) -> bool:
        """False for those who only read."""
        return self._shell.who.role.writes

    # ---- coming and going ---------------------------------------------------------------------------------------------

    def arrive(self, form: RecordId | None, files: Sequence[Path]) -> None:
        """The page is shown, maybe for one form, maybe with files that were dropped on the window."""
        if files and files is not self._taken:
            self._taken = files
            self.take_files(tuple(files))
        elif form is not None:
            self._wanted = form
            self.go("library")
        self.load()
        if self.show == "filled":
            self.filled.load()

    def is_new(self, errand: object) -> bool:
        """True for an errand that was not done yet."""
        again, self._errand = errand is self._errand, errand
        return not again

    def go(self, show: str) -> None:
        """Show another part of the page."""
        if show != self.show:
            self.show, self.said = show, ""
            self.turned.emit()

    def back(self) -> bool:
        """One step back inside the page; False if there is none."""
        tried_from = "adding" if self.adding.path is not None else "library"
        before = {"moving": "filled", "adding": "library", "filled": "library", "trying": tried_from}.get(self.show, "")
        if not before:
            return False
        if self.show == "adding":
            self.adding.drop()
        self.go(before)
        return True

    def load(self) -> None:
        """Read the list again."""
        retired = self.retired

        def work(session: Session) -> tuple[list[StoredForm], Counter[str]]:
            counted: Counter[str] = Counter()
            for one in form_library.versions_of_all(session):
                counted[one.form_id] += one.filled
            return form_library.forms(session, retired=retired), counted

        self._shell.read(self, work, lambda found: self._arrived(*found))

    def changed(self, changes: Changes) -> None:
        """Read again what these changes may touch."""
        if changes.kinds & _TOUCHED:
            self.load()
            if self.show == "filled":
                self.filled.load()

    def filled_with(self, form: StoredForm) -> int:
        """How often the form was filled, in all its versions."""
        return self._filled[form.form_id]

    def _arrived(self, forms: list[StoredForm], filled: Counter[str]) -> None:
        self.forms, self._filled, self.read = list(forms), filled, True
        wanted = self._wanted or (self.form.id if self.form is not None else None)
        self._wanted = None
        known = next((one for one in self.forms if one.id == wanted), None)
        if known is None and self.form is not None:
            known = next((one for one in self.forms if one.form_id == self.form.form_id), None)
        self.loaded.emit()
        self._take(known or next(iter(self.shown()), None))

    # ---- the list -----------------------------------------------------------------------------------------------------

    def shown(self) -> list[StoredForm]:
        """The forms that fit what is searched."""
        wanted = self.query.strip().casefold()
        return [one for one in self.forms if wanted in title_of(one).casefold() or wanted in one.form_id.casefold()]

    def look_for(self, query: str) -> None:
        """Search the list."""
        if query != self.query:
            self.query = query
            self.loaded.emit()
            rows = self.shown()
            if self.form is None or self.form.id not in {one.id for one in rows}:
                self._take(next(iter(rows), None))

    def show_retired(self, on: bool) -> None:
        """Show the forms that are not used any more too."""
        self.retired = on
        self.load()

    def choose(self, key: object) -> None:
        """Look at this form."""
        found = next((one for one in (*self.forms, *self.versions) if one.id == key), None)
        if found is not None and (self.form is None or found.id != self.form.id):
            self._take(found)

    def _take(self, form: StoredForm | None) -> None:
        same = form is not None and self.form is not None and form.id == self.form.id
        self.form = form
        if not same:
            self.versions, self.limits = ((form,) if form is not None else ()), ()
        self.chosen.emit()
        if form is None:
            return

        def work(session: Session) -> tuple[tuple[StoredForm, ...], tuple[Limit, ...]]:
            return tuple(form_library.versions(session, form_id=form.form_id)), tuple(form_preview.limits(session, form=form.id))

        def came(found: tuple[tuple[StoredForm, ...], tuple[Limit, ...]]) -> None:
            if self.form is not None and self.form.id == form.id:
                self.versions, self.limits = found
                self.chosen.emit()

        self._shell.read(self, work, came, lambda _error: None)

    # ---- using and not using ------------------------------------------------------------------------------------------

    def retire(self) -> None:
        """Do not offer the form any more; what was filled with it stays."""
        form = self.form
        if form is not None:
            self._shell.do(self, lambda session: form_library.retire(session, form=form.id))

    def use_again(self) -> None:
        """Offer it again."""
        form = self.form
        if form is not None:
            self._shell.do(self, lambda session: form_library.use_again(session, form=form.id))

    # ---- trying out ---------------------------------------------------------------------------------------------------

    def try_form(self, form: StoredForm) -> None:
        """Show a form of the library as it would be filled."""
        language = self._shell.language
        self.trial, self.trial_fault = None, None
        self.go("trying")
        self._shell.read(
            self, lambda session: form_preview.try_out(session, form=form.id, language=language), self._tried, self._not_tried
        )

    def try_added(self) -> None:
        """Show the form that is being brought in as it would be filled."""
        looked = self.adding.looked
        if looked is not None and looked.tried is not None:
            self.trial, self.trial_fault = form_preview.anew(looked.tried, self._shell.language), None
            self.go("trying")
            self.trial_came.emit()

    def try_again(self) -> None:
        """Begin the try-out again."""
        if self.trial is not None:
            self._tried(form_preview.anew(self.trial, self._shell.language))

    def _tried(self, trial: Trial) -> None:
        self.trial, self.trial_fault = trial, None
        self.trial_came.emit()

    def _not_tried(self, error: UserError) -> None:
        self.trial, self.trial_fault = None, error
        self.trial_came.emit()

    # ---- bringing in --------------------------------------------------------------------------------------------------

    def take_files(self, files: tuple[Path, ...], *, instead_of: StoredForm | None = None) -> None:
        """Look at files that may hold a form. `instead_of`: the form of which one is meant to be a newer version."""
        self.adding.take(files, instead_of)
        self.go("adding")

    def _was_added(self, form: StoredForm) -> None:
        self._wanted = form.id
        self.go("library")
        self.load()

    # ---- what was filled ----------------------------------------------------------------------------------------------

    def open_filled(self) -> None:
        """The table of what was filled with the form that is looked at."""
        if self.form is not None:
            self.filled.show(self.form)
            self.go("filled")

    def open_move(self) -> None:
        """The list of what would change if the chosen filled form moved to another version."""
        one = self.filled.one
        if one is not None:
            self.moving.begin(one, self.targets(one))
            self.go("moving")

    def targets(self, one: Filled) -> list[StoredForm]:
        """The versions that a filled form can move to, the newest first."""
        return [form for form in self.versions if form.here and form.state == "in_use" and form.digest != one.digest]

    def _was_moved(self) -> None:
        self.go("filled")
        self.filled.load()
        self.say(tr("It is in the other version now. Ctrl+Z takes it back."))

    def say(self, text: str) -> None:
        """One line about what was just done."""
        self.said = text
        self.told.emit()


