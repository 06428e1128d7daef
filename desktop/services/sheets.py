"""A sheet that was filled in with the pen, by its number: what the number leads to, and beginning to enter it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.forms import shipped
from desktop.services import any_form, form_library, form_shelf, intake, pads
from desktop.services.drafting import keep_draft
from desktop.services.form_drafts import drafts_of
from desktop.services.projections.pads import RETURNED, SPOILED
from desktop.services.scan_codes import number_in
from desktop.services.session import Session
from desktop.services.standing import registered_here, standing
from desktop.services.submissions import filled_id

PERSON, FILLED, FRESH, ELSEWHERE, MISTYPED, UNKNOWN, NONE = "person", "filled", "fresh", "elsewhere", "mistyped", "unknown", "none"
"""What a number leads to: somebody registered, a filled form about nobody, a sheet to enter, a sheet of another site, no number but nearly one,
a number that nothing here has, no number at all. Besides, of `pads`: `RETURNED` (may still be entered), `SPOILED` and `DOUBLED` (then `person` is
somebody of another site who has the number too, if they are registered)."""
ENTERS = (FRESH, RETURNED)


@dataclass(frozen=True)
class Sheet:
    """What a number leads to. `title` and `form` are those of the form on the sheet, `site` whose sheet it is where that is not us, `person`
    and `submission` what the number belongs to. `nearly`: numbers known here that differ in one character. `begun`: it was entered in part."""

    state: str
    code: str = ""
    form: str = ""
    title: str = ""
    site: str = ""
    person: RecordId | None = None
    submission: RecordId | None = None
    nearly: tuple[str, ...] = ()
    begun: bool = False


@dataclass(frozen=True)
class Entry:
    """Where the entry of a sheet goes on: the kept `draft`, on the arrival card (`card`) or as a form of its own."""

    draft: str
    card: bool


def may_be_number(text: str) -> bool:
    """True for a number, and for what is one but for a wrong character."""
    return number_in(text) is not None or bool(codes.meant(text))


def look_up(session: Session, *, text: str) -> Sheet:
    """What somebody typed or scanned. Reads nothing but Reception and, of filled forms, what this volunteer can open."""
    code = number_in(text)
    if code is None:
        nearly = tuple(one for one in codes.meant(text) if pads.pads_of(session, one) or _person(session, one) is not None)
        return Sheet(MISTYPED if nearly or codes.meant(text) else NONE, nearly=nearly)
    person = _person(session, code)
    found = pads.pads_of(session, code)
    pad = next((one for one in found if not pads.site_of(session, one)), found[0] if found else None)
    values = session.journal(Folder.RECEPTION).values(pad) if pad is not None else {}
    form, title = str(values.get("form") or ""), str(values.get("title") or "")
    sheet = Sheet(UNKNOWN, code, form, title, pads.site_of(session, pad) if pad is not None else "", person)
    state = next((row.state for row in pads.sheets(session, pad=pad) if row.code == code), "") if pad is not None else ""
    if person is not None:
        # Nobody can tell whose strip this is: of the one who got the sheet, or of somebody whom another site gave the same number.
        return replace(sheet, state=pads.DOUBLED if state == pads.DOUBLED and not registered_here(session, person) else PERSON)
    filled = _filled(session, code) if state != pads.DOUBLED else None
    if filled is not None:
        return replace(sheet, state=FILLED, submission=filled)
    if pad is None:
        return sheet
    if sheet.site and state != pads.DOUBLED:
        return replace(sheet, state=ELSEWHERE)
    return replace(sheet, state=FRESH if state == pads.OUT else state, begun=begun_entry(session, code=code) is not None)


def enter(session: Session, *, code: str, language: str) -> tuple[Entry, Changes]:
    """Begin to enter the sheet with this number, or go on where somebody left it; the number is given to whoever it is about when it is saved.
    The long form of a person begins with the arrival card. UserError: role.not_allowed, pads.used, pads.spoiled, pads.elsewhere (site),
    pads.unknown, and those of `any_form.begin`."""
    session.require(writes=True)
    sheet = look_up(session, text=code)
    if sheet.state not in ENTERS:
        raise _refusal(sheet)
    begun = begun_entry(session, code=code)
    if begun is not None:
        return begun, Changes()
    if sheet.form in shipped.NAMES:
        opened = replace(intake.begin_arrival(session, language=language), code=code)
        keep_draft(session, opened)
        return Entry(opened.draft, True), Changes(frozenset({"draft"}))
    form = _form_of(session, code)
    opened = replace(any_form.begin(session, form=form, person=None, language=language), code=code)
    any_form.keep(session, opened)
    return Entry(opened.draft, False), Changes(frozenset({"draft"}))


def _refusal(sheet: Sheet) -> UserError:
    if sheet.state in (PERSON, FILLED):
        return UserError("pads.used")
    if sheet.state == ELSEWHERE:
        return UserError("pads.elsewhere", site=sheet.site)
    return UserError("pads.spoiled" if sheet.state in (SPOILED, pads.DOUBLED) else "pads.unknown")


def _form_of(session: Session, code: str) -> RecordId:
    """The exact form of a sheet. UserError form.elsewhere."""
    digest = digest_of(session, code)
    stored = form_library.find(session, digest=digest)
    if stored is None:
        raise UserError("form.elsewhere")
    return stored.id


def digest_of(session: Session, code: str) -> str:
    """The digest of the exact form on the sheet with this number; "" if it is of no pad."""
    for pad in pads.pads_of(session, code):
        digest = session.journal(Folder.RECEPTION).values(pad).get("digest")
        if isinstance(digest, str) and digest and form_shelf.title_of(session, digest):
            return digest
    return ""


def _person(session: Session, code: str) -> RecordId | None:
    """Who has this number, or stands for whoever had it; of two, the one who was registered here."""
    journal = session.journal(Folder.RECEPTION)
    rows = journal.database.execute(
        "SELECT record FROM person_list WHERE code = ? UNION ALL SELECT record FROM merged_list WHERE code = ? AND kind = 'person'", (code, code),
    ).fetchall()
    found = [standing(session, Stamp.parse(record)) for (record,) in rows]
    return next((one for one in found if registered_here(session, one)), found[0] if found else None)


def _filled(session: Session, code: str) -> RecordId | None:
    """A filled form that has this number."""
    for folder in Folder:
        if session.can_open(folder):
            journal = session.journal(folder)
            row = journal.database.execute("SELECT key FROM submission_list WHERE person_code = ? ORDER BY key LIMIT 1", (code,)).fetchone()
            if row is not None:
                return filled_id(folder, journal.record(row[0]))
    return None


def begun_entry(session: Session, *, code: str) -> Entry | None:
    """Where the entry of this sheet was left; None if nobody began it."""
    for draft in session.journal(Folder.RECEPTION).drafts.list(intake.ARRIVAL):
        if json.loads(draft.body).get("code") == code:
            return Entry(draft.id, True)
    for _, draft in drafts_of(session):
        if json.loads(draft.body).get("code") == code:
            return Entry(draft.id, False)
    return None
