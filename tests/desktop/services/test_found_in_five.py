"""However a name is spelt, whoever has it stands among the first five: names of the reference data, and invented ones in other usual
spellings or with a slip of the fingers."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

from desktop.domain import codes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.practice.doubles import slipped, titled, variant
from desktop.practice.people import name as invented
from desktop.services import people, practice
from desktop.services.session import Session

PAIRS = Path(__file__).parents[4] / "shared" / "reference" / "names" / "match_cases.tsv"
OTHERS, TRIED = 1_000, 120
Searched = tuple[dict[str, str], str]
"""(what stands on the card, what is typed)"""


def test_every_usual_spelling_of_a_name(session: Session) -> None:
    found, all_of_them = _found(session, _respelt(Random(41)))
    assert found >= 0.97 * all_of_them


def test_a_letter_that_is_wrong(session: Session) -> None:
    found, all_of_them = _found(session, _mistyped(Random(42)))
    assert found >= 0.97 * all_of_them


@pytest.mark.skipif(not PAIRS.exists(), reason="the reference data is not here")
def test_pairs_of_the_reference_data(session: Session) -> None:
    found, all_of_them = _found(session, _pairs())
    assert all_of_them > 300
    assert found >= 0.97 * all_of_them


def _found(session: Session, tried: Iterable[Searched]) -> tuple[int, int]:
    """(how often the right person stands among the first five, how often somebody was looked for), among many others."""
    practice.fill_fast(session, people=OTHERS)
    searches = list(tried)
    cards = {tuple(card.values()): card for card, _ in searches}
    right: dict[tuple[str, ...], RecordId] = {}
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        for names, card in cards.items():
            right[names] = save.create("person", {"code": codes.new(), "state": "here", "arrived": "2026-11-20T10:00", **card})
    return sum(right[tuple(card.values())] in _first_five(session, typed) for card, typed in searches), len(searches)


def _first_five(session: Session, typed: str) -> list[RecordId]:
    hits = people.find(session, query=typed)
    return [row.id for row in people.rows(session, keys=hits.keys[:5], query=typed, why=hits.why)]


def _cards(random: Random) -> Iterator[tuple[dict[str, str], str, str]]:
    """(card with the name in one script or both, Burmese name, romanised name)"""
    for at in range(TRIED):
        burmese, roman = invented(random, 3 + at % 2)
        yield ({"name": burmese}, {"name": roman}, {"name": burmese, "name_roman": roman})[at % 3], burmese, roman


def _respelt(random: Random) -> Iterator[Searched]:
    for card, burmese, roman in _cards(random):
        for typed in (burmese, variant(random, roman), titled(random, variant(random, roman), "man")):
            yield card, typed


def _mistyped(random: Random) -> Iterator[Searched]:
    for card, _, roman in _cards(random):
        yield card, slipped(random, roman)


def _pairs() -> Iterator[Searched]:
    """Spellings that belong together make one person, registered under the first of them."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        pairs = [(row["a"], row["b"]) for row in csv.DictReader(file, delimiter="\t") if row["same"] == "1"]
    groups: list[dict[str, None]] = []
    for pair in pairs:
        joined = [group for group in groups if group.keys() & set(pair)]
        groups = [group for group in groups if group not in joined]
        groups.append({spelling: None for group in (*joined, dict.fromkeys(pair)) for spelling in group})
    for group in groups:
        first, *others = group
        for other in others:
            yield {"name": first}, other
