"""Forms of others, where they are at hand: they load after the repairs that are offered, and can be filled to the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.forms.filled import FilledForm
from desktop.forms.importing import Import, look
from desktop.forms.loading import load
from tests.desktop.forms.random_fills import to_the_end
from tests.desktop.forms.sheets import NOW, filled, table
from tests.tree import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "xlsforms"
REFUSED = {"simple-dag-cycle.xml": "import.cycle"}
LEFT = {
    ("cht_pregnancy.xlsx", "visited_date"): "The form compares a date with a text that looks like one, which is never true in JavaRosa (0004).",
    ("whova_form.xlsx", "Id10352_b"): "At most the age in years, which the form leaves blank for who gave the age in months.",
}
"""(form, question) -> why no answer can be right."""


def forms() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*") if path.suffix in (".xml", ".xlsx", ".xls"))


def repaired(path: Path) -> Import:
    found = look(path.read_bytes(), path.name)
    return found if found.compiled is not None else look(path.read_bytes(), path.name, accepted=[repair.id for repair in found.repairs])


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")
def test_forms_of_others_are_filled_to_the_end_or_say_why_not() -> None:
    refused = {}
    for path in forms():
        found = repaired(path)
        if found.compiled is None:
            refused[path.name] = found.refusals[0].code
            continue
        definition = load(found.compiled)
        assert FilledForm(definition, now=NOW).children(""), path.name
        for seed in (1, 2):
            form, left = to_the_end(definition, seed, NOW)
            assert [problem.path for problem in left if (path.name, problem.path.rpartition("/")[2]) not in LEFT] == [], path.name
            assert form.failures() == {}, path.name
            again = FilledForm.from_state(definition, form.state(), now=NOW)
            assert again.instance_names() == form.instance_names(), path.name
            assert {item.path for item in again.items() if item.text} == {item.path for item in form.items() if item.text}, path.name
    assert refused == REFUSED


def test_a_cycle_is_told_by_the_names_on_its_way() -> None:
    found = look(b"| survey |\n" + table(
        "type | name | label | calculation", "calculate | first | | ${second} + 1", "calculate | second | | ${first} + 1", "text | a | A |",
    ).encode())
    assert [refusal.code for refusal in found.refusals] == ["import.cycle"]
    assert {"first", "second"} <= set(str(found.refusals[0].fields).replace("'", " ").replace("→", " ").split())


def test_a_repeat_that_always_asks_for_one_more_gets_it_when_the_last_was_answered() -> None:
    form = filled(table(
        "type | name | label | calculation | repeat_count", "calculate | there | | count(${person}) |",
        "calculate | wanted | | if(${there} = 0 or indexed-repeat(${last}, ${person}, ${there}) != 'yes', ${there} + 1, ${there}) |",
        "begin_repeat | person | Person | | ${wanted}", "text | name | Name | |", "text | last | Last | |", "end_repeat | | | |",
    ))
    assert form.repeats() == [("/data/person", "Person", 1)]
    form.set("/data/person[1]/name", "Mu")
    assert form.repeats() == [("/data/person", "Person", 2)]
    form.set("/data/person[1]/name", "Mu Mu")
    assert form.repeats() == [("/data/person", "Person", 2)]
    form.set("/data/person[2]/last", "yes")
    assert form.repeats() == [("/data/person", "Person", 2)]
