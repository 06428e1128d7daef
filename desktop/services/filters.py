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
from desktop.services.projections.people import NEEDS_IN_ORDER, carer_fact, day_fact, device_fact
from desktop.services.projections.search import Fact, Facts, fact
from desktop.services.reading import may_read
from desktop.services.session import Session
from desktop.vault.database import Database

ME, NOBODY = "me", "nobody"
"""Instead of the key of a volunteer: whoever is signed in, and nobody at all."""

TODAY, WEEK, MONTH, LONGER = "today", "week", "month", "longer"
PERIODS = (TODAY, WEEK, MONTH, LONGER)
"""Of the day of arrival: today, the last seven days, the last thirty, and before those. Or ``2026-11-01..2026-11-08``, either end open."""

_KEPT = 8  # sets of people that are remembered
_DAYS_MOST = 62  # days that are looked for one by one
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


@dataclass(frozen=True)
class Narrowed:
    """Filters as the index and the list know them: `facts` for a search, `where` and `values` for the list."""

    facts: Facts
    where: str
    values: tuple[str | int, ...]

    def keep(self, database: Database, keys: Sequence[int]) -> list[int]:
        """Those of a few keys that the filters let through, in their order."""
        sql = f"SELECT key FROM person_list WHERE {self.where}{_AMONG}"  # noqa: S608 - constants of this file
        fit = {key for (key,) in database.execute(sql, (*self.values, json.dumps(list(keys)))).fetchall()} if keys else set()
        return [key for key in keys if key in fit]

    def listed(self, database: Database, order: str) -> list[int]:
        """Everybody whom the filters let through, in an order that is a constant of the caller."""
        sql = f"SELECT key FROM person_list WHERE {self.where} ORDER BY {order}"  # noqa: S608 - constants
        return [key for (key,) in database.execute(sql, self.values).fetchall()]


def narrowed(session: Session, wanted: Filters) -> Narrowed:
    """The filters, for the day that is today and the volunteer who is signed in."""
    where, values = _where(session, wanted)
    having: list[Fact] = [fact("k", "person")]
    if wanted.state:
        having.append(fact("s", wanted.state))
    needs = readable_needs(session, wanted)
    if needs:
        having.append(tuple(fact("n", need) for need in needs))
    if wanted.caseworker:
        having.append(carer_fact(_carer_key(session, wanted.caseworker)))
    if wanted.site:
        devices = session.journal(Folder.RECEPTION).devices.by_number.values()
        having.append(tuple(device_fact(one.public) for one in devices if one.site.hex() == wanted.site) or fact("d", "none"))
    there, without, known = _day_facts(session, wanted.arrived)
    having += [there] if there else []
    among = None if known else _remembered(session, wanted)
    return Narrowed(Facts(tuple(having), without, among), where, tuple(values))


def _day_facts(session: Session, arrived: str) -> tuple[Fact, tuple[str, ...], bool]:
    """Days of which one must be there, days of which none may be, and whether they say it all: a long period has too many days."""
    today = session.now().date()
    first, after = days(arrived, today) if arrived else ("", "")
    end = today + timedelta(days=2)  # a clock may be some hours wrong
    if not first and not after:
        return (), (), True
    begin, until = date.fromisoformat(first or after), date.fromisoformat(after) if first and after else end
    many = (until - begin).days
    if many > _DAYS_MOST:
        return (), (), False
    told = tuple(day_fact((begin + timedelta(days=at)).isoformat()) for at in range(many))
    return (told or day_fact("never"), (), True) if first else ((), (*told, day_fact("")), True)


def _remembered(session: Session, wanted: Filters) -> frozenset[int]:
    """Keys of everybody who came in a long period."""
    sets: dict[tuple[str, str], frozenset[int]] = session.remembered(Folder.RECEPTION, "filtered people", dict)
    name = (wanted.arrived, session.today())
    if name not in sets:
        if len(sets) >= _KEPT:
            sets.clear()
        where, values = _where(session, replace(EVERYBODY, arrived=wanted.arrived))
        sql = f"SELECT key FROM person_list WHERE {where}"  # noqa: S608 - constants of this file
        sets[name] = frozenset(key for (key,) in session.journal(Folder.RECEPTION).database.execute(sql, values).fetchall())
    return sets[name]


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
        add("carer = ?", _carer_key(session, wanted.caseworker))
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
    carers_of = count("caseworker", "carer")
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
