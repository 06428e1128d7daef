"""Filled forms as records: one register for each answer, so that volunteers who fill different sections never disagree.

A submission is a record of the kind ``submission`` in the journal of the folder its answers belong to; what a form asks for Health
stands in a submission of its own in Health. Registers: ``form``, ``version``, ``person_code``, ``sections`` (how many), the path of a
question (its stored text or a silence), ``repeat:<path>`` (number of instances), ``record:<path of an instance>`` (the record made from it)
and ``done:<path of a section>``. In the registration form, which is opened again and again, what is asked in repeats stands on the records
alone, and paths of instances hold their names in place of numbers (see `relatives`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.forms import shipped
from desktop.services.projections.submissions import DONE
from desktop.services.reading import local
from desktop.services.session import Session

REPEAT, RECORD = "repeat:", "record:"


@dataclass(frozen=True)
class Submission:
    """A filled form of Reception. `done` of `sections` were declared done; the last answer came `at` that moment from `author`."""

    id: RecordId
    form: str
    title: str
    version: str
    done: int
    sections: int
    at: str
    author: str


def submission_records(session: Session, folder: Folder, code: str, form: str = "") -> list[RecordId]:
    """The submissions about the person with this case code, in an order that is the same at every site."""
    journal = session.journal(folder)
    rows = journal.database.execute(
        "SELECT key FROM submission_list WHERE person_code = ? AND (? = '' OR form = ?) ORDER BY record", (code, form, form)
    ).fetchall()
    return [journal.record(key) for (key,) in rows]


def submissions_of(session: Session, code: str) -> list[Submission]:
    """Filled forms about the person with this case code. A form that two sites began without knowing of each other is one."""
    journal = session.journal(Folder.RECEPTION)
    by_form: dict[str, list[RecordId]] = {}
    for record in submission_records(session, Folder.RECEPTION, code):
        by_form.setdefault(str(journal.values(record).get("form", "")), []).append(record)
    return [_submission(session, code, form, records) for form, records in by_form.items()]


def _submission(session: Session, code: str, form: str, records: list[RecordId]) -> Submission:
    journal = session.journal(Folder.RECEPTION)
    values = journal.values(records[0])
    last = max((journal.history(record)[0] for record in records), key=lambda line: line.at)
    title = shipped.definition(form).title if form in shipped.NAMES else form
    registers = [journal.values(record) for record in records]
    if session.can_open(Folder.HEALTH):
        health = session.journal(Folder.HEALTH)
        registers += [health.values(record) for record in submission_records(session, Folder.HEALTH, code, form)]
    done = {name for found in registers for name, value in found.items() if name.startswith(DONE) and value is True}
    sections = values.get("sections")
    return Submission(
        records[0], form, title, str(values.get("version", "")), len(done), sections if isinstance(sections, int) else len(done),
        local(session, last.at), session.writer(last.author, last.site),
    )


def state_of(form: str, registers: Mapping[str, Value]) -> dict[str, object]:
    """The registers of a submission, without what was answered in repeats, as the state of a form being filled."""
    answers: dict[str, str] = {}
    silences: dict[str, str] = {}
    for name, value in registers.items():
        if not name.startswith("/") or "[" in name:
            continue
        if isinstance(value, Silence):
            silences[name] = value.value
        elif isinstance(value, str):
            answers[name] = value
    return {"form": form, "version": str(registers.get("version", "")), "answers": answers, "silences": silences}
