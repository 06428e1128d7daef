"""The card that is filled, the cards that were left for later, and people who may be the same."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.services import intake, twice
from desktop.services.filling import questions
from desktop.services.intake import ARRIVAL, REGISTRATION, DraftRow, Open, Registered
from desktop.services.session import Session
from desktop.services.tick_answers import TICKS
from desktop.services.twice import Typed
from ui import present_errors
from ui.forms.filling import Filling
from ui.pages.register.twins import Twin, Twins
from ui.shell import Shell


class RegisterState(QObject):
    """Signals: `loaded` when another card is shown (or none), `drafts_changed`, `busy(on)` while a card is being saved,
    `stopped(path, words)` when something has to be put right first, `saved(Registered, printing)`."""

    loaded = Signal()
    drafts_changed = Signal()
    busy = Signal(bool)
    stopped = Signal(str, str)
    saved = Signal(object, bool)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.filling = Filling(shell, self)
        self.twins = Twins(shell, self)
        self.drafts: list[DraftRow] = []
        self.last: Registered | None = None
        self.last_name = ""
        self.saving = False
        self.fault: UserError | None = None
        self._asked = 0
        self.filling.answered.connect(self._look_for_twins)
        self.filling.kept.connect(self._read_drafts)

    # ---- which card -------------------------------------------------------------------------------------------------

    def arrive(self, draft: str) -> None:
        """Go on with this draft; without one, with the card that is open, or begin a new one."""
        opened = self.filling.opened
        if draft and (opened is None or opened.draft != draft):
            self.filling.keep_waiting()
            self._open(lambda session: intake.reopen(session, draft=draft, language=self._shell.language))
        elif opened is None:
            self.begin()
        self._read_drafts()

    def changed(self, changes: Changes) -> None:
        """Answers from a scanned page came into the draft of this card, or were taken out of it: it is read again, unless somebody is typing."""
        opened, given = self.filling.opened, self.filling.given
        if opened is None or TICKS not in changes.kinds or self.filling.waits:
            return

        def work(session: Session) -> Open | None:
            kept = any(row.id == opened.draft for row in intake.drafts(session))
            return intake.reopen(session, draft=opened.draft, language=self._shell.language) if kept else None

        def came(found: Open | None) -> None:
            now = self.filling.opened
            if found is not None and now is not None and now.draft == found.draft and self.filling.given == given:
                self._take(found)

        self._shell.read(self, work, came)

    def begin(self) -> None:
        """A new card."""
        self._open(lambda session: intake.begin_arrival(session, language=self._shell.language))

    def _open(self, work: object) -> None:
        self._asked += 1
        asked = self._asked

        def done(opened: Open) -> None:
            if asked == self._asked:
                self._take(opened)

        def failed(error: UserError) -> None:
            if asked == self._asked:
                self.filling.end()
                self.fault = error
                self.loaded.emit()

        self._shell.read(self, work, done, failed)  # type: ignore[arg-type]

    def _take(self, opened: Open) -> None:
        self.fault = None
        kept = next((row.at for row in self.drafts if row.id == opened.draft), "")
        self.filling.begin(opened, kept_at=kept)
        self.twins.clear()
        self._look_for_twins()
        if opened.same_as is not None:
            self.twins.say_same_as(opened.same_as, self.not_same)
        self.loaded.emit()
        self.drafts_changed.emit()

    def _read_drafts(self) -> None:
        self._shell.read(self, intake.drafts, self._drafts_read)

    def _drafts_read(self, rows: list[DraftRow]) -> None:
        self.drafts = [row for row in rows if row.form == ARRIVAL]
        self.drafts_changed.emit()

    def others(self) -> list[DraftRow]:
        """Cards left for later, without the one that is shown."""
        opened = self.filling.opened
        return [row for row in self.drafts if opened is None or row.id != opened.draft]

    # ---- twins ------------------------------------------------------------------------------------------------------

    def typed(self) -> Typed:
        """What the card says so far about the person, for comparing."""
        if self.filling.opened is None:
            return Typed()
        found: dict[str, object] = {}
        for node in self.filling.form.children(""):
            if node.kind == "question" and node.save_to and not node.silence:
                told = node.value if node.save_to == "person.sex" else self.filling.shown_text(node)
                found[node.save_to.partition(".")[2]] = told.strip()
        age = str(found.get("birth.age", ""))
        typed = twice.typed_from(found, age=int(age) if age.isdecimal() else None)
        return replace(typed, beside=self._beside()) if typed.names else typed

    def _beside(self) -> tuple[Typed, ...]:
        """Those who are on the card with the person."""
        said: dict[str, dict[str, object]] = {}
        for node in questions(self.filling.form):
            if "[" in node.path and node.save_to and not node.silence:
                told = node.value if node.save_to == "person.sex" else self.filling.shown_text(node)
                said.setdefault(node.path.rpartition("]")[0], {})[node.save_to.partition(".")[2]] = told.strip()
        ages = ((one, str(one.get("birth.age", ""))) for one in said.values())
        found = (twice.typed_from(one, age=int(age) if age.isdecimal() else None) for one, age in ages)
        return tuple(one for one in found if one.names)

    @property
    def name(self) -> str:
        """The name as spoken, else in English letters."""
        return next(iter(self.typed().names), "")

    def same(self, at: int = 0) -> None:
        """The one at this place among those beside the card is the person on it."""
        opened = self.filling.opened
        if opened is not None and not self.saving and self.twins.same is None and at < len(self.twins.found):
            self._say_same(self.twins.found[at])

    def not_same(self) -> None:
        """Take that back."""
        if not self.saving:
            self._say_same(None)

    def _say_same(self, twin: Twin | None) -> None:
        opened = self.filling.opened
        if opened is not None:
            self.filling.opened = replace(opened, same_as=twin.id if twin is not None else None)
            self.filling.touched = True  # a draft that was opened again has no new answer
            self.twins.say_same(twin)
            self.filling.keep()

    def _look_for_twins(self) -> None:
        self.twins.look(self.typed())

    # ---- leaving and saving -----------------------------------------------------------------------------------------

    def leave_for_later(self) -> None:
        """Keep the card among the drafts; the page is empty for the next one."""
        self.filling.keep_waiting()
        self.filling.end()
        self._asked += 1
        self.fault = None
        self.twins.clear()
        self.loaded.emit()

    def throw_away(self) -> None:
        """Forget the card that is shown."""
        opened = self.filling.opened
        if opened is None:
            return
        self.filling.end()
        self._shell.do(self, lambda session: intake.discard(session, draft=opened.draft), lambda _none: self._read_drafts())
        self.begin()

    def save(self, *, printing: bool) -> None:
        """Register the family, if everything that has to be right is."""
        if self.saving or self.filling.opened is None:
            return
        self.filling.must_be_right("")
        wrong = [(path, text) for path, text, severe in self.filling.wrong_now() if severe]
        if wrong:
            self.stopped.emit(*wrong[0])
            return
        taken = self.filling.copy()
        name = self.name
        self._set_saving(True)

        def work(session: Session) -> tuple[Registered, Changes]:
            return intake.save_arrival(session, opened=taken, same_as=taken.same_as)

        self._shell.do(
            self, work, lambda made: self._registered(made, name, printing), lambda error: self._refused(error, taken),
            settled=lambda: self._set_saving(False),
        )

    def _set_saving(self, on: bool) -> None:
        self.saving = on
        self.busy.emit(on)

    def _registered(self, made: Registered, name: str, printing: bool) -> None:
        self.filling.end()
        self.last, self.last_name = made, name
        self.twins.clear()
        self._read_drafts()
        self.begin()
        self.saved.emit(made, printing)
        if made.sheet == REGISTRATION and not printing:
            self._shell.open("longform", person=made.person)  # the sheet goes on where the card ends

    def _refused(self, error: UserError, taken: Open) -> None:
        if error.code != "form.problems":
            present_errors.box(self._shell, error)  # the card stands as it was
            return

        def told(found: list[Problem]) -> None:
            self.filling.take_problems(tuple(found))
            wrong = [(path, text) for path, text, severe in self.filling.wrong_now() if severe]
            if wrong:
                self.stopped.emit(*wrong[0])

        self._shell.read(self, lambda session: intake.problems(session, opened=taken), told)
