"""Moving a filled form to another version: every answer before and after, and one deliberate button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.services.moving import MoveRow
from ui.commands import Command
from ui.pages.forms.pane import Pane
from ui.pages.forms.state import FormsState
from ui.present_errors import FailurePanel
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.fields import Drop, Labelled
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import Part, box, clear, col, fill, has_keyboard, row
from ui.widgets.lists import CellTable
from ui.widgets.parts import Head, Sentence, SidePanel, foot
from ui.widgets.rows import Cell
from ui.words import counted, mark, tr

_WHAT = {
    "dropped": (mark("Kept aside"), "warning", "warn"), "refused": (mark("Does not fit"), "warning", "warn"),
    "renamed": (mark("Another name"), "pencil", "accent"), "new": (mark("New question"), "plus", "plain"), "same": (mark("The same"), "check", "plain"),
}
_ORDER = ("dropped", "refused", "renamed", "new", "same")
_MEANS = {
    "dropped": mark("The other version does not ask this. The answer is kept with the filled form and stays in the history, but is not shown in it."),
    "refused": mark("The other version asks this in another way and does not take this answer. It is kept aside, and the question is open again."),
    "renamed": mark("The answer moves to this question."), "new": mark("The version before did not ask this. It is open."),
    "same": mark("The answer stays as it is."),
}


class MovingPane(Pane):
    """What changes stands first; at the side, the chosen row, and what an answer without a place is called now."""

    def __init__(self, state: FormsState) -> None:
        super().__init__()
        self._state, self._moving = state, state.moving
        self._head = Head(" ", " ", above=tr("Move to another version"))
        self._top = col(gap=0, edge=(EDGE, 4, EDGE, 10))
        self._table = CellTable(
            (tr("Question"), tr("Before"), tr("After"), tr("What happens")), (0, 190, 190, 160), name="move_table", label=tr("Before and after"), tall=False
        )
        self._table.chosen.connect(self._explain)
        self._listing = box(row(self._table, edge=(EDGE - 8, 0, 8, 0)))
        self._side = SidePanel("move_side", 300)
        self._go = Button(tr("Move it"), "primary", "moved", "Ctrl+Enter", name="move_go")
        self._go.clicked.connect(self._moving.move)
        stay = Button(tr("Leave it as it is"), hint="Esc", name="move_stay")
        stay.clicked.connect(lambda: state.back())
        note = Note("undo", tr("Nothing is lost, and Ctrl+Z takes it back."), "second", "body", wrap=True)
        main = box(col(self._head, box(self._top), (self._listing, 1), foot(self._go, stay, (box(col(None, note, None)), 1))))
        self.setLayout(row((main, 1), self._side, gap=0))
        self._key: object = None
        self._came = False
        self._moving.changed.connect(self._show)
        self._show()

    def first_focus(self) -> QWidget | None:
        return self._table if self._moving.rows() else self.findChild(QWidget, "move_stay")

    def commands(self) -> Sequence[Command]:
        return (Command("forms.move_go", mark("Move it"), self._moving.move, "Ctrl+Return", "moved", ready=lambda: self._go.isEnabled()),)

    def _show(self) -> None:
        moving = self._moving
        had = has_keyboard(self)
        clear(self._top)
        to = moving.to.version if moving.to is not None else ""
        about = moving.about or tr("nobody")
        title = moving.to.title if moving.to is not None else " "
        second = tr("About {who}: from version {before} to version {after}", who=about, before=moving.version or tr("none"), after=to or tr("none"))
        self._head.say(title, second, tr("Move to another version"))
        self._go.say(tr("Move it to version {version}", version=to) if to else tr("Move it"))
        self._go.setEnabled(moving.plan is not None)
        rows = sorted(moving.rows(), key=lambda one: _ORDER.index(one.what))
        fill(self._top, *self._choice(), *self._findings(rows))
        self._listing.setVisible(bool(rows))
        lines: list[list[Cell]] = []
        for what in _ORDER:
            lines += [_line(one) for one in rows if one.what == what]
        self._table.show_lines(lines)
        if self._key is None or not self._table.choose(self._key):
            self._table.choose_row(0)
        self._explain(self._table.current())
        first, came = self.first_focus(), bool(rows) and not self._came
        self._came = bool(rows)
        if had and first is not None and (came or not has_keyboard(self)):
            first.setFocus()

    def _choice(self) -> list[Part]:
        moving = self._moving
        if len(moving.targets) < 2:
            return []
        pairs = [(one.id.text(), tr("Version {version}", version=one.version or tr("none"))) for one in moving.targets]
        drop = Drop(pairs, name="move_to", current=moving.to.id.text() if moving.to is not None else "", width=240)
        drop.picked.connect(self._another)
        return [row(Labelled(tr("Move it to"), drop), None), 12]

    def _another(self, key: str) -> None:
        self._moving.choose(next((one.id for one in self._moving.targets if one.id.text() == key), None))

    def _findings(self, rows: Sequence[MoveRow]) -> list[Part]:
        moving = self._moving
        if moving.fault is not None:
            return [FailurePanel(moving.fault)]
        if moving.plan is None:
            return [Note("clock", tr("Looking…"), "second", "body")]
        aside = sum(1 for one in rows if one.what in ("dropped", "refused"))
        if not aside:
            return [Sentence("done", tr("Every answer has its place"), _sums(rows), "good"), 6]
        text = counted(aside, "{n} answer has no place in that version", "{n} answers have no place in that version")
        return [Sentence("warning", text, tr("Look at them below. If a question only has another name now, say which one at the right."), "warn"), 6]

    # ---- the chosen row -----------------------------------------------------------------------------------------------

    def _explain(self, key: object) -> None:
        self._key = key
        clear(self._side.body)
        one = next((row_ for row_ in self._moving.rows() if _key(row_) == key), None)
        if one is None:
            return
        text, icon, tone = _WHAT[one.what]
        pairs = [(tr("Before"), Words(one.before or tr("no answer"), "body", "second", wrap=True)), (tr("After"), Words(one.after or tr("no answer"), wrap=True))]
        parts: list[Part] = [
            Words(_label(one), "heading", wrap=True), 8, Note(icon, tr(text), "second" if tone in ("plain", "accent") else tone, "strong"), 6,
            Words(tr(_MEANS[one.what]), "body", "second", wrap=True), 12, facts(pairs, first=72),
        ]
        before = one.path_before
        if one.what in ("dropped", "refused") or before in self._moving.renames:
            parts += [18, self._rename(before)]
        fill(self._side.body, *parts, None)

    def _rename(self, before: str) -> QWidget:
        now = self._moving.renames.get(before, "")
        offered = self._moving.offered(before)
        pairs = [("", tr("None of them: keep it aside")), *offered]
        drop = Drop(pairs, name="move_rename", current=now)
        drop.setMinimumWidth(0)
        drop.setSizeAdjustPolicy(Drop.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        drop.picked.connect(lambda after: self._moving.rename(before, after))
        return Labelled(tr("This question is called now"), drop, help=tr("Only questions that the version before did not have."))


def _key(one: MoveRow) -> tuple[str, str, str]:
    return one.path_before, one.path_after if not one.path_before else "", one.instance


def _label(one: MoveRow) -> str:
    """The question; in a list, with the number of the instance."""
    return tr("{question} ({number})", question=one.label, number=one.instance) if one.instance else one.label


def _line(one: MoveRow) -> list[Cell]:
    text, icon, tone = _WHAT[one.what]
    quiet = one.what == "same"
    return [
        Cell(_label(one), ink="ink2" if quiet else "ink", key=_key(one)), Cell(one.before, ink="ink2"),
        Cell(one.after, ink="ink2" if quiet else "ink"), Cell(tr(text), icon=icon, tone=tone, ink="ink2" if quiet else "ink"),
    ]


def _sums(rows: Sequence[MoveRow]) -> str:
    same, renamed, new = (sum(1 for one in rows if one.what == what) for what in ("same", "renamed", "new"))
    parts = [
        counted(same, "{n} stays the same", "{n} stay the same") if same else "",
        counted(renamed, "{n} gets another name", "{n} get another name") if renamed else "",
        counted(new, "{n} question is new", "{n} questions are new") if new else "",
    ]
    return tr(", ").join(part for part in parts if part)
