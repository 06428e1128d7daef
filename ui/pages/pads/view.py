"""Pads on the left, the first sheet of the chosen one in the middle, its counts and its sheets at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.codes import shown
from desktop.domain.ids import Stamp
from desktop.services import form_papers, pads
from desktop.services.form_library import StoredForm
from desktop.services.pads import Pad
from desktop.services.papers import Paper
from ui import dates, messages, words
from ui.commands import Command
from ui.page import Page
from ui.pages.pads.new_pad import NewPad
from ui.pages.pads.some_sheets import SomeSheets
from ui.pages.pads.state import PadsState
from ui.present_errors import FailurePanel
from ui.printing import name_of, print_direct, print_paper
from ui.records.choose_form import ChooseForm, title_of
from ui.records.sheet_numbers import SheetNote
from ui.records.sheet_numbers import title_of as sheet_title
from ui.shell import Shell, ask_before
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Search
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import Part, box, clear, col, fill, row, rule
from ui.widgets.lists import RowList
from ui.widgets.parts import Empty, Head, SidePanel
from ui.widgets.rows import Cell, Chip
from ui.widgets.sheet import SheetView
from ui.words import counted, digits, mark, tr

STATES = {
    pads.OUT: (mark("still out"), "accent", "paper"), pads.USED: (mark("used"), "good", "done"), pads.RETURNED: (mark("came back"), "plain", "undo"),
    pads.SPOILED: (mark("spoiled"), "danger", "close"), pads.DOUBLED: (mark("at two sites"), "danger", "warning"),
}


class PadsView(Page):
    """Numbered sheets."""

    help = (
        mark("A pad is a pile of blank forms with a number on each, for the day when the laptop cannot be used. The strip with the number goes to the person."),
        mark("Nobody else ever gets these numbers: they are kept as soon as the pad is made."),
        mark("Later, type or scan the number of a sheet in the field above. The form opens, and whoever it is about gets that number."),
        mark("Count back what was not used, and what was spoiled. What is still out should lie in the cupboard."),
    )

    def __init__(self, shell: Shell, state: PadsState) -> None:
        super().__init__("pads", tr("Numbered sheets"))
        self._shell, self._state = shell, state
        new = Button(tr("New pad…"), "primary", "plus", "Ctrl+Shift+N", name="pads_new")
        new.clicked.connect(self._new)
        new.setEnabled(shell.who.role.writes)
        scans = Button(tr("Pages that come back"), icon="read", name="pads_scans")
        scans.clicked.connect(lambda: shell.open("scans"))
        self._number = Search(name="pads_number", hint=tr("Number of a sheet: type or scan it"))
        self._note = SheetNote(shell, "pads_sheet")
        self._number.entered.connect(self._enter)
        self._number.textChanged.connect(self._typed)
        self._list = RowList(name="pads_list", label=tr("Pads"), inset=EDGE, tall=True)
        self._list.chosen.connect(state.choose)
        self._number.moved.connect(lambda _step: self._list.setFocus())
        left = box(row((box(col((self._list, 1))), 1), rule(upright=True), gap=0), "surface", width=324)
        self._sheet = SheetView(tr("Preview"))
        self._sheet.sharpness.connect(state.look_at)
        self._earlier = Button(tr("Earlier page"), "quiet", name="pads_earlier")
        self._earlier.clicked.connect(lambda: state.turn(-1))
        self._next = Button(tr("Next page"), "quiet", name="pads_next")
        self._next.clicked.connect(lambda: state.turn(1))
        self._where = Words("", "body", "second")
        tools = row(None, self._earlier, self._where, self._next, None, gap=4, edge=(EDGE, 8, EDGE, 8))
        self._missing = col(edge=(EDGE, 24, EDGE, 0))
        self._missing_box = box(self._missing, "paper")
        self._tools = box(tools, "paper")
        middle = box(col(16, (self._sheet, 1), (self._missing_box, 1), self._tools), "paper")
        self._side = SidePanel("pads_side", 352 if words.language() == "my" else 312)
        begin = Button(tr("New pad…"), "primary", "plus", name="pads_begin")
        begin.clicked.connect(self._new)
        begin.setEnabled(shell.who.role.writes)
        self._empty = Empty(
            tr("No pad has been made yet"), tr("Print a pile of numbered forms before the power goes. Each sheet has a number of its own."), begin, [],
        )
        self._body = box(row(left, (middle, 1), self._side, gap=0))
        field = box(col(self._number, 4, self._note, edge=(EDGE, 0, EDGE, 10)))
        self.setLayout(col(Head(tr("Numbered sheets"), "", scans, new), field, rule(), (self._body, 1), (self._empty, 1)))
        state.changed.connect(self._show)
        state.pictured.connect(self._show_picture)
        state.made.connect(self._made)
        self._show()

    # ---- what the shell asks ----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        pad = where.get("pad")
        self._state.arrive(pad if isinstance(pad, Stamp) else None)
        self._number.selectAll()

    def changed(self, changes: Changes) -> None:
        self._state.changed_elsewhere(changes)

    def first_focus(self) -> QWidget | None:
        return self._number

    def commands(self) -> Sequence[Command]:
        def may_print() -> bool:
            return self._state.paper is not None and self._shell.who.role.writes

        return (
            Command("pads.new", mark("New pad…"), self._new, "Ctrl+Shift+N", "plus", ready=lambda: self._shell.who.role.writes),
            Command("pads.number", mark("Type the number of a sheet"), self._number.setFocus, "Ctrl+F", "search"),
            Command("pads.print", mark("Print the pad"), self._print, "Ctrl+P", "paper", ready=may_print),
            Command("pads.some", mark("Print some sheets of the pad…"), self._print_some, "Ctrl+Shift+P", "paper", ready=may_print),
            Command("pads.save", mark("Save the pad as a file…"), self._save, "", "put", ready=may_print),
            Command("pads.next", mark("Next page"), lambda: self._state.turn(1), "Alt+Down", "chevron-right"),
            Command("pads.earlier", mark("Earlier page"), lambda: self._state.turn(-1), "Alt+Up", "chevron-right"),
        )

    # ---- doing ------------------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if not text:
            self._note.clear()

    def _enter(self) -> None:
        """What the number leads to is said first; Enter again goes there. A scanner's Enter comes with the number."""
        text = self._number.text().strip()
        if text:
            self._note.look(text, self._go_if_sheet, always=True)

    def _go_if_sheet(self) -> None:
        self._note.go()

    def _new(self) -> None:
        ChooseForm(self.window(), self._shell, self._chosen, title=tr("Which form?")).open()

    def _chosen(self, form: StoredForm) -> None:
        def box_for(found: form_papers.PrintableForm) -> None:
            NewPad(self.window(), found, title_of(form), lambda sheets, languages: self._state.reserve(form.id, sheets, languages)).open()

        self._shell.read(self, lambda session: form_papers.form(session, form=form.id), box_for)

    def _save(self) -> None:
        ask_before(
            self, tr("The file will not be locked"),
            tr("Anybody who finds it can read it. Put it on a stick only, print it elsewhere, and then delete the file."), tr("Save it"),
            lambda: self._ask_destroyed(1, pads.MOST, lambda: self._state.make(saving=True)), danger=True,
        )

    def _print(self) -> None:
        self._print_sheets(1, pads.MOST)

    def _print_some(self) -> None:
        if self._state.chosen is not None and self._state.sheets:
            SomeSheets(self.window(), self._state, self._print_sheets).open()

    def _print_sheets(self, first: int, last: int) -> None:
        self._ask_destroyed(first, last, lambda: self._state.make(saving=False, first=first, last=last))

    def _ask_destroyed(self, first: int, last: int, then: Callable[[], None]) -> None:
        """Sheets that were printed before are not printed once more without a question."""
        before = self._state.before(first, last)
        if not before:
            then()
            return
        ask_before(
            self, tr("This pad was printed before") if before == len(self._state.sheets) else (
                counted(before, "{n} of these sheets was printed before", "{n} of these sheets were printed before")
            ),
            tr("Two sheets with one number would give one number to two people. Destroy the earlier sheets first, all of them."),
            tr("They are destroyed: print it"), then, danger=True,
        )

    def _made(self, paper: Paper, saving: bool) -> None:
        printer = self._state.printer
        if saving:
            messages.choose_place(self, tr("Save the pad as a file"), f"{paper.title}.pdf", lambda path: self._state.save(paper, path))
        elif printer is not None:
            self._state.count(paper, lambda: print_direct(
                self, self._shell.jobs, printer, paper, lambda _copies: self._state.went_out(), size=self._state.size,
            ))
        else:
            print_paper(
                self, self._shell.jobs, paper, lambda _copies: self._state.went_out(), size=self._state.size,
                begins=lambda then: self._state.count(paper, then),
            )

    def _all_back(self) -> None:
        pad = self._state.chosen
        if pad is not None:
            text = counted(pad.out, "{n} sheet is still out. Is it here, unused?", "{n} sheets are still out. Are all of them here, unused?")
            ask_before(self, tr("Count them all back?"), text, tr("They are here"), self._state.all_back)

    def _count_back(self) -> None:
        field = self._side.findChild(Search, "pads_back")
        if field is not None and field.text().strip():
            self._state.count_back(field.text())

    def _back_as(self, keys: frozenset[str]) -> None:
        self._state.back_as = next(iter(keys), self._state.back_as)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._state
        self._body.setVisible(bool(state.pads))
        self._empty.setVisible(state.known and not state.pads)
        cells = [_cell(one) for one in state.pads if not one.site]
        others = [_cell(one) for one in state.pads if one.site]
        if others:
            cells += [Cell(tr("Pads of other sites"), heading=True), *others]
        self._list.blockSignals(True)  # what is shown is told by the state, not by the row that was chosen before
        self._list.show_cells(cells)
        if state.pad is not None:
            self._list.choose(state.pad)
        self._list.blockSignals(False)
        self._show_side()
        self._show_picture()

    def _show_picture(self) -> None:
        state = self._state
        clear(self._missing)
        there = state.paper is not None
        if state.fault is not None:
            fill(self._missing, FailurePanel(state.fault), None)
        elif not there and state.chosen is not None:
            text = tr("Pads of another site are printed there.") if state.chosen.site else tr("No sheet of this pad is left to print.")
            fill(self._missing, Words(text, "body", "second", wrap=True), None)
        self._missing_box.setVisible(not there)
        self._sheet.setVisible(there)
        self._tools.setVisible(there)
        pages = state.paper.pages if state.paper is not None else 0
        self._where.setText(tr("{page} of {pages}", page=str(state.page + 1), pages=str(pages)))
        self._earlier.setEnabled(state.page > 0)
        self._next.setEnabled(state.page + 1 < pages)
        self._sheet.show_picture(state.picture, tr("First sheet of the pad, page {page} of {pages}", page=state.page + 1, pages=pages))

    def _show_side(self) -> None:
        focus = self._side.focusWidget()
        name = focus.objectName() if focus is not None and focus.hasFocus() else ""
        clear(self._side.body)
        clear(self._side.foot)
        pad = self._state.chosen
        if pad is None:
            return
        fill(self._side.body, *self._counts(pad), *([] if pad.site or not self._shell.who.role.writes else self._counting(pad)), *self._rows(), None)
        go = Button(tr("Print"), "primary", "paper", "Ctrl+P", name="pads_print")
        go.clicked.connect(self._print)
        save = Button(tr("Save…"), name="pads_save")
        save.clicked.connect(self._save)
        some = Button(tr("Some sheets…"), "quiet", hint="Ctrl+Shift+P", name="pads_some")
        some.clicked.connect(self._print_some)
        for one in (go, save, some):
            one.setEnabled(self._shell.who.role.writes and not pad.site and pad.out + pad.returned > 0)
        fill(self._side.foot, row(go, save, None), row(some, None))
        found = self._side.findChild(QWidget, name) if name else None
        if found is not None:
            found.setFocus()

    def _counts(self, pad: Pad) -> list[Part]:
        known = [(tr("Sheets"), digits(str(pad.sheets)))]
        known += [(tr(STATES[one][0]), digits(str(getattr(pad, one)))) for one in pads.STATES if getattr(pad, one) or one != pads.DOUBLED]
        known.append((tr("Made"), tr("{who}, {when}", who=pad.author, when=dates.moment(pad.at))))
        parts: list[Part] = [Words(sheet_title(pad.form, pad.title), "heading", wrap=True), 8, facts(known, first=110), 12]
        if not pad.site:
            printer = self._state.printer
            way = tr("Straight to {printer}. No copy stays on this laptop.", printer=name_of(printer)) if printer is not None else (
                tr("Through the system's own dialog. This computer may keep a copy.")
            )
            told = counted(pad.copies, "Printed {n} time.", "Printed {n} times.") if pad.copies else tr("Not printed yet.")
            parts += [Note("paper", told, "second", "small"), 2, Note("info", way, "second", "small"), 12]
        if self._state.told:
            tone = "danger" if self._state.told_wrong else "good"
            parts += [Note("warning" if self._state.told_wrong else "done", self._state.told, tone, "body", name="pads_told"), 10]
        return parts

    def _counting(self, pad: Pad) -> list[Part]:
        field = Search(name="pads_back", hint=tr("Type or scan a number"))
        field.entered.connect(self._count_back)
        field.setAccessibleName(tr("Number that came back"))
        how = Choices(
            [(pads.RETURNED, tr("Unused")), (pads.SPOILED, tr("Spoiled")), (pads.OUT, tr("Out again"))], name="pads_back_as", label=tr("Count as"),
            chosen=[self._state.back_as],
        )
        how.picked.connect(self._back_as)
        parts: list[Part] = [rule(thin=True), 12, Words(tr("Count back"), "strong"), 8, how, 8, field, 8]
        if pad.out:
            every = Button(tr("All that are out are here"), "quiet", name="pads_all_back")
            every.clicked.connect(self._all_back)
            parts += [row(every, None), 8]
        return parts

    def _rows(self) -> list[Part]:
        rows = RowList(name="pads_sheets", label=tr("Sheets of this pad"), plane="paper", fit=True, inset=0)
        rows.show_cells([
            Cell(shown(one.code), right=digits(str(at)), chips=(Chip(tr(said), tone, icon),), key=one.code)
            for at, one in enumerate(self._state.sheets, 1) for said, tone, icon in [STATES[one.state]]
        ])
        return [rule(thin=True), 12, Words(tr("Sheets of this pad"), "strong"), 4, rows]


def _cell(pad: Pad) -> Cell:
    second = tr("{sheets} sheets, {out} still out", sheets=digits(str(pad.sheets)), out=digits(str(pad.out)))
    return Cell(sheet_title(pad.form, pad.title), tr("{site}: {what}", site=pad.site, what=second) if pad.site else second, icon="paper",
                right=dates.since(pad.at), key=pad.id)
