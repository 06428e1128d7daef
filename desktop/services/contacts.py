"""Contacts: people who have not arrived yet, from the first contact to their arrival."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.domain.whereabouts import names_exact_place
from desktop.journal.journal import Event
from desktop.myanmar.text import storable
from desktop.services import guidance, handover, merging
from desktop.services.agreed_words import holds_word
from desktop.services.contact_list import OVER, ContactRow, contacts, counts, row_of
from desktop.services.contact_times import SafeTimes, as_seen, safe_now, with_clock
from desktop.services.guidance import Given
from desktop.services.handover import Handover
from desktop.services.lines import ChangeLine, Shown
from desktop.services.reading import change_lines, local, shown_fields
from desktop.services.session import Session
from desktop.services.writing import (
    as_stored,
    changed,
    check_writable,
    fresh_code,
    must_be,
    write_known,
    write_new,
    write_values,
)

__all__ = [
    "OVER", "ContactPage", "ContactRow", "Given", "Handover", "SafeTimes", "Talk", "add", "allow_calls", "arrived", "change", "contacts",
    "counts", "page", "write_talk",
]

RECENT = 5
WORDS_MOST = 10_000  # characters of one talk
BY_OTHER_WAYS = frozenset({"warned", "handover_to", "handover_key", "not_persons"})
"""Fields that only `write_talk`, `allow_calls`, the services of `handover` and `arriving`, and other fields set."""
_TALK = "talk"


@dataclass(frozen=True)
class Talk:
    """What a contact said, and who wrote it down."""

    at: str
    author: str
    words: str
    check_in: str = ""  # how they were, "" if nobody said
    warned: bool = False  # the warning word was used
    allowed: bool = False  # a coordinator said that they may be called again


@dataclass(frozen=True)
class ContactPage:
    """Everything that is shown of one contact."""

    row: ContactRow
    fields: Mapping[str, Shown]
    talks: tuple[Talk, ...]  # newest first
    last_changes: tuple[ChangeLine, ...]
    times: SafeTimes
    given: tuple[Given, ...]  # guidance they were given, newest first
    handovers: tuple[Handover, ...]  # newest first
    person: RecordId | None = None  # as whom they were registered


def page(session: Session, *, contact: RecordId) -> ContactPage:
    """UserError: folder.locked, record.missing."""
    must_be(session, Folder.CONTACTS, contact, "contact")
    journal = session.journal(Folder.CONTACTS)
    talks = [_talk(session, event) for event in journal.events(contact, _TALK) if event.reversed_by is None]
    lines = change_lines(session, Folder.CONTACTS, contact, "contact")
    fields = shown_fields(session, journal, contact, "contact")
    times = safe_now(session, {name: shown.value for name, shown in fields.items()})
    for name in ("next_talk", "clock_ahead"):
        if name in fields:
            fields[name] = replace(fields[name], value=as_seen(session, name, fields[name].value))
    return ContactPage(
        row_of(session, contact), fields, tuple(reversed(talks)), tuple(lines[:RECENT]), times,
        guidance.given_to(session, contact=contact), handover.of(lines), _person(session, fields.get("person_code")),
    )


def _person(session: Session, code: Shown | None) -> RecordId | None:
    told = code.value if code is not None else None
    return merging.person_with(session, code=told) if isinstance(told, str) and session.can_open(Folder.RECEPTION) else None


def _talk(session: Session, event: Event) -> Talk:
    said = event.values
    return Talk(
        local(session, event.at), session.writer(event.author, event.site), str(said.get("words") or ""), str(said.get("check_in") or ""),
        said.get("warned") is True, said.get("allowed") is True,
    )


def add(session: Session, *, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    """A new contact, in the first stage if none is given. UserError: folder.locked, role.not_allowed, values.wrong."""
    session.journal(Folder.CONTACTS)
    known = {"code": fresh_code(session), "stage": "first_contact", **values}
    _check(session, known, new=True)
    with session.act("contact") as act, session.save(act, Folder.CONTACTS) as save:
        record = write_new(save, "contact", with_clock(session, known))
    return record, act.changes


def change(session: Session, *, contact: RecordId, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None) -> Changes:
    """Set fields. `seen`: what the page showed of them when the author began: what came since stands beside their answer, and what they left as
    they saw it is not written; without it they saw what stands. UserError: folder.locked, role.not_allowed (also for fields in `BY_OTHER_WAYS`, and for another volunteer unless a
    coordinator says so: they are asked by `handover.ask`), record.missing, values.wrong."""
    must_be(session, Folder.CONTACTS, contact, "contact")
    values = values if seen is None else changed("contact", values, seen)
    _check(session, values)
    stands = session.journal(Folder.CONTACTS).values(contact)
    now = stands.get("volunteer")
    if "volunteer" in values and now and values["volunteer"] != now:
        session.require(coordinates=True)
    with session.act("change") as act, session.save(act, Folder.CONTACTS) as save:
        if seen is None:
            write_values(save, contact, "contact", with_clock(session, values))
        else:
            write_known(save, contact, "contact", with_clock(session, values), _seen_as_stored(session, contact, values, seen), stands)
    return act.changes


def _seen_as_stored(session: Session, contact: RecordId, names: Iterable[str], seen: Mapping[str, Value]) -> dict[str, Value]:
    """What was seen of these fields, as it is stored with the clock of the site that wrote it, if it still stands."""
    heads = session.journal(Folder.CONTACTS).heads(contact)
    return {
        name: next((head.value for head in heads.get(name, ()) if as_seen(session, name, head.value) == seen.get(name)), seen.get(name))
        for name in names
    }


def _check(session: Session, values: Mapping[str, Value], *, new: bool = False) -> None:
    if BY_OTHER_WAYS & set(values):
        raise UserError("role.not_allowed")
    check_writable(session, "contact", values, new=new)


def write_talk(
    session: Session, *, contact: RecordId, words: str, next_talk: str = "", stage: str = "", check_in: str = "", warned: bool = False
) -> Changes:
    """What they said, with the next agreed moment, a new stage and how they are if there is one, in one save. If the warning word was used
    (`warned`, or it stands in the words), nobody calls them until a coordinator says so. Only a check-in tells that they were heard: then
    an agreed moment that is past is over; without one, and words may be about a call nobody took, they stay overdue.
    UserError as for `change`, and talk.empty if nothing was written at all; value.exact_place; values.wrong also for more than `WORDS_MOST`
    characters."""
    must_be(session, Folder.CONTACTS, contact, "contact")
    words = storable(words).strip()
    if len(words) > WORDS_MOST:
        raise UserError("values.wrong", count=1)
    if names_exact_place(words):
        raise UserError("value.exact_place")
    if not (words or next_talk or stage or check_in or warned):
        raise UserError("talk.empty")
    said = {"next_talk": next_talk, "stage": stage, "check_in": check_in}
    values: dict[str, Value] = {name: value for name, value in said.items() if value}
    check_writable(session, "contact", values)
    if check_in and not next_talk and _is_past(session, contact):
        values["next_talk"] = None  # they were heard, so nobody waits for that moment any more
    warning = session.journal(Folder.CONTACTS).values(contact).get("warning_word")
    warned = warned or (isinstance(warning, str) and holds_word(words, warning))
    event: dict[str, Value] = {"words": as_stored(FIELDS["contact"]["note"], words)} if words else {}
    event.update({"check_in": check_in} if check_in else {})
    event.update({"warned": True} if warned else {})
    with session.act("talk") as act, session.save(act, Folder.CONTACTS) as save:
        write_values(save, contact, "contact", with_clock(session, values))
        if warned:
            save.add(contact, "warned", session.now().isoformat(timespec="minutes"))
        if words or check_in or warned:
            save.event(contact, _TALK, event)
    return act.changes


def _is_past(session: Session, contact: RecordId) -> bool:
    agreed = row_of(session, contact).next_talk
    return bool(agreed) and agreed <= session.moment()


def allow_calls(session: Session, *, contact: RecordId, why: str) -> Changes:
    """They may be called again, and why: only a coordinator says so. A warning that comes meanwhile from another site stays.
    UserError: role.not_allowed, folder.locked, record.missing, talk.empty, value.exact_place, contact.not_warned."""
    session.require(writes=True, coordinates=True)
    must_be(session, Folder.CONTACTS, contact, "contact")
    why = storable(why).strip()[:WORDS_MOST]
    if not why:
        raise UserError("talk.empty")
    if names_exact_place(why):
        raise UserError("value.exact_place")
    if not session.journal(Folder.CONTACTS).sets(contact).get("warned"):
        raise UserError("contact.not_warned")
    with session.act("talk") as act, session.save(act, Folder.CONTACTS) as save:
        save.choose(contact, "warned", ())
        save.event(contact, _TALK, {"words": as_stored(FIELDS["contact"]["note"], why), "allowed": True})
    return act.changes


def arrived(session: Session, *, contact: RecordId, person_code: str = "") -> Changes:
    """They have arrived; with the code of the registered person if it is known. UserError: code.mistyped and those of `change`."""
    values: dict[str, Value] = {"stage": "arrived", "next_talk": None}
    if person_code:
        code = codes.parse(person_code)
        if code is None:
            raise UserError("code.mistyped")
        values["person_code"] = code
    return change(session, contact=contact, values=values)
