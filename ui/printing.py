"""Print: straight to the chosen printer, or through the system's dialog with pictures of the pages at 300 dots.

The bytes of the page stay in memory on our side. What the system's own printing keeps is beyond the program, so it is told before the first
page with names goes there; the name of the job never tells whom it is about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import KnownFault, UserError
from desktop.services import papers, printers, spool
from desktop.services.papers import Paper
from desktop.services.printers import Printer
from desktop.services.progress import Progress
from ui import messages
from ui.jobs import Jobs
from ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
JOB_NAME = "document"
ROLL = "Roll"
"""The size of paper of strips for a roll of 80 mm: each page is as long as it is."""

Chosen = Callable[["QPrinter"], None]
Printed = Callable[[int], None]
"""Called when a paper is out, with how many copies of it."""
Begins = Callable[[Callable[[], None]], None]
"""Does what has to be done before the first page goes out, and then calls what it is given."""


def image(paper: Paper, page: int, dpi: int) -> QImage:
    """One page (from 0) as a picture. May be called on any thread."""
    wide, high, data = papers.picture(paper, page=page, dpi=dpi)
    made = QImage(data, wide, high, wide * 3, QImage.Format.Format_RGB888).copy()
    made.setDotsPerMeterX(round(dpi / 0.0254))
    made.setDotsPerMeterY(round(dpi / 0.0254))
    return made


def _screen_dialog(parent: QWidget, paper: Paper, copies: int, size: str, chosen: Chosen) -> None:
    """The system's list of printers, in Qt's own box."""
    from PySide6.QtCore import Qt
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        messages.tell(
            parent, tr("No printer was found"), tr("Connect a printer, or save the page as a file and print it elsewhere."), icon="paper"
        )
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(JOB_NAME)
    printer.setFullPage(True)
    printer.setCopyCount(copies)
    if size != ROLL:
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if size == "Letter" else QPageSize.PageSizeId.A4))
    box = QPrintDialog(printer, parent.window())
    for option in (box.PrintDialogOption.PrintToFile, box.PrintDialogOption.PrintPageRange):
        box.setOption(option, False)  # a file is saved elsewhere, after a warning; all pages are printed and counted
    box.setObjectName("print_box")
    box.setWindowTitle(tr("Print"))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.accepted.connect(lambda: chosen(printer))
    box.show()


Ask = Callable[[QWidget, Paper, int, str, Chosen], None]
"""How a printer is asked for: parent, paper, copies, size of paper (A4, Letter, `ROLL`), what to do with the printer."""

_now: dict[str, Ask] = {"ask": _screen_dialog}


def use(ask: Ask) -> Ask:
    """Ask for the printer in another way (a test); returns the way before."""
    before, _now["ask"] = _now["ask"], ask
    return before


def print_paper(
    parent: QWidget, jobs: Jobs, paper: Paper, printed: Printed, *, copies: int = 1, several: bool = False, size: str = "A4",
    begins: Begins | None = None,
) -> None:
    """Ask for the printer, print every page, then call `printed` with how many copies it was told to make: with `several` what was typed in the
    system's box counts, else it is one, whatever was typed there. `size` is A4, Letter or `ROLL`. Nothing is called if the person goes back.
    `begins` is called when a printer was chosen, with what sends the pages to it.

    A printer that takes nothing is told as KnownFault paper.printer, and nothing counts as printed.
    """

    def go(printer: QPrinter) -> None:
        if not several:
            printer.setCopyCount(1)
        made = max(1, printer.copyCount())
        # Qt lets a printer be painted from another thread, and a slow one must not hold up the window.
        def send() -> None:
            jobs.submit(
                parent, lambda progress: draw_pages(printer, paper, progress), lambda _none: printed(made), words=tr("Printing…"),
                can_cancel=True, aside=True,
            )

        if begins is None:
            send()
        else:
            begins(send)

    _now["ask"](parent, paper, copies, size, go)


def print_direct(
    parent: QWidget, jobs: Jobs, printer: Printer, paper: Paper, printed: Printed, *, copies: int = 1, size: str = "A4",
    failed: Callable[[UserError], None] | None = None,
) -> None:
    """Print every page on the chosen printer, straight from memory, then call `printed` with the copies. A box shows how far it is and offers to stop;
    what fails is told, or given to `failed`, and then nothing counts as printed."""
    words = tr("Printing on {printer}…", printer=name_of(printer))
    jobs.submit(
        parent, lambda progress: printers.send(printer, paper=paper, size=size, copies=copies, progress=progress), lambda _none: printed(copies),
        failed, words=words, can_cancel=True, aside=True,
    )


def name_of(printer: Printer) -> str:
    """What a printer is called on the screen."""
    return printer.name or tr("the printer")


def draw_pages(printer: QPrinter, paper: Paper, progress: Progress) -> None:
    """Put every page on a printer, each as large as the sheet, strips of a roll as large as they are. KnownFault paper.printer; when it is stopped, the job is taken back."""
    with spool.files_in_memory():
        _draw_all(printer, paper, progress)


def _draw_all(printer: QPrinter, paper: Paper, progress: Progress) -> None:
    painter = QPainter()
    picture = image(paper, 0, DPI)
    _lay_in(printer, paper, picture)
    if not painter.begin(printer):
        raise KnownFault("paper.printer")
    try:
        for at in range(paper.pages):
            progress(at, paper.pages)
            if at:
                picture = image(paper, at, DPI)
                _lay_in(printer, paper, picture)
                if not printer.newPage():
                    raise KnownFault("paper.printer")
            sheet = printer.paperRect(printer.Unit.DevicePixel)
            if paper.document.roll:
                sheet.setWidth(min(sheet.width(), picture.width() / DPI * printer.resolution()))
            _draw(painter, sheet, picture)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _lay_in(printer: QPrinter, paper: Paper, picture: QImage) -> None:
    """The next page of a roll is as wide and as long as its strip; sheets stay what was asked for."""
    if paper.document.roll:
        inch = 25.4
        strip = QSizeF(picture.width() / DPI * inch, picture.height() / DPI * inch)
        printer.setPageSize(QPageSize(strip, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))


def _draw(painter: QPainter, sheet: QRectF, picture: QImage) -> None:
    wide = min(sheet.width(), sheet.height() * picture.width() / picture.height())
    high = wide * picture.height() / picture.width()
    painter.drawImage(QRectF((sheet.width() - wide) / 2, 0, wide, high), picture, QRectF(QRect(0, 0, picture.width(), picture.height())))
