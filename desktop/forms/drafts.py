"""A form being filled to plain values and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.values import Silence
from desktop.forms.definition import Spec
from desktop.forms.tree import MOST_INSTANCES, Item, Tree


@dataclass
class Unplaced:
    """What a state holds for questions that the definition does not have: kept, so that no answer is lost."""

    answers: dict[str, str] = field(default_factory=dict)
    silences: dict[str, str] = field(default_factory=dict)


def state_of(tree: Tree, unplaced: Unplaced) -> dict[str, object]:
    """``form``, ``version``, ``answers`` (path -> stored text, relevant or not), ``silences`` (path -> name of the silence) and
    ``repeats`` (path without its last number -> number of instances). Plain texts and numbers only."""
    answers, silences, repeats = dict(unplaced.answers), dict(unplaced.silences), {}
    for node in tree.root.walk():
        if not isinstance(node, Item):
            continue
        if not node.spec.children and node.text:
            answers[node.path] = node.text
        if node.silence is not None:
            silences[node.path] = node.silence.value
        for child in node.spec.children:
            if child.kind == "repeat":
                repeats[f"{node.path}/{child.name}"] = len(node.named.get(child.name, ()))
    definition = tree.definition
    return {
        "form": definition.form_id, "version": definition.version, "answers": answers, "silences": silences, "repeats": repeats,
    }


def restore(tree: Tree, state: Mapping[str, object]) -> Unplaced:
    """Put a state into a fresh tree; nothing is computed yet. Returns what found no place."""
    repeats, answers, silences = (_mapping(state, key) for key in ("repeats", "answers", "silences"))
    _resize(tree, tree.definition.root, repeats)
    for row in tree.items.values():
        for item in row:
            if not item.spec.children:
                item.put("")
    unplaced = Unplaced()
    for path, text in answers.items():
        leaf = tree.find(path)
        if leaf is None or leaf.spec.children:
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


def _resize(tree: Tree, spec: Spec, repeats: Mapping[str, object]) -> None:
    """Give every repeat below a spec its number of instances, outer ones first."""
    for child in spec.children:
        for parent in list(tree.items[spec.path]) if child.kind == "repeat" else ():
            row = parent.named.get(child.name, [])
            told = repeats.get(f"{parent.path}/{child.name}", len(row))
            wanted = max(0, min(told, MOST_INSTANCES)) if isinstance(told, int) else 0  # what another site kept may be out of all reason
            for _ in range(len(row), wanted):
                tree.add(parent, child)
            for extra in list(parent.named.get(child.name, []))[wanted:]:
                if isinstance(extra, Item):
                    tree.remove(extra)
        _resize(tree, child, repeats)
