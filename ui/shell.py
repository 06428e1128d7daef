"""The window once it is open: the rail of pages, the page itself, the status line.

**For those who build pages.** A page is a package ``ui/pages/<name>`` offering ``state(shell)`` and ``view(shell, state)`` (see
`ui.page`), named in `PLACES` below. Pages never import each other; they meet here:

* ``shell.open("person", person=record_id)`` shows a page; `Page.arrive` gets the keywords. ``shell.back()`` goes one step back.
* ``shell.read(owner, lambda session: people.page(session, person=...), done, failed)`` reads on the thread of the vault. ``done`` gets
  the result on this thread if `owner` (a QObject: the state or the page) still lives. Without ``failed`` an error is shown in a box.
* ``shell.do(owner, lambda session: people.change(session, ...), done, failed)`` changes something. The work returns `Changes` or
  ``(value, Changes)``; ``done`` gets the value (None without one). Then the page that is shown gets `Page.changed`.
* ``shell.run(owner, lambda session, progress: ..., done, failed, words=tr("Reading the stick…"))`` is for long work.
* Keywords that pages take: ``person(person=)``, ``contacts(contact=)``, ``answers(record=, field=)``, ``doubles()`` or
  ``doubles(one=, two=)`` (two people or two households), ``families(show=)``, ``families(case=)`` or
  ``families(person=, left_behind=)``, ``register(draft=)``,
  ``longform(person=)``, ``longform(form=, person=)``, ``longform(submission=)`` or ``longform(draft=)``, ``paper(person=, document=)``,
  ``stick(show="sites")``, ``settings(show=...)``, ``people(query=)``, ``pads(pad=)``, ``scans(files=)`` or ``scans(scan=)``, ``forms(form=)``, ``forms(files=)`` or ``forms(do=Errand(...))``.
* Questions go through `ui.messages` (or `ask_before` below); errors beside a field through `ui.present_errors.brief`, in place of a
  page through `ui.present_errors.FailurePanel`.
* A view is thrown away when the language changes: connect signals of the state to methods of the page, never to lambdas, so that
  Qt takes the connection back.
* ``shell.language`` and ``shell.who`` (site, volunteer, role, folders) may be read at any time; never touch ``shell.session`` outside
  ``read``, ``do`` and ``run``: it belongs to the thread of the vault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, Union

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.services import upkeep
from desktop.services.progress import Progress
from desktop.services.session import Session
from ui import dates, messages, words
from ui.commands import Command, Commands
from ui.dropping import Dropping, are_pages
from ui.finder import Finder
from ui.help import HelpBox
from ui.jobs import Handle, Jobs
from ui.page import Errand, Page
from ui.rail import Rail
from ui.status_line import StatusLine
from ui.who import Who
from ui.widgets.dialogs import ProgressBox
from ui.widgets.layout import box, clear, col, fill, row
from ui.words import mark, tr

Result = TypeVar("Result")
Failed = Callable[[UserError], None]


@dataclass(frozen=True)
class Place:
    """A page: `name` is its package, `words` its title in the rail. `under`: the page of the rail it belongs to, "" if it is in
    the rail itself."""

    name: str
    words: str
    icon: str
    under: str = ""


PLACES = (
    Place("today", mark("Today"), "today"),
    Place("people", mark("People"), "people"),
    Place("contacts", mark("Contacts"), "contacts"),
    Place("families", mark("Families"), "household"),
    Place("stick", mark("Stick"), "stick"),
    Place("paper", mark("Paper"), "paper"),
    Place("forms", mark("Forms"), "form"),
    Place("settings", mark("Settings"), "settings"),
    Place("person", mark("Person"), "person", "people"),
    Place("register", mark("Register arrival"), "person-add", "people"),
    Place("longform", mark("Long registration"), "form", "people"),
    Place("answers", mark("Different answers"), "differ", "today"),
    Place("pads", mark("Numbered sheets"), "paper", "paper"),
    Place("scans", mark("Pages that come back"), "paper", "paper"),
    Place("doubles", mark("Same person?"), "people", "people"),
)
RAIL = tuple(place for place in PLACES if not place.under)
_LOOK_AGAIN = 400  # milliseconds after a change before the counts are read again
_EACH_MINUTE = 60_000  # milliseconds: a contact becomes late while nobody does anything


@dataclass(frozen=True)
class Counts:
    """What the rail and the status line tell on every page."""

    decisions: int = 0
    late: int = 0
    stick: tuple[str, str] = ("", "")  # (site, moment of the last stick for it)


class Shell(QWidget):
    """Signals: `locking` when the person (or the clock) locks, `language_changed` after F2,
    `lock_minutes_changed(minutes)` when the settings say so."""

    locking = Signal()
    language_changed = Signal()
    lock_minutes_changed = Signal(int)

    def __init__(self, jobs: Jobs, session: Session, who: Who, *, practice: bool = False) -> None:
        """`practice`: the people are invented, and the window says so."""
        super().__init__()
        self.setObjectName("shell")
        self.jobs, self.session, self.who, self.practice = jobs, session, who, practice
        self._states: dict[str, QObject] = {}
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, dict[str, object]]] = []
        self._saved_at: datetime | None = None
        self._counts = Counts()
        self._busy: list[Handle] = []
        self._boxes: dict[Handle, ProgressBox] = {}
        self.commands = Commands(self)
        self._whole = row(gap=0)
        self.setLayout(self._whole)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_LOOK_AGAIN)
        self._counting.timeout.connect(self._count)
        self._minute = QTimer(self)
        self._minute.setInterval(_EACH_MINUTE)
        self._minute.timeout.connect(self._each_minute)
        self._minute.start()
        jobs.slow.connect(self._slow)
        jobs.ended.connect(self._ended)
        Dropping(self, lambda files: self.open("scans" if self._are_scans(files) else "forms", files=files), self._are_scans)
        self._build()

    def _each_minute(self) -> None:
        """Count again; where nobody waits for anything, put a little in order before: nobody is told if the disk has no room for it."""
        if self.resting:
            self.read(self, upkeep.tidy, lambda _more: None, lambda _error: None)
        self._counting.start()

    def _are_scans(self, files: Sequence[Path]) -> bool:
        """True for pictures and scans, unless the form that is looked at waits for files of these names."""
        waits = self.page is not None and self.page.waits_for(files)
        return are_pages(files) and not waits

    # ---- for pages ------------------------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """``en`` or ``my``."""
        return words.language()

    def read(
        self, owner: QObject, work: Callable[[Session], Result], done: Callable[[Result], None], failed: Failed | None = None, *,
        settled: Callable[[], None] | None = None,
    ) -> Handle:
        """Read on the thread of the vault."""
        return self.jobs.submit(owner, lambda _progress: work(self.session), done, failed, settled=settled)

    def do(
        self, owner: QObject, work: Callable[[Session], Union[Changes, tuple[Any, Changes]]],
        done: Callable[[Any], None] | None = None, failed: Failed | None = None, *, settled: Callable[[], None] | None = None,
    ) -> Handle:
        """Change something, tell `done`, then every open page."""

        def finished(result: Changes | tuple[Any, Changes]) -> None:
            value, changes = (None, result) if isinstance(result, Changes) else result
            if done is not None:
                done(value)
            self.announce(changes)

        return self.jobs.submit(owner, lambda _progress: work(self.session), finished, failed, settled=settled)

    def run(
        self, owner: QObject, work: Callable[[Session, Progress], Result], done: Callable[[Result], None], failed: Failed | None = None, *,
        words: str, can_cancel: bool = True, settled: Callable[[], None] | None = None,
    ) -> Handle:
        """Long work that tells its steps. After 300 ms a box says `words` and offers to stop. Call `announce` with what it changed."""
        return self.jobs.submit(
            owner, lambda progress: work(self.session, progress), done, failed, settled=settled, words=words, can_cancel=can_cancel
        )

    def announce(self, changes: Changes) -> None:
        """Something was saved: note the time, tell the page that is shown, count again."""
        if not changes.kinds:
            return
        self._saved_at = datetime.now()
        self.status.saved(self._saved_at)
        page = self.page
        if page is not None:
            page.changed(changes)
        if changes.kinds - {"draft"}:
            self._counting.start()

    def open(self, name: str, **where: object) -> None:
        """Show a page. The page that was shown keeps what is half typed."""
        if self._trail and self._trail[-1][0] == name:
            self._trail.pop()
        self._trail.append((name, where))
        del self._trail[:-20]
        self._show(name, where)

    def came_to(self, **where: object) -> None:
        """What the page was opened with has a name of its own by now (a form that was begun is a draft): shown again, by a step back or in the
        other language, the page is given this instead, so that it does not begin anew."""
        if self._trail:
            self._trail[-1] = (self._trail[-1][0], where)

    def back(self) -> None:
        """One step back: inside the page if it has one, else to the page before."""
        page = self.page
        if page is not None and page.back():
            return
        if len(self._trail) > 1:
            self._trail.pop()
            self._show(*self._trail[-1])

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        found = self._stack.currentWidget()
        return found if isinstance(found, Page) else None

    @property
    def place(self) -> str:
        """The name of the page that is shown, "" before the first."""
        return self._trail[-1][0] if self._trail else ""

    @property
    def resting(self) -> bool:
        """True if nothing is read or written, and nothing is about to be."""
        return not self.jobs.busy and not self._counting.isActive()

    def offer(self) -> None:
        """The commands of the page have changed: read them again."""
        page = self.page
        self.commands.set("page", page.commands() if page is not None else ())

    def rename(self, site: str) -> None:
        """The site has another name."""
        self.who = replace(self.who, site=site)
        self.rail.rename(site)

    def changed_language(self) -> None:
        """Speak the other language: every view is built again, what is typed stays, and the choice is kept."""
        from desktop.services import settings

        language = words.other()
        self._speak(language)
        self.do(self, lambda session: settings.change(session, language=language))

    # ---- building -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.rail = Rail(self.who, [(place.name, tr(place.words), place.icon) for place in RAIL], practice=self.practice)
        self.rail.wanted.connect(self.open)
        self.rail.into_page.connect(self._focus_page)
        self.rail.language.connect(self.changed_language)
        self.rail.lock.connect(self.lock)
        self.status = StatusLine()
        self.status.find_wanted.connect(self.find_command)
        self.status.help_wanted.connect(self.show_help)
        self.status.differ.connect(lambda: self.open("answers"))
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages_shown")
        fill(self._whole, self.rail, (box(col((self._stack, 1), self.status)), 1))
        self.commands.set("window", self._window_commands())
        self._tell()

    def _speak(self, language: str) -> None:
        page = self.page
        typed = page.keep_typed() if page is not None else {}
        words.use(language)
        self.commands.set("page", ())
        self._pages.clear()
        clear(self._whole)
        self._build()
        if self._trail:
            self._show(*self._trail[-1], typed=typed)
        self.language_changed.emit()

    def _make(self, name: str) -> Page:
        module = import_module(f"ui.pages.{name}")
        if name not in self._states:
            self._states[name] = module.state(self)
        page: Page = module.view(self, self._states[name])
        self._pages[name] = page
        self._stack.addWidget(page)
        return page

    def _show(self, name: str, where: dict[str, object], typed: dict[str, object] | None = None) -> None:
        before = self.page
        finder = self.findChild(Finder)
        if finder is not None:
            finder.go_away()
        page = self._pages.get(name) or self._make(name)
        if before is not None and before is not page:
            before.leave()
        self._stack.setCurrentWidget(page)
        place = next(one for one in PLACES if one.name == name)
        self.rail.show_place(place.under or name)
        self.window().setWindowTitle(tr("{page} - Waystation", page=page.title))
        page.arrive(**where)
        if typed:
            page.put_typed(typed)
        self.offer()
        if typed is None and not self.rail.has_keyboard():
            self._focus_page()
        self._counting.start()

    def _focus_page(self) -> None:
        page = self.page
        if page is not None:
            # What the page shows may change before Qt can move the keyboard there, so it is asked as late as possible.
            QTimer.singleShot(0, page, lambda: self._keyboard_to(page))

    def _keyboard_to(self, page: Page) -> None:
        first = page.first_focus()
        if first is not None and page is self.page:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what the window itself can do ----------------------------------------------------------------------------

    def _window_commands(self) -> Sequence[Command]:
        def going(place: Place) -> Callable[[], None]:
            return lambda: self.open(place.name)

        return (
            Command("people.register", mark("Register arrival"), lambda: self.open("register"), "Ctrl+N", "person-add",
                    ready=self._may_write),
            *(
                Command(f"go.{place.name}", place.words, going(place), f"Ctrl+{at}", place.icon, mark("Page"))
                for at, place in enumerate(RAIL, 1)
            ),
            Command("answers.settle", mark("Settle different answers"), lambda: self.open("answers"), "", "differ",
                    ready=lambda: self._may_write() and self._counts.decisions > 0),
            Command("go.pads", mark("Numbered sheets"), lambda: self.open("pads"), "", "paper", mark("Paper")),
            Command("go.scans", mark("Pages that come back"), lambda: self.open("scans"), "", "read", mark("Paper")),
            Command("forms.fill", mark("Fill a form…"), lambda: self.open("forms", do=Errand("fill")), "", "form", ready=self._may_write),
            Command("forms.add", mark("Add a form…"), lambda: self.open("forms", do=Errand("add")), "", "plus", ready=lambda: self.who.adds_forms),
            Command("forms.export", mark("Export filled forms…"), lambda: self.open("forms", do=Errand("export")), "", "put",
                    ready=lambda: self.who.adds_forms),
            Command("window.undo", mark("Take back the last save"), self.undo, "Ctrl+Z", "undo", ready=self._may_write),
            Command("window.find", mark("Find a command"), self.find_command, "Ctrl+K", "search", ready=self._nothing_open),
            Command("window.help", mark("Help for this page"), self.show_help, "F1", "help"),
            Command("window.language", mark("Change the language"), self.changed_language, "F2", "globe"),
            Command("window.lock", mark("Lock"), self.lock, "Ctrl+L", "lock"),
        )

    def _may_write(self) -> bool:
        return self.who.role.writes

    def _nothing_open(self) -> bool:
        return self.findChild(Finder) is None

    def find_command(self) -> None:
        """The command palette."""
        Finder(self, self.commands).open()

    def show_help(self) -> None:
        """Help for this page, and its shortcuts."""
        page = self.page
        if page is not None:
            HelpBox(self.window(), page.title, page.help, self.commands.all()).open()

    def lock(self) -> None:
        """Lock at once. What is practised goes away with it, so there it asks before."""
        if not self.practice:
            self.locking.emit()
            return
        text = tr("The invented people go away. What you practised is not kept.")
        ask_before(self, tr("End practising?"), text, tr("End practising"), self.locking.emit)

    def undo(self) -> None:
        """Take back the last save of this volunteer."""
        from desktop.services import history

        self.do(self, lambda session: history.undo(session), lambda _none: self.status.busy(tr("Taken back.")))

    # ---- counts, saved, slow ----------------------------------------------------------------------------------------

    def _count(self) -> None:
        from desktop.services import today

        def look(session: Session) -> Counts:
            found = today.today(session)
            given = max(((line.last_given, line.site) for line in found.sites if line.last_given), default=("", ""))
            return Counts(len(found.decisions), len(found.late), (given[1], given[0]))

        def keep(counts: Counts) -> None:
            self._counts = counts
            self._tell()

        self.read(self, look, keep)

    def _tell(self) -> None:
        counts = self._counts
        self.rail.counts({"today": counts.decisions + counts.late, "contacts": counts.late})
        self.status.saved(self._saved_at)
        self.status.waits(counts.decisions)
        site, moment = counts.stick
        self.status.stick(tr("Last stick to {site}: {when}", site=site, when=dates.ago(moment)) if site else "")

    def _slow(self, handle: Handle) -> None:
        self._busy.append(handle)
        if handle.words:
            box = ProgressBox(self.window(), handle)
            self._boxes[handle] = box
            box.open()
        else:
            self.status.busy(tr("Looking…"))

    def _ended(self, handle: Handle) -> None:
        box = self._boxes.pop(handle, None)
        if box is not None:
            box.close()
        if handle in self._busy:
            self._busy.remove(handle)
        if not self._busy:
            self.status.busy("")

    # ---- keys -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        finder = self.findChild(Finder)
        if finder is not None:
            finder.move((self.width() - finder.width()) // 2, 96)


def ask_before(owner: QWidget, title: str, text: str, go: str, then: Callable[[], None], *, danger: bool = False) -> None:
    """Ask once before something that cannot simply be taken back: `go` are the words of the button that does it."""
    answers = (messages.Answer("go", go, "danger" if danger else "primary"), messages.Answer("", tr("Go back")))
    messages.ask(owner, title, text, answers, lambda answer: then() if answer == "go" else None, icon="warning", tone="warn")
