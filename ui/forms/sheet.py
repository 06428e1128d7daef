"""A form, or one section of it, as widgets: questions in rows of twelve columns, groups with headings, repeats as tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.services.intake import Node
from ui.forms.columns import Columns, follow_width
from ui.forms.filling import Filling
from ui.forms.question import NoteView, QuestionView, name_of, span_of
from ui.forms.repeat import RepeatView
from ui.widgets.labels import Words
from ui.widgets.layout import box, col, scroll

_NUMBER = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Look:
    """How dense a form is set. `strong`: the words of questions in bold. `down`: space between rows of questions."""

    strong: bool = False
    across: int = 16
    down: int = 14


class FormView(QWidget):
    """Everything inside one group, repeat instance, or the root of a form, in the form's order. Questions that do not apply take no room;
    their widgets are made when they first apply, and stay."""

    def __init__(self, filling: Filling, path: str, look: Look) -> None:
        super().__init__()
        self._filling, self._look = filling, look
        self._definition = filling.form.definition
        self._path = path or f"/{self._definition.root.name}"
        self._questions: dict[str, QuestionView | NoteView] = {}
        self._groups: dict[str, _Group] = {}
        self._repeats: dict[str, RepeatView] = {}
        self._columns: dict[str, Columns] = {}
        self._column = col(gap=look.down)
        self.setLayout(self._column)
        follow_width(self)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        """One grid for each run of questions, in between groups and repeats. What a grid holds comes in `refresh`."""
        grid: Columns | None = None
        for spec in self._definition.specs[_names(self._path)].children:
            path = f"{self._path}/{spec.name}"
            if not spec.shown:
                continue
            if spec.kind == "question":
                if grid is None:
                    grid = Columns(self._look.across, self._look.down)
                    holder = box(grid)
                    follow_width(holder)
                    self._column.addWidget(holder)
                self._columns[path] = grid
                continue
            grid = None
            if spec.kind == "repeat":
                self._repeats[path] = RepeatView(self._filling, path, self._instance)
                self._column.addWidget(self._repeats[path])
            else:
                self._groups[path] = _Group(self._filling, path, self._look)
                self._column.addWidget(self._groups[path])

    def _instance(self, path: str) -> FormView:
        return FormView(self._filling, path, Look(False, 12, 8))

    def refresh(self) -> None:
        """Show the form as it stands."""
        form = self._filling.form
        asked = {node.path: node for node in form.children(self._path) if node.kind != "repeat"}
        for path in self._columns:
            self._show_question(asked[path])
        for path, group in self._groups.items():
            group.show_node(asked[path])
        there = {path: (label, count) for path, label, count in form.repeats(self._path)}
        for path, repeat in self._repeats.items():
            repeat.setVisible(path in there)
            if path in there:
                repeat.show_instances(*there[path])
        self._close_up()

    def _show_question(self, node: Node) -> None:
        view = self._questions.get(node.path)
        if view is None and node.relevant:
            view = self._questions[node.path] = self._make(node)
            self._columns[node.path].add(view, span_of(node))
            self._in_order(self._columns[node.path])
        elif view is not None and node.relevant:
            view.show_node(node)
        if view is not None:
            view.setVisible(node.relevant)

    def _make(self, node: Node) -> QuestionView | NoteView:
        if node.type == "note":
            return NoteView(node, warns=self._definition.specs[_names(node.path)].relevant is not None)
        return QuestionView(self._filling, node, strong=self._look.strong)

    def _in_order(self, grid: Columns) -> None:
        """A question that came up late stands, and is reached by Tab, where the form has it."""
        order = [self._questions[path] for path, where in self._columns.items() if where is grid and path in self._questions]
        if grid.put_in_order(order):
            stops = [stop for view in order for stop in view.findChildren(QWidget) if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
            for before, after in pairwise(stops):
                if before.window() is after.window():
                    QWidget.setTabOrder(before, after)

    def _close_up(self) -> None:
        """Grids without a question that applies take no room."""
        for grid in set(self._columns.values()):
            holder = grid.parentWidget()
            assert holder is not None
            holder.setVisible(any(grid is self._columns[path] and not view.isHidden() for path, view in self._questions.items()))

    def questions(self) -> Iterator[QuestionView]:
        """The questions that are shown, in the order of the form."""
        inside: dict[str, QWidget] = {**self._questions, **self._groups, **self._repeats}
        for spec in self._definition.specs[_names(self._path)].children:
            one = inside.get(f"{self._path}/{spec.name}")
            if one is None or one.isHidden():
                continue
            if isinstance(one, QuestionView):
                yield one
            elif isinstance(one, _Group):
                yield from one.view.questions()
            elif isinstance(one, RepeatView) and one.editor is not None:
                yield from one.editor.questions()

    def repeats(self) -> Iterator[RepeatView]:
        """The repeats that are shown, in the order of the form."""
        yield from (one for one in self._repeats.values() if not one.isHidden())
        for group in self._groups.values():
            if not group.isHidden():
                yield from group.view.repeats()


class _Group(QWidget):
    """A group with its heading."""

    def __init__(self, filling: Filling, path: str, look: Look) -> None:
        super().__init__()
        self._heading = Words("", "strong", wrap=True)
        self._heading.setObjectName(f"{name_of(path)}_heading")
        self.view = FormView(filling, path, look)
        self.setLayout(col(self._heading, 8, self.view))
        follow_width(self)

    def show_node(self, node: Node) -> None:
        """Show the group as it stands."""
        self.setVisible(node.relevant)
        if node.relevant:
            self._heading.setText(node.label)
            self._heading.setVisible(bool(node.label))
            self.view.refresh()


class FormSheet(QWidget):
    """A `FormView` in a page: it scrolls when it is too long, follows the keyboard, and is brought up to date after every answer."""

    def __init__(self, filling: Filling, path: str, look: Look, *, edges: tuple[int, int, int, int]) -> None:
        super().__init__()
        self.setObjectName("form_sheet")
        self._filling = filling
        self.view = FormView(filling, path, look)
        self._area: QScrollArea = scroll(box(col(self.view, None, edge=edges)), "form_scroll")
        self._at: QuestionView | None = None
        self.setLayout(col((self._area, 1)))
        self._opened = filling.opened
        filling.answered.connect(self._refresh)
        filling.checked.connect(self._refresh)
        QApplication.instance().focusChanged.connect(self._keyboard_moved)  # type: ignore[union-attr]

    def _current(self) -> bool:
        """False once another form is filled: this sheet is about to go."""
        return self._filling.opened is self._opened

    def _refresh(self) -> None:
        if self._current():
            self.view.refresh()

    def question(self, path: str) -> QuestionView | None:
        """The question at a path, if it is shown; an instance it stands in is opened."""
        repeat = _NUMBER.search(path)
        if repeat is not None:
            self._filling.edit(path[: repeat.start()], path[: repeat.end()])
        return next((one for one in self.view.questions() if one.path == path), None)

    def focus(self, path: str) -> None:
        """Bring the keyboard to a question."""
        found = self.question(path)
        if found is not None:
            _soon(found, lambda: self._go(found))

    def _go(self, view: QuestionView) -> None:
        view.entry.focus()
        self._area.ensureWidgetVisible(view, 0, 24)

    def first(self) -> QuestionView | None:
        """The first question that is shown."""
        return next(self.view.questions(), None)

    def current(self) -> QuestionView | None:
        """The question that has the keyboard."""
        return self._at

    def focus_next(self, paths: Sequence[str]) -> None:
        """Bring the keyboard to the next of these questions after the current one; after the last comes the first."""
        if not paths:
            return
        here = self._at.path if self._at is not None and shiboken6.isValid(self._at) else ""
        at = paths.index(here) + 1 if here in paths else 0
        self.focus(paths[at % len(paths)])

    def add(self) -> None:
        """Add to the first repeat that takes more."""
        for repeat in self.view.repeats():
            if repeat.add():
                return

    def _keyboard_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        view = now
        while view is not None and not isinstance(view, QuestionView):
            view = view.parentWidget()
        if view is self._at or QApplication.activePopupWidget() is not None:
            return
        before, self._at = self._at, view if view is not None and self.isAncestorOf(view) else None
        if before is not None and shiboken6.isValid(before):
            before.keyboard(False)
            if self._current():
                self._filling.visit(before.path)
        if self._at is not None:
            self._at.keyboard(True)
            self._area.ensureWidgetVisible(self._at, 0, 16)


def _soon(owner: QWidget, call: Callable[[], None]) -> None:
    QTimer.singleShot(0, owner, call)


def _names(path: str) -> tuple[str, ...]:
    return tuple(_NUMBER.sub("", path).strip("/").split("/"))
