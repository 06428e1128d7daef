"""Filled forms follow when two different answers of a record are settled, so that nobody is asked the same question twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.forms import shipped
from desktop.forms.definition import Spec
from desktop.journal.journal import Journal
from desktop.journal.save import Save
from desktop.services.form_shelf import definition_of_digest
from desktop.services.form_values import BIRTH, SEEN, TOLD, answer_of
from desktop.services.reading import record_of
from desktop.services.session import Session
from desktop.services.submissions import RECORD, submission_records


def settle_forms(
    session: Session, save: Save, folder: Folder, record: RecordId, kind: str, field: str, value: Value
) -> None:
    """Write the settled value of a record's field into the filled forms of that folder that asked for it."""
    journal = session.journal(folder)
    values = {**journal.values(record), field: value}
    for submission in _submissions(session, folder, record, kind, values):
        registers = journal.values(submission)
        instance = next((name[len(RECORD):] for name, of in registers.items() if name.startswith(RECORD) and of == record.text()), "")
        about = kind in ("household", "health") or (kind == "person" and registers.get("person_code") == values.get("code"))
        if not instance and not about:
            continue
        differing = set(journal.differing(submission))
        for path, spec in _questions(session, registers, kind, field):
            at = _at(path, instance)
            if at not in registers and at not in differing:
                continue
            answer = answer_of(spec.save_to, values) or None
            if at in differing or registers.get(at) != answer:
                save.settle(submission, at, answer)


def _submissions(
    session: Session, folder: Folder, record: RecordId, kind: str, values: Mapping[str, Value]
) -> list[RecordId]:
    """The filled forms about the person, or about the head of their household."""
    if kind == "health":
        return submission_records(session, folder, str(values.get("person_code", "")))
    if kind == "contact":
        return []
    journal = session.journal(folder)
    household = record if kind == "household" else record_of(str(values.get("household", "")))
    found = {str(values.get("code", ""))} if kind == "person" else set()
    head = _head_code(journal, household) if household is not None else ""
    return [submission for code in sorted({*found, head} - {""}) for submission in submission_records(session, folder, code)]


def _head_code(journal: Journal, household: RecordId) -> str:
    row = journal.database.execute(
        "SELECT p.code FROM household_list h JOIN person_list p ON p.record = h.focal WHERE h.record = ?", (household.text(),)
    ).fetchone()
    return str(row[0]) if row else ""


def _questions(session: Session, registers: Mapping[str, Value], kind: str, field: str) -> Iterator[tuple[str, Spec]]:
    """The questions of one of our own forms that save to this field, in the exact version it was filled with. Added forms save to no record."""
    form, exact = str(registers.get("form", "")), str(registers.get("digest") or "")
    if form not in shipped.NAMES:
        return
    try:
        definition = definition_of_digest(session, digest=exact) if exact else shipped.definition(form)
    except UserError:
        definition = shipped.definition(form)
    wanted = {f"{kind}.{field}"}
    if field.startswith("need_"):
        wanted |= {TOLD, SEEN}
    for path, spec in definition.specs.items():
        if spec.save_to in wanted or (kind == "person" and field == "birth" and spec.save_to.startswith(BIRTH)):
            yield "/" + "/".join(path), spec


def _at(path: str, instance: str) -> str:
    """The path inside that instance of a repeat, "" for a question that is not in it; the path as it is without an instance."""
    repeat = instance.rpartition("[")[0]
    if not instance:
        return path
    return f"{instance}{path[len(repeat):]}" if path.startswith(f"{repeat}/") else ""
