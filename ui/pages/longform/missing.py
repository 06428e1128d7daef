"""Beside the questions: what this section still needs, and when it was saved."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui import present_errors
from ui.forms.markdown import plain
from ui.pages.longform.state import END, LongformState
from ui.theme.draw import fitting
from ui.theme.tokens import PANEL_EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, clear, fill, row
from ui.widgets.parts import SidePanel
from ui.words import counted, tr

WIDTH = 272
_MOST = 8
_LABEL = 200  # pixels of a line of the words of a question


class MissingSide(SidePanel):
    """Signal: `wanted` when somebody wants to be led to the next problem."""

    wanted = Signal()

    def __init__(self, state: LongformState) -> None:
        super().__init__("longform_side", WIDTH)
        self._state = state
        self._version = Words("", "small", "hint", wrap=True)
        self.foot.addWidget(self._version)
        self._what: object = None
        for signal in (state.loaded, state.turned, state.marks_changed, state.filling.answered, state.filling.checked, state.filling.kept):
            signal.connect(self._show)
        self._show()

    def _lines(self) -> list[tuple[str, str, str]]:
        """(icon, tone, words) of everything that is not right, in the order of the form."""
        filling = self._state.filling
        if filling.opened is None or filling.reads_only or self._state.section == END or self._state.locked() is not None:
            return []
        found = []
        for path, text, severe in self._state.wrong_here():
            node = filling.form.node(path)
            empty, label = not filling.shown_text(node), fitting(plain(node.label), _LABEL, 2).replace("\n", " ")
            said = tr("{question}: no answer yet", question=label) if empty else tr("{question}: {what}", question=label, what=text)
            found.append(("circle" if empty else "warning", "second" if empty else "danger" if severe else "warn", said))
        return found

    def _show(self) -> None:
        filling = self._state.filling
        there = filling.opened is not None
        stopped = there and bool(filling.form.overworked())
        what = (self._lines(), filling.kept_at, self._state.section, filling.touched, there, filling.fault, filling.steps.last is not None, stopped)
        if what == self._what:
            return
        self._what = what
        clear(self.body)
        self._version.setVisible(there)
        if there:
            form = filling.form
            title = fitting(form.title, WIDTH - 2 * PANEL_EDGE, 1, "small")
            versioned = tr("Form: {title}, version {version}", title=title, version=form.version)
            self._version.setText(versioned if form.version else tr("Form: {title}", title=title))
            parts = [] if self._state.locked() is not None or self._state.section == END else self._missing(what[0])
            saved = [] if filling.reads_only else [Words(tr("Saved"), "heading"), 10, *self._saved()]
            told = tr("A rule of this form takes too long to work out: what depends on it stays blank. Tell the person who made the form.")
            warning: list[Part] = [Note("warning", told, "danger", "body", name="form_overworked"), 20] if stopped else []
            fill(self.body, *warning, *parts, *saved, None)

    def _missing(self, lines: list[tuple[str, str, str]]) -> list[Part]:
        if self._state.filling.reads_only:
            return [Note("info", tr("This form is only looked at here."), "second", "body")]
        if not lines:
            return [Words(tr("This section"), "heading"), 10, Note("done", tr("Nothing is missing here."), "good", "body"), 24]
        parts: list[Part] = [Words(tr("Before this section is done"), "heading", wrap=True), 10]
        for icon, tone, text in lines[:_MOST]:
            parts += [Note(icon, text, tone, "body"), 7]
        if len(lines) > _MOST:
            more = len(lines) - _MOST
            parts += [Words(counted(more, "and {n} more", "and {n} more"), "small", "hint"), 6]
        go = Button(tr("Go to the next one"), hint="F8", name="next_problem")
        go.clicked.connect(lambda: self.wanted.emit())
        return [*parts, 6, row(go, None), 28]

    def _saved(self) -> list[Part]:
        filling = self._state.filling
        if filling.fault is not None:
            return [Note("warning", tr("Not saved: {why}", why=present_errors.brief(filling.fault)), "danger", "body")]
        if not filling.kept_at:
            return [Note("done", tr("Every answer is saved at once."), "second", "body")]
        clock = filling.kept_at[11:19]
        parts: list[Part] = [Note("done", tr("Every answer is saved at once. Last: {time}.", time=clock), "good", "body")]
        if filling.touched and filling.opened is not None and filling.opened.kept is None:
            parts += [8, Note("info", tr("The records change when you turn to another section."), "second", "body")]
        if filling.steps.last is not None:
            parts += [8, Note("undo", tr("Ctrl+Z takes back the last answer."), "second", "body")]
        return parts
