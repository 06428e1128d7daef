"""What is being changed about a person: where its form begins, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain import carers
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import assessments, notes, people, photos, steps
from desktop.services.about import Ref
from desktop.services.people import PersonPage
from desktop.services.session import Session

_ABOUT = frozenset({"note", "step", "photo"})


@dataclass(frozen=True)
class Edit:
    """What is being changed: `what` is person, household, relationship, member, left_behind, health, assessment, note, step or photo; `record` is
    None where the save makes a new record or finds it by itself. `folder`: where it lies, and what is typed until it is saved."""

    what: str
    record: RecordId | None = None
    folder: Folder = Folder.RECEPTION

    @property
    def kind(self) -> str:
        """The kind of record whose fields are shown."""
        return {"relationship": "person", "member": "person"}.get(self.what, self.what)

    @property
    def new(self) -> bool:
        """True if the save makes a record that must have a name."""
        return self.what == "member" or (self.what == "left_behind" and self.record is None)

    @property
    def whole(self) -> bool:
        """True if it is written with everything that it says, not only with what was changed."""
        return self.what in _ABOUT

    @property
    def changes(self) -> bool:
        """True if it changes what may be there already."""
        return not self.new and (self.record is not None or not self.whole)

    @property
    def ref(self) -> Ref:
        """The note, step or photo that is changed. UserError record.missing."""
        if self.record is None:
            raise UserError("record.missing")
        return Ref(self.folder, self.record)


def known_of(page: PersonPage, edit: Edit) -> Mapping[str, Value]:
    """The values that its form starts from."""
    if edit.what in _ABOUT:
        return _about(page, edit)
    fields = {
        "person": page.fields, "household": page.household_fields, "health": page.health or {}, "assessment": page.assessment or {},
    }.get(edit.what)
    if fields is None:
        fields = next((one.fields for one in page.left_behind if one.id == edit.record), {})
    return {name: shown.value for name, shown in fields.items()}


def _about(page: PersonPage, edit: Edit) -> Mapping[str, Value]:
    for note in page.notes:
        if edit.what == "note" and note.ref.record == edit.record:
            return note.said
    for step in page.steps:
        if edit.what == "step" and step.ref.record == edit.record:
            return step.said
    for photo in page.photos:
        if edit.what == "photo" and photo.ref.record == edit.record:
            return {"caption": photo.caption}
    return {}


def write(
    session: Session, edit: Edit, person: RecordId, household: RecordId | None, values: Mapping[str, Value], seen: Mapping[str, Value]
) -> Changes:
    """Save what was changed. `seen`: what was shown of each field when the form was opened. UserError as the services say."""
    if edit.what == "health":
        return people.change_health(session, person=person, values=values, seen=seen)
    if edit.what == "assessment":
        return assessments.change(session, person=person, values=values, seen=seen)
    if edit.what in _ABOUT:
        return _write_about(session, edit, person, {**seen, **values}, seen)
    if edit.new:
        if household is None:
            raise UserError("record.missing")
        add = people.add_member if edit.what == "member" else people.add_left_behind
        return add(session, household=household, values=values)[1]
    record = edit.record if edit.record is not None else person if edit.what == "person" else household
    if record is None:
        raise UserError("record.missing")
    return people.change(session, record=record, values=values, seen=seen)


def _write_about(session: Session, edit: Edit, person: RecordId, values: Mapping[str, Value], seen: Mapping[str, Value]) -> Changes:
    said = {name: value for name, value in values.items() if isinstance(value, str)}
    if edit.what == "photo":
        return photos.describe(session, photo=edit.ref, caption=said.get("caption", ""), seen=seen)
    if edit.what == "note":
        text, important = said.get("text", ""), said.get("important") == "yes"
        if edit.record is None:
            return notes.write(session, person=person, folder=edit.folder, text=text, important=important)[1]
        return notes.change(session, note=edit.ref, text=text, important=important, seen=seen)
    what, due, who = said.get("what", ""), said.get("due", ""), carers.read(said.get("who"))
    if edit.record is None:
        return steps.add(session, person=person, what=what, due=due, who=who, folder=edit.folder)[1]
    return steps.change(session, step=edit.ref, what=what, due=due, who=who, seen=seen)
