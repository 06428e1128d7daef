"""Put a definition together from the parts of an XForm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element as Xml

from desktop.domain.errors import UserError
from desktop.domain.values import Silence
from desktop.forms.definition import Action, Definition, Expression, FixedChoice, Spec
from desktop.forms.reading import body as bodies
from desktop.forms.reading import lists
from desktop.forms.reading.companions import EXTERNAL_CHOICES, file_name, read_choices, read_companion
from desktop.forms.reading.controls import appearance, widget_of
from desktop.forms.reading.document import (
    JAVAROSA,
    WAYSTATION,
    XFORMS,
    Document,
    elements,
    local,
    open_document,
    steps,
    to_element,
)
from desktop.forms.reading.texts import ReadExpression, files_named, read_label, read_message, read_translations
from desktop.forms.xpath.compiler import Place
from desktop.forms.xpath.elements import Document as ListDocument
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import ExpressionError

Names = tuple[str, ...]
_TYPES = {
    "string": "text", "int": "integer", "integer": "integer", "decimal": "decimal", "date": "date", "time": "time",
    "datetime": "datetime", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape", "boolean": "boolean",
    "binary": "file", "barcode": "text", "odk:rank": "rank", "rank": "rank",
}
_CONTROL_TYPES = {
    "select1": "select_one", "select": "select_multiple", "upload": "file", "trigger": "acknowledge", "range": "range", "rank": "rank",
}
_PHONE_ACTIONS = {"setgeopoint": "the place is not found out by itself.", "recordaudio": "sound is not recorded by itself."}
_RULES = ("calculate", "relevant", "constraint", "required", "readonly")
_HOLDS_ANYWAY = {"relevant": "true()", "constraint": "true()", "required": "false()", "readonly": "false()"}


def read_form(source: bytes, media: Mapping[str, bytes]) -> Definition:
    """The definition in an XForm. `media`: its companion files by name; a list whose file is missing is empty.
    UserError: form.not_xform; form.expression and form.function with the question and the text."""
    document = open_document(source)
    reader = _FormReader(document, media)
    return reader.definition()


class _FormReader:
    def __init__(self, document: Document, media: Mapping[str, bytes]) -> None:
        self._document = document
        self._media = media
        self._root: Names = (local(document.primary.tag),)
        self._binds = {steps(bind.get("nodeset", ""), self._root): bind for bind in document.model.iterfind(f"{XFORMS}bind")}
        identified = {bind.get("id", ""): path for path, bind in self._binds.items() if bind.get("id")}
        self._body = bodies.read_body(document.body, identified, self._root)
        self._repeats = frozenset(self._body.repeats)

    def definition(self) -> Definition:
        document = self._document
        root = document.primary
        model = to_element(root)
        silences = _silences(root.get(f"{WAYSTATION}silence"), ())
        spec = self._spec(root, self._root, model, silences, "reception")
        self._check_others(spec)
        said = read_translations(document.model, self._text_reader)
        instances, wanted = self._instances()
        return Definition(
            form_id=root.get("id", "") or local(root.tag), version=root.get("version", ""), title=document.title, root=spec, model=model,
            specs={node.path: node for node in spec.walk()}, texts=said.texts, forms=said.forms, default_language=said.default,
            instances=instances, actions=self._actions(),
            last_saved=self._last_saved(), ignored=tuple(_not_done(document)), media=tuple(dict.fromkeys((*wanted, *files_named(said)))),
        )

    def _check_others(self, root: Spec) -> None:
        """Rules of attributes and of what is not there are read too: what nobody can read is refused wherever it stands."""
        known = {spec.path for spec in root.walk()}
        for path, bind in self._binds.items():
            for attribute in _RULES if path not in known else ():
                self._optional(bind, attribute, path)

    def _expression(self, source: str, path: Names, repeats: frozenset[Names] | None = None) -> Expression:
        """`repeats`: those in whose instances the expression stands, if not all on the way."""
        try:
            return Expression.read(source, Place(path, self._repeats if repeats is None else repeats))
        except ExpressionError as error:
            code = "form.function" if error.code == "function" else "form.expression"
            raise UserError(code, question="/".join(path[1:] or path), detail=error.detail) from None

    def _at(self, path: Names) -> ReadExpression:
        return lambda source: self._expression(source, path)

    def _text_reader(self, name: str) -> ReadExpression:
        """Texts are named after their node (``/data/age:label``): gaps in them are read from there."""
        return self._at(steps(name.partition(":")[0]) if name.startswith("/") else ())

    def _optional(self, bind: Xml | None, attribute: str, path: Names) -> Expression | None:
        """The expression of a bind, or None if it says what holds anyway."""
        source = "" if bind is None else bind.get(attribute, "").strip()
        if source in ("", _HOLDS_ANYWAY.get(attribute, "")):
            return None
        return self._expression(source, path)

    def _spec(self, data: Xml, path: Names, model: Element | None, silences: tuple[Silence, ...], folder: str) -> Spec:
        bind = self._binds.get(path)
        own = {} if bind is None else bind.attrib
        silences = _silences(own.get(f"{WAYSTATION}silence"), silences)
        folder = own.get(f"{WAYSTATION}folder", folder)
        spec = Spec(
            path, "data", relevant=self._optional(bind, "relevant", path), readonly=self._optional(bind, "readonly", path),
            folder=folder, silences=silences,
        )
        kept = _one_of_each(data)
        if path in self._repeats:
            return self._repeat(spec, kept, model)
        holds = bind is not None and "calculate" in bind.attrib  # a group of the body may stand on a node that only holds a value
        if kept or len(path) == 1 or (path in self._body.groups and not holds):
            return self._group(spec, kept, model)
        return self._leaf(spec, data, bind)

    def _children(self, spec: Spec, kept: list[Xml], model: Element | None) -> tuple[Spec, ...]:
        found = []
        for child in kept:
            name = local(child.tag)
            inner = None if model is None else next(iter(model.named.get(name, ())), None)
            found.append(self._spec(child, (*spec.path, name), inner, spec.silences, spec.folder))
        return tuple(found)

    def _group(self, spec: Spec, kept: list[Xml], model: Element | None) -> Spec:
        group = self._body.groups.get(spec.path)
        return replace(
            spec, kind="group", children=self._children(spec, kept, model), appearance=appearance(group),
            label=read_label(bodies.label_of(group), self._at(spec.path)),
        )

    def _repeat(self, spec: Spec, kept: list[Xml], model: Element | None) -> Spec:
        repeat, group = self._body.repeats[spec.path], self._body.groups.get(spec.path)
        label = read_label(bodies.label_of(group), self._at(spec.path)) or read_label(bodies.label_of(repeat), self._at(spec.path))
        counted, said = bodies.count(repeat), bodies.begins(repeat)
        siblings = model.parent.named.get(spec.name, []) if model is not None and model.parent is not None else []
        return replace(
            spec, kind="repeat", children=self._children(spec, kept, model), label=label,
            appearance=appearance(group) | appearance(repeat),
            counted=self._expression(counted, spec.path, self._repeats - {spec.path}) if counted else None,
            fixed=repeat.get(f"{JAVAROSA}noAddRemove", "") in ("true", "true()"),
            begins=len(siblings) if said is None else said, anew=said,
        )

    def _leaf(self, spec: Spec, data: Xml, bind: Xml | None) -> Spec:
        path, own = spec.path, {} if bind is None else bind.attrib
        control = self._body.controls.get(path)
        data_type = _TYPES.get(own.get("type", "string").removeprefix("xsd:").lower(), "text")
        calculate = self._optional(bind, "calculate", path)
        spec = replace(
            spec, type="data", data_type=data_type, default=(data.text or "").strip(), calculate=calculate,
            required=self._optional(bind, "required", path), constraint=self._optional(bind, "constraint", path),
            constraint_message=read_message(own.get(f"{JAVAROSA}constraintMsg")),
            required_message=read_message(own.get(f"{JAVAROSA}requiredMsg")),
            preload=(own.get(f"{JAVAROSA}preload", ""), own.get(f"{JAVAROSA}preloadParams", "")),
            save_to=own.get(f"{WAYSTATION}save_to", ""),
        )
        if control is None:
            return replace(spec, silences=())
        kind = local(control.tag)
        told = kind == "input" and data_type == "text" and calculate is None and own.get("readonly") == "true()"
        shown_as = "note" if told and not spec.default else _CONTROL_TYPES.get(kind, data_type)
        if kind == "select" and data_type == "rank":
            shown_as = "rank"
        choices = self._choices(control, path)
        listed = lists.searched(control, choices, self._at(path), self._at(())) or lists.itemset_of(control, self._at(path), self._at(()))
        if listed is not None:
            choices = tuple(choice for choice in choices if choice.name.lstrip("-").isdigit())
        return replace(
            spec, kind="question", type=shown_as, appearance=appearance(control), widget=widget_of(control, bind),
            label=read_label(bodies.label_of(control), self._at(path)),
            hint=read_label(control.find(f"{XFORMS}hint"), self._at(path)),
            choices=choices, itemset=listed,
            silences=() if told else spec.silences,
        )

    def _choices(self, control: Xml, path: Names) -> tuple[FixedChoice, ...]:
        return tuple(
            FixedChoice((item.findtext(f"{XFORMS}value") or "").strip(), read_label(item.find(f"{XFORMS}label"), self._at(path)))
            for item in control.iterfind(f"{XFORMS}item")
        )

    def _instances(self) -> tuple[dict[str, Element], list[str]]:
        """(secondary instances by name, names of the files they and the searched lists come from)."""
        found, wanted = {}, []
        for instance in self._document.model.iterfind(f"{XFORMS}instance"):
            name, source = instance.get("id"), file_name(instance.get("src", ""))
            if not name or self._document.primary in list(instance):
                continue
            if source:
                wanted.append(source)
                found[name] = read_companion(source, self._media.get(source))
                continue
            document = ListDocument()
            for child in elements(instance):
                document.insert(to_element(child, document))
            found[name] = document
        for name in lists.files_searched(self._document.model, self._body.controls.values()):
            if name not in found:
                wanted.append(f"{name}.csv")
                found[name] = read_companion(f"{name}.csv", self._media.get(f"{name}.csv"))
        if any(control.get("query") for control in self._body.controls.values()):
            wanted.append(EXTERNAL_CHOICES)
            for name, choices in read_choices(self._media.get(EXTERNAL_CHOICES)).items():
                found.setdefault(name, choices)
        return found, wanted

    def _last_saved(self) -> str:
        found = self._document.model.iterfind(f"{XFORMS}instance")
        return next((one.get("id", "") for one in found if one.get("src", "") == "jr://instance/last-saved"), "")

    def _actions(self) -> tuple[Action, ...]:
        in_model = [(action, ()) for action in self._document.model.iterfind(f"{XFORMS}setvalue")]
        found = []
        for source, above in [*in_model, *self._body.actions]:
            target = steps(source.get("ref", ""), above or self._root)
            value = self._expression(source.get("value") or _quoted(source.text or ""), target)
            found.append(Action(target, frozenset(source.get("event", "").split()), value, above))
        return tuple(found)


def _not_done(document: Document) -> Iterator[str]:
    """What phones do at an event and a laptop does not."""
    for part in (document.model, document.body):
        for element in part.iter():
            if local(element.tag) in _PHONE_ACTIONS:
                yield f"{element.get('ref', '')}: {_PHONE_ACTIONS[local(element.tag)]}"


def _one_of_each(data: Xml) -> list[Xml]:
    """Child elements, of each name one: a repeat's template, else its first instance."""
    kept: dict[str, Xml] = {}
    for child in elements(data):
        name = local(child.tag)
        if name not in kept or f"{JAVAROSA}template" in child.attrib:
            kept[name] = child
    return list(kept.values())


def _quoted(text: str) -> str:
    bare = text.strip()
    return f"'{bare}'" if "'" not in bare else f'"{bare}"'


def _silences(said: str | None, above: tuple[Silence, ...]) -> tuple[Silence, ...]:
    """The silences a node allows: its own list, ``none``, or what the group around it allows."""
    if said is None:
        return above
    return tuple(silence for silence in Silence if silence.value in said.split())


