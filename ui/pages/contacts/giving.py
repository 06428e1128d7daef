"""Give guidance to a contact: choose a sheet, read it out or print it, write down that they have it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import Stamp
from desktop.services.guidance import Sheet, SheetPage
from ui import dates, messages, words
from ui.pages.contacts.state import ContactsState, Printable
from ui.pages.contacts.ways import WAYS
from ui.records.form import RecordForm
from ui.records.form_page import FormPage
from ui.shell import ask_before
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Labelled
from ui.widgets.labels import Note, Words
from ui.widgets.layout import box, clear, col, fill, row
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell, Chip
from ui.words import tr


def sheet_cell(sheet: Sheet, *, version: bool = False) -> Cell:
    """A line of the library."""
    chips = (Chip(tr("No longer right"), "danger", "warning"),) if sheet.stale else ()
    older = (Chip(tr("Older version"), "plain", "history"),) if version and sheet.replaced else ()
    until = tr("right until {day}", day=dates.day(sheet.stale_after)) if sheet.stale_after else ""
    second = words.listed([dates.day(sheet.dated), sheet.area, until])
    return Cell(sheet.title, second or " ", icon="form", chips=(*chips, *older), key=sheet.id.text())


class Giving(QWidget):
    """The sheets at the top, the text of the chosen one below, and how it was given."""

    def __init__(self, state: ContactsState) -> None:
        super().__init__()
        self._state = state
        self._list = RowList(name="give_sheets", label=tr("Guidance sheets"), fit=True)
        self._list.chosen.connect(self._choose)
        self._list.opened.connect(self._choose)
        self._text = col()
        ways = [(key, tr(text)) for key, text in WAYS.items()]
        self._ways = Choices(ways, name="give_way", label=tr("How it was given"), chosen=filter(None, [state.more("way")]))
        self._ways.picked.connect(lambda keys: state.write_more("way", next(iter(keys), "")))
        self._print = Button(tr("Print it"), icon="paper", name="give_print")
        self._print.clicked.connect(lambda: self._ask(self._print_paper))
        self._save = Button(tr("Save as a file…"), "quiet", name="give_save")
        self._save.clicked.connect(lambda: self._ask(self._save_paper))
        none = tr("There are no sheets yet. Write one in Guidance, on the page of contacts.")
        nothing = Note("info", "" if state.library.sheets else none, "second", "body")
        way = Labelled(tr("How it was given"), self._ways, help=tr(
            "A printed sheet bears the number of the contact and no name. It does not leave the house. Printing it counts as given."
        ))
        self.setLayout(col(nothing, self._list, 14, self._text, 14, way, 8, row(self._print, self._save, None, gap=8), None))
        self._list.show_cells([sheet_cell(one) for one in state.library.sheets])
        for one in (self._print, self._save):
            one.setEnabled(False)
        if state.more("sheet"):
            self._list.choose(state.more("sheet"))
        else:
            self._list.choose_first()

    def _choose(self, key: object) -> None:
        if isinstance(key, str):
            self._state.write_more("sheet", key)
            self._state.preview(self, Stamp.parse(key), self._show)

    def _show(self, page: SheetPage) -> None:
        if page.sheet.id.text() != self._state.more("sheet"):
            return
        clear(self._text)
        text = Words(page.text, wrap=True)
        text.setObjectName("give_text")
        source = Words(tr("From: {source}", source=page.sheet.source), "small", "hint", wrap=True)
        over = tr("The day after which it is no longer right is over.") if page.sheet.stale else ""
        stale = Note("warning", over, "danger", "body", name="give_stale")
        fill(self._text, stale, 4, text, 4, source)
        for one in (self._print, self._save):
            one.setEnabled(True)

    def _ask(self, out: Callable[[Printable], None]) -> None:
        sheet = Stamp.parse(self._state.more("sheet"))
        ask_if_stale(self, self._state, lambda _stale: self._state.printable(self, sheet, out))

    def _print_paper(self, ready: Printable) -> None:
        from ui.look_first import LookFirst
        from ui.printing import print_direct, print_paper

        window, jobs = self.window(), self._state.jobs

        def go() -> None:
            if ready.printer is not None:
                print_direct(window, jobs, ready.printer, ready.paper, lambda _copies: ready.went_out(), size=ready.size)
            else:
                print_paper(window, jobs, ready.paper, lambda _copies: ready.went_out(), size=ready.size)

        LookFirst(self, jobs, ready.paper, tr("Print it"), go).open()

    def _save_paper(self, ready: Printable) -> None:
        from ui.look_first import LookFirst

        paper = ready.paper

        def go() -> None:
            ask_before(
                self, tr("The file will not be locked"),
                tr("Anybody who finds it can read it. Put it on a stick only, print it elsewhere, and then delete the file."), tr("Save it"),
                lambda: messages.choose_place(
                    self, tr("Save the page as a file"), f"{paper.title}.pdf", lambda path: self._state.save_paper(paper, path, ready.went_out)
                ),
                danger=True,
            )

        LookFirst(self, self._state.jobs, paper, tr("Save as a file…"), go).open()


def ask_if_stale(parent: QWidget, state: ContactsState, then: Callable[[bool], None]) -> None:
    """Ask once more before the chosen sheet goes out if its day is over; then call `then` with whether it is."""
    chosen = next((one for one in state.library.sheets if one.id.text() == state.more("sheet")), None)
    if chosen is None or not chosen.stale:
        then(False)
        return
    ask_before(
        parent, tr("This sheet is no longer right"), tr("Old news about the way can cost a life. Find out what is right today if you can."),
        tr("Give it all the same"), lambda: then(True), danger=True,
    )


class GiveForm(FormPage):
    """Asks once more before a sheet is given whose day is over."""

    def save(self) -> None:
        state = self.state
        if state.more("way"):
            ask_if_stale(self, state, lambda stale: state.save({}, stale_too=stale))
        else:
            super().save()  # the service says what is missing

    def __init__(self, state: ContactsState, name: str) -> None:
        self.state = state
        super().__init__(
            tr("Give guidance to {name}", name=name), tr("What is given is written down, so that you can tell them when it changes."),
            RecordForm("contact", [], {}), [], above=[box(col(Giving(state)))], save=tr("They have it"),
        )


def guidance_form(state: ContactsState, name: str) -> FormPage:
    """The form for giving a sheet."""
    return GiveForm(state, name)
