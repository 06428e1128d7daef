"""The vault: the folder that holds everything, opened by one volunteer.

``slots`` and ``slots.2`` hold the keys, ``home`` the settings, volunteers and the site's identity, then one file for each folder,
``files/`` for kept files, ``lock`` while it is open. ``making`` stands there until a new vault is whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path

from pyrage import x25519 as age

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.vault import durable, identity, recovery, sealing
from desktop.vault.database import KEY_BYTES, Database
from desktop.vault.faults import explained
from desktop.vault.files import FileStore
from desktop.vault.folder_keys import MIGRATIONS, FolderKeys
from desktop.vault.hardness import Hardness, calibrated
from desktop.vault.identity import DeviceKey
from desktop.vault.machine import harden_process
from desktop.vault.slots import COPIES, HomeKeys, Opened, Owner, Slots
from desktop.vault.volunteers import Volunteer, Volunteers, new_id, today

_MAKING = "making"
_OURS = ("home", *COPIES, *(folder.value for folder in Folder))


def lies_in(folder: Path) -> bool:
    """True if a whole vault, or what is left of one, lies in this folder."""
    return not (folder / _MAKING).exists() and any((folder / name).exists() for name in (*COPIES, "home"))


class Vault:
    """An open vault. `home`: the database every volunteer shares. `volunteers`, `folder_keys`: who may open what. `files`: kept files.
    `device`: the key this laptop signs with now. `site_public`: the site's identity. Belongs to the thread that opened it."""

    def __init__(
        self, folder: Path, lock: durable.FolderLock, home: Database, slots: Slots, owner: Owner, home_key: bytes
    ) -> None:
        self.folder = folder
        self.home = home
        self._lock = lock
        self._owner = owner
        self.files = FileStore(folder / "files")
        self.folder_keys = FolderKeys(home, folder, owner.volunteer, owner.private)
        self.volunteers = Volunteers(folder, home, slots, self.folder_keys, owner, home_key)

    @classmethod
    def create(
        cls, folder: Path, *, site: str, name: str, passphrase: str, hardness: Hardness | None = None, language: str = "en"
    ) -> tuple[Vault, str]:
        """A new vault and its recovery code. `name` becomes a coordinator who holds every folder. `hardness` None: measured.

        UserError: vault.exists, vault.not_empty. KnownFault: disk.full, disk.readonly.
        """
        harden_process()
        if lies_in(folder):
            raise UserError("vault.exists")
        lock = _begin(folder)
        try:
            slots, home_key = Slots.new(hardness or calibrated()), os.urandom(KEY_BYTES)
            home = Database.create(folder / "home", home_key)
            vault = cls(folder, lock, home, slots, Owner(new_id(), sealing.new_private()), home_key)
        except BaseException:
            _sweep(folder)
            lock.release()
            raise
        try:
            code = vault._furnish(slots, name, passphrase)
            vault.set_setting("site", site)
            vault.set_setting("language", language)
            vault._enter()
            slots.write(folder)
            with explained():
                (folder / _MAKING).unlink()
                durable.sync_folder(folder)
        except BaseException:
            vault._give_up()
            _sweep(folder)
            raise
        return vault, code

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> Vault:
        """UserError passphrase.wrong. KnownFault: vault.missing, vault.slots_missing, vault.slots_damaged, vault.part_missing,
        vault.damaged, vault.newer, vault.in_use, memory.short."""
        with _slots_of(folder) as (lock, slots):
            opened = slots.open(slots.by_passphrase(passphrase))
            if opened is None or opened.owner.recovery:
                raise UserError("passphrase.wrong")
            return cls._opened(folder, lock, slots, opened, "passphrase.wrong")

    @classmethod
    def recover(cls, folder: Path, code: str, passphrase: str) -> Vault:
        """Open with the recovery sheet and give the volunteer it was made for a new passphrase.

        UserError: recovery.mistyped (no code at all), recovery.wrong, passphrase.taken; KnownFault as for `open`.
        """
        plain = recovery.parse(code)
        if plain is None:
            raise UserError("recovery.mistyped")
        with _slots_of(folder) as (lock, slots):
            opened = slots.open(slots.by_code(plain))
            if opened is None or not opened.owner.recovery:
                raise UserError("recovery.wrong")
            vault = cls._opened(folder, lock, slots, opened, "recovery.wrong")
        try:
            vault.volunteers.own_passphrase(passphrase)
        except BaseException:
            vault.close()
            raise
        vault.audit("recovered")
        return vault

    @classmethod
    def _opened(cls, folder: Path, lock: durable.FolderLock, slots: Slots, opened: Opened, refused: str) -> Vault:
        home, home_key = _open_home(folder, opened.home_keys)
        vault = cls(folder, lock, home, slots, opened.owner, home_key)
        try:
            home.migrate(MIGRATIONS / "home")
            row = home.execute("SELECT public, closed FROM volunteers WHERE id = ?", (opened.owner.volunteer,)).fetchone()
            if row != (sealing.public_of(opened.owner.private), ""):  # a slot left over from a change that was cut short
                raise UserError(refused)
            slots.mend(folder)
            if opened.home_keys[0] != opened.home_keys[1]:
                vault.volunteers.finish_home(opened.home_keys, moved=home_key == opened.home_keys[0])
            vault.folder_keys.tend()
            vault.files.begin()
            vault._enter()
        except BaseException:
            vault._give_up()
            raise
        return vault

    @property
    def volunteer(self) -> Volunteer:
        """The one who opened this vault."""
        found = self.volunteers.find(self._owner.volunteer)
        if found is None:
            raise KnownFault("vault.damaged")
        return found

    @property
    def role(self) -> Role:
        """The role of the one who opened this vault."""
        return self.volunteer.role

    @property
    def folders(self) -> frozenset[Folder]:
        """The folders this volunteer can open."""
        return self.folder_keys.held

    def database(self, folder: Folder) -> Database | None:
        """A folder's file, opened when it is first asked for; None if this volunteer cannot open it."""
        return self.folder_keys.open(folder)

    @property
    def age_identity(self) -> age.Identity:
        """The identity that bundles for this vault are sealed to."""
        return age.Identity.from_str(self._secret("age").decode())

    @property
    def devices(self) -> list[tuple[bytes, bytes]]:
        """(public key, certificate) of every device this vault has been, the one that writes now last."""
        return [
            (public, proof) for public, proof in self.home.execute("SELECT public, certificate FROM devices ORDER BY number")
        ]

    def renew_device(self) -> None:
        """From now on this laptop is another device: for when the numbers of the one it was are not its own any more. Journals opened
        before must be opened anew."""
        with self.home.transaction():
            self._become(identity.new_device(self._secret("root")), identity.resting_place(self.folder, self.site_public))
            self.audit("device_renewed")

    def sign_as_site(self, message: bytes) -> bytes:
        """An Ed25519 signature by the site's root key, 64 bytes."""
        return identity.sign(self._secret("root"), message)

    def setting(self, key: str, default: str = "") -> str:
        """A setting of this vault."""
        row = self.home.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting of this vault."""
        self.home.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))

    def audit(self, action: str, **codes: str | int) -> None:
        """Note who did what and when. `codes` are ids, codes and counts, never names."""
        row = (
            datetime.now(timezone.utc).isoformat(timespec="seconds"),
            self._owner.volunteer,
            action,
            json.dumps(codes, sort_keys=True),
        )
        self.home.execute("INSERT INTO audit (at, volunteer, action, about) VALUES (?, ?, ?, ?)", row)

    def audited(self, limit: int = 100) -> list[tuple[str, str, str, dict[str, str | int]]]:
        """(ISO moment, volunteer id, action, codes), newest first."""
        rows = self.home.execute("SELECT at, volunteer, action, about FROM audit ORDER BY number DESC LIMIT ?", (limit,))
        return [(at, volunteer, action, json.loads(about)) for at, volunteer, action, about in rows]

    def damaged(self) -> list[str]:
        """Names of the files that this volunteer can open and that are not whole. Reads everything."""
        opened = [self.home, *(database for folder in self.folders if (database := self.database(folder)))]
        return [database.path.name for database in opened if not database.sound()]

    def close(self) -> None:
        """Write everything into its file, close it, let another window in. A second call does nothing."""
        try:
            self.folder_keys.close()
            self.home.close()
        finally:
            self._lock.release()

    def _give_up(self) -> None:
        """Close what is open after a fault, without another fault hiding the first."""
        for close in (self.folder_keys.close, self.home.close, self._lock.release):
            with suppress(KnownFault):
                close()

    def _secret(self, name: str) -> bytes:
        return bytes(self.home.execute("SELECT value FROM secrets WHERE name = ?", (name,)).fetchone()[0])

    def _furnish(self, slots: Slots, name: str, passphrase: str) -> str:
        """Everything inside a new vault; returns the recovery code."""
        self.home.migrate(MIGRATIONS / "home")
        code, secret = recovery.new_code(), slots.by_passphrase(passphrase)
        with self.home.transaction():
            root, post = identity.new_signing_key(), age.Identity.generate()
            self.home.executemany("INSERT INTO secrets VALUES (?, ?)", [("root", root), ("age", str(post).encode())])
            self.volunteers.first(name, secret, code)
        for folder in Folder:
            self.folder_keys.create(folder)
        self.files.begin()
        return code

    def _enter(self) -> None:
        """What every opening does: the device is still the same, or a new one; who came is noted."""
        root = self._secret("root")
        self.site_public = identity.signing_public(root)
        place = identity.resting_place(self.folder, self.site_public)
        query = "SELECT public, certificate, private, place FROM devices ORDER BY number DESC LIMIT 1"
        row = self.home.execute(query).fetchone()
        with self.home.transaction():
            if row is None or row[3] != place:
                self._become(identity.new_device(root), place)
            else:
                self.device = DeviceKey(row[0], row[1], row[2])
            self.home.execute("UPDATE volunteers SET last_opened = ? WHERE id = ?", (today(), self._owner.volunteer))
            self.audit("opened")

    def _become(self, device: DeviceKey, place: bytes) -> None:
        self.device = device
        self.home.execute("UPDATE devices SET private = NULL")
        self.home.execute(
            "INSERT INTO devices (public, certificate, private, place, since) VALUES (?, ?, ?, ?, ?)",
            (device.public, device.certificate, device.private, place, today()),
        )


def _begin(folder: Path) -> durable.FolderLock:
    """Make the folder ready for a new vault and lock it; what an earlier, unfinished try left is swept away."""
    with explained():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / _MAKING).exists() and any(entry.name != "lock" for entry in folder.iterdir()):
            raise UserError("vault.not_empty")
        folder.chmod(0o700)
    lock = durable.FolderLock(folder)
    try:
        _sweep(folder)
        durable.write_all({folder / _MAKING: b""})
    except BaseException:
        lock.release()
        raise
    return lock


def _sweep(folder: Path) -> None:
    """Remove what belongs to a vault that never became whole, the mark last."""
    with suppress(OSError):
        for name in _OURS:
            for file in folder.glob(f"{name}*"):
                file.unlink()
        if (folder / "files").is_dir():
            (folder / "files").rmdir()
        (folder / _MAKING).unlink(missing_ok=True)


@contextmanager
def _slots_of(folder: Path) -> Iterator[tuple[durable.FolderLock, Slots]]:
    """Lock the folder and read the slots; the lock is let go if the block fails."""
    harden_process()
    if not lies_in(folder):
        raise KnownFault("vault.missing")
    lock = durable.FolderLock(folder)
    try:
        yield lock, Slots.read(folder)
    except BaseException:
        lock.release()
        raise


def _open_home(folder: Path, home_keys: HomeKeys) -> tuple[Database, bytes]:
    """The home, and which of the two keys opened it."""
    try:
        return Database.open(folder / "home", home_keys[0]), home_keys[0]
    except KnownFault as fault:
        if fault.code != "vault.damaged" or home_keys[0] == home_keys[1]:
            raise
    return Database.open(folder / "home", home_keys[1]), home_keys[1]
