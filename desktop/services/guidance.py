"""Guidance sheets: short texts that help people on their way, each with its date and source, and who was given which.

A new version is a new record that names the one it replaces, so what somebody was given can always be read again word by word. Two sites that
write a new version of the same sheet without knowing of each other have two newest ones, and both stay in the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value, answered
from desktop.services.contact_list import contacts
from desktop.services.papers import GUIDANCE, Paper, drawn
from desktop.services.reading import linked, local
from desktop.services.session import Session
from desktop.services.writing import check_writable, must_be, write_new

WAYS = ("read_out", "printed", "sent")
_GIVEN = "guidance"
_SPARE = ("series", "replaces")  # written by `new_version` alone


@dataclass(frozen=True)
class Sheet:
    """One version of a guidance sheet. Days are ISO text, "" where nobody said."""

    id: RecordId
    title: str
    dated: str
    area: str
    source: str
    stale_after: str
    stale: bool  # its day is over
    replaced: bool  # there is a newer version
    version: int  # 1 for the first


@dataclass(frozen=True)
class Given:
    """A contact was given a sheet. `stale`: its day is over by now; `replaced`: there is a newer version."""

    sheet: RecordId
    title: str
    dated: str
    contact: RecordId
    contact_code: str
    call_name: str
    at: str
    author: str
    way: str  # one of WAYS
    stale: bool
    replaced: bool


@dataclass(frozen=True)
class SheetPage:
    """A sheet with its text, its other versions (newest first), and who has which of them (newest first)."""

    sheet: Sheet
    text: str
    author: str
    at: str
    versions: tuple[Sheet, ...]
    given: tuple[Given, ...]


def sheets(session: Session, *, old: bool = False) -> list[Sheet]:
    """The library by title: the newest version of each sheet; with `old` every version. UserError folder.locked."""
    found = _all(session).values()
    return sorted((one for one in found if old or not one.replaced), key=lambda one: (one.stale, one.title.casefold(), -one.version, one.id))


def page(session: Session, *, sheet: RecordId) -> SheetPage:
    """UserError: folder.locked, record.missing."""
    journal, known = session.journal(Folder.CONTACTS), _all(session)
    if sheet not in known:
        raise UserError("record.missing")
    first, line = _first(session, sheet), journal.history(sheet)[-1]
    versions = sorted((one for one in known.values() if _first(session, one.id) == first), key=lambda one: (-one.version, one.id))
    ours = {one.id for one in versions}
    given = [one for row in contacts(session, stage="all") for one in given_to(session, contact=row.id) if one.sheet in ours]
    return SheetPage(
        known[sheet], str(journal.values(sheet).get("text") or ""), session.writer(line.author, line.site), local(session, line.at),
        tuple(versions), tuple(sorted(given, key=lambda one: one.at, reverse=True)),
    )


def add(session: Session, *, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    """A new sheet: title, dated, area, source, stale_after, text. UserError: folder.locked, role.not_allowed, values.wrong,
    guidance.incomplete (text, source and the day it is stale after must be there)."""
    return _write(session, {name: value for name, value in values.items() if name not in _SPARE})


def new_version(session: Session, *, sheet: RecordId, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    """A new version of a sheet: what stands in `values` instead of what stood before. Its date and until when it holds are said anew.
    UserError as for `add`, and record.missing."""
    must_be(session, Folder.CONTACTS, sheet, "sheet")
    before = session.journal(Folder.CONTACTS).values(sheet)
    kept: dict[str, Value] = {name: before[name] for name in ("title", "area", "source", "text") if name in before}
    return _write(session, {**kept, **values, "series": _first(session, sheet).text(), "replaces": sheet.text()})


def _write(session: Session, values: Mapping[str, Value]) -> tuple[RecordId, Changes]:
    session.journal(Folder.CONTACTS)
    check_writable(session, "sheet", values, new=True)
    if not all(answered(values.get(name)) for name in ("text", "source", "stale_after")):
        raise UserError("guidance.incomplete")
    with session.act("guidance") as act, session.save(act, Folder.CONTACTS) as save:
        record = write_new(save, "sheet", {"dated": session.today(), **values})
    return record, act.changes


def take_off(session: Session, *, sheet: RecordId) -> Changes:
    """Take one version off the library; who was given it stays known, and the version before is the newest again.
    UserError: folder.locked, role.not_allowed, record.missing."""
    must_be(session, Folder.CONTACTS, sheet, "sheet")
    with session.act("guidance") as act, session.save(act, Folder.CONTACTS) as save:
        save.delete(sheet)
    return act.changes


def give(session: Session, *, contact: RecordId, sheet: RecordId, way: str, stale_too: bool = False) -> Changes:
    """Write down that a contact was given a sheet. `way`: one of `WAYS`. UserError: folder.locked, role.not_allowed, record.missing,
    guidance.stale (its day is over, or there is a newer version; `stale_too` accepts that), values.wrong for another way."""
    must_be(session, Folder.CONTACTS, contact, "contact")
    session.require(writes=True)
    found = _all(session).get(sheet)
    if found is None:
        raise UserError("record.missing")
    if way not in WAYS:
        raise UserError("values.wrong", count=1)
    if (found.stale or found.replaced) and not stale_too:
        raise UserError("guidance.stale")
    with session.act("guidance") as act, session.save(act, Folder.CONTACTS) as save:
        save.event(contact, _GIVEN, {"sheet": sheet.text(), "way": way})
    return act.changes


def given_to(session: Session, *, contact: RecordId) -> tuple[Given, ...]:
    """What a contact was given, newest first. UserError: folder.locked, record.missing."""
    journal = session.journal(Folder.CONTACTS)
    events = [event for event in journal.events(contact, _GIVEN) if event.reversed_by is None]
    if not events:
        return ()
    known, values = _all(session), journal.values(contact)
    found = []
    for event in reversed(events):
        sheet = linked(journal, event.values.get("sheet"), "sheet")
        if sheet is None:  # it has not come yet
            continue
        now, told = known.get(sheet), journal.values(sheet)
        stale_after = str(told.get("stale_after") or "")
        found.append(Given(
            sheet, str(told.get("title") or ""), str(told.get("dated") or ""), contact, str(values.get("code") or ""),
            str(values.get("call_name") or ""), local(session, event.at), session.writer(event.author, event.site),
            str(event.values.get("way") or ""), _over(session, stale_after), now is None or now.replaced,
        ))
    return tuple(found)


def behind(session: Session) -> frozenset[RecordId]:
    """Open contacts who have an older version of a sheet whose newest one is right today, and were not given that. UserError folder.locked."""
    return session.remembered(Folder.CONTACTS, f"behind {session.today()}", lambda: frozenset(_behind(session)))


def _behind(session: Session) -> Iterator[RecordId]:
    newest: dict[RecordId, set[RecordId]] = {}
    for one in sheets(session):
        if not one.stale and one.version > 1:
            newest.setdefault(_first(session, one.id), set()).add(one.id)
    for row in contacts(session) if newest else ():
        had: dict[RecordId, set[RecordId]] = {}
        for given in given_to(session, contact=row.id):
            had.setdefault(_first(session, given.sheet), set()).add(given.sheet)
        if any(first in newest and not newest[first] & given for first, given in had.items()):
            yield row.id


def paper(session: Session, *, contact: RecordId, sheet: RecordId, paper_size: str = "A4") -> Paper:
    """The sheet on paper, with the contact's number and nothing else about anybody: kept paper, to be read out or copied by hand. It counts as
    given when `give` says so. UserError: folder.locked, record.missing."""
    from desktop.paper.documents import guidance_sheet

    must_be(session, Folder.CONTACTS, contact, "contact")
    shown = page(session, sheet=sheet)
    printed = [one for one in given_to(session, contact=contact) if one.sheet == sheet and one.way == "printed"]
    code = str(session.journal(Folder.CONTACTS).values(contact).get("code") or "")
    if codes.parse(code) is None:
        raise UserError("record.missing")
    model = guidance_sheet.GuidanceSheet(
        code, shown.sheet.title, shown.text, shown.sheet.dated, shown.sheet.area, shown.sheet.stale_after,
        shown.sheet.version, session.today(), len(printed) + 1,
    )
    return drawn(GUIDANCE, guidance_sheet.draw, model, paper_size, len(printed) + 1)


def _over(session: Session, stale_after: str) -> bool:
    return bool(stale_after) and stale_after < session.today()[: len(stale_after)]


def _all(session: Session) -> dict[RecordId, Sheet]:
    """Every version that was not taken off."""
    journal = session.journal(Folder.CONTACTS)
    drawn = journal.database.execute("SELECT key, title, dated, area, source, stale_after, replaces FROM sheet_list").fetchall()
    before = {journal.record(int(one[0])): linked(journal, one[6], "sheet") for one in drawn}
    replaced = set(before.values())
    found = {}
    for key, title, dated, area, source, stale_after, _ in drawn:
        record = journal.record(int(key))
        over = _over(session, str(stale_after))
        found[record] = Sheet(record, title, dated, area, source, stale_after, over, record in replaced, _version(record, before))
    return found


def _version(sheet: RecordId, before: Mapping[RecordId, RecordId | None]) -> int:
    """How many versions it comes after, and one. Another site may have written a circle: each is counted once."""
    seen: list[RecordId] = []
    now: RecordId | None = sheet
    while now is not None and now not in seen:
        seen.append(now)
        now = before.get(now)
    return len(seen)


def _first(session: Session, sheet: RecordId) -> RecordId:
    """The first version of a sheet, which all its versions name."""
    journal = session.journal(Folder.CONTACTS)
    return linked(journal, journal.values(sheet).get("series"), "sheet") or sheet
