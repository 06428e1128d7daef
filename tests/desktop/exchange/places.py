"""Sites with the vaults and journals of the program itself; only passphrases are stretched less. For tests and measurements."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.exchange import looking, reading, writing
from desktop.exchange.blobs import Shelf
from desktop.exchange.post import Post
from desktop.exchange.reading import Taken
from desktop.exchange.trust import Trust, TrustedSite
from desktop.exchange.writing import Given
from desktop.journal.journal import Journal
from desktop.services.projections.files import FileList
from desktop.services.projections.files import blobs as listed
from desktop.vault.files import Blob, new_blob
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault

PHRASES = {Role.COORDINATOR: "coordinator phrase", Role.REGISTRAR: "registrar phrase", Role.MEDIC: "medic phrase"}
DAY = "2026-11-21"
SHARED = (Folder.RECEPTION, Folder.CONTACTS, Folder.HEALTH)


def make_model(folder: Path, name: str) -> None:
    """A closed vault with a coordinator, a registrar and a medic."""
    vault, _ = Vault.create(folder / name, site=f"Site {name}", name="Daw Mya", passphrase=PHRASES[Role.COORDINATOR], hardness=FLOOR)
    for role, folders in ((Role.REGISTRAR, {Folder.RECEPTION}), (Role.MEDIC, {Folder.RECEPTION, Folder.HEALTH})):
        vault.volunteers.add(name=role.value, role=role, passphrase=PHRASES[role], folders=frozenset(folders))
    vault.close()


def copy_model(folder: Path, name: str, target: Path) -> None:
    """A copy of a closed vault."""
    shutil.copytree(folder / name, target)


def ticking() -> Callable[[], datetime]:
    """A clock on which a minute passes at every look."""
    now = datetime(2026, 11, 21, tzinfo=timezone.utc)

    def look() -> datetime:
        nonlocal now
        now += timedelta(minutes=1)
        return now

    return look


@dataclass
class Place:
    """One site whose vault is open as one volunteer."""

    name: str
    vault: Vault
    now: Callable[[], datetime]
    steps: list[tuple[int, int]] = field(default_factory=list)
    journals: dict[Folder, Journal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reopen()

    @classmethod
    def open(cls, folder: Path, role: Role = Role.COORDINATOR, now: Callable[[], datetime] | None = None) -> Place:
        """The site whose vault lies in the folder."""
        return cls(f"Site {folder.name}", Vault.open(folder, PHRASES[role]), now or ticking())

    def reopen(self) -> None:
        """Open the journals, with the device that the vault has now."""
        for one in sorted(self.vault.folders, key=lambda one: one.value):
            database = self.vault.database(one)
            assert database is not None
            self.journals[one] = Journal(database, one, self.vault.device, self.vault.volunteer.id, self.now, [FileList()])

    @property
    def post(self) -> Post:
        return Post(self.vault)

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.vault.files, lambda folder: listed(self.journals[folder].database))

    def keep(self, content: bytes, folder: Folder = Folder.RECEPTION) -> tuple[RecordId, Blob]:
        """Keep a file."""
        blob = new_blob(content)
        self.vault.files.write(blob, content)
        values: dict[str, Value] = {"blob": blob.name, "key": blob.key.hex(), "size": blob.size, "digest": blob.digest.hex()}
        return self.create(folder, "file", **values), blob

    @property
    def trust(self) -> Trust:
        return Trust(self.vault.home)

    @property
    def reception(self) -> Journal:
        return self.journals[Folder.RECEPTION]

    def known(self, other: Place) -> TrustedSite:
        site = self.trust.site(other.vault.site_public)
        assert site is not None
        return site

    def trusts(self, other: Place, folders: Iterable[Folder] = SHARED) -> None:
        self.trust.add(other.post.card(other.name), folders, f"{DAY}T08:00")

    def create(self, folder: Folder = Folder.RECEPTION, kind: str = "person", **values: Value) -> RecordId:
        with self.journals[folder].save("arrival") as save:
            return save.create(kind, values)

    def set(self, record: RecordId, folder: Folder = Folder.RECEPTION, **values: Value) -> None:
        with self.journals[folder].save("change") as save:
            save.set(record, values)

    def values(self, record: RecordId, folder: Folder = Folder.RECEPTION) -> dict[str, Value]:
        return self.journals[folder].values(record)

    def put(self, stick: Path, **more: int) -> Given:
        return writing.put(
            self.post, self.trust, self.journals, self.shelf, folder=stick, day=DAY, now=f"{DAY}T09:00",
            step=lambda done, total: self.steps.append((done, total)), **more,
        )

    def read(self, path: Path) -> Taken:
        news = reading.news(self.post, self.trust, path, path.read_bytes())
        return reading.take(self.trust, self.journals, self.shelf, news, lambda: None)

    def look(self, stick: Path) -> looking.Seen:
        return looking.looked(self.post, self.trust, stick, {one: journal.versions() for one, journal in self.journals.items()}, self.shelf)

    def take_waiting(self) -> Taken:
        return reading.take_waiting(self.post, self.trust, self.journals, self.shelf)

    def state(self) -> tuple[bytes | str, ...]:
        return tuple(self.journals[folder].state_hash() for folder in Folder if folder in self.journals)
