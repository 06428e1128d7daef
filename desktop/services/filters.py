"""What the list of people is narrowed to: where they are, what they need, when they came, who looks after them, which site registered them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.journal.devices import SHIFT
from desktop.services.caseworkers import me, name_of
from desktop.services.projections.people import NEEDS_IN_ORDER
from desktop.services.reading import may_read
from desktop.services.session import Session

ME, NOBODY = "me", "nobody"
"""Instead of the key of a volunteer: whoever is signed in, and nobody at all."""

TODAY, WEEK, MONTH, LONGER = "today", "week", "month", "longer"
PERIODS = (TODAY, WEEK, MONTH, LONGER)
"""Of the day of arrival: today, the last seven days, the last thirty, and before those. Or ``2026-11-01..2026-11-08``, either end open."""

_KEPT = 8  # sets of people that are remembered
_OF_DEVICES = f"key >> {SHIFT} IN (SELECT value FROM json_each(?))"  # noqa: S608 - a constant
_AMONG = " AND key IN (SELECT value FROM json_each(?))"
_HAS_NEED = "instr(' ' || needs || ' ', ?)"


@dataclass(frozen=True)
class Filters:
    """"" lets everybody through. `needs` parted by spaces: people with any of them. `site` is the root key in hex."""

    state: str = "here"
    needs: str = ""
    arrived: str = ""
    caseworker: str = ""
    site: str = ""

    @property
    def set(self) -> int:
        """How many of them are not as they are at first."""
        return sum(getattr(self, one.name) != one.default for one in fields(self))


EVERYBODY = Filters(state="")


def days(arrived: str, today: date) -> tuple[str, str]:
    """The first day, and the first day after the last, as ISO texts; "" for an open end, both "" for what is no period."""
    tomorrow = (today + timedelta(days=1)).isoformat()
    if arrived == LONGER:
        return "", (today - timedelta(days=29)).isoformat()
    back = {TODAY: 0, WEEK: 6, MONTH: 29}.get(arrived)
    if back is not None:
        return (today - timedelta(days=back)).isoformat(), tomorrow
    first, _, last = arrived.partition("..")
    try:
        first = date.fromisoformat(first).isoformat() if first else ""
        return first, (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else ""
    except (ValueError, OverflowError):
        return "", ""


def readable_needs(session: Session, wanted: Filters) -> tuple[str, ...]:
    """Those of the needs that there are and that this volunteer may read."""
    return tuple(need for need in wanted.needs.split() if need in NEEDS_IN_ORDER and may_read(session, FIELDS["person"][f"need_{need}"]))


def nobody(session: Session, wanted: Filters) -> bool:
    """True if nothing is left of what was asked for: then nobody fits."""
    return bool(wanted.needs) and not readable_needs(session, wanted)


def allowed(session: Session, wanted: Filters) -> frozenset[int] | None:
    """Keys of everybody who fits the filters beyond state and one single need, which the index knows; None if there are none beyond."""
    many = len(readable_needs(session, wanted)) > 1
    beyond = replace(wanted, state="", needs=wanted.needs if many else "")
    if beyond == EVERYBODY:
        return None
    sets: dict[tuple[Filters, str], frozenset[int]] = session.remembered(Folder.RECEPTION, "filtered people", dict)
    name = (beyond, session.today())
    if name not in sets:
        if len(sets) >= _KEPT:
            sets.clear()
        sets[name] = frozenset(_keys(session, beyond))
    return sets[name]


def _keys(session: Session, wanted: Filters) -> list[int]:
    where, values = _where(session, wanted)
    rows = session.journal(Folder.RECEPTION).database.execute(f"SELECT key FROM person_list WHERE {where}", values)  # noqa: S608 - constants
    return [key for (key,) in rows.fetchall()]


def _where(session: Session, wanted: Filters) -> tuple[str, list[str | int]]:
    """A condition made of constants of this file, and its values."""
    parts: list[str] = ["1"]
    values: list[str | int] = []

    def add(condition: str, *more: str | int) -> None:
        parts.append(condition)
        values.extend(more)

    if wanted.state:
        add("state = ?", wanted.state)
    needs = readable_needs(session, wanted)
    if needs:
        add(f"({' OR '.join([_HAS_NEED] * len(needs))})", *(f" {need} " for need in needs))
    first, after = days(wanted.arrived, session.now().date()) if wanted.arrived else ("", "")
    if first:
        add("arrived >= ?", first)
    if after:
        add("arrived > '' AND arrived < ?", after)
    if wanted.caseworker:
        add("caseworker = ?", _carer_key(session, wanted.caseworker))
    if wanted.site:
        add(_OF_DEVICES, json.dumps(_devices(session, wanted.site)))
    return " AND ".join(parts), values


def _carer_key(session: Session, caseworker: str) -> str:
    if caseworker == NOBODY:
        return ""
    return me(session).key if caseworker == ME else caseworker


def _devices(session: Session, site: str) -> list[int]:
    """Local numbers of the laptops of a site."""
    devices = session.journal(Folder.RECEPTION).devices.by_number
    return [number for number, device in devices.items() if device.site.hex() == site]


# -- how many there are of each


@dataclass(frozen=True)
class Option:
    """One answer of a filter: how many people fit it together with the other filters and what is searched. `name` is what a person reads
    where the key says nothing: of sites and volunteers."""

    key: str
    count: int
    name: str = ""


@dataclass(frozen=True)
class Options:
    """Answers of each filter, those that somebody fits and the one that is chosen; of needs the urgent first, of the others the most first."""

    state: tuple[Option, ...]
    needs: tuple[Option, ...]
    arrived: tuple[Option, ...]
    caseworker: tuple[Option, ...]
    site: tuple[Option, ...]


def options(session: Session, wanted: Filters, *, among: Sequence[int] | None = None) -> Options:
    """What each filter could be set to while the others stay. `among`: only these people, those who match what is searched in any state."""
    count = _counter(session, wanted, among)
    today = session.now().date()

    def arrived(period: str) -> int:
        first, after = days(period, today)
        return sum(number for day, number in by_day.items() if day >= first and (not after or "" < day < after))

    by_day = count("arrived", "substr(arrived, 1, 10)")
    by_needs = count("needs", "needs")
    needs = {need: sum(number for held, number in by_needs.items() if need in str(held).split()) for need in NEEDS_IN_ORDER}
    by_device = count("site", f"key >> {SHIFT}")
    by_site: dict[str, int] = {}
    for number, people in by_device.items():
        device = session.journal(Folder.RECEPTION).devices.by_number.get(int(number))
        root = device.site.hex() if device else ""
        by_site[root] = by_site.get(root, 0) + people
    carers_of = count("caseworker", "caseworker")
    return Options(
        state=_most(count("state", "state"), wanted.state),
        needs=tuple(
            Option(need, needs[need]) for need in NEEDS_IN_ORDER
            if (needs[need] or need == wanted.needs) and may_read(session, FIELDS["person"][f"need_{need}"])
        ),
        arrived=tuple(Option(period, arrived(period)) for period in PERIODS),
        caseworker=_caseworkers(session, carers_of, wanted.caseworker),
        site=tuple(replace(one, name=session.site_name(bytes.fromhex(one.key)) or session.site) for one in _most(by_site, wanted.site)),
    )


def _counter(session: Session, wanted: Filters, among: Sequence[int] | None) -> Callable[[str, str], dict[str, int]]:
    database = session.journal(Folder.RECEPTION).database

    def count(name: str, column: str) -> dict[str, int]:
        """People by a column (a constant of this file), with every filter but the named one."""
        where, values = _where(session, replace(wanted, **{name: ""}))
        if among is not None:
            where, values = where + _AMONG, [*values, json.dumps(list(among))]
        sql = f"SELECT {column}, count(*) FROM person_list WHERE {where} GROUP BY 1"  # noqa: S608 - constants of this file
        return {str(key): number for key, number in database.execute(sql, values).fetchall()}

    return count


def _most(counts: dict[str, int], chosen: str) -> tuple[Option, ...]:
    found = {key: number for key, number in counts.items() if key}
    if chosen:
        found.setdefault(chosen, 0)
    return tuple(Option(key, found[key]) for key in sorted(found, key=lambda key: (-found[key], key)))


def _caseworkers(session: Session, counts: dict[str, int], chosen: str) -> tuple[Option, ...]:
    """Me, nobody, then everybody else who looks after somebody."""
    mine = me(session)
    others = _most({key: number for key, number in counts.items() if key not in ("", mine.key)}, chosen if "/" in chosen else "")
    named = [replace(one, name=name_of(session, one.key)) for one in others]
    return (Option(ME, counts.get(mine.key, 0), mine.name), Option(NOBODY, counts.get("", 0)), *named)
