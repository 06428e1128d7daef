"""No expression, whatever somebody wrote into a form, does more harm than to have no result."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from desktop.forms.xpath.axes import AXES
from desktop.forms.xpath.compiler import Place, compile_expression
from desktop.forms.xpath.elements import Attribute, Comment, Document, Element, Instruction, Namespace, QualifiedElement, Text
from desktop.forms.xpath.errors import EvaluationError, ExpressionError
from desktop.forms.xpath.functions import FUNCTIONS
from desktop.forms.xpath.functions.coded import PATIENCE
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.references import references
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.syntax import Call, Literal
from desktop.forms.xpath.values import Moment, XValue, stored, to_boolean, to_number, to_text
from tests.desktop.forms.xpath_dom import World, evaluate

NAMES = ("a", "b", "item", "root", "name", "key")
PLACE = Place(("root", "a", "b"), frozenset({("root", "a")}))
ODD_TEXTS = (
    "", " ", "0", "-0", "1e999", "9" * 400, "NaN", "Infinity", "2024-02-29", "2023-02-29", "0000-01-01", "9999-12-31T23:59:59.999Z", "2026-03-29T02:30:00.000",
    "1970-01-01T00:00:00.000+99:99", "2026-1-1T1:1", "12:00", "24:00:00", "၁၂၃", "မြန်မာ", "a b  c", "\ud800", "\x00", "%Y%Q%", "(a|aa)+$", "[", "0 0;91 181", "YQ",
)
texts = some.one_of(some.sampled_from(ODD_TEXTS), some.text(max_size=12))
numbers = some.one_of(
    some.floats(allow_nan=True, allow_infinity=True), some.sampled_from([0.0, -0.0, 1e308, -1e308, 5e-324, 1e15, 2.0**63, -2.0**31, 719163.0]), some.integers(-5, 5).map(float)
)


def literal(value: str | float) -> str:
    if isinstance(value, str):
        return f"'{value}'" if "'" not in value else f'"{value}"' if '"' not in value else "''"
    return f"({value!r})" if value == value and abs(value) != float("inf") else "(1 div 0)"


def steps(inner: some.SearchStrategy[str]) -> some.SearchStrategy[str]:
    tests = some.sampled_from([*NAMES, "*", "node()", "text()", "comment()", "processing-instruction('x')", "x:a", "x:*"])
    axes = some.one_of(some.just(""), some.sampled_from(sorted(AXES)).map(lambda axis: f"{axis}::"), some.just("@"))
    predicates = some.lists(inner.map(lambda source: f"[{source}]"), max_size=2).map("".join)
    return some.one_of(some.sampled_from([".", ".."]), some.builds(lambda axis, test, rest: axis + test + rest, axes, tests, predicates))


def paths(inner: some.SearchStrategy[str]) -> some.SearchStrategy[str]:
    begins = some.sampled_from(["", "/", "//", "current()/", "instance('list')/", "(//item)[1]/"])
    return some.builds(lambda begin, found: begin + "/".join(found), begins, some.lists(steps(inner), min_size=1, max_size=3))


def larger(inner: some.SearchStrategy[str]) -> some.SearchStrategy[str]:
    operators = some.sampled_from(["+", "-", "*", " div ", " mod ", "=", "!=", "<", ">=", " and ", " or ", "|"])
    names = some.sampled_from([*sorted(FUNCTIONS), "if", "coalesce", "once", "indexed-repeat"])
    return some.one_of(
        some.builds(lambda one, operator, two: f"{one} {operator} {two}", inner, operators, inner),
        some.builds(lambda name, arguments: f"{name}({', '.join(arguments)})", names, some.lists(inner, max_size=4)),
        inner.map(lambda source: f"-({source})"), paths(inner), some.builds(lambda one, two: f"({one})[{two}]", inner, inner),
    )


expressions = some.recursive(some.one_of(texts.map(literal), numbers.map(literal), paths(some.sampled_from(["1", "name = 'b'", "last()"]))), larger, max_leaves=6)


@some.composite
def trees(draw: some.DrawFn) -> tuple[World, Element]:
    """A small document with whatever kinds of nodes and values, and one node of it; the same document again as a list."""
    document, lists = Document(), Document()
    for top in (document, lists):
        nodes: list[Element] = [top]
        for _ in range(draw(some.integers(1, 8))):
            parent = draw(some.sampled_from([node for node in nodes if node.kind == "element"]))
            made = draw(some.sampled_from(["element", "element", "element", "text", "comment", "instruction", "qualified"]))
            name = draw(some.sampled_from(NAMES))
            child: Element = Element(name)
            if made == "text":
                child = Text(None, draw(texts))
            elif made == "comment":
                child = Comment("", None, draw(texts))
            elif made == "instruction":
                child = Instruction(name, None, draw(texts))
            elif made == "qualified":
                child = QualifiedElement(name, draw(some.sampled_from(["", "urn:x"])), "x", {"x": "urn:x"})
            child.attributes = {"id": draw(some.sampled_from(NAMES)), "lang": "my"} if child.kind == "element" else {}
            if child.kind == "element":
                value = draw(some.one_of(texts, numbers, some.booleans()))
                child.value = Moment.read(value) or value if isinstance(value, str) else value
                child.text = stored(value)
            child.relevant = draw(some.booleans()) or top is lists
            parent.insert(child)
            nodes.append(child)
    zone = draw(some.sampled_from([None, timezone.utc, timezone(timedelta(hours=6, minutes=30)), timezone(timedelta(hours=-11))]))
    world = World(document, {"list": lists}, datetime(2024, 2, 29, 23, 59, 59, tzinfo=zone))
    return world, draw(some.sampled_from(list(document.walk())))


@settings(max_examples=400, deadline=None)
@given(expressions, trees())
def test_nothing_but_its_own_errors_leaves_an_expression(source: str, tree: tuple[World, Element]) -> None:
    world, node = tree
    try:
        parsed = parse(source)
        references(parsed, PLACE)
        run = compile_expression(parsed, PLACE, checked=False)
    except ExpressionError:
        return
    try:
        value = run(Scope(node, world))
    except EvaluationError:
        return
    well_made(value)


def well_made(value: XValue) -> None:
    """A value of one of the four kinds, that can be turned into the others."""
    if not isinstance(value, (str, float, bool)):
        assert all(isinstance(found, Element) for found in value)
    assert isinstance(to_text(value), str)
    assert isinstance(stored(value), str)
    assert isinstance(to_number(value), float)
    assert isinstance(to_boolean(value), bool)


@settings(max_examples=300, deadline=None)
@given(some.text(alphabet="()[]/@.,*|+-=<>!'\" 019abdivorn:$&\nက", max_size=30))
def test_any_line_of_signs_is_read_or_refused(source: str) -> None:
    with suppress(ExpressionError):
        compile_expression(parse(source), PLACE)


def alone() -> World:
    return World(Document())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (" + ".join(["1"] * 5000), 5000.0), (" or ".join(["0"] * 5000 + ["1"]), True), (" and ".join(["1"] * 5000), True),
        ("+".join(["2 * 3"] * 2000), 12000.0), (f"string-length(concat({', '.join(['1'] * 5000)}))", 5000.0),
        ("if(0, 1, " * 900 + "7" + ")" * 900, 7.0), ("1 + if(0, 1, " * 60 + "7" + ")" * 60, 67.0), ("-" * 5001 + "1", -1.0),
        (f"count({' | '.join(['/'] * 3000)})", 1.0), ("(" * 90 + "1" + ")" * 90, 1.0), ("1" + " = 1" * 3000, True),
    ],
)
def test_thousands_of_terms(source: str, expected: XValue) -> None:
    references(parse(source), PLACE)
    assert evaluate(source, alone()) == expected


@pytest.mark.parametrize("source", ["(" * 400 + "1" + ")" * 400, "not(" * 5000 + "1" + ")" * 5000, "a[" * 3000 + "1" + "]" * 3000, "1 + (" * 2000 + "1" + ")" * 2000])
def test_what_is_nested_beyond_all_measure_is_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        parse(source)


def test_a_tree_too_deep_to_compile_is_refused() -> None:
    deep: Call = Call("not", (Literal(1.0),))
    for _ in range(100_000):
        deep = Call("not", (deep,))
    with pytest.raises(ExpressionError):
        compile_expression(deep, PLACE)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("(a|aa)+$", "a" * 60 + "!"), ("((a{1,100}){1,100}){1,100}b", "a" * 300), ("(x+x+)+y", "x" * 40), (r"(.*)(.*)(.*)(.*)(.*)[^\d]\1\2", "1" * 2000), ("(?:a?){60}a{60}", "a" * 59)],
)
def test_a_hostile_pattern_does_not_freeze_the_window(pattern: str, text: str) -> None:
    began = time.perf_counter()
    with suppress(EvaluationError):
        assert evaluate(f"regex('{text}', '{pattern}')", alone()) in (True, False)
    assert time.perf_counter() - began < 20 * PATIENCE


@pytest.mark.parametrize("pattern", ["a{1000000}{1000000}", "(" * 500 + "a" + ")" * 500, "a" * 30_000, "[" * 300, "(?<=a+)b", r"\p{Nonsense}", "(?P<x>a)(?P<x>b)", "*"])
def test_a_pattern_that_is_none_has_no_result(pattern: str) -> None:
    began = time.perf_counter()
    with suppress(EvaluationError):
        assert evaluate(f"regex('aaa', '{pattern}')", alone()) in (True, False)
    assert time.perf_counter() - began < 1


def test_nodes_that_are_made_at_every_look_are_still_the_same_node() -> None:
    document = Document()
    root = QualifiedElement("root", "", "", {"x": "urn:x"})
    root.attributes = {"id": "one", "{urn:x}kind": "two"}
    document.insert(root)
    world = World(document)
    assert to_number(evaluate("count(/root/@* | /root/@id | //@id)", world)) == 2
    assert to_number(evaluate("count(/root/namespace::*)", world)) == 2
    assert to_text(evaluate("name(/root/@*[2])", world)) == "x:kind"
    assert Attribute("id", root, "one").identity() == Attribute("id", root, "one").identity() != Namespace("id", root, "one").identity()
