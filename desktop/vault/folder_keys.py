"""The keys of the folders: each lies in the home, sealed to every member, and a folder gets a new one when a member leaves.

Giving a folder another key is written down in the home first (`moving`, the next key sealed to those who stay), then the file is
encrypted anew, then the old key is dropped. Cut short anywhere, the next member who opens the folder tries both keys and goes on.
Where the person who removes a member cannot open the folder, it is marked `wanted` and the next member who opens it does it.
"""

from __future__ import annotations

import os
from pathlib import Path

from pyrage import x25519 as age

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.vault import sealing
from desktop.vault.database import KEY_BYTES, Database

MIGRATIONS = Path(__file__).parent / "migrations"


class FolderKeys:
    """The folders as one volunteer can open them."""

    def __init__(self, home: Database, path: Path, volunteer: str, private: bytes) -> None:
        self._home = home
        self._path = path
        self._volunteer = volunteer
        self._private = private
        self._open: dict[Folder, Database] = {}
        self._next: dict[Folder, bytes] = {}  # keys of moves that were planned and not finished yet

    @property
    def held(self) -> frozenset[Folder]:
        """The folders this volunteer can open."""
        return self.of(self._volunteer)

    def of(self, volunteer: str) -> frozenset[Folder]:
        """The folders that are sealed to a volunteer."""
        rows = self._home.execute("SELECT DISTINCT folder FROM folder_keys WHERE volunteer = ?", (volunteer,))
        return frozenset(Folder(name) for (name,) in rows)

    def members(self, folder: Folder) -> frozenset[str]:
        """Ids of the volunteers it is sealed to."""
        rows = self._home.execute("SELECT DISTINCT volunteer FROM folder_keys WHERE folder = ?", (folder.value,))
        return frozenset(volunteer for (volunteer,) in rows)

    def create(self, folder: Folder) -> None:
        """Make a new folder whose only member is this volunteer."""
        key, identity = os.urandom(KEY_BYTES), age.Identity.generate()
        database = Database.create(self._path / folder.value, key)
        self._migrate(database)
        public = sealing.public_of(self._private)
        with database.transaction():
            database.execute("INSERT INTO vault_members VALUES (?, ?)", (self._volunteer, public))
            database.execute("INSERT INTO vault_identity VALUES (1, ?)", (str(identity),))
        with self._home.transaction():
            self._home.execute(
                "INSERT INTO folders (name, epoch, recipient) VALUES (?, 1, ?)", (folder.value, str(identity.to_public()))
            )
            self._seal(folder, 1, self._volunteer, public, key)
        self._open[folder] = database

    def open(self, folder: Folder) -> Database | None:
        """The folder's file, opened once; None if this volunteer cannot open it. KnownFault: vault.damaged, vault.part_missing."""
        if folder in self._open:
            return self._open[folder]
        if folder not in self.held:
            return None
        epoch, moving, wanted = self._state(folder)
        following = self._key(folder, epoch + 1) if moving else None
        database, moved = self._open_with(folder, self._key(folder, epoch), following)
        self._migrate(database)
        self._open[folder] = database
        self._mend_recipient(folder, database)
        if moving and following:
            self._finish(folder, following, moved)
        if wanted:
            with self._home.transaction():
                self.plan_move(folder, without="")
            self.finish_moves()
        return database

    def identity(self, folder: Folder) -> age.Identity | None:
        """The age identity of the folder's part of a bundle; None if this volunteer cannot open the folder."""
        database = self.open(folder)
        return age.Identity.from_str(database.execute("SELECT age FROM vault_identity").fetchone()[0]) if database else None

    def recipient(self, folder: Folder) -> str:
        """The public side of `identity`, known to everybody here: what other sites seal this folder's part to."""
        return str(self._home.execute("SELECT recipient FROM folders WHERE name = ?", (folder.value,)).fetchone()[0])

    def give(self, folder: Folder, volunteer: str, public: bytes) -> None:
        """Seal the folder's key to a volunteer. UserError folder.not_yours if this volunteer cannot open it."""
        database = self.open(folder)
        if database is None:
            raise UserError("folder.not_yours")
        epoch, _, _ = self._state(folder)
        key = self._key(folder, epoch)
        if key is None:
            raise KnownFault("vault.damaged")
        database.execute("INSERT OR REPLACE INTO vault_members VALUES (?, ?)", (volunteer, public))
        self._seal(folder, epoch, volunteer, public, key)

    def drop(self, folder: Folder, volunteer: str) -> None:
        """Forget a volunteer's sealed keys of a folder. What they know already is made worthless by a move only."""
        self._home.execute("DELETE FROM folder_keys WHERE folder = ? AND volunteer = ?", (folder.value, volunteer))

    def plan_move(self, folder: Folder, without: str) -> None:
        """Write down that a folder gets a new key, sealed to its members except one. Call it inside a transaction of the home, then
        `finish_moves`."""
        database = self.open(folder)
        if database is None:
            self.drop(folder, without)
            self._home.execute("UPDATE folders SET wanted = 1 WHERE name = ?", (folder.value,))
            return
        epoch, _, _ = self._state(folder)
        staying, key = self.members(folder) - {without}, os.urandom(KEY_BYTES)
        for volunteer, public in database.execute("SELECT volunteer, public FROM vault_members").fetchall():
            if volunteer in staying:
                self._seal(folder, epoch + 1, volunteer, public, key)
        self.drop(folder, without)
        self._home.execute("UPDATE folders SET moving = 1, wanted = 0 WHERE name = ?", (folder.value,))
        self._next[folder] = key

    def finish_moves(self) -> None:
        """Carry out what `plan_move` wrote down. A folder this volunteer gave away is closed afterwards."""
        for folder, key in list(self._next.items()):
            self._finish(folder, key, moved=False)
            del self._next[folder]
            if folder not in self.held:
                self._open.pop(folder).close()

    def tend(self) -> None:
        """Finish or begin the changes of key that wait for this volunteer."""
        rows = self._home.execute("SELECT name FROM folders WHERE moving OR wanted").fetchall()
        for (name,) in rows:
            self.open(Folder(name))

    def opened(self) -> list[Database]:
        """The folders that are open now."""
        return list(self._open.values())

    def close(self) -> None:
        """Close every folder."""
        while self._open:
            self._open.popitem()[1].close()

    def _finish(self, folder: Folder, key: bytes, moved: bool) -> None:
        database = self._open[folder]
        if not moved:
            database.rekey(key)
        epoch = self._state(folder)[0] + 1
        rows = self._home.execute("SELECT volunteer FROM folder_keys WHERE folder = ? AND epoch = ?", (folder.value, epoch))
        staying = frozenset(volunteer for (volunteer,) in rows)
        with database.transaction():
            for (volunteer,) in database.execute("SELECT volunteer FROM vault_members").fetchall():
                if volunteer not in staying:
                    database.execute("DELETE FROM vault_members WHERE volunteer = ?", (volunteer,))
        with self._home.transaction():
            self._home.execute("DELETE FROM folder_keys WHERE folder = ? AND epoch < ?", (folder.value, epoch))
            self._home.execute("UPDATE folders SET epoch = ?, moving = 0 WHERE name = ?", (epoch, folder.value))

    def _open_with(self, folder: Folder, key: bytes | None, following: bytes | None) -> tuple[Database, bool]:
        """The file, and whether it was the following key that opened it."""
        path = self._path / folder.value
        for candidate in (following, key):
            if candidate is not None:
                try:
                    return Database.open(path, candidate), candidate is following
                except KnownFault as fault:
                    if fault.code != "vault.damaged" or candidate is key:
                        raise
        raise KnownFault("vault.damaged")

    def _migrate(self, database: Database) -> None:
        try:
            database.migrate(MIGRATIONS / "folder", area="vault")
        except BaseException:
            database.close()
            raise

    def _mend_recipient(self, folder: Folder, database: Database) -> None:
        """The home says to whom other sites seal this folder's news; only the folder itself knows the truth."""
        true = str(age.Identity.from_str(database.execute("SELECT age FROM vault_identity").fetchone()[0]).to_public())
        if self.recipient(folder) != true:
            self._home.execute("UPDATE folders SET recipient = ? WHERE name = ?", (true, folder.value))

    def _state(self, folder: Folder) -> tuple[int, int, int]:
        row = self._home.execute("SELECT epoch, moving, wanted FROM folders WHERE name = ?", (folder.value,)).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def _key(self, folder: Folder, epoch: int) -> bytes | None:
        row = self._home.execute(
            "SELECT sealed FROM folder_keys WHERE folder = ? AND epoch = ? AND volunteer = ?",
            (folder.value, epoch, self._volunteer),
        ).fetchone()
        return sealing.unseal(row[0], self._private, _about(folder, epoch, self._volunteer)) if row else None

    def _seal(self, folder: Folder, epoch: int, volunteer: str, public: bytes, key: bytes) -> None:
        sealed = sealing.seal(key, public, _about(folder, epoch, volunteer))
        self._home.execute("INSERT OR REPLACE INTO folder_keys VALUES (?, ?, ?, ?)", (folder.value, epoch, volunteer, sealed))


def _about(folder: Folder, epoch: int, volunteer: str) -> bytes:
    return f"waystation folder key v1 {folder.value} {epoch} {volunteer}".encode()
