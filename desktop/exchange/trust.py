"""The sites this vault trusts, what each may share, what each told us it has, and what waits for somebody to open it.

Kept in the vault's home, so that every volunteer's window knows them. One `Trust` for one open vault.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.exchange.cards import Card
from desktop.vault.database import Database
from desktop.vault.files import NAME_BYTES

_MIGRATIONS = Path(__file__).parent / "migrations"
_MOST_WAITING = 32  # for one site, folder and kind; older ones come again, because nobody said that they arrived


@dataclass(frozen=True)
class TrustedSite:
    """`root` is its identity, `folders` the raw age keys of the folders we share with it."""

    root: bytes
    nickname: str
    outer: bytes
    keys: bytes
    folders: dict[Folder, bytes]
    since: str
    last_heard: str
    last_given: str
    forked: bool


@dataclass(frozen=True)
class WaitingPart:
    """A sealed part for a folder that nobody has opened yet."""

    id: int
    root: bytes
    folder: Folder
    day: str
    changes: int
    fresh: bool
    sealed: bytes
    kind: str


class Trust:
    """Every method that changes something is one transaction, or part of one that the caller opened on `home`."""

    def __init__(self, home: Database) -> None:
        """KnownFault vault.newer if a newer program kept its sites here."""
        home.migrate(_MIGRATIONS, "exchange")
        self.home = home

    # -- sites ---------------------------------------------------------------------------------------------------------

    def sites(self) -> list[TrustedSite]:
        """All trusted sites, in the order of their nicknames."""
        shared: dict[bytes, dict[Folder, bytes]] = {}
        for root, folder, recipient in self.home.execute("SELECT root, folder, recipient FROM shares WHERE shared"):
            shared.setdefault(root, {})[Folder(folder)] = recipient
        rows = self.home.execute(
            "SELECT root, nickname, outer_recipient, card_keys, since, last_heard, last_given, forked FROM trusted_sites ORDER BY nickname"
        ).fetchall()
        return [
            TrustedSite(root, nickname, outer, keys, shared.get(root, {}), since, heard, given, bool(forked))
            for root, nickname, outer, keys, since, heard, given, forked in rows
        ]

    def site(self, root: bytes) -> TrustedSite | None:
        """The trusted site with this root key."""
        return next((site for site in self.sites() if site.root == root), None)

    def check(self, card: Card) -> None:
        """UserError: card.known (the same keys), card.changed (a trusted site with other keys), card.name_taken (another site)."""
        for site in self.sites():
            if site.root == card.root:
                raise UserError("card.known" if site.keys == card.keys else "card.changed", site=site.nickname)
            if site.nickname == card.nickname:
                raise UserError("card.name_taken", site=site.nickname)

    def add(self, card: Card, folders: Iterable[Folder], now: str) -> None:
        """Pin the card's keys. UserError as in `check`."""
        self.check(card)
        shared = set(folders)
        with self.home.transaction():
            self.home.execute("DELETE FROM stopped_sites WHERE root = ?", (card.root,))
            self.home.execute(
                "INSERT INTO trusted_sites (root, nickname, card_keys, outer_recipient, since) VALUES (?, ?, ?, ?, ?)",
                (card.root, card.nickname, card.keys, card.outer, now),
            )
            self.home.executemany(
                "INSERT INTO shares VALUES (?, ?, ?, ?)",
                [(card.root, folder.value, key, int(folder in shared)) for folder, key in card.folders.items()],
            )

    def share(self, root: bytes, folders: Iterable[Folder]) -> None:
        """Share just these folders with a trusted site from now on."""
        shared = {folder.value for folder in folders}
        with self.home.transaction():
            for (folder,) in self.home.execute("SELECT folder FROM shares WHERE root = ?", (root,)).fetchall():
                self.home.execute("UPDATE shares SET shared = ? WHERE root = ? AND folder = ?", (int(folder in shared), root, folder))

    def remove(self, root: bytes, now: str) -> None:
        """Give nothing to this site and take nothing from it any more, also not what others carry; what came from it stays."""
        with self.home.transaction():
            self.home.execute("DELETE FROM trusted_sites WHERE root = ?", (root,))
            self.home.execute("DELETE FROM waiting_parts WHERE root = ?", (root,))
            self.home.execute("INSERT OR REPLACE INTO stopped_sites VALUES (?, ?)", (root, now))

    def stopped(self) -> frozenset[bytes]:
        """Root keys of sites that were trusted once and are no longer."""
        return frozenset(root for (root,) in self.home.execute("SELECT root FROM stopped_sites"))

    def mark_forked(self, root: bytes) -> None:
        """Remember that this site signed two different histories."""
        self.home.execute("UPDATE trusted_sites SET forked = 1 WHERE root = ?", (root,))

    def mark_given(self, roots: Iterable[bytes], now: str) -> None:
        """Remember that news for these sites was put on a stick."""
        with self.home.transaction():
            self.home.executemany("UPDATE trusted_sites SET last_given = ? WHERE root = ?", [(now, root) for root in roots])

    # -- what they have ------------------------------------------------------------------------------------------------

    def floor(self, root: bytes, folder: Folder) -> dict[bytes, int]:
        """What the site said it has in this folder: device -> newest number. Empty if it never said anything."""
        rows = self.home.execute("SELECT device, seq FROM floors WHERE root = ? AND folder = ?", (root, folder.value))
        return {device: int(seq) for device, seq in rows}

    def set_floor(self, root: bytes, folder: Folder, versions: Mapping[bytes, int]) -> None:
        """What the site says now. It may be less than before: a site that went back to a safety copy needs the rest again."""
        with self.home.transaction():
            self.home.execute("DELETE FROM floors WHERE root = ? AND folder = ?", (root, folder.value))
            self.home.executemany(
                "INSERT INTO floors VALUES (?, ?, ?, ?)", [(root, folder.value, device, seq) for device, seq in versions.items()]
            )

    def wanted(self, root: bytes, folder: Folder) -> frozenset[str] | None:
        """The kept files of this folder that the site knew of and lacked when it told its floor; None if it said nothing: it lacks all."""
        row = self.home.execute("SELECT wanted FROM files_told WHERE root = ? AND folder = ?", (root, folder.value)).fetchone()
        return None if row is None else frozenset(row[0][at : at + NAME_BYTES].hex() for at in range(0, len(row[0]), NAME_BYTES))

    def set_wanted(self, root: bytes, folder: Folder, names: frozenset[str] | None) -> None:
        """What the site says now about kept files; None: it says nothing, or wants all."""
        with self.home.transaction():
            self.home.execute("DELETE FROM files_told WHERE root = ? AND folder = ?", (root, folder.value))
            if names is not None:
                row = (root, folder.value, b"".join(bytes.fromhex(name) for name in sorted(names)))
                self.home.execute("INSERT INTO files_told VALUES (?, ?, ?)", row)

    def files_given(self) -> dict[str, int]:
        """How often each kept file was put on a stick."""
        return {blob: int(times) for blob, times in self.home.execute("SELECT blob, times FROM files_given")}

    def count_given(self, names: Iterable[str]) -> None:
        """These kept files were put on a stick once more."""
        with self.home.transaction():
            self.home.executemany(
                "INSERT INTO files_given VALUES (?, 1) ON CONFLICT (blob) DO UPDATE SET times = times + 1", [(name,) for name in names]
            )

    # -- files and parts -----------------------------------------------------------------------------------------------

    def was_read(self, sealed: bytes) -> bool:
        """True if a file with these bytes was read here before."""
        digest = hashlib.sha256(sealed).digest()
        return self.home.execute("SELECT 1 FROM files_read WHERE digest = ?", (digest,)).fetchone() is not None

    def mark_read(self, sealed: bytes, root: bytes, day: str) -> None:
        """Remember a file, and the newest day its site was heard of."""
        with self.home.transaction():
            self.home.execute("INSERT OR IGNORE INTO files_read VALUES (?, ?, ?)", (hashlib.sha256(sealed).digest(), root, day))
            self.home.execute("UPDATE trusted_sites SET last_heard = max(last_heard, ?) WHERE root = ?", (day, root))

    def keep(self, root: bytes, folder: Folder, day: str, changes: int, fresh: bool, sealed: bytes, kind: str = "entries") -> bool:
        """Keep a sealed part of this kind until somebody opens that folder. False if it is here already or was taken in before."""
        digest = hashlib.sha256(sealed).digest()
        with self.home.transaction():
            if self.knows(sealed):
                return False
            self.home.execute(
                "INSERT INTO waiting_parts (digest, root, folder, day, changes, fresh, sealed, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (digest, root, folder.value, day, changes, int(fresh), sealed, kind),
            )
            self.home.execute(
                "DELETE FROM waiting_parts WHERE root = ? AND folder = ? AND kind = ? AND sealed <> x'' AND id NOT IN (SELECT id FROM"
                " waiting_parts WHERE root = ? AND folder = ? AND kind = ? AND sealed <> x'' ORDER BY id DESC LIMIT ?)",
                (root, folder.value, kind, root, folder.value, kind, _MOST_WAITING),
            )
        return True

    def knows(self, sealed: bytes) -> bool:
        """True if this part waits, or was taken in after it waited."""
        digest = hashlib.sha256(sealed).digest()
        return self.home.execute("SELECT 1 FROM waiting_parts WHERE digest = ?", (digest,)).fetchone() is not None

    def waiting(self, folders: Iterable[Folder]) -> list[WaitingPart]:
        """Parts that wait for these folders, oldest first."""
        wanted = {folder.value for folder in folders}
        rows = self.home.execute(
            "SELECT id, root, folder, day, changes, fresh, sealed, kind FROM waiting_parts WHERE sealed <> x'' ORDER BY id"
        ).fetchall()
        return [
            WaitingPart(id_, root, Folder(folder), day, changes, bool(fresh), sealed, kind)
            for id_, root, folder, day, changes, fresh, sealed, kind in rows if folder in wanted
        ]

    def waiting_changes(self, root: bytes) -> int:
        """How many changes of this site wait for folders nobody has opened yet: those of the largest part of each folder, because a site
        gives the same ones again until it hears that they arrived."""
        row = self.home.execute(
            "SELECT coalesce(sum(most), 0) FROM (SELECT max(changes) AS most FROM waiting_parts WHERE root = ? AND sealed <> x''"
            " GROUP BY folder)", (root,),
        ).fetchone()
        return int(row[0])

    def taken(self, part: WaitingPart) -> None:
        """The part is in its folder now."""
        self.home.execute("UPDATE waiting_parts SET sealed = x'' WHERE id = ?", (part.id,))
