"""Answers of select questions (choice names separated by spaces) and lists that values are looked up in."""

from __future__ import annotations

import math
from collections.abc import Sequence

from desktop.forms.xpath.elements import Document, Element
from desktop.forms.xpath.functions.signature import Function
from desktop.forms.xpath.lists import rows_equal_to
from desktop.forms.xpath.operators import each, equal
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import XValue, to_number, to_text


def _selected_at(scope: Scope, value: XValue, place: XValue) -> str:
    """The choice at that place, counted from 0; "" beyond the end."""
    chosen, number = to_text(value).split(), to_number(place)
    return chosen[int(number)] if math.isfinite(number) and 0 <= int(number) < len(chosen) else ""


def _selected(scope: Scope, value: XValue, choice: XValue) -> bool:
    """Whether the choice is among the chosen; of a blank answer, whether the choice is blank too."""
    return f" {to_text(choice).strip()} " in f" {to_text(value)} "


def _choice_name(scope: Scope, value: XValue, question: XValue) -> str:
    return scope.world.choice_label(to_text(value), to_text(question), scope.current)


def _pulldata(scope: Scope, name: XValue, wanted: XValue, column: XValue, value: XValue) -> str:
    """Column `wanted` of the first row of a list whose `column` has the value; blank if there is no such list, column or row."""
    keys, found = to_text(column), to_text(wanted)
    for document in scope.world.instance(to_text(name).removesuffix(".csv")):
        for root in document.named.get("root", ()):
            rows = _rows(document, root, keys, value)
            cells = rows[0].named.get(found) if rows else None
            return cells[0].content() if cells else ""
    return ""


def _rows(document: Element, root: Element, column: str, value: XValue) -> Sequence[Element]:
    rows = rows_equal_to(document, root, "item", [((column,), lambda: each(value))]) if isinstance(document, Document) else None
    if rows is not None:
        return rows
    return [row for row in root.named.get("item", ()) if equal(row.named.get(column, ()), value)]


FUNCTIONS = {
    "selected": Function(_selected, 2, 2),
    "is-selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": Function(lambda scope, value: float(len(to_text(value).split())), 1, 1),
    "jr:choice-name": Function(_choice_name, 2, 2),
    "pulldata": Function(_pulldata, 4, 4),
}
