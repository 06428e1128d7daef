"""A record as a form: groups of fields, each with its editor, the silence button, and what is wrong below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.carers import Carer
from desktop.domain.changes import Problem
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.values import Silence, Value
from desktop.words.labels import field_label
from ui import words
from ui.page import AS_KNOWN
from ui.present_errors import brief
from ui.widgets.fields import Labelled
from ui.widgets.labels import Words
from ui.widgets.layout import Part, box, col, row
from ui.widgets.silence import SilenceButton

from .editing import Editor
from .editors import editor, same
from .volunteer_editor import VolunteerEditor

Values = dict[str, Value]


@dataclass(frozen=True)
class Group:
    """Fields under one heading. `fields`: names; those in a tuple stand beside each other."""

    title: str
    fields: Sequence[str | tuple[str, ...]]


def readable(kind: str, groups: Sequence[Group], *, restricted: bool) -> list[Group]:
    """The groups without fields that only roles that see restricted fields may read, unless this one is such a role."""
    found = []
    for group in groups:
        lines: list[str | tuple[str, ...]] = []
        for one in group.fields:
            names = tuple(
                name for name in (one if isinstance(one, tuple) else (one,)) if restricted or not FIELDS[kind][name].restricted
            )
            if names:
                lines.append(names)
        if lines:
            found.append(Group(group.title, lines))
    return found


class RecordForm(QWidget):
    """`known` are the values now. Signal: `edited`. `groups` are the widgets of the groups, in their order.

    `helps` is a line of help below a field, `volunteers` are those who may be chosen. `typed` is what the person changed so far; give it back to a new form after a change of language.
    """

    edited = Signal()

    def __init__(
        self, kind: str, groups: Sequence[Group], known: Mapping[str, Value], *, typed: Values | None = None, silences: bool = True,
        check: Callable[[Mapping[str, Value]], Sequence[Problem]] | None = None, helps: Mapping[str, str] | None = None,
        volunteers: Sequence[Carer] = (),
    ) -> None:
        super().__init__()
        self._helps, self._volunteers = dict(helps or {}), volunteers
        self._kind, self._known, self._check = kind, dict(known), check
        self.typed: Values = {} if typed is None else typed
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, Labelled] = {}
        self._lines: dict[str, QWidget] = {}
        self._silences: dict[str, SilenceButton] = {}
        self.groups = [self._group(group, silences) for group in groups]
        self._tell_others()
        self.setLayout(col(*self.groups, gap=14))

    def changes(self) -> Values:
        """What would be saved: fields whose value is another one than before."""
        return {name: value for name, value in self.typed.items() if not same(value, self._known.get(name))}

    def show_problems(self) -> bool:
        """Say below each field what is wrong; put the keyboard on the first. True if nothing stands in the way of saving."""
        found = self._problems()
        first = None
        for name, labelled in self._rows.items():
            text, severe = found.get(name, ("", True))
            labelled.wrong(text, severe=severe)
            if text and severe and first is None:
                first = self._editors[name]
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def _group(self, group: Group, silences: bool) -> QWidget:
        parts: list[Part] = [Words(group.title, "heading"), 10] if group.title else []
        for one in group.fields:
            names = one if isinstance(one, tuple) else (one,)
            parts += [row(*((self._field(name, silences), 1) for name in names), gap=20), 10]
        return box(col(*parts))

    def _field(self, name: str, silences: bool) -> QWidget:
        field = FIELDS[self._kind][name]
        label = field_label(self._kind, name, words.language())
        made = editor(field, f"field_{name}", label)
        if isinstance(made, VolunteerEditor):
            made.offer(self._volunteers)
        value = self.typed.get(name, self._known.get(name))
        made.put(None if isinstance(value, Silence) else value)
        beside = None
        if silences:
            beside = SilenceButton(name=f"silence_{name}", label=label, silence=value if isinstance(value, Silence) else None)
            beside.picked.connect(lambda silence: self._be_silent(name, silence))
            self._silences[name] = beside
        line = box(row((made, 1), beside, gap=6) if beside is not None else row((made, 1)))
        line.setObjectName(f"line_{name}")
        line.setFocusProxy(made)
        labelled = Labelled(label, line, help=self._helps.get(name, ""))
        if made.hasHeightForWidth():  # answers that need a second line get the room for it
            labelled.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.edited.connect(lambda: self._typed(name))
        made.done.connect(lambda: self._doubt(name))
        line.setProperty(AS_KNOWN, name not in self.typed)
        self._editors[name], self._rows[name], self._lines[name] = made, labelled, line
        return labelled

    def _typed(self, name: str) -> None:
        self.typed[name] = self._editors[name].value()
        self._lines[name].setProperty(AS_KNOWN, False)
        if name in self._silences:
            self._silences[name].show_silence(None)
        self._tell(name)
        self._tell_others()
        self.edited.emit()

    def _doubt(self, name: str) -> None:
        """The person leaves a field: say what is unusual in it. What is wrong waits until they save."""
        text, severe = self._problems().get(name, ("", True)) if name in self.changes() else ("", True)
        if text and not severe:
            self._rows[name].wrong(text, severe=False)

    def _tell_others(self) -> None:
        values = {**self._known, **self.typed}
        for one in self._editors.values():
            one.others(values)

    def _be_silent(self, name: str, silence: Silence | None) -> None:
        if silence is not None:
            self._editors[name].put(None)
        self.typed[name] = silence if silence is not None else self._editors[name].value()
        self._lines[name].setProperty(AS_KNOWN, False)
        self._rows[name].wrong("")
        self.edited.emit()

    def _tell(self, name: str) -> None:
        """While typing, only take back what is no longer wrong; say what is wrong when saving or when it is plainly wrong."""
        if self._rows[name].problem():
            text, severe = self._problems().get(name, ("", True))
            self._rows[name].wrong(text, severe=severe)

    def _problems(self) -> dict[str, tuple[str, bool]]:
        found = {name: (one.problem(), True) for name, one in self._editors.items() if one.problem()}
        for problem in self._check(self.changes()) if self._check is not None else ():
            if problem.where in self._rows and problem.where not in found:
                found[problem.where] = (brief(UserError(problem.code, **dict(problem.fields))), problem.severe)
        return found
