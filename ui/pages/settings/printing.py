"""The printer that pages go to directly, and what the system's own printing keeps."""

from __future__ import annotations

from desktop.domain.errors import UserError
from desktop.services import printers, spool
from desktop.services.papers import Paper
from desktop.services.printers import Printer
from desktop.services.spool import Spool
from ui import spool_words
from ui.look_first import LookFirst
from ui.pages.settings.sections import Section
from ui.pages.settings.state import SettingsState
from ui.present_errors import brief
from ui.printing import name_of, print_direct
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.fields import Labelled, Line
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, clear, col, fill, row
from ui.words import tr


class PrintingSection(Section):
    """Choose a printer, try it, turn it off; what the system keeps."""

    def __init__(self, shell: Shell, state: SettingsState) -> None:
        self._shell, self._state = shell, state
        self._may = shell.who.role.writes
        self._told = Note("done", state.told, "good", "body", name="printing_told")
        self._found = col()
        self._typed = Line(name="printer_address", hint="192.168.1.20", width=260, limit=100)
        self._typed.returnPressed.connect(self._ask)
        ask = Button(tr("Ask this printer"), name="ask_printer")
        ask.clicked.connect(self._ask)
        self._question = Labelled(
            tr("Address of a printer on this house's network"), self._typed, help=tr("The printer shows it in its menu. Only numbers: a name would be asked for on the network."),
            beside=ask,
        )
        self._look = Button(tr("Look for printers on a cable"), "normal" if state.printer else "primary", "search", name="look_for_printers")
        self._look.clicked.connect(self._search)
        for one in (self._typed, ask, self._look):
            one.setEnabled(self._may)
        self._kept = col()
        super().__init__(
            tr("Printing"), tr("Straight to a printer, with no copy on this laptop; or through the system's own dialog."),
            *self._now(), self._told, 16, Words(tr("Choose a printer") if state.printer is None else tr("Choose another printer"), "heading"), 10,
            row(self._look, None), 8, box(self._found), 10, self._question, 22,
            Words(tr("What this computer's own printing keeps"), "heading"), 8, box(self._kept), 10,
            Words(tr("A printer may keep pages in its own memory, and nobody can wipe it from here. Use a cable, count the pages, destroy spoiled ones."), "small", "hint", wrap=True),
        )
        self._first = self._look
        fill(self._kept, Words(tr("Looking…"), "body", "second"))
        shell.jobs.submit(self, lambda _progress: spool.look(), self._show_kept, aside=True)

    def _now(self) -> list[Part]:
        printer = self._state.printer
        if printer is None:
            off = tr("No printer is chosen: pages go through the system's own dialog.")
            return [Note("info", off, "second", "body", name="printer_now"), 14]
        test = Button(tr("Print a test page"), "primary", "paper", name="test_page")
        test.clicked.connect(self._try)
        off_button = Button(tr("Turn off"), name="printer_off")
        off_button.clicked.connect(lambda: self._state.turn_printer_off(tr("Off. Pages go through the system's own dialog again.")))
        off_button.setEnabled(self._may)
        safe = printer.here or printer.locked
        return [
            Words(name_of(printer), "strong"), 2, Words(printer.address, "body", "second"), 6,
            Note("shield" if safe else "warning", way(printer), "good" if safe else "warn", "body", name="printer_now"), 10,
            row(test, off_button, None), 20,
        ]

    # ---- choosing ---------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self._question.wrong("")
        self._shell.jobs.submit(self, printers.near, self._show_found, words=tr("Looking for printers…"), can_cancel=True, aside=True)

    def _show_found(self, found: list[Printer]) -> None:
        clear(self._found)
        if not found:
            nothing = tr("None answered. Switch the printer on, wait a minute, look again. Older printers need the system's own dialog.")
            fill(self._found, Note("info", nothing, "second", "body", name="no_printers"))
            return
        parts: list[Part] = []
        for at, printer in enumerate(found):
            use = Button(tr("Use this printer"), name=f"use_printer_{at}")
            use.clicked.connect(lambda _on=False, one=printer: self._use(one))
            parts += [row(Words(name_of(printer), "strong"), Words(printer.address, "body", "second"), None, use, gap=12), 8]
        fill(self._found, *parts)

    def _ask(self) -> None:
        self._question.wrong("")
        typed = self._typed.text()
        self._shell.jobs.submit(
            self, lambda _progress: printers.look(typed), self._use, self._refused, words=tr("Asking the printer…"), can_cancel=False, aside=True,
        )

    def _refused(self, error: UserError) -> None:
        self._question.wrong(brief(error))
        self._typed.setFocus()

    def _use(self, printer: Printer) -> None:
        self._state.choose_printer(printer, tr("Chosen. Print a test page now."))

    # ---- trying -----------------------------------------------------------------------------------------------------

    def _try(self) -> None:
        printer, settings = self._state.printer, self._state.settings
        if printer is not None and settings is not None:
            size = settings.paper_size
            self._told.say("")

            def made(paper: Paper) -> None:
                def go() -> None:
                    print_direct(self, self._shell.jobs, printer, paper, lambda _copies: self._tried(), size=size)

                LookFirst(self, self._shell.jobs, paper, tr("Print"), go).open()

            self._shell.jobs.submit(self, lambda _progress: printers.trial_paper(size), made, aside=True)

    def _tried(self) -> None:
        self._told.say(tr("Printed. Look at each line of the page."))

    def _show_kept(self, found: Spool) -> None:
        clear(self._kept)
        good = spool_words.tone(found) == "good"
        parts: list[Part] = [Note("done" if good else "warning", spool_words.kept(found), spool_words.tone(found), "body", name="spool_kept"), 6]
        for sentence in spool_words.todo(found):
            parts += [Words(sentence, "body", "second", wrap=True).can_pick(), 4]
        fill(self._kept, *parts)


def way(printer: Printer) -> str:
    """How pages get to a printer, in one sentence."""
    if printer.here:
        return tr("Straight over its cable. No copy stays on this laptop.")
    if printer.locked:
        return tr("Straight over this house's network, locked on the way. No copy stays on this laptop.")
    return tr("Straight over this house's network, not locked: whoever listens there can read the pages. A cable is safer.")
