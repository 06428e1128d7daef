"""Fields of a record as names and words, for pages that show what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.services.people import Shown
from desktop.words.labels import field_label, value_text
from ui import dates, words
from ui.widgets.labels import Fact, Words


def text_of(shown: Shown | None) -> str:
    """The value in words, "" for nothing."""
    if shown is None:
        return ""
    if shown.field.kind.value == "moment" and isinstance(shown.value, str):
        return dates.moment(shown.value)
    return value_text(shown.field, shown.value, words.language())


def known(kind: str, fields: Mapping[str, Shown], wanted: Sequence[str]) -> list[Fact]:
    """Those of the wanted fields that have a value, in this order."""
    language = words.language()
    return [(field_label(kind, name, language), Words(text_of(fields[name]), wrap=True)) for name in wanted if name in fields and text_of(fields[name])]
