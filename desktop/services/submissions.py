"""Filled forms as records: one register for each answer, so that volunteers who fill different sections never disagree.

A submission is a record of the kind ``submission`` in the journal of the folder its answers belong to; what a form asks for Health
stands in a submission of its own in Health. Registers: ``form``, ``version``, ``digest`` (the exact form), ``person_code``, ``sections`` (how many), the path of a
question (its stored text or a silence), ``repeat:<path>`` (number of instances), ``record:<path of an instance>`` (the record made from it)
and ``done:<path of a section>``. In the registration form, which is opened again and again, what is asked in repeats stands on the records
alone, and paths of instances hold their names in place of numbers (see `relatives`). How forms that were added here keep their answers is told
in `form_answers`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Silence, Value
from desktop.forms import shipped
from desktop.journal.journal import Journal
from desktop.services.projections.submissions import DONE, INSTANCE
from desktop.services.reading import local
from desktop.services.session import Session
from desktop.services.standing import codes_of

REPEAT, RECORD = "repeat:", "record:"
_NUMBERED = re.compile(r"\[\d+\]")
_FOLDERS = (Folder.RECEPTION, Folder.CONTACTS, Folder.HEALTH)
_SHIFT = 36  # no device writes as many entries in one folder


def filled_id(folder: Folder, record: RecordId) -> RecordId:
    """The id of a filled form outside its folder: folders number their records each for themselves, so it names the folder too. Ids of
    Reception are those of its records."""
    return Stamp(record.device, record.seq | _FOLDERS.index(folder) << _SHIFT)


def place_of(filled: RecordId) -> tuple[Folder, RecordId]:
    """The folder and the record of an id that `filled_id` made. UserError record.missing for one that it did not make."""
    at = filled.seq >> _SHIFT
    if at >= len(_FOLDERS):
        raise UserError("record.missing")
    return _FOLDERS[at], Stamp(filled.device, filled.seq & ((1 << _SHIFT) - 1))


def registers(journal: Journal, record: RecordId) -> dict[str, Value]:
    """The values of a filled form's record. An instance of a repeat that somebody took out while somebody else answered in it is there
    until a person decides. UserError record.missing."""
    found = journal.values(record)
    differing = [name for name in journal.differing(record) if name.startswith(INSTANCE)]
    if differing:
        heads = journal.heads(record)
        for name in differing:
            place = next((head.value for head in heads[name] if head.value is not None), None)
            if place is not None:
                found[name] = place
    return found


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
        "SELECT key FROM submission_list WHERE person_code IN (SELECT value FROM json_each(?)) AND (? = '' OR form = ?) ORDER BY record",
        (json.dumps(codes_of(session, code)), form, form),
    ).fetchall()
    return [journal.record(key) for (key,) in rows]


def submissions_of(session: Session, code: str) -> list[Submission]:
    """Filled forms of our own about the person with this case code (`any_form.filled` tells of added forms). A form that two sites began without
    knowing of each other is one."""
    journal = session.journal(Folder.RECEPTION)
    by_form: dict[str, list[RecordId]] = {}
    for record in submission_records(session, Folder.RECEPTION, code):
        by_form.setdefault(str(journal.values(record).get("form", "")), []).append(record)
    return [_submission(session, code, form, records) for form, records in by_form.items() if form in shipped.NAMES]


def _submission(session: Session, code: str, form: str, records: list[RecordId]) -> Submission:
    journal = session.journal(Folder.RECEPTION)
    values = journal.values(records[0])
    last = max((journal.history(record)[0] for record in records), key=lambda line: line.at)
    registers = [journal.values(record) for record in records]
    if session.can_open(Folder.HEALTH):
        health = session.journal(Folder.HEALTH)
        registers += [health.values(record) for record in submission_records(session, Folder.HEALTH, code, form)]
    done = {name for found in registers for name, value in found.items() if name.startswith(DONE) and value is True}
    sections = values.get("sections")
    return Submission(
        records[0], form, shipped.definition(form).title, str(values.get("version", "")), len(done), sections if isinstance(sections, int) else len(done),
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


def card_state(form: str, values: Mapping[str, Value]) -> dict[str, object]:
    """The registers of a submission of one of our own forms as a state, with what was answered in repeats whose instances have numbers."""
    state = state_of(form, values)
    answers, silences = state["answers"], state["silences"]
    assert isinstance(answers, dict)
    assert isinstance(silences, dict)
    numbered = {name: value for name, value in values.items() if name.startswith("/") and _NUMBERED.search(name)}
    answers.update({name: value for name, value in numbered.items() if isinstance(value, str)})
    silences.update({name: value.value for name, value in numbered.items() if isinstance(value, Silence)})
    counts = {name[len(REPEAT):]: value for name, value in values.items() if name.startswith(REPEAT) and isinstance(value, int)}
    return {**state, "repeats": counts}
