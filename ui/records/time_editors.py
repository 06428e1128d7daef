"""Editors for times that somebody else lives by: spans of the week on their clock, and how their clock stands to ours."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain import safe_times
from desktop.domain.fields import Field
from desktop.domain.safe_times import EVERY_DAY, Span
from desktop.domain.values import Value
from desktop.words.labels import clock_text
from ui import dates, words
from ui.records.editing import Editor, typed_clock
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Drop, Line
from ui.widgets.labels import Words
from ui.widgets.layout import box, col, row
from ui.words import tr

MOST = 4  # spans of one contact
_NEAR = (0, -30, 30, -60, 60, -90, 90, -120, 120, -150, 150, -180, 180)
_CLOCKS = (*_NEAR, *(sign * hours * 60 for hours in range(4, 13) for sign in (-1, 1)))


class _SpanLine(QWidget):
    """One span: days, from and to. No day chosen means any day."""

    def __init__(self, owner: SpansEditor, name: str, number: int) -> None:
        super().__init__()
        label = tr("{field} {n}", field=owner.label, n=number)
        pairs = [(str(day), text) for day, text in enumerate(dates.short_days(), 1)]
        self.days = Choices(pairs, name=f"{name}_days", label=tr("{field}: days", field=label), many=True)
        self.start = Line(name=f"{name}_from", hint="18:00", width=72, limit=5)
        self.end = Line(name=f"{name}_to", hint="19:00", width=72, limit=5)
        self.start.setAccessibleName(tr("{field}: from", field=label))
        self.end.setAccessibleName(tr("{field}: to", field=label))
        self.days.picked.connect(lambda _keys: owner.edited.emit())
        for line in (self.start, self.end):
            line.textEdited.connect(lambda _text: owner.edited.emit())
        hours = row(self.start, Words(tr("to"), "body", "second"), self.end, None, gap=8)
        self.setLayout(col(self.days, 4, hours))

    def empty(self) -> bool:
        return not (self.days.chosen() or self.start.text().strip() or self.end.text().strip())

    def span(self) -> Span | None:
        start, end = typed_clock(self.start.text()), typed_clock(self.end.text())
        days = frozenset(int(day) for day in self.days.chosen()) or EVERY_DAY
        return safe_times.read(f"{''.join(map(str, sorted(days)))} {start}-{end}") if start and end else None

    def put(self, span: Span | None) -> None:
        chosen = span.days if span is not None and span.days != EVERY_DAY else frozenset()
        self.days.choose(str(day) for day in chosen)
        self.start.setText(safe_times.clock(span.start) if span is not None else "")
        self.end.setText(safe_times.clock(span.end) if span is not None else "")


class SpansEditor(Editor):
    """Spans of the week, each on a line of its own; one empty line is always there."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        self._name = name
        self._lines: list[_SpanLine] = []
        self._place = QVBoxLayout()
        self._place.setSpacing(8)
        self._more = Button(tr("Another time"), "quiet", "plus", name=f"{name}_more")
        self._more.clicked.connect(self._one_more)
        hint = Words(tr("On their clock. No day chosen means any day."), "small", "hint", wrap=True)
        self.setLayout(col(self._place, 4, hint, 2, row(self._more, None)))
        self._one_more()
        self.setFocusProxy(self._lines[0].days.start())

    def _one_more(self) -> None:
        number = len(self._lines) + 1
        line = _SpanLine(self, self._name if number == 1 else f"{self._name}_{number}", number)
        self._lines.append(line)
        self._place.addWidget(box(col(line)))
        self._more.setEnabled(number < MOST)

    def value(self) -> Value:
        return [span.text() if (span := line.span()) is not None else "" for line in self._lines if not line.empty()]

    def put(self, value: Value) -> None:
        known = safe_times.spans(value)[:MOST] if isinstance(value, (list, tuple)) else ()
        while len(self._lines) < len(known):
            self._one_more()
        for at, line in enumerate(self._lines):
            line.put(known[at] if at < len(known) else None)

    def problem(self) -> str:
        if any(not line.empty() and line.span() is None for line in self._lines):
            return tr("Write both times like 18:00 and 19:00.")
        return ""


class ClockEditor(Editor):
    """How many minutes another clock is ahead of ours, chosen from the differences there are."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        self._known = set(_CLOCKS)
        pairs = [(str(one), clock_text(one, words.language())) for one in _CLOCKS]
        self._drop = Drop([("", tr("Choose…")), *pairs], name=name, width=360)
        self._drop.setAccessibleName(label)
        self._drop.picked.connect(lambda _key: self.edited.emit())
        self.setFocusProxy(self._drop)
        self.setLayout(row(self._drop, None))

    def value(self) -> Value:
        key = self._drop.key()
        return int(key) if key else ""

    def put(self, value: Value) -> None:
        if isinstance(value, int) and value not in self._known:
            self._known.add(value)
            self._drop.addItem(clock_text(value, words.language()), str(value))
        self._drop.choose("" if not isinstance(value, int) else str(value))
