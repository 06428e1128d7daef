"""Records about a person that lie in a folder somebody chose: notes, next steps, photos. They are tied to the person by the case code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.exchange.trust import Trust
from desktop.services import rules
from desktop.services.lines import ChangeLine, Shown
from desktop.services.reading import change_lines, shown_fields
from desktop.services.session import Session
from desktop.services.standing import codes_of, standing
from desktop.services.writing import as_stored, record_kind, write_known, write_new, write_values

KINDS = ("note", "step", "photo")


@dataclass(frozen=True)
class Ref:
    """One of these records, and the folder it lies in."""

    folder: Folder
    record: RecordId


@dataclass(frozen=True)
class Readers:
    """Who can read a folder: volunteers of this laptop by name, and the sites it is shared with."""

    people: tuple[str, ...]
    sites: tuple[str, ...]


def readers(session: Session, folder: Folder) -> Readers:
    """Who may read what is written there, to be shown before it is."""
    members = session.vault.folder_keys.members(folder)
    people = tuple(one.name for one in session.vault.volunteers.all() if one.id in members)
    return Readers(people, tuple(site.nickname for site in Trust(session.vault.home).sites() if folder in site.folders))


def folders(session: Session) -> tuple[Folder, ...]:
    """The folders this volunteer can write such records in."""
    return tuple(folder for folder in Folder if session.can_open(folder)) if session.role.writes else ()


def code_of(session: Session, person: RecordId) -> str:
    """The case code of a person who is on the lists. UserError record.missing."""
    person = standing(session, person)
    record_kind(session, Folder.RECEPTION, person)
    code = str(session.journal(Folder.RECEPTION).values(person).get("code") or "")
    if not code:
        raise UserError("record.missing")
    return code


def person_of(session: Session, code: str) -> RecordId | None:
    """Whoever has this case code now; None if nobody on the lists has."""
    rows = session.journal(Folder.RECEPTION).database.execute(
        "SELECT record FROM person_list WHERE code = ?1 UNION SELECT record FROM merged_list WHERE code = ?1 AND kind = 'person'", (code,)
    ).fetchall()
    journal = session.journal(Folder.RECEPTION)
    for (text,) in rows:
        found = standing(session, Stamp.parse(text))
        if journal.key(found) is not None and not journal.deleted(found):
            return found
    return None


def known_codes(session: Session, codes: list[str]) -> frozenset[str]:
    """Those of these case codes that somebody registered has, or had before two records were made one."""
    rows = session.journal(Folder.RECEPTION).database.execute(
        "SELECT code FROM person_list WHERE code IN (SELECT value FROM json_each(?1)) UNION "
        "SELECT code FROM merged_list WHERE kind = 'person' AND code IN (SELECT value FROM json_each(?1))", (json.dumps(codes),)
    ).fetchall()
    return frozenset(code for (code,) in rows if code)


_OF_PERSON = {kind: f"SELECT key FROM {kind}_list WHERE person_code IN (SELECT value FROM json_each(?)) ORDER BY key" for kind in KINDS}  # noqa: S608


def found(session: Session, kind: str, code: str) -> Iterator[tuple[Ref, dict[str, Shown]]]:
    """Every record of a kind about the person with this case code in the folders that this volunteer can open, with what it says."""
    codes = json.dumps(codes_of(session, code))
    for folder in Folder:
        if not session.can_open(folder):
            continue
        journal = session.journal(folder)
        for (key,) in journal.database.execute(_OF_PERSON[kind], (codes,)).fetchall():
            record = journal.record(key)
            yield Ref(folder, record), shown_fields(session, journal, record, kind)


def lines(session: Session, code: str) -> Iterator[tuple[str, Ref, ChangeLine]]:
    """The history of all of them: kind, record and line; those that were taken off the lists are told as well."""
    codes = set(codes_of(session, code))
    for folder in Folder:
        if not session.can_open(folder):
            continue
        journal = session.journal(folder)
        for kind in KINDS:
            gone = (record for record in journal.records(kind, deleted=True) if journal.values(record).get("person_code") in codes)
            known = (journal.record(key) for (key,) in journal.database.execute(_OF_PERSON[kind], (json.dumps(sorted(codes)),)).fetchall())
            for record in (*known, *gone):
                for line in change_lines(session, folder, record, kind):
                    yield kind, Ref(folder, record), line


def write(session: Session, act_code: str, *, person: RecordId, folder: Folder, kind: str, values: Mapping[str, Value]) -> tuple[Ref, Changes]:
    """A new record. UserError: folder.locked, role.not_allowed, record.missing, values.wrong."""
    session.journal(folder)
    known = {**values, "person_code": code_of(session, person)}
    check(session, kind, known)
    with session.act(act_code) as act, session.save(act, folder) as save:
        record = write_new(save, kind, {name: value for name, value in known.items() if value is not None})
    return Ref(folder, record), act.changes


def change(
    session: Session, act_code: str, *, ref: Ref, kind: str, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None
) -> Changes:
    """Set fields of one. `seen`: what its author saw when they began; what came since is kept beside their answer, and what they left as they saw
    it is not written. Without it they saw what stands. UserError: folder.locked, role.not_allowed, record.missing, values.wrong."""
    require(session, ref, kind)
    check(session, kind, values)
    with session.act(act_code) as act, session.save(act, ref.folder) as save:
        if seen is None:
            write_values(save, ref.record, kind, values)
        else:
            now = {name: shown.value for name, shown in shown_fields(session, session.journal(ref.folder), ref.record, kind).items()}
            write_known(save, ref.record, kind, values, seen, now)
    return act.changes


def remove(session: Session, act_code: str, *, ref: Ref, kind: str) -> Changes:
    """Take one off the lists; its history stays. UserError: folder.locked, role.not_allowed, record.missing."""
    require(session, ref, kind)
    with session.act(act_code) as act, session.save(act, ref.folder) as save:
        save.delete(ref.record)
    return act.changes


def require(session: Session, ref: Ref, kind: str) -> None:
    """UserError: folder.locked, record.missing unless it is of this kind and on the lists."""
    if record_kind(session, ref.folder, ref.record) != kind:
        raise UserError("record.missing")


def check(session: Session, kind: str, values: Mapping[str, Value]) -> None:
    """UserError: role.not_allowed, values.wrong."""
    session.require(writes=True)
    wrong = rules.severe(rules.problems(kind, values, today=session.now().date()))
    if wrong:
        raise UserError("values.wrong", count=len(wrong))


def text_of(kind: str, name: str, text: str) -> str:
    """Typed text in the form in which it is kept; "" for nothing."""
    return str(as_stored(FIELDS[kind][name], text) or "")
