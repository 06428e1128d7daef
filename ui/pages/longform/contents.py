"""At the left: whom the form is about, its pages with how far each is, a search for long forms, and the language of the form."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal

from desktop.services.intake import Node
from ui.forms.markdown import plain
from ui.models.choices import folded
from ui.pages.longform.state import END, LongformState, Section
from ui.shell import Shell
from ui.theme import burmese
from ui.theme.draw import width_of
from ui.widgets.fields import Drop, Search
from ui.widgets.labels import Words
from ui.widgets.layout import box, col, show_if
from ui.widgets.lists import RowList
from ui.widgets.parts import SidePanel
from ui.widgets.rows import Cell
from ui.words import counted, mark, tr

WIDTH = 258
_LONG = 12  # pages from which a form has a search
_MOST_FOUND = 30
_MARKS = {
    "done": ("done", "good"), "problem": ("warning", "danger"), "half": ("half", "accent"), "empty": ("circle", "plain"), "locked": ("lock", "plain"),
}
_ROLES = {"medic": mark("medic"), "caseworker": mark("caseworker")}


class Contents(SidePanel):
    """Signal: `wanted(path)` for a question that was found by its words."""

    wanted = Signal(str)

    def __init__(self, shell: Shell, state: LongformState) -> None:
        super().__init__("longform_sections", WIDTH, side="left")
        self._shell, self._state = shell, state
        self._name, self._code = Words("", "strong", wrap=True), Words("", "small", "second")
        self._name.setObjectName("longform_person")
        self._count = Words("", "small", "second", wrap=True)
        self._cells: list[Cell] = []
        self.list = RowList(name="sections", label=tr("Sections"), plane="paper", inset=10, rules=False, fit=True)
        self.list.opened.connect(lambda key: state.turn(str(key)))
        self.search = Search(name="find_question", hint=tr("Find a question"))
        self.search.textChanged.connect(self._look)
        self.search.moved.connect(self._step)
        self.search.entered.connect(self._take)
        self._found = RowList(name="questions_found", label=tr("Questions that match"), plane="paper", inset=10, rules=False, fit=True)
        self._found.opened.connect(self._open)
        self._none = Words("", "small", "hint", wrap=True)
        self._searching = box(col(self.search, 6, edge=(2, 0, 6, 0)))
        self._words: list[tuple[str, str, str]] | None = None
        self.body.setContentsMargins(8, 18, 8, 8)
        about = box(col(self._name, self._code, 6, self._count, edge=(6, 0, 0, 0)))
        self.fill(about, 8, self._searching, self._none, self._found, self.list, None)
        self._language: Drop | None = None
        self._others = Words(tr("Others can fill other sections at the same time."), "small", "hint", wrap=True)
        self.foot.addWidget(self._others)
        self._found.hide()
        self._none.hide()
        show_if(self._searching, False)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def show_form(self) -> None:
        """Another form is here, or none."""
        state = self._state
        person, opened = state.person, state.filling.opened
        self._name.setText(person.name if person is not None else opened.form.title if opened is not None else "")
        self._code.setText(f"{person.code[:4]}-{person.code[4:]}" if person is not None else "")
        show_if(self._code, person is not None)
        self._others.setVisible(opened is not None and not state.filling.reads_only)
        self._words = None
        self.search.clear()
        show_if(self._searching, opened is not None and len(state.sheets) >= _LONG)
        self._offer_languages()

    def _offer_languages(self) -> None:
        """A choice where the form speaks others than the two of the window, or not both of those."""
        if self._language is not None:
            self._language.hide()
            self._language.deleteLater()
            self._language = None
        opened = self._state.filling.opened
        spoken = opened.form.definition.languages if opened is not None else ()
        if len(spoken) < 2 or {one.code for one in spoken} <= {"en", "my"}:
            return
        assert opened is not None
        now = self._state.language or opened.form.definition.language(self._shell.language)
        self._language = Drop([(one.name, one.called) for one in spoken], name="form_language", current=now)
        self._language.setAccessibleName(tr("Language of the form"))
        self._language.setToolTip(tr("Language of the form"))
        self._language.picked.connect(self._state.speak)
        self.foot.insertWidget(0, self._language)

    def show_marks(self, sections: list[Section]) -> None:
        """How far each page is."""
        state = self._state
        done = sum(1 for one in sections if one.state == "done")
        parts = [tr("{done} of {all} sections done", done=done, all=len(sections))] if sections else []
        if state.filling.opened is not None and state.filling.opened.kept is not None:
            answered, asked = (sum(values) for values in zip(*((one.answered, one.asked) for one in sections))) if sections else (0, 0)
            parts.append(tr("{answered} of {asked} questions answered", answered=answered, asked=asked))
        self._count.setText("\n".join(parts))
        cells = [_cell(one) for one in sections]
        if state.ends:
            cells.append(Cell(tr("All done"), icon="check", tone="plain", key=END))
        if cells != self._cells:
            self._cells = cells
            self.list.show_cells(cells)
        self.list.choose(state.section)

    # ---- searching --------------------------------------------------------------------------------------------------

    def _look(self, text: str) -> None:
        wanted = folded(text).split()
        self.list.setVisible(not wanted)
        self._found.setVisible(bool(wanted))
        self._none.setVisible(bool(wanted))
        if not wanted or self._state.filling.opened is None:
            return
        if self._words is None:
            self._words = [(node.path, plain(node.label), folded(plain(node.label))) for node in self._questions("")]
        hits = [(path, label) for path, label, words in self._words if all(one in words for one in wanted)]
        self._found.show_cells([self._hit(path, label) for path, label in hits[:_MOST_FOUND]])
        self._found.choose_first()
        self._none.setText(counted(len(hits), "{n} question", "{n} questions") if hits else tr("No question has these words."))

    def _hit(self, path: str, label: str) -> Cell:
        sheet = self._state.sheet_of(path)
        return Cell(label.replace("\n", " "), self._state.label(sheet) if sheet is not None else "", key=path)

    def _questions(self, path: str) -> Iterator[Node]:
        for node in self._state.filling.form.children(path):
            if node.kind == "question" and node.relevant and node.label:
                yield node
            elif node.kind != "question" and node.relevant:
                yield from self._questions(node.path)

    def _step(self, by: int) -> None:
        at = self._found.currentIndex().row() + by
        if 0 <= at < self._found.cells.rowCount():
            self._found.setCurrentIndex(self._found.cells.index(at, 0))

    def _take(self) -> None:
        self._open(self._found.current())

    def _open(self, path: object) -> None:
        if isinstance(path, str) and not self._found.isHidden():
            self.search.clear()
            self.wanted.emit(path)


def _cell(one: Section) -> Cell:
    icon, tone = _MARKS[one.state]
    if one.state == "locked":
        right = tr(_ROLES[one.role.value]) if one.role is not None else ""
    elif not one.asked:
        right = ""
    else:
        right = str(one.asked) if one.answered == one.asked else f"{one.answered}/{one.asked}"
    first, second = _broken(one.label, right, 14 * one.depth)
    ink = "ink3" if one.state == "locked" else "ink"
    return Cell(first, second, icon=icon, tone=tone, right=right, ink=ink, indent=min(3, one.depth), key=one.path)


def _broken(label: str, right: str, less: int) -> tuple[str, str]:
    """The words of a section in one line, or in two where they do not fit beside the number."""
    room = WIDTH - 80 - width_of(right) - min(42, less)
    if width_of(label) <= room or (max(width_of(word) for word in label.split(" ")) > room and not burmese.is_burmese(label)):
        return label, ""
    lines = burmese.lines(label, room, width_of) if burmese.is_burmese(label) else _by_words(label, room)
    return lines[0].strip(), " ".join(line.strip() for line in lines[1:])


def _by_words(label: str, room: int) -> list[str]:
    words = label.split(" ")
    fits = max((at for at in range(1, len(words)) if width_of(" ".join(words[:at])) <= room), default=1)
    return [" ".join(words[:fits]), " ".join(words[fits:])]
