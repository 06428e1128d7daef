"""Ways through a document: axes, tests of nodes, prefixes, order."""

from __future__ import annotations

import pytest

from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import ExpressionError
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.values import XValue, to_text
from tests.desktop.forms.xpath_dom import World, document_of, evaluate, find, path_of

PAGE = document_of(
    '<a xmlns:x="urn:x" id="top" xml:lang="my"><b id="one">first</b><!-- said --><b id="two" x:kind="k" kind="plain"><c/>in<c>side</c></b>'
    '<?go there?><x:b xml:lang="en-GB">other</x:b><d xmlns="urn:y"><e/></d></a>'
)
HERE = {"x": "urn:x", "y": "urn:y"}
TWO = "/*[1]/*[2]"


def run(source: str, at: str = "/") -> XValue:
    return evaluate(source, World(PAGE), find(PAGE, at), HERE)


def ways(value: XValue) -> list[str]:
    assert not isinstance(value, (str, float, bool))
    assert all(isinstance(node, Element) for node in value)
    return [path_of(node).removeprefix("/*[1]") or "a" for node in value]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("child::node()", ["/*[1]", "/text()", "/*[2]"]), ("child::*", ["/*[1]", "/*[2]"]), ("text()", ["/text()"]), ("c[2]/text()", ["/*[2]/text()"]),
        ("descendant::node()", ["/*[1]", "/text()", "/*[2]", "/*[2]/text()"]), ("descendant-or-self::c", ["/*[1]", "/*[2]"]), (".//c", ["/*[1]", "/*[2]"]),
        (".//c[1]", ["/*[1]"]), ("(.//c)[2]", ["/*[2]"]), ("self::b", [""]), ("self::c", []), ("c[last()]", ["/*[2]"]), ("*[position() < 2]", ["/*[1]"]),
        ("c | . | c", ["", "/*[1]", "/*[2]"]), ("c[. = 'side']", ["/*[2]"]), ("c/..", [""]), ("c/../c", ["/*[1]", "/*[2]"]), ("@*", ["/@id", "/@x:kind", "/@kind"]),
        ("@x:kind", ["/@x:kind"]), ("@kind", ["/@kind"]), ("@x:*", ["/@x:kind"]), ("@id/..", [""]), ("@id/node()", []), ("attribute::node()[2]", ["/@x:kind"]),
        ("namespace::*", ["/namespace::xml", "/namespace::x"]), ("namespace::x", ["/namespace::x"]),
    ],
)
def test_below_a_node(source: str, expected: list[str]) -> None:
    assert ways(run(source, TWO)) == [f"/*[2]{path}" for path in expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("parent::node()", ["a"]), ("parent::b", []), ("ancestor::*", ["a"]), ("ancestor::node()", ["/", "a"]), ("ancestor-or-self::*[1]", ["/*[2]"]),
        ("ancestor-or-self::*[last()]", ["a"]), ("preceding-sibling::*", ["/*[1]"]), ("preceding-sibling::node()", ["/*[1]", "/?8"]),
        ("preceding-sibling::node()[1]", ["/?8"]), ("following-sibling::node()", ["/?7", "/*[3]", "/*[4]"]), ("following-sibling::*[1]", ["/*[3]"]),
        ("preceding::node()", ["/*[1]", "/*[1]/text()", "/?8"]), ("preceding::text()", ["/*[1]/text()"]), ("following::*", ["/*[3]", "/*[4]", "/*[4]/*[1]"]),
        ("@id/following::node()[1]", ["/*[2]/*[1]"]), ("@id/preceding::*", ["/*[1]"]), ("@id/following-sibling::node()", []), ("c/ancestor::b", ["/*[2]"]),
        ("c/preceding::b | following::x:b", ["/*[1]", "/*[3]"]), ("//comment()", ["/?8"]), ("/a/processing-instruction()", ["/?7"]),
        ("/a/processing-instruction('go')", ["/?7"]), ("/a/processing-instruction('come')", []), ("/a/b", ["/*[1]", "/*[2]"]), ("/a/x:b", ["/*[3]"]),
        ("/a/x:*", ["/*[3]"]), ("//y:e", ["/*[4]/*[1]"]), ("//e", []), ("/a/node()[3]", ["/*[2]"]), ("/", ["/"]), ("id('two one')", ["/*[1]", "/*[2]"]),
        ("id(/a/b[1]/@id)", ["/*[1]"]), ("//*[lang('en')]", ["/*[3]"]), ("/a[lang('MY')]", ["a"]), ("//b[@kind = 'plain'][1]", ["/*[2]"]),
        ("/a/*[name() = 'x:b']", ["/*[3]"]), ("/a/*[local-name() = 'b' and namespace-uri() = '']", ["/*[1]", "/*[2]"]), ("//b[c]", ["/*[2]"]), ("//b[not(c)]", ["/*[1]"]),
        ("//c/../../b[1]", ["/*[1]"]), ("(//c | /a/b)[1]", ["/*[1]"]),
    ],
)
def test_from_a_node(source: str, expected: list[str]) -> None:
    assert ways(run(source, TWO)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("string(/)", "firstinsideother"), ("string(//comment())", " said "), ("string(/a/processing-instruction())", "there"), ("name(//processing-instruction())", "go"),
        ("name(//@*[namespace-uri() = 'urn:x'])", "x:kind"), ("string(/a/namespace::x)", "urn:x"), ("concat(//c)", "side"), ("name(/a/b[2]/preceding::node()[2])", ""),
        ("string(b | //c[2])", "side"), ("string(/a/b[2]/text())", "in"),
    ],
)
def test_what_a_node_says(source: str, expected: str) -> None:
    assert to_text(run(source)) == expected


@pytest.mark.parametrize("source", ["a/", "//", "a//", "child::", "nowhere::a", "@", "a[", "a[]", "processing-instruction(", "a::b::c", "x:", "a/'b'", "../..a", "$v"])
def test_what_is_no_way_is_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        parse(source)


def test_many_nodes_come_in_the_order_of_the_document() -> None:
    wide = document_of("<r>" + "<i><k/></i>" * 200 + "</r>")
    found = evaluate("//k | //i | /r/i/k | //i[position() mod 2 = 0]", World(wide))
    assert not isinstance(found, (str, float, bool))
    assert [id(node) for node in found] == [id(node) for node in wide.walk() if node.name in ("i", "k")]
