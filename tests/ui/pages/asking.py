"""Short ways for tests of pages: ask the services, find widgets, go to a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.ids import RecordId
from desktop.services import people
from desktop.services.session import Session
from tests.ui.conftest import got, settle
from tests.ui.walk import clipped, focusable, nameless, reached_by_tab, unreadable_rows
from ui.shell import Shell
from ui.window import Window

Found = TypeVar("Found", bound=QWidget)
SIZES = ((1366, 768), (1280, 650))


def ask(window: Window, qtbot: QtBot, work: Callable[[Session], Any]) -> Any:
    """What a service answers, asked on the thread of the vault."""
    assert window.shell is not None
    return got(window.shell, qtbot, work)


class Desk:
    """A window that is open, and what a test wants of it."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot

    @property
    def shell(self) -> Shell:
        assert self.window.shell is not None
        return self.window.shell

    def ask(self, work: Callable[[Session], Any]) -> Any:
        """What a service answers, asked on the thread of the vault."""
        return got(self.shell, self._qtbot, work)

    def rest(self) -> None:
        settle(self.window, self._qtbot)

    def go(self, page: str, **where: object) -> None:
        self.shell.open(page, **where)
        self.rest()

    def child(self, kind: type[Found], name: str) -> Found:
        page = self.shell.page
        assert page is not None
        found = page if page.objectName() == name else page.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def text(self, name: str) -> str:
        """What a label or a button says, "" if it is hidden."""
        found = self.child(QWidget, name)
        return str(found.text()) if found.isVisibleTo(self.window) else ""  # type: ignore[attr-defined]

    def problem(self, field: str) -> str:
        """What is said to be wrong below a field of a record."""
        return self.text(f"line_{field}_problem_words")

    def people(self, **filters: str) -> list[people.PersonRow]:
        rows: list[people.PersonRow] = self.ask(lambda session: people.rows(session, keys=list(people.find(session, **filters).keys)))
        return rows

    def person(self, record: RecordId) -> people.PersonPage:
        page: people.PersonPage = self.ask(lambda session: people.page(session, person=record))
        return page

    def family(self) -> people.PersonPage:
        """A head of a household with members, somebody left behind and a long form."""
        for row in self.people():
            page = self.person(row.id)
            if page.members and page.left_behind and len(page.submissions) > 1:
                return page
        raise AssertionError("no such family among the invented people")

    def faults(self, what: str) -> list[str]:
        """What a screen reader, the Tab key or an eye would miss, at both sizes."""
        found = []
        for size in SIZES:
            self.window.resize(*size)
            self.rest()
            found += [*nameless(self.shell), *clipped(self.shell), *unreadable_rows(self.shell)]
            reached = reached_by_tab(self.window)
            found += [f"Tab does not reach {one.objectName()}" for one in focusable(self.shell) if one.objectName() not in reached]
            if self.window.width() != size[0]:
                found.append(f"wider than {size[0]}: {self.window.width()}")
        return [f"{what}: {one}" for one in found]
