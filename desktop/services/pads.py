"""Pads of blank forms with numbers printed on them: reserved, printed, and counted back (docs/decisions/0011).

A number is reserved in the history before any sheet is drawn, so it is never given to anybody in the window, and it travels to other sites
with the next stick. Reserving is no act that Ctrl+Z takes back: the paper is out there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.journal.journal import Journal
from desktop.journal.save import Saved
from desktop.services import form_library, form_shelf, papers
from desktop.services.form_layouts import Layout, mark_of
from desktop.services.papers import Document, Gathering, Paper
from desktop.services.progress import Progress, silent
from desktop.services.projections.pads import MOST, PAD, RETURNED, SPOILED, numbers_in
from desktop.services.reading import local
from desktop.services.session import Session
from desktop.services.writing import fresh_code

__all__ = [
    "DOUBLED", "MOST", "OUT", "RETURNED", "SPOILED", "STATES", "USED", "Pad", "SheetRow", "count_back", "note_printed", "pads", "pads_of", "paper", "printed",
    "printed_before", "printed_on", "reserve", "save", "sheets", "site_of",
]

USED, OUT, DOUBLED = "used", "out", "doubled"
STATES = (OUT, USED, RETURNED, SPOILED, DOUBLED)
"""`DOUBLED`: two sites that had no news of each other gave the same number, and the sheet of this pad was not entered before that was known."""

_EVENT = "printed"
DOCUMENT = Document(
    "pad", "kept", "pad", "F1",
    ("Every question with a place to write", "A number of its own on each sheet, with its code to scan", "A strip to tear off with the same number"),
    ("Answers", "Names of people"), False,
)


@dataclass(frozen=True)
class Pad:
    """A pad. `site` is "" for ours; `at` the local moment it was reserved, `author` who did. `sheets` of them are `out`, `used`, `returned`,
    `spoiled` or `doubled` (see `STATES`). `copies`: how often it was printed."""

    id: RecordId
    form: str
    title: str
    version: str
    site: str
    at: str
    author: str
    sheets: int
    out: int
    used: int
    returned: int
    spoiled: int
    doubled: int
    copies: int


@dataclass(frozen=True)
class SheetRow:
    """One sheet of a pad: its number, one of `STATES`, and how often it was printed."""

    code: str
    state: str
    copies: int = 0


# -- reserving


def reserve(
    session: Session, *, form: RecordId, sheets: int, languages: Sequence[str] = (), rows: int = 0, guidance: bool = False,
    paper_size: str = "A4",
) -> tuple[RecordId, Changes]:
    """Reserve so many numbers for sheets of this form, which is kept as it is now. `languages`, `rows` and `guidance` as of
    `form_papers.blank`. UserError: role.not_allowed, pads.how_many (most), record.missing, form.elsewhere, form.unreadable."""
    session.require(writes=True)
    if not 1 <= sheets <= MOST:
        raise UserError("pads.how_many", most=MOST)
    stored = form_library.stored_form(session, form=form)
    definition = form_library.definition(session, form=form)
    if stored.shipped:
        form_shelf.keep_shipped(session, stored.form_id)  # what is on paper must open when the program is a newer one
    layout = Layout.of(definition, size=paper_size, rows=rows, guidance=guidance, languages=languages)
    journal = session.journal(Folder.RECEPTION)
    with journal.database.transaction():
        drawn: dict[str, None] = {}
        while len(drawn) < sheets:
            drawn[fresh_code(session)] = None
        with journal.save("pad") as save:
            record = save.create(PAD, {
                "form": stored.form_id, "version": stored.version, "digest": stored.digest, "title": stored.title,
                "layout": layout.text(definition), "codes": " ".join(drawn),
            })
    session.vault.audit("pad_reserved", sheets=sheets)
    return record, Changes(frozenset({PAD}), frozenset({record}))


# -- printing


def paper(session: Session, *, pad: RecordId, first: int = 1, last: int = MOST, most: int = MOST, progress: Progress = silent) -> Paper:
    """Every sheet of a pad that may still be used, from the `first` to the `last` as they lie on each other (from 1), or the first so many of them.
    A sheet that was printed before says which copy it is. UserError: record.missing, pads.not_ours, form.elsewhere, form.unreadable,
    pads.nothing_left."""
    from desktop.paper.documents import blank_form
    from desktop.services.form_on_paper_blank import blank_form as on_paper

    values = session.journal(Folder.RECEPTION).values(_of_ours(session, pad))
    digest = str(values.get("digest") or "")
    definition = form_shelf.definition_of_digest(session, digest=digest)
    layout = Layout.read(str(values.get("layout") or ""), definition)
    wanted = _may_go_out(session, pad, first, last)[:most]
    if layout is None or not wanted:
        raise UserError("pads.nothing_left")
    model = replace(on_paper(definition, languages=layout.languages, rows=layout.rows, guidance=layout.guidance), printed_on=session.today())
    made = Gathering(DOCUMENT, layout.size)
    for at, row in enumerate(wanted):
        progress(at, len(wanted))
        sheet = model.numbered(row.code, mark_of(digest), layout.text(definition))
        made.add(blank_form.draw, replace(sheet, copy=row.copies + 1))
    return made.paper(max(row.copies for row in wanted) + 1)


def _may_go_out(session: Session, pad: RecordId, first: int, last: int) -> list[SheetRow]:
    return [row for row in sheets(session, pad=pad)[max(first, 1) - 1:max(last, 0)] if row.state in (OUT, RETURNED)]


def printed(session: Session, *, pad: RecordId) -> int:
    """How often sheets of a pad were printed or saved. UserError record.missing."""
    return len(_prints(session, pad))


def printed_before(session: Session, *, pad: RecordId, first: int = 1, last: int = MOST) -> int:
    """How many of these sheets would be printed once more: the earlier ones have to be destroyed. UserError record.missing."""
    return sum(1 for row in _may_go_out(session, pad, first, last) if row.copies)


def _prints(session: Session, pad: RecordId) -> list[tuple[int, int]]:
    """The first and the last sheet (from 1) of each print; those before ranges were known are of the whole pad."""
    events = session.journal(Folder.RECEPTION).events(pad, _EVENT)
    bodies = [event.values for event in events if event.reversed_by is None]
    return [(_whole(body.get("from"), 1), _whole(body.get("to"), MOST)) for body in bodies]


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def note_printed(session: Session, *, pad: RecordId, pages: int, first: int = 1, last: int = MOST, saved: bool = False) -> Changes:
    """Count a print of these sheets, before the first of them goes out: where the power fails meanwhile nobody may think that none is out there.
    Sheets among them that came back are out again. UserError: role.not_allowed, record.missing, pads.not_ours."""
    counted = _note(session, pad, first, last, saved)
    session.vault.audit("pad_printed", pages=pages, saved=int(saved))
    return Changes(counted.kinds | {PAD}, counted.records)


def _note(session: Session, pad: RecordId, first: int, last: int, saved: bool) -> Saved:
    session.require(writes=True)
    again = [row.code for row in _may_go_out(session, _of_ours(session, pad), first, last) if row.state == RETURNED]
    with session.journal(Folder.RECEPTION).save(_EVENT) as save:
        save.event(pad, _EVENT, {"document": DOCUMENT.code, "saved": saved, "from": first, "to": last})
        if again:
            save.set(pad, dict.fromkeys(again))
    return save.saved


def save(session: Session, *, pad: RecordId, paper: Paper, path: Path, first: int = 1, last: int = MOST) -> Changes:
    """Count these sheets and write them as a file; where it cannot be written they are not counted. UserError as of `note_printed`; KnownFault of
    the disk as of `papers.save_as`."""
    counted = _note(session, pad, first, last, True)
    try:
        papers.save_as(session, paper=paper, path=path)
    except UserError:
        session.journal(Folder.RECEPTION).undo(counted)
        raise
    session.vault.audit("pad_printed", pages=paper.pages, saved=1)
    return Changes(counted.kinds | {PAD}, counted.records)


# -- counting back


def count_back(session: Session, *, sheets: Iterable[str], state: str) -> Changes:
    """Say of these sheets that they were counted back unused (`RETURNED`), must not be used (`SPOILED`), or are still out after all (`OUT`).
    Those that were used stay used. Ctrl+Z takes it back. UserError: role.not_allowed, pads.not_ours (a number of no pad of this site),
    pads.used (of the one sheet that was named)."""
    session.require(writes=True)
    wanted = list(dict.fromkeys(sheets))
    found: dict[RecordId, list[str]] = {}
    used = _used(session, wanted, "")
    if used and len(wanted) == 1:
        raise UserError("pads.used")
    for code in wanted:
        pad = next((one for one in pads_of(session, code) if not site_of(session, one)), None)
        if pad is None:
            raise UserError("pads.not_ours")
        if code not in used:
            found.setdefault(pad, []).append(code)
    mark = state if state in (RETURNED, SPOILED) else None
    with session.act("pad") as act, session.save(act, Folder.RECEPTION) as save:
        for pad, its in found.items():
            save.set(pad, dict.fromkeys(its, mark))
    return act.changes


# -- looking


def pads(session: Session) -> list[Pad]:
    """Every pad, the newest first; those of other sites as far as news of them came."""
    journal = session.journal(Folder.RECEPTION)
    found = [_pad(session, journal.record(key)) for (key,) in journal.database.execute("SELECT key FROM pad_list ORDER BY key").fetchall()]
    return sorted(found, key=lambda one: one.at, reverse=True)


def sheets(session: Session, *, pad: RecordId) -> list[SheetRow]:
    """The sheets of a pad as they lie on each other. UserError record.missing."""
    journal = session.journal(Folder.RECEPTION)
    wanted = numbers_in(journal.values(_pad_record(session, pad)))
    rows = journal.database.execute(
        "SELECT code, max(CASE key WHEN ? THEN mark ELSE '' END), count(*) FROM pad_code WHERE code IN (SELECT value FROM json_each(?)) GROUP BY code",
        (journal.key(pad), json.dumps(wanted)),
    ).fetchall()
    marks = {code: mark for code, mark, _ in rows}
    site = site_of(session, pad)
    used, doubled = _used(session, wanted, site), {code for code, _, many in rows if many > 1} | _anothers(session, wanted, site)
    prints = _prints(session, pad)
    return [
        SheetRow(code, _state(code in used, code in doubled, marks.get(code, "")), sum(1 for first, last in prints if first <= at <= last))
        for at, code in enumerate(wanted, 1)
    ]


def pads_of(session: Session, code: str) -> list[RecordId]:
    """The pads that have this number: none, one, or two where two sites drew the same."""
    journal = session.journal(Folder.RECEPTION)
    return [journal.record(key) for (key,) in journal.database.execute("SELECT key FROM pad_code WHERE code = ? ORDER BY key", (code,)).fetchall()]


def printed_on(session: Session, code: str) -> tuple[str, str]:
    """Digest of the exact form and layout of the sheet with this number; both "" if it stands on no pad."""
    for pad in pads_of(session, code):
        values = session.journal(Folder.RECEPTION).values(pad)
        digest, layout = (str(values.get(name) or "") for name in ("digest", "layout"))
        if digest:
            return digest, layout
    return "", ""


def _state(used: bool, doubled: bool, mark: str) -> str:
    if used or mark == SPOILED:
        return USED if used else SPOILED
    return DOUBLED if doubled else mark or OUT


def _used(session: Session, wanted: Sequence[str], site: str) -> set[str]:
    """Those numbers that somebody, or a filled form, of this site has by now: a sheet is entered where it was printed."""
    found: set[str] = set()
    for folder in Folder:
        if session.can_open(folder):
            journal = session.journal(folder)
            for statement in _SOMEBODY if folder is Folder.RECEPTION else ():
                found.update(code for code, record in _rows(journal, statement, wanted) if session.site_of(journal, Stamp.parse(record)) == site)
            found.update(code for code, record in _rows(journal, _FILLED, wanted) if session.site_of(journal, Stamp.parse(record)) == site)
    return found


def _anothers(session: Session, wanted: Sequence[str], site: str) -> set[str]:
    """Those numbers that somebody of another site than this one has, or that were given to a household or a contact: no pad gives to those."""
    found: set[str] = set()
    for folder, statements in {Folder.RECEPTION: (*_SOMEBODY, _HOUSEHOLD), Folder.CONTACTS: (_CONTACT,)}.items():
        if session.can_open(folder):
            journal = session.journal(folder)
            for statement in statements:
                found.update(
                    code for code, record in _rows(journal, statement, wanted)
                    if statement not in _SOMEBODY or session.site_of(journal, Stamp.parse(record)) != site
                )
    return found


def _rows(journal: Journal, statement: str, wanted: Sequence[str]) -> list[tuple[str, str]]:
    return journal.database.execute(statement, (json.dumps(wanted),)).fetchall()


_HOUSEHOLD = "SELECT code, record FROM household_list WHERE code IN (SELECT value FROM json_each(?))"
_CONTACT = "SELECT code, record FROM contact_list WHERE code IN (SELECT value FROM json_each(?))"
_FILLED = "SELECT person_code, record FROM submission_list WHERE person_code IN (SELECT value FROM json_each(?))"
_SOMEBODY = (
    "SELECT code, record FROM person_list WHERE code IN (SELECT value FROM json_each(?))",
    "SELECT code, record FROM merged_list WHERE code IN (SELECT value FROM json_each(?)) AND kind = 'person'",
)


def _pad(session: Session, record: RecordId) -> Pad:
    journal = session.journal(Folder.RECEPTION)
    values, first = journal.values(record), journal.history(record)[-1]
    states = [row.state for row in sheets(session, pad=record)]
    form, title, version = (str(values.get(name) or "") for name in ("form", "title", "version"))
    return Pad(
        record, form, title or form, version, site_of(session, record), local(session, first.at), session.writer(first.author, first.site), len(states),
        states.count(OUT), states.count(USED), states.count(RETURNED), states.count(SPOILED), states.count(DOUBLED), printed(session, pad=record),
    )


def site_of(session: Session, pad: RecordId) -> str:
    """The nickname of the site that made a pad; "" for ours."""
    return session.site_of(session.journal(Folder.RECEPTION), pad)


def _pad_record(session: Session, pad: RecordId) -> RecordId:
    if session.journal(Folder.RECEPTION).kind(pad) != PAD:
        raise UserError("record.missing")
    return pad


def _of_ours(session: Session, pad: RecordId) -> RecordId:
    """Sheets of another site are printed and counted there. UserError: record.missing, pads.not_ours."""
    if site_of(session, _pad_record(session, pad)):
        raise UserError("pads.not_ours")
    return pad

