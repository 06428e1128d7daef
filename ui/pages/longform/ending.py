"""The last page of a form: what is missing, calmly, and declaring all of it done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.forms.markdown import plain
from ui.pages.longform.state import LongformState
from ui.theme.tokens import EDGE
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, col, scroll
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell
from ui.words import counted, tr

_MOST = 40


class Ending(QWidget):
    """Signal: `wanted(path)` when somebody wants to be led to a question."""

    wanted = Signal(str)

    def __init__(self, state: LongformState) -> None:
        super().__init__()
        self.setObjectName("form_end")
        self.list: RowList | None = None
        parts = self._nothing(state) if not state.filling.wrong_now() else self._missing(state)
        inner = box(col(*parts, None, edge=(EDGE, 6, EDGE, 20)))
        self.setLayout(col((scroll(inner, "form_end_scroll"), 1)))

    def _nothing(self, state: LongformState) -> list[Part]:
        if _finished(state):
            return [Note("done", tr("This form was finished. It can still be changed."), "good", "body")]
        more = Words(tr("It can be changed later all the same."), "body", "second", wrap=True)
        return [Note("done", tr("Nothing is missing. This form can be finished."), "good", "body", name="form_end_calm"), 8, more]

    def _missing(self, state: LongformState) -> list[Part]:
        wrong = state.filling.wrong_now()
        severe = sum(1 for _, _, severe in wrong if severe)
        parts: list[Part] = []
        if severe:
            text = counted(severe, "One answer is missing or cannot be right.", "{n} answers are missing or cannot be right.")
            more = tr("What is written is kept. The form can be finished when these are right; somebody else can do that, on another day too.")
            parts += [Note("circle", text, "second", "body", name="form_end_calm"), 6, Words(more, "body", "second", wrap=True), 14]
        else:
            told = tr("Nothing is missing. Some answers are unusual: please look again.")
            parts += [Note("warning", told, "warn", "body", name="form_end_calm"), 14]
        self.list = RowList(name="form_end_list", label=tr("What is missing"), fit=True, inset=4, tall=True)
        self.list.opened.connect(self._open)
        self.list.show_cells([self._cell(state, *one) for one in wrong[:_MOST]])
        parts.append(self.list)
        if len(wrong) > _MOST:
            parts += [6, Words(counted(len(wrong) - _MOST, "and {n} more", "and {n} more"), "small", "hint")]
        return parts

    def _open(self, key: object) -> None:
        self.wanted.emit(str(key))

    def _cell(self, state: LongformState, path: str, text: str, severe: bool) -> Cell:
        filling = state.filling
        node = filling.form.node(path)
        empty = not filling.shown_text(node)
        said = tr("no answer yet") if empty else text
        tone = "plain" if empty else "danger" if severe else "warn"
        label = plain(node.label).replace("\n", " ")
        return Cell(label, f"{state.place_of(path)}: {said}", icon="circle" if empty else "warning", tone=tone, link=True, key=path)


def _finished(state: LongformState) -> bool:
    opened = state.filling.opened
    return opened is not None and opened.kept is not None and opened.kept.finished
