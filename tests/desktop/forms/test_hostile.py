"""Forms that were made to fill a memory: their rules fail or stop, and the form stays open."""

from __future__ import annotations

import pytest

from desktop.forms.filled import FilledForm
from desktop.forms.playing import Script, play
from desktop.forms.tree import MOST_INSTANCES, MOST_NODES
from tests.desktop.forms.sheets import NOW, filled, form, table, value

PATTERNS = ("a{999999999}", "((a{1000}){1000}){10}", "(?:ab){50000000}", r"([a-z]{9000})(\d{200000})", "(x{3}){99999}")
GOOD_PATTERNS = (
    ("09-420123456", r"09-\d{7,9}"), ("ab12", "([a-z]{2}|[A-Z]{2})[0-9]{2}"), ("a" * 500, "(a{50}){10}"), ("{5}", r"\{5\}"), ("x[y", r"x[\[(]y"),
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_that_repeats_without_end_fails(pattern: str) -> None:
    made = filled(table("type | name | label | calculation", f"calculate | a | | regex('a', '{pattern}')"))
    assert dict(made.failed()) == {"/data/a": "regex: repeats too often"}


@pytest.mark.parametrize(("text", "pattern"), GOOD_PATTERNS)
def test_patterns_of_real_forms_are_none_of_these(text: str, pattern: str) -> None:
    made = filled(table("type | name | label | calculation", f"calculate | a | | regex('{text}', '{pattern.replace('|', chr(92) + '|')}')"))
    assert (made.failed(), value(made, "/data/a")) == ([], "true")


@pytest.mark.parametrize("rule", ["concat(${a%d}, ${a%d})", "join('', ${a%d}, ${a%d})"])
def test_texts_that_double_themselves_end(rule: str) -> None:
    rows = [f"calculate | a{place + 1} | | {rule % (place, place)}" for place in range(40)]
    made = filled(table("type | name | label | calculation", "calculate | a0 | | 'ten letters'", *rows))
    assert [why for _, why in made.failed()] == ["the text is too long"]
    assert max(len(item.text) for item in made.items()) <= 1_000_000


def test_a_number_of_instances_out_of_all_reason_is_bounded_and_told() -> None:
    state = play(form(table(
        "type | name | label | repeat_count", "begin_repeat | k | K | 1000000000", "text | a | A |", "end_repeat | | |",
    )), Script())
    assert (len([1 for node in state["nodes"] if node["kind"] == "repeat"]), state["problems"]) == (  # type: ignore[attr-defined]
        MOST_INSTANCES, [{"path": "/data/k", "message": f"more than {MOST_INSTANCES} instances"}],
    )


def test_repeats_in_repeats_do_not_multiply_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.forms.tree.MOST_NODES", 500)
    assert MOST_NODES > 500
    made = filled(table(
        "type | name | label | repeat_count", "begin_repeat | k | K | 20", "begin_repeat | j | J | 1000", "text | b | B |", "end_repeat | | |", "end_repeat | | |",
    ))
    assert len(list(made.items())) < 520
    assert {why for _, why in made.failed()} == {"too many instances in the whole form"}
    assert made.set("/data/k[1]/j[1]/b", "x") == ""


def test_a_foreign_form_cannot_begin_with_any_number_of_instances() -> None:
    definition = form(
        table("type | name | label | body::ws:begins", "begin_repeat | k | K | 1000000000", "text | a | A |", "end_repeat | | |"),
        settings=table("form_id | namespaces", 'f | ws="urn:waystation:xforms"'),
    )
    assert len(FilledForm(definition, now=NOW).instance_names()["/data/k"]) == MOST_INSTANCES
