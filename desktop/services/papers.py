"""Paper: choose a document, see its pages, print or save it. Bytes stay in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.domain.changes import Changes
from desktop.domain.ids import RecordId
from desktop.services.session import Session

ARRIVAL_SLIP, REGISTRATION_FILLED, HOUSEHOLD_LIST = "arrival_slip", "registration_filled", "household_list"
RECOVERY_SHEET, SITE_CARD = "recovery_sheet", "site_card"


@dataclass(frozen=True)
class Document:
    """`carry`: ``carried`` (may be searched), ``kept`` (locked cupboard) or ``sealed`` (envelope, hand to hand).
    `about`: ``person``, ``household`` or ``site``. `shows` and `hides` are codes of lines that say what is on the page."""

    code: str
    carry: str
    about: str
    form_id: str
    shows: tuple[str, ...]
    hides: tuple[str, ...]
    names_people: bool  # printing needs a second confirmation


@dataclass(frozen=True)
class Paper:
    document: Document
    pdf: bytes
    pages: int
    copy: int  # 1 for the first print
    title: str  # neutral job name, never a person or a case


def documents() -> list[Document]:
    """Every document, in the order of the Paper page."""
    raise NotImplementedError


def make(session: Session, *, document: str, person: RecordId | None = None, paper_size: str = "A4") -> Paper:
    """UserError: paper.no_person, record.missing, paper.nothing_to_show (for example no long form begun)."""
    raise NotImplementedError


def recovery_sheet(*, code: str, words: tuple[str, str] | None = None, paper_size: str = "A4") -> Paper:
    """The sheet with this code. Nothing of it is kept."""
    raise NotImplementedError


def site_card(session: Session, *, paper_size: str = "A4") -> Paper:
    raise NotImplementedError


def picture(paper: Paper, *, page: int, dpi: int = 96) -> tuple[int, int, bytes]:
    """One page (from 0) as (width, height, RGB bytes in rows without padding)."""
    raise NotImplementedError


def printed(session: Session, *, document: str, person: RecordId | None) -> int:
    """How often it was printed before."""
    raise NotImplementedError


def note_printed(session: Session, *, paper: Paper, person: RecordId | None, saved: bool = False) -> Changes:
    """Count a print (or a saved copy) after it went out."""
    raise NotImplementedError


def save_as(session: Session, *, paper: Paper, path: Path) -> None:
    """Write the PDF after the person was warned. KnownFault: disk.full, disk.readonly."""
    raise NotImplementedError
