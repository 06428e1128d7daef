"""Forms before they are used: tried out without keeping anything, and one version beside another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.domain.ids import RecordId
from desktop.forms.definition import Definition, Label, Spec
from desktop.forms.filled import FilledForm
from desktop.forms.importing.findings import Limit
from desktop.forms.importing.limits import limits_of
from desktop.forms.loading import load
from desktop.services import form_library
from desktop.services.filling import Open
from desktop.services.session import Session

__all__ = ["Difference", "Limit", "Trial", "anew", "differences", "limits", "try_compiled", "try_out"]

_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")
_LIMITS: dict[str, tuple[Limit, ...]] = {}  # by digest: what a form asks for never changes
_GAP = "…"


@dataclass(frozen=True)
class Difference:
    """One question that two versions do not share. `what`: new, gone, type, choices or words. `path` is its path in the version that has
    it, `name` the last part of it, `label` its words in that version. `before` and `after`: what differs, in the form's own names (types,
    choices) or words; blank for what is new or gone."""

    path: str
    name: str
    label: str
    what: str
    before: str = ""
    after: str = ""


# ---- trying out


@dataclass(frozen=True)
class Trial:
    """A form as it would be filled, with nothing in it; it belongs to nobody and is not kept. `media`: its companion files by name."""

    opened: Open
    media: Mapping[str, bytes]


def try_out(session: Session, *, form: RecordId, language: str) -> Trial:
    """A stored form. UserError: record.missing, form.elsewhere, form.unreadable."""
    return _fresh(form_library.definition(session, form=form), form_library.media(session, form=form), language)


def try_compiled(compiled: bytes, *, media: Mapping[str, bytes], language: str) -> Trial:
    """A compiled form that is not stored. UserError as of `desktop.forms.loading.load`."""
    return _fresh(load(compiled, media), media, language)


def anew(trial: Trial, language: str) -> Trial:
    """The same form once more, empty."""
    return _fresh(trial.opened.form.definition, trial.media, language)


def _fresh(definition: Definition, media: Mapping[str, bytes], language: str) -> Trial:
    return Trial(Open("", FilledForm(definition, language=language), frozenset(), None, 0), media)


def limits(session: Session, *, form: RecordId) -> tuple[Limit, ...]:
    """What this laptop cannot do of what a stored form asks for. UserError as of `try_out`."""
    digest = form_library.stored_form(session, form=form).digest
    if digest not in _LIMITS:
        made = form_library.definition(session, form=form)
        _LIMITS[digest] = limits_of(made, form_library.compiled(session, form=form), None)
    return _LIMITS[digest]


# ---- one version beside another


def differences(older: Definition, newer: Definition, *, language: str) -> list[Difference]:
    """What the newer version asks in another way: new questions and those asked otherwise in its order, then those that are gone."""
    before = {_key(spec): spec for spec in _asked(older)}
    after = {_key(spec): spec for spec in _asked(newer)}
    found: list[Difference] = []
    for path, spec in after.items():
        if path in before:
            found += _changed(older, before[path], newer, spec, language)
        else:
            found.append(Difference(path, spec.name, _words(newer, spec.label, language), "new"))
    return [*found, *(
        Difference(path, spec.name, _words(older, spec.label, language), "gone") for path, spec in before.items() if path not in after
    )]


def _asked(definition: Definition) -> Iterator[Spec]:
    return (spec for spec in definition.root.walk() if spec.kind == "question" and spec.type != "note")


def _key(spec: Spec) -> str:
    """The path below the root: versions may call their root by different names."""
    return "/".join(spec.path[1:])


def _changed(older: Definition, was: Spec, newer: Definition, now: Spec, language: str) -> Iterator[Difference]:
    said, says = _words(older, was.label, language), _words(newer, now.label, language)
    same = Difference(_key(now), now.name, says or said, "")
    if was.type != now.type:
        yield replace(same, what="type", before=was.type, after=now.type)
        return
    had, has = _choices(older, was), _choices(newer, now)
    if set(had) != set(has):
        left, come = [one for one in had if one not in has], [one for one in has if one not in had]
        yield replace(same, what="choices", before=", ".join(left), after=", ".join(come))
    if said != says:
        yield replace(same, what="words", before=said, after=says)


def _choices(definition: Definition, spec: Spec) -> list[str]:
    """The stored names a question offers, whatever is answered elsewhere."""
    if spec.itemset is None:
        return [choice.name for choice in spec.choices]
    found = _INSTANCE.search(spec.itemset.nodes.source)
    document = definition.instances.get(found[1]) if found else None
    items = document.walk() if document is not None else ()
    column = spec.itemset.name.source
    return [child.content() for item in items for child in item.named.get(column, ())]


def _words(definition: Definition, label: Label, language: str) -> str:
    """The words of a label; what is put in while somebody fills stands as dots."""
    spoken = definition.texts.get(definition.language(language), {})
    parts = spoken[label.text].parts if label.text in spoken else label.words.parts
    return "".join(part if isinstance(part, str) else _GAP for part in parts).strip()
