"""Words of a form: labels, gaps in them, and translations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element as Xml

from desktop.forms.definition import Expression, Label, Words
from desktop.forms.reading.document import XFORMS

ReadExpression = Callable[[str], Expression]
MEDIA_FORMS = ("image", "big-image", "audio", "video")
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


@dataclass
class Translations:
    """`texts`: language -> name -> words; `forms`: language -> name -> form -> words. `default`: the language that stands in."""

    texts: dict[str, dict[str, Words]] = field(default_factory=dict)
    forms: dict[str, dict[str, dict[str, Words]]] = field(default_factory=dict)
    default: str = ""


def read_translations(model: Xml, expression_for: Callable[[str], ReadExpression]) -> Translations:
    """All translated texts. `expression_for` gives the reader for expressions in the text of that name. Where a text has no plain form
    its long one counts, else its short one."""
    found = Translations()
    named = ""
    for translation in model.iterfind(f"{XFORMS}itext/{XFORMS}translation"):
        language = translation.get("lang", "")
        found.default = found.default or language
        if translation.get("default", "false()") not in ("false()", "false"):
            named = named or language
        texts, forms = found.texts.setdefault(language, {}), found.forms.setdefault(language, {})
        for text in translation.iterfind(f"{XFORMS}text"):
            name = text.get("id", "")
            said = _forms_of(text, expression_for(name))
            plain = next((said.pop(form) for form in ("", "long") if form in said), said.get("short"))
            if plain is not None:
                texts[name] = plain
            if said:
                forms[name] = said
    found.default = named or found.default
    return found


def _forms_of(text: Xml, expression: ReadExpression) -> dict[str, Words]:
    """Form -> words, "" for the plain one; without those where the translation is missing."""
    said = {}
    for value in text.iterfind(f"{XFORMS}value"):
        words = read_words(value, expression)
        if words.parts and words.parts != (_MISSING,):
            said[value.get("form", "")] = words
    return said


def files_named(translations: Translations) -> Iterator[str]:
    """Pictures, sound and films that the texts name; not those whose names depend on answers."""
    for names in translations.forms.values():
        for forms in names.values():
            for form, words in forms.items():
                if form in MEDIA_FORMS and len(words.parts) == 1 and isinstance(words.parts[0], str):
                    yield words.parts[0].rpartition("/")[2]
