"""A form that is brought in: what was found in the file, what has to be decided, and how it will look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.form_import import Import
from ui import messages
from ui.commands import Command
from ui.pages.forms import sentences
from ui.pages.forms.adding_side import AddingSide
from ui.pages.forms.adding_state import Looked
from ui.pages.forms.pane import Pane, languages
from ui.pages.forms.repairs import RepairTable
from ui.pages.forms.state import FormsState
from ui.pages.forms.trying import Glimpse
from ui.present_errors import FailurePanel
from ui.shell import Shell
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, clear, col, fill, focus_soon, row, rule, scroll
from ui.widgets.lists import CellTable
from ui.widgets.parts import Head, Sentence
from ui.widgets.rows import Cell
from ui.words import counted, mark, tr

_MOST = 60  # differences between two versions that are listed

_NOT_YET = {
    "looking": mark("Looking at the form…"), "fault": mark("The file cannot be looked at."), "refused": mark("Not yet: it has to be mended first."),
    "repairs": mark("Not yet: say yes to the repairs that are needed."), "media": mark("Not yet: files that belong to it are missing."),
    "same": mark("It is here already."),
}


class AddingPane(Pane):
    """From the top: one sentence that says how it stands, then what is in the way, then repairs, changes since the older version, limits,
    and the first section as it will look."""

    def __init__(self, shell: Shell, state: FormsState) -> None:
        super().__init__()
        self._shell, self._state, self._adding, self._may = shell, state, state.adding, state.may_add
        self._table: RepairTable | None = None
        self._begins = True  # the first look at this file is not over
        self._head = Head(" ", " ", above=tr("Add a form"))
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._found = box(self._column)
        inner = box(row((self._found, 1), edge=(EDGE, 4, EDGE, 20)))
        self._side = AddingSide(self._adding)
        self._foot = self._buttons()
        self._area = scroll(inner, "adding_scroll")
        self._area.verticalScrollBar().rangeChanged.connect(self._back_in_place)
        self._height: int | None = None  # where it stood before it was laid out anew
        main = box(col(self._head, (self._area, 1), self._foot))
        self.setLayout(row((main, 1), self._side, gap=0))
        self._adding.changed.connect(self._show)
        self._adding.picked.connect(self._picked)
        self._show()

    def _buttons(self) -> QWidget:
        self._add = Button(tr("Add this form"), "primary", "plus", "Ctrl+Enter", name="add_this_form")
        self._add.clicked.connect(self._adding.add)
        self._again = Button(tr("Look at the file again"), icon="undo", hint="F5", name="look_again")
        self._again.clicked.connect(self._adding.look_again)
        self._leave = Button(tr("Do not add it"), "quiet", hint="Esc", name="do_not_add")
        self._leave.clicked.connect(lambda: self._state.back())
        self._not_yet = Note("info", "", "second", name="adding_not_yet", wrap=True)
        buttons = row(self._add, self._again, None, self._leave)
        return box(col(rule(), col(self._not_yet, buttons, gap=8, edge=(EDGE, 10, EDGE, 10))), "surface")

    # ---- what the page asks -------------------------------------------------------------------------------------------

    def first_focus(self) -> QWidget | None:
        if self._add.isEnabled():
            return self._add
        if self._table is not None and self._adding.lacks() == "repairs":
            return self._table
        companion = self.findChild(QWidget, "add_companion")
        return companion if companion is not None else self._again

    def commands(self) -> Sequence[Command]:
        def open_() -> bool:
            return self._adding.path is not None

        return (
            Command("forms.add_this", mark("Add this form"), self._adding.add, "Ctrl+Return", "plus", ready=lambda: self._add.isEnabled()),
            Command("forms.look_again", mark("Look at the file again"), self._adding.look_again, "F5", "undo", ready=open_),
            Command("forms.harmless", mark("Say yes to all harmless repairs"), self._adding.tick_harmless, "Alt+H", "done", ready=self._harmless),
            Command("forms.companion", mark("Add a file that belongs to it…"), self._ask_companion, "Alt+A", "plus", ready=open_),
        )

    def _harmless(self) -> bool:
        found = self._adding.found
        return found is not None and any(one.harmless and one.id not in self._adding.accepted for one in found.repairs)

    def _ask_companion(self) -> None:
        messages.choose_file(self, tr("A file that belongs to the form"), self._take_companion)

    def _ask_another(self) -> None:
        messages.choose_file(self, tr("Choose the form"), lambda path: self._state.take_files((path,)))

    def _take_companion(self, path: Path) -> None:
        self._adding.add_companions((path,))

    # ---- showing ------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        adding = self._adding
        had = self._keyboard_in(self._found)
        name = adding.path.name if adding.path is not None else ""
        found = adding.found
        title = found.title if found is not None and found.title else name
        self._head.say(title or tr("Add a form"), self._facts(found), tr("Add a form"))
        if not adding.looking or adding.looked is None:
            at = self._table.current() if self._table is not None else None
            self._height = self._area.verticalScrollBar().value() if at is not None else None
            clear(self._column)
            self._table = None
            if adding.looked is not None:
                fill(self._column, *self._parts(adding.looked), None)
            elif adding.fault is not None:
                other = Button(tr("Choose another file…"), icon="plus", hint="Ctrl+N", name="another_file")
                other.clicked.connect(self._ask_another)
                fill(self._column, 20, FailurePanel(adding.fault, other), None)
            elif not adding.looking:
                fill(self._column, 20, Sentence("info", tr("You stopped it before the form was looked at"), name), None)
            else:
                fill(self._column, 20, Sentence("clock", tr("Looking at the form…"), name), None)
            if self._table is not None and at is not None:
                self._table.choose(at)
        self._side.setVisible(found is not None and not found.refusals)
        self._show_foot()
        begins = not adding.looking and self._begins
        self._begins = adding.looked is None
        if had or (begins and self._keyboard_in(self)):
            ticking = self._table is not None and bool(adding.accepted)
            first = self._table if ticking else self.first_focus()
            if first is not None:
                focus_soon(first)

    def _back_in_place(self, _least: int, most: int) -> None:
        """Once it is laid out anew, it stands where it stood: a tick does not move the row away from under the eye."""
        if self._height is not None and most >= self._height:
            self._area.verticalScrollBar().setValue(self._height)
            self._height = None

    def _follow(self, _key: object) -> None:
        """The current row stays in sight: the table is as high as its rows, and scrolls with everything around it."""
        table, inner = self._table, self._area.widget()
        if table is not None and inner is not None and table.hasFocus() and self._height is None:
            row_ = table.visualRect(table.currentIndex())
            place = table.viewport().mapTo(inner, row_.center())
            self._area.ensureVisible(0, place.y(), 0, row_.height() + 24)

    def _keyboard_in(self, part: QWidget) -> bool:
        """True if the keyboard is there, or will be when the box that tells how long it takes is gone."""
        now = self.window().focusWidget()
        return now is not None and (now is part or part.isAncestorOf(now))

    def _facts(self, found: Import | None) -> str:
        if found is None or not found.form_id:
            return " "
        parts = [
            tr("version {version}", version=found.version) if found.version else tr("no version"),
            counted(found.questions, "{n} question", "{n} questions"), languages(found.languages),
        ]
        return tr(", ").join(part for part in parts if part)

    def _show_foot(self) -> None:
        lacks = self._adding.lacks()
        self._add.setEnabled(not lacks and self._may)
        newer = self._adding.looked is not None and self._adding.looked.older is not None
        self._add.say(tr("Add this version") if newer else tr("Add this form"))
        text = tr(_NOT_YET[lacks]) if lacks else ""
        if not self._may:
            text = tr("Only coordinators and caseworkers add forms. You can look at it.")
        elif not lacks and self._adding.waiting:
            text = counted(len(self._adding.waiting), "After this, {n} more form is looked at.", "After this, {n} more forms are looked at.")
        self._not_yet.say(text, "second", "clock" if lacks == "looking" else "lock" if not self._may else "info")

    def _picked(self) -> None:
        found = self._adding.found
        if self._table is not None and found is not None:
            self._table.show_repairs(found.repairs, self._adding.accepted)
        self._show_foot()

    def _parts(self, looked: Looked) -> list[Part]:
        makers: tuple[Callable[[Looked], list[Part]], ...] = (
            self._refusals, self._missing, self._repairs, self._differences, self._limits, self._preview,
        )
        parts: list[Part] = [12, self._sentence(looked)]
        for maker in makers:
            made = maker(looked)
            if made:
                parts += [26, *made]
        return parts

    def _sentence(self, looked: Looked) -> Sentence:
        found, lacks = looked.found, self._adding.lacks()
        if lacks == "refused":
            many = len(found.refusals)
            text = counted(many, "This form cannot be used yet: {n} thing has to be mended", "This form cannot be used yet: {n} things have to be mended")
            todo = tr("Send it to whoever made it, with the lines below. Nothing was changed.")
            if found.kind in ("xlsx", "xls", "csv", "md"):
                todo = tr("Mend it in the spreadsheet, save it there, then look at the file again. Nothing was changed.")
            return Sentence("warning", text, todo, "danger")
        if lacks == "repairs":
            many = len([one for one in found.repairs if one.needed and one.id not in self._adding.accepted])
            text = counted(many, "{n} repair is needed before it can be used", "{n} repairs are needed before it can be used")
            return Sentence("differ", text, tr("Read them and say yes to those that are right. Your file stays as it is: only the form here is repaired."), "warn")
        if lacks == "media":
            many = len(found.missing_media)
            text = counted(many, "{n} file that belongs to it is missing", "{n} files that belong to it are missing")
            second = counted(many, "Drop it on this window, or choose it below.", "Drop them on this window, or choose them below.")
            return Sentence("warning", text, second, "warn")
        return self._ready_sentence(looked)

    def _ready_sentence(self, looked: Looked) -> Sentence:
        same, older = looked.same, looked.older
        if same is not None and same.state == "in_use":
            return Sentence("done", tr("This form is here already"), tr("It is exactly the same, to the last letter. There is nothing to add."), "good")
        if same is not None:
            return Sentence("done", tr("This form is here, but not used any more"), tr("Adding it means that it is used again."), "good")
        wanted = self._adding.instead_of
        if wanted is not None and wanted.form_id != looked.found.form_id:
            text = tr("This is another form, not a newer version of “{form}”", form=wanted.title)
            second = tr("It calls itself {name}, that one is called {other}. It would be added as a form of its own.", name=looked.found.form_id, other=wanted.form_id)
            return Sentence("warning", text, second, "warn")
        if older is not None:
            second = tr("Version {version} stays beside it: what was filled with it stays and opens in it.", version=older.version or tr("none"))
            return Sentence("done", tr("A newer version of “{form}”", form=older.title), second, "good")
        return Sentence("done", tr("This form can be used"), tr("Look at it below, choose where its answers go, and add it."), "good")

    def _refusals(self, looked: Looked) -> list[Part]:
        parts: list[Part] = []
        for one in looked.found.refusals:
            if parts:
                parts += [14, rule(thin=True), 14]
            parts.append(sentences.refusal(one))
        return parts

    def _missing(self, looked: Looked) -> list[Part]:
        names = looked.found.missing_media
        if not names:
            return []
        parts: list[Part] = [Words(tr("Files that belong to it"), "heading"), 8]
        for name in names:
            parts += [Note("warning", name, "warn", "body"), 6]
        add = Button(tr("Add a file…"), icon="plus", hint="Alt+A", name="add_companion")
        add.clicked.connect(self._ask_companion)
        if self._adding.lacks() != "media":
            parts += [Note("info", tr("It can be added without them: their pictures are not shown, and their lists are empty."), "second", "body"), 6]
            return [*parts, 4, row(add, None)]
        without = Button(tr("Go on without"), "quiet", name="go_without")
        without.clicked.connect(self._adding.go_without)
        return [*parts, 4, row(add, without, None)]

    def _repairs(self, looked: Looked) -> list[Part]:
        repairs = looked.found.repairs
        if not repairs:
            return []
        self._table = RepairTable()
        self._table.show_repairs(repairs, self._adding.accepted)
        self._table.ticked.connect(self._adding.tick)
        self._table.chosen.connect(self._side.explain)
        self._table.chosen.connect(self._follow)
        self._table.step(1)
        every = Button(tr("Yes to all harmless ones"), "quiet", "done", "Alt+H", name="tick_harmless")
        every.clicked.connect(self._adding.tick_harmless)
        every.setEnabled(self._harmless())
        return [row(Words(tr("Repairs"), "heading"), None, every), 2, self._table]

    def _differences(self, looked: Looked) -> list[Part]:
        older, found = looked.older, looked.differences
        if older is None or looked.same is not None:
            return []
        title = Words(tr("What changed since version {version}", version=older.version or tr("none")), "heading")
        if not older.here:
            return [title, 8, Note("clock", tr("That version has not come to this laptop yet, so they cannot be compared."), "second", "body")]
        if not found:
            return [title, 8, Note("check", tr("The questions, their kinds and their choices are the same."), "second", "body")]
        table = CellTable((tr("Question"), tr("What"), tr("Before"), tr("Now")), (0, 190, 150, 150), name="differences_table", label=tr("What changed"),
                          tall=False, fit=True)
        lines = []
        for one in found[:_MOST]:
            text, icon, tone = sentences.change(one)
            lines.append([Cell(one.label or one.name, key=(one.path, one.what)), Cell(text, icon=icon, tone=tone), Cell(one.before, ink="ink2"), Cell(one.after)])
        table.show_lines(lines)
        more: list[Part] = [6, Words(counted(len(found) - _MOST, "and {n} more", "and {n} more"), "small", "hint")] if len(found) > _MOST else []
        return [title, 4, table, *more]

    def _limits(self, looked: Looked) -> list[Part]:
        if not looked.found.limits:
            return []
        parts: list[Part] = [Words(tr("Not on this laptop"), "heading"), 8]
        for note in sentences.limits(looked.found.limits):
            parts += [note, 8]
        return parts

    def _preview(self, looked: Looked) -> list[Part]:
        if looked.tried is None:
            return []
        whole = Button(tr("Try all of it"), "quiet", "eye", "Ctrl+O", name="try_all")
        whole.clicked.connect(self._state.try_added)
        return [row(Words(tr("As it will look"), "heading"), None, whole), 8, Glimpse(self._shell, looked.tried)]
