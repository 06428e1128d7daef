"""Which answers differ, which of them is looked at, and what the volunteer chose so far."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import contacts, history, people
from desktop.services.history import TwoAnswers
from desktop.services.people import Shown
from desktop.services.session import Session
from ui import words
from ui.shell import Shell

Key = tuple[str, RecordId, str]  # folder, record, field
_COMPARED = ("name", "birth", "sex", "township", "father_name", "mother_name", "phone", "relationship")


def key_of(one: TwoAnswers) -> Key:
    """What names these answers while the page is open."""
    return one.folder.value, one.record, one.field.name


class AnswersState(QObject):
    """Signals: `loaded` when the list is new, `chosen` when another one is looked at, `facts_came` when what is the same on
    both sides is known, `picked` when the choice changed, `refused(UserError)` when settling failed."""

    loaded = Signal()
    chosen = Signal()
    facts_came = Signal()
    picked = Signal()
    refused = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.all: list[TwoAnswers] = []
        self.read = False
        self.now: TwoAnswers | None = None
        self.facts: Mapping[str, Shown] = {}
        self.pick = 0  # which answer, -1: the one that is written
        self.written: Value = ""
        self.settled = 0  # since the page was opened
        self._wanted: tuple[RecordId | None, str] = (None, "")
        self._asked: tuple[RecordId | None, str] | None = None  # what the page was opened for

    def show(self, record: RecordId | None, field: str) -> bool:
        """Look at this record's answers if it has some. Asked again for the same (the language changed), stay where we are: False."""
        here, self._asked = (record, field) == self._asked, (record, field)
        self.load(*((None, "") if here else (record, field)))
        return not here

    def leave(self) -> None:
        """Another page is shown."""
        self._asked = None

    def load(self, record: RecordId | None = None, field: str = "") -> None:
        """Read the list again; look at this record's answers first if it has some."""
        self._wanted = (record, field)
        language = words.language()
        self._shell.read(self, lambda session: history.conflicts(session, language=language), self._arrived)

    def changed(self, changes: Changes) -> None:
        """Read again what these changes may touch."""
        if changes.kinds - {"draft", "setting"}:
            self.load()

    def look_at(self, key: object) -> None:
        """Show the answers with this key."""
        found = next((one for one in self.all if key_of(one) == key), None)
        if found is not None and (self.now is None or key_of(found) != key_of(self.now)):
            self._show(found)

    def choose(self, at: int) -> None:
        """Keep this answer (from 0), or -1: the one that is written."""
        if self.now is not None and -1 <= at < len(self.now.answers) and at != self.pick:
            self.pick = at
            self.picked.emit()

    def write(self, value: Value) -> None:
        """The right answer as it is written; an empty one goes back to the first of the answers."""
        self.written = value
        at = -1 if value not in ("", None) else max(0, self.pick)
        if at != self.pick:
            self.pick = at
        self.picked.emit()

    def value(self) -> Value:
        """What would be kept."""
        if self.now is None:
            return None
        return self.written if self.pick < 0 else self.now.answers[self.pick].value

    def problems(self) -> list[Problem]:
        """What is wrong with the answer that is written."""
        if self.now is None or self.pick >= 0 or self.now.label:
            return []
        return people.check(self.now.kind, {self.now.field.name: self.written})

    def keep(self) -> None:
        """Settle, and go on to the next."""
        one, value = self.now, self.value()
        if one is None or self.problems():
            return

        def settle(session: Session) -> Changes:
            return history.settle(session, folder=one.folder, record=one.record, field=one.field.name, value=value)

        self._shell.do(self, settle, self._kept, self.refused.emit)

    def _kept(self, _none: object) -> None:
        self.settled += 1
        self.now = None

    def _arrived(self, found: list[TwoAnswers]) -> None:
        self.all, self.read = found, True
        record, field = self._wanted
        before = key_of(self.now) if self.now is not None else None
        wanted = [one for one in found if one.record == record and field in ("", one.field.name)]
        again = [one for one in found if key_of(one) == before]
        self.loaded.emit()
        target = next(iter(wanted or again or found), None)
        self._wanted = (None, "")
        if target is None:
            self.now = None
            self.chosen.emit()
        elif not again or target is not again[0] or self.now != target:
            self._show(target)

    def _show(self, one: TwoAnswers) -> None:
        self.now, self.pick, self.written, self.facts = one, 0, "", {}
        self.chosen.emit()
        self._shell.read(self, lambda session: _facts(session, one), lambda facts: self._facts_came(one, facts), self._no_facts)

    def _facts_came(self, one: TwoAnswers, facts: Mapping[str, Shown]) -> None:
        if self.now is one:
            self.facts = facts
            self.facts_came.emit()

    def _no_facts(self, error: UserError) -> None:
        """The answers can be settled without the facts beside them: the record may just have been taken off the list."""


def _facts(session: Session, one: TwoAnswers) -> Mapping[str, Shown]:
    """What is known and not in question about the same record."""
    if one.kind == "contact":
        found: Mapping[str, Shown] = contacts.page(session, contact=one.record).fields
    elif one.kind == "person":
        found = people.page(session, person=one.record).fields
    else:
        return {}
    return {name: found[name] for name in _COMPARED if name in found and name != one.field.name and not found[name].others}
