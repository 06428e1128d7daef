"""What is looked for, who was found, and who is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import people, settings, views
from desktop.services.filters import EVERYBODY, Filters, Options, options
from desktop.services.people import Found, PersonPage, PersonRow
from desktop.services.session import Session
from desktop.services.views import View
from ui.jobs import Handle
from ui.pages.people.view_names import own_key
from ui.shell import Shell

_TOUCHED = frozenset({"person", "household", "submission", "conflict", "health", "note", "step"})
_ROWS_AT_ONCE = 40  # more than stand on any screen: they come with the search, so that it is painted once
_COUNTED_AT_ONCE = 20_000  # people; among more they are counted when a filter is looked at, so that typing waits for nothing


@dataclass(frozen=True)
class _Looked:
    """A search, and what it was made with."""

    found: Found
    rows: list[PersonRow]
    query: str
    filters: Filters
    order: str
    views: list[View]


class PeopleState(QObject):
    """Signals: `found` when `result` is new, `grown` when more stand below those of `result` and when that is whole, `counted` when `options` or `views` are new or a filter is set, `refreshed` when rows may have
    changed, `chosen` when `page` is another person's or new, `ask_days` when the person wants to choose days of arrival."""

    found = Signal()
    grown = Signal()
    counted = Signal()
    refreshed = Signal()
    chosen = Signal()
    ask_days = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.query, self.filters = "", Filters()
        self.order = people.BY_ARRIVAL
        self._remembered = False
        self.views: list[View] = []
        self.picked = ""
        self.options: Options | None = None
        self.result: Found | None = None
        self.rows: list[PersonRow] = []  # the first of it
        self.again = False  # it is of the same search as the one before
        self.key: int | None = None
        self.page: PersonPage | None = None
        self._turn = self._came = self._counting = 0
        self._going_on: Handle | None = None
        self._shown: tuple[str, Filters, str] | None = None
        self._row: PersonRow | None = None

    @property
    def behind(self) -> bool:
        """True while the list is still that of an earlier search than the one that is typed."""
        return self._came != self._turn

    def put_in_order(self, order: str) -> None:
        """Let the list stand by arrival or by name, also the next time."""
        self.order = order
        self._shell.do(self, lambda session: settings.change(session, people_order=order))
        self.look_for()

    def narrow(self, **filters: str) -> None:
        """Set some of the filters; the others stay."""
        self.show_view(replace(self.filters, **filters))

    def clear(self) -> None:
        """Set all filters as they are at first."""
        self.show_view(Filters())

    def show_view(self, filters: Filters, picked: str = "") -> None:
        """Set all filters, also for the next time. `picked`: the key of the view that was chosen, if it was one."""
        self.picked = picked
        if filters == self.filters:
            self.counted.emit()
            return
        self.filters, self._remembered = filters, True
        self.counted.emit()
        self.look_for()
        self._shell.do(self, lambda session: views.remember(session, filters))

    def look_for(self, *, query: str | None = None) -> None:
        """Search again with what is given changed. Only the latest search is shown, at first those who are found at once; the others come
        below them when these are on the screen."""
        self.query = self.query if query is None else query
        self._turn += 1
        if self._going_on is not None:
            self._going_on.cancel()
            self._going_on = None
        turn, wanted = self._turn, self.query
        self._shell.read(self, lambda session: self._found(session, wanted), lambda result: self._arrived(turn, result))

    def _found(self, session: Session, query: str) -> _Looked:
        """With the filters and in the order that were chosen here last; at first those that are remembered."""
        mine = views.views(session)
        filters, order = self.filters, self.order
        if not self._remembered:
            filters, order = views.last(session), settings.settings(session).people_order
        again = (query, filters, order) == self._shown  # then whoever is chosen may be anywhere in it
        known = (people.find if again else people.begin)(session, query=query, filters=filters, order=order)
        rows = people.rows(session, keys=known.keys[:_ROWS_AT_ONCE], query=query, why=known.why)
        return _Looked(known, rows, query, filters, order, mine)

    def keep_view(self, name: str, kept: Callable[[], None], wrong: Callable[[UserError], None], *, replace: bool) -> None:
        """Keep the filters under a name, with `replace` in place of others; `wrong` is told why not."""
        wanted = self.filters

        def done(found: tuple[str, list[View]]) -> None:
            self.picked, self.views = own_key(found[0]), found[1]
            self.counted.emit()
            kept()

        def work(session: Session) -> tuple[tuple[str, list[View]], Changes]:
            called, changes = views.keep(session, name=name, filters=wanted, replace=replace)
            return (called, views.views(session)), changes

        self._shell.do(self, work, done, wrong)

    def rename_view(self, name: str, to: str, done: Callable[[], None], wrong: Callable[[UserError], None], *, replace: bool) -> None:
        """Give a view another name, with `replace` that of another view, which goes; `wrong` is told why not."""

        def renamed(found: tuple[str, list[View]]) -> None:
            called, self.views = found
            if self.picked in (own_key(name), own_key(called)):
                self.picked = own_key(called)
            self.counted.emit()
            done()

        def work(session: Session) -> tuple[tuple[str, list[View]], Changes]:
            called, changes = views.rename(session, name=name, to=to, replace=replace)
            return (called, views.views(session)), changes

        self._shell.do(self, work, renamed, wrong)

    def forget_view(self, name: str) -> None:
        """Keep a view no longer; what is shown stays."""

        def work(session: Session) -> tuple[list[View], Changes]:
            changes = views.forget(session, name=name)
            return views.views(session), changes

        def done(mine: list[View]) -> None:
            self.views = mine
            self.counted.emit()

        self._shell.do(self, work, done)

    def count(self) -> None:
        """Find out how many people fit each answer of each filter, unless it is known."""
        if self._counting == self._turn:
            return
        turn = self._counting = self._turn
        wanted, query = self.filters, self.query

        def work(session: Session) -> Options:
            among = people.find(session, query=query, filters=EVERYBODY).keys if query.strip() else None
            return options(session, wanted, among=among)

        def done(found: Options) -> None:
            if turn == self._turn:
                self.options = found
                self.counted.emit()

        self._shell.read(self, work, done)

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

    def _arrived(self, turn: int, looked: _Looked) -> None:
        if turn == self._turn:
            self._came = turn
            self.result, self.rows = looked.found, looked.rows
            self.order, self.filters, self.views = looked.order, looked.filters, looked.views
            before, self._shown = self._shown, (looked.query, looked.filters, looked.order)
            self.again = before == self._shown
            self._remembered = True
            self.counted.emit()
            self.found.emit()
            if looked.found.rest is None:
                self._count_if_few()
            else:
                self._go_on(looked.found)

    def _go_on(self, known: Found) -> None:
        """Those who were found at once are on the screen: look for the others."""
        turn = self._turn

        def came(result: Found) -> None:
            if turn == self._turn:
                self.result, self._going_on = result, None
                self.grown.emit()
                self._count_if_few()

        self._going_on = self._shell.jobs.submit(
            self, lambda progress: people.go_on(self._shell.session, known=known, progress=progress), came, can_cancel=True
        )

    def _count_if_few(self) -> None:
        if self.result is not None and self.result.total <= _COUNTED_AT_ONCE:
            self.count()

    def _page_came(self, row: PersonRow, page: PersonPage) -> None:
        if self._row is not None and self._row.id == row.id:
            self.page = page
            self.chosen.emit()

    def _gone(self, error: UserError) -> None:
        """Taken off the list a moment ago: the next search leaves the row out."""
        self.page = None
        self.chosen.emit()
