"""The chips that stand for a need or a state, the same on every page."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.words.labels import choice_label, field_label
from ui import words
from ui.widgets.rows import Chip

_NEEDS = {
    "sick": ("medical", "danger"), "medicine": ("medical", "danger"), "pregnant": ("medical", "warn"), "breastfeeding": ("medical", "warn"),
    "child_alone": ("child", "danger"), "afraid": ("shield", "danger"), "private_talk": ("contacts", "warn"), "bed": ("bed", "warn"),
    "food": ("meal", "warn"), "clothes": ("assistance", "plain"), "blanket": ("assistance", "plain"), "hygiene": ("assistance", "plain"),
    "older": ("person", "plain"), "disability": ("person", "plain"), "papers": ("paper", "plain"), "legal": ("form", "plain"),
}
_STATES = {"here": ("done", "good"), "moved_on": ("moved", "plain"), "left": ("moved", "plain"), "died": ("circle", "plain")}
_STAGES = {
    "first_contact": ("phone", "plain"), "considering": ("phone", "plain"), "decided": ("check", "accent"), "on_the_way": ("road", "accent"),
    "arrived": ("done", "good"), "lost_touch": ("warning", "warn"), "closed": ("close", "plain"),
}


def need(name: str) -> Chip:
    """One need of `desktop.domain.fields.NEEDS`."""
    icon, tone = _NEEDS.get(name, ("info", "plain"))
    return Chip(field_label("person", f"need_{name}", words.language()), tone, icon)


def needs(names: Sequence[str], most: int = 2) -> tuple[Chip, ...]:
    """The most urgent needs; a chip ``+2`` for those that are not shown."""
    shown = tuple(need(name) for name in names[:most])
    return shown if len(names) <= most else (*shown, Chip(f"+{len(names) - most}"))


def state(name: str) -> Chip:
    """Where a person is: here, moved on, left, died."""
    icon, tone = _STATES.get(name, ("circle", "plain"))
    return Chip(choice_label("state", name, words.language()), tone, icon)


def stage(name: str) -> Chip:
    """How far a contact is."""
    icon, tone = _STAGES.get(name, ("circle", "plain"))
    return Chip(choice_label("stage", name, words.language()), tone, icon)


def late(hours: int) -> Chip:
    """How late a check-in is."""
    from ui import dates

    return Chip(dates.late(hours), "danger" if hours >= 24 else "warn", "clock")
