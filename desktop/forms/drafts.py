"""A form being filled to plain values and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.values import Silence
from desktop.forms.definition import Names, Spec
from desktop.forms.names import names_in
from desktop.forms.tree import MOST_INSTANCES, Item, Tree

_Told = tuple[str, int, list[str]]  # path of the parent, number of instances, their names


@dataclass
class Unplaced:
    """What a state holds for questions that the definition does not have: kept, so that no answer is lost."""

    answers: dict[str, str] = field(default_factory=dict)
    silences: dict[str, str] = field(default_factory=dict)


def state_of(tree: Tree, unplaced: Unplaced) -> dict[str, object]:
    """``form``, ``version``, ``answers`` (path -> stored text, relevant or not), ``silences`` (path -> name of the silence),
    ``repeats`` (path without its last number -> number of instances) and ``instances`` (the same path -> names of the instances).
    Plain texts and numbers only."""
    answers, silences = dict(unplaced.answers), dict(unplaced.silences)
    for node in tree.root.walk():
        if not isinstance(node, Item):
            continue
        if node.spec.leaf and node.text:
            answers[node.path] = node.text
        if node.silence is not None:
            silences[node.path] = node.silence.value
    definition, instances = tree.definition, names_in(tree)
    return {
        "form": definition.form_id, "version": definition.version, "answers": answers, "silences": silences,
        "repeats": {path: len(names) for path, names in instances.items()},
        "instances": {path: list(names) for path, names in instances.items()},
    }


def restore(tree: Tree, state: Mapping[str, object]) -> Unplaced:
    """Put a state into a fresh tree; nothing is computed yet. Its paths may hold numbers or names of instances. Where it tells the number
    of instances beside their names, the number counts. Returns what found no place."""
    repeats, names, answers, silences = (_mapping(state, key) for key in ("repeats", "instances", "answers", "silences"))
    _resize(tree, tree.definition.root, _by_repeat(repeats, names))
    for row in tree.items.values():
        for item in row:
            if item.spec.leaf:
                item.put("")
    unplaced = Unplaced()
    for path, text in answers.items():
        leaf = tree.find(path)
        if leaf is None or not leaf.spec.leaf:
            unplaced.answers[path] = str(text)
        else:
            leaf.put(str(text))
    for path, name in silences.items():
        question = tree.find(path)
        if question is None or question.spec.kind != "question":
            unplaced.silences[path] = str(name)
        else:
            question.silence = Silence(name)
    return unplaced


def _mapping(state: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = state.get(key, {})
    return found if isinstance(found, Mapping) else {}


def _by_repeat(repeats: Mapping[str, object], names: Mapping[str, object]) -> dict[Names, list[_Told]]:
    """Path of a repeat without any numbers or names -> what is told about its instances in each place."""
    found: dict[Names, list[_Told]] = {}
    for path in dict.fromkeys((*repeats, *names)):
        row = names.get(path)
        called = list(dict.fromkeys(str(name) for name in row)) if isinstance(row, (list, tuple)) else []
        number = repeats.get(path, len(called))
        plain = tuple(step.partition("[")[0] for step in path.strip("/").split("/"))
        found.setdefault(plain, []).append((path.rpartition("/")[0], number if isinstance(number, int) else 0, called))
    return found


def _resize(tree: Tree, spec: Spec, repeats: Mapping[Names, list[_Told]]) -> None:
    """Give every repeat below a spec its instances and their names, outer ones first."""
    for child in spec.children:
        for above, number, names in repeats.get(child.path, ()) if child.kind == "repeat" else ():
            parent = tree.find(above)
            if parent is not None and parent.spec is spec:
                _fit(tree, parent, child, number, names)
        _resize(tree, child, repeats)


def _fit(tree: Tree, parent: Item, repeat: Spec, number: int, names: list[str]) -> None:
    """What another site kept may be out of all reason: it is bounded."""
    wanted = max(0, min(number, MOST_INSTANCES))
    for _ in range(len(parent.named.get(repeat.name, ())), wanted):
        tree.add(parent, repeat)
    for extra in list(parent.named.get(repeat.name, []))[wanted:]:
        if isinstance(extra, Item):
            tree.remove(extra)
    for instance, name in zip(parent.named.get(repeat.name, ()), names):
        if isinstance(instance, Item):
            instance.instance = name
