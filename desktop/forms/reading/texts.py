"""Words of a form: labels, gaps in them, and translations."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element as Xml

from desktop.forms.definition import Expression, Label, Words
from desktop.forms.reading.document import XFORMS

ReadExpression = Callable[[str], Expression]
_MISSING = "-"  # what the compiler writes where a translation is missing


def read_words(source: Xml, expression: ReadExpression) -> Words:
    """The text of an element; an ``output`` in it becomes a gap."""
    parts: list[str | Expression] = [(source.text or "").lstrip()]
    for child in source:
        if child.tag == f"{XFORMS}output":
            parts.append(expression(child.get("value") or child.get("ref") or "''"))
        parts.append(child.tail or "")
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return Words(tuple(part for part in parts if part != ""))


def read_label(source: Xml | None, expression: ReadExpression) -> Label:
    """A ``label`` or ``hint`` element: its own words or the name of a translated text."""
    if source is None:
        return Label()
    name = text_name(source.get("ref", ""))
    return Label(text=name) if name else Label(read_words(source, expression))


def read_message(source: str | None) -> Label:
    """A message in an attribute: words, or ``jr:itext('name')``."""
    name = text_name(source or "")
    if name:
        return Label(text=name)
    return Label(Words((source,))) if source else Label()


def text_name(reference: str) -> str:
    """The name in ``jr:itext('name')``; "" if it is something else."""
    bare = reference.strip()
    if not (bare.startswith("jr:itext(") and bare.endswith(")")):
        return ""
    inner = bare[len("jr:itext(") : -1].strip()
    return inner[1:-1] if len(inner) > 1 and inner[0] in "'\"" and inner[-1] == inner[0] else ""


def read_translations(
    model: Xml, expression_for: Callable[[str], ReadExpression]
) -> tuple[dict[str, dict[str, Words]], str]:
    """(language -> name -> words, default language). Only plain text: pictures and sound stay out. `expression_for` gives the reader
    for expressions in the text of that name."""
    found: dict[str, dict[str, Words]] = {}
    default = ""
    for translation in model.iterfind(f"{XFORMS}itext/{XFORMS}translation"):
        language = translation.get("lang", "")
        if not default or translation.get("default"):
            default = language
        found[language] = {}
        for text in translation.iterfind(f"{XFORMS}text"):
            name = text.get("id", "")
            for value in text.iterfind(f"{XFORMS}value"):
                if value.get("form", "long") != "long":
                    continue
                words = read_words(value, expression_for(name))
                if words.parts and words.parts != (_MISSING,):
                    found[language][name] = words
    return found, default
