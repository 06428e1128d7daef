"""The list of what differs at the left; the answers side by side; the right answer by hand; what is not in question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QWidget

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fields import CHOICES, Kind
from desktop.domain.ids import Stamp
from desktop.services.history import Answer, TwoAnswers
from desktop.words.labels import choice_label, field_label, value_text
from ui import dates, words
from ui.commands import Command
from ui.page import Page
from ui.pages.answers.state import AnswersState, key_of
from ui.present_errors import brief
from ui.shell import Shell
from ui.theme.fonts import font
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.fields import Drop, Labelled, Line
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import box, clear, col, fill, focus_soon, has_keyboard, row, rule, scroll
from ui.widgets.lists import RowList
from ui.widgets.parts import Empty, Head, SidePanel, foot
from ui.widgets.rows import Cell
from ui.words import digits, mark, tr

DOTS = "••••••"
_SHOWN_FOR = 10_000  # milliseconds


def _text(one: TwoAnswers, answer: Answer) -> str:
    return answer.words or ("" if one.label else value_text(one.field, answer.value, words.language())) or tr("no answer")


def _hidden(one: TwoAnswers) -> bool:
    """True for words that were agreed in secret: they are shown only when somebody asks."""
    return not one.label and one.field.of == "words"


def _name(one: TwoAnswers) -> str:
    """What was asked, in the words of the form where it is one of its questions."""
    return one.label or field_label(one.kind, one.field.name, words.language())


class AnswerFrame(QFrame):
    """One of the answers in a frame: who said it, what it is, and the button that keeps it. Signal: `wanted`."""

    wanted = Signal()

    def __init__(self, one: TwoAnswers, at: int, here: str) -> None:
        super().__init__()
        answer: Answer = one.answers[at]
        self.setObjectName(f"answer_{at + 1}")
        self.setProperty("answer", "other")
        self.keep = QRadioButton(tr("Keep this one"))
        self.keep.setObjectName(f"keep_{at + 1}")
        self.keep.setFont(font("body"))
        self.keep.setAutoExclusive(False)
        self.keep.clicked.connect(lambda _on: self.wanted.emit())
        who = tr("Here, {site}", site=here) if not answer.site else answer.site
        said = tr("{who}, {when}", who=answer.author, when=dates.moment(answer.at))
        number = Words(str(at + 1), "small", "hint")
        self._answer, self._told = _text(one, answer), Words(" ", "title", wrap=True)
        self.tell(not _hidden(one))
        self.setLayout(
            col(
                Words(who, "strong", wrap=True), 2, Words(said, "small", "hint", wrap=True), 14,
                self._told, 6,
                Words(tr("This is what lists and papers show now.") if answer.shown_now else " ", "small", "hint", wrap=True), None, 10,
                row(self.keep, number, None, gap=4), edge=(20, 16, 20, 12),
            )
        )

    def tell(self, on: bool) -> None:
        """Show the answer, or dots in its place."""
        shown = self._answer if on else DOTS
        self._told.setText(shown)
        self.keep.setAccessibleName(tr("Keep “{answer}”", answer=shown))

    def mark_kept(self, on: bool) -> None:
        """Show whether this is the one that would be kept."""
        self.keep.setChecked(on)
        self.setProperty("answer", "kept" if on else "other")
        self.style().unpolish(self)
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.wanted.emit()
        super().mousePressEvent(event)


class AnswersView(Page):
    """Two different answers."""

    help = (
        mark("Two people changed the same thing without knowing of each other. Both answers are kept until somebody says which is right."),
        mark("Press 1 or 2 to choose, or write the right answer, then press Ctrl+Enter. What you settle travels to the other sites."),
        mark("Both answers stay in the history, whatever you choose. Ctrl+Z takes your choice back."),
    )

    def __init__(self, shell: Shell, state: AnswersState) -> None:
        super().__init__("answers", tr("Different answers"))
        self._shell, self._state = shell, state
        self._frames: list[AnswerFrame] = []
        self._own: Line | Drop | None = None
        self._own_field: Labelled | None = None
        self._list = RowList(name="answers_list", label=tr("To settle"), plane="paper", tall=True, inset=12)
        self._list.chosen.connect(state.look_at)
        side = SidePanel("answers_side", 272, side="left")
        fill(side.body, Words(tr("To settle"), "heading"), 10, (self._list, 1))
        fill(side.foot, Words(tr("Both answers stay in the history, whatever you choose."), "small", "hint", wrap=True))
        self._head = Head(" ", " ", above=" ")
        self._middle = col(gap=0, edge=(EDGE, 6, EDGE, 16))
        self._keep = Button(" ", "primary", "", "Ctrl+Enter", name="keep_answer")
        self._keep.clicked.connect(lambda: state.keep())
        self._failed = Note("warning", "", "danger", name="answers_failed")
        self._may = shell.who.role.writes
        self._bare = QTimer(self)  # runs while words that were agreed in secret can be read
        self._bare.setSingleShot(True)
        self._bare.setInterval(_SHOWN_FOR)
        self._bare.timeout.connect(self._hide_bare)
        if not self._may:
            self._failed.say(tr("Your role reads only. Somebody else has to settle this."), "second", "lock")
        self._work = box(
            col(self._head, (scroll(box(self._middle), "answers_scroll"), 1), foot((self._failed, 1), None, self._keep)), "surface"
        )
        self._done = self._nothing_left()
        self._side = side
        self.setLayout(row(side, (self._work, 1), (self._done, 1), gap=0))
        state.loaded.connect(self._show_list)
        state.chosen.connect(self._show_answers)
        state.facts_came.connect(self._show_facts)
        state.picked.connect(self._show_pick)
        state.refused.connect(self._refused)
        self._facts_at = QWidget()
        self._opening = False  # the page was opened and has not shown anything since
        self._show_list()
        self._show_answers()

    def arrive(self, **where: object) -> None:
        record, field = where.get("record"), where.get("field", "")
        self._opening = self._state.show(Stamp(*record) if isinstance(record, tuple) else None, str(field))

    def leave(self) -> None:
        self._hide_bare()
        self._state.leave()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        if self._state.all:
            return (self._frames[0].keep if self._may else self._list) if self._frames else None
        return self._go_on if self._state.read else None

    def commands(self) -> Sequence[Command]:
        def picking(at: int) -> Command:
            return Command(
                f"answers.keep_{at + 1}", (mark("Choose the first answer"), mark("Choose the second answer"))[at],
                lambda: self._pick_by_key(at), str(at + 1), "differ", ready=lambda: self._may and at < len(self._frames),
            )

        return (
            Command("answers.keep", mark("Keep the chosen answer"), self._state.keep, "Ctrl+Return", "done",
                    ready=lambda: self._keep.isEnabled() and self._state.now is not None),
            picking(0),
            picking(1),
        )

    def _pick_by_key(self, at: int) -> None:
        self._state.choose(at)
        if at < len(self._frames):
            self._frames[at].keep.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _nothing_left(self) -> QWidget:
        self._go_on = go = Button(tr("Go to Today"), "primary", "today", name="answers_today")
        go.clicked.connect(lambda: self._shell.open("today"))
        return Empty(
            tr("Nothing to settle"), tr("When two sites write different answers to the same question, you choose here which is right."), go
        )

    def _show_list(self) -> None:
        state = self._state
        self._list.show_cells(
            [
                Cell(_name(one), one.title, icon="differ", tone="warn", key=key_of(one))
                for one in state.all
            ]
        )
        empty = state.read and not state.all
        had = has_keyboard(self._work)
        for widget, on in ((self._side, not empty), (self._work, not empty), (self._done, empty)):
            widget.setVisible(on)
        if empty:
            self._take_keyboard(had)

    def _show_answers(self) -> None:
        one = self._state.now
        had = has_keyboard(self._work)
        clear(self._middle)
        self._bare.stop()
        self._frames, self._own, self._own_field = [], None, None
        if self._may:
            self._failed.say("")
        if one is None:
            return
        self._list.choose(key_of(one))
        at = next((n for n, other in enumerate(self._state.all, 1) if key_of(other) == key_of(one)), 1)
        name = _name(one)
        title = (
            name if name.endswith(("?", "။", ":", "."))  # a question of a form with its own mark at the end
            else tr("{field}: two different answers", field=name) if len(one.answers) == 2
            else tr("{field}: {n} different answers", field=name, n=len(one.answers))
        )
        self._head.say(title, one.title, tr("{at} of {all} to settle", at=digits(str(at)), all=digits(str(len(self._state.all)))))
        for number in range(len(one.answers)):
            frame = AnswerFrame(one, number, self._shell.who.site)
            if self._may:
                frame.wanted.connect(lambda number=number: self._state.choose(number))
            frame.keep.setEnabled(self._may)
            self._frames.append(frame)
        pairs = [self._frames[n : n + 2] for n in range(0, len(self._frames), 2)]
        for pair in pairs:
            fill(self._middle, row(*((frame, 1) for frame in pair), gap=16), 14)
        if _hidden(one):
            show = Button(tr("Show for ten seconds"), "normal", "eye", name="answers_show")
            show.clicked.connect(self._show_bare)
            fill(self._middle, row(show, None), 14)
        if self._may:
            self._write_own(one)
        self._facts_at = box(col())
        fill(self._middle, 8, self._facts_at, None)
        self._show_facts()
        self._show_pick()
        self._take_keyboard(had)
        self._shell.offer()

    def _show_bare(self) -> None:
        self._bare.start()
        self._tell()

    def _hide_bare(self) -> None:
        self._bare.stop()
        self._tell()

    def _tell(self) -> None:
        """Words that were agreed in secret: as they are while they were asked for, else dots."""
        now = self._state.now
        if now is not None and _hidden(now):
            for frame in self._frames:
                frame.tell(self._bare.isActive())
            self._show_pick()

    def _take_keyboard(self, had: bool) -> None:
        """`had`: the keyboard was in what is shown no more. It is left where it is in the list and in the rail."""
        first = self.first_focus()
        elsewhere = self._shell.rail.has_keyboard() or (has_keyboard(self._list) and not self._opening)
        if first is not None and self.isVisible() and (had or not elsewhere):
            focus_soon(first)
        self._opening = False

    def _write_own(self, one: TwoAnswers) -> None:
        made = _entry(one)
        if made is None:
            return
        self._own = made
        if isinstance(made, Line):
            made.textEdited.connect(self._state.write)
        else:
            made.picked.connect(self._state.write)
        self._own_field = Labelled(tr("Or write the right answer"), made)
        fill(self._middle, self._own_field)

    def _show_facts(self) -> None:
        language = words.language()
        layout = self._facts_at.layout()
        if layout is None or not self._state.facts or self._state.now is None:
            return
        kind = self._state.now.kind
        pairs = [
            (field_label(kind, name, language), value_text(known.field, known.value, language)) for name, known in self._state.facts.items()
        ]
        pairs = [pair for pair in pairs if pair[1]]
        if pairs:
            fill(layout, rule(), 14, Words(tr("Not in question"), "strong"), 10, facts(pairs))  # type: ignore[arg-type]

    def _show_pick(self) -> None:
        state = self._state
        if state.now is None:
            return
        for at, frame in enumerate(self._frames):
            frame.mark_kept(at == state.pick)
        problems = state.problems()
        if self._own_field is not None:
            wrong = UserError(problems[0].code, **dict(problems[0].fields)) if problems else None
            self._own_field.wrong(brief(wrong) if wrong else "")
        if state.pick >= 0 and isinstance(self._own, Line) and self._own.text() and not self._own.hasFocus():
            self._own.clear()
        kept = self._kept_words(state.now)
        self._keep.say(tr("Keep “{answer}”", answer=kept if len(kept) <= 32 else kept[:31] + "…"))
        self._keep.setEnabled(self._may and not problems)

    def _kept_words(self, one: TwoAnswers) -> str:
        """What would be kept, as it is read."""
        if _hidden(one) and not self._bare.isActive():
            return DOTS
        if self._state.pick >= 0:
            return _text(one, one.answers[self._state.pick])
        written = self._state.written
        if one.label:
            return dict(one.choices).get(str(written), str(written))
        return value_text(one.field, written, words.language()) or tr("no answer")

    def _refused(self, error: UserError) -> None:
        self._failed.say(brief(error))


def _entry(one: TwoAnswers) -> Line | Drop | None:
    """A field to write the right answer in; None where one of the answers has to be kept or the record itself changed."""
    field = one.field
    if one.label and one.choices:
        return Drop([("", tr("one of the answers above")), *one.choices], name="own_answer", width=320)
    if one.label:
        return Line(name="own_answer", width=420) if one.typed else None
    if field.kind is Kind.CHOICE:
        pairs = [("", tr("one of the answers above"))]
        pairs += [(name, choice_label(field.choices, name, words.language())) for name in CHOICES[field.choices]]
        return Drop(pairs, name="own_answer", width=320)
    if field.kind in (Kind.TEXT, Kind.NAME, Kind.NOTE):
        return Line(name="own_answer", width=420)
    return None
