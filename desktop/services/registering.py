"""From a filled form to records: person, household, everybody with them, health, and the form itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.forms.definition import Spec
from desktop.forms.filled import FilledForm, Node
from desktop.journal.journal import Journal
from desktop.journal.save import Save
from desktop.services import rules
from desktop.services.filling import (
    Open,
    changed,
    definition_of,
    discard_draft,
    folder_of,
    given,
    instances,
    joined,
    keep_draft,
    plain,
    questions,
    unseen_questions,
    with_answers,
)
from desktop.services.form_values import BIRTH, SEEN, TOLD, answer_of, values_of
from desktop.services.people import health_record
from desktop.services.projections.submissions import DONE
from desktop.services.reading import linked, may_read, unseen_fields
from desktop.services.session import Session
from desktop.services.submissions import RECORD, REPEAT, state_of, submission_records
from desktop.services.writing import fresh_code, write_new, write_values

ARRIVAL, REGISTRATION = "arrival", "registration"


@dataclass(frozen=True)
class Registered:
    """What a saved arrival card made."""

    person: RecordId
    household: RecordId
    code: str
    token: int
    people: int


# -- what is wrong


def problems(session: Session, opened: Open, section: str) -> list[Problem]:
    """See `intake.problems`."""
    found = [
        Problem(one.path, f"answer.{one.code}", (("message", one.message),) if one.message else ())
        for one in opened.form.problems(section)
    ]
    known = {problem.where for problem in found}
    for node in questions(opened.form, section):
        if node.relevant and node.value and node.path not in known:
            found += _doubts(session, node)
    places = {node.path: at for at, node in enumerate(questions(opened.form))}
    return sorted(found, key=lambda problem: places.get(problem.where, 0))


def _doubts(session: Session, node: Node) -> list[Problem]:
    kind = node.save_to.partition(".")[0]
    if kind not in FIELDS or node.save_to.startswith((BIRTH, TOLD)):
        return []
    values = values_of([node], kind, today=session.today())
    return [Problem(node.path, one.code, one.fields, one.severe) for one in rules.problems(kind, values, today=session.now().date())]


# -- the arrival card


def register(session: Session, opened: Open, *, token: int) -> tuple[Registered, Changes]:
    """Everything an arrival card says, in one save of Reception."""
    form, moment = opened.form, session.moment()
    focal_values = _new_person(session, [node for node in questions(form) if "[" not in node.path])
    focal_values = {"arrived": moment, **focal_values, "token": token, "relationship": "focal"}
    code = str(focal_values["code"])
    members = [
        (node.path, {"arrived": focal_values["arrived"], **_new_person(session, list(questions(form, node.path)))})
        for node in instances(form)
        if any(leaf.save_to.startswith("person.") and given(leaf) for leaf in questions(form, node.path))
    ]
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        household = save.create("household", {"code": fresh_code(session), "arrived": focal_values["arrived"]})
        home = {"household": household.text()}
        person = write_new(save, "person", {**focal_values, **home})
        save.set(household, {"focal": person.text()})
        made = {path: write_new(save, "person", {**values, **home}) for path, values in members}
        _write_submission(session, save, opened, code, None, Folder.RECEPTION, made)
        _begin_registration(save, code)
        discard_draft(session, opened.draft)
    return Registered(person, household, code, token, 1 + len(members)), act.changes | Changes(frozenset({"draft"}))


def _new_person(session: Session, nodes: list[Node]) -> dict[str, Value]:
    values = values_of([node for node in nodes if given(node)], "person", today=session.today())
    return {"code": fresh_code(session), "state": "here", **values}


def _begin_registration(save: Save, code: str) -> None:
    """The long form is begun with the arrival, so that two sites that fill it later fill the same one."""
    definition = definition_of(REGISTRATION)
    save.create("submission", {
        "form": REGISTRATION, "version": definition.version, "person_code": code,
        "sections": sum(1 for spec in definition.root.children if spec.kind == "group" and spec.shown),
    })


# -- the registration form


def known_state(session: Session, person: RecordId) -> tuple[dict[str, object], RecordId | None]:
    """The state of the registration form of a person, with what their records say put where nobody answered, and the submission."""
    definition = definition_of(REGISTRATION)
    values = session.journal(Folder.RECEPTION).values(person)
    code = str(values.get("code", ""))
    state = {**FilledForm(definition, now=session.now()).state(), "answers": {}}
    records = submission_records(session, Folder.RECEPTION, code, REGISTRATION)
    for record in reversed(records):
        state = joined(state, _readable(session, record))
    if session.can_open(Folder.HEALTH):
        for record in reversed(submission_records(session, Folder.HEALTH, code, REGISTRATION)):
            state = joined(state, state_of(REGISTRATION, session.journal(Folder.HEALTH).values(record)))
    return with_answers(definition, state, _prefill(session, person, values)), records[0] if records else None


def done_sections(session: Session, person: RecordId) -> frozenset[str]:
    """The paths of the sections of the registration form of a person that were saved as done, as far as this volunteer can see."""
    code = str(session.journal(Folder.RECEPTION).values(person).get("code", ""))
    found: set[str] = set()
    for folder in (Folder.RECEPTION, Folder.HEALTH):
        for record in submission_records(session, folder, code, REGISTRATION) if session.can_open(folder) else ():
            registers = session.journal(folder).values(record)
            found |= {name[len(DONE):] for name, value in registers.items() if name.startswith(DONE) and value is True}
    return frozenset(found)


def _readable(session: Session, record: RecordId) -> dict[str, object]:
    """The state of a submission without answers that this volunteer's role may not read."""
    hidden = unseen_questions(session, definition_of(REGISTRATION))
    registers = session.journal(Folder.RECEPTION).values(record)
    return state_of(REGISTRATION, {name: value for name, value in registers.items() if plain(name) not in hidden})


def _specs() -> dict[str, Spec]:
    return {"/" + "/".join(path): spec for path, spec in definition_of(REGISTRATION).specs.items()}


def _prefill(session: Session, person: RecordId, values: Mapping[str, Value]) -> dict[str, str | Silence]:
    """Answers that follow from records, for questions outside repeats."""
    reception = session.journal(Folder.RECEPTION)
    household = linked(reception, values.get("household"), "household")
    known: dict[str, Mapping[str, Value]] = {"person": values}
    if household is not None:
        known["household"] = reception.values(household)
    found: dict[str, str | Silence] = {}
    for path, spec in _specs().items():
        kind, _, name = spec.save_to.partition(".")
        field = FIELDS.get(kind, {}).get(name)
        if kind in known and (field is None or may_read(session, field)):
            found[path] = answer_of(spec.save_to, known[kind])
    return found


def register_sections(session: Session, opened: Open, person: RecordId, sections: list[str]) -> Changes:
    """Write these sections, or all without a problem (none given)."""
    form = opened.form
    wanted = sections or [
        node.path for node in form.sections() if node.path not in opened.locked and not _severe(session, opened, node.path)
    ]
    by_folder: dict[Folder, list[str]] = {}
    for path in wanted:
        by_folder.setdefault(folder_of(form.node(path)), []).append(path)
    code = str(session.journal(Folder.RECEPTION).values(person).get("code", ""))
    if not code:
        raise UserError("record.missing")
    with session.act("registration") as act:
        if Folder.RECEPTION in by_folder:
            with session.save(act, Folder.RECEPTION) as save:
                _write_reception(session, save, opened, person, code, by_folder[Folder.RECEPTION])
        if Folder.HEALTH in by_folder:
            with session.save(act, Folder.HEALTH) as save:
                _write_health(session, save, opened, code, by_folder[Folder.HEALTH])
    for path in wanted:
        _settle_loaded(opened, path)
    if changed(opened):
        keep_draft(session, opened)
    else:
        discard_draft(session, opened.draft)
    return act.changes


def _severe(session: Session, opened: Open, section: str) -> bool:
    return any(problem.severe for problem in problems(session, opened, section))


def _settle_loaded(opened: Open, section: str) -> None:
    """What was just saved is what stands: it is written again only if it changes again."""
    for node in questions(opened.form, section):
        opened.loaded[node.path] = given(node)


def _changed_nodes(opened: Open, sections: Iterable[str]) -> list[Node]:
    """Changed questions of these sections outside repeats, and with them all questions that make one value with one of them."""
    nodes = [node for path in sections for node in questions(opened.form, path) if "[" not in node.path]
    names = {node.path for path in sections for node in changed(opened, path)}
    groups = {group for node in nodes if node.path in names and (group := _group(node.save_to))}
    return [node for node in nodes if node.path in names or _group(node.save_to) in groups]


def _group(save_to: str) -> str:
    return "birth" if save_to.startswith(BIRTH) else "needs" if save_to in (TOLD, SEEN) else ""


def _as_given(nodes: list[Node]) -> list[Node]:
    """Questions that do not apply count as not answered."""
    return [node if node.relevant else replace(node, value="", silence=None) for node in nodes]


def _write_reception(session: Session, save: Save, opened: Open, person: RecordId, code: str, sections: list[str]) -> None:
    journal = session.journal(Folder.RECEPTION)
    now = journal.values(person)
    nodes = _as_given(_changed_nodes(opened, sections))
    write_values(save, person, "person", values_of(nodes, "person", today=session.today(), now=now), unseen_fields(session, "person"))
    household = linked(journal, now.get("household"), "household")
    if household is not None:
        write_values(save, household, "household", values_of(nodes, "household", today=session.today()))
    submission = next(iter(submission_records(session, Folder.RECEPTION, code, REGISTRATION)), None)
    registers = journal.values(submission) if submission else {}
    made = _write_left_behind(session, save, opened, household, sections, registers)
    _write_submission(session, save, opened, code, submission, Folder.RECEPTION, made, sections)


def _write_left_behind(
    session: Session, save: Save, opened: Open, household: RecordId | None, sections: list[str], registers: Mapping[str, Value]
) -> dict[str, RecordId]:
    """A record for each instance of the people left behind; those whose instance is gone are deleted."""
    journal, made = session.journal(Folder.RECEPTION), {}
    for section in sections:
        for node in instances(opened.form, section):
            leaves = _as_given(list(questions(opened.form, node.path)))
            if household is None or not any(leaf.save_to.startswith("left_behind.") and given(leaf) for leaf in leaves):
                continue
            known = _left_behind(journal, registers.get(f"{RECORD}{node.path}"))
            values = values_of(leaves, "left_behind", today=session.today())
            if known is not None:
                touched = {leaf.path for leaf in changed(opened, node.path)}
                values = values_of([leaf for leaf in leaves if leaf.path in touched], "left_behind", today=session.today())
                write_values(save, known, "left_behind", values, unseen_fields(session, "left_behind"))
                made[node.path] = known
            else:
                filled = {name: value for name, value in values.items() if value is not None}
                made[node.path] = write_new(save, "left_behind", {**filled, "household": household.text()})
        for name, value in registers.items():
            gone = _left_behind(journal, value) if name.startswith(f"{RECORD}{section}/") else None
            if gone is not None and gone not in made.values():
                save.delete(gone)
    return made


def _left_behind(journal: Journal, told: Value) -> RecordId | None:
    """The record of a person left behind that a filled form names; None for any other record, or one that is gone: whoever filled the
    form may have named what they liked."""
    record = linked(journal, told, "left_behind")
    return record if record is not None and not journal.deleted(record) else None


def _write_health(session: Session, save: Save, opened: Open, code: str, sections: list[str]) -> None:
    values = values_of(_as_given(_changed_nodes(opened, sections)), "health", today=session.today())
    record = health_record(session, code)
    if record is None:
        filled = {name: value for name, value in values.items() if value is not None}
        write_new(save, "health", {**filled, "person_code": code})
    else:
        write_values(save, record, "health", values)
    submission = next(iter(submission_records(session, Folder.HEALTH, code, REGISTRATION)), None)
    _write_submission(session, save, opened, code, submission, Folder.HEALTH, {}, sections)


# -- the form itself


def _write_submission(
    session: Session, save: Save, opened: Open, code: str, submission: RecordId | None, folder: Folder,
    made: Mapping[str, RecordId], sections: list[str] | None = None,
) -> None:
    """The answers of these sections (all of them: None) that belong to `folder`, one register each; a new submission if there is none."""
    form = opened.form
    registers: dict[str, Value] = {}
    for path in sections if sections is not None else [""]:
        for node in questions(form, path):
            if folder_of(node) is folder and (given(node) or opened.loaded.get(node.path)):
                registers[node.path] = _register(node)
        if path and form.progress(path)[0] and not form.problems(path):
            registers[f"{DONE}{path}"] = True
    counts = _counts(form, sections)
    registers.update({f"{REPEAT}{path}": count for path, count in counts.items()})
    registers.update({f"{RECORD}{path}": record.text() for path, record in made.items()})
    if submission is None:
        head: dict[str, Value] = {"form": form.form_id, "version": form.version, "person_code": code, "sections": len(form.sections())}
        save.create("submission", {**head, **{name: value for name, value in registers.items() if value is not None}})
        return
    for name in session.journal(folder).values(submission):
        at = name[len(RECORD):] if name.startswith(RECORD) else name
        if _beyond(at, counts) and name not in registers:
            registers[name] = None
    hidden = unseen_questions(session, form.definition)
    blind = {name: value for name, value in registers.items() if plain(name) in hidden}
    save.set_unseen(submission, blind)
    save.set(submission, {**{name: value for name, value in registers.items() if name not in blind}, "version": form.version})


def _register(node: Node) -> Value:
    if not node.relevant:
        return None
    return node.silence or node.value or None


def _counts(form: FilledForm, sections: list[str] | None) -> dict[str, int]:
    """Path of each repeat of these sections -> number of instances."""
    return {path: count for section in sections or [""] for path, _, count in form.repeats(section)}


def _beyond(path: str, counts: Mapping[str, int]) -> bool:
    """True for a path inside an instance that is no longer there."""
    for repeat, count in counts.items():
        if path.startswith(f"{repeat}["):
            number = path[len(repeat) + 1:].partition("]")[0]
            return not (number.isascii() and number.isdigit() and 0 < int(number) <= count)
    return False
