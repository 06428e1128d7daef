"""The answers of a form of any kind as plain texts, by paths that never change.

A named path holds the names of instances of repeats (``/data/family[k3f…]/head``), so that an answer stays with its instance whatever is added or
taken out beside it. An answer is its stored text, or the name of a silence behind a sign that no text can hold.

In a filled form's record each answer is one register: the named path, or ``data:`` and the path for what the form works out by itself. Paths
that are too long for a register are cut to a digest (`register_of`). Instances that people add and take out have the register
``instance:<named path>`` (a number: where it stands among the others), and their repeat ``repeat:<named path>`` (true: its instances are told).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from desktop.domain.values import Silence, Value
from desktop.forms.definition import Definition, Names
from desktop.forms.filled import FilledForm
from desktop.forms.tree import MOST_INSTANCES
from desktop.journal.codec import TEXT_MOST
from desktop.services.projections.submissions import COMPUTED, INSTANCE

REPEAT = "repeat:"
KEPT = "kept:"
"""Prefix of answers that found no place when the form was moved to another version: then the digest of the earlier one, ``:`` and the path."""

_SILENT = "\x1a"  # a sign that no answer can hold
_CUT = "~"
_NUMBERED = re.compile(r"n[1-9][0-9]{0,8}")
_LONGEST = 120  # characters of a path in a register; with a prefix they stay below the 200 of a register's name


@dataclass
class Told:
    """All answers of a form by named path, and the names of the instances of each repeat (named path without the last name), in order.
    `places`: of instances, the number by which they are ordered."""

    texts: dict[str, str] = field(default_factory=dict)
    instances: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)

    def named(self) -> list[str]:
        """The named path of every instance, outer ones first."""
        return [f"{repeat}[{name}]" for repeat, names in self.instances.items() for name in names]

    def flat(self) -> dict[str, str]:
        """Answers, and instances with an empty text."""
        return {**self.texts, **dict.fromkeys(self.named(), "")}

    def state(self) -> dict[str, object]:
        """What `FilledForm.from_state` takes."""
        silences = {path: text[1:] for path, text in self.texts.items() if text.startswith(_SILENT) and text[1:] in _SILENCES}
        answers = {path: text for path, text in self.texts.items() if path not in silences}
        return {"answers": answers, "silences": silences, "instances": {path: list(names) for path, names in self.instances.items()}}


_SILENCES = frozenset(silence.value for silence in Silence)


def told_by(form: FilledForm) -> Told:
    """The answers of a form as it stands, relevant or not."""
    state = form.state()
    instances, answers, silences = (part if isinstance(part := state.get(name), Mapping) else {} for name in ("instances", "answers", "silences"))
    names: dict[str, str] = {}
    found = Told()
    for repeat, row in instances.items():
        path = named(repeat, names)
        found.instances[path] = tuple(row)
        for number, name in enumerate(row, 1):
            names[f"{repeat}[{number}]"] = f"{path}[{name}]"
            found.places[f"{path}[{name}]"] = number
    found.texts = {named(path, names): text for path, text in answers.items()}
    found.texts.update({named(path, names): f"{_SILENT}{silence}" for path, silence in silences.items()})
    return found


def named(path: str, names: Mapping[str, str]) -> str:
    """A path with its innermost instance told as `names` tells it."""
    end = path.rfind("]") + 1
    return names.get(path[:end], path[:end]) + path[end:]


def plain(path: str) -> str:
    """A path without the numbers or names of instances."""
    if "[" not in path:
        return path
    return "/".join(step.partition("[")[0] for step in path.split("/"))


def instance_of(path: str) -> str:
    """The innermost instance that a path is in, or ""."""
    return path[: path.rfind("]") + 1]


def instances_of(path: str) -> list[str]:
    """The named paths of all instances that a path is in, the outermost first."""
    return [path[: at + 1] for at, letter in enumerate(path) if letter == "]"]


@lru_cache(maxsize=32)
def asked(definition: Definition) -> frozenset[str]:
    """Paths (without instances) of what people answer."""
    return frozenset(
        "/" + "/".join(path) for path, spec in definition.specs.items()
        if spec.kind == "question" and spec.type != "note" and spec.calculate is None
    )


@lru_cache(maxsize=32)
def added_by_people(definition: Definition) -> frozenset[str]:
    """Paths (without instances) of repeats of which people add and take out instances."""
    return frozenset(
        "/" + "/".join(path) for path, spec in definition.specs.items() if spec.kind == "repeat" and spec.counted is None and not spec.fixed
    )


def too_long(form: FilledForm, section: str = "") -> list[str]:
    """Paths (with numbers) of answers below a section that hold more than can be kept."""
    given = form.state()["answers"]
    return [path for path, text in given.items() if len(text) > TEXT_MOST and below(path, section)] if isinstance(given, dict) else []


# -- paths and registers


def register_of(path: str) -> str:
    """The register that holds what is said at a named path: the path itself, or a digest of it with the names of its instances."""
    if len(path) <= _LONGEST and path.isprintable():
        return path
    names = "".join(f"[{step.partition('[')[2]}" for step in path.split("/") if "[" in step)
    return f"{_CUT}{hashlib.sha256(plain(path).encode()).hexdigest()[:32]}{names}"


def path_of(register: str, definition: Definition) -> str:
    """The inverse of `register_of`; a digest that is of no path of this form comes back as it is."""
    if not register.startswith(_CUT):
        return register
    digest, *names = register[1:].replace("]", "").split("[")
    steps = _by_digest(definition).get(digest)
    if steps is None:
        return register
    waiting, made = list(names), ""
    for at, step in enumerate(steps, 1):
        made += f"/{step}"
        if steps[:at] in definition.repeats and waiting:
            made += f"[{waiting.pop(0)}]"
    return made


@lru_cache(maxsize=32)
def _by_digest(definition: Definition) -> dict[str, Names]:
    return {hashlib.sha256(("/" + "/".join(path)).encode()).hexdigest()[:32]: path for path in definition.specs}


def text_of(value: Value) -> str:
    """The answer in a register."""
    return f"{_SILENT}{value.value}" if isinstance(value, Silence) else value if isinstance(value, str) else ""


def value_of(text: str) -> Value:
    """The value of a register that holds this answer; None for none."""
    return Silence(text[1:]) if text.startswith(_SILENT) and text[1:] in _SILENCES else text or None


def told_in(definition: Definition, registers: Mapping[str, Value]) -> Told:
    """The answers in the registers of a filled form."""
    found, by_people = Told(), asked(definition)
    for register, value in registers.items():
        if register.startswith(("/", _CUT)):
            found.texts[path_of(register, definition)] = text_of(value)
        elif register.startswith(COMPUTED):
            path = path_of(register[len(COMPUTED):], definition)
            if plain(path) not in by_people:
                found.texts[path] = text_of(value)
        elif register.startswith(INSTANCE) and isinstance(value, int):
            found.places[path_of(register[len(INSTANCE):], definition)] = value
    told = {path_of(name[len(REPEAT):], definition) for name, value in registers.items() if name.startswith(REPEAT) and value is True}
    _put_instances(definition, found, told)
    return found


def _put_instances(definition: Definition, found: Told, repeats: Iterable[str]) -> None:
    """The instances of each repeat in their order, and no answers of instances that are not there."""
    rows: dict[str, set[str]] = {repeat: set() for repeat in repeats}
    for path in found.places:
        rows.setdefault(path[: path.rfind("[")], set()).add(path)
    by_people = added_by_people(definition)
    for path in found.texts:
        for instance in instances_of(path):
            if plain(instance) not in by_people:
                rows.setdefault(instance[: instance.rfind("[")], set()).add(instance)
    there: set[str] = set()
    for repeat in sorted(rows, key=lambda path: path.count("[")):
        above = instance_of(repeat)
        if above and above not in there:
            continue
        row = sorted(rows[repeat], key=lambda path: (found.places.get(path, 0), len(path), path))
        names = [path[path.rfind("[") + 1:-1] for path in row]
        found.instances[repeat] = tuple(names) if plain(repeat) in by_people else by_number(names)
        there.update(f"{repeat}[{name}]" for name in found.instances[repeat])
    gone = [path for path in found.texts if any(instance not in there for instance in instances_of(path))]
    for path in gone:
        del found.texts[path]


def by_number(names: Iterable[str]) -> tuple[str, ...]:
    """The instances of a repeat whose number the form says, each in its place: what is called ``n3`` is the third, also if nobody
    answered in the first two. Others (from a version in which people added them) take the places that are free."""
    placed: dict[int, str] = {}
    others: list[str] = []
    for name in names:
        number = int(name[1:]) if _NUMBERED.fullmatch(name) else 0
        if 0 < number <= MOST_INSTANCES:
            placed[number] = name
        else:
            others.append(name)
    row: list[str] = []
    while others or len(row) < max(placed, default=0):
        place = len(row) + 1
        row.append(placed.get(place) or (others.pop(0) if others else f"n{place}"))
    return tuple(row)


# -- what was changed


def changed(definition: Definition, now: Told, loaded: Mapping[str, str], section: str = "") -> set[str]:
    """Named paths of questions below a section that are answered otherwise than when the form was opened."""
    wanted = asked(definition)
    paths = {path for path in (*now.texts, *loaded) if not path.endswith("]") and now.texts.get(path, "") != loaded.get(path, "")}
    there = set(now.named())
    return {
        path for path in paths
        if plain(path) in wanted and below(path, section) and all(instance in there for instance in instances_of(path))
    }


def below(path: str, section: str) -> bool:
    """True if a path is in a section; everything is in ""."""
    return not section or path.startswith(f"{section}/")


def added_and_gone(definition: Definition, now: Told, loaded: Mapping[str, str], section: str = "") -> tuple[list[str], list[str]]:
    """Instances below a section that came, and those that were taken out, since the form was opened."""
    by_people = added_by_people(definition)
    there = now.named()
    came = [path for path in there if path not in loaded and plain(path) in by_people and below(path, section)]
    here = set(there)
    gone = [path for path in loaded if path.endswith("]") and path not in here and plain(path) in by_people and below(path, section)]
    return came, gone


def joined(definition: Definition, fresh: Told, mine: Told, loaded: Mapping[str, str]) -> Told:
    """What stands by now (`fresh`), with what was changed in `mine` since it was opened (`loaded`) put over it. Instances that others took out
    meanwhile stay if something was written in them here."""
    edited = changed(definition, mine, loaded)
    came, gone = added_and_gone(definition, mine, loaded)
    wanted = {*fresh.named(), *came} - set(gone)
    wanted |= {instance for path in edited for instance in instances_of(path)}
    found = Told({path: text for path, text in fresh.texts.items() if path not in edited})
    found.texts.update({path: mine.texts[path] for path in edited if path in mine.texts})
    found.texts.update({path: text for path, text in mine.texts.items() if instance_of(path) in came and path not in found.texts})
    rows: dict[str, list[str]] = {path[: path.rfind("[")]: [] for path in (*wanted, *gone)}
    rows.update({repeat: [] for repeat in fresh.instances})
    for path in (*fresh.named(), *mine.named()):
        row = rows.get(path[: path.rfind("[")], [])
        if path in wanted and path not in row:
            row.append(path)
    there: set[str] = set()
    by_people = added_by_people(definition)
    for repeat, row in sorted(rows.items(), key=lambda item: item[0].count("[")):
        if not instance_of(repeat) or instance_of(repeat) in there:
            names = [path[path.rfind("[") + 1:-1] for path in row]
            found.instances[repeat] = tuple(names) if plain(repeat) in by_people else by_number(names)
            there.update(f"{repeat}[{name}]" for name in found.instances[repeat])
    found.texts = {path: text for path, text in found.texts.items() if all(instance in there for instance in instances_of(path))}
    return found


# -- a form with these answers


def form_with(definition: Definition, told: Told, *, language: str, now: datetime) -> FilledForm:
    """The form with these answers. A repeat of which nothing is told begins as in a new form."""
    untold = [repeat for repeat in _repeats_in(definition, told) if repeat not in told.instances]
    state = told.state()
    rows = state["instances"]
    assert isinstance(rows, dict)
    form = FilledForm.from_state(
        definition, {**state, "instances": {**rows, **{repeat: [] for repeat in untold}}}, language=language, now=now
    )
    for repeat in untold:
        for _ in range(definition.specs[tuple(plain(repeat).strip("/").split("/"))].begins):
            if not form.refuses_add(repeat):
                form.add(repeat)
    return form


def _repeats_in(definition: Definition, told: Told) -> list[str]:
    """The named paths of all repeats that people add to, in the instances that are told, outer ones first."""
    found = []
    there = told.named()
    for repeat in sorted(added_by_people(definition), key=lambda path: path.count("/")):
        steps = tuple(repeat.strip("/").split("/"))
        outer = next((steps[:at] for at in range(len(steps) - 1, 0, -1) if steps[:at] in definition.repeats), ())
        around = "/" + "/".join(outer)
        found += [path + repeat[len(around):] for path in there if plain(path) == around] if outer else [repeat]
    return found
