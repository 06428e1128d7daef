"""Invented families and contacts. Nobody here exists; names are drawn word by word from a table of name words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from desktop.domain.fields import CHOICES, URGENT
from desktop.resources import folder

TOWNSHIPS = (
    "Hpa-An", "Kawkareik", "Loikaw", "Demoso", "Mawlamyine", "Thaton", "Kyaikto", "Taungoo", "Bago", "Pyay", "Magway", "Pakokku",
    "Monywa", "Shwebo", "Mandalay", "Meiktila", "Taunggyi", "Lashio", "Myitkyina", "Hakha", "Sittwe", "Pathein", "Insein", "Dawei",
)
RANKS = ("Private", "Lance Corporal", "Corporal", "Sergeant", "Warrant Officer II", "Captain", "Police constable")
_ADULT_NEEDS = ("medicine", "sick", "afraid", "private_talk", "bed", "food")
_CHILD_NEEDS = ("medicine", "sick", "food")
_COMMON = frozenset({
    "Aung", "Kyaw", "Win", "Myo", "Zaw", "Htun", "Khin", "Aye", "Mya", "Thida", "San", "Nwe", "Su", "Yi", "Lin", "Htet",
    "Soe", "Naing", "Hlaing", "Moe", "Phyo", "Tin", "Than", "Thein", "Maung", "Oo", "Min", "Nilar", "Sandar", "Wai", "Thu",
    "Ko", "Nyein", "Ei", "Cho", "May", "Zin", "Mon", "Hla", "Myint", "Thant", "Htay", "Shwe", "Sein", "Tun", "Ye", "Paing",
    "Thaw",
})


@dataclass(frozen=True)
class Invented:
    """One invented person. `relationship` is to the first of the family; `born` is the year of birth."""

    name_my: str
    name_roman: str
    call_name: str
    sex: str
    born: int
    relationship: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """The first of `people` is the focal person. `left_behind` are (name, relationship)."""

    people: tuple[Invented, ...]
    township: str
    force: str
    rank: str
    phone: str
    languages: tuple[str, ...]
    father_name: str
    left_behind: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True)
class InventedContact:
    """Somebody who has not arrived. `next_in_hours` is when to talk next, counted from now; below zero it is overdue."""

    call_name: str
    stage: str
    people: int
    children: int
    channel: str
    call_rule: str
    handle: str
    safe_times: str
    agreed_words: str
    next_in_hours: int


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """(Burmese, romanised) name words of one syllable. The most usual ones stand in the list eight times, so that names look usual."""
    found: list[tuple[str, str]] = []
    for line in folder("reference", "names", "name_words.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        burmese, syllables, own, _, note = line.split("\t")[:5]
        if syllables == "1" and own and not note:
            roman = own.split(";")[0]
            found += [(burmese, roman)] * (8 if roman in _COMMON else 1)
    return tuple(found)


def name(random: Random, words: int = 0) -> tuple[str, str]:
    """An invented name in Burmese and in English letters; two to four words."""
    wanted = words or random.choice((2, 3, 3, 3, 4))
    chosen: list[tuple[str, str]] = []
    while len(chosen) < wanted:
        word = random.choice(_words())
        if word not in chosen:
            chosen.append(word)
    return "".join(burmese for burmese, _ in chosen), " ".join(roman for _, roman in chosen)


def _person(random: Random, sex: str, born: int, relationship: str, needs: tuple[str, ...]) -> Invented:
    burmese, roman = name(random)
    last = roman.split()[-1]
    young = born > 2012
    title = ("Maung" if young else "Ko") if sex == "man" else "Ma"
    return Invented(burmese, roman, f"{title} {last}", sex, born, relationship, needs)


def families(seed: int, count: int, *, year: int = 2026) -> Iterator[Family]:
    """That many families, mostly of one to six people, with ages that fit together in `year`."""
    random = Random(seed)  # noqa: S311 - invented people, no secret
    for _ in range(count):
        yield _family(random, year)


def _family(random: Random, year: int) -> Family:
    born = year - random.randint(19, 52)
    sex = random.choice(("man", "man", "man", "woman"))
    people = [_person(random, sex, born, "focal", _needs(random, 0.3))]
    if random.random() < 0.6:
        other = "woman" if sex == "man" else "man"
        relationship = "wife" if other == "woman" else "husband"
        needs = ("pregnant",) if other == "woman" and random.random() < 0.15 else _needs(random, 0.2)
        people.append(_person(random, other, born + random.randint(-4, 5), relationship, needs))
        first_child = max(people[0].born, people[1].born) + 18
        for _ in range(random.choice((0, 1, 1, 2, 2, 3, 4))):
            child = random.choice(("man", "woman"))
            year_born = random.randint(min(first_child, year), year)
            needs = _needs(random, 0.3, _CHILD_NEEDS)
            people.append(_person(random, child, year_born, "son" if child == "man" else "daughter", needs))
    if random.random() < 0.12:
        people.append(_person(random, "woman", born - random.randint(20, 30), "mother", _needs(random, 0.5)))
    force = random.choice(("army", "army", "police", "police", "police", "police", "navy", "called_up", "civil_employee"))
    behind = tuple((name(random)[1], random.choice(("mother", "father", "brother", "sister"))) for _ in range(random.choice((0, 0, 1, 2))))
    return Family(
        people=tuple(people), township=random.choice(TOWNSHIPS), force=force, rank=random.choice(RANKS),
        phone=f"09000{random.randrange(10**6):06d}" if random.random() < 0.5 else "",
        languages=("my", *random.sample(CHOICES["language"][1:8], random.choice((0, 0, 1)))),
        father_name=name(random)[1], left_behind=behind,
        note=random.choice(("", "", "Tired after a long walk.", "Lost their bag on the way.", "ဆေး လမ်းတွင် ကျန်ခဲ့သည်။")),
    )


def _needs(random: Random, share: float, among: tuple[str, ...] = _ADULT_NEEDS) -> tuple[str, ...]:
    return tuple(need for need in URGENT if need in among and random.random() < share / 2)


def contacts(seed: int, count: int) -> Iterator[InventedContact]:
    """That many contacts, in every stage, some of them overdue."""
    random = Random(seed)  # noqa: S311 - invented people, no secret
    stages = CHOICES["stage"]
    for number in range(count):
        people = random.choice((1, 1, 2, 3, 4, 5))
        yield InventedContact(
            call_name=name(random, 2)[1], stage=stages[number % len(stages)], people=people, children=random.randint(0, people - 1),
            channel=random.choice(CHOICES["channel"]), call_rule=random.choice(CHOICES["call_rule"]),
            handle=f"09000{random.randrange(10**6):06d}", safe_times=random.choice(("18:00 to 19:00, any day", "Sunday morning", "after 20:00")),
            agreed_words=" ".join(roman for _, roman in random.sample(_words(), 2)), next_in_hours=random.randint(-40, 60),
        )
