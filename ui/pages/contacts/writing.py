"""From what a form of a contact says to the service that writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.services import contacts, guidance, handover
from desktop.services.session import Session


@dataclass(frozen=True)
class More:
    """What a form holds beside the fields of a contact; "" where it does not ask. `warned` is "yes" or ""."""

    words: str = ""
    warned: str = ""
    receiver: str = ""
    sheet: str = ""
    way: str = ""
    stale_too: bool = False


def write(
    session: Session, form: str, contact: RecordId | None, values: Mapping[str, Value], more: More, seen: Mapping[str, Value]
) -> tuple[RecordId | None, Changes]:
    """Write a form; the new record if it made one. `seen`: what the form for changing what is known began with. UserError: those of the services, and record.missing."""
    if form == "new":
        return contacts.add(session, values=values)
    if contact is None:
        raise UserError("record.missing")
    if form == "talk":
        said = {name: str(values.get(name) or "") for name in ("next_talk", "stage", "check_in")}
        return None, contacts.write_talk(session, contact=contact, words=more.words, warned=bool(more.warned), **said)
    if form == "arrived":
        return None, contacts.arrived(session, contact=contact, person_code=str(values.get("person_code") or ""))
    if form == "allow":
        return None, contacts.allow_calls(session, contact=contact, why=more.words)
    if form == "handover":
        return None, handover.ask(session, contact=contact, receiver=more.receiver)
    if form == "guidance":
        sheet = Stamp.parse(more.sheet) if more.sheet else None
        if sheet is None or not more.way:
            raise UserError("guidance.not_chosen")
        return None, guidance.give(session, contact=contact, sheet=sheet, way=more.way, stale_too=more.stale_too)
    return None, contacts.change(session, contact=contact, values=values, seen=seen)
