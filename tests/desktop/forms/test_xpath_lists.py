"""Choice filters on big lists: looked up, and right."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from desktop.forms.xpath.elements import Document, Element
from desktop.forms.xpath.filters import lookup_in
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.syntax import Path
from desktop.forms.xpath.values import Moment, XValue, to_text
from tests.desktop.forms.xpath_dom import World, evaluate

LIST = "instance('l')/root/item"


def a_list(rows: Sequence[dict[str, str]]) -> Document:
    document = Document()
    root = Element("root")
    document.insert(root)
    for row in rows:
        item = Element("item")
        for name, text in row.items():
            item.insert(Element(name, None, text))
        root.insert(item)
    return document


def plain(document: Document) -> Element:
    """The same list where nothing is looked up."""
    copy = Element("#document")
    for child in document.children:
        copy.insert(child)
    for child in document.children:
        child.parent = document
    return copy


def data(**answers: str | float | bool) -> Document:
    document = Document()
    root = Element("data")
    document.insert(root)
    for name, value in answers.items():
        leaf = Element(name)
        leaf.value, leaf.text = value, to_text(value)
        root.insert(leaf)
    return document


def keys(value: XValue) -> list[str]:
    assert not isinstance(value, (str, float, bool))
    return [node.named["k"][0].text for node in value]


ROWS = [
    {"k": "0", "c": "1", "d": "a"}, {"k": "1", "c": "01", "d": "b"}, {"k": "2", "c": "1.0", "d": "a"}, {"k": "3", "c": "", "d": ""},
    {"k": "4", "d": "a"}, {"k": "5", "c": "2026-01-15", "d": "b"}, {"k": "6", "c": "true", "d": "a"}, {"k": "7", "c": "a", "d": "a"}, {"k": "8", "c": "1,0", "d": "b"},
    {"k": "9", "c": "0.30000000000000004", "d": "b"},
]
PREDICATES = [
    "c = '1'", "'1' = c", "c = 1", "1 = c", "c = /data/one", "/data/text = c", "c = ''", "c = /data/nothing", "c = true()", "c = false()",
    "c = today()", "c = date('2026-01-15')", "c = /data/day", "c = 0 div 0", "c = 1 div 0", "c = 0.1 + 0.2", "c = /data/*", "c = 1 and d = 'a'",
    "c = 1 and d = 'a' and k > 1", "c = 1 and position() = 1", "c = 1 and last() > 1", "c = d", "c = ../item/d", "c = current()/data/text",
    "c = 1 and d = 'b' and c = '01'", "c = 1 and d = true()", "d = 'a' and c = 'none' and k = date('soon')", "d = 'z' and k = date('soon')", "c = 'a'][d = 'a'", "c = 1][2", "c = 1][last()", "2][c = 1", "c = position()", "not(c = 1)", "c != 1", "c = 1 or d = 'b'", ". = 'a'", "k", "c = 1 and 2", "c = string()", "c = concat('', 1)",
    "c = if(/data/one = 1, 'a', '')", "d = 'a' and c = '01'", "(c = 1) = true()", "c = instance('l')/root/item[k = 7]/c", "c = -(-1)", "c = selected(/data/text, 'a')", "*[2] = 'a'", "x/y = ''",
]


@pytest.mark.parametrize("predicate", PREDICATES)
def test_what_is_looked_up_is_what_comparing_row_by_row_finds(predicate: str) -> None:
    answers = data(one=1.0, text="a", day=Moment.read("2026-01-15") or "", yes=True)
    rows = a_list(ROWS)
    slow = keys(evaluate(f"{LIST}[{predicate}]", World(answers, {"l": plain(rows)})))
    world = World(answers, {"l": rows})
    assert keys(evaluate(f"{LIST}[{predicate}]", world)) == slow
    assert keys(evaluate(f"{LIST}[{predicate}]", world)) == slow, "the second time"


cells = some.sampled_from(["", "1", "1.0", "01", " 1", "a", "b", "2", "0.3", "1e0", "-0", "0"])
values = some.one_of(cells, some.sampled_from([1.0, 0.0, -0.0, 0.1 + 0.2, 2.0, float("nan"), float("inf")]), some.booleans())


@settings(max_examples=150, deadline=None)
@given(some.lists(some.fixed_dictionaries({"c": cells}, optional={"d": cells}), max_size=12), some.lists(values, min_size=1, max_size=3))
def test_any_list_and_any_answers(rows: list[dict[str, str]], answered: list[str | float | bool]) -> None:
    document = a_list([{"k": str(place), **row} for place, row in enumerate(rows)])
    answers = data(**{f"q{place}": value for place, value in enumerate(answered)})
    for predicate in ("c = /data/q0", "d = /data/q0", "c = /data/*", "c = /data/q0 and d = ''"):
        slow = keys(evaluate(f"{LIST}[{predicate}]", World(answers, {"l": plain(document)})))
        assert keys(evaluate(f"{LIST}[{predicate}]", World(answers, {"l": document}))) == slow


@pytest.mark.parametrize(
    ("predicate", "looked_up"),
    [
        ("c = '1'", True), ("c = /data/q", True), ("c = current()/../q", True), ("'1' = c and d = 2", True), ("c/d = 1", True), (". = 1", True),
        ("c = instance('x')/root/item[1]/c", True), ("c = concat(/data/q, 'a')", True), ("c = d", False), ("c = ../q", False), ("c = position()", False),
        ("c = random()", False), ("c = uuid()", False), ("c = 1 and position() < 3", False), ("c = string()", False), ("c != 1", False), ("c", False),
        ("c = 1 or d = 1", False), ("c[1] = 1", False), ("* = 1", False), ("contains(c, 'a')", False), ("@c = 1", False), ("x:c = 1", False),
    ],
)
def test_only_what_is_the_same_for_all_rows_is_looked_up(predicate: str, looked_up: bool) -> None:
    path = parse(f"item[{predicate}]")
    assert isinstance(path, Path)
    assert (lookup_in(path.steps[0].predicates[0]) is not None) is looked_up


def test_a_column_is_read_once_for_each_list() -> None:
    rows = a_list(ROWS)
    world = World(data(one=1.0), {"l": rows})
    for _ in range(3):
        evaluate(f"{LIST}[c = '1']", world)
        evaluate(f"{LIST}[c = 1]/d", world)
        evaluate("pulldata('l', 'd', 'c', 'a')", world)
    assert [key[1:] for key in rows.indexes] == [("item", ("c",))]
    evaluate(f"{LIST}[d = 'a']", world)
    assert len(rows.indexes) == 2


def test_fifty_thousand_choices_are_narrowed_at_once() -> None:
    rows = a_list([{"k": str(place), "c": f"r{place % 500}", "half": str(place % 2)} for place in range(50_000)])
    world = World(data(region="r7"), {"l": rows})
    evaluate(f"{LIST}[c = /data/region and half = '1']", world)
    times = []
    for _ in range(9):
        began = time.perf_counter()
        found = evaluate(f"{LIST}[half = '1' and c = /data/region]", world)
        times.append(time.perf_counter() - began)
        assert len(keys(found)) == 100
    assert min(times) < 0.016
