"""How services write records: checked values, sets as sets, codes that nobody else has."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS, Field, Kind
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.journal.save import Save
from desktop.myanmar import nrc, zawgyi
from desktop.myanmar.text import clean, e_in_place, visible
from desktop.services import rules
from desktop.services.reading import may_read
from desktop.services.session import Session

_HAS_CODE = {
    Folder.RECEPTION: (
        "SELECT 1 FROM person_list WHERE code = ?", "SELECT 1 FROM household_list WHERE code = ?", "SELECT 1 FROM merged_list WHERE code = ?",
    ),
    Folder.CONTACTS: ("SELECT 1 FROM contact_list WHERE code = ?",),
}


def record_kind(session: Session, folder: Folder, record: RecordId) -> str:
    """The kind of a record that is on the lists. UserError record.missing."""
    journal = session.journal(folder)
    kind = journal.kind(record)
    if journal.deleted(record):
        raise UserError("record.missing")
    return kind


def must_be(session: Session, folder: Folder, record: RecordId, kind: str) -> None:
    """UserError record.missing unless the record is one of this kind and on the lists."""
    if record_kind(session, folder, record) != kind:
        raise UserError("record.missing")


def check_writable(session: Session, kind: str, values: Mapping[str, Value], *, new: bool = False) -> None:
    """UserError role.not_allowed for fields the role may not see, values.wrong for what cannot be right."""
    session.require(writes=True)
    if any(not may_read(session, FIELDS[kind][name]) for name in values if name in FIELDS[kind]):
        raise UserError("role.not_allowed")
    wrong = rules.severe(rules.problems(kind, values, today=session.now().date(), new=new))
    if wrong:
        raise UserError("values.wrong", count=len(wrong))


def as_stored(field: Field, value: Value) -> Value:
    """Text in its one clean form, an empty text as nothing; everything else as it is. Running text keeps its lines; the number of a
    citizenship card gets the one form in which two spellings of it are equal."""
    if isinstance(value, str):
        card = nrc.read(value) if field.name == "paper_number" else None
        if card is not None:
            return nrc.stored(card)
        lines = value.splitlines() if field.kind is Kind.NOTE else [value]
        return "\n".join(map(_clean, lines)).strip() or None
    if isinstance(value, Sequence):
        return tuple(cleaned for item in value if (cleaned := _clean(item)))
    return value


def _clean(text: str) -> str:
    """A text in its one form. One that may be Zawgyi keeps its signs in their order: put into the order of Unicode it could be read as
    neither any more, and nobody has chosen yet."""
    cleaned = clean(e_in_place(text))
    return cleaned if cleaned == text or zawgyi.decide(text).verdict == zawgyi.KEEP else visible(text)


def write_new(save: Save, kind: str, values: Mapping[str, Value]) -> RecordId:
    """A new record; its set fields become sets."""
    single: dict[str, Value] = {}
    sets: dict[str, tuple[str, ...]] = {}
    for name, value in values.items():
        stored = as_stored(FIELDS[kind][name], value)
        if FIELDS[kind][name].kind is Kind.SET and isinstance(stored, tuple):
            sets[name] = stored
        elif stored is not None:
            single[name] = stored
    record = save.create(kind, single)
    for name, elements in sets.items():
        save.add(record, name, *elements)
    return record


def write_values(save: Save, record: RecordId, kind: str, values: Mapping[str, Value], unseen: Container[str] = ()) -> None:
    """Set fields of a record that is there. A silence in a set field takes the place of its elements. What others wrote into one of the
    `unseen` fields is not replaced: both answers stand until somebody who sees them settles it."""
    for name, value in values.items():
        stored = as_stored(FIELDS[kind][name], value)
        if FIELDS[kind][name].kind is Kind.SET:
            elements = stored if isinstance(stored, tuple) else ()
            save.choose(record, name, elements)
            save.set(record, {name: stored if isinstance(stored, Silence) else None})
        elif name in unseen:
            save.set_unseen(record, {name: stored})
        else:
            save.set(record, {name: stored})


def changed(kind: str, values: Mapping[str, Value], seen: Mapping[str, Value]) -> dict[str, Value]:
    """Of what a form says only what its author changed: what they left as they saw it when they began is no answer of theirs."""
    fields = FIELDS[kind]
    return {
        name: value for name, value in values.items()
        if name not in fields or not same_answer(as_stored(fields[name], value), seen.get(name))
    }


def same_answer(one: Value, other: Value) -> bool:
    """True if two values say the same: elements in any order, an empty one as nothing."""
    return _one_form(one) == _one_form(other)


def onto(kind: str, values: Mapping[str, Value], seen: Mapping[str, Value], now: Mapping[str, Value]) -> dict[str, Value]:
    """Of what a form says what its author changed, as it is to stand `now`: a set keeps what came since, and loses what they took out."""
    made = changed(kind, values, seen)
    for name, value in made.items():
        if name in FIELDS[kind] and FIELDS[kind][name].kind is Kind.SET and not isinstance(value, Silence):
            wanted, had, stands = (set(one) if isinstance(one, (list, tuple)) else set() for one in (value, seen.get(name), now.get(name)))
            made[name] = tuple(sorted((stands | (wanted - had)) - (had - wanted)))
    return made


def _one_form(value: Value) -> Value:
    """A value in a form in which two that say the same are equal: elements in order, nothing as None."""
    if isinstance(value, (list, tuple)):
        value = tuple(sorted(value))
    return None if value in ("", ()) else value


def write_known(
    save: Save, record: RecordId, kind: str, values: Mapping[str, Value], seen: Mapping[str, Value], now: Mapping[str, Value]
) -> None:
    """Set fields whose author saw `seen` when they began, while `now` is shown: what they left as it was is not written, and an answer
    that came since is not replaced, but stands beside theirs. Of a set only what they put in or took out changes."""
    for name, value in changed(kind, values, seen).items():
        field, before = FIELDS[kind][name], _one_form(seen.get(name))
        stored = as_stored(field, value)
        if field.kind is Kind.SET:
            _choose_known(save, record, name, stored, before)
        elif before == now.get(name):
            save.set(record, {name: stored})
        else:
            save.set_known(record, name, before, stored)


def _choose_known(save: Save, record: RecordId, name: str, stored: Value, before: Value) -> None:
    wanted, had = (set(one) if isinstance(one, tuple) else set() for one in (stored, before))
    save.add(record, name, *sorted(wanted - had))
    save.remove(record, name, *sorted(had - wanted))
    silence, silent = (one if isinstance(one, Silence) else None for one in (stored, before))
    if silence != silent:
        save.set_known(record, name, silent, silence)


def fresh_code(session: Session) -> str:
    """A case code that nothing here has yet and that stands on no sheet of a pad, of this site or of another one we have news of."""
    while True:
        code = codes.new()
        if not taken(session, code) and not reserved(session, code):
            return code


def taken(session: Session, code: str) -> bool:
    """True if a person, household, contact or filled form that we know of has this number."""
    return somebodys(session, code) or any(
        session.journal(folder).database.execute("SELECT 1 FROM submission_list WHERE person_code = ?", (code,)).fetchone() is not None
        for folder in Folder if session.can_open(folder)
    )


def somebodys(session: Session, code: str) -> bool:
    """True if a person, household or contact that we know of has this number."""
    return any(
        session.journal(folder).database.execute(statement, (code,)).fetchone() is not None
        for folder, statements in _HAS_CODE.items() if session.can_open(folder) for statement in statements
    )


def reserved(session: Session, code: str) -> bool:
    """True if this number stands on a sheet of a pad that we know of."""
    found = session.journal(Folder.RECEPTION).database.execute("SELECT 1 FROM pad_code WHERE code = ?", (code,)).fetchone()
    return found is not None
