"""Photos of a person: encrypted files without anything but the picture, each in the folder that decides who sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.changes import Changes
from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import about, files, pictures
from desktop.services.about import Ref
from desktop.services.session import Session
from desktop.services.standing import codes_of, standing

KIND = "photo"


@dataclass(frozen=True)
class PhotoRow:
    """A photo. `file` is the id of a kept file. `main`: it stands beside the name."""

    ref: Ref
    file: str
    caption: str
    main: bool
    author: str
    at: str
    here: bool  # False while its content has not come on a stick yet


def photos(session: Session, code: str) -> tuple[PhotoRow, ...]:
    """Every photo of the person with this case code that this volunteer may see: the one beside the name first, then the newest. Where two
    sites chose one each, the one that was chosen last stands there."""
    found: list[tuple[PhotoRow, str]] = []
    for ref, fields in about.found(session, KIND, code):
        file, caption, main = fields.get("file"), fields.get("caption"), fields.get("main")
        if file is None or not isinstance(file.value, str) or not files.lies_in(file.value, ref.folder):
            continue
        chosen = main.at if main is not None and main.value == "yes" else ""
        words = caption.value if caption is not None and isinstance(caption.value, str) else ""
        row = PhotoRow(ref, file.value, words, False, file.author, file.at, _here(session, file.value))
        found.append((row, chosen))
    found.sort(key=lambda one: (one[1], one[0].at), reverse=True)
    face = next((row for row, chosen in found if chosen), None) or next((row for row, _ in found if row.ref.folder is Folder.RECEPTION), None)
    rows = [PhotoRow(one.ref, one.file, one.caption, one is face, one.author, one.at, one.here) for one, _ in found]
    return tuple(sorted(rows, key=lambda one: not one.main))


def _here(session: Session, file: str) -> bool:
    try:
        return files.about(session, file=file).here
    except UserError:
        return False


def add(
    session: Session, *, person: RecordId, content: bytes, caption: str = "", folder: Folder = Folder.RECEPTION, main: bool = False
) -> tuple[Ref, Changes]:
    """Keep a photo: the right way up, at most 1600 pixels long, without place, time or owner. UserError: folder.locked, role.not_allowed,
    record.missing, file.not_a_picture, file.picture_kind, file.too_large. KnownFault: disk.full, disk.readonly, disk.failed."""
    session.journal(folder)
    session.require(writes=True)
    code = about.code_of(session, person)
    clean = pictures.cleaned_photo(content)
    words = about.text_of(KIND, "caption", caption)
    about.check(session, KIND, {"caption": words})
    with session.act(KIND) as act, session.save(act, folder) as save:
        file = files.write_in(session, save, folder, clean, pictures.JPEG)
        values = {"person_code": code, "file": file, "caption": words or None, "main": "yes" if main else None}
        record = save.create(KIND, {name: value for name, value in values.items() if value is not None})
    return Ref(folder, record), act.changes


def add_from(
    session: Session, *, person: RecordId, path: Path, caption: str = "", folder: Folder = Folder.RECEPTION, main: bool = False
) -> tuple[Ref, Changes]:
    """The same from the disk or a stick, where it stays as it is. UserError: file.unreadable, and as for `add`."""
    session.require(writes=True)
    return add(session, person=person, content=files.read_whole(path), caption=caption, folder=folder, main=main)


def put_beside_name(session: Session, *, photo: Ref) -> Changes:
    """Show this one beside the name from now on. UserError: folder.locked, role.not_allowed, record.missing."""
    about.require(session, photo, KIND)
    code = str(session.journal(photo.folder).values(photo.record).get("person_code") or "")
    session.require(writes=True)
    others = [ref for ref, fields in about.found(session, KIND, code) if ref != photo and "main" in fields]
    with session.act(KIND) as act:
        for folder in {photo.folder, *(ref.folder for ref in others)}:
            with session.save(act, folder) as save:
                for ref in others:
                    if ref.folder is folder:
                        save.set(ref.record, {"main": None})
                if photo.folder is folder:
                    save.set(photo.record, {"main": "yes"})
    return act.changes


def describe(session: Session, *, photo: Ref, caption: str, seen: Mapping[str, Value] | None = None) -> Changes:
    """Say what it shows. `seen`: what it said when its author began: what came since stands beside theirs; without it they saw what stands.
    UserError: folder.locked, role.not_allowed, record.missing, values.wrong."""
    values: dict[str, Value] = {"caption": about.text_of(KIND, "caption", caption) or None}
    return about.change(session, KIND, ref=photo, kind=KIND, values=values, seen=seen)


def remove(session: Session, *, photo: Ref) -> Changes:
    """Take it off the page. The picture stays encrypted until somebody erases it, so that it can be taken back.
    UserError: folder.locked, role.not_allowed, record.missing."""
    return about.remove(session, "photo_gone", ref=photo, kind=KIND)


def erase(session: Session, *, photo: Ref) -> Changes:
    """Forget it and its picture for good, here and at every site: whoever agreed to it may change their mind. Cannot be taken back. Also of one
    that was taken off the page.
    UserError: folder.locked, role.not_allowed (coordinators only), record.missing, file.missing."""
    journal = session.journal(photo.folder)
    if journal.kind(photo.record) != KIND:
        raise UserError("record.missing")
    session.require(writes=True, coordinates=True)
    file = str(journal.values(photo.record).get("file") or "")
    others = any(
        journal.values(record).get("file") == file for record in journal.records(KIND) if record != photo.record
    )
    with journal.save("photo_erased") as save:
        save.erase(photo.record)
    changes = Changes(save.saved.kinds, save.saved.records)
    return changes if others or not files.lies_in(file, photo.folder) else changes | files.erase(session, file=file)


def taken_off(session: Session, code: str) -> tuple[Ref, ...]:
    """Photos of the person with this case code that were taken off the page, and of which the picture is still kept."""
    codes = set(codes_of(session, code))
    return tuple(
        Ref(folder, record) for folder in Folder if session.can_open(folder) for journal in (session.journal(folder),)
        for record in journal.records(KIND, deleted=True) if journal.values(record).get("person_code") in codes
    )


def small(session: Session, *, file: str, side: int) -> bytes:
    """A small picture of one, PNG; b"" if it is not here or damaged."""
    try:
        return files.look(session, file=file, side=side)[1]
    except (UserError, KnownFault):
        return b""


def agreed(session: Session, person: RecordId) -> str:
    """What the person said to having their photo taken: ``yes``, ``no`` or "" if nobody asked."""
    said = session.journal(Folder.RECEPTION).values(standing(session, person)).get("consent_photo")
    return said if isinstance(said, str) else ""
