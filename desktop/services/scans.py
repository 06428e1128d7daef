"""Pages that come back: files from a scanner are read, each page is found by its code, straightened, and filed to its case.

Reading needs no vault and happens beside it (`ready` gives what it needs); filing is one act, which Ctrl+Z takes back. A page is kept as a grey
picture of its own in the folder that its questions belong to. Nothing of it is ever on the disk unlocked.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path

from PIL import Image

from desktop.domain.changes import Changes
from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.paper.documents.blank_form import Plate, plates
from desktop.paper.scanning import apart, marks, pages
from desktop.services import files, form_library, form_shelf, pads, pictures, sheets
from desktop.services.filling import unseen_questions
from desktop.services.form_layouts import Layout, mark_of
from desktop.services.form_on_paper_blank import blank_form, numbers_of
from desktop.services.papers import DRAWING
from desktop.services.progress import Progress, silent
from desktop.services.projections.pads import SCAN
from desktop.services.reading import local
from desktop.services.scan_codes import SheetCode, number_in
from desktop.services.scan_codes import read as read_code
from desktop.services.session import Session
from desktop.services.standing import codes_of
from desktop.services.submissions import filled_id, place_of
from desktop.services.writing import somebodys

MOST_PAGES = pages.MOST_PAGES
_LONGEST, _QUALITY = 2340, 72  # pixels of a kept page: A4 at 200 dots for an inch
_MOST_PROTECTED = (Folder.HEALTH, Folder.CONTACTS, Folder.RECEPTION)


@dataclass(frozen=True)
class KnownForm:
    """An exact form that is here. `folder` is where its answers stand; of our own forms each question says it for itself, and this is None."""

    digest: str
    title: str
    definition: Definition
    folder: Folder | None


@dataclass(frozen=True)
class Known:
    """Every exact form that is here, by its mark: what reading pages needs."""

    forms: Mapping[str, KnownForm] = field(default_factory=dict)

    def plate(self, code: SheetCode) -> Plate | None:
        """What is where on the page with this code; None for one that is not known."""
        made = self._sheet(code)
        return made[code.page - 1] if 1 <= code.page <= len(made) else None

    def divided(self, code: SheetCode) -> frozenset[str]:
        """Numbers of the questions on this page that have boxes on another page of the sheet as well: one page does not tell the whole answer."""
        pages = [{box.asked for box in plate.ticks} for plate in self._sheet(code)]
        here = pages[code.page - 1] if 1 <= code.page <= len(pages) else set()
        return frozenset(asked for asked in here if sum(asked in one for one in pages) > 1)

    def _sheet(self, code: SheetCode) -> tuple[Plate, ...]:
        return _plates(self.forms[code.form].definition, code.layout) if code.form in self.forms else ()


@dataclass(frozen=True)
class Page:
    """A page as it was read: a grey JPEG, upright, and `flat` if it was straightened by its marks, so that every box is in its place. `code` is
    None where none could be read. `source`: name of the file and number of the page in it. `several`: codes of more than one page are on the picture;
    it is of no single case, whatever anybody says."""

    picture: bytes
    code: SheetCode | None
    flat: bool
    source: tuple[str, int]
    several: bool = False


@dataclass(frozen=True)
class Reading:
    """What came out of files: pages, and of files that could not be read their names and why."""

    pages: tuple[Page, ...]
    troubles: tuple[tuple[str, UserError], ...]


@dataclass(frozen=True)
class Scan:
    """A page that is kept. `id` names its folder too. `at` is the local moment it was filed. `read`: somebody looked at its boxes. `here`: its picture
    has come."""

    id: RecordId
    code: str
    title: str
    page: int
    at: str
    author: str
    read: bool
    flat: bool
    here: bool
    file: str
    folder: Folder


# -- reading


def ready(session: Session, *, marks: Collection[str] | None = None) -> Known:
    """What reading pages needs to know of the forms here, or of those with these marks alone."""
    found: dict[str, KnownForm] = {}
    for stored in form_library.versions_of_all(session):
        if stored.here and (marks is None or mark_of(stored.digest) in marks):
            try:
                definition = form_shelf.definition_of_digest(session, digest=stored.digest)
            except UserError:
                continue  # the page of forms says so
            folder = None if stored.form_id in shipped.NAMES else stored.folder
            found[mark_of(stored.digest)] = KnownForm(stored.digest, stored.title, definition, folder)
    return Known(found)


@lru_cache(maxsize=8)
def _plates(definition: Definition, layout: str) -> tuple[Plate, ...]:
    read = Layout.read(layout, definition)
    if read is None:
        return ()
    model = blank_form(definition, languages=read.languages, rows=read.rows, guidance=read.guidance)
    with DRAWING:
        return tuple(plates(model.numbered("00000000", "0" * 8, layout), read.size))


def read(paths: Sequence[Path], known: Known, progress: Progress = silent) -> Reading:
    """Every page of these files. What is wrong with one file does not keep the others. UserError scan.too_many (most) if they have more than
    `MOST_PAGES` pages together; `Cancelled`. Nothing is written anywhere."""
    with apart.Opener() as opener:
        contents, troubles = _opened(paths, opener, progress)
        whole = sum(many for _, _, many in contents)
        found: list[Page] = []
        done = 0
        for name, content, many in contents:
            for number in range(many):
                progress(done, whole)
                try:
                    picture = opener.page(content, number, partial(progress, done, whole))
                    found.append(_page(picture, known, (name, number + 1)))
                except UserError as error:
                    troubles.append((name, error))
                    if not opener.alive:
                        break  # a file that ended the other process once would do it for every page
                finally:
                    done += 1
    return Reading(tuple(found), tuple(troubles))


def _opened(
    paths: Iterable[Path], opener: apart.Opener, progress: Progress,
) -> tuple[list[tuple[str, bytes, int]], list[tuple[str, UserError]]]:
    contents: list[tuple[str, bytes, int]] = []
    troubles: list[tuple[str, UserError]] = []
    for path in paths:
        progress(0, 0)
        try:
            content = _content(path, sum(len(one) for _, one, _ in contents))
            many = opener.count(content, partial(progress, 0, 0))
        except UserError as error:
            troubles.append((path.name, error))
            continue
        contents.append((path.name, content, many))
        if sum(pages for _, _, pages in contents) > MOST_PAGES:  # thousands of files are not opened to say so
            raise UserError("scan.too_many", most=MOST_PAGES)
    return contents, troubles


def _content(path: Path, before: int) -> bytes:
    """The bytes of a file, if they have room beside those that were read before."""
    try:
        with path.open("rb") as stream:
            content = stream.read(pages.MOST_BYTES + 1)
    except OSError:
        raise UserError("file.unreadable") from None
    if before + len(content) > 2 * pages.MOST_BYTES:
        raise UserError("scan.too_large", most=pages.MOST_BYTES >> 20)
    return content


def _page(picture: Image.Image, known: Known, source: tuple[str, int]) -> Page:
    """The page on a grey picture. Its code may stand beside others, such as the one of its strip."""
    seen = marks.codes_in(picture)
    found = [(read_code(one.text), one) for one in seen]
    code, at = next(((said, one) for said, one in found if said is not None), (None, None))
    if len({said for said, _ in found if said is not None}) > 1 or len({number for one in seen if (number := number_in(one.text))}) > 1:
        return Page(_written(picture), None, False, source, several=True)
    if code is None or at is None:
        return Page(_written(picture), None, False, source)
    plate = known.plate(code)
    flat = marks.laid(picture, at, plate) if plate is not None else None
    if plate is None or flat is None:
        return Page(_written(marks.upright(picture, at)), code, False, source)
    return Page(_written(marks.straightened(picture, flat, plate)), code, True, source)


def _written(picture: Image.Image) -> bytes:
    if max(picture.size) > _LONGEST:
        picture = picture.copy()
        picture.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def turned(page: Page) -> Page:
    """A page without a code, a quarter to the right."""
    with Image.open(BytesIO(page.picture), formats=("JPEG",)) as picture:
        return replace(page, picture=_written(picture.transpose(Image.Transpose.ROTATE_270)), flat=False)


def told(session: Session, *, page: Page, code: str, number: int) -> Page:
    """The page with what a person said it is: the number that is printed on it, and which page (from 1). The form is that of the pad with this
    number, or none for the number of a person. UserError scan.no_number."""
    found = number_in(code)
    if found is None or not (somebodys(session, found) or pads.pads_of(session, found)):
        raise UserError("scan.no_number")
    form, layout = pads.printed_on(session, found)
    return replace(page, code=SheetCode(found, mark_of(form), number, layout), flat=False)


# -- filing


def file(session: Session, *, found: Sequence[Page], progress: Progress = silent) -> tuple[tuple[RecordId, ...], Changes]:
    """File these pages, each to the case and the page that its code names. Pages that were filed before with the same picture are left as they
    are. All or none: `Cancelled` leaves nothing. UserError: role.not_allowed, scan.several (more than one page is on the picture), scan.no_number
    (a page that names no case, or a case that is not here), scan.doubled (two sites gave its number), scan.other_folder (it asks what belongs to a folder that this volunteer cannot open), scan.unknown_form (nobody can tell what it asks, and
    it may be about health); KnownFault of the disk."""
    session.require(writes=True)
    known = ready(session, marks={one.code.form for one in found if one.code is not None})
    sorted_in: dict[Folder, list[tuple[Page, dict[str, Value]]]] = {}
    for one in found:
        folder, values = _place(session, one, known)
        sorted_in.setdefault(folder, []).append((one, values))
    filed: list[RecordId] = []
    done = 0
    with session.act("scan") as act, ExitStack() as whole:
        for folder in sorted_in:  # what is cancelled in one folder is not kept in another
            whole.enter_context(session.journal(folder).database.transaction())
        for folder, its in sorted_in.items():
            with session.save(act, folder) as save:
                for one, values in its:
                    progress(done, len(found))
                    done += 1
                    kept = files.write_in(session, save, folder, one.picture, pictures.JPEG)
                    if not _filed(session, folder, kept):
                        filed.append(filled_id(folder, save.create(SCAN, {**values, "file": kept, "flat": one.flat})))
    return tuple(filed), act.changes


def may_file(session: Session, *, found: Sequence[Page], known: Known) -> list[str]:
    """For each page the code of what keeps it from being filed, "" for nothing (see `file`)."""
    told = []
    for one in found:
        try:
            _place(session, one, known)
            told.append("")
        except UserError as error:
            told.append(error.code)
    return told


def _place(session: Session, one: Page, known: Known) -> tuple[Folder, dict[str, Value]]:
    """The folder and the registers of a page."""
    code = one.code
    if one.several:
        raise UserError("scan.several")
    if code is None or not code.code or not (somebodys(session, code.code) or pads.pads_of(session, code.code)):
        raise UserError("scan.no_number")
    if sheets.look_up(session, text=code.code).state == pads.DOUBLED:
        raise UserError("scan.doubled")
    form = known.forms.get(code.form)
    folder = _folder(form, known.plate(code)) if form is not None else _MOST_PROTECTED[0]
    if not session.can_open(folder):
        raise UserError("scan.other_folder" if form is not None else "scan.unknown_form")
    return folder, {
        "code": code.code, "form": code.form, "digest": form.digest if form else "", "title": form.title if form else "", "page": code.page,
        "layout": code.layout,
    }


def _folder(form: KnownForm, plate: Plate | None) -> Folder:
    """The most protected folder that a question on the page belongs to; of a page whose questions are not known that of any in the form."""
    if form.folder is not None:
        return form.folder
    asked, definition = set(plate.asked) if plate is not None else None, form.definition
    found = {
        Folder(definition.specs[path].folder) for path, number in numbers_of(definition).items() if asked is None or number in asked
    }
    return next((one for one in _MOST_PROTECTED if one in found), Folder.RECEPTION)


def _filed(session: Session, folder: Folder, kept: str) -> bool:
    found = session.journal(folder).database.execute("SELECT 1 FROM scan_list WHERE file = ?", (kept,)).fetchone()
    return found is not None


# -- what is filed


def of_case(session: Session, *, code: str) -> list[Scan]:
    """The pages of the case with this number, and of records that were found to be the same person, in the order of their pages; of folders that this
    volunteer can open."""
    found = _found(session, "code IN (SELECT value FROM json_each(?))", (json.dumps(codes_of(session, code) or [code]),))
    return sorted(found, key=lambda one: (one.code, one.page, one.at))


def lately(session: Session, *, also: RecordId | None = None) -> list[Scan]:
    """Pages to look at, at most 400, and 60 that were looked at; the last filed first, those of one case in the order of their pages. `also`: one that is
    there in any case."""
    found = [*_found(session, "read = ? ORDER BY key DESC LIMIT 400", (0,)), *_found(session, "read = ? ORDER BY key DESC LIMIT 60", (1,))]
    if also is not None and all(one.id != also for one in found):
        with suppress(UserError):  # taken off meanwhile
            found.append(scan(session, scan=also))
    found.sort(key=lambda one: (one.code, one.page))
    return sorted(found, key=lambda one: one.at[:16], reverse=True)


def _found(session: Session, which: str, values: tuple[object, ...]) -> list[Scan]:
    """`which` is a piece of SQL of this module, never data."""
    found = []
    for folder in Folder:
        if session.can_open(folder):
            journal = session.journal(folder)
            rows = journal.database.execute(f"SELECT key FROM scan_list WHERE {which}", values).fetchall()  # noqa: S608
            found += [_scan(session, folder, journal.record(key)) for (key,) in rows]
    return found


def scan(session: Session, *, scan: RecordId) -> Scan:
    """One filed page. UserError: record.missing, folder.locked."""
    return _one(session, scan)


def _one(session: Session, scan: RecordId) -> Scan:
    folder, record = place_of(scan)
    journal = session.journal(folder)
    if journal.kind(record) != SCAN or journal.deleted(record):
        raise UserError("record.missing")
    return _scan(session, folder, record)


def _scan(session: Session, folder: Folder, record: RecordId) -> Scan:
    journal = session.journal(folder)
    values, first = journal.values(record), journal.history(record)[-1]
    name, page = str(values.get("file") or ""), values.get("page")
    try:
        here = name.startswith(f"{folder.value}-") and files.about(session, file=name).here
    except UserError:
        here = False
    return Scan(
        filled_id(folder, record), str(values.get("code") or ""), str(values.get("title") or ""), page if isinstance(page, int) else 0,
        local(session, first.at), session.writer(first.author, first.site), values.get("read") is True, values.get("flat") is True, here, name, folder,
    )


def picture(session: Session, *, scan: RecordId) -> bytes:
    """The kept page: a JPEG that can be drawn. UserError: record.missing, folder.locked, scan.restricted (this volunteer's role does not see what it
    asks), file.missing, file.elsewhere; KnownFault file.damaged."""
    found = _one(session, scan)
    check_seen(session, scan=scan)
    content = files.read(session, file=found.file)
    dots(content)
    return content


def dots(content: bytes) -> Image.Image:
    """The dots of a kept page, in grey. What another site sent as one may be anything: KnownFault file.damaged."""
    if not content.startswith(b"\xff\xd8\xff"):
        raise KnownFault("file.damaged")
    try:
        return pages.picture(content)
    except UserError:
        raise KnownFault("file.damaged") from None


def code_of(session: Session, scan: RecordId) -> SheetCode:
    """What the code on a filed page said. UserError: record.missing, folder.locked."""
    folder, record = place_of(scan)
    values = session.journal(folder).values(record)
    code, form, layout = (str(values.get(name) or "") for name in ("code", "form", "layout"))
    page = values.get("page")
    return SheetCode(code, form, page if isinstance(page, int) else 0, layout)


def check_seen(session: Session, *, scan: RecordId) -> None:
    """UserError scan.restricted if a page asks what this volunteer's role does not see, or if nobody here can tell what it asks and it is kept
    outside of Health; record.missing, folder.locked."""
    if session.role.sees_restricted:
        return
    code, (folder, _) = code_of(session, scan), place_of(scan)
    known = ready(session, marks={code.form})
    form = known.forms.get(code.form)
    if form is None:
        if folder is not Folder.HEALTH:
            raise UserError("scan.restricted")
        return
    unseen, plate = unseen_questions(session, form.definition), known.plate(code)
    if any("/" + "/".join(path) in unseen for path, number in numbers_of(form.definition).items() if plate is None or number in plate.asked):
        raise UserError("scan.restricted")


def mark_read(session: Session, *, scan: RecordId, read: bool = True) -> Changes:
    """Say that somebody looked at the boxes of a page. UserError: role.not_allowed, record.missing."""
    folder, record = place_of(scan)
    with session.act("scan") as act, session.save(act, folder) as save:
        save.set(record, {"read": read})
    return act.changes


def delete(session: Session, *, scan: RecordId) -> Changes:
    """Take a page off its case; Ctrl+Z brings it back. UserError: role.not_allowed, record.missing."""
    folder, record = place_of(scan)
    with session.act("scan") as act, session.save(act, folder) as save:
        save.delete(record)
    return act.changes
