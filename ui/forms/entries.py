"""Which entry a question gets: by its type, then by what the form says about its look."""

from __future__ import annotations

from collections.abc import Callable

from desktop.services.intake import Choice, Node
from ui.forms.choosing import ButtonsEntry, DropEntry, GridEntry, Pictures, wants_grid
from ui.forms.days import DateEntry, MomentEntry, MonthEntry
from ui.forms.entry import Entry
from ui.forms.finding import ChecklistEntry, FindEntry
from ui.forms.places import PointEntry, PointsEntry
from ui.forms.ranking import RankEntry
from ui.forms.reading import ReadEntry
from ui.forms.sliding import range_entry
from ui.forms.special import CardEntry, TownshipEntry
from ui.forms.writing import HIDDEN, LineEntry, LinesEntry
from ui.words import tr

FEW = 7  # answers that stand side by side as buttons
MANY = 50  # answers in a list that is searched by typing
FEW_TICKS = 24  # answers of which several may be right, side by side
_LONG = 500  # signs of a text from which it stands in several lines
_SEARCHED = ("autocomplete", "search")
_BESIDE = frozenset({"quick", "columns-pack", "horizontal", "horizontal-compact", "compact", "no-buttons"})  # all answers stand open, as many as fit
_OURS = frozenset({"nrc", "township"})  # appearances of our own forms


def kind_of(node: Node) -> str:
    """What kind of entry the question needs now. A question changes it when its choices become many, or when it may only be read."""
    if node.readonly and node.type != "file":
        return "read"
    maker = {"select_one": _one_kind, "select_multiple": _many_kind, "text": _text_kind, "date": _date_kind}.get(node.type)
    return maker(node) if maker is not None else node.type


def _one_kind(node: Node) -> str:
    if len(node.choices) > MANY or _searched(node):
        return "find"
    if "minimal" in node.appearance:
        return "drop"
    if wants_grid(node):
        return "grid"
    return "buttons" if len(node.choices) <= FEW or node.appearance & _BESIDE else "drop"


def _many_kind(node: Node) -> str:
    if len(node.choices) > MANY or "minimal" in node.appearance or _searched(node):
        return "checklist"
    if wants_grid(node):
        return "ticks-grid"
    return "ticks" if len(node.choices) <= FEW_TICKS or node.appearance & _BESIDE else "checklist"


def _text_kind(node: Node) -> str:
    if node.widget.listed:
        return "listed"
    if node.appearance & _OURS:
        return "card" if "nrc" in node.appearance else "township"
    if node.appearance & HIDDEN:
        return "text"
    # A field of one line would flatten what has several.
    several = len(node.value) > _LONG or len(node.value.splitlines()) > 1
    return "lines" if several or "multiline" in node.appearance or node.widget.rows > 1 else "text"


def _date_kind(node: Node) -> str:
    return "month" if node.appearance & {"month-year", "year"} else "date"


def _searched(node: Node) -> bool:
    return any(one.startswith(_SEARCHED) for one in node.appearance)


def entry_for(node: Node, name: str, pictures: Pictures, file_entry: Callable[[], Entry]) -> Entry:
    """The entry for a question as it stands. `name`: the objectName of its field. `pictures`: companion pictures by their file names.
    `file_entry` makes the one for questions whose answer is a file."""
    makers: dict[str, Callable[[], Entry]] = {
        "read": lambda: ReadEntry(node, name),
        "find": lambda: FindEntry(node, name),
        "listed": lambda: FindEntry(node, name, free=True),
        "drop": lambda: DropEntry(node, name),
        "grid": lambda: GridEntry(node, name, many=False, pictures=pictures),
        "buttons": lambda: ButtonsEntry(node, name, many=False),
        "checklist": lambda: ChecklistEntry(node, name),
        "ticks-grid": lambda: GridEntry(node, name, many=True, pictures=pictures),
        "ticks": lambda: ButtonsEntry(node, name, many=True),
        "rank": lambda: RankEntry(node, name),
        "acknowledge": lambda: ButtonsEntry(node, name, many=True, fixed=(Choice("OK", tr("Done")),)),
        "boolean": lambda: ButtonsEntry(node, name, many=False, fixed=(Choice("true", tr("Yes")), Choice("false", tr("No")))),
        "card": lambda: CardEntry(node, name),
        "township": lambda: TownshipEntry(node, name),
        "lines": lambda: LinesEntry(node, name, node.widget.rows),
        "date": lambda: DateEntry(node, name),
        "month": lambda: MonthEntry(node, name),
        "datetime": lambda: MomentEntry(node, name),
        "time": lambda: MomentEntry(node, name),
        "range": lambda: range_entry(node, name) or LineEntry(node, name),
        "geopoint": lambda: PointEntry(node, name),
        "geotrace": lambda: PointsEntry(node, name),
        "geoshape": lambda: PointsEntry(node, name),
        "file": file_entry,
    }
    return makers.get(kind_of(node), lambda: LineEntry(node, name))()
