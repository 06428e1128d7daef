"""A repeat as a table: one row for each instance, and the one that is written open below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.services.intake import Node
from desktop.words.labels import date_text, silence_label
from ui import chips, messages, words
from ui.forms.columns import follow_width
from ui.forms.filling import Filling
from ui.forms.moments import shown as moment_shown
from ui.forms.question import name_of
from ui.theme.draw import width_of
from ui.widgets.buttons import Button
from ui.widgets.labels import Words
from ui.widgets.layout import box, clear, col, focus_soon, has_keyboard, row, rule
from ui.widgets.lists import CellTable
from ui.widgets.rows import Cell, Chip
from ui.words import mark, tr

if TYPE_CHECKING:
    from ui.forms.sheet import FormView

_FACTS = 3  # columns beside the name
_CHIPS = 200


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
    language changes. `editor` is the open one, or None."""

    def __init__(self, filling: Filling, path: str, make: Callable[[str], FormView]) -> None:
        super().__init__()
        self._filling, self._path, self._make = filling, path, make
        self._name = name_of(path)
        self._open = ""
        self._count = -1
        self.editor: FormView | None = None
        self.setObjectName(f"{self._name}_repeat")
        self._heading = Words("", "strong")
        self._more = Button(tr(_add_words(filling, path)), "quiet", "plus", "Alt+A", name=f"{self._name}_add")
        self._more.clicked.connect(self.add)
        self._table: InstanceTable | None = None
        self._lines: list[list[Cell]] = []
        self._rows = col()
        self._below = col()
        self.setLayout(col(row(self._heading, None, self._more), self._rows, self._below))
        follow_width(self)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def show_instances(self, label: str, count: int) -> None:
        """Show the repeat as it stands."""
        self._heading.setText(label)
        self._more.setVisible(not self._filling.form.refuses_add(self._path))
        instances = [self._filling.form.children(f"{self._path}[{at}]") for at in range(1, count + 1)]
        self._show_table(label, instances)
        wanted = self._filling.editing.get(self._path, "")
        if wanted != self._open or count != self._count:
            self._open, self._count = wanted, count
            self._show_editor()
        elif self.editor is not None:
            self.editor.refresh()

    def _show_table(self, label: str, instances: list[list[Node]]) -> None:
        if self._table is not None:
            self._table.setVisible(bool(instances))
        if not instances:
            return
        if self._table is None:
            self._table = self._new_table(label, instances[0])
            self._rows.addWidget(self._table)
        lines = [self._line(at, nodes) for at, nodes in enumerate(instances, 1)]
        if lines != self._lines:
            self._lines = lines
            self._table.show_lines(lines)

    def _new_table(self, label: str, nodes: list[Node]) -> InstanceTable:
        widths = [_width(node) for node in _facts(nodes)]
        table = InstanceTable(
            ["" for _ in (0, *widths, 0)], [0, *widths, _CHIPS], name=f"{self._name}_table", label=label, tall=False, fit=True
        )
        table.opened.connect(lambda key: self.edit(str(key)))
        table.unwanted.connect(lambda key: self.remove(str(key)))
        table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return table

    def _line(self, at: int, nodes: list[Node]) -> list[Cell]:
        path = f"{self._path}[{at}]"
        names = [text for node in nodes if node.type == "text" and (text := self._said(node))]
        wrong = any(self._filling.complaint(node)[0] for node in nodes)
        marks = [Chip(tr("Look again"), "danger", "warning")] if wrong else []
        for node in nodes:
            if node.type == "select_multiple" and node.relevant:
                marks += [_chip(node, name) for name in node.value.split()]
        if len(marks) > 2:
            marks = [marks[0], Chip(f"+{len(marks) - 1}", marks[1].tone)]
        first = Cell("   ".join(names[:2]) or tr("No name yet"), ink="ink" if names else "ink3", key=path)
        return [first, *(Cell(self._said(node)) for node in _facts(nodes)), Cell(chips=tuple(marks))]

    def _said(self, node: Node) -> str:
        if not node.relevant:
            return ""
        if node.silence is not None:
            return silence_label(node.silence, words.language())
        text = self._filling.shown_text(node)
        if node.type in ("select_one", "select_multiple"):
            return next((one.label for one in node.choices if one.name == text), text)
        return date_text(text, words.language()) if node.type == "date" else moment_shown(text) or text

    def _show_editor(self) -> None:
        held = has_keyboard(self)
        self.editor = None
        clear(self._below)
        if not self._open:
            if held:
                focus_soon(self._table if self._table is not None and not self._table.isHidden() else self._more)
            return
        self.editor = self._make(self._open)
        done = Button(tr("Done"), icon="check", name=f"{self._name}_done")
        done.clicked.connect(lambda: self._filling.edit(self._path, ""))
        out = Button(tr("Take out"), "quiet", "close", name=f"{self._name}_remove")
        out.clicked.connect(lambda: self.remove(self._open))
        inner = col(self.editor, 10, row(done, out, None), edge=(14, 10, 14, 10))
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
            focus_soon(first.entry.field)

    def remove(self, path: str) -> None:
        """Take an instance out; ask first if anything was written in it."""
        nodes = self._filling.form.children(path)
        if not any(self._filling.shown_text(node) or node.silence for node in nodes):
            self._filling.remove(path)
            return
        who = self._line(int(path.rpartition("[")[2].rstrip("]")), nodes)[0].words
        messages.ask(
            self, tr("Take {name} out of this form?", name=who), tr("What was written about them here goes too."),
            (messages.Answer("out", tr("Take out"), "danger"), messages.Answer("", tr("Go back"))),
            lambda answer: self._filling.remove(path) if answer == "out" else None, icon="warning", tone="warn",
        )


def _add_words(filling: Filling, path: str) -> str:
    """"Add a person" where the instances are people."""
    names = tuple(path.strip("/").split("/"))
    saves = (spec.save_to for spec in filling.form.definition.specs[names].walk())
    return mark("Add a person") if any(one.startswith(("person.", "left_behind.")) for one in saves) else mark("Add a line")


def _facts(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if node.type in ("select_one", "integer", "decimal", "date", "time")][:_FACTS]


def _width(node: Node) -> int:
    if node.type == "select_one":
        return min(150, max((width_of(one.label) for one in node.choices), default=60) + 20)
    return 60 if node.type in ("integer", "decimal") else 130


def _chip(node: Node, name: str) -> Chip:
    if node.save_to.startswith("person.needs"):
        return chips.need(name)
    return Chip(next((one.label for one in node.choices if one.name == name), name))
