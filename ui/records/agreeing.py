"""What two cards of people agree in and where they differ, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.services.doubles.weighing import Agreement
from ui.words import mark, tr

MOST = 5
_WORDS = {
    ("name", "same"): mark("Name sounds the same"), ("name", "near"): mark("The name is nearly the same"),
    ("name", "other"): mark("The name is different"), ("father", "same"): mark("The same father’s name"),
    ("father", "near"): mark("Father’s name is nearly the same"), ("father", "other"): mark("Father’s name is different"),
    ("mother", "same"): mark("The same mother’s name"), ("mother", "near"): mark("Mother’s name is nearly the same"),
    ("mother", "other"): mark("Mother’s name is different"), ("sex", "same"): mark("The same sex"), ("sex", "other"): mark("The sex is different"),
    ("township", "same"): mark("The same township"), ("township", "other"): mark("The township is different"),
    ("phone", "same"): mark("The same phone number"), ("phone", "other"): mark("The phone number is different"),
    ("paper", "same"): mark("The same number of a paper"), ("paper", "other"): mark("The number of a paper is different"),
    ("household", "same"): mark("Came with the same people"), ("household", "other"): mark("Both are in one household"),
}


@dataclass(frozen=True)
class Telling:
    """One fact: `same` if it agrees. The English `words` go through `tr` with `fields` when they are shown, for the language may
    change."""

    same: bool
    words: str
    fields: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[str, str, str]:
        """(icon, tone, words)."""
        icon, tone = ("check", "good") if self.same else ("differ", "warn")
        return icon, tone, tr(self.words, **self.fields)


def tellings(agreements: Iterable[Agreement], ages: tuple[int | None, int | None], *, typed: bool = False) -> tuple[Telling, ...]:
    """The weightiest facts, at most five. `ages`: of somebody registered, and of the other one. `typed`: the other one is a card that is being
    written."""
    found = []
    for one in list(agreements)[:MOST]:
        if one.what == "age":
            found.append(_age(one, ages, typed))
        else:
            found.append(Telling(one.agrees, _WORDS[one.what, one.how]))
    return tuple(found)


def _age(one: Agreement, ages: tuple[int | None, int | None], typed: bool) -> Telling:
    known, other = (0 if age is None else age for age in ages)
    if known == other:
        return Telling(True, mark("The same age: {age}"), {"age": known})
    if typed:
        return Telling(one.how != "other", mark("Age {age}, you wrote {typed}"), {"age": known, "typed": other})
    return Telling(one.how != "other", mark("Age {age} and {other}"), {"age": known, "other": other})
