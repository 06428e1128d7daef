"""The drafts that a form is kept in as the person types, and how one is gone on with.

Answers that belong to Health are kept in Health's own drafts, never in Reception's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import Stamp
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm
from desktop.journal.drafts import Draft
from desktop.services.filling import (
    Open,
    changed,
    definition_of,
    locked_sections,
    named,
    names_of,
    plain,
    questions,
    unseen_questions,
)
from desktop.services.form_shelf import definition_of_digest, digest_of_definition
from desktop.services.session import Session

State = Mapping[str, object]


def may_open(session: Session, draft: Draft) -> bool:
    """False for what somebody else left half filled with answers that this volunteer's role does not see."""
    if draft.author == session.author:
        return True
    body = json.loads(draft.body)
    hidden = unseen_questions(session, _form_in(session, body))
    answers = [path for name in ("answers", "silences") for path in _part(body["state"], name)]
    return not any(plain(path) in hidden for path in answers)


def _form_in(session: Session, body: Mapping[str, str]) -> Definition:
    """The exact form that a draft was typed into; the program's own of that name if that one was never kept."""
    try:
        return definition_of_digest(session, digest=body["digest"]) if body.get("digest") else definition_of(body["form"])
    except UserError:
        return definition_of(body["form"])


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
        "form": opened.form.form_id, "digest": digest_of_definition(definition), "token": opened.token, "person": opened.person.text() if opened.person else "",
        "title": _name_typed(opened.form), "loaded": _without_health(opened, definition),
        "state": part_of_state(state, definition, health=False), "same_as": opened.same_as.text() if opened.same_as else "",
        "code": opened.code,
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
    definition = _form_in(session, body)
    state, loaded = body["state"], dict(body["loaded"])
    if session.can_open(Folder.HEALTH):
        more = session.journal(Folder.HEALTH).drafts.read(draft)
        if more is not None:
            found = json.loads(more.body)
            state, loaded = joined(state, found["state"]), {**loaded, **found["loaded"]}
    form = FilledForm.from_state(definition, state, language=language, now=session.now())
    person = Stamp.parse(body["person"]) if body["person"] else None
    same_as = Stamp.parse(body["same_as"]) if body.get("same_as") else None
    return Open(draft, form, locked_sections(session, form), person, int(body["token"]), None, loaded, same_as=same_as, code=str(body.get("code", "")))


def renewed(session: Session, fresh: Open, draft: Open) -> Open:
    """A form as it stands by now (`fresh`), with what was changed in a draft of it put over: others may have saved answers since the
    draft was left. Instances of repeats that came since are there, and those that were taken off the lists are gone unless something was
    written about them in the draft."""
    was, now = names_of(draft.form), names_of(fresh.form)
    mine = {named(node.path, was) for node in changed(draft)}
    stands, came = set(now.values()), set(draft.loaded)
    new = [name for name in was.values() if name not in stands and (name not in came or any(path.startswith(f"{name}/") for path in mine))]
    removed = came - set(was.values())
    numbers, counts = _numbered([*(name for name in now.values() if name not in removed), *new])

    def of_draft(path: str) -> bool:
        return path in mine or _instance(path) in new

    here, kept = _told(fresh.form, now), _told(draft.form, was)
    beside = {name.rpartition("/")[0] for name in new}  # they would not apply without what was answered beside them
    spare = {
        named(node.path, was) for node in questions(draft.form) if not node.relevant or node.path.rpartition("/")[0] in beside
    }.difference(*here.values())
    state: dict[str, object] = {"repeats": {path: counts.get(path, 0) for path in _part(fresh.form.state(), "repeats")}}
    for part in ("answers", "silences"):
        told = {path: text for path, text in kept[part].items() if path in spare}
        told.update({path: text for path, text in here[part].items() if not of_draft(path)})
        told.update({path: text for path, text in kept[part].items() if of_draft(path)})
        state[part] = {
            named(path, numbers): text for path, text in told.items() if not _instance(path) or _instance(path) in numbers
        }
    form = FilledForm.from_state(fresh.form.definition, state, language=fresh.form.language, now=session.now())
    return replace(fresh, draft=draft.draft, form=form, locked=locked_sections(session, form))


def _instance(path: str) -> str:
    """The instance of a repeat that a path is in, or ""."""
    return path[: path.find("]") + 1]


def _numbered(order: list[str]) -> tuple[dict[str, str], dict[str, int]]:
    """Paths of instances with names -> with numbers, and how many instances each repeat has."""
    numbers: dict[str, str] = {}
    counts: dict[str, int] = {}
    for name in order:
        repeat = name.rpartition("[")[0]
        counts[repeat] = counts.get(repeat, 0) + 1
        numbers[name] = f"{repeat}[{counts[repeat]}]"
    return numbers, counts


def _told(form: FilledForm, names: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """Answers and silences of a form, by paths with names of instances."""
    state = form.state()
    return {part: {named(path, names): told for path, told in _part(state, part).items()} for part in ("answers", "silences")}


def _part(state: State, name: str) -> dict[str, object]:
    part = state.get(name)
    return dict(part) if isinstance(part, Mapping) else {}


def discard_draft(session: Session, draft: str) -> bool:
    """Forget a draft in every folder; False if there was none."""
    found = False
    for folder in Folder:
        if session.can_open(folder):
            found = session.journal(folder).drafts.discard(draft) or found
    return found
