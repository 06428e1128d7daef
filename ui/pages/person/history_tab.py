"""The whole history, field by field, with who and when; narrowed to a part, a field, a volunteer, or words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.fields import FIELDS, Field, Kind
from desktop.domain.folders import Folder
from desktop.domain.values import Value
from desktop.services.intake import ARRIVAL, REGISTRATION
from desktop.services.whole_history import FORM, HistoryLine
from desktop.words.labels import field_label, value_text
from ui import dates, words
from ui.folder_names import folder_name
from ui.pages.person import told
from ui.pages.person.narrowed import Narrowed
from ui.pages.person.state import PersonState
from ui.theme.tokens import EDGE
from ui.widgets.counted_drop import Answer, CountedDrop
from ui.widgets.fields import Search
from ui.widgets.labels import Fact, Words, facts
from ui.widgets.layout import Part, box, col, row, show_if
from ui.widgets.lists import CellTable
from ui.widgets.rows import Cell, Chip
from ui.words import digits, mark, tr

AREAS = {
    "person": mark("Person"), "household": mark("Household"), "left_behind": mark("Family left behind"), "step": mark("Next steps"),
    "note": mark("Notes"), "photo": mark("Photos"), "health": mark("Health"), "assessment": mark("Checking and risk"), FORM: mark("Forms"),
}
_HIDDEN = frozenset({"person_code", "file", "code"})
"""What the program alone reads, or what never changes."""
_FIRST = ("health", "assessment", "household", "left_behind", FORM)
"""Parts that nobody registers: their first line tells what was written."""


def label(line: HistoryLine, name: str) -> str:
    """The name of a field of a line."""
    kind = line.area
    return field_label(kind, name, words.language()) if kind in FIELDS and name in FIELDS[kind] else name


def named(line: HistoryLine) -> str:
    """Which one it is, where there are several: a form, somebody left behind; "" for others."""
    own = {ARRIVAL: tr("Arrival card"), REGISTRATION: tr("Long registration")}
    return own.get(line.name, line.name) if line.area == FORM else line.name


def fields_of(line: HistoryLine) -> list[str]:
    """The fields that a line is shown with."""
    return [name for name in line.fields if name not in _HIDDEN]


def author(line: HistoryLine) -> str:
    """Who it was, with the site where it is not ours."""
    one = line.line
    return tr("{who}, {where}", who=one.author, where=one.site) if one.site else one.author


def what(line: HistoryLine) -> str:
    """What was done, in few words."""
    between = "၊ " if words.language() == "my" else ", "
    changed = between.join(dict.fromkeys(label(line, name) for name in fields_of(line)))
    if changed and (line.line.kind in ("changed", "settled") or (line.line.kind == "created" and line.area in _FIRST)):
        return changed
    done = {"note": {"created": tr("Note written")}, "step": {"created": tr("Step added")}, "photo": {"created": tr("Photo added")}}
    return done.get(line.area, {}).get(line.line.kind) or told.what(line.line, lambda name: label(line, name))


class HistoryTab(QWidget):
    """Every save, newest first; what the chosen one changed stands at the side."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        my = words.language() == "my"
        self._state = state
        now = state.narrowed
        self._search = Search(name="history_search", hint=tr("Words in the history"))
        self._search.setText(now.words)
        self._area = CountedDrop(name="history_area", label=tr("Part of the page"), widest=200)
        self._field = CountedDrop(name="history_field", label=tr("Field"), widest=220)
        self._who = CountedDrop(name="history_who", label=tr("Who wrote it"), widest=200)
        self._count = Words("", "body", "hint", end=True)
        self._count.setObjectName("history_count")
        self._none = Words(tr("Nothing in the history fits."), "body", "hint")
        self.table = CellTable(
            (tr("When"), tr("Who"), tr("What"), ""), (164 if my else 150, 140, 0, 180 if my else 160), name="history",
            label=tr("History"), tall=False,
        )
        self._search.textChanged.connect(lambda text: self._narrow(words=text))
        self._search.moved.connect(self.table.step)
        self._area.picked.connect(lambda key: self._narrow(area=key, field=""))
        self._field.picked.connect(lambda key: self._narrow(field=key))
        self._who.picked.connect(lambda key: self._narrow(who=key))
        self.table.typed.connect(self._type_on)
        tools = row((self._search, 10), (self._area, 8), (self._field, 8), (self._who, 8), self._count, gap=6, edge=(8, 8, EDGE - 8, 6))
        self.setLayout(col(tools, self._none, (self.table, 1), edge=(EDGE - 8, 4, 8, 0)))
        self._show()

    def _type_on(self, text: str) -> None:
        self._search.setFocus()
        self._search.setText(self._search.text() + text)

    def _narrow(self, **values: str) -> None:
        for name, value in values.items():
            setattr(self._state.narrowed, name, value)
        self._show()
        self.table.choose_row(0)

    def _show(self) -> None:
        now, lines = self._state.narrowed, self._state.lines
        shown = [at for at, line in enumerate(lines) if _fits(line, now)]
        self._offer()
        self.table.show_lines([self._cells(at, lines[at]) for at in shown])
        self.table.setVisible(bool(shown))
        show_if(self._none, not shown)
        number, every = digits(str(len(shown))), digits(str(len(lines)))
        self._count.setText(every if len(shown) == len(lines) else tr("{shown} of {all}", shown=number, all=every))

    def _offer(self) -> None:
        now, lines = self._state.narrowed, self._state.lines
        areas = [Answer(key, tr(title), sum(line.area == key for line in lines)) for key, title in AREAS.items()]
        self._area.offer([Answer("", tr("All parts")), *(one for one in areas if one.count or one.key == now.area)], now.area)
        fields: dict[str, list[str]] = {}
        for line in lines:
            if now.area in ("", line.area):
                for name in fields_of(line):
                    fields.setdefault(f"{line.area}.{name}", []).append(label(line, name))
        named = sorted(fields, key=lambda key: fields[key][0])
        self._field.offer([Answer("", tr("All fields")), *(Answer(key, fields[key][0], len(fields[key])) for key in named)], now.field)
        people = sorted({author(line) for line in lines if author(line)})
        counted = [Answer(who, who, sum(author(line) == who for line in lines)) for who in people]
        self._who.offer([Answer("", tr("Everybody")), *counted], now.who)

    def _cells(self, at: int, line: HistoryLine) -> list[Cell]:
        chips = [Chip(tr("taken back"), "plain", "undo")] if line.line.undone else []
        where = tr(AREAS[line.area]) if line.area in AREAS else ""
        if line.folder is not Folder.RECEPTION and line.area in ("note", "step", "photo", FORM):
            where = tr("{part}, {folder}", part=where, folder=folder_name(line.folder))
        name = named(line)
        said = _one_field(line, self._state.narrowed.field) or what(line)
        return [
            Cell(dates.moment(line.line.at), key=at), Cell(author(line)),
            Cell(tr("{name}: {what}", name=name, what=said) if name else said, chips=tuple(chips)), Cell(where, ink="ink2"),
        ]


def _fits(line: HistoryLine, now: Narrowed) -> bool:
    if now.area and line.area != now.area:
        return False
    if now.field and now.field not in {f"{line.area}.{name}" for name in line.fields}:
        return False
    if now.who and author(line) != now.who:
        return False
    return all(word in _text(line) for word in now.words.casefold().split())


def _text(line: HistoryLine) -> str:
    parts = [author(line), what(line), named(line), dates.moment(line.line.at)]
    for _, name, before, after in changes(line):
        parts += [name, before, after]
    return " ".join(parts).casefold()


def _one_field(line: HistoryLine, wanted: str) -> str:
    """Where the history is narrowed to one field: what it said before and after."""
    for key, _, before, after in changes(line):
        if wanted == f"{line.area}.{key}":
            return tr("{before} → {after}", before=before or tr("nothing"), after=after or tr("nothing"))
    return ""


def changes(line: HistoryLine) -> list[tuple[str, str, str, str]]:
    """(field, its name, before, after) of each change, in words."""
    found = [(name, name, before, after) for name, before, after in line.said]
    for name, before, after in line.line.fields:
        field = FIELDS.get(line.area, {}).get(name)
        if name not in _HIDDEN and (field is None or field.kind not in (Kind.HOUSEHOLD, Kind.PERSON)):
            found.append((name, label(line, name), _said(field, before), _said(field, after)))
    return found


def _said(field: Field | None, value: Value) -> str:
    if field is None or value is None or value == "":
        return ""
    if field.kind is Kind.MOMENT and isinstance(value, str):
        try:
            return dates.moment(value)
        except (ValueError, OverflowError):  # another site wrote what is no moment
            return value
    whole = (value,) if field.kind is Kind.SET and isinstance(value, str) else value
    return value_text(field, whole, words.language())


def _pairs(line: HistoryLine, name: str, before: str, after: str) -> list[Fact]:
    """Of a set the history tells single elements that were put in or taken out; of other fields what stood before and stands now."""
    field = FIELDS.get(line.area, {}).get(name)
    one_by_one = field is not None and field.kind is Kind.SET
    pairs: list[Fact] = []
    if before:
        pairs.append((tr("Taken out") if one_by_one else tr("Before"), Words(before, "body", "second", wrap=True)))
    if after or not one_by_one:
        pairs.append((tr("Put in") if one_by_one else tr("After"), Words(after or tr("nothing"), wrap=True)))
    return pairs


def one_change(line: HistoryLine) -> list[Part]:
    """What one save changed: before and after, field by field."""
    parts: list[Part] = [Words(what(line), "heading", wrap=True), 4]
    where = ", ".join(part for part in (tr(AREAS[line.area]) if line.area in AREAS else "", named(line)) if part)
    parts += [Words(where, "body", "second", wrap=True), 2] if where else []
    parts += [Words(tr("{who}, {when}", who=author(line), when=dates.moment(line.line.at)), "body", "second", wrap=True), 14]
    for name, shown, before, after in changes(line):
        parts.append(Words(shown, "small", "hint", wrap=True))
        parts += [2, box(facts(_pairs(line, name, before, after), first=78)), 12]
    return parts
