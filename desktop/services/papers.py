"""Paper: choose a document, see its pages, print or save it. Bytes stay in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from desktop.domain.changes import Changes
from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services.session import Session

if TYPE_CHECKING:
    from desktop.paper.page import Print

ARRIVAL_SLIP, REGISTRATION_FILLED, HOUSEHOLD_LIST = "arrival_slip", "registration_filled", "household_list"
RECOVERY_SHEET, SITE_CARD = "recovery_sheet", "site_card"
BLANK_FORM, FILLED_FORM = "blank_form", "filled_form"
GUIDANCE = "guidance_sheet"

_EVENT = "printed"
Draw = Callable[["Print", Any], None]
"""What draws the model of a document on the pages of a print."""
_DRAWING = Lock()  # the fonts are shared by all documents


@dataclass(frozen=True)
class Document:
    """`carry`: ``carried`` (may be searched), ``kept`` (locked cupboard) or ``sealed`` (envelope, hand to hand).
    `about`: ``person``, ``household``, ``site``, ``form``, ``filled`` (a form that somebody filled in) or ``sheet`` (guidance). `shows` and `hides` are lines in English that say what is on the page and what is
    not; `tr` has them in every language."""

    code: str
    carry: str
    about: str
    form_id: str
    shows: tuple[str, ...]
    hides: tuple[str, ...]
    names_people: bool  # printing needs a second confirmation


@dataclass(frozen=True)
class Paper:
    """A document made for somebody, in memory."""

    document: Document
    pdf: bytes
    pages: int
    copy: int  # 1 for the first print
    title: str  # neutral job name, never a person or a case


_DOCUMENTS = (
    Document(
        ARRIVAL_SLIP, "carried", "person", "C1",
        ("Case number with its code to scan", "Number of the copy", "A wallet card with the same number"),
        ("Names", "Day and place", "What it is for, and who gave it"), False,
    ),
    Document(
        REGISTRATION_FILLED, "kept", "person", "R2",
        ("Every answer of the form, with unknown, refused and not asked", "Case number with its code to scan", "Room for signatures and a thumbprint"),
        ("Sections in folders you cannot open", "Names of volunteers"), True,
    ),
    Document(
        HOUSEHOLD_LIST, "kept", "household", "H1",
        ("Name, relationship, sex, age and case number of everybody who came", "Food, bed, clothes and other things needed today",
         "How those left behind are related"),
        ("Health, fear and service", "Names and places of those left behind"), True,
    ),
    Document(
        BLANK_FORM, "kept", "form", "F1",
        ("Every question with a place to write", "When to ask each question, in words", "A number and a strip to tear off, if a person is chosen"),
        ("Answers", "Questions that the program works out by itself"), False,
    ),
    Document(
        FILLED_FORM, "kept", "filled", "F2",
        ("Every answer of the form, with unknown, refused and not asked", "The case number, if it is about a person"),
        ("Photos, files and places on a map", "Names of volunteers"), True,
    ),
    Document(
        RECOVERY_SHEET, "sealed", "site", "S3",
        ("The 32 characters that open this laptop", "The same as a code to scan"), ("Name of the site", "Names of people", "Day"), False,
    ),
    Document(
        SITE_CARD, "sealed", "site", "S2",
        ("Nickname of this site", "Twelve words to compare", "A code to scan with the public keys of this site"),
        ("Secrets", "Names of people"), False,
    ),
    Document(
        GUIDANCE, "kept", "sheet", "G1",
        ("Number of the contact", "The text of the sheet, its date and source", "After which day it is no longer right"),
        ("Names", "How and when we talk", "Agreed words"), False,
    ),
)


def documents() -> list[Document]:
    """Every document of the Paper page, in its order. Guidance is printed where it is given."""
    return [one for one in _DOCUMENTS if one.about != "sheet"]


def _document(code: str) -> Document:
    return next(one for one in _DOCUMENTS if one.code == code)


def drawn(document: str, draw: Draw, model: object, size: str, copy: int) -> Paper:
    """The document of that code with this model, drawn by its module."""
    made = Gathering(_document(document), size)
    made.add(draw, model)
    return made.paper(copy)


class Gathering:
    """A paper that grows: several models one after the other, each drawn by the module of its document."""

    def __init__(self, about: Document, size: str) -> None:
        from desktop.paper.page import Print

        self._about = about
        with _DRAWING:
            self._print = Print(about.form_id, size)

    def add(self, draw: Draw, model: object) -> int:
        """Draw one more; returns how many pages it took."""
        before = self._print.count
        with _DRAWING:
            draw(self._print, model)
        return self._print.count - before

    def paper(self, copy: int = 1) -> Paper:
        """All of it. Nothing can be added afterwards."""
        with _DRAWING:
            return Paper(self._about, self._print.pdf(), self._print.count, copy, self._about.form_id)


def make(session: Session, *, document: str, person: RecordId | None = None, paper_size: str = "A4") -> Paper:
    """A document about this person or, where it is about a household, about the household of this person. `paper_size` is A4 or Letter.

    UserError: paper.no_person, paper.no_form (see `desktop.services.form_papers`), record.missing, paper.nothing_to_show (no long form
    begun). StopIteration for a code of no document.
    """
    if document == SITE_CARD:
        return site_card(session, paper_size=paper_size)
    if document == RECOVERY_SHEET:
        raise UserError("paper.needs_code")
    if _document(document).about in ("form", "filled"):
        raise UserError("paper.no_form")
    if person is None:
        raise UserError("paper.no_person")
    copy = printed(session, document=document, person=person) + 1
    return drawn(document, *drawing_of(session, document=document, person=person, copy=copy), paper_size, copy)


def drawing_of(session: Session, *, document: str, person: RecordId, copy: int) -> tuple[Draw, object]:
    """What draws a document about a person or their household, and its model. UserError: record.missing, paper.nothing_to_show."""
    from desktop.paper.documents import arrival_slip, filled_form, household_list
    from desktop.services import paper_models

    if document == ARRIVAL_SLIP:
        return arrival_slip.draw, paper_models.slip(session, person, copy)
    if document == HOUSEHOLD_LIST:
        return household_list.draw, paper_models.household(session, person, copy)
    return filled_form.draw, paper_models.filled_form(session, person, copy)


def recovery_sheet(*, code: str, words: tuple[str, str] | None = None, paper_size: str = "A4") -> Paper:
    """The sheet with this code (32 characters), and two words to type back if given. Nothing of it is kept."""
    from desktop.paper.documents import recovery_sheet as sheet

    plain = "".join(character for character in code if character.isalnum())
    return drawn(RECOVERY_SHEET, sheet.draw, sheet.RecoverySheet(plain, words), paper_size, 1)


def site_card(session: Session, *, paper_size: str = "A4") -> Paper:
    """The card of this site, to be given from hand to hand."""
    from desktop.paper.documents import site_card as sheet
    from desktop.services import stick

    card = stick.my_card(session)
    model = sheet.SiteCardSheet(card.nickname, card.words, card.data, session.today())
    return drawn(SITE_CARD, sheet.draw, model, paper_size, printed(session, document=SITE_CARD, person=None) + 1)


def picture(paper: Paper, *, page: int, dpi: int = 96) -> tuple[int, int, bytes]:
    """One page (from 0) as (width, height, RGB bytes in rows without padding). IndexError if there is no such page."""
    from desktop.paper import preview

    return preview.picture(paper.pdf, page, dpi)


def square_code(data: bytes) -> tuple[int, bytes]:
    """A code to scan, as it stands on paper: (modules to a side, one byte for each module in rows, 0 dark and 255 light)."""
    from desktop.paper import codes

    rows = codes.squares(data)
    return len(rows), b"".join(bytes(row) for row in rows)


def printed(session: Session, *, document: str, person: RecordId | None) -> int:
    """How often it was printed or saved before: for this person, for anybody of their household where it is about a household, on this
    laptop where it is about the site. UserError: record.missing."""
    if person is None:
        return int(session.vault.setting(f"{_EVENT}.{document}", "0"))
    journal = session.journal(Folder.RECEPTION)
    about = [person]
    if _document(document).about == "household":
        from desktop.services import people

        about += [member.person.id for member in people.page(session, person=person).members]
    return sum(
        event.values.get("document") == document and event.reversed_by is None
        for one in about for event in journal.events(one, _EVENT)
    )


def note_printed(session: Session, *, paper: Paper, person: RecordId | None, saved: bool = False) -> Changes:
    """Count a print (or a saved copy) after it went out. It cannot be taken back: the paper is out there.

    UserError: record.missing, role.not_allowed for those who only read.
    """
    session.require(writes=True)
    document = paper.document.code
    if paper.document.names_people:
        session.vault.audit("printed.names", document=document, pages=paper.pages, saved=int(saved))
    if person is None:
        session.vault.set_setting(f"{_EVENT}.{document}", str(printed(session, document=document, person=None) + 1))
        session.vault.audit(_EVENT, document=document, saved=int(saved))
        return Changes(frozenset({"paper"}))
    note_each(session, given=[(person, document, paper.copy)], saved=saved)
    return Changes(frozenset({"paper", "person"}), frozenset({person}))


def note_each(session: Session, *, given: Iterable[tuple[RecordId, str, int]], saved: bool) -> None:
    """Write down prints, (for whom, document, copy) each, in one save. UserError record.missing."""
    with session.journal(Folder.RECEPTION).save(_EVENT) as save:
        for person, document, copy in given:
            save.event(person, _EVENT, {"document": document, "copy": copy, "saved": saved})


def save_as(session: Session | None, *, paper: Paper, path: Path) -> None:
    """Write the PDF after the person was warned; nobody else on this computer may read it. Without a session for the recovery sheet,
    which is made before anything is open. KnownFault: disk.full, disk.readonly, disk.failed, paper.no_place (the folder is gone, or it is
    no name for a file); then no half file is left."""
    from desktop.vault.faults import explained

    with explained():
        try:
            target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise KnownFault("paper.no_place") from error
        try:
            with os.fdopen(target, "wb") as stream:
                stream.write(paper.pdf)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
