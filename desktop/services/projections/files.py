"""Kept files, by the names of their blobs; and what is to be taken away because its record was erased."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services.projections.table import ListTable, number, plain
from desktop.vault.database import Database
from desktop.vault.files import KEY_BYTES, MOST, Blob, name_of
from desktop.vault.vault import Vault

KIND = "file"


def blob_of(values: Mapping[str, Value]) -> Blob | None:
    """What a record of the kind ``file`` says about its blob; None if it cannot be right, so that nobody has to look at it twice."""
    try:
        key, digest = bytes.fromhex(plain(values.get("key"))), bytes.fromhex(plain(values.get("digest")))
    except ValueError:
        return None
    size = number(values.get("size"))
    if len(key) != KEY_BYTES or len(digest) != 32 or size is None or not 0 <= size <= MOST or name_of(key) != values.get("blob"):
        return None
    return Blob(key, size, digest)


class FileList(ListTable):
    """The files of a folder, deleted ones too (`hidden`): their content is kept until they are erased. `blob` is "" where the record cannot
    be right. ``file_gone`` holds blobs of erased records until `tidy` has taken them away; it is not drawn anew."""

    kind = KIND
    table = "file_list"
    columns = (("blob", "TEXT"), ("file_key", "TEXT"), ("size", "INTEGER"), ("digest", "TEXT"), ("hidden", "INTEGER"))
    indexes = ("blob", "digest")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        blob = blob_of(values)
        return (blob.name, blob.key.hex(), blob.size, blob.digest.hex()) if blob else ("", "", 0, "")

    def schema(self, database: Database) -> bool:
        database.execute("CREATE TABLE IF NOT EXISTS file_gone (blob TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
        return super().schema(database)

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        if values:
            database.execute(
                "INSERT OR REPLACE INTO file_list VALUES (?, ?, ?, ?, ?, ?, ?)",
                (key, record.text(), *self.row(values, differs), int(deleted)),
            )
            return
        database.execute("INSERT OR IGNORE INTO file_gone SELECT blob FROM file_list WHERE key = ? AND blob <> ''", (key,))
        database.execute("DELETE FROM file_list WHERE key = ?", (key,))


def named(database: Database, blob: str) -> bool:
    """True if a record of this folder names the blob."""
    return database.execute("SELECT 1 FROM file_list WHERE blob = ?", (blob,)).fetchone() is not None


def blobs(database: Database, *, hidden: bool = False) -> Iterator[tuple[RecordId, Blob]]:
    """The files of a folder that are on its lists, with their records, those without a right blob left out; with `hidden` the deleted
    ones too."""
    rows = database.execute("SELECT record, file_key, size, digest FROM file_list WHERE hidden <= ? AND blob <> ''", (hidden,)).fetchall()
    for record, key, size, digest in rows:
        yield RecordId.parse(record), Blob(bytes.fromhex(key), size, bytes.fromhex(digest))


def tidy(vault: Vault, folder: Folder, database: Database) -> None:
    """Take away blobs of this folder that no record of it names: of erased records, and of files whose keeping was cut short. Only
    while nothing is being saved. KnownFault: disk.readonly, disk.full."""
    gone = {blob for (blob,) in database.execute("SELECT blob FROM file_gone").fetchall()}
    begun = {blob for (blob,) in vault.home.execute("SELECT blob FROM files_begun WHERE folder = ?", (folder.value,)).fetchall()}
    if not gone | begun:
        return
    for blob in gone | begun:
        if not named(database, blob):
            vault.files.remove(blob)
    with database.transaction():
        database.executemany("DELETE FROM file_gone WHERE blob = ?", [(blob,) for blob in gone])
    with vault.home.transaction():
        vault.home.executemany("DELETE FROM files_begun WHERE blob = ?", [(blob,) for blob in begun])
