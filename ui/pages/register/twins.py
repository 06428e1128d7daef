"""People who are registered already and may be the one on the card: looked for while it is typed, and compared fact by fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.codes import shown as shown_code
from desktop.domain.ids import RecordId
from desktop.services import people, twice
from desktop.services.people import PersonRow
from desktop.services.session import Session
from desktop.services.twice import Typed
from ui.records.agreeing import Telling, tellings
from ui.shell import Shell

MOST = 5
_PAUSE = 250  # milliseconds without a letter before it is looked for


@dataclass(frozen=True)
class Twin:
    """Somebody registered, compared with the card. `likely`: likelier the same person than not."""

    id: RecordId
    name: str
    second: str
    arrived: str
    site: str
    facts: tuple[Telling, ...] = ()
    likely: bool = False


class Twins(QObject):
    """Signal: `changed` when other people may be the one, or the volunteer said who it is (`same`)."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.found: tuple[Twin, ...] = ()
        self.same: Twin | None = None
        self._typed = Typed()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)

    def clear(self) -> None:
        """Nobody is looked for, and nobody is the same."""
        self._pause.stop()
        self._typed = Typed()
        self.same = None
        self._show(())

    def look(self, typed: Typed) -> None:
        """Look again soon, if the card says something new."""
        if typed == self._typed:
            return
        self._typed = typed
        if max(map(len, typed.names), default=0) < 2:
            self._pause.stop()
            self._show(())
        else:
            self._pause.start()

    def say_same(self, twin: Twin | None) -> None:
        """The card is of this person; None: of nobody known."""
        if twin != self.same:
            self.same = twin
            self.changed.emit()

    def say_same_as(self, person: RecordId, gone: Callable[[], None]) -> None:
        """The same for a card that was left for later: who it is of is read. `gone` is called if they are on the lists no more."""

        def work(session: Session) -> Twin:
            return _twin(people.page(session, person=person).row)

        self._shell.read(self, work, self.say_same, lambda _error: gone())

    def _search(self) -> None:
        typed = self._typed

        def done(found: tuple[Twin, ...]) -> None:
            if typed == self._typed:
                self._show(found)

        self._shell.read(self, lambda session: _find(session, typed), done)

    def _show(self, found: tuple[Twin, ...]) -> None:
        if found != self.found:
            self.found = found
            self.changed.emit()


def _find(session: Session, typed: Typed) -> tuple[Twin, ...]:
    return tuple(
        _twin(one.person, tellings(one.agreements, (one.person.age, typed.age), typed=True), one.likely)
        for one in twice.like(session, typed=typed)[:MOST]
    )


def _twin(row: PersonRow, facts: tuple[Telling, ...] = (), likely: bool = False) -> Twin:
    second = "  ".join(part for part in (row.name_other, shown_code(row.code)) if part)
    return Twin(row.id, row.name or row.call_name, second, row.arrived, row.site, facts, likely)
