"""Paper: choose a document, see its pages, print or save it. Bytes stay in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from desktop.domain.changes import Changes
from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import paper_asks
from desktop.services.paper_asks import Ask as Ask
from desktop.services.paper_documents import ARRIVAL_SLIP as ARRIVAL_SLIP
from desktop.services.paper_documents import BED_ASSIGNMENT as BED_ASSIGNMENT
from desktop.services.paper_documents import BLANK_FORM as BLANK_FORM
from desktop.services.paper_documents import CONSENT as CONSENT
from desktop.services.paper_documents import DESK_LIST as DESK_LIST
from desktop.services.paper_documents import DOCUMENTS
from desktop.services.paper_documents import FILLED_FORM as FILLED_FORM
from desktop.services.paper_documents import GUIDANCE as GUIDANCE
from desktop.services.paper_documents import HELD_RECEIPT as HELD_RECEIPT
from desktop.services.paper_documents import HOUSEHOLD_LIST as HOUSEHOLD_LIST
from desktop.services.paper_documents import MEDICAL_REFERRAL as MEDICAL_REFERRAL
from desktop.services.paper_documents import NAME as NAME
from desktop.services.paper_documents import PHOTO as PHOTO
from desktop.services.paper_documents import RATION_CARD as RATION_CARD
from desktop.services.paper_documents import RECOVERY_SHEET as RECOVERY_SHEET
from desktop.services.paper_documents import REGISTRATION_FILLED as REGISTRATION_FILLED
from desktop.services.paper_documents import SITE_CARD as SITE_CARD
from desktop.services.paper_documents import STIPEND_RECEIPT as STIPEND_RECEIPT
from desktop.services.paper_documents import TALLY as TALLY
from desktop.services.paper_documents import THERMAL_RECEIPT as THERMAL_RECEIPT
from desktop.services.paper_documents import THERMAL_SLIP as THERMAL_SLIP
from desktop.services.paper_documents import TRANSFER_LETTER as TRANSFER_LETTER
from desktop.services.paper_documents import Document as Document
from desktop.services.paper_documents import document as _document
from desktop.services.session import Session
from desktop.vault.recovery import Part as RecoveryPart
from desktop.vault.recovery import written

if TYPE_CHECKING:
    from desktop.paper.page import Print

_EVENT = "printed"
Draw = Callable[["Print", Any], None]
"""What draws the model of a document on the pages of a print."""
_COPIES_MOST = 99
_BETWEEN = "|"  # between the mark of a list and how often it was printed
DRAWING = Lock()  # the fonts are shared by all documents


@dataclass(frozen=True)
class Paper:
    """A document made for somebody, in memory."""

    document: Document
    pdf: bytes
    pages: int
    copy: int  # 1 for the first print
    title: str  # neutral job name, never a person or a case
    mark: str = ""  # what tells it from another paper of the same kind for the same person: its number or its day
    shown: frozenset[str] = frozenset()  # what was chosen to stand on carried paper

    @property
    def names_people(self) -> bool:
        """True if printing needs a second confirmation."""
        return self.document.names_people or bool(self.shown)


def documents() -> list[Document]:
    """Every document of the Paper page, in its order. Guidance is printed where it is given."""
    return [one for one in DOCUMENTS if one.about != "sheet"]


def drawn(
    document: str, draw: Draw, model: object, size: str, copy: int, mark: str = "", shown: frozenset[str] = frozenset(),
) -> Paper:
    """The document of that code with this model, drawn by its module. `mark` and `shown` as in `Paper`."""
    made = Gathering(_document(document), size)
    made.add(draw, model)
    return made.paper(copy, mark, shown)


class Gathering:
    """A paper that grows: several models one after the other, each drawn by the module of its document."""

    def __init__(self, about: Document, size: str) -> None:
        from desktop.paper.page import Print

        self._about = about
        with DRAWING:
            self._print = Print(about.form_id, size)

    def add(self, draw: Draw, model: object) -> int:
        """Draw one more; returns how many pages it took."""
        before = self._print.count
        with DRAWING:
            draw(self._print, model)
        return self._print.count - before

    def paper(self, copy: int = 1, mark: str = "", shown: frozenset[str] = frozenset()) -> Paper:
        """All of it. Nothing can be added afterwards."""
        with DRAWING:
            return Paper(self._about, self._print.pdf(), self._print.count, copy, self._about.form_id, mark, shown)


def asks(session: Session, *, document: str, person: RecordId | None = None) -> tuple[tuple[Ask, ...], dict[str, str]]:
    """What the volunteer types for this document, and what stands there before: for a household with a question for each of them. Nothing
    typed is kept. UserError: record.missing. StopIteration for a code of no document."""
    about = _document(document)
    found, members = about.asks, 0
    if found and person is not None and about.about == "household":
        from desktop.services import people, typed_models

        codes = [row.code for row, _ in typed_models.everybody(people.page(session, person=person))]
        found, members = paper_asks.for_household(found, codes), len(codes)
    return found, paper_asks.starts(found, session.today(), members)


def make(
    session: Session, *, document: str, person: RecordId | None = None, typed: Mapping[str, str] | None = None,
    shown: frozenset[str] = frozenset(), paper_size: str = "A4",
) -> Paper:
    """A document about this person, the household of this person, or the site. `typed`: answers to `asks`, by their keys; those that are
    not there are as `asks` says. `shown`: what of `Document.may_show` stands on carried paper; nothing if nobody chose it. `paper_size` is
    A4 or Letter.

    UserError: paper.no_person, paper.no_form (see `desktop.services.form_papers`), record.missing, paper.nothing_to_show (no long form
    begun), paper.ask_wrong (see `desktop.services.paper_asks.problems`), paper.not_shown. StopIteration for a code of no document.
    """
    about = _document(document)
    if document == SITE_CARD:
        return site_card(session, paper_size=paper_size)
    if document == RECOVERY_SHEET:
        raise UserError("paper.needs_code")
    if about.about in ("form", "filled"):
        raise UserError("paper.no_form")
    if person is None and about.about != "site":
        raise UserError("paper.no_person")
    if not shown <= set(about.may_show):
        raise UserError("paper.not_shown")
    from desktop.services import paper_drawing

    said = _answers(session, document, person, typed or {})
    mark = " ".join(said[key] for key in about.same)
    copy = printed(session, document=document, person=person if about.about != "site" else None, mark=mark) + 1
    if person is None or about.about == "site":
        draw, model = paper_drawing.of_site(session, document, copy, said)
    else:
        draw, model = paper_drawing.of_person(session, document, person, copy, said, shown)
    return drawn(document, draw, model, paper_size, copy, mark, shown)


def _answers(session: Session, document: str, person: RecordId | None, typed: Mapping[str, str]) -> dict[str, str]:
    """What is typed, cleaned, with what stands there before. UserError paper.ask_wrong."""
    from desktop.myanmar.text import clean

    asked, before = asks(session, document=document, person=person)
    said = {ask.key: clean(typed.get(ask.key, before[ask.key])) for ask in asked}
    wrong = paper_asks.problems(asked, said)
    if wrong:
        raise UserError("paper.ask_wrong", count=len(wrong))
    return said


@dataclass(frozen=True)
class Drawing:
    """One paper of many, not drawn yet: what draws it, its model, for whom it is counted and as which copy; `mark` as in `Paper`."""

    draw: Draw
    model: object
    person: RecordId
    document: str
    copy: int
    mark: str = ""


def drawing_of(session: Session, *, document: str, person: RecordId, typed: Mapping[str, str]) -> Drawing:
    """A document about a person or their household, to be drawn with others. `typed` is the same for all of them; what is another for
    each is as `asks` says. UserError: record.missing, paper.nothing_to_show, paper.ask_wrong."""
    from desktop.services import paper_drawing

    about = _document(document)
    said = _answers(session, document, person, typed) if about.asks else {}
    mark = " ".join(said[key] for key in about.same)
    copy = printed(session, document=document, person=person, mark=mark) + 1
    draw, model = paper_drawing.of_person(session, document, person, copy, said, frozenset())
    return Drawing(draw, model, person, document, copy, mark)


def recovery_sheet(*, code: str, words: tuple[str, str] | None = None, paper_size: str = "A4") -> Paper:
    """The sheet with this code (32 characters), and two words to type back if given. Nothing of it is kept."""
    from desktop.paper.documents import recovery_sheet as sheet

    plain = "".join(character for character in code if character.isalnum())
    return drawn(RECOVERY_SHEET, sheet.draw, sheet.RecoverySheet(plain, words), paper_size, 1)


def recovery_parts(*, parts: Sequence[RecoveryPart], paper_size: str = "A4") -> Paper:
    """The same sheet in three parts (`vaults.recovery_parts`), a page for each. Nothing of it is kept."""
    from desktop.paper.documents import recovery_sheet as sheet

    model = tuple(sheet.RecoveryPart(part.number, tuple(sorted(part.rows.items())), written(part)) for part in parts)
    return drawn(RECOVERY_SHEET, sheet.draw_parts, model, paper_size, 1)


def site_card(session: Session, *, paper_size: str = "A4") -> Paper:
    """The card of this site, to be given from hand to hand."""
    from desktop.paper.documents import site_card as sheet
    from desktop.services import stick

    card = stick.my_card(session)
    copy = printed(session, document=SITE_CARD, person=None) + 1
    model = sheet.SiteCardSheet(card.nickname, card.words, card.data, session.today(), copy)
    return drawn(SITE_CARD, sheet.draw, model, paper_size, copy)


def picture(paper: Paper, *, page: int, dpi: int = 96) -> tuple[int, int, bytes]:
    """One page (from 0) as (width, height, RGB bytes in rows without padding). IndexError if there is no such page."""
    from desktop.paper import preview

    return preview.picture(paper.pdf, page, dpi)


def square_code(data: bytes) -> tuple[int, bytes]:
    """A code to scan, as it stands on paper: (modules to a side, one byte for each module in rows, 0 dark and 255 light)."""
    from desktop.paper import codes

    rows = codes.squares(data)
    return len(rows), b"".join(bytes(row) for row in rows)


def printed(session: Session, *, document: str, person: RecordId | None, mark: str = "") -> int:
    """How often it was printed or saved before: for this person, for anybody of their household where it is about a household, on this
    laptop where it is about the site. With a `mark` only prints of that number or day are copies; of lists of the site only the last one
    is remembered. UserError: record.missing."""
    if person is None:
        last, _, count = session.vault.setting(f"{_EVENT}.{document}", "0").rpartition(_BETWEEN)
        return int(count) if last == mark else 0
    journal = session.journal(Folder.RECEPTION)
    about = [person]
    if _document(document).about == "household":
        from desktop.services import people

        about += [member.person.id for member in people.page(session, person=person).members]
    return sum(
        copies_of(event.values) for one in about for event in journal.events(one, _EVENT)
        if event.values.get("document") == document and event.reversed_by is None and str(event.values.get("mark", "")) == mark
    )


def copies_of(values: Mapping[str, object]) -> int:
    """How many sheets of the same paper a print was: 1 unless it says more; another site may say anything."""
    said = values.get("copies", 1)
    return min(said, _COPIES_MOST) if isinstance(said, int) and said > 1 else 1


def note_printed(session: Session, *, paper: Paper, person: RecordId | None, saved: bool = False, copies: int = 1) -> Changes:
    """Count a print (or a saved copy) after it went out, so many `copies` at once. It cannot be taken back: the paper is out there.

    UserError: record.missing, role.not_allowed for those who only read.
    """
    session.require(writes=True)
    document = paper.document.code
    if paper.names_people:
        session.vault.audit("printed.names", document=document, pages=paper.pages, copies=copies, saved=int(saved))
    if person is None:
        count = printed(session, document=document, person=None, mark=paper.mark) + copies
        session.vault.set_setting(f"{_EVENT}.{document}", f"{paper.mark}{_BETWEEN}{count}" if paper.mark else str(count))
        session.vault.audit(_EVENT, document=document, saved=int(saved))
        return Changes(frozenset({"paper"}))
    note_each(session, given=[(person, document, paper.copy, paper.mark)], saved=saved, shown=paper.shown, copies=copies)
    return Changes(frozenset({"paper", "person"}), frozenset({person}))


def note_each(
    session: Session, *, given: Iterable[tuple[RecordId, str, int, str]], saved: bool, shown: frozenset[str] = frozenset(), copies: int = 1,
) -> None:
    """Write down prints, (for whom, document, copy, mark) each, in one save; `shown`: what was chosen to stand on carried paper; `copies` of
    each. UserError record.missing."""
    with session.journal(Folder.RECEPTION).save(_EVENT) as save:
        for person, document, copy, mark in given:
            chosen: dict[str, str | int] = {"mark": mark} if mark else {}
            if shown:
                chosen["shown"] = " ".join(sorted(shown))
            if copies > 1:
                chosen["copies"] = copies
            save.event(person, _EVENT, {"document": document, "copy": copy, "saved": saved, **chosen})


def _for_us_alone(file: int) -> None:
    """A file that was there before keeps who may read it, unless it is told; sticks know no such thing."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.fchmod(file, 0o600)


def save_as(session: Session | None, *, paper: Paper, path: Path) -> None:
    """Write the PDF after the person was warned; nobody else on this computer may read it. Without a session for the recovery sheet,
    which is made before anything is open. UserError role.not_allowed for those who only read: it could not be counted. KnownFault: disk.full,
    disk.readonly, disk.failed, paper.no_place (the folder is gone, or it is no name for a file); then no half file is left."""
    from desktop.vault.faults import explained

    if session is not None:
        session.require(writes=True)
    with explained():
        try:
            target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise KnownFault("paper.no_place") from error
        try:
            with os.fdopen(target, "wb") as stream:
                _for_us_alone(target)
                stream.write(paper.pdf)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
