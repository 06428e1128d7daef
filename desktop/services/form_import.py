"""Bring a form: look at the file somebody chose, accept repairs, keep the form. Nothing is written but into the vault."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.forms.importing import Import, Limit, Refusal, Repair
from desktop.forms.importing import look as look_at
from desktop.forms.importing.content import MOST_BYTES
from desktop.services import form_library
from desktop.services.form_library import StoredForm
from desktop.services.session import Session

__all__ = ["Given", "Import", "Limit", "Refusal", "Repair", "add", "companions", "given", "look", "settled"]
_ROUNDS = 4
_MOST_MEDIA = 64 * 1024 * 1024


class Files(Protocol):
    """What `look` and `add` need to know of files: the form's own file, and its companions by the names the form calls them."""

    @property
    def name(self) -> str:
        """The file's name; a form without an id of its own is called after it."""

    @property
    def content(self) -> bytes:
        """The form's own file."""

    @property
    def media(self) -> Mapping[str, bytes]:
        """Companion files."""


@dataclass(frozen=True)
class Given:
    """Files read once, only in memory."""

    name: str
    content: bytes
    media: Mapping[str, bytes] = field(default_factory=dict)


def given(path: Path, media: Mapping[str, bytes] | None = None) -> Given:
    """A form's own file. No more of it is read than a form may have. UserError: import.unreadable."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError:
        raise UserError("import.unreadable", name=path.name) from None
    return Given(path.name, content, media or {})


def companions(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Those of the named files that lie in this folder itself. A form may name anything: names that lead elsewhere are passed over.
    UserError: import.unreadable, import.too_much_media."""
    found: dict[str, bytes] = {}
    size = 0
    for name in names:
        if name in (".", "..") or any(sign in name for sign in "/\\:\x00") or not (folder / name).is_file():
            continue
        try:
            with (folder / name).open("rb") as stream:
                found[name] = stream.read(_MOST_MEDIA + 1)
        except OSError:
            raise UserError("import.unreadable", name=name) from None
        size += len(found[name])
        if size > _MOST_MEDIA:
            raise UserError("import.too_much_media", most=_MOST_MEDIA // 2**20)
    return found


def look(session: Session | None, *, files: Files, accepted: Collection[str] = ()) -> Import:
    """What these files are, with the accepted repairs applied to what is told of them. Needs no vault."""
    return look_at(files.content, files.name, files.media, accepted)


def settled(files: Files) -> tuple[Import, frozenset[str]]:
    """The form with everything that is offered accepted, and the ids of that; for who does not want to be asked one by one."""
    accepted: frozenset[str] = frozenset()
    found = look_at(files.content, files.name, files.media)
    for _ in range(_ROUNDS):
        more = accepted | {repair.id for repair in found.repairs}
        if more == accepted:
            break
        accepted = more
        found = look_at(files.content, files.name, files.media, accepted)
    return found, accepted


def add(
    session: Session, *, files: Files, found: Import | None = None, accepted: Collection[str] = (), folder: Folder = Folder.RECEPTION,
) -> tuple[StoredForm, Changes]:
    """Keep the form as `look` told it with these accepted repairs (`found`, or looked at again), with its file and companions.
    UserError: import.not_usable (refused, or a needed repair is not accepted), and those of `form_library.add`."""
    told = found if found is not None else look(session, files=files, accepted=accepted)
    if told.compiled is None:
        raise UserError("import.not_usable")
    return form_library.add(session, compiled=told.compiled, source=files.content, media=files.media, folder=folder)
