"""Views of the list by their names."""

from __future__ import annotations

from desktop.domain.fields import NEEDS
from desktop.services.filters import ME, NOBODY, PERIODS, Filters
from desktop.services.views import READY, View
from desktop.words.labels import choice_label, field_label
from ui import dates, words
from ui.widgets.counted_drop import Answer
from ui.words import mark, tr

READY_NAMES = {
    "here": mark("Everybody here"), "week": mark("Arrived this week"), "bed": mark("No bed"), "doctor": mark("Needs a doctor"),
    "alone": mark("Children alone"), "mine": mark("My people"), "everybody": mark("Everyone"),
}
PERIOD_NAMES = {
    "today": mark("Today"), "week": mark("Last 7 days"), "month": mark("Last 30 days"), "longer": mark("More than 30 days ago"),
}
DOCTOR = "sick medicine pregnant"
KEEP, RENAME, FORGET = "keep", "rename", "forget"
_OWN = "own "


def period_words(arrived: str) -> str:
    """A period as a person reads it."""
    if arrived in PERIODS:
        return tr(PERIOD_NAMES[arrived])
    first, _, last = arrived.partition("..")
    if first and last:
        return dates.day(first) if first == last else tr("{first} to {last}", first=dates.day(first), last=dates.day(last))
    return tr("from {day}", day=dates.day(first)) if first else tr("until {day}", day=dates.day(last)) if last else ""


def answers(mine: list[View], now: Filters, picked: str) -> tuple[list[Answer], str]:
    """What the list of views offers, and which of it is shown now. `picked`: the one that was chosen last."""
    found = [Answer(key, tr(READY_NAMES[key])) for key in READY]
    found += [Answer(_OWN + one.name, one.name, line=at == 0) for at, one in enumerate(mine)]
    current = key_of(mine, now, picked)
    if not current:
        found.insert(0, Answer("", tr("Own choice")))
    found.append(Answer(KEEP, tr("Keep this view…"), line=True))
    if current.startswith(_OWN):
        found.append(Answer(RENAME, tr("Another name for “{name}”…", name=current[len(_OWN) :])))
        found.append(Answer(FORGET, tr("Forget “{name}”", name=current[len(_OWN) :])))
    return found, current


def own_key(name: str) -> str:
    """The key of a view that the volunteer keeps under a name."""
    return _OWN + name


def key_of(mine: list[View], now: Filters, picked: str) -> str:
    """The view that has these filters: of several the one that was `picked`, else the volunteer's own first; "" if none has."""
    if filters_of(mine, picked) == now:
        return picked
    own = next((_OWN + one.name for one in mine if one.filters == now), "")
    return own or next((key for key, wanted in READY.items() if wanted == now), "")


def filters_of(mine: list[View], key: str) -> Filters | None:
    """What a view stands for."""
    if key in READY:
        return READY[key]
    return next((one.filters for one in mine if _OWN + one.name == key), None)


def own_name(key: str) -> str:
    """The name of a view that the volunteer keeps; "" for others."""
    return key[len(_OWN) :] if key.startswith(_OWN) else ""


def told(wanted: Filters, site: str, caseworker: str) -> str:
    """The filters in one line."""
    language = words.language()
    parts = [choice_label("state", wanted.state, language) if wanted.state else tr("Everyone")]
    if wanted.needs == DOCTOR:
        parts.append(tr("Needs a doctor"))
    else:
        parts += [field_label("person", f"need_{need}", language) for need in wanted.needs.split() if need in NEEDS]
    if wanted.arrived:
        parts.append(tr("Arrived: {when}", when=period_words(wanted.arrived)))
    if wanted.caseworker:
        parts.append({ME: tr("My people"), NOBODY: tr("Looked after by nobody yet")}.get(wanted.caseworker) or caseworker)
    if wanted.site:
        parts.append(site)
    return ("၊ " if language == "my" else ", ").join(part for part in parts if part)
