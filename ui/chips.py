"""The chips that stand for a need or a state, the same on every page."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.words.labels import choice_label
from ui import words
from ui.widgets.rows import Chip
from ui.words import mark, tr

_NEEDS = {
    "sick": (mark("Sick"), "medical", "danger"), "medicine": (mark("Medicine"), "medical", "danger"),
    "pregnant": (mark("Pregnant"), "medical", "warn"), "breastfeeding": (mark("Breastfeeding"), "medical", "warn"),
    "child_alone": (mark("Child alone"), "child", "danger"), "afraid": (mark("Afraid"), "shield", "danger"),
    "private_talk": (mark("Private talk"), "contacts", "warn"), "bed": (mark("Bed"), "bed", "warn"), "food": (mark("Food"), "meal", "warn"),
    "clothes": (mark("Clothes"), "assistance", "plain"), "blanket": (mark("Blanket"), "assistance", "plain"),
    "hygiene": (mark("Hygiene"), "assistance", "plain"), "older": (mark("Older person"), "person", "plain"),
    "disability": (mark("Disability"), "person", "plain"), "papers": (mark("Papers"), "paper", "plain"), "legal": (mark("Legal help"), "form", "plain"),
}
"""Need -> one or two words for a chip, icon, tone. Forms and pages use the longer words of the field."""
_STATES = {"here": ("done", "good"), "moved_on": ("moved", "plain"), "left": ("moved", "plain"), "died": ("circle", "plain")}
_STAGES = {
    "first_contact": ("phone", "plain"), "considering": ("phone", "plain"), "decided": ("check", "accent"), "on_the_way": ("road", "accent"),
    "arrived": ("done", "good"), "lost_touch": ("warning", "warn"), "closed": ("close", "plain"),
}

_CHECK_INS = {"well": ("done", "good"), "delayed": ("clock", "warn"), "needs_help": ("warning", "danger")}


def need(name: str) -> Chip:
    """One need of `desktop.domain.fields.NEEDS`."""
    if name not in _NEEDS:  # a need that a newer version knows
        return Chip(name, "plain", "info")
    text, icon, tone = _NEEDS[name]
    return Chip(tr(text), tone, icon)


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


def check_in(name: str) -> Chip:
    """How somebody on the way was when they were heard of last."""
    icon, tone = _CHECK_INS.get(name, ("circle", "plain"))
    return Chip(choice_label("check_in", name, words.language()), tone, icon)


def stopped() -> Chip:
    """Nobody calls them."""
    return Chip(tr("Do not call"), "danger", "warning")


def late(hours: int) -> Chip:
    """How late a check-in is."""
    from ui import dates

    return Chip(dates.late(hours), "danger" if hours >= 24 else "warn", "clock")
