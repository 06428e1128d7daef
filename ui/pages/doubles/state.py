"""Which pairs may be one, which of them is looked at, and whose answers would stand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import merging, twice
from desktop.services.merging import Choice
from desktop.services.progress import Progress
from desktop.services.session import Session
from desktop.services.twice import Double
from ui.pages.doubles.beside import Beside, beside
from ui.shell import Shell
from ui.words import tr

Key = tuple[RecordId, RecordId]
_TOUCHED = frozenset({"person", "household"})


def key_of(double: Double) -> Key:
    """What names a pair while the page is open."""
    return double.one.id, double.two.id


class DoublesState(QObject):
    """Signals: `loaded` when the list is new, `chosen` when another pair is shown (or none), `picked` when another answer would stand,
    `refused(UserError)` when a decision could not be written.

    `read`: what is to be shown was read once, or is being read for `given`. `stopped`: the last look was stopped. `given`: the two records that the page was opened for, None when
    it shows the list; `gone`: they cannot be put beside each other any more.
    """

    loaded = Signal()
    chosen = Signal()
    picked = Signal()
    refused = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.all: list[Double] = []
        self.read = self.stopped = False
        self.given: Key | None = None
        self.now: Beside | None = None
        self.take: dict[str, str] = {}
        self.gone = False
        self._later: list[Key] = []
        self._asked: object = None
        self._looking = False

    # ---- reading ----------------------------------------------------------------------------------------------------

    def arrive(self, given: Key | None) -> None:
        """The page is shown, for these two or for all. Asked again for the same (the language changed), it stays where it is."""
        again, self._asked = self._asked == ("here", given), ("here", given)
        if again and self.read:
            return
        self.given, self.now, self.read, self.gone = given, None, given is not None, False
        self.chosen.emit()
        if given is not None:
            self._look_at(given)
        else:
            self.look()

    def leave(self) -> None:
        """Another page is shown."""
        self._asked = None

    def look(self) -> None:
        """Compare everybody who is new or was changed since the last time."""
        if self._looking:
            return
        self._looking, self.stopped = True, True  # until it comes to its end

        def work(session: Session, progress: Progress) -> list[Double]:
            return twice.review(session, progress=progress)

        self._shell.run(self, work, self._found, words=tr("Looking for people who are registered twice…"), settled=self._looked)

    def _looked(self) -> None:
        self._looking = False
        if self.stopped:
            self._shell.read(self, twice.left, self._found_before)

    def _found(self, found: list[Double]) -> None:
        self.read, self.stopped = True, False
        self._arrived(found)

    def _found_before(self, found: list[Double]) -> None:
        """The look was stopped: show what was found before."""
        self.read = True
        self._arrived(found)

    def changed(self, changes: Changes) -> None:
        """Read again what is left, without comparing anybody."""
        if not changes.kinds & _TOUCHED:
            return
        if self.given is None:
            self._shell.read(self, twice.left, self._arrived)
        elif self.now is not None:
            self._look_at(self.given)

    def _arrived(self, found: list[Double]) -> None:
        late = {key: at for at, key in enumerate(self._later)}
        self.all = sorted(found, key=lambda one: late.get(key_of(one), -1))
        self.loaded.emit()
        here = self.now.key if self.now is not None else None
        target = next((one for one in self.all if key_of(one) == here), next(iter(self.all), None))
        if target is None:
            self._show(None)
        else:
            self._look_at(key_of(target))

    def look_at(self, key: object) -> None:
        """Show the pair with this key."""
        if self.given is None and (self.now is None or key != self.now.key):
            found = next((one for one in self.all if key_of(one) == key), None)
            if found is not None:
                self._look_at(key_of(found))

    def _look_at(self, key: Key) -> None:
        double = next((one for one in self.all if key_of(one) == key), None)

        def work(session: Session) -> Beside:
            return beside(session, key, double)

        self._shell.read(self, work, lambda found: self._show(found), lambda error: self._gone(key, error))

    def _gone(self, key: Key, error: UserError) -> None:
        """One of the two was taken off the lists, or they are one by now."""
        if key == self.given:
            self.gone = True
            self.chosen.emit()
        self.all = [one for one in self.all if key_of(one) != key]
        self.loaded.emit()

    def _show(self, found: Beside | None) -> None:
        if found is not None and self.now is not None and found.plan == self.now.plan and found.key == self.now.key:
            return
        self.now = found
        self.take = {one.field.name: "two" if one.later else "one" for one in self.choices()}
        self.chosen.emit()

    # ---- deciding ---------------------------------------------------------------------------------------------------

    def choices(self) -> list[Choice]:
        """The fields in which the two differ, in the order of the field list."""
        return [one for one in self.now.plan.choices if one.differ] if self.now is not None else []

    def choose(self, field: str, whose: str) -> None:
        """Of this field the answer of ``one`` or ``two`` would stand."""
        if self.take.get(field) not in (None, whose):
            self.take[field] = whose
            self.picked.emit()

    def join(self) -> None:
        """They are one: everything of both is kept."""
        now, take = self.now, dict(self.take)
        if now is None:
            return

        def work(session: Session) -> tuple[RecordId, Changes]:
            return merging.merge(session, one=now.plan.stands, two=now.plan.other, take=take)

        self._shell.do(self, work, self._joined, self.refused.emit)

    def _joined(self, stands: RecordId) -> None:
        given, self.now = self.given, None
        if given is not None:
            self._shell.back()

    def apart(self) -> None:
        """They are two people; nobody is asked about them again."""
        now = self.now
        if now is None:
            return

        def work(session: Session) -> Changes:
            return twice.keep_apart(session, one=now.plan.stands, two=now.plan.other)

        self._shell.do(self, work, self._apart, self.refused.emit)

    def _apart(self, _none: object) -> None:
        self.now = None
        if self.given is not None:
            self._shell.back()

    def later(self) -> None:
        """Put the pair behind all others, until the window is closed."""
        if self.given is not None:
            self._shell.back()
            return
        if self.now is None:
            return
        key, self.now = self.now.key, None
        self._later = [*(one for one in self._later if one != key), key]
        self._arrived(self.all)

    def open(self, which: int) -> None:
        """The page of the first or second person."""
        person = (self.now.first, self.now.second)[which].person if self.now is not None else None
        if person is not None:
            self._shell.open("person", person=person)
