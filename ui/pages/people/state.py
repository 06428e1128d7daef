"""What is looked for, who was found, and who is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import people, settings
from desktop.services.people import Found, PersonPage, PersonRow
from desktop.services.session import Session
from ui.shell import Shell

_TOUCHED = frozenset({"person", "household", "submission", "conflict", "health"})


class PeopleState(QObject):
    """Signals: `found` when `result` is new, `refreshed` when rows may have changed, `chosen` when `page` is another person's or new."""

    found = Signal()
    refreshed = Signal()
    chosen = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.query, self.state, self.need = "", "here", ""
        self.order = people.BY_ARRIVAL
        self._order_known = False
        self.result: Found | None = None
        self.key: int | None = None
        self.page: PersonPage | None = None
        self._turn = 0
        self._row: PersonRow | None = None

    def put_in_order(self, order: str) -> None:
        """Let the list stand by arrival or by name, also the next time."""
        self.order, self._order_known = order, True
        self._shell.do(self, lambda session: settings.change(session, people_order=order))
        self.look_for()

    def look_for(self, *, query: str | None = None, state: str | None = None, need: str | None = None) -> None:
        """Search again with what is given changed. Only the latest search is shown."""
        self.query = self.query if query is None else query
        self.state = self.state if state is None else state
        self.need = self.need if need is None else need
        self._turn += 1
        turn, wanted, where, what = self._turn, self.query, self.state, self.need
        self._shell.read(
            self, lambda session: self._found(session, wanted, where, what), lambda result: self._arrived(turn, *result)
        )

    def _found(self, session: Session, query: str, state: str, need: str) -> tuple[str, Found]:
        """In the order that was chosen here last; at first the one that is remembered."""
        order = self.order if self._order_known else settings.settings(session).people_order
        return order, people.find(session, query=query, state=state, need=need, order=order)

    def fetch(self, keys: Sequence[int], arrived: Callable[[Sequence[PersonRow]], None]) -> None:
        """Rows for these keys, for the table."""
        wanted, query = list(keys), self.query
        why = self.result.why if self.result is not None else {}
        self._shell.read(self, lambda session: people.rows(session, keys=wanted, query=query, why=why), arrived)

    def changed(self, changes: Changes) -> None:
        """Read again what these changes may touch."""
        if changes.kinds & _TOUCHED:
            self.look_for()
            self.refreshed.emit()

    def choose(self, key: int | None, row: PersonRow | None) -> None:
        """Show this person at the side."""
        self.key, self._row = key, row
        if row is None:
            self.page = None
            self.chosen.emit()
            return
        self._shell.read(self, lambda session: people.page(session, person=row.id), lambda page: self._page_came(row, page), self._gone)

    def open(self, row: PersonRow | None) -> None:
        """The person's own page."""
        if row is not None:
            self._shell.open("person", person=row.id)

    def print_slip(self) -> None:
        """The arrival slip of the chosen person."""
        person: RecordId | None = self._row.id if self._row is not None else None
        if person is not None:
            self._shell.open("paper", person=person, document="arrival_slip")

    def _arrived(self, turn: int, order: str, result: Found) -> None:
        if turn == self._turn:
            self.result, self.order, self._order_known = result, order, True
            self.found.emit()

    def _page_came(self, row: PersonRow, page: PersonPage) -> None:
        if self._row is not None and self._row.id == row.id:
            self.page = page
            self.chosen.emit()

    def _gone(self, error: UserError) -> None:
        """Taken off the list a moment ago: the next search leaves the row out."""
        self.page = None
        self.chosen.emit()
