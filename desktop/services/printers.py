"""The printer that pages go to straight from memory: found, chosen, tried out, turned off, printed to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.changes import Changes
from desktop.domain.errors import KnownFault, UserError
from desktop.services.papers import Document, Gathering, Paper
from desktop.services.progress import Progress, silent
from desktop.services.session import Session

if TYPE_CHECKING:
    from desktop.paper.printing.line import Address

PORTS = (631, *range(60000, 60010))
"""Where printers on a USB cable answer on this laptop: the usual port, and those that ipp-usb takes one after another."""

_SETTING, _TOLD = "direct_printer", "spool_told"
_TRIAL_PAGE = Document("trial_page", "carried", "site", "X1", (), (), False)


@dataclass(frozen=True)
class Printer:
    """A printer that takes our pages. `name` is what it calls itself, "" if it does not say. `here`: on this laptop's own cable; else on the
    local network, where `locked` says whether the line is encrypted. `mark`: of its certificate, "" without encryption."""

    name: str
    address: str
    here: bool
    locked: bool
    mark: str = ""


def near(progress: Progress = silent) -> list[Printer]:
    """Ask this laptop's own ports for printers; nothing goes out on a network. Those that cannot take our pages are left out."""
    from desktop.paper.printing import line

    found = []
    for at, port in enumerate(PORTS):
        progress(at, len(PORTS))
        if line.listens(port):
            try:
                found.append(look(f"127.0.0.1:{port}"))
            except UserError:
                continue  # something else than a printer lives there
    return found


def look(typed: str) -> Printer:
    """Ask the printer at a typed address what it is. UserError: printer.address, printer.not_local, printer.format, printer.spooler;
    KnownFault: printer.off, printer.gone, printer.strange, printer.not_allowed, printer.busy."""
    from dataclasses import replace

    from desktop.paper.printing import line, printer

    address = line.typed(typed)
    if address.locked or not address.here:
        # On a network others may listen: the encrypted line is taken wherever there is one.
        mark = line.certificate(address)
        if address.locked and not mark:
            raise KnownFault("printer.off")
        address = replace(address, locked=bool(mark), mark=mark)
    can = printer.abilities(address)
    if can.spooler:
        raise UserError("printer.spooler")
    if not can.takes_pages:
        raise UserError("printer.format")
    shown = address.shown if address.path == "/ipp/print" else address.uri
    return Printer(can.name, shown, address.here, address.locked, address.mark)


def chosen(session: Session) -> Printer | None:
    """The printer that was chosen, None while there is none."""
    kept = session.vault.setting(_SETTING, "")
    return Printer(**json.loads(kept)) if kept else None


def choose(session: Session, *, printer: Printer) -> Changes:
    """Print to this one from now on. UserError role.not_allowed for those who only read."""
    session.require(writes=True)
    kept = {"name": printer.name, "address": printer.address, "here": printer.here, "locked": printer.locked, "mark": printer.mark}
    session.vault.set_setting(_SETTING, json.dumps(kept))
    session.vault.audit("printer.chosen", here=int(printer.here), locked=int(printer.locked))
    return Changes(frozenset({"setting"}))


def turn_off(session: Session) -> Changes:
    """Print through the system's own dialog from now on. UserError role.not_allowed for those who only read."""
    session.require(writes=True)
    session.vault.set_setting(_SETTING, "")
    session.vault.audit("printer.off")
    return Changes(frozenset({"setting"}))


def trial_paper(size: str) -> Paper:
    """A page that shows whether a printer is good enough, and tells nothing of anybody. `size` is A4 or Letter."""
    from desktop.paper.documents import trial_page

    made = Gathering(_TRIAL_PAGE, size)
    made.add(trial_page.draw, None)
    return made.paper()


def send(printer: Printer, *, paper: Paper, size: str, copies: int = 1, progress: Progress = silent) -> None:
    """Print a paper and wait until it is out. Needs nothing but the printer: call it on any thread. What `progress` raises takes the job
    back from the printer.

    UserError and KnownFault as `desktop.paper.printing.printer.send`; then nothing counts as printed.
    """
    from desktop.paper.printing import printer as direct

    direct.send(_address(printer), paper.pdf, paper.pages, size=size, copies=copies, report=progress)


def _address(printer: Printer) -> Address:
    from dataclasses import replace

    from desktop.paper.printing import line

    return replace(line.typed(printer.address), locked=printer.locked, mark=printer.mark)


def told_of_copies(session: Session) -> bool:
    """True once somebody here was told what the system's own printing keeps."""
    return session.vault.setting(_TOLD, "") == "1"


def tell_of_copies(session: Session) -> Changes:
    """Somebody was told."""
    session.vault.set_setting(_TOLD, "1")
    return Changes(frozenset({"setting"}))
