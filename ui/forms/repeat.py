"""A repeat as a table: one row for each instance, and the one that is written open below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.services.intake import Node, Spec
from desktop.words.labels import silence_label
from ui import chips, messages, words
from ui.forms.columns import follow_width
from ui.forms.filling import Filling
from ui.forms.markdown import plain, say
from ui.forms.question import name_of
from ui.forms.reading import answer_words
from ui.theme.draw import width_of
from ui.widgets.buttons import Button
from ui.widgets.labels import Words
from ui.widgets.layout import Part, box, clear, col, focus_soon, has_keyboard, row, rule, show_if
from ui.widgets.lists import CellTable
from ui.widgets.rows import Cell, Chip
from ui.words import tr

if TYPE_CHECKING:
    from ui.forms.sheet import FormView

_NUMBER = re.compile(r"\[\d+\]")
_FACT_TYPES = frozenset({"select_one", "integer", "decimal", "date", "time"})
_NAMES, _FACTS = 4, 3  # texts that may give the name, and columns beside it
_CHIPS = 200
_AT_ONCE = 12  # instances that are read again after every answer
_LATER = 350  # milliseconds without typing after which all are
_MEASURED = 60  # choices whose words decide how wide a column is


class InstanceTable(CellTable):
    """The rows of a repeat. Signal: `unwanted(path)` on Delete."""

    unwanted = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.current() is not None:
            self.unwanted.emit(self.current())
        else:
            super().keyPressEvent(event)


class RepeatView(QWidget):
    """`make(path)` builds the widgets of one instance. Which instance is open is kept in `filling`, so that it stays open when the
    language changes. `editor` is the open one, or None. Signal: `onward(question)` of the open one."""

    onward = Signal(object)

    def __init__(self, filling: Filling, path: str, make: Callable[[str], FormView]) -> None:
        super().__init__()
        self._filling, self._path, self._make = filling, path, make
        self._name = name_of(path)
        self._open = ""
        self._count = -1
        self.editor: FormView | None = None
        self.setObjectName(f"{self._name}_repeat")
        spec = filling.form.definition.specs[tuple(_NUMBER.sub("", path).strip("/").split("/"))]
        self._depth = len(spec.path)
        leaves = list(_leaves(spec))
        self._texts = [one for one in leaves if one.type == "text"][:_NAMES]
        self._facts = [one for one in leaves if one.type in _FACT_TYPES][:_FACTS]
        self._ticks = [one for one in leaves if one.type == "select_multiple"]
        self._people = any(one.save_to.startswith(("person.", "left_behind.")) for one in spec.walk())
        self._fixed = False
        self._gone = ""
        self._language = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self._show_all)
        self._heading = Words("", "strong", wrap=True)
        words_of_add = tr("Add a person") if self._people else tr("Add a line")
        self._more = Button(words_of_add, "quiet", "plus", "" if "[" in path else "Alt+A", name=f"{self._name}_add")
        self._more.clicked.connect(self.add)
        self._table: InstanceTable | None = None
        self._lines: list[list[Cell]] = []
        self._rows = col()
        self._below = col()
        self._back_words = Words("", "body", "second", wrap=True)
        back = Button(tr("Put it back"), "quiet", "undo", "Ctrl+Z", name=f"{self._name}_put_back")
        back.clicked.connect(filling.undo)
        self._back = box(row((self._back_words, 1), back, edge=(8, 2, 0, 2)))
        self._back.hide()
        self.setLayout(col(row((self._heading, 1), self._more), self._rows, self._below, self._back))
        follow_width(self)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def show_instances(self, label: str, count: int) -> None:
        """Show the repeat as it stands."""
        say(self._heading, label)
        refusal = self._filling.refuses_add(self._path)
        self._more.setVisible(not refusal)
        self._fixed = refusal in ("count-controlled", "reads-only")
        wanted = self._filling.editing.get(self._path, "")
        self._show_table(label, count, wanted)
        if wanted != self._open or count != self._count:
            self._open, self._count = wanted, count
            self._show_editor()
        elif self.editor is not None:
            self.editor.refresh()
        last = self._filling.steps.last
        out = last is not None and last.out.startswith(f"{self._path}[") and bool(self._gone)
        show_if(self._back, out)
        if out:
            self._back_words.setText(tr("{name} was taken out.", name=self._gone))

    def _show_table(self, label: str, count: int, wanted: str) -> None:
        if self._table is not None:
            self._table.setVisible(count > 0)
        if not count:
            self._lines = []
            return
        if self._table is None:
            self._table = self._new_table(label)
            self._rows.addWidget(self._table)
        many = count > _AT_ONCE and count == len(self._lines) and self._filling.form.language == self._language
        if many and wanted:
            # Of many instances the one that is written changes at once; the others follow when nobody types for a moment.
            at = int(wanted.rpartition("[")[2].rstrip("]"))
            lines = [*self._lines[: at - 1], self._line(at), *self._lines[at:]]
            self._later.start()
        else:
            lines = [self._line(at) for at in range(1, count + 1)]
        self._show_lines(lines)

    def _show_all(self) -> None:
        if self._count > 0 and self._table is not None and self._filling.opened is not None:
            self._show_lines([self._line(at) for at in range(1, self._count + 1)])

    def _show_lines(self, lines: list[list[Cell]]) -> None:
        self._language = self._filling.form.language
        if lines != self._lines and self._table is not None:
            self._lines = lines
            self._table.show_lines(lines)

    def _new_table(self, label: str) -> InstanceTable:
        shown = [self._node(1, spec) for spec in self._facts]
        widths = [_width(node) for node in shown]
        table = InstanceTable(
            ["" for _ in (0, *widths, 0)], [0, *widths, _CHIPS], name=f"{self._name}_table", label=plain(label), tall=False, fit=True
        )
        table.opened.connect(lambda key: self.edit(str(key)))
        table.unwanted.connect(lambda key: self.remove(str(key)))
        table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return table

    def _node(self, at: int, spec: Spec) -> Node:
        """A question of an instance by its spec."""
        inside = "/".join(spec.path[self._depth :])
        return self._filling.node(f"{self._path}[{at}]/{inside}")

    def _line(self, at: int) -> list[Cell]:
        path = f"{self._path}[{at}]"
        texts = [self._said(self._node(at, spec)) for spec in self._texts]
        names = [text for text in texts if text]
        marks = [Chip(tr("Look again"), "danger", "warning")] if self._filling.complains(path) else []
        for spec in self._ticks:
            node = self._node(at, spec)
            if node.relevant:
                marks += [_chip(node, name) for name in node.value.split()]
        if len(marks) > 2:
            marks = [marks[0], Chip(f"+{len(marks) - 1}", marks[1].tone)]
        nameless = tr("No name yet") if self._people else tr("Number {n}", n=at)
        first = Cell("   ".join(names[:2]) or nameless, ink="ink" if names else "ink3", key=path)
        return [first, *(Cell(self._said(self._node(at, spec))) for spec in self._facts), Cell(chips=tuple(marks))]

    def _said(self, node: Node) -> str:
        if not node.relevant:
            return ""
        if node.silence is not None:
            return silence_label(node.silence, words.language())
        return answer_words(node, self._filling.shown_text(node))

    def _show_editor(self) -> None:
        held = has_keyboard(self)
        self.editor = None
        clear(self._below)
        if not self._open:
            if held:
                focus_soon(self._table if self._table is not None and not self._table.isHidden() else self._more)
            return
        self.editor = self._make(self._open)
        self.editor.onward.connect(self.onward)
        done = Button(tr("Done"), icon="check", name=f"{self._name}_done")
        done.clicked.connect(lambda: self._filling.edit(self._path, ""))
        buttons: list[Part] = [done]
        if not self._fixed:
            out = Button(tr("Take out"), "quiet", "close", name=f"{self._name}_remove")
            out.clicked.connect(lambda: self.remove(self._open))
            buttons.append(out)
        inner = col(self.editor, 10, row(*buttons, None), edge=(14, 10, 14, 10))
        frame = box(inner, "paper")
        follow_width(frame)
        self._below.addWidget(frame)
        self._below.addWidget(rule(thin=True))

    # ---- doing ------------------------------------------------------------------------------------------------------

    def add(self) -> bool:
        """Add an instance and open it. False if the form takes no more."""
        if not self._filling.add(self._path):
            return False
        self._begin_writing()
        return True

    def edit(self, path: str) -> None:
        """Open an instance and bring the keyboard to it."""
        self._filling.edit(self._path, path)
        self._begin_writing()

    def _begin_writing(self) -> None:
        first = next(self.editor.questions(), None) if self.editor is not None else None
        if first is not None:
            focus_soon(first.entry.start)

    def remove(self, path: str) -> None:
        """Take an instance out; ask first if anything was written in it. It can be put back until the form is written to the records."""
        if self._fixed:
            return
        who = self._line(int(path.rpartition("[")[2].rstrip("]")))[0].words
        if not self._holds_anything(path):
            self._take_out(path, "")
            return
        messages.ask(
            self, tr("Take {name} out of this form?", name=who), tr("What was written about them here goes too."),
            (messages.Answer("out", tr("Take out"), "danger"), messages.Answer("", tr("Go back"))),
            lambda answer: self._take_out(path, who) if answer == "out" else None, icon="warning", tone="warn",
        )

    def _take_out(self, path: str, who: str) -> None:
        self._gone = who
        self._filling.remove(path)

    def _holds_anything(self, path: str) -> bool:
        return any(node.kind != "question" or self._filling.shown_text(node) or node.silence for node in self._filling.form.children(path))


def _leaves(spec: Spec) -> Iterator[Spec]:
    """The questions of an instance, without those of repeats inside it."""
    for child in spec.children:
        if child.kind == "question":
            yield child
        elif child.kind == "group":
            yield from _leaves(child)


def _width(node: Node) -> int:
    if node.type == "select_one":
        return min(150, max((width_of(one.label) for one in node.choices[:_MEASURED]), default=60) + 20)
    return 60 if node.type in ("integer", "decimal") else 130


def _chip(node: Node, name: str) -> Chip:
    if node.save_to.startswith("person.needs"):
        return chips.need(name)
    return Chip(next((one.label for one in node.choices if one.name == name), name))
