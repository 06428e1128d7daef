"""A printer that takes pages straight from memory: what it can do, and a document sent to it as one job or several."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from desktop.domain.errors import KnownFault, UserError
from desktop.paper.printing import line, message
from desktop.paper.printing.job import PDF, WHY, Job, Pace
from desktop.paper.printing.line import Address
from desktop.paper.printing.message import CREATE_JOB, SEND_DOCUMENT, Attribute
from desktop.paper.printing.raster import PWG, URF, Drawing

MEDIA = {"A4": "iso_a4_210x297mm", "Letter": "na_letter_8.5x11in"}
Report = Callable[[int, int], None]
"""Called with steps done and steps in all; what it raises stops the job, which is taken back from the printer."""

_WANTED = (
    "printer-make-and-model", "document-format-supported", "media-supported", "copies-supported", "print-color-mode-supported",
    "print-scaling-supported", "sides-supported", "pwg-raster-document-resolution-supported", "pwg-raster-document-type-supported",
    "urf-supported", "operations-supported", "cups-version",
)
_DPI = range(100, 1201)  # dots to the inch that can be drawn; what else a printer says of itself is no resolution


@dataclass(frozen=True)
class Abilities:
    """What a printer said it can do. `spooler`: it is no printer but this system's own print service, which keeps copies."""

    name: str
    formats: frozenset[str]
    media: frozenset[str]
    copies: int
    modes: frozenset[str]
    scalings: frozenset[str]
    sides: frozenset[str]
    dpi: tuple[int, ...]  # of PWG raster
    grey: bool  # of PWG raster
    urf: tuple[int, ...]  # dots to the inch
    numbered: bool  # it gives a job its number before it has the pages, so that the job can be taken back at any moment
    spooler: bool

    @property
    def takes_pages(self) -> bool:
        """True if it takes any of the forms we can send."""
        return self._kind() != ""

    def _kind(self) -> str:
        return next((one for one in (PDF, PWG, URF) if one in self.formats), "")

    def drawing(self, size: str) -> Drawing:
        """How pages are sent. UserError printer.format if it takes none of our forms, printer.sheet if not paper of this size."""
        media = MEDIA.get(size, "")
        if self.media and media and media not in self.media:
            raise UserError("printer.sheet", size=size)
        kind = self._kind()
        if not kind:
            raise UserError("printer.format")
        offered = sorted(self.urf if kind == URF else self.dpi) or [300]
        dpi = next((one for one in offered if one >= 300), offered[-1])
        return Drawing(kind, dpi, kind == URF or self.grey, media)


def abilities(address: Address, patience: float = 6.0) -> Abilities:
    """Ask a printer what it can do. KnownFault as `line.ask`, printer.strange if it will not say."""
    wanted = [Attribute(message.KEYWORD, "requested-attributes", _WANTED)]
    said = line.ask(address, message.request(message.PRINTER_ATTRIBUTES, address.uri, wanted), patience=patience)
    if not said.good:
        raise KnownFault(WHY.get(said.status, "printer.strange"))
    types = said.texts("pwg-raster-document-type-supported")
    return Abilities(
        name=_plain("".join(said.texts("printer-make-and-model")[:1]))[:60],
        formats=frozenset(said.texts("document-format-supported")),
        media=frozenset(said.texts("media-supported")),
        copies=max([high for _, high in said.pairs("copies-supported")], default=1),
        modes=frozenset(said.texts("print-color-mode-supported")),
        scalings=frozenset(said.texts("print-scaling-supported")),
        sides=frozenset(said.texts("sides-supported")),
        dpi=tuple(across for across, down in said.pairs("pwg-raster-document-resolution-supported") if across == down and across in _DPI),
        grey="sgray_8" in types or not types,
        urf=_urf_dpi(said.texts("urf-supported")),
        numbered={CREATE_JOB, SEND_DOCUMENT} <= set(said.numbers("operations-supported")),
        spooler="cups-version" in said.about,
    )


def _plain(said: str) -> str:
    """On one line, without signs that nobody sees."""
    return " ".join("".join(one if one.isprintable() else " " for one in said).split())


def _urf_dpi(said: tuple[str, ...]) -> tuple[int, ...]:
    found = next((one[2:] for one in said if one.startswith("RS")), "")
    return tuple(int(part) for part in found.split("-") if part.isascii() and part.isdigit() and len(part) <= 4 and int(part) in _DPI)


def send(
    address: Address, pdf: bytes, pages: int, *, size: str, copies: int = 1, report: Report, pace: Pace | None = None,
) -> None:
    """Print a document and wait until the paper is out. A job that fails or is stopped is taken back from the printer, so that it does not
    come out later with nobody beside it.

    `report` hears pages done of all pages; what it raises stops the job. If the printer had nothing of it yet, that rises again; else UserError
    printer.taken_back (out: pages that came out, as far as the printer said) or KnownFault printer.not_taken_back or printer.part_printed. A job that was out already is
    printed, though somebody wanted to stop it.

    UserError printer.format, printer.sheet; KnownFault: as `line.ask`, printer.busy, printer.too_large, printer.no_paper, printer.jam,
    printer.open, printer.no_ink, printer.stopped, printer.aborted, printer.silent; printer.not_taken_back if it then does not say that it forgets
    the job.
    """
    can = abilities(address)
    if can.spooler:
        raise UserError("printer.spooler")
    drawing = can.drawing(size)
    rounds = 1 if copies <= can.copies else copies
    each = copies // rounds
    report(0, pages * copies)
    for at in range(rounds):
        done = at * each * pages

        def told(now: int, before: int = done) -> None:
            report(min(before + now, pages * copies), pages * copies)

        job = Job(address, can, drawing, pace or Pace(), told, before=done)
        job.run(pdf, pages, each)
        if job.stopped and at + 1 < rounds:
            raise UserError("printer.taken_back", out=done + each * pages)
        if job.stopped:
            return
    with suppress(Exception):  # all of it is out: whoever wants to stop now comes too late
        report(pages * copies, pages * copies)
