"""Which form and which page of it is filled, how far each page is, and saving a section when it is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import any_form, intake
from desktop.services.intake import Open
from desktop.services.people import PersonRow
from desktop.services.session import Session
from desktop.services.tick_answers import TICKS
from ui import present_errors
from ui.forms.filling import Filling
from ui.forms.markdown import plain
from ui.forms.outline import Sheet, outline
from ui.pages.longform.opening import Found, Wanted, find, saved_as
from ui.shell import Shell
from ui.words import tr

_TOUCHES = frozenset({"person", "household", "left_behind", "health", "submission"})
_NUMBER = re.compile(r"\[(\d+)\]")
END = "#end"
"""The page after all others: what is missing, and finishing."""


@dataclass(frozen=True)
class Section:
    """A page of the form that applies now. `path` names it. `state`: done, problem, half, empty, or locked: then `role` is the one that opens
    it. `depth`: how far it is set in."""

    path: str
    label: str
    answered: int
    asked: int
    state: str
    role: Role | None = None
    depth: int = 0


class LongformState(QObject):
    """Signals: `loaded` when another form is shown (or none), `turned` when another page is, `marks_changed` when a section was saved.

    `section`: the page that is shown. `sheets`: all pages of the form. `language`: that of the form, if somebody chose another than the
    window's.
    """

    loaded = Signal()
    turned = Signal()
    marks_changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.filling = Filling(shell, self)
        self.person: PersonRow | None = None
        self.section = ""
        self.sheets: tuple[Sheet, ...] = ()
        self.done: set[str] = set()
        self.language = ""
        self.fault: UserError | None = None
        self._seen: set[str] = set()
        self._where: dict[str, Sheet] = {}
        self._pages: list[Section] | None = None
        self._left = False
        self._own = 0
        self._asked = 0
        self._saved: dict[str, RecordId] = {}  # drafts that became filled forms
        # Before anybody who shows the pages hears of a change.
        for signal in (self.filling.answered, self.filling.checked, self.filling.begun, self.loaded, self.turned, self.marks_changed):
            signal.connect(self._look_again)

    def _look_again(self) -> None:
        self._pages = None

    # ---- which form -------------------------------------------------------------------------------------------------

    def arrive(self, wanted: Wanted) -> None:
        """Show this form. The one that is shown already stays as it is, unless the page was left meanwhile: then it is read again, with what
        others saved."""
        opened = self.filling.opened
        shown = opened is not None and (wanted.empty or wanted.is_shown(opened))
        if shown and not self._left:
            return
        if opened is not None and wanted.empty:
            wanted = self._same(opened)
        if wanted.draft in self._saved:
            wanted = Wanted(submission=self._saved[wanted.draft])
        self._left = False
        self._read(wanted, self.section if shown else "")

    def _same(self, opened: Open) -> Wanted:
        """What to ask for so that the form that is open is read again."""
        if opened.kept is None:
            return Wanted(person=opened.person)
        record = saved_as(opened)
        return Wanted(submission=record) if record is not None else Wanted(draft=opened.draft)

    def _read(self, wanted: Wanted, section: str) -> None:
        self._asked += 1
        asked, language = self._asked, self._shell.language
        opened, given = self.filling.opened, self.filling.given

        def done(found: Found) -> None:
            if asked != self._asked:
                return
            if opened is not None and wanted.is_shown(opened) and self._typed_on(opened, given):
                # Somebody typed on while it was read: that goes into the draft, and is put over what is read next.
                self.filling.keep()
                if opened.kept is not None:
                    self._read(wanted, self.section)
            else:
                self._take(found, section)
                self._name_it(wanted, found.opened)

        def failed(error: UserError) -> None:
            if asked == self._asked:
                self.filling.end()
                self.sheets = ()
                self.fault = error
                self.loaded.emit()

        self._shell.read(self, lambda session: find(session, wanted, language), done, failed)

    def _typed_on(self, opened: Open, given: int) -> bool:
        """True if something was answered in this form since that many answers."""
        now = self.filling.opened
        return now is not None and now.draft == opened.draft and self.filling.given != given

    def _name_it(self, wanted: Wanted, opened: Open) -> None:
        """A form that was begun here is this draft from now on."""
        if wanted.form is not None and self._shell.place == "longform":
            self._shell.came_to(**replace(wanted, draft=opened.draft).where)

    def _take(self, found: Found, section: str) -> None:
        opened, self.person = found.opened, found.person
        self.fault, self.done, self._seen = None, set(opened.done), set()
        self.sheets = outline(opened.form.definition)
        self._where = {path: sheet for sheet in self.sheets for path in sheet.paths}
        if not section:
            self.language = ""
        self._look_again()
        self.filling.begin(opened, media=found.media, reads_only=self._reads_only(opened))
        self.tune()
        pages = self.sections()
        if section not in (END, *(one.path for one in pages)):
            free = [one.path for one in pages if one.state != "locked"]
            undone = [one.path for one in pages if one.state in ("half", "empty", "problem")]
            section = next(iter([*undone, *free, *(one.path for one in pages)]), "")
        self.section = section
        self._seen.add(section)
        self._look_again()
        self._open_lines()
        self.loaded.emit()

    def _reads_only(self, opened: Open) -> bool:
        return opened.kept is not None and (opened.kept.reads_only or not self._shell.who.role.writes)

    def changed(self, changes: Changes) -> None:
        """Something was saved: if it was not this page, read the form again. What is half typed in a form with a record is kept as a draft first
        and put over what was read; the long registration is left alone then. Answers from a scanned page came into the draft, or went out of it."""
        if self._own:
            self._own -= 1
            return
        opened = self.filling.opened
        if opened is not None and TICKS in changes.kinds and not self.filling.waits:
            self._read(self._same(opened), self.section)  # the draft is right, not what is shown
            return
        if opened is None or not changes.kinds & _TOUCHES or (self.filling.touched and opened.kept is None):
            return
        self.filling.keep()
        if opened.kept is None or opened.kept.record is not None:
            self._read(self._same(opened), self.section)

    def speak(self, language: str) -> None:
        """Show the form in one of its languages; "" in that of the window."""
        self.language = language
        self.loaded.emit()

    def tune(self) -> None:
        """Let the form speak the language that was chosen, or that of the window."""
        if self.filling.opened is not None:
            self.filling.form.use_language(self.language or self._shell.language)
            self._look_again()

    # ---- pages ------------------------------------------------------------------------------------------------------

    @property
    def ends(self) -> bool:
        """True if the form can be declared done: forms that were added here, unless they are only read."""
        opened = self.filling.opened
        return opened is not None and opened.kept is not None and not self.filling.reads_only

    def sheet(self) -> Sheet | None:
        """The page that is shown; None for the last one."""
        return next((one for one in self.sheets if one.key == self.section), None)

    def sheet_of(self, path: str) -> Sheet | None:
        """The page on which a question stands."""
        plain_path = _NUMBER.sub("", path)
        while plain_path:
            if plain_path in self._where:
                return self._where[plain_path]
            plain_path = plain_path.rpartition("/")[0]
        return None

    def sections(self) -> list[Section]:
        """All pages that apply, with how far they are."""
        if self._pages is None:
            self._pages = self._sections() if self.filling.opened is not None else []
        return self._pages

    def _sections(self) -> list[Section]:
        wrong: dict[str, list[str]] = {}
        for path, _, severe in self.filling.wrong_now():
            sheet = self.sheet_of(path)
            if severe and sheet is not None:
                wrong.setdefault(sheet.key, []).append(path)
        found = []
        for sheet in self.sheets:
            answered, asked, seen = self.filling.form.tally(sheet.paths)
            if seen or sheet.key == self.section:
                found.append(self._section(sheet, answered, asked, wrong.get(sheet.key, [])))
        return found

    def _section(self, sheet: Sheet, answered: int, asked: int, wrong: list[str]) -> Section:
        opened, filling = self.filling.opened, self.filling
        assert opened is not None
        label = self.label(sheet)
        if sheet.section in opened.locked:
            role = _opens(Folder(filling.form.node(sheet.section).folder))
            return Section(sheet.key, label, answered, asked, "locked", role, sheet.depth)
        seen = sheet.key in self._seen
        declared = sheet.key == sheet.section and sheet.section in self.done
        if any(path in filling.refused or (seen and filling.is_told(path)) for path in wrong):
            state = "problem"
        elif (answered == asked or declared) if asked else seen:
            state = "done"
        else:
            state = "half" if answered else "empty"
        return Section(sheet.key, label, answered, asked, state, None, sheet.depth)

    def label(self, sheet: Sheet) -> str:
        """The name of a page."""
        form = self.filling.form
        label = self._words_of(sheet.titled).split("\n")[0] if sheet.titled else form.title
        return tr("{n}. {part}", part=label, n=sheet.part) if sheet.part else label

    def place_of(self, path: str) -> str:
        """The page of a question, with the numbers of the lines it stands in."""
        sheet = self.sheet_of(path)
        return " ".join([self.label(sheet) if sheet is not None else "", *_NUMBER.findall(path)])

    def _words_of(self, path: str) -> str:
        """The words of a group or repeat; where it has none, those that the compiler made of them, else its name."""
        form = self.filling.form
        spec = form.definition.specs[tuple(path.strip("/").split("/"))]
        above = path.rpartition("/")[0]
        label = next((told for at, told, _ in form.repeats(above) if at == path), "") if spec.kind == "repeat" else form.node(path).label
        if not label.strip():
            head = next((child for child in spec.children if child.name.startswith("generated_table_list_label")), None)
            label = form.node(f"{path}/{head.name}").label if head is not None else ""
        return plain(label).strip() or spec.name.replace("_", " ")

    def locked(self) -> Section | None:
        """The page that is shown, if this volunteer cannot open it."""
        return next((one for one in self.sections() if one.path == self.section and one.state == "locked"), None)

    def paths(self) -> list[str]:
        """The names of the pages one can turn to, in order."""
        return [*(one.path for one in self.sections()), *([END] if self.ends else [])]

    def place(self) -> tuple[int, int]:
        """(number of the page that is shown, number of pages)."""
        paths = self.paths()
        return (paths.index(self.section) + 1 if self.section in paths else 0), len(paths)

    def wrong_here(self) -> list[tuple[str, str, bool]]:
        """What is not right on the page that is shown; on the last one, in the whole form."""
        sheet = self.sheet()
        return [one for one in self.filling.wrong_now() if sheet is None or self.sheet_of(one[0]) is sheet]

    def step(self, by: int) -> bool:
        """Turn to the page before or after. False where there is none."""
        paths = self.paths()
        at = paths.index(self.section) + by if self.section in paths else 0
        if not 0 <= at < len(paths):
            return False
        self.turn(paths[at])
        return True

    def turn(self, section: str) -> None:
        """Leave this page, with its section saved as far as it can be, and show another."""
        if section == self.section or self.filling.opened is None:
            return
        before = self.sheet()
        after = next((one for one in self.sheets if one.key == section), None)
        if before is not None and after is not None and before.section and before.section == after.section:
            self._leave_page(before)
        else:
            self.finish_section()
        self.section = section
        self._seen.add(section)
        self._look_again()
        self.filling.editing.clear()
        self._open_lines()
        self.turned.emit()

    def _open_lines(self) -> None:
        """A repeat begins with one empty line: it stands open, so that nobody has to guess what is asked in it."""
        sheet, opened = self.sheet(), self.filling.opened
        if sheet is not None and opened is not None and opened.kept is not None:
            self.filling.open_only(sheet.parent, sheet.names)

    def _leave_page(self, sheet: Sheet) -> None:
        """Another page of the same section: nothing is written to the records yet, the draft is."""
        for path, _, severe in self.filling.wrong_now():
            if severe and self.sheet_of(path) is sheet:
                self.filling.strict.add(path)
        self.filling.keep_waiting()

    # ---- saving -----------------------------------------------------------------------------------------------------

    def finish_section(self, then: Callable[[], None] | None = None) -> None:
        """Write the section of this page to the records if nothing in it stands in the way; else keep the draft and say what is wrong when
        somebody comes back to it. `then` is called when it is written (or was not changed)."""
        filling, sheet = self.filling, self.sheet()
        opened = filling.opened
        if opened is None:
            return
        if filling.reads_only:
            _call(then)
            return
        section = sheet.section if sheet is not None else ""
        if (section and section in opened.locked) or not (filling.touched or intake.touched(opened, section)):
            filling.keep_waiting()
            _call(then)
            return
        wrong = [path for path, _, severe in filling.wrong_now(section) if severe and (section or sheet is None or self.sheet_of(path) is sheet)]
        for path in wrong:
            filling.strict.add(path)
        if not wrong:
            self._save(section, then)
        elif opened.kept is not None:
            self._save("", then)
        else:
            filling.must_be_right(section)
            filling.keep_waiting()

    def _save(self, section: str, then: Callable[[], None] | None) -> None:
        filling = self.filling
        taken = filling.hand_over()
        self._own += 1

        def work(session: Session) -> tuple[Open, Changes]:
            if taken.kept is not None:
                return taken, any_form.save(session, opened=taken, section=section)
            return taken, intake.save_registration(session, opened=taken, section=section)

        def saved(_taken: Open) -> None:
            filling.settle(taken, section)
            self._note_saved(taken)
            if filling.opened is not None and filling.opened.draft == taken.draft:
                if section and taken.form.progress(section)[0]:
                    self.done.add(section)
                self.marks_changed.emit()
            _call(then)

        self._shell.do(self, work, saved, lambda error: self._not_saved(taken, section, error))

    def _note_saved(self, taken: Open) -> None:
        record = saved_as(taken)
        if record is not None:
            self._saved[taken.draft] = record

    def _not_saved(self, taken: Open, section: str, error: UserError) -> None:
        self._own -= 1
        if error.code != "form.problems":
            self.filling.fault = error  # the draft that is written now may meet the same: said once
            present_errors.box(self._shell, error)
        self.filling.take_back(taken)
        self.filling.must_be_right(section)

    def finish(self, then: Callable[[], None]) -> None:
        """Declare the whole form done. `then` is called when it is; where something stands in the way everything says so."""
        filling = self.filling
        if any(severe for _, _, severe in filling.wrong_now()):
            filling.must_be_right("")
            return
        taken = filling.hand_over()
        self._own += 1

        def work(session: Session) -> tuple[Open, Changes]:
            return taken, any_form.finish(session, opened=taken)

        def finished(_taken: Open) -> None:
            filling.settle(taken, "")
            self._note_saved(taken)
            self.marks_changed.emit()
            then()

        self._shell.do(self, work, finished, lambda error: self._not_saved(taken, "", error))

    def leave(self) -> None:
        """The page is left: save what can be saved, keep the rest."""
        self._left = True
        self.finish_section()


def _call(then: Callable[[], None] | None) -> None:
    if then is not None:
        then()


def _opens(folder: Folder) -> Role | None:
    """The role that a section of this folder is for."""
    return next((role for role in (Role.MEDIC, Role.CASEWORKER) if folder in role.folders), None)
