"""Choice lists of a form that are computed: its own, those in companion files, and those that are searched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element as Xml

from desktop.domain.errors import UserError
from desktop.forms.definition import FixedChoice, Itemset
from desktop.forms.reading.document import XFORMS
from desktop.forms.reading.texts import ReadExpression

_SEARCH = re.compile(r"search\s*\(")
_PULLDATA = re.compile(r"pulldata\s*\(\s*['\"]([^'\"]+)['\"]")
_ITEXT = re.compile(r"jr:itext\((.*)\)", re.DOTALL)
_TESTS = {
    "contains": "contains({column}, {text})", "startswith": "starts-with({column}, {text})", "endswith": "ends-with({column}, {text})",
    "matches": "{column} = {text}",
}


def itemset_of(control: Xml, at_question: ReadExpression, at_item: ReadExpression) -> Itemset | None:
    """The computed choices of a control; None if it has none. UserError form.not_xform."""
    source = control.find(f"{XFORMS}itemset")
    if source is not None:
        value, label = source.find(f"{XFORMS}value"), source.find(f"{XFORMS}label")
        if value is None:
            raise UserError("form.not_xform")
        shown = value if label is None else label
        nodes = at_question(source.get("nodeset", ""))
        inner = _ITEXT.fullmatch(shown.get("ref", "").strip())
        name = value.get("ref", "")
        return Itemset(
            nodes, at_item(name), at_item(shown.get("ref", "")), moves=bool(nodes.reads), text=at_item(inner[1]) if inner else None,
            names=at_question(f"{nodes.source}/{name}") if nodes.reads else None,
        )
    query = control.get("query", "").strip()
    if query:
        nodes = at_question(query)
        return Itemset(nodes, at_item("name"), at_item("label"), moves=bool(nodes.reads))
    return None


def search_arguments(control: Xml) -> list[str]:
    """The arguments of an appearance ``search(…)`` as they are written; [] if there is none."""
    source = control.get("appearance", "")
    begin = _SEARCH.search(source)
    return [] if begin is None else _arguments(source[begin.end() :])


def files_searched(model: Xml, controls: Iterable[Xml]) -> Iterator[str]:
    """Names, without their ending, of the lists that ``search()`` and ``pulldata()`` look things up in."""
    for control in controls:
        said = search_arguments(control)
        if said:
            yield _plain(said[0])
    for element in model.iter():
        for text in element.attrib.values():
            for match in _PULLDATA.finditer(text) if "pulldata" in text else ():
                yield match[1]


def searched(control: Xml, choices: tuple[FixedChoice, ...], at_question: ReadExpression, at_item: ReadExpression) -> Itemset | None:
    """The choices of an appearance ``search('file', …)``: the one fixed choice whose name is no number names the columns of the value
    and of the label. None if there is no such appearance, or one that nobody understands."""
    said = search_arguments(control)
    columns = next((choice for choice in choices if not choice.name.isdigit()), None)
    if not said or columns is None:
        return None
    tests = []
    if len(said) >= 4:
        if _plain(said[1]).lower() not in _TESTS:
            return None
        tests.append(_TESTS[_plain(said[1]).lower()].format(column=_plain(said[2]), text=said[3]))
    if len(said) >= 6:
        tests.append(_TESTS["matches"].format(column=_plain(said[4]), text=said[5]))
    where = f"[{' and '.join(tests)}]" if tests else ""
    nodes = at_question(f"instance({said[0]})/root/item{where}")
    return Itemset(nodes, at_item(columns.name), at_item(_label_columns(columns)), moves=bool(nodes.reads))


def _label_columns(columns: FixedChoice) -> str:
    """The label of a searched choice: one column or several, or a translated text that names the column."""
    if columns.label.text:
        return f"*[name() = jr:itext('{columns.label.text}')]"
    written = "".join(part for part in columns.label.words.parts if isinstance(part, str))
    names = [name.strip() for name in written.split(",") if name.strip()] or [columns.name]
    return names[0] if len(names) == 1 else f"concat({', ' ', '.join(names)})"


def _plain(literal: str) -> str:
    return literal.strip().strip("'\"").strip()


def _arguments(source: str) -> list[str]:
    """The texts between the commas of a call, up to the bracket that ends it."""
    found, depth, quote, text = [], 0, "", ""
    for sign in source:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]" and depth:
            depth -= 1
        elif sign == ")" or (sign == "," and not depth):
            found.append(text.strip())
            text = ""
            if sign == ")":
                return found
            continue
        text += sign
    return found
