"""Expressions by themselves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime

import pytest

from desktop.forms.xpath.compiler import Place, compile_expression
from desktop.forms.xpath.effort import Effort
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import EvaluationError, ExpressionError
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.references import Reference, references
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import Moment, XValue, to_text


class World:
    """A small form: a few leaves, three instances of a repeat, one list."""

    def __init__(self) -> None:
        self.document = Element("#document")
        self.version = "7"
        self.effort = Effort()
        self.now = Moment.of(datetime(2026, 1, 15, 9, 30))
        self.today = Moment.of(date(2026, 1, 15))
        root = grow(self.document, "data")
        for name, held in {"t": "abc", "i": 7.0, "d": Moment.of(date(2026, 1, 14)), "blank": "", "sm": "a b c"}.items():
            grow(root, name, held)
        hidden = grow(root, "hidden", 5.0)
        hidden.relevant = False
        for x, y in ((1.0, "a"), (2.0, "b"), ("", "c")):
            one = grow(root, "r")
            grow(one, "x", x)
            grow(one, "y", y)
        self.root = root
        self.lists = Element("#document")
        items = grow(self.lists, "root")
        for name, label in (("a", "Ant"), ("b", "Bee")):
            item = grow(items, "item")
            grow(item, "name", name)
            grow(item, "label", label)

    def instance(self, name: str) -> Sequence[Element]:
        return (self.lists,) if name == "animals" else ()

    def choice_label(self, value: str, question: str, at: Element) -> str:
        return f"{question}:{value}"

    def translation(self, name: str) -> str:
        return f"<{name}>"


def grow(parent: Element, name: str, held: str | float = "") -> Element:
    child = Element(name)
    child.value, child.text = held, to_text(held)
    parent.insert(child)
    return child


WORLD = World()


def run(source: str, path: tuple[str, ...] = (), at: Element | None = None) -> XValue:
    place = Place(path, frozenset({("data", "r")}))
    return compile_expression(parse(source), place)(Scope(at or WORLD.root, WORLD))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9.0), ("-/data/i", -7.0), ("--1", 1.0), ("7 div 2", 3.5), ("-5 mod 3", -2.0),
        ("1 div 0", math.inf), ("'5' + '5'", 10.0), ("2 > 1 and 1 > 2 or true()", True), ("1 < 2 = true()", True),
        ("/data/i = 7", True), ("/data/i = '7'", True), ("/data/t != 'abc'", False), ("'b' < 'c'", False), ("'' = 0", False),
        ("if(/data/i > 5, 'yes', 'no')", "yes"), ("not('')", True), ("boolean('false')", True), ("boolean(/data/blank)", False),
        ("coalesce(/data/blank, 'x')", "x"), ("round(2.5)", 3.0), ("round(-2.5)", -2.0), ("round(1.255, 2)", 1.26), ("round(1234, -2)", 1200.0),
        ("int(-2.7)", -2.0), ("floor(-1.5)", -2.0), ("abs(-3)", 3.0), ("pow(2, 10)", 1024.0),
        ("regex('abc', 'b')", False), ("regex('abc', '.b.')", True), ("regex('', '^$')", True),
        ("concat('a', 1, true())", "a1true"), ("string-length('မြန်မာ')", 6.0), ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -2)", "lo"), ("contains('မောင်မောင်', 'မောင်')", True), ("starts-with('abc', 'ab')", True),
        ("ends-with('abc', 'bc')", True), ("translate('abc', 'ab', 'x')", "xc"), ("normalize-space('  a  b ')", "a b"),
        ("selected(/data/sm, 'b')", True), ("selected(/data/sm, 'ab')", False), ("selected-at(/data/sm, 1)", "b"),
        ("selected-at(/data/sm, 9)", ""), ("count-selected(/data/sm)", 3.0), ("boolean-from-string('1')", True),
        ("jr:choice-name('a', '/data/sm')", "/data/sm:a"), ("jr:itext('n')", "<n>"),
        ("checklist(1, 1, true(), false())", True), ("weighted-checklist(3, -1, true(), 2)", False),
    ],
)
def test_values(source: str, expected: XValue) -> None:
    assert run(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("count(/data/r)", 3.0), ("sum(/data/r/x)", 3.0), ("max(/data/r/x)", 2.0), ("min(/data/r/x)", 1.0),
        ("count-non-empty(/data/r/x)", 2.0), ("join(',', /data/r/y)", "a,b,c"), ("concat(/data/r/y)", "abc"), ("max('a', 1)", 1.0),
        ("/data/r/y = 'b'", True), ("count(/data/r[x > 0])", 2.0), ("string(/data/r[position() = 2]/y)", "b"),
        ("string(/data/r[last()]/y)", "c"), ("count(/data/r | /data/r[1])", 3.0), ("count(//y)", 3.0), ("count(/data/*)", 8.0),
        ("string(/data/r[2]/preceding-sibling::r/y)", "a"), ("count(/data/r[1]/x/ancestor::*)", 2.0),
        ("indexed-repeat(/data/r/x, /data/r, 2) + 0", 2.0), ("count(indexed-repeat(/data/r/x, /data/r, 9))", 0.0),
        ("string(instance('animals')/root/item[name = 'b']/label)", "Bee"), ("count(instance('none')/root/item)", 0.0),
    ],
)
def test_node_sets(source: str, expected: XValue) -> None:
    assert run(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/data/d < today()", True), ("today() - /data/d", 1.0), ("/data/d = '2026-01-14'", True), ("date('2026-01-15') = today()", True),
        ("string(date(now()))", "2026-01-15"), ("date('2026-01-15') + 1 = decimal-date-time('2026-01-16')", True),
        ("'2026-01-15' < '2026-01-16'", False), ("decimal-date-time('2026-01-15T12:00:00Z') mod 1", 0.5),
        ("format-date(/data/d, '%e.%n.%Y %a %b')", "14.1.2026 Wed Jan"), ("format-date-time(now(), '%H:%M')", "09:30"),
        ("format-date('', '%Y')", ""), ("decimal-time('06:00')", 0.25), ("string(date(20468))", "2026-01-15"), ("date('')", ""),
    ],
)
def test_dates(source: str, expected: XValue) -> None:
    assert run(source) == expected


@pytest.mark.parametrize("source", ["date('2026-02-30')", "date('soon')", "format-date('soon', '%Y')", "count('a')", "regex('a', '(')"])
def test_what_has_no_value_says_so(source: str) -> None:
    with pytest.raises(EvaluationError):
        run(source)


@pytest.mark.parametrize("source", ["1 +", "(1", "nosuch()", "if(1)", "a b", "'open", "/data/", "child::", "1 2", "foo::a", "(" * 500])
def test_what_is_no_expression_is_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        run(source)


def test_nodes_that_are_not_relevant_drop_out() -> None:
    assert run("count(/data/hidden)") == 0
    assert run("/data/hidden = ''") is True
    assert run("/data/hidden != 5") is True


def test_an_absolute_path_inside_a_repeat_means_this_instance() -> None:
    second = WORLD.root.named["r"][1]
    inside = ("data", "r", "y")
    assert to_text(run("/data/r/x", inside, second.named["y"][0])) == "2"
    assert run("sum(../../r/x)", inside, second.named["y"][0]) == 3
    assert run("position(..)", inside, second.named["y"][0]) == 2
    assert run("count(/data/r)", inside, second.named["y"][0]) == 3


def test_current_is_the_node_of_the_expression_inside_a_predicate() -> None:
    second = WORLD.root.named["r"][1]
    found = run("instance('animals')/root/item[name = current()/../y]/label", ("data", "r", "x"), second.named["x"][0])
    assert to_text(found) == "Bee"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/data/i + /data/t", {("data", "i"), ("data", "t")}), ("../x", {("data", "r", "x")}),
        ("instance('animals')/root/item[name = current()/../y]", {("data", "r", "y")}),
        ("/data/r[position() = 1]/y", {("data", "r", "y")}), ("//y", {("**", "y")}),
        ("if(selected(/data/sm, 'a'), /data/i, 0)", {("data", "sm"), ("data", "i")}),
        ("indexed-repeat(/data/r/x, /data/r, /data/i)", {("data", "r", "x"), ("data", "i")}),
    ],
)
def test_references(source: str, expected: set[tuple[str, ...]]) -> None:
    found = references(parse(source), Place(("data", "r", "y"), frozenset({("data", "r")})))
    assert {reference.path for reference in found} == expected


def test_a_reference_knows_how_far_it_stays_in_its_own_instance() -> None:
    place = Place(("data", "r", "y"), frozenset({("data", "r")}))
    assert references(parse("/data/r/x"), place) == {Reference(("data", "r", "x"), 2)}
    assert references(parse("../x"), place) == {Reference(("data", "r", "x"), 2)}
    assert references(parse("../../r/x"), place) == {Reference(("data", "r", "x"), 1)}
    assert references(parse("../../r[position() = 1]/x"), place) == {Reference(("data", "r", "x"), 1, chosen=True)}
