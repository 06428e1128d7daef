"""Which form and which section is filled, how far each section is, and saving a section when it is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import intake, people
from desktop.services.intake import Node, Open
from desktop.services.people import PersonRow
from desktop.services.session import Session
from ui import present_errors
from ui.forms.filling import Filling
from ui.shell import Shell

_TOUCHES = frozenset({"person", "household", "left_behind", "health", "submission"})
Loaded = tuple[Open, PersonRow]


@dataclass(frozen=True)
class Section:
    """`state`: done, problem, half, empty, or locked: then `role` is the one that opens it."""

    path: str
    label: str
    answered: int
    asked: int
    state: str
    role: Role | None = None


class LongformState(QObject):
    """Signals: `loaded` when another form is shown (or none), `turned` when another section is, `marks_changed` when a section was saved."""

    loaded = Signal()
    turned = Signal()
    marks_changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.filling = Filling(shell, self)
        self.person: PersonRow | None = None
        self.section = ""
        self.done: set[str] = set()
        self.fault: UserError | None = None
        self._seen: set[str] = set()
        self._left = False
        self._own = 0
        self._asked = 0

    # ---- which form -------------------------------------------------------------------------------------------------

    def arrive(self, person: RecordId | None, draft: str) -> None:
        """Show the form of this person, or go on with this draft. The form that is shown already stays as it is, unless the page was
        left meanwhile: then it is read again, with what others saved."""
        opened = self.filling.opened
        if opened is not None and not self._left and (person in (None, opened.person) and draft in ("", opened.draft)):
            return
        if person is None and not draft:
            person = opened.person if opened is not None else None
        same = opened is not None and opened.person is not None and opened.person == person
        self._left = False
        self._read(person, draft, self.section if same else "")

    def _read(self, person: RecordId | None, draft: str, section: str) -> None:
        self._asked += 1
        asked, language = self._asked, self._shell.language

        def work(session: Session) -> Loaded:
            if draft:
                opened = intake.reopen(session, draft=draft, language=language)
            elif person is not None:
                opened = intake.begin_registration(session, person=person, language=language)
            else:
                raise UserError("record.missing")
            if opened.person is None:
                raise UserError("record.missing")
            return opened, people.page(session, person=opened.person).row

        def done(found: Loaded) -> None:
            if asked == self._asked:
                self._take(found, section)

        def failed(error: UserError) -> None:
            if asked == self._asked:
                self.filling.end()
                self.fault = error
                self.loaded.emit()

        self._shell.read(self, work, done, failed)

    def _take(self, found: Loaded, section: str) -> None:
        opened, self.person = found
        self.fault, self.done, self._seen = None, set(opened.done), set()
        self.filling.begin(opened)
        sections = [one.path for one in opened.form.sections()]
        free = [path for path in sections if path not in opened.locked]
        undone = [path for path in free if path not in self.done]
        self.section = section if section in sections else next(iter([*undone, *free, *sections]), "")
        self._seen.add(self.section)
        self.loaded.emit()

    def changed(self, changes: Changes) -> None:
        """Something was saved: if it was not this page and nothing is half typed, read the form again."""
        if self._own:
            self._own -= 1
            return
        opened = self.filling.opened
        if opened is not None and changes.kinds & _TOUCHES and not self.filling.touched:
            self._read(opened.person, "", self.section)

    # ---- sections ---------------------------------------------------------------------------------------------------

    def sections(self) -> list[Section]:
        """All sections that apply, with how far they are."""
        if self.filling.opened is None:
            return []
        return [self._section(node) for node in self.filling.form.sections()]

    def _section(self, node: Node) -> Section:
        opened = self.filling.opened
        assert opened is not None
        answered, asked = opened.form.progress(node.path)
        if node.path in opened.locked:
            return Section(node.path, node.label, answered, asked, "locked", _opens(Folder(node.folder)))
        if self._has_problem(node.path):
            state = "problem"
        elif asked and (answered == asked or node.path in self.done):
            state = "done"
        else:
            state = "half" if answered else "empty"
        return Section(node.path, node.label, answered, asked, state)

    def _has_problem(self, section: str) -> bool:
        filling = self.filling
        if any(path.startswith(f"{section}/") for path in filling.refused):
            return True
        wrong = [path for path, _, severe in filling.wrong_now(section) if severe] if section in self._seen else []
        return any(path in filling.visited or section in filling.strict for path in wrong)

    def locked(self) -> Section | None:
        """The section that is shown, if this volunteer cannot open it."""
        return next((one for one in self.sections() if one.path == self.section and one.state == "locked"), None)

    def place(self) -> tuple[int, int]:
        """(number of the section that is shown, number of sections)."""
        paths = [one.path for one in self.sections()]
        return (paths.index(self.section) + 1 if self.section in paths else 0), len(paths)

    def step(self, by: int) -> bool:
        """Save this section and turn to the one before or after. False where there is none."""
        paths = [one.path for one in self.sections()]
        at = paths.index(self.section) + by if self.section in paths else 0
        if not 0 <= at < len(paths):
            return False
        self.turn(paths[at])
        return True

    def turn(self, section: str) -> None:
        """Save this section, as far as it can be, and show another."""
        if section == self.section or self.filling.opened is None:
            return
        self.finish_section()
        self.section = section
        self._seen.add(section)
        self.filling.editing.clear()
        self.turned.emit()

    # ---- saving -----------------------------------------------------------------------------------------------------

    def finish_section(self, then: Callable[[], None] | None = None) -> None:
        """Write this section to the records if nothing in it stands in the way; else keep the draft and say what is wrong when somebody
        comes back to it. `then` is called when it is written (or was not changed)."""
        filling, section = self.filling, self.section
        opened = filling.opened
        if opened is None:
            return
        if section in opened.locked or not (filling.touched or intake.touched(opened, section)):
            filling.keep_waiting()
            if then is not None:
                then()
            return
        if any(severe for _, _, severe in filling.wrong_now(section)):
            filling.must_be_right(section)
            filling.keep_waiting()
            return
        self._save(section, then)

    def _save(self, section: str, then: Callable[[], None] | None) -> None:
        filling = self.filling
        taken = filling.hand_over()
        self._own += 1

        def work(session: Session) -> tuple[Open, Changes]:
            return taken, intake.save_registration(session, opened=taken, section=section)

        def saved(_taken: Open) -> None:
            filling.settle(taken, section)
            if filling.opened is not None and filling.opened.draft == taken.draft:
                if taken.form.progress(section)[0]:
                    self.done.add(section)
                self.marks_changed.emit()
            if then is not None:
                then()

        def failed(error: UserError) -> None:
            self._own -= 1
            if error.code != "form.problems":
                filling.fault = error  # the draft that is written now may meet the same: said once
                present_errors.box(self._shell, error)
            filling.take_back(taken)
            filling.must_be_right(section)

        self._shell.do(self, work, saved, failed)

    def leave(self) -> None:
        """The page is left: save what can be saved, keep the rest."""
        self._left = True
        self.finish_section()


def _opens(folder: Folder) -> Role | None:
    """The role that a section of this folder is for."""
    return next((role for role in (Role.MEDIC, Role.CASEWORKER) if folder in role.folders), None)
