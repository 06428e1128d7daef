"""The volunteers of a vault: adding and removing them, their passphrases, their recovery sheets, their folders.

Who may do what is decided above; here stands what keeps the files whole. The slots are written as the last step of the home's
transaction: a slot that the home does not know of opens nothing and its place is used again.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from desktop.domain.codes import ALPHABET
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.vault import recovery, sealing
from desktop.vault.database import KEY_BYTES, Database
from desktop.vault.folder_keys import FolderKeys
from desktop.vault.slots import PLACES, Owner, Secret, Slots

_ID_LENGTH = 6


@dataclass(frozen=True)
class Volunteer:
    """`since` and `last_opened` are ISO days, `last_opened` may be empty."""

    id: str
    name: str
    role: Role
    since: str
    last_opened: str


def today() -> str:
    """The ISO day, in UTC."""
    return datetime.now(timezone.utc).date().isoformat()


class Volunteers:
    """Everybody who may open this vault, as seen by the one who did."""

    def __init__(self, folder: Path, home: Database, slots: Slots, keys: FolderKeys, me: Owner, home_key: bytes) -> None:
        self._folder = folder
        self._home = home
        self._slots = slots
        self._keys = keys
        self._me = me
        self._home_key = home_key

    def all(self) -> list[Volunteer]:
        """Those with access, by name."""
        rows = self._home.execute(
            "SELECT id, name, role, since, last_opened FROM volunteers WHERE closed = '' ORDER BY name, id"
        )
        return [Volunteer(id, name, Role(role), since, last) for id, name, role, since, last in rows]

    def find(self, volunteer: str) -> Volunteer | None:
        """The volunteer with this id, if they have access."""
        return next((one for one in self.all() if one.id == volunteer), None)

    def name_of(self, volunteer: str) -> str:
        """The name behind an id, also of somebody whose access was closed; the id itself if it is not one of ours."""
        row = self._home.execute("SELECT name FROM volunteers WHERE id = ?", (volunteer,)).fetchone()
        return str(row[0]) if row else volunteer

    def first(self, name: str, secret: Secret, code: str) -> None:
        """Write down the volunteer who made the vault, a coordinator, with passphrase and recovery code."""
        with self._slots.kept_together(), self._home.transaction():
            self._insert(self._me.volunteer, name, Role.COORDINATOR, sealing.public_of(self._me.private))
            self._fill(secret, self._me)
            self._fill(self._slots.by_code(code), Owner(self._me.volunteer, self._me.private, True))

    def add(self, *, name: str, role: Role, passphrase: str, folders: frozenset[Folder]) -> str:
        """A new volunteer; returns the id. UserError: name.taken, passphrase.taken, volunteers.full, folder.not_yours."""
        if any(one.name.casefold() == name.casefold() for one in self.all()):
            raise UserError("name.taken")
        if not folders <= self._keys.held:
            raise UserError("folder.not_yours")
        self._free_place()
        secret = self._fresh_secret(passphrase)
        owner = Owner(new_id(self._home), sealing.new_private())
        with self._slots.kept_together(), self._home.transaction():
            public = sealing.public_of(owner.private)
            self._insert(owner.volunteer, name, role, public)
            for folder in sorted(folders, key=lambda one: one.value):
                self._keys.give(folder, owner.volunteer, public)
            self._fill(secret, owner)
            self._slots.write(self._folder)
        return owner.volunteer

    def close_access(self, volunteer: str) -> None:
        """Overwrite the volunteer's slots, give the home a new key, and a new one to each folder they could open."""
        folders = self._keys.of(volunteer)
        for folder in folders:  # an older change of key is finished first
            self._keys.open(folder)
        new = os.urandom(KEY_BYTES)
        with self._slots.kept_together(), self._home.transaction():
            self._home.execute("UPDATE volunteers SET closed = ? WHERE id = ?", (today(), volunteer))
            for folder in folders:
                self._keys.plan_move(folder, without=volunteer)
            for place in self._places(volunteer):
                self._slots.empty(place)
            self._home.execute("DELETE FROM slots WHERE volunteer = ?", (volunteer,))
            self._seal_home((new, self._home_key))
        self.finish_home((new, self._home_key), moved=False)
        self._keys.finish_moves()

    def finish_home(self, home_keys: tuple[bytes, bytes], moved: bool) -> None:
        """Encrypt the home with the first of the keys if that was not done yet (`moved`), and forget the second."""
        if not moved:
            self._home.rekey(home_keys[0])
        self._home_key = home_keys[0]
        self._seal_home((home_keys[0], home_keys[0]))

    def set_folders(self, volunteer: str, folders: frozenset[Folder]) -> None:
        """Give and take folders. A folder that is taken gets a new key. UserError: folder.not_yours, folder.last_member."""
        before = self._keys.of(volunteer)
        given, taken = folders - before, before - folders
        if not (given | taken) <= self._keys.held:
            raise UserError("folder.not_yours")
        if any(self._keys.members(folder) == {volunteer} for folder in taken):
            raise UserError("folder.last_member")
        row = self._home.execute("SELECT public FROM volunteers WHERE id = ?", (volunteer,)).fetchone()
        with self._slots.kept_together(), self._home.transaction():
            for folder in given:
                self._keys.give(folder, volunteer, row[0])
            for folder in taken:
                self._keys.plan_move(folder, without=volunteer)
        self._keys.finish_moves()

    def change_passphrase(self, old: str, new: str) -> None:
        """The own passphrase. UserError: passphrase.wrong, passphrase.taken."""
        opened = self._slots.open(self._slots.by_passphrase(old))
        if opened is None or opened.owner.volunteer != self._me.volunteer:
            raise UserError("passphrase.wrong")
        self.own_passphrase(new)

    def own_passphrase(self, new: str) -> None:
        """Set the own passphrase, whatever it was before. UserError passphrase.taken."""
        secret = self._fresh_secret(new)
        with self._slots.kept_together(), self._home.transaction():
            self._refill(secret, Owner(self._me.volunteer, self._me.private))

    def new_passphrase(self, volunteer: str, passphrase: str) -> None:
        """For somebody who forgot theirs. They get new keys: folders that the giver cannot open are lost to them until a member gives
        them back, and their recovery sheet stops working. UserError passphrase.taken."""
        secret = self._fresh_secret(passphrase)
        owner = Owner(volunteer, sealing.new_private())
        public = sealing.public_of(owner.private)
        with self._slots.kept_together(), self._home.transaction():
            self._home.execute("UPDATE volunteers SET public = ? WHERE id = ?", (public, volunteer))
            for folder in self._keys.of(volunteer):
                self._keys.drop(folder, volunteer)
                if folder in self._keys.held:
                    self._keys.give(folder, volunteer, public)
            for place in self._places(volunteer):
                self._slots.empty(place)
            self._home.execute("DELETE FROM slots WHERE volunteer = ?", (volunteer,))
            self._fill(secret, owner)
            self._slots.write(self._folder)

    def new_recovery_code(self) -> str:
        """A code that opens the vault as this volunteer; the one before stops working. UserError volunteers.full."""
        code = recovery.new_code()
        with self._slots.kept_together(), self._home.transaction():
            self._refill(self._slots.by_code(code), Owner(self._me.volunteer, self._me.private, True))
        return code

    def lost_without(self, volunteer: str) -> frozenset[Folder]:
        """Folders that nobody could open any more if this volunteer were gone."""
        return frozenset(folder for folder in self._keys.of(volunteer) if self._keys.members(folder) == {volunteer})

    def _fresh_secret(self, passphrase: str) -> Secret:
        secret = self._slots.by_passphrase(passphrase)
        if self._slots.taken(secret):
            raise UserError("passphrase.taken")
        return secret

    def _insert(self, id: str, name: str, role: Role, public: bytes) -> None:
        self._home.execute(
            "INSERT INTO volunteers (id, name, role, public, since) VALUES (?, ?, ?, ?, ?)",
            (id, name, role.value, public, today()),
        )

    def _places(self, volunteer: str) -> list[int]:
        return [place for (place,) in self._home.execute("SELECT place FROM slots WHERE volunteer = ?", (volunteer,))]

    def _free_place(self) -> int:
        used = {place for (place,) in self._home.execute("SELECT place FROM slots")}
        free = [place for place in range(PLACES) if place not in used]
        if not free:
            raise UserError("volunteers.full")
        return secrets.choice(free)

    def _fill(self, secret: Secret, owner: Owner) -> None:
        place = self._free_place()
        self._home.execute("INSERT INTO slots VALUES (?, ?, ?)", (place, owner.volunteer, int(owner.recovery)))
        self._slots.put(place, secret, owner, (self._home_key, self._home_key))

    def _refill(self, secret: Secret, owner: Owner) -> None:
        """Put a new secret where the owner's old one of the same sort was, and write the slots."""
        row = self._home.execute(
            "SELECT place FROM slots WHERE volunteer = ? AND recovery = ?", (owner.volunteer, int(owner.recovery))
        ).fetchone()
        if row is None:
            self._fill(secret, owner)
        else:
            self._slots.put(row[0], secret, owner, (self._home_key, self._home_key))
        self._slots.write(self._folder)

    def _seal_home(self, home_keys: tuple[bytes, bytes]) -> None:
        rows = self._home.execute("SELECT s.place, v.public FROM slots s JOIN volunteers v ON v.id = s.volunteer")
        for place, public in rows.fetchall():
            self._slots.seal_home(place, public, home_keys)
        self._slots.write(self._folder)


def new_id(home: Database | None = None) -> str:
    """A short random code that no volunteer of this vault has had."""
    while True:
        made = "".join(secrets.choice(ALPHABET) for _ in range(_ID_LENGTH))
        if home is None or home.execute("SELECT 1 FROM volunteers WHERE id = ?", (made,)).fetchone() is None:
            return made
