"""Which pairs among many people are worth comparing, and which of them are likely one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.services.doubles.profile import Profile
from desktop.services.doubles.weighing import Agreement, Counted, Population, bits, compare

_CROWD = 400  # people who share one sign: more say nothing, and comparing them all takes too long
LENIENT = 2.0  # bits: a person looks at each pair, so one in five may be doubtful
_MEMBER = 5.0  # bits for each other member of two households who agrees in name, age and sex
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pair:
    """Two people (the callers' keys, the smaller first) who may be one. `bits` above the doubt: 0 is as likely as not."""

    one: int
    two: int
    bits: float
    agreements: tuple[Agreement, ...]


def signs(one: Profile) -> Iterator[str]:
    """What two cards of one person nearly always share one of."""
    for key in one.names.loose:
        yield f"n {key}"
    band = -1 if one.age is None else one.age
    for key in one.names.partly:
        for near in (band // 4, (band + 2) // 4 + 1000) if one.age is not None else ():
            yield f"p {key} {one.sex} {near}"
    for key in one.father.loose:
        yield f"f {key} {one.sex}"
    if one.phone:
        yield f"t {one.phone}"
    if one.paper:
        yield f"d {one.paper}"


def pairs(people: Sequence[Profile], *, fresh: frozenset[int] | None = None, progress: Progress = lambda done, of: None) -> list[Pair]:
    """Likely doubles, the likeliest first. With `fresh` only pairs of which one is among these keys."""
    population = Counted(people)
    places: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(people):
        for sign in signs(one):
            places[sign].append(at)
    members = _Members(people, population)
    seen: set[tuple[int, int]] = set()
    found: list[Pair] = []
    for at, one in enumerate(people):
        if at % 1000 == 0:
            progress(at, len(people))
        for other in _near(one, at, places):
            if (other, at) in seen or (fresh is not None and one.key not in fresh and people[other].key not in fresh):
                continue
            seen.add((other, at))
            pair = likely(one, people[other], population, members)
            if pair is not None:
                found.append(pair)
    progress(len(people), len(people))
    return sorted(found, key=lambda pair: -pair.bits)


def _near(one: Profile, at: int, places: dict[str, list[int]]) -> Iterator[int]:
    for sign in signs(one):
        group = places[sign]
        if len(group) <= _CROWD:
            yield from (other for other in group if other < at)


def likely(one: Profile, two: Profile, population: Population, members: _Members | None = None) -> Pair | None:
    """The pair if it is likelier one person than two."""
    agreements = compare(one, two, population)
    sum_, doubt = bits(agreements), population.doubt
    if members is not None and doubt - 10 < sum_:
        shared = members.shared(one, two)
        if shared:
            agreements = compare(one, two, population, members=shared)
            sum_ = bits(agreements)
    if sum_ < doubt - LENIENT:
        return None
    first, second = sorted((one.key, two.key))
    return Pair(first, second, sum_ - doubt, agreements)


class _Members:
    """Who came with whom."""

    def __init__(self, people: Iterable[Profile], population: Population) -> None:
        self._population = population
        self._by_household: dict[str, list[Profile]] = defaultdict(list)
        for one in people:
            if one.household:
                self._by_household[one.household].append(one)

    def shared(self, one: Profile, two: Profile) -> float:
        """Bits for others of the two households who seem to be the same people."""
        if not one.household or not two.household or one.household == two.household:
            return 0.0
        mine = [other for other in self._by_household[one.household] if other.key != one.key]
        theirs = [other for other in self._by_household[two.household] if other.key != two.key]
        return came_together(mine, theirs, self._population)


def came_together(mine: Sequence[Profile], theirs: Sequence[Profile], population: Population) -> float:
    """Bits for those who came with two people, where they seem to be the same ones."""
    return sum(_MEMBER for one in mine if any(_alike(one, other, population) for other in theirs))


def _alike(one: Profile, two: Profile, population: Population) -> bool:
    how, _ = population.name(one.names, two.names)
    ages = one.age is None or two.age is None or abs(one.age - two.age) <= 3
    return how != "other" and ages and one.sex == two.sex
