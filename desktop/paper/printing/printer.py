"""A printer that takes pages straight from memory: what it can do, a job sent to it, and the job followed to its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.errors import KnownFault, UserError
from desktop.paper import preview
from desktop.paper.printing import line, message, raster
from desktop.paper.printing.line import Address, Body
from desktop.paper.printing.message import Answer, Attribute
from desktop.paper.printing.raster import PWG, URF, Drawing, Grey

PDF = "application/pdf"
JOB_NAME = "document"
"""What every job is called: printers keep lists of names."""
MEDIA = {"A4": "iso_a4_210x297mm", "Letter": "na_letter_8.5x11in"}
Report = Callable[[int, int], None]
"""Called with steps done and steps in all; what it raises stops the job, which is taken back from the printer."""

_WANTED = (
    "printer-make-and-model", "document-format-supported", "media-supported", "copies-supported", "print-color-mode-supported",
    "print-scaling-supported", "sides-supported", "pwg-raster-document-resolution-supported", "pwg-raster-document-type-supported",
    "urf-supported", "printer-is-accepting-jobs", "printer-state", "printer-state-reasons", "cups-version",
)
_DPI = range(100, 1201)  # dots to the inch that can be drawn; what else a printer says of itself is no resolution
_MISSING, _STOPPED = 0x0406, 5
_PROCESSING_STOPPED, _CANCELLED, _ABORTED, _COMPLETED = 6, 7, 8, 9
_WHY = {
    0x0401: "printer.not_allowed", 0x0402: "printer.not_allowed", 0x0403: "printer.not_allowed", 0x0408: "printer.too_large",
    0x040A: "printer.format", 0x0411: "printer.format", 0x0501: "printer.format", 0x0503: "printer.format",
    0x0502: "printer.busy", 0x0505: "printer.busy", 0x0506: "printer.busy", 0x0507: "printer.busy",
}
_HINDERS = (
    (("media-empty", "media-needed", "media-low-stop"), "printer.no_paper"), (("media-jam",), "printer.jam"),
    (("cover-open", "door-open", "interlock-open"), "printer.open"),
    (("toner-empty", "marker-supply-empty", "developer-empty"), "printer.no_ink"),
    (("offline", "shutdown", "stopped-partly", "paused"), "printer.stopped"),
)


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
        raise KnownFault(_WHY.get(said.status, "printer.strange"))
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
        spooler="cups-version" in said.about,
    )


def _plain(said: str) -> str:
    """On one line, without signs that nobody sees."""
    return " ".join("".join(one if one.isprintable() else " " for one in said).split())


def _urf_dpi(said: tuple[str, ...]) -> tuple[int, ...]:
    found = next((one[2:] for one in said if one.startswith("RS")), "")
    return tuple(int(part) for part in found.split("-") if part.isascii() and part.isdigit() and len(part) <= 4 and int(part) in _DPI)


@dataclass(frozen=True)
class Pace:
    """Seconds: between two looks at a job, before a printer that says it cannot go on is given up, and before one that says nothing is."""

    look: float = 0.5
    hindered: float = 20.0
    silent: float = 180.0


def send(
    address: Address, pdf: bytes, pages: int, *, size: str, copies: int = 1, report: Report, pace: Pace | None = None,
) -> None:
    """Print a document and wait until the paper is out. A job that fails or is stopped is taken back from the printer, so that it does not
    come out later with nobody beside it.

    `report` hears pages done of all pages. UserError printer.format, printer.sheet; KnownFault: as `line.ask`, printer.busy,
    printer.too_large, printer.no_paper, printer.jam, printer.open, printer.no_ink, printer.stopped, printer.aborted, printer.silent.
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

        _Job(address, can, drawing, pace or Pace(), told).run(pdf, pages, each)
    report(pages * copies, pages * copies)


@dataclass
class _Job:
    """One job at the printer. `told` hears how many pages are out; what it raises stops the job."""

    address: Address
    can: Abilities
    drawing: Drawing
    pace: Pace
    told: Callable[[int], None]
    number: int = 0
    out: int = 0  # pages, as far as it said

    def run(self, pdf: bytes, pages: int, copies: int) -> None:
        try:
            self._give(pdf, pages, copies)
            self._follow(pages * copies)
        except BaseException:
            self._take_back()
            raise

    def _give(self, pdf: bytes, pages: int, copies: int) -> None:
        about = [Attribute(message.NAME, "job-name", [JOB_NAME]), Attribute(message.MIME, "document-format", [self.drawing.kind])]
        request = message.request(message.PRINT_JOB, self.address.uri, about, self._manner(copies))
        said = line.ask(self.address, request, self._document(pdf, pages), patience=60.0, step=self._going_on)
        if not said.good:
            raise KnownFault(_WHY.get(said.status, "printer.refused"))
        self.number = said.number("job-id")

    def _manner(self, copies: int) -> list[Attribute]:
        """How the job is to be printed, as far as the printer knows such things: one side, black, nothing made smaller."""
        made = [Attribute(message.INTEGER, "copies", [copies])] if copies > 1 else []
        if self.drawing.media:
            made.append(Attribute(message.KEYWORD, "media", [self.drawing.media]))
        for name, value, known in (
            ("print-color-mode", "monochrome", self.can.modes), ("print-scaling", "none", self.can.scalings), ("sides", "one-sided", self.can.sides),
        ):
            if value in known:
                made.append(Attribute(message.KEYWORD, name, [value]))
        return made

    def _document(self, pdf: bytes, pages: int) -> Body:
        return pdf if self.drawing.kind == PDF else self._pictures(pdf, pages)

    def _pictures(self, pdf: bytes, pages: int) -> Iterator[bytes]:
        yield raster.begin(self.drawing, pages)
        for at in range(pages):
            self._going_on()
            yield from raster.page(self.drawing, Grey(*preview.grey(pdf, at, self.drawing.dpi)), pages)

    def _follow(self, sheets: int) -> None:
        last, moved = (0, 0), time.monotonic()
        hindered = 0.0
        while True:
            said = self._look()
            state, out = said.number("job-state"), said.number("job-impressions-completed")
            if said.status == _MISSING or state == _COMPLETED:
                return
            if state in (_CANCELLED, _ABORTED):
                raise KnownFault(self._hinder() or "printer.aborted")
            self.out = max(0, min(out, sheets))
            self._going_on()
            now = time.monotonic()
            if (state, out) != last:
                last, moved = (state, out), now
            why = self._hinder() if state == _PROCESSING_STOPPED or now - moved > 1 else ""
            hindered = (hindered or now) if why else 0.0
            if why and now - hindered >= self.pace.hindered:
                raise KnownFault(why)
            if now - moved >= self.pace.silent:
                raise KnownFault("printer.silent")
            time.sleep(self.pace.look)

    def _look(self) -> Answer:
        wanted = ["job-state", "job-state-reasons", "job-impressions-completed"]
        request = self._request(message.JOB_ATTRIBUTES, [Attribute(message.KEYWORD, "requested-attributes", wanted)])
        said = line.ask(self.address, request, step=self._going_on)
        if not said.good and said.status != _MISSING:
            raise KnownFault("printer.aborted")
        return said

    def _hinder(self) -> str:
        """The code of what keeps the printer from going on, "" if it says nothing of the kind."""
        wanted = [Attribute(message.KEYWORD, "requested-attributes", ["printer-state", "printer-state-reasons"])]
        said = line.ask(self.address, message.request(message.PRINTER_ATTRIBUTES, self.address.uri, wanted), step=self._going_on)
        reasons = [one for one in said.texts("printer-state-reasons") if not one.endswith("-report")]
        for words, code in _HINDERS:
            if any(reason.startswith(word) for reason in reasons for word in words):
                return code
        return "printer.stopped" if said.number("printer-state") == _STOPPED else ""

    def _going_on(self) -> None:
        """Somebody may have stopped it."""
        self.told(self.out)

    def _request(self, operation: int, about: Sequence[Attribute] = ()) -> bytes:
        return message.request(operation, self.address.uri, [Attribute(message.INTEGER, "job-id", [self.number]), *about])

    def _take_back(self) -> None:
        if self.number:
            try:
                line.ask(self.address, self._request(message.CANCEL_JOB))
            except KnownFault:
                return  # it is off: the way out stays the one that is under way
