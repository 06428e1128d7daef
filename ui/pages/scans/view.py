"""The list of pages at the left, the picture in the middle, and at the right what its boxes seem to say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.codes import shown
from desktop.domain.ids import RecordId, Stamp
from desktop.services.scans import Page as ReadPage
from desktop.services.scans import Scan
from desktop.services.tick_answers import CANNOT, CLEAR, LOOK, Suggestion
from desktop.words import errors
from ui import dates, messages
from ui.commands import Command
from ui.page import Page
from ui.pages.scans.state import ScansState
from ui.present_errors import FailurePanel
from ui.records.sheet_numbers import go_on, title_of
from ui.shell import Shell, ask_before
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.fields import Labelled, Line
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, clear, col, fill, focus_soon, row, rule
from ui.widgets.lists import RowList
from ui.widgets.parts import Empty, Head, SidePanel
from ui.widgets.rows import Cell, Chip
from ui.widgets.sheet import Area, SheetView
from ui.words import counted, mark, tr

SURE = {
    CLEAR: (mark("clear"), "good", "done"), LOOK: (mark("look closely"), "warn", "eye"), CANNOT: (mark("cannot tell"), "danger", "warning"),
}
_TONES = {CLEAR: "good", LOOK: "warn", CANNOT: "danger"}


class ScansView(Page):
    """Pages that come back."""

    help = (
        mark("Scan filled sheets as JPEG, PNG, TIFF or PDF, 200 points for an inch, and drop the files on the window. Each page files itself by its code."),
        mark("At the right stands what the crossed boxes seem to say. Nothing is an answer until you take it. Handwriting is never read."),
        mark("Up and Down go from one to the next, and the picture shows where. Enter takes one along or leaves it, Ctrl+Enter puts them into the form."),
        mark("A page whose code cannot be read waits in the list until you say which it is. It is not kept before. The file stays where you scanned it: delete it there."),
    )

    def __init__(self, shell: Shell, state: ScansState) -> None:
        super().__init__("scans", tr("Pages that come back"))
        self._shell, self._state = shell, state
        self._browsing = False
        choose = Button(tr("Choose files…"), "primary", "read", "Ctrl+O", name="scans_choose")
        choose.clicked.connect(self._choose)
        choose.setEnabled(shell.who.role.writes)
        sheets = Button(tr("Numbered sheets"), icon="paper", name="scans_pads")
        sheets.clicked.connect(lambda: shell.open("pads"))
        self._list = RowList(name="scans_list", label=tr("Pages"), inset=EDGE, tall=True)
        self._list.chosen.connect(self._look)
        self._off = col(edge=(EDGE, 8, EDGE, 10))
        self._off_box = box(self._off)
        left = box(row((box(col((self._list, 1), self._off_box)), 1), rule(upright=True), gap=0), "surface", width=292)
        self._sheet = SheetView(tr("Page"))
        larger = Button(tr("Larger"), "quiet", "plus", name="scans_larger")
        larger.clicked.connect(lambda: self._sheet.step(1))
        smaller = Button(tr("Smaller"), "quiet", name="scans_smaller")
        smaller.clicked.connect(lambda: self._sheet.step(-1))
        self._tools = box(row(None, smaller, larger, None, gap=4, edge=(EDGE, 6, EDGE, 6)), "paper")
        self._missing = col(edge=(EDGE, 24, EDGE, 0))
        self._missing_box = box(self._missing, "paper")
        middle = box(col(12, (self._sheet, 1), (self._missing_box, 1), self._tools), "paper")
        self._side = SidePanel("scans_side", 392)
        self._found = RowList(name="scans_found", label=tr("What the boxes say"), plane="paper", fit=True, inset=4, tall=True)
        self._body = box(row(left, (middle, 1), self._side, gap=0))
        begin = Button(tr("Choose files…"), "primary", "read", name="scans_begin")
        begin.clicked.connect(self._choose)
        begin.setEnabled(shell.who.role.writes)
        self._empty = Empty(
            tr("No page has come back yet"), tr("Scan sheets that were filled with the pen, and drop the files on this window: pictures or PDF."), begin, [],
        )
        self._told = col(gap=2, edge=(EDGE, 0, EDGE, 8))
        self._told_box = box(self._told)
        self.setLayout(col(Head(tr("Pages that come back"), "", sheets, choose), self._told_box, rule(), (self._body, 1), (self._empty, 1)))
        state.changed.connect(self._show_list)
        state.looked.connect(self._show_page)
        state.picked.connect(self._show_picked)
        self._show_list()
        self._show_page()

    # ---- what the shell asks ----------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        files, scan = where.get("files"), where.get("scan")
        self._browsing = False
        if isinstance(files, tuple) and files:
            self._shell.came_to()
        self._state.arrive(files if isinstance(files, tuple) else (), scan if isinstance(scan, Stamp) else None)

    def changed(self, changes: Changes) -> None:
        self._state.changed_elsewhere(changes)

    def first_focus(self) -> QWidget | None:
        if not self._body.isHidden():
            found = self._side.findChild(QWidget, "scans_found") or self._side.findChild(QWidget, "scans_number")
            return found if found is not None and found.isVisible() else self._list
        return self.findChild(QWidget, "scans_begin")

    def commands(self) -> Sequence[Command]:
        state = self._state
        return (
            Command("scans.choose", mark("Choose files…"), self._choose, "Ctrl+O", "read", ready=lambda: self._shell.who.role.writes),
            Command("scans.take", mark("Put the chosen answers into the form"), state.take, "Ctrl+Return", "done", ready=self._may_take),
            Command("scans.all", mark("Take all along, or none"), state.pick_all, "Ctrl+Shift+A", "check", ready=self._may_pick),
            Command("scans.read", mark("Nothing to take from this page"), state.mark_read, "", "eye", ready=self._filed),
            Command("scans.case", mark("Open the case of this page"), state.open_case, "", "person", ready=lambda: state.scan is not None),
            Command("scans.off", mark("Take this page off its case"), state.take_off, "", "close", ready=self._filed),
            Command("scans.erase", mark("Erase this page for good…"), self._erase, "", "close", ready=self._may_erase),
            Command("scans.larger", mark("Larger"), lambda: self._sheet.step(1), "Ctrl++", "plus"),
            Command("scans.smaller", mark("Smaller"), lambda: self._sheet.step(-1), "Ctrl+-", "search"),
        )

    def _filed(self) -> bool:
        return self._state.scan is not None and self._shell.who.role.writes

    def _may_erase(self) -> bool:
        return self._filed() and self._shell.who.role.coordinates

    def _may_pick(self) -> bool:
        return self._filed() and self._state.found is not None and bool(self._state.found.suggestions) and self._state.taken is None

    def _may_take(self) -> bool:
        return self._may_pick() and bool(self._state.chosen)

    # ---- doing ------------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        messages.choose_files(self, tr("Choose scanned files"), self._chosen)

    def _chosen(self, files: tuple[Path, ...]) -> None:
        self._browsing = False
        self._state.read(files)

    def _look(self, key: object) -> None:
        if key != self._state.at:
            self._browsing = True  # the keyboard stays in the list
            self._state.look(key)

    def _name(self) -> None:
        number, page = self._side.findChild(Line, "scans_number"), self._side.findChild(Line, "scans_page")
        if number is not None and page is not None:
            self._state.name(number.text(), int(page.text()) if page.text().isdecimal() and int(page.text()) else 1)

    def _erase(self) -> None:
        scan = self._state.scan
        if scan is not None:
            self._ask_erase((scan.id,))

    def _ask_erase(self, erased: tuple[RecordId, ...]) -> None:
        ask_before(
            self, counted(len(erased), "Erase this page for good?", "Erase {n} pages for good?"),
            "\n".join((
                tr("The picture is gone here at once, and at every other site when it reads the next stick. Ctrl+Z does not bring it back."),
                tr("Answers that were taken from it stay."),
            )),
            tr("Erase it"), lambda: self._state.erase(erased), danger=True,
        )

    def _open_form(self) -> None:
        taken = self._state.taken
        if taken is not None:
            go_on(self._shell, taken.entry)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        state = self._state
        clear(self._told)
        fill(self._told, *(Note("warning" if tone in ("danger", "warn") else "done", text, tone, "body") for text, tone in state.told))
        self._told_box.setVisible(bool(state.told))
        something = bool(state.scans or state.waiting)
        self._body.setVisible(something or bool(state.off))
        self._empty.setVisible(not something and not state.off)
        self._show_off()
        cells: list[Cell] = []
        if state.waiting:
            cells.append(Cell(tr("Which page is this?"), right=str(len(state.waiting)), heading=True))
            cells += [_waiting_cell(at, page) for at, (page, _) in enumerate(state.waiting)]
        for words, found in (
            (tr("To look at"), [one for one in state.scans if not one.read]), (tr("Looked at"), [one for one in state.scans if one.read]),
        ):
            if found:
                cells += [Cell(words, right=str(len(found)), heading=True), *map(_cell, found)]
        self._list.blockSignals(True)  # what is shown is told by the state, not by the row that was chosen before
        self._list.show_cells(cells)
        if state.at is not None:
            self._list.choose(state.at)
        self._list.blockSignals(False)
        self._show_foot()
        self._shell.offer()

    def _show_page(self) -> None:
        state = self._state
        clear(self._missing)
        if state.fault is not None:
            fill(self._missing, FailurePanel(state.fault), None)
        self._missing_box.setVisible(state.fault is not None)
        self._sheet.setVisible(state.fault is None)
        scan = state.scan
        label = tr("Picture of page {page}: {title}", page=scan.page, title=title_of("", scan.title)) if scan is not None else tr("Picture of a page")
        self._sheet.show_picture(state.picture, label)
        self._list.blockSignals(True)
        self._list.choose(state.at)
        self._list.blockSignals(False)
        focused = self._found.hasFocus()
        self._found.setParent(None)
        clear(self._side.body)
        self._found = RowList(name="scans_found", label=tr("What the boxes say"), plane="paper", fit=True, inset=4, tall=True)
        self._found.opened.connect(state.pick)
        self._found.chosen.connect(state.point_at)
        if state.page is not None and isinstance(state.at, int):
            fill(self._side.body, *self._naming(state.waiting[state.at][1]), None)
        elif scan is not None:
            fill(self._side.body, *self._suggesting(scan), None)
        self._show_picked()
        if self._found.cells.rowCount() and (focused or not self._browsing) and self._shell.page is self:
            focus_soon(self._found)
        self._shell.offer()

    def _naming(self, why: str) -> list[Part]:
        """What a person is asked of a page that does not say which it is."""
        sentence = errors.table()[why]
        number = Line(name="scans_number", hint=tr("Type or scan it"), width=200, limit=60)
        number.returnPressed.connect(self._name)
        page = Line("1", name="scans_page", width=72, limit=3)
        page.setValidator(QIntValidator(1, 999, page))
        page.returnPressed.connect(self._name)
        go = Button(tr("File this page"), "primary", hint="Enter", name="scans_name")
        go.clicked.connect(self._name)
        turn = Button(tr("Turn it"), "normal", "undo", name="scans_turn")
        turn.clicked.connect(self._state.turn)
        out = Button(tr("Leave it out"), "quiet", name="scans_leave_out")
        out.clicked.connect(self._state.leave_out)
        parts: list[Part] = [
            Words(tr("Which page is this?") if why == "scan.no_number" else tr("This page cannot be kept"), "heading"), 8,
            Words(tr(sentence.happened), "body", "", wrap=True), 4, Words(tr(sentence.means), "body", "second", wrap=True), 14,
        ]
        if why == "scan.no_number":
            parts += [
                Labelled(tr("Number on the page"), number), 8, Labelled(tr("Page"), page, help=tr("It stands at the foot of the page.")), 12, row(go, None), 14,
            ]
        else:
            parts[-1:] = [4, Words(tr(sentence.todo), "body", "", wrap=True), 14]
        note = tr("It is not kept until you say which it is. The file stays where it was scanned.") if why == "scan.no_number" else (
            tr("Nothing of it is kept. The file stays where it was scanned.")
        )
        return [*parts, row(turn, out, None), 12, Note("shield", note, "second", "small")]

    def _suggesting(self, scan: Scan) -> list[Part]:
        """What the boxes of a filed page say."""
        found = self._state.found
        who = Button(tr("Open the case"), "quiet", "person", name="scans_case")
        who.clicked.connect(self._state.open_case)
        parts: list[Part] = [
            Words(shown(scan.code), "title").can_pick(), 2, Words(tr("{title}, page {page}", title=tr(scan.title) if scan.title else tr("Paper"), page=scan.page), "body", "second", wrap=True),
            4, row(who, *self._erasing(), None), 12,
        ]
        if found is None:
            return parts
        parts += self._told_alike(scan)
        if not found.readable:
            text = tr("The boxes of this page cannot be read: not all of its marks are on the picture. Type the answers from the paper.")
            return [*parts, Note("info", text, "warn", "body", name="scans_unreadable")]
        if found.repeated:
            text = tr("What is asked for each of several people or things is not read by itself. Type it from the picture.")
            parts += [Note("pencil", text, "warn", "body", name="scans_repeated"), 8]
        if not found.suggestions and found.repeated:
            return parts
        if not found.suggestions:
            return [*parts, Note("info", tr("No box on this page is crossed."), "second", "body", name="scans_nothing")]
        told = tr("These are suggestions. Look at each beside the picture; nothing is an answer until you take it.")
        parts += [Words(told, "small", "second", wrap=True), 8, self._found, 8]
        if found.blank:
            parts.append(Words(counted(found.blank, "{n} question has empty boxes.", "{n} questions have empty boxes."), "small", "hint", wrap=True))
        return parts

    def _erasing(self) -> list[Part]:
        if not self._may_erase():
            return []
        erase = Button(tr("Erase for good…"), "quiet", "close", name="scans_erase")
        erase.clicked.connect(self._erase)
        return [erase]

    def _told_alike(self, scan: Scan) -> list[Part]:
        """The other pictures of the same page, each a step away."""
        parts: list[Part] = []
        for at, one in enumerate(self._state.alike):
            day = dates.day(one.at[:10])
            text = tr("There is already a picture of this page, of {day}.", day=day) if (one.at, one.id.text()) < (scan.at, scan.id.text()) else (
                tr("There is a later picture of this page, of {day}.", day=day)
            )
            other = Button(tr("Look at the other one"), "quiet", "eye", name=f"scans_alike_{at}")
            other.clicked.connect(partial(self._show_other, one.id))
            parts += [Note("warning", text, "warn", "body", name=f"scans_alike_note_{at}"), 2, row(other, None), 8]
        return parts

    def _show_other(self, scan: RecordId, _on: bool = False) -> None:
        self._browsing = False
        self._state.show(scan)

    def _show_off(self) -> None:
        """Pages that were taken off, for those who may erase them."""
        clear(self._off)
        off = self._state.off
        self._off_box.setVisible(bool(off))
        if off:
            said = counted(len(off), "{n} page was taken off. Its picture is still kept.", "{n} pages were taken off. Their pictures are still kept.")
            erase = Button(tr("Erase for good…"), "quiet", "close", name="scans_erase_off")
            erase.clicked.connect(lambda: self._ask_erase(off))
            fill(self._off, Words(said, "small", "second", wrap=True), 4, row(erase, None))

    def _show_picked(self) -> None:
        state, found = self._state, self._state.found
        suggestions = found.suggestions if found is not None else ()
        self._found.blockSignals(True)
        self._found.show_cells([_suggestion_cell(one, one.path in state.chosen) for one in suggestions])
        if state.current:
            self._found.choose(state.current)
        self._found.blockSignals(False)
        size = found.size if found is not None else (1.0, 1.0)
        self._sheet.point_at([_area(one, size, one.path == state.current) for one in suggestions])
        self._show_foot()
        self._shell.offer()

    def _show_foot(self) -> None:
        state = self._state
        clear(self._side.foot)
        if not self._filed():
            return
        if state.taken is not None:
            form = Button(tr("Open the form"), "primary", "form", name="scans_form")
            form.clicked.connect(self._open_form)
            back = Button(tr("Take back"), "normal", "undo", name="scans_give_back")
            back.clicked.connect(state.give_back)
            fill(self._side.foot, row(form, back, None))
            return
        parts: list[Part] = []
        more: list[Part] = []
        if state.found is not None and state.found.suggestions:
            words = counted(len(state.chosen), "Take {n} answer", "Take {n} answers")
            take = Button(words, "primary", hint="Ctrl+Enter", name="scans_take")
            take.setMinimumWidth(take.sizeHint().width())
            take.clicked.connect(state.take)
            take.setEnabled(bool(state.chosen))
            every = Button(tr("All or none"), "quiet", name="scans_all")
            every.clicked.connect(state.pick_all)
            parts.append(take)
            more.append(every)
        scan = state.scan
        read = Button(tr("Look at it again later") if scan is not None and scan.read else tr("Nothing to take"), "quiet", name="scans_read")
        read.clicked.connect(state.mark_read)
        fill(self._side.foot, *([row(*parts, None)] if parts else []), row(*more, read, None))


def _cell(scan: Scan) -> Cell:
    title = tr(scan.title) if scan.title else tr("Paper")
    return Cell(shown(scan.code), tr("{title}, page {page}", title=title, page=scan.page), icon="paper", right=dates.since(scan.at), key=scan.id)


def _waiting_cell(at: int, page: ReadPage) -> Cell:
    name, number = page.source
    return Cell(name, tr("page {page} of the file", page=number), icon="help", tone="warn", key=at)


def _suggestion_cell(one: Suggestion, chosen: bool) -> Cell:
    words, tone, icon = SURE[one.sure]
    said = tr(", ").join(one.told) or tr("ink, but no clear cross")
    taken = tr("taken along") if chosen else tr("not taken along") if one.sure != CANNOT else ""
    stands = tr("in the form: {answer}", answer=one.stands) if one.stands else ""
    return Cell(
        f"{one.number}  {said}", " · ".join(part for part in (stands, one.label, taken) if part), icon="check" if chosen else "circle", tone="good" if chosen else "plain",
        role="strong", chips=(Chip(tr(words), tone, icon),), key=one.path,
    )


def _area(one: Suggestion, size: tuple[float, float], chosen: bool) -> Area:
    (left, top, right, bottom), (wide, high) = one.area, size
    return Area(left / wide, top / high, right / wide, bottom / high, _TONES[one.sure], chosen)
