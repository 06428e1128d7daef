"""Forms that were made to fill a memory: their rules fail or stop, and the form stays open."""

from __future__ import annotations

import time

import pytest

from desktop.forms.filled import FilledForm
from desktop.forms.importing import look
from desktop.forms.loading import load
from desktop.forms.playing import Script, play
from desktop.forms.tree import MOST_INSTANCES, MOST_NODES
from desktop.forms.xpath import effort
from desktop.paper.documents.blank_form import draw
from desktop.paper.page import Print
from desktop.services.form_on_paper_blank import blank_form
from tests.desktop.forms.sheets import NOW, filled, form, table, value
from ui.forms.sliding import steps_of

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


DEEP = {
    "asks every node about every other": "count(/data/g//*[count(/data/g//*[count(/data/g//*[position() > 0]) > 0]) > 0])",
    "compares texts of the whole tree": "count(/data/g//*[count(/data/g//*[string(/data/g) = 'x']) > 0])",
    "walks and finds nothing": "count(/data/g//*[count(/data/g//*[count(/data/g//nothing) > 0]) > 0])",
    "goes over all rows again and again": "count(/data/g/k/a[count(/data/g/k/a[count(/data/g/k/a[. = 'x']) = 0]) > 0])",
    "adds up all rows again and again": "count(/data/g//*[count(/data/g//*[sum(/data/g/k/b) > 0]) > 0])",
}


def heavy(rule: str, rows: int = 400) -> str:
    return table(
        "type | name | label | repeat_count | calculation", "begin_group | g | G | |", f"begin_repeat | k | K | {rows} |", "text | a | A | |", "integer | b | B | |",
        "end_repeat | | | |", "end_group | | | |", f"calculate | c | | | {rule}", "calculate | easy | | | count(/data/g/k[position() < 5])", "text | last | L | |",
    )


@pytest.mark.parametrize("rule", DEEP.values(), ids=DEEP)
def test_a_rule_that_would_take_for_ever_is_stopped_and_told(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "ONE_SECONDS", 1.0)
    began = time.monotonic()
    made = filled(heavy(rule))
    assert made.overworked() == ("/data/c",)
    assert (value(made, "/data/c"), value(made, "/data/easy")) == ("", "4")
    first = time.monotonic() - began
    assert first < 30
    for number in range(5):  # nobody waits for it a second time
        assert made.set(f"/data/g/k[{number + 1}]/a", "x") == ""
        made = made.copy_with(made.state())
    assert made.overworked() == ("/data/c",)
    assert time.monotonic() - began < first + 10


def test_many_rules_that_take_long_share_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "WHOLE_SECONDS", 2.0)
    rows = [f"calculate | c{number} | | count(/data/g//*[count(/data/g//*[count(/data/g//*) > 0]) > {number}])" for number in range(20)]
    began = time.monotonic()
    made = filled(table("type | name | label | calculation", *rows, "begin_group | g | G |", *(f"text | t{number} | T |" for number in range(300)), "end_group | | |"))
    assert len(made.overworked()) == 20
    assert time.monotonic() - began < 40


def test_such_a_form_is_not_brought_in() -> None:
    text = f"| survey |\n{heavy(DEEP['walks and finds nothing'])}\n| settings |\n| | form_id |\n| | heavy |"
    found = look(text.encode(), "heavy.md")
    assert [(one.code, one.sheet, one.fields["question"]) for one in found.refusals] == [("import.too_heavy", "survey", "c")]
    assert found.compiled is None


def test_big_lists_of_real_forms_are_gone_through() -> None:
    """A filter that no index helps with, over 10,000 rows, asked for by several questions."""
    items = "".join(f"<item><name>n{number}</name><of>{number % 90}</of></item>" for number in range(10_000))
    asked = "".join(f"<q{number}/>" for number in range(6))
    binds = "".join(f'<bind nodeset="/data/q{number}" type="string"/>' for number in range(6))
    selects = "".join(
        f"""<select1 ref="/data/q{number}"><label>Q</label><itemset nodeset="instance('l')/root/item[of mod 2 = 1 and of &gt; /data/r]">"""
        '<value ref="name"/><label ref="name"/></itemset></select1>' for number in range(6)
    )
    made = FilledForm(load(f"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>L</h:title>
    <model><instance><data id="l"><r/>{asked}</data></instance><instance id="l"><root>{items}</root></instance><bind nodeset="/data/r" type="int"/>
    {binds}</model></h:head><h:body><input ref="/data/r"><label>R</label></input>{selects}</h:body></h:html>""".encode()), now=NOW)
    for answer in ("50", "70"):
        assert made.set("/data/r", answer) == ""
        counts = {len(node.choices) for node in made.children("") if node.type == "select_one"}
        assert counts == {sum(1 for number in range(10_000) if number % 90 % 2 == 1 and number % 90 > int(answer))}
    assert made.overworked() == ()


@pytest.mark.parametrize(("start", "end", "step"), [
    ("0", "1E1000000", "1"), ("0", "10", "1E-1000000"), ("0", "1E1000000", "1E1000000"), ("-1E999999", "1E999999", "1E999998"),
])
def test_a_range_beyond_all_measure_is_none(start: str, end: str, step: str) -> None:
    made = load(f"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>R</h:title><model><instance>
    <data id="r"><q/></data></instance><bind nodeset="/data/q" type="int"/></model></h:head><h:body><range ref="/data/q" start="{start}" end="{end}"
    step="{step}"><label>Q</label></range></h:body></h:html>""".encode())
    widget = FilledForm(made, now=NOW).node("/data/q").widget
    assert None in (widget.start, widget.end, widget.step)
    assert steps_of(FilledForm(made, now=NOW).node("/data/q")) == []
    paper = Print("T", "A4", checked=True)
    draw(paper, blank_form(made))
    assert paper.faults() == []
