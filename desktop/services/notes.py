"""Notes about a person, each in the folder that decides who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import about
from desktop.services.about import Ref
from desktop.services.session import Session

KIND = "note"


@dataclass(frozen=True)
class NoteRow:
    """A note as it stands now. `important`: everybody who can read it must. `others`: different texts stand beside this one."""

    ref: Ref
    text: str
    important: bool
    author: str
    at: str  # ISO moment at which the text was written or changed last
    others: int = 0

    @property
    def said(self) -> dict[str, Value]:
        """Its fields, as somebody sees them who begins to change it."""
        return {"text": self.text, "important": "yes" if self.important else None}


def notes(session: Session, code: str) -> tuple[NoteRow, ...]:
    """Every note about the person with this case code that this volunteer can read: the important first, then the newest."""
    found = []
    for ref, fields in about.found(session, KIND, code):
        text, important = fields.get("text"), fields.get("important")
        if text is not None and isinstance(text.value, str):
            marked = important is not None and important.value == "yes"
            found.append(NoteRow(ref, text.value, marked, text.author, text.at, text.others))
    return tuple(sorted(sorted(found, key=lambda one: one.at, reverse=True), key=lambda one: not one.important))


def write(session: Session, *, person: RecordId, folder: Folder, text: str, important: bool = False) -> tuple[Ref, Changes]:
    """A new note. UserError: note.empty, folder.locked, role.not_allowed, record.missing, values.wrong (too long)."""
    return about.write(
        session, KIND, person=person, folder=folder, kind=KIND, values={"text": _filled(text), "important": "yes" if important else None}
    )


def change(session: Session, *, note: Ref, text: str, important: bool = False, seen: Mapping[str, Value] | None = None) -> Changes:
    """Write it anew; what stood before stays in the history. `seen`: what it said when its author began (`NoteRow.said`): a text that came since
    stands beside theirs until somebody chooses; without it they saw what stands. UserError as for `write`."""
    values: dict[str, Value] = {"text": _filled(text), "important": "yes" if important else None}
    return about.change(session, KIND, ref=note, kind=KIND, values=values, seen=seen)


def remove(session: Session, *, note: Ref) -> Changes:
    """Take it off the page; the history keeps it. UserError: folder.locked, role.not_allowed, record.missing."""
    return about.remove(session, "note_gone", ref=note, kind=KIND)


def _filled(text: str) -> str:
    told = about.text_of(KIND, "text", text)
    if not told:
        raise UserError("note.empty")
    return told
