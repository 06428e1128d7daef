"""People registered twice among 100,000 invented ones: found in pairs beside RapidFuzz and Splink, and while a card is typed.

The cards are those of `desktop.practice.doubles` (seeded). The peers get the names in English letters, as a site would make them with the list
of name words; RapidFuzz compares names within one sex and first letter, Splink names, parents, age, township, phone and papers, trained on the
same cards. Of each peer the threshold that suits it best is taken, measured with the answers at hand; ours has one threshold for all.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from desktop.domain import codes
from desktop.domain.births import Birth
from desktop.domain.folders import Folder
from desktop.domain.values import Value
from desktop.practice.doubles import Card, cards
from desktop.resources import folder
from desktop.services import twice
from desktop.services.doubles.pairing import pairs
from desktop.services.doubles.profile import Profile, profile
from desktop.services.session import Session
from desktop.services.twice import Typed
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.table import Row, percentile, timed

PEOPLE, SEED, TYPED = 100_000, 5, 300
_SHARE = 0.03  # of the people are on two cards; Splink is told so, as ours is
_AT_ONCE = 2000
Pairs = set[tuple[int, int]]


def rows() -> list[Row]:
    """Everything, in one run."""
    pile = cards(SEED, PEOPLE, share=_SHARE)
    truth = _truth(pile)
    began = time.perf_counter()
    ours = {(pair.one, pair.two) for pair in pairs([_profile(at, card) for at, card in enumerate(pile)])}
    took = time.perf_counter() - began
    fuzzy, fuzzy_took = _measured(lambda: _rapidfuzz(pile))
    linked, linked_took = _measured(lambda: _splink(pile))
    found = [*_quality("RapidFuzz on the name", ours, fuzzy, truth), *_quality("Splink", ours, linked, truth)]
    return [
        *found,
        Row(f"{len(pile):,} cards: all pairs", took, "s", None, "RapidFuzz on the name", fuzzy_took),
        Row(f"{len(pile):,} cards: all pairs", took, "s", None, "Splink", linked_took),
        *_while_typing(pile),
    ]


def _measured(work: Any) -> tuple[list[tuple[float, int, int]], float]:
    found: list[list[tuple[float, int, int]]] = []
    took = timed(lambda: found.append(work()))
    return found[0], took


def _quality(peer: str, ours: Pairs, scored: Sequence[tuple[float, int, int]], truth: Pairs) -> list[Row]:
    precision, recall = len(ours & truth) / len(ours), len(ours & truth) / len(truth)
    peer_precision, peer_recall = _best(scored, truth)
    return [
        Row("pairs for review: share that are one person", precision, "", 0.9, peer, peer_precision, more_is_better=True),
        Row("pairs for review: share of all doubles found", recall, "", 0.9, peer, peer_recall, more_is_better=True),
    ]


def _best(scored: Sequence[tuple[float, int, int]], truth: Pairs) -> tuple[float, float]:
    """Precision and recall at the threshold with the best harmonic mean of the two."""
    right, best = 0, (0.0, 0.0, 0.0)
    ordered = sorted(scored, reverse=True)
    for at, (score, one, two) in enumerate(ordered, 1):
        right += (one, two) in truth
        if at < len(ordered) and ordered[at][0] == score:
            continue
        mean = 2 * right / (at + len(truth))
        best = max(best, (mean, right / at, right / len(truth)))
    return best[1], best[2]


def _truth(pile: Sequence[Card]) -> Pairs:
    first: dict[int, list[int]] = defaultdict(list)
    for at, card in enumerate(pile):
        first[card.who].append(at)
    return {(group[0], group[1]) for group in first.values() if len(group) == 2}


def _profile(at: int, card: Card) -> Profile:
    return profile(
        at, names=[one for one in (card.name, card.name_other) if one], father=card.father, mother=card.mother, age=card.age, sex=card.sex,
        township=card.township, phone=card.phone, paper=card.paper, household=str(card.household),
    )


# -- peers


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Burmese name words with their first romanisation, the longest first."""
    found = []
    for line in folder("reference", "names", "name_words.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        burmese, _, own, attested = line.split("\t")[:4]
        way = next((one for one in f"{own};{attested}".split(";") if one), "")
        if way:
            found.append((burmese, way))
    return tuple(sorted(found, key=lambda one: -len(one[0])))


@cache
def _roman(name: str) -> str:
    """In English letters, small, as one would type it from the list of name words."""
    if name.isascii():
        return name.lower()
    for burmese, way in _words():
        name = name.replace(burmese, f" {way} ")
    return " ".join(name.lower().split())


def _name(card: Card) -> str:
    return _roman(card.name_other or card.name)


def _rapidfuzz(pile: Sequence[Card]) -> list[tuple[float, int, int]]:
    """Pairs of names that are alike at 85 of 100 or more."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, card in enumerate(pile):
        groups[card.sex, _name(card)[:1]].append(at)
    found: list[tuple[float, int, int]] = []
    for group in groups.values():
        names = [_name(pile[at]) for at in group]
        for row, name in enumerate(names):
            for _, score, column in process.extract(name, names[row + 1:], scorer=fuzz.ratio, score_cutoff=85, limit=None):
                one, two = sorted((group[row], group[row + 1 + column]))
                found.append((score, one, two))
    return found


def _splink(pile: Sequence[Card]) -> list[tuple[float, int, int]]:
    """Pairs that Splink gives a match weight of -15 or more."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as compare

    people = [
        {
            "unique_id": at, "name": _name(card), "father": _roman(card.father) or None, "mother": _roman(card.mother) or None, "age": card.age,
            "sex": card.sex, "township": card.township.lower() or None, "phone": card.phone or None, "paper": card.paper or None,
        }
        for at, card in enumerate(pile)
    ]
    blocks = [
        block_on("name"), block_on("father", "sex"), block_on("phone"), block_on("paper"), block_on("substr(name, 1, 3)", "sex", "father"),
        block_on("substr(name, 1, 3)", "sex", "township"), block_on("substr(name, 1, 2)", "sex", "age"), block_on("mother", "sex"),
    ]
    settings = SettingsCreator(
        link_type="dedupe_only", blocking_rules_to_generate_predictions=blocks, retain_intermediate_calculation_columns=False,
        probability_two_random_records_match=2 * _SHARE / len(pile),
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.94, 0.88]).configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("father", [0.92]).configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("mother", [0.92]), compare.CustomComparison(_AGE, "age"), compare.ExactMatch("sex"),
            compare.ExactMatch("township").configure(term_frequency_adjustments=True), compare.ExactMatch("phone"), compare.ExactMatch("paper"),
        ],
    )
    linker = Linker(DuckDBAPI().register(people), settings, log_level=40)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    for rule in (block_on("name"), block_on("father", "sex")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = []
    for row in linker.inference.predict(threshold_match_weight=-15).as_record_list():
        one, two = sorted((int(row["unique_id_l"]), int(row["unique_id_r"])))
        found.append((float(row["match_weight"]), one, two))
    return found


_AGE: list[dict[str, Any]] = [
    {"sql_condition": "age_l IS NULL OR age_r IS NULL", "label_for_charts": "null", "is_null_level": True},
    {"sql_condition": "age_l = age_r", "label_for_charts": "same"},
    {"sql_condition": "abs(age_l - age_r) <= 2", "label_for_charts": "near"},
    {"sql_condition": "ELSE", "label_for_charts": "other"},
]


# -- while a card is typed


def _while_typing(pile: Sequence[Card]) -> list[Row]:
    """The second card of somebody registered is typed over all first cards: name, then age and sex, then parents and place."""
    seen: set[int] = set()
    first: list[Card] = []
    second: list[Card] = []
    for card in pile:
        (second if card.who in seen else first).append(card)
        seen.add(card.who)
    with tempfile.TemporaryDirectory() as place:
        vault, _ = Vault.create(Path(place) / "vault", site="Bench", name="Bench", passphrase="bench bench bench bench", hardness=FLOOR)
        session = Session(vault)
        keys = _write(session, first)
        times, hits = [], 0
        for card in second[:TYPED]:
            for typed in _steps(card):
                began = time.perf_counter()
                found = twice.like(session, typed=typed)
                times.append((time.perf_counter() - began) * 1000)
            hits += keys[card.who] in [one.person.code for one in found]
        session.close()
    return [
        Row(f"{len(first):,} people, likely doubles beside a card as it is typed, 95 of 100", percentile(times, 0.95), "ms", 50),
        Row("the same, half of the times", percentile(times, 0.5), "ms"),
        Row("the right one among the five shown when the card is full", hits / min(TYPED, len(second)), "", more_is_better=True),
    ]


def _steps(card: Card) -> Iterable[Typed]:
    yield Typed((card.name[: max(2, len(card.name) // 2)],))
    yield Typed((card.name,))
    yield Typed((card.name,), age=card.age, sex=card.sex)
    yield Typed((card.name,), card.father, card.mother, card.age, card.sex, card.township, card.phone, card.paper)


def _write(session: Session, pile: Sequence[Card]) -> dict[int, str]:
    """The cards straight into the journal; the case code of each person by number."""
    journal, today, made = session.journal(Folder.RECEPTION), session.today(), {}
    homes: dict[int, str] = {}
    for begin in range(0, len(pile), _AT_ONCE):
        with journal.save("practice") as save:
            for card in pile[begin: begin + _AT_ONCE]:
                if card.household not in homes:
                    homes[card.household] = save.create("household", {"code": codes.new()}).text()
                code = made[card.who] = codes.new()
                values: dict[str, Value] = {
                    "code": code, "name": card.name, "name_roman": card.name_other or None, "sex": card.sex, "township": card.township or None,
                    "father_name": card.father or None, "mother_name": card.mother or None, "phone": card.phone or None, "state": "here",
                    "paper_number": card.paper or None, "household": homes[card.household], "arrived": f"{today}T08:00",
                }
                if card.age is not None:
                    values["birth"] = Birth("age", years=card.age, told_on=today).value()
                save.create("person", values)
    return made
