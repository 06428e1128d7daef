"""An opened vault and the volunteer who opened it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fitting import fitting
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.exchange.trust import Trust
from desktop.journal.journal import Journal
from desktop.journal.save import Save, Saved
from desktop.services.progress import Progress, silent
from desktop.services.projections import PROJECTIONS, files
from desktop.vault.vault import Vault

ACTS_KEPT = 50
Made = TypeVar("Made")


@dataclass
class Act:
    """One thing a volunteer did: what it was, the saves it made, in the order they were made, and how to take back what it noted for this
    place alone (`aside`), which is no entry and never travels; `kinds` of that."""

    code: str
    saves: list[tuple[Folder, Saved]] = field(default_factory=list)
    aside: list[Callable[[], None]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    @property
    def changes(self) -> Changes:
        """What it touched."""
        kinds = frozenset(kind for _, saved in self.saves for kind in saved.kinds)
        return Changes(kinds | self.kinds, frozenset(record for _, saved in self.saves for record in saved.records))


class Session:
    """Handed to every service. Owned by one thread. What it holds inside is no business of the window, except:

    `site` (nickname), `volunteer` (name), `role`, `folders` (those this volunteer can open), `folder_path`, `language`.
    """

    def __init__(self, vault: Vault, *, clock: Callable[[], datetime] | None = None) -> None:
        """`clock` gives the local time with its zone; the system's clock if there is none."""
        self.vault = vault
        self.acts: list[Act] = []
        self._clock = clock or (lambda: datetime.now().astimezone())
        self._journals: dict[Folder, Journal] = {}
        self._sites: dict[bytes, str] = {}
        self._remembered: dict[tuple[Folder, str], tuple[int, object]] = {}
        self._kept: dict[tuple[Folder, str], object] = {}
        self._me = vault.volunteer  # asked for with every row that is shown

    @property
    def author(self) -> str:
        """The short id of the volunteer, which stands in history and on paper."""
        return self._me.id

    @property
    def volunteer(self) -> str:
        """The name of the one who opened it."""
        return self._me.name

    @property
    def role(self) -> Role:
        """What this volunteer is here for."""
        return self._me.role

    @property
    def site(self) -> str:
        """The site's nickname."""
        return self.vault.setting("site")

    @property
    def language(self) -> str:
        """The language that was chosen for this laptop."""
        return self.vault.setting("language", "en")

    @property
    def folders(self) -> frozenset[Folder]:
        """The folders this volunteer can open."""
        return self.vault.folders

    @property
    def folder_path(self) -> Path:
        """Where the vault lies."""
        return self.vault.folder

    def now(self) -> datetime:
        """The time here, with its zone."""
        return self._clock()

    def moment(self) -> str:
        """The time here as records hold it: ``2026-11-21T14:32``."""
        return self.now().strftime("%Y-%m-%dT%H:%M")

    def today(self) -> str:
        """The day here: ``2026-11-21``."""
        return self.now().date().isoformat()

    def can_open(self, folder: Folder) -> bool:
        """True if this volunteer can open the folder."""
        return folder in self.vault.folders

    def require(self, *, writes: bool = False, coordinates: bool = False) -> None:
        """UserError role.not_allowed unless this volunteer's role may do that."""
        if (writes and not self.role.writes) or (coordinates and not self.role.coordinates):
            raise UserError("role.not_allowed")

    def prepare(self, progress: Progress = silent) -> None:
        """Open all folders of this volunteer, so that nobody waits for that later. Where another version of the program made the lists they are
        drawn anew: that takes a minute for some 50,000 people, and `progress` is told. Cancelled if it says so; then nothing has changed, and
        the next opening begins again. A folder that cannot be opened is left: who asks for it is told why."""
        for folder in Folder:
            if self.can_open(folder):
                with suppress(UserError):
                    self.journal(folder, progress)

    def journal(self, folder: Folder, progress: Progress = silent) -> Journal:
        """The folder's journal, opened when it is first asked for. UserError folder.locked."""
        found = self._journals.get(folder)
        if found is None:
            found = self._opened(folder, progress)
            if found.spent:
                self.renew_device()
                found = self._opened(folder)
            self._journals[folder] = found
        return found

    def _opened(self, folder: Folder, progress: Progress = silent) -> Journal:
        database = self.vault.database(folder)
        if database is None:
            raise UserError("folder.locked")
        journal = Journal(database, folder, self.vault.device, self.author, self.now, PROJECTIONS[folder], fitting, progress)
        files.tidy(self.vault, folder, database)
        return journal

    def tidy(self, folder: Folder) -> None:
        """Take away the content of kept files that were erased from this folder."""
        files.tidy(self.vault, folder, self.journal(folder).database)

    def renew_device(self) -> None:
        """Write as a new device from now on: somebody has, or claims to have, entries of this one that we have not."""
        self.vault.renew_device()
        self.forget()

    def forget(self) -> None:
        """Read journals and names of sites anew when next asked for: after folders were given or taken, or sites trusted."""
        self._journals.clear()
        self._remembered.clear()
        self._kept.clear()
        self._sites.clear()

    def remembered(self, folder: Folder, name: str, make: Callable[[], Made]) -> Made:
        """What `make` found out about a folder, kept until anything in that folder changes."""
        changes = int(self.journal(folder).database.execute("SELECT total_changes()").fetchone()[0])
        known = self._remembered.get((folder, name))
        if known is None or known[0] != changes:
            known = self._remembered[folder, name] = (changes, make())
        return known[1]  # type: ignore[return-value]

    def kept(self, folder: Folder, name: str, make: Callable[[], Made]) -> Made:
        """What `make` gave when it was first asked for, kept until `forget`: who asks for it brings it up to date."""
        if (folder, name) not in self._kept:
            self._kept[folder, name] = make()
        return self._kept[folder, name]  # type: ignore[return-value]

    @contextmanager
    def act(self, code: str) -> Iterator[Act]:
        """One thing the volunteer does, which Ctrl+Z takes back as one. UserError role.not_allowed for those who only read."""
        self.require(writes=True)
        act = Act(code)
        yield act
        if act.aside or any(saved.stamps for _, saved in act.saves):
            self.acts.append(act)
            del self.acts[:-ACTS_KEPT]

    @contextmanager
    def save(self, act: Act, folder: Folder) -> Iterator[Save]:
        """One save of the act, in one transaction of that folder."""
        with self.journal(folder).save(act.code) as save:
            yield save
        act.saves.append((folder, save.saved))

    def site_name(self, root: bytes) -> str:
        """The nickname of the site with this root key; "" for ours, and the beginning of the key for one we do not know."""
        if root == self.vault.site_public:
            return ""
        if root not in self._sites:
            known = Trust(self.vault.home).site(root)
            if known is None:
                return root.hex()[:6]
            self._sites[root] = known.nickname
        return self._sites[root]

    def site_of(self, journal: Journal, record: RecordId) -> str:
        """The nickname of the site that made a record; "" if it was ours."""
        device = journal.devices.by_public.get(record.device)
        return self.site_name(device.site) if device else ""

    def name_of(self, author: str, site: bytes) -> str:
        """The name of a volunteer of this laptop; the code of one of another site, which can write any code it likes. For lines that
        name the site as well."""
        return self.vault.volunteers.name_of(author) if site == self.vault.site_public else author

    def writer(self, author: str, site: bytes) -> str:
        """The same with the site behind it where it is not ours: for lines that do not name the site."""
        where = self.site_name(site)
        return ", ".join(part for part in (self.name_of(author, site), where) if part)

    def close(self) -> None:
        """Write everything down and let go of the files."""
        self.acts.clear()  # some know how to take back, and hold this session
        self.forget()
        self.vault.close()
