"""Documents on the left, the page in the middle, for whom and what is on it at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.ids import Stamp
from desktop.services import spool
from desktop.services.batches import Batch
from desktop.services.papers import FILLED_FORM, Paper
from desktop.services.people import PersonRow
from desktop.services.spool import Spool
from ui import messages, spool_words
from ui.commands import Command
from ui.page import Page
from ui.pages.paper.choose_filled import ChooseFilled
from ui.pages.paper.form_side import filled_parts, form_parts
from ui.pages.paper.many import Counts, ManyBox, count, made_words
from ui.pages.paper.shown_side import shown_parts
from ui.pages.paper.state import PaperState
from ui.pages.paper.titles import CARRY, documents, title_of
from ui.pages.paper.typed_form import TypedForm, label
from ui.present_errors import FailurePanel
from ui.printing import name_of, print_direct, print_paper
from ui.records.choose_form import ChooseForm
from ui.records.choose_person import ChoosePerson
from ui.shell import Shell, ask_before
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.fields import Line
from ui.widgets.labels import ChipLabel, Note, Words
from ui.widgets.layout import Part, box, clear, col, fill, row, rule
from ui.widgets.lists import RowList
from ui.widgets.parts import Head, SidePanel
from ui.widgets.sheet import SheetView
from ui.words import counted, mark, tr


class PaperView(Page):
    """Paper."""

    help = (
        mark("Choose a document at the left and a person at the right. The middle shows the page as it will be printed."),
        mark("Carried paper may be found in a pocket at a checkpoint: it shows a number and no name."),
        mark("Kept paper names people. It stays in the locked cupboard."),
        mark("Many people: everybody who came today in one go, with a sheet to cross off as the papers are handed out."),
        mark("Ration cards, beds and receipts can be made for many people too: what is the same for all is written once."),
        mark("Some papers ask for a few words at the right, such as a room or an amount. They stand on the paper and are not kept."),
        mark("A saved file is not locked. Save only what somebody else has to print, and delete it afterwards."),
    )

    def __init__(self, shell: Shell, state: PaperState) -> None:
        super().__init__("paper", tr("Paper"))
        self._shell, self._state = shell, state
        self._list = RowList(name="documents", label=tr("Documents"), inset=EDGE, tall=True)
        self._list.show_cells(documents(state.documents))
        self._list.choose(state.document.code)
        self._list.chosen.connect(self._choose)
        left = box(row((box(col(Head(tr("Paper")), (self._list, 1))), 1), rule(upright=True), gap=0), "surface", width=324)
        self._sheet = SheetView(tr("Preview"))
        self._sheet.sharpness.connect(state.look_at)
        self._earlier = Button(tr("Earlier page"), "quiet", name="earlier_page")
        self._earlier.clicked.connect(lambda: state.turn(-1))
        self._next = Button(tr("Next page"), "quiet", name="next_page")
        self._next.clicked.connect(lambda: state.turn(1))
        self._where = Words("", "body", "second")
        larger = Button(tr("Larger"), "quiet", "plus", name="larger")
        larger.clicked.connect(lambda: self._sheet.step(1))
        smaller = Button(tr("Smaller"), "quiet", name="smaller")
        smaller.clicked.connect(lambda: self._sheet.step(-1))
        tools = row(smaller, larger, None, self._earlier, self._where, self._next, None, gap=4, edge=(EDGE, 8, EDGE, 8))
        self._missing = col()
        self._missing_box = box(self._missing, "paper")
        self._tools = box(tools, "paper")
        middle = box(col(24, (self._sheet, 1), (self._missing_box, 1), self._tools), "paper")
        self._side = SidePanel("paper_side", 296)
        self._whom, self._written, self._about = col(), col(), col()
        self._typed: TypedForm | None = None
        fill(self._side.body, self._whom, self._written, self._about, None)
        self.setLayout(row(left, (middle, 1), self._side, gap=0))
        state.changed.connect(self._show)
        state.pictured.connect(self._show_picture)
        self._show()

    def arrive(self, **where: object) -> None:
        records = {name: found for name in ("person", "form", "submission") if isinstance(found := where.get(name), Stamp)}
        self._state.arrive(records.get("person"), str(where.get("document", "")), records.get("form"), records.get("submission"))
        self._list.choose(self._state.document.code)

    def changed(self, changes: Changes) -> None:
        self._state.changed_elsewhere(changes)

    def first_focus(self) -> QWidget | None:
        return self._list

    def commands(self) -> list[Command]:
        def ready() -> bool:
            return self._state.paper is not None and self._state.may_go_out

        return [
            Command("paper.print", mark("Print"), self._print, "Ctrl+P", "paper", ready=ready),
            Command("paper.save", mark("Save as a file…"), self._save, "", "put", ready=ready),
            Command("paper.person", mark("Choose for whom"), self._choose_subject, "Ctrl+F", "person"),
            Command("paper.many", mark("Papers for many people…"), self._choose_many, "", "people"),
            Command("paper.larger", mark("Larger"), lambda: self._sheet.step(1), "Ctrl++", "plus"),
            Command("paper.smaller", mark("Smaller"), lambda: self._sheet.step(-1), "Ctrl+-", "search"),
            Command("paper.next", mark("Next page"), lambda: self._state.turn(1), "Alt+Down", "chevron-right"),
            Command("paper.earlier", mark("Earlier page"), lambda: self._state.turn(-1), "Alt+Up", "chevron-right"),
        ]

    # ---- doing ------------------------------------------------------------------------------------------------------

    def _choose(self, key: object) -> None:
        self._state.choose(str(key))

    def _choose_subject(self) -> None:
        """For whom, or which form."""
        about = self._state.document.about
        {"form": self._choose_form, "filled": self._choose_filled}.get(about, self._choose_person)()

    def _choose_person(self) -> None:
        ChoosePerson(self.window(), self._shell, self._state.choose_person).open()

    def _choose_form(self) -> None:
        ChooseForm(
            self.window(), self._shell, lambda form: self._state.arrive(None, "", form=form.id), title=tr("Which form?"),
        ).open()

    def _choose_filled(self) -> None:
        ChooseFilled(self.window(), self._shell, self._state.choose_submission).open()

    def _choose_number(self) -> None:
        def chosen(row: PersonRow) -> None:
            self._state.numbered = True
            self._state.choose_person(row)

        ChoosePerson(self.window(), self._shell, chosen).open()

    def _print(self) -> None:
        printer = self._state.printer
        if printer is None:
            self._print_system()
        else:
            self._ask_names(lambda paper: print_direct(
                self, self._shell.jobs, printer, paper, self._state.going_out(), copies=self._state.copies, size=self._state.size,
            ))

    def _print_system(self) -> None:
        """Through the system's dialog. Before the first list of names goes there, what this computer keeps is told."""

        def go(paper: Paper) -> None:
            state = self._state
            print_paper(self, self._shell.jobs, paper, state.going_out(), copies=state.copies, several=state.several, size=state.size)

        def tell(paper: Paper, found: Spool) -> None:
            def understood() -> None:
                self._state.copies_told()
                go(paper)

            text = "\n".join([spool_words.kept(found), *spool_words.todo(found), tr("Settings, Printing shows this again.")])
            ask_before(self, tr("What this computer's own printing keeps"), text, tr("Go on"), understood)

        def look(paper: Paper) -> None:
            if paper.names_people and not self._state.told_of_copies:
                self._shell.jobs.submit(self, lambda _progress: spool.look(), lambda found: tell(paper, found), aside=True)
            else:
                go(paper)

        self._ask_names(look)

    def _ask_names(self, go: Callable[[Paper], None]) -> None:
        """`go` with the paper, after a question where it names people."""
        paper = self._state.paper
        if paper is None:
            return
        if paper.shown:
            warned = tr("At a checkpoint this paper then tells who carries it and that they came to us.")
            ask_before(self, tr("This paper carries a name"), warned, tr("Print it"), lambda: go(paper), danger=True)
            return
        if not paper.names_people:
            go(paper)
            return
        batch = self._state.batch
        title = tr("This page names people") if batch is None else counted(batch.people, "These pages name {n} person", "These pages name {n} people")
        ask_before(
            self, title, tr("Whoever finds it knows who is here. It never leaves the house and stays in the locked cupboard."), tr("Print it"),
            lambda: go(paper),
        )

    def _choose_many(self) -> None:
        def show(counts: Counts) -> None:
            ManyBox(self.window(), self._shell, counts, title_of, self._state.choose_many).open()

        self._shell.read(self, count, show)

    def _save(self) -> None:
        paper = self._state.paper
        if paper is None:
            return
        ask_before(
            self, tr("The file will not be locked"),
            tr("Anybody who finds it can read it. Put it on a stick only, print it elsewhere, and then delete the file."), tr("Save it"),
            lambda: messages.choose_place(self, tr("Save the page as a file"), f"{paper.title}.pdf", self._state.save), danger=True,
        )

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._state
        there = state.paper is not None
        clear(self._missing)
        if state.needs_form:
            fill(self._missing, *self._no_form_chosen(), None)
        elif state.needs_person:
            fill(self._missing, *self._nobody_chosen(), None)
        elif state.fault is not None:
            fill(self._missing, box(col(FailurePanel(state.fault), edge=(EDGE, 16, EDGE, 0))), None)
        elif state.problems and state.batch is None:
            fill(self._missing, *self._to_write_first(), None)
        missing = state.needs_person or state.needs_form or state.fault is not None or (bool(state.problems) and state.batch is None)
        self._missing_box.setVisible(missing)
        self._sheet.setVisible(not missing)
        self._tools.setVisible(there)
        if state.paper is not None:
            pages = state.paper.pages
            self._where.setText(tr("{page} of {pages}", page=str(state.page + 1), pages=str(pages)))
            self._earlier.setEnabled(state.page > 0)
            self._next.setEnabled(state.page + 1 < pages)
        self._show_picture()
        self._fill_side()

    def _show_picture(self) -> None:
        pages = self._state.paper.pages if self._state.paper is not None else 0
        label = tr("Page {page} of {pages}: {title}", page=self._state.page + 1, pages=pages, title=title_of(self._state.document))
        self._sheet.show_picture(self._state.picture, label)

    def _nobody_chosen(self) -> list[Part]:
        choose = Button(tr("Choose a person"), "primary", "person", "Ctrl+F", name="choose_for_whom")
        choose.clicked.connect(self._choose_person)
        text = Words(tr("Choose for whom this paper is. You can type a name, a code or a phone number."), "body", "second", wrap=True)
        inner = box(col(Words(tr("For whom?"), "title"), 6, text, 16, row(choose, None), edge=(EDGE, 40, EDGE, 0)))
        return [inner]

    def _no_form_chosen(self) -> list[Part]:
        filled = self._state.document.code == FILLED_FORM
        choose = Button(tr("Choose a filled form") if filled else tr("Choose a form"), "primary", "form", "Ctrl+F", name="choose_which_form")
        choose.clicked.connect(self._choose_subject)
        about = (
            tr("Choose which filled form is to be printed.") if filled
            else tr("Choose a form. It is printed with a place to write for every question, for the day when the laptop cannot be used.")
        )
        title = Words(tr("Which filled form?") if filled else tr("Which form?"), "title")
        return [box(col(title, 6, Words(about, "body", "second", wrap=True), 16, row(choose, None), edge=(EDGE, 40, EDGE, 0)))]

    def _to_write_first(self) -> list[Part]:
        state = self._state
        title = Words(tr("Something is missing"), "title")
        text = Words(tr("Write it at the right. The page is shown here."), "body", "second", wrap=True)
        wrong = {one.where for one in state.problems}
        parts: list[Part] = [title, 6, text, 12]
        for ask in (one for one in state.asks if one.key in wrong):
            parts += [Note("pencil", label(ask), "second", "body"), 4]
        first = Button(tr("Write it"), "primary", "pencil", name="write_it")
        first.clicked.connect(lambda: self._typed.to_first(state.problems) if self._typed is not None else None)
        return [box(col(*parts, 8, row(first, None), edge=(EDGE, 40, EDGE, 0)))]

    def _show_form(self) -> None:
        """The small form stays while somebody writes in it: it is made anew only for another document or person."""
        state, there = self._state, self._typed
        asks = state.asks if state.batch is None else ()
        if there is None or there.asks != asks or state.typed is None:
            clear(self._written)
            self._typed = there = None
            if asks and state.typed is not None:
                self._typed = there = TypedForm(asks, state.typed)
                there.edited.connect(state.write)
                fill(self._written, there, 12)
        if there is not None:
            there.show_problems(state.problems)

    def _fill_side(self) -> None:
        state, focus = self._state, self._side.focusWidget()
        name = focus.objectName() if focus is not None and focus.hasFocus() else ""
        clear(self._whom)
        clear(self._about)
        clear(self._side.foot)
        about = state.document if state.batch is None else state.batch.paper.document
        self._show_form()
        parts: list[Part] = []
        if state.batch is not None:
            parts += self._many_parts(state.batch)
        elif state.document.about == "form":
            parts += form_parts(state, self._choose_form, self._choose_number)
        elif state.document.about == "filled":
            parts += filled_parts(state, self._choose_filled)
        elif state.document.about != "site":
            parts += [Words(tr("For whom"), "heading"), 8]
            if state.person is not None:
                who = f"{state.person.name}   {state.person.name_other}".strip()
                parts += [Words(f"{state.person.code[:4]}-{state.person.code[4:]}", "strong"), 2, Words(who, "body", "second", wrap=True), 8]
            again = Button(tr("Choose a person") if state.person is None else tr("Somebody else"), icon="person", name="choose_person_button")
            again.clicked.connect(self._choose_person)
            many = Button(tr("Many people…"), icon="people", name="choose_many")
            many.clicked.connect(self._choose_many)
            parts += [row(again, None), 6, row(many, None), 18]
        fill(self._whom, *parts)
        parts = shown_parts(state)
        carry, where, icon, tone = CARRY[about.carry]
        parts += [Words(tr("On this page"), "heading"), 8, row(ChipLabel(tr(carry), tone, icon), None), 8, Words(tr(where) if not state.shown else tr("may be searched"), "small", "hint", wrap=True), 8]
        for line in about.shows:
            parts += [Note("check", tr(line), "good", "body"), 5]
        for line in (one for one in about.hides if not (state.shown and one == "Names")):
            parts += [Note("close", tr("Not on it: {what}", what=tr(line)), "second", "body"), 5]
        parts += [13, *self._printer_parts()]
        fill(self._about, *parts)
        ready = state.paper is not None and state.may_go_out
        go = Button(tr("Print"), "primary", "paper", "Ctrl+P", name="print")
        go.clicked.connect(self._print)
        go.setEnabled(ready)
        save = Button(tr("Save…"), name="save")
        save.clicked.connect(self._save)
        save.setEnabled(ready)
        self._side.foot.addLayout(row(go, save, None))
        focused = self._side.findChild(QWidget, name) if name else None
        if focused is not None:
            focused.setFocus()

    def _printer_parts(self) -> list[Part]:
        state = self._state
        copies = Line(str(state.copies), name="copies", width=56, limit=2)
        copies.setAccessibleName(tr("Copies"))
        copies.setValidator(QIntValidator(1, 20, copies))
        copies.textEdited.connect(self._keep_copies)
        label = Words(tr("Copies"), "body", "second")
        label.setBuddy(copies)
        parts: list[Part] = [*((row(label, copies, None, gap=10), 10) if state.several else ()), *self._way_parts()]
        if not state.may_go_out:
            parts += [Note("lock", tr("Your role reads only. Ask somebody else to print it."), "second", "body"), 6]
        if state.told:
            said = tr("Printed. It was counted.") if state.told == "printed" else tr("Saved. Delete the file when it is printed.")
            parts += [Note("done", said, "good", "body"), 6]
        if state.paper is not None and state.paper.copy > 1:
            before = state.paper.copy - 1
            text = counted(
                before, "Printed once already. This will be marked “copy {copy}”.", "Printed {n} times already. This will be marked “copy {copy}”.",
                copy=state.paper.copy,
            )
            parts += [Note("history", text, "warn")]
        return parts

    def _way_parts(self) -> list[Part]:
        """Where Print leads, and the other way."""
        printer = self._state.printer
        if printer is None:
            choose = Button(tr("Choose a printer"), "quiet", name="to_printing")
            choose.clicked.connect(lambda: self._shell.open("settings", show="printing"))
            told = tr("Through the system's own dialog. This computer may keep a copy.")
            return [Note("info", told, "second", "small", name="print_way"), 2, row(choose, None), 8]
        other = Button(tr("Through the system's dialog…"), "quiet", name="print_system")
        other.clicked.connect(self._print_system)
        other.setEnabled(self._state.paper is not None and self._state.may_go_out)
        told = tr("Straight to {printer}. No copy stays on this laptop.", printer=name_of(printer))
        return [Note("shield", told, "good", "small", name="print_way"), 2, row(other, None), 8]

    def _many_parts(self, batch: Batch) -> list[Part]:
        """For whom the pages of many people are, and the way back to one."""
        parts: list[Part] = [Words(tr("For many people"), "heading"), 8, Words(made_words(batch.people, batch.paper.pages), "strong"), 6]
        if batch.without:
            text = counted(batch.without, "{n} paper was left out: nothing to print yet.", "{n} papers were left out: nothing to print yet.")
            parts += [Note("info", text, "warn", "small"), 6]
        again = Button(tr("Others or other papers…"), icon="people", name="choose_many")
        again.clicked.connect(self._choose_many)
        one = Button(tr("One person"), "quiet", "person", name="one_person")
        one.clicked.connect(self._state.one_person)
        return [*parts, row(again, None), 4, row(one, None), 14]

    def _keep_copies(self, typed: str) -> None:
        self._state.copies = max(1, min(20, int(typed))) if typed.isdecimal() else 1

