"""From a filled form to records: person, household, everybody with them, health, and the form itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS, NEEDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.forms.filled import Node
from desktop.journal.save import Save
from desktop.services import form_shelf, known, merging, relatives, rules
from desktop.services.charts import HEALTH
from desktop.services.drafting import discard_draft, keep_draft
from desktop.services.filling import (
    Open,
    answers_given,
    as_given,
    changed,
    definition_of,
    folder_of,
    given,
    instances,
    questions,
    touched,
    unseen_questions,
)
from desktop.services.form_answers import too_long
from desktop.services.form_values import BIRTH, TOLD, group_of, values_of
from desktop.services.known import REGISTRATION
from desktop.services.projections.submissions import DONE
from desktop.services.reading import unseen_fields
from desktop.services.session import Act, Session
from desktop.services.submissions import RECORD, REPEAT
from desktop.services.writing import fresh_code, somebodys, write_new, write_values

ARRIVAL = "arrival"
_OF_TODAY = ("token", "arrived", "state", "household", "relationship", *(f"need_{name}" for name in NEEDS))
"""What a card of today knows better than what was known of a person before."""


@dataclass(frozen=True)
class Registered:
    """What a saved arrival card made. `person` and `code` are of the record that stands, if the card was made one with somebody registered
    before (`joined`). `sheet`: the form on the sheet of paper that was entered, "" without one."""

    person: RecordId
    household: RecordId
    code: str
    token: int
    people: int
    joined: bool = False
    sheet: str = ""


# -- what is wrong


def problems(session: Session, opened: Open, section: str) -> list[Problem]:
    """See `intake.problems`."""
    found = [
        Problem(one.path, f"answer.{one.code}", (("message", one.message),) if one.message else ())
        for one in opened.form.problems(section)
    ]
    if opened.kept is not None:
        return [*found, *(Problem(path, "answer.too_long") for path in too_long(opened.form, section))]
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


def register(session: Session, opened: Open, *, token: int, same_as: RecordId | None = None) -> tuple[Registered, Changes]:
    """Everything an arrival card says, in one act and one transaction of Reception. `same_as`: see `intake.save_arrival`."""
    form, moment = opened.form, session.moment()
    if opened.code and somebodys(session, opened.code):
        raise UserError("pads.used")
    own = {"code": opened.code} if opened.code else {}
    focal_values = {**_new_person(session, [node for node in questions(form) if "[" not in node.path]), **own}
    focal_values = {"arrived": moment, **focal_values, "token": token, "relationship": "focal"}
    code = str(focal_values["code"])
    members = [
        (node.path, {"arrived": focal_values["arrived"], **_new_person(session, list(questions(form, node.path)))})
        for node in instances(form)
        if any(leaf.save_to.startswith("person.") and given(leaf) for leaf in questions(form, node.path))
    ]
    for name in (ARRIVAL, REGISTRATION):
        form_shelf.keep_shipped(session, name)
    with session.act("arrival") as act, session.journal(Folder.RECEPTION).database.transaction():
        with session.save(act, Folder.RECEPTION) as save:
            household = save.create("household", {"code": fresh_code(session), "arrived": focal_values["arrived"]})
            home = {"household": household.text()}
            person = write_new(save, "person", {**focal_values, **home})
            save.set(household, {"focal": person.text()})
            made = {path: write_new(save, "person", {**values, **home}) for path, values in members}
            _write_card(save, opened, code, made)
            _begin_registration(save, code)
            discard_draft(session, opened.draft)
        stands = person if same_as is None else _join(session, act, person, same_as)
    code = str(session.journal(Folder.RECEPTION).values(stands).get("code") or code)
    return Registered(stands, household, code, token, 1 + len(members), same_as is not None, _sheet(session, opened.code)), act.changes | Changes(frozenset({"draft"}))


def _sheet(session: Session, code: str) -> str:
    """The form on the sheet with this number; "" if it is of no pad."""
    row = session.journal(Folder.RECEPTION).database.execute(
        "SELECT form FROM pad_list JOIN pad_code USING (key) WHERE code = ? ORDER BY key", (code,)
    ).fetchone()
    return str(row[0]) if row is not None else ""


def _join(session: Session, act: Act, card: RecordId, known: RecordId) -> RecordId:
    """Make the person on the card one with somebody registered before: what a card of today knows better is taken from it."""
    return merging.join(session, act, one=card, two=known, take={name: "one" if name in _OF_TODAY else "two" for name in FIELDS["person"]})


def _new_person(session: Session, nodes: list[Node]) -> dict[str, Value]:
    values = values_of([node for node in nodes if given(node)], "person", today=session.today())
    return {"code": fresh_code(session), "state": "here", **values}


def _write_card(save: Save, opened: Open, code: str, made: dict[str, RecordId]) -> None:
    """The filled card itself, one register for each answer. `made`: path of an instance -> the record made from it."""
    form = opened.form
    registers: dict[str, Value] = {node.path: _register(node) for node in questions(form) if given(node)}
    registers.update({f"{REPEAT}{path}": count for path, _, count in form.repeats()})
    registers.update({f"{RECORD}{path}": record.text() for path, record in made.items()})
    save.create("submission", {**_head(opened, code), **registers})


def _head(opened: Open, code: str) -> dict[str, Value]:
    """What a new filled form of ours says of itself."""
    form = opened.form
    exact = form_shelf.digest_of_definition(form.definition)
    return {"form": form.form_id, "version": form.version, "digest": exact, "person_code": code, "sections": len(form.sections())}


def _register(node: Node) -> Value:
    if not node.relevant:
        return None
    return node.silence or node.value or None


def _begin_registration(save: Save, code: str) -> None:
    """The long form is begun with the arrival, so that two sites that fill it later fill the same one."""
    definition = definition_of(REGISTRATION)
    save.create("submission", {
        "form": REGISTRATION, "version": definition.version, "digest": form_shelf.of_program(REGISTRATION)[2], "person_code": code,
        "sections": sum(1 for spec in definition.root.children if spec.kind == "group" and spec.shown),
    })


# -- the registration form


def register_sections(session: Session, opened: Open, person: RecordId, sections: list[str]) -> Changes:
    """Write these sections; with none given, all in which something was changed and nothing is wrong."""
    form = opened.form
    wanted = sections or [
        node.path
        for node in form.sections()
        if node.path not in opened.locked and touched(opened, node.path) and not _severe(session, opened, node.path)
    ]
    by_folder: dict[Folder, list[str]] = {}
    for path in wanted:
        by_folder.setdefault(folder_of(form.node(path)), []).append(path)
    code = str(session.journal(Folder.RECEPTION).values(person).get("code", ""))
    if not code:
        raise UserError("record.missing")
    form_shelf.keep_shipped(session, REGISTRATION)
    with session.act("registration") as act:
        if Folder.RECEPTION in by_folder:
            with session.save(act, Folder.RECEPTION) as save:
                _write_reception(session, save, opened, person, code, by_folder[Folder.RECEPTION])
        if Folder.HEALTH in by_folder:
            with session.save(act, Folder.HEALTH) as save:
                _write_health(session, save, opened, code, by_folder[Folder.HEALTH])
    tied = known.household_of(session, session.journal(Folder.RECEPTION).values(person)) is not None
    for path in wanted:
        _settle_loaded(opened, path, tied)
    if touched(opened):
        keep_draft(session, opened)
    else:
        discard_draft(session, opened.draft)
    return act.changes


def _severe(session: Session, opened: Open, section: str) -> bool:
    return any(problem.severe for problem in problems(session, opened, section))


def _settle_loaded(opened: Open, section: str, tied: bool) -> None:
    """What was just saved is what stands: it is written again only if it changes again. Without a household (`tied`: there is one) nobody
    left behind could be written: they stay in the draft until it comes."""
    for path in [path for path in opened.loaded if path.startswith(f"{section}/")]:
        del opened.loaded[path]
    given_now = answers_given(opened.form, section)
    opened.loaded.update({path: text for path, text in given_now.items() if tied or "[" not in path})


def _to_write(opened: Open, sections: Iterable[str], following: dict[str, str]) -> list[Node]:
    """Questions of these sections outside repeats that were changed, those that make one value with one of them, and those that still hold
    an answer that only followed from others (`following`)."""
    nodes = [node for path in sections for node in questions(opened.form, path) if "[" not in node.path]
    names = {node.path for path in sections for node in changed(opened, path)}
    names |= {node.path for node in nodes if given(node) and given(node) == following.get(node.path)}
    together = {group for node in nodes if node.path in names and (group := group_of(node.save_to)) != node.save_to}
    return as_given([node for node in nodes if node.path in names or group_of(node.save_to) in together])


def _write_reception(session: Session, save: Save, opened: Open, person: RecordId, code: str, sections: list[str]) -> None:
    definition, today = opened.form.definition, session.today()
    now = session.journal(Folder.RECEPTION).values(person)
    following = {**known.implied(session, definition, person), **known.proposals(session, definition, person)}
    nodes = _to_write(opened, sections, following)
    write_values(save, person, "person", values_of(nodes, "person", today=today, now=now), unseen_fields(session, "person"))
    household = known.household_of(session, now)
    made: dict[str, RecordId | None] = {}
    if household is not None:
        write_values(save, household, "household", values_of(nodes, "household", today=today))
        registers = known.registers_of(known.submissions(session, Folder.RECEPTION, code))
        people = relatives.known(session, definition, household, registers)
        for section in sections:
            made.update(relatives.write(session, save, opened, household, section, people))
    _write_filled(session, save, opened, code, Folder.RECEPTION, sections, made)


def _write_health(session: Session, save: Save, opened: Open, code: str, sections: list[str]) -> None:
    values = values_of(_to_write(opened, sections, {}), "health", today=session.today())
    HEALTH.write(session, save, code, values)
    _write_filled(session, save, opened, code, Folder.HEALTH, sections, {})


def _write_filled(
    session: Session, save: Save, opened: Open, code: str, folder: Folder, sections: list[str], made: dict[str, RecordId | None]
) -> None:
    """The filled form in this folder: every answer when a section is done for the first time, then only what was changed. `made` are
    registers that tie instances to records."""
    form, filled = opened.form, known.submissions(session, folder, code)[:1]
    stands = filled[0][1] if filled else {}
    registers: dict[str, Value] = {name: record.text() if record else None for name, record in made.items()}
    for path in sections:
        names, done = {node.path for node in changed(opened, path)}, f"{DONE}{path}"
        for node in questions(form, path):
            if "[" not in node.path and (node.path in names or (given(node) and stands.get(done) is not True)):
                registers[node.path] = _register(node)
        if form.progress(path)[0] and not form.problems(path):
            registers[done] = True
    if filled and registers:
        hidden = unseen_questions(session, form.definition)
        save.set_unseen(filled[0][0], {name: value for name, value in registers.items() if name in hidden})
        save.set(filled[0][0], {**{name: value for name, value in registers.items() if name not in hidden}, "version": form.version})
        exact = form_shelf.digest_of_definition(form.definition)
        if exact and not stands.get("digest"):
            save.set(filled[0][0], {"digest": exact})
    elif any(value is not None for value in registers.values()):
        save.create("submission", {**_head(opened, code), **registers})
