"""A filled form that may move to another version: what would happen to each answer, and which questions were only renamed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import moving
from desktop.services.any_form import Filled
from desktop.services.form_library import StoredForm
from desktop.services.moving import MovePlan, MoveRow
from desktop.services.session import Session
from ui.shell import Shell


class Moving(QObject):
    """`plan` is the before/after list, None until it is read; `fault` why there is none. `renames`, path before
    -> path after, begin with what was said for these two versions before.

    Signals: `changed` when any of it is new, `moved` when it was done.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.submission: RecordId | None = None
        self.about, self.version = "", ""
        self.targets: tuple[StoredForm, ...] = ()
        self.to: StoredForm | None = None
        self.plan: MovePlan | None = None
        self.fault: UserError | None = None
        self.renames: dict[str, str] = {}
        self._new: dict[str, str] = {}  # questions that only the other version has: path -> words
        self._turn = 0

    def begin(self, one: Filled, targets: Sequence[StoredForm]) -> None:
        """Look at what would happen if this filled form moved to the newest of these versions."""
        self.submission, self.about, self.version = one.id, one.about, one.version
        self.targets = tuple(targets)
        self.choose(self.targets[0].id if self.targets else None)

    def choose(self, form: object) -> None:
        """Another version to move to."""
        self.to = next((one for one in self.targets if one.id == form), None)
        self.renames, self._new = {}, {}
        self._read(None)

    def rename(self, before: str, after: str) -> None:
        """The question `before` is called `after` in the other version; "" takes that back."""
        if after:
            self.renames = {path: name for path, name in self.renames.items() if name != after}
            self.renames[before] = after
        else:
            self.renames.pop(before, None)
        self._read(dict(self.renames))

    def rows(self) -> Sequence[MoveRow]:
        """What happens to each answer."""
        return self.plan.rows if self.plan is not None else ()

    def offered(self, before: str) -> list[tuple[str, str]]:
        """(path, words) of the questions that the answer to `before` could move to: new ones that no other answer moves to."""
        taken = {after for path, after in self.renames.items() if path != before}
        return [(path, words) for path, words in self._new.items() if path not in taken]

    def move(self) -> None:
        """Do it."""
        submission, to, renames = self.submission, self.to, dict(self.renames)
        if submission is None or to is None or self.plan is None:
            return

        def work(session: Session) -> Changes:
            return moving.move(session, submission=submission, to=to.id, renames=renames)

        self._shell.do(self, work, lambda _none: self.moved.emit())

    def _read(self, renames: dict[str, str] | None) -> None:
        submission, to, language = self.submission, self.to, self._shell.language
        self._turn += 1
        turn = self._turn
        self.plan, self.fault = None, None
        if submission is None or to is None:
            self.changed.emit()
            return

        def came(plan: MovePlan) -> None:
            if turn == self._turn:
                self.plan, self.renames = plan, dict(plan.renames)
                self._new.update({row.path_after: row.label for row in plan.rows if row.what == "new"})
                for row in plan.rows:
                    if row.what == "renamed":  # what was said before: its words are known once it is taken back
                        self._new.setdefault(row.path_after, row.label)
                self.changed.emit()

        def failed(error: UserError) -> None:
            if turn == self._turn:
                self.fault = error
                self.changed.emit()

        self._shell.read(
            self, lambda session: moving.move_plan(session, submission=submission, to=to.id, renames=renames, language=language), came, failed
        )
