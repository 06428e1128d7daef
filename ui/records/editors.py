"""One editor for each kind of field. Each tells its value as the services take it, and what is wrong with what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from desktop.domain.births import Birth
from desktop.domain.fields import CHOICES, Field, Kind
from desktop.domain.values import Silence, Value
from desktop.words.labels import choice_label
from ui import dates, words
from ui.digits import plain_digits
from ui.records.editing import Editor, typed_clock
from ui.records.time_editors import ClockEditor, SpansEditor
from ui.records.volunteer_editor import VolunteerEditor
from ui.records.word_editor import WordEditor
from ui.widgets.card_number import CardNumber
from ui.widgets.choices import Choices
from ui.widgets.day_entry import DayEntry
from ui.widgets.fields import Drop, Line, Lines
from ui.widgets.labels import Words
from ui.widgets.layout import row
from ui.widgets.suggest import SuggestLine, townships_like
from ui.words import tr

_LONG = 9  # lines of a text that is the whole record
FEW = 4  # answers that stand beside each other; more go into a list that drops down


class TextEditor(Editor):
    """Names, texts, numbers and lists of free words (between commas)."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        self._kind = field.kind
        self.setMinimumWidth(90)
        self._line = self._new_line(name)
        if field.kind is Kind.NUMBER:
            self._line.setFixedWidth(110)
            self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._line.setAccessibleName(label)
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self._line.editingFinished.connect(self.done)
        self.setFocusProxy(self._line)
        self.setLayout(row(self._line, None) if field.kind is Kind.NUMBER else row((self._line, 1)))

    def _new_line(self, name: str) -> Line:
        return Line(name=name)

    def value(self) -> Value:
        text = self._line.text().strip()
        if self._kind is Kind.NUMBER:
            plain = plain_digits(text)
            return int(plain) if plain.isdecimal() else text
        if self._kind is Kind.SET:
            return [part.strip() for part in text.replace("၊", ",").split(",") if part.strip()]
        return text

    def put(self, value: Value) -> None:
        if isinstance(value, (list, tuple)):
            self._line.setText(", ".join(value))
        else:
            self._line.setText("" if value is None else str(value))

    def problem(self) -> str:
        if self._kind is Kind.NUMBER and not isinstance(self.value(), int) and self.value() != "":
            return tr("Write a whole number in digits.")
        return ""


class TownshipEditor(TextEditor):
    """A place: any text, with townships offered while it is typed."""

    def _new_line(self, name: str) -> Line:
        return SuggestLine(townships_like, name=name)


class CardEditor(Editor):
    """The number of a paper: in parts where the person has a citizenship card."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        self._card = CardNumber(name, label)
        self._card.edited.connect(self.edited)
        self._card.done.connect(self.done)
        self.setFocusProxy(self._card)
        self.setLayout(row((self._card, 1)))

    def value(self) -> Value:
        return self._card.value()

    def put(self, value: Value) -> None:
        self._card.put(value if isinstance(value, str) else "")

    def others(self, values: Mapping[str, Value]) -> None:
        papers = values.get("papers")
        self._card.expect_card(isinstance(papers, (list, tuple)) and "citizenship" in papers)


class NoteEditor(Editor):
    """Running text."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        self._lines = Lines(name=name, rows=_LONG if field.name == "text" else 3)
        self._lines.setAccessibleName(label)
        self._lines.textChanged.connect(self.edited.emit)
        self.setFocusProxy(self._lines)
        self.setLayout(row((self._lines, 1)))

    def value(self) -> Value:
        return self._lines.toPlainText().strip()

    def put(self, value: Value) -> None:
        before = self._lines.blockSignals(True)
        self._lines.setPlainText("" if value is None else str(value))
        self._lines.blockSignals(before)


class ChoiceEditor(Editor):
    """One of a list: side by side when they are few."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        language = words.language()
        pairs = [(one, choice_label(field.choices, one, language)) for one in CHOICES[field.choices]]
        self._few: Choices | None = None
        self._drop: Drop | None = None
        if len(pairs) <= FEW:
            self._few = Choices(pairs, name=name, label=label)
            self._few.picked.connect(lambda _keys: self.edited.emit())
            self.setFocusProxy(self._few.button(pairs[0][0]))
            self.setLayout(row((self._few, 1)))
        else:
            self._drop = Drop([("", tr("Choose…")), *pairs], name=name, width=300)
            self._drop.setAccessibleName(label)
            self._drop.picked.connect(lambda _key: self.edited.emit())
            self.setFocusProxy(self._drop)
            self.setLayout(row(self._drop, None))

    def value(self) -> Value:
        return self._few.one() if self._few is not None else self._drop.key() if self._drop is not None else ""

    def put(self, value: Value) -> None:
        text = value if isinstance(value, str) else ""
        if self._few is not None:
            self._few.choose([text])
        elif self._drop is not None:
            self._drop.choose(text)


class ManyEditor(Editor):
    """Any of a list."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        language = words.language()
        pairs = [(one, choice_label(field.choices, one, language)) for one in CHOICES[field.choices]]
        self._choices = Choices(pairs, name=name, label=label, many=True)
        self._choices.picked.connect(lambda _keys: self.edited.emit())
        self.setFocusProxy(self._choices.button(pairs[0][0]))
        self._order = [one for one, _ in pairs]
        self.setLayout(row((self._choices, 1)))

    def value(self) -> Value:
        chosen = self._choices.chosen()
        return [one for one in self._order if one in chosen]

    def put(self, value: Value) -> None:
        self._choices.choose(value if isinstance(value, (list, tuple)) else ())


class DateEditor(Editor):
    """A day, month or year; with `Kind.MOMENT` a day and the time."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        moment = field.kind is Kind.MOMENT
        self._day = DayEntry(name=name, label=label, whole=moment)
        self._day.edited.connect(self.edited.emit)
        self._time: Line | None = None
        self.setFocusProxy(self._day)
        if not moment:
            self.setLayout(row(self._day, None))
            return
        self._time = Line(name=f"{name}_time", hint="18:00", width=76, limit=5)
        self._time.setAccessibleName(f"{label}: {tr('time')}")
        self._time.textEdited.connect(lambda _text: self.edited.emit())
        self.setLayout(row(self._day, self._time, None, gap=6))

    def _clock(self) -> str:
        return typed_clock(self._time.text()) if self._time is not None else ""

    def value(self) -> Value:
        day = self._day.value()
        return f"{day}T{self._clock() or '00:00'}" if day and self._time is not None else day

    def put(self, value: Value) -> None:
        text = value if isinstance(value, str) else ""
        self._day.put(text[:10])
        if self._time is not None:
            self._time.setText(dates.clock(text) if len(text) > 10 else "")

    def problem(self) -> str:
        found = self._day.problem()
        if not found and self._time is not None and self._time.text().strip() and not self._clock():
            return tr("Write the time like 18:00.")
        if not found and self._time is not None and self._time.text().strip() and not self._day.value():
            return tr("Write the day of this time too.")
        return found


class BirthEditor(Editor):
    """An age, or as much of the day of birth as is known."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        self._age = Line(name=name, width=64, limit=3)
        self._age.setAccessibleName(tr("Age"))
        self._day = DayEntry(name=f"{name}_day", label=tr("Born on"))
        self._about = Choices([("about", tr("about"))], name=f"{name}_about", label=tr("How sure"), many=True)
        self._age.textEdited.connect(self._age_typed)
        self._day.edited.connect(self._day_typed)
        self._about.picked.connect(lambda _keys: self.edited.emit())
        self._told_on, self._told_years = "", ""
        self.setFocusProxy(self._age)
        born = Words(tr("or born on"), "body", "second")
        self.setLayout(row(self._age, born, self._day, self._about, gap=8))

    def _age_typed(self, text: str) -> None:
        """One of the two is the answer: the one typed last."""
        if text.strip():
            self._day.put("")
        self.edited.emit()

    def _day_typed(self) -> None:
        if not self._day.empty():
            self._age.clear()
        self.edited.emit()

    def value(self) -> Value:
        about, born, age = bool(self._about.chosen()), self._day.value(), plain_digits(self._age.text().strip())
        if born:
            return Birth(("year", "month", "day")[born.count("-")], born=born, about=about).value()
        if age.isdecimal():
            told = self._told_on if age == self._told_years else dates.today().isoformat()
            return Birth("age", years=int(age), told_on=told, about=about).value()
        return ""

    def put(self, value: Value) -> None:
        birth = Birth.read(value)
        by_age = birth is not None and birth.precision == "age"
        self._told_years = str(birth.years) if birth is not None and by_age else ""
        self._told_on = birth.told_on if birth is not None and by_age else ""
        self._age.setText(self._told_years)
        self._day.put(birth.born if birth is not None else "")
        self._about.choose(["about"] if birth is not None and birth.about else [])

    def problem(self) -> str:
        age = plain_digits(self._age.text().strip())
        if age and not age.isdecimal():
            return tr("Write the age in digits.")
        return self._day.problem()


_EDITORS: Mapping[Kind, type[Editor]] = {
    Kind.TEXT: TextEditor, Kind.NAME: TextEditor, Kind.NUMBER: TextEditor, Kind.NOTE: NoteEditor, Kind.CHOICE: ChoiceEditor,
    Kind.DATE: DateEditor, Kind.MOMENT: DateEditor, Kind.BIRTH: BirthEditor,
    Kind.VOLUNTEER: VolunteerEditor,
}

_HELD: Mapping[str, type[Editor]] = {"spans": SpansEditor, "clock": ClockEditor, "words": WordEditor}
"""What a field holds -> its editor, where that is not said by its kind."""


_OWN: Mapping[str, type[Editor]] = {"paper_number": CardEditor, "township": TownshipEditor, "last_township": TownshipEditor, "birth_place": TownshipEditor}
"""Fields by their names that are asked in a way of their own."""


def editor(field: Field, name: str, label: str) -> Editor:
    """The editor for a field. Links to other records have none: KeyError."""
    if field.of in _HELD:
        return _HELD[field.of](field, name, label)
    if field.kind is Kind.SET:
        return (ManyEditor if field.choices else TextEditor)(field, name, label)
    return _OWN.get(field.name, _EDITORS[field.kind])(field, name, label)


def same(one: Value, two: Value) -> bool:
    """True if nothing would change: nothing, "" and an empty list are the same, and the order of a list does not count."""
    if isinstance(one, Silence) or isinstance(two, Silence):
        return one is two
    if _is_list(one) or _is_list(two):
        return sorted(_items(one)) == sorted(_items(two))
    one, two = ("" if value is None else value for value in (one, two))  # 0 is an answer
    return one == two and isinstance(one, bool) == isinstance(two, bool)


def _is_list(value: Value) -> bool:
    return isinstance(value, (list, tuple))


def _items(value: Value) -> Sequence[str]:
    return list(value) if isinstance(value, (list, tuple)) else []
