"""A form as plain values and back."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.values import Silence
from desktop.forms import shipped
from desktop.forms.filled import FilledForm, Node
from tests.desktop.forms.sheets import NOW, filled, table

NAMES = ("အောင်မျိုးထက်", "အင်္ဂလိပ်", "Naw Eh", "စောဖိုး", "x")


def every_node(form: FilledForm, path: str = "") -> list[Node]:
    found = []
    for node in form.children(path):
        found.append(node)
        if node.kind != "question":
            found += every_node(form, node.path)
    return found


def some_text(node: Node, draw: st.DataObject) -> str:
    if node.type in ("select_one", "select_multiple"):
        names = [choice.name for choice in node.choices]
        if not names:
            return ""
        if node.type == "select_one":
            return draw.draw(st.sampled_from(names))
        return " ".join(draw.draw(st.lists(st.sampled_from(names), unique=True, max_size=3)))
    if node.type == "integer":
        return str(draw.draw(st.integers(-5, 2030)))
    if node.type == "date":
        return (date(2026, 1, 15) + timedelta(days=draw.draw(st.integers(-30000, 400)))).isoformat()
    return draw.draw(st.sampled_from(("", *NAMES)))


def step(form: FilledForm, draw: st.DataObject) -> None:
    """One thing that a person may do."""
    nodes = every_node(form)
    repeats = [path for path, _, _ in form.repeats("")] + [path for section in form.sections() for path, _, _ in form.repeats(section.path)]
    kind = draw.draw(st.sampled_from(("set", "set", "set", "set", "silent", "add", "remove")))
    if kind == "add" and repeats:
        form.add(draw.draw(st.sampled_from(repeats)))
    elif kind == "remove":
        instances = [node.path for node in nodes if node.kind == "repeat"]
        if instances:
            form.remove(draw.draw(st.sampled_from(instances)))
    else:
        node = draw.draw(st.sampled_from([node for node in nodes if node.kind == "question"]))
        if kind == "silent":
            form.be_silent(node.path, draw.draw(st.sampled_from((None, *Silence))))
        else:
            form.set(node.path, some_text(node, draw))


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from(shipped.NAMES))
def test_a_draft_comes_back_as_it_was_whatever_was_answered(draw: st.DataObject, name: str) -> None:
    form = FilledForm(shipped.definition(name), now=NOW)
    for _ in range(draw.draw(st.integers(1, 12))):
        step(form, draw)
    kept = json.loads(json.dumps(form.state()))
    again = FilledForm.from_state(shipped.definition(name), kept, now=NOW)
    assert again.state() == form.state()
    assert every_node(again) == every_node(form)
    assert again.problems() == form.problems()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_answering_step_by_step_gives_the_same_as_computing_everything_at_once(draw: st.DataObject) -> None:
    survey = table(
        "type | name | label | calculation | relevant | choice_filter", "integer | n | N | | |", "begin repeat | r | R | | |",
        "integer | a | A | | ${n} != 3 |", "calculate | b | | ${a} + ${n} | |", "calculate | c | | ${b} + sum(${a2}) | |", "integer | a2 | A2 | | ${b} > 0 |",
        "end repeat | | | | |", "calculate | all | | sum(${c}) + count(${r}) | |", "text | last | L | | ${all} > 5 |",
    )
    form = filled(survey)
    for _ in range(draw.draw(st.integers(1, 15))):
        step(form, draw)
    fresh = FilledForm.from_state(form.definition, form.state(), now=NOW)
    assert fresh.state() == form.state()
    assert every_node(fresh) == every_node(form)


def test_answers_that_have_no_place_any_more_are_kept() -> None:
    old = filled(table("type | name | label", "text | name | N", "text | gone | G"))
    old.set("/data/name", "Su")
    old.set("/data/gone", "kept")
    new = filled(table("type | name | label", "text | name | N"))
    moved = FilledForm.from_state(new.definition, old.state(), now=NOW)
    assert moved.node("/data/name").value == "Su"
    answers = moved.state()["answers"]
    assert isinstance(answers, dict)
    assert answers["/data/gone"] == "kept"


def test_a_default_that_was_cleared_stays_cleared() -> None:
    form = filled(table("type | name | label | default", "text | town | T | Hpa-An", "date | day | D | today()"))
    form.set("/data/town", "")
    form.set("/data/day", "")
    again = FilledForm.from_state(form.definition, form.state(), now=NOW)
    assert (again.node("/data/town").value, again.node("/data/day").value) == ("", "")


def test_a_draft_holds_plain_texts_only() -> None:
    form = filled(
        table("type | name | label | default | calculation", "date | day | D | today() |", "calculate | when | | | now()", "calculate | due | | | date(${day})")
    )
    answers = form.state()["answers"]
    assert isinstance(answers, dict)
    assert {type(text) for text in answers.values()} == {str}
