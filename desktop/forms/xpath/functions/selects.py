"""Answers of select questions: choice names separated by spaces."""

from __future__ import annotations

import math

from desktop.forms.xpath.functions.signature import Function
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


FUNCTIONS = {
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": Function(lambda scope, value: float(len(to_text(value).split())), 1, 1),
    "jr:choice-name": Function(_choice_name, 2, 2),
}
