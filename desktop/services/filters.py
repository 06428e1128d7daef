"""What the list of people is narrowed to: where they are, what they need, when they came, who looks after them, which site registered them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.journal.devices import SHIFT
from desktop.services.caseworkers import me, name_of
from desktop.services.projections.people import (  # fmt: skip
    NEEDS_IN_ORDER,
    carer_fact,
    day_fact,
    device_fact,
    month_fact,
    week_fact,
    year_fact,
)
from desktop.services.projections.search import Fact, Facts, fact
from desktop.services.reading import may_read
from desktop.services.session import Session
from desktop.vault.database import Database

ME, NOBODY = "me", "nobody"
"""Instead of the key of a volunteer: whoever is signed in, and nobody at all."""

TODAY, WEEK, MONTH, LONGER = "today", "week", "month", "longer"
PERIODS = (TODAY, WEEK, MONTH, LONGER)
"""Of the day of arrival: today, the last seven days, the last thirty, and before those. Or ``2026-11-01..2026-11-08``, either end open."""

_DAYS_MOST = 62  # days that are looked for one by one, or by their weeks
_EARLIEST = date(1900, 1, 1)  # nobody arrived before
_AHEAD_MOST = 366  # days from now in which an arrival may have been written by mistake
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
        sql = f"SELECT key FROM person_list NOT INDEXED WHERE {self.where}{_AMONG}"  # noqa: S608 - constants of this file
        fit = {key for (key,) in database.execute(sql, (*self.values, json.dumps(list(keys)))).fetchall()} if keys else set()
        return [key for key in keys if key in fit]

    def listed(self, database: Database, order: str) -> list[int]:
        """Everybody whom the filters let through, in an order that is a constant of the caller."""
        sql = f"SELECT key FROM person_list WHERE {self.where} ORDER BY {order}"  # noqa: S608 - constants
        return [key for (key,) in database.execute(sql, self.values).fetchall()]


def narrowed(session: Session, wanted: Filters) -> Narrowed:
    """The filters, for the day that is today and the volunteer who is signed in."""
    where, values = _where(session, wanted)
    having: list[Fact] = []
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
    there, without = _day_facts(session, wanted.arrived)
    having += [there] if there else []
    having = having or [fact("k", "person")]  # the other facts are told of nobody else
    return Narrowed(Facts(tuple(having), without), where, tuple(values))


def _day_facts(session: Session, arrived: str) -> tuple[Fact, tuple[str, ...]]:
    """Facts of which one must be there, and facts of which none may be."""
    first, after = days(arrived, session.now().date()) if arrived else ("", "")
    if not first and not after:
        return (), ()
    soon = session.now().date() + timedelta(days=2)  # a clock may be some hours wrong
    begin = max(_EARLIEST, date.fromisoformat(first or after))
    latest = soon + timedelta(days=_AHEAD_MOST)
    until = min(date.fromisoformat(after), latest) if first and after else max(begin, _whole_end(begin, soon))
    told = tuple(_period_facts(begin, until))
    return (told or day_fact("never"), ()) if first else ((), (*told, day_fact("")))


def _whole_end(begin: date, end: date) -> date:
    """The end of a period that has none: not before `end`, and where it may be told in few facts."""
    if (end - begin).days <= _DAYS_MOST:
        return end + timedelta(days=-end.weekday() % 7)
    return (end.replace(day=1) + timedelta(days=31)).replace(day=1)


def _period_facts(begin: date, until: date) -> Iterator[str]:
    """All days from the first to before the last, in whole weeks, or in whole years and months, where they may be told so."""
    long = (until - begin).days > _DAYS_MOST
    while begin < until:
        for tell, end in _long_periods(begin) if long else _short_periods(begin):
            if end <= until:
                yield tell(begin)
                begin = end
                break


_Told = tuple[Callable[[date], str], date]


def _short_periods(begin: date) -> Iterator[_Told]:
    """What begins on a day, the longest first, each with the day after its end."""
    if begin.weekday() == 0:
        yield week_fact, begin + timedelta(days=7)
    yield _one_day_fact, begin + timedelta(days=1)


def _long_periods(begin: date) -> Iterator[_Told]:
    if begin.day == 1:
        if begin.month == 1:
            yield year_fact, begin.replace(year=begin.year + 1)
        yield month_fact, (begin + timedelta(days=31)).replace(day=1)
    yield _one_day_fact, begin + timedelta(days=1)


def _one_day_fact(day: date) -> str:
    return day_fact(day.isoformat())


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
        table = "person_list"
        if among is not None:  # by their keys, not through everybody in a state
            table, where, values = "person_list NOT INDEXED", where + _AMONG, [*values, json.dumps(list(among))]
        sql = f"SELECT {column}, count(*) FROM {table} WHERE {where} GROUP BY 1"  # noqa: S608 - constants of this file
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
