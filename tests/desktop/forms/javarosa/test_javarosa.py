"""Relevance and values after seeded random fills are those of JavaRosa. Where they are not, the reason is listed here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.forms.compile import compile_workbook
from desktop.forms.loading import load
from tests.desktop.forms.javarosa import oracle
from tests.desktop.forms.javarosa.own_form import OWN
from tests.desktop.forms.random_fills import steps
from tests.tree import ROOT

pytestmark = pytest.mark.skipif(not oracle.java() or oracle.jar() is None, reason="needs Java 17 and the jar in the form compiler's wheel")
CORPUS = ROOT.parent / "shared" / "corpus" / "xlsforms"
ENOUGH = 0.995

NOT_LOADED = {
    "exclude-non-relevant-cascade-across-repeats": "JavaRosa knows no path that begins with a function in brackets; the form is one of Enketo's.",
}
"""Forms that JavaRosa itself cannot load or compute, and why."""

DIFFERENCES = {
    ("2-all-possible-notes", "/data/group/date_note"): "A date with a time of day as the author's default: kept here, lost there.",
    ("2-all-possible-notes", "/data/group/time_note"): "A time with a zone as the author's default: kept as written here, turned to UTC there.",
    **{
        ("own", f"/data/{name}"): "JavaRosa takes away an answer that is no longer on offer and leaves what was computed from it as it was."
        for name in ("needs", "area", "filled", "first_need", "how_many", "order", "shown", "home/kid/kid_town")
    },
    ("own", "/data/home/oldest"): "max() of numbers below 0 is 0 there.",
    ("own", "/data/home/kid/elder"): "What another instance of the same repeat holds: computed anew when it changes here, not there.",
    ("socio-economic-survey-v20240515", "/data/headOfHousehold/SEClass"): "jr:choice-name of no choice: blank here, [itext:] there.",
}
"""(form, path without numbers) -> why JavaRosa says something else."""


def sources(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name, compiled form) of our own form and of every form of the corpus that is one."""
    own = folder / "own.xml"
    own.write_bytes(compile_workbook(OWN).xml)
    yield "own", own
    for path in sorted(CORPUS.glob("*")) if CORPUS.is_dir() else ():
        if path.suffix == ".xml":
            yield path.stem, path
        elif path.suffix in (".xlsx", ".xls"):
            compiled = folder / f"{path.stem}.xml"
            try:
                compiled.write_bytes(compile_workbook(path.read_bytes()).xml)
            except UserError:
                continue
            yield path.stem, compiled


def compared(folder: Path, seeds: int, number: int) -> tuple[int, list[tuple[str, str, str]]]:
    """(nodes compared, differences: form, path without numbers, what each says)."""
    now = datetime.now(timezone.utc)
    jobs, mine = [], {}
    for name, path in sources(folder):
        try:
            definition = load(path.read_bytes())
        except UserError:
            continue
        for seed in range(seeds):
            done, form = steps(definition, seed, number, now)
            job = oracle.Job(f"{name}~{seed}", path, done)
            jobs.append(job)
            mine[job.name] = oracle.ours(form)
    played = oracle.play(jobs, folder)
    nodes, differences = 0, []
    for job in jobs:
        name, theirs = job.name.partition("~")[0], played[job.name]
        if name in NOT_LOADED:
            assert theirs.fault, name
            continue
        assert (theirs.fault, theirs.refused) == ("", []), job.name
        for path in dict.fromkeys([*mine[job.name], *theirs.nodes]):
            nodes += 1
            here, there = mine[job.name].get(path), theirs.nodes.get(path)
            if here is None or there is None or here[0] != there[0] or not oracle.same(here[1], there[1]):
                differences.append((name, re.sub(r"\[\d+\]", "", path), f"{path} here {here} there {there}"))
    return nodes, differences


def check(folder: Path, seeds: int, number: int) -> None:
    nodes, differences = compared(folder, seeds, number)
    unexplained = [f"{name} {said}" for name, path, said in differences if (name, path) not in DIFFERENCES]
    assert not unexplained, "\n".join(dict.fromkeys(unexplained[:200]))
    assert nodes > seeds * 100
    assert len(differences) <= (1 - ENOUGH) * nodes


def test_random_fills_agree_with_javarosa(tmp_path: Path) -> None:
    check(tmp_path, 4, 60)


@pytest.mark.slow
def test_many_long_random_fills_agree_with_javarosa(tmp_path: Path) -> None:
    check(tmp_path, 40, 150)
