"""A form while it is being filled, and what changed in it since it was opened.

What was answered in an instance of a repeat is told by the name of the instance where it has one (a data node that saves to
``kind.record``), not by its number: others move up when one is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm, Node
from desktop.services import form_answers
from desktop.services.form_answers import told_by
from desktop.services.reading import unseen_fields
from desktop.services.session import Session

_NUMBER = re.compile(r"\[[^\]]*\]")
_SILENT, _NAMING = "~", ".record"


@dataclass
class Kept:
    """Where a form that was added here is kept: its digest, and the folder of its answers. `record` is the filled form's record once
    something was saved: every copy of an `Open` learns of it. `finished`: somebody declared all of it done. `version` is what the form calls
    itself. `reads_only`: it can be looked at, not changed."""

    digest: str
    folder: Folder
    version: str
    record: RecordId | None = None
    finished: bool = False
    reads_only: bool = False


@dataclass(frozen=True)
class Open:
    """A form being filled. `draft` names where it is kept as the person types. `locked` are paths of sections whose folder this
    volunteer cannot open; `person` is whom it is about, if somebody is registered already. `loaded` holds the answers it was opened with
    and the instances of repeats that were there (as `answers_given` tells them). `done` are paths of sections that somebody has saved as done.
    `kept` is there for forms that were added here (`any_form`), None for our own; then `loaded` is as `form_answers.Told.flat` gives it.
    `same_as`: somebody registered who is the person on an arrival card, as the volunteer said. `code`: the number printed on the sheet that is
    being entered, "" without one."""

    draft: str
    form: FilledForm
    locked: frozenset[str]
    person: RecordId | None
    token: int
    submission: RecordId | None = None
    loaded: dict[str, str] = field(default_factory=dict)
    done: frozenset[str] = frozenset()
    kept: Kept | None = None
    same_as: RecordId | None = None
    code: str = ""


def definition_of(form: str) -> Definition:
    """UserError form.unknown."""
    if form not in shipped.NAMES:
        raise UserError("form.unknown")
    return shipped.definition(form)


def folder_of(node: Node) -> Folder:
    """The folder that the answer to this question belongs to."""
    return Folder(node.folder)


def questions(form: FilledForm, path: str = "") -> Iterator[Node]:
    """Every question below a path that can hold an answer, relevant or not, in document order."""
    for node in form.children(path):
        if node.kind == "question":
            if node.type != "note":
                yield node
        else:
            yield from questions(form, node.path)


def instances(form: FilledForm, path: str = "") -> Iterator[Node]:
    """Every instance of a repeat below a path."""
    for node in form.children(path):
        if node.kind == "repeat":
            yield node
        if node.kind != "question":
            yield from instances(form, node.path)


def given(node: Node) -> str:
    """The answer as one text: stored text, a mark for a silence, "" for none or for a question that does not apply."""
    if not node.relevant:
        return ""
    return f"{_SILENT}{node.silence.value}" if node.silence else node.value


def names_of(form: FilledForm) -> dict[str, str]:
    """Path of each instance of a repeat -> the same path with the name of the instance in place of its number."""
    found = {}
    for node in instances(form):
        spec = form.definition.specs[tuple(plain(node.path).strip("/").split("/"))]
        naming = next((child for child in spec.children if child.kind == "data" and child.save_to.endswith(_NAMING)), None)
        name = form.node(f"{node.path}/{naming.name}").value if naming else ""
        found[node.path] = f"{node.path.rpartition('[')[0]}[{name}]" if name else node.path
    return found


def named(path: str, names: Mapping[str, str]) -> str:
    """A path with the name of the instance it is in, as `names_of` gives it."""
    instance = path[: path.find("]") + 1]
    return names.get(instance, instance) + path[len(instance):]


def as_given(nodes: list[Node]) -> list[Node]:
    """The same questions; those that do not apply count as not answered."""
    return [node if node.relevant else replace(node, value="", silence=None) for node in nodes]


def answers_given(form: FilledForm, path: str = "") -> dict[str, str]:
    """Answers below a path as `given` tells them, by the path with names of instances; each instance that applies is there too, with an
    empty text."""
    names = names_of(form)
    found = {named(node.path, names): text for node in questions(form, path) if (text := given(node))}
    return {**found, **{names[node.path]: "" for node in instances(form, path) if node.relevant}}


def changed(opened: Open, path: str = "") -> list[Node]:
    """Questions below a path whose answer is another one than when the form was opened."""
    names = names_of(opened.form)
    return [node for node in questions(opened.form, path) if given(node) != opened.loaded.get(named(node.path, names), "")]


def taken_out(opened: Open, path: str = "") -> list[str]:
    """Instances of repeats below a path that were there when the form was opened and are not there now, or do not apply any more: their
    paths with their names."""
    names = names_of(opened.form)
    now = {names[node.path] for node in instances(opened.form, path) if node.relevant}
    return [at for at in opened.loaded if at.endswith("]") and (not path or at.startswith(f"{path}/")) and at not in now]


def touched(opened: Open, path: str = "") -> bool:
    """True if anything below a path is another than when the form was opened."""
    if opened.kept is not None:
        definition, now = opened.form.definition, told_by(opened.form)
        edited = form_answers.changed(definition, now, opened.loaded, path)
        return bool(edited or any(form_answers.added_and_gone(definition, now, opened.loaded, path)))
    return bool(changed(opened, path) or taken_out(opened, path))


def locked_sections(session: Session, form: FilledForm) -> frozenset[str]:
    """Sections that belong to a folder this volunteer cannot open."""
    return frozenset(node.path for node in form.sections() if not session.can_open(folder_of(node)))


def plain(path: str) -> str:
    """The path without the numbers or names of instances."""
    return _NUMBER.sub("", path)


def unseen_questions(session: Session, definition: Definition) -> frozenset[str]:
    """The paths (without numbers) of questions that save to fields this volunteer's role does not see."""
    unseen = {f"{kind}.{name}" for kind in FIELDS for name in unseen_fields(session, kind)}
    return frozenset("/" + "/".join(path) for path, spec in definition.specs.items() if spec.save_to in unseen)
