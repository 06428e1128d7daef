"""The answers of one filled form as tables and submissions want them: by path, repeats inside each other, only what applies."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.domain.values import Silence
from desktop.forms.definition import Names
from desktop.forms.filled import FilledForm
from desktop.forms.tree import Item


@dataclass
class Instance:
    """The answers of a form, or of one instance of a repeat, without those of the repeats in it. Paths are without the name of the form's
    root, which differs between versions."""

    texts: dict[Names, str] = field(default_factory=dict)
    silences: dict[Names, Silence] = field(default_factory=dict)
    repeats: dict[Names, list[Instance]] = field(default_factory=dict)


def given(form: FilledForm) -> Instance:
    """What was answered and worked out in a form, as far as it applies now."""
    found = Instance()
    _gather(form.root, found)
    return found


def _gather(item: Item, into: Instance) -> None:
    for child in item.children:
        if not isinstance(child, Item) or not child.relevant:
            continue
        path = child.spec.path[1:]
        if child.spec.kind == "repeat":
            inner = Instance()
            into.repeats.setdefault(path, []).append(inner)
            _gather(child, inner)
        elif child.spec.children:
            _gather(child, into)
        elif child.silence is not None:
            into.silences[path] = child.silence
        elif child.text:
            into.texts[path] = child.text
