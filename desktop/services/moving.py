"""Move a filled form to another version of its form: a deliberate act, with a list of what becomes of every answer.

What has a place in the other version goes there; what has none stays in the filled form and is shown as kept from the earlier version. A volunteer
may say which old question a new one replaces; that is remembered for these two versions. Nothing is lost, and it can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm
from desktop.services import form_answers as answers
from desktop.services import form_library
from desktop.services.form_answers import KEPT, Told, form_with, path_of, plain, register_of, text_of, value_of
from desktop.services.form_library import StoredForm
from desktop.services.form_questions import Questions
from desktop.services.form_shelf import form_rows, keep_shipped, of_program
from desktop.services.form_versions import MARK, WAS, versions_before
from desktop.services.form_writing import sections_of
from desktop.services.projections.submissions import DONE, FINISHED
from desktop.services.session import Session
from desktop.services.submissions import place_of, registers

RENAMES = "renames:"
"""Prefix of the register of a form's record that holds which questions of an earlier version (its digest follows) its own replace."""

SAME, RENAMED, DROPPED, REFUSED, NEW = "same", "renamed", "dropped", "refused", "new"
_PORTION = 1500  # answers moved by one entry


@dataclass(frozen=True)
class MoveRow:
    """What becomes of one answer. Paths are without instances; `instance` is the number of the instance, "" outside repeats. `before` and `after` are
    answers in words. `what`: same, renamed, dropped (the other version does not ask), refused (it cannot hold this answer; both are kept),
    new (it asks what the earlier one did not)."""

    path_before: str
    path_after: str
    label: str
    before: str
    after: str
    what: str
    instance: str = ""


@dataclass(frozen=True)
class MovePlan:
    """`renames`: old path -> new path, as they would be used; what was said for these two versions before is among them."""

    version_before: str
    version_after: str
    rows: tuple[MoveRow, ...]
    renames: Mapping[str, str]


@dataclass(frozen=True)
class KeptAnswer:
    """An answer that has no place in the version its form is in now. `version` is the one it was given in, "" if that is not known any more."""

    version: str
    label: str
    answer: str


@dataclass(frozen=True)
class _Move:
    """A filled form that is about to be moved."""

    folder: Folder
    record: RecordId
    stands: dict[str, Value]
    old_digest: str
    old: Definition
    new: Definition
    stored: StoredForm
    told: Told
    renames: dict[str, str]


def move_plan(
    session: Session, *, submission: RecordId, to: RecordId, renames: Mapping[str, str] | None = None, language: str = ""
) -> MovePlan:
    """What moving would do, answer by answer. `renames` (old path -> new path, without instances) are taken in place of those remembered.
    UserError: record.missing, folder.locked, form.elsewhere, form.unreadable, form.not_a_version (another form, or the one it is in already),
    role.not_allowed (forms of ours ask for what not every role sees)."""
    move = _read(session, submission, to, renames)
    return MovePlan(str(move.stands.get("version") or ""), move.stored.version, tuple(_rows(session, move, language or session.language)), move.renames)


def move(session: Session, *, submission: RecordId, to: RecordId, renames: Mapping[str, str] | None = None) -> Changes:
    """Move a filled form to this version, in one act that can be taken back. UserError as of `move_plan`; role.not_allowed."""
    session.require(writes=True)
    one = _read(session, submission, to, renames)
    if one.stored.shipped and one.stored.digest == of_program(one.stored.form_id)[2]:
        keep_shipped(session, one.stored.form_id)
        one = replace(one, stored=form_library.find(session, digest=one.stored.digest) or one.stored)
    known = list(_changes(session, one))
    with session.act("form") as act, session.journal(one.folder).database.transaction():
        for at in range(0, max(1, len(known)), _PORTION):
            with session.save(act, one.folder) as save:
                for name, seen, value in known[at : at + _PORTION]:
                    save.set_known(one.record, name, seen, value)
                if at == 0:
                    save.set(one.record, _head(session, one))
    if one.renames and _remembered(session, one.old_digest, one.stored) != one.renames:
        with session.save(act, Folder.RECEPTION) as save:
            told = [f"{old} {new}" for old, new in sorted(one.renames.items())]
            save.set(one.stored.id, {f"{RENAMES}{one.old_digest[:MARK]}": told})
    return act.changes


def _read(session: Session, submission: RecordId, to: RecordId, renames: Mapping[str, str] | None) -> _Move:
    folder, record = place_of(submission)
    journal = session.journal(folder)
    if journal.kind(record) != "submission" or journal.deleted(record):
        raise UserError("record.missing")
    stands = registers(journal, record)
    digest, stored = str(stands.get("digest") or ""), form_library.stored_form(session, form=to)
    if stored.form_id != stands.get("form") or stored.digest == digest or not digest:
        raise UserError("form.not_a_version")
    if stored.form_id in shipped.NAMES and not session.role.sees_restricted:
        raise UserError("role.not_allowed")
    old, new = (form_library.definition_of_digest(session, digest=one) for one in (digest, stored.digest))
    wanted = dict(_remembered(session, digest, stored) if renames is None else renames)
    possible = {one: two for one, two in wanted.items() if one in answers.asked(old) and two in answers.asked(new)}
    return _Move(folder, record, stands, digest, old, new, stored, answers.told_in(old, stands), possible)


def _remembered(session: Session, digest: str, stored: StoredForm) -> dict[str, str]:
    """What was said for these two versions before, by anybody who has the form."""
    journal = session.journal(Folder.RECEPTION)
    told = [journal.values(record).get(f"{RENAMES}{digest[:MARK]}") for record, _ in form_rows(session, stored.digest)]
    lines = [line for value in told if isinstance(value, (list, tuple)) for line in value]
    return {one: two for one, _, two in (line.partition(" ") for line in lines) if one and two}


# -- where each answer goes


def _targets(move: _Move) -> dict[str, str]:
    """Named path of each old answer -> where it goes in the other version. What was said by a person comes first."""
    wanted = answers.asked(move.old)
    found: dict[str, str] = {}
    taken: set[str] = set()
    paths = [path for path in move.told.texts if plain(path) in wanted]
    for path in sorted(paths, key=lambda path: plain(path) not in move.renames):
        ways = dict.fromkeys((_moved(path, move.renames.get(plain(path), plain(path))), path))
        target = next((way for way in ways if way not in taken and _asks_there(move, plain(path), plain(way))), "")
        if target:
            found[path] = target
            taken.add(target)
    return found


def _asks_there(move: _Move, path: str, target: str) -> bool:
    """True if the other version asks at this path, in the same repeats: an answer of one instance is none of another."""
    return target in answers.asked(move.new) and _repeats_around(move.old, path) == _repeats_around(move.new, target)


def _moved(path: str, target: str) -> str:
    """The path of the other question in the same instances."""
    end = path.rfind("]") + 1
    around = plain(path[:end])
    return path[:end] + target[len(around):] if target.startswith(f"{around}/") else target


def _repeats_around(definition: Definition, path: str) -> list[str]:
    steps = path.strip("/").split("/")
    return ["/".join(steps[:at]) for at in range(1, len(steps)) if tuple(steps[:at]) in definition.repeats]


def _carried(session: Session, move: _Move, targets: Mapping[str, str], language: str) -> FilledForm:
    """The form of the other version with the answers that go there; what it cannot hold is not in it."""
    wanted = answers.asked(move.old)
    told = Told(
        {path: text for path, text in move.told.texts.items() if plain(path) not in wanted and _is_in(move.new, path)},
        dict(move.told.instances),
    )
    silences = {spec_path: spec.silences for spec_path, spec in ((_text(path), spec) for path, spec in move.new.specs.items())}
    for path, target in targets.items():
        value = value_of(move.told.texts[path])
        if isinstance(value, str) or value in silences[plain(target)]:
            told.texts[target] = move.told.texts[path]
    return form_with(move.new, told, language=language, now=session.now())


def _text(path: Iterable[str]) -> str:
    return "/" + "/".join(path)


def _is_in(definition: Definition, path: str) -> bool:
    return tuple(plain(path).strip("/").split("/")) in definition.specs


def _holds(form: FilledForm, targets: Mapping[str, str]) -> dict[str, str]:
    """Old path -> what the other version holds of the answer, "" for nothing."""
    now, bad = answers.told_by(form), {form.named(one.path) for one in form.problems() if one.code == "bad_value"}
    return {path: "" if target in bad else now.texts.get(target, "") for path, target in targets.items()}


def _changes(session: Session, move: _Move) -> Iterator[tuple[str, Value, Value]]:
    """(register, what stands, what is to stand) of the answers."""
    targets = _targets(move)
    holds = _holds(_carried(session, move, targets, "en"), targets)
    final = {target: holds[path] for path, target in targets.items()}
    mark = move.old_digest[:MARK]
    for path, text in move.told.texts.items():
        whole = path in targets and holds[path] == text
        if not whole and (path in targets or path in final):
            yield f"{KEPT}{mark}:{register_of(path)}", None, value_of(text)
    for path in dict.fromkeys((*targets, *final)):
        before, after = move.told.texts.get(path, ""), final.get(path, "")
        if before != after:
            yield register_of(path), value_of(before), value_of(after)


def _head(session: Session, move: _Move) -> dict[str, Value]:
    """Which form it is in from now on; sections in which something is missing now are not done any more."""
    form = _carried(session, move, _targets(move), "en")
    wrong = [one.path for one in form.problems()]
    sections = {node.path for node in form.sections() if not any(path.startswith(f"{node.path}/") for path in wrong)}
    gone = [name for name in move.stands if name.startswith(DONE) and name[len(DONE):] not in sections and name[len(DONE):] != _text(form.definition.root.path)]
    return {
        "version": move.stored.version, "digest": move.stored.digest, "sections": sections_of(move.new),
        f"{WAS}{move.old_digest[:MARK]}": str(move.stands.get("version") or ""), **dict.fromkeys(gone, None),
        **({FINISHED: None} if wrong and move.stands.get(FINISHED) is True else {}),
    }


# -- in words


def _rows(session: Session, move: _Move, language: str) -> Iterator[MoveRow]:
    targets = _targets(move)
    new_form = _carried(session, move, targets, language)
    old_form = form_with(move.old, move.told, language=language, now=session.now())
    before, after = Questions(old_form, language), Questions(new_form, language)
    holds = _holds(new_form, targets)
    order = {_text(path): at for at, path in enumerate(move.old.specs)}
    wanted = answers.asked(move.old)
    for path, text in sorted(move.told.texts.items(), key=lambda item: (order.get(plain(item[0]), 0), before.numbers(item[0]))):
        if plain(path) not in wanted:
            continue
        target, held = targets.get(path, ""), holds.get(path, "")
        what = DROPPED if not target else REFUSED if held != text else SAME if target == path else RENAMED
        yield MoveRow(
            plain(path), plain(target), before.title(path), before.words(path, text), after.words(target, held) if target else "", what,
            before.numbers(path),
        )
    asked_before = {*wanted, *(plain(target) for target in targets.values()), *move.renames.values()}
    for spec_path in move.new.specs:
        path = _text(spec_path)
        if path in answers.asked(move.new) and path not in asked_before:
            yield MoveRow("", path, after.title(path), "", "", NEW)


def kept_answers(session: Session, *, submission: RecordId, language: str) -> list[KeptAnswer]:
    """Answers of a filled form that have no place in the version it is in now, in the words of the version they were given in. UserError:
    record.missing, folder.locked, form.elsewhere, form.unreadable."""
    folder, record = place_of(submission)
    stands = registers(session.journal(folder), record)
    now = form_library.definition_of_digest(session, digest=str(stands.get("digest") or ""))
    earlier = versions_before(session, stands, language)
    found = []
    for name, value in stands.items():
        mark, _, register = name[len(KEPT):].partition(":") if name.startswith(KEPT) else ("", "", name)
        if not register.startswith(("/", "~")) or (not mark and _is_in(now, path_of(register, now))):
            continue
        known = [one for one in earlier if mark in ("", one.mark)]
        asking = next((one for one in known if _is_in(one.words.definition, path_of(register, one.words.definition))), None)
        if asking is None:
            found.append(KeptAnswer(str(stands.get(f"{WAS}{mark}") or ""), plain(register).rpartition("/")[2], text_of(value)))
        else:
            path = path_of(register, asking.words.definition)
            found.append(KeptAnswer(asking.version, asking.words.label(path), asking.words.words(path, text_of(value))))
    return found
