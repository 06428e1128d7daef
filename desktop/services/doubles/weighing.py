"""How likely two cards are of one person: the method of Fellegi and Sunter (1969), with weights in bits.

Each fact that agrees speaks for one person as much as it is rare among everybody registered (-log2 of how often it occurs); each that
disagrees speaks against it as much as it rarely differs on two cards of one person. The sum is compared with how unlikely it is that any
two cards are of one person (`Population.doubt`). The shares of disagreement below are our own estimates for cards written in haste; the
measurement in ``docs/BENCHMARKS.md`` shows what they give.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

from desktop.myanmar.likeness import one_near, part_missing
from desktop.services.doubles.profile import Profile, Sound

_AGE = (4.4, 2.7, 2.1, 0.2)  # bits for ages 0, 1, 2, 3 years apart
_AGE_FAR, _AGE_WRONG, _AGE_WRONG_FROM = -3.5, -8.0, 6
_SEX_SAME, _SEX_OTHER = 0.9, -7.0
_TOWNSHIP_OTHER, _PHONE_OTHER, _PAPER_OTHER = -2.5, -0.5, -5.0
_PHONE_SAME, _PAPER_SAME = 15.0, 18.0
_PARENT_OTHER, _PARENT_MOST, _PARENT_NEAR = -5.5, 13.0, 4.0
_NAME_OTHER, _NAME_MOST = -9.0, 22.0
_LOOSE_COSTS, _NEAR_COSTS = 2.5, 8.0
_TOGETHER = -9.0  # two people of one household are two people
_MEMBER_SAME, _MEMBER_MOST = 5.0, 8.0
_LEAST = 300  # a name on two of twenty cards is not borne by one in ten people: names are judged as if so many were registered
_SHARE = 0.03  # of people who are registered twice where sites exchange sticks: the bar of the measurement


@dataclass(frozen=True)
class Agreement:
    """One fact of two people: `what` is name, father, mother, age, sex, township, phone, paper, household; `how`: same, near, other. `bits`
    speak for (above 0) or against one person."""

    what: str
    how: str
    bits: float

    @property
    def agrees(self) -> bool:
        """True if the fact is the same or nearly so, also where it is so common that it says nothing."""
        return self.how != "other"


class Population(ABC):
    """How often names and places occur among everybody registered. `size`: how many people. Who extends it says how often a sign occurs."""

    size = 0

    @abstractmethod
    def count(self, what: str, key: str) -> int:
        """How many people have this key: `what` is tight or loose (keys of their names), partly (with one syllable left out), parent (loose
        keys of their parents' names) or township."""

    @abstractmethod
    def told(self, what: str) -> int:
        """How many parents or townships are known."""

    @property
    def doubt(self) -> float:
        """Bits that speak against any two cards being of one person before anything is compared."""
        return log2(max(20.0, self.size) / (2 * _SHARE))

    def name(self, one: Sound, two: Sound) -> tuple[str, float]:
        """How two names agree, and the bits of it."""
        shared = one.tight & two.tight
        if shared:
            return "same", min(_NAME_MOST, self._rarest("tight", shared, self.size))
        shared = one.loose & two.loose
        if shared:
            return "near", min(_NAME_MOST, self._rarest("loose", shared, self.size)) - _LOOSE_COSTS
        shared = one.partly & two.partly
        if shared and _nearly(one, two):
            return "near", min(_NAME_MOST, self._rarest("partly", shared, self.size)) - _NEAR_COSTS
        return "other", _NAME_OTHER

    def parent(self, one: Sound, two: Sound) -> tuple[str, float]:
        """The same for the names of fathers or of mothers."""
        shared = one.loose & two.loose
        if shared:
            return "same", min(_PARENT_MOST, self._rarest("parent", shared, self.told("parent")))
        if one.partly & two.partly and _nearly(one, two):
            return "near", _PARENT_NEAR
        return "other", _PARENT_OTHER

    def township(self, name: str) -> float:
        """Bits of the same township."""
        return self._rarest("township", [name], self.told("township"))

    def _rarest(self, what: str, shared: Iterable[str], among: int) -> float:
        fewest = max(1, min(self.count(what, key) for key in shared))
        return max(0.0, -log2(fewest / max(fewest, among, _LEAST if what != "township" else 0)))


class Counted(Population):
    """Counted from everybody's profiles."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._counts: dict[str, Counter[str]] = {what: Counter() for what in ("tight", "loose", "partly", "parent", "township")}
        self._told: Counter[str] = Counter()
        for one in profiles:
            self._add(one)

    def _add(self, one: Profile) -> None:
        self.size += 1
        counts = self._counts
        counts["tight"].update(one.names.tight)
        counts["loose"].update(one.names.loose)
        counts["partly"].update(one.names.partly)
        for parent in (one.father, one.mother):
            if parent:
                counts["parent"].update(parent.loose)
                self._told["parent"] += 1
        if one.township:
            counts["township"][one.township] += 1
            self._told["township"] += 1

    def count(self, what: str, key: str) -> int:
        return self._counts[what][key]

    def told(self, what: str) -> int:
        return self._told[what]


def _nearly(one: Sound, two: Sound) -> bool:
    return any(one_near(a, b) or part_missing(a, b) for a in one.ways for b in two.ways)


def compare(one: Profile, two: Profile, population: Population, *, members: float = 0.0) -> tuple[Agreement, ...]:
    """Every fact that both cards tell. `members`: bits for others of the two households who seem to be the same people."""
    found = []
    if one.names and two.names:
        found.append(Agreement("name", *population.name(one.names, two.names)))
    if one.father and two.father:
        found.append(Agreement("father", *population.parent(one.father, two.father)))
    if one.mother and two.mother:
        found.append(Agreement("mother", *population.parent(one.mother, two.mother)))
    if one.age is not None and two.age is not None:
        found.append(_ages(abs(one.age - two.age)))
    if one.sex and two.sex:
        found.append(Agreement("sex", "same", _SEX_SAME) if one.sex == two.sex else Agreement("sex", "other", _SEX_OTHER))
    if one.township and two.township:
        same = one.township == two.township
        found.append(Agreement("township", *(("same", population.township(one.township)) if same else ("other", _TOWNSHIP_OTHER))))
    if one.phone and two.phone:
        found.append(Agreement("phone", *(("same", _PHONE_SAME) if one.phone == two.phone else ("other", _PHONE_OTHER))))
    if one.paper and two.paper:
        found.append(Agreement("paper", *(("same", _PAPER_SAME) if one.paper == two.paper else ("other", _PAPER_OTHER))))
    if one.household and one.household == two.household:
        found.append(Agreement("household", "other", _TOGETHER))
    elif members:
        found.append(Agreement("household", "same", min(_MEMBER_MOST, members)))
    return tuple(found)


def _ages(apart: int) -> Agreement:
    if apart < len(_AGE):
        return Agreement("age", "same" if apart == 0 else "near", _AGE[apart])
    return Agreement("age", "other", _AGE_WRONG if apart >= _AGE_WRONG_FROM else _AGE_FAR)


def bits(agreements: Iterable[Agreement]) -> float:
    """The sum: above `Population.doubt` it is likelier one person than two."""
    return sum(one.bits for one in agreements)
