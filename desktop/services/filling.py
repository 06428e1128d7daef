"""A form while it is being filled: what changed since it was opened, and the draft it is kept in.

Answers that belong to Health are kept in Health's own drafts, never in Reception's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Silence
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm, Node
from desktop.journal.drafts import Draft
from desktop.services.reading import unseen_fields
from desktop.services.session import Session

_NUMBER = re.compile(r"\[\d+\]")
_SILENT = "~"
State = Mapping[str, object]


@dataclass(frozen=True)
class Open:
    """A form being filled. `draft` names where it is kept as the person types. `locked` are paths of sections whose folder this
    volunteer cannot open; `person` is whom it is about, if somebody is registered already. `loaded` holds the answers it was opened with.
    `done` are paths of sections that somebody has saved as done."""

    draft: str
    form: FilledForm
    locked: frozenset[str]
    person: RecordId | None
    token: int
    submission: RecordId | None = None
    loaded: dict[str, str] = field(default_factory=dict)
    done: frozenset[str] = frozenset()


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


def answers_given(form: FilledForm) -> dict[str, str]:
    """Path -> answer as `given` tells it, for every question."""
    return {node.path: text for node in questions(form) if (text := given(node))}


def changed(opened: Open, path: str = "") -> list[Node]:
    """Questions below a path whose answer is another one than when the form was opened."""
    return [node for node in questions(opened.form, path) if given(node) != opened.loaded.get(node.path, "")]


def locked_sections(session: Session, form: FilledForm) -> frozenset[str]:
    """Sections that belong to a folder this volunteer cannot open."""
    return frozenset(node.path for node in form.sections() if not session.can_open(folder_of(node)))


def plain(path: str) -> str:
    """The path without the numbers of instances."""
    return _NUMBER.sub("", path)


def unseen_questions(session: Session, definition: Definition) -> frozenset[str]:
    """The paths (without numbers) of questions that save to fields this volunteer's role does not see."""
    unseen = {f"{kind}.{name}" for kind in FIELDS for name in unseen_fields(session, kind)}
    return frozenset("/" + "/".join(path) for path, spec in definition.specs.items() if spec.save_to in unseen)


def may_open(session: Session, draft: Draft) -> bool:
    """False for what somebody else left half filled with answers that this volunteer's role does not see."""
    if draft.author == session.author:
        return True
    body = json.loads(draft.body)
    hidden = unseen_questions(session, definition_of(body["form"]))
    answers = [path for name in ("answers", "silences") for path in _part(body["state"], name)]
    return not any(plain(path) in hidden for path in answers)


def _health_paths(definition: Definition) -> frozenset[str]:
    return frozenset("/" + "/".join(path) for path, spec in definition.specs.items() if spec.folder == Folder.HEALTH.value)


def part_of_state(state: State, definition: Definition, *, health: bool) -> dict[str, object]:
    """The state with only the answers that belong to Health, or only the others."""
    paths = _health_paths(definition)
    found = dict(state)
    for name in ("answers", "silences", "repeats"):
        part = state.get(name)
        if isinstance(part, Mapping):
            found[name] = {path: value for path, value in part.items() if (plain(path) in paths) is health}
    return found


def joined(one: State, two: State) -> dict[str, object]:
    """Two states of one form as one; where both have an answer, the second."""
    found = {**one, **two}
    for name in ("answers", "silences", "repeats"):
        parts = [part for state in (one, two) if isinstance(part := state.get(name), Mapping)]
        found[name] = {path: value for part in parts for path, value in part.items()}
    return found


def keep_draft(session: Session, opened: Open) -> None:
    """Save the draft; when it returns, the answers survive a power cut."""
    definition, state = opened.form.definition, opened.form.state()
    body = {
        "form": opened.form.form_id, "token": opened.token, "person": opened.person.text() if opened.person else "",
        "title": _name_typed(opened.form), "loaded": _without_health(opened, definition),
        "state": part_of_state(state, definition, health=False),
    }
    session.journal(Folder.RECEPTION).drafts.keep(opened.draft, opened.form.form_id, _bytes(body))
    if session.can_open(Folder.HEALTH) and _health_paths(definition):
        part = part_of_state(state, definition, health=True)
        paths = _health_paths(definition)
        loaded = {path: text for path, text in opened.loaded.items() if plain(path) in paths}
        session.journal(Folder.HEALTH).drafts.keep(opened.draft, opened.form.form_id, _bytes({"state": part, "loaded": loaded}))


def _without_health(opened: Open, definition: Definition) -> dict[str, str]:
    paths = _health_paths(definition)
    return {path: text for path, text in opened.loaded.items() if plain(path) not in paths}


def _bytes(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def _name_typed(form: FilledForm) -> str:
    return next((node.value for node in questions(form) if node.save_to == "person.name"), "")


def open_draft(session: Session, draft: str, language: str) -> Open:
    """A draft as it was left. UserError record.missing; role.not_allowed for one that `may_open` refuses."""
    kept = session.journal(Folder.RECEPTION).drafts.read(draft)
    if kept is None:
        raise UserError("record.missing")
    if not may_open(session, kept):
        raise UserError("role.not_allowed")
    body = json.loads(kept.body)
    definition = definition_of(body["form"])
    state, loaded = body["state"], dict(body["loaded"])
    if session.can_open(Folder.HEALTH):
        more = session.journal(Folder.HEALTH).drafts.read(draft)
        if more is not None:
            found = json.loads(more.body)
            state, loaded = joined(state, found["state"]), {**loaded, **found["loaded"]}
    form = FilledForm.from_state(definition, state, language=language, now=session.now())
    person = Stamp.parse(body["person"]) if body["person"] else None
    return Open(draft, form, locked_sections(session, form), person, int(body["token"]), None, loaded)


def renewed(session: Session, fresh: Open, draft: Open) -> Open:
    """A form as it stands by now (`fresh`), with what was changed in a draft of it put over: others may have saved answers since the
    draft was left. A repeat that was touched in the draft is taken from it whole."""
    paths = {node.path for node in changed(draft)}
    now, kept = fresh.form.state(), draft.form.state()
    counts, before = _part(now, "repeats"), _part(kept, "repeats")
    touched = [path for path, count in before.items() if _repeat_touched(path, count, paths, draft.loaded)]
    counts.update({path: before[path] for path in touched})

    def from_draft(path: str) -> bool:
        return path in paths or any(path.startswith(f"{repeat}[") for repeat in touched)

    state: dict[str, object] = {**now, "repeats": counts}
    for name in ("answers", "silences"):
        stands = {path: text for path, text in _part(now, name).items() if not from_draft(path)}
        state[name] = {**stands, **{path: text for path, text in _part(kept, name).items() if from_draft(path)}}
    form = FilledForm.from_state(fresh.form.definition, state, language=fresh.form.language, now=session.now())
    return replace(fresh, draft=draft.draft, form=form, locked=locked_sections(session, form))


def _part(state: State, name: str) -> dict[str, object]:
    part = state.get(name)
    return dict(part) if isinstance(part, Mapping) else {}


def _repeat_touched(repeat: str, count: object, paths: set[str], loaded: Mapping[str, str]) -> bool:
    """True if answers in a repeat were changed, or instances were taken out since it was loaded."""
    if any(path.startswith(f"{repeat}[") for path in paths):
        return True
    numbers = [int(path[len(repeat) + 1:].partition("]")[0]) for path in loaded if path.startswith(f"{repeat}[")]
    return isinstance(count, int) and max(numbers, default=0) > count


def discard_draft(session: Session, draft: str) -> bool:
    """Forget a draft in every folder; False if there was none."""
    found = False
    for folder in (Folder.RECEPTION, Folder.HEALTH):
        if session.can_open(folder):
            found = session.journal(folder).drafts.discard(draft) or found
    return found


def with_answers(definition: Definition, state: State, answers: Mapping[str, str | Silence]) -> dict[str, object]:
    """The state with these answers put where it has none."""
    texts, silences = (dict(part) if isinstance(part := state.get(name), Mapping) else {} for name in ("answers", "silences"))
    known = {"/" + "/".join(path): spec for path, spec in definition.specs.items()}
    for path, answer in answers.items():
        if texts.get(path) or path in silences or not answer:
            continue
        if isinstance(answer, Silence):
            if answer in known[plain(path)].silences:
                silences[path] = answer.value
        else:
            texts[path] = answer
    return {**state, "answers": texts, "silences": silences}
