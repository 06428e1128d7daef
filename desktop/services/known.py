"""What is known of a person, as the state of their registration form.

Records are the truth: where a question saves to a record, the form shows what stands there, whoever wrote it. The filled form adds what
no record holds, and the words somebody used, as long as they mean what stands on the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm, Node
from desktop.myanmar.text import has_myanmar
from desktop.services import relatives
from desktop.services.charts import HEALTH
from desktop.services.drafting import joined
from desktop.services.filling import definition_of, questions, unseen_questions
from desktop.services.form_shelf import definition_of_digest
from desktop.services.form_values import answer_of, group_of, values_of
from desktop.services.projections.submissions import DONE
from desktop.services.reading import linked
from desktop.services.session import Session
from desktop.services.submissions import state_of, submission_records
from desktop.services.writing import as_stored

REGISTRATION = "registration"
Values = Mapping[str, Value]


def submissions(session: Session, folder: Folder, code: str) -> list[tuple[RecordId, Values]]:
    """The registration forms about the person with this code in a folder, with their registers; none if the folder is locked."""
    if not session.can_open(folder):
        return []
    return [(record, session.journal(folder).values(record)) for record in submission_records(session, folder, code, REGISTRATION)]


def form_of(session: Session, person: RecordId) -> Definition:
    """The registration form of a person in the exact version in which theirs was begun: a newer program does not change it. What was begun before
    exact versions were kept is in the program's own. UserError: record.missing, form.elsewhere, form.unreadable."""
    code = str(session.journal(Folder.RECEPTION).values(person).get("code", ""))
    digests = [registers.get("digest") for _, registers in submissions(session, Folder.RECEPTION, code)]
    exact = next((digest for digest in digests if isinstance(digest, str) and digest), "")
    return definition_of_digest(session, digest=exact) if exact else definition_of(REGISTRATION)


def known_state(session: Session, person: RecordId) -> tuple[dict[str, object], RecordId | None]:
    """The state of the registration form of a person, as far as this volunteer may read it, and the filled form in Reception if there is one."""
    definition = form_of(session, person)
    records = _records(session, person)
    code = str(records["person"].get("code", ""))
    filled = submissions(session, Folder.RECEPTION, code)
    state: dict[str, object] = {**FilledForm(definition, now=session.now()).state(), "answers": {}}
    for _, registers in reversed([*submissions(session, Folder.HEALTH, code), *filled]):
        state = joined(state, _readable(session, definition, registers))
    state = _shown(session, definition, state, records)
    people = relatives.known(session, definition, household_of(session, records["person"]), registers_of(filled))
    state = joined(state, relatives.state_of(session, definition, people))
    state = with_answers(state, implied(session, definition, person))
    return state, filled[0][0] if filled else None


def registers_of(filled: Iterable[tuple[RecordId, Values]]) -> dict[str, Value]:
    """The registers of several filled forms about the same person as one; the first has the last word."""
    return {name: value for _, registers in reversed(list(filled)) for name, value in registers.items()}


def household_of(session: Session, values: Values) -> RecordId | None:
    """The household of a person with these values."""
    return linked(session.journal(Folder.RECEPTION), values.get("household"), "household")


def done_sections(session: Session, person: RecordId) -> frozenset[str]:
    """The paths of the sections of the registration form of a person that were saved as done, as far as this volunteer can see."""
    code = str(session.journal(Folder.RECEPTION).values(person).get("code", ""))
    return frozenset(
        name[len(DONE):]
        for folder in (Folder.RECEPTION, Folder.HEALTH)
        for _, registers in submissions(session, folder, code)
        for name, value in registers.items()
        if name.startswith(DONE) and value is True
    )


def _records(session: Session, person: RecordId) -> dict[str, Values]:
    """Kind -> values of the records that the form of a person writes to, without those of folders that are locked."""
    reception = session.journal(Folder.RECEPTION)
    found: dict[str, Values] = {"person": reception.values(person), "household": {}}
    household = household_of(session, found["person"])
    if household is not None:
        found["household"] = reception.values(household)
    if session.can_open(Folder.HEALTH):
        found["health"] = HEALTH.values(session, str(found["person"].get("code", "")))
    return found


def _readable(session: Session, definition: Definition, registers: Values) -> dict[str, object]:
    """The state of a filled form without answers that this volunteer's role may not read."""
    unseen = unseen_questions(session, definition)
    return state_of(REGISTRATION, {name: value for name, value in registers.items() if name not in unseen})


def _shown(session: Session, definition: Definition, state: Mapping[str, object], records: Mapping[str, Values]) -> dict[str, object]:
    """The state with the answers that follow from records in place of those that mean something else."""
    answers, silences = (dict(part) if isinstance(part := state.get(name), Mapping) else {} for name in ("answers", "silences"))
    unseen = unseen_questions(session, definition)
    groups: dict[str, list[Node]] = {}
    for node in questions(FilledForm.from_state(definition, state, now=session.now())):
        if node.save_to.partition(".")[0] in records and "[" not in node.path and node.path not in unseen:
            groups.setdefault(group_of(node.save_to), []).append(node)
    for nodes in groups.values():
        kind = nodes[0].save_to.partition(".")[0]
        if _means(kind, values_of(nodes, kind, today=session.today(), now=records[kind]), records[kind]):
            continue
        for node in nodes:
            answer = answer_of(node.save_to, records[kind])
            answers.pop(node.path, None)
            silences.pop(node.path, None)
            if not isinstance(answer, Silence):
                answers[node.path] = answer
            elif answer in node.silences:
                silences[node.path] = answer.value
    return {**state, "answers": answers, "silences": silences}


def _means(kind: str, said: Values, stands: Values) -> bool:
    """True if what an answer says is what stands on the record."""
    return all(_plain(as_stored(FIELDS[kind][name], value)) == _plain(stands.get(name)) for name, value in said.items())


def _plain(value: Value) -> object:
    return frozenset(value) or None if isinstance(value, (list, tuple)) else value


# -- answers that follow from others


def implied(session: Session, definition: Definition, person: RecordId) -> dict[str, str]:
    """Path -> answer that follows from other records: where people left behind are known, somebody was left behind."""
    records = _records(session, person)
    household = household_of(session, records["person"])
    if records["household"].get("has_left_behind") == "yes" or not relatives.known(session, definition, household, {}):
        return {}
    return _at(definition, {"household.has_left_behind": "yes"})


def proposals(session: Session, definition: Definition, person: RecordId) -> dict[str, str]:
    """Path -> answer that the form proposes: the name as spoken where the name in those letters was never answered."""
    values = session.journal(Folder.RECEPTION).values(person)
    name = values.get("name")
    field = "name_my" if isinstance(name, str) and has_myanmar(name) else "name_roman"
    return _at(definition, {f"person.{field}": name}) if isinstance(name, str) and values.get(field) is None else {}


def _at(definition: Definition, answers: Mapping[str, str]) -> dict[str, str]:
    return {"/" + "/".join(path): answers[spec.save_to] for path, spec in definition.specs.items() if spec.save_to in answers}


def with_answers(state: Mapping[str, object], answers: Mapping[str, str]) -> dict[str, object]:
    """The state with these answers put in."""
    texts, silences = (dict(part) if isinstance(part := state.get(name), Mapping) else {} for name in ("answers", "silences"))
    kept = {path: silence for path, silence in silences.items() if path not in answers}
    return {**state, "answers": {**texts, **answers}, "silences": kept}
