"""Print through the system's printer: pictures of the pages at 300 dots, under a job name that tells nothing.

The bytes of the page stay in memory on our side. What the printer and its list keep is beyond the program; the name of the job
never tells whom it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from desktop.services import papers
from desktop.services.papers import Paper
from desktop.services.progress import Progress
from ui import messages
from ui.jobs import Jobs
from ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300

Chosen = Callable[["QPrinter"], None]


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
    printer.setDocName(paper.title)
    printer.setFullPage(True)
    printer.setCopyCount(copies)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if size == "Letter" else QPageSize.PageSizeId.A4))
    box = QPrintDialog(printer, parent.window())
    box.setObjectName("print_box")
    box.setWindowTitle(tr("Print"))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.accepted.connect(lambda: chosen(printer))
    box.show()


Ask = Callable[[QWidget, Paper, int, str, Chosen], None]
"""How a printer is asked for: parent, paper, copies, size of paper, what to do with the printer."""

_now: dict[str, Ask] = {"ask": _screen_dialog}


def use(ask: Ask) -> Ask:
    """Ask for the printer in another way (a test); returns the way before."""
    before, _now["ask"] = _now["ask"], ask
    return before


def print_paper(parent: QWidget, jobs: Jobs, paper: Paper, printed: Callable[[], None], *, copies: int = 1, size: str = "A4") -> None:
    """Ask for the printer, print every page, then call `printed`. `size` is A4 or Letter. Nothing is called if the person goes back."""

    def pages(progress: Progress) -> list[QImage]:
        made = []
        for page in range(paper.pages):
            progress(page, paper.pages)
            # Our paper is black on white: a third of the memory is enough.
            made.append(image(paper, page, DPI).convertToFormat(QImage.Format.Format_Grayscale8))
        return made

    def go(printer: QPrinter) -> None:
        def draw(made: list[QImage]) -> None:
            draw_pages(printer, made)
            printed()

        jobs.submit(parent, pages, draw, words=tr("Printing…"), can_cancel=True, aside=True)

    _now["ask"](parent, paper, copies, size, go)


def draw_pages(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """Put pages on a printer, each as large as the sheet."""
    painter = QPainter(printer)
    for at, picture in enumerate(pages):
        if at:
            printer.newPage()
        sheet = printer.paperRect(printer.Unit.DevicePixel)
        wide = min(sheet.width(), sheet.height() * picture.width() / picture.height())
        high = wide * picture.height() / picture.width()
        painter.drawImage(QRectF((sheet.width() - wide) / 2, 0, wide, high), picture, QRectF(QRect(0, 0, picture.width(), picture.height())))
    painter.end()
