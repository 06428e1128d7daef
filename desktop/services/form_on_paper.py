"""A filled form in one or two of its languages, as paper wants it: sections, questions, chosen options with their numbers, silences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.forms.definition import Names
from desktop.forms.filled import FilledForm, Node
from desktop.paper.documents.filled_form_model import Answer, Chosen, FilledSheet, Part, Section
from desktop.paper.words import Pair, month, pair
from desktop.services.form_on_paper_blank import numbers_of
from desktop.services.form_words import languages_for, plain, shown, title_in

REGISTRATION_CODE = "R2"
_CHOICES = ("select_one", "select_multiple", "rank")
_ELSEWHERE = ("file", "geopoint", "geotrace", "geoshape")  # kept with the record, never printed
_HIDDEN = frozenset({"masked", "hidden-answer"})  # nor what the form hides on the screen
_INSTANCE, _PLACE = re.compile(r"\[(\d+)\]$"), re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class _Names:
    """The words of a form by path, in the first and in the second language of the sheet."""

    first: Mapping[str, Node]
    second: Mapping[str, Node]
    numbers: Mapping[Names, str]

    def number(self, path: str) -> str:
        """The number of a question on the sheet for the pen; "" for what stands on no such sheet."""
        return self.numbers.get(tuple(_PLACE.sub("", path).strip("/").split("/")), "")

    def label(self, path: str) -> Pair:
        first, second = plain(self.first[path].label), plain(self.second[path].label)
        return Pair(first or second, second or first)

    def question(self, path: str) -> Pair:
        """The label; of a question without one its name."""
        label = self.label(path)
        return label if label.my else Pair.same(path.rpartition("/")[2])

    def chosen(self, path: str, names: Sequence[str]) -> list[Chosen]:
        """The options of these names, each with its number in the list as it stands now; one that the list no longer has by its name."""
        wanted = set(names)
        places = {
            mine.name: Chosen(number, Pair(plain(mine.label) or mine.name, plain(other.label) or mine.name))
            for number, (mine, other) in enumerate(zip(self.first[path].choices, self.second[path].choices), 1) if mine.name in wanted
        }
        return [places.get(name, Chosen(0, Pair.same(name))) for name in names]


def filled(
    form: FilledForm, *, code: str, locked: frozenset[str], printed_on: str, volunteer: str = "", copy: int = 1,
    languages: Sequence[str] = (), name: str = "", confirmed: bool = True,
) -> FilledSheet:
    """The relevant questions of a form. `locked` are paths of sections whose answers this volunteer may not see. `languages`: see
    `desktop.services.form_words.languages_for`. `name` is what the foot calls the form, its own id if empty. The form keeps its language."""
    before = form.language
    spoken = languages_for(form.definition, languages)
    found: list[dict[str, Node]] = []
    try:
        for language in spoken:
            form.use_language(language.name)
            found.append({node.path: node for node in _walk(form, "")})
    finally:
        form.use_language(before)
    names = _Names(found[0], found[-1], numbers_of(form.definition))
    title = Pair(title_in(form.definition, spoken[0]), title_in(form.definition, spoken[-1]))
    return FilledSheet(
        code, title, form.version, tuple(_sections(form, names, title, locked)), printed_on, volunteer, copy,
        name or form.form_id, confirmed, shown(spoken), any(node.silences for node in names.first.values()),
    )


def _walk(form: FilledForm, path: str) -> Iterator[Node]:
    for node in form.children(path):
        if node.relevant:
            yield node
            if node.kind != "question":
                yield from _walk(form, node.path)


def _sections(form: FilledForm, names: _Names, title: Pair, locked: frozenset[str]) -> Iterator[Section]:
    """Each group of the form; questions that stand outside every group come first, under the title of the form."""
    loose: list[Answer] = []
    groups: list[Section] = []
    for node in form.children(""):
        if not node.relevant:
            continue
        if node.kind == "question":
            loose += _answers(node, names)
        elif node.path in locked:
            groups.append(Section(names.label(node.path), (), True))
        else:
            parts = tuple(part for part in _parts(form, node, names, None) if part.answers)
            if parts:
                groups.append(Section(_named(node, names), parts))
    if loose:
        yield Section(title, (Part(tuple(loose)),))
    yield from groups


def _parts(form: FilledForm, group: Node, names: _Names, heading: Pair | None) -> Iterator[Part]:
    """The questions of a group, then those of the groups and repeats inside it under headings of their own."""
    own: list[Answer] = []
    for node in form.children(group.path):
        if not node.relevant:
            continue
        if node.kind == "question":
            own += _answers(node, names)
        else:
            yield Part(tuple(own), heading)
            own = []
            yield from _parts(form, node, names, _named(node, names))
    yield Part(tuple(own), heading)


def _named(node: Node, names: _Names) -> Pair:
    """The label of a group; that of a repeat with its number behind it."""
    label = names.label(node.path)
    number = _INSTANCE.search(node.path) if node.kind == "repeat" else None
    return Pair(f"{label.my} {number[1]}".strip(), f"{label.en} {number[1]}".strip()) if number else label


def _answers(node: Node, names: _Names) -> Iterator[Answer]:
    if node.type == "note":
        return
    label, number = names.question(node.path), names.number(node.path)
    if node.silence:
        yield Answer(label, silence=node.silence, number=number)
    elif node.type in _CHOICES:
        yield Answer(label, chosen=_chosen(node, names), number=number)
    else:
        yield Answer(label, _text(node), number=number)


def _chosen(node: Node, names: _Names) -> tuple[Chosen, ...]:
    """The options that were chosen, in the order of the list (in the order given for a ranking)."""
    given = [node.value] if node.type == "select_one" and node.value else node.value.split()
    found = names.chosen(node.path, given)
    return tuple(found if node.type == "rank" else sorted(found, key=lambda one: one.number))


def _text(node: Node) -> str:
    value = node.value.strip()
    if not value:
        return ""
    if node.type in ("date", "datetime"):
        return _moment(value, node.appearance)
    if node.type == "time":
        return value[:5]
    if node.type in _ELSEWHERE or node.appearance & _HIDDEN:
        words = pair("Kept with the record")
        return f"{words.my}  {words.en}"
    if node.type in ("acknowledge", "boolean"):
        words = pair("Agreed and ticked") if value in ("OK", "1", "true") else Pair.same("–")
        return words.en if words.one else f"{words.my}  {words.en}"
    return value


def _moment(value: str, appearance: frozenset[str]) -> str:
    """A day as people write it: ``21 / နိုဝင်ဘာ Nov / 2026``, with less of it where the question asks for less."""
    day, _, clock = value.replace(" ", "T").partition("T")
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return value
    named = month(int(parts[1]))
    shown = [str(int(parts[2])), f"{named.my} {named.en}", parts[0]]
    if "year" in appearance:
        shown = shown[2:]
    elif "month-year" in appearance:
        shown = shown[1:]
    return " / ".join(shown) + (f"  {clock[:5]}" if clock else "")

