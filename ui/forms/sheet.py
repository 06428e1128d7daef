"""A form, or one section of it, as widgets: questions in rows of twelve columns, groups with headings, repeats as tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Union

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.services.intake import ARRIVAL, REGISTRATION, Definition, Node, Spec
from ui.forms.columns import Columns, follow_width
from ui.forms.filling import Filling
from ui.forms.markdown import say
from ui.forms.matrix import MOST, MatrixView
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


_Shown = Union[QuestionView, NoteView]


class FormView(QWidget):
    """What stands inside one group, repeat instance, or the root of a form, in the form's order: all of it, or only the children with
    these `names`. Questions that do not apply take no room; their widgets are made when they first apply, and stay. Signal:
    `onward(question)` when Enter says that a question is done."""

    onward = Signal(object)

    def __init__(self, filling: Filling, path: str, look: Look, names: Sequence[str] = ()) -> None:
        super().__init__()
        self._filling, self._look = filling, look
        definition = filling.form.definition
        self._path = path or f"/{definition.root.name}"
        self._parts = parts_of(definition, self._path, names)
        self._questions: dict[str, _Shown] = {}
        self._groups: dict[str, _Group] = {}
        self._repeats: dict[str, RepeatView] = {}
        self._matrices: dict[str, MatrixView] = {}
        self._columns: dict[str, Columns] = {}
        self._column = col(gap=look.down)
        self.setLayout(self._column)
        follow_width(self)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        """One grid for each run of questions, in between groups, repeats and matrices. What a grid holds comes in `refresh`."""
        grid: Columns | None = None
        for first, rows in _runs(self._parts, self._filling, self._path):
            path = f"{self._path}/{first.name}"
            if first.kind == "question" and not rows:
                if grid is None:
                    grid = self._new_grid()
                self._columns[path] = grid
                continue
            grid = None
            made: MatrixView | RepeatView | _Group
            if rows:
                head = path if is_head(first) else ""
                below = [f"{self._path}/{one.name}" for one in rows]
                made = self._matrices[path] = MatrixView(self._filling, head, below)
            elif first.kind == "repeat":
                made = self._repeats[path] = RepeatView(self._filling, path, partial(_instance, self._filling))
            else:
                made = self._groups[path] = _Group(self._filling, path, self._look)
            made.onward.connect(self.onward)
            self._column.addWidget(made)

    def _new_grid(self) -> Columns:
        grid = Columns(self._look.across, self._look.down)
        holder = box(grid)
        follow_width(holder)
        self._column.addWidget(holder)
        return grid

    def refresh(self) -> None:
        """Show the form as it stands."""
        form = self._filling.form
        for path in self._columns:
            self._show_question(self._filling.node(path))
        for path, group in self._groups.items():
            group.show_node(self._filling.node(path))
        for matrix in self._matrices.values():
            matrix.refresh()
        there = {path: (label, count) for path, label, count in form.repeats(self._path)} if self._repeats else {}
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

    def _make(self, node: Node) -> _Shown:
        if node.type == "note" or is_head(self._filling.form.definition.specs[_names(node.path)]):
            return NoteView(self._filling, node, warns=_warns(self._filling, node))
        made = QuestionView(self._filling, node, strong=self._look.strong)
        made.onward.connect(self.onward)
        return made

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
        inside: dict[str, QWidget] = {**self._questions, **self._groups, **self._repeats, **self._matrices}
        for spec in self._parts:
            one = inside.get(f"{self._path}/{spec.name}")
            if one is None or one.isHidden():
                continue
            if isinstance(one, QuestionView):
                yield one
            elif isinstance(one, _Group):
                yield from one.view.questions()
            elif isinstance(one, MatrixView):
                yield from one.rows()
            elif isinstance(one, RepeatView) and one.editor is not None:
                yield from one.editor.questions()

    def repeats(self) -> Iterator[RepeatView]:
        """The repeats that are shown, in the order of the form, inner ones after theirs."""
        for repeat in self._repeats.values():
            if not repeat.isHidden():
                yield repeat
                if repeat.editor is not None:
                    yield from repeat.editor.repeats()
        for group in self._groups.values():
            if not group.isHidden():
                yield from group.view.repeats()


def parts_of(definition: Definition, path: str, names: Sequence[str] = ()) -> tuple[Spec, ...]:
    """The children of a node that people see, all or those with these names."""
    children = definition.specs[_names(path)].children
    return tuple(spec for spec in children if spec.shown and (not names or spec.name in names))


def _warns(filling: Filling, node: Node) -> bool:
    """In our own forms a note that comes up because of an answer is a warning; what others mean by it nobody knows."""
    ours = filling.form.form_id in (ARRIVAL, REGISTRATION)
    return ours and filling.form.definition.specs[_names(node.path)].relevant is not None


def _runs(parts: Sequence[Spec], filling: Filling, path: str) -> Iterator[tuple[Spec, tuple[Spec, ...]]]:
    """Each part with nothing, or the first of a matrix with its rows: a question that gives the head (``label``), then its rows
    (``list-nolabel``)."""
    at = 0
    while at < len(parts):
        first = parts[at]
        begins = at
        while begins < len(parts) and is_head(parts[begins]):
            begins += 1
        end = begins
        while end < len(parts) and parts[end].kind == "question" and "list-nolabel" in parts[end].appearance:
            end += 1
        rows = tuple(parts[begins:end])
        offered = len(filling.node(f"{path}/{first.name}").choices) if rows and first.kind == "question" else 0
        if rows and 0 < offered <= MOST:
            yield first, rows
            at = end
        else:
            yield first, ()
            at += 1


def is_head(spec: Spec) -> bool:
    """True for a question that only shows the answers of the rows below it, and cannot be answered itself."""
    return spec.kind == "question" and "label" in spec.appearance and spec.type in ("select_one", "select_multiple")


def _instance(filling: Filling, path: str) -> FormView:
    return FormView(filling, path, Look(False, 12, 8))


class _Group(QWidget):
    """A group with its heading."""

    onward = Signal(object)

    def __init__(self, filling: Filling, path: str, look: Look) -> None:
        super().__init__()
        self._heading = Words("", "heading" if look.strong else "strong", wrap=True)
        self._heading.setObjectName(f"{name_of(path)}_heading")
        self.view = FormView(filling, path, look)
        self.view.onward.connect(self.onward)
        self.setLayout(col(self._heading, 8, self.view))
        follow_width(self)

    def show_node(self, node: Node) -> None:
        """Show the group as it stands."""
        self.setVisible(node.relevant)
        if node.relevant:
            say(self._heading, node.label)
            self._heading.setVisible(bool(node.label.strip()))
            self.view.refresh()


class FormSheet(QWidget):
    """A `FormView` in a page: it scrolls when it is too long, follows the keyboard, and is brought up to date after every answer."""

    def __init__(
        self, filling: Filling, path: str, look: Look, *, edges: tuple[int, int, int, int], names: Sequence[str] = ()
    ) -> None:
        """`names`: only these children of the node at `path`."""
        super().__init__()
        self.setObjectName("form_sheet")
        self._filling = filling
        self.view = FormView(filling, path, look, names)
        self.view.onward.connect(self._go_on)
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
        """The question at a path, if it is shown; the instances it stands in are opened, outer ones first."""
        for repeat in _NUMBER.finditer(path):
            if self._filling.editing.get(path[: repeat.start()]) != path[: repeat.end()]:
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
        """The first question that can be answered."""
        shown = list(self.view.questions())
        return next((one for one in shown if one.can_answer), None)

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

    def _go_on(self, view: QuestionView) -> None:
        """Enter: the next question that can be answered. After the last one the keyboard stays: nothing is pressed by accident."""
        asked = [one for one in self.view.questions() if one.can_answer]
        after = asked[asked.index(view) + 1 :] if view in asked else []
        if after:
            self._go(after[0])

    def add(self) -> None:
        """Add to the repeat around the keyboard, else to the first that takes more."""
        at = QApplication.focusWidget()
        around = []
        while at is not None:
            if isinstance(at, RepeatView):
                around.append(at)
            at = at.parentWidget()
        for repeat in (*around, *self.view.repeats()):
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
            self._filling.steps.close()
            if self._current():
                self._filling.visit(before.path)
        if self._at is not None:
            self._at.keyboard(True)
            self._area.ensureWidgetVisible(self._at, 0, 16)


def _soon(owner: QWidget, call: Callable[[], None]) -> None:
    QTimer.singleShot(0, owner, call)


def _names(path: str) -> tuple[str, ...]:
    return tuple(_NUMBER.sub("", path).strip("/").split("/"))
