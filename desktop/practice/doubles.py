"""Invented people some of whom were registered twice, for trying and measuring how doubles are found. Seeded: the same seed gives the same
people. Nobody here exists.

The second card of a person is written as another site would write it: the name in one script only, spelt another usual way or with a slip,
an honorific before it, the age off by up to two years, facts left out, the family split.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from desktop.practice.people import Family, Invented, families, name
from desktop.resources import folder


@dataclass(frozen=True)
class Card:
    """One registration. `who` is the same number on two cards of one person. `household` numbers the group they came with; `father` and
    `mother` are names, `age` in years; "" and None are not known."""

    who: int
    household: int
    name: str
    name_other: str
    sex: str
    age: int | None
    township: str
    father: str
    mother: str
    phone: str
    paper: str


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Burmese name word -> the ways it is romanised; and each first romanisation -> the same."""
    found: dict[str, tuple[str, ...]] = {}
    for line in folder("reference", "names", "name_words.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        burmese, _, own, attested = line.split("\t")[:4]
        ways = tuple(dict.fromkeys(one for one in f"{own};{attested}".split(";") if one))
        for word in (burmese, *ways[:1]):
            found.setdefault(word, ways)
    return found


def cards(seed: int, people: int, *, share: float = 0.03, year: int = 2026) -> list[Card]:
    """At least that many people, each registered once, and `share` of them once more; in the order of a shuffled pile."""
    random = Random(seed)  # noqa: S311 - invented people, no secret
    first: list[Card] = []
    for household, family in enumerate(families(seed, people, year=year)):
        first += _family_cards(random, family, household, len(first), year)
        if len(first) >= people:
            break
    again = list(_second_cards(random, first, round(share * len(first))))
    pile = [*first, *again]
    random.shuffle(pile)
    return pile


def _family_cards(random: Random, family: Family, household: int, begin: int, year: int) -> Iterator[Card]:
    for at, person in enumerate(family.people):
        child = person.relationship in ("son", "daughter")
        father = family.people[0].name_roman if child and family.people[0].sex == "man" else name(random)[1]
        mother = name(random)[random.random() < 0.5]
        card = Card(
            begin + at, household, person.name_my, person.name_roman, person.sex, year - person.born, family.township,
            father if random.random() < 0.8 else "", mother if random.random() < 0.4 else "", family.phone if at == 0 else "",
            _paper(random) if not child and random.random() < 0.35 else "",
        )
        yield _in_scripts(random, card, person)


def _in_scripts(random: Random, card: Card, person: Invented) -> Card:
    """Some cards hold the name in both scripts, some in one."""
    draw = random.random()
    if draw < 0.5:
        return card
    return replace(card, name_other="") if draw < 0.8 else replace(card, name=person.name_roman, name_other="")


def _paper(random: Random) -> str:
    return f"{random.randint(1, 14)}/{random.choice(('ကမရ', 'ဒဂတ', 'လမန', 'ပဘတ'))}(နိုင်){random.randrange(10**6):06d}"


def _second_cards(random: Random, first: list[Card], count: int) -> Iterator[Card]:
    households = max(card.household for card in first) + 1
    chosen = random.sample(range(len(first)), count)
    done: set[int] = set()
    for at in chosen:
        if len(done) >= count:
            return
        group = [at]
        if at + 1 < len(first) and first[at + 1].household == first[at].household and random.random() < 0.4:
            group.append(at + 1)
        households += 1
        for one in group:
            if one not in done:
                done.add(one)
                yield _again(random, first[one], households)


def _again(random: Random, card: Card, household: int) -> Card:
    """The same person on another site's card."""
    kept = {field: value if random.random() < 0.75 else "" for field, value in (("township", card.township), ("mother", card.mother))}
    return replace(
        card, household=household, name=titled(random, _respelt(random, card), card.sex), name_other="",
        age=None if card.age is None else max(0, card.age + random.choice((0, 0, 0, 0, -1, 1, 1, -2, 2))),
        father=variant(random, card.father) if random.random() < 0.75 else "", township=kept["township"],
        mother=kept["mother"] if random.random() < 0.5 else variant(random, kept["mother"]),
        phone=card.phone if random.random() < 0.5 else "", paper=card.paper if random.random() < 0.5 else "",
    )


def _respelt(random: Random, card: Card) -> str:
    burmese = card.name if card.name and not card.name.isascii() else ""
    roman = card.name_other or (card.name if card.name.isascii() else "")
    if burmese and (not roman or random.random() < 0.4):
        return burmese
    written = variant(random, roman)
    return slipped(random, written) if random.random() < 0.12 else written


def variant(random: Random, written: str) -> str:
    """Each word in any of its usual romanisations; a name in Burmese letters as it is."""
    if not written.isascii():
        return written
    return " ".join(random.choice(_spellings().get(word, (word,))) for word in written.split())


def slipped(random: Random, written: str) -> str:
    """One letter missing, doubled, or exchanged with its neighbour."""
    at = random.randrange(1, max(2, len(written) - 1))
    way = random.choice(("missing", "doubled", "exchanged"))
    if way == "missing":
        return written[:at] + written[at + 1:]
    if way == "doubled":
        return written[:at] + written[at] + written[at:]
    return written[: at - 1] + written[at: at + 1] + written[at - 1] + written[at + 1:]


def titled(random: Random, written: str, sex: str) -> str:
    """One name in five with an honorific before it."""
    if random.random() > 0.2:
        return written
    title = ("U", "ဦး") if sex == "man" else ("Daw", "ဒေါ်")
    return f"{title[0]} {written}" if written.isascii() else f"{title[1]}{written}"
