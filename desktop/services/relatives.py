"""People left behind in the registration form: each instance of their repeat is one record of the household.

An instance has a name that it keeps when others are taken out: a hidden node that saves to ``left_behind.record``. The form gives a new
instance a name of its own, and the filled form notes which record was made from it (register ``record:<path with the name>``); a record that
was not made in this form goes by its id. Their answers stand on the records alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.forms.definition import Definition, Spec
from desktop.journal.save import Save
from desktop.services.filling import Open, as_given, changed, given, instances, names_of, questions, taken_out, unseen_questions
from desktop.services.form_values import answer_of, values_of
from desktop.services.people import left_behind_records
from desktop.services.reading import unseen_fields
from desktop.services.session import Session
from desktop.services.submissions import RECORD
from desktop.services.writing import write_new, write_values

KIND = "left_behind"
_NAMING = f"{KIND}.record"
_REGISTER = re.compile(RECORD + r"(?P<path>[^\[]*)\[(?P<name>[\w:-]+)\]")


def repeat_of(definition: Definition) -> Spec:
    """The repeat of the registration form that asks about them. ValueError for a form that does not ask."""
    for spec in definition.specs.values():
        if spec.kind == "repeat" and any(child.save_to == _NAMING for child in spec.children):
            return spec
    raise ValueError("no repeat about people left behind")


def _path(spec: Spec) -> str:
    return "/" + "/".join(spec.path)


def known(session: Session, definition: Definition, household: RecordId | None, registers: Mapping[str, Value]) -> dict[str, RecordId]:
    """Path with the name of the instance -> record, for everybody left behind by a household. `registers` of the filled form tell the
    names; they count only for people of this household, since another site may have written what it liked."""
    if household is None:
        return {}
    path = _path(repeat_of(definition))
    noted = {
        str(value): found["name"]
        for register, value in registers.items()
        if (found := _REGISTER.fullmatch(register)) and found["path"] == path
    }
    own = {record.text(): record for record in left_behind_records(session, household)}
    taken, people = set(own), {}
    for text, record in own.items():
        name = noted.get(text, text)
        name = text if name in taken else name
        taken.add(name)
        people[f"{path}[{name}]"] = record
    return people


def state_of(session: Session, definition: Definition, people: Mapping[str, RecordId]) -> dict[str, dict[str, object]]:
    """Answers, silences and the number of instances that show these people, as far as this volunteer may read."""
    journal, repeat, unseen = session.journal(Folder.RECEPTION), repeat_of(definition), unseen_questions(session, definition)
    answers: dict[str, object] = {}
    silences: dict[str, object] = {}
    for at, (name, record) in enumerate(people.items(), 1):
        values = journal.values(record)
        for spec in repeat.children:
            path = f"{_path(repeat)}[{at}]/{spec.name}"
            if spec.save_to == _NAMING:
                answers[path] = name[name.rindex("[") + 1:-1]
            elif _path(spec) not in unseen:
                answer = answer_of(spec.save_to, values)
                (silences if isinstance(answer, Silence) else answers)[path] = answer.value if isinstance(answer, Silence) else answer
    return {"answers": answers, "silences": silences, "repeats": {_path(repeat): len(people)}}


def write(
    session: Session, save: Save, opened: Open, household: RecordId, section: str, people: Mapping[str, RecordId]
) -> dict[str, RecordId | None]:
    """Write what was changed about them in a section: a record for each new instance, none any more for one that was taken out. Returns the
    registers that tie instances to records. Nobody who was taken off the lists meanwhile comes back, unless something was written about
    them here."""
    names = names_of(opened.form)
    made: dict[str, RecordId | None] = {}
    for node in instances(opened.form, section):
        if not node.relevant:
            continue
        leaves, name = as_given(list(questions(opened.form, node.path))), names[node.path]
        touched = {leaf.path for leaf in changed(opened, node.path)}
        if name in people:
            values = values_of([leaf for leaf in leaves if leaf.path in touched], KIND, today=session.today())
            write_values(save, people[name], KIND, values, unseen_fields(session, KIND))
        elif touched and any(given(leaf) for leaf in leaves):
            values = values_of(leaves, KIND, today=session.today())
            made[f"{RECORD}{name}"] = write_new(
                save, KIND, {**{field: value for field, value in values.items() if value is not None}, "household": household.text()}
            )
    for name in taken_out(opened, section):
        if name in people:
            save.delete(people[name])
            made[f"{RECORD}{name}"] = None
    return made
