"""The evaluations recorded from Enketo's own tests, where they are at hand: all pass but those listed beside this file with their reason.

How a row is read:

* Some rows stand under document 0 although their tests made one that was not recorded: `UNRECORDED` is that one, by the file of the row.
* The clock is the one the rows were recorded with, seven hours behind UTC.
* An expression that fails has a blank result, as in a form being filled (unless the row says that it must fail).
* Forms know the type of every answer; a node that holds nothing but a date stands for a date question.
* Enketo rounds areas and distances to hundredths; so do we before we compare.
* `rounded` is the expected number and the factor by which both are multiplied and rounded.
* A section of character data is a text.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop.forms.xpath.elements import Element, QualifiedElement
from desktop.forms.xpath.errors import EvaluationError, ExpressionError
from desktop.forms.xpath.values import Moment, XValue, number_text, to_boolean, to_number, to_text
from tests.desktop.forms.xpath_dom import NAMESPACES, World, document_of, evaluate, find, path_of
from tests.tree import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "xpath" / "enketo_cases.json"
LEFT = Path(__file__).parent / "xpath_enketo_left.tsv"
NOW = datetime(2026, 11, 21, 0, 12, tzinfo=timezone(timedelta(hours=-7)))
UNRECORDED = {
    "native/comparison-operator2.spec.js": "<div id='ComparisonOperatorCase'>"
    + "".join(
        f"<div id='ComparisonOperatorCaseNodeset{name}'>{''.join(f'<div>{held}</div>' for held in row)}</div>"
        for name, row in {
            "Negative5to5": range(-5, 6), "6to10": range(6, 11), "4to8": range(4, 9), "Empty": (), "Strings": ("aaa", "bbb", "cccccc", "ddd", "eee"),
        }.items()
    )
    + "</div>",
    "native/nodeset.spec.js": "<a><b/><b><c><d><p>1</p><p>2</p><p>3</p><p>4</p></d></c></b></a>",
    "native/string.spec.js": "<a><b>aaa</b><b><i>bbb</i>sss<i/><b>ccc<i>ddd</i></b></b><b><!-- hello world --></b><b>here is some text</b>"
    "<b><?xml-stylesheet type=\"text/xml\" href=\"test.xsl\"?></b><b><![CDATA[some cdata]]></b>"
    "<b id='FunctionStringCaseStringNodesetAttribute' class='123' width='  1   00%  '/></a>",
    "normalize-space()": "<a><b/><b>   </b><b>  a  b  </b><b>  a\n b \n c</b></a>".replace("b \n c", "bc  c\n"),
    "openrosa-xpath/if.spec.js": "<div><div id='FunctionChecklistCaseNo'>no</div><div id='FunctionChecklistCaseEmpty'/>"
    "<div id='FunctionChecklistCase0'>0</div></div>",
    "Eligible": "<data><a/><b/><c>1</c><d>0</d></data>",
    "infix-operators.spec.js": "<data><a>1</a><b>2</b></data>",
    "openrosa-xpath/once.spec.js": "<div><div/><div>ab</div></div>",
    "openrosa-xpath/weighted-checklist.spec.js": "<thedata><somenodes><A>one</A><B>one</B><C>one</C></somenodes>"
    "<someweights><w1>1</w1><w2>3</w2><w3>5</w3></someweights></thedata>",
}
_OF_THE_FILE = frozenset({"openrosa-xpath/if.spec.js", "infix-operators.spec.js", "native/comparison-operator2.spec.js"})


@lru_cache(maxsize=1)
def corpus() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CORPUS.read_text(encoding="utf-8"))
    return found


@cache
def world(source: str) -> World:
    document = document_of(source)
    for node in document.walk():
        moment = None if node.children else Moment.read(node.text)
        if moment is not None:
            node.value = moment
    return World(document, now=NOW)


def world_of(case: dict[str, Any]) -> World:
    """The world of a row: with the document it names, or the one it should have named."""
    expression, file = case["expr"], case["file"]
    if case["doc"] == 0 and (case["ctx"] != "/" or file in _OF_THE_FILE or "/thedata" in expression):
        for key in ("normalize-space()", "Eligible"):
            if key in expression:
                return world(UNRECORDED[key])
        if file in UNRECORDED and (case["ctx"] != "/" or "/simple" not in expression):
            return world(UNRECORDED[file])
    return world(corpus()["docs"][case["doc"]])


def prefixes(document: Element) -> dict[str, str]:
    """What prefixes mean: as in the tests, and as the root of the document says."""
    root = next((child for child in document.children if isinstance(child, QualifiedElement)), None)
    declared = {} if root is None else {prefix: name for prefix, name in root.declared.items() if prefix}
    return {**declared, **NAMESPACES}


def answer(case: dict[str, Any]) -> XValue:
    """What the expression of a row gives. EvaluationError and ExpressionError where it fails."""
    here = world_of(case)
    return evaluate(case["expr"], here, find(here.document, case["ctx"]), prefixes(here.document))


def passes(case: dict[str, Any]) -> bool:
    """Whether the row comes out as it was recorded."""
    try:
        value = answer(case)
    except (EvaluationError, ExpressionError):
        if case["kind"] == "throws":
            return True
        value = ""
    return case["kind"] != "throws" and CHECKS[case["kind"]](value, case["expected"], case["expr"])


def as_javarosa(case: dict[str, Any], said: str) -> bool:
    """Whether the row comes out as in JavaRosa, which was asked with the same clock; ``fails`` means that it refused."""
    try:
        value = answer(case)
    except (EvaluationError, ExpressionError):
        return said == "fails"
    if case["kind"] == "boolean":
        return to_boolean(value) is (said == "true")
    if case["kind"] in ("number", "rounded"):
        return to_number(value) == pytest.approx(float(said), rel=1e-12, nan_ok=True)
    return to_text(value) == said


def _number(value: XValue, expected: Any, expression: str) -> bool:
    number = to_number(value)
    if expected == "NaN":
        return math.isnan(number)
    if expression.startswith(("area(", "distance(")):
        number = round(number, 2)
    return number == float(expected)


def _nodes(value: XValue, expected: Any, expression: str) -> bool:
    assert not isinstance(value, (str, float, bool))
    return [path_of(node) for node in value] == [path.replace("?4", "text()") for path in expected]


def _unordered(value: XValue, expected: Any, expression: str) -> bool:
    assert not isinstance(value, (str, float, bool))
    return sorted(path_of(node) for node in value) == sorted(expected)


def _rounded(value: XValue, expected: Any, expression: str) -> bool:
    wanted, factor = expected
    number = to_number(value)
    return math.isfinite(number) and math.floor(number * factor + 0.5) == math.floor(wanted * factor + 0.5)


def _string(value: XValue, expected: Any, expression: str) -> bool:
    return to_text(value) == (expected if isinstance(expected, str) else number_text(float(expected)))


CHECKS: dict[str, Callable[[XValue, Any, str], bool]] = {
    "boolean": lambda value, expected, expression: to_boolean(value) is expected,
    "number": _number, "string": _string, "nodes": _nodes, "unodes": _unordered, "rounded": _rounded,
    "match": lambda value, expected, expression: re.search(expected, to_text(value)) is not None,
    "strlen": lambda value, expected, expression: len(to_text(value)) == expected,
}


class Left(NamedTuple):
    """A row that does not come out as Enketo recorded it. `javarosa`: what JavaRosa 5.1 says to it, where it could be asked."""

    row: int
    reason: str
    javarosa: str
    expression: str


def left() -> list[Left]:
    with LEFT.open(encoding="utf-8", newline="") as source:
        return [Left(int(row["row"]), row["reason"], row["javarosa"], row["expression"]) for row in csv.DictReader(source, delimiter="\t")]


def expecting() -> dict[int, dict[str, Any]]:
    """Place -> row, of all with an expected value."""
    return {place: case for place, case in enumerate(corpus()["cases"]) if "expected" in case}


@pytest.mark.skipif(not CORPUS.is_file(), reason="the recorded evaluations are not at hand")
def test_recorded_evaluations_pass_but_for_those_listed() -> None:
    cases = expecting()
    failed = {place for place, case in cases.items() if not passes(case)}
    listed = {row.row: row.expression for row in left()}
    assert failed - set(listed) == set(), "fails and is not listed"
    assert set(listed) - failed == set(), "is listed and passes"
    assert {place: cases[place]["expr"] for place in listed} == listed
    assert all(row.reason for row in left())


@pytest.mark.skipif(not CORPUS.is_file(), reason="the recorded evaluations are not at hand")
def test_where_javarosa_could_be_asked_the_answer_is_its_own() -> None:
    cases = expecting()
    asked = [row for row in left() if row.javarosa]
    assert [row for row in asked if not as_javarosa(cases[row.row], row.javarosa)] == []
    alike = len(cases) - len(left()) + len(asked)
    assert alike >= 0.98 * len(cases), "as Enketo recorded it, or as JavaRosa has it where the two differ"
