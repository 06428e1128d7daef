"""Kept files: photos, scans, companion files of forms. Encrypted in the vault, named by records of the kind ``file`` in their folder.

A file record has the registers ``blob`` (the name of the encrypted file), ``key``, ``size``, ``digest`` (SHA-256 of the content, hex),
``type`` (media type) and ``name``. It travels like every record; its content follows on a stick when there is room. Content is on the disk
before the record is, so a record never promises what a power cut took away. Deleting a record keeps the content, because it can be taken
back; erasing takes it away at every site. The id of a file is the name of its folder, a dash, and the id of its record: folders number
their records each for themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path, PurePosixPath

from desktop.domain.changes import Changes
from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.journal import Journal
from desktop.journal.save import Save
from desktop.myanmar.text import storable
from desktop.services import pictures
from desktop.services.projections.files import KIND, blob_of
from desktop.services.session import Session
from desktop.vault.faults import explained
from desktop.vault.files import MOST, Blob, new_blob, sealed_length

PLAIN_TYPE = "application/octet-stream"
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}")
_NAME_MOST = 120


@dataclass(frozen=True)
class FileInfo:
    """A kept file. `name` may be empty. `here` is False while its content has not come on a stick yet."""

    id: str
    folder: Folder
    media_type: str
    name: str
    size: int
    here: bool


def keep(session: Session, *, folder: Folder, content: bytes, media_type: str, name: str = "") -> tuple[str, Changes]:
    """Keep a file; returns its id. The same content in the same folder again is the same file.

    UserError: role.not_allowed, folder.locked, file.too_large. KnownFault: disk.full, disk.readonly, disk.failed.
    """
    session.require(writes=True)
    with session.journal(folder).save("keep_file") as save:
        file = write_in(session, save, folder, content, media_type, name)
    return file, Changes(save.saved.kinds, save.saved.records)


def write_in(session: Session, save: Save, folder: Folder, content: bytes, media_type: str, name: str = "") -> str:
    """The same inside a save of that folder that is already open. If the save fails, the content is taken away when the folder is opened next."""
    blob = new_blob(content)
    known = _known(session, folder, blob)
    if known is not None:
        file, earlier = known
        if session.vault.files.length(earlier.name) is None:
            session.vault.files.write(earlier, content)
        return file
    session.vault.home.execute("INSERT INTO files_begun VALUES (?, ?)", (blob.name, folder.value))
    session.vault.files.write(blob, content)
    values: dict[str, Value] = {
        "blob": blob.name, "key": blob.key.hex(), "size": blob.size, "digest": blob.digest.hex(),
        "type": media_type if _TYPE.fullmatch(media_type) else PLAIN_TYPE, "name": _bare(name) or None,
    }
    return _id(folder, save.create(KIND, values).text())


def keep_photo(session: Session, *, folder: Folder, content: bytes) -> tuple[str, Changes]:
    """Keep a photo: the right way up, at most 1600 pixels long, and nothing in it but the picture.

    UserError: file.not_a_picture, file.picture_kind (what), file.too_large, and as for `keep`.
    """
    session.require(writes=True)
    return keep(session, folder=folder, content=pictures.cleaned_photo(content), media_type=pictures.JPEG)


def keep_drawing(session: Session, *, folder: Folder, content: bytes) -> tuple[str, Changes]:
    """Keep a signature or a drawing, sharp, with nothing in it but the picture. Errors as for `keep_photo`."""
    session.require(writes=True)
    return keep(session, folder=folder, content=pictures.cleaned_drawing(content), media_type=pictures.PNG)


def read_whole(path: Path) -> bytes:
    """What stands in a file on the disk or a stick. UserError: file.unreadable, file.too_large."""
    try:
        if path.stat().st_size > MOST:
            raise UserError("file.too_large", most=MOST >> 20)
        with path.open("rb") as stream:
            return stream.read(MOST + 1)
    except OSError:
        raise UserError("file.unreadable") from None


def keep_from(session: Session, *, folder: Folder, path: Path, kind: str) -> tuple[str, Changes]:
    """Keep a file from the disk or a stick; it stays there as it is. `kind`: ``photo``, ``drawing``, or ``file`` for anything, of which
    pictures are drawn anew like every photo. UserError: file.unreadable, and as for `keep_photo`."""
    session.require(writes=True)
    content = read_whole(path)
    if kind == "drawing":
        return keep_drawing(session, folder=folder, content=content)
    if kind == "photo":
        return keep_photo(session, folder=folder, content=content)
    picture = pictures.as_kept(content)
    if picture is not None:
        return keep(session, folder=folder, content=picture[0], media_type=picture[1])
    return keep(session, folder=folder, content=content, media_type=guess_type(path.name)[0] or PLAIN_TYPE, name=path.name)


def save_copy(session: Session, *, file: str, to: Path) -> None:
    """Write the content as a plain file that anybody can read. The caller has warned. UserError as for `read`; KnownFault: disk.full,
    disk.readonly, disk.failed."""
    content = read(session, file=file)
    with explained():
        to.write_bytes(content)
    session.vault.audit("file_copied", file=file)


def read(session: Session, *, file: str) -> bytes:
    """The content, checked. UserError: file.missing, file.elsewhere (its content has not come yet). KnownFault: file.damaged."""
    _, _, values = _found(session, file)
    return session.vault.files.read(_blob(values))


def about(session: Session, *, file: str) -> FileInfo:
    """What is known of a file. UserError: file.missing."""
    _, folder, values = _found(session, file)
    blob = blob_of(values)
    here = blob is not None and session.vault.files.length(blob.name) == sealed_length(blob.size)
    size = values.get("size")
    return FileInfo(
        file, folder, str(values.get("type") or PLAIN_TYPE), _bare(str(values.get("name") or "")), size if isinstance(size, int) else 0, here
    )


def look(session: Session, *, file: str, side: int) -> tuple[FileInfo, bytes]:
    """What is known of a file and a small picture of it: PNG, at most `side` pixels long; b"" if it is no picture or not here.
    UserError: file.missing. KnownFault: file.damaged."""
    info = about(session, file=file)
    if not info.here or info.media_type not in pictures.TYPES:
        return info, b""
    return info, thumbnail(session, file=file, side=side)


def thumbnail(session: Session, *, file: str, side: int) -> bytes:
    """A small picture of a kept one, PNG, at most `side` pixels long; for the screen. UserError file.not_a_picture, and as for `read`."""
    return pictures.small(read(session, file=file), side)


def delete(session: Session, *, file: str) -> Changes:
    """Take a file off the lists. It can be taken back, so the content stays. UserError: role.not_allowed, file.missing."""
    record, folder, _ = _found(session, file)
    with session.act("delete_file") as act, session.save(act, folder) as save:
        save.delete(record)
    return act.changes


def erase(session: Session, *, file: str) -> Changes:
    """Forget a file and its content for good, here and at every site. Coordinators only. UserError: role.not_allowed, file.missing."""
    session.require(writes=True, coordinates=True)
    record, folder, _ = _found(session, file)
    with session.journal(folder).save("erase_file") as save:
        save.erase(record)
    session.tidy(folder)
    return Changes(save.saved.kinds, save.saved.records)


def _bare(name: str) -> str:
    """A name without the folders it lay in."""
    clean = storable(PurePosixPath(name.replace("\\", "/")).name)
    return "" if clean in (".", "..") else clean[-_NAME_MOST:]


def _known(session: Session, folder: Folder, blob: Blob) -> tuple[str, Blob] | None:
    """The file of this folder with the same content."""
    rows = session.journal(folder).database.execute(
        "SELECT record, file_key FROM file_list WHERE digest = ? AND size = ? AND NOT hidden ORDER BY record LIMIT 1",
        (blob.digest.hex(), blob.size),
    ).fetchall()
    return next(((_id(folder, record), Blob(bytes.fromhex(key), blob.size, blob.digest)) for record, key in rows), None)


def _id(folder: Folder, record: str) -> str:
    return f"{folder.value}-{record}"


def lies_in(file: str, folder: Folder) -> bool:
    """True if the id is of a file of that folder. What another site wrote into one folder names no file of another one."""
    return file.partition("-")[0] == folder.value


def _found(session: Session, file: str) -> tuple[RecordId, Folder, dict[str, Value]]:
    name, _, text = file.partition("-")
    folder = next((one for one in session.folders if one.value == name), None)
    try:
        record = RecordId.parse(text)
    except ValueError:
        raise UserError("file.missing") from None
    if folder is None or not _is_file(session.journal(folder), record):
        raise UserError("file.missing")
    return record, folder, session.journal(folder).values(record)


def _is_file(journal: Journal, record: RecordId) -> bool:
    try:
        return journal.kind(record) == KIND
    except UserError:
        return False


def _blob(values: dict[str, Value]) -> Blob:
    blob = blob_of(values)
    if blob is None:
        raise KnownFault("file.damaged")
    return blob
