"""Checking and risk of a person, in the folder of coordinators and caseworkers."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import about
from desktop.services.charts import ASSESSMENT
from desktop.services.lines import Shown
from desktop.services.reading import may_know, shown_fields
from desktop.services.session import Session
from desktop.services.standing import standing
from desktop.services.writing import changed, check_writable, write_new, write_values

BEFORE = ("verification", "risk")
"""What was written on the person before there was a folder for it, or by a form: it is shown as long as nothing else is said here."""


def fields(session: Session, person: RecordId, code: str) -> dict[str, Shown] | None:
    """What is known, with who wrote it; None for those who cannot open the folder or whose role does not see restricted fields."""
    if not session.can_open(ASSESSMENT.folder) or not may_know(session, ASSESSMENT.kind):
        return None
    reception = session.journal(Folder.RECEPTION)
    earlier = shown_fields(session, reception, standing(session, person), "person")
    found = {name: earlier[name] for name in BEFORE if name in earlier}
    return {**found, **ASSESSMENT.fields(session, code)}


def change(session: Session, *, person: RecordId, values: Mapping[str, Value], seen: Mapping[str, Value] | None = None) -> Changes:
    """Set fields. What stood on the person is taken away there, so that it is read by nobody who may not; where something else is said here
    both answers stand. `seen`: what `fields` said when the author began: what came since stands beside their answer; without it they saw what
    stands. UserError: folder.locked, role.not_allowed, record.missing, values.wrong."""
    session.journal(ASSESSMENT.folder)
    code = about.code_of(session, person)
    values = values if seen is None else changed(ASSESSMENT.kind, values, seen)
    check_writable(session, ASSESSMENT.kind, values)
    person = standing(session, person)
    known, said = session.journal(Folder.RECEPTION).values(person), ASSESSMENT.values(session, code)
    stood = {name: known[name] for name in BEFORE if known.get(name) is not None}
    moved = {name: value for name, value in stood.items() if said.get(name) is None}
    besides = {name: value for name, value in stood.items() if name not in values and said.get(name) not in (None, value)}
    if seen is not None:
        besides |= {name: value for name, value in stood.items() if name in values and value not in (seen.get(name), values[name], said.get(name))}
        seen = {name: value for name, value in seen.items() if name in values}  # what only moves is written whatever was seen
    with session.act("assessment") as act:
        with session.save(act, ASSESSMENT.folder) as save:
            ASSESSMENT.write(session, save, code, {**moved, **values}, seen)
            if besides:  # two different answers, of which somebody is asked
                write_new(save, ASSESSMENT.kind, {**besides, "person_code": code})
        if stood:
            with session.save(act, Folder.RECEPTION) as save:
                write_values(save, person, "person", dict.fromkeys(stood))
    return act.changes
