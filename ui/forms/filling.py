"""A form while somebody fills it: what is typed, what the form refuses, and the draft that is kept as they type.

The form itself is touched on the window's thread only. Services get a copy of it, so that typing goes on while a draft is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.values import Silence
from desktop.services import intake
from desktop.services.intake import FilledForm, Node, Open
from desktop.services.session import Session
from desktop.words.errors import sentence
from ui import present_errors, words
from ui.forms.keeping import Keeping
from ui.forms.places import why_no_place
from ui.forms.reasons import why_refused
from ui.forms.steps import NUMBER, Step, Steps, in_order, kept_aside, moved_up
from ui.shell import Shell
from ui.words import tr

_SOON = 600  # milliseconds between an answer and the draft being written

Complaint = tuple[str, bool]
"""What is wrong in words, and whether it stands in the way of saving."""

_CALM: Complaint = ("", True)


class Filling(QObject):
    """Signals: `begun` when another form is here, `answered` after anything in it changed, `checked` when the services have looked at
    it again, `kept` when the draft is written, or could not be.

    `refused`: path -> text that the form does not take; it stays in its field and in the draft. `visited`: questions the person has
    been at, which may say what is wrong. `strict`: paths ("" all) below which everything must be right now. `editing`: the instances of
    repeats that are open. `fault`: why the last draft could not be written; None if it was. `given`: how often something was answered so far. `media`: companion files by their names. `keeping`: where files go.
    `steps`: what can be taken back with Ctrl+Z; also after it was written to the records, where that is a change like any other.
    """

    begun = Signal()
    answered = Signal()
    checked = Signal()
    kept = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.opened: Open | None = None
        self.refused: dict[str, str] = {}
        self.visited: set[str] = set()
        self.strict: set[str] = set()
        self.editing: dict[str, str] = {}
        self.problems: tuple[Problem, ...] = ()
        self.kept_at = ""
        self.touched = False
        self.given = 0
        self.fault: UserError | None = None
        self.steps = Steps()
        self.media: Mapping[str, bytes] = {}
        self.keeping = Keeping(shell)
        self.reads_only = False
        self._pictures: dict[str, QPixmap | None] = {}
        self._wrong_now: list[tuple[str, str, bool]] | None = None
        self._aside: dict[str, str] = {}
        self.answered.connect(self._look_again)
        self.checked.connect(self._look_again)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.keep)

    @property
    def form(self) -> FilledForm:
        """The form that is filled. Only between `begin` and `end`."""
        assert self.opened is not None
        return self.opened.form

    def begin(self, opened: Open, *, kept_at: str = "", media: Mapping[str, bytes] | None = None, reads_only: bool = False) -> None:
        """Fill this one from now on. `kept_at`: when it was kept last, for a draft. `media`: its companion files. `reads_only`: it is
        looked at, not filled."""
        self._soon.stop()
        self.opened, self.kept_at, self.touched, self.fault = opened, kept_at, False, None
        self.refused, self.visited, self.strict, self.editing, self.problems = {}, set(), set(), {}, ()
        self.steps, self.media, self._pictures, self._wrong_now, self._aside = Steps(), media or {}, {}, None, {}
        self.reads_only = reads_only
        for problem in opened.form.problems():
            node = opened.form.node(problem.path)
            if problem.code == "bad_value" and not node.readonly:
                self.refused[problem.path] = node.value
                self.visited.add(problem.path)
        self.begun.emit()

    def end(self) -> None:
        """Nothing is filled any more; what waited to be kept is dropped."""
        self._soon.stop()
        self.opened = None

    def folder_of(self, node: Node) -> Folder:
        """The folder that the answer to a question belongs to."""
        kept = self.opened.kept if self.opened is not None else None
        return kept.folder if kept is not None else Folder(node.folder)

    def node(self, path: str) -> Node:
        """A node as it is shown: in a form that is only looked at, every question is only read. KeyError if there is none."""
        found = self.form.node(path)
        return replace(found, readonly=True) if self.reads_only else found

    def refuses_add(self, repeat: str) -> str:
        """Why no instance can be added (see `FilledForm.refuses_add`), or ``reads-only``."""
        return "reads-only" if self.reads_only else self.form.refuses_add(repeat)

    def picture(self, name: str) -> QPixmap | None:
        """A companion picture by its file name; None if it is not here or is no picture."""
        if name not in self._pictures:
            found = QPixmap()
            there = name in self.media and found.loadFromData(self.media[name])
            self._pictures[name] = found if there else None
        return self._pictures[name]

    # ---- answers ----------------------------------------------------------------------------------------------------

    def answer(self, path: str, text: str) -> None:
        """Answer a question. A text that the form does not take stays where it was typed; the form has no answer then."""
        self._step(path)
        reason = self.form.set(path, text)
        if reason in ("bad-value", "not-a-choice") or (not reason and self._unfinished(path, text)):
            self.refused[path] = text
            self.form.set(path, "")
        else:
            self.refused.pop(path, None)
        self._changed()

    def _unfinished(self, path: str, text: str) -> bool:
        """True for a line or an area with a point half written: the form itself takes any text there."""
        kind = self.form.node(path).type
        return kind in ("geotrace", "geoshape") and bool(why_no_place(kind, text)) and bool(text)

    def be_silent(self, path: str, silence: Silence | None) -> None:
        """A reason why there is no answer, or None to take it back."""
        self._step(path, whole=True)
        self.refused.pop(path, None)
        self.form.be_silent(path, silence)
        self._changed()

    def add(self, repeat: str) -> str:
        """A new instance, open for writing: its path, or "" if the form takes no more."""
        if self.refuses_add(repeat):
            return ""
        self._step(repeat, whole=True)
        path = self.form.add(repeat)
        self.editing[repeat] = path
        if self.opened is not None and self.opened.kept is not None:
            self.open_only(path)
        self._changed()
        return path

    def remove(self, path: str) -> None:
        """Take an instance out; later ones move up, with what was typed in them."""
        repeat, _, number = path.rpartition("[")
        gone = int(number.rstrip("]"))
        before = self._now(path, out=path)
        if self.form.remove(path):
            return
        self.steps.put(before, whole=True)
        self.refused = {moved: text for at, text in self.refused.items() if (moved := moved_up(at, repeat, gone))}
        self.visited = {moved for at in self.visited if (moved := moved_up(at, repeat, gone))}
        self.problems = tuple(replace(one, where=moved) for one in self.problems if (moved := moved_up(one.where, repeat, gone)))
        self.editing.pop(repeat, None)
        self.editing = {
            above: inside for at, one in self.editing.items() if (above := moved_up(at, repeat, gone)) and (inside := moved_up(one, repeat, gone))
        }
        self._changed()

    def undo(self) -> str:
        """Take the last answer (or instance) back: the path of what came back, "" if there is nothing to take back."""
        step = self.steps.take()
        if step is None or self.opened is None:
            return ""
        form = self.form.copy_with(step.state)
        self.opened = replace(self.opened, form=form)
        self.refused, self.editing = dict(step.refused), dict(step.editing)
        self._changed()
        return step.path

    def _step(self, path: str, *, whole: bool = False) -> None:
        """Remember how it stands before this answer. Typing on in one question is one step, unless it is answered as a `whole`."""
        if not self.steps.goes_on(path, whole=whole):
            self.steps.put(self._now(path), whole=whole)

    def _now(self, path: str, out: str = "") -> Step:
        return Step(path, self.form.state(), dict(self.refused), dict(self.editing), out)

    def open_only(self, path: str, names: Sequence[str] = ()) -> None:
        """Below a node (of its children those with these names) let every repeat that has only one instance stand open, also those inside
        it."""
        for repeat, _, count in self.form.repeats(path):
            if count == 1 and repeat not in self.editing and (not names or repeat.rpartition("/")[2] in names):
                self.editing[repeat] = f"{repeat}[1]"
                self.open_only(f"{repeat}[1]")

    def edit(self, repeat: str, instance: str) -> None:
        """Open one instance of a repeat, "" none."""
        if instance:
            self.editing[repeat] = instance
            if self.opened is not None and self.opened.kept is not None:
                self.open_only(instance)
        else:
            self.editing.pop(repeat, None)
        self.answered.emit()

    def close_innermost(self) -> bool:
        """Close the instance that stands open inside all others. False if none is open."""
        open_now = [
            repeat for repeat in self.editing
            if all(self.editing.get(repeat[: at.start()]) == repeat[: at.end()] for at in NUMBER.finditer(repeat))
        ]
        if open_now:
            self.edit(max(open_now, key=len), "")
        return bool(open_now)

    def visit(self, path: str) -> None:
        """The person has left this question: it may say now what is wrong."""
        if path not in self.visited:
            self.visited.add(path)
            self.answered.emit()

    def must_be_right(self, section: str) -> None:
        """From now on every question below this path ("" all) says what is wrong, visited or not."""
        self.strict.add(section)
        self.answered.emit()

    def _look_again(self) -> None:
        self._wrong_now = None

    def _changed(self) -> None:
        self.touched = True
        self.given += 1
        self._wrong_now = None
        self._aside = kept_aside(self.form, self.steps.last, self._aside)
        if not self._soon.isActive():
            self._soon.start()
        self.answered.emit()

    # ---- what is wrong ----------------------------------------------------------------------------------------------

    def shown_text(self, node: Node) -> str:
        """What stands in the field of a question: its answer, or what the form refused."""
        return self.refused.get(node.path, node.value)

    def complaint(self, node: Node) -> Complaint:
        """What is wrong with a question as it stands, if it may be said now."""
        strict = any(not one or node.path == one or node.path.startswith(f"{one}/") for one in self.strict)
        if node.path in self.visited or strict:
            return self._wrong(node, required=strict)
        return _CALM

    def _wrong(self, node: Node, *, required: bool) -> Complaint:
        if node.path in self.refused:
            return why_refused(node, self.refused[node.path]), True
        if not node.valid:
            return node.message or tr("This answer cannot be right."), True
        for one in self.problems:
            if one.where == node.path and not one.code.startswith("answer."):
                return problem_words(one), one.severe
        if required and node.required and not node.value and node.silence is None:
            told = next((one.message for one in self.form.problems(node.path) if one.path == node.path), "")
            return told or tr("This answer is needed. If there is none, say why."), True
        return _CALM

    def is_told(self, path: str) -> bool:
        """True if it may be said now what is wrong with a question: somebody was there, or it must be right."""
        return path in self.visited or any(not one or path == one or path.startswith(f"{one}/") for one in self.strict)

    def complains(self, path: str) -> bool:
        """True if anything below a path is wrong and may be said now."""
        return any(self.is_told(at) for at, _, _ in self.wrong_now(path))

    def wrong_now(self, section: str = "") -> list[tuple[str, str, bool]]:
        """(path, what is wrong, severe) of every question below a path that is not right, in the order of the form."""
        if self._wrong_now is None:
            self._wrong_now = self._all_wrong()
        return [one for one in self._wrong_now if not section or one[0] == section or one[0].startswith(f"{section}/")]

    def _all_wrong(self) -> list[tuple[str, str, bool]]:
        paths = {*self.refused, *(one.path for one in self.form.problems()), *(one.where for one in self.problems)}
        found = []
        for path in in_order(self.form.definition, paths):
            try:
                node = self.form.node(path)
            except KeyError:  # an instance that is gone
                continue
            text, severe = self._wrong(node, required=True) if node.kind == "question" and node.relevant else _CALM
            if text:
                found.append((path, text, severe))
        return found

    # ---- the draft --------------------------------------------------------------------------------------------------

    def copy(self) -> Open:
        """The form as it stands, with what it refused in its places: nobody saves that, and no draft loses it."""
        opened, state = self.opened, self.form.state()
        assert opened is not None
        given = state["answers"]
        if self.refused and isinstance(given, dict):
            state = {**state, "answers": {**given, **self.refused}}
        form = opened.form.copy_with(state)
        return replace(opened, form=form, loaded=dict(opened.loaded))

    def hand_over(self) -> Open:
        """A copy for the records: what it holds needs no draft any more, unless something is answered after this."""
        taken = self.copy()
        self._soon.stop()
        self.touched = False
        return taken

    def take_back(self, taken: Open) -> None:
        """The records did not take it: it is kept as a draft."""
        if self.opened is not None and self.opened.draft == taken.draft:
            self.touched = True
            self.keep()

    def settle(self, taken: Open, section: str) -> None:
        """A section was written to the records as it stood in this copy: later changes are measured from there."""
        opened = self.opened
        if opened is None or opened.draft != taken.draft:
            return
        for path in [path for path in opened.loaded if path.startswith(f"{section}/")]:
            del opened.loaded[path]
        opened.loaded.update({path: text for path, text in taken.loaded.items() if path.startswith(f"{section}/")})
        self.kept_at = datetime.now().strftime("%Y-%m-%dT%H:%M:%S")
        self.kept.emit()

    def keep(self) -> None:
        """Write the draft, if anything was answered since the form was opened, and look at what is wrong."""
        self._soon.stop()
        if self.opened is None or not self.touched:
            return
        taken = self.copy()

        def work(session: Session) -> tuple[tuple[Problem, ...], Changes]:
            changes = intake.keep(session, opened=taken)
            return tuple(intake.problems(session, opened=taken)), changes

        self._shell.do(self, work, lambda found: self._kept(taken.draft, found), lambda error: self._not_kept(taken.draft, error))

    @property
    def waits(self) -> bool:
        """True while an answer waits to be written."""
        return self._soon.isActive()

    def keep_waiting(self) -> None:
        """Write the draft now if an answer waits to be written."""
        if self._soon.isActive():
            self.keep()

    def _kept(self, draft: str, found: tuple[Problem, ...]) -> None:
        if self.opened is None or self.opened.draft != draft:
            return
        self.kept_at = datetime.now().strftime("%Y-%m-%dT%H:%M:%S")
        self.fault = None
        self.kept.emit()
        self.take_problems(found)

    def _not_kept(self, draft: str, error: UserError) -> None:
        """A box says it once; while typing goes on it stands on the page, until a draft can be written again."""
        if self.opened is None or self.opened.draft != draft:
            return
        first, self.fault = self.fault is None, error
        self.kept.emit()
        if first:
            present_errors.box(self._shell, error)

    def take_problems(self, found: tuple[Problem, ...]) -> None:
        """What the services say is wrong or doubtful."""
        if found != self.problems:
            self.problems = found
            self.checked.emit()


def problem_words(problem: Problem) -> str:
    """A problem as one line: the form's own words if it has any."""
    fields = dict(problem.fields)
    told = fields.get("message")
    return str(told) if told else sentence(UserError(problem.code, **fields), words.language()).happened
