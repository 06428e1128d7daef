"""Views of the list of people that a volunteer named and keeps: filters under a name. They are each volunteer's own and never travel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.myanmar.text import clean
from desktop.services.filters import ME, WEEK, Filters
from desktop.services.session import Session

MOST = 20
NAME_MOST = 60
READY: Mapping[str, Filters] = {
    "here": Filters(),
    "week": Filters(arrived=WEEK),
    "bed": Filters(needs="bed"),
    "doctor": Filters(needs="sick medicine pregnant"),
    "alone": Filters(needs="child_alone"),
    "mine": Filters(caseworker=ME),
    "everybody": Filters(state=""),
}
"""Views that everybody has, by a name that is stored nowhere."""


@dataclass(frozen=True)
class View:
    """A name that the volunteer gave, and what it stands for."""

    name: str
    filters: Filters


def views(session: Session) -> list[View]:
    """Those of this volunteer, in the order they were kept."""
    kept = _read(session, "people views")
    return [View(name, _filters(told)) for name, told in kept.items() if isinstance(told, dict)]


def keep(session: Session, *, name: str, filters: Filters, replace: bool = False) -> tuple[str, Changes]:
    """Keep a view under a name, which comes back as it is kept; with `replace` in place of another one that has it.
    UserError: name.empty, views.taken, views.full."""
    name = _name(name)
    known = _read(session, "people views")
    if name in known and known[name] != asdict(filters) and not replace:
        raise UserError("views.taken")
    kept = {**known, name: asdict(filters)}
    if len(kept) > MOST:
        raise UserError("views.full", most=MOST)
    return name, _write(session, "people views", kept)


def rename(session: Session, *, name: str, to: str, replace: bool = False) -> tuple[str, Changes]:
    """Give a view another name, which comes back as it is kept; the view stays at its place. With `replace` another one that has the name goes.
    UserError: name.empty, views.taken, views.gone."""
    to = _name(to)
    known = _read(session, "people views")
    if name not in known:
        raise UserError("views.gone")
    if to in known and known[to] != known[name] and not replace:
        raise UserError("views.taken")
    kept = {to if one == name else one: told for one, told in known.items() if one == name or one != to}
    return to, _write(session, "people views", kept) if kept != known else Changes()


def forget(session: Session, *, name: str) -> Changes:
    """Keep a view no longer. Nothing happens if there is none of that name."""
    return _write(session, "people views", {known: told for known, told in _read(session, "people views").items() if known != name})


def last(session: Session) -> Filters:
    """The filters that this volunteer used last."""
    return _filters(_read(session, "people filters"))


def remember(session: Session, filters: Filters) -> Changes:
    """Have these filters the next time."""
    _write(session, "people filters", asdict(filters))
    return Changes()


def _read(session: Session, what: str) -> dict[str, object]:
    kept = session.vault.setting(f"{what} {session.author}")
    return dict(json.loads(kept)) if kept else {}


def _write(session: Session, what: str, value: Mapping[str, object]) -> Changes:
    session.vault.set_setting(f"{what} {session.author}", json.dumps(value, ensure_ascii=False))
    return Changes(frozenset({"setting"}))


def _filters(told: Mapping[str, object]) -> Filters:
    """As far as this version of the program knows them."""
    known = {one.name for one in fields(Filters)}
    return Filters(**{name: value for name, value in told.items() if name in known and isinstance(value, str)})


def _name(text: str) -> str:
    name = clean(text)[:NAME_MOST]
    if not name:
        raise UserError("name.empty")
    return name
