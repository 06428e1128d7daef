"""The columns of a form over all its versions, and the rows of its filled forms.

One table for the form and one for each repeat, linked by keys. A column is known by its path, so that no version loses or moves one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.domain.values import Silence
from desktop.forms.definition import Definition, Names, Spec
from desktop.forms.exporting.given import Instance
from desktop.forms.unanswered import Unanswered

MAIN = ("_key", "_version", "_about", "_finished", "_changed")
"""First columns of the form's table: the key of the filled form, its version, the case number it is about, whether it was declared done, and
when it was last changed."""
LINK = ("_parent_key", "_key")
"""First columns of a repeat's table: the key of the row it belongs to, and its own."""
MOST_OPTIONS = 200
"""A list longer than this has no column for each of its options."""
WHY_EMPTY = "?"
"""Ends the name of the column that says why there is no answer."""
_LABEL_MOST = 100_000


@dataclass(frozen=True)
class Column:
    """`path`: the question, without the form's root. `option`: this column says whether that option was chosen. `silence`: it says why there
    is no answer. `head` is what stands over it. `number`: its answers are numbers."""

    path: Names
    head: str
    option: str = ""
    silence: bool = False
    number: bool = False


@dataclass(frozen=True)
class Table:
    """`path` is that of the repeat, () for the form's own table. `name` is short and differs between the tables of a form."""

    path: Names
    name: str
    columns: tuple[Column, ...]

    @property
    def heads(self) -> list[str]:
        """The first line."""
        return [*(LINK if self.path else MAIN), *(column.head for column in self.columns)]

    @property
    def numbers(self) -> list[bool]:
        """Which columns hold numbers."""
        return [False] * len(LINK if self.path else MAIN) + [column.number for column in self.columns]


@dataclass
class _Asked:
    """What all versions together say about one question."""

    spec: Spec
    label: str
    number: bool = True
    silent: bool = False
    options: dict[str, str] | None = None


class Labels:
    """The words of one version of a form in one language (the form's own name of it)."""

    def __init__(self, definition: Definition, language: str) -> None:
        self._reader = Unanswered(definition, language)
        self._definition = definition
        self._options: dict[Names, dict[str, str]] = {}

    def label(self, spec: Spec) -> str:
        """The label of a question on one line, or ""."""
        return " ".join(self._reader.say(spec.label, spec.path).split())

    def options(self, spec: Spec, most: int = _LABEL_MOST) -> dict[str, str] | None:
        """Name -> label of the options of a question; None for lists that are longer, or that come from answers."""
        found = self._reader.choices(spec, most)
        return None if found is None or len(found) > most else {name: " ".join(label.split()) or name for name, label in found}

    def told(self, path: Names, text: str) -> str:
        """A stored answer in words; what is no choice as it is."""
        spec = self._definition.specs.get((self._definition.root.name, *path))
        if spec is None or spec.type not in ("select_one", "select_multiple", "rank"):
            return text
        if path not in self._options:
            self._options[path] = self.options(spec) or {}
        options = self._options[path]
        names = [text] if spec.type == "select_one" else text.split()
        return "; ".join(options.get(name, name) for name in names)


def tables_of(definitions: Sequence[Definition], languages: Sequence[str], *, labels: bool) -> list[Table]:
    """The tables of a form with the columns of all these versions, the newest first; `languages`: the language of the words of each. With
    `labels` a column is headed by its question's words, and by its path too where two have the same words."""
    asked: dict[Names, dict[Names, _Asked]] = {(): {}}
    for definition, language in zip(definitions, languages):
        _add_version(asked, definition, Labels(definition, language))
    names = _table_names(list(asked))
    return [
        Table(path, names[path], tuple(_headed([column for one, of in found.items() for column in _columns(one, of)], found, labels)))
        for path, found in asked.items()
    ]


def _add_version(asked: dict[Names, dict[Names, _Asked]], definition: Definition, words: Labels) -> None:
    before: dict[Names, Names | None] = {}
    for repeat, spec in leaves(definition):
        found = asked.setdefault(repeat, {})
        path = spec.path[1:]
        if path not in found:
            asked[repeat] = found = _after(found, before.get(repeat), path, _Asked(spec, words.label(spec)))
        before[repeat] = path
        of = found[path]
        of.number = of.number and spec.data_type in ("integer", "decimal")
        of.silent = of.silent or bool(spec.silences)
        if spec.type == "select_multiple":
            of.options = {**(of.options or {}), **{k: v for k, v in (words.options(spec, MOST_OPTIONS) or {}).items() if k not in (of.options or {})}}


def leaves(definition: Definition) -> Iterator[tuple[Names, Spec]]:
    """(path of the innermost repeat without the root, node) of everything that holds an answer, in the order of the form."""

    def walk(spec: Spec, repeat: Names) -> Iterator[tuple[Names, Spec]]:
        for child in spec.children:
            if child.kind == "repeat":
                yield from walk(child, child.path[1:])
            elif child.children:
                yield from walk(child, repeat)
            elif child.type not in ("note", "") and child.path[1:] != ("meta", "instanceID"):
                yield repeat, child

    return walk(definition.root, ())


def _after(found: dict[Names, _Asked], before: Names | None, path: Names, new: _Asked) -> dict[Names, _Asked]:
    """The columns with a new one behind the one that stands before it in its own version."""
    if before is None or before not in found:
        return {path: new, **found} if before is None and found else {**found, path: new}
    made: dict[Names, _Asked] = {}
    for known, of in found.items():
        made[known] = of
        if known == before:
            made[path] = new
    return made


def _columns(path: Names, of: _Asked) -> Iterator[Column]:
    name = "/".join(path)
    yield Column(path, name, number=of.number)
    for option in of.options or {}:
        yield Column(path, f"{name}/{option}", option=option, number=True)
    if of.silent:
        yield Column(path, f"{name}{WHY_EMPTY}", silence=True)


def _headed(columns: list[Column], found: Mapping[Names, _Asked], labels: bool) -> list[Column]:
    if not labels:
        return columns
    words = [_words(column, found[column.path]) for column in columns]
    return [
        Column(
            one.path, text if words.count(text) == 1 and text else f"{text} ({one.head})".strip(), one.option, one.silence, one.number,
        )
        for one, text in zip(columns, words)
    ]


def _words(column: Column, of: _Asked) -> str:
    label = of.label or "/".join(column.path)
    if column.option:
        return f"{label} / {(of.options or {}).get(column.option, column.option)}"
    return f"{label}{WHY_EMPTY}" if column.silence and not label.endswith(WHY_EMPTY) else f"{label} {WHY_EMPTY}" if column.silence else label


def _table_names(paths: Sequence[Names]) -> dict[Names, str]:
    """The last name of each repeat; with its place among the tables where two have the same, capitals or not: they become names of files."""
    last = [path[-1] if path else "" for path in paths]
    folded = [name.casefold() for name in last]
    return {
        path: name if folded.count(name.casefold()) == 1 else _unlike(name, place, folded) for place, (path, name) in enumerate(zip(paths, last))
    }


def _unlike(name: str, place: int, taken: Sequence[str]) -> str:
    """The name with its place behind it, and with more of them where a repeat is called so already."""
    made = f"{name}-{place}"
    while made.casefold() in taken:
        made = f"{made}-{place}"
    return made


@dataclass(frozen=True)
class Filled:
    """One filled form. `key` names it in every table. `labels`: answers in words, or None for stored names."""

    key: str
    version: str
    about: str
    finished: bool
    changed: str
    answers: Instance
    labels: Labels | None = field(default=None, compare=False)


def rows_of(filled: Filled, tables: Sequence[Table]) -> Iterator[tuple[int, list[str]]]:
    """(place of the table, cells) of every row that a filled form has: one in the form's own table, then one for each instance."""
    places = {table.path: place for place, table in enumerate(tables)}
    first = [filled.key, filled.version, filled.about, "yes" if filled.finished else "no", filled.changed]
    yield places[()], [*first, *_cells(tables[places[()]], filled.answers, filled.labels)]
    yield from _inner(filled, filled.answers, filled.key, tables, places)


def _inner(
    filled: Filled, of: Instance, key: str, tables: Sequence[Table], places: Mapping[Names, int],
) -> Iterator[tuple[int, list[str]]]:
    for path, instances in of.repeats.items():
        place = places[path]
        for number, instance in enumerate(instances, 1):
            own = f"{key}/{path[-1]}[{number}]"
            yield place, [key, own, *_cells(tables[place], instance, filled.labels)]
            yield from _inner(filled, instance, own, tables, places)


def _cells(table: Table, of: Instance, labels: Labels | None) -> Iterator[str]:
    for column in table.columns:
        text = of.texts.get(column.path, "")
        if column.option:
            yield "" if not text else "1" if column.option in text.split() else "0"
        elif column.silence:
            silence: Silence | None = of.silences.get(column.path)
            yield silence.value if silence else ""
        else:
            yield labels.told(column.path, text) if labels is not None and text else text
