"""One job at a printer: given, followed until the paper is out, and taken back when it fails or somebody stops it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.errors import KnownFault, UserError
from desktop.paper import preview
from desktop.paper.printing import line, message, raster
from desktop.paper.printing.line import Address, Body
from desktop.paper.printing.message import Answer, Attribute
from desktop.paper.printing.raster import Drawing, Grey

if TYPE_CHECKING:
    from desktop.paper.printing.printer import Abilities

PDF = "application/pdf"
JOB_NAME = "document"
"""What every job is called: printers keep lists of names."""
WHY = {
    0x0401: "printer.not_allowed", 0x0402: "printer.not_allowed", 0x0403: "printer.not_allowed", 0x0408: "printer.too_large",
    0x040A: "printer.format", 0x0411: "printer.format", 0x0501: "printer.format", 0x0503: "printer.format",
    0x0502: "printer.busy", 0x0505: "printer.busy", 0x0506: "printer.busy", 0x0507: "printer.busy",
}
"""What a printer answers instead of doing it, and our code for it."""
_MISSING, _UNKNOWN_OPERATION, _STOPPED = 0x0406, 0x0501, 5
_PROCESSING_STOPPED, _CANCELLED, _ABORTED, _COMPLETED = 6, 7, 8, 9
_HINDERS = (
    (("media-empty", "media-needed", "media-low-stop"), "printer.no_paper"), (("media-jam",), "printer.jam"),
    (("cover-open", "door-open", "interlock-open"), "printer.open"),
    (("toner-empty", "marker-supply-empty", "developer-empty"), "printer.no_ink"),
    (("offline", "shutdown", "stopped-partly", "paused"), "printer.stopped"),
)
_TAKEN = frozenset({code for _, code in _HINDERS} | {"printer.silent"})
"""Their sentences say that the job was taken back."""
_AT_ONCE = 4.0  # seconds for an answer to somebody else than who is sending
_NOTHING, _BACK, _OUT, _PART, _UNKNOWN = "nothing", "back", "out", "part", "unknown"


@dataclass(frozen=True)
class Pace:
    """Seconds: between two looks at a job, before a printer that says it cannot go on is given up, before one that says nothing is, and for one that is
    to forget a job to say that it has."""

    look: float = 0.5
    hindered: float = 20.0
    silent: float = 180.0
    stopping: float = 8.0


@dataclass
class Job:
    """One job at the printer. `told` hears how many pages are out; what it raises stops the job. `before`: pages of the same document that came out in
    jobs before this one."""

    address: Address
    can: Abilities
    drawing: Drawing
    pace: Pace
    told: Callable[[int], None]
    before: int = 0
    number: int = 0
    out: int = 0  # pages, as far as it said
    given: bool = False  # the printer was given pages, or a part of them
    whole: bool = False  # it was given all of them
    stopped: bool = False
    known: str = ""  # what came of taking it back while pages were still being sent

    def run(self, pdf: bytes, pages: int, copies: int) -> None:
        """Give it and wait until it is out; `stopped` says whether somebody wanted to stop it then. Raises as `printer.send`."""
        try:
            self._give(pdf, pages, copies)
            self._follow(pages * copies)
        except BaseException as error:
            how = self._take_back(self.pace.stopping) if self.known in ("", _UNKNOWN) else self.known
            if how == _OUT and isinstance(error, Exception):
                return
            told = self._told_of(how, error)
            if told is not None:
                raise told from error
            raise

    def _told_of(self, how: str, error: BaseException) -> UserError | None:
        """What is said instead of the reason why it ended; None if that says it well enough."""
        if how == _PART:
            return KnownFault("printer.part_printed")
        if self.stopped and (how == _BACK or (how == _NOTHING and self.before)):
            return UserError("printer.taken_back", out=self.before + self.out)
        if how == _UNKNOWN and (self.stopped or (isinstance(error, KnownFault) and error.code in _TAKEN)):
            return KnownFault("printer.not_taken_back")
        return None

    # -- giving -------------------------------------------------------------------------------------------------

    def _give(self, pdf: bytes, pages: int, copies: int) -> None:
        name, kind = Attribute(message.NAME, "job-name", [JOB_NAME]), Attribute(message.MIME, "document-format", [self.drawing.kind])
        if self.can.numbered and self._numbered(name, copies):
            last = Attribute(message.BOOLEAN, "last-document", [True])
            request = self._request(message.SEND_DOCUMENT, [kind, last])
        else:
            request = message.request(message.PRINT_JOB, self.address.uri, [name, kind], self._manner(copies))
        self._going_on()
        self.given = True
        said = line.ask(self.address, request, self._document(pdf, pages), patience=60.0, step=self._going_on)
        if not said.good:
            raise KnownFault(WHY.get(said.status, "printer.refused"))
        self.number, self.whole = said.number("job-id", self.number), True

    def _numbered(self, name: Attribute, copies: int) -> bool:
        """A job without pages yet, so that its number is known before it has any. False if the printer knows no such thing, whatever it said."""
        request = message.request(message.CREATE_JOB, self.address.uri, [name], self._manner(copies))
        said = line.ask(self.address, request, step=self._going_on)
        if said.status == _UNKNOWN_OPERATION:
            return False
        self.number = said.number("job-id")
        if not said.good or not self.number:
            raise KnownFault(WHY.get(said.status, "printer.refused"))
        return True

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

    # -- following ----------------------------------------------------------------------------------------------

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
        said = line.ask(self.address, self._about_job(), step=self._going_on)
        if not said.good and said.status != _MISSING:
            raise KnownFault("printer.aborted")
        return said

    def _about_job(self) -> bytes:
        wanted = ["job-state", "job-state-reasons", "job-impressions-completed"]
        return self._request(message.JOB_ATTRIBUTES, [Attribute(message.KEYWORD, "requested-attributes", wanted)])

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
        try:
            self.told(self.out)
        except BaseException:
            if not self.stopped:
                self.stopped = True
                # While the line is still open: some printers print what they got when it ends.
                self.known = self._take_back(0)
            raise

    def _request(self, operation: int, about: Sequence[Attribute] = ()) -> bytes:
        return message.request(operation, self.address.uri, [Attribute(message.INTEGER, "job-id", [self.number]), *about])

    # -- taking back --------------------------------------------------------------------------------------------

    def _take_back(self, seconds: float) -> str:
        """Ask the printer to forget the job, until it says that it has or that it printed it; what is known after so many seconds."""
        if not self.number:
            return _UNKNOWN if self.given else _NOTHING
        end = time.monotonic() + seconds
        while True:
            try:
                said = line.ask(self.address, self._request(message.CANCEL_JOB), patience=_AT_ONCE)
                now = line.ask(self.address, self._about_job(), patience=_AT_ONCE)
            except KnownFault:
                return _UNKNOWN
            state = now.number("job-state")
            self.out = max(self.out, now.number("job-impressions-completed"))
            if state in (_CANCELLED, _ABORTED) or (said.good and now.status == _MISSING):
                return _BACK if self.given else _NOTHING
            if state == _COMPLETED:
                return _OUT if self.whole else _PART
            if time.monotonic() >= end:
                return _UNKNOWN
            time.sleep(self.pace.look)
