"""What happens with sticks: notice one, look at it, read it, put news on it; and whom we trust."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.services import family_access, sought, stick, twice
from desktop.services.progress import Cancelled, Progress
from desktop.services.session import Session
from desktop.services.stick import Bundle, Look, Put, Read, Site, SiteCard, Stick
from ui import dates
from ui.shell import Shell
from ui.words import tr

_LOOK_EVERY = 1_500  # milliseconds between two looks for sticks, while the page is shown


@dataclass(frozen=True)
class Came:
    """What reading a stick brought: a `Read` for each file, and the first fault if there was one."""

    reads: tuple[Read, ...]
    changes: Changes
    fault: UserError | None = None
    sought: int = 0  # people here who may be the ones that are sought
    doubles: int = 0  # pairs that may be one person, with somebody in them whom this stick brought


class StickState(QObject):
    """`show` is what the page shows: ``none``, ``found``, ``came``, ``given``, ``failed``, ``sites`` or ``card`` (another site's card).

    Signal: `changed` when any of it is new.
    """

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self.show = "none"
        self.sites: tuple[Site, ...] = ()
        self.found: Stick | None = None
        self.look: Look | None = None
        self.came: Came | None = None
        self.given: Put | None = None
        self.fault: UserError | None = None
        self.again = "read"  # what the button of a failure does once more: read or put
        self.my_card: SiteCard | None = None
        self.card: SiteCard | None = None
        self.told = ""  # one line about what was just done on the page of sites
        self._looking = False
        self.by_hand = False  # `found` is a folder that was chosen, not a stick
        self._plugged_in: frozenset[Path] = frozenset()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look_for_sticks)

    # ---- coming and going -------------------------------------------------------------------------------------------

    def arrive(self, show: str = "") -> None:
        """The page is shown."""
        if show == "sites":
            self.open_sites()
        elif self.show not in ("none", "found"):
            self.begin()
        self.read_sites()
        self._look_for_sticks()
        self._timer.start()

    def leave(self) -> None:
        """The page is hidden: nobody needs to look for sticks."""
        self._timer.stop()

    def begin(self) -> None:
        """Back to the stick itself."""
        self.fault, self.told = None, ""
        self._go("found" if self.found is not None else "none")
        if self.found is not None:
            self._look_at(self.found)

    def open_sites(self) -> None:
        """Show the sites we trust and our card."""
        self.card = None
        self._go("sites")
        if self.my_card is None:
            self._shell.read(self, lambda session: stick.my_card(session), self._card_made)

    def read_sites(self) -> None:
        """Read again what waits for whom."""
        self._shell.read(self, lambda session: tuple(stick.sites(session)), self._sites_read)

    # ---- sticks -----------------------------------------------------------------------------------------------------

    def use_folder(self, folder: Path) -> None:
        """A folder in place of a stick."""
        self._take(Stick(folder, folder.name or str(folder), 0, True), by_hand=True)

    @property
    def fresh(self) -> tuple[Bundle, ...]:
        """The files on the stick that are for us and not read yet, the oldest first."""
        found = self.look.bundles if self.look is not None else ()
        return tuple(sorted((one for one in found if one.fresh and not one.problem), key=lambda one: one.written))

    @property
    def readable(self) -> tuple[Bundle, ...]:
        """Every file on the stick that is for us and can be read, those we read before among them."""
        return tuple(one for one in self.look.bundles if not one.problem) if self.look is not None else ()

    def read(self) -> None:
        """Take in every file that is for us; those read before too, if there is nothing else."""
        found = self.fresh or self.readable
        if not found:
            return
        self.again = "read"
        self._shell.run(
            self, lambda session, progress: _read_all(session, found, progress), self._news_came, self._went_wrong,
            words=tr("Reading the stick. Do not take it out yet."),
        )

    def put(self) -> None:
        """Write what the trusted sites do not have yet."""
        place = self.found
        if place is None:
            return
        self.again = "put"
        self._shell.run(
            self, lambda session, progress: stick.put_news(session, folder=place.path, progress=progress), self._news_given, self._went_wrong,
            words=tr("Putting news on the stick. Do not take it out yet."),
        )

    def once_more(self) -> None:
        """Do again what failed; without a stick any more, look for one."""
        if self.found is None:
            self.begin()
        elif self.again == "put":
            self.put()
        else:
            self.read()

    # ---- trust ------------------------------------------------------------------------------------------------------

    def save_card(self, folder: Path) -> None:
        """Write our card there, for another site."""

        def saved(path: Path) -> None:
            self.told = tr("Our card is written: {name}", name=path.name)
            self.changed.emit()

        self._shell.read(self, lambda session: stick.save_card(session, folder=folder), saved)

    def read_card(self, source: Path) -> None:
        """Look at another site's card; it is not trusted yet."""

        def read(card: SiteCard) -> None:
            self.card, self.told = card, ""
            self._go("card")

        self._shell.read(self, lambda session: stick.read_card(session, source=source), read)

    def trust(self, folders: frozenset[Folder]) -> None:
        """The words were the same on both sides."""
        card = self.card
        if card is not None:
            name = card.nickname
            self._shell.do(
                self, lambda session: stick.trust(session, card=card, folders=folders), lambda _none: self._trusted(tr("{site} is trusted now.", site=name))
            )

    def stop_trust(self, site: Site) -> None:
        """Nothing goes to that site any more, and nothing is taken from it."""
        name = site.nickname
        self._shell.do(
            self, lambda session: stick.stop_trust(session, site=site.id),
            lambda _none: self._trusted(tr("{site} gets no more news from us.", site=name)),
        )

    # ---- inside -----------------------------------------------------------------------------------------------------

    def _go(self, show: str) -> None:
        self.show = show
        self.changed.emit()

    def _trusted(self, told: str) -> None:
        self.card, self.told = None, told
        self._go("sites")
        self.read_sites()

    def _card_made(self, card: SiteCard) -> None:
        self.my_card = card
        self.changed.emit()

    def _sites_read(self, sites: tuple[Site, ...]) -> None:
        if sites != self.sites:
            self.sites = sites
            self.changed.emit()

    def _look_for_sticks(self) -> None:
        if self._looking or self._shell.jobs.busy:
            return
        self._looking = True
        self._shell.jobs.submit(self, lambda _progress: stick.sticks(), self._sticks_seen, lambda _error: None, settled=self._looked, aside=True)

    def _looked(self) -> None:
        self._looking = False

    def _sticks_seen(self, sticks: list[Stick]) -> None:
        fresh = [one for one in sticks if one.path not in self._plugged_in]
        self._plugged_in = frozenset(one.path for one in sticks)
        if self.found is not None and not self.by_hand and self.found.path not in self._plugged_in:
            self.found = self.look = None
            if self.show == "found":
                self._go("none")
        elif self.found is None and sticks:
            self._take(sticks[0])
        elif self.by_hand and fresh:  # plugged in after the folder was chosen
            self._take(fresh[0])

    def _take(self, found: Stick, *, by_hand: bool = False) -> None:
        self.found, self.look, self.by_hand = found, None, by_hand
        if self.show in ("none", "found", "came", "given", "failed"):
            self._go("found")
        self._look_at(found)

    def _look_at(self, found: Stick) -> None:
        self._shell.read(self, lambda session: stick.look(session, folder=found.path), self._seen, lambda error: self._cannot_look(found, error))

    def _cannot_look(self, found: Stick, error: UserError) -> None:
        """What cannot be looked at is not there: else the page would say so for ever, and no other stick would be noticed."""
        if self.found == found:
            self.found = self.look = None
        if self.show not in ("sites", "card"):
            self._went_wrong(error)

    def _seen(self, look: Look) -> None:
        self.look = look
        self.changed.emit()

    def _news_came(self, came: Came) -> None:
        if not came.reads and came.fault is not None:
            self._went_wrong(came.fault)
            return
        self.came = came
        self._go("came")
        self._shell.announce(came.changes)
        self._after()
        self._look_for_doubles(came)
        self._look_for_sought(came)

    def _look_for_doubles(self, came: Came) -> None:
        """Are people among those who came who are registered here already?"""
        if "person" not in came.changes.kinds:
            return

        def work(session: Session, progress: Progress) -> int:
            return twice.among(session, records=came.changes.records, progress=progress)

        def counted(found: int) -> None:
            if self.came is not None and self.came.changes is came.changes and found:
                self.came = replace(self.came, doubles=found)
                self.changed.emit()

        self._shell.run(self, work, counted, words=tr("Looking for people who are registered twice…"))

    def _look_for_sought(self, came: Came) -> None:
        """Is somebody here the one whom a family at another site looks for? Only those who read about families are told."""
        if not came.changes.kinds & {"tracing", "person"}:
            return

        def counted(found: int) -> None:
            if self.came is not None and self.came.changes is came.changes and found:
                self.came = replace(self.came, sought=found)
                self.changed.emit()

        def work(session: Session, progress: Progress) -> int:
            return len(sought.review(session, progress=progress)) if family_access.may(session) else 0

        self._shell.run(self, work, counted, words=tr("Looking for those who are sought…"))

    def _news_given(self, given: Put) -> None:
        self.given = given
        self._go("given")
        self._shell.announce(Changes(frozenset({"site"})))
        self._after()

    def _after(self) -> None:
        if self.found is not None:
            self._look_at(self.found)
        self.read_sites()

    def _went_wrong(self, error: UserError) -> None:
        self.fault = error
        self._go("failed")


def _read_all(session: Session, bundles: tuple[Bundle, ...], progress: Progress) -> Came:
    """Each file in turn: one that cannot be read does not keep the others out."""
    reads: list[Read] = []
    changes, fault = Changes(), None
    for bundle in bundles:
        try:
            read, changed = stick.read_news(session, path=bundle.path, progress=progress)
        except UserError as error:
            fault = fault or error
            continue
        except Cancelled:
            if not reads:
                raise
            break  # what was taken in before is told
        reads.append(read)
        changes |= changed
    return Came(tuple(reads), changes, fault)


def together(reads: tuple[Read, ...]) -> Read:
    """Several files as one result: the sites joined, the numbers added."""
    first = reads[0]
    names = tuple(dict.fromkeys(one.site for one in reads))
    return replace(
        first, site=tr(", ").join(names), new_people=sum(one.new_people for one in reads), new_contacts=sum(one.new_contacts for one in reads),
        other_changes=sum(one.other_changes for one in reads), decisions=sum(one.decisions for one in reads),
        waiting=sum(one.waiting for one in reads), already=all(one.already for one in reads),
        lines=tuple(line for one in reads for line in one.lines), unshared=frozenset(one for read in reads for one in read.unshared),
        stopped=tuple(dict.fromkeys(site for read in reads for site in read.stopped)),
        files=sum(one.files for one in reads), files_awaited=reads[-1].files_awaited,
    )


def written(day: str) -> str:
    """When a file was written, as people say it."""
    return dates.day(day)
